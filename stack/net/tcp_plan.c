/* SPDX-License-Identifier: BSD-3-Clause */
/* What a TCP would send now, and what it means that it has: RFC 9293 3.7.4 (Nagle), 3.8.1
 * (retransmission), 3.8.4 (keepalive), 3.8.6 (windows, silly ones and shut ones, acknowledgments). */
#include "net/tcp_fsm.h"
#include <remora/tcp.h>

uint32_t rem_tcb_edge(const struct rem_tcb *t)
{
	const uint32_t room = t->rcv.room - t->rcv.used, offered = t->rcv.adv - t->rcv.nxt;
	/* RFC 9293 3.8.6.2.2: it stays where it is until it can move by a good piece. */
	const int32_t step = (int32_t)rem_least(t->rcv.room / 2, rem_tcb_theirs(t));

	if (!REM_SMALL && (int32_t)(room - offered) < step)
		return t->rcv.adv;
	const uint32_t most = rem_least(room >> t->rcv.shift, UINT16_MAX) << t->rcv.shift;
	const uint32_t more = most - offered;

	return (int32_t)more < step ? t->rcv.adv : t->rcv.adv + more;
}

inline bool rem_tcb_pending(const struct rem_tcb *t)
{
	if (t->flags & (REM_TCB_ACK_NOW | REM_TCB_RST_NOW | REM_TCB_SYN_NOW | REM_TCB_HEAD_AGAIN))
		return true;
	return rem_tcb_synchronized(t) &&
	       (t->snd.nxt != rem_tcb_last(t) ||
		(rem_seq_before(t->snd.una, t->cc.lost) && rem_seq_before(t->cc.rxt, t->cc.lost)));
}

/* What every segment has but a SYN. */
static inline void begin(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	s->ack = t->rcv.nxt;
	s->wnd = (uint16_t)((rem_tcb_edge(t) - t->rcv.nxt) >> t->rcv.shift);
	s->options = t->flags & REM_TCB_TS ? REM_OPT_TS : 0;
	s->sacks = 0;
	if (t->flags & REM_TCB_TS) {
		s->tsval = rem_tcb_clock(t, now);
		s->tsecr = t->ts.recent;
	}
}

/* RFC 2018 4 */
static inline void add_sacks(const struct rem_tcb *t, struct rem_segment *s)
{
	if (t->blocks == 0 || !(t->flags & REM_TCB_SACK))
		return;
	s->sacks = (uint8_t)rem_least(t->blocks, REM_SEG_SACKS - s->options / REM_OPT_TS);
	for (unsigned i = 0; i < s->sacks; i++)
		s->sack[i] = t->block[i];
}

static bool is_opening(const struct rem_tcb *t)
{
	return t->state == REM_TCP_SYN_SENT || t->state == REM_TCP_SYN_RECEIVED;
}

/* An active opener offers all that it can; who answers, what both can. */
inline bool rem_tcb_plan_syn(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	const bool offer = t->state == REM_TCP_SYN_SENT;
	const uint32_t f = t->flags;

	if (!is_opening(t) || !(f & REM_TCB_SYN_NOW || rem_has_come(t->at.rto, now)))
		return false;
	*s = (struct rem_segment){.seq = t->snd.iss, .flags = REM_SEG_SYN};
	s->options = (uint8_t)(REM_OPT_MSS |
			       (OPTIONS & (offer ? ~(f / REM_TCB_UNWISHED) : f / REM_TCB_AGREED)));
	s->mss = t->rcv.mss;
	s->wnd = (uint16_t)rem_least(t->rcv.room, UINT16_MAX);
	s->shift = t->rcv.shift;
	s->tsval = rem_tcb_clock(t, now);
	s->why = t->snd.nxt == t->snd.iss ? REM_WHY_TCP_SENT_SYN : REM_WHY_TCP_SENT_LATE;
	if (!offer) {
		s->flags |= REM_SEG_ACK;
		s->ack = t->rcv.nxt;
		s->tsecr = t->ts.recent;
	}
	return true;
}

/* … and one that carries nothing. */
static void bare(const struct rem_tcb *t, struct rem_segment *s, unsigned flags)
{
	s->seq = t->snd.nxt;
	s->len = 0;
	s->flags = (uint8_t)flags;
	s->urgent = 0;
}

