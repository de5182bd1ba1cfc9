/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * VLAN tags: IEEE 802.1Q 9.6, and the double tags that came before 802.1ad. The header's
 * diagram and handles stand in remora/vlan.h.
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>
#include <remora/vlan.h>

enum { TABLE_TYPE, TABLE_LENGTH, TABLE_PADDING, TABLE_TRAILER };

/* clang-format off */
REM_NAMES(priority_names, {0, "best effort"}, {1, "background"}, {2, "excellent effort"},
	  {3, "critical applications"}, {4, "video"}, {5, "voice"}, {6, "internetwork control"},
	  {7, "network control"});
REM_NAMES(dei_names, {0, "ineligible"}, {1, "eligible"});

#define TAG \
	REM_FIELD(REM_VLAN_PRIORITY, "vlan.priority", "Priority", UINT, DEC, NONE, "IEEE 802.1Q 6.9.3", \
		  "Priority code point.", REM_NAMED(.names = &priority_names)), \
	REM_FIELD(REM_VLAN_DEI, "vlan.dei", "DEI", BOOL, DEC, NONE, "IEEE 802.1Q 6.9.3", \
		  "Whether the frame may be dropped first.", REM_NAMED(.names = &dei_names)), \
	REM_FIELD(REM_VLAN_ID, "vlan.id", "VLAN", UINT, DEC, ID, "IEEE 802.1Q 9.6", \
		  "Network that the frame belongs to; 0: it only has a priority.", .flags = REM_F_LABEL)

static const struct rem_field type_fields[] = {
	TAG,
	REM_FIELD(REM_VLAN_TYPE, "vlan.etype", "Type", UINT, HEX, PROTO, "IEEE 802.1Q 9.4",
		  "EtherType: the protocol of the payload.", REM_NAMED(.names = &rem_ethertype_names)),
};
static const struct rem_field length_fields[] = {
	TAG,
	REM_FIELD(REM_VLAN_TYPE, "vlan.len", "Length", UINT, DEC, SIZE, "IEEE 802.1Q 9.4",
		  "Bytes of payload; what follows them is padding.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field padding_fields[] = {
	REM_FIELD(REM_REST(0), "eth.padding", "Padding", BYTES, HEX, PAYLOAD, "IEEE 802.3 3.2.8",
		  "Fills a frame up to 60 bytes."),
};
static const struct rem_field trailer_fields[] = {
	REM_FIELD(REM_REST(0), "vlan.trailer", "Trailer", BYTES, HEX, PAYLOAD, "IEEE 802.3 3.2.8",
		  "Bytes behind the payload that are not padding."),
};

static const struct rem_table vlan_tables[] = {
	[TABLE_TYPE] = REM_TABLE("VLAN", type_fields, .flags = REM_TABLE_ONCE),
	[TABLE_LENGTH] = REM_TABLE("VLAN", length_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PADDING] = REM_TABLE("Padding", padding_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TRAILER] = REM_TABLE("Trailer", trailer_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind vlan_binds[] = {
	{REM_SPACE_ETHERTYPE, REM_ETHERTYPE_CVLAN}, {REM_SPACE_ETHERTYPE, REM_ETHERTYPE_QINQ},
};
/* clang-format on */

/* A tag in front of a frame with a length: LLC, as in Ethernet. */
static void decode_length(struct rem_breakdown *b, struct rem_part *part, struct rem_view rest)
{
	const uint32_t n = rem_get(rest.p - REM_VLAN_HEADER, REM_VLAN_TYPE);
	const struct rem_view payload = rem_view_first(rest, n);

	part->table = TABLE_LENGTH;
	if (n > rest.wire)
		rem_fault(part, REM_LENGTH, REM_VLAN_TYPE);
	rem_keep(b, rem_view_skip(rest, payload.cap));
	if (rem_is_novell_raw(payload))
		rem_next_data(b, payload);
	else
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_LLC, payload);
}

static int vlan_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < REM_VLAN_TAG)
		return REM_MISS;
	const bool whole = v.cap >= REM_VLAN_HEADER;
	struct rem_part *part = rem_push(b, TABLE_TYPE, v.p, whole ? REM_VLAN_HEADER : v.cap);
	if (!whole) {
		rem_fault(part, rem_lack(v, REM_VLAN_HEADER), 0);
		return (int)v.cap;
	}
	const uint32_t type = rem_get(v.p, REM_VLAN_TYPE);
	const struct rem_view rest = rem_view_skip(v, REM_VLAN_HEADER);
	if (type <= REM_ETH_MAX_LENGTH)
		decode_length(b, part, rest);
	else
		rem_next(b, REM_SPACE_ETHERTYPE, type, rest);
	return (int)v.cap;
}

static void vlan_trailer(struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_view rest = rem_push_padding(b, TABLE_PADDING, v);

	if (rest.cap > 0)
		rem_push(b, TABLE_TRAILER, rest.p, rest.cap);
}

const struct rem_proto rem_proto_vlan = {
	.table = vlan_tables, .tables = REM_COUNT(vlan_tables),
	.bind = vlan_binds, .binds = REM_COUNT(vlan_binds),
	.decode = vlan_decode, .trailer = vlan_trailer, .spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("vlan", "VLAN", "802.1Q Virtual LAN", "IEEE 802.1Q"),
};

static void vlan_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	rem_out_str(out, "VLAN ");
	rem_out_uint(out, rem_get(p, REM_VLAN_ID));
	if (layer->len < REM_VLAN_HEADER)
		return;
	rem_out_str(out, layer->table == TABLE_LENGTH ? ", 802.3, length " : ", type 0x");
	if (layer->table == TABLE_LENGTH)
		rem_out_uint(out, rem_get(p, REM_VLAN_TYPE));
	else
		rem_out_hex(out, rem_get(p, REM_VLAN_TYPE), 4);
}

rem_info *const rem_info_vlan = vlan_line;
