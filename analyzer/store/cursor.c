/* SPDX-License-Identifier: BSD-3-Clause */
/* Random access to packets, and their times in the capture. */
#include "store/store_impl.h"

struct cursor {
	struct store *store;
	struct again *again;
	const struct part *part; /* that was read last: pointers go into its window */
	const struct interfaces *interfaces;
	struct packet packet;
	/* When rows were captured that are asked for again and again. */
	struct known_time {
		uint64_t row;
		struct instant when;
	} start, last;
};

struct cursor *cursor_new(struct store *s)
{
	struct cursor *c = g_new0(struct cursor, 1);

	c->store = s;
	c->again = again_new();
	if (c->again == NULL)
		g_error("not enough memory");
	c->start.row = c->last.row = NO_ROW;
	g_ptr_array_add(s->cursors, c);
	return c;
}

void cursor_free(struct cursor *c)
{
	if (c == NULL)
		return;
	g_ptr_array_remove_fast(c->store->cursors, c);
	again_free(c->again);
	g_free(c);
}

void cursor_forget(struct cursor *c, const struct part *part)
{
	if (c->part != part)
		return;
	again_forget(c->again);
	c->part = NULL;
	c->interfaces = NULL;
}

int cursor_packet(struct cursor *c, uint64_t row, struct packet *p)
{
	const struct part *part = store_part(c->store, row);

	if (part == NULL)
		return 0;
	c->part = part;
	c->interfaces = reader_interfaces(part->reader);
	return again_packet(c->again, part->reader, part_place(part, row),
			    offsets_at(&part->offsets, row - part->first), row + 1, p)
		       ? 1
		       : -1;
}

const char *cursor_error(const struct cursor *c)
{
	return again_error(c->again);
}

const struct interfaces *cursor_interfaces(const struct cursor *c)
{
	return c->interfaces;
}

/* When a row was captured; of one that cannot be read any more, `otherwise`. */
static struct instant time_of(struct cursor *c, const struct frame *f, struct known_time *known,
			      uint64_t row, struct instant otherwise)
{
	struct packet p;

	if (known->row == row)
		return known->when;
	if (row == NO_ROW || cursor_packet(c, row, &p) != 1)
		return otherwise;
	*known = (struct known_time){row, frame_instant(f, c->interfaces, &p)};
	return known->when;
}

int cursor_take(struct cursor *c, uint64_t row, struct frame *f, const struct rem_want *want,
		const struct since *since)
{
	const struct since usual = {0, row == 0 ? NO_ROW : row - 1};
	const struct since *is = since != NULL ? since : &usual;
	const struct instant none = {0};
	struct known_time shown = {NO_ROW, none};

	f->start = time_of(c, f, &c->start, is->start, none);
	f->shown = is->shown + 1 == row ? none : time_of(c, f, &shown, is->shown, none);
	f->time = f->previous = row == 0 ? none : time_of(c, f, &c->last, row - 1, none);
	const int rc = cursor_packet(c, row, &c->packet);
	if (rc != 1)
		return rc;
	f->any = f->any_shown = true;
	frame_take(f, c->interfaces, &c->packet, want);
	c->last = (struct known_time){row, f->time};
	if (row == 0)
		f->previous = f->time;
	if (is->shown == NO_ROW)
		f->shown = f->time;
	else if (is->shown + 1 == row)
		f->shown = f->previous;
	if (is->start == row || store_part(c->store, is->start) == NULL)
		f->start = f->time;
	return 1;
}
