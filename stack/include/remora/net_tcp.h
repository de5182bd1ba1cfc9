/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TCP in the live stack: connections over rings of the caller, listeners over pools of them. The
 * state machine is remora/tcb.h; here are its bytes, its time and its secrets.
 *
 *	struct rem_tcp_conn c;
 *	rem_tcp_conn_init(&c, rx, sizeof(rx), tx, sizeof(tx));
 *	rem_tcp_open(&tcp, &c, &server, 80, now);
 *	… rem_in, rem_out, until rem_tcp_is_open(&c) …
 *	rem_tcp_write(&c, "GET / HTTP/1.0\r\n\r\n", 18, now);
 *	… n = rem_tcp_read(&c, buffer, sizeof(buffer), now) until it is REM_CLOSED …
 *	rem_tcp_close(&c, now);
 */
#ifndef REMORA_NET_TCP_H
#define REMORA_NET_TCP_H

#include <remora/net_ip.h>
#include <remora/ring.h>
#include <remora/tcb.h>

struct rem_tcp;
struct rem_tcp_listener;

/* Why a connection is at its end. */
enum rem_tcp_end {
	REM_TCP_END_NONE,        /* it is not, or both sides have closed */
	REM_TCP_END_RESET,       /* they have reset it, or refused it */
	REM_TCP_END_TIMEOUT,     /* they do not answer */
	REM_TCP_END_UNREACHABLE, /* there is no way to them, as we or a router know */
	REM_TCP_END_ABORTED,     /* we have: rem_tcp_abort(), or a close with bytes unread */
};

struct rem_tcp_conn {
	struct rem_node node; /* ports, path, when it wants to run; gen changes with every use */
	uint8_t ttl, tos;     /* of its datagrams; 0: the usual ones */
	uint8_t end;          /* enum rem_tcp_end */
	uint8_t trouble;      /* 1 + enum rem_fault: what ICMP said last; 0: nothing */
	bool held;            /* a user has it: it is not given to another */
	bool queued;
	struct rem_tcp *tcp;  /* where it hangs; NULL: nowhere */
	struct rem_tcp_listener *listener;   /* by whom it was opened; NULL: by us */
	struct rem_tcp_conn *next;           /* in its bucket */
	struct rem_tcp_conn *queue;          /* behind it, of those who want to send */
	/* Called when something has come, has gone or has ended, if not NULL. It may read, write, close. */
	void (*notify)(struct rem_tcp_conn *c, rem_time now);
	void *user;           /* whatever the user likes */
	struct rem_ring rx, tx;
	struct rem_addr from; /* our address, a wish; family 0: the IP layer chooses */
	struct rem_path path;
	struct rem_tcb tcb;
};

/* Who waits for connections at a port. */
struct rem_tcp_listener {
	struct rem_tcp *tcp;
	struct rem_tcp_listener *next;
	struct rem_tcp_conn *pool;           /* of rings of one size; listeners may share it */
	uint16_t count;                      /* connections in it */
	uint16_t backlog;                    /* at most so many of them wait to be accepted */
	uint16_t port;
	uint16_t turn;
	uint32_t flags;                      /* REM_TCB_NODELAY …, of connections to be */
	rem_time cookies;                    /* until then, cookies of ours may come back */
	uint32_t cookies_sent;
	void (*notify)(struct rem_tcp_conn *c, rem_time now); /* of connections to be */
};

struct rem_tcp {
	struct rem_node node;
	struct rem_ip *ip;
	struct rem_tcp_conn **bucket;        /* by address and port of the peer */
	uint32_t mask;                       /* buckets - 1 */
	uint32_t salt;                       /* of the hash: nobody shall fill one bucket */
	struct rem_tcp_listener *listeners;
	struct rem_tcp_conn *first,
		*last; /* the queue of those who want to send; `last` may have left it, but hangs here */
	rem_time timer;                      /* when somebody wants to, who is not in it; or before */
	uint32_t epoch;                      /* of ip, when closed ways were last tried */
	struct rem_tcp_conn *sender;         /* whose segment the driver has, and which */
	/* What to do with a segment for no connection: rem_tcp_listen() knows better. */
	int (*stray)(struct rem_tcp *t, struct rem_segment *s, struct rem_frame *f, uint32_t off);
	struct rem_segment planned;
};

/*
 * Becomes a node and sits down at `ip`. `buckets` is a power of two, 1 will do for few connections;
 * the table is cleared. REM_LIMIT: there is no seat.
 */
