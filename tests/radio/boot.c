/* SPDX-License-Identifier: BSD-3-Clause */
/* From the switch to a chip that is ready: what it is told, how long it takes, what is said of it. */
#include "bench.h"
#include <remora/node.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct bench b;

static void gets_ready(void **state)
{
	static const uint8_t address[6] = {0x28, 0xcd, 0xc1, 1, 2, 3};

	(void)state;
	bench_init(&b);
	assert_true(rem_cyw_poll(&b.cyw, b.model.now) == REM_NEVER);
	rem_cyw_start(&b.cyw);
	bench_run(&b, REM_CYW_READY, 5000);
	assert_string_equal(b.model.complaint, "");
	assert_int_equal(b.cyw.state, REM_CYW_READY);
	assert_memory_equal(b.cyw.nic.address, address, 6);
	assert_memory_equal(b.model.country, "DE\0\0", 4);
	assert_int_equal(b.model.loads, 1);
	assert_int_equal(b.model.ups, 1);
	assert_int_equal(b.cyw.count.restarts, 0);
	assert_int_equal(b.cyw.count.refused, 0);
	assert_true(b.model.now - 1000000 < 1500000);
	print_message("ready after %lld ms, %u transfers, %u words\n",
		      (long long)(b.model.now - 1000000) / 1000, (unsigned)b.model.transfers,
		      (unsigned)b.model.words);
}

/* The parameters may have any length and any end, and the processor may run already. */
static void takes_any_parameters(void **state)
{
	static const char *const texts[] = {"a=1",    "ab=1",       "abc=1",
					    "abcd=1", "a=1\nb=2\n", "a=1\nbc=2"};

	(void)state;
	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		bench_init(&b);
		b.images.nvram = b.model.expect.nvram = bench_span(texts[i]);
		b.model.warm = true;
		assert_int_equal(rem_cyw_init(&b.cyw, &b.model.bus, &b.images, "DE"), REM_OK);
		rem_cyw_start(&b.cyw);
		bench_run(&b, REM_CYW_READY, 5000);
		assert_int_equal(b.cyw.state, REM_CYW_READY);
		assert_string_equal(b.model.complaint, "");
	}
}

static void images_must_fit(void **state)
{
	struct rem_cyw_images images;

	(void)state;
	bench_init(&b);
	images = b.images;
	images.clm.n = 0;
	assert_int_equal(rem_cyw_init(&b.cyw, &b.model.bus, &images, "XX"), REM_LENGTH);
	images = b.images;
	images.firmware.n = MODEL_RAM - 64;
	assert_int_equal(rem_cyw_init(&b.cyw, &b.model.bus, &images, "XX"), REM_LENGTH);
}

/* Each fault has its name, and the chip is tried again ever more rarely. */
static void expect_fault(enum rem_cyw_fault fault)
{
	rem_cyw_start(&b.cyw);
	bench_run(&b, REM_CYW_READY, 10000);
	assert_string_equal(b.model.complaint, "");
	assert_int_equal(b.cyw.state, REM_CYW_STARTING);
	assert_int_equal(b.cyw.fault, fault);
	assert_true(b.cyw.count.restarts > 1 && b.cyw.count.restarts < 10);
}

static void faults_have_names(void **state)
{
	(void)state;
	bench_init(&b);
	b.model.junk_reads = 1000000;
	expect_fault(REM_CYW_FAULT_BUS);
	bench_init(&b);
	b.model.bad_writes = true;
	expect_fault(REM_CYW_FAULT_BUS);
	bench_init(&b);
	b.model.no_alp = true;
	expect_fault(REM_CYW_FAULT_CLOCK);
	bench_init(&b);
	b.model.wrong_chip = true;
	expect_fault(REM_CYW_FAULT_CHIP);
	bench_init(&b);
	b.model.bad_memory = true;
	expect_fault(REM_CYW_FAULT_MEMORY);
	bench_init(&b);
	b.model.no_ht = true;
	expect_fault(REM_CYW_FAULT_CLOCK);
	bench_init(&b);
	b.model.no_f2 = true;
	expect_fault(REM_CYW_FAULT_START);
	bench_init(&b);
	b.model.bad_clm = true;
	expect_fault(REM_CYW_FAULT_CLM);
	bench_init(&b);
	b.model.refused_iovar = "country";
	expect_fault(REM_CYW_FAULT_SETTING);
	assert_int_equal(b.cyw.refused_command, REM_CYW_IOCTL_SET_VAR);
	assert_int_equal(b.cyw.refusal, -2);
	bench_init(&b);
	b.model.no_credit = true; /* one question, and no more */
	expect_fault(REM_CYW_FAULT_SILENT);
	bench_init(&b);
	b.model.hangs = true;
	expect_fault(REM_CYW_FAULT_SILENT);
}

