/* SPDX-License-Identifier: BSD-3-Clause */
/* The shapes of parts, each walked once. */
#include "out/plan.h"

#include "out/memo.h"

#include <glib.h>
#include <string.h>

/* All that the rows depend on but the place of the part and its length: proto, table, row, rows,
 * depth and source, which stand side by side. Not 0. */
static uint64_t shape_of(const struct rem_part *part)
{
	enum { FIRST = offsetof(struct rem_part, proto), LAST = offsetof(struct rem_part, source) };
	_Static_assert(LAST - FIRST == 5, "six bytes that are read by two loads");
	const uint8_t *p = (const uint8_t *)part + FIRST;

	return (uint64_t)rem_be32(p) << 32 | rem_be16(p + 4) << 8 | 1;
}

static struct plan_bits bits_at(uint32_t bit, uint32_t width)
{
	const uint32_t end = bit % 8 + width;
	struct plan_bits bits = {.at = bit / 8};
	uint8_t mask[16] = {0};

	memset(mask, 0xff, (end + 7) / 8);
	mask[0] &= (uint8_t)(0xff >> bit % 8);
	if (end % 8 != 0)
		mask[end / 8] &= (uint8_t)(0xff << (8 - end % 8));
	memcpy(bits.mask, mask, sizeof(mask));
	return bits;
}

/* Does what the row says depend on its bits alone, and are they few enough? */
static bool says_bits(const struct rem_row *row)
{
	return row->field->calc == NULL && (row->field->flags & REM_F_CALLED) == 0 &&
	       REM_WIDTH(row->field->bits) != 0 && row->bit % 8 + row->bits <= 128;
}

/* Is there nothing to say of a value but what it says itself? */
static bool is_plain(const struct rem_field *f)
{
	const unsigned others = 1 << REM_T_INT | 1 << REM_T_BOOL | 1 << REM_T_BYTES;

	if (f->names != NULL || (f->flags & REM_F_CONTAINER) != 0)
		return false;
	if (f->type == REM_T_UINT)
		return f->calc == NULL && f->scale <= 1 && f->plus == 0;
	return (others >> f->type & 1) == 0;
}

/* How deep a row stands below the containers that enclose it. */
static unsigned nest(struct plan_nesting *nesting, const struct rem_row *row)
{
	const uint32_t end = row->bit + row->bits;

	while (nesting->n > 0 && end > nesting->end[nesting->n - 1])
		nesting->n--;
	const unsigned depth = nesting->n;
	if ((row->field->flags & REM_F_CONTAINER) != 0 && nesting->n < REM_COUNT(nesting->end))
		nesting->end[nesting->n++] = end;
	return depth;
}

static void add(struct plan *plan, const struct rem_breakdown *b, const struct rem_part *part,
		const struct rem_row *row)
{
	const struct rem_table *table = rem_part_table(part);
	const struct rem_field *f = row->field;
	struct plan_row *r = &plan->row[plan->n++];

	r->row = *row;
	r->bit = row->bit - 8 * part->off;
	r->base = (uint32_t)(row->base - rem_part_bytes(b, part));
	r->rest = REM_WIDTH(f->bits) == 0 && table->stride == 0;
	r->status = f->class == REM_C_CHECKSUM && row->index + 1 < table->rows &&
		    plan_is_status(f + 1);
	r->indent = (uint8_t)(part->depth + nest(&plan->nesting, row));
	r->unit_len = f->unit == NULL ? 0 : (uint8_t)strlen(f->unit);
	r->plain = is_plain(f) && !r->status;
	r->run = says_bits(row) && !r->status;
	r->head_len = 0;
}

static bool is_end(const struct plan_row *r)
{
	return r->row.field->class == REM_C_SOURCE || r->row.field->class == REM_C_DESTINATION;
}

/*
 * Is a row remembered with the first of a run that would have so many bits then? Words are with
 * their bits, the two ends of a conversation, and small fields, which change seldom.
 */
static bool belongs(const struct plan_row *first, const struct plan_row *r, uint32_t bits)
{
	const bool word = (first->row.field->flags & REM_F_CONTAINER) != 0;

	return bits <= 16 || (word && bits <= first->row.bits) ||
	       (is_end(first) && is_end(r) && first->bit % 8 + bits <= 128);
}

