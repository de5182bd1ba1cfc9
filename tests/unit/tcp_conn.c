/* SPDX-License-Identifier: BSD-3-Clause */
/* Connections between two hosts in memory: open, talk, close, abort, fail. */
#include "tcp_pair.h"
#include <stdlib.h>

/* Writes n bytes to one end and reads them at the other. */
static void transfer(struct rem_tcp_conn *from, struct rem_tcp_conn *to, uint32_t n)
{
	uint8_t bytes[700];
	uint32_t wrote = 0, got = 0;

	for (unsigned turns = 0; got < n; turns++) {
		assert_true(turns < 10000);
		for (unsigned i = 0; i < sizeof(bytes); i++)
			bytes[i] = (uint8_t)((wrote + i) * 7 >> 3);
		const uint32_t most = n - wrote < sizeof(bytes) ? n - wrote : sizeof(bytes);
		const int w = rem_tcp_write(from, bytes, most, now);

		assert_true(w >= 0);
		wrote += (uint32_t)w;
		run();
		const int r = rem_tcp_read(to, bytes, sizeof(bytes), now);

		assert_true(r >= 0);
		for (int i = 0; i < r; i++)
			assert_int_equal(bytes[i], (uint8_t)((got + (uint32_t)i) * 7 >> 3));
		got += (uint32_t)r;
		if (w == 0 && r == 0)
			run_for(SECOND / 100);
	}
}

static void talk(void **state)
{
	struct rem_tcp_conn *c;

	(void)state;
	tcp_pair_init(CONNS);
	c = dial_and_accept(0);
	assert_int_equal(c->node.peer, we.conn[0].node.port);
	assert_int_equal(we.conn[0].node.peer, PORT);
	transfer(&we.conn[0], c, 20000);
	transfer(c, &we.conn[0], 20000);
	assert_int_equal(rem_tcp_shut(&we.conn[0], now), REM_OK);
	run();
	assert_int_equal(rem_tcp_read(c, wire, 1, now), REM_CLOSED);
	transfer(c, &we.conn[0], 3000);
	rem_tcp_close(c, now);
	run();
	assert_int_equal(rem_tcp_read(&we.conn[0], wire, 1, now), REM_CLOSED);
	assert_int_equal(we.conn[0].tcb.state, REM_TCP_TIME_WAIT);
	assert_null(c->tcp);
	run_for(61 * SECOND);
	assert_null(we.conn[0].tcp);
	assert_int_equal(we.conn[0].end, REM_TCP_END_NONE);
	assert_int_equal(we.tcp.node.due, REM_NEVER);
}

/* A secret into which more is stirred leaves those alone who talk already. */
static void stirred(void **state)
{
	struct rem_tcp_conn *c[CONNS];

	(void)state;
	tcp_pair_init(CONNS);
	for (unsigned i = 0; i < CONNS; i++)
		c[i] = dial_and_accept(i);
	rem_stir(&us.host.secret, "more", 4);
	rem_stir(&them.host.secret, "other", 5);
	for (unsigned i = 0; i < CONNS; i++)
		transfer(c[i], &we.conn[i], 2000);
}

/* After 4 GiB the first byte in the ring has the number of the SYN again: when it goes, and when it is acknowledged. */
static void once_around(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		tcp_pair_init(CONNS);
		struct rem_tcp_conn *c = dial_and_accept(0);
		struct rem_tcb *t = &we.conn[0].tcb;

		transfer(&we.conn[0], c, 700);
		run_for(SECOND);
		assert_int_equal(t->snd.una, t->snd.nxt);
		t->snd.iss = t->snd.una;
		if (i == 1) { /* the long way */
			t->flags |= REM_TCB_SEND_URGENT;
			t->snd.up = t->snd.nxt + 5000;
		}
		transfer(&we.conn[0], c, 20000);
	}
}

static void refused(void **state)
{
	const struct rem_addr to = rem_addr4(THEIRS);

	(void)state;
	tcp_pair_init(CONNS);
	assert_int_equal(rem_tcp_open(&we.tcp, &we.conn[0], &to, 99, now), REM_OK);
	assert_int_equal(rem_tcp_open(&we.tcp, &we.conn[0], &to, 99, now), REM_STATE);
	run();
	assert_int_equal(times(&them, REM_WHY_TCP_NO_LISTENER), 1);
	assert_int_equal(we.conn[0].end, REM_TCP_END_RESET);
	assert_int_equal(rem_tcp_read(&we.conn[0], wire, 1, now), REM_CLOSED);
	assert_int_equal(rem_tcp_write(&we.conn[0], "x", 1, now), REM_CLOSED);
}

