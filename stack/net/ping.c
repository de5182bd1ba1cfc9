/* SPDX-License-Identifier: BSD-3-Clause */
/* One who asks for echoes: RFC 792. */
#include "net/ip.h"
#include <remora/icmp.h>
#include <remora/net_icmp.h>

/* The bytes that come back, for who looks at them in a capture. */
static uint8_t pattern(uint32_t i)
{
	return (uint8_t)(0x10 + i);
}

static int ping_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_ping *p = (struct rem_ping *)node;
	const uint8_t *data = f->p + off + REM_ICMP_HEADER;

	if (!p->waiting || rem_get(f->p + off, REM_ICMP_SEQ) != p->seq ||
	    f->end - off != REM_ICMP_HEADER + (uint32_t)p->size)
		return REM_MISS;
	for (uint32_t i = 0; i < p->size; i++) {
		if (data[i] != pattern(i))
			return REM_MISS;
	}
	p->waiting = false;
	p->took = f->now - p->sent;
	p->answers++;
	return REM_OK;
}

static int ping_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_ping *p = (struct rem_ping *)node;
	uint8_t *to = f->p + off;

	if (f->room - off < REM_ICMP_HEADER + (uint32_t)p->size) {
		if ((f->flags & REM_LARGER_WAITS) == 0) {
			node->due = REM_NEVER;
			p->waiting = false;
			p->fault = REM_FAULT_TOO_BIG;
		}
		return REM_LIMIT;
	}
	node->due = REM_NEVER;
	p->sent = f->now;
	rem_fill(to, 0, REM_ICMP_HEADER);
	to[REM_OFF(REM_ICMP_TYPE) / 8] = REM_ICMP_ECHO;
	rem_put(to, REM_ICMP_ID, node->port);
	rem_put(to, REM_ICMP_SEQ, p->seq);
	for (uint32_t i = 0; i < p->size; i++)
		to[REM_ICMP_HEADER + i] = pattern(i);
	return REM_ICMP_HEADER + p->size;
}

static bool ping_fault(struct rem_node *node, enum rem_fault why, const struct rem_frame *f,
		       uint32_t off)
{
	struct rem_ping *p = (struct rem_ping *)node;

	if (f != NULL && rem_get(f->p + off, REM_ICMP_SEQ) != p->seq)
		return false;
	p->fault = (int8_t)why;
	p->waiting = false;
	node->due = REM_NEVER;
	return true;
}

static const struct rem_node_ops ping_ops = {ping_demux, ping_encap, ping_fault};

/* An answer belongs to whose identifier it has. */
static bool reply(const struct rem_icmp *i, struct rem_frame *f, uint32_t off)
{
	struct rem_node *n;

	for (unsigned at = 0; (n = rem_seats_next(&i->up, &at)) != NULL;) {
		if (n->port == rem_get(f->p + off, REM_ICMP_ID) &&
		    rem_addr_is(&n->path->to, &f->src) && n->ops->demux(n, f, off) == REM_OK)
			return true;
	}
	return false;
}

static int encap(struct rem_icmp *i, struct rem_frame *f, uint32_t off)
{
	struct rem_node *from;

	while ((from = rem_seats_turn(&i->up, f->now, rem_ip_open, i->ip)) != NULL) {
		rem_ip_address_frame(f, from);
		f->verdict.why = REM_WHY_ICMP_ASKS;
		const int n = from->ops->encap(from, f, off);
		rem_seats_ran(&i->node, from);
		if (n == REM_LIMIT)
			rem_seats_again(&i->up);
		if (n > 0)
			rem_icmp_write_sum(f->p + off, (uint32_t)n);
		if (n != 0)
			return n;
	}
	return 0;
}

/* An echo of ours did not come through: its identifier tells whose it was. */
static bool fault(const struct rem_icmp *i, enum rem_fault why, const struct rem_frame *f,
		  uint32_t off)
{
	struct rem_node *n;

	if (f == NULL || f->end - off < REM_ICMP_HEADER ||
	    rem_get(f->p + off, REM_ICMP_TYPE) != REM_ICMP_ECHO)
		return false;
	for (unsigned at = 0; (n = rem_seats_next(&i->up, &at)) != NULL;) {
		if (n->port == rem_get(f->p + off, REM_ICMP_ID) &&
		    rem_addr_is(&n->path->to, &f->dst))
			return n->ops->fault(n, why, f, off);
	}
	return false;
}

static const struct rem_icmp_asks asks = {reply, encap, fault};

int rem_ping_init(struct rem_ping *p, struct rem_icmp *i, struct rem_addr to)
{
	*p = (struct rem_ping){
		.node = {.ops = &ping_ops, .due = REM_NEVER, .path = &p->path,
			 .port = (uint16_t)rem_random(i->ip->secret)},
		.path = {.to = to},
		.fault = -1,
	};
	i->asks = &asks;
	return rem_sit(&i->up, &p->node);
}

void rem_ping_ask(struct rem_ping *p, uint16_t size)
{
	p->seq++;
	p->size = size;
	p->waiting = true;
	p->fault = -1;
	rem_wake(&p->node, 0);
}
