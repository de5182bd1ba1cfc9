/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * BSD loopback: four bytes of address family in front of the packet, in the byte order of the
 * machine that captured it (LINKTYPE_NULL) or most significant first (LINKTYPE_LOOP).
 */
#include "core/decode.h"
#include <remora/numbers.h>
#include <remora/text.h>

enum { NULL_HEADER = 4 };

enum { TABLE_BIG, TABLE_LITTLE, TABLE_TYPE };

/* clang-format off */
REM_NAMES(family_names, {2, "IPv4"}, {10, "IPv6 (Linux)"}, {24, "IPv6 (NetBSD, OpenBSD)"},
	  {28, "IPv6 (FreeBSD)"}, {30, "IPv6 (macOS)"});

static const struct rem_field big_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "null.family", "Family", UINT, DEC, PROTO, NULL,
		  "The capturing system's number of the address family.", REM_NAMED(.names = &family_names)),
};
static const struct rem_field little_fields[] = {
	REM_FIELD(REM_LE(0, 32), "null.family", "Family", UINT, DEC, PROTO, NULL,
		  "The capturing system's number of the address family.", REM_NAMED(.names = &family_names)),
};
static const struct rem_field type_fields[] = {
	REM_FIELD(REM_BYTES(2, 2), "null.type", "Type", UINT, HEX, PROTO, NULL,
		  "EtherType, where some systems write one.", REM_NAMED(.names = &rem_ethertype_names)),
};
static const struct rem_table null_tables[] = {
	[TABLE_BIG] = REM_TABLE("Loopback", big_fields, .flags = REM_TABLE_ONCE),
	[TABLE_LITTLE] = REM_TABLE("Loopback", little_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TYPE] = REM_TABLE("Loopback", type_fields, .flags = REM_TABLE_ONCE),
};
static const struct rem_bind null_binds[] = {
	{REM_SPACE_LINKTYPE, 0}, {REM_SPACE_LINKTYPE, 108},     /* LINKTYPE_NULL, LINKTYPE_LOOP */
};
/* clang-format on */

/* 4, 6, or 0 for a family that carries neither. */
static uint32_t ip_version(uint32_t family)
{
	switch (family) {
	case 2: return 4;
	case 10:
	case 24:
	case 28:
	case 30: return 6;
	default: return 0;
	}
}

static int null_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < NULL_HEADER) {
		rem_fault(rem_push(b, TABLE_BIG, v.p, v.cap), rem_lack(v, NULL_HEADER), 0);
		return (int)v.cap;
	}
	const struct rem_view rest = rem_view_skip(v, NULL_HEADER);
	const uint32_t big = rem_be32(v.p), little = (uint32_t)rem_le(v.p, 4);
	if (little >> 16 == 0 || big >> 16 == 0) {
		rem_push(b, little >> 16 == 0 ? TABLE_LITTLE : TABLE_BIG, v.p, NULL_HEADER);
		rem_next(b, REM_SPACE_FAMILY, ip_version(little >> 16 == 0 ? little : big), rest);
	} else {
		rem_push(b, TABLE_TYPE, v.p, NULL_HEADER);
		rem_next(b, REM_SPACE_ETHERTYPE, big & 0xffff, rest);
	}
	return (int)v.cap;
}

const struct rem_proto rem_proto_null = {
	.table = null_tables,
	.tables = REM_COUNT(null_tables),
	.bind = null_binds,
	.binds = REM_COUNT(null_binds),
	.decode = null_decode,
	.spaces = 1 << REM_SPACE_FAMILY | 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("null", "Loopback", "BSD loopback", "LINKTYPE_NULL"),
};

rem_info *const rem_info_null = NULL;
