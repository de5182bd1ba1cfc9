/* SPDX-License-Identifier: BSD-3-Clause */
/* The tree: every bit has a place, a name, a value, a meaning. */
#include "packets.h"
#include "tui.h"

#include <string.h>

enum { ALIGNED = 60 };

/* How wide the columns are in a pane of this width, for a packet of so many bytes. */
struct tree_columns {
	int place, bits, name;
	int value; /* 0: values and meanings follow one another */
};

static int digits(uint32_t n)
{
	return n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : n < 10000 ? 4 : n < 100000 ? 5 : 6;
}

static struct tree_columns columns_of(const struct packets *p, int w)
{
	const uint32_t bytes = detail_source(p->detail, 0).cap;

	return (struct tree_columns){
		.place = digits(bytes) + 2,
		.bits = CLAMP(digits(8 * bytes), 3, 5) + 1,
		.name = CLAMP(w * 3 / 10, 14, 26),
		.value = w >= ALIGNED ? CLAMP(w / 4, 18, 24) : 0,
	};
}

static uint32_t marker_of(const struct detail_line *line)
{
	return !line->foldable ? ' ' : line->open ? 0x25be : 0x25b8;
}

static void dimmed(struct pen *pen, enum role on, enum role role)
{
	pen->role = on == ROLE_TEXT ? role : on;
}

/* "▾ IPv4   192.0.2.1 → …                 RFC 791" */
static void draw_layer(struct pen *pen, const struct detail_line *line,
		       const struct detail_text *text, enum role on)
{
	pen_repeat(pen, marker_of(line), 1);
	pen_repeat(pen, ' ', 1);
	dimmed(pen, on, line->wrong ? ROLE_WRONG : ROLE_NAME);
	pen_text(pen, text->name);
	const int room = pen->area.w - pen->x;
	dimmed(pen, on, line->wrong ? ROLE_WRONG : ROLE_DIM);
	if (*text->meaning != '\0') {
		pen_text(pen, "  ");
		pen_text(pen, text->meaning);
	} else if (line->ref != NULL && room > text_width(line->ref) + 3) {
		pen_to(pen, pen->area.w - text_width(line->ref) - 1);
		pen_text(pen, line->ref);
	}
}

static void draw_row(struct pen *pen, const struct detail_line *line,
		     const struct detail_text *text, struct tree_columns columns, enum role on)
{
	const int indent = 2 * MAX(line->depth - 1, 0);

	dimmed(pen, on, ROLE_DIM);
	pen_field_right(pen, text->place, columns.place);
	pen_field_right(pen, text->width, columns.bits);
	pen_repeat(pen, ' ', 1);
	pen_repeat(pen, marker_of(line), 1);
	dimmed(pen, on, line->wrong ? ROLE_WRONG : ROLE_TEXT);
	const int start = pen->x;
	pen_repeat(pen, ' ', MIN(indent, columns.name / 2));
	if (*text->value == '\0' && *text->meaning == '\0') {
		pen_field(pen, text->name, MIN(text_width(text->name), pen->area.w - pen->x));
		return;
	}
	pen_field(pen, text->name, start + columns.name - pen->x);
	pen_repeat(pen, ' ', 1);
	const int value = pen->x;
	pen_field(pen, text->value, MIN(text_width(text->value), pen->area.w - pen->x));
	if (*text->meaning == '\0')
		return;
	if (*text->value != '\0')
		pen_text(pen, "  ");
	pen_to(pen, value + columns.value);
	dimmed(pen, on, line->wrong ? ROLE_WRONG : line->status ? ROLE_GOOD : ROLE_DIM);
	pen_field(pen, text->meaning, MIN(text_width(text->meaning), pen->area.w - pen->x));
}

static int count(const struct packets *p)
{
	return (int)detail_count(p->detail);
}

static void keep_in_sight(struct packets *p, int page)
{
	p->field = CLAMP(p->field, 0, MAX(count(p) - 1, 0));
	if (p->field < p->field_top)
		p->field_top = p->field;
	if (p->field >= p->field_top + page)
		p->field_top = p->field - page + 1;
	p->field_top = CLAMP(p->field_top, 0, MAX(count(p) - page, 0));
}

static void draw(struct tui *t, struct area area, bool focused)
{
	struct packets *p = t->packets;
	struct pen pen = pen_in(&t->grid, area);

	if (!packets_open_current(p))
		return;
	keep_in_sight(p, area.h);
	const struct tree_columns columns = columns_of(p, area.w);
	for (int i = 0; i < area.h && p->field_top + i < count(p); i++) {
		const unsigned n = (unsigned)(p->field_top + i);
		const struct detail_line line = detail_line(p->detail, n);
		const enum role on = (int)n != p->field ? ROLE_TEXT
				     : focused	  ? ROLE_CURSOR
							: ROLE_CURSOR_IDLE;
		struct detail_text text;

		detail_text(p->detail, n, &text);
		pen_row(&pen, i, on);
		if (line.kind == DETAIL_LAYER)
			draw_layer(&pen, &line, &text, on);
		else
			draw_row(&pen, &line, &text, columns, on);
		pen.role = on;
		pen_rest(&pen);
	}
}

