/* SPDX-License-Identifier: BSD-3-Clause */
/* UDP between two stacks: who gets a datagram, answers in place, connected and bound, faults. */
#include "net_pair.h"

/* An end that keeps what it gets, echoes it, or sends what it is given. */
struct end {
	struct rem_node node;
	struct rem_path path;
	uint8_t got[64], give[64];
	uint32_t got_n, give_n;
	unsigned times;
	int fault;
	bool echo, full;
	uint16_t from;
};

static int end_demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct end *e = (struct end *)n;

	if (e->full) {
		f->verdict.why = REM_WHY_UDP_FULL;
		return REM_DROP;
	}
	e->got_n = f->end - off;
	assert_true(e->got_n <= sizeof(e->got));
	memcpy(e->got, f->p + off, e->got_n);
	e->from = f->sport;
	e->times++;
	return e->echo ? (int)e->got_n : 0;
}

static int end_encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct end *e = (struct end *)n;

	n->due = REM_NEVER;
	memcpy(f->p + off, e->give, e->give_n);
	return (int)e->give_n;
}

static bool end_fault(struct rem_node *n, enum rem_fault why, const struct rem_frame *f,
		      uint32_t off)
{
	struct end *e = (struct end *)n;

	if (why == REM_FAULT_TOO_BIG && f != NULL)
		rem_path_narrow(&e->path, f->mtu, now);
	(void)off;
	e->fault = (int)why;
	n->due = REM_NEVER;
	return true;
}

static const struct rem_node_ops end_ops = {end_demux, end_encap, end_fault};

static void end_init(struct end *e, struct side *s, uint16_t port)
{
	memset(e, 0, sizeof(*e));
	e->node = (struct rem_node){.ops = &end_ops, .due = REM_NEVER, .port = port};
	e->fault = -1;
	assert_int_equal(rem_sit(&s->host.udp.up, &e->node), REM_OK);
}

static void connect_to(struct end *e, uint32_t to, uint16_t port)
{
	e->path.to = rem_addr4(to);
	e->node.path = &e->path;
	e->node.peer = port;
}

static void give(struct end *e, const char *text)
{
	e->give_n = (uint32_t)strlen(text);
	memcpy(e->give, text, e->give_n);
	rem_wake(&e->node, 0);
}

static void there_and_back(void **state)
{
	struct end client, server;

	(void)state;
	pair_init();
	end_init(&client, &us, 5000);
	end_init(&server, &them, 7);
	connect_to(&client, THEIRS, 7);
	server.echo = true;
	give(&client, "hello");
	run();
	assert_memory_equal(client.got, "hello", 5);
	assert_int_equal(client.got_n, 5);
	assert_int_equal(server.from, 5000);
	assert_int_equal(times(&us, REM_WHY_ARP_ASKS), 1);
	assert_int_equal(times(&them, REM_WHY_ARP_ANSWERED), 1);
	assert_int_equal(times(&us, REM_WHY_ARP_LEARNT), 1);
	assert_int_equal(times(&us, REM_WHY_UDP_SENT), 1);
	assert_int_equal(times(&them, REM_WHY_UDP_ANSWERED), 1);
	assert_int_equal(times(&them, REM_WHY_LINK_ANSWER), 2);
	assert_int_equal(times(&us, REM_WHY_UDP_TAKEN), 1);

	give(&client, "again");         /* nobody asks for the address any more, nor the other way */
	run();
	assert_int_equal(times(&us, REM_WHY_ARP_ASKS), 1);
	assert_int_equal(client.times, 2);
	give(&server, "not connected: it has nowhere to send to");
	run();
	assert_int_equal(client.times, 2);
}