/* Makes the run that begins with a row; returns how many rows it has. */
static unsigned gather(struct plan *plan, unsigned first)
{
	struct plan_row *r = &plan->row[first];
	uint32_t width = r->row.bits;
	unsigned n = 1;

	for (; first + n < plan->n && r[n].run != 0 && r[n].bit >= r->bit; n++) {
		const uint32_t bits = r[n].bit + r[n].row.bits - r->bit;

		if (!belongs(r, &r[n], MAX(bits, width)))
			break;
		width = MAX(bits, width);
	}
	r->run = (uint8_t)n;
	r->bits = bits_at(r->bit, width);
	return n;
}

void plan_go_on(struct plans *plans, struct plan *plan, const struct rem_breakdown *b,
		const struct rem_part *part)
{
	struct rem_row row;

	plan->id = ++plans->last;
	plan->n = 0;
	while (plan->n < PLAN_ROWS && rem_row_next(b, part, &plan->walk, &row)) {
		if (!plan_is_status(row.field))
			add(plan, b, part, &row);
	}
	plan->more = plan->n == PLAN_ROWS;
	for (unsigned i = 0; i < plan->n;)
		i += plan->row[i].run == 0 ? 1 : gather(plan, i);
}

/* A row that says all by itself needs none, unless there is something wrong with it. */
static enum plan_title title_of(const struct rem_part *part)
{
	if (part->depth == 0 || part->rows <= 1 || rem_part_table(part)->title == NULL)
		return PLAN_NEVER;
	return rem_part_is_row(part) ? PLAN_FAULTY : PLAN_ALWAYS;
}

/* The row that completes the title. */
static void find_label(struct plan *plan, const struct rem_breakdown *b,
		       const struct rem_part *part)
{
	const struct rem_table *table = rem_part_table(part);
	struct rem_row row;

	plan->label = (struct plan_bits){0};
	plan->labelled = false;
	for (unsigned i = part->row; i < part->row + part->rows; i++) {
		if ((table->row[i].flags & REM_F_LABEL) == 0 || !rem_row_at(b, part, i, &row))
			continue;
		plan->labelled = !says_bits(&row) || row.bit % 8 + row.bits > 64;
		if (!plan->labelled)
			plan->label = bits_at(row.bit - 8 * part->off, row.bits);
		return;
	}
}

/*
 * Of parts that are longer than all that has a fixed place, one is like another: only rows that go
 * to the end differ, and these reach farther than any container. Returns the bytes that such parts
 * have at least; UINT32_MAX: there are none, the length always matters.
 */
static uint32_t least_alike(const struct rem_part *part)
{
	const struct rem_table *table = rem_part_table(part);
	uint32_t most = 0;

	for (unsigned i = part->row; i < part->row + part->rows; i++) {
		const uint32_t bits = table->row[i].bits, end = REM_OFF(bits) + REM_WIDTH(bits);

		if (end > most)
			most = end;
	}
	return table->stride != 0 ? UINT32_MAX : most / 8 + 1;
}

REM_APART struct plan *make(struct plans *plans, unsigned set, const struct rem_breakdown *b,
			    const struct rem_part *part)
{
	const unsigned way = plans->last % PLAN_WAYS;
	const uint32_t least = least_alike(part);
	struct plan *plan = &plans->plan[set][way];
	struct plan_tag *tag = &plans->tag[set][way];

	plan->title = (uint8_t)title_of(part);
	plan->walk = (struct rem_row_walk){.skip = REM_F_ALIAS | REM_F_HIDDEN};
	plan->nesting.n = 0;
	find_label(plan, b, part);
	plan_go_on(plans, plan, b, part);
	if (part->len >= least)
		*tag = (struct plan_tag){shape_of(part), least, UINT32_MAX - least};
	else
		*tag = (struct plan_tag){shape_of(part), part->len, 0};
	if (plan->more)
		tag->shape = 0; /* it will not stay at the first rows */
	return plan;
}

struct plan *plan_of(struct plans *plans, const struct rem_breakdown *b,
		     const struct rem_part *part)
{
	const uint64_t shape = shape_of(part);
	const unsigned set = (unsigned)(memo_mix(shape) >> (64 - PLAN_SET_BITS));
	const struct plan_tag *tag = plans->tag[set];

	for (unsigned i = 0; i < PLAN_WAYS; i++) {
		if (tag[i].shape == shape && part->len - tag[i].least <= tag[i].more)
			return &plans->plan[set][i];
	}
	return make(plans, set, b, part);
}
