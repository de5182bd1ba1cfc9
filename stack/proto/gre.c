/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Generic Routing Encapsulation: RFC 2784, with key and sequence number of RFC 2890, routing of
 * RFC 1701, and the version 1 that PPTP uses: RFC 2637 4.1.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol Type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      Checksum (if C or R)     |       Offset (if C or R)      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Key (if K); PPTP: length of the payload and call ID       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Sequence Number (if S)                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              Acknowledgment Number (if A; PPTP)               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Routing (if R) …
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/text.h>

enum {
	GRE_FLAGS = REM_BYTES(0, 2),
	GRE_C = REM_BITS(0, 1), GRE_R = REM_BITS(1, 1), GRE_K = REM_BITS(2, 1), GRE_S = REM_BITS(3, 1),
	GRE_STRICT = REM_BITS(4, 1), GRE_RECUR = REM_BITS(5, 3), GRE_A = REM_BITS(8, 1),
	GRE_RESERVED = REM_BITS(8, 5), GRE_RESERVED_PPTP = REM_BITS(9, 4), GRE_VERSION = REM_BITS(13, 3),
	GRE_PROTO = REM_BYTES(2, 2),

	GRE_HEADER = 4,                 /* bytes */
	SRE_FAMILY = REM_BYTES(0, 2), SRE_OFFSET = REM_BYTES(2, 1), SRE_LENGTH = REM_BYTES(3, 1),
	SRE_HEADER = 4,                 /* source route entries: RFC 1701 */
};

enum { TABLE_GRE, TABLE_PPTP, TABLE_FIELD, TABLE_SRE, TABLE_SRE_INFO, TABLE_REST };
enum {
	FIELD_SUM, FIELD_SUM_STATUS, FIELD_OFFSET, FIELD_KEY, FIELD_PAYLOAD_LENGTH, FIELD_CALL_ID,
	FIELD_SEQUENCE, FIELD_ACK,
};

static rem_calc sum_status;

/* clang-format off */
#define FLAG(bit, key, name, about, ref) \
	REM_FIELD(bit, key, name, BOOL, DEC, NONE, ref, about, .flags = REM_F_FLAG)
#define HEADER(more) \
	REM_FIELD(GRE_FLAGS, "gre.flags_and_version", "Flags and version", UINT, HEX, FLAGS, "RFC 2784 2.1", \
		  "What the header has, and its version.", .flags = REM_F_CONTAINER), \
	FLAG(GRE_C, "gre.flags.checksum", "checksum", "There is a checksum.", "RFC 2784 2.2"), \
	FLAG(GRE_R, "gre.flags.routing", "routing", "There is a source route.", "RFC 1701"), \
	FLAG(GRE_K, "gre.flags.key", "key", "There is a key.", "RFC 2890 2"), \
	FLAG(GRE_S, "gre.flags.sequence_number", "sequence number", "There is a sequence number.", "RFC 2890 2"), \
	FLAG(GRE_STRICT, "gre.flags.strict_source_route", "strict source route", "The route is to be kept to.", \
	     "RFC 1701"), \
	REM_FIELD(GRE_RECUR, "gre.flags.recursion_control", "Recursion control", UINT, DEC, NONE, "RFC 1701", \
		  "Further encapsulations that are allowed."), \
	more, \
	REM_FIELD(GRE_VERSION, "gre.flags.version", "Version", UINT, DEC, VERSION, "RFC 2784 2.1", \
		  "0, or 1 for PPTP."), \
	REM_FIELD(GRE_PROTO, "gre.proto", "Protocol type", UINT, HEX, PROTO, "RFC 2784 2.4", \
		  "EtherType: the protocol of the payload.", REM_NAMED(.names = &rem_ethertype_names))
#define RESERVED(bits) \
	REM_FIELD(bits, "gre.flags.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 2784 2.3", "Must be zero.")

static const struct rem_field gre_fields[] = { HEADER(RESERVED(GRE_RESERVED)) };
#define ACK FLAG(GRE_A, "gre.flags.ack", "acknowledgment", "There is an acknowledgment number.", "RFC 2637 4.1")
#define ACK_RESERVED ACK, RESERVED(GRE_RESERVED_PPTP)
static const struct rem_field pptp_fields[] = { HEADER(ACK_RESERVED) };

