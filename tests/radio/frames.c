/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames in and out: where they land, what they cost on the bus, what happens to those that are wrong. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct bench b;
static _Alignas(4) uint8_t out[REM_CYW_HEADROOM + 1514 + REM_CYW_TAILROOM];

static uint8_t *const frame = out + REM_CYW_HEADROOM;

static void set_up(void)
{
	bench_init(&b);
	bench_join(&b);
	bench_run(&b, -1, 100);
	for (unsigned i = 0; i < 1514; i++)
		frame[i] = (uint8_t)(i * 7);
	frame[0] = 2;
}

static int send(uint32_t n)
{
	return b.cyw.nic.ops->send(&b.cyw.nic, frame, n);
}

static void every_length_goes_out_and_comes_in(void **state)
{
	(void)state;
	set_up();
	for (uint32_t n = 14; n <= 1514; n += n < 100 ? 1 : 53) {
		const uint8_t behind = frame[n];
		frame[n] = 0xee; /* what is behind the frame does not get out */
		assert_int_equal(send(n), REM_OK);
		assert_int_equal(frame[n], n % 4 == 2 ? 0xee : 0);
		frame[n] = behind;
		assert_int_equal(b.model.last_bytes, n);
		assert_memory_equal(b.model.last, frame, n);
		model_air(&b.model, frame, n);
		bench_run(&b, -1, 1);
		assert_int_equal(b.last_bytes, n);
		assert_memory_equal(b.last, frame, n);
	}
	assert_int_equal(send(13), REM_LENGTH);
	assert_int_equal(send(1515), REM_LENGTH);
	assert_int_equal(b.cyw.nic.ops->send(&b.cyw.nic, frame + 1, 60), REM_LENGTH);
	assert_int_equal(b.cyw.count.moved, 0);
	assert_int_equal(b.cyw.count.gaps, 0);
	assert_string_equal(b.model.complaint, "");
}

/* However long the chip's headers are, a frame is moved at most twice for each change that keeps to words. */
static void headers_may_have_any_length(void **state)
{
	(void)state;
	set_up();
	for (unsigned pad = 0; pad < 8; pad++) {
		for (unsigned words = 0; words < 3; words++) {
			const uint32_t moved = b.cyw.count.moved;
			b.model.receive_pad = pad;
			b.model.bdc_words = words;
			for (unsigned i = 0; i < 3; i++) {
				model_air(&b.model, frame, 600);
				bench_run(&b, -1, 1);
				assert_memory_equal(b.last, frame, 600);
			}
			if (pad % 4 == 2 && 16 + pad + 4 * words <= 22)
				assert_true(b.cyw.count.moved - moved <= 2);
		}
	}
	assert_string_equal(b.model.complaint, "");
}

/* One frame in between that is different makes one that is moved. */
static void once_is_chance(void **state)
{
	(void)state;
	set_up();
	for (unsigned i = 0; i < 12; i++) {
		b.model.bdc_words = i % 4 == 2;
		model_air(&b.model, frame, 1514);
		bench_run(&b, -1, 1);
		assert_memory_equal(b.last, frame, 1514);
	}
	assert_int_equal(b.cyw.count.moved, 3);
}

static void any_buffer_will_do(void **state)
{
	(void)state;
	set_up();
	for (unsigned shift = 0; shift < 4; shift++) {
		uint8_t *p = b.buffer + REM_CYW_HEADROOM + shift;
		model_air(&b.model, frame, 1514);
		const int n = b.cyw.nic.ops->receive(&b.cyw.nic, p, 1600 - shift);
		assert_int_equal(n, 1514);
		assert_memory_equal(p, frame, 1514);
	}
	model_air(&b.model, frame, 1514);
	assert_int_equal(b.cyw.nic.ops->receive(&b.cyw.nic, b.buffer + REM_CYW_HEADROOM, 1514),
			 1514);
	model_air(&b.model, frame, 1514);
	model_air(&b.model, frame, 100);
	assert_int_equal(b.cyw.nic.ops->receive(&b.cyw.nic, b.buffer + REM_CYW_HEADROOM, 200),
			 REM_LENGTH);
	assert_int_equal(b.cyw.nic.ops->receive(&b.cyw.nic, b.buffer + REM_CYW_HEADROOM, 200), 100);
	assert_int_equal(b.cyw.count.too_long, 1);
	assert_string_equal(b.model.complaint, "");
}

/* Bytes on the bus for each byte that IP sees. */
static void costs_little_on_the_bus(void **state)
{
	enum { FRAMES = 64 };
	uint32_t words;

	(void)state;
	set_up();
	words = b.model.words;
	for (unsigned i = 0; i < FRAMES; i++) {
		model_air(&b.model, frame, 1514);
		bench_turn(&b);
	}
	const double in = 4.0 * (b.model.words - words) / (1500.0 * FRAMES);
	words = b.model.words;
	for (unsigned i = 0; i < FRAMES; i++) {
		while (send(1514) == REM_LIMIT)
			bench_turn(&b);
	}
	const double sent = 4.0 * (b.model.words - words) / (1500.0 * FRAMES);
	print_message("bus bytes per payload byte: %.4f received, %.4f sent\n", in, sent);
	assert_true(in <= 1.06 && sent <= 1.06);
	assert_string_equal(b.model.complaint, "");
}

/* With nothing to do, nothing goes over the bus. */
static void is_quiet(void **state)
{
	(void)state;
	set_up();
	const uint32_t transfers = b.model.transfers;
	for (unsigned i = 0; i < 10; i++)
		bench_turn(&b);
	assert_int_equal(b.model.transfers - transfers, 0);
}

