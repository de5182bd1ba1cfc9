/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The short ways of TCP write the same frames as the long ones: two hosts hold the same conversation twice, the second time with
 * a flag that nobody knows, which no short way lets pass.
 */
#include "tcp_pair.h"

enum { TALKS = 40, STEPS = 1500, FRAMES = 20000, MOST = 6000 };
#define ODD (UINT32_C(1) << 31)

struct talk {
	uint32_t frames, read;
	uint32_t digest[FRAMES]; /* of each frame, when it went, and what was read before it */
};

static struct talk talks[2];
static uint32_t state;

static uint32_t draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)state * below >> 32);
}

static uint32_t digest(uint32_t h, const uint8_t *p, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 16777619;
	return h;
}

static void note(struct talk *k, uint32_t n)
{
	assert_true(k->frames < FRAMES);
	k->digest[k->frames++] = digest(k->read ^ (uint32_t)now, wire + 2, n);
}

/* As run() does, but some frames get lost, others come twice, and all are noted. */
static void carry_all(struct talk *k, uint32_t loss)
{
	struct side *from = &us, *to = &them, *other;

	for (unsigned idle = 0; idle < 2; other = from, from = to, to = other) {
		int n = take_out(from);

		idle = n > 0 ? 0 : idle + 1;
		for (struct side *s = to; n > 0; s = s == to ? from : to) {
			uint8_t kept[FRAME + 2];

			note(k, (uint32_t)n);
			if (loss > 0 && draw(loss) == 0)
				break;
			memcpy(kept, wire, sizeof(kept));
			const int answer = hand_in(s, (uint32_t)n);
			if (loss > 0 && draw(loss) == 0 && answer <= 0) {
				memcpy(wire, kept, sizeof(kept));
				n = hand_in(s, (uint32_t)n);
			} else {
				n = answer;
			}
		}
	}
}

static void step(struct talk *k, struct rem_tcp_conn *c)
{
	static uint8_t bytes[MOST];
	const uint32_t most = draw(4) == 0 ? MOST : 1 + draw(20);
	int n;

	switch (draw(4)) {
	case 0:
	case 1:
		for (uint32_t i = 0; i < most; i++)
			bytes[i] = (uint8_t)draw(256);
		assert_true(rem_tcp_write(c, bytes, most, now) >= 0);
		break;
	case 2:
		n = rem_tcp_read(c, bytes, most, now);
		assert_true(n >= 0);
		k->read = digest(k->read, bytes, (uint32_t)n);
		break;
	default: now += draw(2) ? draw(2000) : draw(600000); break;
	}
}

/* Two hosts talk, by the seed; `flags` is their wish, `odd` sends all they say the long way. */
static void hold(struct talk *k, uint32_t seed, uint32_t flags, uint32_t odd)
{
	state = seed;
	k->frames = k->read = 0;
	tcp_pair_init(CONNS);
	rem_tcp_wish(&we.conn[0], flags);
	struct rem_tcp_conn *c = dial_and_accept(0);
	const uint32_t loss = draw(3) == 0 ? 20 : 0;

	we.conn[0].tcb.flags |= odd;
	c->tcb.flags |= odd;
	for (unsigned i = 0; i < STEPS; i++) {
		step(k, draw(2) ? c : &we.conn[0]);
		if (draw(3) > 0)
			carry_all(k, loss);
	}
}

static void same_frames(void **unused)
{
	const uint32_t flags[] = {0, REM_TCB_NODELAY, REM_TCB_NO_TS,
				  REM_TCB_NO_SACK | REM_TCB_KEEPALIVE};
	uint32_t frames = 0;

	(void)unused;
	for (uint32_t i = 0; i < TALKS; i++) {
		hold(&talks[0], i, flags[i & 3], 0);
		hold(&talks[1], i, flags[i & 3], ODD);
		assert_int_equal(talks[0].frames, talks[1].frames);
		assert_memory_equal(talks[0].digest, talks[1].digest,
				    talks[0].frames * sizeof(talks[0].digest[0]));
		assert_int_equal(talks[0].read, talks[1].read);
		frames += talks[0].frames;
	}
	assert_true(frames > TALKS * STEPS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_frames),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
