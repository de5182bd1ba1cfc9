/* SPDX-License-Identifier: BSD-3-Clause */
/* The TCP state machine: what the user calls for and what time ends, RFC 9293 3.10.1 to 3.10.6 and
 * 3.10.8. Segments arrive in tcp_arrive.c and are planned in tcp_plan.c. */
#include "net/tcp_fsm.h"
#include <remora/tcp.h>

/* All but what the user wishes, and the ranges, of which there are as many as are counted. */
static inline void clear(struct rem_tcb *t)
{
	if (REM_SMALL) {
		rem_fill(t, 0, offsetof(struct rem_tcb, patience));
		return;
	}
	/* Of more at once gcc makes a loop. */
	rem_fill(t, 0, offsetof(struct rem_tcb, rcv));
	rem_fill(&t->rcv, 0, sizeof(t->rcv));
	rem_fill(&t->cc, 0, sizeof(t->cc));
	rem_fill(&t->rtt, 0, offsetof(struct rem_tcb, patience) - offsetof(struct rem_tcb, rtt));
}

void rem_tcb_init(struct rem_tcb *t, const struct rem_tcb_setup *setup)
{
	const uint32_t wishes = REM_TCB_NODELAY | REM_TCB_KEEPALIVE | REM_TCB_RENO |
				REM_TCB_NO_SACK | REM_TCB_NO_TS | REM_TCB_NO_SHIFT |
				REM_TCB_IMPATIENT;

	clear(t);
	t->flags = setup->flags & wishes;
	t->snd.iss = t->snd.una = t->snd.nxt = setup->iss;
	t->snd.end = t->snd.small = t->snd.up = setup->iss + 1;
	t->rcv.room = setup->room;
	t->rcv.mss = (uint16_t)(setup->mtu - REM_TCP_HEADER);
	t->rcv.usual = setup->mss;
	t->snd.mss = t->rcv.mss;
	t->rcv.shift = rem_tcb_shift(setup->room);
	t->cc.ssthresh = UINT32_MAX;
	t->rtt.rto = RTO_FIRST;
	t->ts.offset = setup->ts_offset;
	t->at.rto = t->at.ack = t->at.life = REM_NEVER;
	t->challenged = 0u - CHALLENGE_GAP;
}

void rem_tcb_forget(struct rem_tcb *t)
{
	t->state = REM_TCP_CLOSED;
	t->flags &= ~(uint32_t)(REM_TCB_ACK_NOW | REM_TCB_RST_NOW | REM_TCB_SYN_NOW |
				REM_TCB_HEAD_AGAIN);
	t->at.rto = t->at.ack = t->at.life = REM_NEVER;
}

inline rem_time rem_tcb_patience(const struct rem_tcb *t)
{
	if (t->patience > 0)
		return rem_milliseconds(t->patience);
	if (rem_tcb_synchronized(t))
		return PATIENCE;
	if (t->state != REM_TCP_SYN_RECEIVED)
		return SYN_PATIENCE;
	return t->flags & REM_TCB_PASSIVE ? HALF_OPEN : SYN_PATIENCE;
}

inline void rem_tcb_agree(struct rem_tcb *t, const struct rem_segment *syn, rem_time now)
{
	const uint32_t mss = syn->options & REM_OPT_MSS ? syn->mss : t->rcv.usual;
	const uint32_t options = syn->options & OPTIONS & ~(t->flags / REM_TCB_UNWISHED);

	t->flags |= options * REM_TCB_AGREED;
	t->rcv.irs = syn->seq;
	t->rcv.acked = syn->seq;
	t->rcv.nxt = t->rcv.up = syn->seq + 1;
	t->rcv.adv = t->rcv.nxt + rem_least(t->rcv.room, UINT16_MAX);
	t->snd.mss = (uint16_t)rem_most(rem_least(mss, t->snd.mss), MSS_LEAST);
	t->snd.wnd = t->snd.widest = syn->wnd; /* of a SYN it is never scaled: RFC 7323 2.2 */
	t->snd.wl1 = syn->seq;
	t->snd.wl2 = t->snd.una;
	if (options & REM_OPT_SHIFT)
		t->snd.shift = syn->shift;
	else
		t->rcv.shift = 0;
	if (options & REM_OPT_TS) {
		t->ts.recent = syn->tsval;
		t->ts.recent_at = rem_tcb_age(now);
	}
}

