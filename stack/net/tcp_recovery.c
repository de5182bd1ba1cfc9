/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is lost, and how fast to go: loss recovery by SACK (RFC 6675) or without (RFC 6582), early
 * retransmit (RFC 5827), congestion control (RFC 5681, RFC 6928), round trips (RFC 6298).
 *
 * One picture serves both ways of knowing. Of the bytes snd.una to snd.nxt that no SACK block
 * covers, those below cc.lost are taken for lost, and those below cc.rxt have been sent again:
 *
 *     snd.una            cc.rxt          cc.lost               snd.nxt
 *        |  sent again     |  lost, to be  |  on their way        |
 *        |  (or SACKed)    |  sent again   |  (or SACKed)         |
 */
#include "net/tcp_fsm.h"

enum { DUP_THRESH = 3 };

uint32_t rem_recovery_first_window(const struct rem_tcb *t)
{
	const uint32_t mss = rem_tcb_full(t);

	return rem_least(10 * mss, rem_most(2 * mss, 14600)); /* RFC 6928 2 */
}

/* RFC 6298 2.3; without what backing off has added to it. */
REM_OWN static void set_timeout(struct rem_tcb *t)
{
	t->rtt.rto = rem_least(t->rtt.smooth + rem_most(RTO_MARGIN, 4 * t->rtt.var), RTO_MOST);
}

/* RFC 6298 2.2, 2.3. */
static void take_trip(struct rem_tcb *t, uint32_t trip)
{
	const int32_t r = (int32_t)rem_least(trip, RTO_MOST);
	const int32_t off = r - (int32_t)t->rtt.smooth;

	t->flags &= ~(uint32_t)REM_TCB_TIMING;
	if (t->flags & REM_TCB_MEASURED) {
		t->rtt.var += (uint32_t)(((off < 0 ? -off : off) - (int32_t)t->rtt.var) >> 2);
		t->rtt.smooth += (uint32_t)(off >> 3);
		t->rtt.least = rem_least(t->rtt.least, (uint32_t)r);
	} else {
		t->flags |= REM_TCB_MEASURED;
		t->rtt.var = (uint32_t)r / 2;
		t->rtt.smooth = t->rtt.least = (uint32_t)r;
	}
	set_timeout(t);
}

void rem_recovery_timed(struct rem_tcb *t, rem_time now)
{
	if (t->flags & REM_TCB_TIMING)
		take_trip(t, (uint32_t)now - t->rtt.at);
}

/* How many bytes of the range the peer has said to have. */
static uint32_t sacked_in(const struct rem_tcb *t, uint32_t from, uint32_t to)
{
	uint32_t n = 0;

	for (unsigned i = 0; i < t->holes; i++) {
		const uint32_t a = rem_seq_max(t->sacked[i].from, from);
		const uint32_t b = rem_seq_min(t->sacked[i].to, to);

		if (rem_seq_before(a, b))
			n += b - a;
	}
	return n;
}

REM_OWN static uint32_t missing_in(const struct rem_tcb *t, uint32_t from, uint32_t to)
{
	return rem_seq_before(from, to) ? to - from - sacked_in(t, from, to) : 0;
}

uint32_t rem_recovery_pipe_then(const struct rem_tcb *t)
{
	const uint32_t una = t->snd.una;
	const uint32_t pipe = missing_in(t, rem_seq_max(una, t->cc.lost), t->snd.nxt) +
			      missing_in(t, una, rem_seq_min(t->cc.rxt, t->cc.lost));

	return pipe - rem_least(pipe, t->cc.dup);
}

struct rem_range rem_recovery_next(const struct rem_tcb *t)
{
	struct rem_range r = {rem_seq_max(t->cc.rxt, t->snd.una), t->cc.lost};

