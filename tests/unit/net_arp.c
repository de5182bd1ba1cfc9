/* SPDX-License-Identifier: BSD-3-Clause */
/* ARP in the live stack: the cache and its times, who may write into it, conflicts. */
#include "net_pair.h"

/* A message from them, or from who says so, to us. */
static uint8_t *message(uint32_t op, uint32_t spa, uint32_t tpa)
{
	uint8_t *p = frame_to_us(REM_ETHERTYPE_ARP);

	memset(p, 0, 46);
	rem_put(p, REM_ARP_HTYPE, REM_ARP_ETHERNET);
	rem_put(p, REM_ARP_PTYPE, REM_ETHERTYPE_IPV4);
	rem_put(p, REM_ARP_HSIZE, 6);
	rem_put(p, REM_ARP_PSIZE, 4);
	rem_put(p, REM_ARP_OP, op);
	memcpy(p + 8, their_mac, 6);
	rem_put(p, REM_ARP_SPA, spa);
	rem_put(p, REM_ARP_TPA, tpa);
	return p;
}

static unsigned in(void)
{
	us.why = REM_WHY_NONE;
	hand_in(&us, 60);
	return us.why;
}

static const struct rem_neighbour *known(uint32_t addr)
{
	return rem_arp_find(&us.host.arp, rem_addr4(addr));
}

static void a_question_is_answered(void **state)
{
	(void)state;
	pair_init();
	message(REM_ARP_REQUEST, THEIRS, OURS);
	memset(wire + 2, 0xff, 6);
	assert_int_equal(in(), REM_WHY_ARP_ANSWERED);
	const uint8_t *p = us.last + 14;
	assert_memory_equal(us.last, their_mac, 6);
	assert_int_equal(us.last_n, 60);
	assert_int_equal(rem_get(p, REM_ARP_OP), REM_ARP_REPLY);
	assert_memory_equal(p + 8, our_mac, 6);
	assert_memory_equal(p + 18, their_mac, 6);
	assert_int_equal(rem_get(p, REM_ARP_SPA), OURS);
	assert_int_equal(rem_get(p, REM_ARP_TPA), THEIRS);
	assert_int_equal(known(THEIRS)->state, REM_NEIGHBOUR_KNOWN);

	message(REM_ARP_REQUEST, 0, OURS);      /* a probe: answered, and nobody is learnt */
	assert_int_equal(in(), REM_WHY_ARP_ANSWERED);
	message(REM_ARP_REQUEST, 0x0b000001, OURS);     /* nor somebody who is not on our subnet */
	assert_int_equal(in(), REM_WHY_ARP_ANSWERED);
	assert_null(known(0x0b000001));
}

static void strangers_are_not_learnt(void **state)
{
	(void)state;
	pair_init();
	message(REM_ARP_REQUEST, THEIRS, 0x0a000009);
	assert_int_equal(in(), REM_WHY_ARP_NOT_OURS);
	message(REM_ARP_REPLY, THEIRS, OURS);
	assert_int_equal(in(), REM_WHY_ARP_UNASKED);
	for (uint32_t i = 3; i < 250; i++) {    /* a flood of announcements */
		message(REM_ARP_REQUEST, 0x0a000000 | i, 0x0a000000 | i);
		assert_int_equal(in(), REM_WHY_ARP_NOT_OURS);
	}
	for (unsigned i = 0; i < NEIGHBOURS; i++)
		assert_int_equal(us.neighbour[i].state, REM_NEIGHBOUR_NONE);
	message(REM_ARP_REQUEST, THEIRS, OURS);
	in();
	uint8_t *p = message(REM_ARP_REQUEST, THEIRS, THEIRS);
	p[13] = 9;                              /* who is known may move */
	assert_int_equal(in(), REM_WHY_ARP_UPDATED);
	assert_int_equal(known(THEIRS)->link[5], 9);
}