/* Fills s with at most `most` bytes from `from` on, and with the FIN if it is within `to`. */
static inline void fill(const struct rem_tcb *t, struct rem_segment *s, struct rem_range r,
			uint32_t most)
{
	const uint32_t data = rem_seq_before(r.from, t->snd.end)
				      ? rem_seq_min(r.to, t->snd.end) - r.from
				      : 0;

	s->seq = r.from;
	s->len = rem_least(data, most);
	s->flags = REM_SEG_ACK;
	s->urgent = 0;
	if (r.from + s->len == t->snd.end) {
		s->flags |= s->len > 0 ? REM_SEG_PSH : 0;
		if (t->flags & REM_TCB_FIN && rem_seq_before(t->snd.end, r.to))
			s->flags |= REM_SEG_FIN;
	}
	if (t->flags & REM_TCB_SEND_URGENT && rem_seq_before(r.from, t->snd.up)) {
		s->flags |= REM_SEG_URG;
		s->urgent = (uint16_t)rem_least(t->snd.up - r.from, UINT16_MAX);
	}
}

/* What was sent goes out again: the oldest because time is up, others because they are lost. */
REM_SELDOM bool plan_again(const struct rem_tcb *t, struct rem_segment *s, uint32_t full, bool late)
{
	struct rem_range r;

	if (late) {
		r = (struct rem_range){t->snd.una, t->snd.nxt};
		if (t->holes > 0 && rem_seq_before(r.from, t->sacked[0].from))
			r.to = t->sacked[0].from;
		s->why = t->snd.wnd > 0 ? REM_WHY_TCP_SENT_LATE : REM_WHY_TCP_SENT_PROBE;
		fill(t, s, r, t->snd.wnd > 0 ? full : 1);
		return true;
	}
	r = rem_recovery_next(t);
	if (r.from == r.to || t->snd.wnd == 0)
		return false;
	s->why = REM_WHY_TCP_SENT_AGAIN;
	fill(t, s, r, full);
	/* The first one of a recovery always goes: RFC 6675 5 (4.3). */
	return r.from == t->snd.una || rem_recovery_pipe(t) + s->len <= t->cc.wnd;
}

/*
 * New data, if there is enough of it that sending is not silly: RFC 9293 3.8.6.2.1, and Nagle as
 * modified by appendix A.3, which holds a small segment back only behind another small one.
 */
static bool plan_new(const struct rem_tcb *t, struct rem_segment *s, uint32_t full, bool late)
{
	const uint32_t nxt = t->snd.nxt, last = rem_tcb_last(t), edge = t->snd.una + t->snd.wnd;
	uint32_t usable = rem_seq_before(nxt, edge) ? edge - nxt : 0;

	if (nxt == last)
		return false;
	s->why = REM_WHY_TCP_SENT_DATA;
	if (late && usable == 0) {
		usable = 1; /* MUST-34: at least one byte of new data */
		s->why = REM_WHY_TCP_SENT_PROBE;
	}
	fill(t, s, (struct rem_range){nxt, nxt + rem_least(last - nxt, usable)}, full);
	if (s->flags & REM_SEG_FIN)
		s->why = REM_WHY_TCP_SENT_FIN;
	const uint32_t n = rem_segment_len(s);
	const bool whole = s->len == t->snd.end - nxt; /* nothing is left behind */

	if (n == 0)
		return false;
	if (!late && s->len < full && s->len < t->snd.widest / 2 &&
	    !(whole && (t->flags & (REM_TCB_NODELAY | REM_TCB_FIN) ||
			!rem_seq_before(t->snd.una, t->snd.small))))
		return false;
	const uint32_t pipe = rem_recovery_pipe(t);

	return pipe == 0 || pipe + s->len <= t->cc.wnd;
}

/* Something is on its way, or waits to be. */
REM_BESIDE bool plan_data(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	const bool late = rem_has_come(t->at.rto, now);
	const uint32_t options = rem_segment_header(s) - REM_TCP_HEADER;
	const uint32_t full = t->snd.mss > options ? t->snd.mss - options : 1;

	return (t->snd.una != t->snd.nxt && plan_again(t, s, full, late)) ||
	       plan_new(t, s, full, late);
}

static bool plan_synchronized(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	begin(t, now, s);
	add_sacks(t, s);
	if ((REM_SMALL || t->snd.una != rem_tcb_last(t)) && plan_data(t, now, s))
		return true;
	bare(t, s, REM_SEG_ACK);
	if (t->flags & REM_TCB_ACK_NOW || rem_has_come(t->at.ack, now)) {
		s->why = t->rcv.acked != t->rcv.nxt ? REM_WHY_TCP_SENT_ACK
						    : REM_WHY_TCP_SENT_WINDOW;
		return true;
	}
	if (rem_has_come(rem_tcb_keep_at(t), now)) {
		s->seq--;
		s->why = REM_WHY_TCP_SENT_KEEPALIVE;
		return true;
	}
	return false;
}