	if (t->flags & REM_TCB_HEAD_AGAIN)
		r.from = t->snd.una;
	for (unsigned i = 0; i < t->holes; i++) {
		if (!rem_seq_before(r.from, t->sacked[i].to))
			continue;
		if (rem_seq_before(r.from, t->sacked[i].from)) {
			r.to = rem_seq_min(r.to, t->sacked[i].from);
			break;
		}
		r.from = t->sacked[i].to;
	}
	if (!rem_seq_before(r.from, r.to))
		r.to = r.from;
	return r;
}

void rem_recovery_resent(struct rem_tcb *t, struct rem_range r, rem_time now)
{
	if (r.from == t->snd.una) {
		t->flags &= ~(uint32_t)REM_TCB_HEAD_AGAIN;
		t->cc.mark = t->snd.nxt;
		t->cc.later = 0;
	}
	t->cc.rxt = rem_seq_max(t->cc.rxt, r.to);
	if (t->flags & REM_TCB_TIMING && !rem_seq_before(r.from, t->rtt.seq))
		return;
	t->flags &= ~(uint32_t)REM_TCB_TIMING; /* Karn: RFC 6298 3 */
	t->rtt.at = (uint32_t)now;
}

/*
 * The window after a loss. A queue that has overflowed was full: the round trip is longer than the
 * shortest one by what stood in it, and the window gives up that share, half of it at most (as
 * RFC 5681 has it). Where no queue stood, a radio link lost the segment, and little is gained by
 * slowing down: an eighth is given up.
 */
static uint32_t window_after_loss(const struct rem_tcb *t)
{
	const uint32_t mss = rem_tcb_full(t), flight = t->snd.nxt - t->snd.una;
	const bool all = !rem_seq_before(t->cc.used,
					 t->snd.una); /* though some is acknowledged now */
	const uint32_t used = rem_least(all ? t->snd.widest : flight, t->cc.wnd);
	uint32_t keep = used / 2;

	if (!(t->flags & REM_TCB_RENO) && t->flags & REM_TCB_MEASURED) {
		const uint32_t queue = t->rtt.smooth - rem_least(t->rtt.smooth, t->rtt.least);

		if (queue <= t->rtt.least / 8)
			keep = used - used / 8;
		else if (queue <= t->rtt.least / 4)
			keep = used - used / 4;
	}
	return rem_most(keep, 2 * mss);
}

/* SACK blocks that say something new; a block that cannot be is passed over. Returns those bytes. */
REM_OWN static void note_sack(struct rem_tcb *t, struct rem_range r)
{
	unsigned i = 0, j;

	if (!rem_seq_before(t->snd.una, r.from) || !rem_seq_before(r.from, r.to) ||
	    rem_seq_before(t->snd.nxt, r.to))
		return; /* also a D-SACK: RFC 2883 */
	while (i < t->holes && rem_seq_before(t->sacked[i].to, r.from))
		i++;
	for (j = i; j < t->holes && !rem_seq_before(r.to, t->sacked[j].from); j++) {
		r.from = rem_seq_min(r.from, t->sacked[j].from);
		r.to = rem_seq_max(r.to, t->sacked[j].to);
	}
	/* The ranges i to j - 1 become one. */
	if (i == j) {
		if (t->holes == REM_TCP_RANGES)
			return;
		for (unsigned k = t->holes++; k > i; k--)
			t->sacked[k] = t->sacked[k - 1];
	} else {
		for (unsigned k = j; k < t->holes; k++)
			t->sacked[i + 1 + k - j] = t->sacked[k];
		t->holes = (uint8_t)(t->holes - (j - i - 1));
	}
	t->sacked[i] = r;
}

REM_SELDOM void note_sacks(struct rem_tcb *t, const struct rem_segment *s)
{
	const uint32_t una = t->snd.una;
	const uint32_t again = sacked_in(t, una, t->cc.rxt);
	const uint32_t fresh = sacked_in(t, t->cc.mark, t->snd.nxt);

	for (unsigned i = 0; i < s->sacks; i++)
		note_sack(t, s->sack[i]);
	/* Bytes that were sent after the retransmission at snd.una, and have come before it. */
	t->cc.later += sacked_in(t, una, t->cc.rxt) - again;
	t->cc.later += sacked_in(t, t->cc.mark, t->snd.nxt) - fresh;
}

