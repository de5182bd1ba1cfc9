/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The DHCP client: RFC 2131 4.4, figure 5. What it sends is decided when its time has come (encap),
 * what it has is decided by what comes in (demux). Every exchange has a new random xid.
 */
#include "net/net.h"
#include "net/words.h"
#include <remora/net_dhcp.h>

enum { SERVER_PORT = 67, CLIENT_PORT = 68, ETHERNET = 1, MAC = 6 };
enum { MOST = REM_DHCP_OPTIONS + 60 + 2 + REM_DHCP_NAME, LEAST = 300 /* RFC 1542 2.1 */ };
enum { REQUESTS = 4, REBOOTS = 2, LEAST_MTU = 576 };

#define MINUTE (60 * REM_SECOND)

/* Words of 32 bits: apart, since there are many and each is long where bytes are loaded one by one. */
REM_APART uint32_t word_at(const uint8_t *p, uint32_t handle)
{
	return rem_be32(p + REM_OFF(handle) / 8);
}

REM_APART void put_word(uint8_t *p, uint32_t handle, uint32_t v)
{
	rem_put(p + REM_OFF(handle) / 8, REM_BYTES(0, 4), v);
}

/* ---- ways ---- */

/* To everybody, also before there is an address: from it, or from 0.0.0.0. */
static void to_all(struct rem_dhcp_client *c, uint32_t from)
{
	c->path = (struct rem_path){.to = rem_addr4(0xffffffff),
				    .from = rem_addr4(from),
				    .state = REM_PATH_GIVEN,
				    .mtu = LEAST_MTU};
	rem_fill(c->path.link, 0xff, MAC);
}

static void to_server(struct rem_dhcp_client *c)
{
	c->path = (struct rem_path){.to = rem_addr4(c->lease.server)};
}

static void enter(struct rem_dhcp_client *c, enum rem_dhcp_state state, rem_time due)
{
	c->state = (uint8_t)state;
	c->tries = 0;
	c->xid = rem_random(c->secret);
	c->node.due = REM_NEVER;
	rem_wake(&c->node, due);
}

static void select_anew(struct rem_dhcp_client *c, rem_time due)
{
	to_all(c, 0);
	enter(c, REM_DHCP_IS_SELECTING, due);
}

static void tell(struct rem_dhcp_client *c)
{
	if (c->changed != NULL)
		c->changed(c);
}

/* The address may not be used any more. */
static void lose(struct rem_dhcp_client *c, rem_time due)
{
	const bool had = c->lease.addr != 0;

	c->lease = (struct rem_dhcp_lease){.addr = 0};
	select_anew(c, due);
	if (had)
		tell(c);
}

/* ---- what goes out ---- */

REM_APART uint8_t *put_option(uint8_t *p, unsigned tag, const void *value, uint32_t n)
{
	p[0] = (uint8_t)tag;
	p[1] = (uint8_t)n;
	rem_copy(p + 2, value, n);
	return p + 2 + n;
}

REM_APART uint8_t *put_address(uint8_t *p, unsigned tag, uint32_t address)
{
	p[0] = (uint8_t)tag;
	p[1] = 4;
	put_word(p + 2, 0, address);
	return p + 6;
}

