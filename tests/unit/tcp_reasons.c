/* SPDX-License-Identifier: BSD-3-Clause */
/* Every reason that TCP gives for a segment, provoked by hand; what the state machine alone decides
 * stands in tests/tcp/. And the rows of the bug classes that are TCP's. */
#include "tcp_gate.h"

static void headers(void **state)
{
	struct by_hand h = {FROM, GATE, {.seq = 1, .flags = REM_SEG_SYN}, NULL};
	uint8_t *p;

	(void)state;
	set_up();
	ip_to_us(REM_IP_TCP, 19);
	assert_int_equal(ip_in(REM_IPV4_HEADER + 19), REM_WHY_TCP_SHORT);
	ip_to_us(REM_IP_TCP, 0);
	assert_int_equal(ip_in(REM_IPV4_HEADER), REM_WHY_TCP_SHORT);
	for (unsigned words = 0; words < 16; words++) {
		p = ip_to_us(REM_IP_TCP, REM_TCP_HEADER);
		write_tcp(p, &h);
		rem_put(p, REM_TCP_OFFSET, words);
		sum_tcp(p, REM_TCP_HEADER);
		const unsigned why = ip_in(REM_IPV4_HEADER + REM_TCP_HEADER);

		assert_int_equal(why, words == 5 ? REM_WHY_TCP_OPENS : REM_WHY_TCP_OFFSET);
	}
	p = ip_to_us(REM_IP_TCP, REM_TCP_HEADER);
	write_tcp(p, &h);
	sum_tcp(p, REM_TCP_HEADER);
	p[4] ^= 1;
	assert_int_equal(ip_in(REM_IPV4_HEADER + REM_TCP_HEADER), REM_WHY_TCP_SUM);
	p = ip_to_us(REM_IP_TCP, REM_TCP_HEADER);
	write_tcp(p, &h);
	sum_tcp(p, REM_TCP_HEADER);
	rem_put(p - REM_IPV4_HEADER, REM_IPV4_DST,
		0x0a0000ff); /* the sum is wrong, and it comes second */
	assert_int_equal(ip_in(REM_IPV4_HEADER + REM_TCP_HEADER), REM_WHY_TCP_GROUP);
}

/* A SYN with these options; they are padded with 0, which ends them. */
static unsigned syn_with(const void *options, uint32_t n)
{
	const struct by_hand h = {FROM, GATE, {.seq = 1, .flags = REM_SEG_SYN, .wnd = 500}, NULL};
	const uint32_t header = REM_TCP_HEADER + (n + 3) / 4 * 4;
	uint8_t *p = ip_to_us(REM_IP_TCP, header);

	write_tcp(p, &h);
	memcpy(p + REM_TCP_HEADER, options, n);
	rem_put(p, REM_TCP_OFFSET, header / 4);
	sum_tcp(p, header);
	return ip_in(REM_IPV4_HEADER + header);
}

/* Lengths 0 and 1, past the header, truncated; and values of the wrong size, which mean nothing. */
static void options(void **state)
{
	(void)state;
	set_up();
	assert_int_equal(syn_with("\x02\x00\x05\xb4", 4), REM_WHY_TCP_OPTION);
	assert_int_equal(syn_with("\x02\x01\x05\xb4", 4), REM_WHY_TCP_OPTION);
	assert_int_equal(syn_with("\x02\x05\x05\xb4", 4), REM_WHY_TCP_OPTION);
	assert_int_equal(syn_with("\x01\x01\x01\x02", 4), REM_WHY_TCP_OPTION);
	assert_int_equal(syn_with("\xfe\xff\x00\x00", 4), REM_WHY_TCP_OPTION);
	assert_int_equal(syn_with("\x1d\x01\x00\x00", 4), REM_WHY_TCP_OPTION); /* TCP-AO */
	assert_int_equal(syn_with("\x1d\x10\x00\x00", 4), REM_WHY_TCP_OPTION);
	assert_int_equal(syn_with("\x02\x03\x05\x01\x05\x03\x01\x03\x04\x01\x01\x08\x03\x01", 14),
			 REM_WHY_TCP_OPENS);
	assert_int_equal(we.conn[2].tcb.snd.mss, 536);
	assert_false(we.conn[2].tcb.flags & (REM_TCB_SACK | REM_TCB_TS));
	set_up();
	assert_int_equal(syn_with("\x03\x03\xff\x1d\x04\x00\x00\x00", 8), REM_WHY_TCP_OPENS);
	assert_int_equal(we.conn[2].tcb.snd.shift, 14); /* RFC 7323 2.3 */
	set_up();
	assert_int_equal(syn_with("\x02\x04\x00\x01", 4), REM_WHY_TCP_OPENS);
	assert_int_equal(we.conn[2].tcb.snd.mss, 64); /* CVE-2019-11479 */
	set_up();
	assert_int_equal(syn_with("\x02\x04\xff\xff\x00\xff\xff\xff", 8), REM_WHY_TCP_OPENS);
	assert_int_equal(we.conn[2].tcb.snd.mss, 1460);
}

