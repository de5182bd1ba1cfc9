/* SPDX-License-Identifier: BSD-3-Clause */
/* A segment arrives: RFC 9293 3.10.7, in its order and with the names of its steps, as hardened by
 * RFC 5961 and with the timestamps of RFC 7323. */
#include "net/tcp_fsm.h"

struct arrival {
	struct rem_tcb *t;
	const struct rem_segment *s;
	rem_time now;
	struct rem_tcb_act *a;
};

/* The segment goes no further. */
static bool end(const struct arrival *v, enum rem_why why, unsigned flags)
{
	v->a->why = (uint8_t)why;
	v->a->flags |= (uint8_t)flags;
	return false;
}

/* An ACK that tells where we are; seldom, since strangers can ask for it: RFC 5961 7. */
static bool challenge(const struct arrival *v, enum rem_why why)
{
	const uint32_t tick = (uint32_t)(v->now >> 10);

	if (tick - v->t->challenged >= CHALLENGE_GAP) {
		v->t->flags |= REM_TCB_ACK_NOW;
		v->t->challenged = tick;
	}
	return end(v, why, 0);
}

static void time_wait(const struct arrival *v)
{
	v->t->state = REM_TCP_TIME_WAIT;
	v->t->at.rto = REM_NEVER;
	v->t->at.life = v->now + 2 * REM_TCP_MSL * REM_SECOND;
}

/* 3.10.7.1 */
REM_SELDOM void arrive_closed(const struct rem_segment *s, struct rem_tcb_act *a)
{
	if (s->flags & REM_SEG_RST) {
		a->why = REM_WHY_TCP_STRAY_RST;
	} else {
		a->why = REM_WHY_TCP_NO_LISTENER;
		a->flags = REM_ACT_ANSWER_RST;
	}
}

/* 3.10.7.2. Data in a SYN is not taken: it comes again. */
static void arrive_listen(const struct arrival *v)
{
	struct rem_tcb *t = v->t;

	if (v->s->flags & REM_SEG_RST) {
		end(v, REM_WHY_TCP_STRAY_RST, 0);
	} else if (v->s->flags & REM_SEG_ACK) {
		end(v, REM_WHY_TCP_ACK_REFUSED, REM_ACT_ANSWER_RST);
	} else if (!(v->s->flags & REM_SEG_SYN)) {
		end(v, REM_WHY_TCP_STRAY, 0);
	} else {
		rem_tcb_agree(t, v->s, v->now);
		t->state = REM_TCP_SYN_RECEIVED;
		t->flags |= REM_TCB_PASSIVE | REM_TCB_SYN_NOW;
		rem_tcb_wait(t, v->now);
		end(v, REM_WHY_TCP_OPENS, 0);
	}
}

/* 3.10.7.3 */
static void arrive_syn_sent(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;
	const bool ack = (s->flags & REM_SEG_ACK) != 0;

	/* First, check the ACK bit. */
	if (ack && (s->ack != t->snd.nxt || t->snd.nxt == t->snd.iss)) {
		if (s->flags & REM_SEG_RST)
			end(v, REM_WHY_TCP_RST_OUTSIDE, 0);
		else
			end(v, REM_WHY_TCP_ACK_REFUSED, REM_ACT_ANSWER_RST);
		return;
	}
	/* Second, check the RST bit. */
	if (s->flags & REM_SEG_RST) {
		if (!ack) {
			end(v, REM_WHY_TCP_RST_OUTSIDE, 0);
			return;
		}
		rem_tcb_forget(t);
		end(v, REM_WHY_TCP_RESET, REM_ACT_RESET | REM_ACT_CLOSED);
		return;
	}
	/* Fourth, check the SYN bit. */
	if (!(s->flags & REM_SEG_SYN)) {
		end(v, REM_WHY_TCP_STRAY, 0);
		return;
	}
	rem_tcb_agree(t, s, v->now);
	t->heard = v->now;
	if (ack) {
		t->snd.una = t->snd.wl2 = s->ack;
		rem_recovery_timed(t, v->now);
		rem_tcb_establish(t, v->now);
		t->flags |= REM_TCB_ACK_NOW;
		end(v, REM_WHY_TCP_OPENED, REM_ACT_OPENED);
	} else { /* simultaneous open */
		t->state = REM_TCP_SYN_RECEIVED;
		t->flags |= REM_TCB_SYN_NOW;
		end(v, REM_WHY_TCP_OPENS, 0);
	}
}