static void connected_goes_first(void **state)
{
	struct end open, to_other, to_them;

	(void)state;
	pair_init();
	end_init(&open, &us, 9);
	end_init(&to_other, &us, 9);
	end_init(&to_them, &us, 9);
	connect_to(&to_other, 0x0a000003, 4000);
	connect_to(&to_them, THEIRS, 4000);
	assert_int_equal(udp_in(4000, 9, 4), REM_WHY_UDP_TAKEN);
	assert_int_equal(to_them.times, 1);
	assert_int_equal(udp_in(4001, 9, 4), REM_WHY_UDP_TAKEN);
	assert_int_equal(open.times, 1);
	assert_int_equal(to_other.times, 0);
}

static void a_broadcast_reaches_all(void **state)
{
	struct end one, two, other;
	uint8_t *p;

	(void)state;
	pair_init();
	end_init(&one, &us, 9);
	end_init(&two, &us, 9);
	end_init(&other, &us, 10);
	one.full = true;
	for (unsigned i = 0; i < 2; i++) {
		p = ip_to_us(REM_IP_UDP, 12) - REM_IPV4_HEADER;
		memset(wire + 2, 0xff, 6);
		rem_put(p, REM_IPV4_DST, i == 0 ? 0xffffffff : 0x0a0000ff);
		rem_put(p + REM_IPV4_HEADER, REM_UDP_DST, 9);
		rem_put(p + REM_IPV4_HEADER, REM_UDP_LENGTH, 12);
		assert_int_equal(ip_in(32), REM_WHY_UDP_TAKEN);
	}
	assert_int_equal(two.times, 2);
	assert_int_equal(other.times, 0);
	two.full = true;
	p = ip_to_us(REM_IP_UDP, 12) - REM_IPV4_HEADER;
	memset(wire + 2, 0xff, 6);
	rem_put(p, REM_IPV4_DST, 0xffffffff);
	rem_put(p + REM_IPV4_HEADER, REM_UDP_DST, 9);
	rem_put(p + REM_IPV4_HEADER, REM_UDP_LENGTH, 12);
	assert_int_equal(ip_in(32), REM_WHY_UDP_FULL);
	rem_put(p, REM_IPV4_DST, 0xffffffff);
	rem_put(p + REM_IPV4_HEADER, REM_UDP_DST, 11);
	assert_int_equal(ip_in(32), REM_WHY_UDP_PORT_QUIET);
}

/* A server answers who has no address yet: to all, from its own address. */
static void an_answer_to_nobody(void **state)
{
	struct end server;

	(void)state;
	pair_init();
	end_init(&server, &us, 67);
	server.echo = true;
	uint8_t *p = ip_to_us(REM_IP_UDP, 12) - REM_IPV4_HEADER;
	memset(wire + 2, 0xff, 6);
	rem_put(p, REM_IPV4_SRC, 0);
	rem_put(p, REM_IPV4_DST, 0xffffffff);
	rem_put(p + REM_IPV4_HEADER, REM_UDP_SRC, 68);
	rem_put(p + REM_IPV4_HEADER, REM_UDP_DST, 67);
	rem_put(p + REM_IPV4_HEADER, REM_UDP_LENGTH, 12);
	assert_int_equal(ip_in(32), REM_WHY_UDP_ANSWERED);
	const uint8_t *to = us.last;
	assert_memory_equal(to, "\xff\xff\xff\xff\xff\xff", 6);
	assert_int_equal(rem_get(to + 14, REM_IPV4_DST), 0xffffffff);
	assert_int_equal(rem_get(to + 14, REM_IPV4_SRC), OURS);
	assert_int_equal(rem_get(to + 34, REM_UDP_DST), 68);
}

