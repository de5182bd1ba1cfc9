/* SPDX-License-Identifier: BSD-3-Clause */
/* The rows of the tree: most of them were written before, and are copied. */
#include "out/row_text.h"
#include "out/tree.h"

#include <string.h>

enum {
	RUN_ROOM = 1 << 14, /* for the lines of a run, of which none is long */
};

/* A number that ends in front of `end`, behind blanks that are there. */
static void put_right(char *end, uint32_t v)
{
	do {
		*--end = (char)('0' + v % 10);
		v /= 10;
	} while (v != 0);
}

/* Has the row a place of its own, and one that the columns have room for? */
static bool has_place(const struct rem_row *row)
{
	return (row->field->flags & REM_F_DERIVED) == 0 && row->part->source == 0;
}

static bool fits_place(const struct rem_row *row)
{
	return row->bit / 8 < 1000000 && row->bits < 100000;
}

/* "    14.4", where a row begins, of which the blanks are there. */
static void put_start(char *p, uint32_t bit)
{
	put_right(p + 6, bit / 8);
	p[6] = '.';
	p[7] = (char)('0' + bit % 8);
}

/* "    14.4    4  ", or blanks for what has no place of its own. */
static void out_place(struct rem_out *o, const struct rem_row *row)
{
	char *p = o->p;

	memset(p, ' ', COLUMN_NAME);
	o->p += COLUMN_NAME;
	if (!has_place(row))
		return;
	if (fits_place(row)) {
		put_start(p, row->bit);
		put_right(p + 13 + (row->bits > 9999), row->bits);
		return;
	}
	o->p = p;
	rem_out_uint_right(o, row->bit / 8, 6);
	rem_out_char(o, '.');
	rem_out_char(o, (char)('0' + row->bit % 8));
	rem_out_char(o, ' ');
	rem_out_uint_right(o, row->bits, 4);
	rem_out_pad(o, p, COLUMN_NAME);
}

/* The row's name, up to the column of its value. */
static void out_name(struct line *l, const struct frame *f, const struct rem_row *row,
		     unsigned indent)
{
	rem_out_blank(l->o, 2 * (size_t)indent);
	const char *name = l->o->p;
	row_out_name(l->o, &f->b, row);
	if ((row->field->flags & REM_F_CALLED) != 0)
		hide_wide(l, name);
	to_column(l, COLUMN_VALUE);
}

static bool is_number(enum rem_type type)
{
	const unsigned numbers = 1 << REM_T_UINT | 1 << REM_T_INT | 1 << REM_T_BOOL |
				 1 << REM_T_IPV4 | 1 << REM_T_MAC | 1 << REM_T_EUI64;

	return (numbers >> type & 1) != 0;
}

/* The row's place and name: both as they stood in the first packet, or all but where it begins, or the name at least. */
static void out_head(struct line *l, const struct frame *f, struct plan_row *r)
{
	const struct rem_row *row = &r->row;
	struct rem_out *o = l->o;

	if (r->head_len != 0 && r->head_bits == row->bits && fits_place(row)) {
		__builtin_memcpy(o->p, r->head, PLAN_HEAD);
		if (r->head_bit != row->bit && has_place(row)) {
			memset(o->p, ' ', 6);
			put_start(o->p, row->bit);
		}
		o->p += r->head_len;
		return;
	}
	out_place(o, row);
	const bool usual = o->p - l->start == COLUMN_NAME;
	if (usual && r->head_len != 0) {
		__builtin_memcpy(o->p, r->head + COLUMN_NAME, PLAN_HEAD - COLUMN_NAME);
		o->p = l->start + r->head_len;
		return;
	}
	out_name(l, f, row, r->indent);
	const size_t n = (size_t)(o->p - l->start);
	if (!usual || n > PLAN_HEAD || !fits_place(row) || (row->field->flags & REM_F_CALLED) != 0)
		return;
	__builtin_memcpy(r->head, l->start, PLAN_HEAD);
	r->head_len = (uint8_t)n;
	r->head_bit = row->bit;
	r->head_bits = row->bits;
}

/* What stands behind the value, if anything does. */
static void out_remark(struct line *l, struct tree *t, const struct frame *f,
		       const struct plan_row *r, const struct rem_value *v)
{
	const struct rem_row *row = &r->row;
	const struct rem_part *part = row->part;
	struct rem_out *o = l->o;
	char *end = o->p;

	to_column(l, COLUMN_MEANING);
	const char *remark = o->p;
	if (row_is_faulty(row)) {
		set_colour(l, COLOUR_WRONG);
		part_out_fault(o, &f->b, part, row->field);
	} else if (r->status && rem_part_opens(&f->b, part)) {
		const enum rem_sum_status status = tree_sum(t, &f->b, part);

		if (status_is_wrong(status))
			set_colour(l, COLOUR_WRONG);
		status_out(o, status);
	} else {
		row_out_meaning(o, row, v);
	}
	if (o->p == remark)
		o->p = end; /* no blanks at the end */
}

static void out_line(struct printer *p, const struct frame *f, struct plan_row *r,
		     const struct rem_value *v)
{
	struct line l = begin_line(p);

	out_head(&l, f, r);
	const char *value = l.o->p;
	row_out_raw(l.o, r, v);
	if (!r->plain || r->row.part->err != REM_OK) {
		if (v->type == REM_T_TEXT || v->type == REM_T_NAME)
			hide_wide(&l, value);
		out_remark(&l, tree_of(p), f, r, v);
	}
	end_line(&l);
}

