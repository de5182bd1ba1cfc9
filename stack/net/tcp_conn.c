/* SPDX-License-Identifier: BSD-3-Clause */
/* The user's side of a connection: RFC 9293 3.9.1. */
#include "net/tcp_node.h"

enum { FIRST_PORT = 49152, PORTS = 65536 - FIRST_PORT }; /* RFC 6335 6 */

REM_OWN void rem_tcp_conn_init(struct rem_tcp_conn *c, uint8_t *rx, uint32_t rx_size, uint8_t *tx,
			       uint32_t tx_size)
{
	*c = (struct rem_tcp_conn){.node = {.due = REM_NEVER}};
	rem_ring_init(&c->rx, rx, rx_size);
	rem_ring_init(&c->tx, tx, tx_size);
}

/* That of IPv6. */
REM_SELDOM uint64_t tuple_6(const struct rem_tcp *t, const struct rem_addr *ours, uint32_t ports,
			    const struct rem_addr *theirs)
{
	uint8_t tuple[4 + 2 * REM_ADDR_BYTES];

	rem_copy(tuple, &ports, 4);
	rem_copy(tuple + 4, ours->b, REM_ADDR_BYTES);
	rem_copy(tuple + 4 + REM_ADDR_BYTES, theirs->b, REM_ADDR_BYTES);
	return rem_keyed(t->ip->secret, REM_FOR_ISN, tuple, sizeof(tuple));
}

REM_ONCE uint64_t rem_tcp_tuple(const struct rem_tcp *t, const struct rem_addr *ours, uint16_t port,
				const struct rem_addr *theirs, uint16_t peer)
{
	const uint32_t ports = rem_tcp_ports(port, peer);
	const uint32_t tuple[] = {ports, ours->word[0], theirs->word[0]};

	return rem_addr_is_v6(ours) ? tuple_6(t, ours, ports, theirs)
				    : rem_keyed(t->ip->secret, REM_FOR_ISN, tuple, sizeof(tuple));
}

inline void rem_tcp_begin(struct rem_tcp *t, struct rem_tcp_conn *c, uint32_t flags, rem_time now)
{
	const uint64_t h = rem_tcp_tuple(t, &c->path.from, c->node.port, &c->path.to, c->node.peer);
	const struct rem_tcb_setup setup = {
		.room = c->rx.size,
		.mtu = (uint16_t)(c->path.mtu - rem_tcp_ip_header(&c->path.to)),
		.mss = rem_addr_is_v6(&c->path.to) ? MSS_DEFAULT_6 : MSS_DEFAULT,
		.flags = flags,
		.iss = (uint32_t)h +
		       (uint32_t)(now >> 2), /* RFC 6528 3: a clock of 4 microseconds */
		.ts_offset = (uint32_t)(h >> 32),
	};

	rem_tcb_init(&c->tcb, &setup);
	c->rx.used = c->rx.front = c->tx.used = c->tx.front = 0;
	c->end = REM_TCP_END_NONE;
	c->trouble = 0;
}

/* Would a connection from there be taken for another, or for one to a listener? */
static bool is_taken(const struct rem_tcp *t, const struct rem_tcp_conn *c, uint16_t port)
{
	for (const struct rem_tcp_listener *l = t->listeners; l != NULL; l = l->next) {
		if (l->port == port)
			return true;
	}
	return rem_tcp_find(t, &c->path.to, &c->path.from, rem_tcp_ports(port, c->node.peer)) !=
	       NULL;
}

/* RFC 6056 3.3.1. */
static uint16_t free_port(const struct rem_tcp *t, const struct rem_tcp_conn *c)
{
	uint32_t at = rem_random_below(t->ip->secret, PORTS);

	for (uint32_t i = 0; i < PORTS; i++) {
		const uint16_t port = (uint16_t)(FIRST_PORT + at);

		if (!is_taken(t, c, port))
			return port;
		at = at + 1 < PORTS ? at + 1 : 0;
	}
	return 0;
}

