/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fragments of IPv4, collected and made: RFC 791 3.2. What is missing of a datagram is a list of
 * holes that is written into the holes themselves, RFC 815: it needs no memory of its own.
 */
#include "net/ip.h"
#include <remora/icmp.h>
#include <remora/ipv4.h>
#include <remora/net_fragments.h>
#include <remora/net_icmp.h>
#include <remora/numbers.h>

#define COLLECT_FOR (30 * REM_SECOND)

enum { NO_HOLE = 0xffff, NO_END = 0xffff, UNIT = 8, TCP_HEADER = 20, CODE_REASSEMBLY = 1 };
enum { LARGEST = 0xffff - REM_IPV4_HEADER };

/* A hole, in its first bytes: the offset behind its last byte (NO_END: nobody knows), and the next. */
enum { HOLE_END = REM_BYTES(0, 2), HOLE_NEXT = REM_BYTES(2, 2) };

/* A fragment: from first up to end of a payload. */
struct piece {
	const uint8_t *p;
	uint32_t first, end;
	bool more;
};

static struct rem_fragments *of_pieces(struct rem_ip_pieces *p)
{
	return (struct rem_fragments *)((char *)p - offsetof(struct rem_fragments, pieces));
}

static uint8_t *payload(const struct rem_fragments_slot *s)
{
	return s->frame.p + REM_FRAGMENTS_HEADROOM;
}

static uint32_t room(const struct rem_fragments_slot *s)
{
	return s->frame.room - REM_FRAGMENTS_HEADROOM;
}

/* Writes a hole, and from where it is reached: the payload's start or the hole before. */
static void put_hole(struct rem_fragments_slot *s, uint32_t before, uint32_t at, uint32_t end,
		     uint32_t next)
{
	rem_put(payload(s) + at, HOLE_END, end);
	rem_put(payload(s) + at, HOLE_NEXT, next);
	if (before == NO_HOLE)
		s->hole = (uint16_t)at;
	else
		rem_put(payload(s) + before, HOLE_NEXT, at);
}

static void skip_hole(struct rem_fragments_slot *s, uint32_t before, uint32_t next)
{
	if (before == NO_HOLE)
		s->hole = (uint16_t)next;
	else
		rem_put(payload(s) + before, HOLE_NEXT, next);
}

/* Puts a piece into the hole at `at`, of which it may leave a part on either side. */
static void fill_hole(struct rem_fragments_slot *s, uint32_t before, uint32_t at,
		      const struct piece *x)
{
	const uint32_t end = rem_get(payload(s) + at, HOLE_END);
	const uint32_t next = rem_get(payload(s) + at, HOLE_NEXT);

	if (x->first > at) {
		put_hole(s, before, at, x->first, next);
		before = at;
	}
	if (x->more && x->end != end)
		put_hole(s, before, x->end, end, next);
	else
		skip_hole(s, before, next);
	rem_copy(payload(s) + x->first, x->p, x->end - x->first);
}

/* RFC 815 3: where does the piece belong? Into one hole, or nowhere, or it is not to be trusted. */
static enum rem_why add(struct rem_fragments_slot *s, const struct piece *x)
{
	uint32_t before = NO_HOLE;

	for (uint32_t at = s->hole; at != NO_HOLE; at = rem_get(payload(s) + at, HOLE_NEXT)) {
		const uint32_t end = rem_get(payload(s) + at, HOLE_END);

		if (x->end <= at)
			break;
		if (x->first < end) {
			/* Only the hole without an end may get the last piece, and that one must. */
			if (x->first < at || x->end > end || (!x->more && end != NO_END))
				return REM_WHY_IP_FRAGMENT_OVERLAP;
			fill_hole(s, before, at, x);
			return REM_WHY_NONE;
		}
		before = at;
	}
	return x->end > s->frame.end ? REM_WHY_IP_FRAGMENT_OVERLAP : REM_WHY_IP_FRAGMENT_TWICE;
}

