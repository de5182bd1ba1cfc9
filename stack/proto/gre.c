/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Generic Routing Encapsulation: RFC 2784 with key and sequence number of RFC 2890, routing of
 * RFC 1701, and the enhanced header of PPTP (version 1), RFC 2637 4.1.
 *
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol Type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      Checksum (C or R)        |        Offset (C or R)        |
 * |                            Key (K)                            |
 * |                    Sequence Number (S)                        |
 * |                 Acknowledgment Number (A, version 1)          |
 * |                         Routing (R)                           |
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	GRE_CHECKSUM = REM_BITS(0, 1),
	GRE_ROUTING = REM_BITS(1, 1),
	GRE_KEY = REM_BITS(2, 1),
	GRE_SEQUENCE = REM_BITS(3, 1),
	GRE_ACK = REM_BITS(8, 1),
	GRE_VERSION = REM_BITS(13, 3),
	GRE_PROTOCOL = REM_BYTES(2, 2),
	GRE_HEADER = 4,
};

enum {
	TABLE_HEADER,
	TABLE_PPTP,
	TABLE_CHECKSUM,
	TABLE_KEY,
	TABLE_CALL,
	TABLE_SEQUENCE,
	TABLE_ACK,
	TABLE_ROUTE
};

static rem_calc sum_status;

/* clang-format off */
REM_NAMES(version_names, {0, "GRE"}, {1, "enhanced GRE (PPTP)"});

#define GRE_FLAGS_FIRST(ref) \
	REM_FIELD(REM_BYTES(0, 2), "gre.flags_and_version", "Flags", UINT, HEX, FLAGS, ref, \
		  "Which fields follow, and the version.", .flags = REM_F_CONTAINER), \
	REM_FIELD(GRE_CHECKSUM, "gre.flags.checksum", "checksum", BOOL, DEC, NONE, ref, \
		  "A checksum follows.", .flags = REM_F_FLAG), \
	REM_FIELD(GRE_ROUTING, "gre.flags.routing", "routing", BOOL, DEC, NONE, ref, \
		  "Source routes follow.", .flags = REM_F_FLAG), \
	REM_FIELD(GRE_KEY, "gre.flags.key", "key", BOOL, DEC, NONE, ref, "A key follows.", .flags = REM_F_FLAG), \
	REM_FIELD(GRE_SEQUENCE, "gre.flags.sequence_number", "sequence number", BOOL, DEC, NONE, ref, \
		  "A sequence number follows.", .flags = REM_F_FLAG), \
	REM_FIELD(REM_BITS(4, 1), "gre.flags.strict_source_route", "strict source route", BOOL, DEC, NONE, ref, \
		  "The routes are strict.", .flags = REM_F_FLAG), \
	REM_FIELD(REM_BITS(5, 3), "gre.flags.recursion_control", "Recursion control", UINT, DEC, NONE, ref, \
		  "How many more encapsulations are allowed.")

#define GRE_FLAGS_LAST(ref) \
	REM_FIELD(GRE_VERSION, "gre.flags.version", "Version", UINT, DEC, VERSION, ref, \
		  "0, or 1 for PPTP.", REM_NAMED(.names = &version_names)), \
	REM_FIELD(GRE_PROTOCOL, "gre.proto", "Protocol type", UINT, HEX, PROTO, ref, \
		  "EtherType of the payload.", REM_NAMED(.names = &rem_ethertype_names))

static const struct rem_field gre_fields[] = {
	GRE_FLAGS_FIRST("RFC 2784 2"),
	REM_FIELD(REM_BITS(8, 5), "gre.flags.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 2784 2.3",
		  "Must be zero."),
	GRE_FLAGS_LAST("RFC 2784 2"),
};
static const struct rem_field pptp_fields[] = {
	GRE_FLAGS_FIRST("RFC 2637 4.1"),
	REM_FIELD(GRE_ACK, "gre.flags.ack", "acknowledgment", BOOL, DEC, NONE, "RFC 2637 4.1",
		  "An acknowledgment number follows.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(9, 4), "gre.flags.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 2637 4.1",
		  "Must be zero."),
	GRE_FLAGS_LAST("RFC 2637 4.1"),
};
static const struct rem_field checksum_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "gre.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 2784 2.5",
		  "One's complement sum of header and payload."),
	REM_FIELD(REM_BYTES(0, 2), "gre.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 2784 2.5",
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status,
		  REM_NAMED(.names = &rem_sum_names)),
	REM_FIELD(REM_BYTES(2, 2), "gre.offset", "Offset", UINT, DEC, SIZE, "RFC 1701",
		  "Where the active source route begins.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field key_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "gre.key", "Key", UINT, HEX, ID, "RFC 2890 2.1",
		  "Tells the flows of a tunnel apart."),
};
static const struct rem_field call_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "gre.key.payload_length", "Payload length", UINT, DEC, SIZE, "RFC 2637 4.1",
		  "Length of the payload.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_BYTES(2, 2), "gre.key.call_id", "Call ID", UINT, DEC, ID, "RFC 2637 4.1",
		  "The receiver's number of the call."),
};
static const struct rem_field sequence_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "gre.sequence_number", "Sequence number", UINT, DEC, SEQUENCE, "RFC 2890 2.2",
		  "Number of the packet."),
};
static const struct rem_field ack_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "gre.ack_number", "Acknowledgment number", UINT, DEC, SEQUENCE, "RFC 2637 4.1",
		  "Highest number received."),
};
static const struct rem_field route_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "gre.routing.address_family", "Address family", UINT, DEC, TYPE, "RFC 1701",
		  "What the route is made of; 0 ends the routes."),
	REM_FIELD(REM_BYTES(2, 1), "gre.routing.sre_offset", "Offset", UINT, DEC, SIZE, "RFC 1701",
		  "Where the active hop is."),
	REM_FIELD(REM_BYTES(3, 1), "gre.routing.sre_length", "Length", UINT, DEC, SIZE, "RFC 1701",
		  "Length of the hops.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_REST(32), "gre.routing.information", "Hops", BYTES, HEX, OPTION, "RFC 1701",
		  "The hops of the route."),
};
static const struct rem_table gre_tables[] = {
	[TABLE_HEADER] = REM_TABLE("GRE", gre_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PPTP] = REM_TABLE("GRE", pptp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CHECKSUM] = REM_TABLE("Checksum", checksum_fields, .flags = REM_TABLE_ONCE),
	[TABLE_KEY] = REM_TABLE("Key", key_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CALL] = REM_TABLE("Call", call_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SEQUENCE] = REM_TABLE("Sequence number", sequence_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ACK] = REM_TABLE("Acknowledgment number", ack_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ROUTE] = REM_TABLE("Route", route_fields),
};
static const struct rem_bind gre_binds[] = { {REM_SPACE_IP, REM_IP_GRE} };
/* clang-format on */

