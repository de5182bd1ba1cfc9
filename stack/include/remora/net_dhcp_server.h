/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A DHCP server: one subnet, one range of addresses, a place of the caller's table for each. RFC 2131
 * 4.3, RFC 6842 (the client's identifier comes back). It answers in the frame that asked.
 */
#ifndef REMORA_NET_DHCP_SERVER_H
#define REMORA_NET_DHCP_SERVER_H

#include <remora/dhcp.h>
#include <remora/node.h>

enum { REM_DHCP_ID = 28 }; /* bytes of a client's identifier that are remembered */

enum rem_dhcp_place_state {
	REM_DHCP_FREE,     /* but whose it was is remembered, so that he may get it again */
	REM_DHCP_OFFERED,  /* kept for a minute */
	REM_DHCP_LEASED,
	REM_DHCP_DECLINED, /* somebody else uses it: left alone for an hour */
};

/* An address of the range, and whose it is. */
struct rem_dhcp_place {
	rem_time until; /* when its state is over: then it is as good as free; REM_NEVER */
	uint8_t id[REM_DHCP_ID]; /* option 61, or hardware type and address */
	uint8_t id_bytes;        /* of the whole identifier; 0: nobody has had it */
	uint8_t state;           /* enum rem_dhcp_place_state */
};

/* A child of UDP. What stands first is the caller's to set, and to change at any time; addresses in
 * host order, 0: none. */
struct rem_dhcp_server {
	struct rem_node node;
	uint32_t addr, mask;       /* our own, and the subnet's */
	uint32_t router, dns[2], ntp;
	const char *domain;        /* NULL: none */
	uint32_t seconds;          /* that a lease lasts */
	uint32_t first;            /* address of place[0] */
	struct rem_dhcp_place *place;
	uint16_t places;
	/* Place number i has changed: to be written down, so that leases outlive us. May be NULL. Who
	 * restores them fills in the table before the first frame comes. */
	void (*changed)(struct rem_dhcp_server *s, unsigned i);
	void *user;
	uint8_t link[6]; /* where the answer goes that is on its way */
};

/* Becomes a node at port 67, all else is 0. The table is not cleared: it may have been restored. */
void rem_dhcp_server_init(struct rem_dhcp_server *s, struct rem_dhcp_place *place, uint16_t places);

#endif
