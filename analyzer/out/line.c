/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A line a packet: number, time, source, destination, protocol, length, info. Columns of addresses
 * grow to the widest that has been seen, so a capture stays calm to read while it streams by.
 */
#include "out/colour.h"
#include "out/memo.h"
#include "out/print.h"

enum { LINE_ROOM = 16384, ADDRESS_WIDTH = 15, PROTOCOL_WIDTH = 6 };

enum { WIDTH_SOURCE, WIDTH_DESTINATION, WIDTH_PROTOCOL };

static void line_begin(struct printer *p)
{
	p->width[WIDTH_SOURCE] = p->width[WIDTH_DESTINATION] = ADDRESS_WIDTH;
	p->width[WIDTH_PROTOCOL] = PROTOCOL_WIDTH;
	p->data = g_new0(struct memo, 1);
}

/* Moves what was written since `start` to the right, to end in column `width`. */
static void right(struct rem_out *o, char *start, size_t width)
{
	const size_t n = (size_t)(o->p - start);

	if (n >= width)
		return;
	for (size_t i = n; i-- > 0;)
		start[i + width - n] = start[i];
	for (size_t i = 0; i < width - n; i++)
		start[i] = ' ';
	o->p = start + width;
}

/* A column to the left, growing to its widest. */
static void left(struct printer *p, struct rem_out *o, const char *start, unsigned which)
{
	const size_t n = (size_t)(o->p - start);

	if (n > p->width[which])
		p->width[which] = n;
	out_spaces(o, p->width[which] + 2 - n);
}

static void out_address(struct printer *p, struct rem_out *o, const struct frame *f,
			const struct rem_part *layer, unsigned index)
{
	struct rem_row row;

	if (!rem_row_at(&f->b, layer, index, &row))
		return;
	struct memo_key key = {.field = row.field, .bits = row.bits};
	if (row.field->calc != NULL || !memo_take_bits(&key, &row)) {
		address_out(o, f, &row);
		return;
	}
	key.bit = (uint32_t)key.value; /* a set for each address, not one for all */
	struct memo_line *line = memo_at(p->data, &key);
	if (memo_has(line, &key)) {
		memo_out(o, line, line->len);
		return;
	}
	const char *start = o->p;
	address_out(o, f, &row);
	memo_keep(line, &key, start, 0, (size_t)(o->p - start));
}

static void out_addresses(struct printer *p, struct rem_out *o, const struct frame *f)
{
	const struct rem_part *layer = frame_address_layer(f);
	const char *start = o->p;

	if (layer != NULL)
		out_address(p, o, f, layer, rem_part_proto(layer)->source);
	left(p, o, start, WIDTH_SOURCE);
	start = o->p;
	if (layer != NULL)
		out_address(p, o, f, layer, rem_part_proto(layer)->destination);
	left(p, o, start, WIDTH_DESTINATION);
}

/* The first checksum that is wrong stands in front of the info. */
static void out_wrong(struct rem_out *o, const struct frame *f, const struct print_options *options)
{
	const struct rem_breakdown *b = &f->b;

	for (unsigned i = 0; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];

		if (part->layer != i || (part->flags & REM_PART_QUOTED) != 0 ||
		    rem_part_proto(part)->sum == NULL || rem_layer_sum(b, part) != REM_SUM_BAD)
			continue;
		colour(o, options, COLOUR_WRONG);
		rem_out_str(o, "bad ");
		rem_out_str(o, rem_part_proto(part)->name);
		rem_out_str(o, " checksum  ");
		colour(o, options, COLOUR_OFF);
		return;
	}
}

static void line_frame(struct printer *p, struct frame *f)
{
	struct rem_out *o = out_room(&p->out, LINE_ROOM);
	struct rem_out room = {o->p, o->p + LINE_ROOM - 1, false};

	rem_out_uint_right(&room, f->packet->number, 4);
	rem_out_str(&room, "  ");
	char *start = room.p;
	column_out(&room, COLUMN_TIME, f, p->options);
	right(&room, start, 8);
	rem_out_str(&room, "  ");
	out_addresses(p, &room, f);
	colour(&room, p->options, COLOUR_NAME);
	start = room.p;
	column_out(&room, COLUMN_PROTOCOL, f, p->options);
	left(p, &room, start, WIDTH_PROTOCOL);
	colour(&room, p->options, COLOUR_OFF);
	rem_out_uint_right(&room, f->packet->len, 4);
	rem_out_str(&room, "  ");
	out_wrong(&room, f, p->options);
	column_out(&room, COLUMN_INFO, f, p->options);
	room.end++;
	room.full = false;
	rem_out_char(&room, '\n');
	o->p = room.p;
	p->fields += COLUMNS;
	if (p->options->hex)
		print_hex(p, f);
}

static void line_end(struct printer *p)
{
	g_free(p->data);
}

const struct printer_ops print_line = {
	.name = "line",
	.about = "a line a packet",
	.begin = line_begin,
	.frame = line_frame,
	.end = line_end,
};