/* What that finds while nothing but this is to be said, and nothing is on its way, as a SYN would be. */
inline bool rem_tcb_plan_ack(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	const uint32_t usual = REM_TCB_ACK_NOW | REM_TCB_TS;

	if ((t->flags & (usual | REM_TCB_REOPENED)) != usual || t->blocks > 0 ||
	    t->snd.una != rem_tcb_last(t))
		return false;
	begin(t, now, s);
	bare(t, s, REM_SEG_ACK);
	return true;
}

/* For whom a SYN is one case of many. */
REM_BESIDE bool plan_syn(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	return rem_tcb_plan_syn(t, now, s);
}

/* … or not yet, or no more. */
static inline bool plan_otherwise(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	const bool opening = is_opening(t);

	if (plan_syn(t, now, s))
		return true;
	if (!(t->flags & (opening ? REM_TCB_ACK_NOW : REM_TCB_RST_NOW)))
		return false;
	begin(t, now, s);
	bare(t, s, opening ? REM_SEG_ACK : REM_SEG_RST | REM_SEG_ACK);
	s->why = opening ? REM_WHY_TCP_SENT_ACK : REM_WHY_TCP_SENT_RST;
	return true;
}

/* What plan_new finds while all goes well. */
inline bool rem_tcb_plan_next(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	const uint32_t nxt = t->snd.nxt, left = t->snd.end - nxt, flight = nxt - t->snd.una;

	if (left == 0 || !rem_tcb_is_smooth(t) || flight >= t->snd.wnd ||
	    rem_has_come(t->at.rto, now))
		return false;
	const uint32_t full = rem_tcb_full(t);
	const uint32_t len = rem_least(rem_least(left, t->snd.wnd - flight), full);
	const bool small_may = t->flags & REM_TCB_NODELAY ||
			       !rem_seq_before(t->snd.una, t->snd.small);

	if ((len < left || !small_may) && len < full && len < t->snd.widest / 2)
		return false;
	if (flight > 0 && (t->cc.dup > 0 || flight + len > t->cc.wnd))
		return false;
	begin(t, now, s);
	s->seq = nxt;
	s->len = len;
	s->flags = len == left ? REM_SEG_ACK | REM_SEG_PSH : REM_SEG_ACK;
	s->urgent = 0;
	s->why = REM_WHY_TCP_SENT_DATA;
	return true;
}

inline bool rem_tcb_plan_any(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	return rem_tcb_synchronized(t) ? plan_synchronized(t, now, s) : plan_otherwise(t, now, s);
}

inline bool rem_tcb_plan(const struct rem_tcb *t, rem_time now, struct rem_segment *s)
{
	return rem_tcb_plan_next(t, now, s) || rem_tcb_plan_any(t, now, s);
}

static void back_off(struct rem_tcb *t, rem_time now)
{
	t->rtt.rto = rem_least(2 * t->rtt.rto, RTO_MOST); /* RFC 6298 5.5 */
	rem_tcb_restart(t, now);
}

static void start_timing(struct rem_tcb *t, rem_time now)
{
	if (t->flags & REM_TCB_TIMING)
		return;
	t->flags |= REM_TCB_TIMING;
	t->rtt.seq = t->snd.nxt;
	t->rtt.at = (uint32_t)now;
}

static void sent_syn(struct rem_tcb *t, rem_time now)
{
	t->flags &= ~(uint32_t)REM_TCB_SYN_NOW;
	if (t->snd.nxt == t->snd.iss) {
		t->snd.nxt++;
		start_timing(t, now);
		rem_tcb_restart(t, now);
		return;
	}
	t->flags &= ~(uint32_t)REM_TCB_TIMING;
	if (rem_has_come(t->at.rto, now)) {
		t->flags |= REM_TCB_SYN_AGAIN;
		back_off(t, now);
	}
}

REM_SELDOM void sent_again(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	const bool head = s->seq == t->snd.una;

	if (s->why == REM_WHY_TCP_SENT_LATE)
		rem_recovery_timeout(t);
	rem_recovery_resent(t, (struct rem_range){s->seq, s->seq + rem_segment_len(s)}, now);
	if (s->why != REM_WHY_TCP_SENT_AGAIN)
		back_off(t, now);
	else if (head)
		rem_tcb_restart(t, now);
}

