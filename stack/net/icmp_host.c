/* SPDX-License-Identifier: BSD-3-Clause */
/* ICMP as a host does it: RFC 792, RFC 1122 3.2.2. */
#include "core/words.h"
#include "net/ip.h"
#include <remora/icmp.h>
#include <remora/ipv4.h>
#include <remora/net_icmp.h>
#include <remora/numbers.h>

enum { SAY_SHIFT = 17 };            /* RFC 1812 4.3.2.8: an error in 2^17 microseconds, after … */
enum { SAY_AT_ONCE = 6 };           /* … so many */
enum { ERROR_LENGTH = 576 };        /* RFC 1812 4.3.2.3: the datagram that quotes is no longer */

enum { CODE_PROTOCOL = 2, CODE_PORT = 3 };      /* of unreachable */

/* RFC 1191 7.1: where a router does not say how much would fit, the next smaller of these. */
static const uint16_t plateaus[] = {32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68};

void rem_icmp_write_sum(uint8_t *p, uint32_t n)
{
	rem_put(p, REM_ICMP_SUM, 0);
	rem_put(p, REM_ICMP_SUM, 0xffff & ~rem_sum(p, n));
}

bool rem_icmp_may_tell(struct rem_ip *ip, rem_time now)
{
	struct rem_icmp *i = (struct rem_icmp *)rem_seats_find(&ip->up, REM_IP_ICMP);

	if (i == NULL)
		return false;
	const uint32_t tick = (uint32_t)(now >> SAY_SHIFT);
	if (tick - i->said > SAY_AT_ONCE)
		i->said = tick - SAY_AT_ONCE;
	if (tick == i->said)
		return false;
	i->said++;
	return true;
}

int rem_icmp_write_error(uint8_t *p, uint32_t type, uint32_t code, uint32_t quote)
{
	rem_fill(p, 0, REM_ICMP_HEADER);
	p[REM_OFF(REM_ICMP_TYPE) / 8] = (uint8_t)type;
	p[REM_OFF(REM_ICMP_CODE) / 8] = (uint8_t)code;
	rem_icmp_write_sum(p, REM_ICMP_HEADER + quote);
	return (int)(REM_ICMP_HEADER + quote);
}

/*
 * The datagram moves back behind an ICMP header that is written where its payload was; as much of it
 * as there is room for, at least what RFC 792 wants. RFC 1122 3.2.2 says about what nothing may be
 * said: groups, and other errors.
 */
static int complain(struct rem_ip *ip, struct rem_frame *f, uint32_t off, bool port)
{
	const uint32_t least = off - f->net + 8, room = f->room - off;
	uint32_t quote = f->end - f->net;

	if ((f->flags & (REM_LINK_GROUP | REM_NET_GROUP | REM_NET_BROADCAST)) != 0 ||
	    f->type == REM_IP_ICMP || room < REM_ICMP_HEADER + least ||
	    !rem_icmp_may_tell(ip, f->now))
		return 0;
	if (quote > ERROR_LENGTH - REM_IPV4_HEADER - REM_ICMP_HEADER)
		quote = ERROR_LENGTH - REM_IPV4_HEADER - REM_ICMP_HEADER;
	if (quote > room - REM_ICMP_HEADER)
		quote = room - REM_ICMP_HEADER;
	rem_move(f->p + off + REM_ICMP_HEADER, f->p + f->net, quote);
	f->type = REM_IP_ICMP;
	return rem_icmp_write_error(f->p + off, REM_ICMP_UNREACHABLE,
				    port ? CODE_PORT : CODE_PROTOCOL, quote);
}

/* The sum of an answer differs from the question's by its type alone: RFC 1624. */
static int echo(struct rem_frame *f, uint32_t off)
{
	uint8_t *p = f->p + off;

	if ((f->flags & (REM_LINK_GROUP | REM_NET_GROUP | REM_NET_BROADCAST)) != 0)
		return rem_end(f, REM_WHY_ICMP_ECHO_GROUP, REM_DROP);
	p[REM_OFF(REM_ICMP_TYPE) / 8] = REM_ICMP_ECHO_REPLY;
	rem_put(p, REM_ICMP_SUM, rem_sum_fold(rem_get(p, REM_ICMP_SUM) + (REM_ICMP_ECHO << 8)));
	return rem_end(f, REM_WHY_ICMP_ECHO, (int)(f->end - off));
}

/* RFC 1191 3 and 7: what would have fitted. */
static uint16_t narrower(const uint8_t *icmp, const uint8_t *quoted)
{
	const uint32_t told = rem_get(icmp, REM_ICMP_MTU), total = rem_get(quoted, REM_IPV4_TOTAL);

	if (told != 0)
		return (uint16_t)told;
	for (unsigned i = 0; i < REM_COUNT(plateaus); i++) {
		if (plateaus[i] < total)
			return plateaus[i];
	}
	return REM_LEAST_MTU;
}

