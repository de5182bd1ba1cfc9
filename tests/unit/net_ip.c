/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4 in the live stack: headers that lie, options, addresses that may not be, who gets what. */
#include "net_pair.h"

/* A whole datagram without anything in it, of a protocol that nobody speaks, and its reason. */
static uint8_t *plain(uint32_t proto, uint32_t n)
{
	return ip_to_us(proto, n) - REM_IPV4_HEADER;
}

static void headers_that_lie(void **state)
{
	uint8_t *p;

	(void)state;
	pair_init();
	p = plain(200, 20);
	rem_put(p, REM_IPV4_TOTAL, 19);
	assert_int_equal(ip_in(40), REM_WHY_IP_TOTAL);
	p = plain(200, 20);
	rem_put(p, REM_IPV4_TOTAL, 0);
	assert_int_equal(ip_in(40), REM_WHY_IP_TOTAL);
	p = plain(200, 20);
	rem_put(p, REM_IPV4_TOTAL, 41);
	assert_int_equal(ip_in(40), REM_WHY_IP_TOTAL);
	p = plain(200, 20);
	p[0] = 0x44;
	assert_int_equal(ip_in(40), REM_WHY_IP_HEADER);
	p = plain(200, 0);
	p[0] = 0x4f;
	hand_in(&us, 14 + 20);
	assert_int_equal(us.why, REM_WHY_IP_TOTAL);
	rem_put(p, REM_IPV4_TOTAL, 60);
	hand_in(&us, 14 + 20);
	assert_int_equal(us.why, REM_WHY_IP_HEADER);
	p = plain(200, 20);
	for (uint32_t n = 1; n < 20; n++) {
		hand_in(&us, 14 + n);
		assert_int_equal(us.why, REM_WHY_IP_SHORT);
	}
	p[0] = 0x65;
	hand_in(&us, 54);
	assert_int_equal(us.why, REM_WHY_IP_VERSION);
	plain(200, 20);
	ip_in(40);
	p = plain(200, 20);
	rem_put(p, REM_IPV4_SUM, 0x1234);
	hand_in(&us, 54);
	assert_int_equal(us.why, REM_WHY_IP_SUM);

	struct rem_frame f = {.p = wire, .room = sizeof(wire), .head = 2, .end = 2 + 54,
			      .flags = REM_SUMS_VERIFIED};
	rem_in(&us.host.ether.node, &f, now, NULL);     /* a card has seen to it */
	assert_int_not_equal(f.verdict.why, REM_WHY_IP_SUM);
}

/* What follows the datagram in a frame is not its own. */
static void trailing_bytes(void **state)
{
	(void)state;
	pair_init();
	uint8_t *p = ip_to_us(REM_IP_ICMP, 28);
	p[0] = REM_ICMP_ECHO;
	rem_put(p, REM_ICMP_SUM, 0xffff & ~rem_sum(p, 28));
	memset(p + 28, 0xaa, 50);
	assert_int_equal(ip_in(20 + 28 + 50), REM_WHY_ICMP_ECHO);
	assert_int_equal(us.last_n, 14 + 20 + 28);
}

static unsigned with_options(const uint8_t *options, uint32_t n)
{
	uint8_t *p = plain(REM_IP_ICMP, n + 28);

	p[0] = (uint8_t)(0x45 + n / 4);
	memcpy(p + 20, options, n);
	p += 20 + n;
	memset(p, 0, 28);
	p[0] = REM_ICMP_ECHO;
	rem_put(p, REM_ICMP_SUM, 0xffff & ~rem_sum(p, 28));
	return ip_in(20 + n + 28);
}

static void options(void **state)
{
	(void)state;
	pair_init();
	assert_int_equal(with_options((const uint8_t *)"\1\1\1\0", 4), REM_WHY_ICMP_ECHO);
	assert_int_equal(us.last[14], 0x45);            /* the answer has none */
	assert_int_equal(rem_sum(us.last + 14, 20), 0xffff);
	assert_int_equal(rem_sum(us.last + 34, 28), 0xffff);
	assert_int_equal(with_options((const uint8_t *)"\x94\4\0\0", 4), REM_WHY_ICMP_ECHO);
	assert_int_equal(with_options((const uint8_t *)"\7\7\4\0\0\0\0\0", 8), REM_WHY_ICMP_ECHO);
	assert_int_equal(with_options((const uint8_t *)"\7\0\0\0", 4), REM_WHY_IP_OPTION);
	assert_int_equal(with_options((const uint8_t *)"\7\1\0\0", 4), REM_WHY_IP_OPTION);
	assert_int_equal(with_options((const uint8_t *)"\7\xff\0\0", 4), REM_WHY_IP_OPTION);
	assert_int_equal(with_options((const uint8_t *)"\1\1\1\7", 4), REM_WHY_IP_OPTION);
	assert_int_equal(with_options((const uint8_t *)"\x83\3\4\x89\3\4\0\0", 8),
			 REM_WHY_IP_ROUTED);
	assert_int_equal(with_options((const uint8_t *)"\1\x89\3\4", 4), REM_WHY_IP_ROUTED);
}