/* The bytes of the field come into view, and are those of its source. */
void packets_select_field(struct packets *p, int field)
{
	p->field = CLAMP(field, 0, MAX(count(p) - 1, 0));
	if (count(p) == 0)
		return;
	const struct detail_line line = detail_line(p->detail, (unsigned)p->field);
	p->mark = detail_mark(p->detail, (unsigned)p->field);
	p->source = line.placed ? line.source : 0;
	p->byte = line.placed ? line.bit / 8 : p->byte;
}

struct bit_range packets_lit(const struct packets *p)
{
	if (p->field >= count(p))
		return (struct bit_range){0, 0};
	const struct detail_line line = detail_line(p->detail, (unsigned)p->field);
	if (!line.placed || line.source != p->source)
		return (struct bit_range){0, 0};
	return (struct bit_range){line.bit, line.bit + line.bits};
}

void packets_show_field(struct packets *p, int field)
{
	p->field = field;
	p->mark = detail_mark(p->detail, (unsigned)field);
}

void packets_find_field(struct packets *p, uint32_t byte)
{
	const unsigned line = detail_find(p->detail, p->source, 8 * byte, 8);

	if (line != UINT_MAX)
		packets_show_field(p, (int)line);
}

static void fold(struct packets *p, bool open)
{
	const struct detail_line line = detail_line(p->detail, (unsigned)p->field);

	if (line.foldable && line.open != open)
		detail_toggle(p->detail, (unsigned)p->field);
	else if (open)
		packets_select_field(p, p->field + 1);
	else
		packets_select_field(p, (int)detail_parent(p->detail, (unsigned)p->field));
}

static void move(struct tui *t, enum move move, int n)
{
	struct packets *p = t->packets;
	const int page = MAX(p->area[PANE_TREE].h, 1), times = MAX(n, 1);
	int to = p->field;

	if (!packets_open_current(p) || count(p) == 0)
		return;
	switch (move) {
	case MOVE_UP: to -= times; break;
	case MOVE_DOWN: to += times; break;
	case MOVE_LEFT: fold(p, false); return;
	case MOVE_RIGHT: fold(p, true); return;
	case MOVE_PAGE_UP: to -= times * page; break;
	case MOVE_PAGE_DOWN: to += times * page; break;
	case MOVE_HALF_UP: to -= times * page / 2; break;
	case MOVE_HALF_DOWN: to += times * page / 2; break;
	case MOVE_TOP: to = MAX(n - 1, 0); break;
	default: to = n > 0 ? n - 1 : INT_MAX; break;
	}
	packets_select_field(p, to);
}

/* Folds what folds; else to the bytes. */
static void enter(struct tui *t)
{
	struct packets *p = t->packets;

	if (!packets_open_current(p) || count(p) == 0)
		return;
	if (detail_line(p->detail, (unsigned)p->field).foldable)
		detail_toggle(p->detail, (unsigned)p->field);
	else
		p->focus = PANE_HEX;
}

static void mouse(struct tui *t, const struct mouse *m)
{
	struct packets *p = t->packets;

	if (m->act == MOUSE_WHEEL_UP || m->act == MOUSE_WHEEL_DOWN) {
		move(t, m->act == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN, 3);
		return;
	}
	const int line = p->field_top + m->y;
	if (line >= count(p))
		return;
	const bool marker = m->x < 2 && detail_line(p->detail, (unsigned)line).foldable;
	packets_select_field(p, line);
	if (m->act == MOUSE_DOUBLE || marker)
		enter(t);
}

const struct pane pane_tree = {
	.place = PLACE_TREE,
	.draw = draw,
	.move = move,
	.enter = enter,
	.mouse = mouse,
};

void do_fold(struct tui *t, const char *argument)
{
	(void)argument;
	if (count(t->packets) > 0)
		detail_toggle(t->packets->detail, (unsigned)t->packets->field);
}

/* What was selected stays so, or what it was folded into. */
static void fold_all(struct tui *t, bool open)
{
	struct packets *p = t->packets;
	const uint64_t mark = p->mark;

	if (!packets_open_current(p))
		return;
	detail_open_all(p->detail, open);
	const unsigned line = detail_find_mark(p->detail, mark);
	packets_select_field(p, line == UINT_MAX ? 0 : (int)line);
}

void do_fold_all(struct tui *t, const char *argument)
{
	(void)argument;
	fold_all(t, false);
}

void do_unfold_all(struct tui *t, const char *argument)
{
	(void)argument;
	fold_all(t, true);
}
