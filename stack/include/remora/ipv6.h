/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Protocol, version 6: RFC 8200 3, and its extension headers: RFC 8200 4.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version| Traffic Class |           Flow Label                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                                                               |
 * +                                                               +
 * |                                                               |
 * +                         Source Address                        +
 * |                                                               |
 * +                                                               +
 * |                                                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                                                               |
 * +                                                               +
 * |                                                               |
 * +                      Destination Address                      +
 * |                                                               |
 * +                                                               +
 * |                                                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_IPV6_H
#define REMORA_IPV6_H

#include <remora/bits.h>
#include <remora/tlv.h>

enum {
	REM_IPV6_VERSION = REM_BITS(0, 4),
	REM_IPV6_CLASS = REM_BITS(4, 8),
	REM_IPV6_DSCP = REM_BITS(4, 6),         /* RFC 2474 3 */
	REM_IPV6_ECN = REM_BITS(10, 2),         /* RFC 3168 5 */
	REM_IPV6_FLOW = REM_BITS(12, 20),       /* RFC 6437 */
	REM_IPV6_LENGTH = REM_BITS(32, 16),     /* bytes behind this header */
	REM_IPV6_NEXT = REM_BITS(48, 8),
	REM_IPV6_HOPS = REM_BITS(56, 8),
	REM_IPV6_SRC = REM_BITS(64, 128),
	REM_IPV6_DST = REM_BITS(192, 128),

	REM_IPV6_HEADER = 40,                   /* bytes */
	REM_IPV6_ADDRESS = 16,                  /* bytes */
};

/* What the extension headers begin with, the fragment header apart. */
enum {
	REM_IPV6_EXT_NEXT = REM_BITS(0, 8),
	REM_IPV6_EXT_LENGTH = REM_BITS(8, 8),   /* 8 bytes each, without the first 8 */
};

/* The routing header: RFC 8200 4.4. */
enum {
	REM_IPV6_RH_TYPE = REM_BITS(16, 8),
	REM_IPV6_RH_LEFT = REM_BITS(24, 8),     /* segments */
};

/* The fragment header: RFC 8200 4.5. */
enum {
	REM_IPV6_FRAG_NEXT = REM_BITS(0, 8),
	REM_IPV6_FRAG_RESERVED = REM_BITS(8, 8),
	REM_IPV6_FRAG_OFFSET = REM_BITS(16, 13), /* 8 bytes each */
	REM_IPV6_FRAG_ZEROS = REM_BITS(29, 2),
	REM_IPV6_FRAG_MORE = REM_BITS(31, 1),
	REM_IPV6_FRAG_ID = REM_BITS(32, 32),

	REM_IPV6_FRAG_HEADER = 8,               /* bytes */
};

/* Types of options in hop-by-hop and destination options: IANA. */
enum {
	REM_IPV6_OPT_PAD1 = 0x00,
	REM_IPV6_OPT_PADN = 0x01,
	REM_IPV6_OPT_TUNNEL_LIMIT = 0x04,       /* RFC 2473 4.1.1 */
	REM_IPV6_OPT_ROUTER_ALERT = 0x05,       /* RFC 2711 */
	REM_IPV6_OPT_JUMBO = 0xc2,              /* RFC 2675 */
	REM_IPV6_OPT_HOME = 0xc9,               /* RFC 6275 6.3 */
};

/*
 * Checks the header. A length of 0 is a jumbogram's if it has the option, or a capture's of a
 * segment that the network card is yet to cut up, if more bytes follow than the field could count.
 * REM_FIELD, bad = VERSION: not version 6. REM_LENGTH, bad = LENGTH: more than there is.
 */
int rem_ipv6_check(struct rem_view v, struct rem_head *h);

/* The options of a hop-by-hop or destination options header: RFC 8200 4.2. */
extern const struct rem_tlv rem_ipv6_option;

/* Finds an option in such a header, whose view begins with it. False: it is not there, or cut. */
bool rem_ipv6_find_option(struct rem_view header, uint32_t type, struct rem_view *value);

/*
 * Where a packet with this routing header goes in the end (RFC 8200 8.1): to `to` if no segments
 * are left, else to an address that is written to `last`. Returns one of both. `n`: bytes of the
 * header that are here.
 */
const uint8_t *rem_ipv6_last_segment(const uint8_t *header, uint32_t n, const uint8_t *to,
				     uint8_t last[REM_IPV6_ADDRESS]);

#endif
