/* SPDX-License-Identifier: BSD-3-Clause */
/* Two hosts joined by a link that loses, doubles, reorders, corrupts and delays, in virtual time and
 * from a seed: the same call does the same each time. */
#ifndef TESTS_TCP_SIM_H
#define TESTS_TCP_SIM_H

#include <remora/net_tcp.h>
#include <stdint.h>

enum { SIM_FRAME = 1500, SIM_CONNS = 8, SIM_ADDRESSES = 1 };

/* Of a million frames, so many … */
struct sim_link {
	uint32_t lost, doubled, late, corrupt;
	rem_time delay, later; /* one way; of those that are late, at most so much more */
	uint32_t rate;         /* bytes a second; 0: no limit */
	uint32_t room;         /* frames that wait for the rate, others are lost */
};

struct sim_host {
	struct rem_ip ip;
	struct rem_tcp tcp;
	struct rem_seat seat[2];
	struct rem_ip_address address[SIM_ADDRESSES];
	struct rem_ip_route route[1];
	struct rem_secret secret;
	struct rem_tcp_conn *bucket[16];
	struct rem_tcp_conn conn[SIM_CONNS];
	struct rem_watch watch;
	uint32_t count[REM_REASONS];
	rem_time free_at; /* the link may be used again */
	uint64_t sent;    /* frames */
};

struct sim {
	struct sim_host a, b;
	struct sim_link link;
	rem_time now;
	uint64_t random;
	struct sim_packet *flying; /* in the order of arrival */
	rem_time app; /* when the applications want to look again, whatever happens */
	bool trace;
};

void sim_init(struct sim *s, const struct sim_link *link, uint64_t seed);
void sim_end(struct sim *s);
struct rem_addr sim_address(const struct sim *s, const struct sim_host *h);
uint32_t sim_random(struct sim *s, uint32_t below);
/* Rings for connection i of a host, of the heap. */
void sim_rings(struct sim_host *h, unsigned i, uint32_t rx, uint32_t tx);
/* All that can be done at this time is done, and time moves on. False: nothing will ever happen. */
void sim_settle(struct sim *s);
bool sim_next(struct sim *s);

#endif
