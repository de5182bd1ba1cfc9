/* SPDX-License-Identifier: BSD-3-Clause */
/* DHCP spoken: from discover to bound, for as long as the lease is kept, and how it is lost; a client and
 * a server, each against the other and against what hostile ones say. */
#include "net_wire.h"

#include <remora/net_dhcp.h>
#include <remora/net_dhcp_server.h>

enum { SERVER = 0x0a000001, FIRST = 0x0a000064, PLACES = 4, HOUR = 3600 };

static const uint8_t mac[6] = {2, 0, 0, 0, 0, 7};
static struct rem_dhcp_client c;
static struct rem_dhcp_server s;
static struct rem_dhcp_place places[PLACES];
static unsigned changes, written;

static rem_time when(uint32_t seconds)
{
	return rem_dhcp_time(&c.lease, seconds);
}

static void changed(struct rem_dhcp_client *client)
{
	(void)client;
	changes++;
}

static void write_down(struct rem_dhcp_server *server, unsigned i)
{
	(void)server, (void)i;
	written++;
}

static void begin_server(void)
{
	memset(places, 0, sizeof(places));
	rem_dhcp_server_init(&s, places, PLACES);
	s.addr = s.router = SERVER;
	s.mask = 0xffffff00;
	s.dns[0] = SERVER;
	s.dns[1] = 0x08080808;
	s.ntp = 0x0a000002;
	s.domain = "lan.example";
	s.seconds = HOUR;
	s.first = FIRST;
	s.changed = write_down;
	written = 0;
}

static void begin_client(struct rem_dhcp_client *client, uint8_t last, rem_time now)
{
	uint8_t address[6];

	memcpy(address, mac, 6);
	address[5] = last;
	rem_dhcp_client_init(client, a_secret(), address);
	client->changed = changed;
	client->hostname = "pico";
	rem_dhcp_begin(client, 0, now);
	changes = 0;
}

static uint32_t option(const struct datagram *d, unsigned tag)
{
	const struct rem_view m = {d->p, d->n, d->n};
	struct rem_view v;

	if (!rem_dhcp_find(m, tag, 1, &v))
		return 0;
	return v.cap >= 4 ? rem_be32(v.p) : v.p[0];
}

static bool sends(struct datagram *d, unsigned type, rem_time now)
{
	if (!node_sends(&c.node, d, now))
		return false;
	assert_int_equal(option(d, REM_DHCP_TYPE), type);
	assert_int_equal(d->f.dport, 67);
	assert_true(d->n >= 300);
	return true;
}

/* A message of the client's and what the server makes of it; the client gets the answer. */
static void round_trip(unsigned type, rem_time now)
{
	struct datagram d;

	assert_true(sends(&d, type, now));
	if (node_answers(&s.node, &d, now) > 0)
		node_gets(&c.node, &d, now);
}

static void bind_client(rem_time now)
{
	begin_client(&c, 7, now);
	round_trip(REM_DHCP_DISCOVER, now);
	round_trip(REM_DHCP_REQUEST, now);
	assert_int_equal(c.state, REM_DHCP_IS_BOUND);
}

