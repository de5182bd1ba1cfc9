/* SPDX-License-Identifier: BSD-3-Clause */
/* A listener of ours, and somebody who writes every segment to it by hand. */
#ifndef TESTS_UNIT_TCP_GATE_H
#define TESTS_UNIT_TCP_GATE_H

#include "tcp_pair.h"

enum { GATE = 9, FROM = 5000 };

static struct rem_tcp_listener gate;

/* We listen, with two connections and a backlog of one. */
static inline void set_up(void)
{
	tcp_pair_init(CONNS);
	dial(0); /* so that both know where the other is */
	run();
	rem_tcp_abort(&we.conn[0], now);
	run();
	gate = (struct rem_tcp_listener){
		.pool = &we.conn[2], .count = 2, .backlog = 1, .port = GATE};
	assert_int_equal(rem_tcp_listen(&we.tcp, &gate), REM_OK);
}

static inline unsigned send_flags(uint16_t from, unsigned flags, uint32_t seq, uint32_t ack)
{
	const struct by_hand h = {
		from, GATE, {.seq = seq, .ack = ack, .flags = (uint8_t)flags, .wnd = 1000}, NULL};

	return tcp_in(&h);
}

/* What we have answered: its header. */
static inline struct rem_segment answer(void)
{
	struct rem_segment s;
	const uint8_t *p = us.last + REM_ETH_HEADER + REM_IPV4_HEADER;
	const uint32_t n = rem_get(us.last + REM_ETH_HEADER, REM_IPV4_TOTAL) - REM_IPV4_HEADER;

	assert_true(rem_segment_read(&s, (struct rem_view){p, n, n}) > 0);
	return s;
}

/* Opens a connection from one of their ports, by hand; it is accepted. */
static inline struct rem_tcp_conn *open_by_hand(uint16_t from)
{
	assert_int_equal(send_flags(from, REM_SEG_SYN, 100, 0), REM_WHY_TCP_OPENS);
	const struct rem_segment s = answer();

	assert_int_equal(s.flags, REM_SEG_SYN | REM_SEG_ACK);
	assert_int_equal(send_flags(from, REM_SEG_ACK, 101, s.seq + 1), REM_WHY_TCP_OPENED);
	return rem_tcp_accept(&gate);
}

#endif
