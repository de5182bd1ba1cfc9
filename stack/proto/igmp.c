/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Group Management Protocol: version 1 of RFC 1112, 2 of RFC 2236, 3 of RFC 3376; multicast
 * traceroute of draft-ietf-idmr-traceroute-ipm. The diagrams and handles stand in remora/igmp.h.
 */
#include "core/decode.h"
#include <remora/igmp.h>
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/text.h>

enum {
	TABLE_V0, TABLE_V1, TABLE_V2, TABLE_QUERY, TABLE_REPORT, TABLE_OTHER, TABLE_RECORD, TABLE_SOURCES,
	TABLE_AUX, TABLE_REST, TABLE_TRACE, TABLE_HOP,
};

static rem_calc version, max_resp, when_float, sum_status;

/* clang-format off */
REM_NAMES(type_names, {0x11, "membership query"}, {0x12, "version 1 report"}, {0x16, "version 2 report"},
	  {0x17, "leave group"}, {0x1e, "mtrace response"}, {0x1f, "mtrace query"}, {0x22, "version 3 report"});
REM_NAMES(record_names, {1, "mode is include"}, {2, "mode is exclude"}, {3, "change to include"},
	  {4, "change to exclude"}, {5, "allow new sources"}, {6, "block old sources"});

REM_NAMES(routing_names, {1, "DVMRP"}, {2, "MOSPF"}, {3, "PIM"}, {4, "CBT"}, {5, "PIM, special table"}, {6, "PIM, static"},
	  {7, "DVMRP, static"}, {8, "PIM, MBGP"}, {9, "CBT, special table"}, {10, "CBT, static"}, {11, "PIM, Assert"});
REM_NAMES(forwarding_names, {0, "forwards"}, {1, "wrong interface"}, {2, "prune sent"}, {3, "prune received"}, {4, "scoped"},
	  {5, "no route"}, {6, "wrong last hop"}, {7, "not forwarding"}, {8, "reached rendezvous point"},
	  {9, "interface of the way back"}, {10, "no multicast"}, {11, "hidden"}, {0x81, "no space"}, {0x82, "old router"},
	  {0x83, "prohibited"});

#define VERSION \
	REM_FIELD(REM_BITS(0, 0), "igmp.version", "Version", UINT, DEC, VERSION, "RFC 3376 7.1", \
		  "Version of the message, told by its type and length.", .flags = REM_F_DERIVED, .calc = version)
#define TYPE \
	REM_FIELD(REM_IGMP_TYPE, "igmp.type", "Type", UINT, HEX, TYPE, "RFC 3376 4", \
		  "What the message says.", .flags = REM_F_LABEL, REM_NAMED(.names = &type_names))
#define RESERVED(bits) \
	REM_FIELD(bits, "igmp.reserved", "Reserved", BYTES, HEX, RESERVED, "RFC 3376 4.2.1", "Should be zero.")
#define SUM \
	REM_FIELD(REM_IGMP_SUM, "igmp.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 3376 4.1.2", \
		  "One's complement sum of the message."), \
	REM_FIELD(REM_IGMP_SUM, "igmp.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 3376 4.1.2", \
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status, \
		  REM_NAMED(.names = &rem_sum_names))
#define GROUP \
	REM_FIELD(REM_IGMP_GROUP, "igmp.maddr", "Group", IPV4, DEC, ADDRESS, "RFC 3376 4.1.3", \
		  "The group; 0.0.0.0 in a query about all of them.")

