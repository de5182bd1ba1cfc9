/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The screen of packets: the line of the filter, the list, the tree and the bytes of one packet, and
 * what is to be said of the field under the cursor. What has no room is left out, and Tab brings it.
 */
#include "explain.h"
#include "filter_line.h"
#include "packets.h"
#include "tui.h"

#include <string.h>

enum {
	LOW = 14,    /* fewer rows: one pane at a time */
	NARROW = 60, /* fewer columns: too */
	SLIM = 78,   /* fewer columns: tree and bytes take turns */
	ROOMY = 16,  /* rows from which on the field is explained */
};

static const struct pane *const panes[PANES] = {&pane_list, &pane_tree, &pane_hex};

static enum place place(const struct tui *t)
{
	return panes[t->packets->focus]->place;
}

static void move(struct tui *t, enum move move, int n)
{
	panes[t->packets->focus]->move(t, move, n);
}

static void enter(struct tui *t)
{
	panes[t->packets->focus]->enter(t);
}

static void turn(struct tui *t, int step)
{
	struct packets *p = t->packets;

	p->focus = (enum pane_id)(((int)p->focus + step + PANES) % PANES);
}

/* The bytes take what whole rows of them need, and the tree the rest. */
static int hex_width(int w)
{
	enum { SIXTEEN = 72, EIGHT = 37 };

	return w >= 2 * SIXTEEN - 8 ? SIXTEEN : EIGHT;
}

static int tree_width(const struct packets *p, int w)
{
	if (p->tree_share == 0)
		return w - 1 - hex_width(w);
	return CLAMP(w * p->tree_share / 100, 12, w - 13);
}

static int list_height(const struct packets *p, int h)
{
	const int share = p->list_share == 0 ? 45 : p->list_share;

	return CLAMP(h * share / 100, 3, h - 4);
}

static void only(struct packets *p, enum pane_id pane, struct area area)
{
	memset(p->area, 0, sizeof(p->area));
	p->area[pane] = area;
}

static void lay_beside(struct packets *p, struct area a)
{
	p->area[PANE_LIST] = area_top(&a, list_height(p, a.h));
	area_top(&a, 1);
	if (a.w < SLIM) {
		const enum pane_id pane = p->focus == PANE_HEX ? PANE_HEX : PANE_TREE;

		p->area[pane] = a;
		return;
	}
	p->area[PANE_TREE] = area_left(&a, tree_width(p, a.w));
	area_left(&a, 1);
	p->area[PANE_HEX] = a;
}

static void lay_stacked(struct packets *p, struct area a)
{
	p->area[PANE_LIST] = area_top(&a, list_height(p, a.h) * 3 / 4);
	area_top(&a, 1);
	p->area[PANE_HEX] = area_bottom(&a, MAX(a.h / 3, 2));
	area_bottom(&a, 1);
	p->area[PANE_TREE] = a;
}

static void lay_columns(struct packets *p, struct area a)
{
	const int hex = hex_width(a.w);

	p->area[PANE_LIST] = area_left(&a, a.w - 1 - MAX(hex, a.w * 2 / 5));
	area_left(&a, 1);
	area_top(&a, 1);
	p->area[PANE_HEX] = area_bottom(&a, MAX(a.h / 3, 2));
	area_bottom(&a, 1);
	p->area[PANE_TREE] = a;
}

static void lay_out(struct packets *p, struct area a)
{
	memset(p->area, 0, sizeof(p->area));
	if (p->zoomed || a.h < LOW || a.w < NARROW) {
		struct area rule = a;

		if (p->focus != PANE_LIST)
			area_top(&a, 1);
		(void)rule;
		only(p, p->focus, a);
	} else if (p->layout == LAYOUT_BESIDE) {
		lay_beside(p, a);
	} else if (p->layout == LAYOUT_STACKED) {
		lay_stacked(p, a);
	} else {
		lay_columns(p, a);
	}
}

/* The line above a pane: what the packet is above the upper one, nothing but a line above others. */
static void draw_rule(struct tui *t, struct area above, bool on, bool says)
{
	struct pen p = pen_in(&t->grid, (struct area){above.x, above.y - 1, above.w, 1});
	GString *left = g_string_new(NULL), *right = g_string_new(NULL);

	pen_row(&p, 0, on ? ROLE_RULE_ON : ROLE_RULE);
	pen_repeat(&p, 0x2500, above.w);
	if (says)
		explain_packet(t, left, right);
	const int room = above.w - 6;
	if (left->len > 0) {
		p.x = 2;
		pen_text(&p, " ");
		p.role = on ? ROLE_NAME : ROLE_TEXT;
		pen_field(&p, left->str, MIN(room, text_width(left->str)));
		pen_text(&p, " ");
	}
	const int at = above.w - 4 - text_width(right->str);
	if (right->len > 0 && at > p.x) {
		p.x = at;
		p.role = ROLE_DIM;
		pen_format(&p, " %s ", right->str);
	}
	g_string_free(left, TRUE);
	g_string_free(right, TRUE);
}

