/* SPDX-License-Identifier: BSD-3-Clause */
/* Looks at everything that a breakdown has to show, and aborts where something cannot be. */
#ifndef FUZZ_LOOK_H
#define FUZZ_LOOK_H

#include <remora/remora.h>
#include <stdlib.h>

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void must_be_printable(const char *text, const char *end)
{
	for (; text < end; text++)
		must((uint8_t)*text >= ' ' && *text != 0x7f);
}

static void look_at_row(const struct rem_breakdown *b, const struct rem_part *part,
			const struct rem_row *row)
{
	char text[128];
	struct rem_out out = {text, text + sizeof(text), false};
	struct rem_value value;

	must(row->bit >= 8 * part->off && row->bit + row->bits <= 8 * (part->off + part->len));
	if (!rem_row_value(b, row, &value))
		return;
	rem_out_value(&out, row->field, row->bits, &value);
	rem_out_meaning(&out, row, &value);
	must_be_printable(text, out.p);
}

static void look_at_part(const struct rem_breakdown *b, unsigned i)
{
	const struct rem_part *part = &b->part[i];
	const struct rem_part *above = rem_layer_above(b, part);
	struct rem_row_walk walk = {0};
	struct rem_row row;

	must(part->source < b->sources && part->layer <= i);
	must(part->off + part->len <= b->source[part->source].cap);
	must(above == NULL || above < rem_part_layer(b, part));
	while (rem_row_next(b, part, &walk, &row))
		look_at_row(b, part, &row);
	if (rem_part_opens(b, part))
		rem_layer_sum(b, part);
}

static void look_into(unsigned first, struct rem_view v, const struct rem_index *index,
		      struct rem_part *parts, unsigned room)
{
	struct rem_breakdown b = {.index = index, .part = parts, .room = (uint16_t)room};
	char text[512];
	struct rem_out out = {text, text + sizeof(text), false};

	rem_break_down(&b, first, v);
	must(b.parts <= room);
	for (unsigned i = 0; i < b.parts; i++)
		look_at_part(&b, i);
	rem_out_info(&out, &b);
	rem_out_str(&out, " ");
	rem_out_breakdown(&out, &b, v.wire, &(struct rem_line){.classes = REM_LINE_CLASSES});
	must_be_printable(text, out.p);
}

/* Breaks v down from protocol `first` on and looks at it all; and again where room for parts is short. */
static void look(unsigned first, struct rem_view v, const struct rem_index *index)
{
	static struct rem_part parts[512];

	look_into(first, v, index, parts, REM_COUNT(parts));
	look_into(first, v, index, parts, 1 + v.cap % 20);
}

#endif
