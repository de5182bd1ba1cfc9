/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of a line of the tree. */
#include "store/detail_impl.h"

#include "out/print.h"

/* The text since `from`, ended by a zero, for which there always is room. */
static const char *finish(struct rem_out *o, const char *from)
{
	*o->p++ = '\0';
	o->end++;
	return from;
}

/* The place of what really stands there: neither what is computed, nor other sources' bytes. */
static bool has_place(const struct detail_words *w)
{
	return w->part->source == 0 &&
	       (w->kind != DETAIL_ROW || (w->row.row.field->flags & REM_F_DERIVED) == 0);
}

static void out_name(struct rem_out *o, const struct detail_words *w)
{
	const struct rem_breakdown *b = &w->frame->b;

	if (w->kind == DETAIL_ROW) {
		row_out_name(o, b, &w->row.row);
	} else if (w->kind == DETAIL_PART) {
		part_out_label(o, b, w->part);
	} else {
		rem_out_str(o, rem_part_proto(w->part)->name);
		if (w->part->proto == REM_P_FRAME) {
			rem_out_char(o, ' ');
			rem_out_uint(o, w->frame->packet->number);
		}
		if ((w->part->flags & REM_PART_QUOTED) != 0)
			rem_out_str(o, ", quoted");
	}
}

/* "10.0.0.1 → 10.0.0.2", of a layer that has addresses. */
static void out_addresses(struct rem_out *o, const struct detail_words *w)
{
	const struct rem_proto *proto = rem_part_proto(w->part);
	struct rem_row row;

	if (proto->source == proto->destination ||
	    !rem_row_at(&w->frame->b, w->part, proto->source, &row))
		return;
	address_out(o, w->frame, &row);
	rem_out_str(o, " → ");
	if (rem_row_at(&w->frame->b, w->part, proto->destination, &row))
		address_out(o, w->frame, &row);
}

static void out_value(struct rem_out *o, const struct detail_words *w)
{
	struct rem_value v;

	if (w->kind == DETAIL_LAYER)
		out_addresses(o, w);
	else if (w->kind == DETAIL_ROW && rem_row_value(&w->frame->b, &w->row.row, &v))
		row_out_raw(o, &w->row, &v);
}

static void out_row_meaning(struct rem_out *o, const struct detail_words *w)
{
	const struct rem_row *row = &w->row.row;
	struct rem_value v;

	if (row_is_faulty(row))
		part_out_fault(o, &w->frame->b, w->part, row->field);
	else if (w->status)
		status_out(o, rem_layer_sum(&w->frame->b, w->part));
	else if (rem_row_value(&w->frame->b, row, &v))
		row_out_meaning(o, row, &v);
}

static void out_meaning(struct rem_out *o, const struct detail_words *w)
{
	const struct packet *p = w->frame->packet;

	if (w->kind == DETAIL_ROW) {
		out_row_meaning(o, w);
	} else if (part_is_faulty(w->part)) {
		part_out_fault(o, &w->frame->b, w->part, NULL);
	} else if (w->kind == DETAIL_LAYER && w->part->proto == REM_P_FRAME) {
		rem_out_uint(o, p->len);
		rem_out_str(o, " bytes");
		if (p->cap_len < p->len) {
			rem_out_str(o, ", ");
			rem_out_uint(o, p->cap_len);
			rem_out_str(o, " captured");
		}
	}
}

void detail_write(const struct detail_words *w, char *room, struct detail_text *t)
{
	enum { TEXTS = 5 };
	struct rem_out o = {room, room + DETAIL_TEXT - TEXTS, false};
	const uint32_t bit = w->kind == DETAIL_ROW ? w->row.row.bit : 8 * w->part->off;
	const uint32_t bits = w->kind == DETAIL_ROW ? w->row.row.bits : 8 * w->part->len;
	const char *from = o.p;

	if (has_place(w)) {
		rem_out_uint(&o, bit / 8);
		rem_out_char(&o, '.');
		rem_out_uint(&o, bit % 8);
	}
	t->place = finish(&o, from);
	from = o.p;
	if (has_place(w))
		rem_out_uint(&o, bits);
	t->width = finish(&o, from);
	from = o.p;
	out_name(&o, w);
	t->name = finish(&o, from);
	from = o.p;
	out_value(&o, w);
	t->value = finish(&o, from);
	from = o.p;
	out_meaning(&o, w);
	t->meaning = finish(&o, from);
}
