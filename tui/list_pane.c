/* SPDX-License-Identifier: BSD-3-Clause */
/* The list: a row a packet. Columns grow to the widest text that has been seen in them. */
#include "packets.h"
#include "tui.h"

#include <inttypes.h>
#include <string.h>

enum { THUMB = 0x2590, GAP = 2, TEXT_ROOM = 8192, WIDE = 99, SCROLL = 8 };

static uint64_t minus(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static int page_of(const struct packets *p)
{
	return MAX(p->area[PANE_LIST].h - 1, 1); /* the headings take a row */
}

static void keep_in_sight(struct packets *p)
{
	const uint64_t page = (uint64_t)page_of(p);
	const uint64_t first = packets_first(p), n = packets_count(p);

	if (n == first) {
		p->at = p->top = first;
		return;
	}
	p->at = CLAMP(p->at, first, n - 1);
	if (p->at < p->top)
		p->top = p->at;
	if (p->at >= p->top + page)
		p->top = p->at - page + 1;
	p->top = CLAMP(p->top, first, MAX(minus(n, page), first));
}

static bool is_column(const struct packets *p, unsigned i, const char *field)
{
	return strcmp(columns_field(p->columns, i), field) == 0;
}

static bool is_info(const struct packets *p, unsigned i)
{
	return is_column(p, i, "_ws.col.info");
}

static int seen_width(const struct packets *p, unsigned i)
{
	return i < p->widths->len ? g_array_index(p->widths, int, i) : 0;
}

/* Of a time the last digits say least: where there is little room, they go. */
static int time_width(int seen, int w)
{
	enum { SHORT = 14, SHORT_CUT = 8, DATE_CUT = 23 };

	return w >= WIDE ? seen : MIN(seen, seen <= SHORT ? SHORT_CUT : DATE_CUT);
}

/* What is left of w where dates take more than times usually do. */
static int room_beside_time(const struct packets *p, int w)
{
	enum { USUAL = 11 };

	for (unsigned i = 0; w < WIDE && i < columns_count(p->columns); i++) {
		if (is_column(p, i, "_ws.col.time"))
			return w - MAX(time_width(seen_width(p, i), w) - USUAL, 0);
	}
	return w;
}

/* What a column needs of a list that is `w` wide. */
struct need {
	int least, most;
	int from; /* columns of the screen from which on there is room for it */
};

static struct need need_of(const struct packets *p, unsigned i, int w)
{
	static const struct {
		const char *field;
		struct need need;
	} known[] = {
		{"_ws.col.number", {4, 12, 0}},   {"_ws.col.time", {8, 30, 49}},
		{"_ws.col.source", {9, 39, 35}},  {"_ws.col.destination", {11, 39, 59}},
		{"_ws.col.protocol", {5, 10, 0}}, {"_ws.col.length", {4, 7, 89}},
	};
	const char *field = columns_field(p->columns, i);

	for (size_t k = 0; k < G_N_ELEMENTS(known); k++) {
		if (strcmp(known[k].field, field) != 0)
			continue;
		struct need need = known[k].need;
		/* Addresses give way to the info. */
		if (need.most == 39)
			need.most = CLAMP((room_beside_time(p, w) + 1) * 3 / 16, 12, 39);
		return need;
	}
	return (struct need){3, CLAMP(w / 5, 8, 40), 35};
}

/* The two that are wider than what stands below them are cut. */
static const char *title_of(const struct packets *p, unsigned i)
{
	const char *title = columns_title(p->columns, i);

	return strcmp(title, "Protocol") == 0 ? "Proto"
	       : strcmp(title, "Length") == 0 ? "Len"
					      : title;
}

static char *column_text(struct packets *p, unsigned i)
{
	static char text[TEXT_ROOM];
	struct rem_out o = {text, text + sizeof(text) - 1, false};

	columns_out(p->columns, i, p->row, &o);
	*o.p = '\0';
	return text;
}

/* The widest that has been seen, as far as there is room; 0: there is none. */
static int width_of(const struct packets *p, unsigned i, int w)
{
	const struct need need = need_of(p, i, w);
	const int seen = seen_width(p, i);

	if (w < need.from)
		return 0;
	if (w < WIDE && is_column(p, i, "_ws.col.time"))
		return time_width(seen, w);
	return CLAMP(MAX(seen, text_width(title_of(p, i))), need.least, need.most);
}

/* What the other columns leave. */
static int info_width(const struct packets *p, int w)
{
	int room = w - 1;

	for (unsigned i = 0; i < columns_count(p->columns); i++) {
		const int width = is_info(p, i) ? 0 : width_of(p, i, w);

		room -= width > 0 ? width + GAP : 0;
	}
	return MAX(room, 1);
}

static void draw_field(const struct packets *p, struct pen *pen, unsigned i, const char *text,
		       int scroll)
{
	const int w = is_info(p, i) ? info_width(p, pen->area.w) : width_of(p, i, pen->area.w);

	if (w == 0)
		return;
	if (is_info(p, i)) {
		while (scroll-- > 0 && *text != '\0')
			text = g_utf8_next_char(text);
		pen_field(pen, text, w);
	} else if (text_width(text) > w && is_column(p, i, "_ws.col.time")) {
		pen_text_n(pen, text, (size_t)w);
	} else if (columns_is_right(p->columns, i)) {
		pen_field_right(pen, text, w);
	} else {
		pen_field(pen, text, w);
	}
	pen_repeat(pen, ' ', GAP);
}

static void draw_headings(const struct packets *p, struct pen *pen)
{
	pen_row(pen, 0, ROLE_DIM);
	pen_repeat(pen, ' ', 1);
	for (unsigned i = 0; i < columns_count(p->columns); i++)
		draw_field(p, pen, i, title_of(p, i), 0);
}

/* What stands in front of a row: a mark, or where times begin. */
static void draw_gutter(const struct packets *p, struct pen *pen, uint64_t row)
{
	const enum role role = pen->role;
	const bool marked = view_is_marked(p->view, row);

	if (marked && role == ROLE_TEXT)
		pen->role = ROLE_MARK;
	pen_repeat(pen, marked ? 0x25cf : view_is_reference(p->view, row) ? 'T' : ' ', 1);
	pen->role = role;
}

static bool is_ground(struct colour_rgb c, enum theme theme)
{
	const uint16_t ground = theme == THEME_LIGHT ? UINT16_MAX : 0;

	return c.red == ground && c.green == ground && c.blue == ground;
}

static struct colour_pair colours_of(const struct colour_rule *rule, enum theme theme)
{
	if (theme == THEME_MONO)
		return (struct colour_pair){GRID_NO_COLOUR, GRID_NO_COLOUR};
	if (theme == THEME_16)
		return colours_of_8(rule);
	return (struct colour_pair){(int16_t)colour_256(rule->fore),
				    (int16_t)colour_256(rule->back)};
}

/*
 * The first rule that the packet passes gives it its colours. One with a ground of its own colours
 * the row, or makes it bold where there are no colours; others only tint the protocol's name, so that
 * a list stays calm.
 */
static int16_t set_colours(struct tui *t, struct pen *pen)
{
	struct packets *p = t->packets;
	const struct colour_rule *rule = pen->role == ROLE_TEXT && p->coloured
						 ? colours_match(p->colours, p->row)
						 : NULL;

	if (rule == NULL)
		return GRID_NO_COLOUR;
	const struct colour_pair pair = colours_of(rule, t->theme);
	if (is_ground(rule->back, t->theme))
		return pair.fore;
	pen->fg = pair.fore;
	pen->bg = pair.back;
	if (t->theme == THEME_MONO)
		pen->role = ROLE_NAME;
	return GRID_NO_COLOUR;
}

static void draw_row(struct tui *t, struct pen *pen, uint64_t row)
{
	struct packets *p = t->packets;
	const int16_t tint = set_colours(t, pen);

	draw_gutter(p, pen, row);
	for (unsigned i = 0; i < columns_count(p->columns); i++) {
		const bool tinted = tint >= 0 && is_column(p, i, "_ws.col.protocol");

		pen->fg = tinted ? tint : pen->fg;
		draw_field(p, pen, i, column_text(p, i), p->scroll);
		pen->fg = tinted ? GRID_NO_COLOUR : pen->fg;
	}
	pen_rest(pen);
}

static void measure(struct packets *p)
{
	g_array_set_size(p->widths, columns_count(p->columns));
	for (unsigned i = 0; i < p->widths->len; i++) {
		int *width = &g_array_index(p->widths, int, i);

		*width = MAX(*width, text_width(column_text(p, i)));
	}
}

static bool has_bar(const struct packets *p)
{
	return packets_count(p) - packets_first(p) > (uint64_t)page_of(p);
}

/* Where in all of it the rows are that are seen. */
static void draw_bar(struct tui *t, struct area bar)
{
	const struct packets *p = t->packets;
	const uint64_t first = packets_first(p), n = packets_count(p) - first;
	const uint64_t page = (uint64_t)page_of(p), thumb = MAX(page * page / n, 1);
	const int at = (int)((page - thumb) * (p->top - first) / (n - page));
	struct pen pen = pen_in(&t->grid, bar);

	for (int i = 0; i < (int)thumb; i++) {
		pen_row(&pen, 1 + at + i, ROLE_RULE);
		pen_repeat(&pen, THUMB, 1);
	}
}

/* A press on the bar goes to that part of the list. */
static void jump(struct tui *t, int row)
{
	const struct packets *p = t->packets;
	const uint64_t first = packets_first(p), last = packets_count(p) - 1;
	const uint64_t page = (uint64_t)page_of(p);

	packets_select(t, first + (page > 1 ? (last - first) * (uint64_t)row / (page - 1) : 0));
}

/* What stands where no row does. */
static const char *why_empty(const struct packets *p)
{
	if (is_waiting(p))
		return "nothing is captured yet: screen 7 has the interfaces";
	if (store_error(p->store) != NULL)
		return store_error(p->store);
	if (store_count(p->store) > 0)
		return view_looked(p->view) < store_count(p->store)
			       ? "none so far, the rest is being looked at"
			       : "no packet passes the filter";
	return p->feed != NULL || store_progress(p->store) != 100 ? "no packet has come yet"
								  : "there is no packet in it";
}

static void draw_emptiness(const struct packets *p, struct pen *pen)
{
	char *text = plain_text(why_empty(p));

	pen_row(pen, 2, ROLE_DIM);
	pen_repeat(pen, ' ', 2);
	pen_field(pen, text, MAX(pen->area.w - 2, 1));
	g_free(text);
}

/* A row whose packet was there once: its file has shrunk, or is another one now. */
static void draw_lost(const struct packets *p, struct pen *pen, uint64_t row)
{
	const char *error = cursor_error(p->rows), *name = store_name(p->store);
	char *text = plain_text(g_str_has_prefix(error, name) ? error + strlen(name) : error);

	pen->role = pen->role == ROLE_TEXT ? ROLE_WRONG : pen->role;
	pen_format(pen, " %4" PRIu64 "  ", row + 1);
	pen_field(pen, text + strspn(text, ": "), MAX(pen->area.w - pen->x, 1));
	g_free(text);
}

static void draw(struct tui *t, struct area area, bool focused)
{
	struct packets *p = t->packets;

	keep_in_sight(p);
	if (has_bar(p)) {
		const struct area bar = {area.x + area.w - 1, area.y, 1, area.h};

		draw_bar(t, bar);
		area.w--;
	}
	struct pen pen = pen_in(&t->grid, area);
	for (int i = 0; i < page_of(p) && p->top + (uint64_t)i < packets_count(p); i++) {
		if (packets_take(p, p->top + (uint64_t)i, NULL))
			measure(p);
	}
	draw_headings(p, &pen);
	if (packets_first(p) == packets_count(p))
		draw_emptiness(p, &pen);
	for (int i = 0; i < page_of(p) && p->top + (uint64_t)i < packets_count(p); i++) {
		const bool on = p->top + (uint64_t)i == p->at;

		pen_row(&pen, i + 1, !on ? ROLE_TEXT : focused ? ROLE_CURSOR : ROLE_CURSOR_IDLE);
		const uint64_t row = view_row(p->view, p->top + (uint64_t)i);
		if (packets_take(p, p->top + (uint64_t)i, NULL))
			draw_row(t, &pen, row);
		else
			draw_lost(p, &pen, row);
	}
}

void packets_select(struct tui *t, uint64_t position)
{
	struct packets *p = t->packets;
	const uint64_t first = packets_first(p), n = packets_count(p);

	p->at = n == first ? first : CLAMP(position, first, n - 1);
	p->anchor = NO_ROW;
	p->follow = false;
	t->dirty = true;
}

void list_pane_widths(struct packets *p)
{
	g_array_set_size(p->widths, 0);
}

/* Its last row is not known yet. */
static bool is_being_read(const struct packets *p)
{
	const int progress = store_progress(p->store);

	return p->feed == NULL &&
	       ((progress >= 0 && progress < 100) || view_looked(p->view) < store_count(p->store));
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
	case MOVE_LEFT: p->scroll = MAX(p->scroll - SCROLL, 0); return;
	case MOVE_RIGHT: p->scroll += SCROLL; return;
	default: return;
	}
	if (move == MOVE_END)
		packets_pause(t, false);
	packets_select(t, at);
	p->follow = move == MOVE_END || (move == MOVE_BOTTOM && is_being_read(p));
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
	if (m->y >= 1 && has_bar(p) && m->x == p->area[PANE_LIST].w - 1) {
		jump(t, m->y - 1);
		return;
	}
	if (m->y >= 1 && p->top + (uint64_t)(m->y - 1) < packets_count(p))
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