REM_OWN static void drop_sacked(struct rem_tcb *t)
{
	unsigned gone = 0;

	while (gone < t->holes && !rem_seq_before(t->snd.una, t->sacked[gone].to))
		gone++;
	if (gone == 0)
		return;
	t->holes = (uint8_t)(t->holes - gone);
	for (unsigned i = 0; i < t->holes; i++)
		t->sacked[i] = t->sacked[i + gone];
}

/*
 * What must have come behind a byte for it to be lost: more than two segments (RFC 6675 4, IsLost),
 * and less where so few are on their way that no more can come: RFC 5827 3.1.
 */
static uint32_t loss_threshold(const struct rem_tcb *t)
{
	const uint32_t mss = rem_tcb_full(t), out = t->snd.nxt - t->snd.una;
	const bool more = t->snd.nxt != rem_tcb_last(t) && out < t->snd.wnd;
	const uint32_t usual = (DUP_THRESH - 1) * mss;

	if (out >= (DUP_THRESH + 1) * mss || more)
		return usual;
	return rem_least(usual, out > 2 * mss ? out - 2 * mss : 0);
}

/* The first segment that is not acknowledged is lost: all that is known without SACK. */
static void lose_first(struct rem_tcb *t)
{
	t->cc.lost = rem_seq_max(t->cc.lost, rem_seq_min(t->snd.una + rem_tcb_full(t), t->snd.nxt));
}

/* Moves cc.lost to where the duplicate ACKs and SACK blocks say that it is. Is anything lost? */
REM_SELDOM bool find_lost(struct rem_tcb *t)
{
	const uint32_t most = loss_threshold(t);
	uint32_t above = t->cc.dup;

	if (!(t->flags & REM_TCB_SACK)) {
		if (above > most)
			lose_first(t);
		return above > most;
	}
	for (unsigned i = t->holes; i-- > 0;) {
		above += t->sacked[i].to - t->sacked[i].from;
		if (above > most || t->holes - i >= DUP_THRESH) {
			t->cc.lost = rem_seq_max(t->cc.lost, t->sacked[i].from);
			return true;
		}
	}
	return false;
}

REM_SELDOM void begin_recovery(struct rem_tcb *t)
{
	t->phase = REM_TCB_RECOVERY;
	t->cc.recover = t->snd.nxt;
	t->cc.ssthresh = t->cc.wnd = window_after_loss(t);
	t->cc.rxt = t->snd.una;
	t->cc.grown = 0;
}

REM_SELDOM void end_recovery(struct rem_tcb *t)
{
	if (t->phase == REM_TCB_RECOVERY)
		t->cc.wnd = t->cc.ssthresh;
	t->phase = REM_TCB_OPEN;
	t->cc.dup = 0;
}

/* RFC 5681 3.1, counting bytes as RFC 3465 does; only by bytes sent when the window was in use. */
static void grow(struct rem_tcb *t, uint32_t acked)
{
	const uint32_t mss = rem_tcb_full(t);

	if (rem_seq_before(t->cc.used, t->snd.una - acked + 1) || t->cc.wnd > t->snd.widest)
		return;
	if (t->cc.wnd < t->cc.ssthresh) {
		t->cc.wnd += rem_least(acked, t->phase == REM_TCB_LOSS ? mss : 2 * mss);
		return;
	}
	t->cc.grown += acked;
	if (t->cc.grown >= t->cc.wnd) {
		t->cc.grown -= t->cc.wnd;
		t->cc.wnd += mss;
	}
}

REM_LONG void measure(struct rem_tcb *t, const struct rem_segment *s, rem_time now)
{
	if (t->flags & REM_TCB_TIMING) {
		if (!rem_seq_before(t->snd.una, t->rtt.seq))
			rem_recovery_timed(t, now);
	} else if (s->options & REM_OPT_TS && t->flags & REM_TCB_TS) {
		/* It tells which transmission it answers. If that was an earlier one, its first ACK
		 * was lost, and the time since then is no round trip. */
		const uint32_t ticks = rem_tcb_clock(t, now) - s->tsecr;

		if (ticks <= (((uint32_t)now - t->rtt.at) >> 10) + 1)
			take_trip(t, ticks << 10);
		else if (t->flags & REM_TCB_MEASURED)
			set_timeout(t);
	}
}

