/* SPDX-License-Identifier: BSD-3-Clause */
/* Groups of IPv4 as a host has them: IGMP version 3 of RFC 3376, and 2 of RFC 2236. */
#include "core/words.h"
#include "net/ip.h"
#include <remora/igmp.h>
#include <remora/net_igmp.h>
#include <remora/numbers.h>

#define UNASKED_EVERY REM_SECOND     /* RFC 3376 8.11 */
#define V2_FOR (400 * REM_SECOND)    /* RFC 3376 8.12: two queries missed, and an answer */
#define TENTH (REM_SECOND / 10)

enum { ROBUSTNESS = 2 };                             /* RFC 3376 8.1 */
enum { TO_EXCLUDE = 4, TO_INCLUDE = 3, IS_EXCLUDE = 2 }; /* RFC 3376 4.2.12 */
enum { CONTROL = 0xc0, ALERT = 4, ROUTER_ALERT = 0x94 };

#define ALL_HOSTS   0xe0000001
#define ALL_ROUTERS 0xe0000002
#define V3_ROUTERS  0xe0000016

static struct rem_group *find(const struct rem_igmp *g, const struct rem_addr *addr)
{
	for (unsigned i = 0; i < g->count; i++) {
		if (g->group[i].addr.family != 0 && rem_addr_is(&g->group[i].addr, addr))
			return &g->group[i];
	}
	return NULL;
}

/* All hosts are in one group without having joined it: RFC 1112 4. */
static bool joined(const struct rem_ip_groups *groups, const struct rem_addr *addr)
{
	const struct rem_igmp *g =
		(const struct rem_igmp *)((const char *)groups - offsetof(struct rem_igmp, groups));
	const struct rem_group *x;

	if (rem_v4(addr) == ALL_HOSTS)
		return true;
	return (x = find(g, addr)) != NULL && x->members > 0;
}

/* The link address has 23 bits of the group's: RFC 1112 6.4. */
static bool wants(const struct rem_ether_groups *link, const uint8_t address[6])
{
	const struct rem_igmp *g =
		(const struct rem_igmp *)((const char *)link - offsetof(struct rem_igmp, link));
	const uint32_t low = rem_be24(address + 3);

	if (rem_be24(address) != 0x01005e || low >> 23 != 0)
		return false;
	if (low == (ALL_HOSTS & 0x7fffff))
		return true;
	for (unsigned i = 0; i < g->count; i++) {
		if (g->group[i].members > 0 && (rem_v4(&g->group[i].addr) & 0x7fffff) == low)
			return true;
	}
	return false;
}

/* So many tenths of a second: from 128 on an exponent and a mantissa, RFC 3376 4.1.1. */
static uint32_t tenths(const uint8_t *p)
{
	const uint32_t code = rem_get(p, REM_IGMP_MAX);

	if (code < REM_IGMP_FLOAT)
		return code;
	return (rem_get(p, REM_IGMP_MAX_MANT) | 0x10) << (rem_get(p, REM_IGMP_MAX_EXP) + 3);
}

/* A router asks, for one group or (0) for all: each is reported at a time of its own within `most`. */
static void ask(struct rem_igmp *g, uint32_t group, rem_time now, uint32_t most)
{
	for (unsigned i = 0; i < g->count; i++) {
		struct rem_group *x = &g->group[i];
		const rem_time at = now +
				    (rem_time)rem_random_below(g->ip->secret, most + 1) * TENTH;

		if (x->members == 0 || (group != 0 && group != rem_v4(&x->addr)))
			continue;
		if ((!x->answer && x->reports == 0) || at < x->due)
			x->due = at;
		x->answer = true;
		rem_wake(&g->node, x->due);
	}
}

static int hear_query(struct rem_igmp *g, struct rem_frame *f, const uint8_t *p, uint32_t n)
{
	if (n < REM_IGMP_QUERY_3)       /* of version 2, or of version 1, which has no maximum */
		g->v2_until = f->now + V2_FOR;
	ask(g, rem_get(p, REM_IGMP_GROUP), f->now, rem_get(p, REM_IGMP_MAX) == 0 ? 100 : tenths(p));
	return rem_end(f, REM_WHY_IGMP_QUERY, REM_OK);
}

/* Another host has said it for both of us: RFC 2236 3. With version 3 every host speaks. */
static int hear_report(struct rem_igmp *g, struct rem_frame *f, const uint8_t *p)
{
	const struct rem_addr addr = rem_addr_at(rem_at(p, REM_IGMP_GROUP));
	struct rem_group *x = find(g, &addr);

	if (x == NULL || x->members == 0 || f->now >= g->v2_until)
		return rem_end(f, REM_WHY_IGMP_OTHER, REM_DROP);
	x->answer = false;
	x->reports = 0;
	return rem_end(f, REM_WHY_IGMP_HEARD, REM_OK);
}

static int igmp_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_igmp *g = (struct rem_igmp *)node;
	const uint8_t *p = f->p + off;
	const uint32_t n = f->end - off;

	if (n < REM_IGMP_HEADER)
		return rem_end(f, REM_WHY_IGMP_SHORT, REM_DROP);
	if (!rem_sum_is_good(rem_sum_on(p, n, 0)))
		return rem_end(f, REM_WHY_IGMP_SUM, REM_DROP);
	switch (rem_get(p, REM_IGMP_TYPE)) {
	case REM_IGMP_QUERY: return hear_query(g, f, p, n);
	case REM_IGMP_REPORT_1:
	case REM_IGMP_REPORT_2: return hear_report(g, f, p);
	default: return rem_end(f, REM_WHY_IGMP_OTHER, REM_DROP);
	}
}