static const struct rem_field field_fields[] = {
	[FIELD_SUM] = REM_FIELD(REM_BYTES(0, 2), "gre.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 2784 2.5",
		"One's complement sum of header and payload."),
	[FIELD_SUM_STATUS] = REM_FIELD(REM_BYTES(0, 2), "gre.checksum.status", "Checksum status", UINT, DEC, NONE,
		"RFC 2784 2.5", "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status,
		REM_NAMED(.names = &rem_sum_names)),
	[FIELD_OFFSET] = REM_FIELD(REM_BYTES(0, 2), "gre.offset", "Offset", UINT, DEC, SIZE, "RFC 1701",
		"Where in the route the next entry stands.", REM_NAMED(.unit = "bytes")),
	[FIELD_KEY] = REM_FIELD(REM_BYTES(0, 4), "gre.key", "Key", UINT, HEX, ID, "RFC 2890 2.1",
		"Tells flows in a tunnel apart."),
	[FIELD_PAYLOAD_LENGTH] = REM_FIELD(REM_BYTES(0, 2), "gre.key.payload_length", "Payload length", UINT, DEC, SIZE,
		"RFC 2637 4.1", "Bytes behind the header.", REM_NAMED(.unit = "bytes")),
	[FIELD_CALL_ID] = REM_FIELD(REM_BYTES(0, 2), "gre.key.call_id", "Call ID", UINT, DEC, ID, "RFC 2637 4.1",
		"The receiver's number for the session."),
	[FIELD_SEQUENCE] = REM_FIELD(REM_BYTES(0, 4), "gre.sequence_number", "Sequence number", UINT, DEC, SEQUENCE,
		"RFC 2890 2.2", "Number of the packet."),
	[FIELD_ACK] = REM_FIELD(REM_BYTES(0, 4), "gre.ack_number", "Acknowledgment number", UINT, DEC, SEQUENCE,
		"RFC 2637 4.1", "Highest number that the sender has received."),
};
static const struct rem_field sre_fields[] = {
	REM_FIELD(SRE_FAMILY, "gre.routing", "Routing", NONE, DEC, NONE, "RFC 1701",
		  "A source route entry is here.", .flags = REM_F_ALIAS | REM_F_HIDDEN),
	REM_FIELD(SRE_FAMILY, "gre.routing.address_family", "Address family", UINT, DEC, TYPE, "RFC 1701",
		  "Whose addresses the entry has."),
	REM_FIELD(SRE_OFFSET, "gre.routing.sre_offset", "Offset", UINT, DEC, SIZE, "RFC 1701",
		  "Where in the entry the next address stands.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(SRE_LENGTH, "gre.routing.src_length", "Length", UINT, DEC, SIZE, "RFC 1701",
		  "Bytes of addresses.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field sre_info_fields[] = {
	REM_FIELD(REM_REST(0), "gre.routing.information", "Addresses", BYTES, HEX, ADDRESS, "RFC 1701",
		  "Routers to be passed."),
};
static const struct rem_field rest_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "RFC 2784 2", "Bytes that the payload does not count."),
};