/* Takes n bytes of a field that the flags announce; false when they are not all here. */
static bool take(struct rem_breakdown *b, struct rem_view *rest, unsigned table, uint32_t n)
{
	if (rest->cap < n) {
		rem_fault(&b->part[b->layer], rem_lack(*rest, n), 0);
		return false;
	}
	rem_push(b, table, rest->p, n);
	*rest = rem_view_skip(*rest, n);
	return true;
}

/* Source routes up to the empty one: RFC 1701. */
static bool take_routes(struct rem_breakdown *b, struct rem_view *rest)
{
	for (;;) {
		const bool last = rest->cap >= 4 && rem_be32(rest->p) == 0;
		const uint32_t n = rest->cap < 4 ? 4 : 4 + (uint32_t)rest->p[3];

		b->depth = 1;
		const bool taken = take(b, rest, TABLE_ROUTE, n);
		b->depth = 0;
		if (!taken || last)
			return taken;
	}
}

static int gre_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_view rest = v;
	const bool pptp = v.cap >= GRE_HEADER && rem_get(v.p, GRE_PROTOCOL) == REM_ETHERTYPE_PPP;

	if (v.cap < GRE_HEADER) {
		rem_fault(rem_push(b, TABLE_HEADER, v.p, v.cap), rem_lack(v, GRE_HEADER), 0);
		return (int)v.cap;
	}
	take(b, &rest, pptp ? TABLE_PPTP : TABLE_HEADER, GRE_HEADER);
	const bool summed = rem_get(v.p, GRE_CHECKSUM) || rem_get(v.p, GRE_ROUTING);
	if ((summed && !take(b, &rest, TABLE_CHECKSUM, 4)) ||
	    (rem_get(v.p, GRE_KEY) && !take(b, &rest, pptp ? TABLE_CALL : TABLE_KEY, 4)) ||
	    (rem_get(v.p, GRE_SEQUENCE) && !take(b, &rest, TABLE_SEQUENCE, 4)) ||
	    (pptp && rem_get(v.p, GRE_ACK) && !take(b, &rest, TABLE_ACK, 4)) ||
	    (rem_get(v.p, GRE_ROUTING) && !take_routes(b, &rest)))
		return (int)v.cap;
	rem_next(b, REM_SPACE_ETHERTYPE, rem_get(v.p, GRE_PROTOCOL), rest);
	return (int)v.cap;
}

static enum rem_sum_status gre_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_view v = rem_view_first(rem_view_skip(b->source[part->source], part->off),
						 part->extent);

	if (part->len < GRE_HEADER || !rem_get(v.p, GRE_CHECKSUM))
		return REM_SUM_NOT_GIVEN;
	if (v.cap < part->extent)
		return REM_SUM_UNVERIFIED;
	return rem_sum(v.p, v.cap) == 0xffff ? REM_SUM_GOOD : REM_SUM_BAD;
}

static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	const enum rem_sum_status status = gre_sum(b, rem_part_layer(b, row->part));

	v->u = (uint64_t)status;
	return status != REM_SUM_NOT_GIVEN;
}

const struct rem_proto rem_proto_gre = {
	.table = gre_tables,
	.tables = REM_COUNT(gre_tables),
	.bind = gre_binds,
	.binds = REM_COUNT(gre_binds),
	.decode = gre_decode,
	.sum = gre_sum,
	.spaces = 1 << REM_SPACE_ETHERTYPE,
	.flags = REM_PROTO_TUNNEL,
	REM_PROTO_NAMES("gre", "GRE", "Generic Routing Encapsulation", "RFC 2784"),
};

static void gre_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->len < GRE_HEADER) {
		rem_out_str(out, "GRE header cut short");
		return;
	}
	const uint32_t type = rem_get(p, GRE_PROTOCOL);
	const char *name = rem_name_of(&rem_ethertype_names, type);
	rem_out_str(out, "encapsulated ");
	rem_out_str(out, name != NULL ? name : "protocol");
	rem_out_str(out, " 0x");
	rem_out_hex(out, type, 4);
}

rem_info *const rem_info_gre = gre_line;
