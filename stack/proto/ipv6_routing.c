/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The routing header of IPv6: RFC 8200 4.4; its types 0 (RFC 2460 4.4, RFC 5095), 2 (RFC 6275 6.4),
 * 3 (RFC 6554 3), 4 (RFC 8754 2), 5 and 6 (RFC 9631).
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next Header  |  Hdr Ext Len  |  Routing Type | Segments Left |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  type-specific data …
 */
#include "core/decode.h"
#include <remora/ipv6.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	TABLE_HEADER, TABLE_UNKNOWN, TABLE_SOURCE, TABLE_SOURCE_HOP, TABLE_MOBILE, TABLE_RPL,
	TABLE_RPL_HOP, TABLE_SRH, TABLE_SEGMENT, TABLE_TLV, TABLE_CRH16, TABLE_CRH32, TABLE_SID16,
	TABLE_SID32,
};

enum {
	TYPE_SOURCE = 0,
	TYPE_MOBILE = 2,
	TYPE_RPL = 3,
	TYPE_SRH = 4,
	TYPE_CRH16 = 5,
	TYPE_CRH32 = 6
};

/* Offsets are those of the header. */
enum {
	RPL_CMPR_I = REM_BITS(32, 4), RPL_CMPR_E = REM_BITS(36, 4), RPL_PAD = REM_BITS(40, 4),
	RPL_RESERVED = REM_BITS(44, 20), RPL_PLACE = REM_BITS(32, 16),
	SRH_LAST = REM_BITS(32, 8), SRH_FLAGS = REM_BITS(40, 8), SRH_TAG = REM_BITS(48, 16),

	FIXED = 4, LISTS = 8, ADDRESS = REM_IPV6_ADDRESS,
};

static rem_calc octets, rpl_count;

/* clang-format off */
REM_NAMES(type_names, {0, "Source route"}, {1, "Nimrod"}, {2, "Mobile IPv6"}, {3, "RPL source route"},
	  {4, "Segment routing"}, {5, "Compact, 16 bits"}, {6, "Compact, 32 bits"}, {253, "Experiment 1"},
	  {254, "Experiment 2"});

