/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack between two ends that a test holds: whole IP datagrams in and out, and a clock that stands
 * still unless it is told to go on. Nothing here knows of sockets or of scripts.
 *
 *	world_init(&w, local, mtu);
 *	… calls of remora/net_tcp.h on &w.tcp at the time w.now, each followed by world_settle(&w) …
 *	world_give(&w, datagram, n);
 *	n = world_take(&w, datagram, room, &when);          what has been sent up to now
 *	world_advance(&w, until);                           timers go off on the way, in their order
 */
#ifndef TESTS_TCP_WORLD_H
#define TESTS_TCP_WORLD_H

#include <remora/net_icmp.h>
#include <remora/net_tcp.h>

enum { WORLD_SEATS = 3, WORLD_BUCKETS = 64, WORLD_ROOM = 65536 };

struct world_packet {
	struct world_packet *next;
	rem_time when;
	uint32_t n;
	uint8_t p[];
};

struct world {
	rem_time now;
	struct rem_ip ip;
	struct rem_icmp icmp;
	struct rem_tcp tcp;
	struct rem_secret secret;
	struct rem_seat seat[WORLD_SEATS];
	struct rem_ip_address address[1];
	struct rem_ip_route route[1];
	struct rem_tcp_conn *bucket[WORLD_BUCKETS];
	struct world_packet *first, *last; /* sent, and not taken yet */
	uint8_t in[WORLD_ROOM], out[WORLD_ROOM];
};

void world_init(struct world *w, uint32_t local, uint16_t mtu);
void world_end(struct world *w);

/* What is due goes out. After every call of the stack. */
void world_settle(struct world *w);
/* A datagram comes in. */
void world_give(struct world *w, const uint8_t *p, uint32_t n);
/* The next one that went out, and when; 0: there is none. */
uint32_t world_take(struct world *w, uint8_t *p, uint32_t room, rem_time *when);
/* Time passes up to `until`, or up to where something is sent, if `sent`. False: nothing is. */
bool world_advance(struct world *w, rem_time until, bool sent);

#endif
