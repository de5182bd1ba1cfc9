/* SPDX-License-Identifier: BSD-3-Clause */
/* The list: a row a packet. Columns grow to the widest text that has been seen in them. */
#include "packets.h"
#include "tui.h"

#include <string.h>

enum { GAP = 2, TEXT_ROOM = 8192, WIDE = 100, DIGITS_CUT = 11 };

static int page_of(const struct packets *p)
{
	return MAX(p->area[PANE_LIST].h - 1, 1); /* the headings take a row */
}

static void keep_in_sight(struct packets *p)
{
	const uint64_t page = (uint64_t)page_of(p);

	const uint64_t n = view_count(p->view);

	if (n == 0) {
		p->at = p->top = 0;
		return;
	}
	p->at = MIN(p->at, n - 1);
	if (p->at < p->top)
		p->top = p->at;
	if (p->at >= p->top + page)
		p->top = p->at - page + 1;
	p->top = MIN(p->top, n > page ? n - page : 0);
}

/* One column of a row: what stands in it, and its share of the width. */
static const struct {
	enum column column;
	const char *title;
	bool right;
	int least, most;
	int from; /* columns of the screen from which on there is room for it */
} columns[] = {
	{COLUMN_NUMBER, "No.", true, 4, 12, 0},
	{COLUMN_TIME, "Time", true, 8, 30, 50},
	{COLUMN_SOURCE, "Source", false, 9, 39, 36},
	{COLUMN_DESTINATION, "Destination", false, 11, 39, 60},
	{COLUMN_PROTOCOL, "Proto", false, 5, 10, 0},
	{COLUMN_LENGTH, "Len", true, 4, 7, 90},
	{COLUMN_INFO, "Info", false, 0, 0, 0},
};

static int widths[G_N_ELEMENTS(columns)];

static char *column_text(struct packets *p, enum column c)
{
	static char text[TEXT_ROOM];
	struct rem_out o = {text, text + sizeof(text) - 1, false};

	column_out(&o, c, p->row, &p->options);
	*o.p = '\0';
	return text;
}

static bool is_address(size_t i)
{
	return columns[i].column == COLUMN_SOURCE || columns[i].column == COLUMN_DESTINATION;
}

/* Addresses give way to the info, and times to what is left of a narrow screen. */
static int width_of(size_t i, int area_w)
{
	int most = columns[i].most;

	if (area_w < columns[i].from)
		return 0;
	if (is_address(i))
		most = CLAMP(area_w * 3 / 16, 12, most);
	if (columns[i].column == COLUMN_TIME && area_w < WIDE && widths[i] <= DIGITS_CUT + 3)
		most = 8;
	return CLAMP(widths[i], columns[i].least, most);
}

static void draw_field(struct pen *pen, size_t i, const char *text)
{
	const int w = width_of(i, pen->area.w);

	if (pen->area.w < columns[i].from)
		return;
	if (columns[i].column == COLUMN_INFO) {
		pen_field(pen, text, MAX(pen->area.w - pen->x, 1));
		return;
	}
	if (columns[i].right && text_width(text) > w && columns[i].column == COLUMN_TIME)
		pen_text_n(pen, text, (size_t)w); /* the last digits say least */
	else if (columns[i].right)
		pen_field_right(pen, text, w);
	else
		pen_field(pen, text, w);
	pen_repeat(pen, ' ', GAP);
}

static void draw_headings(struct pen *pen)
{
	pen_row(pen, 0, ROLE_DIM);
	pen_repeat(pen, ' ', 1);
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
		draw_field(pen, i, columns[i].title);
}

/* What stands in front of a row: a mark, or where times begin. */
static void draw_gutter(struct packets *p, struct pen *pen, uint64_t row)
{
	const enum role role = pen->role;
	const bool marked = view_is_marked(p->view, row);

	if (marked && role == ROLE_TEXT)
		pen->role = ROLE_MARK;
	pen_repeat(pen, marked ? 0x25cf : view_is_reference(p->view, row) ? 'T' : ' ', 1);
	pen->role = role;
}

static void draw_row(struct packets *p, struct pen *pen, uint64_t row)
{
	draw_gutter(p, pen, row);
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
		draw_field(pen, i, column_text(p, columns[i].column));
	pen_rest(pen);
}

static void measure(struct packets *p)
{
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
		widths[i] = MAX(widths[i], text_width(column_text(p, columns[i].column)));
}

static void draw(struct tui *t, struct area area, bool focused)
{
	struct packets *p = t->packets;
	struct pen pen = pen_in(&t->grid, area);

	keep_in_sight(p);
	for (int i = 0; i < page_of(p) && p->top + (uint64_t)i < view_count(p->view); i++) {
		if (packets_take(p, p->top + (uint64_t)i, NULL))
			measure(p);
	}
	draw_headings(&pen);
	for (int i = 0; i < page_of(p) && p->top + (uint64_t)i < view_count(p->view); i++) {
		const bool on = p->top + (uint64_t)i == p->at;

		pen_row(&pen, i + 1, !on ? ROLE_TEXT : focused ? ROLE_CURSOR : ROLE_CURSOR_IDLE);
		if (packets_take(p, p->top + (uint64_t)i, NULL))
			draw_row(p, &pen, view_row(p->view, p->top + (uint64_t)i));
	}
}

void packets_select(struct tui *t, uint64_t position)
{
	struct packets *p = t->packets;
	const uint64_t n = view_count(p->view);

	p->at = n == 0 ? 0 : MIN(position, n - 1);
	p->anchor = NO_ROW;
	p->follow = false;
	t->dirty = true;
}

void list_pane_widths(struct packets *p)
{
	(void)p;
	memset(widths, 0, sizeof(widths));
}

static uint64_t minus(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static void move(struct tui *t, enum move move, int n)
{
	struct packets *p = t->packets;
	const uint64_t page = (uint64_t)page_of(p), times = (uint64_t)MAX(n, 1);
	uint64_t at = p->at;

	switch (move) {
	case MOVE_UP: at = minus(at, times); break;
	case MOVE_DOWN: at += times; break;
	case MOVE_PAGE_UP: at = minus(at, times * page); break;
	case MOVE_PAGE_DOWN: at += times * page; break;
	case MOVE_HALF_UP: at = minus(at, times * page / 2); break;
	case MOVE_HALF_DOWN: at += times * page / 2; break;
	case MOVE_TOP:
	case MOVE_BOTTOM:
		if (n > 0) {
			packets_goto(t, (uint64_t)n);
			return;
		}
		at = move == MOVE_TOP ? 0 : UINT64_MAX;
		break;
	case MOVE_END: at = UINT64_MAX; break;
	default: return;
	}
	packets_select(t, at);
	p->follow = move == MOVE_END;
}

static void enter(struct tui *t)
{
	if (view_count(t->packets->view) > 0)
		t->packets->focus = PANE_TREE;
}

static void mouse(struct tui *t, const struct mouse *m)
{
	struct packets *p = t->packets;

	if (m->act == MOUSE_WHEEL_UP || m->act == MOUSE_WHEEL_DOWN) {
		move(t, m->act == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN, 3);
		return;
	}
	if (m->y >= 1 && p->top + (uint64_t)(m->y - 1) < view_count(p->view))
		packets_select(t, p->top + (uint64_t)(m->y - 1));
	if (m->act == MOUSE_DOUBLE)
		enter(t);
}

const struct pane pane_list = {
	.place = PLACE_LIST,
	.draw = draw,
	.move = move,
	.enter = enter,
	.mouse = mouse,
};