static const struct rem_field v0_fields[] = {
	VERSION,
	TYPE,
	REM_FIELD(REM_IGMP_MAX, "igmp.reply.pending", "Code", UINT, DEC, OP, "RFC 988 I",
		  "Whether a group is private; of a reply, whether it is granted, or when to ask again."),
	SUM,
	REM_FIELD(REM_BYTES(4, 4), "igmp.identifier", "Identifier", UINT, DEC, ID, "RFC 988 I",
		  "Finds the reply to a request."),
	REM_FIELD(REM_BYTES(8, 4), "igmp.maddr", "Group", IPV4, DEC, ADDRESS, "RFC 988 I", "The group."),
	REM_FIELD(REM_BYTES(12, 8), "igmp.access_key", "Access key", BYTES, HEX, ID, "RFC 988 I",
		  "Opens a private group."),
};
static const struct rem_field v1_fields[] = { VERSION, TYPE, RESERVED(REM_IGMP_MAX), SUM, GROUP };
static const struct rem_field v2_fields[] = {
	VERSION,
	TYPE,
	REM_FIELD(REM_IGMP_MAX, "igmp.max_resp", "Max resp time", UINT, DEC, TIME, "RFC 2236 2.2",
		  "Longest time that a host may take to answer.", REM_NAMED(.unit = "x 0.1 s")),
	SUM,
	GROUP,
};
static const struct rem_field query_fields[] = {
	VERSION,
	TYPE,
	REM_FIELD(REM_IGMP_MAX, "igmp.max_resp", "Max resp time", UINT, DEC, TIME, "RFC 3376 4.1.1",
		  "Longest time that a host may take to answer.", .flags = REM_F_CONTAINER, .calc = max_resp,
		  REM_NAMED(.unit = "x 0.1 s")),
	REM_FIELD(REM_IGMP_MAX_FLOAT, NULL, "Floating point", BOOL, DEC, NONE, "RFC 3376 4.1.1",
		  "A long time follows as exponent and mantissa.", .calc = when_float),
	REM_FIELD(REM_IGMP_MAX_EXP, "igmp.max_resp.exp", "Exponent", UINT, HEX, NONE, "RFC 3376 4.1.1",
		  "Exponent of a long time.", .calc = when_float),
	REM_FIELD(REM_IGMP_MAX_MANT, "igmp.max_resp.mant", "Mantissa", UINT, HEX, NONE, "RFC 3376 4.1.1",
		  "Mantissa of a long time.", .calc = when_float),
	SUM,
	GROUP,
	REM_FIELD(REM_IGMP_RESV, NULL, "Reserved", UINT, HEX, RESERVED, "RFC 3376 4.1.4",
		  "Must be zero."),
	REM_FIELD(REM_IGMP_S, "igmp.s", "S", BOOL, DEC, FLAGS, "RFC 3376 4.1.5",
		  "Routers are not to change their timers."),
	REM_FIELD(REM_IGMP_QRV, "igmp.qrv", "QRV", UINT, DEC, COUNT, "RFC 3376 4.1.6",
		  "The querier's robustness: losses that it reckons with."),
	REM_FIELD(REM_IGMP_QQIC, "igmp.qqic", "QQIC", UINT, DEC, TIME, "RFC 3376 4.1.7",
		  "The querier's interval, as a code."),
	REM_FIELD(REM_IGMP_SOURCES, "igmp.num_src", "Sources", UINT, DEC, COUNT, "RFC 3376 4.1.8",
		  "How many sources are asked for."),
};
static const struct rem_field report_fields[] = {
	VERSION,
	TYPE,
	RESERVED(REM_IGMP_MAX),
	SUM,
	RESERVED(REM_BYTES(4, 2)),
	REM_FIELD(REM_IGMP_RECORDS, "igmp.num_grp_recs", "Records", UINT, DEC, COUNT, "RFC 3376 4.2.3",
		  "How many groups are reported."),
};
static const struct rem_field other_fields[] = {
	TYPE,
	REM_FIELD(REM_REST(8), "igmp.data", "Data", BYTES, HEX, PAYLOAD, "RFC 3376 4",
		  "A message of a type that is none of IGMP's."),
};
static const struct rem_field record_fields[] = {
	REM_FIELD(REM_IGMP_RECORD_TYPE, "igmp.record_type", "Record type", UINT, DEC, TYPE, "RFC 3376 4.2.12",
		  "What the host wants of the group.", .flags = REM_F_LABEL, REM_NAMED(.names = &record_names)),
	REM_FIELD(REM_IGMP_RECORD_AUX, "igmp.aux_data_len", "Aux data length", UINT, DEC, SIZE, "RFC 3376 4.2.6",
		  "Length of auxiliary data in words.", REM_NAMED(.unit = "x 4 bytes")),
	REM_FIELD(REM_IGMP_RECORD_SOURCES, "igmp.num_src", "Sources", UINT, DEC, COUNT, "RFC 3376 4.2.7",
		  "How many sources the record lists."),
	REM_FIELD(REM_IGMP_RECORD_GROUP, "igmp.maddr", "Group", IPV4, DEC, ADDRESS, "RFC 3376 4.2.8",
		  "The group that the record is about."),
};
static const struct rem_field source_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "igmp.saddr", "Source", IPV4, DEC, ADDRESS, "RFC 3376 4.1.9",
		  "A source of the group."),
};
static const struct rem_field aux_fields[] = {
	REM_FIELD(REM_REST(0), "igmp.aux_data", "Aux data", BYTES, HEX, PAYLOAD, "RFC 3376 4.2.10",
		  "Nothing that version 3 knows of."),
};
static const struct rem_field rest_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "RFC 3376 4.1.10",
		  "Additional data, counted by the checksum and else ignored."),
};

