/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows, layers and Wireshark's fields are numbered by their keys once, so that joining a frame's
 * two sides needs no names. Several rows, and several of Wireshark's fields, may have one key.
 */
#include "keys.h"

#include "excuses.h"
#include "fields.h"

#include <string.h>

static GArray *keys;                       /* struct key */
static GHashTable *numbers;                /* name → number + 1 */
static GHashTable *words;                  /* the first words of our keys */
static uint16_t **of_row[REM_P_COUNT];     /* [table][row] */
static uint16_t of_layer[REM_P_COUNT];
static GArray *of_field;                   /* uint16_t by Wireshark's number */

unsigned keys_count(void)
{
	return keys->len;
}

const struct key *key_at(unsigned key)
{
	return &g_array_index(keys, struct key, key);
}

unsigned key_of_row(const struct rem_part *part, unsigned row)
{
	return of_row[part->proto][part->table][row];
}

unsigned key_of_layer(unsigned proto)
{
	return of_layer[proto];
}

unsigned key_of_field(int hf)
{
	return hf >= 0 && (unsigned)hf < of_field->len
		       ? g_array_index(of_field, uint16_t, (unsigned)hf)
		       : (unsigned)NO_KEY;
}

bool key_begins_with(const char *word, size_t n)
{
	char *first = g_strndup(word, n);
	const bool known = g_hash_table_contains(words, first);

	g_free(first);
	return known;
}

GArray *keys_fields(const char *name)
{
	GArray *fields = g_array_new(FALSE, FALSE, sizeof(int));
	const header_field_info *hf = proto_registrar_get_byname(name);

	while (hf != NULL && hf->same_name_prev_id != -1)
		hf = proto_registrar_get_nth((unsigned)hf->same_name_prev_id);
	for (; hf != NULL; hf = hf->same_name_next)
		g_array_append_val(fields, hf->id);
	return fields;
}

GArray *keys_wanted(void)
{
	GArray *wanted = g_array_new(FALSE, FALSE, sizeof(int));

	for (unsigned key = 0; key < keys->len; key++) {
		GArray *fields = keys_fields(key_at(key)->name);

		g_array_append_vals(wanted, fields->data, fields->len);
		g_array_free(fields, TRUE);
	}
	return wanted;
}

/* What is behind the number of a key: all of Wireshark's fields with its name. */
static void note_fields(const char *name, uint16_t number)
{
	GArray *fields = keys_fields(name);

	for (unsigned i = 0; i < fields->len; i++) {
		const unsigned hf = (unsigned)g_array_index(fields, int, i);
		const uint16_t none = NO_KEY;

		while (of_field->len <= hf)
			g_array_append_val(of_field, none);
		g_array_index(of_field, uint16_t, hf) = number;
	}
	g_array_free(fields, TRUE);
}

static void note_word(const char *name)
{
	g_hash_table_add(words, g_strndup(name, strcspn(name, ".")));
}

/* The number of a name; a new one if Wireshark knows it, too. */
static uint16_t number_of(const char *name)
{
	unsigned number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, name));

	if (number > 0)
		return (uint16_t)(number - 1);
	if (proto_registrar_get_byname(name) == NULL)
		return NO_KEY;
	const struct key key = {name, excuses_for(name), excuses_stateful_key(name),
				apart_setting(name)};
	number = keys->len;
	g_array_append_val(keys, key);
	g_hash_table_insert(numbers, (gpointer)name, GUINT_TO_POINTER(number + 1));
	note_fields(name, (uint16_t)number);
	return (uint16_t)number;
}

static void number_rows(unsigned p)
{
	const struct rem_proto *proto = rem_protos[p];

	of_row[p] = g_new0(uint16_t *, proto->tables);
	for (unsigned t = 0; t < proto->tables; t++) {
		const struct rem_table *table = &proto->table[t];

		of_row[p][t] = g_new(uint16_t, table->rows);
		for (unsigned i = 0; i < table->rows; i++) {
			const char *name = table->row[i].key;

			of_row[p][t][i] = name != NULL ? number_of(name) : NO_KEY;
			if (name != NULL)
				note_word(name);
		}
	}
}

void keys_find(void)
{
	if (keys != NULL)
		return;
	keys = g_array_new(FALSE, FALSE, sizeof(struct key));
	numbers = g_hash_table_new(g_str_hash, g_str_equal);
	words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	of_field = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		of_layer[p] = NO_KEY;
		if (fields_protocol(p) < 0)
			continue;
		number_rows(p);
		of_layer[p] = number_of(rem_protos[p]->key);
		note_word(rem_protos[p]->key);
	}
}