/* An ACK moves snd.una. */
static void on_progress(struct rem_tcb *t, uint32_t acked)
{
	const uint32_t una = t->snd.una, mss = rem_tcb_full(t);
	const bool partial = rem_seq_before(una, t->cc.recover);

	drop_sacked(t);
	t->cc.rxt = rem_seq_max(t->cc.rxt, una);
	t->cc.lost = rem_seq_max(t->cc.lost, una);
	t->cc.mark = rem_seq_max(t->cc.mark, una);
	t->cc.later = 0;
	t->flags &= ~(uint32_t)REM_TCB_HEAD_AGAIN;
	if (t->phase != REM_TCB_OPEN && !partial)
		end_recovery(t);
	if (t->phase == REM_TCB_RECOVERY) {
		if (!(t->flags & REM_TCB_SACK)) { /* RFC 6582 3.2: the next hole */
			t->cc.dup -= rem_least(t->cc.dup, acked > mss ? acked - mss : 0);
			lose_first(t);
		}
		return;
	}
	t->cc.dup = 0;
	grow(t, acked); /* the round trip of a recovery counts, too */
}

inline void rem_recovery_smooth(struct rem_tcb *t, const struct rem_segment *s, uint32_t acked,
				rem_time now)
{
	const uint32_t una = t->snd.una;

	measure(t, s, now);
	t->cc.rxt = t->cc.lost = una;
	t->cc.mark = rem_seq_max(t->cc.mark, una);
	t->cc.later = t->cc.dup = 0;
	grow(t, acked);
}

REM_OWN void rem_recovery_ack(struct rem_tcb *t, const struct rem_segment *s, uint32_t before,
			      bool duplicate, rem_time now)
{
	const uint32_t acked = t->snd.una - before;

	if (acked > 0) {
		measure(t, s, now);
		on_progress(t, acked);
		t->at.rto = t->snd.una == t->snd.nxt ? REM_NEVER : now + t->rtt.rto;
	}
	if (t->snd.una == t->snd.nxt)
		return;
	if (t->flags & REM_TCB_SACK) {
		if (s->sacks == 0 && t->holes == 0)
			return;
		note_sacks(t, s);
	} else if (duplicate) {
		t->cc.dup = rem_least(t->cc.dup + rem_tcb_full(t),
				      t->snd.nxt - t->snd.una - 1); /* one is still missing */
	} else {
		return;
	}
	if (t->phase != REM_TCB_LOSS && find_lost(t) && t->phase == REM_TCB_OPEN)
		begin_recovery(t);
	/* What was sent after the retransmission has come, the retransmission has not. */
	if (t->phase != REM_TCB_OPEN && rem_seq_before(t->snd.una, t->cc.rxt) &&
	    t->cc.later > loss_threshold(t))
		t->flags |= REM_TCB_HEAD_AGAIN;
}

void rem_recovery_timeout(struct rem_tcb *t)
{
	/* Reneging, or a second timeout: what SACK said is not to be trusted, RFC 2018 8. */
	if (t->phase == REM_TCB_LOSS || (t->holes > 0 && t->sacked[0].from == t->snd.una))
		t->holes = 0;
	if (t->phase != REM_TCB_LOSS)
		t->cc.ssthresh =
			window_after_loss(t); /* RFC 5681 3.1 (4): not again for the same loss */
	t->phase = REM_TCB_LOSS;
	t->cc.wnd = rem_tcb_full(t);
	t->cc.recover = t->cc.lost = t->snd.nxt;
	t->cc.rxt = t->snd.una;
	t->cc.dup = t->cc.grown = 0;
}
