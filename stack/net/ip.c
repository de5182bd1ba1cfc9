/* SPDX-License-Identifier: BSD-3-Clause */
/* The IP layer, what both families share: addresses, routes, children. RFC 1122 3.3. */
#include "net/ip.h"
#include <remora/ethernet.h>

static const struct rem_ip_family *family_of(const struct rem_ip *ip, const struct rem_addr *a)
{
	return rem_addr_is_v6(a) ? ip->six : ip->four;
}

bool rem_ip_is_ours(const struct rem_ip *ip, const struct rem_addr *addr)
{
	const struct rem_ip_address *a = ip->address, *end = a + ip->addresses;

	while (a < end && !rem_addr_is(&a->addr, addr))
		a++;
	return a < end && addr->family != 0;
}

/* Do the first bits of two words agree? */
static bool bits_are(uint32_t a, uint32_t b, unsigned bits)
{
	return rem_network_order(a ^ b) <= rem_host_bits(bits);
}

/* Do the first bits of two addresses agree? */
static bool prefix_is(const struct rem_addr *a, const struct rem_addr *b, unsigned bits)
{
	const uint32_t *x = a->word, *y = b->word;

	if (a->family != b->family)
		return false;
	if (!rem_addr_is_v6(b))
		return bits_are(*x, *y, bits);
	for (; bits > 32; bits -= 32) {
		if (*x++ != *y++)
			return false;
	}
	return bits_are(*x, *y, bits);
}

inline const struct rem_ip_address *rem_ip_subnet(const struct rem_ip *ip,
						  const struct rem_addr *addr)
{
	const struct rem_ip_address *a = ip->address, *end = a + ip->addresses;

	for (; a < end; a++) {
		if (prefix_is(&a->addr, addr, a->prefix))
			return addr->family != 0 ? a : NULL;
	}
	return NULL;
}

/* The route with the longest prefix, RFC 1122 3.3.1.2. */
REM_BESIDE const struct rem_ip_route *route_to(const struct rem_ip *ip, const struct rem_addr *to)
{
	const struct rem_ip_route *best = NULL;

	for (unsigned i = 0; i < ip->routes; i++) {
		const struct rem_ip_route *r = &ip->route[i];

		if (r->via.family == to->family && prefix_is(&r->to, to, r->prefix) &&
		    (best == NULL || r->prefix > best->prefix))
			best = r;
	}
	return best;
}

/* Our address of a family, for those who are on none of our subnets. */
REM_BESIDE const struct rem_ip_address *any_address(const struct rem_ip *ip, unsigned family)
{
	for (unsigned i = 0; i < ip->addresses; i++) {
		if (ip->address[i].addr.family == family)
			return &ip->address[i];
	}
	return NULL;
}

/* From which address, RFC 1122 3.3.4.3: one on the subnet of the next hop. False: we have none. */
static bool choose_source(const struct rem_ip *ip, struct rem_path *path,
			  const struct rem_ip_address *a)
{
	if (path->from.family != 0 && !path->chosen)
		return true;
	if (a == NULL)
		a = any_address(ip, path->to.family);
	path->chosen = a != NULL;
	path->from = a != NULL ? a->addr : (struct rem_addr){0};
	return a != NULL;
}

/* There is no next hop, which is another failure than a hop that does not answer. */
static enum rem_path_state no_hop(struct rem_path *path)
{
	path->hop = (struct rem_addr){0};
	return REM_PATH_FAILED;
}

static enum rem_path_state look_up(struct rem_ip *ip, struct rem_path *path, rem_time now)
{
	const struct rem_ip_family *family = family_of(ip, &path->to);
	const struct rem_ip_route *route;

	path->hop = path->to;
	if (family == NULL || path->to.family == 0)
		return no_hop(path);
	const struct rem_ip_address *subnet = family->at_once(ip, path);
	if (path->state == REM_PATH_FAILED)
		return no_hop(path);
	if (subnet == NULL && path->state == REM_PATH_UNKNOWN) {
		if ((route = route_to(ip, &path->to)) == NULL)
			return no_hop(path);
		path->hop = route->via;
		subnet = rem_ip_subnet(ip, &path->hop);
	}
	if (!choose_source(ip, path, subnet))
		return no_hop(path);
	struct rem_resolver *r = rem_addr_is_v6(&path->to) ? ip->ndp : ip->arp;
	return path->state == REM_PATH_READY || r == NULL ? REM_PATH_READY : r->find(r, path, now);
}

/* Is it where the last one led that was found? Nothing has changed since: it is the same way. */
static inline bool go_again(const struct rem_ip *ip, struct rem_path *path)
{
#if REM_SHORT_CUTS
	const struct rem_path *last = &ip->way;

	if (last->epoch != ip->epoch || !rem_addr_is(&last->to, &path->to) ||
	    (path->from.family != 0 && !path->chosen))
		return false;
	path->from = last->from;
	path->hop = last->hop;
	path->chosen = true;
	rem_copy(path->link, last->link, 6);
	return true;
#else
	(void)ip, (void)path;
	return false;
#endif
}