static uint32_t put_message(struct rem_dhcp_client *c, uint8_t *p, uint8_t type, rem_time now)
{
	static const uint8_t wishes[] = {REM_DHCP_MASK,     REM_DHCP_ROUTER, REM_DHCP_DNS,
					 REM_DHCP_HOSTNAME, REM_DHCP_DOMAIN, REM_DHCP_MTU,
					 REM_DHCP_NTP};
	uint8_t id[1 + MAC] = {ETHERNET};
	uint8_t *o = p + REM_DHCP_OPTIONS;

	rem_fill(p, 0, MOST);
	rem_put(p, REM_DHCP_OP, REM_DHCP_BOOTREQUEST);
	rem_put(p, REM_DHCP_HTYPE, ETHERNET);
	rem_put(p, REM_DHCP_HLEN, MAC);
	put_word(p, REM_DHCP_XID, c->xid);
	if (type != REM_DHCP_REQUEST || c->state != REM_DHCP_IS_REQUESTING) /* RFC 2131 4.4.1 */
		c->secs = (uint16_t)((now - c->begun) >> 20); /* 5 % short of seconds */
	rem_put(p, REM_DHCP_SECS, c->secs);
	if (c->lease.addr != 0)
		put_word(p, REM_DHCP_CIADDR, c->lease.addr);
	else
		rem_put(p, REM_DHCP_BROADCAST, 1);
	rem_copy(rem_at(p, REM_DHCP_CHADDR), c->mac, MAC);
	put_word(p, REM_DHCP_COOKIE, REM_DHCP_MAGIC);
	o = put_option(o, REM_DHCP_TYPE, &type, 1);
	rem_copy(id + 1, c->mac, MAC);
	o = put_option(o, REM_DHCP_CLIENT_ID, id, sizeof(id));
	if (c->lease.addr == 0 && c->wanted != 0)
		o = put_address(o, REM_DHCP_REQUESTED, c->wanted);
	if (c->server != 0)
		o = put_address(o, REM_DHCP_SERVER, c->server);
	if (type != REM_DHCP_RELEASE && type != REM_DHCP_DECLINE) {
		const struct rem_span name = rem_word(c->hostname == NULL ? "" : c->hostname);

		o = put_option(o, REM_DHCP_PARAMETERS, wishes, sizeof(wishes));
		if (name.n > 0 && name.n < REM_DHCP_NAME)
			o = put_option(o, REM_DHCP_HOSTNAME, name.p, name.n);
	}
	*o++ = REM_DHCP_END;
	return o - p < LEAST ? LEAST : (uint32_t)(o - p);
}

/* 4, 8, 16 … 64 seconds and one more or less: RFC 2131 4.1. */
static rem_time pause(struct rem_dhcp_client *c)
{
	const unsigned doubled = c->tries < 5 ? c->tries : 5;

	return (2000000u << doubled) - (1u << 20) + (rem_random(c->secret) & 0x1fffff);
}

/* Half of what is left, but a minute at least: RFC 2131 4.4.5. */
static rem_time halfway(rem_time now, rem_time end)
{
	const rem_time half = (end - now) >> 1, wait = half > MINUTE ? half : MINUTE;

	return end - now < wait ? end : now + wait;
}

/* Whatever its time has come for, before it is written: a new state may need another way. True: it
 * does, or there is nothing to write. */
static bool turns(struct rem_dhcp_client *c, rem_time now)
{
	switch (c->state) {
	case REM_DHCP_IS_REQUESTING:
	case REM_DHCP_IS_REBOOTING:
		if (c->tries < (c->state == REM_DHCP_IS_REQUESTING ? REQUESTS : REBOOTS))
			return false;
		c->server = 0;
		select_anew(c, now + 1);
		return true;
	case REM_DHCP_IS_INFORMING:
		if (c->tries == REQUESTS)
			enter(c, REM_DHCP_IS_IDLE, REM_NEVER);
		return c->state == REM_DHCP_IS_IDLE;
	case REM_DHCP_IS_BOUND:
		enter(c, REM_DHCP_IS_RENEWING, now);
		return false;
	case REM_DHCP_IS_RENEWING:
		if (now < c->lease.rebind)
			return false;
		to_all(c, c->lease.addr);
		enter(c, REM_DHCP_IS_REBINDING, now + 1);
		return true;
	case REM_DHCP_IS_REBINDING:
		if (now < c->lease.end)
			return false;
		lose(c, now + 1);
		return true;
	case REM_DHCP_IS_SELECTING:
	case REM_DHCP_IS_LEAVING:
	case REM_DHCP_IS_DECLINING: return false;
	default: c->node.due = REM_NEVER; return true;
	}
}

/* The server knows now that the address is not ours. */
static void part(struct rem_dhcp_client *c, rem_time now)
{
	const bool leaves = c->state == REM_DHCP_IS_LEAVING;

	c->wanted = c->server = 0;
	lose(c, now + 10 * REM_SECOND); /* RFC 2131 3.1, step 5 */
	if (leaves)
		enter(c, REM_DHCP_IS_IDLE, REM_NEVER);
}

