/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Protocol, version 4: RFC 791, with the DS field of RFC 2474 and ECN of RFC 3168.
 * The header's diagram and handles stand in remora/ipv4.h.
 */
#include "core/decode.h"
#include <remora/ipv4.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum { TABLE_HEADER, TABLE_SURPLUS };

static rem_calc sum_status, sum_calculated;

/* clang-format off */
REM_NAMES(ecn_names, {0, "not ECN-capable"}, {1, "ECT(1)"}, {2, "ECT(0)"}, {3, "congestion experienced"});

static const struct rem_field ipv4_fields[] = {
	REM_FIELD(REM_IPV4_VERSION, "ip.version", "Version", UINT, DEC, VERSION, "RFC 791 3.1",
		  "4 for this version of the protocol."),
	REM_FIELD(REM_IPV4_IHL, "ip.hdr_len", "Header length", UINT, DEC, SIZE, "RFC 791 3.1",
		  "Length of the header, options included.", .scale = 4, REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_IPV4_TOS, "ip.dsfield", "Type of Service", UINT, HEX, FLAGS, "RFC 2474 3",
		  "How routers are to treat the datagram.", .flags = REM_F_CONTAINER | REM_F_NAMED),
	REM_FIELD(REM_IPV4_DSCP, "ip.dsfield.dscp", "DSCP", UINT, DEC, NONE, "RFC 2474 3",
		  "Differentiated services code point.", REM_NAMED(.names = &rem_dscp_names)),
	REM_FIELD(REM_IPV4_ECN, "ip.dsfield.ecn", "ECN", UINT, DEC, NONE, "RFC 3168 5",
		  "Explicit congestion notification.", REM_NAMED(.names = &ecn_names)),
	REM_FIELD(REM_IPV4_TOTAL, "ip.len", "Total length", UINT, DEC, SIZE, "RFC 791 3.1",
		  "Length of header and payload.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_IPV4_ID, "ip.id", "Identification", UINT, HEX, ID, "RFC 6864 4",
		  "Tells fragments of one datagram from those of another."),
	REM_FIELD(REM_IPV4_FLAGS, "ip.flags", "Flags", UINT, HEX, FLAGS, "RFC 791 3.1",
		  "Whether the datagram may be, and is, in fragments.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_IPV4_RESERVED, "ip.flags.rb", "reserved", BOOL, DEC, NONE, "RFC 791 3.1",
		  "Must be zero.", .flags = REM_F_FLAG),
	REM_FIELD(REM_IPV4_DF, "ip.flags.df", "don't fragment", BOOL, DEC, NONE, "RFC 791 3.1",
		  "Routers drop the datagram rather than cut it.", .flags = REM_F_FLAG),
	REM_FIELD(REM_IPV4_MF, "ip.flags.mf", "more fragments", BOOL, DEC, NONE, "RFC 791 3.1",
		  "This is not the last fragment.", .flags = REM_F_FLAG),
	REM_FIELD(REM_IPV4_OFFSET, "ip.frag_offset", "Fragment offset", UINT, DEC, SIZE, "RFC 791 3.1",
		  "Where in the datagram this fragment belongs.", .scale = 8, REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_IPV4_TTL, "ip.ttl", "Time to live", UINT, DEC, COUNT, "RFC 791 3.1",
		  "How many more routers may forward it.", REM_NAMED(.unit = "hops")),
	REM_FIELD(REM_IPV4_PROTO, "ip.proto", "Protocol", UINT, DEC, PROTO, "RFC 791 3.1",
		  "The protocol of the payload.", REM_NAMED(.names = &rem_ip_proto_names)),
	REM_FIELD(REM_IPV4_SUM, "ip.checksum", "Header checksum", UINT, HEX, CHECKSUM, "RFC 1071",
		  "One's complement sum of the header."),
	REM_FIELD(REM_IPV4_SUM, "ip.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 1071",
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status,
		  REM_NAMED(.names = &rem_sum_names)),
	REM_FIELD(REM_IPV4_SUM, "ip.checksum_calculated", "Checksum calculated", UINT, HEX, NONE, "RFC 1071",
		  "What the checksum should be.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = sum_calculated),
	REM_FIELD(REM_IPV4_SRC, "ip.src", "Source", IPV4, DEC, SOURCE, "RFC 791 3.1",
		  "Who sent the datagram."),
	REM_FIELD(REM_IPV4_SRC, "ip.addr", "Address", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Either address.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_IPV4_SRC, "ip.src_host", "Source host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The source as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_IPV4_SRC, "ip.host", "Host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_IPV4_DST, "ip.dst", "Destination", IPV4, DEC, DESTINATION, "RFC 791 3.1",
		  "Who the datagram is for."),
	REM_FIELD(REM_IPV4_DST, "ip.addr", "Address", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Either address.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_IPV4_DST, "ip.dst_host", "Destination host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The destination as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_IPV4_DST, "ip.host", "Host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
};
enum { ROW_SRC = 17, ROW_DST = 21 };

static const struct rem_field surplus_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Surplus", BYTES, HEX, PAYLOAD, "RFC 9868 4",
		  "Bytes of the datagram that its transport protocol does not count."),
};

