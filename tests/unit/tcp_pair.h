/* SPDX-License-Identifier: BSD-3-Clause */
/* Two hosts that speak TCP, on one cable in memory: we open, they listen. */
#ifndef TESTS_UNIT_TCP_PAIR_H
#define TESTS_UNIT_TCP_PAIR_H

#include "net_pair.h"
#include <remora/net_tcp.h>
#include <remora/tcp.h>

enum { CONNS = 4, RING = 5000, PORT = 7 };

struct speaker {
	struct rem_tcp tcp;
	struct rem_tcp_conn *bucket[4];
	struct rem_tcp_conn conn[CONNS];
	uint8_t rx[CONNS][RING], tx[CONNS][RING];
};

static struct speaker we, they;
static struct rem_tcp_listener door;

static inline void speaker_init(struct speaker *s, struct side *side)
{
	memset(s, 0, sizeof(*s));
	assert_int_equal(rem_tcp_init(&s->tcp, &side->host.ip, s->bucket, 4), REM_OK);
	for (unsigned i = 0; i < CONNS; i++)
		rem_tcp_conn_init(&s->conn[i], s->rx[i], RING, s->tx[i], RING);
}

static inline void tcp_pair_init(uint16_t backlog)
{
	pair_init();
	speaker_init(&we, &us);
	speaker_init(&they, &them);
	door = (struct rem_tcp_listener){
		.pool = they.conn, .count = CONNS, .backlog = backlog, .port = PORT};
	assert_int_equal(rem_tcp_listen(&they.tcp, &door), REM_OK);
}

static inline void dial(unsigned i)
{
	const struct rem_addr to = rem_addr4(THEIRS);

	assert_int_equal(rem_tcp_open(&we.tcp, &we.conn[i], &to, PORT, now), REM_OK);
}

/* Opens connection i and returns the other end of it. */
static inline struct rem_tcp_conn *dial_and_accept(unsigned i)
{
	dial(i);
	run();
	assert_true(rem_tcp_is_open(&we.conn[i]));
	struct rem_tcp_conn *c = rem_tcp_accept(&door);

	assert_non_null(c);
	return c;
}

/* A segment of theirs to us, by hand. Returns the reason that it ended for. */
struct by_hand {
	uint16_t from, to;
	struct rem_segment s;
	const void *data;
};

static inline uint32_t write_tcp(uint8_t *p, const struct by_hand *h)
{
	const uint32_t n = rem_segment_write(&h->s, p) + h->s.len;

	if (h->s.len > 0)
		memcpy(p + n - h->s.len, h->data, h->s.len);
	rem_put(p, REM_TCP_SRC, h->from);
	rem_put(p, REM_TCP_DST, h->to);
	return n;
}

static inline void sum_tcp(uint8_t *p, uint32_t n)
{
	uint8_t pseudo[12] = {0};

	memcpy(pseudo, p - 8, 8);
	pseudo[9] = REM_IP_TCP;
	pseudo[10] = (uint8_t)(n >> 8);
	pseudo[11] = (uint8_t)n;
	rem_put(p, REM_TCP_SUM, 0);
	rem_put(p, REM_TCP_SUM,
		0xffff & ~rem_sum_fold(rem_sum(pseudo, sizeof(pseudo)) + rem_sum(p, n)));
}

static inline unsigned tcp_in(const struct by_hand *h)
{
	uint8_t *p = ip_to_us(REM_IP_TCP, REM_SEG_HEADER_MAX + h->s.len);
	const uint32_t n = write_tcp(p, h);

	p = ip_to_us(REM_IP_TCP, n);
	write_tcp(p, h);
	sum_tcp(p, n);
	return ip_in(REM_IPV4_HEADER + n);
}

#endif