static int encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_dhcp_client *c = (struct rem_dhcp_client *)n;
	enum rem_why why = REM_WHY_DHCP_RENEWS;
	uint8_t type = REM_DHCP_REQUEST;

	if (turns(c, f->now))
		return 0;
	if (f->room - off < MOST)
		return REM_LIMIT;
	if (c->tries++ == 0)
		c->begun = f->now;
	n->due = f->now + pause(c);
	switch (c->state) {
	case REM_DHCP_IS_SELECTING:
		c->server = 0;
		type = REM_DHCP_DISCOVER;
		why = REM_WHY_DHCP_ASKS;
		break;
	case REM_DHCP_IS_REQUESTING: why = REM_WHY_DHCP_REQUESTS; break;
	case REM_DHCP_IS_REBOOTING: break;
	case REM_DHCP_IS_RENEWING: n->due = halfway(f->now, c->lease.rebind); break;
	case REM_DHCP_IS_REBINDING: n->due = halfway(f->now, c->lease.end); break;
	case REM_DHCP_IS_INFORMING:
		type = REM_DHCP_INFORM;
		why = REM_WHY_DHCP_INFORMS;
		break;
	default:
		type = c->state == REM_DHCP_IS_LEAVING ? REM_DHCP_RELEASE : REM_DHCP_DECLINE;
		why = c->state == REM_DHCP_IS_LEAVING ? REM_WHY_DHCP_RELEASES
						      : REM_WHY_DHCP_DECLINES;
		break;
	}
	f->dport = SERVER_PORT;
	const uint32_t size = put_message(c, f->p + off, type, f->now);
	if (c->state == REM_DHCP_IS_LEAVING || c->state == REM_DHCP_IS_DECLINING)
		part(c, f->now);
	return rem_end(f, why, (int)size);
}

/* ---- what comes in ---- */

struct reply {
	struct rem_dhcp_lease lease;
	uint32_t seconds, t1, t2;
};

/* As many of a list of addresses as there is room for. */
REM_APART void take_list(uint32_t list[REM_DHCP_LIST], struct rem_view v)
{
	for (uint32_t i = 0; i < REM_DHCP_LIST && 4 * i + 4 <= v.cap; i++)
		list[i] = word_at(v.p + 4 * i, 0);
}

