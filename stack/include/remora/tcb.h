/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The TCP state machine, RFC 9293, as pure functions over a block that can be copied: it has no
 * pointers, no buffers, no clock and no secrets. It says which bytes go where, and whoever keeps
 * the bytes does so: rem_tcp (remora/tcp_node.h) for a live connection, an observer for none.
 *
 *   call     the user wants something       (RFC 9293 3.10.1 to 3.10.6)
 *   arrive   a segment has come             (3.10.7)
 *   expire   time has run out for good      (3.10.8)
 *   plan     what would be sent now?        it changes nothing
 *   sent     it has been sent               so a driver that refuses a frame changes nothing
 */
#ifndef REMORA_TCB_H
#define REMORA_TCB_H

#include <remora/config.h>
#include <remora/segment.h>

enum rem_tcp_state {
	REM_TCP_CLOSED,
	REM_TCP_LISTEN,
	REM_TCP_SYN_SENT,
	REM_TCP_SYN_RECEIVED,
	REM_TCP_ESTABLISHED,
	REM_TCP_FIN_WAIT_1,
	REM_TCP_FIN_WAIT_2,
	REM_TCP_CLOSE_WAIT,
	REM_TCP_CLOSING,
	REM_TCP_LAST_ACK,
	REM_TCP_TIME_WAIT,
};
const char *rem_tcp_state_text(enum rem_tcp_state state);

/* rem_tcb.flags; what changes most often has the lowest bits, which small processors like best. */
enum {
	/* what is to be done */
	REM_TCB_ACK_NOW = 1 << 0,
	REM_TCB_SYN_NOW = 1 << 1,       /* a SYN is to be sent, though one may have been */
	REM_TCB_RST_NOW = 1 << 2,       /* CLOSED, once a RST has gone out */
	REM_TCB_HEAD_AGAIN = 1 << 3,    /* the retransmission at snd.una is lost too */
	REM_TCB_REOPENED = 1 << 4,      /* the next ACK says that our window is open again */
	/* what has happened */
	REM_TCB_TIMING = 1 << 5,        /* rtt.seq is being timed */
	REM_TCB_URGENT = 1 << 6,        /* rcv.up has not been read yet */
	REM_TCB_SEND_URGENT = 1 << 7,   /* snd.up has not been acknowledged yet */
	REM_TCB_FIN_SEEN = 1 << 8,      /* their FIN has come; it counts once rcv.nxt gets there */
	REM_TCB_MEASURED = 1 << 9,      /* rtt.smooth is there */
	REM_TCB_SYN_AGAIN = 1 << 10,    /* a SYN had to be sent twice: RFC 6298 5.7 */
	REM_TCB_PASSIVE = 1 << 11,      /* opened by a SYN of theirs */
	/* what the user has called for */
	REM_TCB_FIN = 1 << 12,          /* a FIN follows the bytes in the ring */
	REM_TCB_GONE = 1 << 13,         /* nobody reads any more: CLOSE, not half a close */
	/* options that both sides have agreed on */
	REM_TCB_AGREED = 1 << 13,
	REM_TCB_SHIFT = REM_TCB_AGREED * REM_OPT_SHIFT,
	REM_TCB_SACK = REM_TCB_AGREED * REM_OPT_SACK_OK,
	REM_TCB_TS = REM_TCB_AGREED * REM_OPT_TS,
	/* what he wishes */
	REM_TCB_NODELAY = 1 << 17,      /* no Nagle: RFC 9293 3.7.4 */
	REM_TCB_KEEPALIVE = 1 << 18,    /* RFC 9293 3.8.4 */
	REM_TCB_RENO = 1 << 19,         /* every loss halves the window: RFC 5681 to the letter */
	REM_TCB_UNWISHED = 1 << 19,     /* options that are not offered */
	REM_TCB_NO_SHIFT = REM_TCB_UNWISHED * REM_OPT_SHIFT,
	REM_TCB_NO_SACK = REM_TCB_UNWISHED * REM_OPT_SACK_OK,
	REM_TCB_NO_TS = REM_TCB_UNWISHED * REM_OPT_TS,
	REM_TCB_IMPATIENT = 1 << 23,    /* a window that stays shut is silence */
};

