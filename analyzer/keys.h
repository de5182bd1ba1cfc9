/* SPDX-License-Identifier: BSD-3-Clause */
/* Every key of every table, found by name: what filters, -e and listings ask. */
#ifndef KEYS_H
#define KEYS_H

#include <glib.h>
#include <remora/remora.h>

/* One row that carries the key. */
struct key_row {
	uint8_t proto;
	uint8_t table;
	uint8_t row;
};

struct key {
	const char *name;
	enum rem_type type;
	bool as_text;   /* the text of an address */
	bool repeats;   /* may occur more than once in a layer: an array in JSON */
	unsigned order; /* among all of them, by name */
	unsigned proto; /* of its first row */
	unsigned rows;
	const struct key_row *row;
};

/* Both live until the program ends. NULL: no such key. */
const struct key *key_find(const char *name);
/* All of them, sorted by name. */
const struct key *const *keys_all(size_t *n);

/* The key of a row, NULL if it has none. In constant time. */
const struct key *key_of(unsigned proto, unsigned table, unsigned row);
/* The keys of all rows of a table. */
const struct key *const *keys_of(unsigned proto, unsigned table);

static inline const struct rem_field *key_field(const struct key_row *r)
{
	return &rem_protos[r->proto]->table[r->table].row[r->row];
}

/* Up to `most` names close to a misspelt one: keys and protocols. NULL-terminated; free with
 * g_strfreev. */
char **keys_like(const char *name, unsigned most);
/* The same among any words. */
char **words_like(const char *wanted, const char *const *words, size_t n, unsigned most);

#endif