static bool is_name_byte(uint8_t b)
{
	const uint8_t low = b | 0x20;

	return (low >= 'a' && low <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '.';
}

/* Goes on with a name, which may come in pieces (RFC 3396); one with other bytes is no name. */
static void take_name(char name[REM_DHCP_NAME], struct rem_view v)
{
	uint32_t n = rem_word(name).n;

	for (uint32_t i = 0; i < v.cap; i++) {
		if (v.p[i] == '\0' && i + 1 == v.cap)
			break;
		if (!is_name_byte(v.p[i]) || n == REM_DHCP_NAME - 1) {
			name[0] = '\0';
			return;
		}
		name[n++] = (char)v.p[i];
	}
	name[n] = '\0';
}

static void take_option(struct reply *r, const struct rem_tlv_item *item)
{
	const uint32_t n = item->value.cap, number = n == 4 ? word_at(item->value.p, 0) : 0;

	switch (item->tag) {
	case REM_DHCP_MASK: r->lease.mask = number; break;
	case REM_DHCP_ROUTER: take_list(r->lease.router, item->value); break;
	case REM_DHCP_DNS: take_list(r->lease.dns, item->value); break;
	case REM_DHCP_NTP: take_list(r->lease.ntp, item->value); break;
	case REM_DHCP_LEASE: r->seconds = number; break;
	case REM_DHCP_SERVER: r->lease.server = number; break;
	case REM_DHCP_RENEWAL: r->t1 = number; break;
	case REM_DHCP_REBINDING: r->t2 = number; break;
	case REM_DHCP_MTU:
		if (n == 2 && rem_be16(item->value.p) >= LEAST_MTU)
			r->lease.mtu = (uint16_t)rem_be16(item->value.p);
		break;
	default: break;
	}
}

static void take_options(struct reply *r, struct rem_view message, struct rem_dhcp_names *names)
{
	struct rem_dhcp_walk walk = rem_dhcp_walk(message);
	struct rem_tlv_item item;

	if (names != NULL)
		names->domain[0] = names->hostname[0] = '\0';
	while (rem_dhcp_next(&walk, &item)) {
		if (names != NULL && item.tag == REM_DHCP_DOMAIN)
			take_name(names->domain, item.value);
		else if (names != NULL && item.tag == REM_DHCP_HOSTNAME)
			take_name(names->hostname, item.value);
		else
			take_option(r, &item);
	}
}

/* An address that a host can have, in a subnet that can be: RFC 1122 3.2.1.3. */
static bool is_lease(struct reply *r)
{
	const uint32_t addr = r->lease.addr, net = addr >> 24;

	if (r->lease.mask == 0) /* RFC 791 2.3: what the address itself says */
		r->lease.mask = net < 128 ? 0xff000000 : net < 192 ? 0xffff0000 : 0xffffff00;
	const uint32_t host = ~r->lease.mask;
	if (net == 0 || net == 127 || net >= 224 || (host & (host + 1)) != 0)
		return false;
	return r->lease.server != 0 && r->seconds != 0 &&
	       (host <= 1 || ((addr & host) != 0 && (addr & host) != host));
}

REM_APART rem_time seconds(uint32_t n)
{
	return n * REM_SECOND;
}

/* When it is to be renewed, counted from when it was asked for: RFC 2131 4.4.5. */
static void set_times(struct reply *r, rem_time begun)
{
	const rem_time length = seconds(r->seconds);
	const bool given = r->t1 != 0 && r->t1 < r->t2 && r->t2 < r->seconds;

	r->lease.renew = r->lease.rebind = r->lease.end = REM_NEVER;
	if (r->seconds == 0xffffffff)
		return;
	r->lease.renew = begun + (given ? seconds(r->t1) : length >> 1);
	r->lease.rebind = begun + (given ? seconds(r->t2) : length - (length >> 3));
	r->lease.end = begun + length;
}

static enum rem_why take_offer(struct rem_dhcp_client *c, struct reply *r, rem_time now)
{
	if (!is_lease(r))
		return REM_WHY_DHCP_LEASE;
	c->server = r->lease.server;
	c->wanted = r->lease.addr;
	const uint32_t xid = c->xid; /* the exchange goes on: RFC 2131 4.4.1 */
	enter(c, REM_DHCP_IS_REQUESTING, now);
	c->xid = xid;
	return REM_WHY_DHCP_OFFERED;
}

static enum rem_why take_ack(struct rem_dhcp_client *c, struct reply *r)
{
	const bool renewed = c->lease.addr != 0;

	if (c->state == REM_DHCP_IS_INFORMING) {
		r->lease.addr = c->lease.addr;
		r->lease.renew = r->lease.rebind = r->lease.end = REM_NEVER;
		c->lease = r->lease;
		enter(c, REM_DHCP_IS_INFORMED, REM_NEVER);
		tell(c);
		return REM_WHY_DHCP_BOUND;
	}
	if (!is_lease(r) || r->lease.addr != (renewed ? c->lease.addr : c->wanted))
		return REM_WHY_DHCP_LEASE;
	set_times(r, c->begun);
	c->lease = r->lease;
	c->wanted = c->lease.addr;
	c->server = 0;
	const bool check = c->checks && !renewed;
	to_server(c);
	enter(c, check ? REM_DHCP_IS_CHECKING : REM_DHCP_IS_BOUND,
	      check ? REM_NEVER : c->lease.renew);
	tell(c);
	return REM_WHY_DHCP_BOUND;
}

/* Is it from a server that we have asked? Any may answer a reboot or a rebinding. */
static bool is_chosen(const struct rem_dhcp_client *c, uint32_t server)
{
	if (c->state == REM_DHCP_IS_REQUESTING)
		return server == c->server;
	return c->state != REM_DHCP_IS_RENEWING || server == c->lease.server;
}

static enum rem_why take_reply(struct rem_dhcp_client *c, uint32_t type, struct rem_view message,
			       rem_time now)
{
	struct reply r = {.lease = {.addr = word_at(message.p, REM_DHCP_YIADDR)}};
	const bool waits = c->state != REM_DHCP_IS_SELECTING;

	take_options(&r, message, type == REM_DHCP_ACK ? c->names : NULL);
	if (!is_chosen(c, r.lease.server))
		return REM_WHY_DHCP_OTHER_SERVER;
	if (type == REM_DHCP_OFFER && !waits)
		return take_offer(c, &r, now);
	if (type == REM_DHCP_ACK && waits)
		return take_ack(c, &r);
	if (type != REM_DHCP_NAK || !waits || c->state == REM_DHCP_IS_INFORMING ||
	    r.lease.server == 0)
		return REM_WHY_DHCP_UNASKED;
	c->wanted = 0;
	lose(c, now + REM_SECOND + (rem_random(c->secret) & 0xfffff));
	return REM_WHY_DHCP_REFUSED;
}

/* Does it wait for a message of this xid? */
static bool is_asked(const struct rem_dhcp_client *c, const uint8_t *p)
{
	const bool waits = c->state == REM_DHCP_IS_SELECTING ||
			   c->state == REM_DHCP_IS_REQUESTING ||
			   c->state == REM_DHCP_IS_REBOOTING || c->state == REM_DHCP_IS_RENEWING ||
			   c->state == REM_DHCP_IS_REBINDING || c->state == REM_DHCP_IS_INFORMING;

	return waits && c->tries > 0 && rem_get(p, REM_DHCP_OP) == REM_DHCP_BOOTREPLY &&
	       word_at(p, REM_DHCP_XID) == c->xid &&
	       rem_same(rem_at(p, REM_DHCP_CHADDR), c->mac, MAC);
}

static int demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_dhcp_client *c = (struct rem_dhcp_client *)n;
	const struct rem_view message = rem_frame_view(f, off);
	struct rem_view type;
	struct rem_head h;

	if (rem_dhcp_check(message, &h) != REM_OK ||
	    !rem_dhcp_find(message, REM_DHCP_TYPE, 1, &type))
		return rem_end(f, REM_WHY_DHCP_SHORT, REM_DROP);
	if (!is_asked(c, message.p))
		return rem_end(f, REM_WHY_DHCP_UNASKED, REM_DROP);
	const enum rem_why why = take_reply(c, type.p[0], message, f->now);
	return rem_end(f, why, REM_WHY_OUTCOME(why) == REM_OUTCOME_ACCEPTED ? REM_OK : REM_DROP);
}

