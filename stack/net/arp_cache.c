/* SPDX-License-Identifier: BSD-3-Clause */
/* ARP in the live stack: RFC 826, with the cache of RFC 1122 2.3.2. */
#include "net/ip.h"
#include <remora/arp.h>
#include <remora/ethernet.h>
#include <remora/net_arp.h>

#define ASK_AGAIN REM_SECOND         /* RFC 1122 2.3.2.1: at most once a second for each address */
#define KNOWN_FOR (60 * REM_SECOND)  /* RFC 1122 2.3.2.1: a minute */
#define OLD_FOR   (600 * REM_SECOND) /* nobody has sent anything to it for so long: it is forgotten */
#define SILENT_FOR (5 * REM_SECOND)

enum { ASKS = 3, POLLS = 2 };   /* RFC 1122 2.3.2.1 (2): two polls without an answer */
enum { LINK_LOCAL = 0xa9fe };   /* 169.254/16 */

static struct rem_neighbour *find(const struct rem_arp *a, const struct rem_addr *addr)
{
	for (unsigned i = 0; i < a->entries; i++) {
		if (a->entry[i].state != REM_NEIGHBOUR_NONE && rem_addr_is(&a->entry[i].addr, addr))
			return &a->entry[i];
	}
	return NULL;
}

const struct rem_neighbour *rem_arp_find(const struct rem_arp *a, struct rem_addr addr)
{
	return find(a, &addr);
}

static void enter(struct rem_arp *a, struct rem_neighbour *e, enum rem_neighbour_state state,
		  rem_time due)
{
	e->state = (uint8_t)state;
	e->tries = 0;
	e->due = due;
	rem_wake(&a->node, due);
}

/* A place for a new neighbour; NULL: all of them are being asked. */
static inline struct rem_neighbour *new_entry(struct rem_arp *a)
{
	struct rem_neighbour *best = NULL;

	for (unsigned i = 0; i < a->entries; i++) {
		struct rem_neighbour *e = &a->entry[i];

		if (e->state == REM_NEIGHBOUR_NONE)
			return e;
		if (best == NULL || e->state < best->state ||
		    (e->state == best->state && e->due < best->due))
			best = e;
	}
	if (best == NULL || best->state == REM_NEIGHBOUR_ASKED)
		return NULL;
	rem_ip_changed(a->ip);  /* whoever sends to the old one has to ask again */
	best->state = REM_NEIGHBOUR_NONE;
	return best;
}

static enum rem_path_state arp_resolve(struct rem_resolver *r, struct rem_path *path, rem_time now)
{
	struct rem_arp *a = (struct rem_arp *)((char *)r - offsetof(struct rem_arp, resolver));
	struct rem_neighbour *e = find(a, &path->hop);

	if (e == NULL) {
		if ((e = new_entry(a)) == NULL)
			return REM_PATH_UNKNOWN;
		path->epoch = a->ip->epoch;
		e->addr = path->hop;
		enter(a, e, REM_NEIGHBOUR_ASKED, now);
	}
	if (e->state == REM_NEIGHBOUR_ASKED)
		return REM_PATH_ASKING;
	if (e->state == REM_NEIGHBOUR_SILENT)
		return REM_PATH_FAILED;
	if (e->state == REM_NEIGHBOUR_OLD)
		enter(a, e, REM_NEIGHBOUR_POLLED, now);
	rem_copy(path->link, e->link, 6);
	return REM_PATH_READY;
}

REM_LONG void know(struct rem_arp *a, struct rem_neighbour *e, const uint8_t *link,
		   const struct rem_frame *f)
{
	rem_copy(e->link, link, 6);
	enter(a, e, REM_NEIGHBOUR_KNOWN, f->now + KNOWN_FOR);
}

/* Somebody has said where he is. */
static inline void learn(struct rem_arp *a, struct rem_neighbour *e, const uint8_t *link,
			 const struct rem_frame *f)
{
	const bool same = e->state != REM_NEIGHBOUR_ASKED && e->state != REM_NEIGHBOUR_SILENT &&
			  rem_same(e->link, link, 6);

	know(a, e, link, f);
	if (!same)
		rem_ip_changed(a->ip);
}