/* What is being done about loss. */
enum rem_tcb_phase {
	REM_TCB_OPEN,           /* nothing is lost, as far as we know */
	REM_TCB_RECOVERY,       /* fast recovery: RFC 6675, RFC 6582 */
	REM_TCB_LOSS,           /* after a retransmission timeout: RFC 5681 3.1 */
};

struct rem_tcb {
	uint8_t state;          /* enum rem_tcp_state */
	uint8_t phase;          /* enum rem_tcb_phase */
	uint8_t blocks;         /* entries of block */
	uint8_t holes;          /* entries of sacked */
	uint32_t flags;

	struct {                /* RFC 9293 3.3.1 */
		uint8_t shift;
		uint8_t probes;         /* keepalives without an answer */
		uint16_t mss;           /* bytes of data and options in a segment */
		uint32_t iss, una, nxt;
		uint32_t end;           /* behind the last byte that the user has written */
		uint32_t wnd, wl1, wl2;
		uint32_t widest;        /* the largest window offered: RFC 5961 5, RFC 9293 3.8.6.2.1 */
		uint32_t small;         /* behind the last segment sent that was not full: Nagle */
		uint32_t up;            /* behind urgent data */
	} snd;
	struct {
		uint8_t shift;
		uint16_t mss;           /* what we offer */
		uint16_t usual;         /* what a peer means who offers none */
		uint16_t full;          /* the largest segment that has come */
		uint32_t irs, nxt;
		uint32_t adv;           /* the right edge that was offered: RCV.NXT + RCV.WND */
		uint32_t acked;         /* RCV.NXT of the last ACK sent: Last.ACK.sent of RFC 7323 */
		uint32_t fin;           /* where their FIN is, if it has been seen */
		uint32_t up;
		uint32_t room;          /* bytes of the ring */
		uint32_t used;          /* of them, bytes that the user has not yet read */
	} rcv;
	struct {                /* RFC 5681, RFC 6675; bytes and sequence numbers */
		uint32_t wnd, ssthresh;
		uint32_t recover;       /* RecoveryPoint */
		uint32_t rxt;           /* what is not SACKed below has been retransmitted: HighRxt */
		uint32_t lost;          /* what is not SACKed below is taken for lost */
		uint32_t used;          /* snd.nxt when the window was last in use as a whole */
		uint32_t grown;         /* bytes acknowledged towards the next growth */
		uint32_t dup;           /* bytes that duplicate ACKs speak of, where there is no SACK */
		uint32_t mark;          /* snd.nxt when snd.una was retransmitted … */
		uint32_t later;         /* … and bytes sent after that which have been SACKed */
	} cc;
	struct {                /* RFC 6298, microseconds */
		uint32_t smooth, var, least, rto;
		uint32_t seq;           /* acknowledged when this is, sent at `at` */
		uint32_t at;            /* the lower half of a rem_time: no round trip is an hour long */
	} rtt;
	struct {                /* RFC 7323 */
		uint32_t recent, offset;
		uint32_t recent_at;     /* in 2^20 microseconds */
	} ts;
	struct {                /* REM_NEVER: not running */
		rem_time rto;           /* retransmission, or the window probe */
		rem_time ack;           /* delayed ACK */
		rem_time life;          /* USER TIMEOUT, TIME-WAIT TIMEOUT */
	} at;
	rem_time heard;         /* when a segment came */
	uint32_t spoke;         /* when data went, in 2^10 microseconds */
	uint32_t challenged;    /* when a challenge ACK went, in 2^10 microseconds */
	/* What follows rem_tcb_init() leaves as it is. */
	uint32_t patience;      /* USER TIMEOUT in milliseconds; 0: the default */
	struct rem_range block[REM_TCP_RANGES];  /* received behind a hole, the latest first */
	struct rem_range sacked[REM_TCP_RANGES]; /* the peer has them, in order */
	uint32_t keep_every;    /* keepalive in milliseconds of silence; 0: the default */
};

/* What a connection begins with. */
struct rem_tcb_setup {
	uint32_t room;          /* bytes of the receive ring */
	uint16_t mtu;           /* bytes of TCP in a datagram: header, options and data */
	uint16_t mss;           /* of peers who do not say: 536, 1220 with IPv6 */
	uint32_t flags;         /* REM_TCB_NODELAY … REM_TCB_NO_SHIFT */
	uint32_t iss;           /* rem_tcp_isn() */
	uint32_t ts_offset;     /* random, so that uptime does not show: RFC 7323 5.4 */
};