static void from_discover_to_bound(void **state)
{
	struct rem_dhcp_names names;
	struct datagram d;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	rem_dhcp_names_init(&names, &c);
	assert_true(sends(&d, REM_DHCP_DISCOVER, 0));
	assert_why(&d, DHCP_ASKS);
	assert_int_equal(rem_be32(d.f.src.b), 0);
	assert_int_equal(rem_be32(d.f.dst.b), 0xffffffff);
	assert_int_equal(option(&d, REM_DHCP_HOSTNAME), 0x7069636f);
	assert_true(node_answers(&s.node, &d, 0) > 0);
	assert_why(&d, DHCP_ANSWERED);
	assert_int_equal(rem_be32(d.f.dst.b), 0xffffffff);
	assert_int_equal(places[0].state, REM_DHCP_OFFERED);
	assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
	assert_why(&d, DHCP_OFFERED);
	assert_true(sends(&d, REM_DHCP_REQUEST, 0));
	assert_why(&d, DHCP_REQUESTS);
	assert_int_equal(option(&d, REM_DHCP_SERVER), SERVER);
	assert_int_equal(option(&d, REM_DHCP_REQUESTED), FIRST);
	assert_true(node_answers(&s.node, &d, 0) > 0);
	assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
	assert_why(&d, DHCP_BOUND);
	assert_int_equal(c.state, REM_DHCP_IS_BOUND);
	assert_int_equal(changes, 1);
	assert_int_equal(written, 1);
	assert_int_equal(c.lease.addr, FIRST);
	assert_int_equal(c.lease.mask, 0xffffff00);
	assert_int_equal(c.lease.router[0], SERVER);
	assert_int_equal(c.lease.router[1], 0);
	assert_int_equal(c.lease.dns[1], 0x08080808);
	assert_int_equal(c.lease.ntp[0], 0x0a000002);
	assert_string_equal(names.domain, "lan.example");
	assert_true(when(c.lease.renew) == HOUR / 2 * (rem_time)SECOND);
	assert_true(when(c.lease.rebind) == HOUR / 8 * 7 * (rem_time)SECOND);
	assert_true(when(c.lease.end) == HOUR * (rem_time)SECOND);
	assert_true(c.node.due == when(c.lease.renew));
}

static void renewed(void **state)
{
	const rem_time half = HOUR / 2 * (rem_time)SECOND;
	struct datagram d;

	(void)state;
	begin_server();
	bind_client(0);
	assert_true(sends(&d, REM_DHCP_REQUEST, half));
	assert_why(&d, DHCP_RENEWS);
	assert_int_equal(c.state, REM_DHCP_IS_RENEWING);
	assert_int_equal(rem_be32(d.f.dst.b), SERVER); /* to it alone */
	assert_int_equal(rem_get(d.p, REM_DHCP_CIADDR), FIRST);
	assert_int_equal(option(&d, REM_DHCP_SERVER), 0);
	assert_int_equal(option(&d, REM_DHCP_REQUESTED), 0);
	d.f.src = rem_addr4(FIRST);
	assert_true(node_answers(&s.node, &d, half) > 0);
	assert_int_equal(rem_be32(d.f.dst.b), FIRST);
	assert_int_equal(node_gets(&c.node, &d, half), REM_OK);
	assert_int_equal(c.state, REM_DHCP_IS_BOUND);
	assert_true(when(c.lease.end) == half + HOUR * (rem_time)SECOND);
	assert_true(places[0].until == half + HOUR * (rem_time)SECOND);
}

/* Nobody answers any more: asks its server, then everybody, then stops using the address. */
static void rebound_and_lost(void **state)
{
	unsigned alone = 0, all = 0;
	struct datagram d;

	(void)state;
	begin_server();
	bind_client(0);
	while (rem_dhcp_has_address(&c)) {
		const rem_time now = c.node.due;

		assert_true(now <= when(c.lease.end));
		if (!node_sends(&c.node, &d, now))
			continue;
		if (rem_be32(d.f.dst.b) == SERVER) {
			assert_true(now >= when(c.lease.renew) && now < when(c.lease.rebind));
			alone++;
		} else if (rem_dhcp_has_address(&c)) {
			assert_true(now >= when(c.lease.rebind));
			assert_int_equal(rem_be32(d.f.src.b), FIRST);
			all++;
		}
	}
	assert_in_range(alone, 4, 10);
	assert_in_range(all, 2, 8);
	assert_int_equal(c.state, REM_DHCP_IS_SELECTING);
	assert_int_equal(c.lease.addr, 0);
	assert_int_equal(changes, 2);

	begin_server(); /* another server, which knows nothing of it, takes it over */
	bind_client(0);
	memset(places, 0, sizeof(places));
	while (c.state != REM_DHCP_IS_REBINDING)
		node_sends(&c.node, &d, c.node.due);
	round_trip(REM_DHCP_REQUEST, c.node.due);
	assert_int_equal(c.state, REM_DHCP_IS_BOUND);
	assert_int_equal(changes, 2);
}

static void the_server_cannot_be_reached(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	bind_client(0);
	c.node.ops->fault(&c.node, REM_FAULT_NO_ANSWER, NULL, 0);
	assert_true(c.node.due == when(c.lease.rebind));
	while (!node_sends(&c.node, &d, c.node.due))
		continue;
	assert_int_equal(rem_be32(d.f.dst.b), 0xffffffff);
	assert_int_equal(c.state, REM_DHCP_IS_REBINDING);
}

