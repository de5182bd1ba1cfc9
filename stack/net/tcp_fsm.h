/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the TCP state machine share. */
#ifndef REMORA_NET_TCP_FSM_H
#define REMORA_NET_TCP_FSM_H

#include "net/net.h"
#include <remora/tcb.h>

/* Microseconds. */
#define RTO_FIRST     (1 * REM_SECOND)  /* RFC 6298 2.1 */
#define RTO_AFTER_SYN (3 * REM_SECOND)  /* RFC 6298 5.7 */
#define RTO_MOST      (60 * REM_SECOND) /* RFC 6298 2.5 */
#define RTO_MARGIN    200000            /* over the smoothed round trip: peers may delay an ACK so long */
#define ACK_DELAY     40000             /* RFC 9293 3.8.6.3: less than half a second */
#define SYN_PATIENCE  (180 * REM_SECOND) /* RFC 9293 3.8.3, MUST-23 */
#define PATIENCE      (900 * REM_SECOND) /* RFC 9293 3.8.3: R2, at least 100 seconds */
#define HALF_OPEN     (60 * REM_SECOND)  /* SYN-RECEIVED, of strangers */
#define ORPHAN        (60 * REM_SECOND)  /* FIN-WAIT-2 that nobody waits for */
#define ADVICE        (3 * REM_SECOND)   /* R1: by then three timeouts have passed in a row */
#define TS_OLD        ((uint32_t)(24 * 24 * 3600 * REM_SECOND >> 20)) /* RFC 7323 5.5 */

/* 2^10 microseconds. */
#define CHALLENGE_GAP 489 /* RFC 5961 7: half a second between two challenge ACKs */

/* Milliseconds. */
#define KEEP_IDLE 7200000 /* RFC 9293 3.8.4, MUST-28 */
#define KEEP_GAP  75000
enum { KEEP_PROBES = 9 };

enum {
	OPTIONS = REM_OPT_SHIFT | REM_OPT_SACK_OK | REM_OPT_TS, /* that two sides may agree on */
	MSS_DEFAULT = 536,      /* RFC 9293 3.7.1, MUST-15 */
	MSS_DEFAULT_6 = 1220,
	MSS_LEAST = 64,         /* nobody makes us send a header for every byte: CVE-2019-11479 */
	TS_SPACE = 12,
};

/* RFC 7323 5.4: a clock of about a millisecond. */
static inline uint32_t rem_tcb_clock(const struct rem_tcb *t, rem_time now)
{
	return (uint32_t)(now >> 10) + t->ts.offset;
}

/* The time of a timestamp, which may be too old to be compared: RFC 7323 5.5. */
static inline uint32_t rem_tcb_age(rem_time now)
{
	return (uint32_t)(now >> 20);
}

/* May data be sent, and acknowledged? */
static inline bool rem_tcb_synchronized(const struct rem_tcb *t)
{
	return t->state >= REM_TCP_ESTABLISHED;
}

/* May they still send data? */
static inline bool rem_tcb_receives(const struct rem_tcb *t)
{
	return t->state >= REM_TCP_ESTABLISHED && t->state <= REM_TCP_FIN_WAIT_2;
}

/*
 * Does all go well? ESTABLISHED, nothing lost or out of order either way, nothing to be said but data and ACKs. What goes and
 * comes then has short ways of its own, which do what the long ones would: header prediction, RFC 7323 5.6.
 */
static inline bool rem_tcb_is_smooth(const struct rem_tcb *t)
{
	const uint32_t dull = REM_TCB_ACK_NOW | REM_TCB_TIMING | REM_TCB_MEASURED |
			      REM_TCB_SYN_AGAIN | REM_TCB_PASSIVE | REM_TCB_SACK | REM_TCB_TS |
			      REM_TCB_SHIFT | REM_TCB_NODELAY | REM_TCB_KEEPALIVE | REM_TCB_RENO |
			      REM_TCB_NO_SACK | REM_TCB_NO_TS | REM_TCB_NO_SHIFT |
			      REM_TCB_IMPATIENT;

	return !REM_SMALL && t->state == REM_TCP_ESTABLISHED && t->phase == REM_TCB_OPEN &&
	       t->blocks == 0 && t->holes == 0 && (t->flags & ~dull) == 0 &&
	       t->cc.lost == t->snd.una;
}

/* Is there something to be said then? Else rem_tcb_pending says no, too. */
static inline bool rem_tcb_is_eager(const struct rem_tcb *t)
{
	return t->snd.nxt != t->snd.end || (t->flags & REM_TCB_ACK_NOW) != 0;
}

/* Behind all that is to be sent, FIN included. */
static inline uint32_t rem_tcb_last(const struct rem_tcb *t)
{
	return t->snd.end + (t->flags & REM_TCB_FIN ? 1 : 0);
}

/* By how much windows onto a ring of so many bytes are shifted: RFC 7323 2.3. */
static inline uint8_t rem_tcb_shift(uint32_t room)
{
	uint8_t shift = 0;

	while (room >> shift > UINT16_MAX && shift < 14)
		shift++;
	return shift;
}

/* Bytes of data in a full segment, beside the options that every segment has. */
static inline uint32_t rem_tcb_full(const struct rem_tcb *t)
{
	return t->flags & REM_TCB_TS ? t->snd.mss - (uint32_t)TS_SPACE : t->snd.mss;
}

/* …and those that a full segment of theirs has. */
static inline uint32_t rem_tcb_theirs(const struct rem_tcb *t)
{
	return t->flags & REM_TCB_TS ? t->rcv.mss - (uint32_t)TS_SPACE : t->rcv.mss;
}

