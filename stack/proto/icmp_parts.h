/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of ICMP share: its tables, the extensions of its messages. */
#ifndef PROTO_ICMP_PARTS_H
#define PROTO_ICMP_PARTS_H

#include "core/decode.h"
#include <remora/icmp.h>

enum {
	TABLE_PLAIN, TABLE_ECHO, TABLE_TIMESTAMP, TABLE_MASK, TABLE_UNREACHABLE,
	TABLE_UNREACHABLE_SIZED, TABLE_MTU, TABLE_MTU_SIZED, TABLE_REDIRECT, TABLE_PARAMETER,
	TABLE_PARAMETER_SIZED, TABLE_ROUTER, TABLE_ROUTER_ENTRY, TABLE_EXTENDED,
	TABLE_EXTENDED_REPLY, TABLE_STAMP, TABLE_REST,
	/* Extensions */
	TABLE_EXT, TABLE_OBJECT, TABLE_CLASSED, TABLE_MPLS, TABLE_VALUE, TABLE_ROLE,
	/* Mobile IP */
	TABLE_MIP_PADDING, TABLE_MIP, TABLE_MIP_AGENT, TABLE_MIP_COA, TABLE_MIP_PREFIX,
	TABLE_COUNT,
};

/* An extension structure: RFC 4884 7 and 8. */
enum {
	EXT_VERSION = REM_BITS(0, 4), EXT_RESERVED = REM_BITS(4, 12), EXT_SUM = REM_BYTES(2, 2),
	EXT_HEADER = 4,                 /* bytes */
	OBJECT_LENGTH = REM_BYTES(0, 2), OBJECT_CLASS = REM_BYTES(2, 1), OBJECT_TYPE = REM_BYTES(3, 1),
	OBJECT_HEADER = 4,

	EXT_ROWS_TO_MARK = 1, EXT_ROWS_TO_RESERVED = 3, /* of structures that are cut */
};

enum { CLASS_MPLS = 1, CLASS_INTERFACE = 2, CLASS_IDENTIFICATION = 3 };

/* Rows of values of variable place: one is pushed at a time. */
enum {
	VALUE_DATA, VALUE_MPLS_DATA,
	VALUE_INFO_INDEX, VALUE_INFO_AFI, VALUE_INFO_IPV4, VALUE_INFO_IPV6, VALUE_INFO_NAME_LENGTH,
	VALUE_INFO_NAME, VALUE_INFO_MTU,
	VALUE_ID_NAME, VALUE_ID_PADDING, VALUE_ID_INDEX, VALUE_ID_AFI, VALUE_ID_LENGTH, VALUE_ID_RESERVED,
	VALUE_ID_IPV4, VALUE_ID_IPV6, VALUE_ID_ADDRESS,
	VALUE_CHALLENGE,
};

/* What an interface is to a datagram, and what is said of it: RFC 5837 4. */
enum {
	ROLE_ROLE = REM_BITS(24, 2), ROLE_RESERVED = REM_BITS(26, 2), ROLE_INDEX = REM_BITS(28, 1),
	ROLE_ADDRESS = REM_BITS(29, 1), ROLE_NAME = REM_BITS(30, 1), ROLE_MTU = REM_BITS(31, 1),
};

enum { AFI_IPV4 = 1, AFI_IPV6 = 2 };

extern const struct rem_table rem_icmp_tables[TABLE_COUNT];
#ifndef REM_NO_NAMES
extern const struct rem_names rem_icmp_type_names;
extern const struct rem_names rem_icmp_unreachable_names;
#endif

/* Values of rows. */
rem_calc rem_icmp_sum_status, rem_icmp_data_time, rem_icmp_data_age, rem_icmp_ext_sum_status;

/* Pushes the extension structure that fills the view. */
void rem_icmp_decode_extensions(struct rem_breakdown *b, struct rem_view v);

/* Pushes the mobile IP extensions behind a router advertisement: RFC 5944 2.1. */
void rem_icmp_decode_mobile(struct rem_breakdown *b, struct rem_view v);

#endif