static unsigned from_to(uint32_t src, uint32_t dst, bool to_all)
{
	uint8_t *p = plain(REM_IP_UDP, 12);

	if (to_all)
		memset(wire + 2, 0xff, 6);
	rem_put(p, REM_IPV4_SRC, src);
	rem_put(p, REM_IPV4_DST, dst);
	rem_put(p + 20, REM_UDP_DST, 9);
	rem_put(p + 20, REM_UDP_LENGTH, 12);
	return ip_in(32);
}

/* Who is on our link, for prefixes of every length: all who differ in none of its bits. */
static void subnets(void **state)
{
	const struct rem_addr six = {.family = 6, .word = {rem_addr4(OURS).word[0]}};

	(void)state;
	pair_init();
	for (unsigned prefix = 0; prefix <= 32; prefix++) {
		rem_ip_set_address(&us.host.ip, 0, rem_addr4(OURS), prefix);
		for (unsigned bit = 0; bit < 32; bit++) {
			const struct rem_addr other = rem_addr4(OURS ^ UINT32_C(1) << bit);

			assert_int_equal(rem_ip_subnet(&us.host.ip, &other) != NULL,
					 bit < 32 - prefix);
		}
		assert_null(rem_ip_subnet(&us.host.ip, &six));
	}
	for (unsigned prefix = 0; prefix <= 128; prefix++) {
		struct rem_addr other = six;

		rem_ip_set_address(&us.host.ip, 0, six, prefix);
		assert_non_null(rem_ip_subnet(&us.host.ip, &six));
		for (unsigned bit = 0; bit < 128; bit++) {
			other.b[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
			assert_int_equal(rem_ip_subnet(&us.host.ip, &other) != NULL, bit >= prefix);
			other.b[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
		}
	}
}

static struct rem_path way_to(uint32_t to)
{
	struct rem_path path = {.to = rem_addr4(to)};

	rem_ip_way(&us.host.ip, &path, now);
	return path;
}

/* A way begins at our address on its subnet, a broadcast's, too; and nobody is the way to himself. */
static void where_a_way_begins(void **state)
{
	const uint32_t other = 0x0a000181; /* 10.0.1.129 */

	(void)state;
	pair_init();
	for (unsigned prefix = 25; prefix <= 32; prefix++) {
		const uint32_t hosts = (uint32_t)(UINT64_C(0xffffffff) >> prefix);

		rem_ip_set_address(&us.host.ip, 1, rem_addr4(other), prefix);
		assert_int_equal(way_to(OURS).state, REM_PATH_FAILED);
		assert_int_equal(way_to(other).state, REM_PATH_FAILED);
		const struct rem_path near = way_to(THEIRS), all = way_to(0x0a0000ff);
		assert_int_equal(near.state, REM_PATH_ASKING);
		assert_int_equal(near.from.word[0], rem_addr4(OURS).word[0]);
		assert_int_equal(all.state, REM_PATH_READY);
		assert_int_equal(all.from.word[0], rem_addr4(OURS).word[0]);
		const struct rem_path their_all = way_to(other | hosts);
		if (prefix < 31) {
			assert_int_equal(their_all.state, REM_PATH_READY);
			assert_int_equal(their_all.link[5], 0xff);
			assert_int_equal(their_all.from.word[0], rem_addr4(other).word[0]);
		} else {
			assert_int_equal(their_all.state, REM_PATH_FAILED); /* it is ours */
		}
		const struct rem_path neighbour = way_to(other ^ 1);
		assert_int_equal(neighbour.hop.word[0],
				 rem_addr4(prefix < 32 ? other ^ 1 : 0x0a0000fe).word[0]);
		assert_int_equal(neighbour.from.word[0],
				 rem_addr4(prefix < 32 ? other : OURS).word[0]);
		const struct rem_path group = way_to(0xe0000001);
		assert_int_equal(group.state, REM_PATH_READY);
		assert_int_equal(group.from.word[0], rem_addr4(OURS).word[0]);
	}
}

static void martians(void **state)
{
	static const uint32_t nobody[] = {0x7f000001, 0xe0000001, 0xf0000001,
					  0xffffffff, 0x0a0000ff, 0x00000001};

	(void)state;
	pair_init();
	for (unsigned i = 0; i < REM_COUNT(nobody); i++) {
		assert_int_equal(from_to(nobody[i], OURS, false), REM_WHY_IP_SOURCE);
		assert_int_equal(from_to(nobody[i], 0xffffffff, true), REM_WHY_IP_SOURCE);
	}
	assert_int_equal(from_to(0, OURS, false), REM_WHY_IP_SOURCE);
	assert_int_equal(from_to(0, 0xffffffff, true),
			 REM_WHY_UDP_PORT_QUIET);                     /* a host without one */
	assert_int_equal(from_to(OURS, OURS, false), REM_WHY_IP_OWN);           /* LAND */
	assert_int_equal(from_to(THEIRS, 0x0a000009, false), REM_WHY_IP_NOT_OURS);
	assert_int_equal(from_to(THEIRS, 0x7f000001, false), REM_WHY_IP_NOT_OURS);
	assert_int_equal(from_to(THEIRS, 0, false), REM_WHY_IP_NOT_OURS);
	assert_int_equal(from_to(THEIRS, 0xe0000005, false), REM_WHY_IP_GROUP);
	assert_int_equal(from_to(THEIRS, OURS, true), REM_WHY_IP_LINK_GROUP);
	assert_int_equal(from_to(THEIRS, 0x0a0000ff, true), REM_WHY_UDP_PORT_QUIET);
}

/* Who has sent a datagram may not send the next one if he is a broadcast, or we ourselves, by then. */
static void another_address(void **state)
{
	const uint32_t him = 0x0a00007f;

	(void)state;
	pair_init();
	const unsigned taken = from_to(him, 0x0a0000ff, true);
	assert_int_equal(taken, REM_WHY_UDP_PORT_QUIET);
	assert_int_equal(from_to(him, 0x0a0000ff, true), taken);
	rem_ip_set_address(&us.host.ip, 0, rem_addr4(OURS), 25);
	assert_int_equal(from_to(him, OURS, false), REM_WHY_IP_SOURCE);
	rem_ip_set_address(&us.host.ip, 0, rem_addr4(OURS), 24);
	assert_int_equal(from_to(him, 0x0a0000ff, true), taken);
	rem_ip_set_address(&us.host.ip, 1, rem_addr4(him), 24);
	assert_int_equal(from_to(him, OURS, false), REM_WHY_IP_OWN);
}

/* A host without an address hears what DHCP sends to it, and says nothing. */
static void the_nameless(void **state)
{
	(void)state;
	now = SECOND;
	side_init(&us, our_mac, 0);
	assert_int_equal(from_to(THEIRS, OURS, false), REM_WHY_UDP_PORT_QUIET);
	uint8_t *p = ip_to_us(REM_IP_ICMP, 28);
	p[0] = REM_ICMP_ECHO;
	rem_put(p, REM_ICMP_SUM, 0xffff & ~rem_sum(p, 28));
	assert_int_equal(ip_in(48), REM_WHY_IP_NOT_OURS);
}

static void nobody_speaks_it(void **state)
{
	(void)state;
	pair_init();
	plain(200, 20);
	assert_int_equal(ip_in(40), REM_WHY_IP_PROTOCOL);
	const uint8_t *icmp = us.last + 34;
	assert_int_equal(icmp[0], REM_ICMP_UNREACHABLE);
	assert_int_equal(icmp[1], 2);
	assert_int_equal(us.last_n, 14 + 20 + 8 + 40);
	assert_int_equal(rem_sum(icmp, 48), 0xffff);
	assert_int_equal(rem_get(icmp + 8, REM_IPV4_PROTO), 200);
	plain(REM_IP_IPV4, 1400);               /* IP in IP is not unpacked; a long one is quoted in part */
	assert_int_equal(ip_in(1420), REM_WHY_IP_PROTOCOL);
	assert_int_equal(us.last_n, 14 + 576);
	uint8_t *p = plain(200, 24);            /* the header is quoted with its options */
	p[0] = 0x46;
	memset(p + 20, 1, 4);
	assert_int_equal(ip_in(44), REM_WHY_IP_PROTOCOL);
	assert_int_equal(us.last[14], 0x45);
	assert_int_equal(us.last[42], 0x46);
	assert_int_equal(rem_sum(us.last + 34, 52), 0xffff);
	p = plain(200, 20);
	memset(wire + 2, 0xff, 6);
	rem_put(p, REM_IPV4_DST, 0xffffffff);
	assert_int_equal(ip_in(40), REM_WHY_IP_PROTOCOL_QUIET);
}

static void numbers_of_datagrams(void **state)
{
	struct rem_ping ping;
	uint32_t before = 0;

	(void)state;
	pair_init();
	rem_ping_init(&ping, &us.host.icmp, rem_addr4(THEIRS));
	for (unsigned i = 0; i < 8; i++) {
		rem_ping_ask(&ping, 8);
		run();
		const uint32_t id = rem_get(us.last + 14, REM_IPV4_ID);
		assert_int_not_equal(id, before);
		assert_int_not_equal(id, before + 1);   /* nobody can count what we send to others */
		before = id;
		assert_int_equal(us.last[14 + 8], 64);
	}
}

/* The longest prefix wins, and a route that goes away takes its paths with it. */
static void routes(void **state)
{
	struct rem_path path = {.to = rem_addr4(0x0b010203)};

	(void)state;
	pair_init();
	struct rem_ip *ip = &us.host.ip;
	rem_ip_set_route(ip, 1, rem_addr4(0x0b010000), 16, rem_addr4(THEIRS));
	assert_int_equal(rem_ip_way(ip, &path, now), REM_PATH_ASKING);
	assert_true(rem_addr_is(&path.hop, &(struct rem_addr){4, {{10, 0, 0, 2}}}));
	assert_true(rem_addr_is(&path.from, &(struct rem_addr){4, {{10, 0, 0, 1}}}));
	rem_ip_set_route(ip, 1, rem_addr4(0), 0, (struct rem_addr){0});
	assert_int_equal(rem_ip_way(ip, &path, now), REM_PATH_ASKING);
	assert_true(rem_addr_is(&path.hop, &(struct rem_addr){4, {{10, 0, 0, 254}}}));
	path.to = rem_addr4(OURS);
	path.epoch = 0;
	assert_int_equal(rem_ip_way(ip, &path, now), REM_PATH_FAILED);
	path = (struct rem_path){.to = rem_addr4(0xe00000fb)};
	assert_int_equal(rem_ip_way(ip, &path, now), REM_PATH_READY);
	assert_memory_equal(path.link, "\x01\x00\x5e\x00\x00\xfb", 6);
	path = (struct rem_path){.to = rem_addr4(0x0a0000ff)};
	assert_int_equal(rem_ip_way(ip, &path, now), REM_PATH_READY);
	assert_memory_equal(path.link, "\xff\xff\xff\xff\xff\xff", 6);
	rem_ip_set_address(ip, 0, (struct rem_addr){0}, 0);
	assert_int_equal(rem_ip_way(ip, &path, now), REM_PATH_FAILED);
	path = (struct rem_path){.to = rem_addr4(0xffffffff), .from = rem_addr4(0)};
	assert_int_equal(rem_ip_way(ip, &path, now), REM_PATH_READY);   /* as DHCP asks */
}

/* News of ways wakes who waits for one, and nobody else. */
static void who_waits_is_told(void **state)
{
	struct rem_path path = {.to = rem_addr4(0x0a000063)};
	struct rem_ip *ip = &us.host.ip;

	(void)state;
	pair_init();
	while (take_out(&us) > 0)
		;
	rem_ip_changed(ip);
	assert_true(rem_due(&us.host.ether.node) > now);
	assert_int_equal(rem_ip_wait(ip, &path, now), REM_PATH_ASKING);
	while (take_out(&us) > 0)
		;
	assert_true(rem_due(&us.host.ether.node) > now);
	rem_ip_changed(ip);
	assert_int_equal(rem_due(&us.host.ether.node), 0);
	while (take_out(&us) > 0)
		;
	assert_true(rem_due(&us.host.ether.node) > now);
	rem_ip_changed(ip); /* nobody has asked again */
	assert_true(rem_due(&us.host.ether.node) > now);
}

static void a_way_gets_narrower(void **state)
{
	struct rem_path path = {.to = rem_addr4(0xe00000fb)};

	(void)state;
	pair_init();
	rem_ip_way(&us.host.ip, &path, now);
	assert_int_equal(path.mtu, 1500);
	rem_path_narrow(&path, 600, now);
	rem_ip_changed(&us.host.ip);
	rem_ip_way(&us.host.ip, &path, now + 590 * SECOND);
	assert_int_equal(path.mtu, 600);
	rem_ip_way(&us.host.ip, &path, now + 610 * SECOND);
	assert_int_equal(path.mtu, 1500);
}

/* What the child below writes next, and how its header is to be. */
static struct rem_frame asked;
static uint32_t bytes;

static int gives(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	memset(f->p + off, 0xa5, bytes);
	f->src = asked.src;
	f->dst = asked.dst;
	f->link = their_mac;
	f->ttl = asked.ttl;
	f->tos = asked.tos;
	f->ident = asked.ident;
	f->fragment = asked.fragment;
	f->options = asked.options;
	f->verdict.why = REM_WHY_TCP_SENT_DATA;
	n->due = REM_NEVER;
	return (int)bytes;
}

/* Headers that are written as words are those that are written field by field. */
static void headers_of_both_ways(void **state)
{
	static const struct rem_node_ops ops = {NULL, gives, NULL};
	struct rem_node child = {.ops = &ops, .due = REM_NEVER};
	uint32_t drawn = 1;

	(void)state;
	pair_init();
	assert_int_equal(rem_sit(&us.host.ip.up, &child), REM_OK);
	for (unsigned i = 0; i < 4000; i++) {
		drawn = drawn * 1664525 + 1013904223;
		const uint32_t r = drawn >> 8;
		const bool plainly = (r & 1) != 0;

		asked = (struct rem_frame){.src = rem_addr4(drawn * 7),
					   .dst = rem_addr4(drawn * 31)};
		asked.ttl = (r & 2) != 0 ? 0 : (uint8_t)(r >> 4);
		asked.tos = (uint8_t)(r >> 9);
		asked.ident = plainly ? 0 : (uint16_t)(1 + (r & 0x7fff));
		asked.fragment = plainly || (r & 4) == 0 ? 0
							 : (uint16_t)(1 << 13 | (r >> 7 & 0xff));
		asked.options = plainly || (r & 8) == 0 ? 0 : 4;
		bytes = 4 + r % 1400;
		child.proto = (r & 16) != 0 ? REM_IP_TCP : 200;
		rem_wake(&child, now);
		assert_true(take_out(&us) > 0);

		const uint8_t *p = wire + 2 + REM_ETH_HEADER;
		const uint8_t group = rem_get(p, REM_IPV4_DST) >> 28 == 0xe;

		assert_int_equal(p[0], 0x45 + asked.options / 4);
		assert_int_equal(rem_get(p, REM_IPV4_TOS), asked.tos);
		assert_int_equal(rem_get(p, REM_IPV4_TOTAL), 20 + bytes);
		assert_int_equal(rem_get(p, REM_IPV4_RESERVED), 0);
		assert_int_equal(rem_get(p, REM_IPV4_FRAGMENT), asked.fragment);
		assert_int_equal(rem_get(p, REM_IPV4_DF), plainly && child.proto == REM_IP_TCP);
		if (child.proto == REM_IP_TCP || !plainly)
			assert_int_equal(rem_get(p, REM_IPV4_ID), asked.ident);
		if (asked.ttl != 0 || child.proto != REM_IP_TCP || !group)
			assert_int_equal(rem_get(p, REM_IPV4_TTL), asked.ttl != 0 ? asked.ttl
								   : group        ? 1
										  : 64);
		assert_int_equal(rem_get(p, REM_IPV4_PROTO), child.proto);
		assert_memory_equal(p + 12, asked.src.b, 4);
		assert_memory_equal(p + 16, asked.dst.b, 4);
		assert_int_equal(rem_sum(p, 20 + (uint32_t)asked.options), 0xffff);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_that_lie),
		cmocka_unit_test(trailing_bytes),
		cmocka_unit_test(options),
		cmocka_unit_test(subnets),
		cmocka_unit_test(where_a_way_begins),
		cmocka_unit_test(martians),
		cmocka_unit_test(another_address),
		cmocka_unit_test(the_nameless),
		cmocka_unit_test(nobody_speaks_it),
		cmocka_unit_test(numbers_of_datagrams),
		cmocka_unit_test(routes),
		cmocka_unit_test(who_waits_is_told),
		cmocka_unit_test(a_way_gets_narrower),
		cmocka_unit_test(headers_of_both_ways),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