static void strangers(void **state)
{
	struct by_hand h = {FROM, 99, {.seq = 7, .flags = REM_SEG_SYN}, NULL};

	(void)state;
	set_up();
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_NO_LISTENER);
	assert_int_equal(answer().flags, REM_SEG_RST | REM_SEG_ACK);
	assert_int_equal(answer().seq, 0);
	assert_int_equal(answer().ack, 8);
	h.s.flags = REM_SEG_ACK;
	h.s.ack = 55;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_NO_LISTENER);
	assert_int_equal(answer().flags, REM_SEG_RST);
	assert_int_equal(answer().seq, 55);
	const uint32_t sent = us.sent;

	h.s.flags = REM_SEG_RST;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_STRAY_RST);
	assert_int_equal(send_flags(FROM, REM_SEG_RST | REM_SEG_ACK, 1, 1), REM_WHY_TCP_STRAY_RST);
	assert_int_equal(send_flags(FROM, 0, 1, 1), REM_WHY_TCP_STRAY);
	assert_int_equal(send_flags(FROM, REM_SEG_FIN, 1, 1), REM_WHY_TCP_STRAY);
	assert_int_equal(us.sent, sent); /* none of them is answered */
	assert_int_equal(send_flags(FROM, REM_SEG_ACK, 1, 1), REM_WHY_TCP_ACK_REFUSED);
	assert_int_equal(send_flags(FROM, REM_SEG_SYN | REM_SEG_ACK, 1, 1),
			 REM_WHY_TCP_ACK_REFUSED);
}

/* LAND: from us to us. IP has refused it before TCP sees it. */
static void land(void **state)
{
	uint8_t *p;

	(void)state;
	set_up();
	p = ip_to_us(REM_IP_TCP, REM_TCP_HEADER);
	rem_put(p - REM_IPV4_HEADER, REM_IPV4_SRC, OURS);
	assert_int_equal(ip_in(REM_IPV4_HEADER + REM_TCP_HEADER), REM_WHY_IP_OWN);
}

static void cookies(void **state)
{
	struct rem_segment s;
	struct rem_tcp_conn *c;
	struct by_hand h = {FROM + 1, GATE,
			    {.seq = 900, .flags = REM_SEG_SYN, .wnd = 4000, .mss = 1452, .shift = 6,
			     .tsval = 77,
			     .options = REM_OPT_MSS | REM_OPT_SHIFT | REM_OPT_SACK_OK | REM_OPT_TS},
			    NULL};

	(void)state;
	set_up();
	assert_int_equal(send_flags(FROM, REM_SEG_SYN, 100, 0), REM_WHY_TCP_OPENS);
	const struct rem_tcp before = we.tcp;
	struct rem_tcp_conn conns[CONNS];

	memcpy(conns, we.conn, sizeof(conns));
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_COOKIE);
	assert_memory_equal(&before, &we.tcp, sizeof(before)); /* it remembers nothing */
	assert_memory_equal(conns, we.conn, sizeof(conns));
	s = answer();
	assert_int_equal(s.flags, REM_SEG_SYN | REM_SEG_ACK);
	assert_int_equal(s.ack, 901);
	assert_int_equal(s.tsecr, 77);
	h.s = (struct rem_segment){.seq = 901,
				   .ack = s.seq + 2,
				   .flags = REM_SEG_ACK,
				   .wnd = 4000,
				   .tsval = 78,
				   .tsecr = s.tsval,
				   .options = REM_OPT_TS,
				   .len = 5};
	h.data = "hello";
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_ACK_REFUSED); /* a guess */
	h.s.ack = s.seq + 1;
	now += 60 * SECOND;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_COOKIE_BACK);
	c = rem_tcp_accept(&gate);
	assert_non_null(c);
	assert_int_equal(c->node.peer, FROM + 1);
	assert_int_equal(c->tcb.snd.shift, 6);
	assert_int_equal(c->tcb.snd.wnd, 4000 << 6);
	assert_int_equal(c->tcb.snd.mss, 1440);
	assert_true(c->tcb.flags & REM_TCB_SACK);
	assert_int_equal(rem_tcp_read(c, wire, 9, now), 5);
	assert_memory_equal(wire, "hello", 5);
	/* The timestamps that follow are not older than the cookie's. */
	const uint32_t stamp = s.tsval;

	assert_int_equal(rem_tcp_write(c, "x", 1, now), 1);
	assert_true(rem_tcb_plan(&c->tcb, now - 60 * SECOND, &s));
	assert_false(rem_seq_before(s.tsval, stamp));
}

