/* SPDX-License-Identifier: BSD-3-Clause */
/* Headers of segments that are read and written at one look, beside the ones that are walked; and every short sum. */
#include "tcp_pair.h"

enum { USUAL = 40, LONGER = 44 };

/* What Linux sends, and we do. */
static const uint8_t syn[USUAL] = {0x12, 0x34, 0x00, 0x50, 0xde, 0xad, 0xbe, 0xef, 0,    0,
				   0,    0,    0xa0, 0x02, 0xfa, 0xf0, 0,    0,    0,    0,
				   0x02, 0x04, 0x05, 0xb4, 0x04, 0x02, 0x08, 0x0a, 0x01, 0x02,
				   0x03, 0x04, 0x0a, 0x0b, 0x0c, 0x0d, 0x01, 0x03, 0x03, 0x07};

static int read(const uint8_t *p, uint32_t n, struct rem_segment *s)
{
	memset(s, 0, sizeof(*s));
	return rem_segment_read(s, (struct rem_view){p, n, n});
}

static void assert_same(const struct rem_segment *a, const struct rem_segment *b)
{
	assert_true(a->seq == b->seq && a->ack == b->ack && a->len == b->len && a->wnd == b->wnd);
	assert_true(a->flags == b->flags && a->options == b->options && a->sacks == b->sacks);
	assert_true(a->mss == b->mss && a->shift == b->shift && a->urgent == b->urgent);
	assert_true(a->tsval == b->tsval && a->tsecr == b->tsecr);
}

static void usual_syn(void **state)
{
	uint8_t p[USUAL] = {0x12, 0x34, 0x00, 0x50};
	struct rem_segment s;

	(void)state;
	assert_int_equal(read(syn, USUAL, &s), USUAL);
	assert_true(s.seq == 0xdeadbeef && s.ack == 0 && s.wnd == 0xfaf0 && s.len == 0);
	assert_true(s.flags == REM_SEG_SYN && s.mss == 1460 && s.shift == 7 && s.sacks == 0);
	assert_true(s.tsval == 0x01020304 && s.tsecr == 0x0a0b0c0d);
	assert_int_equal(s.options, REM_OPT_MSS | REM_OPT_SHIFT | REM_OPT_SACK_OK | REM_OPT_TS);
	assert_int_equal(rem_segment_header(&s), USUAL);
	assert_int_equal(rem_segment_write(&s, p), USUAL);
	assert_memory_equal(p, syn, USUAL);
}

/* Whatever its options become, and its flags: it is read as it is behind four NOPs, where nobody takes them for the usual. */
static void nearly_usual(void **state)
{
	struct rem_segment a, b;

	(void)state;
	for (unsigned at = 13; at < USUAL; at++) {
		for (unsigned value = 0; value < 256; value++) {
			uint8_t p[LONGER] = {0};

			memcpy(p, syn, USUAL);
			p[at] = (uint8_t)value;
			const int n = read(p, USUAL, &a);

			memmove(p + LONGER - 20, p + REM_TCP_HEADER, 20);
			memset(p + REM_TCP_HEADER, REM_TCP_OPT_NOP, LONGER - USUAL);
			p[12] = LONGER / 4 << 4;
			assert_int_equal(read(p, LONGER, &b), n < 0 ? n : LONGER);
			if (n > 0)
				assert_same(&a, &b);
		}
	}
}

/* All that a header can have, there and back. */
static void there_and_back(void **state)
{
	uint8_t p[REM_SEG_HEADER_MAX + 8];

	(void)state;
	for (unsigned options = 0; options < 16; options++) {
		for (uint8_t sacks = 0; sacks <= 3; sacks++) {
			struct rem_segment s = {.seq = 1, .ack = 2, .wnd = 3, .urgent = 4}, back;

			s.flags = REM_SEG_SYN | REM_SEG_ACK | REM_SEG_URG;
			s.options = (uint8_t)options;
			s.sacks = sacks;
			s.mss = options & REM_OPT_MSS ? 1000 : 0;
			s.shift = options & REM_OPT_SHIFT ? 5 : 0;
			s.tsval = options & REM_OPT_TS ? 600 : 0;
			s.tsecr = options & REM_OPT_TS ? 700 : 0;
			const uint32_t n = rem_segment_header(&s);

			if (n > REM_SEG_HEADER_MAX)
				continue;
			memset(p, 0, sizeof(p));
			assert_int_equal(rem_segment_write(&s, p), n);
			assert_int_equal(read(p, n, &back), n);
			assert_same(&s, &back);
		}
	}
}

/* The sum of a segment in the frame that was sent last, with that of its pseudo header. */
static uint32_t sum_of_last(uint32_t n)
{
	uint8_t pseudo[12] = {0};

	memcpy(pseudo, us.last + 26, 8);
	pseudo[9] = REM_IP_TCP;
	pseudo[11] = (uint8_t)n;
	return rem_sum_fold(rem_sum(pseudo, sizeof(pseudo)) + rem_sum(us.last + 34, n));
}

static void every_length(uint32_t flags, uint32_t header)
{
	uint8_t bytes[100];

	tcp_pair_init(1);
	rem_tcp_wish(&we.conn[0], flags | REM_TCB_NODELAY);
	struct rem_tcp_conn *there = dial_and_accept(0);

	for (uint32_t n = 1; n <= sizeof(bytes); n++) {
		memset(bytes, (int)(n * 37), n);
		assert_int_equal(rem_tcp_write(&we.conn[0], bytes, n, now), n);
		const int frame = take_out(&us);
		assert_int_equal(rem_get(us.last + 14, REM_IPV4_TOTAL),
				 REM_IPV4_HEADER + header + n);
		assert_int_equal(sum_of_last(header + n), 0xffff);
		hand_in(&them, (uint32_t)frame);
		assert_int_equal(rem_tcp_read(there, bytes, sizeof(bytes), now), n);
		now += SECOND / 10;
		run();
	}
}

static void sums(void **state)
{
	(void)state;
	every_length(0, 32);
	every_length(REM_TCB_NO_TS, 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usual_syn),
		cmocka_unit_test(nearly_usual),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(sums),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