/* Who asks for us will be answered, and so has a place in the cache if he is on our link. */
static void meet(struct rem_arp *a, const struct rem_addr *addr, const uint8_t *link,
		 const struct rem_frame *f)
{
	struct rem_neighbour *e = find(a, addr);

	if (e != NULL) {
		learn(a, e, link, f);
	} else if (rem_ip_subnet(a->ip, addr) != NULL && (e = new_entry(a)) != NULL) {
		e->addr = *addr;
		know(a, e, link, f);
	}
}

/* RFC 1812 3.3.2: neither a group nor all have one link address. 0 is who probes, RFC 5227 1.1. */
static bool is_anybody(const struct rem_addr *addr, const uint8_t *link)
{
	return (link[0] & 1) == 0 && addr->b[0] != 127 && addr->b[0] < 224;
}

static int answer(const struct rem_arp *a, struct rem_frame *f, uint8_t *p)
{
	uint8_t target[4];

	rem_copy(target, rem_at(p, REM_ARP_TPA), 4);
	rem_copy(rem_at(p, REM_ARP_THA), rem_at(p, REM_ARP_SHA), 10);
	rem_copy(rem_at(p, REM_ARP_SHA), a->ether->address, 6);
	rem_copy(rem_at(p, REM_ARP_SPA), target, 4);
	rem_put(p, REM_ARP_OP, REM_ARP_REPLY);
	if (rem_be16(target) == LINK_LOCAL)
		f->link = rem_link_all; /* RFC 3927 2.5 */
	return rem_end(f, REM_WHY_ARP_ANSWERED, REM_ARP_LENGTH);
}

/* A message about others, or an answer: it may only tell us what we wanted to know. */
static int hear(struct rem_arp *a, struct rem_frame *f, const struct rem_addr *sender,
		const uint8_t *p)
{
	struct rem_neighbour *e = find(a, sender);
	const bool reply = rem_get(p, REM_ARP_OP) == REM_ARP_REPLY;

	if (e == NULL)
		return rem_end(f, reply ? REM_WHY_ARP_UNASKED : REM_WHY_ARP_NOT_OURS, REM_DROP);
	const bool asked = e->state == REM_NEIGHBOUR_ASKED;
	learn(a, e, rem_at(p, REM_ARP_SHA), f);
	return rem_end(f, asked ? REM_WHY_ARP_LEARNT : REM_WHY_ARP_UPDATED, REM_OK);
}

static enum rem_why check(struct rem_view v)
{
	struct rem_head h;

	if (!rem_arp_is_ipv4(v))
		return rem_arp_check(v, &h) == REM_OK ? REM_WHY_ARP_KIND : REM_WHY_ARP_SHORT;
	const uint32_t op = rem_get(v.p, REM_ARP_OP);
	return op == REM_ARP_REQUEST || op == REM_ARP_REPLY ? REM_WHY_NONE : REM_WHY_ARP_OP;
}

static int arp_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_arp *a = (struct rem_arp *)node;
	uint8_t *p = f->p + off;

	const enum rem_why why = check(rem_frame_view(f, off));
	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	const uint8_t *link = rem_at(p, REM_ARP_SHA);
	const struct rem_addr sender = rem_addr_at(rem_at(p, REM_ARP_SPA));
	const struct rem_addr target = rem_addr_at(rem_at(p, REM_ARP_TPA));
	if (!is_anybody(&sender, link))
		return rem_end(f, REM_WHY_ARP_SENDER, REM_DROP);
	if (a->guard != NULL && a->guard->saw(a->guard, f, off))
		return REM_DROP;
	if (rem_ip_is_ours(a->ip, &sender))
		return rem_end(f, REM_WHY_ARP_CONFLICT, REM_DROP);
	if (rem_get(p, REM_ARP_OP) == REM_ARP_REPLY || !rem_ip_is_ours(a->ip, &target))
		return hear(a, f, &sender, p);
	if (rem_v4(&sender) != 0)
		meet(a, &sender, link, f);
	return answer(a, f, p);
}

