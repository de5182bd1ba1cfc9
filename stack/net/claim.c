/* SPDX-License-Identifier: BSD-3-Clause */
/* Conflicts of addresses: RFC 5227. */
#include "net/ip.h"
#include <remora/arp.h>
#include <remora/net_claim.h>

/* RFC 5227 1.1 */
#define PROBE_WAIT        REM_SECOND
#define PROBE_MIN         REM_SECOND
#define PROBE_MAX         (2 * REM_SECOND)
#define ANNOUNCE_WAIT     (2 * REM_SECOND)
#define ANNOUNCE_INTERVAL (2 * REM_SECOND)
#define RATE_LIMIT        (60 * REM_SECOND)
#define DEFEND_INTERVAL   (10 * REM_SECOND)
enum { PROBE_NUM = 3, ANNOUNCE_NUM = 2, MAX_CONFLICTS = 10 };

static rem_time between(struct rem_claim *c, rem_time least, rem_time most)
{
	return least + rem_random_below(c->arp->ip->secret, (uint32_t)(most - least) + 1);
}

static void enter(struct rem_claim *c, enum rem_claim_state state, rem_time now)
{
	c->state = (uint8_t)state;
	c->sent = 0;
	if (c->changed != NULL)
		c->changed(c, now);
}

static void lose(struct rem_claim *c, rem_time now)
{
	rem_claim_stop(c);
	if (c->conflicts < UINT8_MAX)
		c->conflicts++;
	enter(c, REM_CLAIM_LOST, now);
}

/* RFC 5227 2.4 (b): defended once, given up when it happens again within ten seconds. */
static void defend(struct rem_claim *c, rem_time now)
{
	if (c->defended != 0 && now - c->defended < DEFEND_INTERVAL) {
		lose(c, now);
		return;
	}
	c->defended = now;
	c->defend = true;
	rem_wake(&c->node, now);
}

static bool saw(struct rem_arp_guard *guard, struct rem_frame *f, uint32_t off)
{
	struct rem_claim *c =
		(struct rem_claim *)((char *)guard - offsetof(struct rem_claim, guard));
	const uint8_t *p = f->p + off;
	const bool sender = rem_same(rem_at(p, REM_ARP_SPA), c->addr.b, 4);
	const bool probe = rem_get(p, REM_ARP_OP) == REM_ARP_REQUEST &&
			   rem_get(p, REM_ARP_SPA) == 0 &&
			   rem_same(rem_at(p, REM_ARP_TPA), c->addr.b, 4);

	if (c->state == REM_CLAIM_PROBING && (sender || probe))
		lose(c, f->now);
	else if ((c->state == REM_CLAIM_ANNOUNCING || c->state == REM_CLAIM_HELD) && sender)
		defend(c, f->now);
	else
		return false;
	f->verdict.why = REM_WHY_ARP_CONFLICT;
	return true;
}

static int say(struct rem_claim *c, struct rem_frame *f, uint32_t off, enum rem_why why)
{
	const uint32_t addr = rem_v4(&c->addr), sender = why == REM_WHY_ARP_PROBES ? 0 : addr;

	return rem_end(f, why, rem_arp_write(c->arp, f, off, sender, addr));
}

/* RFC 5227 2.1.1: three probes, then some time for an answer; then it is ours. */
static int probe(struct rem_claim *c, struct rem_frame *f, uint32_t off)
{
	if (c->sent < PROBE_NUM) {
		c->sent++;
		c->node.due = f->now + (c->sent < PROBE_NUM ? between(c, PROBE_MIN, PROBE_MAX)
							    : ANNOUNCE_WAIT);
		return say(c, f, off, REM_WHY_ARP_PROBES);
	}
	rem_ip_set_address(c->arp->ip, c->index, c->addr, c->prefix);
	c->conflicts = 0;
	enter(c, REM_CLAIM_ANNOUNCING, f->now);
	return 0;
}

static int announce(struct rem_claim *c, struct rem_frame *f, uint32_t off)
{
	c->sent++;
	c->node.due = f->now + ANNOUNCE_INTERVAL;
	if (c->sent == ANNOUNCE_NUM) {
		c->node.due = REM_NEVER;
		enter(c, REM_CLAIM_HELD, f->now);
	}
	return say(c, f, off, REM_WHY_ARP_ANNOUNCES);
}

static int claim_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_claim *c = (struct rem_claim *)node;

	if (c->defend) {
		c->defend = false;
		if (c->state == REM_CLAIM_HELD)
			node->due = REM_NEVER;
		return say(c, f, off, REM_WHY_ARP_DEFENDS);
	}
	node->due = REM_NEVER;
	if (c->state == REM_CLAIM_PROBING) {
		const int n = probe(c, f, off);
		if (n > 0 || c->state != REM_CLAIM_ANNOUNCING)
			return n;
	}
	return c->state == REM_CLAIM_ANNOUNCING ? announce(c, f, off) : 0;
}

/* What comes goes to ARP, and from there to its guard. */
static int nothing_comes(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	(void)f;
	(void)off;
	return REM_MISS;
}

static const struct rem_node_ops claim_ops = {nothing_comes, claim_encap, NULL};

int rem_claim_init(struct rem_claim *c, struct rem_arp *arp, struct rem_ether *ether,
		   unsigned index)
{
	*c = (struct rem_claim){
		.node = {.ops = &claim_ops, .due = REM_NEVER},
		.guard = {saw},
		.arp = arp,
		.index = (uint8_t)index,
	};
	arp->guard = &c->guard;
	return rem_sit(&ether->up, &c->node);
}

void rem_claim_start(struct rem_claim *c, struct rem_addr addr, unsigned prefix, rem_time now)
{
	rem_claim_stop(c);
	c->addr = addr;
	c->prefix = (uint8_t)prefix;
	c->state = REM_CLAIM_PROBING;
	c->sent = 0;
	rem_wake(&c->node,
		 now + (c->conflicts >= MAX_CONFLICTS ? RATE_LIMIT : between(c, 0, PROBE_WAIT)));
}

void rem_claim_stop(struct rem_claim *c)
{
	struct rem_ip *ip = c->arp->ip;

	if (c->state == REM_CLAIM_ANNOUNCING || c->state == REM_CLAIM_HELD)
		rem_ip_set_address(ip, c->index, (struct rem_addr){0}, 0);
	c->state = REM_CLAIM_NONE;
	c->defend = false;
	c->defended = 0;
	c->node.due = REM_NEVER;
}