static int write_v3(const struct rem_group *x, uint8_t *p)
{
	uint8_t *record = p + REM_IGMP_HEADER;
	const uint32_t kind = x->members == 0  ? TO_INCLUDE
			      : x->reports > 0 ? TO_EXCLUDE
					       : IS_EXCLUDE;

	rem_put(p, REM_IGMP_TYPE, REM_IGMP_REPORT_3);
	rem_put(p, REM_IGMP_RECORDS, 1);
	rem_put(record, REM_IGMP_RECORD_TYPE, kind);
	rem_copy(rem_at(record, REM_IGMP_RECORD_GROUP), x->addr.b, 4);
	return REM_IGMP_HEADER + REM_IGMP_RECORD_HEADER;
}

static int write_v2(const struct rem_group *x, uint8_t *p)
{
	rem_put(p, REM_IGMP_TYPE, x->members == 0 ? REM_IGMP_LEAVE : REM_IGMP_REPORT_2);
	rem_copy(rem_at(p, REM_IGMP_GROUP), x->addr.b, 4);
	return REM_IGMP_HEADER;
}

/* To whom: RFC 2236 9, RFC 3376 4.2.14. */
static uint32_t destination(const struct rem_group *x, bool v2)
{
	if (!v2)
		return V3_ROUTERS;
	return x->members == 0 ? ALL_ROUTERS : rem_v4(&x->addr);
}

static void said(struct rem_igmp *g, struct rem_group *x, rem_time now)
{
	x->answer = false;
	if (x->reports > 0)
		x->reports--;
	x->due = now + rem_random_below(g->ip->secret, (uint32_t)UNASKED_EVERY);
	if (x->reports == 0 && x->members == 0)
		x->addr.family = 0;
}

static int report(struct rem_igmp *g, struct rem_group *x, struct rem_frame *f, uint32_t off)
{
	const bool v2 = f->now < g->v2_until, leaves = x->members == 0;
	uint8_t *p = f->p + off + ALERT;

	g->path.to = rem_addr4(destination(x, v2));
	g->path.state = REM_PATH_UNKNOWN;
	if (rem_ip_wait(g->ip, &g->path, f->now) != REM_PATH_READY)
		return 0;               /* nobody is to hear of it from who has no address */
	rem_fill(f->p + off, 0, ALERT + REM_IGMP_HEADER + REM_IGMP_RECORD_HEADER);
	rem_put(f->p + off, REM_BYTES(0, 2), ROUTER_ALERT << 8 | ALERT);
	const int n = v2 ? write_v2(x, p) : write_v3(x, p);
	rem_put(p, REM_IGMP_SUM, 0xffff & ~rem_sum(p, (size_t)n));
	rem_ip_address_frame(f, &g->node);
	f->ttl = 1;
	f->tos = v2 ? 0 : CONTROL;
	f->options = ALERT;     /* RFC 2113: routers look at it though it is not for them */
	return rem_end(f, leaves ? REM_WHY_IGMP_LEAVES : REM_WHY_IGMP_REPORTS, ALERT + n);
}

static int igmp_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_igmp *g = (struct rem_igmp *)node;
	rem_time due = REM_NEVER;
	int n = 0;

	node->due = f->now;
	for (unsigned i = 0; i < g->count; i++) {
		struct rem_group *x = &g->group[i];

		if (x->addr.family == 0 || (x->reports == 0 && !x->answer))
			continue;
		if (x->due <= f->now && (n = report(g, x, f, off)) > 0) {
			said(g, x, f->now);
			return n;
		}
		if (n == 0 && x->due <= f->now)
			x->due = f->now + UNASKED_EVERY;
		rem_sooner(&due, x->due);
	}
	node->due = due;
	return 0;
}

static const struct rem_node_ops igmp_ops = {igmp_demux, igmp_encap, NULL};

int rem_igmp_init(struct rem_igmp *g, struct rem_ether *ether, struct rem_ip *ip,
		  struct rem_group *group, uint16_t n)
{
	*g = (struct rem_igmp){
		.node = {.ops = &igmp_ops, .due = REM_NEVER, .path = &g->path, .proto = REM_IP_IGMP},
		.groups = {joined},
		.link = {wants, ether->groups},
		.ip = ip,
		.group = group,
		.count = n,
	};
	rem_clear(group, n * sizeof(*group));
	ether->groups = &g->link;
	ip->groups = &g->groups;
	return rem_sit(&ip->up, &g->node);
}

/* RFC 3376 5.1: what changes is said twice, the first time at once. */
static void change(struct rem_igmp *g, struct rem_group *x, rem_time now)
{
	x->reports = ROBUSTNESS;
	x->due = now;
	rem_wake(&g->node, now);
}

int rem_igmp_join(struct rem_igmp *g, struct rem_addr group, rem_time now)
{
	struct rem_group *x = find(g, &group);

	if (group.family != 4 || group.b[0] >> 4 != 0xe)
		return REM_FIELD;
	if (rem_v4(&group) == ALL_HOSTS)
		return REM_OK;
	for (unsigned i = 0; i < g->count && x == NULL; i++) {
		if (g->group[i].addr.family == 0)
			x = &g->group[i];
	}
	if (x == NULL)
		return REM_LIMIT;
	x->addr = group;
	if (x->members++ == 0)
		change(g, x, now);
	return REM_OK;
}

int rem_igmp_leave(struct rem_igmp *g, struct rem_addr group, rem_time now)
{
	struct rem_group *x = find(g, &group);

	if (x == NULL || x->members == 0)
		return rem_v4(&group) == ALL_HOSTS ? REM_OK : REM_STATE;
	if (--x->members == 0)
		change(g, x, now);
	return REM_OK;
}
