/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text that was written before. Most rows of a packet say in the same place what they said in the
 * packet before, and the line of a number depends on nothing else: it is copied then. So are
 * addresses, and what stands in front of a value that is new.
 */
#ifndef OUT_MEMO_H
#define OUT_MEMO_H

#include <remora/text.h>

enum { MEMO_WAYS = 4, MEMO_SETS = 512, MEMO_TEXT = 80 };
enum { MEMO_WORDS = 256, MEMO_WORD_TEXT = 960 };

/*
 * All that the text depends on: where the row is, and what it says. What is copied from two stores
 * that were just made must not be adjacent, or one load of both would wait for them.
 */
struct memo_key {
	const struct rem_field *field;
	uint32_t bit;
	uint8_t indent;
	uint8_t source;
	uint64_t value;
	uint64_t more; /* of what the value alone does not say */
	uint32_t bits;
};

/* Two lines of cache. */
struct memo_line {
	struct memo_key key;
	uint8_t value_at; /* the text up to here depends on the place alone */
	uint8_t len;      /* 0: the text ends at value_at, the value is not in it */
	char text[MEMO_TEXT];
};

/* A longer text: the lines of a word and of the bits in it, or the heading of a layer. */
struct memo_word {
	struct memo_key key;
	uint16_t rows; /* in the text */
	uint16_t next; /* row of the table behind them */
	uint16_t len;
	char text[MEMO_WORD_TEXT];
};

/* A row's texts live in a set of their own: numbers that never repeat displace no other row's. */
struct memo {
	struct memo_line line[MEMO_SETS][MEMO_WAYS];
	struct memo_word word[MEMO_WORDS];
};

/* The row's bits as a key has them. False: there are too many. */
static inline bool memo_take_bits(struct memo_key *k, const struct rem_row *row)
{
	if (row->bits == 128) {
		const uint8_t *p = rem_row_bytes(row).p;

		k->value = rem_be64(p + 8);
		k->more = rem_be64(p);
		return true;
	}
	k->value = row->bits <= 64 ? rem_row_bits(row) : 0;
	k->more = 0;
	return row->bits <= 64;
}

/* Where the text of this key is, or will be. */
static inline struct memo_line *memo_at(struct memo *m, const struct memo_key *k)
{
	const uint64_t golden = 0x9e3779b97f4a7c15;
	const uint64_t place = (uint64_t)(uintptr_t)k->field ^ (uint64_t)k->bit << 32;

	return &m->line[place * golden >> 55][k->value * golden >> 62];
}

static inline struct memo_word *memo_word_at(struct memo *m, const struct memo_key *k)
{
	const uint64_t golden = 0x9e3779b97f4a7c15;

	return &m->word[((uint64_t)(uintptr_t)k->field + k->bit + k->value * golden) * golden >>
			56];
}

static inline bool memo_begins(const struct memo_line *line, const struct memo_key *k)
{
	const struct memo_key *is = &line->key;

	return is->field == k->field && is->bit == k->bit && is->bits == k->bits &&
	       is->indent == k->indent && is->source == k->source;
}

static inline bool memo_has(const struct memo_line *line, const struct memo_key *k)
{
	return line->key.value == k->value && line->key.more == k->more && memo_begins(line, k) &&
	       line->len > 0;
}

static inline bool memo_has_word(const struct memo_word *word, const struct memo_key *k)
{
	const struct memo_key *is = &word->key;

	return is->field == k->field && is->bit == k->bit && is->bits == k->bits &&
	       is->indent == k->indent && is->source == k->source && is->value == k->value;
}

/* Copies n bytes and what follows up to a multiple of 16: without a call, and without a loop that
 * the processor must set up. */
static inline void memo_copy(char *to, const char *from, size_t n)
{
	for (size_t i = 0; i < n; i += 16)
		__builtin_memcpy(to + i, from + i, 16);
}

/* Writes n bytes of a text; the room for all of it must be there. Copying more than n bytes is
 * quicker than finding out how many. */
static inline void memo_out(struct rem_out *o, const struct memo_line *line, size_t n)
{
	memo_copy(o->p, line->text, MEMO_TEXT);
	o->p += n;
}

static inline void memo_out_word(struct rem_out *o, const struct memo_word *word)
{
	memo_copy(o->p, word->text, word->len);
	o->p += word->len;
}

static inline void memo_set(struct memo_key *to, const struct memo_key *k)
{
	to->field = k->field;
	to->value = k->value;
	to->bit = k->bit;
	to->more = k->more;
	to->bits = k->bits;
	to->indent = k->indent;
	to->source = k->source;
}

static inline void memo_keep_word(struct memo_word *word, const struct memo_key *k,
				  const char *text, size_t len)
{
	if (len > MEMO_WORD_TEXT) {
		word->key.field = NULL;
		return;
	}
	memo_set(&word->key, k);
	word->len = (uint16_t)len;
	memo_copy(word->text, text, len);
}

/* Remembers a text, or if that is too long what stands in front of its value. There must be
 * MEMO_TEXT bytes of room. */
static inline void memo_keep(struct memo_line *line, const struct memo_key *k, const char *text,
			     size_t value_at, size_t len)
{
	if (value_at > MEMO_TEXT)
		return;
	memo_set(&line->key, k);
	line->value_at = (uint8_t)value_at;
	line->len = len > MEMO_TEXT ? 0 : (uint8_t)len;
	memo_copy(line->text, text, MEMO_TEXT);
}

#endif
