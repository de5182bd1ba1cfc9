/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding: forward, back, around the end; in the list, in fields, in bytes; by all that there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/find.h"
#include "store_made.h"

#include <glib.h>

enum { PACKETS = 3000 };

static struct store *s;
static struct view *v;
static struct columns *c;
static struct find *f;
static struct find_place place;

static int begin(void **state)
{
	(void)state;
	make(PACKETS);
	s = made_store();
	v = view_new(s);
	view_step(v, 0);
	c = columns_new();
	f = find_new(v, c);
	return 0;
}

static int end(void **state)
{
	(void)state;
	find_free(f);
	columns_free(c);
	view_free(v);
	store_close(s);
	return 0;
}

static uint64_t result(void)
{
	int rc;

	while ((rc = find_step(f, 50)) == 1)
		assert_in_range(find_progress(f), 0, 100);
	return rc == 2 ? find_position(f, &place) : NO_ROW;
}

static uint64_t find(const char *pattern, struct find_what what, uint64_t position)
{
	char *error = NULL;

	if (!find_start(f, pattern, &what, position, &error))
		fail_msg("%s", error);
	return result();
}

static void by_filter(void **state)
{
	const struct find_what what = {.by = FIND_BY_FILTER};
	const struct find_what back = {.by = FIND_BY_FILTER, .back = true};
	const struct find_what around = {.by = FIND_BY_FILTER, .around = true};

	(void)state;
	assert_int_equal(find("udp.srcport == 1003", what, 0), 3);
	assert_true(find_again(f, 3, false));
	assert_int_equal(result(), 13);
	assert_true(find_again(f, 13, true));
	assert_int_equal(result(), 3);
	assert_true(find_again(f, 3, true));
	assert_int_equal(result(), NO_ROW);
	assert_int_equal(find("udp.srcport == 1003", back, PACKETS - 1), PACKETS - 7);
	assert_int_equal(find("udp.srcport == 1003", what, PACKETS - 7), NO_ROW);
	assert_int_equal(find("udp.srcport == 1003", around, PACKETS - 7), 3);
	assert_int_equal(find("frame.number == 8", around, 7), 7); /* itself, at last */
	assert_int_equal(find("frame.number == 9000", around, 7), NO_ROW);
	assert_int_equal(
		find("udp.srcport == 1003",
		     (struct find_what){.by = FIND_BY_FILTER, .back = true, .around = true}, 2),
		PACKETS - 7);
}

static void in_the_list(void **state)
{
	const struct find_what text = {.in = FIND_IN_LIST}, regex = {.by = FIND_BY_REGEX};

	(void)state;
	assert_int_equal(find("10.0.0.6", text, 0), 6);
	assert_int_equal(find("LEN 57", text, 0), 39);
	assert_int_equal(find("LEN 57", (struct find_what){.exact_case = true}, 0), NO_ROW);
	assert_int_equal(find("1007 . 7001", regex, 0), NO_ROW); /* the arrow is three bytes */
	assert_int_equal(find("1007 .+ 7001.*LEN [0-9]+$", regex, 0), 7);
}

static void in_fields(void **state)
{
	(void)state;
	assert_int_equal(find("source port 1005", (struct find_what){.in = FIND_IN_FIELDS}, 0), 5);
	assert_int_equal(place.bit, 34 * 8);
	assert_int_equal(place.bits, 16);
	assert_int_equal(place.source, 0);
	assert_int_equal(find("^Identification 0x0+1f", (struct find_what){.in = FIND_IN_FIELDS,
									  .by = FIND_BY_REGEX},
			      0),
			 31);
	assert_int_equal(find("number 100 ", (struct find_what){.in = FIND_IN_FIELDS}, 0), 99);
}

static void in_bytes(void **state)
{
	const struct find_what hex = {.in = FIND_IN_BYTES, .by = FIND_BY_HEX};

	(void)state;
	assert_int_equal(find("03:ec 1b58", hex, 0), 24); /* ports 1004 to 7000 */
	assert_int_equal(place.bit, 34 * 8);
	assert_int_equal(place.bits, 32);
	assert_int_equal(find("0x0a00 00 63", hex, 5), 6);
	assert_int_equal(find("\\x03\\xec\\x1b\\x58",
			      (struct find_what){.in = FIND_IN_BYTES, .by = FIND_BY_REGEX}, 30),
			 54);
	assert_int_equal(place.bit, 34 * 8);
	assert_int_equal(place.bits, 32);
	assert_int_equal(find("abcdef", (struct find_what){.in = FIND_IN_BYTES}, 0), 6);
	assert_int_equal(
		find("abcdef", (struct find_what){.in = FIND_IN_BYTES, .exact_case = true}, 0), 22);
}

static void in_what_is_shown(void **state)
{
	char *error = NULL;

	(void)state;
	view_filter(v, "udp.srcport == 1003", &error);
	while (view_step(v, 1000) == 1)
		;
	assert_int_equal(find("10.0.0.6", (struct find_what){.in = FIND_IN_LIST}, 0),
			 1); /* row 13 */
	assert_int_equal(find("udp.srcport == 1004",
			      (struct find_what){.by = FIND_BY_FILTER, .around = true}, 0),
			 NO_ROW);
}

static void no_pattern(void **state)
{
	static const struct {
		const char *pattern;
		struct find_what what;
		const char *error;
	} cases[] = {
		{"", {0}, "nothing to look for"},
		{"", {.by = FIND_BY_FILTER}, "nothing to look for"},
		{" ", {.in = FIND_IN_BYTES, .by = FIND_BY_HEX}, "nothing to look for"},
		{"0g", {.in = FIND_IN_BYTES, .by = FIND_BY_HEX}, "no bytes"},
		{"123", {.in = FIND_IN_BYTES, .by = FIND_BY_HEX}, "no bytes"},
		{"12", {.by = FIND_BY_HEX}, "in bytes"},
		{"(", {.by = FIND_BY_REGEX}, "regular expression"},
		{"udp.", {.by = FIND_BY_FILTER}, "unknown field"},
	};

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *error = NULL;

		assert_false(find_start(f, cases[i].pattern, &cases[i].what, 0, &error));
		assert_non_null(strstr(error, cases[i].error));
		g_free(error);
		assert_false(find_again(f, 0, false));
		assert_int_equal(find_step(f, 100), 0);
	}
}

static void in_nothing(void **state)
{
	char *error = NULL;

	(void)state;
	view_filter(v, "tcp", &error);
	while (view_step(v, 1000) == 1)
		;
	assert_int_equal(find("x", (struct find_what){.around = true}, NO_ROW), NO_ROW);
	assert_int_equal(find("x", (struct find_what){.back = true, .around = true}, NO_ROW),
			 NO_ROW);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(by_filter), TEST(in_the_list),      TEST(in_fields), TEST(in_bytes),
		TEST(in_what_is_shown), TEST(no_pattern), TEST(in_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
