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

/* By an address of IPv4, as it stands in a message: there are no others here. */
static struct rem_neighbour *find(const struct rem_arp *a, uint32_t word)
{
	struct rem_neighbour *e = a->entry, *end = e + a->entries;

	for (; e < end; e++) {
		if (e->state != REM_NEIGHBOUR_NONE && e->addr.word[0] == word)
			return e;
	}
	return NULL;
}

const struct rem_neighbour *rem_arp_find(const struct rem_arp *a, struct rem_addr addr)
{
	return addr.family == 4 ? find(a, addr.word[0]) : NULL;
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
	struct rem_neighbour *e = find(a, path->hop.word[0]);

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
	rem_ip_found(a->ip, path);
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
static inline void meet(struct rem_arp *a, const struct rem_frame *f, uint32_t sender,
			const uint8_t *link)
{
	const struct rem_addr addr = rem_addr_of(sender);
	struct rem_neighbour *e = find(a, sender);

	if (e != NULL) {
		learn(a, e, link, f);
	} else if (rem_ip_subnet(a->ip, &addr) != NULL && (e = new_entry(a)) != NULL) {
		e->addr.family = addr.family;
		e->addr.word[0] = addr.word[0];
		know(a, e, link, f);
	}
}

/* A question for us: its two sides change places. */
REM_BESIDE int answer(struct rem_arp *a, struct rem_frame *f, uint8_t *p, uint32_t sender)
{
	if (sender != 0)
		meet(a, f, sender, rem_at(p, REM_ARP_SHA));
	const uint32_t target = rem_get(p, REM_ARP_TPA);
	rem_copy(rem_at(p, REM_ARP_THA), rem_at(p, REM_ARP_SHA), 10);
	rem_copy(rem_at(p, REM_ARP_SHA), a->ether->address, 6);
	rem_put(p, REM_ARP_SPA, target);
	rem_put(p, REM_ARP_OP, REM_ARP_REPLY);
	if (target >> 16 == LINK_LOCAL)
		f->link = rem_link_all; /* RFC 3927 2.5 */
	return rem_end(f, REM_WHY_ARP_ANSWERED, REM_ARP_LENGTH);
}

/* A message about others, or an answer: it may only tell us what we wanted to know. */
REM_BESIDE int hear(struct rem_arp *a, struct rem_frame *f, const uint8_t *p, uint32_t sender)
{
	struct rem_neighbour *e = find(a, sender);
	const bool reply = rem_get(p, REM_ARP_OP) == REM_ARP_REPLY;

	if (e == NULL)
		return rem_end(f, reply ? REM_WHY_ARP_UNASKED : REM_WHY_ARP_NOT_OURS, REM_DROP);
	const bool asked = e->state == REM_NEIGHBOUR_ASKED;
	learn(a, e, rem_at(p, REM_ARP_SHA), f);
	return rem_end(f, asked ? REM_WHY_ARP_LEARNT : REM_WHY_ARP_UPDATED, REM_OK);
}

/* Who sends, and whom does he ask for? */
static inline int take(struct rem_arp *a, struct rem_frame *f, uint8_t *p)
{
	const struct rem_addr sender = rem_addr_at(rem_at(p, REM_ARP_SPA));
	const struct rem_addr target = rem_addr_at(rem_at(p, REM_ARP_TPA));

	if (rem_ip_is_ours(a->ip, &sender))
		return rem_end(f, REM_WHY_ARP_CONFLICT, REM_DROP);
	if (rem_get(p, REM_ARP_OP) == REM_ARP_REQUEST && rem_ip_is_ours(a->ip, &target))
		return answer(a, f, p, sender.word[0]);
	return hear(a, f, p, sender.word[0]);
}

/* RFC 1812 3.3.2: neither a group nor all have one link address. 0 is who probes, RFC 5227 1.1. */
static bool is_anybody(const uint8_t *p)
{
	const uint8_t net = *rem_at(p, REM_ARP_SPA);

	return (*rem_at(p, REM_ARP_SHA) & 1) == 0 && net != 127 && net < 224;
}

static enum rem_why check(struct rem_view v)
{
	struct rem_head h;

	if (!rem_arp_is_ipv4(v))
		return rem_arp_check(v, &h) == REM_OK ? REM_WHY_ARP_KIND : REM_WHY_ARP_SHORT;
	const uint32_t op = rem_get(v.p, REM_ARP_OP);
	if (op != REM_ARP_REQUEST && op != REM_ARP_REPLY)
		return REM_WHY_ARP_OP;
	return is_anybody(v.p) ? REM_WHY_NONE : REM_WHY_ARP_SENDER;
}

/* Any message: all there is to be asked about it, and who watches over addresses hears of it first. */
REM_BESIDE int take_any(struct rem_arp *a, struct rem_frame *f, uint32_t off)
{
	const enum rem_why why = check(rem_frame_view(f, off));

	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	if (a->guard != NULL && a->guard->saw(a->guard, f, off))
		return REM_DROP;
	return take(a, f, f->p + off);
}

/* Its first eight bytes say at one look that a message is, as nearly all are, of IPv4 over Ethernet. */
#define FIRST(op) \
	((uint64_t)REM_ARP_ETHERNET << 48 | (uint64_t)REM_ETHERTYPE_IPV4 << 32 | 6 << 24 | \
	 4 << 16 | (op))

static inline bool is_plain(const uint8_t *p)
{
	const uint64_t first = rem_be64(p);

	return (first == FIRST(REM_ARP_REQUEST) || first == FIRST(REM_ARP_REPLY)) && is_anybody(p);
}

static int arp_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_arp *a = (struct rem_arp *)node;
	uint8_t *p = f->p + off;

	if (REM_SMALL || f->end - off < REM_ARP_LENGTH || !is_plain(p) || a->guard != NULL)
		return take_any(a, f, off);
	return take(a, f, p);
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
static inline int ask(struct rem_arp *a, struct rem_neighbour *e, struct rem_frame *f, uint32_t off)
{
	const struct rem_addr target = rem_addr_of(e->addr.word[0]);
	const struct rem_ip_address *subnet = rem_ip_subnet(a->ip, &target);
	const struct rem_addr *from = subnet == NULL ? &a->ip->address[0].addr : &subnet->addr;
	const bool poll = e->state == REM_NEIGHBOUR_POLLED;

	e->tries++;
	e->due = f->now + ASK_AGAIN;
	const int n = rem_arp_write(a, f, off, rem_v4(from), rem_v4(&target));
	if (poll &&
	    rem_be16(from->b) != LINK_LOCAL) /* those are always asked aloud, RFC 3927 2.5 */
		f->link = e->link;
	return rem_end(f, poll ? REM_WHY_ARP_POLLS : REM_WHY_ARP_ASKS, n);
}

/* The time of an entry has come, and nobody is to be asked for it, or not again. */
REM_SELDOM void run_out(struct rem_arp *a, struct rem_neighbour *e, rem_time now)
{
	switch (e->state) {
	case REM_NEIGHBOUR_ASKED: enter(a, e, REM_NEIGHBOUR_SILENT, now + SILENT_FOR); break;
	case REM_NEIGHBOUR_POLLED: enter(a, e, REM_NEIGHBOUR_ASKED, now); break;
	case REM_NEIGHBOUR_KNOWN: enter(a, e, REM_NEIGHBOUR_OLD, now + OLD_FOR); break;
	default: e->state = REM_NEIGHBOUR_NONE; break;
	}
	rem_ip_changed(a->ip);
}

static bool is_to_be_asked(const struct rem_neighbour *e)
{
	return (e->state == REM_NEIGHBOUR_ASKED && e->tries < ASKS) ||
	       (e->state == REM_NEIGHBOUR_POLLED && e->tries < POLLS);
}

/* Whose time has come, and when that of the others will; NULL: nobody's. */
static inline struct rem_neighbour *due_entry(const struct rem_arp *a, rem_time now,
					      rem_time *others)
{
	struct rem_neighbour *due = NULL, *e = a->entry, *end = e + a->entries;

	*others = REM_NEVER;
	for (; e < end; e++) {
		if (e->state == REM_NEIGHBOUR_NONE)
			continue;
		if (due == NULL && rem_has_come(e->due, now))
			due = e;
		else
			rem_sooner(others, e->due);
	}
	return due;
}

static int arp_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_arp *a = (struct rem_arp *)node;
	struct rem_neighbour *e;

	while ((e = due_entry(a, f->now, &node->due)) != NULL && !is_to_be_asked(e))
		run_out(a, e, f->now);
	if (e == NULL)
		return 0;
	const int n = ask(a, e, f, off);
	rem_sooner(&node->due, e->due);
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
