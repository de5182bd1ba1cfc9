/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ethernet, the lowest node: who is asked for (our address, broadcast, groups), which child speaks
 * the EtherType, the header on the way out, padding. IEEE 802.3 clause 3, RFC 894, RFC 1112 6.4.
 */
#ifndef REMORA_NET_ETHERNET_H
#define REMORA_NET_ETHERNET_H

#include <remora/ethernet.h>
#include <remora/node.h>

struct rem_ether;

/* Who wants frames of groups: one for each protocol that has some, in a list. */
struct rem_ether_groups {
	bool (*wants)(const struct rem_ether_groups *g, const uint8_t address[6]);
	struct rem_ether_groups *next;
};

/* A tag between header and payload; see rem_vlan. */
struct rem_ether_tag {
	/* The header's type is `type`, and behind it, at p[off], stands the tag. Returns the type that it says; < 0: the
	 * frame is not of our VLAN, and the verdict is written. */
	int (*read)(const struct rem_ether_tag *t, struct rem_frame *f, uint32_t off, int type);
	/* Writes the tag and the type that follows it. */
	void (*write)(const struct rem_ether_tag *t, uint8_t *p, uint32_t type);
	uint8_t bytes;
};

struct rem_ether {
	struct rem_node node;
	struct rem_seats up; /* ARP, IP: found by their EtherType in node.proto */
	struct rem_ether_groups *groups;
	const struct rem_ether_tag *tag; /* NULL: frames are untagged */
	uint8_t address[6];
#if REM_SHORT_CUTS
	uint8_t known[REM_ETH_HEADER]; /* the last header for us alone that was good, */
	struct rem_seat knows;         /* and who has got what was behind it */
#endif
};

/* Becomes a node with n seats; `address` is copied. */
void rem_ether_init(struct rem_ether *e, const uint8_t address[6], struct rem_seat *seat,
		    uint16_t n);

/* One VLAN of a tagged link: IEEE 802.1Q. Frames of others, and untagged ones, are ignored. */
struct rem_vlan {
	struct rem_ether_tag tag;
	uint16_t id;      /* 1 to 4094 */
	uint8_t priority; /* 0 to 7, written into our own frames */
};

/* From now on e speaks in a VLAN. v->id and v->priority are the caller's to fill in. */
void rem_vlan_init(struct rem_vlan *v, struct rem_ether *e);

#endif
