/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Group Management Protocol: version 1 of RFC 1112, 2 of RFC 2236, 3 of RFC 3376, and
 * the one of RFC 988 before them.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      | Max Resp Time |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         Group Address                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Resv  |S| QRV |     QQIC      |     Number of Sources         |  version 3 queries
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * Reports of version 3 have reserved bytes and a number of records instead, and each record:
 *
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Record Type  |  Aux Data Len |     Number of Sources         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Multicast Address                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_IGMP_H
#define REMORA_IGMP_H

#include <remora/bits.h>

enum {
	REM_IGMP_TYPE = REM_BYTES(0, 1),
	REM_IGMP_MAX = REM_BYTES(1, 1),         /* response time, in tenths of a second */
	REM_IGMP_MAX_FLOAT = REM_BITS(8, 1),    /* from 128 on it is exponent and mantissa */
	REM_IGMP_MAX_EXP = REM_BITS(9, 3),
	REM_IGMP_MAX_MANT = REM_BITS(12, 4),
	REM_IGMP_SUM = REM_BYTES(2, 2),
	REM_IGMP_GROUP = REM_BYTES(4, 4),

	REM_IGMP_RESV = REM_BITS(64, 4),        /* of a query of version 3 */
	REM_IGMP_S = REM_BITS(68, 1),
	REM_IGMP_QRV = REM_BITS(69, 3),
	REM_IGMP_QQIC = REM_BYTES(9, 1),
	REM_IGMP_SOURCES = REM_BYTES(10, 2),

	REM_IGMP_RECORDS = REM_BYTES(6, 2),     /* of a report of version 3 */

	REM_IGMP_HEADER = 8,            /* bytes of versions 1 and 2, and of version 3 reports */
	REM_IGMP_HEADER_0 = 20,         /* of version 0 */
	REM_IGMP_QUERY_3 = 12,          /* bytes of a version 3 query: that is how it is known */
	REM_IGMP_FLOAT = 128,           /* from here on a maximum is exponent and mantissa */
};

enum {
	REM_IGMP_RECORD_TYPE = REM_BYTES(0, 1),
	REM_IGMP_RECORD_AUX = REM_BYTES(1, 1),  /* words of 4 bytes */
	REM_IGMP_RECORD_SOURCES = REM_BYTES(2, 2),
	REM_IGMP_RECORD_GROUP = REM_BYTES(4, 4),

	REM_IGMP_RECORD_HEADER = 8,             /* bytes */

	/* A traceroute: as above to the group, then who, and what routers on the way have added */
	REM_IGMP_TRACE_SOURCE = REM_BYTES(8, 4),
	REM_IGMP_TRACE = 24,
	REM_IGMP_TRACE_HOP = 32,
};

/* Types: IANA, IGMP Type Numbers. */
enum {
	REM_IGMP_V0_LAST = 0x08,                /* RFC 988 has those up to here */
	REM_IGMP_QUERY = 0x11,
	REM_IGMP_REPORT_1 = 0x12,
	REM_IGMP_DVMRP = 0x13,
	REM_IGMP_PIM = 0x14,
	REM_IGMP_REPORT_2 = 0x16,
	REM_IGMP_LEAVE = 0x17,
	REM_IGMP_MTRACE_RESPONSE = 0x1e,
	REM_IGMP_MTRACE = 0x1f,
	REM_IGMP_REPORT_3 = 0x22,
	REM_IGMP_IGAP_FIRST = 0x40,
	REM_IGMP_IGAP_LAST = 0x42,
};

#endif
