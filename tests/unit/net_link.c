/* SPDX-License-Identifier: BSD-3-Clause */
/* Ethernet in the live stack: who is meant, lengths, padding, VLANs; hostile link headers. */
#include "net_pair.h"
#include <remora/vlan.h>

static unsigned in(uint32_t n)
{
	us.why = REM_WHY_NONE;
	hand_in(&us, n);
	return us.why;
}

static void who_is_meant(void **state)
{
	(void)state;
	pair_init();
	frame_to_us(0x1234);
	assert_int_equal(in(60), REM_WHY_LINK_TYPE);
	wire[2] = 4;
	assert_int_equal(in(60), REM_WHY_LINK_NOT_OURS);
	wire[2] = 3;
	assert_int_equal(in(60), REM_WHY_LINK_GROUP);
	memset(wire + 2, 0xff, 6);
	assert_int_equal(in(60), REM_WHY_LINK_TYPE);
	wire[8] = 3;
	assert_int_equal(in(60), REM_WHY_LINK_SOURCE);
	memcpy(wire + 8, our_mac, 6);
	assert_int_equal(in(60), REM_WHY_LINK_OWN);
}

static void lengths(void **state)
{
	(void)state;
	pair_init();
	for (uint32_t n = 0; n < 14; n++)
		assert_int_equal(in(n), REM_WHY_LINK_SHORT);
	frame_to_us(46);
	assert_int_equal(in(60), REM_WHY_LINK_LLC);
	frame_to_us(0);
	assert_int_equal(in(60), REM_WHY_LINK_LLC);
	frame_to_us(47);
	assert_int_equal(in(60), REM_WHY_LINK_LENGTH);
	for (uint32_t type = 1501; type < 1536; type++) {
		frame_to_us(type);
		assert_int_equal(in(60), REM_WHY_LINK_LENGTH);
	}
	frame_to_us(REM_ETHERTYPE_IPV4);
	assert_int_equal(in(14), REM_WHY_IP_SHORT);
	frame_to_us(REM_ETHERTYPE_ARP);
	assert_int_equal(in(14), REM_WHY_ARP_SHORT);
}

static struct rem_vlan our_vlan, their_vlan;

static void in_a_vlan(void **state)
{
	struct rem_ping ping;
	uint8_t *p;

	(void)state;
	pair_init();
	our_vlan = (struct rem_vlan){.id = 100, .priority = 5};
	their_vlan = (struct rem_vlan){.id = 100};
	rem_vlan_init(&our_vlan, &us.host.ether);
	rem_vlan_init(&their_vlan, &them.host.ether);
	rem_ping_init(&ping, &us.host.icmp, rem_addr4(THEIRS));
	rem_ping_ask(&ping, 20);
	run();
	assert_int_equal(ping.answers, 1);
	assert_int_equal(us.last_n, 14 + 4 + 20 + 28);
	assert_int_equal(rem_get(us.last, REM_ETH_TYPE), REM_ETHERTYPE_CVLAN);
	assert_int_equal(rem_get(us.last + 14, REM_VLAN_ID), 100);
	assert_int_equal(rem_get(us.last + 14, REM_VLAN_PRIORITY), 5);
	assert_int_equal(rem_get(us.last + 14, REM_VLAN_TYPE), REM_ETHERTYPE_IPV4);

	p = frame_to_us(REM_ETHERTYPE_IPV4);
	assert_int_equal(in(60), REM_WHY_LINK_VLAN);
	frame_to_us(REM_ETHERTYPE_CVLAN);
	for (uint32_t n = 14; n < 18; n++)
		assert_int_equal(in(n), REM_WHY_LINK_VLAN_SHORT);
	rem_put(p, REM_VLAN_ID, 101);
	assert_int_equal(in(60), REM_WHY_LINK_VLAN);
	rem_put(p, REM_VLAN_ID, 100);
	rem_put(p, REM_VLAN_TYPE, REM_ETHERTYPE_CVLAN);         /* a bomb of tags stops at the first */
	assert_int_equal(in(60), REM_WHY_LINK_TYPE);
	rem_put(p, REM_VLAN_TYPE, REM_ETHERTYPE_IPV4);
	assert_int_equal(in(18), REM_WHY_IP_SHORT);
}

