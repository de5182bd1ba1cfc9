/* SPDX-License-Identifier: BSD-3-Clause */
/* Raw IP: no link layer at all; the first four bits say which IP it is. LINKTYPE_RAW. */
#include "core/decode.h"
#include <remora/text.h>

/* clang-format off */
static const struct rem_field raw_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Raw packet", NONE, DEC, NONE, NULL, "An IP packet without a link layer.",
		  .flags = REM_F_HIDDEN),
};
static const struct rem_table raw_tables[] = { REM_TABLE("Raw IP", raw_fields, .flags = REM_TABLE_ONCE) };

static const struct rem_bind raw_binds[] = {
	{REM_SPACE_LINKTYPE, 101},                      /* LINKTYPE_RAW */
	{REM_SPACE_LINKTYPE, 12}, {REM_SPACE_LINKTYPE, 14}, /* what DLT_RAW is on some systems */
};
/* clang-format on */

static int raw_decode(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, 0, v.p, 0);
	rem_next(b, REM_SPACE_FAMILY, v.p[0] >> 4, v);
	return (int)v.cap;
}

const struct rem_proto rem_proto_raw = {
	.table = raw_tables,
	.tables = REM_COUNT(raw_tables),
	.bind = raw_binds,
	.binds = REM_COUNT(raw_binds),
	.decode = raw_decode,
	.spaces = 1 << REM_SPACE_FAMILY,
	REM_PROTO_NAMES("raw", "Raw IP", "Raw IP", "LINKTYPE_RAW"),
};

rem_info *const rem_info_raw = NULL;
