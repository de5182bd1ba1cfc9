/* SPDX-License-Identifier: BSD-3-Clause */
/* Joining, not joining and why, losing and coming back, searching. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct bench b;

static void set_up(void)
{
	bench_init(&b);
	rem_cyw_start(&b.cyw);
}

static void joins_wpa2(void **state)
{
	(void)state;
	set_up();
	assert_int_equal(rem_cyw_join(&b.cyw, bench_span("shark"), bench_span("remora43")), REM_OK);
	bench_run(&b, REM_CYW_UP, 5000);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_true(b.cyw.nic.ops->link(&b.cyw.nic));
	assert_memory_equal(b.cyw.bssid, b.model.network[0].bssid, 6);
	bench_run(&b, -1, 100);
	assert_int_equal(b.cyw.rssi, -42);
	assert_int_equal(b.model.joins, 1);
	assert_int_equal(b.model.mfp, 1);
	assert_string_equal(b.model.complaint, "");
}

static void joins_with_a_key_of_64_digits(void **state)
{
	static const char digits[] =
		"0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef";
	static const struct model_network network = {.ssid = "shark", .key = digits};

	(void)state;
	set_up();
	b.model.network = &network;
	b.model.networks = 1;
	rem_cyw_join(&b.cyw, bench_span("shark"), bench_span(digits));
	bench_run(&b, REM_CYW_UP, 5000);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_string_equal(b.model.complaint, "");
}

static void joins_open(void **state)
{
	(void)state;
	set_up();
	rem_cyw_join(&b.cyw, bench_span("reef"), bench_span(""));
	bench_run(&b, REM_CYW_UP, 5000);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_string_equal(b.model.complaint, "");
}

static void names_and_keys_are_checked(void **state)
{
	const char *const name = "123456789012345678901234567890123";
	const char *const digits =
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg";

	(void)state;
	set_up();
	assert_int_equal(rem_cyw_join(&b.cyw, bench_span(""), bench_span("")), REM_LENGTH);
	assert_int_equal(rem_cyw_join(&b.cyw, bench_span(name), bench_span("")), REM_LENGTH);
	assert_int_equal(rem_cyw_join(&b.cyw, bench_span("shark"), bench_span("short67")),
			 REM_LENGTH);
	assert_int_equal(rem_cyw_join(&b.cyw, bench_span("shark"), bench_span(digits)), REM_FIELD);
}

/* A join fails for one reason, and is tried again. */
static void expect_failure(const char *ssid, const char *key, enum rem_cyw_why why)
{
	const uint32_t disassociations = b.model.disassociations;

	rem_cyw_join(&b.cyw, bench_span(ssid), bench_span(key));
	bench_run(&b, REM_CYW_WAITING, 20000);
	assert_int_equal(b.cyw.state, REM_CYW_WAITING);
	assert_int_equal(b.cyw.why, why);
	bench_run(&b, REM_CYW_JOINING, 3000);
	assert_int_equal(b.cyw.state, REM_CYW_JOINING);
	assert_true(b.model.disassociations > disassociations);
	assert_int_equal(b.cyw.why, why); /* until it is better */
	bench_run(&b, REM_CYW_WAITING, 20000);
	assert_int_equal(b.cyw.why, why);
	assert_false(b.cyw.nic.ops->link(&b.cyw.nic));
	assert_string_equal(b.model.complaint, "");
}

static void failures_have_reasons(void **state)
{
	static const struct model_network networks[] = {
		{.ssid = "deaf", .key = "remora43", .deaf = true},
		{.ssid = "proud", .key = "remora43", .refuses = true},
		{.ssid = "curt", .key = "remora43", .silent_about_key = true},
		{.ssid = "shark", .key = "remora43"},
		{.ssid = "moray", .key = "remora43", .flaps = true},
	};

	(void)state;
	set_up();
	b.model.network = networks;
	b.model.networks = 5;
	expect_failure("whale", "remora43", REM_CYW_NO_NETWORK);
	expect_failure("shark", "remora44", REM_CYW_WRONG_KEY);
	expect_failure("curt", "remora44", REM_CYW_WRONG_KEY);
	expect_failure("deaf", "remora43", REM_CYW_NO_ANSWER);
	expect_failure("proud", "remora43", REM_CYW_REFUSED);
	expect_failure("moray", "remora43", REM_CYW_NO_ANSWER);
	expect_failure("shark", "", REM_CYW_REFUSED); /* it wants a key */
	b.model.refused_command = 268;
	expect_failure("shark", "remora43", REM_CYW_REJECTED);
	b.model.refused_command = 0;
	rem_cyw_join(&b.cyw, bench_span("shark"), bench_span("remora43"));
	bench_run(&b, REM_CYW_UP, 5000);
	assert_int_equal(b.cyw.why, REM_CYW_WHY_NONE);
	assert_int_equal(b.cyw.count.restarts, 0);
}