static void a_busy_driver(void **state)
{
	struct rem_ping ping;
	struct rem_frame f = {.p = wire, .room = sizeof(wire), .head = 2};

	(void)state;
	pair_init();
	rem_ping_init(&ping, &us.host.icmp, rem_addr4(THEIRS));
	rem_ping_ask(&ping, 20);
	assert_int_equal(rem_out(&us.host.ether.node, &f, now), 60);
	rem_sent(&f, false, &us.watch);
	assert_int_equal(us.wrote, REM_WHY_LINK_BUSY);
}

/* A short frame ends in zeros, as far as there is room, and nothing behind its room is touched. */
static void short_frames_are_filled(void **state)
{
	enum { ASKS = 14 + 28 };
	struct rem_path path = {.to = rem_addr4(THEIRS)};

	(void)state;
	for (uint32_t room = ASKS; room < 2 * REM_ETH_LEAST; room++) {
		uint8_t bytes[2 + 2 * REM_ETH_LEAST];
		struct rem_frame f = {.p = bytes, .room = 2 + room, .head = 2};
		const int n = room < REM_ETH_LEAST ? ASKS : REM_ETH_LEAST;

		pair_init();
		path.epoch = 0;
		assert_int_equal(rem_ip_way(&us.host.ip, &path, now), REM_PATH_ASKING);
		memset(bytes, 0xa5, sizeof(bytes));
		assert_int_equal(rem_out(&us.host.ether.node, &f, now), n);
		for (int i = ASKS; i < n; i++)
			assert_int_equal(bytes[2 + i], 0);
		for (uint32_t i = 2 + room; i < sizeof(bytes); i++)
			assert_int_equal(bytes[i], 0xa5);
	}
}

/* Every byte of a good frame cut off, and every byte changed: one reason for each, nothing more. */
static void cut_and_changed(void **state)
{
	enum { N = 14 + 20 + 8 + 20 };
	uint8_t good[N];

	(void)state;
	pair_init();
	uint8_t *p = ip_to_us(REM_IP_ICMP, 28);
	p[0] = REM_ICMP_ECHO;
	rem_put(p, REM_ICMP_SUM, 0xffff & ~rem_sum(p, 28));
	assert_int_equal(ip_in(48), REM_WHY_ICMP_ECHO);
	p = ip_to_us(REM_IP_ICMP, 28);
	p[0] = REM_ICMP_ECHO;
	rem_put(p, REM_ICMP_SUM, 0xffff & ~rem_sum(p, 28));
	rem_put(p - 20, REM_IPV4_SUM, 0xffff & ~rem_sum(p - 20, 20));
	memcpy(good, wire + 2, N);
	for (uint32_t n = 0; n < N; n++) {
		memcpy(wire + 2, good, N);
		assert_int_not_equal(in(n), REM_WHY_ICMP_ECHO);
	}
	for (uint32_t at = 0; at < N; at++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			memcpy(wire + 2, good, N);
			wire[2 + at] ^= (uint8_t)(1U << bit);
			const unsigned why = in(N);
			assert_true(at >= 6 && at < 12 ? why == REM_WHY_ICMP_ECHO ||
								 why == REM_WHY_LINK_SOURCE ||
								 why == REM_WHY_LINK_OWN
						       : why != REM_WHY_ICMP_ECHO);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_meant),
		cmocka_unit_test(lengths),
		cmocka_unit_test(in_a_vlan),
		cmocka_unit_test(a_busy_driver),
		cmocka_unit_test(short_frames_are_filled),
		cmocka_unit_test(cut_and_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