void rem_tcb_establish(struct rem_tcb *t, rem_time now)
{
	t->state = t->flags & REM_TCB_FIN ? REM_TCP_FIN_WAIT_1 : REM_TCP_ESTABLISHED;
	t->flags &= ~(uint32_t)REM_TCB_SYN_NOW;
	t->at.rto = t->at.life = REM_NEVER;
	t->cc.rxt = t->cc.lost = t->cc.recover = t->cc.used = t->snd.una;
	t->cc.wnd = rem_recovery_first_window(t);
	if (t->flags & REM_TCB_SYN_AGAIN) {
		t->cc.wnd = rem_tcb_full(t); /* RFC 5681 3.1 */
		if (!(t->flags & REM_TCB_MEASURED))
			t->rtt.rto = RTO_AFTER_SYN;
	}
	t->heard = now;
}

void rem_tcb_cookie(struct rem_tcb *t, const struct rem_segment *syn, uint32_t iss, rem_time now)
{
	t->snd.iss = iss;
	t->snd.una = t->snd.nxt = t->snd.end = t->snd.small = t->snd.up = iss + 1;
	t->flags |= REM_TCB_PASSIVE;
	rem_tcb_agree(t, syn, now);
	t->rcv.acked = t->rcv.nxt;
	rem_tcb_establish(t, now);
}

void rem_tcb_narrow(struct rem_tcb *t, uint16_t mtu)
{
	const uint32_t mss = rem_most(mtu, REM_TCP_HEADER + MSS_LEAST) - REM_TCP_HEADER;

	if (mss >= t->snd.mss)
		return;
	t->snd.mss = (uint16_t)mss;
	/* What is on its way did not get through: RFC 1191 6.4. No sign of congestion. */
	t->cc.lost = t->snd.nxt;
	t->cc.rxt = t->snd.una;
	if (t->snd.una != t->snd.nxt && rem_tcb_synchronized(t))
		t->flags |= REM_TCB_HEAD_AGAIN;
}

void rem_tcb_arm(struct rem_tcb *t, rem_time now)
{
	if (!rem_tcb_synchronized(t) || t->snd.una == rem_tcb_last(t))
		return;
	if (t->at.rto == REM_NEVER)
		rem_tcb_restart(t, now);
	if (t->at.life == REM_NEVER)
		rem_tcb_wait(t, now);
}

static void open_call(struct rem_tcb *t, rem_time now)
{
	t->state = REM_TCP_SYN_SENT;
	t->flags |= REM_TCB_SYN_NOW;
	rem_tcb_wait(t, now);
}

/* They may send `left` bytes more, and could send more than that: RFC 9293 3.8.6.2.2. */
REM_BESIDE void open_window(struct rem_tcb *t, uint32_t left)
{
	const bool shut = left < t->rcv.full;
	const uint32_t more = rem_tcb_edge(t) - t->rcv.adv;

	if (more > 0 && (shut || more >= 2 * rem_tcb_theirs(t) || more >= t->rcv.room / 2))
		t->flags |= shut ? REM_TCB_ACK_NOW | REM_TCB_REOPENED : REM_TCB_ACK_NOW;
}

REM_OWN static int receive_call(struct rem_tcb *t, uint32_t n)
{
	const uint32_t left = t->rcv.adv - t->rcv.nxt;

	t->rcv.used -= n;
	/* While they may send half of it they will, and the answer to that says the same. */
	if (rem_tcb_receives(t) && (left < t->rcv.full || left < t->rcv.room / 2))
		open_window(t, left);
	return REM_OK;
}

static int abort_call(struct rem_tcb *t)
{
	const bool tell = t->state >= REM_TCP_SYN_RECEIVED && t->state <= REM_TCP_CLOSE_WAIT;

	rem_tcb_forget(t);
	if (tell)
		t->flags |= REM_TCB_RST_NOW;
	return REM_OK;
}