/* Fills the key of a number that is computed: it is all that its line depends on. False: it is not. */
static bool take_value(struct memo_key *key, const struct plan_row *r, const struct rem_value *v)
{
	const struct rem_row *row = &r->row;
	const bool derived = (row->field->flags & REM_F_DERIVED) != 0;

	if (row->field->calc == NULL || row->part->err != REM_OK || r->status ||
	    !is_number(v->type) || (!derived && (r->rest || row->bits > 64)))
		return false;
	key->value = v->u;
	key->more = derived ? row->bits : rem_row_bits(row);
	return true;
}

static void out_row(struct printer *p, const struct frame *f, struct plan_row *r,
		    struct memo_key *key)
{
	struct rem_out *o = out_room(&p->out, ROW_ROOM);
	struct rem_value v;

	if (!rem_row_value(&f->b, &r->row, &v))
		return;
	if (!take_value(key, r, &v)) {
		out_line(p, f, r, &v);
		return;
	}
	struct memo_line *line = memo_at(&tree_of(p)->memo, key);
	if (memo_out(o, line, key))
		return;
	const char *start = o->p;
	out_line(p, f, r, &v);
	memo_keep(line, key, o, start);
}

/* Rows that depend on a few bits, and on nothing else. */
static void out_run(struct printer *p, const struct frame *f, const struct rem_part *part,
		    struct plan_row *r, const struct memo_key *key)
{
	struct memo *memo = &tree_of(p)->memo;
	struct rem_out *o = out_room(&p->out, RUN_ROOM);
	const bool one = r->run == 1;
	struct memo_line *line = one ? memo_at(memo, key) : NULL;
	struct memo_word *word = one ? NULL : memo_word_at(memo, key);

	if (one ? memo_out(o, line, key) : memo_out_word(o, word, key))
		return;
	const char *start = o->p;
	for (unsigned i = 0; i < r->run; i++) {
		struct rem_value v;

		plan_lay(&r[i], part, rem_part_bytes(&f->b, part));
		rem_row_value(&f->b, &r[i].row, &v);
		out_line(p, f, &r[i], &v);
	}
	if (one)
		memo_keep(line, key, o, start);
	else
		memo_keep_word(word, key, o, start);
}

static void out_part_heading(struct printer *p, const struct frame *f, const struct rem_part *part)
{
	struct line l = begin_line(p);
	struct rem_out *o = l.o;
	static const struct rem_field whole = {.bits = 0};
	const struct rem_row row = {
		.part = part, .field = &whole, .bit = 8 * part->off, .bits = 8 * part->len};

	out_place(o, &row);
	rem_out_mem(o, "                ", 2 * (size_t)MIN(part->depth - 1, 8));
	const char *title = o->p;
	part_out_label(o, &f->b, part);
	hide_wide(&l, title);
	if (part->err != REM_OK && part->err_row == REM_NO_ROW) {
		to_column(&l, COLUMN_MEANING);
		set_colour(&l, COLOUR_WRONG);
		part_out_fault(o, &f->b, part, NULL);
	}
	end_line(&l);
}

static void out_rows(struct printer *p, const struct frame *f, const struct rem_part *part,
		     struct plan *plan)
{
	const struct rem_view source = f->b.source[part->source];
	const uint8_t *bytes = source.p + part->off, *end = source.p + source.cap;

	for (unsigned i = 0; i < plan->n;) {
		struct plan_row *r = &plan->row[i];
		struct memo_key key = {.place = plan->id << 8 | i, .at = part->off};

		if (r->run != 0 && part->err == REM_OK) {
			key.value = plan_word(bytes + r->bits.at, end) & r->bits.mask[0];
			if (r->bits.mask[1] != 0)
				key.more = plan_word(bytes + r->bits.at + 8, end) & r->bits.mask[1];
			out_run(p, f, part, r, &key);
			i += r->run;
		} else {
			plan_lay(r, part, bytes);
			out_row(p, f, r, &key);
			i++;
		}
	}
}

static void out_title(struct printer *p, const struct frame *f, const struct rem_part *part,
		      const struct plan *plan)
{
	const struct rem_view source = f->b.source[part->source];
	const uint8_t *bytes = source.p + part->off, *end = source.p + source.cap;
	struct memo_key key = {.place = plan->id << 8 | PLAN_ROWS, .at = part->off};

	key.value = plan_word(bytes + plan->label.at, end) & plan->label.mask[0];
	key.more = part->len;
	struct memo_line *line = memo_at(&tree_of(p)->memo, &key);
	struct rem_out *o = out_room(&p->out, ROW_ROOM);
	if (memo_out(o, line, &key))
		return;
	const char *start = o->p;
	out_part_heading(p, f, part);
	memo_keep(line, &key, o, start);
}

void tree_part(struct printer *p, const struct frame *f, const struct rem_part *part)
{
	const bool fault = part->err != REM_OK && part->err_row == REM_NO_ROW;
	struct plans *plans = &tree_of(p)->plans;
	struct plan *plan = plan_of(plans, &f->b, part);

	if (plan->title == PLAN_ALWAYS && part->err == REM_OK && !plan->labelled)
		out_title(p, f, part, plan);
	else if (plan->title == PLAN_ALWAYS || (plan->title == PLAN_FAULTY && fault))
		out_part_heading(p, f, part);
	out_rows(p, f, part, plan);
	while (plan->more) {
		plan_go_on(plans, plan, &f->b, part);
		out_rows(p, f, part, plan);
	}
}