static const struct rem_table ipv4_tables[] = {
	[TABLE_HEADER] = REM_TABLE("IPv4", ipv4_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SURPLUS] = REM_TABLE("Surplus", surplus_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind ipv4_binds[] = {
	{REM_SPACE_ETHERTYPE, 0x0800}, {REM_SPACE_FAMILY, 4}, {REM_SPACE_IP, REM_IP_IPV4},
	{REM_SPACE_LINKTYPE, 228},                      /* LINKTYPE_IPV4 */
	{REM_SPACE_SAP, 0x06},
	{REM_SPACE_PPP, 0x0021},
};
/* clang-format on */

const struct rem_tlv rem_ipv4_option = {
	.tag_bytes = 1, .length_bytes = 1, .unit = 1, .whole = true, .pad = 1, .end = 0,
};

int rem_ipv4_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_IPV4_HEADER ? v.cap : REM_IPV4_HEADER};
	h->payload = (struct rem_view){v.p + h->len, 0, 0};
	if (v.cap < REM_IPV4_HEADER)
		return rem_lack(v, REM_IPV4_HEADER);
	const uint32_t ihl = 4 * rem_get(v.p, REM_IPV4_IHL), total = rem_get(v.p, REM_IPV4_TOTAL);
	h->bad = REM_IPV4_VERSION;
	if (rem_get(v.p, REM_IPV4_VERSION) != 4)
		return REM_FIELD;
	h->bad = REM_IPV4_IHL;
	if (ihl < REM_IPV4_HEADER || ihl > v.wire)
		return REM_LENGTH;
	h->bad = REM_IPV4_TOTAL;
	if (total != 0 && total < ihl)
		return REM_LENGTH;
	h->len = ihl < v.cap ? ihl : v.cap;
	h->payload = rem_view_skip(v, h->len);
	h->payload.wire = v.wire == REM_UNKNOWN ? REM_UNKNOWN : v.wire - ihl;
	if (total > v.wire)
		return REM_LENGTH;
	if (total != 0)
		h->payload = rem_view_first(h->payload, total - ihl);
	const bool cut = v.cap < ihl ||
			 (h->payload.wire != REM_UNKNOWN && h->payload.cap < h->payload.wire);
	if (rem_get(v.p, REM_IPV4_FRAGMENT) != 0 && rem_get(v.p, REM_IPV4_OFFSET) == 0)
		h->payload.wire = REM_UNKNOWN;
	if (cut)
		return REM_SHORT;
	h->bad = 0;
	return REM_OK;
}

static int ipv4_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_ipv4_check(v, &h);
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, h.len);

	if (err != REM_OK && !(err == REM_SHORT && (b->mark & REM_PART_QUOTED) != 0))
		rem_fault(part, err, h.bad);
	if (h.payload.cap == 0)
		return (int)h.len;
	if (rem_get(v.p, REM_IPV4_OFFSET) != 0)
		rem_next_data(b, h.payload);
	else
		rem_next(b, REM_SPACE_IP, rem_get(v.p, REM_IPV4_PROTO), h.payload);
	return (int)(h.len + h.payload.cap);
}

static enum rem_sum_status ipv4_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	const uint8_t *p = rem_part_bytes(b, part);

	if (part->len < REM_IPV4_HEADER || part->len < 4 * rem_get(p, REM_IPV4_IHL))
		return REM_SUM_UNVERIFIED;
	return rem_sum(p, part->len) == 0xffff ? REM_SUM_GOOD : REM_SUM_BAD;
}

static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	v->u = (uint64_t)ipv4_sum(b, row->part);
	return true;
}

static bool sum_calculated(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	const uint8_t *p = rem_part_bytes(b, row->part);

	if (ipv4_sum(b, row->part) == REM_SUM_UNVERIFIED)
		return false;
	v->u = (uint16_t)~rem_sum_fold(rem_sum(p, row->part->len) +
				       (0xffff - rem_get(p, REM_IPV4_SUM)));
	return true;
}

static void ipv4_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push_row(b, TABLE_SURPLUS, 0, v.p, v.cap);
}

const struct rem_proto rem_proto_ipv4 = {
	.table = ipv4_tables, .tables = REM_COUNT(ipv4_tables),
	.bind = ipv4_binds, .binds = REM_COUNT(ipv4_binds),
	.decode = ipv4_decode, .sum = ipv4_sum, .trailer = ipv4_trailer,
	.spaces = 1 << REM_SPACE_IP, .flags = REM_PROTO_TUNNEL,
	.source = ROW_SRC, .destination = ROW_DST,
	REM_PROTO_NAMES("ip", "IPv4", "Internet Protocol, version 4", "RFC 791"),
};

static void ipv4_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->len < REM_IPV4_HEADER) {
		rem_out_str(out, "IPv4 header cut short");
		return;
	}
	const uint32_t proto = rem_get(p, REM_IPV4_PROTO);
	const char *name = rem_name_of(&rem_ip_proto_names, proto);
	if (rem_get(p, REM_IPV4_FRAGMENT) != 0) {
		rem_out_str(out, "fragment at ");
		rem_out_uint(out, 8 * rem_get(p, REM_IPV4_OFFSET));
		rem_out_str(out,
			    rem_get(p, REM_IPV4_MF) ? ", more follow, id 0x" : ", the last, id 0x");
		rem_out_hex(out, rem_get(p, REM_IPV4_ID), 4);
		rem_out_str(out, ", ");
	}
	rem_out_str(out, name != NULL ? name : "protocol ");
	if (name == NULL)
		rem_out_uint(out, proto);
}

rem_info *const rem_info_ipv4 = ipv4_line;