/* RFC 7323 5.3, R1: is it older than what has come already? */
static bool is_older(const struct arrival *v)
{
	const struct rem_tcb *t = v->t;

	return rem_seq_before(v->s->tsval, t->ts.recent) &&
	       rem_tcb_age(v->now) - t->ts.recent_at < TS_OLD;
}

/* A SYN in TIME-WAIT that can only be new: RFC 9293 3.6.1 (MAY-2), RFC 6191 2. */
static bool is_new_connection(const struct arrival *v)
{
	const struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;

	if (t->state != REM_TCP_TIME_WAIT ||
	    (s->flags & (REM_SEG_SYN | REM_SEG_ACK | REM_SEG_RST)) != REM_SEG_SYN)
		return false;
	if (s->options & REM_OPT_TS && t->flags & REM_TCB_TS && s->tsval != t->ts.recent)
		return rem_seq_before(t->ts.recent, s->tsval);
	return rem_seq_before(t->rcv.nxt, s->seq);
}

/*
 * Does any of it lie in the window? An empty segment may stand right behind the window: it is what a
 * peer sends that has filled it, and its ACK counts.
 */
static bool is_acceptable(const struct rem_tcb *t, uint32_t seq, uint32_t len)
{
	if (len == 0)
		return !rem_seq_before(seq, t->rcv.nxt) && !rem_seq_before(t->rcv.adv, seq);
	return rem_seq_before(seq, t->rcv.adv) && rem_seq_before(t->rcv.nxt, seq + len);
}

/* First, check the sequence number. */
static bool check_sequence(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;
	const bool rst = (s->flags & REM_SEG_RST) != 0;
	const uint32_t len = rem_segment_len(s);

	if (is_new_connection(v)) {
		rem_tcb_forget(t);
		return end(v, REM_WHY_TCP_OPENS, REM_ACT_REUSE | REM_ACT_CLOSED);
	}
	if (t->state == REM_TCP_SYN_RECEIVED && s->flags & REM_SEG_SYN && s->seq == t->rcv.irs) {
		if (s->flags & REM_SEG_ACK)
			return true; /* simultaneous open, figure 8 */
		t->flags |= REM_TCB_SYN_NOW;
		return end(v, REM_WHY_TCP_SYN_AGAIN, 0);
	}
	if (t->flags & REM_TCB_TS && !rst) {
		if (!(s->options & REM_OPT_TS))
			return end(v, REM_WHY_TCP_NO_TIMESTAMP, 0);
		if (is_older(v))
			return challenge(v, REM_WHY_TCP_PAWS);
	}
	if (is_acceptable(t, s->seq, len))
		return true;
	if (rst)
		return end(v, REM_WHY_TCP_RST_OUTSIDE, 0);
	if (t->rcv.adv == t->rcv.nxt && s->seq == t->rcv.nxt) { /* MUST-66: its ACK counts */
		t->flags |= REM_TCB_ACK_NOW;
		v->a->why = REM_WHY_TCP_ZERO_WINDOW;
		return true;
	}
	if (t->state == REM_TCP_TIME_WAIT && s->flags & REM_SEG_FIN)
		time_wait(v);
	if (len > 0) /* the ACK of what it repeats was lost: it must go out again */
		t->flags |= REM_TCB_ACK_NOW;
	else
		challenge(v, 0);
	return end(v,
		   rem_seq_before(t->rcv.nxt, s->seq + len) ? REM_WHY_TCP_OUT_OF_WINDOW
							    : REM_WHY_TCP_DUPLICATE,
		   0);
}

/* Second, check the RST bit. */
static bool check_rst(const struct arrival *v)
{
	if (!(v->s->flags & REM_SEG_RST))
		return true;
	if (v->s->seq != v->t->rcv.nxt)
		return challenge(v, REM_WHY_TCP_RST_BLIND);
	/* In TIME-WAIT all has been said: its end is none that a user should hear of. */
	const bool broken = v->t->state != REM_TCP_TIME_WAIT;

	rem_tcb_forget(v->t);
	return end(v, REM_WHY_TCP_RESET, broken ? REM_ACT_RESET | REM_ACT_CLOSED : REM_ACT_CLOSED);
}

