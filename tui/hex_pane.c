/* SPDX-License-Identifier: BSD-3-Clause */
/* The bytes: the field under the cursor is lit in them, and a byte finds its field. */
#include "packets.h"
#include "tui.h"

enum { SIXTEEN = 72, EIGHT = 37 };

static struct rem_view bytes_of(const struct packets *p)
{
	return detail_source(p->detail, p->source);
}

static uint32_t in_a_row(int w)
{
	return w >= SIXTEEN ? 16 : w >= EIGHT ? 8 : 4;
}

/* Where the digits of a byte of a row stand, and its letter: closer together where room is scarce. */
static int digits_at(uint32_t per, uint32_t i)
{
	return (per == 16 ? 6 : 5) + 3 * (int)i + (i >= 8);
}

static int letter_at(uint32_t per, uint32_t i)
{
	return digits_at(per, per - 1) + (per == 16 ? 4 : 3) + (int)i;
}

static void draw_byte(struct pen *pen, const struct packets *p, uint32_t per, uint32_t at,
		      enum role role)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t byte = bytes_of(p).p[at];
	const char text[] = {digits[byte >> 4], digits[byte & 15], '\0'};
	const char letter[] = {byte >= 0x20 && byte < 0x7f ? (char)byte : '.', '\0'};

	pen->role = role;
	pen->x = digits_at(per, at % per);
	pen_text(pen, text);
	pen->x = letter_at(per, at % per);
	if (role == ROLE_TEXT && letter[0] == '.' && byte != '.')
		pen->role = ROLE_DIM;
	pen_text(pen, letter);
}

static enum role role_of(const struct packets *p, const struct bit_range *lit, uint32_t at,
			 bool focused)
{
	if (focused && at == p->byte)
		return ROLE_CURSOR;
	if (at >= lit->from / 8 && at < (lit->to + 7) / 8)
		return ROLE_LIT;
	return ROLE_TEXT;
}

static void draw_row(struct pen *pen, const struct packets *p, uint32_t per, uint32_t from,
		     bool focused)
{
	const struct bit_range lit = packets_lit(p);
	enum role before = ROLE_TEXT;

	pen->role = ROLE_DIM;
	pen_format(pen, "%04x", from);
	for (uint32_t i = from; i < from + per && i < bytes_of(p).cap; i++) {
		const enum role role = role_of(p, &lit, i, focused);

		/* What is lit is one piece, the blanks between its bytes too. */
		if (role == ROLE_LIT && before == ROLE_LIT) {
			pen->role = ROLE_LIT;
			pen->x = digits_at(per, i % per - 1) + 2;
			pen_to(pen, digits_at(per, i % per));
		}
		draw_byte(pen, p, per, i, role);
		before = role;
	}
}

static void keep_in_sight(struct packets *p, int page, uint32_t per)
{
	const struct bit_range lit = packets_lit(p);
	const bool by_field = p->focus != PANE_HEX && lit.to > lit.from;
	const int row = (int)((by_field ? lit.from / 8 : p->byte) / per);
	const int rows = (int)((bytes_of(p).cap + per - 1) / per);

	if (row < p->byte_top || row >= p->byte_top + page)
		p->byte_top = row - page / 3;
	p->byte_top = CLAMP(p->byte_top, 0, MAX(rows - page, 0));
}

static void draw(struct tui *t, struct area area, bool focused)
{
	struct packets *p = t->packets;
	const uint32_t per = in_a_row(area.w);
	struct pen pen = pen_in(&t->grid, area);

	if (!packets_open_current(p))
		return;
	keep_in_sight(p, area.h, per);
	for (int i = 0; i < area.h; i++) {
		const uint32_t from = (uint32_t)(p->byte_top + i) * per;

		if (from >= bytes_of(p).cap)
			break;
		pen_row(&pen, i, ROLE_TEXT);
		draw_row(&pen, p, per, from, focused);
	}
}

static void go(struct tui *t, int64_t to)
{
	struct packets *p = t->packets;

	if (!packets_open_current(p) || bytes_of(p).cap == 0)
		return;
	p->byte = (uint32_t)CLAMP(to, 0, (int64_t)bytes_of(p).cap - 1);
	packets_find_field(p, p->byte);
}

static void move(struct tui *t, enum move move, int n)
{
	const struct packets *p = t->packets;
	const int64_t per = (int64_t)in_a_row(p->area[PANE_HEX].w),
		      page = p->area[PANE_HEX].h * per;
	const int64_t times = MAX(n, 1), at = p->byte;

	switch (move) {
	case MOVE_UP: go(t, at >= times * per ? at - times * per : at % per); break;
	case MOVE_DOWN: go(t, at + times * per); break;
	case MOVE_LEFT: go(t, at - times); break;
	case MOVE_RIGHT: go(t, at + times); break;
	case MOVE_PAGE_UP: go(t, at - times * page); break;
	case MOVE_PAGE_DOWN: go(t, at + times * page); break;
	case MOVE_HALF_UP: go(t, at - times * page / 2); break;
	case MOVE_HALF_DOWN: go(t, at + times * page / 2); break;
	case MOVE_TOP: go(t, n); break;
	default: go(t, n > 0 ? (int64_t)n : INT64_MAX); break;
	}
}

/* To the field in the tree. */
static void enter(struct tui *t)
{
	t->packets->focus = PANE_TREE;
}

static void mouse(struct tui *t, const struct mouse *m)
{
	struct packets *p = t->packets;
	const uint32_t per = in_a_row(p->area[PANE_HEX].w);

	if (m->act == MOUSE_WHEEL_UP || m->act == MOUSE_WHEEL_DOWN) {
		move(t, m->act == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN, 3);
		return;
	}
	for (uint32_t i = 0; i < per; i++) {
		const bool hit = (m->x >= digits_at(per, i) && m->x < digits_at(per, i) + 2) ||
				 m->x == letter_at(per, i);
		const int64_t at = (int64_t)(p->byte_top + m->y) * per + i;

		if (hit && at < bytes_of(p).cap)
			go(t, at);
	}
	if (m->act == MOUSE_DOUBLE)
		enter(t);
}

const struct pane pane_hex = {
	.place = PLACE_HEX,
	.draw = draw,
	.move = move,
	.enter = enter,
	.mouse = mouse,
};
