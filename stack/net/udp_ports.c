/* SPDX-License-Identifier: BSD-3-Clause */
/* UDP in the live stack: RFC 768, RFC 1122 4.1. */
#include "net/ip.h"
#include <remora/net_udp.h>
#include <remora/numbers.h>
#include <remora/udp.h>

enum { FIRST_PORT = 49152, PORTS = 65536 - FIRST_PORT };        /* RFC 6335 6 */

static enum rem_why header_check(struct rem_frame *f, uint32_t off)
{
	const struct rem_view v = rem_frame_view(f, off);
	struct rem_head h;

	const int err = rem_udp_check(v, &h);
	if (err != REM_OK)
		return h.bad == REM_UDP_LENGTH ? REM_WHY_UDP_LENGTH : REM_WHY_UDP_SHORT;
	const uint32_t stored = rem_get(v.p, REM_UDP_SUM);
	f->end = off + rem_get(v.p, REM_UDP_LENGTH);
	if (stored == 0)                /* RFC 768 allows it with IPv4, RFC 8200 8.1 not with IPv6 */
		return rem_addr_is_v6(&f->src) ? REM_WHY_UDP_SUM : REM_WHY_NONE;
	if ((f->flags & REM_SUMS_VERIFIED) == 0 &&
	    !rem_sum_agrees(rem_ip_sum(f, REM_IP_UDP, off, f->end - off)))
		return REM_WHY_UDP_SUM;
	return REM_WHY_NONE;
}

static bool is_connected_to(const struct rem_node *n, const struct rem_addr *to, uint16_t port)
{
	return n->peer == port && n->path != NULL && rem_addr_is(&n->path->to, to);
}

/* Whose datagram is it? Who is connected goes before who listens to all. */
static struct rem_node *receiver(const struct rem_udp *u, const struct rem_frame *f)
{
	struct rem_node *n, *open = NULL;

	for (unsigned at = 0; (n = rem_seats_next(&u->up, &at)) != NULL;) {
		if (n->port != f->dport)
			continue;
		if (is_connected_to(n, &f->src, f->sport))
			return n;
		if (n->peer == 0 && open == NULL)
			open = n;
	}
	return open;
}

static int hand_over(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	f->verdict.why = REM_WHY_UDP_TAKEN;
	const int answer = n->ops->demux(n, f, off);
	if (answer > 0 && f->verdict.why == REM_WHY_UDP_TAKEN)
		f->verdict.why = REM_WHY_UDP_ANSWERED;
	return answer;
}

/* Everybody at the port gets it, RFC 1122 4.1.3.5 and 3.3.6, until one writes an answer over it. */
static int hand_to_all(const struct rem_udp *u, struct rem_frame *f, uint32_t off)
{
	struct rem_node *n;
	int result = REM_MISS;

	for (unsigned at = 0; (n = rem_seats_next(&u->up, &at)) != NULL && result <= 0;) {
		if (n->port != f->dport || (n->peer != 0 && n->peer != f->sport))
			continue;
		const uint8_t before = f->verdict.why;
		const int here = hand_over(n, f, off);
		if (result == 0 && here < 0)
			f->verdict.why = before;        /* somebody took it: that is what became of it */
		else if (here != REM_MISS)
			result = here;
	}
	return result;
}

/* RFC 768: a sum of 0 is written as its other zero, since 0 says that there is none. */
static void write_header(struct rem_frame *f, uint32_t off, uint32_t n)
{
	uint8_t *p = f->p + off;

	rem_put(p, REM_UDP_SRC, f->sport);
	rem_put(p, REM_UDP_DST, f->dport);
	rem_put(p, REM_UDP_LENGTH, n);
	rem_put(p, REM_UDP_SUM, 0);
	const uint32_t sum = 0xffff & ~rem_sum_end(rem_ip_sum(f, REM_IP_UDP, off, n));
	rem_put(p, REM_UDP_SUM, sum == 0 ? 0xffff : sum);
}