#define TRACE(bits, key_, name_, type_, show_, class_, about_, ...) \
	REM_FIELD(bits, key_, name_, type_, show_, class_, "draft-ietf-idmr-traceroute-ipm-07", about_, __VA_ARGS__)

static const struct rem_field trace_fields[] = {
	TYPE,
	TRACE(REM_IGMP_MAX, "igmp.mtrace.max_hops", "Hops", UINT, DEC, COUNT, "How many routers may add to the trace."),
	SUM,
	TRACE(REM_IGMP_GROUP, "igmp.maddr", "Group", IPV4, DEC, ADDRESS, "The group whose way is traced, or 0.0.0.0 for none."),
	TRACE(REM_IGMP_TRACE_SOURCE, "igmp.mtrace.saddr", "Source", IPV4, DEC, SOURCE, "The way is traced back to this host."),
	TRACE(REM_BYTES(12, 4), "igmp.mtrace.raddr", "Receiver", IPV4, DEC, DESTINATION, "The way is traced from this host."),
	TRACE(REM_BYTES(16, 4), "igmp.mtrace.rspaddr", "Response to", IPV4, DEC, ADDRESS, "Who wants to be told."),
	TRACE(REM_BYTES(20, 1), "igmp.mtrace.resp_ttl", "Response TTL", UINT, DEC, COUNT, "The TTL of the response."),
	TRACE(REM_BYTES(21, 3), "igmp.mtrace.q_id", "Query ID", UINT, DEC, ID, "Finds the response to a query."),
};
static const struct rem_field hop_fields[] = {
	TRACE(REM_BYTES(0, 4), "igmp.mtrace.q_arrival", "Arrival", UINT, DEC, TIME,
	      "When the query came to the router: the middle of an NTP stamp."),
	TRACE(REM_BYTES(4, 4), "igmp.mtrace.q_inaddr", "Incoming", IPV4, DEC, ADDRESS,
	      "The interface that packets of the source come in by.", .flags = REM_F_LABEL),
	TRACE(REM_BYTES(8, 4), "igmp.mtrace.q_outaddr", "Outgoing", IPV4, DEC, ADDRESS, "The interface that they leave by."),
	TRACE(REM_BYTES(12, 4), "igmp.mtrace.q_prevrtr", "Previous router", IPV4, DEC, ADDRESS, "Who they come from."),
	TRACE(REM_BYTES(16, 4), "igmp.mtrace.q_inpkt", "Packets in", UINT, DEC, COUNT, "Multicasts that came in by the interface."),
	TRACE(REM_BYTES(20, 4), "igmp.mtrace.q_outpkt", "Packets out", UINT, DEC, COUNT, "Multicasts that left by the interface."),
	TRACE(REM_BYTES(24, 4), "igmp.mtrace.q_total", "Packets", UINT, DEC, COUNT, "Those from the source to the group."),
	TRACE(REM_BYTES(28, 1), "igmp.mtrace.q_rtg_proto", "Routing", UINT, DEC, NONE,
	      "What the router goes by.", REM_NAMED(.names = &routing_names)),
	TRACE(REM_BYTES(29, 1), "igmp.mtrace.q_fwd_ttl", "Forwarding TTL", UINT, DEC, COUNT, "The least TTL that passes."),
	TRACE(REM_BITS(240, 1), "igmp.mtrace.q_mbz", "Reserved", UINT, HEX, RESERVED, "Must be zero."),
	TRACE(REM_BITS(241, 1), "igmp.mtrace.q_s", "S", UINT, HEX, FLAGS, "The count is that of the group, from all sources."),
	TRACE(REM_BITS(242, 6), "igmp.mtrace.q_src_mask", "Source prefix", UINT, HEX, SIZE,
	      "Bits of the source's prefix, 63 for all sources."),
	TRACE(REM_BYTES(31, 1), "igmp.mtrace.q_fwd_code", "Forwarding code", UINT, HEX, NONE,
	      "Whether the router forwards, or why not.", REM_NAMED(.names = &forwarding_names)),
};

