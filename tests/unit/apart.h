/* SPDX-License-Identifier: BSD-3-Clause */
/* Takes bytes apart for the tests of decoders, and asks for what is found by its key. */
#ifndef TESTS_UNIT_APART_H
#define TESTS_UNIT_APART_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <remora/remora.h>

#define APART_SLOTS 2048

struct apart {
	struct rem_slot slot[APART_SLOTS];
	struct rem_index index;
	struct rem_part part[512];
	struct rem_breakdown b;
	uint8_t *copy;          /* of exactly the bytes: a sanitizer sees who reads behind them */
	char text[4096];
};

/* Breaks n bytes down, beginning with a protocol; on the wire there were `wire`. */
static inline struct apart *apart_cut(unsigned first, const void *p, size_t n, size_t wire)
{
	struct apart *a = calloc(1, sizeof(*a));

	assert_non_null(a);
	assert_int_equal(rem_index_init(&a->index, a->slot, APART_SLOTS), REM_OK);
	a->b = (struct rem_breakdown){.index = &a->index, .part = a->part, .room = 512};
	a->copy = malloc(n > 0 ? n : 1);
	assert_non_null(a->copy);
	memcpy(a->copy, p, n);
	rem_break_down(&a->b, first, (struct rem_view){a->copy, (uint32_t)n, (uint32_t)wire});
	return a;
}

static inline struct apart *apart(unsigned first, const void *p, size_t n)
{
	return apart_cut(first, p, n, n);
}

static inline void apart_free(struct apart *a)
{
	free(a->copy);
	free(a);
}

/* The nth row of a key, from 0, as text; NULL if there is none. */
static inline const char *apart_text(struct apart *a, const char *key, unsigned nth)
{
	for (unsigned i = 0; i < a->b.parts; i++) {
		struct rem_row_walk walk = {0};
		struct rem_row row;
		struct rem_value v;

		while (rem_row_next(&a->b, &a->part[i], &walk, &row)) {
			struct rem_out o = {a->text, a->text + sizeof(a->text) - 1, false};

			if (row.field->key == NULL || strcmp(row.field->key, key) != 0 ||
			    !rem_row_value(&a->b, &row, &v) || nth-- != 0)
				continue;
			rem_out_value(&o, row.field, row.bits, &v);
			*o.p = '\0';
			return a->text;
		}
	}
	return NULL;
}

/* How many rows have a key. */
static inline unsigned apart_count(struct apart *a, const char *key)
{
	unsigned n = 0;

	while (apart_text(a, key, n) != NULL)
		n++;
	return n;
}

/* The first part of a protocol; NULL if there is none. */
static inline const struct rem_part *apart_layer(const struct apart *a, unsigned proto)
{
	for (unsigned i = 0; i < a->b.parts; i++) {
		if (a->part[i].proto == proto)
			return &a->part[i];
	}
	return NULL;
}

static inline const char *apart_info(struct apart *a)
{
	struct rem_out o = {a->text, a->text + sizeof(a->text) - 1, false};

	rem_out_info(&o, &a->b);
	*o.p = '\0';
	return a->text;
}

#define assert_shows(a, key, value) \
	do { \
		const char *shown_ = apart_text(a, key, 0); \
		assert_non_null(shown_); \
		assert_string_equal(shown_, value); \
	} while (0)
#define assert_absent(a, key) assert_null(apart_text(a, key, 0))

/* Asks for everything that the parts can say. */
static inline void apart_look(struct apart *a)
{
	for (unsigned i = 0; i < a->b.parts; i++) {
		const struct rem_part *part = &a->part[i];
		struct rem_row_walk walk = {0};
		struct rem_row row;
		struct rem_value v;

		assert_true(part->off + part->len <= a->b.source[part->source].cap);
		if (rem_part_opens(&a->b, part))
			rem_layer_sum(&a->b, part);
		while (rem_row_next(&a->b, part, &walk, &row)) {
			struct rem_out o = {a->text, a->text + sizeof(a->text), false};

			if (!rem_row_value(&a->b, &row, &v))
				continue;
			rem_out_value(&o, row.field, row.bits, &v);
			rem_out_meaning(&o, &row, &v);
		}
	}
	apart_info(a);
}

/* Looks at all rows of the bytes cut behind each of them, and of each of them changed: a sanitizer
 * complains when a decoder looks where there is nothing. */
static inline void apart_torture(unsigned first, const uint8_t *p, size_t n)
{
	static const uint8_t bad[] = {0x00, 0xff, 0x01, 0x7f};
	uint8_t changed[2048];

	assert_true(n <= sizeof(changed));
	for (size_t i = 0; i <= n; i++) {
		struct apart *a = apart_cut(first, p, i, n);

		apart_look(a);
		apart_free(a);
	}
	for (size_t i = 0; i < n * sizeof(bad); i++) {
		memcpy(changed, p, n);
		changed[i / sizeof(bad)] = bad[i % sizeof(bad)];
		struct apart *a = apart(first, changed, n);

		apart_look(a);
		apart_free(a);
	}
}

#endif
