/* SPDX-License-Identifier: BSD-3-Clause */
/* A breakdown line a packet; the core writes it. */
#include "out/print.h"

enum { LINE_ROOM = 1 << 16, FLAG_INBOUND = 1, FLAG_OUTBOUND = 2, FLAG_DIRECTION = 3 };

static void breakdown_begin(struct printer *p)
{
	(void)p;
}

static void breakdown_frame(struct printer *p, struct frame *f)
{
	const struct print_options *options = p->options;
	const uint32_t direction = f->packet->flags & FLAG_DIRECTION;
	const struct rem_line line = {
		.classes = options->classes,
		.us = options->us,
		.us_count = options->n_us,
		.direction = direction == FLAG_INBOUND    ? REM_DIRECTION_IN
			     : direction == FLAG_OUTBOUND ? REM_DIRECTION_OUT
							  : REM_DIRECTION_UNKNOWN,
		.subfields = options->subfields,
		.legacy = options->legacy,
	};
	struct rem_out *o = out_room(&p->out, 8 * (size_t)f->packet->cap_len + LINE_ROOM);

	rem_out_breakdown(o, &f->b, f->packet->len, &line);
	rem_out_char(o, '\n');
	if (options->hex)
		print_hex(p, f);
}

const struct printer_ops print_breakdown = {
	.name = "breakdown",
	.about = "the layers of a packet in one line",
	.begin = breakdown_begin,
	.frame = breakdown_frame,
	.end = breakdown_begin,
	.detail = true,
};