static const struct rem_field routing_fields[] = {
	REM_FIELD(REM_IPV6_EXT_NEXT, "ipv6.routing.nxt", "Next header", UINT, DEC, PROTO, "RFC 8200 4.4",
		  "The protocol of what follows.", REM_NAMED(.names = &rem_ip_proto_names)),
	REM_FIELD(REM_IPV6_EXT_LENGTH, "ipv6.routing.len", "Length", UINT, DEC, SIZE, "RFC 8200 4.4",
		  "Length of the header in units of 8 bytes, less one."),
	REM_FIELD(REM_IPV6_EXT_LENGTH, "ipv6.routing.len_oct", "Length in bytes", UINT, DEC, NONE, "RFC 8200 4.4",
		  "Length of the header.", .flags = REM_F_DERIVED, .calc = octets, REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_IPV6_RH_TYPE, "ipv6.routing.type", "Type", UINT, DEC, TYPE, "RFC 8200 4.4",
		  "What kind of routing it asks for.", REM_NAMED(.names = &type_names)),
	REM_FIELD(REM_IPV6_RH_LEFT, "ipv6.routing.segleft", "Segments left", UINT, DEC, COUNT, "RFC 8200 4.4",
		  "Nodes that are still to be visited."),
};
static const struct rem_field unknown_fields[] = {
	REM_FIELD(REM_REST(0), "ipv6.routing.unknown_data", "Type-specific data", BYTES, HEX, PAYLOAD, "RFC 8200 4.4",
		  "Data of a type that remora does not know."),
};
static const struct rem_field source_fields[] = {
	REM_FIELD(REM_BITS(32, 32), "ipv6.routing.src.reserved", "Reserved", BYTES, HEX, RESERVED, "RFC 2460 4.4", "Must be zero."),
};
static const struct rem_field source_hop_fields[] = {
	REM_FIELD(REM_BITS(0, 128), "ipv6.routing.src.addr", "Address", IPV6, DEC, ADDRESS, "RFC 2460 4.4", "A node to visit."),
};
static const struct rem_field mobile_fields[] = {
	REM_FIELD(REM_BITS(32, 32), "ipv6.routing.mipv6.reserved", "Reserved", BYTES, HEX, RESERVED, "RFC 6275 6.4.1", "Must be zero."),
	REM_FIELD(REM_BITS(64, 128), "ipv6.routing.mipv6.home_address", "Home address", IPV6, DEC, ADDRESS, "RFC 6275 6.4.1",
		  "Who the packet is for, wherever it is."),
};
static const struct rem_field rpl_fields[] = {
	REM_FIELD(RPL_CMPR_I, "ipv6.routing.rpl.cmprI", "Left out", UINT, DEC, SIZE, "RFC 6554 3",
		  "Bytes that each address but the last has in common with the destination.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(RPL_CMPR_E, "ipv6.routing.rpl.cmprE", "Left out of the last", UINT, DEC, SIZE, "RFC 6554 3",
		  "Bytes that the last address has in common with the destination.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(RPL_PAD, "ipv6.routing.rpl.pad", "Padding", UINT, DEC, SIZE, "RFC 6554 3",
		  "Bytes behind the last address.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(RPL_RESERVED, "ipv6.routing.rpl.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 6554 3", "Must be zero."),
	REM_FIELD(RPL_PLACE, "ipv6.routing.rpl.addr_count", "Addresses", INT, DEC, COUNT, "RFC 6554 3",
		  "Addresses in the header.", .flags = REM_F_DERIVED, .calc = rpl_count),
};
static const struct rem_field rpl_hop_fields[] = {
	REM_FIELD(REM_REST(0), "ipv6.routing.rpl.address", "Address", BYTES, HEX, ADDRESS, "RFC 6554 3", "End of the address of a node to visit."),
};
static const struct rem_field srh_fields[] = {
	REM_FIELD(SRH_LAST, "ipv6.routing.srh.last_entry", "Last entry", UINT, DEC, COUNT, "RFC 8754 2",
		  "Number of the last segment in the list, from 0."),
	REM_FIELD(SRH_FLAGS, "ipv6.routing.srh.flags", "Flags", UINT, HEX, FLAGS, "RFC 8754 2", "None is defined."),
	REM_FIELD(SRH_TAG, "ipv6.routing.srh.tag", "Tag", BYTES, HEX, ID, "RFC 8754 2", "Puts packets into classes."),
};
static const struct rem_field segment_fields[] = {
	REM_FIELD(REM_BITS(0, 128), "ipv6.routing.srh.addr", "Segment", IPV6, DEC, ADDRESS, "RFC 8754 2",
		  "A segment of the way; the last comes first."),
};
REM_NAMES(tlv_names, {0, "Pad1"}, {4, "PadN"}, {5, "HMAC"});
static const struct rem_field tlv_fields[] = {
	REM_FIELD(REM_BITS(0, 8), NULL, "Type", UINT, DEC, TYPE, "RFC 8754 2.1", "Which TLV this is.",
		  .flags = REM_F_LABEL, REM_NAMED(.names = &tlv_names)),
	REM_FIELD(REM_BITS(8, 8), NULL, "Length", UINT, DEC, SIZE, "RFC 8754 2.1", "Length of the value.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_REST(16), NULL, "Value", BYTES, HEX, OPTION, "RFC 8754 2.1", "What the TLV says."),
};
#define CRH(width_) \
	REM_FIELD(REM_BITS(0, width_), "ipv6.routing.crh" #width_ ".current_sid", "Current segment", UINT, DEC, ID, \
		  "RFC 9631 5", "Where the packet goes next.", .flags = REM_F_ALIAS)
#define SID(width_) \
	REM_FIELD(REM_BITS(0, width_), "ipv6.routing.crh" #width_ ".sid", "Segment", UINT, DEC, ID, "RFC 9631 5", "A segment of the way.")
static const struct rem_field crh16_fields[] = { CRH(16) };
static const struct rem_field crh32_fields[] = { CRH(32) };
static const struct rem_field sid16_fields[] = { SID(16) };
static const struct rem_field sid32_fields[] = { SID(32) };

static const struct rem_table routing_tables[] = {
	[TABLE_HEADER] = REM_TABLE("Routing", routing_fields, .flags = REM_TABLE_ONCE),
	[TABLE_UNKNOWN] = REM_TABLE("Data", unknown_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SOURCE] = REM_TABLE("Source route", source_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SOURCE_HOP] = REM_TABLE("Address", source_hop_fields, .stride = 128),
	[TABLE_MOBILE] = REM_TABLE("Mobile IPv6", mobile_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RPL] = REM_TABLE("RPL source route", rpl_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RPL_HOP] = REM_TABLE("Address", rpl_hop_fields),
	[TABLE_SRH] = REM_TABLE("Segment routing", srh_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SEGMENT] = REM_TABLE("Segment", segment_fields, .stride = 128),
	[TABLE_TLV] = REM_TABLE("TLV", tlv_fields),
	[TABLE_CRH16] = REM_TABLE("Compact routing", crh16_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CRH32] = REM_TABLE("Compact routing", crh32_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SID16] = REM_TABLE("Segment", sid16_fields, .stride = 16),
	[TABLE_SID32] = REM_TABLE("Segment", sid32_fields, .stride = 32),
};

static const struct rem_bind routing_binds[] = { {REM_SPACE_IP, REM_IP_ROUTING} };
/* clang-format on */

static const struct rem_tlv srh_tlv = {
	.unit = 1, .pad = 0, .end = REM_TLV_NONE,
};

/* ---- where the packet goes ---- */

static uint32_t header_length(const uint8_t *header)
{
	return 8 * rem_get(header, REM_IPV6_EXT_LENGTH) + 8;
}

/* Addresses in an RPL header; not positive if its parts do not add up. */
static int32_t rpl_addresses(const uint8_t *header)
{
	const int32_t n = (int32_t)header_length(header) - LISTS -
			  (int32_t)rem_get(header, RPL_PAD) -
			  (int32_t)(ADDRESS - rem_get(header, RPL_CMPR_E));

	return n / (int32_t)(ADDRESS - rem_get(header, RPL_CMPR_I)) + 1;
}

/* The last address of an RPL header begins like the destination. */
static const uint8_t *rpl_last(const uint8_t *header, const uint8_t *to, uint8_t last[ADDRESS])
{
	const uint32_t same = rem_get(header, RPL_CMPR_E), rest = ADDRESS - same;
	const int32_t before = rpl_addresses(header) - 1;
	const uint32_t at = LISTS + (uint32_t)before * (ADDRESS - rem_get(header, RPL_CMPR_I));

	if (before < 0 || at + rest > header_length(header))
		return to;
	rem_copy(last, to, same);
	rem_copy(last + same, header + at, rest);
	return last;
}

const uint8_t *rem_ipv6_last_segment(const uint8_t *header, uint32_t n, const uint8_t *to,
				     uint8_t last[ADDRESS])
{
	if (n < LISTS || header_length(header) > n || rem_get(header, REM_IPV6_RH_LEFT) == 0)
		return to;
	const uint32_t addresses = (header_length(header) - LISTS) / ADDRESS;
	switch (rem_get(header, REM_IPV6_RH_TYPE)) {
	case TYPE_SOURCE:
		return addresses == 0 ? to : header + LISTS + ADDRESS * (addresses - 1);
	case TYPE_MOBILE:
	case TYPE_SRH:
		return addresses == 0 ? to : header + LISTS;
	case TYPE_RPL:
		return rpl_last(header, to, last);
	default:
		return to;
	}
}

/* ---- the decoder: `v` is the header as far as it is here, `end` how long it says it is ---- */

/* A list of addresses, n bytes of them; true if all of it is here. */
static bool push_addresses(struct rem_breakdown *b, unsigned table, struct rem_view v, uint32_t n)
{
	const uint32_t here = v.cap < LISTS ? 0 : v.cap - LISTS;

	if (here >= ADDRESS && n > 0)
		rem_push(b, table, v.p + LISTS, n < here ? n : here);
	return n <= here;
}

static bool push_rpl(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < LISTS)
		return false;
	rem_push(b, TABLE_RPL, v.p, LISTS);
	const uint32_t each = ADDRESS - rem_get(v.p, RPL_CMPR_I);
	uint32_t at = LISTS;
	for (int32_t left = rpl_addresses(v.p); left > 0; left--) {
		const uint32_t n = left > 1 ? each : ADDRESS - rem_get(v.p, RPL_CMPR_E);

		if (n > v.cap - at)
			return false;
		rem_push_row(b, TABLE_RPL_HOP, 0, v.p + at, n);
		at += n;
	}
	return true;
}

static bool push_srh(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_tlv_item item;

	rem_push(b, TABLE_SRH, v.p, v.cap < LISTS ? v.cap : LISTS);
	if (v.cap < LISTS)
		return false;
	const uint32_t n = ADDRESS * (rem_get(v.p, SRH_LAST) + 1);
	if (!push_addresses(b, TABLE_SEGMENT, v, n))
		return false;
	struct rem_view rest = rem_view_skip(v, LISTS + n);
	while (rem_tlv_next(&srh_tlv, &rest, &item)) {
		struct rem_part *part = rem_push(b, TABLE_TLV, item.whole.p, item.whole.cap);

		if (item.err != REM_OK)
			rem_fault(part, item.err, REM_BITS(8, 8));
	}
	return true;
}

/* Compact routing: identifiers of `bytes` each, the current one chosen by the segments left. */
static bool push_crh(struct rem_breakdown *b, struct rem_view v, unsigned table, unsigned list,
		     uint32_t bytes)
{
	const uint32_t current = FIXED + bytes * rem_get(v.p, REM_IPV6_RH_LEFT);

	if (current + bytes <= v.cap)
		rem_push(b, table, v.p + current, bytes);
	rem_push(b, list, v.p + FIXED, v.cap - FIXED);
	return true;
}

/* The data of each type; false if they do not fit into the header, `whole` or not. */
static bool push_data(struct rem_breakdown *b, struct rem_view v, bool whole)
{
	switch (rem_get(v.p, REM_IPV6_RH_TYPE)) {
	case TYPE_SOURCE:
		rem_push(b, TABLE_SOURCE, v.p, v.cap < LISTS ? v.cap : LISTS);
		return push_addresses(b, TABLE_SOURCE_HOP, v, v.cap < LISTS ? 0 : v.cap - LISTS);
	case TYPE_MOBILE:
		rem_push(b, TABLE_MOBILE, v.p, v.cap);
		return v.cap >= LISTS + ADDRESS;
	case TYPE_RPL:
		return push_rpl(b, v);
	case TYPE_SRH:
		return push_srh(b, v);
	case TYPE_CRH16:
		return whole && push_crh(b, v, TABLE_CRH16, TABLE_SID16, 2);
	case TYPE_CRH32:
		return whole && push_crh(b, v, TABLE_CRH32, TABLE_SID32, 4);
	default:
		if (whole)
			rem_push(b, TABLE_UNKNOWN, v.p + FIXED, v.cap - FIXED);
		return whole;
	}
}

static int routing_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < FIXED)
		return REM_MISS;
	const uint32_t end = header_length(v.p);
	const struct rem_view header = rem_view_first(v, end);
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, FIXED);
	bool sound = end <= v.cap;

	if (!sound)
		rem_fault(part, rem_lack(v, end), REM_IPV6_EXT_LENGTH);
	if (rem_closely(b)) {
		b->depth = 1;
		if (!push_data(b, header, sound) && sound) {
			rem_fault(part, REM_LENGTH, REM_IPV6_EXT_LENGTH);
			sound = false;
		}
		b->depth = 0;
	}
	if (sound)
		rem_next(b, REM_SPACE_IP, rem_get(v.p, REM_IPV6_EXT_NEXT), rem_view_skip(v, end));
	return (int)v.cap;
}

static bool octets(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	v->u = header_length(row->base);
	return true;
}

static bool rpl_count(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	v->i = rpl_addresses(row->base);
	return true;
}

const struct rem_proto rem_proto_ipv6_routing = {
	.table = routing_tables, .tables = REM_COUNT(routing_tables),
	.bind = routing_binds, .binds = REM_COUNT(routing_binds),
	.decode = routing_decode, .spaces = 1 << REM_SPACE_IP,
	REM_PROTO_NAMES("ipv6.routing", "Routing", "IPv6 routing header", "RFC 8200 4.4"),
};

rem_info *const rem_info_ipv6_routing = NULL;
