/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A lint over the tables of all protocols, found through rem_protos: places, keys, words and names. What it can say about bits
 * without a packet; tests/lint/bits.c says the rest of real ones.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <remora/remora.h>
#include <remora/sorted.h>

#define END UINT32_MAX /* of a row that goes on to the end of its part */

struct place {
	unsigned id; /* enum rem_proto_id */
	const struct rem_proto *proto;
	unsigned table, row;
	const struct rem_field *field;
};

static unsigned complaints;

/* A complaint about a row, or about the table where there is no row. */
static void complain(const struct place *at, const char *what)
{
	const struct rem_field *f = at->field;

	fprintf(stderr, "%s table %u", at->proto->key, at->table);
	if (f != NULL)
		fprintf(stderr, " row %u %s \"%s\"", at->row, f->key ? f->key : "-",
			f->name ? f->name : "-");
	fprintf(stderr, ": %s\n", what);
	complaints++;
}

/* The row behind `at`, the very first one behind nothing; false: that was the last. */
static bool next_row(struct place *at)
{
	if (at->field == NULL)
		at->proto = rem_protos[at->id];
	else
		at->row++;
	while (at->row == at->proto->table[at->table].rows) {
		at->row = 0;
		if (++at->table < at->proto->tables)
			continue;
		at->table = 0;
		if (++at->id == REM_P_COUNT)
			return false;
		at->proto = rem_protos[at->id];
	}
	at->field = &at->proto->table[at->table].row[at->row];
	return true;
}

/* ---- places ---- */

static uint32_t start_of(const struct rem_field *f)
{
	return REM_OFF(f->bits);
}

static uint32_t end_of(const struct rem_field *f)
{
	return REM_WIDTH(f->bits) == 0 ? END : start_of(f) + REM_WIDTH(f->bits);
}

/* Second keys and computed rows say nothing about where bits belong. */
static bool has_place(const struct rem_field *f)
{
	return (f->flags & (REM_F_ALIAS | REM_F_HIDDEN | REM_F_DERIVED)) == 0;
}

static bool lies_in(const struct rem_field *inner, const struct rem_field *outer)
{
	return start_of(inner) >= start_of(outer) && end_of(inner) <= end_of(outer);
}

/* A container with parts of its own in the table: they stand for it. */
static bool encloses(const struct rem_table *t, unsigned row)
{
	const struct rem_field *f = &t->row[row];

	for (unsigned i = row + 1; i < t->rows && (f->flags & REM_F_CONTAINER) != 0; i++) {
		if (has_place(&t->row[i]) && lies_in(&t->row[i], f))
			return true;
	}
	return false;
}

static bool is_leaf(const struct rem_table *t, unsigned row)
{
	return has_place(&t->row[row]) && !encloses(t, row);
}

/*
 * A leaf row of the table ends at this bit. Or the bit in front is reserved: one row may hold all
 * reserved bits of a word, those between its flags too, as Wireshark's masks do.
 */
static bool ends_at(const struct rem_table *t, uint32_t bit)
{
	for (unsigned i = 0; i < t->rows; i++) {
		const struct rem_field *f = &t->row[i];

		if (is_leaf(t, i) && end_of(f) == bit)
			return true;
		if (f->class == REM_C_RESERVED && start_of(f) < bit && end_of(f) >= bit)
			return true;
	}
	return false;
}

/* Where a table may begin: at its first bit, or where another one of the protocol, its header, ends. */
static bool may_begin_at(const struct rem_proto *p, uint32_t bit)
{
	for (unsigned i = 0; i < p->tables; i++) {
		if (ends_at(&p->table[i], bit))
			return true;
	}
	return bit == 0;
}

/*
 * A leaf row begins where another one ends, or where the table does: a table may branch, but no row
 * begins behind a gap, or in the middle of another.
 */
static void check_cover(struct place at)
{
	const struct rem_table *t = &at.proto->table[at.table];
	uint32_t begin = END, end = 0;

	for (unsigned i = 0; i < t->rows; i++) {
		if (!has_place(&t->row[i]))
			continue;
		begin = start_of(&t->row[i]) < begin ? start_of(&t->row[i]) : begin;
		end = end_of(&t->row[i]) > end ? end_of(&t->row[i]) : end;
	}
	if (end == 0)
		return; /* all is derived */
	if (!may_begin_at(at.proto, begin))
		complain(&at, "begins where no other table ends");
	if (end != END && end % 8 != 0)
		complain(&at, "ends within a byte");
	if (t->stride != 0 && end != END && end != t->stride)
		complain(&at, "does not fill its stride");
	for (at.row = 0; at.row < t->rows; at.row++) {
		at.field = &t->row[at.row];
		if (is_leaf(t, at.row) && start_of(at.field) != begin &&
		    !ends_at(t, start_of(at.field)))
			complain(&at, "begins behind a gap, or in the middle of another row");
	}
}

