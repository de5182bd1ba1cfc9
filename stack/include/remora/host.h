/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A host put together: Ethernet, ARP, IPv4, ICMP and UDP, with a secret. Who wants more attaches it
 * to the parts (TCP, fragments, groups, a VLAN); who wants less puts parts together himself, as
 * samples/first_stack.c does. What varies in number is the caller's, and stays his.
 */
#ifndef REMORA_HOST_H
#define REMORA_HOST_H

#include <remora/net_arp.h>
#include <remora/net_icmp.h>
#include <remora/net_udp.h>

/* What a build may choose. */
#ifndef REM_HOST_ADDRESSES
#define REM_HOST_ADDRESSES 2 /* one, and one that is coming or going */
#endif
#ifndef REM_HOST_ROUTES
#define REM_HOST_ROUTES 2
#endif
#ifndef REM_HOST_LINK_SEATS
#define REM_HOST_LINK_SEATS 3 /* ARP, IP, and one more */
#endif
#ifndef REM_HOST_IP_SEATS
#define REM_HOST_IP_SEATS 5 /* ICMP, UDP, TCP, IGMP, fragments */
#endif

struct rem_host {
	struct rem_ether ether; /* &ether.node is what rem_in and rem_out are called with */
	struct rem_arp arp;
	struct rem_ip ip;
	struct rem_icmp icmp;
	struct rem_udp udp;
	struct rem_secret secret;
	struct rem_seat link_seat[REM_HOST_LINK_SEATS], ip_seat[REM_HOST_IP_SEATS];
	struct rem_ip_address address[REM_HOST_ADDRESSES];
	struct rem_ip_route route[REM_HOST_ROUTES];
};

struct rem_host_tables {
	struct rem_neighbour *neighbour; /* of the ARP cache: as many as one talks to at a time */
	struct rem_seat *udp, *ping;     /* NULL: there are none */
	uint16_t neighbours, udps, pings;
};

/*
 * A host on an Ethernet whose datagrams have mtu bytes (1500). `seed`: 16 bytes that nobody can guess.
 */
void rem_host_init(struct rem_host *h, const uint8_t address[6], uint16_t mtu,
		   const uint8_t seed[16], const struct rem_host_tables *tables);

/* The host's address, its subnet, and the router; each may be of family 0: none. */
void rem_host_configure(struct rem_host *h, struct rem_addr addr, unsigned prefix,
			struct rem_addr router);

#endif
