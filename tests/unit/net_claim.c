/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses that are probed, announced, defended and lost; addresses that a host gives itself. */
#include "net_pair.h"
#include <remora/net_claim.h>

static struct rem_claim claim;
static struct rem_link_local ours, theirs;

static uint32_t our_address(void)
{
	return us.host.address[0].addr.family == 0 ? 0 : rem_be32(us.host.address[0].addr.b);
}

static void set_up(void)
{
	now = SECOND;
	side_init(&us, our_mac, 0);
	side_init(&them, their_mac, THEIRS);
	assert_int_equal(rem_claim_init(&claim, &us.host.arp, &us.host.ether, 0), REM_OK);
}

static void a_free_address(void **state)
{
	(void)state;
	set_up();
	rem_claim_start(&claim, rem_addr4(OURS), 24, now);
	run_for(4 * SECOND);
	assert_int_equal(our_address(), 0);
	run_for(5 * SECOND);
	assert_int_equal(times(&us, REM_WHY_ARP_PROBES), 3);
	assert_int_equal(our_address(), OURS);
	run_for(5 * SECOND);
	assert_int_equal(times(&us, REM_WHY_ARP_ANNOUNCES), 2);
	assert_int_equal(claim.state, REM_CLAIM_HELD);
	assert_int_equal(rem_get(us.last + 14, REM_ARP_SPA), OURS);
	assert_int_equal(rem_get(us.last + 14, REM_ARP_TPA), OURS);
	assert_int_equal(rem_due(&us.host.ether.node), REM_NEVER);
	rem_claim_stop(&claim);
	assert_int_equal(our_address(), 0);
}

static void somebody_has_it(void **state)
{
	(void)state;
	set_up();
	rem_claim_start(&claim, rem_addr4(THEIRS), 24, now);
	run_for(2 * SECOND);
	assert_int_equal(claim.state, REM_CLAIM_LOST);
	assert_int_equal(times(&them, REM_WHY_ARP_ANSWERED), 1);
	assert_int_equal(times(&us, REM_WHY_ARP_CONFLICT), 1);
	assert_int_equal(our_address(), 0);
}

static unsigned somebody_claims(uint32_t op, uint32_t spa, uint32_t tpa)
{
	uint8_t *p = frame_to_us(REM_ETHERTYPE_ARP);

	memset(p, 0, 46);
	memcpy(p, "\0\1\x08\0\6\4", 6);
	rem_put(p, REM_ARP_OP, op);
	memcpy(p + 8, their_mac, 6);
	rem_put(p, REM_ARP_SPA, spa);
	rem_put(p, REM_ARP_TPA, tpa);
	hand_in(&us, 60);
	return us.why;
}

static void two_want_it(void **state)
{
	(void)state;
	set_up();
	rem_claim_start(&claim, rem_addr4(OURS), 24, now);
	run_for(2 * SECOND);
	assert_int_equal(somebody_claims(REM_ARP_REQUEST, 0, OURS), REM_WHY_ARP_CONFLICT);
	assert_int_equal(claim.state, REM_CLAIM_LOST);
}

static void defended_once(void **state)
{
	(void)state;
	set_up();
	rem_claim_start(&claim, rem_addr4(OURS), 24, now);
	run_for(15 * SECOND);
	assert_int_equal(somebody_claims(REM_ARP_REQUEST, OURS, OURS), REM_WHY_ARP_CONFLICT);
	run();
	assert_int_equal(us.wrote, REM_WHY_ARP_DEFENDS);
	assert_int_equal(our_address(), OURS);
	run_for(11 * SECOND);
	somebody_claims(REM_ARP_REPLY, OURS, OURS);
	run();
	assert_int_equal(times(&us, REM_WHY_ARP_DEFENDS), 2);
	somebody_claims(REM_ARP_REPLY, OURS, OURS);
	assert_int_equal(claim.state, REM_CLAIM_LOST);
	assert_int_equal(our_address(), 0);
	run_for(60 * SECOND);
	assert_int_equal(times(&us, REM_WHY_ARP_DEFENDS), 2);
}

static void ten_conflicts(void **state)
{
	(void)state;
	set_up();
	for (unsigned i = 0; i < 10; i++) {
		rem_claim_start(&claim, rem_addr4(OURS), 24, now);
		somebody_claims(REM_ARP_REPLY, OURS, THEIRS);
		assert_int_equal(claim.state, REM_CLAIM_LOST);
	}
	rem_claim_start(&claim, rem_addr4(OURS), 24, now);
	run_for(59 * SECOND);
	assert_int_equal(times(&us, REM_WHY_ARP_PROBES), 0);
	run_for(10 * SECOND);
	assert_int_equal(times(&us, REM_WHY_ARP_PROBES), 3);
}

/* Two hosts with nobody to give them addresses find some, and each other. */
static void link_local(void **state)
{
	struct rem_ping ping;

	(void)state;
	now = SECOND;
	side_init(&us, our_mac, 0);
	side_init(&them, their_mac, 0);
	rem_link_local_init(&ours, &us.host.arp, &us.host.ether, 0);
	rem_link_local_init(&theirs, &them.host.arp, &them.host.ether, 0);
	rem_link_local_start(&ours, now);
	rem_link_local_start(&theirs, now);
	run_for(20 * SECOND);
	assert_int_equal(our_address() >> 16, 0xa9fe);
	assert_in_range(our_address() >> 8 & 0xff, 1, 254);
	const uint32_t first = our_address();
	rem_ping_init(&ping, &us.host.icmp, them.host.address[0].addr);
	rem_ping_ask(&ping, 10);
	run();
	assert_int_equal(ping.answers, 1);
	assert_int_equal(them.wrote, REM_WHY_LINK_ANSWER);

	/* ARP about such an address is for all to hear, RFC 3927 2.5. */
	somebody_claims(REM_ARP_REQUEST, 0xa9fe0505, first);
	assert_memory_equal(us.last, "\xff\xff\xff\xff\xff\xff", 6);

	somebody_claims(REM_ARP_REPLY, first, first);   /* and who takes it, twice, may keep it */
	somebody_claims(REM_ARP_REPLY, first, first);
	assert_int_equal(our_address(), 0);
	run_for(20 * SECOND);
	assert_int_equal(our_address() >> 16, 0xa9fe);
	assert_int_not_equal(our_address(), first);
	rem_link_local_stop(&ours);
	assert_int_equal(our_address(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_free_address),
		cmocka_unit_test(somebody_has_it),
		cmocka_unit_test(two_want_it),
		cmocka_unit_test(defended_once),
		cmocka_unit_test(ten_conflicts),
		cmocka_unit_test(link_local),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