/* A block is for one connection: it is initialised again before it opens another. */
void rem_tcb_init(struct rem_tcb *t, const struct rem_tcb_setup *setup);

enum rem_tcb_call {
	REM_CALL_OPEN,          /* active OPEN */
	REM_CALL_LISTEN,        /* passive OPEN */
	REM_CALL_SEND,          /* n bytes were put into the send ring */
	REM_CALL_URGENT,        /* what has been written up to here is urgent */
	REM_CALL_RECEIVE,       /* n bytes were taken out of the receive ring */
	REM_CALL_SHUT,          /* CLOSE as RFC 9293 has it: no more to send, reading goes on */
	REM_CALL_CLOSE,         /* the same, and nobody reads any more either */
	REM_CALL_ABORT,
};

/* REM_STATE: not in this state; REM_CLOSED: there is no connection. */
int rem_tcb_call(struct rem_tcb *t, enum rem_tcb_call call, uint32_t n, rem_time now);

/* rem_tcb_act.flags */
enum {
	REM_ACT_ANSWER_RST = 1, /* answer with rem_tcb_reset() */
	REM_ACT_OPENED = 2,     /* the connection is established */
	REM_ACT_CLOSED = 4,     /* the connection is at its end, and may be forgotten */
	REM_ACT_RESET = 8,      /* … because of their RST */
	REM_ACT_FIN = 16,       /* they have closed: no byte will follow */
	REM_ACT_REUSE = 32,     /* forget the connection and give the segment to a listener */
};

/* What the keeper of the bytes is to do about a segment, in this order. */
struct rem_tcb_act {
	uint8_t why;            /* enum rem_why */
	uint8_t flags;          /* REM_ACT_… */
	uint32_t skip, take;    /* bytes of the segment's data, and … */
	uint32_t at;            /* … where they go, behind the bytes in order */
	uint32_t ready;         /* so many bytes more are in order now */
	uint32_t acked;         /* so many bytes of the send ring are not needed any more */
};

void rem_tcb_arrive(struct rem_tcb *t, const struct rem_segment *s, rem_time now,
		    struct rem_tcb_act *a);

/* The segment that is to be sent now, if there is one; its data is s->len bytes of the send ring,
 * s->seq - rem_tcb_base() behind its front. */
bool rem_tcb_plan(const struct rem_tcb *t, rem_time now, struct rem_segment *s);

/* The segment, which plan made at this time, has been sent. */
void rem_tcb_sent(struct rem_tcb *t, const struct rem_segment *s, rem_time now);

/*
 * The ACK that nearly every one is: at once, with timestamps, while nothing is on its way, waits to be or has come out of order.
 * Where plan_ack has one, plan would have the same, and sent_ack means what sent would.
 */
bool rem_tcb_plan_ack(const struct rem_tcb *t, rem_time now, struct rem_segment *s);
void rem_tcb_sent_ack(struct rem_tcb *t, const struct rem_segment *s);

/* Ends what has waited too long. Returns whether the connection is at its end. */
bool rem_tcb_expire(struct rem_tcb *t, rem_time now);

/* When plan or expire will have something to do, though nothing happens until then. */
rem_time rem_tcb_due(const struct rem_tcb *t);

/* Is plan worth asking before that? */
bool rem_tcb_pending(const struct rem_tcb *t);

/* The sequence number of the first byte in the send ring. Whether the SYN in front of it is acknowledged is told by the
 * state: after 4 GiB snd.una comes by snd.iss again. */
static inline uint32_t rem_tcb_base(const struct rem_tcb *t)
{
	return t->state < REM_TCP_ESTABLISHED ? t->snd.iss + 1 : t->snd.una;
}

/* The connection that a SYN cookie `iss` has opened, which answered `syn`: ESTABLISHED. */
void rem_tcb_cookie(struct rem_tcb *t, const struct rem_segment *syn, uint32_t iss, rem_time now);

/* A way has become narrower: so many bytes of TCP fit into a datagram now. */
void rem_tcb_narrow(struct rem_tcb *t, uint16_t mtu);

/* The RST that answers a segment which belongs to no connection: RFC 9293 3.5.2. */
void rem_tcb_reset(const struct rem_segment *in, struct rem_segment *out);

#endif