static enum rem_fault fault_of(const uint8_t *p)
{
	if (rem_get(p, REM_ICMP_TYPE) != REM_ICMP_UNREACHABLE)
		return REM_FAULT_EXPIRED;
	switch (rem_get(p, REM_ICMP_CODE)) {
	case CODE_PROTOCOL:
	case CODE_PORT: return REM_FAULT_PORT;
	case REM_ICMP_FRAGMENTATION_NEEDED: return REM_FAULT_TOO_BIG;
	default: return REM_FAULT_NETWORK;
	}
}

/* An error goes to whose datagram it quotes: RFC 1122 3.2.2. */
static int error(const struct rem_icmp *i, struct rem_frame *f, uint32_t off)
{
	struct rem_frame quoted = *f;
	struct rem_head h;
	const uint8_t *icmp = f->p + off;

	quoted.net = off + REM_ICMP_HEADER;
	const struct rem_view all = rem_frame_view(f, quoted.net);
	const struct rem_view v = {all.p, all.cap, REM_UNKNOWN};
	const int err = rem_ipv4_check(v, &h);
	if ((err != REM_OK && err != REM_SHORT) || h.len < REM_IPV4_HEADER || h.payload.cap == 0)
		return rem_end(f, REM_WHY_ICMP_ERROR_QUOTE, REM_DROP);
	quoted.src = rem_addr_at(rem_at(v.p, REM_IPV4_SRC));
	quoted.dst = rem_addr_at(rem_at(v.p, REM_IPV4_DST));
	if (!rem_ip_is_ours(i->ip, &quoted.src) || rem_get(v.p, REM_IPV4_OFFSET) != 0)
		return rem_end(f, REM_WHY_ICMP_ERROR_QUOTE, REM_DROP);
	quoted.mtu = narrower(icmp, v.p);
	quoted.end = quoted.net + h.len + h.payload.cap;
	const bool heard = rem_ip_fault(i->ip, rem_get(v.p, REM_IPV4_PROTO), fault_of(icmp),
					&quoted, quoted.net + h.len);
	return rem_end(f, heard ? REM_WHY_ICMP_ERROR : REM_WHY_ICMP_ERROR_NOBODY,
		       heard ? REM_OK : REM_DROP);
}

static int echo_reply(const struct rem_icmp *i, struct rem_frame *f, uint32_t off)
{
	if (i->asks == NULL || !i->asks->reply(i, f, off))
		return rem_end(f, REM_WHY_ICMP_REPLY_UNASKED, REM_DROP);
	return rem_end(f, REM_WHY_ICMP_REPLY, REM_OK);
}

static int icmp_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	const struct rem_icmp *i = (const struct rem_icmp *)node;
	const struct rem_view v = rem_frame_view(f, off);
	struct rem_head h;

	if (rem_icmp_check(v, &h) != REM_OK)
		return rem_end(f, REM_WHY_ICMP_SHORT, REM_DROP);
	if ((f->flags & REM_SUMS_VERIFIED) == 0 && !rem_sum_is_good(rem_sum_on(v.p, v.cap, 0)))
		return rem_end(f, REM_WHY_ICMP_SUM, REM_DROP);
	switch (rem_get(v.p, REM_ICMP_TYPE)) {
	case REM_ICMP_ECHO: return echo(f, off);
	case REM_ICMP_ECHO_REPLY: return echo_reply(i, f, off);
	case REM_ICMP_UNREACHABLE:
	case REM_ICMP_TIME_EXCEEDED: return error(i, f, off);
	case REM_ICMP_REDIRECT: return rem_end(f, REM_WHY_ICMP_REDIRECT, REM_DROP);
	default: return rem_end(f, REM_WHY_ICMP_TYPE, REM_DROP);
	}
}

/* Who asks for echoes brings what it takes, in ping.c. */
static int icmp_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_icmp *i = (struct rem_icmp *)node;

	node->due = REM_NEVER;
	return i->asks == NULL ? 0 : i->asks->encap(i, f, off);
}

static bool icmp_fault(struct rem_node *node, enum rem_fault why, const struct rem_frame *f,
		       uint32_t off)
{
	const struct rem_icmp *i = (const struct rem_icmp *)node;

	return i->asks != NULL && i->asks->fault(i, why, f, off);
}

static const struct rem_node_ops icmp_ops = {icmp_demux, icmp_encap, icmp_fault};

int rem_icmp_init(struct rem_icmp *i, struct rem_ip *ip, struct rem_seat *seat, uint16_t n)
{
	rem_node_begin(&i->node, sizeof(*i), &icmp_ops);
	i->node.proto = REM_IP_ICMP;
	i->ip = ip;
	rem_seats_init(&i->up, &i->node, seat, n);
	ip->complain = complain;
	return rem_sit(&ip->up, &i->node);
}
