/* SPDX-License-Identifier: BSD-3-Clause */
/* A cut answer is asked for again by TCP, over the whole stack: a server of ours on the same cable. */
#include "tcp_pair.h"
#include <remora/net_dns_tcp.h>

enum { DNS = 53, MOST = 1000 };

static struct rem_dns_client client;
static struct rem_dns_tcp carrier;
static uint8_t rx[MOST], tx[REM_DNS_TCP_ASKS];
static struct rem_tcp_conn *server;

/* Their port 53 takes datagrams; what it says is written by hand. */
static int take(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n, (void)f, (void)off;
	return REM_OK;
}

/* The question is asked; its datagram is in us.last. */
static void ask_by_datagram(void)
{
	static const struct rem_node_ops ops = {.demux = take};
	static struct rem_node port;

	tcp_pair_init(CONNS);
	port = (struct rem_node){.ops = &ops, .due = REM_NEVER, .port = DNS};
	rem_sit(&them.host.udp.up, &port);
	rem_tcp_unlisten(&door, now);
	door.port = DNS;
	assert_int_equal(rem_tcp_listen(&they.tcp, &door), REM_OK);
	rem_dns_client_init(&client, &us.host.secret);
	rem_sit(&us.host.udp.up, &client.node);
	rem_dns_tcp_init(&carrier, &we.tcp, rx, sizeof(rx), tx, sizeof(tx));
	client.carrier = &carrier.carrier;
	client.server[0] = rem_addr4(THEIRS);
	assert_int_equal(rem_dns_ask(&client, "ab", REM_DNS_A, now), REM_OK);
	run();
	assert_int_equal(us.wrote, REM_WHY_DNS_ASKS);
}

/* It comes back, marked as cut. */
static unsigned cut(void)
{
	const uint8_t *udp = us.last + REM_ETH_HEADER + REM_IPV4_HEADER;
	const uint32_t n = rem_get(udp, REM_UDP_LENGTH);
	uint8_t *p = ip_to_us(REM_IP_UDP, n);

	memcpy(p, udp, n);
	rem_put(p, REM_UDP_SRC, DNS);
	rem_put(p, REM_UDP_DST, rem_get(udp, REM_UDP_SRC));
	rem_put(p, REM_UDP_SUM, 0);
	p[REM_UDP_HEADER + 2] |= 0x82; /* QR and TC */
	return ip_in(REM_IPV4_HEADER + n);
}

static void ask_by_stream(void)
{
	ask_by_datagram();
	assert_int_equal(cut(), REM_WHY_DNS_CUT);
	run();
	server = rem_tcp_accept(&door);
	assert_non_null(server);
	assert_int_equal(server->rx.used, 2 + REM_DNS_HEADER + 4 + REM_DNS_QUESTION);
}

/* The answer to the question that has come: n addresses. Its bytes, with their length in front. */
static uint32_t answer(uint8_t *p, unsigned n)
{
	static const uint8_t record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 9};
	uint32_t at = (uint32_t)rem_tcp_read(server, p, MOST, now);

	p[2 + 2] |= 0x80;
	p[2 + 7] = (uint8_t)n;
	for (unsigned i = 0; i < n; i++, at += sizeof(record))
		memcpy(p + at, record, sizeof(record));
	rem_put(p, REM_BYTES(0, 2), at - 2);
	return at;
}

static void answered(void **state)
{
	uint8_t p[MOST];

	(void)state;
	ask_by_stream();
	const uint32_t n = answer(p, 40);

	for (uint32_t at = 0; at < n; at += 100) { /* in pieces */
		assert_int_equal(client.state, REM_DNS_STREAM);
		rem_tcp_write(server, p + at, n - at < 100 ? n - at : 100, now);
		run();
	}
	assert_int_equal(client.state, REM_DNS_DONE);
	assert_int_equal(client.result, REM_OK);
	assert_int_equal(client.answer.count, REM_DNS_ADDRESSES);
	rem_tcp_close(server, now);
	run();
	assert_int_equal(carrier.conn.tcb.state, REM_TCP_TIME_WAIT); /* both have closed in order */
}

/* What comes by the stream is not the answer, or not all of it: somebody else is asked. */
static void not_answered(void **state)
{
	uint8_t p[MOST];

	(void)state;
	for (unsigned how = 0; how < 4; how++) {
		ask_by_stream();
		const uint32_t n = answer(p, 3);

		p[2] ^= how == 0; /* another identifier */
		if (how == 1)
			rem_put(p, REM_BYTES(0, 2), MOST); /* more than our ring holds */
		rem_tcp_write(server, p, how == 2 ? n - 1 : n, now);
		if (how == 2)
			rem_tcp_close(server, now);
		if (how == 3)
			rem_tcp_abort(server, now);
		run();
		assert_int_equal(client.state, REM_DNS_ASKING);
	}
}

static void refused(void **state)
{
	(void)state;
	ask_by_datagram();
	rem_tcp_unlisten(&door, now);
	assert_int_equal(cut(), REM_WHY_DNS_CUT);
	run();
	assert_int_equal(client.state, REM_DNS_ASKING);
	assert_int_equal(us.wrote, REM_WHY_DNS_ASKS);
}

/* Who never answers is waited for ten seconds, and nothing of it stays. */
static void silent(void **state)
{
	(void)state;
	ask_by_stream();
	run_for(9 * SECOND);
	assert_int_equal(client.state, REM_DNS_STREAM);
	run_for(1 * SECOND);
	assert_int_equal(client.state, REM_DNS_ASKING);
	assert_null(carrier.conn.tcp);
	assert_int_equal(server->end, REM_TCP_END_RESET);
	run_for(3 * SECOND);
	assert_int_equal(us.wrote, REM_WHY_DNS_ASKS);
	assert_int_equal(cut(), REM_WHY_DNS_CUT); /* the next datagram leads to the stream again */
	run();
	assert_int_equal(client.state, REM_DNS_STREAM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answered),
		cmocka_unit_test(not_answered),
		cmocka_unit_test(refused),
		cmocka_unit_test(silent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
