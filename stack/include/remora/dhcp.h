/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Dynamic Host Configuration Protocol: RFC 2131, in the message of BOOTP: RFC 951. Options:
 * RFC 2132.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      op       |     htype     |     hlen      |     hops      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                              xid                              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             secs              |B|            flags            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            ciaddr                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            yiaddr                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            siaddr                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            giaddr                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       chaddr (16 bytes)                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       sname (64 bytes)                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       file (128 bytes)                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     cookie 99.130.83.99                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           options …                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_DHCP_H
#define REMORA_DHCP_H

#include <remora/bits.h>
#include <remora/tlv.h>

enum {
	REM_DHCP_OP = REM_BYTES(0, 1),
	REM_DHCP_HTYPE = REM_BYTES(1, 1),
	REM_DHCP_HLEN = REM_BYTES(2, 1),
	REM_DHCP_HOPS = REM_BYTES(3, 1),
	REM_DHCP_XID = REM_BYTES(4, 4),
	REM_DHCP_SECS = REM_BYTES(8, 2),
	REM_DHCP_FLAGS = REM_BYTES(10, 2),
	REM_DHCP_BROADCAST = REM_BITS(80, 1),
	REM_DHCP_RESERVED = REM_BITS(81, 15),
	REM_DHCP_CIADDR = REM_BYTES(12, 4),
	REM_DHCP_YIADDR = REM_BYTES(16, 4),
	REM_DHCP_SIADDR = REM_BYTES(20, 4),
	REM_DHCP_GIADDR = REM_BYTES(24, 4),
	REM_DHCP_CHADDR = REM_BYTES(28, 16),
	REM_DHCP_SNAME = REM_BYTES(44, 64),
	REM_DHCP_FILE = REM_BYTES(108, 128),

	REM_DHCP_HEADER = 236, /* bytes */

	REM_DHCP_COOKIE = REM_BYTES(236, 4), /* of DHCP, from here on */

	REM_DHCP_OPTIONS = 240, /* bytes */
};

enum { REM_DHCP_MAGIC = 0x63825363 }; /* the cookie's value */

enum { REM_DHCP_BOOTREQUEST = 1, REM_DHCP_BOOTREPLY = 2 };

/* Messages: RFC 2132 9.6, the values of option REM_DHCP_TYPE. */
enum {
	REM_DHCP_DISCOVER = 1,
	REM_DHCP_OFFER = 2,
	REM_DHCP_REQUEST = 3,
	REM_DHCP_DECLINE = 4,
	REM_DHCP_ACK = 5,
	REM_DHCP_NAK = 6,
	REM_DHCP_RELEASE = 7,
	REM_DHCP_INFORM = 8,
};

/* Options that a client or server cannot do without: IANA, BOOTP and DHCP parameters. */
enum {
	REM_DHCP_PAD = 0,
	REM_DHCP_MASK = 1,
	REM_DHCP_ROUTER = 3,
	REM_DHCP_DNS = 6,
	REM_DHCP_HOSTNAME = 12,
	REM_DHCP_DOMAIN = 15,
	REM_DHCP_MTU = 26,
	REM_DHCP_NTP = 42,
	REM_DHCP_VENDOR = 43,
	REM_DHCP_REQUESTED = 50,
	REM_DHCP_LEASE = 51,
	REM_DHCP_OVERLOAD = 52,
	REM_DHCP_TYPE = 53,
	REM_DHCP_SERVER = 54,
	REM_DHCP_PARAMETERS = 55,
	REM_DHCP_MESSAGE = 56,
	REM_DHCP_RENEWAL = 58,
	REM_DHCP_REBINDING = 59,
	REM_DHCP_VENDOR_CLASS = 60,
	REM_DHCP_SEARCH = 119,
	REM_DHCP_SIP = 120,
	REM_DHCP_ROUTES = 121,
	REM_DHCP_ROUTES_MICROSOFT = 249,
	REM_DHCP_CLIENT_ID = 61,
	REM_DHCP_END = 255,
};

/* Bits of option REM_DHCP_OVERLOAD: which fields hold options instead of a name. */
enum { REM_DHCP_OVERLOAD_FILE = 1, REM_DHCP_OVERLOAD_SNAME = 2 };

/*
 * Checks a message; its payload is what follows the 236 bytes of BOOTP. REM_FIELD with
 * bad = REM_DHCP_COOKIE: what follows is not DHCP's.
 */
int rem_dhcp_check(struct rem_view v, struct rem_head *h);

/* An option: a tag, a length, a value. */
extern const struct rem_tlv rem_dhcp_option;

/*
 * A walk over all options of a message: those at its end, then those in the fields file and sname
 * if option REM_DHCP_OVERLOAD says that options stand there. Begin with rem_dhcp_walk().
 */
struct rem_dhcp_walk {
	struct rem_view message;
	struct rem_view rest;
	uint8_t overload; /* fields yet to be walked */
};

struct rem_dhcp_walk rem_dhcp_walk(struct rem_view message);

/* The next option that is neither padding nor an end nor broken. False: there is none. */
bool rem_dhcp_next(struct rem_dhcp_walk *walk, struct rem_tlv_item *item);

/* The first option with a tag and at least so many bytes of value. */
bool rem_dhcp_find(struct rem_view message, unsigned tag, uint32_t least, struct rem_view *value);

#endif