static int answer(const struct rem_udp *u, struct rem_frame *f, uint32_t off, uint32_t n)
{
	const uint16_t to = f->sport;

	f->sport = f->dport;
	f->dport = to;
	rem_ip_reply(u->ip, f);
	write_header(f, off, REM_UDP_HEADER + n);
	return (int)(REM_UDP_HEADER + n);
}

static int udp_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	const struct rem_udp *u = (const struct rem_udp *)node;
	struct rem_node *to;
	int n = REM_MISS;

	const enum rem_why why = header_check(f, off);
	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	f->sport = (uint16_t)rem_get(f->p + off, REM_UDP_SRC);
	f->dport = (uint16_t)rem_get(f->p + off, REM_UDP_DST);
	if (f->dport == 0)
		return REM_MISS;
	if ((f->flags & (REM_NET_GROUP | REM_NET_BROADCAST)) != 0)
		n = hand_to_all(u, f, off + REM_UDP_HEADER);
	else if ((to = receiver(u, f)) != NULL)
		n = hand_over(to, f, off + REM_UDP_HEADER);
	return n > 0 ? answer(u, f, off, (uint32_t)n) : n;
}

static int udp_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_udp *u = (struct rem_udp *)node;
	struct rem_node *from;

	while ((from = rem_seats_turn(&u->up, f->now, rem_ip_open, u->ip)) != NULL) {
		rem_ip_address_frame(f, from);
		f->verdict.why = REM_WHY_UDP_SENT;
		const int n = from->ops->encap(from, f, off + REM_UDP_HEADER);
		rem_seats_ran(node, from);
		if (n == REM_LIMIT)
			rem_seats_again(&u->up);
		if (n < 0)
			return n;
		if (n > 0) {
			write_header(f, off, REM_UDP_HEADER + (uint32_t)n);
			return REM_UDP_HEADER + n;
		}
	}
	return 0;
}

/* Somebody quotes what we have sent: the ports tell whose it was. */
static bool udp_fault(struct rem_node *node, enum rem_fault why, const struct rem_frame *f,
		      uint32_t off)
{
	const struct rem_udp *u = (const struct rem_udp *)node;
	struct rem_node *n;

	if (f == NULL || f->end - off < REM_END(REM_UDP_DST))
		return false;
	const uint32_t port = rem_get(f->p + off, REM_UDP_SRC);
	const uint16_t peer = (uint16_t)rem_get(f->p + off, REM_UDP_DST);
	for (unsigned at = 0; (n = rem_seats_next(&u->up, &at)) != NULL;) {
		if (n->port == port && is_connected_to(n, &f->dst, peer))
			return n->ops->fault == NULL || n->ops->fault(n, why, f, off);
	}
	return false;
}

static const struct rem_node_ops udp_ops = {udp_demux, udp_encap, udp_fault};

int rem_udp_init(struct rem_udp *u, struct rem_ip *ip, struct rem_seat *seat, uint16_t n)
{
	rem_node_begin(&u->node, sizeof(*u), &udp_ops);
	u->node.proto = REM_IP_UDP;
	u->ip = ip;
	rem_seats_init(&u->up, &u->node, seat, n);
	return rem_sit(&ip->up, &u->node);
}

static bool is_taken(const struct rem_udp *u, uint32_t port)
{
	const struct rem_node *n;

	for (unsigned at = 0; (n = rem_seats_next(&u->up, &at)) != NULL;) {
		if (n->port == port)
			return true;
	}
	return false;
}

REM_ONCE uint16_t rem_draw_port(struct rem_secret *s)
{
	return (uint16_t)(FIRST_PORT | rem_random(s));
}

uint16_t rem_udp_free_port(const struct rem_udp *u)
{
	const uint32_t first = rem_random_below(u->ip->secret, PORTS);

	for (uint32_t i = 0; i < PORTS; i++) {
		const uint32_t port = FIRST_PORT + (first + i) % PORTS;

		if (!is_taken(u, port))
			return (uint16_t)port;
	}
	return 0;
}
