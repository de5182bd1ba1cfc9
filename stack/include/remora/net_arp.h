/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ARP: who asks for our addresses is answered, our neighbours' are kept in the caller's entries.
 * Only those are learnt whom we have asked or who asks for us, so that a stranger cannot fill the
 * cache. RFC 826, RFC 1122 2.3.2, RFC 5227 2.4 to 2.6.
 */
#ifndef REMORA_NET_ARP_H
#define REMORA_NET_ARP_H

#include <remora/net_ip.h>

/* In the order in which their entries are given away: those that nobody uses first. */
enum rem_neighbour_state {
	REM_NEIGHBOUR_NONE = 0,
	REM_NEIGHBOUR_SILENT = 1, /* did not answer; not asked again for some seconds */
	REM_NEIGHBOUR_OLD = 2,    /* asked again, by itself, as soon as somebody wants to send */
	REM_NEIGHBOUR_KNOWN = 3,  /* for a minute since it last said so */
	REM_NEIGHBOUR_POLLED = 4, /* still sent to, and asked */
	REM_NEIGHBOUR_ASKED = 5,  /* three times, a second apart: RFC 1122 2.3.2.1 */
};

struct rem_neighbour {
	struct rem_addr addr;
	uint8_t link[6];
	uint8_t state; /* enum rem_neighbour_state */
	uint8_t tries;
	rem_time due; /* when the state ends, or it is asked again */
};

struct rem_arp;

/* Who watches over an address of ours that others claim, or that we want; see net_claim.h. */
struct rem_arp_guard {
	/* A message from somebody else. True: it is about an address that is, or will be, ours, and
	 * the verdict is written. */
	bool (*saw)(struct rem_arp_guard *g, struct rem_frame *f, uint32_t off);
};

struct rem_arp {
	struct rem_node node;
	struct rem_resolver resolver;
	struct rem_ip *ip;
	const struct rem_ether *ether;
	struct rem_arp_guard *guard; /* NULL: a conflict is dropped and counted, no more */
	struct rem_neighbour *entry;
	uint16_t entries;
};

/* Becomes a node, sits down at `ether`, and finds neighbours for `ip`. REM_LIMIT: no seat. */
int rem_arp_init(struct rem_arp *a, struct rem_ether *ether, struct rem_ip *ip,
		 struct rem_neighbour *entry, uint16_t n);

/* A neighbour by its address; NULL: nobody knows it. */
const struct rem_neighbour *rem_arp_find(const struct rem_arp *a, struct rem_addr addr);

/* All that was learnt is forgotten: another network may be at the cable. */
void rem_arp_forget(struct rem_arp *a);

/*
 * Writes a message at p[off] about `target`, from our link address and `sender`, to all: a request
 * (RFC 826), a probe where `sender` is 0 (RFC 5227 1.1), an announcement where both are the same.
 * Returns its bytes.
 */
int rem_arp_write(struct rem_arp *a, struct rem_frame *f, uint32_t off, uint32_t sender,
		  uint32_t target);

#endif
