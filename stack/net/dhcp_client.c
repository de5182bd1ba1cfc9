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

#define MINUTE   (60 * REM_SECOND)
#define FOR_EVER UINT32_MAX

REM_ONCE rem_time rem_dhcp_time(const struct rem_dhcp_lease *l, uint32_t seconds)
{
	return seconds == FOR_EVER ? REM_NEVER : l->since + rem_seconds(seconds);
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
	c->state = (uint16_t)state;
	c->tries = 0;
	c->xid = rem_random(c->secret);
	c->node.due = REM_NEVER;
	rem_wake(&c->node, due);
}

static void select_anew(struct rem_dhcp_client *c, rem_time due)
{
	c->server = 0;
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
	rem_put_be32(p + 2, address);
	return p + 6;
}

REM_OWN static uint32_t put_message(struct rem_dhcp_client *c, uint8_t *p, uint8_t type,
				    rem_time now)
{
	enum { TYPE = 6, ID = 10 }; /* where the kind of message and the MAC address go */
	static const uint8_t options[ID] = {0x63, 0x82, 0x53, 0x63, /* the cookie */
					    REM_DHCP_TYPE, 1,       0,    REM_DHCP_CLIENT_ID,
					    1 + MAC,       ETHERNET};
	static const uint8_t wishes[] = {REM_DHCP_MASK,     REM_DHCP_ROUTER, REM_DHCP_DNS,
					 REM_DHCP_HOSTNAME, REM_DHCP_DOMAIN, REM_DHCP_MTU,
					 REM_DHCP_NTP};
	uint8_t *o = rem_at(p, REM_DHCP_COOKIE);

	rem_fill(p, 0, MOST);
	rem_put(p, REM_DHCP_OP, REM_DHCP_BOOTREQUEST);
	rem_put(p, REM_DHCP_HTYPE, ETHERNET);
	rem_put(p, REM_DHCP_HLEN, MAC);
	rem_put(p, REM_DHCP_XID, c->xid);
	if (type != REM_DHCP_REQUEST || c->state != REM_DHCP_IS_REQUESTING) /* RFC 2131 4.4.1 */
		c->secs = (uint16_t)((now - c->begun) >> 20); /* 5 % short of seconds */
	rem_put(p, REM_DHCP_SECS, c->secs);
	rem_put(p, REM_DHCP_CIADDR, c->lease.addr);
	rem_put(p, REM_DHCP_BROADCAST, c->lease.addr == 0);
	rem_copy(rem_at(p, REM_DHCP_CHADDR), c->mac, MAC);
	rem_copy(o, options, ID);
	o[TYPE] = type;
	rem_copy(o + ID, c->mac, MAC);
	o += ID + MAC;
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
static rem_time halfway(const struct rem_dhcp_client *c, rem_time now, uint32_t seconds)
{
	const rem_time left = rem_dhcp_time(&c->lease, seconds) - now, half = left >> 1;

	return now + (left < MINUTE ? left : half > MINUTE ? half : MINUTE);
}

/* Whatever its time has come for, before it is written: a new state may need another way. True: it
 * does, or there is nothing to write. */
static bool turns(struct rem_dhcp_client *c, rem_time now)
{
	const rem_time soon = now + 1;

	switch (c->state) {
	case REM_DHCP_IS_REQUESTING:
	case REM_DHCP_IS_REBOOTING:
		if (c->tries < (c->state == REM_DHCP_IS_REQUESTING ? REQUESTS : REBOOTS))
			return false;
		select_anew(c, soon);
		return true;
	case REM_DHCP_IS_INFORMING:
		if (c->tries == REQUESTS)
			enter(c, REM_DHCP_IS_IDLE, REM_NEVER);
		return c->state == REM_DHCP_IS_IDLE;
	case REM_DHCP_IS_BOUND:
		enter(c, REM_DHCP_IS_RENEWING, now);
		return false;
	case REM_DHCP_IS_RENEWING:
		if (now < rem_dhcp_time(&c->lease, c->lease.rebind))
			return false;
		to_all(c, c->lease.addr);
		enter(c, REM_DHCP_IS_REBINDING, soon);
		return true;
	case REM_DHCP_IS_REBINDING:
		if (now < rem_dhcp_time(&c->lease, c->lease.end))
			return false;
		lose(c, soon);
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

	c->wanted = 0;
	lose(c, now + 10 * REM_SECOND); /* RFC 2131 3.1, step 5 */
	if (leaves)
		enter(c, REM_DHCP_IS_IDLE, REM_NEVER);
}

/* What is said in each state. */
static const struct {
	uint8_t why; /* enum rem_why */
	uint8_t type;
} sayings[] = {
	[REM_DHCP_IS_SELECTING] = {REM_WHY_DHCP_ASKS, REM_DHCP_DISCOVER},
	[REM_DHCP_IS_REQUESTING] = {REM_WHY_DHCP_REQUESTS, REM_DHCP_REQUEST},
	[REM_DHCP_IS_REBOOTING] = {REM_WHY_DHCP_RENEWS, REM_DHCP_REQUEST},
	[REM_DHCP_IS_RENEWING] = {REM_WHY_DHCP_RENEWS, REM_DHCP_REQUEST},
	[REM_DHCP_IS_REBINDING] = {REM_WHY_DHCP_RENEWS, REM_DHCP_REQUEST},
	[REM_DHCP_IS_INFORMING] = {REM_WHY_DHCP_INFORMS, REM_DHCP_INFORM},
	[REM_DHCP_IS_LEAVING] = {REM_WHY_DHCP_RELEASES, REM_DHCP_RELEASE},
	[REM_DHCP_IS_DECLINING] = {REM_WHY_DHCP_DECLINES, REM_DHCP_DECLINE},
};

static int encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_dhcp_client *c = (struct rem_dhcp_client *)n;

	if (turns(c, f->now))
		return 0;
	if (f->room - off < MOST)
		return REM_LIMIT;
	if (c->tries++ == 0)
		c->begun = f->now;
	if (c->state == REM_DHCP_IS_RENEWING)
		n->due = halfway(c, f->now, c->lease.rebind);
	else if (c->state == REM_DHCP_IS_REBINDING)
		n->due = halfway(c, f->now, c->lease.end);
	else
		n->due = f->now + pause(c);
	f->dport = SERVER_PORT;
	f->verdict.why = sayings[c->state].why;
	const uint32_t size = put_message(c, f->p + off, sayings[c->state].type, f->now);
	if (c->state == REM_DHCP_IS_LEAVING || c->state == REM_DHCP_IS_DECLINING)
		part(c, f->now);
	return (int)size;
}

/* ---- what comes in ---- */

/* The options that are numbers or lists of addresses, and where they stand in a lease. */
static const struct {
	uint8_t tag, at, most; /* at, most: in words */
} options[] = {
#define WORDS(tag, field) \
	{ \
		tag, offsetof(struct rem_dhcp_lease, field) / 4, \
			sizeof((struct rem_dhcp_lease){0}.field) / 4 \
	}
	WORDS(REM_DHCP_MASK, mask),     WORDS(REM_DHCP_ROUTER, router),
	WORDS(REM_DHCP_DNS, dns),       WORDS(REM_DHCP_NTP, ntp),
	WORDS(REM_DHCP_LEASE, end),     WORDS(REM_DHCP_SERVER, server),
	WORDS(REM_DHCP_RENEWAL, renew), WORDS(REM_DHCP_REBINDING, rebind),
#undef WORDS
};

/* As many words of an option as there is room for. */
static void take_option(struct rem_dhcp_lease *l, const struct rem_tlv_item *item)
{
	for (unsigned i = 0; i < REM_COUNT(options); i++) {
		uint32_t *to = (uint32_t *)l + options[i].at;

		if (options[i].tag != item->tag)
			continue;
		for (uint32_t n = 0; n < options[i].most && 4 * n + 4 <= item->value.cap; n++)
			to[n] = rem_be32(item->value.p + 4 * n);
	}
}

/* Returns what kind of message it is, 0 for none. */
static uint32_t take_options(struct rem_dhcp_lease *l, struct rem_view message)
{
	struct rem_dhcp_walk walk = rem_dhcp_walk(message);
	struct rem_tlv_item item;
	uint32_t type = 0;

	while (rem_dhcp_next(&walk, &item)) {
		if (item.tag == REM_DHCP_TYPE && item.value.cap > 0)
			type = item.value.p[0];
		else if (item.tag == REM_DHCP_MTU && item.value.cap == 2)
			l->mtu = (uint16_t)rem_be16(item.value.p);
		else
			take_option(l, &item);
	}
	if (l->mtu < LEAST_MTU) /* so small it would only hurt */
		l->mtu = 0;
	return type;
}

/* An address that a host can have, in a subnet that can be: RFC 1122 3.2.1.3. */
static bool is_lease(struct rem_dhcp_lease *l)
{
	const uint32_t net = l->addr >> 24;

	if (l->mask == 0) /* RFC 791 2.3: what the address itself says */
		l->mask = UINT32_MAX << (net < 128 ? 24 : net < 192 ? 16 : 8);
	const uint32_t others = ~l->mask, host = l->addr & others;
	if (net == 0 || net == 127 || net >= 224 || (others & (others + 1)) != 0)
		return false;
	return l->server != 0 && l->end != 0 && (others <= 1 || (host != 0 && host != others));
}

/* When it is to be renewed, counted from when it was asked for: RFC 2131 4.4.5. */
static void set_times(struct rem_dhcp_lease *l)
{
	if (l->end == FOR_EVER) {
		l->renew = l->rebind = FOR_EVER;
	} else if (l->renew == 0 || l->renew >= l->rebind || l->rebind >= l->end) {
		l->renew = l->end / 2;
		l->rebind = l->end - l->end / 8;
	}
}

static enum rem_why take_offer(struct rem_dhcp_client *c, struct rem_dhcp_lease *l, rem_time now)
{
	if (!is_lease(l))
		return REM_WHY_DHCP_LEASE;
	c->server = l->server;
	c->wanted = l->addr;
	const uint32_t xid = c->xid; /* the exchange goes on: RFC 2131 4.4.1 */
	enter(c, REM_DHCP_IS_REQUESTING, now);
	c->xid = xid;
	return REM_WHY_DHCP_OFFERED;
}

static enum rem_why take_ack(struct rem_dhcp_client *c, struct rem_dhcp_lease *l,
			     struct rem_view message)
{
	const uint32_t had = c->lease.addr;
	enum rem_dhcp_state next = REM_DHCP_IS_BOUND;

	if (c->state == REM_DHCP_IS_INFORMING) {
		l->addr = had;
		l->end = FOR_EVER;
		next = REM_DHCP_IS_INFORMED;
	} else if (!is_lease(l) || l->addr != (had != 0 ? had : c->wanted)) {
		return REM_WHY_DHCP_LEASE;
	} else if (c->checks && had == 0) {
		next = REM_DHCP_IS_CHECKING;
	}
	set_times(l);
	c->lease = *l;
	c->wanted = l->addr;
	c->server = 0;
	if (c->names != NULL)
		c->names->take(c->names, message);
	to_server(c);
	enter(c, next,
	      next == REM_DHCP_IS_CHECKING ? REM_NEVER : rem_dhcp_time(&c->lease, l->renew));
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

static enum rem_why take_reply(struct rem_dhcp_client *c, uint32_t type, struct rem_dhcp_lease *l,
			       struct rem_view message, rem_time now)
{
	if (!is_chosen(c, l->server))
		return REM_WHY_DHCP_OTHER_SERVER;
	if (c->state == REM_DHCP_IS_SELECTING)
		return type == REM_DHCP_OFFER ? take_offer(c, l, now) : REM_WHY_DHCP_UNASKED;
	if (type == REM_DHCP_ACK)
		return take_ack(c, l, message);
	if (type != REM_DHCP_NAK || c->state == REM_DHCP_IS_INFORMING || l->server == 0)
		return REM_WHY_DHCP_UNASKED;
	c->wanted = 0;
	lose(c, now + REM_SECOND + (rem_random(c->secret) & 0xfffff));
	return REM_WHY_DHCP_REFUSED;
}

/* Does it wait for a message of this xid? */
static bool is_asked(const struct rem_dhcp_client *c, const uint8_t *p)
{
	const unsigned waits = 1 << REM_DHCP_IS_SELECTING | 1 << REM_DHCP_IS_REQUESTING |
			       1 << REM_DHCP_IS_REBOOTING | 1 << REM_DHCP_IS_RENEWING |
			       1 << REM_DHCP_IS_REBINDING | 1 << REM_DHCP_IS_INFORMING;

	return (waits >> c->state & 1) != 0 && c->tries > 0 &&
	       rem_get(p, REM_DHCP_OP) == REM_DHCP_BOOTREPLY &&
	       rem_get(p, REM_DHCP_XID) == c->xid &&
	       rem_same(rem_at(p, REM_DHCP_CHADDR), c->mac, MAC);
}

static int demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_dhcp_client *c = (struct rem_dhcp_client *)n;
	const struct rem_view message = rem_frame_view(f, off);
	struct rem_dhcp_lease lease = {.since = c->begun};

	const uint32_t type = take_options(&lease, message);
	if (type == 0)
		return rem_end(f, REM_WHY_DHCP_SHORT, REM_DROP);
	if (!is_asked(c, message.p))
		return rem_end(f, REM_WHY_DHCP_UNASKED, REM_DROP);
	lease.addr = rem_get(message.p, REM_DHCP_YIADDR);
	const enum rem_why why = take_reply(c, type, &lease, message, f->now);
	const bool good = why == REM_WHY_DHCP_OFFERED || why == REM_WHY_DHCP_BOUND ||
			  why == REM_WHY_DHCP_REFUSED;
	return rem_end(f, why, good ? REM_OK : REM_DROP);
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
		enter(c, REM_DHCP_IS_RENEWING, rem_dhcp_time(&c->lease, c->lease.rebind));
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

	rem_node_begin(&c->node, sizeof(*c), &ops);
	c->node.path = &c->path;
	c->node.port = CLIENT_PORT;
	c->secret = secret;
	rem_copy(c->mac, mac, MAC);
}

void rem_dhcp_begin(struct rem_dhcp_client *c, uint32_t before, rem_time now)
{
	c->lease = (struct rem_dhcp_lease){.addr = 0};
	c->wanted = before;
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
		enter(c, REM_DHCP_IS_BOUND, rem_dhcp_time(&c->lease, c->lease.renew));
		tell(c);
	} else if (c->state == REM_DHCP_IS_CHECKING || rem_dhcp_has_address(c)) {
		const uint32_t server = c->lease.server;

		lose(c, now);
		c->server = server;
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
