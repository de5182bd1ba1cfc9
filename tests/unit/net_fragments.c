/* SPDX-License-Identifier: BSD-3-Clause */
/* Fragments: datagrams in every order, what overlaps, lies or never comes, and large ones of our own. */
#include "net_pair.h"
#include <remora/net_fragments.h>

enum { SLOTS = 2, BYTES = 4096 };

static struct rem_fragments pool, their_pool;
static struct rem_fragments_slot slots[SLOTS], their_slots[SLOTS];
static uint8_t buffer[SLOTS * BYTES], their_buffer[SLOTS * BYTES];

static void set_up(void)
{
	pair_init();
	assert_int_equal(rem_fragments_init(&pool, &us.host.ip, slots, SLOTS, buffer, BYTES),
			 REM_OK);
	assert_int_equal(rem_fragments_init(&their_pool, &them.host.ip, their_slots, SLOTS,
					    their_buffer, BYTES),
			 REM_OK);
}

/* An echo request of n bytes of data, whole. */
static uint8_t datagram[8 + 3000];

static uint32_t make_echo(uint32_t n)
{
	memset(datagram, 0, sizeof(datagram));
	datagram[0] = REM_ICMP_ECHO;
	for (uint32_t i = 0; i < n; i++)
		datagram[8 + i] = (uint8_t)(i * 7);
	rem_put(datagram, REM_ICMP_SUM, 0xffff & ~rem_sum(datagram, 8 + n));
	return 8 + n;
}

/* Gives us bytes first to end - 1 of it. */
static unsigned piece(uint32_t proto, uint32_t ident, uint32_t first, uint32_t end, bool more)
{
	uint8_t *p = ip_to_us(proto, end - first);

	memcpy(p, datagram + first, end - first);
	p -= REM_IPV4_HEADER;
	rem_put(p, REM_IPV4_ID, ident);
	rem_put(p, REM_IPV4_OFFSET, first / 8);
	rem_put(p, REM_IPV4_MF, more);
	return ip_in(REM_IPV4_HEADER + end - first);
}

static unsigned icmp_piece(uint32_t first, uint32_t end, bool more)
{
	return piece(REM_IP_ICMP, 77, first, end, more);
}

