/* SPDX-License-Identifier: BSD-3-Clause */
/* The bytes of a packet, sixteen a line, with the layer that begins in a line named behind it. */
#include "out/colour.h"
#include "out/print.h"

enum { A_LINE = 16, LINE_ROOM = 512 };

/* The names of the layers that begin in bytes from..from+15 of the frame. */
static void out_layers(struct rem_out *o, const struct rem_breakdown *b, uint32_t from, int *layer)
{
	while (*layer >= 0 && *layer < b->trailers && b->part[*layer].off < from + A_LINE) {
		rem_out_str(o, "  ");
		rem_out_str(o, rem_part_proto(&b->part[*layer])->name);
		*layer = rem_layer_next(b, *layer);
	}
}

static void out_bytes(struct rem_out *o, const uint8_t *p, uint32_t n)
{
	for (uint32_t i = 0; i < A_LINE; i++) {
		rem_out_mem(o, "  ", i % 8 == 0 ? 2 : 1);
		if (i < n)
			rem_out_hex(o, p[i], 2);
		else
			rem_out_mem(o, "  ", 2);
	}
}

void print_hex(struct printer *p, struct frame *f)
{
	const struct rem_view frame = f->b.source[0];
	int layer = rem_layer_next(&f->b, -1);

	rem_out_char(out_room(&p->out, LINE_ROOM), '\n');
	for (uint32_t at = 0; at < f->packet->cap_len; at += A_LINE) {
		struct rem_out *o = out_room(&p->out, LINE_ROOM);
		const uint32_t n = MIN((uint32_t)A_LINE, frame.cap - at);

		colour(o, p->options, COLOUR_DIM);
		rem_out_hex(o, at, at > 0xffff ? 8 : 4);
		colour(o, p->options, COLOUR_OFF);
		out_bytes(o, frame.p + at, n);
		rem_out_str(o, "  ");
		for (uint32_t i = 0; i < n; i++) {
			const uint8_t c = frame.p[at + i];

			rem_out_char(o, c >= 0x20 && c < 0x7f ? (char)c : '.');
		}
		for (uint32_t i = n; i < A_LINE && layer >= 0; i++)
			rem_out_char(o, ' ');
		colour(o, p->options, COLOUR_NAME);
		out_layers(o, &f->b, at, &layer);
		colour(o, p->options, COLOUR_OFF);
		rem_out_char(o, '\n');
	}
	rem_out_char(out_room(&p->out, LINE_ROOM), '\n');
}
