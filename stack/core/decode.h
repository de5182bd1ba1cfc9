/* SPDX-License-Identifier: BSD-3-Clause */
/* What decoders call: push a part, mark what lies, say where the walk goes next. */
#ifndef REMORA_CORE_DECODE_H
#define REMORA_CORE_DECODE_H

#include <remora/breakdown.h>

#define REM_NO_LAYER 0xffff

/* The compiler may turn loops into calls of these; so may we. */
#define rem_copy(to, from, n)  __builtin_memcpy(to, from, n)
#define rem_chr(p, c, n)       ((const uint8_t *)__builtin_memchr(p, c, n))
#define rem_same(a, b, n)      (__builtin_memcmp(a, b, n) == 0)

/* Offset of p in the source that the walk is in: the last one. */
REM_INLINE uint32_t rem_offset(const struct rem_breakdown *b, const uint8_t *p)
{
	return (uint32_t)(p - b->source[b->sources - 1].p);
}

struct rem_part *rem_push_full(struct rem_breakdown *b);

/*
 * Pushes rows row..row+rows-1 of a table of the current protocol over n bytes at p. The first push
 * of a decoder opens its layer. Never NULL: into a full array it writes to a part that nobody sees.
 */
REM_INLINE struct rem_part *rem_push_rows(struct rem_breakdown *b, unsigned table, unsigned row,
					  unsigned rows, const uint8_t *p, uint32_t n)
{
	struct rem_part *part = &b->part[b->parts];

	if (b->parts >= b->room)
		return rem_push_full(b);
	if (b->layer == REM_NO_LAYER) {
		b->layer = b->parts;
		b->last = b->parts;
	}
	*part = (struct rem_part){
		.off = rem_offset(b, p), .len = n, .layer = b->layer,
		.proto = b->proto, .table = (uint8_t)table,
		.row = (uint8_t)row, .rows = (uint8_t)rows,
		.source = (uint8_t)(b->sources - 1), .depth = b->depth, .flags = b->mark,
		.err_row = REM_NO_ROW,
	};
	b->parts++;
	return part;
}

/* A whole table of the current protocol. */
REM_INLINE struct rem_part *rem_push(struct rem_breakdown *b, unsigned table, const uint8_t *p,
				     uint32_t n)
{
	return rem_push_rows(b, table, 0, rem_protos[b->proto]->table[table].rows, p, n);
}

/* One row: a field of variable place or length. */
REM_INLINE struct rem_part *rem_push_row(struct rem_breakdown *b, unsigned table, unsigned row,
					 const uint8_t *p, uint32_t n)
{
	return rem_push_rows(b, table, row, 1, p, n);
}

/* Marks a part: err, and the row of its table whose handle is `bad` (0: the part as a whole). */
void rem_fault(struct rem_part *part, int err, uint32_t bad);

/* The walk goes on with whoever is bound to `value` of `space`, over `view`. */
REM_INLINE void rem_next(struct rem_breakdown *b, enum rem_space space, uint32_t value,
			 struct rem_view view)
{
	b->next = (struct rem_next){
		.view = view, .space = (uint8_t)space, .values = 1, .value = {value, 0}};
}

/* The same for two ports: the lower one is asked first. */
REM_INLINE void rem_next_ports(struct rem_breakdown *b, enum rem_space space, uint32_t one,
			       uint32_t two, struct rem_view view)
{
	b->next = (struct rem_next){.view = view, .space = (uint8_t)space, .values = 2,
				    .value = {one < two ? one : two, one < two ? two : one}};
}

/* The walk goes on, but nobody is to look at these bytes: data. */
REM_INLINE void rem_next_data(struct rem_breakdown *b, struct rem_view view)
{
	b->next = (struct rem_next){.view = view, .space = REM_SPACE_NONE, .values = 1};
}

/* The layer that encloses the one being decoded; NULL at the start. Valid before and after the
 * first push. */
const struct rem_part *rem_parent(const struct rem_breakdown *b);

#endif
