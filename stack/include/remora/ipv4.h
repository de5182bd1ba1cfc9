/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Protocol, version 4: RFC 791 3.1.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version|  IHL  |Type of Service|          Total Length         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Identification        |Flags|      Fragment Offset    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Time to Live |    Protocol   |         Header Checksum       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Source Address                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Destination Address                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Options                    |    Padding    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_IPV4_H
#define REMORA_IPV4_H

#include <remora/bits.h>
#include <remora/tlv.h>

enum {
	REM_IPV4_VERSION = REM_BITS(0, 4),
	REM_IPV4_IHL = REM_BITS(4, 4),          /* 32-bit words */
	REM_IPV4_TOS = REM_BITS(8, 8),
	REM_IPV4_DSCP = REM_BITS(8, 6),         /* RFC 2474 3 */
	REM_IPV4_ECN = REM_BITS(14, 2),         /* RFC 3168 5 */
	REM_IPV4_TOTAL = REM_BITS(16, 16),      /* bytes, header and payload */
	REM_IPV4_ID = REM_BITS(32, 16),
	REM_IPV4_FLAGS = REM_BITS(48, 3),
	REM_IPV4_RESERVED = REM_BITS(48, 1),
	REM_IPV4_DF = REM_BITS(49, 1),
	REM_IPV4_MF = REM_BITS(50, 1),
	REM_IPV4_OFFSET = REM_BITS(51, 13),     /* 8 bytes each */
	REM_IPV4_FRAGMENT = REM_BITS(50, 14),   /* MF and offset: not 0 in a fragment */
	REM_IPV4_TTL = REM_BITS(64, 8),         /* hops */
	REM_IPV4_PROTO = REM_BITS(72, 8),
	REM_IPV4_SUM = REM_BITS(80, 16),
	REM_IPV4_SRC = REM_BITS(96, 32),
	REM_IPV4_DST = REM_BITS(128, 32),

	REM_IPV4_HEADER = 20,                   /* bytes, without options */
};

/*
 * Checks the header. The payload of a first fragment has an unknown wire length, since the
 * datagram goes on elsewhere; a total length of 0 (segmentation offload) means all that is there.
 * REM_FIELD, bad = VERSION: not version 4. REM_LENGTH, bad = IHL: less than 5 words, or more than
 * there are; bad = TOTAL: less than the header, or more than there is. The checksum is not summed.
 */
int rem_ipv4_check(struct rem_view v, struct rem_head *h);

/* A header like most: without options, of a datagram that is no fragment and all here. */
static inline bool rem_ipv4_is_plain(struct rem_view v)
{
	return v.cap >= REM_IPV4_HEADER && v.p[0] == (4 << 4 | REM_IPV4_HEADER / 4) &&
	       rem_get(v.p, REM_IPV4_FRAGMENT) == 0 &&
	       rem_get(v.p, REM_IPV4_TOTAL) - REM_IPV4_HEADER <= v.cap - REM_IPV4_HEADER;
}

/*
 * The address that a datagram with a whole header of n bytes ends up at: the last one of a source
 * route that is not used up, else the destination. It is what checksums of the payload are over.
 */
const uint8_t *rem_ipv4_final(const uint8_t *p, uint32_t n);

/* Options: RFC 791 3.1. Walk rem_ipv4_options(v, h) with rem_tlv_next(&rem_ipv4_option, …). */
extern const struct rem_tlv rem_ipv4_option;

static inline struct rem_view rem_ipv4_options(struct rem_view v, const struct rem_head *h)
{
	return (struct rem_view){v.p + REM_IPV4_HEADER, h->len - REM_IPV4_HEADER,
				 4 * rem_get(v.p, REM_IPV4_IHL) - REM_IPV4_HEADER};
}

#endif