inline enum rem_path_state rem_ip_way(struct rem_ip *ip, struct rem_path *path, rem_time now)
{
	if (rem_path_is_current(ip, path) || path->state == REM_PATH_GIVEN)
		return REM_PATH_READY;
	if (path->narrow != 0 && (uint32_t)(now >> 20) >= path->narrow_until)
		path->narrow = 0;
	path->mtu = path->narrow != 0 && path->narrow < ip->mtu ? path->narrow : ip->mtu;
	if (path->epoch == ip->epoch && path->state != REM_PATH_UNKNOWN)
		return (enum rem_path_state)path->state;
	path->epoch = ip->epoch;
	path->state = (uint8_t)(go_again(ip, path) ? REM_PATH_READY : look_up(ip, path, now));
	return (enum rem_path_state)path->state;
}

enum rem_path_state rem_ip_wait(struct rem_ip *ip, struct rem_path *path, rem_time now)
{
	const enum rem_path_state state = rem_ip_way(ip, path, now);

	if (state != REM_PATH_READY)
		ip->waiting = true;
	return state;
}

bool rem_ip_open(void *by, struct rem_node *child, rem_time now)
{
	struct rem_path *path = child->path;

	if (path == NULL)
		return false;
	const uint32_t epoch = path->epoch;
	const enum rem_path_state state = rem_ip_wait(by, path, now);
	if (state == REM_PATH_FAILED && epoch != path->epoch && child->ops->fault != NULL)
		child->ops->fault(child, path->hop.family != 0 ? REM_FAULT_NO_ANSWER : REM_FAULT_NO_ROUTE,
				  NULL, 0);
	return state == REM_PATH_READY;
}

void rem_ip_address_frame(struct rem_frame *f, const struct rem_node *child)
{
	f->link = child->path->link;
	f->mtu = child->path->mtu;
	f->src = child->path->from;
	f->dst = child->path->to;
	f->sport = child->port;
	f->dport = child->peer;
}

inline rem_words rem_ip_pseudo_sum(const struct rem_frame *f, uint32_t proto, uint32_t n)
{
	const unsigned words = rem_addr_is_v6(&f->src) ? 4 : 1;
	rem_words sum = rem_native_32(n + proto);

	for (unsigned i = 0; i < words; i++)
		sum = rem_add(rem_add(sum, f->src.word[i]), f->dst.word[i]);
	return sum;
}

rem_words rem_ip_sum(const struct rem_frame *f, uint32_t proto, uint32_t off, uint32_t n)
{
	return rem_sum_on(f->p + off, n, rem_ip_pseudo_sum(f, proto, n));
}

void rem_ip_changed(struct rem_ip *ip)
{
	ip->epoch++;
	if (ip->waiting) {
		ip->news = true;
		rem_wake(&ip->node, 0);
	}
}

/* Routes or neighbours are others now: who waits for a way may have one. */
static void wake_all(struct rem_ip *ip)
{
	struct rem_node *child;

	ip->waiting = ip->news = false;
	for (unsigned at = 0; (child = rem_seats_next(&ip->up, &at)) != NULL;)
		rem_seats_woken(&ip->up, child, child->due = 0);
}

void rem_ip_set_address(struct rem_ip *ip, unsigned i, struct rem_addr addr, unsigned prefix)
{
	ip->address[i] = (struct rem_ip_address){addr, (uint8_t)prefix};
	if (ip->addresses <= i)
		ip->addresses = (uint8_t)(i + 1);
	rem_ip_forget(ip);
	rem_ip_changed(ip);
}

void rem_ip_set_route(struct rem_ip *ip, unsigned i, struct rem_addr to, unsigned prefix,
		      struct rem_addr via)
{
	ip->route[i] = (struct rem_ip_route){to, via, (uint8_t)prefix};
	rem_ip_changed(ip);
}

bool rem_ip_fault(struct rem_ip *ip, uint32_t proto, enum rem_fault why, const struct rem_frame *f,
		  uint32_t off)
{
	struct rem_node *child = rem_seats_find(&ip->up, proto);

	return child != NULL && child->ops->fault != NULL && child->ops->fault(child, why, f, off);
}

/* Nobody takes it; where there is somebody to say so, the answer is his. */
REM_SELDOM int nobody(struct rem_ip *ip, struct rem_frame *f, uint32_t off, bool port)
{
	const int n = ip->complain == NULL ? 0 : ip->complain(ip, f, off, port);

	if (n == 0)
		return rem_end(f, port ? REM_WHY_UDP_PORT_QUIET : REM_WHY_IP_PROTOCOL_QUIET,
			       REM_DROP);
	return rem_end(f, port ? REM_WHY_UDP_PORT : REM_WHY_IP_PROTOCOL, n);
}