int rem_arp_write(struct rem_arp *a, struct rem_frame *f, uint32_t off, uint32_t sender,
		  uint32_t target)
{
	uint8_t *p = f->p + off;

	rem_put(p, REM_ARP_HTYPE, REM_ARP_ETHERNET);
	rem_put(p, REM_ARP_PTYPE, REM_ETHERTYPE_IPV4);
	rem_put(p, REM_ARP_HSIZE, 6);
	rem_put(p, REM_ARP_PSIZE, 4);
	rem_put(p, REM_ARP_OP, REM_ARP_REQUEST);
	rem_copy(rem_at(p, REM_ARP_SHA), a->ether->address, 6);
	rem_put(p, REM_ARP_SPA, sender);
	rem_fill(rem_at(p, REM_ARP_THA), 0, 6);
	rem_put(p, REM_ARP_TPA, target);
	f->link = rem_link_all;
	f->type = REM_ETHERTYPE_ARP;
	return REM_ARP_LENGTH;
}

/* Asks for a neighbour: all, or, where its address is known, it alone. */
static int ask(struct rem_arp *a, struct rem_neighbour *e, struct rem_frame *f, uint32_t off)
{
	const struct rem_ip_address *subnet = rem_ip_subnet(a->ip, &e->addr);
	const struct rem_addr *from = subnet == NULL ? &a->ip->address[0].addr : &subnet->addr;
	const bool poll = e->state == REM_NEIGHBOUR_POLLED;

	e->tries++;
	e->due = f->now + ASK_AGAIN;
	const int n = rem_arp_write(a, f, off, rem_v4(from), rem_v4(&e->addr));
	if (poll &&
	    rem_be16(from->b) != LINK_LOCAL) /* those are always asked aloud, RFC 3927 2.5 */
		f->link = e->link;
	return rem_end(f, poll ? REM_WHY_ARP_POLLS : REM_WHY_ARP_ASKS, n);
}

/* The time of an entry has come. True: it wants to ask. */
static bool run_out(struct rem_arp *a, struct rem_neighbour *e, rem_time now)
{
	switch (e->state) {
	case REM_NEIGHBOUR_ASKED:
		if (e->tries < ASKS)
			return true;
		enter(a, e, REM_NEIGHBOUR_SILENT, now + SILENT_FOR);
		break;
	case REM_NEIGHBOUR_POLLED:
		if (e->tries < POLLS)
			return true;
		enter(a, e, REM_NEIGHBOUR_ASKED, now);
		break;
	case REM_NEIGHBOUR_KNOWN: enter(a, e, REM_NEIGHBOUR_OLD, now + OLD_FOR); break;
	default: e->state = REM_NEIGHBOUR_NONE; break;
	}
	rem_ip_changed(a->ip);
	return e->state == REM_NEIGHBOUR_ASKED;
}

static int arp_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_arp *a = (struct rem_arp *)node;
	rem_time due = REM_NEVER;
	int n = 0;

	for (unsigned i = 0; i < a->entries; i++) {
		struct rem_neighbour *e = &a->entry[i];

		if (e->state == REM_NEIGHBOUR_NONE)
			continue;
		if (n == 0 && rem_has_come(e->due, f->now) && run_out(a, e, f->now))
			n = ask(a, e, f, off);
		if (e->state != REM_NEIGHBOUR_NONE)
			rem_sooner(&due, e->due);
	}
	node->due = due;
	return n;
}

void rem_arp_forget(struct rem_arp *a)
{
	rem_clear(a->entry, a->entries * sizeof(*a->entry));
	rem_ip_changed(a->ip);
}

static const struct rem_node_ops arp_ops = {arp_demux, arp_encap, NULL};

int rem_arp_init(struct rem_arp *a, struct rem_ether *ether, struct rem_ip *ip,
		 struct rem_neighbour *entry, uint16_t n)
{
	rem_node_begin(&a->node, sizeof(*a), &arp_ops);
	a->node.proto = REM_ETHERTYPE_ARP;
	a->resolver.find = arp_resolve;
	a->ip = ip;
	a->ether = ether;
	a->entry = entry;
	a->entries = n;
	rem_clear(entry, n * sizeof(*entry));
	ip->arp = &a->resolver;
	return rem_sit(&ether->up, &a->node);
}