/* CLOSE: RFC 9293 3.10.4. The FIN goes behind what is in the ring. */
static int shut_call(struct rem_tcb *t, rem_time now)
{
	switch (t->state) {
	case REM_TCP_LISTEN:
	case REM_TCP_SYN_SENT: rem_tcb_forget(t); return REM_OK;
	case REM_TCP_ESTABLISHED: t->state = REM_TCP_FIN_WAIT_1; break;
	case REM_TCP_CLOSE_WAIT: t->state = REM_TCP_LAST_ACK; break;
	default: break;
	}
	if (t->flags & REM_TCB_FIN)
		return REM_CLOSED;
	t->flags |= REM_TCB_FIN;
	rem_tcb_arm(t, now);
	return REM_OK;
}

static int close_call(struct rem_tcb *t, rem_time now)
{
	if (t->rcv.used >
	    0) /* RFC 9293 3.6.1, SHLD-3: what nobody read is lost, and they shall know */
		return abort_call(t);
	const int err = shut_call(t, now);

	t->flags |= REM_TCB_GONE;
	if (t->state == REM_TCP_FIN_WAIT_2)
		t->at.life = now + ORPHAN;
	return err;
}

int rem_tcb_call(struct rem_tcb *t, enum rem_tcb_call call, uint32_t n, rem_time now)
{
	if (t->state == REM_TCP_CLOSED && call > REM_CALL_LISTEN)
		return REM_CLOSED;
	switch (call) {
	case REM_CALL_OPEN:
		if (t->state > REM_TCP_LISTEN)
			return REM_STATE;
		open_call(t, now);
		return REM_OK;
	case REM_CALL_LISTEN:
		if (t->state > REM_TCP_CLOSED)
			return REM_STATE;
		t->state = REM_TCP_LISTEN;
		return REM_OK;
	case REM_CALL_SEND:
		if (t->flags & REM_TCB_FIN)
			return REM_CLOSED;
		t->snd.end += n;
		rem_tcb_arm(t, now);
		return REM_OK;
	case REM_CALL_URGENT: /* RFC 9293 3.8.5, MUST-30 */
		t->snd.up = t->snd.end;
		t->flags |= REM_TCB_SEND_URGENT;
		return REM_OK;
	case REM_CALL_RECEIVE: return receive_call(t, n);
	case REM_CALL_SHUT: return shut_call(t, now);
	case REM_CALL_CLOSE: return close_call(t, now);
	default: return abort_call(t);
	}
}

/* When silence has lasted long enough to ask whether anybody is there: RFC 9293 3.8.4. */
rem_time rem_tcb_keep_at(const struct rem_tcb *t)
{
	if (!(t->flags & REM_TCB_KEEPALIVE) || t->state < REM_TCP_ESTABLISHED ||
	    t->state == REM_TCP_TIME_WAIT || t->snd.una != t->snd.nxt)
		return REM_NEVER;
	const uint32_t idle = t->keep_every > 0 ? t->keep_every : KEEP_IDLE;
	const uint32_t gap = rem_least(idle, KEEP_GAP);
	return t->heard + rem_milliseconds(idle + t->snd.probes * gap);
}

bool rem_tcb_expire(struct rem_tcb *t, rem_time now)
{
	if (now < t->at.life && (t->snd.probes < KEEP_PROBES || now < rem_tcb_keep_at(t)))
		return false;
	if (t->state == REM_TCP_CLOSED)
		return false;
	rem_tcb_forget(t);
	return true;
}

rem_time rem_tcb_due(const struct rem_tcb *t)
{
	rem_time least = t->at.rto;

	rem_sooner(&least, t->at.ack);
	rem_sooner(&least, t->at.life);
	if (REM_SMALL || t->flags & REM_TCB_KEEPALIVE)
		rem_sooner(&least, rem_tcb_keep_at(t));
	return least;
}

void rem_tcb_reset(const struct rem_segment *in, struct rem_segment *out)
{
	*out = (struct rem_segment){.flags = REM_SEG_RST, .why = REM_WHY_TCP_SENT_RST};
	if (in->flags & REM_SEG_ACK) {
		out->seq = in->ack;
	} else {
		out->flags = REM_SEG_RST | REM_SEG_ACK;
		out->ack = in->seq + rem_segment_len(in);
	}
}