inline int rem_ip_deliver(struct rem_ip *ip, struct rem_frame *f, uint32_t header)
{
	struct rem_node *child = rem_seats_find(&ip->up, f->type);

	if (child == NULL)
		return nobody(ip, f, f->net + header, false);
	const int n = child->ops->demux(child, f, f->net + header);
	return n == REM_MISS ? nobody(ip, f, f->net + header, true) : n;
}

inline void rem_ip_reply(const struct rem_ip *ip, struct rem_frame *f)
{
	const struct rem_ip_address *a;

	if (f->src.family == 4 && (rem_v4(&f->src) == 0 || rem_v4(&f->src) == UINT32_MAX)) {
		f->src = rem_addr4(UINT32_MAX);
		f->link = rem_link_all;
	}
	if (rem_ip_is_ours(ip, &f->dst))
		return;
	if ((a = rem_ip_subnet(ip, &f->src)) == NULL)
		a = any_address(ip, f->src.family);
	f->dst = a != NULL ? a->addr : (struct rem_addr){.family = f->src.family};
}

static int ip_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_ip *ip = (struct rem_ip *)node;

	if (off >= f->end)
		return rem_end(f, REM_WHY_IP_SHORT, REM_DROP);
	f->net = off;
	if (f->p[off] >> 4 == 4 && ip->four != NULL)
		return ip->four->demux(ip, f, off);
	if (f->p[off] >> 4 == 6 && ip->six != NULL)
		return ip->six->demux(ip, f, off);
	return rem_end(f, REM_WHY_IP_VERSION, REM_DROP);
}

/* A turn where there is a pool: what does not fit is written again into a buffer of it, and goes out in pieces. */
REM_BESIDE int speak_at_length(struct rem_ip *ip, struct rem_node *child, struct rem_frame *f,
			       uint32_t off)
{
	struct rem_frame *larger = ip->pieces->larger(ip->pieces, f);

	if (larger != NULL)
		f->flags = REM_LARGER_WAITS;
	int n = child->ops->encap(child, f, off);
	if (n != REM_LIMIT || larger == NULL)
		return n;
	larger->now = f->now;
	larger->type = child->proto;
	n = child->ops->encap(child, larger, ip->header);
	ip->pieces->fill(ip->pieces, larger, ip->header, n > 0 ? (uint32_t)n : 0);
	return 0;
}

/* It is this child's turn. */
static inline int speak(struct rem_ip *ip, struct rem_node *child, struct rem_frame *f,
			uint32_t off)
{
	const uint32_t room = f->room, body = off + ip->header;

	if (f->room > off + ip->mtu)
		f->room = off + ip->mtu;
	f->type = child->proto;
	const int n = __builtin_expect(ip->pieces == NULL, 1) ? child->ops->encap(child, f, body)
							      : speak_at_length(ip, child, f, body);
	f->room = room;
	rem_seats_ran(&ip->node, child);
	if (n > 0) {
		const struct rem_ip_family *family = family_of(ip, &f->dst);

		return family->enclose(ip, f, body, (uint32_t)n);
	}
	if (n == REM_LIMIT)
		f->verdict.why = REM_WHY_IP_TOO_BIG;
	return n;
}

REM_BESIDE int go_round(struct rem_ip *ip, struct rem_frame *f, uint32_t off)
{
	if (ip->news)
		wake_all(ip);
	struct rem_node *child = rem_seats_turn(&ip->up, f->now, NULL, NULL);

	return child == NULL ? 0 : speak(ip, child, f, off);
}

static int ip_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_ip *ip = (struct rem_ip *)node;
	struct rem_node *child = ip->news ? NULL : rem_seats_only(&ip->up, f->now);

	return child == NULL ? go_round(ip, f, off) : speak(ip, child, f, off);
}

static const struct rem_node_ops ip_ops = {ip_demux, ip_encap, NULL};

void rem_ip_init(struct rem_ip *ip, const struct rem_ip_tables *t, uint16_t mtu)
{
	rem_node_begin(&ip->node, sizeof(*ip), &ip_ops);
	ip->node.proto = REM_ETHERTYPE_IPV4;
	ip->address = t->address;
	ip->route = t->route;
	ip->routes = t->routes;
	ip->secret = t->secret;
	ip->mtu = mtu;
	ip->epoch = 1;
	rem_clear(t->address, t->addresses * sizeof(*t->address));
	rem_clear(t->route, t->routes * sizeof(*t->route));
	rem_seats_init(&ip->up, &ip->node, t->seat, t->seats);
}