static inline uint32_t rem_least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static inline uint32_t rem_most(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* The end of the connection: CLOSED, nothing is waited for. */
void rem_tcb_forget(struct rem_tcb *t);

/* The options of a SYN count: RFC 9293 3.7.1, RFC 7323 2 and 3, RFC 2018 2. */
void rem_tcb_agree(struct rem_tcb *t, const struct rem_segment *syn, rem_time now);

/* The handshake is done. */
void rem_tcb_establish(struct rem_tcb *t, rem_time now);

/* The receive window as it would be offered now: its right edge. */
uint32_t rem_tcb_edge(const struct rem_tcb *t);

/* Something waits to be sent: from now on there is a time at which it will be tried, window or no. */
void rem_tcb_arm(struct rem_tcb *t, rem_time now);

/* When silence has lasted long enough to ask whether anybody is there. */
rem_time rem_tcb_keep_at(const struct rem_tcb *t);

/* How long the user waits for an answer. */
rem_time rem_tcb_patience(const struct rem_tcb *t);

/* The user's patience begins anew. */
REM_LONG void rem_tcb_wait(struct rem_tcb *t, rem_time now)
{
	t->at.life = now + rem_tcb_patience(t);
}

/* What is on its way has its time from now on. */
REM_LONG void rem_tcb_restart(struct rem_tcb *t, rem_time now)
{
	t->at.rto = now + t->rtt.rto;
}

/* tcp_arrive.c */
/* Is it what nearly every segment is while all goes well: the next one, with nothing to say but what it brings and
 * acknowledges? */
bool rem_tcb_is_next(const struct rem_tcb *t, const struct rem_segment *s);
/* Then this is all that rem_tcb_arrive does about it. Its data is in order; returns the bytes that it acknowledges. */
uint32_t rem_tcb_arrive_next(struct rem_tcb *t, const struct rem_segment *s, rem_time now);

/* tcp_options.c */
/* Headers with timestamps and no other option, as nearly every segment has one: rem_segment_read and rem_segment_write. */
enum { REM_SEGMENT_USUAL = 32 };
bool rem_segment_read_usual(struct rem_segment *s, struct rem_view v);
void rem_segment_write_usual(const struct rem_segment *s, uint8_t *p);
/* And those of a SYN with all that may be offered. */
enum { REM_SEGMENT_SYN = 40 };
bool rem_segment_is_usual_syn(const struct rem_segment *s);
void rem_segment_write_syn(const struct rem_segment *s, uint8_t *p);

/* tcp_plan.c */
/* The next segment while all goes well and there is something new to be sent. False: it is another case, or this is not yet
 * to go. */
bool rem_tcb_plan_next(const struct rem_tcb *t, rem_time now, struct rem_segment *s);
/* rem_tcb_plan the long way, for who has no reason to think that new data is next. */
bool rem_tcb_plan_any(const struct rem_tcb *t, rem_time now, struct rem_segment *s);
/* The SYN that is to go now, with an ACK or without. False: none is. */
bool rem_tcb_plan_syn(const struct rem_tcb *t, rem_time now, struct rem_segment *s);
/* What rem_tcb_sent does about that. */
void rem_tcb_sent_syn(struct rem_tcb *t, const struct rem_segment *s, rem_time now);
/* What rem_tcb_sent does about new data that went while all goes well. False: it was something else. */
bool rem_tcb_sent_next(struct rem_tcb *t, const struct rem_segment *s, rem_time now);
/* What it does about anything. */
void rem_tcb_sent_any(struct rem_tcb *t, const struct rem_segment *s, rem_time now);

/* tcp_reassembly.c */
/* The range has come and is kept behind a hole. False: it cannot be remembered. */
bool rem_block_add(struct rem_tcb *t, struct rem_range r);
/* The blocks that begin at rcv.nxt or before are in order now: returns what rcv.nxt becomes. */
uint32_t rem_block_join(struct rem_tcb *t);

/* tcp_recovery.c */
/* An acceptable ACK has come; `before` is snd.una as it was. */
void rem_recovery_ack(struct rem_tcb *t, const struct rem_segment *s, uint32_t before,
		      bool duplicate, rem_time now);
/* The same while all goes well: it acknowledges `acked` bytes that were never lost. */
void rem_recovery_smooth(struct rem_tcb *t, const struct rem_segment *s, uint32_t acked,
			 rem_time now);
/* The retransmission timer has run out, and a segment has gone out because of it. */
void rem_recovery_timeout(struct rem_tcb *t);
/* The bytes that the network has of us: RFC 6675 4, `pipe`; where none are lost, all that were sent. */
uint32_t rem_recovery_pipe_then(const struct rem_tcb *t);
static inline bool rem_recovery_is_idle(const struct rem_tcb *t)
{
	return t->holes == 0 && t->cc.dup == 0 && t->cc.lost == t->snd.una;
}
static inline uint32_t rem_recovery_pipe(const struct rem_tcb *t)
{
	if (rem_recovery_is_idle(t))
		return t->snd.nxt - t->snd.una;
	return rem_recovery_pipe_then(t);
}
/* What is lost and has not yet been sent again; empty (from == to): nothing. */
struct rem_range rem_recovery_next(const struct rem_tcb *t);
/* The range has been sent again. */
void rem_recovery_resent(struct rem_tcb *t, struct rem_range r, rem_time now);
/* What is being timed, if anything is, has been acknowledged. */
void rem_recovery_timed(struct rem_tcb *t, rem_time now);
uint32_t rem_recovery_first_window(const struct rem_tcb *t);

#endif