static void in_every_order(void **state)
{
	static const unsigned order[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
					     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

	(void)state;
	set_up();
	const uint32_t n = make_echo(1000), at[4] = {0, 400, 800, n};
	for (unsigned i = 0; i < 6; i++) {
		for (unsigned k = 0; k < 3; k++) {
			const unsigned x = order[i][k], why = icmp_piece(at[x], at[x + 1], x < 2);

			assert_int_equal(why, k < 2 ? REM_WHY_IP_FRAGMENT_KEPT : REM_WHY_ICMP_ECHO);
		}
		/* It fits into one frame, so the answer is in the buffer of the last piece. */
		assert_int_equal(us.last_n, 14 + 20 + n);
		assert_memory_equal(us.last + 14 + 20 + 8, datagram + 8, n - 8);
		assert_int_equal(rem_get(us.last + 14, REM_IPV4_FRAGMENT), 0);
		assert_int_equal(rem_sum(us.last + 14, 20), 0xffff);
		assert_int_equal(rem_sum(us.last + 34, n), 0xffff);
	}
}

/* An answer larger than a frame goes back in pieces, as does a question of ours. */
static void large_ones(void **state)
{
	struct rem_ping ping;

	(void)state;
	set_up();
	assert_int_equal(rem_ping_init(&ping, &us.host.icmp, rem_addr4(THEIRS)), REM_OK);
	rem_ping_ask(&ping, 3000);
	run();
	assert_int_equal(ping.answers, 1);
	assert_int_equal(ping.fault, -1);
	assert_int_equal(times(&us, REM_WHY_IP_PIECE), 3);
	assert_int_equal(times(&them, REM_WHY_IP_PIECE), 3);
	assert_int_equal(times(&them, REM_WHY_IP_FRAGMENT_KEPT), 2);
	assert_int_equal(slots[0].state, REM_FRAGMENTS_FREE);
	assert_int_equal(their_slots[0].state, REM_FRAGMENTS_FREE);
	rem_ping_ask(&ping, 1472);
	run();
	assert_int_equal(ping.answers, 2);
	assert_int_equal(times(&us, REM_WHY_IP_PIECE), 3);
	rem_ping_ask(&ping, 1473);
	run();
	assert_int_equal(ping.answers, 3);
	rem_ping_ask(&ping, 5000);
	run();
	assert_int_equal(ping.answers, 3);
	assert_int_equal(ping.fault, REM_FAULT_TOO_BIG);
	assert_int_equal(us.host.icmp.node.due, REM_NEVER);
}

static void nothing_fits_without_a_pool(void **state)
{
	struct rem_ping ping;
	struct rem_frame f = {.p = wire, .room = sizeof(wire), .head = 2};

	(void)state;
	pair_init();
	rem_ping_init(&ping, &us.host.icmp, rem_addr4(THEIRS));
	rem_ping_ask(&ping, 100);
	run();
	rem_ping_ask(&ping, 2000);
	assert_int_equal(rem_out(&us.host.ether.node, &f, now), REM_LIMIT);
	seen(f.verdict.why);
	assert_int_equal(f.verdict.why, REM_WHY_IP_TOO_BIG);
	assert_int_equal(ping.fault, REM_FAULT_TOO_BIG);
	assert_int_equal(take_out(&us), 0);
	make_echo(100);
	assert_int_equal(icmp_piece(0, 80, true), REM_WHY_IP_FRAGMENT);
}

static void teardrop(void **state)
{
	(void)state;
	set_up();
	make_echo(1000);
	assert_int_equal(icmp_piece(0, 400, true), REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(icmp_piece(0, 400, true), REM_WHY_IP_FRAGMENT_TWICE);
	assert_int_equal(icmp_piece(8, 16, true), REM_WHY_IP_FRAGMENT_TWICE);
	assert_int_equal(icmp_piece(392, 800, true), REM_WHY_IP_FRAGMENT_OVERLAP);
	assert_int_equal(slots[0].state, REM_FRAGMENTS_FREE);

	/* Past the end that the last one has told, and before it. */
	assert_int_equal(icmp_piece(800, 1008, false), REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(icmp_piece(1008, 1016, true), REM_WHY_IP_FRAGMENT_OVERLAP);
	assert_int_equal(icmp_piece(800, 1008, false), REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(icmp_piece(400, 1016, true), REM_WHY_IP_FRAGMENT_OVERLAP);
	assert_int_equal(icmp_piece(800, 1008, false), REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(icmp_piece(400, 480, false), REM_WHY_IP_FRAGMENT_OVERLAP);
}

/* IP in IP, in pieces, and what is inside says that it is a piece, too: it is not unpacked. */
static void a_piece_in_pieces(void **state)
{
	uint8_t *p = datagram;

	(void)state;
	set_up();
	memset(p, 0, 200);
	p[0] = 0x45;
	rem_put(p, REM_IPV4_TOTAL, 60000);
	rem_put(p, REM_IPV4_MF, 1);
	rem_put(p, REM_IPV4_OFFSET, 8000);
	rem_put(p, REM_IPV4_PROTO, REM_IP_IPV4);
	assert_int_equal(piece(REM_IP_IPV4, 1, 0, 104, true), REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(piece(REM_IP_IPV4, 1, 104, 200, false), REM_WHY_IP_PROTOCOL);
	assert_int_equal(slots[0].state, REM_FRAGMENTS_FREE);
}

static void ping_of_death(void **state)
{
	uint8_t *p;

	(void)state;
	set_up();
	make_echo(100);
	p = ip_to_us(REM_IP_ICMP, 100) - REM_IPV4_HEADER;
	rem_put(p, REM_IPV4_OFFSET, 8189);
	assert_int_equal(ip_in(120), REM_WHY_IP_FRAGMENT_LENGTH);
	p = ip_to_us(REM_IP_ICMP, 100) - REM_IPV4_HEADER;
	rem_put(p, REM_IPV4_MF, 1);
	assert_int_equal(ip_in(120), REM_WHY_IP_FRAGMENT_LENGTH);      /* not a multiple of 8 */
	p = ip_to_us(REM_IP_ICMP, 0) - REM_IPV4_HEADER;
	rem_put(p, REM_IPV4_OFFSET, 5);
	assert_int_equal(ip_in(20), REM_WHY_IP_FRAGMENT_LENGTH);
	assert_int_equal(piece(REM_IP_TCP, 1, 8, 16, true), REM_WHY_IP_FRAGMENT_TINY);
	assert_int_equal(piece(REM_IP_TCP, 1, 0, 8, true), REM_WHY_IP_FRAGMENT_TINY);
	assert_int_equal(slots[0].state, REM_FRAGMENTS_FREE);

	p = ip_to_us(REM_IP_ICMP, 96) - REM_IPV4_HEADER;
	rem_put(p, REM_IPV4_OFFSET, 600);
	rem_put(p, REM_IPV4_MF, 1);
	assert_int_equal(ip_in(116), REM_WHY_IP_FRAGMENT_FULL);
	assert_int_equal(slots[0].state, REM_FRAGMENTS_FREE);
}

static void a_flood_that_never_completes(void **state)
{
	(void)state;
	set_up();
	const uint32_t n = make_echo(100);
	for (unsigned i = 0; i < 1000; i++)
		assert_int_equal(piece(REM_IP_ICMP, 1000 + i, 0, 80, true),
				 REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(icmp_piece(0, 80, true), REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(icmp_piece(80, n, false), REM_WHY_ICMP_ECHO);
}

static void time_runs_out(void **state)
{
	(void)state;
	set_up();
	make_echo(100);
	assert_int_equal(icmp_piece(0, 80, true), REM_WHY_IP_FRAGMENT_KEPT);
	assert_int_equal(piece(REM_IP_UDP, 5, 80, 88, true), REM_WHY_IP_FRAGMENT_KEPT);
	run_for(29 * SECOND);
	assert_int_equal(slots[0].state, REM_FRAGMENTS_COLLECTING);
	us.host.arp.entry[0] = (struct rem_neighbour){
		rem_addr4(THEIRS), {2, 0, 0, 0, 0, 2}, REM_NEIGHBOUR_KNOWN, 0, now + 60 * SECOND};
	run_for(2 * SECOND);
	assert_int_equal(slots[0].state, REM_FRAGMENTS_FREE);
	assert_int_equal(slots[1].state, REM_FRAGMENTS_FREE);
	assert_int_equal(times(&us, REM_WHY_ICMP_TIME), 1);     /* and not for who sent no first one */
	assert_int_equal(us.last[34], REM_ICMP_TIME_EXCEEDED);
	assert_int_equal(us.last[35], 1);
	assert_int_equal(rem_get(us.last + 42, REM_IPV4_ID), 77);
	assert_int_equal(times(&them, REM_WHY_ICMP_ERROR_NOBODY), 1);
}

/* Options stand in the first fragment alone; the answer has none. */
static void options_of_the_first(void **state)
{
	(void)state;
	set_up();
	const uint32_t n = make_echo(100);
	uint8_t *p = ip_to_us(REM_IP_ICMP, 84) - REM_IPV4_HEADER;
	p[0] = 0x46;
	memset(p + 20, 1, 4);
	memcpy(p + 24, datagram, 80);
	rem_put(p, REM_IPV4_ID, 77);
	rem_put(p, REM_IPV4_MF, 1);
	assert_int_equal(icmp_piece(80, n, false), REM_WHY_IP_FRAGMENT_KEPT);
	p = ip_to_us(REM_IP_ICMP, 84) - REM_IPV4_HEADER;
	p[0] = 0x46;
	memset(p + 20, 1, 4);
	memcpy(p + 24, datagram, 80);
	rem_put(p, REM_IPV4_ID, 77);
	rem_put(p, REM_IPV4_MF, 1);
	assert_int_equal(ip_in(104), REM_WHY_ICMP_ECHO);
	assert_int_equal(us.last_n, 14 + 20 + n);
	assert_int_equal(us.last[14], 0x45);
	assert_memory_equal(us.last + 14 + 20 + 8, datagram + 8, n - 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_every_order),
		cmocka_unit_test(large_ones),
		cmocka_unit_test(nothing_fits_without_a_pool),
		cmocka_unit_test(teardrop),
		cmocka_unit_test(a_piece_in_pieces),
		cmocka_unit_test(ping_of_death),
		cmocka_unit_test(a_flood_that_never_completes),
		cmocka_unit_test(time_runs_out),
		cmocka_unit_test(options_of_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