/* A cookie that is too old, and one of a listener that has sent none. */
static void cookies_old(void **state)
{
	struct by_hand h = {FROM + 1, GATE, {.seq = 900, .flags = REM_SEG_SYN, .wnd = 4000}, NULL};

	(void)state;
	set_up();
	send_flags(FROM, REM_SEG_SYN, 100, 0);
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_COOKIE);
	h.s = (struct rem_segment){.seq = 901, .ack = answer().seq + 1, .flags = REM_SEG_ACK};
	now += 140 * SECOND;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_ACK_REFUSED);
	gate.cookies = now + SECOND;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_ACK_REFUSED);
}

/* Every connection is somebody's: a cookie that comes back is dropped, and will come again. */
static void pool_taken(void **state)
{
	struct by_hand h = {FROM + 9, GATE, {.seq = 900, .flags = REM_SEG_SYN, .wnd = 4000}, NULL};

	(void)state;
	set_up();
	assert_non_null(open_by_hand(FROM));
	assert_non_null(open_by_hand(FROM + 1));
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_COOKIE);
	h.s = (struct rem_segment){.seq = 901, .ack = answer().seq + 1, .flags = REM_SEG_ACK};
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_BACKLOG);
	rem_tcp_abort(&we.conn[2], now);
	run();
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_COOKIE_BACK);
}

/* SYNs of nobody, with $REMORA_LONG a million: once the first has its place no byte of TCP's changes, and
 * who is there gets in. */
static void flood(void **state)
{
	struct by_hand h = {FROM, PORT, {.seq = 1, .flags = REM_SEG_SYN, .wnd = 1000}, NULL};
	const uint32_t syns = getenv("REMORA_LONG") != NULL ? 1000000 : 10000;
	static __typeof__(we) before;
	uint8_t *p;

	(void)state;
	set_up();
	h.to = GATE;
	for (uint32_t i = 0; i < syns; i++) {
		p = ip_to_us(REM_IP_TCP, REM_TCP_HEADER);
		rem_put(p - REM_IPV4_HEADER, REM_IPV4_SRC, 0x0b000000 + (i * 7919 & 0x3fffffff));
		h.s.seq = i * 65537;
		write_tcp(p, &h);
		sum_tcp(p, REM_TCP_HEADER);
		assert_int_equal(ip_in(REM_IPV4_HEADER + REM_TCP_HEADER),
				 i == 0 ? REM_WHY_TCP_OPENS : REM_WHY_TCP_COOKIE);
		if (i == 0)
			before = we;
	}
	assert_memory_equal(&we, &before, sizeof(we));
	const struct rem_addr to = rem_addr4(OURS);

	assert_int_equal(rem_tcp_open(&they.tcp, &they.conn[0], &to, GATE, now), REM_OK);
	run();
	assert_int_equal(rem_tcp_write(&they.conn[0], "x", 1, now), 1);
	run();
	const struct rem_tcp_conn *c = rem_tcp_accept(&gate);

	assert_non_null(c);
	assert_int_equal(c->rx.used, 1);
	run_for(70 * SECOND);
	assert_null(we.conn[2].tcp == NULL ? we.conn[2].tcp : we.conn[3].tcp);
}

/* Sequence numbers move with time, and each pair of addresses and ports has a place of its own. */
static void numbers(void **state)
{
	uint32_t a, b, c;

	(void)state;
	set_up();
	dial(0);
	a = we.conn[0].tcb.snd.iss;
	rem_tcp_abort(&we.conn[0], now);
	dial(1);
	b = we.conn[1].tcb.snd.iss;
	rem_tcp_abort(&we.conn[1], now);
	us.host.secret.key[0]++;
	dial(2);
	c = we.conn[2].tcb.snd.iss;
	assert_true(a != b && b != c && a != c);
	assert_true(a - b > 1000000 && b - a > 1000000);
}

