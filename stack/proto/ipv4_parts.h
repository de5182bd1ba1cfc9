/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of IPv4 share: its tables, its options. */
#ifndef PROTO_IPV4_PARTS_H
#define PROTO_IPV4_PARTS_H

#include "core/decode.h"
#include <remora/ipv4.h>

/* Options, counted from their type. */
enum {
	OPT_TYPE = REM_BYTES(0, 1), OPT_COPY = REM_BITS(0, 1), OPT_CLASS = REM_BITS(1, 2),
	OPT_NUMBER = REM_BITS(3, 5), OPT_LENGTH = REM_BYTES(1, 1),
	OPT_POINTER = REM_BYTES(2, 1),
	TS_OVERFLOW = REM_BITS(24, 4), TS_FLAG = REM_BITS(28, 4),
	QS_FUNCTION = REM_BITS(16, 4), QS_RATE = REM_BITS(20, 4), QS_TTL = REM_BYTES(3, 1),
	QS_NONCE = REM_BITS(32, 30), QS_RESERVED = REM_BITS(62, 2),
};

enum {
	OPT_END = 0, OPT_NOP = 1, OPT_SECURITY = 130, OPT_LSRR = 131, OPT_TS = 68,
	OPT_EXT_SECURITY = 133, OPT_CIPSO = 134, OPT_RR = 7, OPT_SID = 136, OPT_SSRR = 137,
	OPT_MTU_PROBE = 11, OPT_MTU_REPLY = 12, OPT_TRACEROUTE = 82, OPT_ALERT = 148, OPT_SDB = 149,
	OPT_QS = 25,

	OPT_HEAD = 2,                   /* bytes: type and length */
	ROUTE_FIRST = 4,                /* the pointer's value for the first address */
	TS_ADDRESSES = 1, TS_PRESPECIFIED = 3,  /* flags: an address in front of each timestamp */
	TS_HEAD = 4,                    /* bytes */
	SECURITY_RFC791 = 11,           /* bytes of the option before RFC 1108 */
	CIPSO_HEAD = 6,                 /* bytes, up to the first tag */
};

enum {
	TABLE_HEADER, TABLE_ROUTED, TABLE_SURPLUS, TABLE_OPTION, TABLE_END, TABLE_NOP,
	TABLE_SECURITY, TABLE_SECURITY_791, TABLE_AUTHORITY, TABLE_AUTHORITIES, TABLE_LSRR,
	TABLE_TS, TABLE_TS_VALUES, TABLE_TS_PAIRS, TABLE_EXT_SECURITY, TABLE_CIPSO,
	TABLE_CIPSO_TAG, TABLE_RR, TABLE_SID, TABLE_SSRR, TABLE_MTU_PROBE, TABLE_MTU_REPLY,
	TABLE_TRACEROUTE, TABLE_ALERT, TABLE_SDB, TABLE_SDB_ADDRESSES, TABLE_QS, TABLE_ADDRESSES,
	TABLE_BEHIND,
	TABLE_COUNT,
};

/* Rows of the header, up to the last one that can be believed. */
enum { ROWS_TO_VERSION = 1, ROWS_TO_IHL = 2, ROWS_TO_TOTAL = 6, ROW_SRC = 17, ROW_DST = 21 };

/* An address of a route: how far the datagram has come says which row it is. */
enum { ADDRESS_RECORDED = 0, ADDRESS_EMPTY = 2, ADDRESS_AHEAD = 4, ADDRESS_FINAL = 6 };
enum { ADDRESS_ROWS = 2, ADDRESS_FINAL_ROWS = 4 };

enum { CIPSO_TAG, CIPSO_LENGTH, CIPSO_ALIGNMENT, CIPSO_LEVEL, CIPSO_CATEGORIES, CIPSO_DATA };

extern const struct rem_table rem_ipv4_tables[TABLE_COUNT];

/* Values of rows. */
rem_calc rem_ipv4_total_length, rem_ipv4_sum_status, rem_ipv4_sum_calculated;
rem_calc rem_ipv4_text;
rem_calc rem_ipv4_qs_request, rem_ipv4_qs_report, rem_ipv4_qs_any, rem_ipv4_qs_ttl_diff;

/* Pushes the options. False: one is too short for what it must hold, and nobody knows what follows. */
bool rem_ipv4_decode_options(struct rem_breakdown *b, struct rem_view options);

/*
 * Is there a source route that the datagram has not come to the end of? Then its last address, of
 * which *final says where it stands, is the destination.
 */
bool rem_ipv4_is_routed(struct rem_view options, const uint8_t **final);

/* May there be one behind the cut? Not if the options end, or lie, before it. */
bool rem_ipv4_may_be_routed(struct rem_view options);

#endif
