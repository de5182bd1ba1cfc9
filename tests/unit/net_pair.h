/* SPDX-License-Identifier: BSD-3-Clause */
/* Two hosts on one cable, in memory and in a time of their own; and frames that a test writes itself. */
#ifndef TESTS_UNIT_NET_PAIR_H
#define TESTS_UNIT_NET_PAIR_H

#include "seen.h"
#include <remora/arp.h>
#include <remora/ethernet.h>
#include <remora/host.h>
#include <remora/icmp.h>
#include <remora/ipv4.h>
#include <remora/numbers.h>
#include <remora/proto.h>
#include <remora/sum.h>
#include <remora/udp.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#define SECOND INT64_C(1000000)

enum { FRAME = 1514, NEIGHBOURS = 4, SEATS = 4 };

struct side {
	struct rem_host host;
	struct rem_neighbour neighbour[NEIGHBOURS];
	struct rem_seat udp[SEATS], ping[SEATS];
	struct rem_watch watch;
	uint32_t count[REM_REASONS]; /* of the frames that came in and went out */
	uint16_t why;                /* of the last one that came in */
	uint16_t wrote;              /* of the last one that went out */
	uint32_t sent;               /* frames */
	uint8_t last[FRAME];         /* that went out */
	uint32_t last_n;
	bool deaf; /* what is sent to it is lost */
};

static struct side us, them;
static rem_time now;
static uint8_t
	wire[FRAME + 2]; /* the frame that is under way; 802.3 payload stands at a multiple of 4 */

static const uint8_t our_mac[6] = {2, 0, 0, 0, 0, 1}, their_mac[6] = {2, 0, 0, 0, 0, 2};
#define OURS   0x0a000001
#define THEIRS 0x0a000002

static inline void look(struct rem_watch *w, const struct rem_frame *f, bool out)
{
	struct side *s = (struct side *)((char *)w - offsetof(struct side, watch));

	assert_int_not_equal(f->verdict.why, REM_WHY_NONE);
	seen(f->verdict.why);
	if (!out) {
		s->why = f->verdict.why;
		return;
	}
	s->wrote = f->verdict.why;
	s->sent++;
	s->last_n = f->end - f->head;
	assert_true(s->last_n >= REM_ETH_LEAST && s->last_n <= FRAME);
	memcpy(s->last, f->p + f->head, s->last_n);
}

static inline void side_init(struct side *s, const uint8_t *mac, uint32_t address)
{
	static const uint8_t seed[16] = "a seed for tests";
	const struct rem_host_tables tables = {s->neighbour, s->udp, s->ping,
					       NEIGHBOURS,   SEATS,  SEATS};

	memset(s, 0, sizeof(*s));
	s->watch = (struct rem_watch){look, s->count};
	rem_host_init(&s->host, mac, 1500, seed, &tables);
	if (address != 0)
		rem_host_configure(&s->host, rem_addr4(address), 24, rem_addr4(0x0a0000fe));
}

static inline void pair_init(void)
{
	now = SECOND;
	side_init(&us, our_mac, OURS);
	side_init(&them, their_mac, THEIRS);
}

/* How often something ended so, in either direction. */
static inline uint32_t times(const struct side *s, enum rem_why why)
{
	return s->count[why];
}

/* Gives n bytes of `wire` to s. Returns the bytes of its answer, in `wire`. */
static inline int hand_in(struct side *s, uint32_t n)
{
	struct rem_frame f = {.p = wire, .room = sizeof(wire), .head = 2, .end = 2 + n};
	const int answer = rem_in(&s->host.ether.node, &f, now, &s->watch);

	if (answer > 0) {
		assert_int_equal(f.head, 2);
		rem_sent(&f, true, &s->watch);
	}
	return answer;
}

/* The next frame of s, in `wire`; 0: there is none. */
static inline int take_out(struct side *s)
{
	struct rem_frame f = {.p = wire, .room = sizeof(wire), .head = 2};
	const int n = rem_out(&s->host.ether.node, &f, now);

	if (n > 0) {
		assert_int_equal(f.head, 2);
		rem_sent(&f, true, &s->watch);
	}
	return n;
}

static inline bool carry(struct side *from, struct side *to)
{
	int n = take_out(from);

	if (n <= 0)
		return false;
	for (struct side *s = to; n > 0 && !s->deaf; s = s == to ? from : to)
		n = hand_in(s, (uint32_t)n);
	return true;
}

/* Carries frames between them until nobody has one for now; bounded, so that a storm fails. */
static inline void run(void)
{
	unsigned frames = 0;

	for (bool more = true; more; frames++) {
		more = carry(&us, &them);
		more = carry(&them, &us) || more;
		assert_true(frames < 1000);
	}
}

/* Lets time pass, from deadline to deadline. */
static inline void run_for(rem_time span)
{
	const rem_time end = now + span;

	for (;;) {
		run();
		const rem_time a = rem_due(&us.host.ether.node), b = rem_due(&them.host.ether.node);
		const rem_time next = a < b ? a : b;
		if (next > end)
			break;
		assert_true(next > now);
		now = next;
	}
	now = end;
}

/* A frame from them to us, in `wire`: Ethernet header of a type, then n bytes. */
static inline uint8_t *frame_to_us(uint32_t type)
{
	uint8_t *p = wire + 2;

	memcpy(p, our_mac, 6);
	memcpy(p + 6, their_mac, 6);
	rem_put(p, REM_ETH_TYPE, type);
	return p + REM_ETH_HEADER;
}

/* And an IPv4 header of n bytes of payload behind it. Returns where the payload stands. */
static inline uint8_t *ip_to_us(uint32_t proto, uint32_t n)
{
	uint8_t *p = frame_to_us(REM_ETHERTYPE_IPV4);

	memset(p, 0, REM_IPV4_HEADER + n);
	p[0] = 0x45;
	rem_put(p, REM_IPV4_TOTAL, REM_IPV4_HEADER + n);
	rem_put(p, REM_IPV4_TTL, 64);
	rem_put(p, REM_IPV4_PROTO, proto);
	rem_put(p, REM_IPV4_SRC, THEIRS);
	rem_put(p, REM_IPV4_DST, OURS);
	return p + REM_IPV4_HEADER;
}

/* Sums the header, after a test has changed it, and hands the frame in: its reason. */
static inline unsigned ip_in(uint32_t n)
{
	uint8_t *p = wire + 2 + REM_ETH_HEADER;
	const uint32_t header = 4 * rem_get(p, REM_IPV4_IHL);

	rem_put(p, REM_IPV4_SUM, 0);
	rem_put(p, REM_IPV4_SUM, 0xffff & ~rem_sum(p, header));
	hand_in(&us, REM_ETH_HEADER + n);
	return us.why;
}

static inline unsigned udp_in(uint16_t from, uint16_t to, uint32_t n)
{
	uint8_t *p = ip_to_us(REM_IP_UDP, REM_UDP_HEADER + n);

	rem_put(p, REM_UDP_SRC, from);
	rem_put(p, REM_UDP_DST, to);
	rem_put(p, REM_UDP_LENGTH, REM_UDP_HEADER + n);
	return ip_in(REM_IPV4_HEADER + REM_UDP_HEADER + n);
}

#endif
