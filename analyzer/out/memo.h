/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lines of the tree that were written before. Most rows of a packet say in the same place what they
 * said in the packet before, and a number's line depends on nothing else: it is copied then.
 */
#ifndef OUT_MEMO_H
#define OUT_MEMO_H

#include <remora/text.h>

enum { MEMO_WAYS = 4, MEMO_SETS = 512, MEMO_TEXT = 88 };

/* All that the line of a number depends on. */
struct memo_key {
	const struct rem_field *field;
	uint64_t value;
	uint64_t raw; /* the bits, if the value is not simply them */
	uint32_t bit;
	uint8_t bits, indent;
};

/* Two lines of cache. */
struct memo_line {
	struct memo_key key;
	uint8_t len;
	char text[MEMO_TEXT];
};

/* A row's lines live in a set of their own: numbers that never repeat displace no other row's. */
struct memo {
	struct memo_line line[MEMO_SETS][MEMO_WAYS];
};

/* Where the line of this key is, or will be. */
static inline struct memo_line *memo_at(struct memo *m, const struct memo_key *k)
{
	const uint64_t golden = 0x9e3779b97f4a7c15;
	const uint64_t row = ((uint64_t)(uintptr_t)k->field ^ (uint64_t)k->bit << 32) * golden;

	return &m->line[row >> 55][k->value * golden >> 62];
}

static inline bool memo_is(const struct memo_line *line, const struct memo_key *k)
{
	const struct memo_key *is = &line->key;

	return is->field == k->field && is->value == k->value && is->raw == k->raw &&
	       is->bit == k->bit && is->bits == k->bits && is->indent == k->indent;
}

/* Writes a line that is there; the room for MEMO_TEXT bytes must be, too. */
static inline void memo_out(struct rem_out *o, const struct memo_line *line)
{
	__builtin_memcpy(o->p, line->text, MEMO_TEXT);
	o->p += line->len;
}

/* Remembers n bytes of text, unless they are too many. */
static inline void memo_keep(struct memo_line *line, const struct memo_key *k, const char *text,
			     size_t n)
{
	if (n > MEMO_TEXT)
		return;
	line->key = *k;
	line->len = (uint8_t)n;
	__builtin_memcpy(line->text, text, n);
}

#endif