static struct rem_fragments_slot *find(const struct rem_fragments *c, const struct rem_frame *f,
				       uint32_t ident)
{
	for (unsigned i = 0; i < c->slots; i++) {
		struct rem_fragments_slot *s = &c->slot[i];

		if (s->state == REM_FRAGMENTS_COLLECTING && s->ident == ident &&
		    s->frame.type == f->type && rem_addr_is(&s->frame.src, &f->src) &&
		    rem_addr_is(&s->frame.dst, &f->dst))
			return s;
	}
	return NULL;
}

/* A free slot; else the oldest that is still being collected, if it may be taken. */
static struct rem_fragments_slot *take(const struct rem_fragments *c, bool by_force)
{
	struct rem_fragments_slot *best = NULL;

	for (unsigned i = 0; i < c->slots; i++) {
		struct rem_fragments_slot *s = &c->slot[i];

		if (s->state == REM_FRAGMENTS_FREE)
			return s;
		if (by_force && s->state == REM_FRAGMENTS_COLLECTING &&
		    (best == NULL || s->due < best->due))
			best = s;
	}
	return best;
}

static void empty(struct rem_fragments_slot *s)
{
	s->frame = (struct rem_frame){.p = s->frame.p, .room = s->frame.room};
	s->path = (struct rem_path){0};
	s->done = s->header = 0;
	s->state = REM_FRAGMENTS_FREE;
}

static struct rem_fragments_slot *begin(struct rem_fragments *c, const struct rem_frame *f,
					uint32_t ident)
{
	struct rem_fragments_slot *s = take(c, true);

	if (s == NULL)
		return NULL;
	empty(s);
	s->state = REM_FRAGMENTS_COLLECTING;
	s->ident = (uint16_t)ident;
	s->due = f->now + COLLECT_FOR;
	s->frame.type = f->type;
	s->frame.src = f->src;
	s->frame.dst = f->dst;
	put_hole(s, NO_HOLE, 0, NO_END, NO_HOLE);
	rem_wake(&c->node, s->due);
	return s;
}

/* Can there be such a fragment at all? */
static enum rem_why check(const struct rem_frame *f, const struct piece *x)
{
	const uint32_t n = x->end - x->first;

	if (n == 0 || x->end > LARGEST || (x->more && n % UNIT != 0))
		return REM_WHY_IP_FRAGMENT_LENGTH;
	if (f->type == REM_IP_TCP && (x->first == UNIT || (x->first == 0 && n < TCP_HEADER)))
		return REM_WHY_IP_FRAGMENT_TINY;
	return REM_WHY_NONE;
}

/* The first fragment's header is the datagram's; all of them together say whether it was sent to all. */
static void keep_header(struct rem_fragments_slot *s, const struct rem_frame *f,
			const struct piece *x, uint32_t header)
{
	s->frame.flags |= f->flags & (REM_LINK_GROUP | REM_NET_GROUP | REM_NET_BROADCAST);
	if (x->end > s->frame.end)
		s->frame.end = x->end;
	if (x->first != 0)
		return;
	s->header = (uint8_t)header;
	rem_copy(payload(s) - header, f->p + f->net, header);
}

/* An answer that fits goes back in the buffer that the last fragment came in, others in pieces. */
static int reply(struct rem_fragments *c, struct rem_fragments_slot *s, struct rem_frame *f, int n)
{
	const uint32_t bytes = (uint32_t)n;

	if (bytes <= c->ip->mtu && bytes <= f->room - f->net) {
		rem_copy(f->p + f->net, s->frame.p + s->frame.net, bytes);
		f->link = s->frame.link;
		empty(s);
		return n;
	}
	s->state = REM_FRAGMENTS_SENDING;
	s->due = f->now + COLLECT_FOR;
	s->at = s->frame.net + REM_IPV4_HEADER;
	s->frame.end = s->frame.net + bytes;
	s->ident = (uint16_t)(rem_random(c->ip->secret) | 1);
	s->path = (struct rem_path){.to = s->frame.dst, .from = s->frame.src};
	rem_wake(&c->node, f->now);
	return 0;
}

