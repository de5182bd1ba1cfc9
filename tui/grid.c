/* SPDX-License-Identifier: BSD-3-Clause */
/* Cells, and the pen that fills them. */
#include "grid.h"

#include <glib.h>
#include <stdarg.h>
#include <string.h>
#include <wchar.h>

enum { NOT_A_CHARACTER = 0xfffd, ELLIPSIS = 0x2026 };

void grid_init(struct grid *g, int w, int h)
{
	*g = (struct grid){.w = MAX(w, 1), .h = MAX(h, 1)};
	g->cell = g_new0(struct cell, (size_t)g->w * (size_t)g->h);
	grid_clear(g);
}

void grid_free(struct grid *g)
{
	g_free(g->cell);
	g->cell = NULL;
}

void grid_clear(struct grid *g)
{
	const struct cell blank = {' ', 0, GRID_NO_COLOUR, GRID_NO_COLOUR, ROLE_TEXT};

	for (int i = 0; i < g->w * g->h; i++)
		g->cell[i] = blank;
	g->cursor_x = g->cursor_y = -1;
}

struct cell *grid_at(const struct grid *g, int x, int y)
{
	return x < 0 || y < 0 || x >= g->w || y >= g->h ? NULL : &g->cell[y * g->w + x];
}

struct pen pen_in(struct grid *g, struct area area)
{
	return (struct pen){g, area, 0, 0, ROLE_TEXT, GRID_NO_COLOUR, GRID_NO_COLOUR};
}

void pen_row(struct pen *p, int y, enum role role)
{
	p->x = 0;
	p->y = y;
	p->role = role;
	p->fg = p->bg = GRID_NO_COLOUR;
}

/* Half of a wide character is none: what is left of one that is written over becomes a blank. */
static void mend(struct grid *g, int x, int y)
{
	struct cell *left = grid_at(g, x - 1, y), *right = grid_at(g, x + 1, y);
	struct cell *here = grid_at(g, x, y);

	if (here->c == 0 && left != NULL) {
		left->c = ' ';
		left->mark = 0;
	}
	if (right != NULL && right->c == 0)
		right->c = ' ';
}

static void put(struct pen *p, int x, uint32_t c)
{
	struct cell *cell = grid_at(p->grid, p->area.x + x, p->area.y + p->y);

	if (x < 0 || x >= p->area.w || p->y < 0 || p->y >= p->area.h || cell == NULL)
		return;
	mend(p->grid, p->area.x + x, p->area.y + p->y);
	*cell = (struct cell){c, 0, p->fg, p->bg, (uint8_t)p->role};
}

/* A mark goes upon the character before the pen. */
static void put_mark(struct pen *p, uint32_t c)
{
	struct cell *cell = NULL;

	for (int x = p->x - 1; x >= p->x - 2 && (cell == NULL || cell->c == 0); x--) {
		if (x < 0 || x >= p->area.w)
			return;
		cell = grid_at(p->grid, p->area.x + x, p->area.y + p->y);
	}
	if (cell != NULL && cell->mark == 0)
		cell->mark = c;
}

