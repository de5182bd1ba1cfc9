/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Service VLAN tags, the outer ones of stacked VLANs: IEEE 802.1ad, now IEEE 802.1Q 9.7.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | PCP |D|        VLAN ID        |             Type              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	SVLAN_PRIORITY = REM_BITS(0, 3),
	SVLAN_DEI = REM_BITS(3, 1),
	SVLAN_ID = REM_BITS(4, 12),
	SVLAN_TYPE = REM_BITS(16, 16),

	SVLAN_HEADER = 4,               /* bytes */
};

enum { TABLE_TAG, TABLE_PADDING, TABLE_TRAILER };

/* clang-format off */
static const struct rem_field tag_fields[] = {
	REM_FIELD(SVLAN_PRIORITY, "ieee8021ad.priority", "Priority", UINT, DEC, NONE, "IEEE 802.1Q 6.9.3",
		  "Priority code point."),
	REM_FIELD(SVLAN_DEI, "ieee8021ad.dei", "DEI", UINT, DEC, NONE, "IEEE 802.1Q 6.9.3",
		  "Whether the frame may be dropped first."),
	REM_FIELD(SVLAN_ID, "ieee8021ad.id", "VLAN", UINT, DEC, ID, "IEEE 802.1Q 9.7",
		  "Service network that the frame belongs to.", .flags = REM_F_LABEL),
	REM_FIELD(SVLAN_TYPE, "ieee8021ah.etype", "Type", UINT, HEX, PROTO, "IEEE 802.1Q 9.4",
		  "EtherType: the protocol of the payload.", REM_NAMED(.names = &rem_ethertype_names)),
};
static const struct rem_field padding_fields[] = {
	REM_FIELD(REM_REST(0), "eth.padding", "Padding", BYTES, HEX, PAYLOAD, "IEEE 802.3 3.2.8",
		  "Fills a frame up to 60 bytes."),
};
static const struct rem_field trailer_fields[] = {
	REM_FIELD(REM_REST(0), "ieee8021ah.trailer", "Trailer", BYTES, HEX, PAYLOAD, "IEEE 802.3 3.2.8",
		  "Bytes behind the payload that are not padding."),
};

static const struct rem_table svlan_tables[] = {
	[TABLE_TAG] = REM_TABLE("Service VLAN", tag_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PADDING] = REM_TABLE("Padding", padding_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TRAILER] = REM_TABLE("Trailer", trailer_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind svlan_binds[] = { {REM_SPACE_ETHERTYPE, REM_ETHERTYPE_SVLAN} };
/* clang-format on */

static int svlan_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < SVLAN_HEADER)
		return REM_MISS;
	rem_push(b, TABLE_TAG, v.p, SVLAN_HEADER);
	rem_next(b, REM_SPACE_ETHERTYPE, rem_get(v.p, SVLAN_TYPE), rem_view_skip(v, SVLAN_HEADER));
	return (int)v.cap;
}

static void svlan_trailer(struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_view rest = rem_push_padding(b, TABLE_PADDING, v);

	if (rest.cap > 0)
		rem_push(b, TABLE_TRAILER, rest.p, rest.cap);
}

const struct rem_proto rem_proto_svlan = {
	.table = svlan_tables, .tables = REM_COUNT(svlan_tables),
	.bind = svlan_binds, .binds = REM_COUNT(svlan_binds),
	.decode = svlan_decode, .trailer = svlan_trailer, .spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("ieee8021ad", "S-VLAN", "802.1ad Service VLAN", "IEEE 802.1ad"),
};

static void svlan_line(const struct rem_breakdown *b, const struct rem_part *layer,
		       struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	rem_out_str(out, "service VLAN ");
	rem_out_uint(out, rem_get(p, SVLAN_ID));
	rem_out_str(out, ", type 0x");
	rem_out_hex(out, rem_get(p, SVLAN_TYPE), 4);
}

rem_info *const rem_info_svlan = svlan_line;