/* An application that takes each credit as soon as it comes does not keep the driver from asking. */
static void questions_go_first(void **state)
{
	uint8_t *p = b.buffer + REM_CYW_HEADROOM;

	(void)state;
	set_up();
	b.model.credits = 1;
	for (unsigned i = 0; i < 20000; i++) {
		b.cyw.nic.ops->receive(&b.cyw.nic, p, BENCH_ROOM);
		send(60);
		rem_cyw_poll(&b.cyw, b.model.now);
		b.model.now += 1000;
	}
	assert_int_equal(b.cyw.count.restarts, 0);
	assert_true(b.model.sent > 1000);
	assert_string_equal(b.model.complaint, "");
}

static void waits_for_credit(void **state)
{
	unsigned taken = 0;

	(void)state;
	set_up();
	b.model.no_credit = true;
	while (send(60) == REM_OK)
		taken++;
	assert_true(taken > 0 && taken <= 8);
	assert_int_equal(send(60), REM_LIMIT);
	assert_true(b.cyw.count.stalls > 0);
	b.model.no_credit = false;
	model_event(&b.model, 16, 0, 0, 1, 0); /* brings credit */
	bench_run(&b, -1, 1);
	assert_int_equal(send(60), REM_OK);

	b.model.stop_flow = true;
	model_event(&b.model, 16, 0, 0, 1, 0);
	bench_run(&b, -1, 1);
	assert_int_equal(send(60), REM_LIMIT);
	b.model.stop_flow = false;
	model_event(&b.model, 16, 0, 0, 1, 0);
	bench_run(&b, -1, 1);
	assert_int_equal(send(60), REM_OK);
	assert_string_equal(b.model.complaint, "");
}

static void put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void wrong_frames_are_counted(void **state)
{
	uint8_t p[100] = {0};

	(void)state;
	set_up();
	const uint32_t damaged = b.cyw.count.damaged, foreign = b.cyw.count.foreign;
	put16(p, 60);
	put16(p + 2, 60); /* should be the complement */
	model_raw(&b.model, p, 60);
	put16(p + 2, ~60u);
	p[7] = 61; /* the payload begins behind the end */
	model_raw(&b.model, p, 60);
	p[7] = 12;
	model_raw(&b.model, p, 59); /* the frame ends before its end */
	model_raw(&b.model, p, 8);
	bench_turn(&b);
	assert_int_equal(b.cyw.count.damaged - damaged, 4);
	p[5] = 2;
	p[9] = b.cyw.credit;
	p[12] = 0x10; /* another version of BDC */
	model_raw(&b.model, p, 60);
	p[12] = 0x20;
	p[15] = 9; /* the frame begins behind the end */
	model_raw(&b.model, p, 60);
	bench_turn(&b);
	assert_int_equal(b.cyw.count.damaged - damaged, 6);
	p[15] = 0;
	p[14] = 1; /* of another interface */
	model_raw(&b.model, p, 60);
	p[5] = 7; /* on another channel */
	model_raw(&b.model, p, 60);
	p[5] = 1;
	p[14] = 0; /* an event that is none */
	model_raw(&b.model, p, 60);
	p[5] = 0; /* an answer to nothing */
	model_raw(&b.model, p, 60);
	bench_turn(&b);
	assert_int_equal(b.cyw.count.foreign - foreign, 4);
	assert_int_equal(b.cyw.state, REM_CYW_UP);
	assert_int_equal(b.frames, 0);
}

static void more_credit_than_can_be_is_none(void **state)
{
	uint8_t p[12] = {12, 0, 0xf3, 0xff};

	(void)state;
	set_up();
	const uint8_t credit = b.cyw.credit;
	p[9] = (uint8_t)(credit + 0x60);
	model_raw(&b.model, p, 12);
	bench_turn(&b);
	assert_int_equal(b.cyw.credit, credit);
	p[9] = (uint8_t)(credit + 1);
	model_raw(&b.model, p, 12);
	bench_turn(&b);
	assert_int_equal(b.cyw.credit, (uint8_t)(credit + 1));
}

static void an_old_answer_is_none(void **state)
{
	uint8_t p[32] = {32, 0, 0xdf, 0xff};

	(void)state;
	set_up();
	b.model.lost_questions = 1;
	while (b.model.lost_questions != 0)
		bench_run(&b, -1, 1);
	const uint32_t foreign = b.cyw.count.foreign;
	p[7] = 12;
	p[9] = b.cyw.credit;
	p[12] = REM_CYW_IOCTL_GET_RSSI;
	put16(p + 12 + 10, b.cyw.id - 1u);
	p[28] = 1;
	model_raw(&b.model, p, 32);
	bench_run(&b, -1, 1);
	assert_int_equal(b.cyw.count.foreign - foreign, 1);
	bench_run(&b, -1, 3000);
	assert_int_equal(b.cyw.count.unanswered, 1);
	assert_int_equal(b.cyw.rssi, -42);
}

static void missing_frames_are_counted(void **state)
{
	(void)state;
	set_up();
	b.model.chip_seq = (uint8_t)(b.model.chip_seq + 3);
	model_air(&b.model, frame, 60);
	bench_turn(&b);
	assert_int_equal(b.cyw.count.gaps, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length_goes_out_and_comes_in),
		cmocka_unit_test(headers_may_have_any_length),
		cmocka_unit_test(once_is_chance),
		cmocka_unit_test(any_buffer_will_do),
		cmocka_unit_test(costs_little_on_the_bus),
		cmocka_unit_test(is_quiet),
		cmocka_unit_test(questions_go_first),
		cmocka_unit_test(waits_for_credit),
		cmocka_unit_test(more_credit_than_can_be_is_none),
		cmocka_unit_test(an_old_answer_is_none),
		cmocka_unit_test(wrong_frames_are_counted),
		cmocka_unit_test(missing_frames_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
