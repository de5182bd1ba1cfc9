/* SPDX-License-Identifier: BSD-3-Clause */
/* Groups: joined, left, reported in either version, and asked for by routers that lie. */
#include "net_pair.h"
#include <remora/igmp.h>
#include <remora/net_igmp.h>

enum { GROUPS = 2 };
#define GROUP 0xe9010203 /* 233.1.2.3; 224.1.2.3 has the same link address */

static struct rem_igmp igmp;
static struct rem_group groups[GROUPS];

static void set_up(void)
{
	pair_init();
	assert_int_equal(rem_igmp_init(&igmp, &us.host.ether, &us.host.ip, groups, GROUPS), REM_OK);
}

/* A message of n bytes to a group, as a router or another host sends it. */
static unsigned in(uint32_t type, uint32_t max, uint32_t group, uint32_t n)
{
	uint8_t *p = ip_to_us(REM_IP_IGMP, n);

	memcpy(wire + 2, "\x01\x00\x5e\x00\x00\x01", 6);
	rem_put(p - 20, REM_IPV4_DST, 0xe0000001);
	if (n >= 8) {
		rem_put(p, REM_IGMP_TYPE, type);
		rem_put(p, REM_IGMP_MAX, max);
		rem_put(p, REM_IGMP_GROUP, group);
		rem_put(p, REM_IGMP_SUM, 0xffff & ~rem_sum(p, n));
	}
	return ip_in(20 + n);
}

static unsigned datagram_to(uint32_t group)
{
	uint8_t *p = ip_to_us(REM_IP_UDP, 12);

	memcpy(wire + 2, "\x01\x00\x5e", 3);
	rem_put(wire + 5, REM_BYTES(0, 3), group & 0x7fffff);
	rem_put(p - 20, REM_IPV4_DST, group);
	rem_put(p, REM_UDP_DST, 9);
	rem_put(p, REM_UDP_LENGTH, 12);
	return ip_in(32);
}

static void joined_and_left(void **state)
{
	(void)state;
	set_up();
	assert_int_equal(datagram_to(GROUP), REM_WHY_LINK_GROUP);
	assert_int_equal(rem_igmp_join(&igmp, rem_addr4(OURS), now), REM_FIELD);
	assert_int_equal(rem_igmp_join(&igmp, rem_addr4(GROUP), now), REM_OK);
	assert_int_equal(rem_igmp_join(&igmp, rem_addr4(GROUP), now), REM_OK);
	run_for(3 * SECOND);
	assert_int_equal(times(&us, REM_WHY_IGMP_REPORTS), 2);
	assert_int_equal(rem_due(&us.host.ether.node), REM_NEVER);
	const uint8_t *ip = us.last + 14, *p = ip + 24;
	assert_memory_equal(us.last, "\x01\x00\x5e\x00\x00\x16", 6);
	assert_int_equal(ip[0], 0x46);
	assert_int_equal(rem_get(ip, REM_IPV4_TTL), 1);
	assert_int_equal(rem_get(ip + 20, REM_BYTES(0, 4)), 0x94040000);
	assert_int_equal(rem_sum(ip, 24), 0xffff);
	assert_int_equal(rem_get(p, REM_IGMP_TYPE), REM_IGMP_REPORT_3);
	assert_int_equal(rem_sum(p, 16), 0xffff);
	assert_int_equal(p[8], 4);
	assert_int_equal(rem_get(p + 8, REM_IGMP_RECORD_GROUP), GROUP);

	assert_int_equal(datagram_to(GROUP), REM_WHY_UDP_PORT_QUIET);
	assert_int_equal(datagram_to(0xe0010203),
			 REM_WHY_IP_GROUP); /* the link cannot tell them apart */

	assert_int_equal(rem_igmp_leave(&igmp, rem_addr4(GROUP), now), REM_OK);
	run_for(3 * SECOND);
	assert_int_equal(times(&us, REM_WHY_IGMP_LEAVES), 0);
	assert_int_equal(rem_igmp_leave(&igmp, rem_addr4(GROUP), now), REM_OK);
	assert_int_equal(datagram_to(GROUP), REM_WHY_LINK_GROUP);
	run_for(3 * SECOND);
	assert_int_equal(times(&us, REM_WHY_IGMP_LEAVES), 2);
	assert_int_equal(us.last[14 + 24 + 8], 3);
	assert_int_equal(rem_igmp_leave(&igmp, rem_addr4(GROUP), now), REM_STATE);
	assert_int_equal(groups[0].addr.family, 0);
	for (unsigned i = 0; i < GROUPS; i++)
		assert_int_equal(rem_igmp_join(&igmp, rem_addr4(GROUP + i), now), REM_OK);
	assert_int_equal(rem_igmp_join(&igmp, rem_addr4(GROUP + 5), now), REM_LIMIT);
	assert_int_equal(rem_igmp_join(&igmp, rem_addr4(0xe0000001), now), REM_OK);
	assert_int_equal(rem_igmp_leave(&igmp, rem_addr4(0xe0000001), now), REM_OK);
}

