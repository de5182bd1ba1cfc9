/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * UDP: who sits at which port. A conversation's end is a node of the caller's:
 *
 *	node.port     the port that it has; 0 is nobody's
 *	node.peer     0: anybody may write to it; else only path->to at this port may
 *	node.path     where it sends; NULL: it only answers
 *	demux         a datagram's bytes are p[off] to p[end - 1], from f->src, f->sport to f->dst,
 *	              f->dport. > 0: an answer of so many bytes at p[off] goes back
 *	encap         writes a datagram's bytes at p[off]; f->dport, f->ttl, f->tos may be changed
 *
 * Who is connected goes before who is not; datagrams to a group reach everybody at the port.
 * RFC 768, RFC 1122 4.1.
 */
#ifndef REMORA_NET_UDP_H
#define REMORA_NET_UDP_H

#include <remora/net_ip.h>

struct rem_udp {
	struct rem_node node;
	struct rem_seats up;
	struct rem_ip *ip;
};

/* Becomes a node with n seats, and sits down at `ip`. REM_LIMIT: there is no seat. */
int rem_udp_init(struct rem_udp *u, struct rem_ip *ip, struct rem_seat *seat, uint16_t n);

/* A port that is nobody's, at random from 49152 to 65535: RFC 6056 3.3.1. 0: all are somebody's. */
uint16_t rem_udp_free_port(const struct rem_udp *u);

#endif