static void refused(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	round_trip(REM_DHCP_DISCOVER, 0);
	places[0].id[0] ^= 1; /* meanwhile it has become another's */
	assert_true(sends(&d, REM_DHCP_REQUEST, 0));
	assert_true(node_answers(&s.node, &d, 0) > 0);
	assert_why(&d, DHCP_NAK);
	assert_int_equal(rem_be32(d.f.dst.b), 0xffffffff);
	assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
	assert_why(&d, DHCP_REFUSED);
	assert_int_equal(c.state, REM_DHCP_IS_SELECTING);
	assert_false(sends(&d, REM_DHCP_DISCOVER, SECOND / 2)); /* not at once */
	round_trip(REM_DHCP_DISCOVER, 3 * SECOND);
	round_trip(REM_DHCP_REQUEST, 3 * SECOND);
	assert_int_equal(c.lease.addr, FIRST + 1);

	places[1].id[0] ^= 1; /* while it renews */
	assert_true(sends(&d, REM_DHCP_REQUEST, when(c.lease.renew)));
	assert_true(node_answers(&s.node, &d, 4 * SECOND) > 0);
	assert_int_equal(node_gets(&c.node, &d, when(c.lease.renew)), REM_OK);
	assert_int_equal(c.state, REM_DHCP_IS_SELECTING);
	assert_int_equal(c.lease.addr, 0);
	assert_int_equal(changes, 2);
}

static void it_had_one_before(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	bind_client(0);
	rem_dhcp_begin(&c, FIRST, SECOND);
	assert_true(sends(&d, REM_DHCP_REQUEST, SECOND));
	assert_int_equal(option(&d, REM_DHCP_SERVER), 0);
	assert_int_equal(option(&d, REM_DHCP_REQUESTED), FIRST);
	assert_true(node_answers(&s.node, &d, SECOND) > 0);
	assert_int_equal(node_gets(&c.node, &d, SECOND), REM_OK);
	assert_int_equal(c.state, REM_DHCP_IS_BOUND);

	rem_dhcp_begin(&c, 0xc0a80009, SECOND); /* of another network */
	round_trip(REM_DHCP_REQUEST, SECOND);
	assert_int_equal(c.state, REM_DHCP_IS_SELECTING);

	rem_dhcp_begin(&c, FIRST, SECOND); /* nobody answers: begins anew */
	for (int i = 0; i < 2; i++)
		assert_true(sends(&d, REM_DHCP_REQUEST, c.node.due));
	while (!node_sends(&c.node, &d, c.node.due))
		continue;
	assert_int_equal(option(&d, REM_DHCP_TYPE), REM_DHCP_DISCOVER);
}

static void somebody_else_has_it(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	c.checks = true;
	round_trip(REM_DHCP_DISCOVER, 0);
	round_trip(REM_DHCP_REQUEST, 0);
	assert_int_equal(c.state, REM_DHCP_IS_CHECKING);
	assert_false(rem_dhcp_has_address(&c));
	rem_dhcp_checked(&c, false, SECOND);
	assert_true(sends(&d, REM_DHCP_DECLINE, SECOND));
	assert_why(&d, DHCP_DECLINES);
	assert_int_equal(option(&d, REM_DHCP_REQUESTED), FIRST);
	assert_int_equal(option(&d, REM_DHCP_SERVER), SERVER);
	assert_int_equal(rem_get(d.p, REM_DHCP_CIADDR), 0);
	assert_int_equal(node_answers(&s.node, &d, SECOND), REM_OK);
	assert_why(&d, DHCP_NOTED);
	assert_int_equal(places[0].state, REM_DHCP_DECLINED);
	assert_false(node_sends(&c.node, &d, 10 * SECOND)); /* RFC 2131 3.1: ten seconds */
	round_trip(REM_DHCP_DISCOVER, 11 * SECOND);
	round_trip(REM_DHCP_REQUEST, 11 * SECOND);
	rem_dhcp_checked(&c, true, 12 * SECOND);
	assert_int_equal(c.state, REM_DHCP_IS_BOUND);
	assert_int_equal(c.lease.addr, FIRST + 1);

	rem_dhcp_checked(&c, false, 13 * SECOND); /* later, too */
	assert_true(sends(&d, REM_DHCP_DECLINE, 13 * SECOND));
	assert_int_equal(c.lease.addr, 0);
}

