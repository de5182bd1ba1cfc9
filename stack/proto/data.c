/* SPDX-License-Identifier: BSD-3-Clause */
/* Bytes nobody knows: they stay visible. */
#include "core/decode.h"
#include <remora/text.h>

static rem_calc length;

/* clang-format off */
static const struct rem_field data_fields[] = {
	REM_FIELD(REM_REST(0), "data.data", "Data", BYTES, HEX, PAYLOAD, NULL,
		  "Bytes that no decoder claims."),
	REM_FIELD(REM_BITS(0, 0), "data.len", "Length", UINT, DEC, NONE, NULL,
		  "How many they are.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = length,
		  REM_NAMED(.unit = "bytes")),
};
static const struct rem_table data_tables[] = {
	REM_TABLE("Data", data_fields, .flags = REM_TABLE_ONCE),
};
/* clang-format on */

static bool length(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	v->u = row->part->len;
	return true;
}

static int data_decode(struct rem_breakdown *b, struct rem_view v)
{
	rem_open(b, data_tables, 0, v.p, v.cap);
	return (int)v.cap;
}

const struct rem_proto rem_proto_data = {
	.table = data_tables, .tables = REM_COUNT(data_tables), .decode = data_decode,
	REM_PROTO_NAMES("data", "Data", "Data", NULL),
};

rem_info *const rem_info_data = NULL;
