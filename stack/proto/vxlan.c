/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtual eXtensible LAN: RFC 7348 5, with the bits of its group policy extension.
 *
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |G|R|R|R|I|R|R|R|R|D|R|R|A|R|R|R|        Group Policy ID        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                VXLAN Network Identifier (VNI) |   Reserved    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/text.h>

enum { VXLAN_VNI = REM_BYTES(4, 3), VXLAN_HEADER = 8, VXLAN_PORT = 4789 };

/* clang-format off */
static const struct rem_field vxlan_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "vxlan.flags", "Flags", UINT, HEX, FLAGS, "RFC 7348 5",
		  "Which fields mean something.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(0, 1), "vxlan.flag_g", "group policy", BOOL, DEC, NONE, "RFC 7348 5",
		  "The group policy ID means something.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(4, 1), "vxlan.flag_i", "VNI", BOOL, DEC, NONE, "RFC 7348 5",
		  "The network identifier means something; must be set.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(9, 1), "vxlan.flag_d", "don't learn", BOOL, DEC, NONE, "RFC 7348 5",
		  "The receiver must not learn the source.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(12, 1), "vxlan.flag_a", "policy applied", BOOL, DEC, NONE, "RFC 7348 5",
		  "The policy has been applied already.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BYTES(2, 2), "vxlan.gbp", "Group policy ID", UINT, DEC, ID, "RFC 7348 5",
		  "The group of the sender."),
	REM_FIELD(VXLAN_VNI, "vxlan.vni", "VNI", UINT, DEC, ID, "RFC 7348 5",
		  "Which overlay network the frame belongs to."),
	REM_FIELD(REM_BYTES(7, 1), "vxlan.reserved8", "Reserved", UINT, DEC, RESERVED, "RFC 7348 5",
		  "Must be zero."),
};
static const struct rem_table vxlan_tables[] = {
	REM_TABLE("VXLAN", vxlan_fields, .flags = REM_TABLE_ONCE),
};
static const struct rem_bind vxlan_binds[] = { {REM_SPACE_UDP, VXLAN_PORT} };
/* clang-format on */

static int vxlan_decode(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t n = v.cap < VXLAN_HEADER ? v.cap : VXLAN_HEADER;
	struct rem_part *part = rem_push(b, 0, v.p, n);

	if (v.cap < VXLAN_HEADER)
		rem_fault(part, rem_lack(v, VXLAN_HEADER), 0);
	else
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_TEB, rem_view_skip(v, n));
	return (int)v.cap;
}

const struct rem_proto rem_proto_vxlan = {
	.table = vxlan_tables,
	.tables = REM_COUNT(vxlan_tables),
	.bind = vxlan_binds,
	.binds = REM_COUNT(vxlan_binds),
	.decode = vxlan_decode,
	.spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("vxlan", "VXLAN", "Virtual eXtensible LAN", "RFC 7348"),
};

static void vxlan_line(const struct rem_breakdown *b, const struct rem_part *layer,
		       struct rem_out *out)
{
	rem_out_str(out, "VNI ");
	if (layer->len >= VXLAN_HEADER)
		rem_out_uint(out, rem_get(rem_part_bytes(b, layer), VXLAN_VNI));
	else
		rem_out_str(out, "cut short");
}

rem_info *const rem_info_vxlan = vxlan_line;