static void given_back(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	bind_client(0);
	rem_dhcp_release(&c, SECOND);
	assert_true(sends(&d, REM_DHCP_RELEASE, SECOND));
	assert_why(&d, DHCP_RELEASES);
	assert_int_equal(rem_be32(d.f.dst.b), SERVER);
	assert_int_equal(rem_get(d.p, REM_DHCP_CIADDR), FIRST);
	assert_int_equal(node_answers(&s.node, &d, SECOND), REM_OK);
	assert_int_equal(places[0].state, REM_DHCP_FREE);
	assert_int_equal(c.state, REM_DHCP_IS_IDLE);
	assert_int_equal(changes, 2);
	assert_true(c.node.due == REM_NEVER);
	rem_dhcp_release(&c, SECOND); /* there is nothing to give back */
	assert_false(node_sends(&c.node, &d, SECOND));
}

static void only_informed(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	rem_dhcp_inform(&c, 0x0a000032, 0);
	assert_true(sends(&d, REM_DHCP_INFORM, 0));
	assert_why(&d, DHCP_INFORMS);
	assert_int_equal(rem_get(d.p, REM_DHCP_CIADDR), 0x0a000032);
	d.f.src = rem_addr4(0x0a000032);
	assert_true(node_answers(&s.node, &d, 0) > 0);
	assert_int_equal(rem_get(d.p, REM_DHCP_YIADDR), 0);
	assert_int_equal(option(&d, REM_DHCP_LEASE), 0);
	assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
	assert_int_equal(c.state, REM_DHCP_IS_INFORMED);
	assert_int_equal(c.lease.dns[0], SERVER);
	assert_int_equal(c.lease.addr, 0x0a000032);
	assert_true(c.node.due == REM_NEVER);
}

static void backs_off(void **state)
{
	rem_time last = 0;
	struct datagram d;

	(void)state;
	begin_client(&c, 7, 0);
	for (int i = 0; i < 8; i++) {
		const rem_time now = c.node.due, most = (i < 5 ? 2 << i : 64) * (rem_time)SECOND;

		assert_true(sends(&d, REM_DHCP_DISCOVER, now));
		if (i > 0)
			assert_in_range(now - last, most - (1 << 20), most + (1 << 20));
		last = now;
	}
	assert_true(rem_get(d.p, REM_DHCP_SECS) > 100);
}

/* Two servers offer: the first is taken, the other heard no more. */
static void keeps_to_its_server(void **state)
{
	struct datagram d, other;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	assert_true(sends(&d, REM_DHCP_DISCOVER, 0));
	other = d;
	assert_true(node_answers(&s.node, &d, 0) > 0);
	node_gets(&c.node, &d, 0);
	assert_true(sends(&d, REM_DHCP_REQUEST, 0));
	s.addr = 0x0a000003;
	assert_true(node_answers(&s.node, &other, 0) > 0);
	assert_true(node_gets(&c.node, &other, 0) < 0);
	assert_why(&other, DHCP_OTHER_SERVER);
	assert_int_equal(option(&d, REM_DHCP_SERVER), SERVER);
	other = d;
	assert_int_equal(node_answers(&s.node, &d, 0),
			 REM_DROP); /* the other server hears that it lost */
	assert_why(&d, DHCP_NOT_OURS);
	d = other;
	rem_put(d.p, REM_DHCP_OP, 2);
	d.p[REM_DHCP_OPTIONS + 2] = REM_DHCP_NAK; /* a NAK from it counts nothing */
	for (uint32_t i = REM_DHCP_OPTIONS; d.p[i] != REM_DHCP_END; i += 2u + d.p[i + 1]) {
		if (d.p[i] == REM_DHCP_SERVER)
			d.p[i + 5] = 3;
	}
	assert_true(node_gets(&c.node, &d, 0) < 0);
	assert_why(&d, DHCP_OTHER_SERVER);
	s.addr = SERVER;
	assert_true(node_answers(&s.node, &other, 0) > 0);
	assert_int_equal(node_gets(&c.node, &other, 0), REM_OK);
	assert_int_equal(c.state, REM_DHCP_IS_BOUND);
}

