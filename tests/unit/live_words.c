/* SPDX-License-Identifier: BSD-3-Clause */
/* What a live capture is told in words: limits, and the SSH session that it runs in. */
#include "live/limits.h"
#include "live/session.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void limits(void **state)
{
	static const char *const wrong[] = {
		"", "duration", "duration:", "duration:-1", "duration:0", "duration:1x", "duration:nan",
		"filesize:0", "filesize:1.5", "packets:-3", "packets:99999999999999999999", "files",
		"interval:5", "Duration:5", "packet:5", ":5",
	};
	struct limits l = {0};

	(void)state;
	assert_true(limits_take(&l, "duration:2.5", false));
	assert_true(limits_take(&l, "filesize:1000", false));
	assert_true(limits_take(&l, "packets:7", false));
	assert_true(limits_take(&l, "files:3", false));
	assert_true(limits_take(&l, "interval:60", true));
	assert_int_equal(l.duration_us, 2500000);
	assert_int_equal(l.bytes, 1000000);
	assert_int_equal(l.packets, 7);
	assert_int_equal(l.files, 3);
	assert_int_equal(l.interval_us, 60000000);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_false(limits_take(&l, wrong[i], false));
}

static void sessions(void **state)
{
	static const char *const wrong[] = {
		"", "192.0.2.7", "192.0.2.7 50022 192.0.2.1", "192.0.2.7 50022 192.0.2.1 22 5",
		"192.0.2.7 0 192.0.2.1 22", "192.0.2.7 50022 or 22", "192.0.2.7 70000 192.0.2.1 22",
		"192.0.2.7 50022) or (1 192.0.2.1 22",
	};
	struct session s;

	(void)state;
	assert_true(session_parse("192.0.2.7 50022 192.0.2.1 22", &s));
	assert_string_equal(s.peer, "192.0.2.7 port 50022");
	assert_string_equal(s.filter,
			    "not (tcp and host 192.0.2.7 and port 50022 and host 192.0.2.1 "
			    "and port 22)");
	g_free(s.peer);
	g_free(s.filter);
	assert_true(session_parse("fe80::1%eth0 50022 fe80::2%eth0 22", &s));
	assert_string_equal(s.peer, "fe80::1 port 50022");
	g_free(s.peer);
	g_free(s.filter);
	assert_true(session_parse("::ffff:192.0.2.7 50022 ::ffff:c000:201 22", &s));
	assert_string_equal(s.filter,
			    "not (tcp and host 192.0.2.7 and port 50022 and host 192.0.2.1 "
			    "and port 22)");
	g_free(s.peer);
	g_free(s.filter);
	assert_false(session_parse(NULL, &s));
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_false(session_parse(wrong[i], &s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits),
		cmocka_unit_test(sessions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
