/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Address Resolution Protocol: RFC 826, and its reverse: RFC 903. Below the header stand the
 * addresses for the only case that matters today, IPv4 over Ethernet.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Hardware type         |         Protocol type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Hardware size | Protocol size |           Operation           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  Sender hardware address                      |
 * +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                               |   Sender protocol address     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   Sender protocol address     |   Target hardware address     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 * |                                                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  Target protocol address                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_ARP_H
#define REMORA_ARP_H

#include <remora/bits.h>

enum {
	REM_ARP_HTYPE = REM_BYTES(0, 2),
	REM_ARP_PTYPE = REM_BYTES(2, 2),
	REM_ARP_HSIZE = REM_BYTES(4, 1),
	REM_ARP_PSIZE = REM_BYTES(5, 1),
	REM_ARP_OP = REM_BYTES(6, 2),

	REM_ARP_HEADER = 8,                     /* bytes */

	REM_ARP_SHA = REM_BYTES(8, 6),          /* of IPv4 over Ethernet, from here on */
	REM_ARP_SPA = REM_BYTES(14, 4),
	REM_ARP_THA = REM_BYTES(18, 6),
	REM_ARP_TPA = REM_BYTES(24, 4),

	REM_ARP_LENGTH = 28,                    /* bytes */
};

/* Hardware types: IANA, ARP Parameters. */
enum {
	REM_ARP_ETHERNET = 1,
	REM_ARP_AX25 = 3,
	REM_ARP_IEEE802 = 6,
	REM_ARP_ATM = 19,                       /* has a header of its own: RFC 2225 */
};

/* Operations: IANA, ARP Parameters. */
enum {
	REM_ARP_REQUEST = 1,
	REM_ARP_REPLY = 2,
};

/*
 * Checks a message with addresses of any size; its payload is the four addresses. REM_LENGTH with
 * bad = REM_ARP_HSIZE: they are longer than the message.
 */
int rem_arp_check(struct rem_view v, struct rem_head *h);

/* Is this, all of it here, a message about IPv4 over Ethernet? */
bool rem_arp_is_ipv4(struct rem_view v);

#endif