static const struct rem_table igmp_tables[] = {
	[TABLE_V0] = REM_TABLE("IGMP", v0_fields, .flags = REM_TABLE_ONCE),
	[TABLE_V1] = REM_TABLE("IGMP", v1_fields, .flags = REM_TABLE_ONCE),
	[TABLE_V2] = REM_TABLE("IGMP", v2_fields, .flags = REM_TABLE_ONCE),
	[TABLE_QUERY] = REM_TABLE("IGMP", query_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REPORT] = REM_TABLE("IGMP", report_fields, .flags = REM_TABLE_ONCE),
	[TABLE_OTHER] = REM_TABLE("IGMP", other_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RECORD] = REM_TABLE("Record", record_fields),
	[TABLE_SOURCES] = REM_TABLE("Source", source_fields, .stride = 32),
	[TABLE_AUX] = REM_TABLE("Auxiliary data", aux_fields),
	[TABLE_REST] = REM_TABLE("Rest", rest_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TRACE] = REM_TABLE("IGMP", trace_fields, .flags = REM_TABLE_ONCE),
	[TABLE_HOP] = REM_TABLE("Hop", hop_fields),
};

static const struct rem_bind igmp_binds[] = { {REM_SPACE_IP, REM_IP_IGMP} };
/* clang-format on */

static unsigned table_of(struct rem_view v)
{
	switch (rem_get(v.p, REM_IGMP_TYPE)) {
	case REM_IGMP_QUERY:
		if (v.wire >= REM_IGMP_QUERY_3 && v.wire != REM_UNKNOWN)
			return TABLE_QUERY;
		return v.cap > 1 && rem_get(v.p, REM_IGMP_MAX) == 0 ? TABLE_V1 : TABLE_V2;
	case REM_IGMP_REPORT_1: return TABLE_V1;
	case REM_IGMP_REPORT_2:
	case REM_IGMP_LEAVE: return TABLE_V2;
	case REM_IGMP_REPORT_3: return TABLE_REPORT;
	case REM_IGMP_MTRACE:
	case REM_IGMP_MTRACE_RESPONSE: return TABLE_TRACE;
	default:
		return rem_get(v.p, REM_IGMP_TYPE) <= REM_IGMP_V0_LAST ? TABLE_V0 : TABLE_OTHER;
	}
}

/* Bytes of the header that a table describes. */
static uint32_t header_of(unsigned table)
{
	switch (table) {
	case TABLE_V0: return REM_IGMP_HEADER_0;
	case TABLE_QUERY: return REM_IGMP_QUERY_3;
	case TABLE_TRACE: return REM_IGMP_TRACE;
	default: return REM_IGMP_HEADER;
	}
}

/* Sources, as many of `count` as are here. False: not all of them. */
static bool take_sources(struct rem_breakdown *b, struct rem_part *part, struct rem_view *rest,
			 uint32_t count, uint32_t handle)
{
	const uint32_t here = rest->cap / 4, n = 4 * (count < here ? count : here);

	if (n > 0)
		rem_push(b, TABLE_SOURCES, rest->p, n);
	if (count > here)
		rem_fault(part, rem_lack(*rest, 4 * count), handle);
	*rest = rem_view_skip(*rest, n);
	return count <= here;
}

/* One record. False: not all of it is here. */
static bool take_record(struct rem_breakdown *b, struct rem_view *rest)
{
	const uint8_t *p = rest->p;
	struct rem_part *part = rem_push(b, TABLE_RECORD, p, REM_IGMP_RECORD_HEADER);
	const uint32_t aux = 4 * rem_get(p, REM_IGMP_RECORD_AUX);
	*rest = rem_view_skip(*rest, REM_IGMP_RECORD_HEADER);
	b->depth = 2;
	if (!take_sources(b, part, rest, rem_get(p, REM_IGMP_RECORD_SOURCES),
			  REM_IGMP_RECORD_SOURCES))
		return false;
	if (rest->cap < aux) {
		rem_fault(part, rem_lack(*rest, aux), REM_IGMP_RECORD_AUX);
		return false;
	}
	if (aux > 0)
		rem_push(b, TABLE_AUX, rest->p, aux);
	*rest = rem_view_skip(*rest, aux);
	b->depth = 1;
	return true;
}

/* What each router has added, one behind the other. */
static void take_hops(struct rem_breakdown *b, struct rem_view *rest)
{
	for (; rest->cap >= REM_IGMP_TRACE_HOP; *rest = rem_view_skip(*rest, REM_IGMP_TRACE_HOP))
		rem_push(b, TABLE_HOP, rest->p, REM_IGMP_TRACE_HOP);
}

