/* SPDX-License-Identifier: BSD-3-Clause */
/* What decoders call: push a part, mark what lies, say where the walk goes next. */
#ifndef REMORA_CORE_DECODE_H
#define REMORA_CORE_DECODE_H

#include <remora/breakdown.h>

#define REM_NO_LAYER 0xffff

REM_INLINE uint32_t rem_slot_key(unsigned space, uint32_t value)
{
	return (uint32_t)space << 24 | (value & 0xffffff);
}

/* Fibonacci hashing: the upper bits of a product with 2^32 / golden ratio. */
REM_INLINE uint32_t rem_slot_start(const struct rem_index *x, uint32_t key)
{
	return (key * 0x9e3779b1u >> 16) & x->mask;
}

/* The slot of a key that is not in the first place that is looked at; or a free one, whose protocol is data. */
const struct rem_slot *rem_index_search(const struct rem_index *x, uint32_t key);

/* The slot of a key, or a free one. */
REM_INLINE const struct rem_slot *rem_index_slot(const struct rem_index *x, uint32_t key)
{
	const struct rem_slot *slot = &x->slot[rem_slot_start(x, key)];

	return __builtin_expect(slot->key == key, 1) ? slot : rem_index_search(x, key);
}

/* rem_index_find() for the walk, which asks several times a frame. */
REM_INLINE unsigned rem_index_look(const struct rem_index *x, uint32_t key)
{
	return rem_index_slot(x, key)->proto;
}

/* The compiler may turn loops into calls of these; so may we. */
#define rem_fill(to, byte, n) __builtin_memset(to, byte, n)
#define rem_copy(to, from, n) __builtin_memcpy(to, from, n)
#define rem_chr(p, c, n)      ((const uint8_t *)__builtin_memchr(p, c, n))
#define rem_same(a, b, n)     (__builtin_memcmp(a, b, n) == 0)

/* Offset of p in the source that the walk is in. */
REM_INLINE uint32_t rem_offset(const struct rem_breakdown *b, const uint8_t *p)
{
	return (uint32_t)(p - b->base);
}

/* Is what varies wanted of the protocol being decoded: options, records, header lines? */
REM_INLINE bool rem_closely(const struct rem_breakdown *b)
{
	return (b->look[b->proto] & REM_LOOK_CLOSELY) != 0;
}

struct rem_part *rem_push_full(struct rem_breakdown *b);

/* The next part. (Written field by field: a copy of a pattern would wait for what was just stored into it.) */
REM_INLINE struct rem_part *rem_lay(struct rem_breakdown *b, unsigned depth, unsigned table,
				    unsigned row, unsigned rows, const uint8_t *p, uint32_t n)
{
	struct rem_part *part = &b->part[b->parts++];

	part->off = rem_offset(b, p);
	part->len = n;
	part->extent = b->extent;
	part->layer = b->layer;
	part->proto = b->proto;
	part->table = (uint8_t)table;
	part->row = (uint8_t)row;
	part->rows = (uint8_t)rows;
	part->depth = (uint8_t)depth;
	part->standing = b->standing;
	return part;
}

/*
 * Pushes rows row..row+rows-1 of a table of the current protocol over n bytes at p. The first push
 * of a decoder opens its layer. Never NULL: into a full array it writes to a part that nobody sees.
 */
REM_LONG struct rem_part *rem_push_rows(struct rem_breakdown *b, unsigned table, unsigned row,
					unsigned rows, const uint8_t *p, uint32_t n)
{
	if (__builtin_expect(b->parts >= b->room, 0))
		return rem_push_full(b);
	if (b->layer == REM_NO_LAYER)
		b->layer = b->parts;
	return rem_lay(b, b->depth, table, row, rows, p, n);
}

/*
 * The first push of a decoder, where it is a whole table over n bytes at p: the walk has seen to the
 * room for it. `tables` are the decoder's own, so that the compiler knows how many rows there are.
 */
REM_INLINE struct rem_part *rem_open(struct rem_breakdown *b, const struct rem_table *tables,
				     unsigned table, const uint8_t *p, uint32_t n)
{
	b->layer = b->parts;
	return rem_lay(b, 0, table, 0, tables[table].rows, p, n);
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

/* Stores a view. (Its lengths at once, as the walk will load them: two stores would be waited for.) */
REM_INLINE void rem_set_view(struct rem_view *to, struct rem_view view)
{
#if UINTPTR_MAX > 0xffffffff && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t lengths = view.cap | (uint64_t)view.wire << 32;

	to->p = view.p;
	__builtin_memcpy((uint8_t *)to + offsetof(struct rem_view, cap), &lengths, 8);
#else
	*to = view;
#endif
}

/* The walk goes on over a view with who is bound to a key, or, when that one refuses, to another; 0: there is none. */
REM_INLINE void rem_go_on(struct rem_breakdown *b, uint32_t key, uint32_t other,
			  struct rem_view view)
{
	rem_set_view(&b->next.view, view);
	b->next.key[0] = key;
	b->next.key[1] = other;
}

/* The walk goes on with whoever is bound to `value` of `space`, over `view`. */
REM_INLINE void rem_next(struct rem_breakdown *b, enum rem_space space, uint32_t value,
			 struct rem_view view)
{
	rem_go_on(b, rem_slot_key(space, value), 0, view);
}

/* The same for two ports: the lower one is asked first. */
REM_INLINE void rem_next_ports(struct rem_breakdown *b, enum rem_space space, uint32_t one,
			       uint32_t two, struct rem_view view)
{
	rem_go_on(b, rem_slot_key(space, one < two ? one : two),
		  rem_slot_key(space, one < two ? two : one), view);
}

/* The walk goes on with the same protocol: the next message of a segment, or of a datagram. */
REM_INLINE void rem_next_same(struct rem_breakdown *b, struct rem_view view)
{
	rem_next(b, REM_SPACE_PROTO, b->proto, view);
}

/* The walk goes on, but nobody is to look at these bytes: data. */
REM_INLINE void rem_next_data(struct rem_breakdown *b, struct rem_view view)
{
	rem_next(b, REM_SPACE_NONE, 1, view);
}

/* Has the decoder said that the walk goes on? With somebody of this space? */
REM_INLINE bool rem_goes_anywhere(const struct rem_breakdown *b)
{
	return b->next.key[0] != 0;
}

REM_INLINE bool rem_goes_on(const struct rem_breakdown *b, enum rem_space space)
{
	return rem_goes_anywhere(b) && b->next.key[0] >> 24 == space;
}

/*
 * Bytes behind its payload that the layer being decoded keeps for itself: they come to its own
 * trailer when the walk is over. What a decoder does not claim goes to an enclosing layer's.
 */
void rem_keep(struct rem_breakdown *b, struct rem_view rest);

/*
 * Pushes the padding of an Ethernet frame, zeros up to byte 60 if the frame gets that far, as the
 * first row of a table. `rest` follows the payload of a link layer; what follows the padding is
 * returned, nothing where the padding is cut.
 */
struct rem_view rem_push_padding(struct rem_breakdown *b, unsigned table, struct rem_view rest);

/* A calc of text that ends at its first NUL, if there is one. */
rem_calc rem_until_nul;

/* For texts that Wireshark, whose strings end at the first NUL, shows no more of. */
rem_calc rem_calc_text;

/* The layer that encloses the one being decoded; NULL at the start. Valid before and after the
 * first push. */
const struct rem_part *rem_parent(const struct rem_breakdown *b);

#endif