/* RFC 5681 4.1: after silence, the window of a beginning. */
REM_SELDOM void begin_again(struct rem_tcb *t)
{
	t->cc.wnd = rem_least(t->cc.wnd, rem_recovery_first_window(t));
}

/* Has nothing gone for longer than a segment is waited for, and is nothing on its way? */
static inline bool was_silent(const struct rem_tcb *t, rem_time now)
{
	return t->snd.una == t->snd.nxt && (uint32_t)(now >> 10) - t->spoke > t->rtt.rto >> 10;
}

/* New data, or a FIN, is on its way; `next`: as rem_tcb_plan_next made it, when all that is on its way is in the pipe. */
static inline void sent_new(struct rem_tcb *t, const struct rem_segment *s, bool next, rem_time now)
{
	const bool idle = t->snd.una == t->snd.nxt;

	if (!next && was_silent(t, now))
		begin_again(t);
	t->snd.nxt += next ? s->len : rem_segment_len(s);
	const uint32_t pipe = next ? t->snd.nxt - t->snd.una : rem_recovery_pipe(t);
	const uint32_t more = pipe + rem_tcb_full(t);
	if (more > t->cc.wnd || more > t->snd.widest)
		t->cc.used = t->snd.nxt;
	if (s->len < rem_tcb_full(t))
		t->snd.small = t->snd.nxt;
	start_timing(t, now);
	if (idle)
		rem_tcb_restart(t, now);
}

/* They hear how far they may go … */
static inline void sent_window(struct rem_tcb *t, const struct rem_segment *s)
{
	t->rcv.adv = rem_seq_max(t->rcv.adv, t->rcv.nxt + ((uint32_t)s->wnd << t->rcv.shift));
}

/* … and how far theirs has come, if this gets through. */
static inline void sent_ack(struct rem_tcb *t)
{
	t->rcv.acked = t->rcv.nxt;
	t->at.ack = REM_NEVER;
	t->flags &= ~(uint32_t)(REM_TCB_ACK_NOW | REM_TCB_REOPENED);
}

inline void rem_tcb_sent_ack(struct rem_tcb *t, const struct rem_segment *s)
{
	sent_window(t, s);
	sent_ack(t);
}

inline void rem_tcb_sent_syn(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	if (s->flags & REM_SEG_ACK)
		sent_ack(t);
	sent_syn(t, now);
}

/* There was something to say, which they may not hear. */
static inline void sent_data(struct rem_tcb *t, rem_time now)
{
	t->spoke = (uint32_t)(now >> 10);
	if (t->at.life == REM_NEVER)
		rem_tcb_wait(t, now);
}

/* What takes room in the stream, and is not what went while all went well. */
REM_SELDOM void sent_otherwise(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	const bool late = rem_has_come(t->at.rto, now);

	if (s->seq != t->snd.nxt) {
		sent_again(t, s, now);
	} else {
		sent_new(t, s, false, now);
		if (late)
			back_off(t, now);
	}
	sent_data(t, now);
}

inline bool rem_tcb_sent_next(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	if (s->why != REM_WHY_TCP_SENT_DATA || !rem_tcb_is_smooth(t) || t->cc.dup > 0 ||
	    rem_has_come(t->at.rto, now) || was_silent(t, now))
		return false;
	sent_new(t, s, true, now);
	sent_window(t, s);
	sent_ack(t);
	t->spoke = (uint32_t)(now >> 10);
	return true;
}

inline void rem_tcb_sent_any(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	if (s->flags & REM_SEG_RST) {
		rem_tcb_forget(t);
		return;
	}
	if (s->flags & REM_SEG_ACK) {
		const bool reopened = t->flags & REM_TCB_REOPENED;

		sent_ack(t);
		if (reopened) /* if it is lost they do not know that they may go on */
			t->at.ack = now + t->rtt.rto;
	}
	if (s->flags & REM_SEG_SYN) {
		sent_syn(t, now);
		return;
	}
	sent_window(t, s);
	if (s->why == REM_WHY_TCP_SENT_KEEPALIVE)
		t->snd.probes++;
	if (rem_segment_len(s) > 0)
		sent_otherwise(t, s, now);
}

inline void rem_tcb_sent(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	if (!rem_tcb_sent_next(t, s, now))
		rem_tcb_sent_any(t, s, now);
}
