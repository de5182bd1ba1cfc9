/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The TCP state machine: a byte string is a schedule of calls, segments and time. Segments are made
 * near the numbers of the connection, so that they are not all refused. What must always hold is
 * checked after each step.
 */
#include <remora/node.h>
#include <remora/outcome.h>
#include <remora/tcb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct input {
	const uint8_t *p, *end;
};

static uint32_t byte(struct input *in)
{
	return in->p < in->end ? *in->p++ : 0;
}

static uint32_t word(struct input *in)
{
	const uint32_t high = byte(in);

	return high << 8 | byte(in);
}

static void hold_at(bool what, int line)
{
	if (!what) {
		fprintf(stderr, "line %d does not hold\n", line);
		abort();
	}
}

#define hold(what) hold_at(what, __LINE__)

/* A number near one of ours. */
static uint32_t near(struct input *in, uint32_t a, uint32_t b)
{
	const uint32_t how = byte(in);

	switch (how & 7) {
	case 0: return a;
	case 1: return b;
	case 2: return a - 1;
	case 3: return b + 1;
	case 4: return a + byte(in);
	case 5: return a + word(in);
	case 6: return b - word(in);
	default: return word(in) << 16 | word(in);
	}
}

static void check_ranges(const struct rem_tcb *t)
{
	for (unsigned i = 0; i < t->holes; i++) {
		hold(rem_seq_before(t->snd.una, t->sacked[i].to));
		hold(rem_seq_before(t->sacked[i].from, t->sacked[i].to));
		hold(!rem_seq_before(t->snd.nxt, t->sacked[i].to));
		hold(i == 0 || rem_seq_before(t->sacked[i - 1].to, t->sacked[i].from));
	}
	for (unsigned i = 0; i < t->blocks; i++) {
		hold(rem_seq_before(t->block[i].from, t->block[i].to));
		hold(t->block[i].to - t->rcv.nxt <= t->rcv.room - t->rcv.used);
		for (unsigned k = 0; k < i; k++)
			hold(rem_seq_before(t->block[i].to, t->block[k].from) ||
			     rem_seq_before(t->block[k].to, t->block[i].from));
	}
}

static void check(const struct rem_tcb *t)
{
	hold(t->state <= REM_TCP_TIME_WAIT);
	hold(t->blocks <= REM_TCP_RANGES && t->holes <= REM_TCP_RANGES);
	hold(t->rcv.used <= t->rcv.room);
	if (t->state < REM_TCP_ESTABLISHED)
		return;
	hold(!rem_seq_before(t->snd.nxt, t->snd.una));
	hold(t->snd.nxt - t->snd.end <= 1 || rem_seq_before(t->snd.nxt, t->snd.end));
	hold(t->rcv.adv - t->rcv.nxt <= t->rcv.room);
	hold(!rem_seq_before(t->cc.rxt, t->snd.una) && !rem_seq_before(t->snd.nxt, t->cc.rxt));
	hold(!rem_seq_before(t->cc.lost, t->snd.una) && !rem_seq_before(t->snd.nxt, t->cc.lost));
	hold(t->cc.wnd > 0 && t->rtt.rto > 0);
	/* Who waits for an answer will not wait forever. */
	hold(t->snd.una == t->snd.nxt || (t->at.rto != REM_NEVER && t->at.life != REM_NEVER));
	check_ranges(t);
}