static void bad_datagrams(void **state)
{
	struct end open;

	(void)state;
	pair_init();
	end_init(&open, &us, 9);
	assert_int_equal(udp_in(1, 9, 4), REM_WHY_UDP_TAKEN);   /* without a checksum */

	static const uint16_t lengths[] = {0, 7, 13, 65535};
	for (unsigned i = 0; i < 4; i++) {
		uint8_t *p = ip_to_us(REM_IP_UDP, 12);
		rem_put(p, REM_UDP_DST, 9);
		rem_put(p, REM_UDP_LENGTH, lengths[i]);
		assert_int_equal(ip_in(32), REM_WHY_UDP_LENGTH);
	}
	ip_to_us(REM_IP_UDP, 7);
	assert_int_equal(ip_in(27), REM_WHY_UDP_SHORT);

	uint8_t *p = ip_to_us(REM_IP_UDP, 12);
	rem_put(p, REM_UDP_DST, 9);
	rem_put(p, REM_UDP_LENGTH, 12);
	rem_put(p, REM_UDP_SUM, 0x1234);
	assert_int_equal(ip_in(32), REM_WHY_UDP_SUM);
	assert_int_equal(open.times, 1);
	assert_int_equal(udp_in(1, 0, 4), REM_WHY_UDP_PORT);
}

static void nobody_at_the_port(void **state)
{
	struct end client;

	(void)state;
	pair_init();
	end_init(&client, &us, 5000);
	connect_to(&client, THEIRS, 8);
	give(&client, "anybody?");
	run();
	assert_int_equal(times(&them, REM_WHY_UDP_PORT), 1);
	assert_int_equal(times(&us, REM_WHY_ICMP_ERROR), 1);
	assert_int_equal(client.fault, REM_FAULT_PORT);

	for (unsigned i = 0; i < 20; i++) {     /* and is told so only now and then */
		give(&client, "anybody?");
		run();
	}
	assert_true(times(&them, REM_WHY_UDP_PORT) < 10);
	assert_true(times(&them, REM_WHY_UDP_PORT_QUIET) > 10);
}

static void no_way(void **state)
{
	struct end client;

	(void)state;
	pair_init();
	end_init(&client, &us, 5000);
	connect_to(&client, 0x0a000009, 8);     /* nobody has this address */
	give(&client, "anybody?");
	run_for(10 * SECOND);
	assert_int_equal(client.fault, REM_FAULT_NO_ANSWER);
	assert_int_equal(times(&us, REM_WHY_ARP_ASKS), 3);

	rem_ip_set_route(&us.host.ip, 0, rem_addr4(0), 0, (struct rem_addr){0});
	client.fault = -1;
	connect_to(&client, 0x08080808, 53);
	client.path.epoch = 0;
	give(&client, "anybody?");
	run_for(10 * SECOND);
	assert_int_equal(client.fault, REM_FAULT_NO_ROUTE);
	assert_int_equal(times(&us, REM_WHY_UDP_SENT), 0);
}

static void by_the_router(void **state)
{
	struct end client;

	(void)state;
	pair_init();
	side_init(&them, their_mac, 0x0a0000fe);
	end_init(&client, &us, 5000);
	connect_to(&client, 0x08080808, 53);
	give(&client, "anybody?");
	run();
	assert_memory_equal(us.last, their_mac, 6);
	assert_int_equal(rem_get(us.last + 14, REM_IPV4_DST), 0x08080808);
	assert_int_equal(them.why, REM_WHY_IP_NOT_OURS);
	assert_int_equal(client.path.mtu, 1500);
}

static void ports_are_given_at_random(void **state)
{
	struct end one;

	(void)state;
	pair_init();
	const uint16_t a = rem_udp_free_port(&us.host.udp), b = rem_udp_free_port(&us.host.udp);
	assert_true(a >= 49152 && b >= 49152 && a != b);
	end_init(&one, &us, a);
	for (unsigned i = 0; i < 1000; i++)
		assert_int_not_equal(rem_udp_free_port(&us.host.udp), a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(connected_goes_first),
		cmocka_unit_test(a_broadcast_reaches_all),
		cmocka_unit_test(an_answer_to_nobody),
		cmocka_unit_test(bad_datagrams),
		cmocka_unit_test(nobody_at_the_port),
		cmocka_unit_test(no_way),
		cmocka_unit_test(by_the_router),
		cmocka_unit_test(ports_are_given_at_random),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
