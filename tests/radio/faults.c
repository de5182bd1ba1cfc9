/* SPDX-License-Identifier: BSD-3-Clause */
/* A chip that goes wrong while it is used: the driver starts it again and is back in the network, and the
 * application has nothing to do for that. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct bench b;
static _Alignas(4) uint8_t out[REM_CYW_HEADROOM + 64 + REM_CYW_TAILROOM];

static void set_up(void)
{
	static const uint8_t group[6] = {1, 0, 0x5e, 0, 0, 0xfb};

	bench_init(&b);
	rem_cyw_pins(&b.cyw, 1, 1);
	b.cyw.nic.ops->groups(&b.cyw.nic, group, 1);
	bench_join(&b);
	bench_run(&b, -1, 100);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
}

/* The link has gone because of `fault`, and comes back with all that was wanted. */
static void expect_recovery(enum rem_cyw_fault fault, unsigned ms)
{
	const uint32_t restarts = b.cyw.count.restarts;

	bench_run(&b, REM_CYW_STARTING, ms);
	assert_int_equal(b.cyw.state, REM_CYW_STARTING);
	assert_int_equal(b.cyw.fault, fault);
	assert_int_equal(b.cyw.why, REM_CYW_RESTARTED);
	assert_false(b.cyw.nic.ops->link(&b.cyw.nic));
	assert_int_equal(b.cyw.nic.ops->send(&b.cyw.nic, out + REM_CYW_HEADROOM, 60), REM_CLOSED);
	b.model.hangs = b.model.no_credit = false;
	b.model.complains = b.model.sticks = 0;
	b.model.damaged = 0;
	bench_run(&b, REM_CYW_UP, 5000);
	bench_run(&b, -1, 100);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_int_equal(b.cyw.why, REM_CYW_WHY_NONE);
	assert_int_equal(b.cyw.count.restarts, restarts + 1);
	assert_int_equal(b.model.pins, 1);
	assert_int_equal(b.model.groups, 1);
	assert_int_equal(b.cyw.nic.ops->send(&b.cyw.nic, out + REM_CYW_HEADROOM, 60), REM_OK);
	assert_string_equal(b.model.complaint, "");
}

static void ended(void *by, const struct rem_cyw_network *network)
{
	*(unsigned *)by += network == NULL;
}

static void hangs(void **state)
{
	unsigned ends = 0;

	(void)state;
	set_up();
	rem_cyw_scan(&b.cyw, ended, &ends);
	bench_run(&b, -1, 10);
	b.model.hangs = true;
	b.model.count = 0;
	expect_recovery(REM_CYW_FAULT_SILENT, 20000);
	assert_int_equal(ends, 1);

	/* Once it has found all there is, it is looked after as before. */
	rem_cyw_scan(&b.cyw, ended, &ends);
	bench_run(&b, -1, 1000);
	assert_int_equal(ends, 2);
	b.model.hangs = true;
	expect_recovery(REM_CYW_FAULT_SILENT, 8000);
}

static void hangs_while_it_searches(void **state)
{
	unsigned ends = 0;

	(void)state;
	set_up();
	rem_cyw_scan(&b.cyw, ended, &ends);
	bench_run(&b, -1, 10);
	b.model.failing = 1;
	rem_cyw_pins(&b.cyw, 1, 1);
	expect_recovery(REM_CYW_FAULT_BUS, 1000);
	assert_int_equal(ends, 1);
}

static void starves(void **state)
{
	(void)state;
	set_up();
	b.model.no_credit = true;
	expect_recovery(REM_CYW_FAULT_SILENT, 60000);
}

static void loses_the_bus(void **state)
{
	(void)state;
	set_up();
	b.model.failing = 1;
	expect_recovery(REM_CYW_FAULT_BUS, 10000);
}

static void the_line_sticks(void **state)
{
	(void)state;
	set_up();
	b.model.sticks = 1;
	expect_recovery(REM_CYW_FAULT_SILENT, 10000);
	b.model.sticks = 2;
	expect_recovery(REM_CYW_FAULT_FRAMES, 10000);
}

