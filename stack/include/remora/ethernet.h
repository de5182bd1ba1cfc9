/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ethernet: IEEE 802.3 clause 3, DIX Ethernet II (RFC 894), padding to 60 bytes.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Destination                          |
 * +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                               |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 * |                            Source                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Type or length        |  payload …
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_ETHERNET_H
#define REMORA_ETHERNET_H

#include <remora/bits.h>

enum {
	REM_ETH_DST = REM_BYTES(0, 6),
	REM_ETH_SRC = REM_BYTES(6, 6),
	REM_ETH_TYPE = REM_BYTES(12, 2),

	REM_ETH_HEADER = 14,            /* bytes */
	REM_ETH_LEAST = 60,             /* bytes of the shortest frame, without its FCS */
	REM_ETH_MAX_LENGTH = 1500,      /* the field is a length up to here … */
	REM_ETH_MIN_TYPE = 0x600,       /* … and a type from here: 802.3 3.2.6 */
};

enum {
	REM_ETHERTYPE_LLC = 0x0004,     /* no EtherType: what Linux calls 802.2 frames, and so do we */
	REM_ETHERTYPE_IPV4 = 0x0800,
	REM_ETHERTYPE_ARP = 0x0806,
	REM_ETHERTYPE_TEB = 0x6558,     /* transparent Ethernet bridging: Ethernet inside GRE */
	REM_ETHERTYPE_RARP = 0x8035,
	REM_ETHERTYPE_CVLAN = 0x8100,
	REM_ETHERTYPE_IPV6 = 0x86dd,
	REM_ETHERTYPE_PPP = 0x880b,
	REM_ETHERTYPE_PPPOE_D = 0x8863,
	REM_ETHERTYPE_PPPOE_S = 0x8864,
	REM_ETHERTYPE_SVLAN = 0x88a8,
	REM_ETHERTYPE_QINQ = 0x9100,    /* service tags before 802.1ad gave them a number */
};

/* Novell's 802.3 frames have no LLC header: their payload begins with an IPX checksum, all ones. */
static inline bool rem_is_novell_raw(struct rem_view v)
{
	return v.cap >= 2 && rem_be16(v.p) == 0xffff;
}

/*
 * Checks the header. The payload of a frame with a length is that long, the rest is its trailer.
 * A field of 0 is taken for a type.
 * REM_SHORT, REM_LENGTH: no 14 bytes; REM_LENGTH with bad = REM_ETH_TYPE: the length is larger
 * than the frame; REM_FIELD with bad = REM_ETH_TYPE: 1501 to 1535, neither length nor type.
 */
int rem_ethernet_check(struct rem_view v, struct rem_head *h);

#endif
