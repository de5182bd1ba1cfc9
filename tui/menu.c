/* SPDX-License-Identifier: BSD-3-Clause */
/* Menus: drawn in the middle, as large as what is in them. */
#include "menu.h"

#include "tui.h"

struct menu *menu_new(const struct menu_ops *ops, const char *title)
{
	struct menu *m = g_new0(struct menu, 1);

	m->ops = ops;
	m->title = g_strdup(title);
	m->rows = g_array_new(FALSE, TRUE, sizeof(struct menu_row));
	return m;
}

void menu_free(struct menu *m)
{
	for (guint i = 0; i < m->rows->len; i++) {
		struct menu_row *row = menu_row(m, (int)i);

		g_free(row->key);
		g_free(row->text);
		if (m->free_data != NULL && row->data != NULL)
			m->free_data(row->data);
	}
	g_array_free(m->rows, TRUE);
	g_free(m->title);
	g_free(m);
}

struct menu_row *menu_row(const struct menu *m, int i)
{
	return &g_array_index(m->rows, struct menu_row, i);
}

void menu_add(struct menu *m, const char *key, const char *text, void *data)
{
	const struct menu_row row = {g_strdup(key), g_strdup(text), false, data};

	g_array_append_val(m->rows, row);
	if (m->ops->choose != NULL && menu_row(m, m->at)->heading)
		m->at = (int)m->rows->len - 1;
}

void menu_add_heading(struct menu *m, const char *text)
{
	const struct menu_row row = {NULL, g_strdup(text), true, NULL};

	g_array_append_val(m->rows, row);
}

static int page_of(const struct menu *m)
{
	return MAX(m->area.h - 2, 1);
}

void menu_move(struct menu *m, enum move move, int n)
{
	const int last = (int)m->rows->len - 1, page = page_of(m);
	const bool moves = m->ops->choose != NULL;
	int *at = moves ? &m->at : &m->top;
	const int before = *at, times = MAX(n, 1);

	switch (move) {
	case MOVE_UP: *at -= times; break;
	case MOVE_DOWN: *at += times; break;
	case MOVE_PAGE_UP: *at -= times * page; break;
	case MOVE_PAGE_DOWN: *at += times * page; break;
	case MOVE_HALF_UP: *at -= times * page / 2; break;
	case MOVE_HALF_DOWN: *at += times * page / 2; break;
	case MOVE_TOP: *at = n > 0 ? n - 1 : 0; break;
	case MOVE_BOTTOM:
	case MOVE_END: *at = n > 0 ? n - 1 : last; break;
	default: return;
	}
	*at = CLAMP(*at, 0, MAX(last, 0));
	if (!moves) {
		m->top = CLAMP(m->top, 0, MAX(last + 1 - page, 0));
		return;
	}
	/* A heading is passed over; the first row may be one, and then it is turned round. */
	const int step = *at < before ? -1 : 1;
	while (*at > 0 && *at < last && menu_row(m, *at)->heading)
		*at += step;
	if (last >= 0 && menu_row(m, *at)->heading)
		*at = before;
}

int menu_row_at(const struct menu *m, int x, int y)
{
	const int row = y - m->row_y + m->top;

	return area_has(m->area, x, y) && y >= m->row_y && row < (int)m->rows->len ? row : -1;
}

static int key_width(const struct menu *m)
{
	int width = 0;

	for (guint i = 0; i < m->rows->len; i++) {
		const struct menu_row *row = menu_row(m, (int)i);

		if (row->key != NULL)
			width = MAX(width, text_width(row->key));
	}
	return width;
}

static int wanted_width(const struct menu *m, int keys)
{
	int width = text_width(m->title) + 2;

	for (guint i = 0; i < m->rows->len; i++) {
		const struct menu_row *row = menu_row(m, (int)i);
		const int left = keys > 0 && !row->heading ? keys + 2 : 0;

		width = MAX(width, left + (row->text == NULL ? 0 : text_width(row->text)));
	}
	return width + 4;
}

static void draw_row(const struct menu *m, struct pen *p, int i, int keys)
{
	const struct menu_row *row = menu_row(m, i);
	const bool on = i == m->at && m->ops->choose != NULL;

	p->role = on ? ROLE_MENU_ON : ROLE_MENU;
	pen_text(p, "  ");
	if (row->heading) {
		pen_text(p, row->text);
		pen_rest(p);
		grid_role(p->grid, (struct area){p->area.x + 2, p->area.y + p->y,
						 MIN(text_width(row->text), p->area.w - 2), 1},
			  ROLE_KEY);
		return;
	}
	if (keys > 0) {
		p->role = on ? ROLE_MENU_ON : ROLE_KEY;
		pen_field(p, row->key == NULL ? "" : row->key, keys);
		p->role = on ? ROLE_MENU_ON : ROLE_MENU;
		pen_text(p, "  ");
	}
	if (row->text != NULL)
		pen_field(p, row->text, MAX(p->area.w - p->x - 1, 1));
	pen_rest(p);
}

void menu_draw(struct menu *m, struct grid *g, struct area area)
{
	const int n = (int)m->rows->len, keys = MIN(key_width(m), area.w * 3 / 10);
	const int w = MIN(wanted_width(m, keys), area.w), h = MIN(n + 2, area.h);

	m->area = (struct area){area.x + (area.w - w) / 2, area.y + (area.h - h) / 2, w, h};
	m->row_y = m->area.y + 1;
	const int page = page_of(m);
	m->top = MIN(m->top, MAX(n - page, 0));
	if (m->ops->choose != NULL)
		m->top = CLAMP(m->top, MAX(m->at - page + 1, 0), m->at);

	struct pen p = pen_in(g, m->area);
	pen_row(&p, 0, ROLE_BAR_ON);
	pen_text(&p, " ");
	pen_text(&p, m->title);
	pen_rest(&p);
	for (int i = 0; i < page; i++) {
		pen_row(&p, i + 1, ROLE_MENU);
		if (m->top + i < n)
			draw_row(m, &p, m->top + i, keys);
		else
			pen_rest(&p);
	}
	pen_row(&p, h - 1, ROLE_MENU);
	if (n > page)
		pen_format(&p, "  %d to %d of %d", m->top + 1, MIN(m->top + page, n), n);
	pen_rest(&p);
}

void menu_open(struct tui *t, struct menu *m)
{
	menu_close(t);
	t->menu = m;
	t->dirty = true;
}

void menu_close(struct tui *t)
{
	struct menu *m = t->menu;

	t->menu = NULL;
	t->dirty = true;
	if (m == NULL)
		return;
	if (m->ops->closed != NULL)
		m->ops->closed(t, m);
	menu_free(m);
}

void menu_choose(struct tui *t)
{
	struct menu *m = t->menu;

	if (m->ops->choose == NULL || m->rows->len == 0 || menu_row(m, m->at)->heading)
		return;
	if (m->ops->stays) {
		m->ops->choose(t, m, menu_row(m, m->at));
		return;
	}
	t->menu = NULL;
	m->ops->choose(t, m, menu_row(m, m->at));
	if (m->ops->closed != NULL)
		m->ops->closed(t, m);
	menu_free(m);
	t->dirty = true;
}