static bool is_mark(uint32_t c)
{
	const GUnicodeType type = g_unichar_type(c);

	return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

/* The next character of a text and its width; what must not reach a terminal is U+FFFD. */
static uint32_t next_character(const char **text, const char *end, int *width)
{
	const char *p = *text;
	uint32_t c = (unsigned char)*p;

	*width = 1;
	if (c >= 0x20 && c < 0x7f) {
		*text = p + 1;
		return c;
	}
	c = g_utf8_get_char_validated(p, end - p);
	if (c == (uint32_t)-1 || c == (uint32_t)-2 || c == 0) {
		*text = p + 1;
		return NOT_A_CHARACTER;
	}
	*text = g_utf8_next_char(p);
	const int w = wcwidth((wchar_t)c);
	if (w > 0 && w <= 2 && g_unichar_isprint(c))
		*width = w;
	else if (w == 0 && is_mark(c))
		*width = 0;
	else
		return NOT_A_CHARACTER;
	return c;
}

int pen_text_n(struct pen *p, const char *text, size_t n)
{
	const char *end = text + n;
	const int start = p->x;

	while (text < end) {
		int width;
		const uint32_t c = next_character(&text, end, &width);

		if (width == 0) {
			put_mark(p, c);
			continue;
		}
		/* A wide one that does not fit is not there. */
		const bool fits = p->x + width <= p->area.w && p->x >= 0;
		put(p, p->x, fits ? c : ' ');
		if (width == 2 && fits) {
			put(p, p->x + 1, ' ');
			struct cell *half = grid_at(p->grid, p->area.x + p->x + 1,
						    p->area.y + p->y);
			struct cell *whole = grid_at(p->grid, p->area.x + p->x, p->area.y + p->y);

			if (half != NULL && whole != NULL && p->y >= 0 && p->y < p->area.h) {
				whole->c = c;
				half->c = 0;
			}
		}
		p->x += width;
	}
	return p->x - start;
}

int pen_text(struct pen *p, const char *text)
{
	return pen_text_n(p, text, strlen(text));
}

int pen_format(struct pen *p, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = g_strdup_vprintf(format, args);
	va_end(args);
	const int n = pen_text(p, text);
	g_free(text);
	return n;
}

void pen_repeat(struct pen *p, uint32_t c, int n)
{
	for (; n > 0; n--)
		put(p, p->x++, c);
}

/* How many bytes of a text fit into `width` cells. */
size_t text_fitting(const char *text, int width)
{
	const char *p = text, *end = text + strlen(text);

	while (p < end) {
		const char *next = p;
		int w;

		next_character(&next, end, &w);
		if (w > width)
			break;
		width -= w;
		p = next;
	}
	return (size_t)(p - text);
}

void pen_field(struct pen *p, const char *text, int width)
{
	const int end = p->x + width;

	if (width <= 0)
		return;
	if (text_width(text) <= width) {
		pen_text(p, text);
	} else {
		pen_text_n(p, text, text_fitting(text, width - 1));
		pen_repeat(p, ELLIPSIS, 1);
	}
	pen_to(p, end);
}

void pen_field_right(struct pen *p, const char *text, int width)
{
	pen_repeat(p, ' ', width - text_width(text));
	pen_field(p, text, MIN(width, text_width(text)));
}

void pen_to(struct pen *p, int x)
{
	pen_repeat(p, ' ', x - p->x);
}

void pen_rest(struct pen *p)
{
	pen_to(p, p->area.w);
}

void grid_role(struct grid *g, struct area area, enum role role)
{
	area = area_within(area, (struct area){0, 0, g->w, g->h});
	for (int y = area.y; y < area.y + area.h; y++) {
		for (int x = area.x; x < area.x + area.w; x++) {
			struct cell *cell = grid_at(g, x, y);

			cell->role = (uint8_t)role;
			cell->fg = cell->bg = GRID_NO_COLOUR;
		}
	}
}

int text_width_n(const char *text, size_t n)
{
	const char *end = text + n;
	int width = 0;

	while (text < end) {
		int w;

		next_character(&text, end, &w);
		width += w;
	}
	return width;
}

int text_width(const char *text)
{
	return text_width_n(text, strlen(text));
}

struct area area_within(struct area a, struct area b)
{
	const int x = MAX(a.x, b.x), y = MAX(a.y, b.y);

	return (struct area){x, y, MAX(0, MIN(a.x + a.w, b.x + b.w) - x),
			     MAX(0, MIN(a.y + a.h, b.y + b.h) - y)};
}

bool area_has(struct area a, int x, int y)
{
	return x >= a.x && x < a.x + a.w && y >= a.y && y < a.y + a.h;
}

struct area area_top(struct area *a, int n)
{
	n = CLAMP(n, 0, a->h);
	a->y += n;
	a->h -= n;
	return (struct area){a->x, a->y - n, a->w, n};
}

struct area area_bottom(struct area *a, int n)
{
	n = CLAMP(n, 0, a->h);
	a->h -= n;
	return (struct area){a->x, a->y + a->h, a->w, n};
}

struct area area_left(struct area *a, int n)
{
	n = CLAMP(n, 0, a->w);
	a->x += n;
	a->w -= n;
	return (struct area){a->x - n, a->y, n, a->h};
}

struct area area_right(struct area *a, int n)
{
	n = CLAMP(n, 0, a->w);
	a->w -= n;
	return (struct area){a->x + a->w, a->y, n, a->h};
}