static void says_nothing_for_ten_seconds(void **state)
{
	(void)state;
	set_up();
	bench_run(&b, REM_CYW_READY, 5000);
	memset(b.model.event_mask, 0, sizeof(b.model.event_mask)); /* no event will come */
	rem_cyw_join(&b.cyw, bench_span("shark"), bench_span("remora43"));
	bench_run(&b, REM_CYW_WAITING, 20000);
	assert_int_equal(b.cyw.why, REM_CYW_NO_ANSWER);
}

static void tries_ever_more_rarely(void **state)
{
	rem_time before, gap = 0;

	(void)state;
	set_up();
	rem_cyw_join(&b.cyw, bench_span("whale"), bench_span("remora43"));
	for (unsigned i = 0; i < 9; i++) {
		bench_run(&b, REM_CYW_WAITING, 20000);
		before = b.model.now;
		bench_run(&b, REM_CYW_JOINING, 100000);
		assert_int_equal(b.cyw.state, REM_CYW_JOINING);
		gap = b.model.now - before;
		assert_true(gap / 1000000 >= (1 << (i < 6 ? i : 6)) - 1);
	}
	assert_true(gap < 66000000);
}

static void loses_and_comes_back(void **state)
{
	uint8_t frame[60] = {0};
	uint8_t *p = b.buffer + REM_CYW_HEADROOM;

	(void)state;
	set_up();
	bench_join(&b);
	for (unsigned i = 0; i < 5; i++) {
		model_deauthenticate(&b.model, 3);
		bench_run(&b, REM_CYW_WAITING, 1000);
		assert_int_equal(b.cyw.why, REM_CYW_LOST);
		assert_int_equal(b.cyw.nic.ops->send(&b.cyw.nic, p, 60), REM_CLOSED);
		const rem_time before = b.model.now;
		bench_run(&b, REM_CYW_UP, 5000);
		assert_int_equal(b.cyw.state, REM_CYW_UP);
		assert_true(b.model.now - before < 1500000);
	}
	model_air(&b.model, frame, sizeof(frame));
	bench_run(&b, -1, 10);
	assert_int_equal(b.frames, 1);
	assert_int_equal(b.cyw.count.joins, 6);
	assert_string_equal(b.model.complaint, "");
}

static void roaming_is_no_loss(void **state)
{
	(void)state;
	set_up();
	bench_join(&b);
	model_event(&b.model, 3, 1, 0, 0, 0);   /* another access point does not want us */
	model_event(&b.model, 46, 4, 14, 0, 0); /* and its handshake ends */
	model_event(&b.model, 19, 0, 0, 0, 0);
	bench_run(&b, REM_CYW_WAITING, 2000);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
}

static void what_was_said_before_is_no_answer(void **state)
{
	(void)state;
	set_up();
	bench_run(&b, REM_CYW_READY, 5000);
	rem_cyw_join(&b.cyw, bench_span("shark"), bench_span("remora43"));
	bench_run(&b, REM_CYW_JOINING, 100);
	model_event(&b.model, 0, 3, 0, 0, 0);
	bench_run(&b, REM_CYW_WAITING, 3000);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_int_equal(b.model.joins, 1);
}

static void leaves_and_joins_another(void **state)
{
	(void)state;
	set_up();
	bench_join(&b);
	rem_cyw_leave(&b.cyw);
	assert_false(b.cyw.nic.ops->link(&b.cyw.nic));
	bench_run(&b, REM_CYW_JOINING, 10000);
	assert_int_equal(b.cyw.state, REM_CYW_READY);
	assert_null(b.model.joined);
	rem_cyw_join(&b.cyw, bench_span("shark"), bench_span("remora43"));
	bench_run(&b, REM_CYW_JOINING, 1000);
	bench_run(&b, -1, 1);
	rem_cyw_join(&b.cyw, bench_span("reef"), bench_span("")); /* in the middle of the other */
	bench_run(&b, REM_CYW_UP, 5000);
	assert_ptr_equal(b.model.joined, &b.model.network[1]);
	bench_run(&b, -1, 3000);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_ptr_equal(b.model.joined, &b.model.network[1]);
	assert_string_equal(b.model.complaint, "");
}

