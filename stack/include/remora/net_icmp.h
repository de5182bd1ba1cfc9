/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMP: echoes are answered in the buffer they came in, errors reach the node whose datagram they
 * quote, and who sends what nobody takes is told so, at most ten times a second. RFC 792,
 * RFC 1122 3.2.2.
 */
#ifndef REMORA_NET_ICMP_H
#define REMORA_NET_ICMP_H

#include <remora/net_ip.h>

struct rem_icmp;

/* What it takes to ask for echoes: rem_ping_init brings it along. */
struct rem_icmp_asks {
	bool (*reply)(const struct rem_icmp *i, struct rem_frame *f, uint32_t off);
	int (*encap)(struct rem_icmp *i, struct rem_frame *f, uint32_t off);
	bool (*fault)(const struct rem_icmp *i, enum rem_fault why, const struct rem_frame *f,
		      uint32_t off);
};

struct rem_icmp {
	struct rem_node node;
	struct rem_seats up; /* who asks for echoes: found by node.port, the identifier */
	const struct rem_icmp_asks *asks; /* NULL: nobody does */
	struct rem_ip *ip;
	uint32_t said; /* up to which time, of 2^17 microseconds, errors have been sent */
};

/* Becomes a node with n seats (0: nobody here asks for echoes), and sits down at `ip`. */
int rem_icmp_init(struct rem_icmp *i, struct rem_ip *ip, struct rem_seat *seat, uint16_t n);

/* One who asks for echoes. */
struct rem_ping {
	struct rem_node node;
	struct rem_path path;
	rem_time sent, took; /* took: of the last answer, from asking to hearing */
	uint16_t seq;        /* of the request that is out */
	uint16_t size;       /* bytes behind the ICMP header */
	uint16_t answers;
	bool waiting;            /* for the answer to seq */
	int8_t fault;            /* enum rem_fault of the last request, -1: none */
};

/* Sits down with an identifier of its own. REM_LIMIT: there is no seat. */
int rem_ping_init(struct rem_ping *p, struct rem_icmp *i, struct rem_addr to);

/* Asks for an echo of `size` bytes, in the next frame that goes out. */
void rem_ping_ask(struct rem_ping *p, uint16_t size);

#endif