int rem_tcp_init(struct rem_tcp *t, struct rem_ip *ip, struct rem_tcp_conn **bucket,
		 uint32_t buckets);

/* A connection that is not there yet, over two rings; the peer may send rx_size bytes ahead. */
void rem_tcp_conn_init(struct rem_tcp_conn *c, uint8_t *rx, uint32_t rx_size, uint8_t *tx,
		       uint32_t tx_size);

/* Wishes for its next use: REM_TCB_NODELAY, REM_TCB_KEEPALIVE … After rem_tcp_conn_init, before it
 * is opened, or at any time for those two. */
static inline void rem_tcp_wish(struct rem_tcp_conn *c, uint32_t flags)
{
	c->tcb.flags |= flags;
}

/* Opens to `to`, from a random port (RFC 6056). REM_STATE: it is in use; REM_MISS: there is no way;
 * REM_FIELD: a group or a broadcast, which are nobody's. */
int rem_tcp_open(struct rem_tcp *t, struct rem_tcp_conn *c, const struct rem_addr *to,
		 uint16_t port, rem_time now);

/* The same from a port of the caller's choice; REM_LIMIT: it is a listener's, or leads there already. */
int rem_tcp_open_from(struct rem_tcp *t, struct rem_tcp_conn *c, const struct rem_addr *to,
		      uint16_t port, uint16_t from, rem_time now);

/* l->pool, l->count, l->backlog, l->port and, if so wished, l->flags and l->notify are filled in.
 * REM_STATE: somebody listens there. */
int rem_tcp_listen(struct rem_tcp *t, struct rem_tcp_listener *l);

/* Nobody listens there any more. What has been accepted goes on, the others are reset. */
void rem_tcp_unlisten(struct rem_tcp_listener *l, rem_time now);

/* The next connection that is open and nobody's yet; it is the caller's until he closes or aborts it,
 * and not to be touched after that. NULL: there is none. */
struct rem_tcp_conn *rem_tcp_accept(struct rem_tcp_listener *l);

/* The bytes that may be read, in place, and then that n of them have been. n = 0: nothing there; see
 * rem_tcp_at_end(). */
static inline struct rem_span rem_tcp_peek(const struct rem_tcp_conn *c)
{
	return rem_ring_read(&c->rx, 0);
}
void rem_tcp_drop(struct rem_tcp_conn *c, uint32_t n, rem_time now);

/* Where bytes may be written, in place, `*n` of them; and then that n have been: REM_CLOSED, REM_OK. */
static inline uint8_t *rem_tcp_space(const struct rem_tcp_conn *c, uint32_t *n)
{
	return rem_ring_write(&c->tx, n);
}
int rem_tcp_wrote(struct rem_tcp_conn *c, uint32_t n, rem_time now);

/* The same with a copy. Bytes, 0: not now, or REM_CLOSED: no more, ever. */
int rem_tcp_read(struct rem_tcp_conn *c, void *to, uint32_t n, rem_time now);
int rem_tcp_write(struct rem_tcp_conn *c, const void *from, uint32_t n, rem_time now);

/* No byte will come any more, besides those that may be read. */
bool rem_tcp_at_end(const struct rem_tcp_conn *c);

/* The bytes from the front of the receive ring to the end of urgent data: RFC 9293 3.8.5; 0: none. */
static inline uint32_t rem_tcp_urgent(const struct rem_tcp_conn *c)
{
	const uint32_t n = c->tcb.rcv.up - (c->tcb.rcv.nxt - c->tcb.rcv.used);

	return c->tcb.flags & REM_TCB_URGENT && (int32_t)n > 0 ? n : 0;
}

/* Both directions may be used, or could once what has come is read. */
static inline bool rem_tcp_is_open(const struct rem_tcp_conn *c)
{
	return c->tcb.state >= REM_TCP_ESTABLISHED && c->tcb.state != REM_TCP_TIME_WAIT;
}

/* All that was written has been acknowledged. */
static inline bool rem_tcp_is_flushed(const struct rem_tcp_conn *c)
{
	return c->tx.used == 0;
}

/* No more will be written (half a close); nor read; and at once. After the last two the connection is
 * the stack's, which may give it to somebody else. */
int rem_tcp_shut(struct rem_tcp_conn *c, rem_time now);
void rem_tcp_close(struct rem_tcp_conn *c, rem_time now);
void rem_tcp_abort(struct rem_tcp_conn *c, rem_time now);

#endif