/* SACK panic, CVE-2019-11477 and its kin: blocks of a byte each, all over, and no work without end. */
static void sack_flood(void **state)
{
	static uint8_t much[RING];
	struct by_hand h = {FROM, GATE,
			    {.seq = 100, .flags = REM_SEG_SYN, .wnd = 60000,
			     .options = REM_OPT_SACK_OK | REM_OPT_MSS, .mss = 8},
			    NULL};
	struct rem_tcp_conn *c;

	(void)state;
	set_up();
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_OPENS);
	const uint32_t iss = answer().seq;

	h.s = (struct rem_segment){.seq = 101, .ack = iss + 1, .flags = REM_SEG_ACK, .wnd = 60000};
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_OPENED);
	c = rem_tcp_accept(&gate);
	rem_tcp_write(c, much, sizeof(much), now);
	while (take_out(&us) > 0)
		;
	for (uint32_t i = 0; i < 3000; i++) {
		h.s.sacks = 4;
		for (unsigned k = 0; k < 4; k++) {
			const uint32_t at = iss + 1 + (i * 4 + k) * 37 % 700;

			h.s.sack[k] = (struct rem_range){at, at + 1 + k};
		}
		assert_int_equal(tcp_in(&h), REM_WHY_TCP_ACKED);
		while (take_out(&us) > 0)
			assert_true(us.sent < 20000);
	}
	assert_true(rem_tcp_is_open(c));
}

/* What ICMP says of us is believed only if it quotes what is on its way: RFC 5927 4. */
static void unreachable(void **state)
{
	(void)state;
	set_up();
	dial(0);
	them.deaf = true;
	run();
	struct rem_tcp_conn *c = &we.conn[0];
	struct rem_frame f = {.p = wire, .room = sizeof(wire), .end = 8, .mtu = 600, .now = now};

	f.src = c->path.from;
	f.dst = c->path.to;
	rem_put(wire, REM_TCP_SRC, c->node.port);
	rem_put(wire, REM_TCP_DST, PORT);
	rem_put(wire, REM_TCP_SEQ, c->tcb.snd.iss + 9);
	assert_false(we.tcp.node.ops->fault(&we.tcp.node, REM_FAULT_PORT, &f, 0));
	rem_put(wire, REM_TCP_SEQ, c->tcb.snd.iss);
	assert_true(we.tcp.node.ops->fault(&we.tcp.node, REM_FAULT_TOO_BIG, &f, 0));
	assert_int_equal(c->tcb.snd.mss, 560);
	assert_true(we.tcp.node.ops->fault(&we.tcp.node, REM_FAULT_PORT, &f, 0));
	assert_int_equal(c->end, REM_TCP_END_UNREACHABLE);
	assert_null(c->tcp);
	assert_false(we.tcp.node.ops->fault(&we.tcp.node, REM_FAULT_PORT, &f, 0));
}

/* TIME-WAIT takes no connection from who wants one. */
static void time_wait_gives_way(void **state)
{
	(void)state;
	set_up();
	for (uint16_t i = 0; i < 20; i++) {
		struct rem_tcp_conn *c = open_by_hand((uint16_t)(FROM + i));

		assert_non_null(c);
		const uint32_t ack = c->tcb.snd.nxt;

		rem_tcp_close(c, now);
		assert_true(take_out(&us) > 0);
		assert_int_equal(send_flags((uint16_t)(FROM + i), REM_SEG_FIN | REM_SEG_ACK, 101, ack + 1),
				 REM_WHY_TCP_CLOSES);
		assert_int_equal(c->tcb.state, REM_TCP_TIME_WAIT);
	}
}

static void unlisten(void **state)
{
	(void)state;
	set_up();
	assert_int_equal(send_flags(FROM, REM_SEG_SYN, 100, 0), REM_WHY_TCP_OPENS);
	assert_int_equal(rem_tcp_listen(&we.tcp, &gate), REM_STATE);
	rem_tcp_unlisten(&gate, now);
	run();
	assert_int_equal(us.wrote, REM_WHY_TCP_SENT_RST);
	assert_int_equal(send_flags(FROM, REM_SEG_SYN, 100, 0), REM_WHY_TCP_NO_LISTENER);
	assert_null(we.conn[2].tcp);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),     cmocka_unit_test(options),
		cmocka_unit_test(strangers),   cmocka_unit_test(land),
		cmocka_unit_test(cookies),     cmocka_unit_test(cookies_old),
		cmocka_unit_test(pool_taken),  cmocka_unit_test(flood),
		cmocka_unit_test(numbers),     cmocka_unit_test(sack_flood),
		cmocka_unit_test(unreachable), cmocka_unit_test(time_wait_gives_way),
		cmocka_unit_test(unlisten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
