/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMP for IPv6: RFC 4443 2.1, and its types by IANA.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      |     Code      |          Checksum             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         Message Body                          |
 */
#ifndef REMORA_ICMPV6_H
#define REMORA_ICMPV6_H

#include <remora/bits.h>
#include <remora/tlv.h>

enum {
	REM_ICMPV6_TYPE = REM_BITS(0, 8),
	REM_ICMPV6_CODE = REM_BITS(8, 8),
	REM_ICMPV6_SUM = REM_BITS(16, 16),
	REM_ICMPV6_ID = REM_BITS(32, 16),       /* of echo request and reply */
	REM_ICMPV6_SEQ = REM_BITS(48, 16),
	REM_ICMPV6_TARGET = REM_BITS(64, 128),  /* of neighbor solicitation, advertisement, redirect */

	REM_ICMPV6_HEADER = 4,                  /* bytes */
};

enum {
	REM_ICMPV6_UNREACHABLE = 1,
	REM_ICMPV6_TOO_BIG = 2,
	REM_ICMPV6_TIME_EXCEEDED = 3,
	REM_ICMPV6_PARAMETER = 4,
	REM_ICMPV6_ECHO = 128,
	REM_ICMPV6_ECHO_REPLY = 129,
	REM_ICMPV6_MLD_QUERY = 130,
	REM_ICMPV6_MLD_REPORT = 131,
	REM_ICMPV6_MLD_DONE = 132,
	REM_ICMPV6_RS = 133,
	REM_ICMPV6_RA = 134,
	REM_ICMPV6_NS = 135,
	REM_ICMPV6_NA = 136,
	REM_ICMPV6_REDIRECT = 137,
	REM_ICMPV6_RENUMBER = 138,
	REM_ICMPV6_NODE_QUERY = 139,
	REM_ICMPV6_NODE_REPLY = 140,
	REM_ICMPV6_IND_SOLICIT = 141,
	REM_ICMPV6_IND_ADVERT = 142,
	REM_ICMPV6_MLD2_REPORT = 143,
	REM_ICMPV6_HOME_REQUEST = 144,
	REM_ICMPV6_HOME_REPLY = 145,
	REM_ICMPV6_PREFIX_SOLICIT = 146,
	REM_ICMPV6_PREFIX_ADVERT = 147,
	REM_ICMPV6_PATH_SOLICIT = 148,
	REM_ICMPV6_PATH_ADVERT = 149,
	REM_ICMPV6_MRD_ADVERT = 151,
	REM_ICMPV6_MRD_SOLICIT = 152,
	REM_ICMPV6_MRD_TERMINATE = 153,
	REM_ICMPV6_RPL = 155,
	REM_ICMPV6_DUPLICATE_REQUEST = 157,
	REM_ICMPV6_DUPLICATE_CONFIRM = 158,
	REM_ICMPV6_EXT_ECHO = 160,
	REM_ICMPV6_EXT_ECHO_REPLY = 161,
};

/* Options of neighbor discovery: RFC 4861 4.6, IANA. */
enum {
	REM_NDP_SOURCE = 1,
	REM_NDP_TARGET = 2,
	REM_NDP_PREFIX = 3,
	REM_NDP_REDIRECTED = 4,
	REM_NDP_MTU = 5,
	REM_NDP_ROUTE = 24,
	REM_NDP_RDNSS = 25,
	REM_NDP_DNSSL = 31,
	REM_NDP_PORTAL = 37,
	REM_NDP_PREF64 = 38,
};

/* Checks that the header is there; the payload is the message's body. */
int rem_icmpv6_check(struct rem_view v, struct rem_head *h);

/*
 * The options of a neighbor discovery message, which rem_tlv_next(&rem_ndp_option, …) walks.
 * Empty for other messages. A length of 0 ends the walk with REM_LENGTH: RFC 4861 4.6.
 */
struct rem_view rem_ndp_options(struct rem_view message);
extern const struct rem_tlv rem_ndp_option;

#endif