/* RFC 9293 3.9.2.3, MUST-46: groups and broadcasts are nobody's; nor are we ourselves. */
static void invalid(void **state)
{
	static const uint32_t to[] = {0xe0000001, 0xffffffff, 0x0a0000ff, OURS};

	(void)state;
	tcp_pair_init(CONNS);
	for (unsigned i = 0; i < 4; i++) {
		const struct rem_addr a = rem_addr4(to[i]);

		assert_true(rem_tcp_open(&we.tcp, &we.conn[0], &a, 99, now) < 0);
		assert_null(we.conn[0].tcp);
	}
}

/* RFC 6056 3.3.1: a port may lead to many, but not twice to the same; that of a listener is his. */
static void same_port(void **state)
{
	const struct rem_addr to = rem_addr4(THEIRS);
	struct rem_tcp_listener ours = {.pool = we.conn, .count = CONNS, .port = 6000};

	(void)state;
	tcp_pair_init(CONNS);
	assert_int_equal(rem_tcp_listen(&we.tcp, &ours), REM_OK);
	assert_int_equal(rem_tcp_open_from(&we.tcp, &we.conn[0], &to, 99, 6000, now), REM_LIMIT);
	assert_int_equal(rem_tcp_open_from(&we.tcp, &we.conn[0], &to, PORT, 5000, now), REM_OK);
	assert_int_equal(rem_tcp_open_from(&we.tcp, &we.conn[1], &to, PORT, 5000, now), REM_LIMIT);
	assert_int_equal(rem_tcp_open_from(&we.tcp, &we.conn[1], &to, 99, 5000, now), REM_OK);
	run();
	assert_true(rem_tcp_is_open(&we.conn[0]));
	assert_int_equal(we.conn[1].end, REM_TCP_END_RESET);
}

/* MUST-43, MUST-48, MUST-49: our address, DS field and TTL are the user's to choose. */
static void wishes(void **state)
{
	const uint8_t *ip = us.last + REM_ETH_HEADER;
	struct rem_tcp_conn *c;

	(void)state;
	tcp_pair_init(CONNS);
	rem_ip_set_address(&us.host.ip, 1, rem_addr4(0x0a000007), 24);
	we.conn[0].from = rem_addr4(0x0a000007);
	we.conn[0].ttl = 7;
	we.conn[0].tos = 0xb8;
	c = dial_and_accept(0);
	assert_int_equal(rem_be32(c->path.to.b), 0x0a000007);
	rem_tcp_write(&we.conn[0], "x", 1, now);
	assert_true(take_out(&us) > 0);
	assert_int_equal(rem_get(ip, REM_IPV4_SRC), 0x0a000007);
	assert_int_equal(rem_get(ip, REM_IPV4_TTL), 7);
	assert_int_equal(rem_get(ip, REM_IPV4_TOS), 0xb8);
}

static void nobody_there(void **state)
{
	const struct rem_addr to = rem_addr4(0x0a000063);

	(void)state;
	tcp_pair_init(CONNS);
	assert_int_equal(rem_tcp_open(&we.tcp, &we.conn[0], &to, 99, now), REM_OK);
	run_for(10 * SECOND);
	assert_int_equal(we.conn[0].end, REM_TCP_END_UNREACHABLE);
	assert_null(we.conn[0].tcp);
}

static void silent(void **state)
{
	struct rem_tcp_conn *c;

	(void)state;
	tcp_pair_init(CONNS);
	c = dial_and_accept(0);
	them.deaf = true;
	assert_int_equal(rem_tcp_write(&we.conn[0], "hello", 5, now), 5);
	run_for(899 * SECOND);
	assert_non_null(we.conn[0].tcp);
	run_for(3 * SECOND);
	assert_null(we.conn[0].tcp);
	assert_int_equal(we.conn[0].end, REM_TCP_END_TIMEOUT);
	assert_true(rem_tcp_is_open(c));
}

static void reset(void **state)
{
	struct rem_tcp_conn *c;

	(void)state;
	tcp_pair_init(CONNS);
	c = dial_and_accept(0);
	assert_int_equal(rem_tcp_write(&we.conn[0], "hello", 5, now), 5);
	run();
	rem_tcp_close(c, now); /* with five bytes unread */
	run();
	assert_int_equal(we.conn[0].end, REM_TCP_END_RESET);
	assert_null(c->tcp);
	c = dial_and_accept(1);
	rem_tcp_abort(&we.conn[1], now);
	run();
	assert_int_equal(c->end, REM_TCP_END_RESET);
	assert_int_equal(us.wrote, REM_WHY_TCP_SENT_RST);
}