static void leaves_cover_their_table(void **state)
{
	(void)state;
	complaints = 0;
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		/* What the file says of a packet is no protocol's header. */
		if (rem_protos[p]->flags & REM_PROTO_DERIVED)
			continue;
		for (unsigned t = 0; t < rem_protos[p]->tables; t++)
			check_cover((struct place){.proto = rem_protos[p], .table = t});
	}
	assert_int_equal(complaints, 0);
}

/* A row behind a container lies within its bits or apart from them. */
static void containers_enclose(void **state)
{
	struct place at = {0};

	(void)state;
	complaints = 0;
	while (next_row(&at)) {
		const struct rem_table *t = &at.proto->table[at.table];

		for (unsigned i = 0; i < at.row && has_place(at.field); i++) {
			const struct rem_field *f = &t->row[i];

			if ((f->flags & REM_F_CONTAINER) != 0 && !lies_in(at.field, f) &&
			    start_of(at.field) < end_of(f) && start_of(f) < end_of(at.field) &&
			    !lies_in(f, at.field))
				complain(&at, "lies partly within a container");
		}
	}
	assert_int_equal(complaints, 0);
}

/* ---- keys ---- */

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct place *)a)->field->key, ((const struct place *)b)->field->key);
}

/* Names as the message has them and text are both text to whoever compares or prints them. */
static unsigned type_of(const struct rem_field *f)
{
	return f->type == REM_T_NAME ? REM_T_TEXT : f->type;
}

static void a_key_means_one_thing(void **state)
{
	static struct place row[8192];
	size_t n = 0;

	struct place at = {0};

	(void)state;
	complaints = 0;
	while (next_row(&at)) {
		assert_true(n < REM_COUNT(row));
		if (at.field->key != NULL)
			row[n++] = at;
	}
	qsort(row, n, sizeof(row[0]), by_key);
	for (size_t i = 1; i < n; i++) {
		if (by_key(&row[i - 1], &row[i]) != 0)
			continue;
		if (type_of(row[i - 1].field) != type_of(row[i].field))
			complain(&row[i], "has another type elsewhere");
		if (row[i - 1].field->show != row[i].field->show &&
		    (row[i].field->flags & REM_F_AS_TEXT) == 0)
			complain(&row[i], "is written in another way elsewhere");
	}
	assert_int_equal(complaints, 0);
}

/* "ip.hdr_len": lower case words with dots between; Wireshark's names have a few capitals. */
static bool is_key(const char *key)
{
	for (const char *p = key; *p != '\0'; p++) {
		if (!isalnum((unsigned char)*p) && *p != '_' && *p != '-' && *p != '.')
			return false;
		if (*p == '.' && (p == key || p[1] == '\0' || p[1] == '.'))
			return false;
	}
	return *key != '\0';
}

static void keys_are_words(void **state)
{
	struct place at = {0};

	(void)state;
	complaints = 0;
	while (next_row(&at)) {
		if (at.field->key != NULL && !is_key(at.field->key))
			complain(&at, "has no key that a filter can take");
	}
	assert_int_equal(complaints, 0);
}

/* ---- words ---- */

/* A document and its section: "RFC 791 3.1"; or a registry or format by its name. */
static bool is_reference(const char *ref)
{
	return ref != NULL && isupper((unsigned char)ref[0]) && strlen(ref) < 40 &&
	       ref[strlen(ref) - 1] != '.' && ref[strlen(ref) - 1] != ' ';
}

static bool is_draft(const char *ref)
{
	return ref != NULL && strncmp(ref, "draft-", 6) == 0;
}

/* One sentence: a capital or a digit in front, a full stop at its end and nowhere before. */
static bool is_sentence(const char *about)
{
	const size_t n = about == NULL ? 0 : strlen(about);

	if (n < 4 || about[n - 1] != '.' || islower((unsigned char)about[0]))
		return false;
	for (const char *p = about; *p != '\0'; p++) {
		if (p[0] == '.' && p[1] == ' ' && isupper((unsigned char)p[2]))
			return false;
	}
	return true;
}