/* Fourth, check the SYN bit. */
static bool check_syn(const struct arrival *v)
{
	struct rem_tcb *t = v->t;

	if (!(v->s->flags & REM_SEG_SYN) ||
	    (t->state == REM_TCP_SYN_RECEIVED && v->s->seq == t->rcv.irs))
		return true;
	if (t->state == REM_TCP_SYN_RECEIVED && t->flags & REM_TCB_PASSIVE &&
	    !(v->s->flags & REM_SEG_ACK)) { /* they have begun anew; back to LISTEN */
		rem_tcb_forget(t);
		return end(v, REM_WHY_TCP_OPENS, REM_ACT_REUSE | REM_ACT_CLOSED);
	}
	return challenge(v, REM_WHY_TCP_SYN_BLIND);
}

static inline void set_window(struct rem_tcb *t, const struct rem_segment *s)
{
	t->snd.wnd = (uint32_t)s->wnd << t->snd.shift;
	t->snd.wl1 = s->seq;
	t->snd.wl2 = s->ack;
	if (t->snd.wnd > t->snd.widest)
		t->snd.widest = t->snd.wnd;
}

/* The send window is updated by segments that are not older than the one that did so last. */
static inline bool update_window(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;
	const uint32_t was = t->snd.wnd;

	if (rem_seq_before(s->seq, t->snd.wl1) ||
	    (s->seq == t->snd.wl1 && rem_seq_before(s->ack, t->snd.wl2)))
		return false;
	set_window(t, s);
	if (was == 0 && t->snd.wnd > 0 && t->snd.una != t->snd.nxt) {
		/* The probes found it shut: they are to be sent again, and it is no congestion. */
		t->cc.lost = t->snd.nxt;
		t->cc.rxt = t->snd.una;
	}
	return t->snd.wnd != was;
}

/* What is acknowledged up to `ack` leaves the send ring; so do SYN and FIN, which were never in it. */
static void advance(const struct arrival *v, uint32_t ack)
{
	struct rem_tcb *t = v->t;
	const uint32_t base = rem_tcb_base(t);

	if (rem_seq_before(base, ack))
		v->a->acked = rem_seq_min(ack, t->snd.end) - base;
	t->snd.una = ack;
	if (t->flags & REM_TCB_SEND_URGENT && !rem_seq_before(ack, t->snd.up))
		t->flags &= ~(uint32_t)REM_TCB_SEND_URGENT;
}

/* The FIN is acknowledged: what that means to each state. */
static bool check_fin_acked(const struct arrival *v)
{
	struct rem_tcb *t = v->t;

	if (!(t->flags & REM_TCB_FIN) || t->snd.una != t->snd.end + 1)
		return true;
	switch (t->state) {
	case REM_TCP_FIN_WAIT_1:
		t->state = REM_TCP_FIN_WAIT_2;
		t->at.life = t->flags & REM_TCB_GONE ? v->now + ORPHAN : REM_NEVER;
		return true;
	case REM_TCP_CLOSING: time_wait(v); return true;
	case REM_TCP_LAST_ACK: rem_tcb_forget(t); return end(v, REM_WHY_TCP_ACKED, REM_ACT_CLOSED);
	default: return true;
	}
}

/* An ACK of something between snd.una and snd.nxt. */
static inline void take_ack(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;
	const uint32_t before = t->snd.una;

	advance(v, s->ack);
	const bool moved = update_window(v);
	const bool duplicate = s->ack == before && !moved && s->len == 0 &&
			       !(s->flags & REM_SEG_FIN) && before != t->snd.nxt;

	rem_recovery_ack(t, s, before, duplicate, v->now);
	if (t->state == REM_TCP_TIME_WAIT || t->state == REM_TCP_FIN_WAIT_2)
		return;
	if (t->snd.una == rem_tcb_last(t))
		t->at.life = REM_NEVER;
	else if (t->snd.una != before || (t->snd.wnd == 0 && !(t->flags & REM_TCB_IMPATIENT)))
		rem_tcb_wait(t, v->now); /* MUST-37: who answers is there */
}

/* Fifth, check the ACK field. */
static bool check_ack(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;

	if (!(s->flags & REM_SEG_ACK))
		return end(v, REM_WHY_TCP_NO_ACK, 0);
	if (t->state == REM_TCP_SYN_RECEIVED) {
		if (s->ack != t->snd.iss + 1 || t->snd.nxt == t->snd.iss)
			return end(v, REM_WHY_TCP_ACK_REFUSED, REM_ACT_ANSWER_RST);
		t->snd.una = s->ack;
		rem_recovery_timed(t, v->now);
		rem_tcb_establish(t, v->now);
		t->snd.wl1 = s->seq - 1; /* so that its window counts */
		update_window(v);
		end(v, REM_WHY_TCP_OPENED, REM_ACT_OPENED);
		if (s->flags & REM_SEG_SYN) { /* simultaneous open: they wait for this ACK */
			t->flags |= REM_TCB_ACK_NOW;
			return false;
		}
		return true;
	}
	if (rem_seq_before(t->snd.nxt, s->ack))
		return challenge(v, REM_WHY_TCP_ACK_UNSENT);
	if (rem_seq_before(s->ack, t->snd.una - t->snd.widest))
		return challenge(v, REM_WHY_TCP_ACK_OLD);
	if (rem_seq_before(s->ack, t->snd.una))
		return true; /* a duplicate: its data counts, its ACK does not */
	take_ack(v);
	return check_fin_acked(v);
}