/* ---- what servers say ---- */

/* An ACK for a client that has asked for `wanted`, with these options. */
static struct datagram ack_of(const uint8_t *options, size_t n)
{
	struct datagram d = {.n = REM_DHCP_OPTIONS + (uint32_t)n};

	rem_put(d.p, REM_DHCP_OP, 2);
	rem_put(d.p, REM_DHCP_XID, c.xid);
	rem_put(d.p, REM_DHCP_YIADDR, FIRST);
	memcpy(d.p + 28, mac, 6);
	rem_put(d.p, REM_DHCP_COOKIE, REM_DHCP_MAGIC);
	memcpy(d.p + REM_DHCP_OPTIONS, options, n);
	return d;
}

static uint16_t hears(const uint8_t *options, size_t n)
{
	struct datagram d;

	begin_client(&c, 7, 0);
	rem_dhcp_begin(&c, FIRST, 0);
	assert_true(sends(&d, REM_DHCP_REQUEST, 0));
	d = ack_of(options, n);
	node_gets(&c.node, &d, 0);
	return d.f.verdict.why;
}

#define HEARS(...) hears((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
#define ACK        53, 1, 5
#define FROM       54, 4, 10, 0, 0, 1
#define FOR_HOUR   51, 4, 0, 0, 14, 16

static void hostile_options(void **state)
{
	(void)state;
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 255), REM_WHY_DHCP_BOUND);
	assert_int_equal(c.lease.mask, 0xff000000); /* as its class was */
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR), REM_WHY_DHCP_BOUND); /* no end */
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 3), REM_WHY_DHCP_BOUND);
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 3, 200, 1),
			 REM_WHY_DHCP_BOUND); /* past the end */
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 3, 0, 6, 3, 1, 2, 3), REM_WHY_DHCP_BOUND);
	assert_int_equal(c.lease.router[0], 0);
	assert_int_equal(c.lease.dns[0], 0);
	assert_int_equal(HEARS(ACK, FROM, 51, 4, 0, 0, 0, 0), REM_WHY_DHCP_LEASE); /* no time */
	assert_int_equal(HEARS(ACK, FROM, 51, 3, 0, 0, 1), REM_WHY_DHCP_LEASE);
	assert_int_equal(HEARS(ACK, FROM), REM_WHY_DHCP_LEASE);
	assert_int_equal(HEARS(ACK, FOR_HOUR), REM_WHY_DHCP_LEASE); /* nobody's */
	assert_int_equal(HEARS(53, 0, FROM, FOR_HOUR), REM_WHY_DHCP_SHORT);
	assert_int_equal(HEARS(FROM, FOR_HOUR), REM_WHY_DHCP_SHORT);
	assert_int_equal(HEARS(53, 1, 99, FROM, FOR_HOUR), REM_WHY_DHCP_UNASKED);
	assert_int_equal(HEARS(53, 1, 2, FROM, FOR_HOUR), REM_WHY_DHCP_UNASKED);
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 1, 4, 255, 0, 255, 0), REM_WHY_DHCP_LEASE);
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 1, 4, 255, 255, 255, 252), REM_WHY_DHCP_LEASE);
	assert_int_equal(HEARS(ACK, FROM, 51, 4, 255, 255, 255, 255),
			 REM_WHY_DHCP_BOUND); /* for ever */
	assert_true(when(c.lease.end) == REM_NEVER && c.node.due == REM_NEVER);
	/* T1 behind T2 is not believed */
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 58, 4, 0, 0, 2, 0, 59, 4, 0, 0, 1, 0),
			 REM_WHY_DHCP_BOUND);
	assert_true(when(c.lease.renew) == HOUR / 2 * (rem_time)SECOND);
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 58, 4, 0, 0, 1, 0, 59, 4, 0, 0, 2, 0),
			 REM_WHY_DHCP_BOUND);
	assert_true(when(c.lease.renew) == 256 * (rem_time)SECOND);
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 26, 2, 0, 68), REM_WHY_DHCP_BOUND);
	assert_int_equal(c.lease.mtu, 0); /* so small it would only hurt */
	assert_int_equal(HEARS(ACK, FROM, FOR_HOUR, 26, 2, 5, 120), REM_WHY_DHCP_BOUND);
	assert_int_equal(c.lease.mtu, 1400);
}