static void arrive(struct rem_tcb *t, struct input *in, uint32_t *ring, rem_time now)
{
	struct rem_segment s = {.flags = (uint8_t)(byte(in) & 63), .why = 0};
	struct rem_tcb_act a;

	s.seq = near(in, t->rcv.nxt, t->rcv.adv);
	s.ack = near(in, t->snd.una, t->snd.nxt);
	s.wnd = (uint16_t)word(in);
	s.len = byte(in) & 1 ? word(in) : byte(in);
	s.options = (uint8_t)(byte(in) & 15);
	s.mss = (uint16_t)word(in);
	s.shift = (uint8_t)(byte(in) % 15);
	s.tsval = t->ts.recent + byte(in) - 8;
	s.tsecr = (uint32_t)(now >> 10) + t->ts.offset - byte(in);
	s.urgent = (uint16_t)byte(in);
	s.sacks = (uint8_t)(byte(in) % 5);
	for (unsigned i = 0; i < s.sacks; i++) {
		s.sack[i].from = near(in, t->snd.una, t->snd.nxt);
		s.sack[i].to = s.sack[i].from + word(in);
	}
	const bool dead = t->state == REM_TCP_CLOSED;

	rem_tcb_arrive(t, &s, now, &a);
	hold(rem_reason_name(a.why) != NULL);
	hold(a.take <= s.len && a.skip <= s.len - a.take);
	hold(a.take == 0 || a.at + a.take <= t->rcv.room);
	hold(a.acked <= *ring);
	*ring -= a.acked;
	hold(dead || !(a.flags & REM_ACT_CLOSED) || t->state == REM_TCP_CLOSED);
	hold(!(a.flags & REM_ACT_ANSWER_RST) || !(s.flags & REM_SEG_RST));
}

static void plan(struct rem_tcb *t, uint32_t ring, bool refused, rem_time now)
{
	struct rem_segment s, again;
	uint8_t bytes[REM_SEG_HEADER_MAX];

	for (unsigned i = 0; i < 100; i++) {
		memset(&s, 0, sizeof(s));
		if (!rem_tcb_plan(t, now, &s)) {
			hold(rem_tcb_due(t) > now || t->at.life <= now ||
			     rem_tcb_due(t) == REM_NEVER || t->snd.probes >= 9);
			return;
		}
		memset(&again, 0, sizeof(again));
		hold(rem_tcb_plan(t, now, &again) && again.seq == s.seq && again.len == s.len);
		hold(rem_reason_name(s.why) != NULL);
		hold(rem_segment_write(&s, bytes) == rem_segment_header(&s));
		hold(s.len == 0 || s.seq - rem_tcb_base(t) + s.len <= ring);
		hold(s.len + rem_segment_header(&s) <= 20u + t->snd.mss || s.len <= 1);
		if (refused)
			return;
		rem_tcb_sent(t, &s, now);
		check(t);
	}
	hold(!(t->flags & REM_TCB_ACK_NOW));
}

static void call(struct rem_tcb *t, const struct rem_tcb_setup *setup, struct input *in,
		 uint32_t *ring, rem_time now)
{
	const enum rem_tcb_call what = byte(in) % (REM_CALL_ABORT + 1);
	uint32_t n = 0;

	if (what <= REM_CALL_LISTEN && t->state == REM_TCP_CLOSED) {
		rem_tcb_init(t, setup); /* a block is for one connection */
		*ring = 0;
	}

	if (what == REM_CALL_SEND)
		n = word(in) % (65536 - *ring);
	if (what == REM_CALL_RECEIVE)
		n = t->rcv.used > 0 ? word(in) % (t->rcv.used + 1) : 0;
	if (rem_tcb_call(t, what, n, now) == REM_OK && what == REM_CALL_SEND)
		*ring += n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = {data, data + size};
	struct rem_tcb_setup setup = {
		.mss = 536, .flags = (uint32_t)byte(&in) << 17, .iss = word(&in) << 16 | 0xff80};
	struct rem_tcb t;
	rem_time now = 1000000;
	uint32_t ring = 0;

	setup.room = 1 + (word(&in) << (byte(&in) & 3));
	setup.mtu = (uint16_t)(100 + word(&in) % 9000);
	memset(&t, 0, sizeof(t));
	rem_tcb_init(&t, &setup);
	while (in.p < in.end) {
		switch (byte(&in) & 7) {
		case 0: call(&t, &setup, &in, &ring, now); break;
		case 1: now += word(&in) * 100; break;
		case 2:
			now = rem_tcb_due(&t) != REM_NEVER && rem_tcb_due(&t) > now
				      ? rem_tcb_due(&t)
				      : now;
			break;
		case 3: plan(&t, ring, (byte(&in) & 3) == 0, now); break;
		case 4:
			if (byte(&in) == 0)
				rem_tcb_narrow(&t, (uint16_t)word(&in));
			rem_tcb_expire(&t, now);
			break;
		default: arrive(&t, &in, &ring, now); break;
		}
		check(&t);
	}
	return 0;
}
