/* SPDX-License-Identifier: BSD-3-Clause */
/* Views: what passes, found in steps; positions when the filter changes; marks; going to a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/view.h"
#include "store_made.h"

#include <glib.h>

enum { PACKETS = 5000 };

static struct store *s;
static struct view *v;

static int begin(void **state)
{
	(void)state;
	make(PACKETS);
	s = made_store();
	v = view_new(s);
	return 0;
}

static int end(void **state)
{
	(void)state;
	view_free(v);
	store_close(s);
	return 0;
}

static void show(const char *expression)
{
	char *error = NULL;

	if (!view_filter(v, expression, &error))
		fail_msg("%s", error);
	while (view_step(v, 100) == 1)
		;
}

static void all_of_them(void **state)
{
	(void)state;
	assert_int_equal(view_step(v, 0), 0);
	assert_int_equal(view_count(v), PACKETS);
	assert_int_equal(view_row(v, 17), 17);
	assert_int_equal(view_row(v, PACKETS), NO_ROW);
	assert_int_equal(view_position(v, 4711), 4711);
}

static void some_of_them(void **state)
{
	(void)state;
	show("udp.srcport == 1003");
	assert_string_equal(view_expression(v), "udp.srcport == 1003");
	assert_int_equal(view_count(v), PACKETS / 10);
	for (uint64_t i = 0; i < view_count(v); i++)
		assert_int_equal(view_row(v, i), 10 * i + 3);
	assert_int_equal(view_looked(v), PACKETS);
	/* the packet that is selected stays so when the filter goes, or the next one that is shown */
	assert_int_equal(view_position(v, 4003), 400);
	assert_int_equal(view_position(v, 4004), 401);
	assert_int_equal(view_position(v, PACKETS - 1), PACKETS / 10 - 1);
	show("");
	assert_int_equal(view_position(v, 4003), 4003);
	show("udp.srcport == 9");
	assert_int_equal(view_position(v, 4003), NO_ROW);
}

static void as_they_are_found(void **state)
{
	char *error = NULL;
	uint64_t before = 0;
	unsigned steps = 0;

	(void)state;
	assert_true(view_filter(v, "udp", &error));
	for (; view_step(v, 0) == 1; steps++) {
		assert_true(view_count(v) > before);
		assert_int_equal(view_count(v), view_looked(v));
		before = view_count(v);
	}
	assert_true(steps > 10);
}

static void a_mistake_changes_nothing(void **state)
{
	char *error = NULL;

	(void)state;
	show("udp.srcport == 1003");
	assert_false(view_filter(v, "udp.srcprt == 1003", &error));
	assert_non_null(strstr(error, "did you mean udp.srcport"));
	g_free(error);
	assert_int_equal(view_count(v), PACKETS / 10);
	assert_string_equal(view_expression(v), "udp.srcport == 1003");
}

/* What a filter says of times is what `remora read -Y` says. */
static void times_of_a_view(void **state)
{
	(void)state;
	show("frame.time_relative >= 3.0 && frame.number != 4000 && frame.time_delta < 0.0011");
	assert_int_equal(view_count(v), 1999);
	show("udp.srcport == 1003 && (frame.number == 4 || frame.time_delta_displayed > 0.009)");
	assert_int_equal(view_count(v), PACKETS / 10);
	assert_int_equal(view_since(v, 5).shown, 43);
	assert_int_equal(view_since(v, 0).shown, NO_ROW);
	assert_int_equal(view_since(v, 0).start, 0);
	assert_true(view_toggle_reference(v, 100));
	assert_true(view_toggle_reference(v, 50));
	assert_int_equal(view_since(v, view_position(v, 93)).start, 50);
	assert_int_equal(view_since(v, view_position(v, 103)).start, 100);
	assert_true(view_is_reference(v, 50));
	assert_false(view_toggle_reference(v, 50));
	assert_int_equal(view_since(v, view_position(v, 93)).start, 0);
}

static void marks(void **state)
{
	(void)state;
	assert_true(view_toggle_mark(v, 40));
	assert_true(view_toggle_mark(v, 13));
	assert_true(view_toggle_mark(v, 2003));
	assert_true(view_is_marked(v, 40));
	assert_false(view_is_marked(v, 41));
	assert_int_equal(view_next_mark(v, 0, false), 13);
	assert_int_equal(view_next_mark(v, 13, false), 40);
	assert_int_equal(view_next_mark(v, 2003, false), NO_ROW);
	assert_int_equal(view_next_mark(v, 2003, true), 40);
	assert_int_equal(view_next_mark(v, 13, true), NO_ROW);
	show("udp.srcport == 1003");
	assert_int_equal(view_next_mark(v, 1, false), 200);
	assert_int_equal(view_next_mark(v, 200, true), 1);
	assert_int_equal(view_marks(v), 3);
	assert_false(view_toggle_mark(v, 40));
	assert_int_equal(view_marks(v), 2);
}

static void going_there(void **state)
{
	(void)state;
	assert_int_equal(view_go_to_number(v, 0), 0);
	assert_int_equal(view_go_to_number(v, 1), 0);
	assert_int_equal(view_go_to_number(v, 900), 899);
	assert_int_equal(view_go_to_number(v, 90000), PACKETS - 1);
	assert_true(store_sorted(s));
	assert_int_equal(view_go_to_time(v, 1002500000000), 2500);
	assert_int_equal(view_go_to_time(v, 1002500000001), 2501);
	assert_int_equal(view_go_to_time(v, 0), 0);
	assert_int_equal(view_go_to_time(v, 2000000000000), NO_ROW);
	show("udp.srcport == 1003");
	assert_int_equal(view_go_to_time(v, 1002500000000), 250);
}

static void times_that_go_back(void **state)
{
	(void)state;
	make(100);
	for (uint32_t i = 0; i < 100; i++)
		datagram(i, 500 + i, 0, 60);
	struct store *other = made_store();
	struct view *view = view_new(other);
	assert_false(store_sorted(other));
	assert_int_equal(view_go_to_time(view, 550000000000), 0);
	assert_int_equal(view_go_to_time(view, 1000099000000), 99);
	assert_int_equal(view_go_to_time(view, 1000099000001), NO_ROW);
	view_free(view);
	store_close(other);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(all_of_them),       TEST(some_of_them),
		TEST(as_they_are_found), TEST(a_mistake_changes_nothing),
		TEST(times_of_a_view),   TEST(marks),
		TEST(going_there),       TEST(times_that_go_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
