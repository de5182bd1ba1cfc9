/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The words of a row: what it is called, what its bits are, what they mean, what is wrong with it.
 * The tree and whoever else shows rows have them from here.
 */
#ifndef OUT_ROW_TEXT_H
#define OUT_ROW_TEXT_H

#include "out/plan.h"

#include <remora/text.h>

/* The name that the packet itself gives to a row; its own, if there is none. */
void row_out_called(struct rem_out *o, const struct rem_breakdown *b, const struct rem_row *row);
/* The field's name, or the one that the packet gives. */
static inline void row_out_name(struct rem_out *o, const struct rem_breakdown *b,
				const struct rem_row *row)
{
	if ((row->field->flags & REM_F_CALLED) != 0)
		row_out_called(o, b, row);
	else
		rem_out_mem(o, row->field->name, row->field->name_len);
}
/* The bits as they stand, before they are scaled; of a long text or many bytes the beginning. */
void row_out_raw(struct rem_out *o, const struct plan_row *r, const struct rem_value *v);
/* What the value means; nothing if it says so itself. */
void row_out_meaning(struct rem_out *o, const struct rem_row *row, const struct rem_value *v);
/* "good", "! bad": of the row of a checksum. */
void status_out(struct rem_out *o, enum rem_sum_status status);

/* The title of a part, completed by the meaning of the row that says which it is. */
void part_out_label(struct rem_out *o, const struct rem_breakdown *b, const struct rem_part *part);
/* What is wrong with a part, or with the row of that field in it. */
void part_out_fault(struct rem_out *o, const struct rem_breakdown *b, const struct rem_part *part,
		    const struct rem_field *f);

static inline bool row_is_faulty(const struct rem_row *row)
{
	return row->part->err != REM_OK && row->part->err_row == row->index;
}

static inline bool part_is_faulty(const struct rem_part *part)
{
	return part->err != REM_OK && part->err_row == REM_NO_ROW;
}

static inline bool status_is_wrong(enum rem_sum_status status)
{
	return status == REM_SUM_BAD || status == REM_SUM_ILLEGAL;
}

#endif
