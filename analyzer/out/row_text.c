/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of rows and parts. */
#include "out/row_text.h"

enum {
	MOST_BYTES = 32, /* of a row's bytes: the rest is what -x is for */
	MOST_TEXT = 256,
	MOST_CALLED = 64, /* of a name that the packet gives */
};

/* The beginning of bytes or of a text that is too long for a line. */
static void out_beginning(struct rem_out *o, const struct rem_row *row, struct rem_value v,
			  uint32_t most)
{
	v.bytes.n = most;
	rem_out_value(o, row->field, row->bits, &v);
	rem_out_str(o, "…");
}

void row_out_raw(struct rem_out *o, const struct plan_row *r, const struct rem_value *v)
{
	const struct rem_row *row = &r->row;
	const struct rem_field *f = row->field;

	if (f->type == REM_T_BYTES && v->bytes.n > MOST_BYTES) {
		out_beginning(o, row, *v, MOST_BYTES);
	} else if (f->type == REM_T_TEXT && v->bytes.n > MOST_TEXT) {
		out_beginning(o, row, *v, MOST_TEXT);
	} else if (!r->plain && rem_row_computed(row, v)) {
		const struct rem_value raw = {.type = v->type, .u = rem_row_bits(row)};

		rem_out_value(o, f, row->bits, &raw);
	} else {
		rem_out_value(o, f, row->bits, v);
		if (f->unit != NULL) {
			rem_out_char(o, ' ');
			rem_out_mem(o, f->unit, r->unit_len);
		}
	}
}

void row_out_called(struct rem_out *o, const struct rem_breakdown *b, const struct rem_row *row)
{
	struct rem_row label;
	struct rem_value v;

	if (!rem_part_label(b, row->part, &label, &v))
		rem_out_str(o, row->field->name);
	else if (v.bytes.n > MOST_CALLED)
		out_beginning(o, &label, v, MOST_CALLED);
	else
		rem_out_value(o, label.field, label.bits, &v);
}

void part_out_fault(struct rem_out *o, const struct rem_breakdown *b, const struct rem_part *part,
		    const struct rem_field *f)
{
	const struct rem_view source = b->source[part->source];

	rem_out_str(o, "! ");
	switch (part->err) {
	case REM_SHORT:
		rem_out_str(o, "cut by the capture at byte ");
		rem_out_uint(o, source.cap);
		return;
	case REM_LENGTH:
		rem_out_str(o, "does not fit: ");
		rem_out_uint(o, source.cap - part->off);
		rem_out_str(o, " bytes are here");
		break;
	default: rem_out_str(o, rem_err_text(part->err)); break;
	}
	if (f != NULL && f->ref != NULL) {
		rem_out_str(o, " (");
		rem_out_str(o, f->ref);
		rem_out_char(o, ')');
	}
}

void status_out(struct rem_out *o, enum rem_sum_status status)
{
	switch (status) {
	case REM_SUM_GOOD: rem_out_str(o, "good"); break;
	case REM_SUM_BAD: rem_out_str(o, "! bad"); break;
	case REM_SUM_UNVERIFIED: rem_out_str(o, "not verifiable"); break;
	case REM_SUM_NOT_GIVEN: rem_out_str(o, "not given"); break;
	case REM_SUM_ILLEGAL: rem_out_str(o, "! zero is not allowed"); break;
	case REM_SUM_PARTIAL: rem_out_str(o, "partial: left to the network card"); break;
	}
}

void row_out_meaning(struct rem_out *o, const struct rem_row *row, const struct rem_value *v)
{
	const struct rem_field *f = row->field;
	const char *before = o->p;

	rem_out_meaning(o, row, v);
	if (f->scale > 1 && o->p != before) {
		rem_out_str(o, " (x ");
		rem_out_uint(o, f->scale);
		rem_out_char(o, ')');
	} else if (f->type == REM_T_BYTES && v->bytes.n > MOST_BYTES) {
		rem_out_uint(o, v->bytes.n);
		rem_out_str(o, " bytes");
	}
}

void part_out_label(struct rem_out *o, const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_row row;
	struct rem_value v;

	rem_out_str(o, rem_part_table(part)->title);
	if (!rem_part_label(b, part, &row, &v))
		return;
	rem_out_str(o, ": ");
	const char *before = o->p;
	rem_out_meaning(o, &row, &v);
	if (o->p == before)
		rem_out_value(o, row.field, row.bits, &v);
}