/* A driver that refuses a frame changes nothing: it is written again, byte for byte. */
static void busy_driver(void **state)
{
	uint8_t first[FRAME];
	struct rem_frame f;

	(void)state;
	tcp_pair_init(CONNS);
	dial_and_accept(0);
	rem_tcp_write(&we.conn[0], "hello", 5, now);
	for (unsigned i = 0; i < 3; i++) {
		const struct rem_tcb before = we.conn[0].tcb;

		f = (struct rem_frame){.p = wire, .room = sizeof(wire), .head = 2};
		const int n = rem_out(&us.host.ether.node, &f, now);

		assert_true(n > 0);
		if (i == 0)
			memcpy(first, wire, (size_t)n + 2);
		assert_memory_equal(first, wire, (size_t)n + 2);
		if (i == 2)
			break;
		assert_true(rem_due(&us.host.ether.node) > now);
		rem_sent(&f, false, &us.watch);
		assert_int_equal(rem_due(&us.host.ether.node), 0);
		assert_memory_equal(&before, &we.conn[0].tcb, sizeof(before));
	}
	rem_sent(&f, true, &us.watch);
	assert_true(rem_due(&us.host.ether.node) > now);
	assert_int_equal(rem_out(&us.host.ether.node, &f, now), 0);
}

/* Connections take turns, whoever has more to send. */
static void fair(void **state)
{
	static uint8_t much[RING];
	uint16_t ports[8];
	unsigned n = 0;

	(void)state;
	tcp_pair_init(CONNS);
	dial_and_accept(0);
	dial_and_accept(1);
	rem_tcp_write(&we.conn[0], much, sizeof(much), now);
	rem_tcp_write(&we.conn[1], much, sizeof(much), now);
	while (take_out(&us) > 0 && n < 6)
		ports[n++] = (uint16_t)rem_get(wire + 2 + REM_ETH_HEADER + REM_IPV4_HEADER,
					       REM_TCP_SRC);
	assert_true(n >= 4);
	for (unsigned i = 0; i + 1 < 4; i++)
		assert_int_not_equal(ports[i], ports[i + 1]);
}

static unsigned told;

/* A connection that has ended is its user's: nobody looks at it again, though it was the last to speak. */
static void forgotten(void **state)
{
	const struct rem_addr to = rem_addr4(THEIRS);
	struct rem_tcp_conn *own = malloc(sizeof(*own));
	static uint8_t rx[RING], tx[RING];

	(void)state;
	assert_non_null(own);
	tcp_pair_init(CONNS);
	struct rem_tcp_conn *c = dial_and_accept(0);
	rem_tcp_conn_init(own, rx, RING, tx, RING);
	assert_int_equal(rem_tcp_open(&we.tcp, own, &to, PORT, now), REM_OK);
	run();
	struct rem_tcp_conn *there = rem_tcp_accept(&door);
	assert_non_null(there);
	transfer(own, there, 100);
	rem_tcp_abort(own, now);
	run();
	free(own);
	transfer(c, &we.conn[0], 100);
}

static void count_notes(struct rem_tcp_conn *c, rem_time at)
{
	uint8_t bytes[64];
	int n;

	told++;
	while ((n = rem_tcp_read(c, bytes, sizeof(bytes), at)) > 0)
		rem_tcp_write(c, bytes, (uint32_t)n, at);
}

static void notes(void **state)
{
	(void)state;
	tcp_pair_init(CONNS);
	told = 0;
	door.notify = count_notes;
	dial_and_accept(0);
	assert_int_equal(told, 1);
	rem_tcp_write(&we.conn[0], "echo", 4, now);
	run();
	assert_int_equal(we.conn[0].rx.used, 4);
	assert_true(told >= 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talk),        cmocka_unit_test(stirred),
		cmocka_unit_test(refused),     cmocka_unit_test(nobody_there),
		cmocka_unit_test(silent),      cmocka_unit_test(reset),
		cmocka_unit_test(busy_driver), cmocka_unit_test(invalid),
		cmocka_unit_test(wishes),      cmocka_unit_test(fair),
		cmocka_unit_test(notes),       cmocka_unit_test(forgotten),
		cmocka_unit_test(once_around), cmocka_unit_test(same_port),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
