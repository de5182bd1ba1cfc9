/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What parts of one shape have in common: which rows they show, where, how deep, and which of them
 * say the same whenever a few bits do. Packets repeat their shapes, so it is found out once.
 */
#ifndef OUT_PLAN_H
#define OUT_PLAN_H

#include <remora/breakdown.h>
#include <remora/numbers.h>

enum { PLAN_ROWS = 48, PLAN_SET_BITS = 7, PLAN_WAYS = 4, PLAN_HEAD = 48 };

/* Up to 128 bits of a part: what the masks leave of sixteen bytes as they stand in memory. */
struct plan_bits {
	uint32_t at; /* bytes from the start of the part */
	uint64_t mask[2];
};

struct plan_row {
	struct rem_row row;    /* as it was laid over a part the last time */
	uint32_t bit, base;    /* from the start of the part */
	bool rest;             /* it goes to the end of the part */
	bool status;           /* the row behind it says whether this checksum matches */
	bool plain;            /* there is nothing to add to its value but a unit */
	uint8_t indent;
	uint8_t unit_len;      /* bytes of the field's unit */
	uint8_t run;           /* rows from here on that depend on `bits` alone; 0: not even this */
	struct plan_bits bits;
	/* What a printer keeps: the text in front of the value, for the row in this place. (They
	 * stand in another order than in rem_row: one load of both would wait for two stores.) */
	uint32_t head_bits, head_bit;
	uint8_t head_len;
	char head[PLAN_HEAD];
};

/* Does a title stand above the rows? */
enum plan_title { PLAN_NEVER, PLAN_FAULTY, PLAN_ALWAYS };

struct plan {
	uint8_t n;
	uint8_t title;          /* enum plan_title */
	bool more;              /* rows than there was room for */
	bool labelled;          /* the title depends on more than `label` */
	struct plan_bits label;
	uint64_t id;            /* of this plan alone, not 0 */
	struct rem_row_walk walk;
	struct plan_nesting {
		uint32_t end[4];
		unsigned n;
	} nesting;
	struct plan_row row[PLAN_ROWS];
};

/* The parts that a plan is for: of a shape, and `least` bytes long or up to `more` longer. */
struct plan_tag {
	uint64_t shape; /* 0: there is no plan */
	uint32_t least, more;
};

/* Plans of one shape, for parts of different lengths, share a set. */
struct plans {
	struct plan_tag tag[1 << PLAN_SET_BITS][PLAN_WAYS];
	struct plan plan[1 << PLAN_SET_BITS][PLAN_WAYS];
	uint64_t last; /* id */
};

/* The plan for a part, with its first rows. */
struct plan *plan_of(struct plans *plans, const struct rem_breakdown *b,
		     const struct rem_part *part);
/* Lets the plan of the same part go on to its next rows. */
void plan_go_on(struct plans *plans, struct plan *plan, const struct rem_breakdown *b,
		const struct rem_part *part);

/* Lays a row over a part whose bytes these are. */
static inline void plan_lay(struct plan_row *r, const struct rem_part *part, const uint8_t *bytes)
{
	r->row.part = part;
	r->row.base = bytes + r->base;
	r->row.bit = 8 * part->off + r->bit;
	if (r->rest)
		r->row.bits = 8 * part->len - r->bit;
}

/* Eight bytes, zeros for those that are behind the end. */
static inline uint64_t plan_word(const uint8_t *p, const uint8_t *end)
{
	uint64_t word = 0;

	if (end - p >= 8)
		__builtin_memcpy(&word, p, 8);
	else if (end > p)
		__builtin_memcpy(&word, p, (size_t)(end - p));
	return word;
}

/* Is this the row that says whether the checksum in front of it matches? */
static inline bool plan_is_status(const struct rem_field *f)
{
	return (f->flags & REM_F_DERIVED) != 0 && f->names == &rem_sum_names;
}

#endif