int rem_tcp_open_from(struct rem_tcp *t, struct rem_tcp_conn *c, const struct rem_addr *to,
		      uint16_t port, uint16_t from, rem_time now)
{
	if (c->tcp != NULL)
		return REM_STATE;
	rem_tcp_lead(c, to, &c->from);
	if (rem_ip_way(t->ip, &c->path, now) == REM_PATH_FAILED && c->path.hop.family == 0)
		return REM_MISS;
	if (c->path.link[0] & 1 || (to->family == 4 && to->b[0] >= 224) ||
	    (rem_addr_is_v6(to) && to->b[0] == 0xff))
		return REM_FIELD; /* MUST-46 */
	c->node.peer = port;
	c->node.port = from == 0 ? free_port(t, c) : from;
	if (c->node.port == 0 || (from != 0 && is_taken(t, c, from)))
		return REM_LIMIT;
	c->listener = NULL;
	c->held = true;
	rem_tcp_begin(t, c, c->tcb.flags, now);
	rem_tcp_hang(t, c);
	rem_tcb_call(&c->tcb, REM_CALL_OPEN, 0, now);
	rem_tcp_enqueue(t, c);
	return REM_OK;
}

int rem_tcp_open(struct rem_tcp *t, struct rem_tcp_conn *c, const struct rem_addr *to,
		 uint16_t port, rem_time now)
{
	return rem_tcp_open_from(t, c, to, port, 0, now);
}

void rem_tcp_drop(struct rem_tcp_conn *c, uint32_t n, rem_time now)
{
	rem_ring_drop(&c->rx, n);
	rem_tcb_call(&c->tcb, REM_CALL_RECEIVE, n, now);
	if (c->tcb.flags & REM_TCB_ACK_NOW)
		rem_tcp_schedule(c);
}

int rem_tcp_wrote(struct rem_tcp_conn *c, uint32_t n, rem_time now)
{
	const int err = rem_tcb_call(&c->tcb, REM_CALL_SEND, n, now);

	if (err != REM_OK)
		return err;
	rem_ring_add(&c->tx, n);
	if (n > 0 && c->tcp != NULL && rem_tcb_synchronized(&c->tcb))
		rem_tcp_enqueue(c->tcp, c);
	return REM_OK;
}

bool rem_tcp_at_end(const struct rem_tcp_conn *c)
{
	return c->tcb.state == REM_TCP_CLOSED || c->tcb.state >= REM_TCP_CLOSE_WAIT;
}

int rem_tcp_read(struct rem_tcp_conn *c, void *to, uint32_t n, rem_time now)
{
	n = rem_least(n, c->rx.used);
	if (n == 0)
		return c->rx.used == 0 && rem_tcp_at_end(c) ? REM_CLOSED : 0;
	rem_ring_get(&c->rx, 0, to, n);
	rem_tcp_drop(c, n, now);
	return (int)n;
}

int rem_tcp_write(struct rem_tcp_conn *c, const void *from, uint32_t n, rem_time now)
{
	n = rem_least(n, rem_ring_room(&c->tx));
	rem_ring_put(&c->tx, 0, from, n);
	const int err = rem_tcp_wrote(c, n, now);

	return err < 0 ? err : (int)n;
}

int rem_tcp_shut(struct rem_tcp_conn *c, rem_time now)
{
	const int err = rem_tcb_call(&c->tcb, REM_CALL_SHUT, 0, now);

	if (c->tcb.state == REM_TCP_CLOSED)
		rem_tcp_ended(c, REM_TCP_END_NONE);
	rem_tcp_schedule(c);
	return err;
}

static void let_go(struct rem_tcp_conn *c, enum rem_tcb_call how, rem_time now)
{
	c->notify = NULL;
	c->held = false;
	if (c->tcp == NULL)
		return;
	rem_tcb_call(&c->tcb, how, 0, now);
	if (c->tcb.state == REM_TCP_CLOSED)
		rem_tcp_ended(c, REM_TCP_END_ABORTED);
	rem_tcp_schedule(c);
}

void rem_tcp_close(struct rem_tcp_conn *c, rem_time now)
{
	let_go(c, REM_CALL_CLOSE, now);
}

void rem_tcp_abort(struct rem_tcp_conn *c, rem_time now)
{
	let_go(c, REM_CALL_ABORT, now);
}
