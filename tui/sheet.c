/* SPDX-License-Identifier: BSD-3-Clause */
/* Sheets. */
#include "sheet.h"

#include "tui.h"

#include <string.h>

struct sheet_line {
	char *label, *text;
	enum role role;
	bool heading;
};

enum { LABEL_WIDTH = 18 };

static void free_line(void *p)
{
	struct sheet_line *line = p;

	g_free(line->label);
	g_free(line->text);
	g_free(line);
}

void sheet_init(struct sheet *s)
{
	*s = (struct sheet){.lines = g_ptr_array_new_with_free_func(free_line), .page = 1};
}

void sheet_free(struct sheet *s)
{
	g_ptr_array_free(s->lines, TRUE);
}

void sheet_clear(struct sheet *s)
{
	g_ptr_array_set_size(s->lines, 0);
}

static void add(struct sheet *s, const char *label, char *text, enum role role, bool heading)
{
	struct sheet_line *line = g_new0(struct sheet_line, 1);

	*line = (struct sheet_line){plain_text(label), text, role, heading};
	g_ptr_array_add(s->lines, line);
}

void sheet_heading(struct sheet *s, const char *text)
{
	if (s->lines->len > 0)
		add(s, "", g_strdup(""), ROLE_TEXT, true);
	add(s, text, g_strdup(""), ROLE_NAME, true);
}

void sheet_add(struct sheet *s, const char *label, enum role role, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = g_strdup_vprintf(format, args);
	va_end(args);
	add(s, label, plain_text(text), role, false);
	g_free(text);
}

void sheet_move(struct sheet *s, enum move move, int n)
{
	const int times = MAX(n, 1), last = MAX(s->rows - s->page, 0);

	switch (move) {
	case MOVE_UP: s->top -= times; break;
	case MOVE_DOWN: s->top += times; break;
	case MOVE_PAGE_UP: s->top -= times * s->page; break;
	case MOVE_PAGE_DOWN: s->top += times * s->page; break;
	case MOVE_HALF_UP: s->top -= times * s->page / 2; break;
	case MOVE_HALF_DOWN: s->top += times * s->page / 2; break;
	case MOVE_TOP: s->top = 0; break;
	case MOVE_BOTTOM:
	case MOVE_END: s->top = last; break;
	default: break;
	}
	s->top = CLAMP(s->top, 0, last);
}

/* Bytes of a text that stand in one row: up to a blank, if there is one. */
static size_t row_of(const char *text, int room)
{
	const size_t n = text_fitting(text, room);
	size_t blank = n;

	if (text[n] == '\0')
		return n;
	while (blank > 0 && text[blank] != ' ')
		blank--;
	if (blank > 0)
		return blank;
	return n > 0 ? n : (size_t)(g_utf8_next_char(text) - text);
}

/* A row of the sheet, if it is in sight. */
static void draw_row(const struct sheet *s, struct pen *p, int row, const struct sheet_line *line,
		     const char *label, const char *text, size_t n)
{
	if (row < s->top || row >= s->top + s->page)
		return;
	pen_row(p, row - s->top, line->heading ? ROLE_NAME : ROLE_DIM);
	pen_to(p, line->heading ? 1 : 3);
	if (line->heading) {
		pen_text(p, line->label);
		return;
	}
	pen_field(p, label, MIN(LABEL_WIDTH, p->area.w / 3));
	p->role = line->role;
	pen_text(p, "  ");
	pen_text_n(p, text, n);
}

/* Long texts go on in rows of their own. Returns how many rows there are. */
static int draw_rows(const struct sheet *s, struct pen *p)
{
	const int room = MAX(p->area.w - 3 - MIN(LABEL_WIDTH, p->area.w / 3) - 2 - 1, 1);
	int row = 0;

	for (guint i = 0; i < s->lines->len; i++) {
		const struct sheet_line *line = s->lines->pdata[i];
		const char *text = line->text, *label = line->label;

		do {
			const size_t n = row_of(text, room);

			draw_row(s, p, row++, line, label, text, n);
			text += n + strspn(text + n, " ");
			label = "";
		} while (*text != '\0');
	}
	return row;
}

void sheet_draw(struct sheet *s, struct grid *g, struct area area)
{
	struct pen p = pen_in(g, area);

	s->page = 0;
	s->rows = draw_rows(s, &p);
	s->page = MAX(area.h, 1);
	s->top = CLAMP(s->top, 0, MAX(s->rows - s->page, 0));
	draw_rows(s, &p);
}