static int deliver(struct rem_fragments *c, struct rem_fragments_slot *s, struct rem_frame *f)
{
	const uint32_t header = s->header, n = s->frame.end;
	uint8_t *p = payload(s) - header;

	s->frame.now = f->now;
	s->frame.flags |= REM_REASSEMBLED;
	s->frame.net = REM_FRAGMENTS_HEADROOM - header;
	s->frame.end = REM_FRAGMENTS_HEADROOM + n;
	rem_put(p, REM_IPV4_TOTAL, header + n);
	rem_put(p, REM_IPV4_FRAGMENT, 0);
	rem_put(p, REM_IPV4_SUM, 0);
	rem_put(p, REM_IPV4_SUM, 0xffff & ~rem_sum(p, header));
	const int answer = rem_ipv4_whole(c->ip, &s->frame, header);
	f->verdict = s->frame.verdict;
	if (answer > 0)
		return reply(c, s, f, answer);
	empty(s);
	return answer;
}

static int collect(struct rem_ip_pieces *pieces, struct rem_frame *f, uint32_t off, uint32_t header)
{
	struct rem_fragments *c = of_pieces(pieces);
	const uint8_t *p = f->p + off;
	const uint32_t first = UNIT * rem_get(p, REM_IPV4_OFFSET), ident = rem_get(p, REM_IPV4_ID);
	const struct piece x = {
		.p = p + header,
		.first = first,
		.end = first + f->end - off - header,
		.more = rem_get(p, REM_IPV4_MF) != 0,
	};
	struct rem_fragments_slot *s = find(c, f, ident);

	enum rem_why why = check(f, &x);
	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	if (s == NULL)
		s = begin(c, f, ident);
	/* What follows a piece is a hole, which needs room for itself. */
	if (s == NULL || x.end + (x.more ? UNIT : 0) > room(s)) {
		if (s != NULL)
			empty(s);
		return rem_end(f, REM_WHY_IP_FRAGMENT_FULL, REM_DROP);
	}
	why = add(s, &x);
	if (why == REM_WHY_IP_FRAGMENT_OVERLAP)
		empty(s);
	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	keep_header(s, f, &x, header);
	if (s->hole == NO_HOLE)
		return deliver(c, s, f);
	return rem_end(f, REM_WHY_IP_FRAGMENT_KEPT, REM_OK);
}

static struct rem_frame *larger(struct rem_ip_pieces *pieces, const struct rem_frame *f)
{
	struct rem_fragments_slot *s = take(of_pieces(pieces), false);

	if (s == NULL)
		return NULL;
	empty(s);
	s->due = f->now + COLLECT_FOR;
	return &s->frame;
}

static void fill(struct rem_ip_pieces *pieces, struct rem_frame *f, uint32_t off, uint32_t n)
{
	struct rem_fragments *c = of_pieces(pieces);
	struct rem_fragments_slot *s = (struct rem_fragments_slot *)f;

	if (n == 0)
		return;
	s->state = REM_FRAGMENTS_SENDING;
	s->at = off;
	f->end = off + n;
	s->ident = (uint16_t)(rem_random(c->ip->secret) | 1);
	s->path = (struct rem_path){.to = f->dst, .from = f->src};
	rem_path_narrow(&s->path, f->mtu, f->now);
	rem_wake(&c->node, f->now);
}

/* The next piece of a datagram: as much as the way allows, in units of 8 bytes. */
static int send_piece(struct rem_fragments_slot *s, struct rem_frame *f, uint32_t off)
{
	uint32_t most = (s->path.mtu - REM_IPV4_HEADER) & ~(uint32_t)(UNIT - 1);
	const uint32_t left = s->frame.end - s->at - s->done;

	if (most > ((f->room - off) & ~(uint32_t)(UNIT - 1)))
		most = (f->room - off) & ~(uint32_t)(UNIT - 1);
	const uint32_t n = left <= most ? left : most;
	rem_copy(f->p + off, s->frame.p + s->at + s->done, n);
	f->link = s->path.link;
	f->src = s->frame.src;
	f->dst = s->frame.dst;
	f->type = s->frame.type;
	f->tos = s->frame.tos;
	f->ttl = s->frame.ttl;
	f->ident = s->ident;
	f->fragment = (uint16_t)(s->done / UNIT | (n < left ? 1U << 13 : 0));
	s->done += n;
	if (n == left)
		s->state = REM_FRAGMENTS_FREE;
	return rem_end(f, REM_WHY_IP_PIECE, (int)n);
}