static void strange_addresses(void **state)
{
	static const uint32_t bad[] = {0,          0x7f000001, 0xe0000001,
				       0xffffffff, 0x00000001, FIRST + 1};
	static const uint8_t options[] = {ACK, FROM, FOR_HOUR};
	struct datagram d;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		begin_client(&c, 7, 0);
		rem_dhcp_begin(&c, FIRST, 0);
		assert_true(sends(&d, REM_DHCP_REQUEST, 0));
		d = ack_of(options, sizeof(options));
		rem_put(d.p, REM_DHCP_YIADDR, bad[i]);
		assert_true(node_gets(&c.node, &d, 0) < 0);
		assert_why(&d, DHCP_LEASE);
		assert_int_equal(changes, 0);
	}
}

static void names(void **state)
{
	struct rem_dhcp_names heard;
	struct datagram d;
	static const struct {
		uint8_t options[40];
		const char *domain;
	} cases[] = {
		{{ACK, FROM, FOR_HOUR, 15, 3, 'a', '.', 'b', 255}, "a.b"},
		{{ACK, FROM, FOR_HOUR, 15, 4, 'a', '.', 'b', 0, 255}, "a.b"},
		{{ACK, FROM, FOR_HOUR, 15, 2, 'a', '.', 15, 1, 'b', 255}, "a.b"}, /* RFC 3396 */
		{{ACK, FROM, FOR_HOUR, 15, 3, 'a', 27, '[', 255}, ""},  /* a terminal would obey */
		{{ACK, FROM, FOR_HOUR, 15, 3, 'a', 0, 'b', 255}, ""},
		{{ACK, FROM, FOR_HOUR, 15, 3, 'a', '\n', 'b', 255}, ""},
		{{ACK, FROM, FOR_HOUR, 15, 3, '$', '(', ')', 255}, ""},
		{{ACK, FROM, FOR_HOUR, 15, 0, 255}, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		begin_client(&c, 7, 0);
		rem_dhcp_names_init(&heard, &c);
		rem_dhcp_begin(&c, FIRST, 0);
		assert_true(sends(&d, REM_DHCP_REQUEST, 0));
		d = ack_of(cases[i].options, sizeof(cases[i].options));
		assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
		assert_string_equal(heard.domain, cases[i].domain);
	}
	begin_client(&c, 7, 0);
	rem_dhcp_names_init(&heard, &c);
	rem_dhcp_begin(&c, FIRST, 0);
	assert_true(sends(&d, REM_DHCP_REQUEST, 0));
	d = ack_of(cases[0].options, 40);
	d.n += 500; /* longer than anybody's name */
	memset(d.p + REM_DHCP_OPTIONS + 15, 'x', 600);
	d.p[REM_DHCP_OPTIONS + 15] = 15;
	d.p[REM_DHCP_OPTIONS + 16] = 255;
	assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
	assert_string_equal(heard.domain, "");
}

static void options_in_other_fields(void **state)
{
	static const uint8_t options[] = {ACK, 52, 1, 3};
	static const uint8_t in_file[] = {FROM, 52, 1, 3, 255}, in_sname[] = {FOR_HOUR, 255};
	struct datagram d;

	(void)state;
	begin_client(&c, 7, 0);
	rem_dhcp_begin(&c, FIRST, 0);
	assert_true(sends(&d, REM_DHCP_REQUEST, 0));
	d = ack_of(options, sizeof(options));
	memcpy(d.p + 108, in_file, sizeof(in_file));
	memcpy(d.p + 44, in_sname, sizeof(in_sname));
	assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
	assert_int_equal(c.lease.server, SERVER);
	assert_true(when(c.lease.end) == HOUR * (rem_time)SECOND);
}

static void answers_to_others(void **state)
{
	static const uint8_t options[] = {ACK, FROM, FOR_HOUR};
	struct datagram d, bad;

	(void)state;
	begin_client(&c, 7, 0);
	rem_dhcp_begin(&c, FIRST, 0);
	assert_true(sends(&d, REM_DHCP_REQUEST, 0));
	d = ack_of(options, sizeof(options));
	for (int i = 0; i < 4; i++) {
		static const uint8_t at[] = {0, 4, 33, 236};

		bad = d;
		bad.p[at[i]] ^= 3;
		assert_true(node_gets(&c.node, &bad, 0) < 0);
		assert_int_equal(bad.f.verdict.why,
				 i == 3 ? REM_WHY_DHCP_SHORT : REM_WHY_DHCP_UNASKED);
	}
	for (bad = d, bad.n = 0; bad.n < 240; bad.n++) {
		assert_true(node_gets(&c.node, &bad, 0) < 0);
		assert_why(&bad, DHCP_SHORT);
	}
	assert_int_equal(node_gets(&c.node, &d, 0), REM_OK);
	assert_true(node_gets(&c.node, &d, 0) < 0); /* once */
	assert_why(&d, DHCP_UNASKED);
	assert_int_equal(changes, 1);
}

/* ---- the server ---- */

static void every_address_is_leased(void **state)
{
	struct rem_dhcp_client others[PLACES + 1];
	struct datagram d;

	(void)state;
	begin_server();
	for (unsigned i = 0; i <= PLACES; i++) {
		begin_client(&others[i], (uint8_t)(10 + i), 0);
		c = others[i];
		c.node.path = &c.path;
		assert_true(sends(&d, REM_DHCP_DISCOVER, 0));
		if (i == PLACES) {
			assert_true(node_answers(&s.node, &d, 0) < 0);
			assert_why(&d, DHCP_FULL);
			assert_true(sends(&d, REM_DHCP_DISCOVER, 2 * HOUR * (rem_time)SECOND));
			assert_true(node_answers(&s.node, &d, 2 * HOUR * (rem_time)SECOND) >
				    0); /* expired */
			break;
		}
		assert_true(node_answers(&s.node, &d, 0) > 0);
		assert_int_equal(rem_get(d.p, REM_DHCP_YIADDR), FIRST + i);
		node_gets(&c.node, &d, 0);
		round_trip(REM_DHCP_REQUEST, 0);
		assert_int_equal(c.state, REM_DHCP_IS_BOUND);
	}
}

static void the_same_address_again(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	bind_client(0);
	rem_dhcp_release(&c, 0);
	round_trip(REM_DHCP_RELEASE, 0);
	begin_client(&c, 8, 0);
	round_trip(REM_DHCP_DISCOVER, 0); /* another takes one that was nobody's */
	round_trip(REM_DHCP_REQUEST, 0);
	assert_int_equal(c.lease.addr, FIRST + 1);
	bind_client(SECOND);
	assert_int_equal(c.lease.addr, FIRST);
	begin_client(&c, 9, SECOND); /* a wish is granted where it can be */
	c.wanted = FIRST + 3;
	assert_true(sends(&d, REM_DHCP_DISCOVER, SECOND));
	assert_true(node_answers(&s.node, &d, SECOND) > 0);
	assert_int_equal(rem_get(d.p, REM_DHCP_YIADDR), FIRST + 3);
}

static void by_a_relay(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	assert_true(sends(&d, REM_DHCP_DISCOVER, 0));
	rem_put(d.p, REM_DHCP_GIADDR, 0x0a0000fe);
	rem_put(d.p, REM_DHCP_HOPS, 1);
	assert_true(node_answers(&s.node, &d, 0) > 0);
	assert_int_equal(rem_be32(d.f.dst.b), 0x0a0000fe);
	assert_int_equal(d.f.dport, 67);
	assert_int_equal(rem_get(d.p, REM_DHCP_GIADDR), 0x0a0000fe);
	assert_null(d.f.link);
	assert_true(sends(&d, REM_DHCP_DISCOVER, 10 * SECOND));
	rem_put(d.p, REM_DHCP_GIADDR, 0x0a0001fe); /* of a subnet that we have no addresses for */
	assert_true(node_answers(&s.node, &d, 0) < 0);
	assert_why(&d, DHCP_NOT_OURS);
}

static void to_a_client_without_an_address(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	assert_true(sends(&d, REM_DHCP_DISCOVER, 0));
	rem_put(d.p, REM_DHCP_BROADCAST, 0);
	assert_true(node_answers(&s.node, &d, 0) > 0);
	assert_int_equal(rem_be32(d.f.dst.b), FIRST);
	assert_non_null(d.f.link);
	assert_memory_equal(d.f.link, mac, 6);
}

static void what_no_client_says(void **state)
{
	struct datagram d, bad;

	(void)state;
	begin_server();
	begin_client(&c, 7, 0);
	assert_true(sends(&d, REM_DHCP_DISCOVER, 0));
	for (unsigned type = 0; type < 20; type++) {
		bad = d;
		bad.p[REM_DHCP_OPTIONS + 2] = (uint8_t)type;
		const int n = node_answers(&s.node, &bad, 0);
		if (type == REM_DHCP_DISCOVER || type == REM_DHCP_REQUEST)
			assert_true(n > 0);
		else
			assert_true(n < 0);
		if (type == 0 || type == REM_DHCP_OFFER || type > REM_DHCP_RELEASE)
			assert_why(&bad, DHCP_KIND);
	}
	for (int i = 0; i < 3; i++) { /* op, htype, hlen */
		bad = d;
		bad.p[i] = 7;
		assert_true(node_answers(&s.node, &bad, 0) < 0);
		assert_why(&bad, DHCP_SHORT);
	}
	for (bad = d, bad.n = 0; bad.n < 240; bad.n++) {
		struct datagram cut = bad;

		assert_true(node_answers(&s.node, &cut, 0) < 0);
	}
	bad = d; /* an identifier longer than what is remembered, given back whole */
	memset(bad.p + REM_DHCP_OPTIONS + 5, 'i', 255);
	bad.p[REM_DHCP_OPTIONS + 3] = REM_DHCP_CLIENT_ID;
	bad.p[REM_DHCP_OPTIONS + 4] = 255;
	bad.n = REM_DHCP_OPTIONS + 5 + 255;
	assert_true(node_answers(&s.node, &bad, 0) > 0);
	assert_int_equal(option(&bad, REM_DHCP_CLIENT_ID), 0x69696969);
}

/* A release or decline of what is another's changes nothing. */
static void only_ones_own(void **state)
{
	struct datagram d;

	(void)state;
	begin_server();
	bind_client(0);
	const struct rem_dhcp_place before = places[0];
	struct rem_dhcp_client thief = c;
	c.mac[5] = 66;
	c.node.path = &c.path;
	rem_dhcp_release(&c, 0);
	assert_true(sends(&d, REM_DHCP_RELEASE, 0));
	assert_true(node_answers(&s.node, &d, 0) < 0);
	assert_why(&d, DHCP_NOT_OURS);
	c = thief;
	c.mac[5] = 66;
	rem_dhcp_checked(&c, false, 0);
	assert_true(sends(&d, REM_DHCP_DECLINE, 0));
	assert_true(node_answers(&s.node, &d, 0) < 0);
	assert_memory_equal(&before, &places[0], sizeof(before));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_discover_to_bound),
		cmocka_unit_test(renewed),
		cmocka_unit_test(rebound_and_lost),
		cmocka_unit_test(the_server_cannot_be_reached),
		cmocka_unit_test(refused),
		cmocka_unit_test(it_had_one_before),
		cmocka_unit_test(somebody_else_has_it),
		cmocka_unit_test(given_back),
		cmocka_unit_test(only_informed),
		cmocka_unit_test(backs_off),
		cmocka_unit_test(keeps_to_its_server),
		cmocka_unit_test(hostile_options),
		cmocka_unit_test(strange_addresses),
		cmocka_unit_test(names),
		cmocka_unit_test(options_in_other_fields),
		cmocka_unit_test(answers_to_others),
		cmocka_unit_test(every_address_is_leased),
		cmocka_unit_test(the_same_address_again),
		cmocka_unit_test(by_a_relay),
		cmocka_unit_test(to_a_client_without_an_address),
		cmocka_unit_test(what_no_client_says),
		cmocka_unit_test(only_ones_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