static void a_router_asks(void **state)
{
	(void)state;
	set_up();
	rem_igmp_join(&igmp, rem_addr4(GROUP), now);
	rem_igmp_join(&igmp, rem_addr4(GROUP + 1), now);
	run_for(3 * SECOND);
	assert_int_equal(in(REM_IGMP_QUERY, 50, 0, 12), REM_WHY_IGMP_QUERY);
	run_for(5 * SECOND + 1);
	assert_int_equal(times(&us, REM_WHY_IGMP_REPORTS), 6);
	assert_int_equal(us.last[14 + 24 + 8], 2);      /* as it is, not as it changed */
	assert_int_equal(in(REM_IGMP_QUERY, 255, GROUP + 1, 12), REM_WHY_IGMP_QUERY);
	run_for(3175 * SECOND);
	assert_int_equal(times(&us, REM_WHY_IGMP_REPORTS), 7);
	assert_int_equal(in(REM_IGMP_QUERY, 50, GROUP + 7, 12), REM_WHY_IGMP_QUERY);
	assert_int_equal(rem_due(&us.host.ether.node), REM_NEVER);
}

static void a_router_of_version_2(void **state)
{
	(void)state;
	set_up();
	rem_igmp_join(&igmp, rem_addr4(GROUP), now);
	run_for(3 * SECOND);
	assert_int_equal(in(REM_IGMP_QUERY, 10, 0, 8), REM_WHY_IGMP_QUERY);
	run_for(SECOND + 1);
	assert_int_equal(times(&us, REM_WHY_IGMP_REPORTS), 3);
	assert_int_equal(us.last[14 + 24], REM_IGMP_REPORT_2);
	assert_int_equal(rem_get(us.last + 14, REM_IPV4_DST), GROUP);

	in(REM_IGMP_QUERY, 100, 0, 8);          /* another host is quicker */
	assert_int_equal(in(REM_IGMP_REPORT_2, 0, GROUP, 8), REM_WHY_IGMP_HEARD);
	run_for(11 * SECOND);
	assert_int_equal(times(&us, REM_WHY_IGMP_REPORTS), 3);
	in(REM_IGMP_QUERY, 0, 0, 8);            /* of version 1: ten seconds */
	run_for(11 * SECOND);
	assert_int_equal(times(&us, REM_WHY_IGMP_REPORTS), 4);
	rem_igmp_leave(&igmp, rem_addr4(GROUP), now);
	run();
	assert_int_equal(us.last[14 + 24], REM_IGMP_LEAVE);
	assert_int_equal(rem_get(us.last + 14, REM_IPV4_DST), 0xe0000002);
	run_for(500 * SECOND);                  /* it is long gone */
	assert_int_equal(in(REM_IGMP_REPORT_2, 0, GROUP, 8), REM_WHY_IGMP_OTHER);
}

static void bad_messages(void **state)
{
	(void)state;
	set_up();
	for (uint32_t n = 0; n < 8; n++)
		assert_int_equal(in(REM_IGMP_QUERY, 0, 0, n), REM_WHY_IGMP_SHORT);
	in(REM_IGMP_QUERY, 0, 0, 8);
	uint8_t *p = ip_to_us(REM_IP_IGMP, 8);
	memcpy(wire + 2, "\x01\x00\x5e\x00\x00\x01", 6);
	rem_put(p - 20, REM_IPV4_DST, 0xe0000001);
	rem_put(p, REM_IGMP_TYPE, REM_IGMP_QUERY);
	assert_int_equal(ip_in(28), REM_WHY_IGMP_SUM);
	assert_int_equal(in(REM_IGMP_REPORT_2, 0, GROUP, 8), REM_WHY_IGMP_OTHER);
	assert_int_equal(in(REM_IGMP_DVMRP, 0, 0, 8), REM_WHY_IGMP_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(joined_and_left),
		cmocka_unit_test(a_router_asks),
		cmocka_unit_test(a_router_of_version_2),
		cmocka_unit_test(bad_messages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