static void decode_rest(struct rem_breakdown *b, struct rem_part *part, struct rem_view v)
{
	struct rem_view rest = rem_view_skip(v, part->len);
	bool whole = true;

	b->depth = 1;
	if (part->table == TABLE_TRACE)
		take_hops(b, &rest);
	if (part->table == TABLE_QUERY)
		whole = take_sources(b, part, &rest, rem_get(v.p, REM_IGMP_SOURCES),
				     REM_IGMP_SOURCES);
	for (uint32_t i = part->table == TABLE_REPORT ? rem_get(v.p, REM_IGMP_RECORDS) : 0;
	     whole && i > 0; i--) {
		if (rest.cap < REM_IGMP_RECORD_HEADER)
			rem_fault(part, rem_lack(rest, REM_IGMP_RECORD_HEADER), REM_IGMP_RECORDS);
		whole = rest.cap >= REM_IGMP_RECORD_HEADER && take_record(b, &rest);
	}
	b->depth = 0;
	if (whole && rest.cap > 0)
		rem_push(b, TABLE_REST, rest.p, rest.cap);
}

/* Types that other protocols use, which once were part of this one. */
static bool is_foreign(uint32_t type)
{
	return type == REM_IGMP_DVMRP || type == REM_IGMP_PIM ||
	       (type >= REM_IGMP_IGAP_FIRST && type <= REM_IGMP_IGAP_LAST);
}

static int igmp_decode(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t type = rem_get(v.p, REM_IGMP_TYPE);

	if (is_foreign(type))
		return REM_MISS;
	const unsigned table = table_of(v);
	const uint32_t n = header_of(table);
	if (table == TABLE_OTHER) {
		rem_push(b, table, v.p, v.cap);
		return (int)v.cap;
	}
	struct rem_part *part = rem_push(b, table, v.p, v.cap < n ? v.cap : n);
	if (v.cap < n)
		rem_fault(part, rem_lack(v, n), 0);
	else if (rem_closely(b) && v.cap > n)
		decode_rest(b, part, v);
	return (int)v.cap;
}

static enum rem_sum_status igmp_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_view v;

	if (part->table == TABLE_OTHER || !rem_segment(b, part, &v))
		return REM_SUM_UNVERIFIED;
	if (part->table <= TABLE_V2) {
		if (v.cap < header_of(part->table))
			return REM_SUM_UNVERIFIED;
		v = rem_view_first(v, header_of(part->table));
	}
	if (v.cap < v.wire)
		return REM_SUM_UNVERIFIED;
	return rem_sum(v.p, v.cap) == 0xffff ? REM_SUM_GOOD : REM_SUM_BAD;
}

static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	v->u = (uint64_t)igmp_sum(b, row->part);
	return true;
}

static bool version(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	switch (row->part->table) {
	case TABLE_V0: v->u = 0; break;
	case TABLE_V1: v->u = 1; break;
	case TABLE_V2: v->u = 2; break;
	default: v->u = 3; break;
	}
	return true;
}

/* RFC 3376 4.1.1 */
static bool max_resp(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	if (v->u >= REM_IGMP_FLOAT)
		v->u = (uint64_t)(rem_get(row->base, REM_IGMP_MAX_MANT) | 0x10)
		       << (rem_get(row->base, REM_IGMP_MAX_EXP) + 3);
	return true;
}

static bool when_float(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	(void)b, (void)v;
	return rem_get(row->base, REM_IGMP_MAX) >= REM_IGMP_FLOAT;
}

const struct rem_proto rem_proto_igmp = {
	.table = igmp_tables, .tables = REM_COUNT(igmp_tables),
	.bind = igmp_binds, .binds = REM_COUNT(igmp_binds), .decode = igmp_decode, .sum = igmp_sum,
	REM_PROTO_NAMES("igmp", "IGMP", "Internet Group Management Protocol", "RFC 3376"),
};

static void igmp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const uint32_t type = rem_get(p, REM_IGMP_TYPE);
	const uint32_t least = layer->table == TABLE_TRACE ? REM_IGMP_TRACE : REM_IGMP_HEADER;
	const char *name = REM_NAME_OF(type_names, type);

	rem_out_str(out, name != NULL ? name : "type 0x");
	if (name == NULL)
		rem_out_hex(out, type, 2);
	if (layer->len < least || layer->table == TABLE_OTHER)
		return;
	if (layer->table == TABLE_REPORT) {
		rem_out_str(out, ", records ");
		rem_out_uint(out, rem_get(p, REM_IGMP_RECORDS));
		return;
	}
	if (layer->table == TABLE_TRACE) {
		rem_out_str(out, ", source ");
		rem_out_ipv4(out, rem_get(p, REM_IGMP_TRACE_SOURCE));
		return;
	}
	rem_out_str(out, ", group ");
	rem_out_ipv4(out, rem_get(p, REM_IGMP_GROUP));
}

rem_info *const rem_info_igmp = igmp_line;
