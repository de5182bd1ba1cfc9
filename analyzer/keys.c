/* SPDX-License-Identifier: BSD-3-Clause */
/* The registry of keys, built from the tables once. */
#include "keys.h"

#include <string.h>

static GHashTable *by_name;
static GPtrArray *sorted;
static struct key ***by_row[REM_P_COUNT]; /* [proto][table][row] */

static void add_row(struct key *k, const struct key_row *r)
{
	struct key_row *rows = g_renew(struct key_row, (struct key_row *)k->row, k->rows + 1);

	rows[k->rows++] = *r;
	k->row = rows;
}

/* Can this key stand in a layer more than once? */
static bool may_repeat(const struct key *k, const struct key_row *r)
{
	const struct rem_table *table = &rem_protos[r->proto]->table[r->table];

	if ((table->flags & REM_TABLE_ONCE) == 0 || table->stride != 0)
		return true;
	for (unsigned i = 0; i < k->rows; i++) {
		if (k->row[i].proto == r->proto && k->row[i].table == r->table &&
		    k->row[i].row != r->row)
			return true;
	}
	return false;
}

static struct key *add(const struct key_row *r)
{
	const struct rem_field *f = key_field(r);
	struct key *k = g_hash_table_lookup(by_name, f->key);

	if (k == NULL) {
		k = g_new0(struct key, 1);
		k->name = f->key;
		k->type = (enum rem_type)f->type;
		k->as_text = (f->flags & REM_F_AS_TEXT) != 0;
		k->proto = r->proto;
		g_hash_table_insert(by_name, (char *)f->key, k);
		g_ptr_array_add(sorted, k);
	}
	k->repeats = k->repeats || may_repeat(k, r);
	add_row(k, r);
	return k;
}

static int by_key_name(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct key *const *)a)->name, (*(struct key *const *)b)->name);
}

static void build(void)
{
	by_name = g_hash_table_new(g_str_hash, g_str_equal);
	sorted = g_ptr_array_new();
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		const struct rem_proto *proto = rem_protos[p];

		by_row[p] = g_new0(struct key **, proto->tables);
		for (unsigned t = 0; t < proto->tables; t++) {
			by_row[p][t] = g_new0(struct key *, proto->table[t].rows);
			for (unsigned i = 0; i < proto->table[t].rows; i++) {
				const struct key_row r = {(uint8_t)p, (uint8_t)t, (uint8_t)i};

				if (key_field(&r)->key != NULL)
					by_row[p][t][i] = add(&r);
			}
		}
	}
	g_ptr_array_sort(sorted, by_key_name);
	for (unsigned i = 0; i < sorted->len; i++)
		((struct key *)g_ptr_array_index(sorted, i))->order = i;
}

const struct key *key_find(const char *name)
{
	if (by_name == NULL)
		build();
	return g_hash_table_lookup(by_name, name);
}

const struct key *const *keys_all(size_t *n)
{
	if (by_name == NULL)
		build();
	*n = sorted->len;
	return (const struct key *const *)sorted->pdata;
}

const struct key *const *keys_of(unsigned proto, unsigned table)
{
	if (by_name == NULL)
		build();
	return (const struct key *const *)by_row[proto][table];
}

const struct key *key_of(unsigned proto, unsigned table, unsigned row)
{
	return keys_of(proto, table)[row];
}

/* Letters to insert, delete, replace or swap to get from a to b (Damerau, Levenshtein). */
static unsigned distance(const char *a, const char *b)
{
	enum { MOST = 64 };
	const size_t m = strnlen(a, MOST - 1), n = strnlen(b, MOST - 1);
	unsigned before[MOST], last[MOST], now[MOST];

	for (size_t j = 0; j <= n; j++)
		last[j] = (unsigned)j;
	memcpy(before, last, sizeof(before));
	for (size_t i = 1; i <= m; i++) {
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= n; j++) {
			const unsigned same = a[i - 1] == b[j - 1] ? 0 : 1;

			now[j] = MIN(MIN(now[j - 1], last[j]) + 1, last[j - 1] + same);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = MIN(now[j], before[j - 2] + 1);
		}
		memcpy(before, last, sizeof(before));
		memcpy(last, now, sizeof(last));
	}
	return last[n];
}

/* How unlike: a name that only goes on where the other one ends is what was meant. */
static unsigned unlike(const char *wanted, const char *name)
{
	if (g_str_has_prefix(name, wanted))
		return 0;
	return distance(wanted, name);
}

struct near {
	const char *name;
	unsigned unlike;
};

static int by_unlike(gconstpointer a, gconstpointer b)
{
	const struct near *x = a, *y = b;

	return x->unlike != y->unlike ? (x->unlike > y->unlike) - (x->unlike < y->unlike)
				      : strcmp(x->name, y->name);
}

char **words_like(const char *wanted, const char *const *words, size_t n, unsigned most)
{
	GArray *near = g_array_new(FALSE, FALSE, sizeof(struct near));
	GPtrArray *names = g_ptr_array_new();
	const size_t length = strlen(wanted);
	const unsigned limit = (unsigned)length / 3 + 1;

	for (size_t i = 0; i < n; i++) {
		if (strlen(words[i]) + limit < length)
			continue; /* so many letters would have to go */
		const struct near one = {words[i], unlike(wanted, words[i])};

		if (one.unlike <= limit)
			g_array_append_val(near, one);
	}
	g_array_sort(near, by_unlike);
	for (unsigned i = 0; i < near->len && names->len < most; i++) {
		const char *name = g_array_index(near, struct near, i).name;

		if (names->len == 0 || strcmp(names->pdata[names->len - 1], name) != 0)
			g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_add(names, NULL);
	g_array_free(near, TRUE);
	return (char **)g_ptr_array_free(names, FALSE);
}

char **keys_like(const char *name, unsigned most)
{
	size_t n;
	const struct key *const *all = keys_all(&n);
	const char **words = g_new(const char *, n + REM_P_COUNT);

	for (size_t i = 0; i < n; i++)
		words[i] = all[i]->name;
	for (unsigned p = 0; p < REM_P_COUNT; p++)
		words[n + p] = rem_protos[p]->key;
	char **like = words_like(name, words, n + REM_P_COUNT, most);
	g_free(words);
	return like;
}