static void some_settings_may_be_refused(void **state)
{
	(void)state;
	bench_init(&b);
	b.model.refused_iovar = "ampdu_mpdu";
	rem_cyw_start(&b.cyw);
	bench_run(&b, REM_CYW_READY, 5000);
	assert_int_equal(b.cyw.state, REM_CYW_READY);
	assert_int_equal(b.cyw.count.refused, 1);
}

static void recovers_once_it_can(void **state)
{
	(void)state;
	bench_init(&b);
	b.model.no_f2 = true;
	expect_fault(REM_CYW_FAULT_START);
	b.model.no_f2 = false;
	bench_run(&b, REM_CYW_READY, 20000);
	assert_int_equal(b.cyw.state, REM_CYW_READY);
	rem_cyw_stop(&b.cyw);
	assert_false(b.model.power);
	assert_true(rem_cyw_poll(&b.cyw, b.model.now) == REM_NEVER);
	rem_cyw_start(&b.cyw);
	bench_run(&b, REM_CYW_READY, 5000);
	assert_int_equal(b.cyw.state, REM_CYW_READY);
	assert_string_equal(b.model.complaint, "");
}

static void test_word_and_log(void **state)
{
	char text[200] = "";
	int n, at = 0;

	(void)state;
	bench_init(&b);
	assert_int_equal(rem_cyw_log(&b.cyw, text, sizeof(text)), REM_STATE);
	rem_cyw_start(&b.cyw);
	bench_run(&b, REM_CYW_READY, 5000);
	assert_true(rem_cyw_test(&b.cyw) == 0xfeedbead);
	assert_int_equal(rem_cyw_log(&b.cyw, text, sizeof(text)), 0);
	for (unsigned i = 0; i < 30; i++) { /* often enough to go round the ring of 1024 bytes */
		model_log(&b.model, "000000.001 RTE (SDIO-CDC) 7.95.49 on BCM43439 r1\n");
		for (at = 0; (n = rem_cyw_log(&b.cyw, text + at, sizeof(text) - (unsigned)at)) > 0;)
			at += n;
		text[at] = '\0';
		assert_string_equal(text, "000000.001 RTE (SDIO-CDC) 7.95.49 on BCM43439 r1\n");
	}
	for (unsigned i = 0; i < 3; i++)
		model_log(&b.model, "here is a line of fifty bytes, to be read at once");
	for (at = 0; (n = rem_cyw_log(&b.cyw, text + at, sizeof(text) - (unsigned)at)) > 0;)
		at += n;
	assert_int_equal(at, 3 * 49);
	assert_string_equal(b.model.complaint, "");
	b.model.ram[0x60100 + 17] = 0x40; /* the firmware has gone astray */
	assert_int_equal(rem_cyw_log(&b.cyw, text, sizeof(text)), REM_STATE);
	memset(b.model.ram + 0x60100, 0xff, 64);
	assert_int_equal(rem_cyw_log(&b.cyw, text, sizeof(text)), REM_STATE);
}

static void everything_has_a_name(void **state)
{
	(void)state;
	for (unsigned i = 0; i < rem_cyw_names_count; i++) {
		assert_true(rem_cyw_names[i].name[0] != '\0');
		assert_true(rem_cyw_names[i].about[0] != '\0');
		for (unsigned j = 0; j < i; j++)
			assert_true(rem_cyw_names[i].kind != rem_cyw_names[j].kind ||
				    rem_cyw_names[i].number != rem_cyw_names[j].number);
	}
	assert_string_equal(rem_cyw_state_text(REM_CYW_UP), "up");
	assert_string_equal(rem_cyw_why_text(REM_CYW_WRONG_KEY), "the key is wrong");
	assert_string_equal(rem_cyw_fault_text((enum rem_cyw_fault)99), "?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gets_ready),
		cmocka_unit_test(takes_any_parameters),
		cmocka_unit_test(images_must_fit),
		cmocka_unit_test(faults_have_names),
		cmocka_unit_test(some_settings_may_be_refused),
		cmocka_unit_test(recovers_once_it_can),
		cmocka_unit_test(test_word_and_log),
		cmocka_unit_test(everything_has_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