/* Is there a piece of it to be sent now? One that has no way is given up. */
static bool may_go(struct rem_fragments *c, struct rem_fragments_slot *s, rem_time now)
{
	const enum rem_path_state state = rem_ip_wait(c->ip, &s->path, now);

	if (state == REM_PATH_FAILED)
		s->state = REM_FRAGMENTS_FREE;
	return state == REM_PATH_READY;
}

/* RFC 1122 3.3.2: who sent the first fragment is told that others did not come. */
static int time_exceeded(struct rem_fragments *c, struct rem_fragments_slot *s, struct rem_frame *f,
			 uint32_t off)
{
	const uint32_t quote = s->header + UNIT;
	const bool told = s->header != 0 && s->hole >= UNIT &&
			  (s->frame.flags & (REM_LINK_GROUP | REM_NET_GROUP | REM_NET_BROADCAST)) ==
				  0;

	s->state = REM_FRAGMENTS_FREE;
	s->path = (struct rem_path){.to = s->frame.src, .from = s->frame.dst};
	if (!told || f->room - off < REM_ICMP_HEADER + quote || !rem_icmp_may_tell(c->ip, f->now) ||
	    rem_ip_way(c->ip, &s->path, f->now) != REM_PATH_READY)
		return 0;
	uint8_t *p = f->p + off;
	rem_copy(p + REM_ICMP_HEADER, payload(s) - s->header, quote);
	f->link = s->path.link;
	f->src = s->frame.dst;
	f->dst = s->frame.src;
	f->type = REM_IP_ICMP;
	return rem_end(f, REM_WHY_ICMP_TIME,
		       rem_icmp_write_error(p, REM_ICMP_TIME_EXCEEDED, CODE_REASSEMBLY, quote));
}

static int fragments_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_fragments *c = (struct rem_fragments *)node;
	rem_time due = REM_NEVER;
	int n = 0;

	node->due = f->now;     /* there may be more */
	for (unsigned i = 0; i < c->slots && n == 0; i++) {
		struct rem_fragments_slot *s = &c->slot[i];

		if (s->state == REM_FRAGMENTS_SENDING && may_go(c, s, f->now))
			return send_piece(s, f, off);
		if (s->state == REM_FRAGMENTS_COLLECTING && s->due <= f->now)
			n = time_exceeded(c, s, f, off);
		else if (s->due <= f->now)
			s->state = REM_FRAGMENTS_FREE;
		if (s->state != REM_FRAGMENTS_FREE)
			rem_sooner(&due, s->due);
	}
	if (n == 0)
		node->due = due;
	return n;
}

/* It has no number of a protocol: nothing comes up to it. */
static int nothing_comes(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	(void)f;
	(void)off;
	return REM_MISS;
}

static const struct rem_node_ops fragments_ops = {nothing_comes, fragments_encap, NULL};

int rem_fragments_init(struct rem_fragments *c, struct rem_ip *ip, struct rem_fragments_slot *slot,
		       uint16_t n, uint8_t *buffer, uint32_t bytes)
{
	*c = (struct rem_fragments){
		.node = {.ops = &fragments_ops, .due = REM_NEVER, .proto = UINT16_MAX},
		.pieces = {collect, larger, fill},
		.ip = ip,
		.slot = slot,
		.slots = n,
	};
	rem_clear(slot, n * sizeof(*slot));
	for (unsigned i = 0; i < n; i++) {
		slot[i].frame.p = buffer + i * bytes;
		slot[i].frame.room = bytes;
	}
	ip->pieces = &c->pieces;
	return rem_sit(&ip->up, &c->node);
}