static void draw_upright(struct tui *t, int x, int y, int h)
{
	struct pen p = pen_in(&t->grid, (struct area){x, y, 1, h});

	for (int i = 0; i < h; i++) {
		pen_row(&p, i, ROLE_RULE);
		pen_repeat(&p, 0x2502, 1);
	}
}

static void draw_rules(struct tui *t)
{
	const struct packets *p = t->packets;
	const struct area *list = &p->area[PANE_LIST], *tree = &p->area[PANE_TREE];
	const struct area *hex = &p->area[PANE_HEX];

	if (tree->w > 0 && hex->w > 0 && tree->y == hex->y) {
		const struct area both = {tree->x, tree->y, tree->w + 1 + hex->w, tree->h};

		draw_rule(t, both, p->focus != PANE_LIST, true);
		draw_upright(t, hex->x - 1, hex->y, hex->h);
		return;
	}
	if (tree->w > 0)
		draw_rule(t, *tree, p->focus == PANE_TREE, true);
	if (hex->w > 0)
		draw_rule(t, *hex, p->focus == PANE_HEX, tree->w == 0);
	if (list->w > 0 && tree->w > 0 && tree->x > list->x)
		draw_upright(t, tree->x - 1, list->y, list->h);
}

static void draw(struct tui *t, struct area area)
{
	struct packets *p = t->packets;
	const struct area filter = area_top(&area, 1);
	const struct area field = area.h >= ROOMY ? area_bottom(&area, 1) : (struct area){0};

	packets_open_current(p);
	lay_out(p, area);
	for (int i = 0; i < PANES; i++) {
		if (p->area[i].w > 0)
			panes[i]->draw(t, p->area[i], p->focus == (enum pane_id)i);
	}
	draw_rules(t);
	if (field.w > 0)
		explain_field(t, field);
	filter_line_draw(t, filter, area);
}

static void mouse(struct tui *t, const struct mouse *m)
{
	struct packets *p = t->packets;

	if (m->y == 1) {
		do_filter(t, "");
		return;
	}
	for (int i = 0; i < PANES; i++) {
		if (!area_has(p->area[i], m->x, m->y))
			continue;
		if (m->act == MOUSE_PRESS || m->act == MOUSE_DOUBLE)
			p->focus = (enum pane_id)i;
		const struct mouse inner = {m->act, m->x - p->area[i].x, m->y - p->area[i].y};
		panes[i]->mouse(t, &inner);
		return;
	}
}

const struct screen screen_packets = {
	.name = "Packets",
	.digit = '1',
	.about = "The list, the layers and the bytes",
	.draw = draw,
	.place = place,
	.move = move,
	.enter = enter,
	.turn = turn,
	.mouse = mouse,
};

const char *layout_name(enum layout layout)
{
	static const char *const names[LAYOUTS] = {"beside", "stacked", "columns"};

	return names[layout];
}

void do_layout(struct tui *t, const char *argument)
{
	struct packets *p = t->packets;

	p->zoomed = false;
	if (*argument == '\0') {
		p->layout = (enum layout)((p->layout + 1) % LAYOUTS);
		return;
	}
	for (int i = 0; i < LAYOUTS; i++) {
		if (strcmp(layout_name((enum layout)i), argument) == 0) {
			p->layout = (enum layout)i;
			return;
		}
	}
	tui_complain(t, "no layout \"%s\"; there are beside, stacked and columns", argument);
}

void do_zoom(struct tui *t, const char *argument)
{
	(void)argument;
	t->packets->zoomed = !t->packets->zoomed;
}

/* A share that was never set starts from what is seen. */
static void shift(int *share, int now, int step)
{
	*share = CLAMP((*share == 0 ? now : *share) + step, 10, 90);
}

static void shift_list(struct tui *t, int step)
{
	shift(&t->packets->list_share, 45, step * MAX(t->count, 1));
}

static void shift_tree(struct tui *t, int step)
{
	const struct packets *p = t->packets;
	const int w = MAX(t->grid.w, 1);

	shift(&t->packets->tree_share, p->area[PANE_TREE].w * 100 / w, step * MAX(t->count, 1));
}

/* clang-format off */
#define SHIFTS(function, what, step) \
	void do_##function(struct tui *t, const char *argument) { (void)argument; what(t, step); }
SHIFTS(split_down, shift_list, 5)
SHIFTS(split_up, shift_list, -5)
SHIFTS(split_right, shift_tree, 5)
SHIFTS(split_left, shift_tree, -5)
/* clang-format on */

void do_split_even(struct tui *t, const char *argument)
{
	(void)argument;
	t->packets->list_share = t->packets->tree_share = 0;
}
