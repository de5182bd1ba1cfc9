/* SPDX-License-Identifier: BSD-3-Clause */
/* Columns: any field, in any order, kept and read again; a text of any length ends where it has to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/columns.h"
#include "store/cursor.h"
#include "store_made.h"

#include <glib.h>

static struct columns *c;
static struct frame *f;
static struct store *s;
static struct cursor *at;
static char text[256];

static int begin(void **state)
{
	(void)state;
	make(30);
	s = made_store();
	at = cursor_new(s);
	f = frame_new();
	c = columns_new();
	return cursor_take(at, 11, f, NULL, &(struct since){0, 9}) != 1;
}

static int end(void **state)
{
	(void)state;
	columns_free(c);
	cursor_free(at);
	store_close(s);
	frame_free(f);
	return 0;
}

static const char *cell(unsigned i, size_t room)
{
	struct rem_out o = {text, text + room, false};

	memset(text, 'x', sizeof text);
	columns_out(c, i, f, &o);
	*o.p = '\0';
	return text;
}

static void the_usual_ones(void **state)
{
	static const char *const cells[] = {"12",  "0.011000", "10.0.0.4",          "10.0.0.99",
					    "UDP", "71",       "1001 → 7002 Len=29"};

	(void)state;
	assert_int_equal(columns_count(c), 7);
	for (unsigned i = 0; i < 6; i++)
		assert_string_equal(cell(i, 200), cells[i]);
	assert_non_null(strstr(cell(6, 200), "1001"));
	assert_string_equal(columns_title(c, 6), "Info");
	assert_true(columns_is_right(c, 0));
	assert_false(columns_is_right(c, 6));
	columns_set_time(c, TIME_DELTA_SHOWN);
	assert_string_equal(cell(1, 200), "0.002000");
}

static void of_any_field(void **state)
{
	char *error = NULL;

	(void)state;
	assert_true(columns_insert(c, 2, NULL, "ip.ttl", &error));
	assert_string_equal(columns_title(c, 2), "Time to live");
	assert_string_equal(cell(2, 200), "64");
	assert_true(columns_is_right(c, 2));
	assert_true(columns_insert(c, 99, "Who", "ip.addr", &error));
	assert_string_equal(cell(8, 200), "10.0.0.4,10.0.0.99");
	assert_true(columns_insert(c, 0, NULL, "frame.time_delta_displayed", &error));
	assert_string_equal(cell(0, 200), "0.002000000");
	assert_true(columns_insert(c, 0, NULL, "udp", &error));
	assert_string_equal(cell(0, 200), "udp");
	assert_false(columns_insert(c, 0, NULL, "ip.tll", &error));
	assert_non_null(strstr(error, "did you mean ip.ttl"));
	g_free(error);
	assert_int_equal(columns_count(c), 11);
}

static void cut_where_the_room_ends(void **state)
{
	(void)state;
	assert_string_equal(cell(3, 4), "10.0");
	assert_string_equal(cell(3, 0), "");
}

static void moved_and_removed(void **state)
{
	(void)state;
	columns_move(c, 6, 0);
	assert_string_equal(columns_title(c, 0), "Info");
	assert_string_equal(columns_title(c, 1), "No.");
	columns_move(c, 0, 6);
	assert_string_equal(columns_title(c, 6), "Info");
	while (columns_count(c) > 1)
		columns_remove(c, 0);
	columns_remove(c, 0);
	assert_int_equal(columns_count(c), 1);
	assert_string_equal(columns_field(c, 0), "_ws.col.info");
}

static void kept(void **state)
{
	char *error = NULL;

	(void)state;
	columns_insert(c, 1, "T T L", "ip.ttl", &error);
	char *before = columns_write(c);
	assert_int_equal(columns_read(c, before), 0);
	char *after = columns_write(c);
	assert_string_equal(before, after);
	assert_int_equal(columns_read(c, "# mine\n\nno tab\nX\tno.such.field\nTTL\tip.ttl\n"), 2);
	assert_int_equal(columns_count(c), 1);
	assert_int_equal(columns_read(c, "rubbish"), 1);
	assert_int_equal(columns_count(c), 1);
	g_free(before);
	g_free(after);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(the_usual_ones),    TEST(of_any_field), TEST(cut_where_the_room_ends),
		TEST(moved_and_removed), TEST(kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