/* Bits that are read wrong now and then, for a minute; what the chip thinks of the consequences is not asked. */
static void the_line_is_bad(void **state)
{
	static const uint32_t often[] = {20, 200, 2000};

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		set_up();
		b.model.flips = often[i];
		for (unsigned j = 0; j < 600; j++) {
			model_event(&b.model, 16, 0, 0, 1, 0);
			bench_run(&b, -1, 100);
		}
		b.model.flips = 0;
		bench_run(&b, REM_CYW_UP, 90000);
		assert_int_equal(b.cyw.state, REM_CYW_UP);
	}
}

static void sends_rubbish(void **state)
{
	(void)state;
	set_up();
	b.model.damaged = 1000;
	for (unsigned i = 0; i < 10; i++)
		model_event(&b.model, 16, 0, 0, 1, 1000 * (i + 1));
	expect_recovery(REM_CYW_FAULT_FRAMES, 10000);
}

static void complains_without_end(void **state)
{
	(void)state;
	set_up();
	b.model.complains = 1 << 3;
	expect_recovery(REM_CYW_FAULT_FRAMES, 10000);
	assert_true(b.cyw.count.bus_errors >= 8);
}

/* Damaged frames between good ones are a bad line, not a bad chip. */
static void good_frames_make_up_for_bad_ones(void **state)
{
	(void)state;
	set_up();
	for (unsigned i = 0; i < 20; i++) {
		b.model.damaged = 1;
		model_event(&b.model, 19, 0, 0, 0, 0);
		model_event(&b.model, 16, 0, 0, 1, 0);
		bench_turn(&b);
		model_event(&b.model, 16, 0, 0, 1, 0);
		bench_turn(&b);
	}
	assert_int_equal(b.cyw.count.damaged, 20);
	assert_int_equal(b.cyw.count.restarts, 0);
}

static void a_bit_wrong_is_no_end(void **state)
{
	(void)state;
	set_up();
	b.model.damaged = 3;
	for (unsigned i = 0; i < 4; i++)
		model_event(&b.model, 16, 0, 0, 1, 1000 * (i + 1));
	b.model.interrupt |= 1 << 1;
	b.model.lost_questions = 1;
	bench_run(&b, REM_CYW_STARTING, 20000);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_int_equal(b.cyw.count.damaged, 3);
	assert_int_equal(b.cyw.count.bus_errors, 1);
	assert_int_equal(b.cyw.count.unanswered, 1);
	assert_int_equal(b.cyw.count.restarts, 0);
	assert_string_equal(b.model.complaint, "");
}

/* Wherever the bus fails on the way up, the driver gets there in the end. */
static void fails_anywhere(void **state)
{
	(void)state;
	for (uint32_t at = 1; at < 7700; at += at < 60 || at > 7300 ? 7 : 997) {
		bench_init(&b);
		rem_cyw_start(&b.cyw);
		rem_cyw_join(&b.cyw, bench_span("shark"), bench_span("remora43"));
		while (b.model.transfers < at && b.cyw.state != REM_CYW_UP)
			bench_run(&b, REM_CYW_UP, 1);
		b.model.failing = 1;
		bench_run(&b, REM_CYW_UP, 20000);
		assert_int_equal(b.cyw.state, REM_CYW_UP);
		assert_string_equal(b.model.complaint, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hangs),
		cmocka_unit_test(hangs_while_it_searches),
		cmocka_unit_test(starves),
		cmocka_unit_test(loses_the_bus),
		cmocka_unit_test(the_line_sticks),
		cmocka_unit_test(the_line_is_bad),
		cmocka_unit_test(sends_rubbish),
		cmocka_unit_test(complains_without_end),
		cmocka_unit_test(good_frames_make_up_for_bad_ones),
		cmocka_unit_test(a_bit_wrong_is_no_end),
		cmocka_unit_test(fails_anywhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
