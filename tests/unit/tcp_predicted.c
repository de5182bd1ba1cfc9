/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The short ways change nothing. Coming, any segment leaves a block as it leaves its twin that has got the same one with a bit
 * which no step looks at, CWR, and which no prediction lets pass. Going, the twin has a flag that nobody knows.
 */
#include <remora/outcome.h>
#include <remora/tcb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { SEEDS = 3000, STEPS = 400, CWR = 0x80, ROOM = 8192, MTU = 1480 };
#define ODD (UINT32_C(1) << 31)

static unsigned planned, acknowledged;
static bool listens;     /* who has nothing to say himself */
static uint16_t window; /* of a peer: a quarter of its bytes */

static uint32_t state;

static uint32_t draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)state * below >> 32);
}

/* In one of n cases. */
static bool seldom(uint32_t n)
{
	return draw(n) == 0;
}

static void open(struct rem_tcb *t, rem_time now)
{
	const struct rem_tcb_setup setup = {.room = ROOM, .mtu = MTU, .mss = 536, .iss = draw(UINT32_MAX),
					    .flags = seldom(3) ? REM_TCB_NO_TS : 0};
	struct rem_segment s, answer = {.flags = REM_SEG_SYN | REM_SEG_ACK,
					.options = REM_OPT_MSS | REM_OPT_SHIFT,
					.mss = 1460,
					.shift = 2,
					.seq = draw(UINT32_MAX)};
	struct rem_tcb_act act;

	answer.wnd = window = (uint16_t)(seldom(4) ? 50 + draw(700) : 20000);
	rem_tcb_init(t, &setup);
	assert_int_equal(rem_tcb_call(t, REM_CALL_OPEN, 0, now), REM_OK);
	assert_true(rem_tcb_plan(t, now, &s));
	rem_tcb_sent(t, &s, now);
	answer.ack = s.seq + 1;
	answer.options |= draw(2) ? REM_OPT_TS : 0;
	answer.options |= draw(2) ? REM_OPT_SACK_OK : 0;
	answer.tsval = draw(UINT32_MAX);
	answer.tsecr = s.tsval;
	rem_tcb_arrive(t, &answer, now, &act);
	assert_int_equal(t->state, REM_TCP_ESTABLISHED);
}

/* What a peer may say next, who is honest most of the time. */
static struct rem_segment segment(const struct rem_tcb *t)
{
	struct rem_segment s = {
		.flags = REM_SEG_ACK, .seq = t->rcv.nxt, .ack = t->snd.una, .wnd = window};

	s.ack += draw(t->snd.nxt - t->snd.una + 1);
	s.len = draw(2) ? draw(1449) : 0;
	s.flags |= draw(2) ? REM_SEG_PSH : 0;
	if (t->flags & REM_TCB_TS && !seldom(30)) {
		s.options = REM_OPT_TS;
		s.tsval = t->ts.recent + draw(3);
		s.tsecr = t->ts.offset;
	}
	if (seldom(8))
		s.wnd = (uint16_t)draw(3000);
	if (seldom(10))
		s.seq += draw(3000) - 1500;
	if (seldom(15))
		s.ack += draw(3000) - 1500;
	if (seldom(20))
		s.tsval -= draw(100);
	if (seldom(20) && t->snd.nxt != t->snd.una) {
		const uint32_t from = t->snd.una + draw(t->snd.nxt - t->snd.una);

		s.sack[s.sacks++] = (struct rem_range){from, from + draw(2000)};
	}
	if (seldom(20))
		s.flags |= REM_SEG_FIN;
	if (t->flags & REM_TCB_FIN_SEEN && t->rcv.fin - t->rcv.nxt < 1449 && draw(2)) {
		s.seq = t->rcv.nxt; /* what was missing in front of it */
		s.len = t->rcv.fin - t->rcv.nxt;
	}
	if (seldom(200))
		s.flags |= (uint8_t)draw(64);
	if (seldom(20)) {
		s.flags |= REM_SEG_URG;
		s.urgent = (uint16_t)draw(2000);
	}
	return s;
}

