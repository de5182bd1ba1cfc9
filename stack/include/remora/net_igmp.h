/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Groups of IPv4: who joins one gets its datagrams, and the routers of the link hear of it by IGMP:
 * version 3, or 2 for as long as a router speaks that. RFC 1112, RFC 2236, RFC 3376 (hosts that want
 * every source).
 */
#ifndef REMORA_NET_IGMP_H
#define REMORA_NET_IGMP_H

#include <remora/net_ip.h>

/* A group that somebody here has joined. */
struct rem_group {
	struct rem_addr addr;   /* family 0: a free place */
	uint16_t members;       /* how often it was joined; 0: it is being left */
	uint8_t reports;        /* to be sent still without being asked */
	bool answer;            /* a router wants to know */
	rem_time due;           /* of the next report */
};

struct rem_igmp {
	struct rem_node node;
	struct rem_ip_groups groups;
	struct rem_ether_groups link;
	struct rem_ip *ip;
	struct rem_group *group;
	uint16_t count;
	struct rem_path path;
	rem_time v2_until;      /* a router of version 2 was heard: RFC 3376 7.2.1 */
};

/* Becomes a node, sits down at `ip`, and lets groups pass at `ether`. n: groups at a time. */
int rem_igmp_init(struct rem_igmp *g, struct rem_ether *ether, struct rem_ip *ip,
		  struct rem_group *group, uint16_t n);

/* Joins a group, or leaves it; as often as it was joined it must be left. REM_FIELD: it is no group of IPv4.
 * REM_LIMIT: there is no place for one more. */
int rem_igmp_join(struct rem_igmp *g, struct rem_addr group, rem_time now);
int rem_igmp_leave(struct rem_igmp *g, struct rem_addr group, rem_time now);

#endif
