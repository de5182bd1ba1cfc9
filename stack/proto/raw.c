/* SPDX-License-Identifier: BSD-3-Clause */
/* IP without a link layer: LINKTYPE_RAW, and the numbers that DLT_RAW had on various systems. */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/text.h>

enum {
	RAW_VERSION = REM_BITS(0, 4),

	PPP_ADDRESS = 0xff03,           /* some devices hand out PPP frames all the same */
};

enum { TABLE_RAW, TABLE_REST };

/* clang-format off */
static const struct rem_field raw_fields[] = {
	REM_FIELD(RAW_VERSION, NULL, "IP version", UINT, DEC, VERSION, "LINKTYPE_RAW",
		  "The first bits of the packet, which tell IPv4 from IPv6.", .flags = REM_F_ALIAS),
};
static const struct rem_field rest_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "LINKTYPE_RAW", "Bytes that the payload does not count."),
};

static const struct rem_table raw_tables[] = {
	[TABLE_RAW] = REM_TABLE("Raw", raw_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REST] = REM_TABLE("Rest", rest_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind raw_binds[] = {
	{REM_SPACE_LINKTYPE, 12}, {REM_SPACE_LINKTYPE, 14}, {REM_SPACE_LINKTYPE, 101},
};
/* clang-format on */

static int raw_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_part *part = rem_push(b, TABLE_RAW, v.p, 1);

	if (v.cap < 2)
		rem_fault(part, rem_lack(v, 2), 0);
	else if (rem_be16(v.p) == PPP_ADDRESS)
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPP, v);
	else
		rem_next(b, REM_SPACE_FAMILY, rem_get(v.p, RAW_VERSION), v);
	return (int)v.cap;
}

static void raw_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_REST, v.p, v.cap);
}

const struct rem_proto rem_proto_raw = {
	.table = raw_tables, .tables = REM_COUNT(raw_tables),
	.bind = raw_binds, .binds = REM_COUNT(raw_binds),
	.decode = raw_decode, .trailer = raw_trailer,
	.spaces = 1 << REM_SPACE_FAMILY | 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("raw", "Raw", "Raw IP", "LINKTYPE_RAW"),
};

rem_info *const rem_info_raw = NULL;