/* Sixth, check the URG bit: RFC 9293 3.8.5, and in line as RFC 6093 has it. */
static void check_urg(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const uint32_t up = v->s->seq + v->s->urgent;

	if (!(v->s->flags & REM_SEG_URG) || !rem_seq_before(t->rcv.nxt, up) ||
	    !rem_seq_before(t->rcv.up, up))
		return;
	t->rcv.up = up;
	t->flags |= REM_TCB_URGENT;
}

/* When to acknowledge what has come: RFC 9293 3.8.6.3, RFC 5681 4.2. */
static void schedule_ack(struct rem_tcb *t, rem_time now, bool at_once)
{
	if (at_once || t->rcv.nxt - t->rcv.acked > t->rcv.full ||
	    t->rcv.adv - t->rcv.nxt < t->rcv.full) /* or they could not go on */
		t->flags |= REM_TCB_ACK_NOW;
	else if (t->at.ack == REM_NEVER)
		t->at.ack = now + ACK_DELAY;
}

static inline void note_size(const struct arrival *v)
{
	struct rem_tcb *t = v->t;

	if (v->s->len > t->rcv.full)
		t->rcv.full = (uint16_t)rem_least(v->s->len, UINT16_MAX);
}

/* The bytes up to `to` are those that come next: they are in order, and what they join with. */
static inline void take_next(const struct arrival *v, uint32_t to)
{
	struct rem_tcb *t = v->t;
	const uint32_t from = t->rcv.nxt;
	const bool hole = t->blocks > 0;

	t->rcv.nxt = to;
	if (hole)
		t->rcv.nxt = rem_block_join(t);
	v->a->ready = t->rcv.nxt - from;
	t->rcv.used += v->a->ready;
	if (v->a->why != REM_WHY_TCP_OPENED)
		v->a->why = REM_WHY_TCP_ACCEPTED;
	schedule_ack(t, v->now, hole);
}

/* Seventh, process the segment text. */
static bool process_text(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;
	struct rem_range r = {s->seq, s->seq + s->len};

	if (rem_seq_before(r.from, t->rcv.nxt))
		r.from = t->rcv.nxt;
	if (rem_seq_before(t->rcv.adv, r.to))
		r.to = t->rcv.adv;
	if (!rem_seq_before(r.from, r.to)) /* nothing new in it */
		return true;
	if (t->flags & REM_TCB_GONE) {
		rem_tcb_forget(t);
		return end(v, REM_WHY_TCP_UNREAD, REM_ACT_ANSWER_RST | REM_ACT_CLOSED);
	}
	v->a->skip = r.from - s->seq;
	v->a->take = r.to - r.from;
	v->a->at = r.from - t->rcv.nxt;
	note_size(v);
	if (r.from != t->rcv.nxt) {
		const bool kept = rem_block_add(t, r);

		v->a->take = kept ? v->a->take : 0;
		v->a->why = kept ? REM_WHY_TCP_BEHIND_HOLE : REM_WHY_TCP_NO_ROOM;
		schedule_ack(t, v->now, true); /* RFC 5681 4.2: so that they see the hole */
		return true;
	}
	take_next(v, r.to);
	return true;
}

/* Eighth, check the FIN bit. It may come before what it follows: then it waits for it. */
static void check_fin(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;
	const uint32_t at = s->seq + s->len;

	if (s->flags & REM_SEG_FIN && !(t->flags & REM_TCB_FIN_SEEN) &&
	    !rem_seq_before(t->rcv.adv, at)) {
		t->flags |= REM_TCB_FIN_SEEN;
		t->rcv.fin = at;
		t->flags |= REM_TCB_ACK_NOW;
	}
	if (!(t->flags & REM_TCB_FIN_SEEN) || t->rcv.nxt != t->rcv.fin)
		return;
	t->rcv.nxt++;
	t->rcv.adv = rem_seq_max(t->rcv.adv, t->rcv.nxt);
	t->flags |= REM_TCB_ACK_NOW;
	end(v, REM_WHY_TCP_CLOSES, REM_ACT_FIN);
	switch (t->state) {
	case REM_TCP_ESTABLISHED: t->state = REM_TCP_CLOSE_WAIT; break;
	case REM_TCP_FIN_WAIT_1: t->state = REM_TCP_CLOSING; break;
	case REM_TCP_FIN_WAIT_2: time_wait(v); break;
	default: break;
	}
}