static const struct rem_table gre_tables[] = {
	[TABLE_GRE] = REM_TABLE("GRE", gre_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PPTP] = REM_TABLE("GRE", pptp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_FIELD] = REM_TABLE("GRE", field_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SRE] = REM_TABLE("Source route entry", sre_fields),
	[TABLE_SRE_INFO] = REM_TABLE("Source route entry", sre_info_fields),
	[TABLE_REST] = REM_TABLE("Rest", rest_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind gre_binds[] = { {REM_SPACE_IP, REM_IP_GRE} };
/* clang-format on */

/* Pushes `rows` rows from `row` over n bytes, and moves behind them. False: they are not here. */
static bool take(struct rem_breakdown *b, struct rem_view *rest, unsigned row, unsigned rows,
		 uint32_t n)
{
	if (rest->cap < n) {
		rem_fault(&b->part[b->layer], rem_lack(*rest, n), 0);
		return false;
	}
	rem_push_rows(b, TABLE_FIELD, row, rows, rest->p, n);
	*rest = rem_view_skip(*rest, n);
	return true;
}

/* Source route entries, up to one without family and length. */
static bool take_routing(struct rem_breakdown *b, struct rem_view *rest)
{
	for (;;) {
		if (rest->cap < SRE_HEADER) {
			rem_fault(&b->part[b->layer], rem_lack(*rest, SRE_HEADER), GRE_R);
			return false;
		}
		const uint32_t n = rem_get(rest->p, SRE_LENGTH);
		const bool last = n == 0 && rem_get(rest->p, SRE_FAMILY) == 0;
		struct rem_part *part = rem_push(b, TABLE_SRE, rest->p, SRE_HEADER);
		*rest = rem_view_skip(*rest, SRE_HEADER);
		if (last)
			return true;
		if (rest->cap < n) {
			rem_fault(part, rem_lack(*rest, n), SRE_LENGTH);
			return false;
		}
		if (n > 0)
			rem_push(b, TABLE_SRE_INFO, rest->p, n);
		*rest = rem_view_skip(*rest, n);
	}
}

/* What the flags say is there. False: not all of it is. */
static bool take_fields(struct rem_breakdown *b, const uint8_t *p, bool pptp, struct rem_view *rest)
{
	if ((rem_get(p, GRE_C) || rem_get(p, GRE_R)) &&
	    (!take(b, rest, FIELD_SUM, 2, 2) || !take(b, rest, FIELD_OFFSET, 1, 2)))
		return false;
	if (rem_get(p, GRE_K) && pptp &&
	    (!take(b, rest, FIELD_PAYLOAD_LENGTH, 1, 2) || !take(b, rest, FIELD_CALL_ID, 1, 2)))
		return false;
	if (rem_get(p, GRE_K) && !pptp && !take(b, rest, FIELD_KEY, 1, 4))
		return false;
	return (!rem_get(p, GRE_S) || take(b, rest, FIELD_SEQUENCE, 1, 4)) &&
	       (!pptp || !rem_get(p, GRE_A) || take(b, rest, FIELD_ACK, 1, 4)) &&
	       (!rem_get(p, GRE_R) || take_routing(b, rest));
}

/* The EtherTypes that are known to come in GRE. */
static bool is_carried(uint32_t type)
{
	return type == REM_ETHERTYPE_IPV4 || type == REM_ETHERTYPE_IPV6 ||
	       type == REM_ETHERTYPE_ARP || type == REM_ETHERTYPE_TEB || type == REM_ETHERTYPE_PPP;
}

static int gre_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < GRE_HEADER)
		return REM_MISS;
	const uint32_t type = rem_get(v.p, GRE_PROTO);
	const bool pptp = type == REM_ETHERTYPE_PPP && rem_get(v.p, GRE_VERSION) == 1;
	struct rem_view rest = rem_view_skip(v, GRE_HEADER);

	rem_push(b, pptp ? TABLE_PPTP : TABLE_GRE, v.p, GRE_HEADER);
	if (!take_fields(b, v.p, pptp, &rest))
		return (int)v.cap;
	if (is_carried(type))
		rem_next(b, REM_SPACE_ETHERTYPE, type, rest);
	else
		rem_next_data(b, rest);
	return (int)v.cap;
}

static enum rem_sum_status gre_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_part *layer = rem_part_layer(b, part);
	struct rem_view v;

	if (!rem_get(rem_part_bytes(b, layer), GRE_C))
		return REM_SUM_NOT_GIVEN;
	if (!rem_segment(b, layer, &v) || v.cap < v.wire)
		return REM_SUM_UNVERIFIED;
	return rem_sum(v.p, v.cap) == 0xffff ? REM_SUM_GOOD : REM_SUM_BAD;
}

/* Only routing: the checksum is there, but says nothing. */
static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	const enum rem_sum_status status = gre_sum(b, row->part);

	v->u = (uint64_t)(status == REM_SUM_NOT_GIVEN ? REM_SUM_UNVERIFIED : status);
	return true;
}

static void gre_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_REST, v.p, v.cap);
}

const struct rem_proto rem_proto_gre = {
	.table = gre_tables, .tables = REM_COUNT(gre_tables),
	.bind = gre_binds, .binds = REM_COUNT(gre_binds),
	.decode = gre_decode, .sum = gre_sum, .trailer = gre_trailer,
	.spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("gre", "GRE", "Generic Routing Encapsulation", "RFC 2784"),
};

static void gre_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const uint32_t type = rem_get(p, GRE_PROTO);
	const char *name = REM_NAME_OF(rem_ethertype_names, type);

	rem_out_str(out, "encapsulated ");
	rem_out_str(out, name != NULL ? name : "0x");
	if (name == NULL)
		rem_out_hex(out, type, 4);
}

rem_info *const rem_info_gre = gre_line;
