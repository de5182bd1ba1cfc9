/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An address is ours only if nobody else has it: it is probed before it is used, announced, and
 * defended. RFC 5227; and RFC 3927, addresses that a host gives itself where nobody gives it one.
 */
#ifndef REMORA_NET_CLAIM_H
#define REMORA_NET_CLAIM_H

#include <remora/net_arp.h>

enum rem_claim_state {
	REM_CLAIM_NONE = 0,
	REM_CLAIM_PROBING = 1,    /* five to eight seconds */
	REM_CLAIM_ANNOUNCING = 2, /* it is ours, and in use */
	REM_CLAIM_HELD = 3,
	REM_CLAIM_LOST = 4, /* somebody else has it; nobody uses it here any more */
};

struct rem_claim {
	struct rem_node node;
	struct rem_arp_guard guard;
	struct rem_arp *arp;
	void (*changed)(struct rem_claim *c,
			rem_time now); /* c->state is another now; NULL: unheard */
	struct rem_addr addr;
	uint8_t prefix, index; /* of the subnet; of the address at the IP layer */
	uint8_t state;         /* enum rem_claim_state */
	uint8_t sent;          /* messages in this state */
	uint8_t conflicts;     /* since it last held an address */
	bool defend;           /* in the next frame */
	rem_time defended;
};

/* Watches over the address number `index` of the IP layer, and sits down at `ether`. REM_LIMIT: there
 * is no seat. One for each host: `arp` has one guard. */
int rem_claim_init(struct rem_claim *c, struct rem_arp *arp, struct rem_ether *ether,
		   unsigned index);

/* Wants an address: the IP layer has it as soon as it is announced. After ten conflicts the next try
 * waits a minute, RFC 5227 2.1.1. */
void rem_claim_start(struct rem_claim *c, struct rem_addr addr, unsigned prefix, rem_time now);

/* Gives it up: the IP layer has it no more. */
void rem_claim_stop(struct rem_claim *c);

/* Addresses of 169.254/16, one after another until one is free: RFC 3927. */
struct rem_link_local {
	struct rem_claim claim;
	uint32_t tries;
	bool on;
};

int rem_link_local_init(struct rem_link_local *l, struct rem_arp *arp, struct rem_ether *ether,
			unsigned index);
void rem_link_local_start(struct rem_link_local *l, rem_time now);
void rem_link_local_stop(struct rem_link_local *l);

#endif