/* The server cannot be reached: every other one will be asked in time. */
static bool fault(struct rem_node *n, enum rem_fault why, const struct rem_frame *f, uint32_t off)
{
	struct rem_dhcp_client *c = (struct rem_dhcp_client *)n;

	(void)why, (void)off;
	if (f != NULL)
		return true;
	if (c->state == REM_DHCP_IS_BOUND || c->state == REM_DHCP_IS_RENEWING) {
		to_all(c, c->lease.addr);
		enter(c, REM_DHCP_IS_RENEWING, c->lease.rebind);
	} else if (c->state == REM_DHCP_IS_LEAVING) {
		part(c, c->node.due);
	}
	return true;
}

/* ---- calls ---- */

void rem_dhcp_client_init(struct rem_dhcp_client *c, struct rem_secret *secret,
			  const uint8_t mac[6])
{
	static const struct rem_node_ops ops = {demux, encap, fault};

	*c = (struct rem_dhcp_client){
		.node = {.ops = &ops, .due = REM_NEVER, .path = &c->path, .port = CLIENT_PORT},
		.secret = secret};
	rem_copy(c->mac, mac, MAC);
}

void rem_dhcp_begin(struct rem_dhcp_client *c, uint32_t before, rem_time now)
{
	c->lease = (struct rem_dhcp_lease){.addr = 0};
	c->wanted = before;
	c->server = 0;
	select_anew(c, now);
	if (before != 0)
		c->state = REM_DHCP_IS_REBOOTING;
}

void rem_dhcp_inform(struct rem_dhcp_client *c, uint32_t addr, rem_time now)
{
	c->lease = (struct rem_dhcp_lease){.addr = addr};
	c->wanted = c->server = 0;
	to_all(c, addr);
	enter(c, REM_DHCP_IS_INFORMING, now);
}

void rem_dhcp_checked(struct rem_dhcp_client *c, bool is_free, rem_time now)
{
	if (c->state == REM_DHCP_IS_CHECKING && is_free) {
		enter(c, REM_DHCP_IS_BOUND, c->lease.renew);
		tell(c);
	} else if (c->state == REM_DHCP_IS_CHECKING || rem_dhcp_has_address(c)) {
		c->server = c->lease.server;
		lose(c, now);
		c->state = REM_DHCP_IS_DECLINING;
	}
}

void rem_dhcp_release(struct rem_dhcp_client *c, rem_time now)
{
	const bool had = rem_dhcp_has_address(c);

	enter(c, had ? REM_DHCP_IS_LEAVING : REM_DHCP_IS_IDLE, had ? now : REM_NEVER);
	c->server = c->lease.server;
	if (had)
		to_server(c);
}