static void bad_messages(void **state)
{
	uint8_t *p;

	(void)state;
	pair_init();
	for (uint32_t n = 14; n < 42; n++) {
		message(REM_ARP_REQUEST, THEIRS, OURS);
		hand_in(&us, n);
		assert_int_equal(us.why, REM_WHY_ARP_SHORT);
	}
	p = message(REM_ARP_REQUEST, THEIRS, OURS);
	rem_put(p, REM_ARP_HSIZE, 255);
	assert_int_equal(in(), REM_WHY_ARP_SHORT);
	p = message(REM_ARP_REQUEST, THEIRS, OURS);
	rem_put(p, REM_ARP_HSIZE, 5);
	assert_int_equal(in(), REM_WHY_ARP_KIND);
	p = message(REM_ARP_REQUEST, THEIRS, OURS);
	rem_put(p, REM_ARP_PSIZE, 0);
	assert_int_equal(in(), REM_WHY_ARP_KIND);
	p = message(REM_ARP_REQUEST, THEIRS, OURS);
	rem_put(p, REM_ARP_PTYPE, REM_ETHERTYPE_IPV6);
	assert_int_equal(in(), REM_WHY_ARP_KIND);
	for (uint32_t op = 0; op < 30; op++) {  /* RARP among them */
		if (op == REM_ARP_REQUEST || op == REM_ARP_REPLY)
			continue;
		message(op, THEIRS, OURS);
		assert_int_equal(in(), REM_WHY_ARP_OP);
	}
	p = message(REM_ARP_REQUEST, THEIRS, OURS);
	p[8] |= 1;
	assert_int_equal(in(), REM_WHY_ARP_SENDER);
	message(REM_ARP_REQUEST, 0xffffffff, OURS);
	assert_int_equal(in(), REM_WHY_ARP_SENDER);
	message(REM_ARP_REQUEST, 0x7f000001, OURS);
	assert_int_equal(in(), REM_WHY_ARP_SENDER);
	message(REM_ARP_REPLY, OURS, OURS);
	assert_int_equal(in(), REM_WHY_ARP_CONFLICT);
	assert_null(known(OURS));
}

static void times_of_an_entry(void **state)
{
	struct rem_ping ping;

	(void)state;
	pair_init();
	rem_ping_init(&ping, &us.host.icmp, rem_addr4(THEIRS));
	rem_ping_ask(&ping, 0);
	run();
	assert_int_equal(ping.answers, 1);
	assert_int_equal(known(THEIRS)->state, REM_NEIGHBOUR_KNOWN);
	run_for(61 * SECOND);
	assert_int_equal(known(THEIRS)->state, REM_NEIGHBOUR_OLD);
	assert_int_equal(times(&us, REM_WHY_ARP_POLLS), 0);     /* nobody sends: nobody asks */

	rem_ping_ask(&ping, 0);         /* sent at once, and the neighbour asked by itself */
	run();
	assert_int_equal(ping.answers, 2);
	assert_int_equal(times(&us, REM_WHY_ARP_POLLS), 1);
	assert_int_equal(times(&us, REM_WHY_ARP_ASKS), 1);
	assert_int_equal(times(&us, REM_WHY_ARP_UPDATED), 1);
	assert_int_equal(known(THEIRS)->state, REM_NEIGHBOUR_KNOWN);

	run_for(61 * SECOND);           /* gone without a word: two polls, three questions, silence */
	them.deaf = true;
	rem_ping_ask(&ping, 0);
	run_for(4 * SECOND);
	rem_ping_ask(&ping, 0);
	run_for(2 * SECOND);
	assert_int_equal(times(&us, REM_WHY_ARP_POLLS), 3);
	assert_int_equal(times(&us, REM_WHY_ARP_ASKS), 4);
	assert_int_equal(known(THEIRS)->state, REM_NEIGHBOUR_SILENT);
	assert_int_equal(ping.fault, REM_FAULT_NO_ANSWER);
	them.deaf = false;
	run_for(6 * SECOND);
	rem_ping_ask(&ping, 0);
	run();
	assert_int_equal(ping.answers, 3);

	run_for(700 * SECOND);
	assert_null(known(THEIRS));
	assert_int_equal(rem_due(&us.host.ether.node), REM_NEVER);
}

static void more_neighbours_than_entries(void **state)
{
	struct rem_ping ping[NEIGHBOURS];

	(void)state;
	pair_init();
	for (unsigned i = 0; i < NEIGHBOURS; i++) {     /* nobody is there: every entry is busy … */
		rem_ping_init(&ping[i], &us.host.icmp, rem_addr4(0x0a000014 + i));
		rem_ping_ask(&ping[i], 0);
	}
	run();
	struct rem_ping late;
	rem_leave(&ping[0].node);
	rem_ping_init(&late, &us.host.icmp, rem_addr4(THEIRS));
	rem_ping_ask(&late, 0);
	run();
	assert_int_equal(late.answers, 0);              /* … so the fifth has to wait until one gives up */
	run_for(4 * SECOND);
	assert_int_equal(late.answers, 1);
	rem_arp_forget(&us.host.arp);
	assert_null(known(THEIRS));
	rem_ping_ask(&late, 0);
	run();
	assert_int_equal(late.answers, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_is_answered),
		cmocka_unit_test(strangers_are_not_learnt),
		cmocka_unit_test(bad_messages),
		cmocka_unit_test(times_of_an_entry),
		cmocka_unit_test(more_neighbours_than_entries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
