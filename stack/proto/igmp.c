/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Group Management Protocol: version 1 of RFC 1112, 2 of RFC 2236, 3 of RFC 3376. The
 * diagrams and handles stand in remora/igmp.h.
 */
#include "core/decode.h"
#include <remora/igmp.h>
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/text.h>

enum {
	TABLE_V0, TABLE_V1, TABLE_V2, TABLE_QUERY, TABLE_REPORT, TABLE_OTHER, TABLE_RECORD, TABLE_SOURCES,
	TABLE_AUX, TABLE_REST,
};

static rem_calc version, max_resp, when_float, sum_status;

/* clang-format off */
REM_NAMES(type_names, {0x11, "membership query"}, {0x12, "version 1 report"}, {0x16, "version 2 report"},
	  {0x17, "leave group"}, {0x1e, "mtrace response"}, {0x1f, "mtrace query"}, {0x22, "version 3 report"});
REM_NAMES(record_names, {1, "mode is include"}, {2, "mode is exclude"}, {3, "change to include"},
	  {4, "change to exclude"}, {5, "allow new sources"}, {6, "block old sources"});

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

static void decode_rest(struct rem_breakdown *b, struct rem_part *part, struct rem_view v)
{
	struct rem_view rest = rem_view_skip(v, part->len);
	bool whole = true;

	b->depth = 1;
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

/* Types that are IGMP's, but of no version of it that is decoded here. */
static bool is_historic(uint32_t type)
{
	return type == REM_IGMP_MTRACE_RESPONSE || type == REM_IGMP_MTRACE;
}

static int igmp_decode(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t type = rem_get(v.p, REM_IGMP_TYPE);

	if (is_foreign(type))
		return REM_MISS;
	const unsigned table = table_of(v);
	const uint32_t n = header_of(table);
	if (table == TABLE_OTHER) {
		rem_push(b, table, v.p, is_historic(type) ? 1 : v.cap);
		if (is_historic(type) && v.cap > 1)
			rem_push(b, TABLE_REST, v.p + 1, v.cap - 1);
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
	const char *name = REM_NAME_OF(type_names, type);

	rem_out_str(out, name != NULL ? name : "type 0x");
	if (name == NULL)
		rem_out_hex(out, type, 2);
	if (layer->len < REM_IGMP_HEADER || layer->table == TABLE_OTHER)
		return;
	if (layer->table == TABLE_REPORT) {
		rem_out_str(out, ", records ");
		rem_out_uint(out, rem_get(p, REM_IGMP_RECORDS));
		return;
	}
	rem_out_str(out, ", group ");
	rem_out_ipv4(out, rem_get(p, REM_IGMP_GROUP));
}

rem_info *const rem_info_igmp = igmp_line;
