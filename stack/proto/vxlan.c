/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * VXLAN: RFC 7348 5, with the group policy of draft-smith-vxlan-group-policy.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |G|R|R|R|I|R|R|R|R|D|R|R|A|R|R|R|        Group policy ID        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          VXLAN network identifier (VNI)       |   Reserved    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/text.h>

enum {
	VXLAN_FLAGS = REM_BYTES(0, 2),
	VXLAN_G = REM_BITS(0, 1), VXLAN_I = REM_BITS(4, 1), VXLAN_D = REM_BITS(9, 1), VXLAN_A = REM_BITS(12, 1),
	VXLAN_RESERVED = REM_BITS(1, 15),
	VXLAN_POLICY = REM_BYTES(2, 2), VXLAN_VNI = REM_BYTES(4, 3), VXLAN_RESERVED8 = REM_BYTES(7, 1),

	VXLAN_HEADER = 8,               /* bytes */
	VXLAN_PORT = 4789,
	RESERVED_MASK = 0x77b7,         /* of the flags: those without a name */
};

static rem_calc reserved;

/* clang-format off */
static const struct rem_field vxlan_fields[] = {
	REM_FIELD(VXLAN_FLAGS, "vxlan.flags", "Flags", UINT, HEX, FLAGS, "RFC 7348 5",
		  "What the header says.", .flags = REM_F_CONTAINER),
	REM_FIELD(VXLAN_G, "vxlan.flag_g", "group policy", BOOL, DEC, NONE, "draft-smith-vxlan-group-policy",
		  "There is a group policy ID.", .flags = REM_F_FLAG),
	REM_FIELD(VXLAN_I, "vxlan.flag_i", "VNI", BOOL, DEC, NONE, "RFC 7348 5",
		  "There is a VNI.", .flags = REM_F_FLAG),
	REM_FIELD(VXLAN_D, "vxlan.flag_d", "don't learn", BOOL, DEC, NONE, "draft-smith-vxlan-group-policy",
		  "The source address is not to be learnt.", .flags = REM_F_FLAG),
	REM_FIELD(VXLAN_A, "vxlan.flag_a", "policy applied", BOOL, DEC, NONE, "draft-smith-vxlan-group-policy",
		  "The policy has been applied.", .flags = REM_F_FLAG),
	REM_FIELD(VXLAN_RESERVED, "vxlan.flags_reserved", "Reserved", UINT, HEX, RESERVED, "RFC 7348 5",
		  "Must be zero.", .flags = REM_F_ALIAS, .calc = reserved),
	REM_FIELD(VXLAN_POLICY, "vxlan.gbp", "Group policy ID", UINT, DEC, ID, "draft-smith-vxlan-group-policy",
		  "Group that the sender belongs to."),
	REM_FIELD(VXLAN_VNI, "vxlan.vni", "VNI", UINT, DEC, ID, "RFC 7348 5",
		  "Network that the frame belongs to.", .flags = REM_F_LABEL),
	REM_FIELD(VXLAN_RESERVED8, "vxlan.reserved8", "Reserved", UINT, DEC, RESERVED, "RFC 7348 5",
		  "Must be zero."),
};
static const struct rem_table vxlan_tables[] = {
	REM_TABLE("VXLAN", vxlan_fields, .flags = REM_TABLE_ONCE),
};
static const struct rem_bind vxlan_binds[] = { {REM_SPACE_UDP, VXLAN_PORT} };
/* clang-format on */

static int vxlan_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < REM_END(VXLAN_FLAGS))
		return REM_MISS;
	const bool whole = v.cap >= VXLAN_HEADER;
	struct rem_part *part = rem_push(b, 0, v.p, whole ? VXLAN_HEADER : v.cap);

	if (whole)
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_TEB, rem_view_skip(v, VXLAN_HEADER));
	else
		rem_fault(part, rem_lack(v, VXLAN_HEADER), 0);
	return (int)v.cap;
}

static bool reserved(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	v->u &= RESERVED_MASK;
	return true;
}

const struct rem_proto rem_proto_vxlan = {
	.table = vxlan_tables, .tables = REM_COUNT(vxlan_tables),
	.bind = vxlan_binds, .binds = REM_COUNT(vxlan_binds),
	.decode = vxlan_decode, .spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("vxlan", "VXLAN", "Virtual eXtensible Local Area Network", "RFC 7348"),
};

static void vxlan_line(const struct rem_breakdown *b, const struct rem_part *layer,
		       struct rem_out *out)
{
	if (layer->len < VXLAN_HEADER) {
		rem_out_str(out, "VXLAN header cut short");
		return;
	}
	rem_out_str(out, "VNI ");
	rem_out_uint(out, rem_get(rem_part_bytes(b, layer), VXLAN_VNI));
}

rem_info *const rem_info_vxlan = vxlan_line;