struct seen {
	unsigned found, ended;
	struct rem_cyw_network first;
	char ssid[33];
};

static void found(void *by, const struct rem_cyw_network *network)
{
	struct seen *seen = (struct seen *)by;

	if (network == NULL) {
		seen->ended++;
		return;
	}
	if (seen->found++ > 0)
		return;
	seen->first = *network;
	memcpy(seen->ssid, network->ssid.p, network->ssid.n);
}

static void searches(void **state)
{
	struct seen seen = {0};

	(void)state;
	set_up();
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_STATE);
	bench_run(&b, REM_CYW_READY, 5000);
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_OK);
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_STATE);
	bench_run(&b, -1, 1000);
	assert_int_equal(seen.found, 2);
	assert_int_equal(seen.ended, 1);
	assert_string_equal(seen.ssid, "shark");
	assert_int_equal(seen.first.rssi, -42);
	assert_int_equal(seen.first.channel, 6);
	assert_int_equal(seen.first.security, REM_CYW_PRIVATE | REM_CYW_WPA | REM_CYW_WPA2);
	assert_memory_equal(seen.first.bssid, b.model.network[0].bssid, 6);

	/* A record that is longer than its event. */
	b.model.bad_record = true;
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_OK);
	bench_run(&b, -1, 1000);
	assert_int_equal(seen.found, 2);
	assert_int_equal(seen.ended, 2);
	b.model.bad_record = false;

	/* A join waits for its end. */
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_OK);
	bench_run(&b, -1, 10);
	rem_cyw_join(&b.cyw, bench_span("reef"), bench_span(""));
	bench_run(&b, REM_CYW_UP, 5000);
	assert_int_equal(seen.ended, 3);
	assert_string_equal(b.model.complaint, "");

	/* While joined; and one whose end never comes. */
	bench_join(&b);
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_OK);
	bench_run(&b, -1, 1000);
	assert_int_equal(seen.ended, 4);
	b.model.networks = 0;
	memset(b.model.event_mask, 0, sizeof(b.model.event_mask));
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_OK);
	bench_run(&b, -1, 20000);
	assert_int_equal(seen.ended, 5);
	b.model.refused_iovar = "escan";
	assert_int_equal(rem_cyw_scan(&b.cyw, found, &seen), REM_OK);
	bench_run(&b, -1, 100);
	assert_int_equal(seen.ended, 6);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_string_equal(b.model.complaint, "");
}

static void pins_and_groups(void **state)
{
	static const uint8_t group[12] = {1, 0, 0x5e, 0, 0, 1, 1, 0, 0x5e, 0, 0, 0xfb};
	uint8_t frame[60] = {1, 0, 0x5e, 0, 0, 0xfb};

	(void)state;
	set_up();
	rem_cyw_pins(&b.cyw, 1, 1); /* before anybody can do it */
	bench_join(&b);
	bench_run(&b, -1, 100);
	assert_int_equal(b.model.pins, 1);
	model_air(&b.model, frame, sizeof(frame));
	bench_run(&b, -1, 10);
	assert_int_equal(b.frames, 0);
	assert_int_equal(b.cyw.nic.ops->groups(&b.cyw.nic, group, 2), REM_OK);
	assert_int_equal(b.cyw.nic.ops->groups(&b.cyw.nic, group, 11), REM_LIMIT);
	rem_cyw_pins(&b.cyw, 3, 2);
	bench_run(&b, -1, 10);
	assert_int_equal(b.model.pins, 2);
	assert_int_equal(b.model.groups, 2);
	model_air(&b.model, frame, sizeof(frame));
	bench_run(&b, -1, 10);
	assert_int_equal(b.frames, 1);
	assert_string_equal(b.model.complaint, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(joins_wpa2),
		cmocka_unit_test(joins_with_a_key_of_64_digits),
		cmocka_unit_test(joins_open),
		cmocka_unit_test(names_and_keys_are_checked),
		cmocka_unit_test(failures_have_reasons),
		cmocka_unit_test(says_nothing_for_ten_seconds),
		cmocka_unit_test(tries_ever_more_rarely),
		cmocka_unit_test(loses_and_comes_back),
		cmocka_unit_test(roaming_is_no_loss),
		cmocka_unit_test(what_was_said_before_is_no_answer),
		cmocka_unit_test(leaves_and_joins_another),
		cmocka_unit_test(searches),
		cmocka_unit_test(pins_and_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