/* Nothing but an ACK is to be said, and it is said: t ends as its twin does, who has been asked for any segment. */
static void acknowledge(struct rem_tcb *t, rem_time now)
{
	struct rem_tcb twin = *t;
	struct rem_segment s, other;

	if (!rem_tcb_plan_ack(t, now, &s))
		return;
	assert_true(rem_tcb_plan(&twin, now, &other));
	assert_true(s.seq == other.seq && s.ack == other.ack && s.wnd == other.wnd);
	assert_true(s.len == 0 && other.len == 0 && s.flags == other.flags);
	assert_true(s.options == REM_OPT_TS && other.options == REM_OPT_TS);
	assert_true(s.sacks == 0 && other.sacks == 0 && s.urgent == other.urgent);
	assert_true(s.tsval == other.tsval && s.tsecr == other.tsecr);
	rem_tcb_sent_ack(t, &s);
	rem_tcb_sent(&twin, &other, now);
	assert_memory_equal(t, &twin, sizeof(twin));
	acknowledged++;
}

/* The next segment goes, if there is one, and the twin's is the same. */
static bool send(struct rem_tcb *t, rem_time now)
{
	struct rem_tcb twin;
	struct rem_segment s, other;

	memcpy(&twin, t, sizeof(twin));
	memset(&s, 0, sizeof(s));
	memset(&other, 0, sizeof(other));
	twin.flags |= ODD;
	const bool goes = rem_tcb_plan(t, now, &s);
	assert_int_equal(rem_tcb_plan(&twin, now, &other), goes);
	if (!goes)
		return false;
	assert_int_equal(rem_segment_header(&s), rem_segment_header(&other));
	assert_true(s.seq == other.seq && s.ack == other.ack && s.len == other.len);
	assert_true(s.wnd == other.wnd && s.urgent == other.urgent && s.why == other.why);
	assert_true(s.flags == other.flags && s.options == other.options && s.sacks == other.sacks);
	assert_true(!(s.options & REM_OPT_TS) ||
		    (s.tsval == other.tsval && s.tsecr == other.tsecr));
	rem_tcb_sent(t, &s, now);
	rem_tcb_sent(&twin, &other, now);
	twin.flags &= ~ODD;
	assert_memory_equal(t, &twin, sizeof(twin));
	planned += s.why == REM_WHY_TCP_SENT_DATA;
	return true;
}

/* The user, and time. */
static void live(struct rem_tcb *t, rem_time *now)
{
	*now += seldom(30) ? draw(3000000) : draw(50000);
	if (draw(2) && !listens)
		rem_tcb_call(t, REM_CALL_SEND, draw(4000), *now);
	if (draw(2) && t->rcv.used > 0)
		rem_tcb_call(t, REM_CALL_RECEIVE, 1 + draw(t->rcv.used), *now);
	if (seldom(200))
		rem_tcb_narrow(t, (uint16_t)(700 + draw(800)));
	if (seldom(100))
		rem_tcb_call(t, REM_CALL_URGENT, 0, *now);
	if (seldom(300))
		rem_tcb_call(t, draw(2) ? REM_CALL_SHUT : REM_CALL_CLOSE, 0, *now);
	for (unsigned i = draw(6); i > 0 && send(t, *now); i--)
		;
}

static void same(void **unused)
{
	unsigned accepted = 0;

	(void)unused;
	for (unsigned seed = 0; seed < SEEDS; seed++) {
		struct rem_tcb t, twin;
		rem_time now = 5000000;

		state = seed;
		listens = seed % 4 == 0;
		open(&t, now);
		for (unsigned i = 0; i < STEPS && t.state != REM_TCP_CLOSED; i++) {
			struct rem_tcb_act act, other;

			live(&t, &now);
			const struct rem_segment s = segment(&t);
			struct rem_segment odd = s;

			odd.flags |= CWR;
			memcpy(&twin, &t, sizeof(t));
			rem_tcb_arrive(&t, &s, now, &act);
			rem_tcb_arrive(&twin, &odd, now, &other);
			assert_memory_equal(&act, &other, sizeof(act));
			assert_memory_equal(&t, &twin, sizeof(t));
			if (draw(2))
				acknowledge(&t, now);
			accepted += act.why == REM_WHY_TCP_ACCEPTED || act.why == REM_WHY_TCP_ACKED;
		}
	}
	assert_true(accepted > 20 * SEEDS && planned > 20 * SEEDS && acknowledged > SEEDS / 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(same)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
