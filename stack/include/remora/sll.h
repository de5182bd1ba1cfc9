/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What captures of Linux's "any" interface have for a link layer: LINKTYPE_LINUX_SLL and
 * LINKTYPE_LINUX_SLL2 of https://www.tcpdump.org/linktypes.html.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Packet type          |          ARPHRD type          |  SLL
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        Address length         |   Address, 8 bytes …          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                               |         Protocol type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Protocol type         |           Reserved            |  SLL2
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Interface index                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          ARPHRD type          |  Packet type  | Address length|
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   Address, 8 bytes …
 * +-+-+-+-+-+-+-+-+-+-+-
 */
#ifndef REMORA_SLL_H
#define REMORA_SLL_H

#include <remora/bits.h>

enum {
	REM_SLL_PACKET = REM_BYTES(0, 2),       /* 0: to us, 1: broadcast, 2: multicast … */
	REM_SLL_HARDWARE = REM_BYTES(2, 2),     /* ARPHRD_ */
	REM_SLL_LENGTH = REM_BYTES(4, 2),       /* of the address; one of 0 bytes is none */
	REM_SLL_ADDRESS = REM_BYTES(6, 8),
	REM_SLL_PROTOCOL = REM_BYTES(14, 2),    /* an EtherType, or a number of Linux's own */

	REM_SLL_HEADER = 16,                    /* bytes */
};

enum {
	REM_SLL2_PROTOCOL = REM_BYTES(0, 2),
	REM_SLL2_RESERVED = REM_BYTES(2, 2),
	REM_SLL2_INDEX = REM_BYTES(4, 4),
	REM_SLL2_HARDWARE = REM_BYTES(8, 2),
	REM_SLL2_PACKET = REM_BYTES(10, 1),
	REM_SLL2_LENGTH = REM_BYTES(11, 1),
	REM_SLL2_ADDRESS = REM_BYTES(12, 8),

	REM_SLL2_HEADER = 20,                   /* bytes */
};

enum { REM_SLL_ROOM = 8 };                      /* bytes for the address, however short it is */

/* Hardware types that change what the protocol means: ARPHRD_ of Linux. */
enum {
	REM_SLL_GRE = 778,
	REM_SLL_NETLINK = 824,
};

/* Linux's own protocols, ETH_P_, below the EtherTypes. */
enum {
	REM_SLL_ETHERNET = 3,
	REM_SLL_PPP = 7,
};

#endif
