/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text that was written before. Most rows of a packet say in the same place what they said in the
 * packet before, and their lines depend on nothing else: they are copied then.
 */
#ifndef OUT_MEMO_H
#define OUT_MEMO_H

#include <remora/text.h>

enum { MEMO_SET_BITS = 8, MEMO_WAY_BITS = 4, MEMO_TEXT = 96 };
enum { MEMO_WORD_BITS = 9, MEMO_WORD_TEXT = 896, MEMO_BLOCK = 128 };

/* All that a text depends on: a place that is like no other's (never 0), and what stands there. */
struct memo_key {
	uint64_t place;
	uint64_t value, more;
	uint32_t at; /* where in the packet */
};

/* Two lines of cache. */
struct memo_line {
	struct memo_key key;
	uint32_t len;
	char text[MEMO_TEXT];
};

/* A longer text: of a word with its bits, of the ends of a conversation, of a heading. */
struct memo_word {
	struct memo_key key;
	uint16_t len;
	char text[MEMO_WORD_TEXT];
};

/* A place's lines are in a set of their own: numbers that never repeat displace no other place's. */
struct memo {
	struct memo_line line[1 << MEMO_SET_BITS][1 << MEMO_WAY_BITS];
	struct memo_word word[1 << MEMO_WORD_BITS];
};

static inline uint64_t memo_mix(uint64_t v)
{
	return v * 0x9e3779b97f4a7c15; /* 2^64 by the golden ratio: neighbours end up far apart */
}

/* Where the text of this key is, or will be. */
static inline struct memo_line *memo_at(struct memo *m, const struct memo_key *k)
{
	const uint64_t set = memo_mix(k->place + k->at) >> (64 - MEMO_SET_BITS);

	return &m->line[set][memo_mix(k->value) >> (64 - MEMO_WAY_BITS)];
}

static inline struct memo_word *memo_word_at(struct memo *m, const struct memo_key *k)
{
	const uint64_t mix = memo_mix(k->place + k->at + memo_mix(k->value));

	return &m->word[mix >> (64 - MEMO_WORD_BITS)];
}

static inline bool memo_same(const struct memo_key *is, const struct memo_key *k)
{
	return is->place == k->place && is->value == k->value && is->more == k->more &&
	       is->at == k->at;
}

/* Copies n bytes and what follows up to whole blocks: without a call, and in so few steps that the
 * processor foresees how many. */
static inline void memo_copy(char *to, const char *from, size_t n)
{
	for (size_t i = 0; i < n; i += MEMO_BLOCK)
		__builtin_memcpy(to + i, from + i, MEMO_BLOCK);
}

/* Writes a line if it is there. The room for the longest must be: copying all of it is quicker than
 * finding out how much. */
static inline bool memo_out(struct rem_out *o, const struct memo_line *line,
			    const struct memo_key *k)
{
	if (!memo_same(&line->key, k))
		return false;
	__builtin_memcpy(o->p, line->text, MEMO_TEXT);
	o->p += line->len;
	return true;
}

static inline bool memo_out_word(struct rem_out *o, const struct memo_word *word,
				 const struct memo_key *k)
{
	if (!memo_same(&word->key, k))
		return false;
	memo_copy(o->p, word->text, word->len);
	o->p += word->len;
	return true;
}

/* Field by field: a copy of the whole would wait for the stores that have just made its parts. */
static inline void memo_set(struct memo_key *to, const struct memo_key *k)
{
	to->place = k->place;
	to->value = k->value;
	to->more = k->more;
	to->at = k->at;
}

/* Remembers what was written since `start`, unless that is too long. The room for the longest must
 * have been there. */
static inline void memo_keep(struct memo_line *line, const struct memo_key *k,
			     const struct rem_out *o, const char *start)
{
	const size_t len = (size_t)(o->p - start);

	if (len > MEMO_TEXT)
		return;
	memo_set(&line->key, k);
	line->len = (uint32_t)len;
	__builtin_memcpy(line->text, start, MEMO_TEXT);
}

static inline void memo_keep_word(struct memo_word *word, const struct memo_key *k,
				  const struct rem_out *o, const char *start)
{
	const size_t len = (size_t)(o->p - start);

	if (len > MEMO_WORD_TEXT)
		return;
	memo_set(&word->key, k);
	word->len = (uint16_t)len;
	memo_copy(word->text, start, len);
}

#endif