static inline void note_stamp(const struct arrival *v)
{
	v->t->ts.recent = v->s->tsval;
	v->t->ts.recent_at = rem_tcb_age(v->now);
}

/* Who sends something acceptable is there. */
static inline void note_heard(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;

	t->heard = v->now;
	t->snd.probes = 0;
	if (s->options & REM_OPT_TS && t->flags & REM_TCB_TS &&
	    !rem_seq_before(s->tsval, t->ts.recent) && !rem_seq_before(t->rcv.acked, s->seq))
		note_stamp(v); /* RFC 7323 4.3 (2) */
}

/* 3.10.7.4 */
REM_OWN static void arrive_otherwise(const struct arrival *v)
{
	struct rem_tcb *t = v->t;
	const struct rem_segment *s = v->s;

	if (!check_sequence(v) || !check_rst(v) || !check_syn(v))
		return;
	note_heard(v);
	const uint8_t shut = v->a->why;

	if (!check_ack(v))
		return;
	if (!rem_tcb_receives(t))
		return;
	check_urg(v);
	if (shut != 0) {
		v->a->why = shut;
		return;
	}
	if (s->len > 0 && !process_text(v))
		return;
	check_fin(v);
}

inline bool rem_tcb_is_next(const struct rem_tcb *t, const struct rem_segment *s)
{
	if (!rem_tcb_is_smooth(t) || (s->flags & ~REM_SEG_PSH) != REM_SEG_ACK || s->sacks > 0)
		return false;
	if (t->flags & REM_TCB_TS &&
	    (!(s->options & REM_OPT_TS) || rem_seq_before(s->tsval, t->ts.recent)))
		return false;
	return s->seq == t->rcv.nxt && s->len <= t->rcv.adv - s->seq && s->wnd > 0 &&
	       t->snd.wnd > 0 && s->ack - t->snd.una <= t->snd.nxt - t->snd.una &&
	       (s->len > 0 || s->ack != t->snd.una);
}

inline uint32_t rem_tcb_arrive_next(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	const struct arrival v = {t, s, now, NULL};
	const uint32_t acked = s->ack - t->snd.una;

	t->heard = now;
	t->snd.probes = 0;
	if (t->flags & REM_TCB_TS && t->rcv.acked == s->seq)
		note_stamp(&v);
	if (s->len > 0) {
		note_size(&v);
		t->rcv.nxt += s->len;
		t->rcv.used += s->len;
		schedule_ack(t, now, false);
	}
	if (!rem_seq_before(s->seq, t->snd.wl1)) /* else one from behind a hole has said more */
		set_window(t, s);
	if (acked > 0) {
		t->snd.una = s->ack;
		rem_recovery_smooth(t, s, acked, now);
		if (s->ack == t->snd.end) {
			t->at.rto = t->at.life = REM_NEVER;
		} else {
			rem_tcb_restart(t, now);
			rem_tcb_wait(t, now);
		}
	}
	return acked;
}

REM_OWN void rem_tcb_arrive(struct rem_tcb *t, const struct rem_segment *s, rem_time now,
			    struct rem_tcb_act *a)
{
	const struct arrival v = {t, s, now, a};

	*a = (struct rem_tcb_act){0};
	switch (t->state) {
	case REM_TCP_CLOSED: arrive_closed(s, a); break;
	case REM_TCP_LISTEN: arrive_listen(&v); break;
	case REM_TCP_SYN_SENT: arrive_syn_sent(&v); break;
	default:
		if (!REM_SMALL && rem_tcb_is_next(t, s)) {
			a->acked = rem_tcb_arrive_next(t, s, now);
			a->take = a->ready = s->len;
			a->why = s->len > 0 ? REM_WHY_TCP_ACCEPTED : REM_WHY_TCP_ACKED;
			return;
		}
		arrive_otherwise(&v);
		break;
	}
	rem_tcb_arm(t, now);
	if (a->why == 0)
		a->why = REM_WHY_TCP_ACKED;
}