static void every_row_says_what_it_is(void **state)
{
	struct place at = {0};

	(void)state;
	complaints = 0;
	while (next_row(&at)) {
		const struct rem_field *f = at.field;

		if (f->name == NULL || f->name[0] == '\0' || isspace((unsigned char)f->name[0]))
			complain(&at, "has no name");
		/* Without a specification there is nothing to cite. */
		if (at.proto->ref != NULL && !is_reference(f->ref) && !is_draft(f->ref))
			complain(&at, "does not say where it is defined");
		if (!is_sentence(f->about))
			complain(&at, "has no sentence about it");
	}
	assert_int_equal(complaints, 0);
}

/* Names are looked up by halving: they stand in order, each value once. */
static void names_stand_in_order(void **state)
{
	struct place at = {0};

	(void)state;
	complaints = 0;
	while (next_row(&at)) {
		const struct rem_names *names = at.field->names;

		for (uint32_t i = 0; names != NULL && i < names->n; i++) {
			if (names->name[i].text == NULL || names->name[i].text[0] == '\0')
				complain(&at, "has an empty name among its values");
			if (i > 0 && names->name[i - 1].value >= names->name[i].value)
				complain(&at, "has values that are out of order");
		}
	}
	assert_int_equal(complaints, 0);
}

/* So do the tables in which decoders look numbers up, and each is found. */
/* Every value has its own name, what lies between two values has none. */
static void values_find_their_names(void **state)
{
	struct place at = {0};

	(void)state;
	while (next_row(&at)) {
		const struct rem_names *names = at.field->names;

		for (uint32_t i = 0; names != NULL && i < names->n; i++) {
			const uint32_t value = names->name[i].value;

			assert_ptr_equal(rem_name_of(names, value), names->name[i].text);
			if (i + 1 == names->n || names->name[i + 1].value != value + 1)
				assert_null(rem_name_of(names, (uint64_t)value + 1));
			assert_null(rem_name_of(names, UINT64_C(1) << 32 | value));
		}
	}
	assert_null(rem_name_of(NULL, 0));
}

static void what_is_searched_stands_in_order(void **state)
{
	static const struct rem_sorted *const tables[] = {
#define TABLE(name) &rem_sorted_##name,
		REM_SORTED_TABLES(TABLE)
#undef TABLE
	};

	(void)state;
	for (size_t i = 0; i < REM_COUNT(tables); i++) {
		const struct rem_sorted *s = tables[i];
		uint32_t before = 0;

		assert_true(s->n > 1);
		for (uint32_t k = 0; k < s->n; k++) {
			const uint8_t *element = (const uint8_t *)s->first + (size_t)k * s->size;
			const uint32_t number = rem_sorted_number(s, element);

			assert_true(k == 0 || number > before);
			assert_ptr_equal(rem_sorted_find(s, number), element);
			before = number;
		}
		assert_null(rem_sorted_find(s, (uint64_t)before + 1));
		assert_null(rem_sorted_find(s, UINT64_C(1) << 32 | before));
	}
}

/* ---- protocols ---- */

static void protocols_say_what_they_are(void **state)
{
	(void)state;
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		const struct rem_proto *proto = rem_protos[p];

		assert_true(proto->named && proto->tables > 0);
		assert_true(is_key(proto->key));
		assert_non_null(proto->name);
		assert_non_null(proto->title);
		assert_true(proto->source < proto->table[0].rows);
		assert_true(proto->destination < proto->table[0].rows);
	}
}

static void nobody_binds_what_is_taken(void **state)
{
	static const struct rem_bind *taken[1024];
	unsigned n = 0;

	(void)state;
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		for (unsigned i = 0; i < rem_protos[p]->binds; i++) {
			const struct rem_bind *bind = &rem_protos[p]->bind[i];

			for (unsigned k = 0; k < n; k++)
				assert_false(taken[k]->space == bind->space &&
					     taken[k]->value == bind->value);
			assert_true(bind->space != REM_SPACE_NONE && bind->space < REM_SPACES);
			assert_true(bind->value < 1 << 24);
			assert_true(n < REM_COUNT(taken));
			taken[n++] = bind;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_cover_their_table),
		cmocka_unit_test(containers_enclose),
		cmocka_unit_test(a_key_means_one_thing),
		cmocka_unit_test(keys_are_words),
		cmocka_unit_test(every_row_says_what_it_is),
		cmocka_unit_test(names_stand_in_order),
		cmocka_unit_test(values_find_their_names),
		cmocka_unit_test(what_is_searched_stands_in_order),
		cmocka_unit_test(protocols_say_what_they_are),
		cmocka_unit_test(nobody_binds_what_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
