/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables of IPv4: RFC 791, 2474 and 3168; options of RFC 791, 1063 (MTU), 1108 (security), 1393
 * (traceroute), 1770 (directed broadcast), 2113 (router alert), 4782 (quick start) and CIPSO.
 */
#include "proto/ipv4_parts.h"
#include <remora/numbers.h>

/* clang-format off */
REM_NAMES(ecn_names, {0, "not ECN-capable"}, {1, "ECT(1)"}, {2, "ECT(0)"}, {3, "congestion experienced"});

#define HEADER \
	REM_FIELD(REM_IPV4_VERSION, "ip.version", "Version", UINT, DEC, VERSION, "RFC 791 3.1", \
		  "4 for this version of the protocol."), \
	REM_FIELD(REM_IPV4_IHL, "ip.hdr_len", "Header length", UINT, DEC, SIZE, "RFC 791 3.1", \
		  "Length of the header, options included.", .scale = 4, REM_NAMED(.unit = "bytes")), \
	REM_FIELD(REM_IPV4_TOS, "ip.dsfield", "Type of Service", UINT, HEX, FLAGS, "RFC 2474 3", \
		  "How routers are to treat the datagram.", .flags = REM_F_CONTAINER | REM_F_NAMED), \
	REM_FIELD(REM_IPV4_DSCP, "ip.dsfield.dscp", "DSCP", UINT, DEC, NONE, "RFC 2474 3", \
		  "Differentiated services code point.", REM_NAMED(.names = &rem_dscp_names)), \
	REM_FIELD(REM_IPV4_ECN, "ip.dsfield.ecn", "ECN", UINT, DEC, NONE, "RFC 3168 5", \
		  "Explicit congestion notification.", REM_NAMED(.names = &ecn_names)), \
	REM_FIELD(REM_IPV4_TOTAL, "ip.len", "Total length", UINT, DEC, SIZE, "RFC 791 3.1", \
		  "Length of header and payload.", .calc = rem_ipv4_total_length, REM_NAMED(.unit = "bytes")), \
	REM_FIELD(REM_IPV4_ID, "ip.id", "Identification", UINT, HEX, ID, "RFC 6864 4", \
		  "Tells fragments of one datagram from those of another."), \
	REM_FIELD(REM_IPV4_FLAGS, "ip.flags", "Flags", UINT, HEX, FLAGS, "RFC 791 3.1", \
		  "Whether the datagram may be, and is, in fragments.", .flags = REM_F_CONTAINER), \
	REM_FIELD(REM_IPV4_RESERVED, "ip.flags.rb", "reserved", BOOL, DEC, NONE, "RFC 791 3.1", \
		  "Must be zero.", .flags = REM_F_FLAG), \
	REM_FIELD(REM_IPV4_DF, "ip.flags.df", "don't fragment", BOOL, DEC, NONE, "RFC 791 3.1", \
		  "Routers drop the datagram rather than cut it.", .flags = REM_F_FLAG), \
	REM_FIELD(REM_IPV4_MF, "ip.flags.mf", "more fragments", BOOL, DEC, NONE, "RFC 791 3.1", \
		  "This is not the last fragment.", .flags = REM_F_FLAG), \
	REM_FIELD(REM_IPV4_OFFSET, "ip.frag_offset", "Fragment offset", UINT, DEC, SIZE, "RFC 791 3.1", \
		  "Where in the datagram this fragment belongs.", REM_NAMED(.unit = "x 8 bytes")), \
	REM_FIELD(REM_IPV4_TTL, "ip.ttl", "Time to live", UINT, DEC, COUNT, "RFC 791 3.1", \
		  "How many more routers may forward it.", REM_NAMED(.unit = "hops")), \
	REM_FIELD(REM_IPV4_PROTO, "ip.proto", "Protocol", UINT, DEC, PROTO, "RFC 791 3.1", \
		  "The protocol of the payload.", REM_NAMED(.names = &rem_ip_proto_names)), \
	REM_FIELD(REM_IPV4_SUM, "ip.checksum", "Header checksum", UINT, HEX, CHECKSUM, "RFC 1071", \
		  "One's complement sum of the header."), \
	REM_FIELD(REM_IPV4_SUM, "ip.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 1071", \
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = rem_ipv4_sum_status, \
		  REM_NAMED(.names = &rem_sum_names)), \
	REM_FIELD(REM_IPV4_SUM, "ip.checksum_calculated", "Checksum calculated", UINT, HEX, NONE, "RFC 1071", \
		  "What the checksum should be.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = rem_ipv4_sum_calculated), \
	REM_FIELD(REM_IPV4_SRC, "ip.src", "Source", IPV4, DEC, SOURCE, "RFC 791 3.1", \
		  "Who sent the datagram."), \
	REM_FIELD(REM_IPV4_SRC, "ip.addr", "Address", IPV4, DEC, ADDRESS, "RFC 791 3.1", \
		  "Either address.", .flags = REM_F_ALIAS), \
	REM_FIELD(REM_IPV4_SRC, "ip.src_host", "Source host", IPV4, DEC, NONE, "RFC 791 3.1", \
		  "The source as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT), \
	REM_FIELD(REM_IPV4_SRC, "ip.host", "Host", IPV4, DEC, NONE, "RFC 791 3.1", \
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT)

static const struct rem_field ipv4_fields[] = {
	HEADER,
	REM_FIELD(REM_IPV4_DST, "ip.dst", "Destination", IPV4, DEC, DESTINATION, "RFC 791 3.1",
		  "Who the datagram is for."),
	REM_FIELD(REM_IPV4_DST, "ip.addr", "Address", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Either address.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_IPV4_DST, "ip.dst_host", "Destination host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The destination as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_IPV4_DST, "ip.host", "Host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
};

/* With a source route that is not used up the destination stands at its end. */
static const struct rem_field routed_fields[] = {
	HEADER,
	REM_FIELD(REM_IPV4_DST, "ip.cur_rt", "Next hop", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Where the source route leads next."),
	REM_FIELD(REM_IPV4_DST, "ip.cur_rt_host", "Next hop host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The next hop as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
};

REM_NAMES(option_names, {0, "end of options"}, {1, "no operation"}, {7, "record route"}, {11, "MTU probe"},
	  {12, "MTU reply"}, {25, "quick start"}, {68, "timestamps"}, {82, "traceroute"}, {130, "security"},
	  {131, "loose source route"}, {133, "extended security"}, {134, "CIPSO"}, {136, "stream ID"},
	  {137, "strict source route"}, {148, "router alert"}, {149, "selective directed broadcast"});
REM_NAMES(option_class_names, {0, "control"}, {2, "debugging and measurement"});
REM_NAMES(ts_names, {0, "timestamps only"}, {1, "address and timestamp"}, {3, "for these addresses"});
REM_NAMES(classification_names, {0x3d, "top secret"}, {0x5a, "secret"}, {0x96, "confidential"},
	  {0xab, "unclassified"});
REM_NAMES(alert_names, {0, "every router examines the datagram"});
REM_NAMES(qs_names, {0, "rate request"}, {8, "rate report"});

#define OPTION_KIND(key) \
	REM_FIELD(OPT_TYPE, key, "Option", NONE, DEC, NONE, "RFC 791 3.1", \
		  "An option of this kind is here.", .flags = REM_F_ALIAS | REM_F_HIDDEN), \
	REM_FIELD(OPT_TYPE, "ip.opt.type", "Type", UINT, DEC, TYPE, "RFC 791 3.1", \
		  "Which option this is.", .flags = REM_F_CONTAINER | REM_F_LABEL, \
		  REM_NAMED(.names = &option_names)), \
	REM_FIELD(OPT_COPY, "ip.opt.type.copy", "Copied", BOOL, DEC, NONE, "RFC 791 3.1", \
		  "Whether all fragments have the option."), \
	REM_FIELD(OPT_CLASS, "ip.opt.type.class", "Class", UINT, DEC, NONE, "RFC 791 3.1", \
		  "What the option is about.", REM_NAMED(.names = &option_class_names)), \
	REM_FIELD(OPT_NUMBER, "ip.opt.type.number", "Number", UINT, DEC, NONE, "RFC 791 3.1", \
		  "Number of the option in its class.")
#define OPTION(key) \
	OPTION_KIND(key), \
	REM_FIELD(OPT_LENGTH, "ip.opt.len", "Length", UINT, DEC, SIZE, "RFC 791 3.1", \
		  "Length of the option, type and length included.", REM_NAMED(.unit = "bytes"))
#define ROUTE(key) \
	OPTION(key), \
	REM_FIELD(OPT_POINTER, "ip.opt.ptr", "Pointer", UINT, DEC, SIZE, "RFC 791 3.1", \
		  "Where the next address stands, counted from 1.")

static const struct rem_field option_fields[] = {
	REM_FIELD(OPT_TYPE, NULL, "Type", UINT, DEC, TYPE, "RFC 791 3.1",
		  "Which option this is.", .flags = REM_F_LABEL, REM_NAMED(.names = &option_names)),
	REM_FIELD(OPT_LENGTH, NULL, "Length", UINT, DEC, SIZE, "RFC 791 3.1",
		  "Length of the option, type and length included.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_REST(16), NULL, "Value", BYTES, HEX, OPTION, "RFC 791 3.1",
		  "Value of an option that has no layout here."),
};
static const struct rem_field end_fields[] = { OPTION_KIND("ip.options.eol") };
static const struct rem_field nop_fields[] = { OPTION_KIND("ip.options.nop") };
static const struct rem_field lsrr_fields[] = { ROUTE("ip.options.route") };
static const struct rem_field ssrr_fields[] = { ROUTE("ip.options.source_route") };
static const struct rem_field rr_fields[] = { ROUTE("ip.options.record_route") };

static const struct rem_field address_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "ip.rec_rt", "Recorded", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Router that the datagram has passed."),
	REM_FIELD(REM_BYTES(0, 4), "ip.rec_rt_host", "Recorded host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The router as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_BYTES(0, 4), "ip.empty_rt", "Empty", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Room for a router's address."),
	REM_FIELD(REM_BYTES(0, 4), "ip.empty_rt_host", "Empty host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The room as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_BYTES(0, 4), "ip.src_rt", "Ahead", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Router that the datagram has yet to pass."),
	REM_FIELD(REM_BYTES(0, 4), "ip.src_rt_host", "Ahead host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The router as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_BYTES(0, 4), "ip.dst", "Destination", IPV4, DEC, DESTINATION, "RFC 791 3.1",
		  "Who the datagram is for."),
	REM_FIELD(REM_BYTES(0, 4), "ip.addr", "Address", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Either address.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_BYTES(0, 4), "ip.dst_host", "Destination host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "The destination as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_BYTES(0, 4), "ip.host", "Host", IPV4, DEC, NONE, "RFC 791 3.1",
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
};

static const struct rem_field security_fields[] = {
	OPTION("ip.options.security"),
	REM_FIELD(REM_BYTES(2, 1), "ip.opt.sec_cl", "Classification", UINT, HEX, OPTION, "RFC 1108 2.3",
		  "How secret the datagram is.", REM_NAMED(.names = &classification_names)),
};
static const struct rem_field security_791_fields[] = {
	OPTION("ip.options.security"),
	REM_FIELD(REM_BYTES(2, 2), "ip.opt.sec_rfc791_sec", "Security", UINT, HEX, OPTION, "RFC 791 3.1",
		  "How secret the datagram is."),
	REM_FIELD(REM_BYTES(4, 2), "ip.opt.sec_rfc791_comp", "Compartments", UINT, DEC, OPTION, "RFC 791 3.1",
		  "All zero: not compartmented."),
	REM_FIELD(REM_BYTES(6, 2), "ip.opt.sec_rfc791_hr", "Handling restrictions", TEXT, DEC, OPTION, "RFC 791 3.1",
		  "Digraph of the Defense Intelligence Agency.",
		  .calc = rem_ipv4_text),
	REM_FIELD(REM_BYTES(8, 3), "ip.opt.sec_rfc791_tcc", "Transmission control code", TEXT, DEC, OPTION, "RFC 791 3.1",
		  "Trigraph that segregates traffic.",
		  .calc = rem_ipv4_text),
};
static const struct rem_field authority_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "ip.opt.sec_prot_auth_flags", "Protection authorities", UINT, HEX, FLAGS,
		  "RFC 1108 2.4", "Whose rules the datagram is under.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(0, 1), "ip.opt.sec_prot_auth_genser", "GENSER", BOOL, DEC, NONE, "RFC 1108 2.4",
		  "US Department of Defense.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(1, 1), "ip.opt.sec_prot_auth_siop_esi", "SIOP-ESI", BOOL, DEC, NONE, "RFC 1108 2.4",
		  "Joint Chiefs of Staff.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(2, 1), "ip.opt.sec_prot_auth_sci", "SCI", BOOL, DEC, NONE, "RFC 1108 2.4",
		  "Central Intelligence.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(3, 1), "ip.opt.sec_prot_auth_nsa", "NSA", BOOL, DEC, NONE, "RFC 1108 2.4",
		  "National Security Agency.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(4, 1), "ip.opt.sec_prot_auth_doe", "DOE", BOOL, DEC, NONE, "RFC 1108 2.4",
		  "Department of Energy.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(5, 2), "ip.opt.sec_prot_auth_unassigned", "Unassigned", UINT, HEX, NONE, "RFC 1108 2.4",
		  "Not assigned."),
	REM_FIELD(REM_BITS(7, 1), "ip.opt.sec_prot_auth_fti", "more", BOOL, DEC, NONE, "RFC 1108 2.4",
		  "Another byte of flags follows.", .flags = REM_F_FLAG),
};
static const struct rem_field authorities_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "ip.opt.sec_prot_auth_flags", "Protection authorities", UINT, HEX, FLAGS,
		  "RFC 1108 2.4", "Whose rules the datagram is under.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(0, 7), "ip.opt.sec_prot_auth_unassigned", "Unassigned", UINT, HEX, NONE, "RFC 1108 2.4",
		  "Not assigned."),
	REM_FIELD(REM_BITS(7, 1), "ip.opt.sec_prot_auth_fti", "more", BOOL, DEC, NONE, "RFC 1108 2.4",
		  "Another byte of flags follows.", .flags = REM_F_FLAG),
};
static const struct rem_field ext_security_fields[] = {
	OPTION("ip.options.ext_security"),
	REM_FIELD(REM_BYTES(2, 1), "ip.opt.ext_sec_add_sec_info_format_code", "Format code", UINT, HEX, OPTION,
		  "RFC 1108 3.3", "What the information is about."),
	REM_FIELD(REM_REST(24), "ip.opt.ext_sec_add_sec_info", "Information", BYTES, HEX, OPTION, "RFC 1108 3.4",
		  "Additional security information."),
};
static const struct rem_field cipso_fields[] = {
	OPTION("ip.options.cipso"),
	REM_FIELD(REM_BYTES(2, 4), "ip.cipso.doi", "DOI", UINT, DEC, OPTION, "FIPS 188",
		  "Domain of interpretation of the tags."),
};
static const struct rem_field cipso_tag_fields[] = {
	[CIPSO_TAG] = REM_FIELD(REM_BYTES(0, 1), "ip.cipso.tag_type", "Tag type", UINT, DEC, TYPE, "FIPS 188",
		"What the tag lists."),
	[CIPSO_LENGTH] = REM_FIELD(REM_BYTES(1, 1), NULL, "Tag length", UINT, DEC, SIZE, "FIPS 188",
		"Length of the tag, type and length included.", REM_NAMED(.unit = "bytes")),
	[CIPSO_ALIGNMENT] = REM_FIELD(REM_BYTES(2, 1), NULL, "Alignment", UINT, HEX, RESERVED, "FIPS 188",
		"Must be zero."),
	[CIPSO_LEVEL] = REM_FIELD(REM_BYTES(3, 1), "ip.cipso.sensitivity_level", "Sensitivity", UINT, DEC, OPTION,
		"FIPS 188", "How secret the datagram is."),
	[CIPSO_CATEGORIES] = REM_FIELD(REM_REST(32), NULL, "Categories", BYTES, HEX, OPTION, "FIPS 188",
		"Categories, as bits, numbers or ranges."),
	[CIPSO_DATA] = REM_FIELD(REM_REST(16), "ip.cipso.tag_data", "Data", BYTES, HEX, OPTION, "FIPS 188",
		"Free form."),
};
static const struct rem_field ts_fields[] = {
	ROUTE("ip.options.timestamp"),
	REM_FIELD(TS_OVERFLOW, "ip.opt.overflow", "Overflow", UINT, DEC, COUNT, "RFC 791 3.1",
		  "Modules that found no room for their timestamp."),
	REM_FIELD(TS_FLAG, "ip.opt.flag", "Flag", UINT, HEX, FLAGS, "RFC 791 3.1",
		  "What is recorded.", REM_NAMED(.names = &ts_names)),
};
static const struct rem_field ts_value_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "ip.opt.time_stamp", "Timestamp", UINT, DEC, TIME, "RFC 791 3.1",
		  "Milliseconds since midnight UT, unless the highest bit is set.", REM_NAMED(.unit = "ms")),
};
static const struct rem_field ts_pair_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "ip.opt.time_stamp_addr", "Address", IPV4, DEC, ADDRESS, "RFC 791 3.1",
		  "Who recorded the timestamp, or is to."),
	REM_FIELD(REM_BYTES(4, 4), "ip.opt.time_stamp", "Timestamp", UINT, DEC, TIME, "RFC 791 3.1",
		  "Milliseconds since midnight UT, unless the highest bit is set.", REM_NAMED(.unit = "ms")),
};
static const struct rem_field sid_fields[] = {
	OPTION("ip.options.sid"),
	REM_FIELD(REM_BYTES(2, 2), "ip.opt.sid", "Stream ID", UINT, DEC, ID, "RFC 791 3.1",
		  "SATNET stream identifier."),
};
#define MTU(key) \
	OPTION(key), \
	REM_FIELD(REM_BYTES(2, 2), "ip.opt.mtu", "MTU", UINT, DEC, SIZE, "RFC 1063 3.1", \
		  "Smallest MTU on the way so far.", REM_NAMED(.unit = "bytes"))
static const struct rem_field mtu_probe_fields[] = { MTU("ip.options.mtu_probe") };
static const struct rem_field mtu_reply_fields[] = { MTU("ip.options.mtu_reply") };
static const struct rem_field traceroute_fields[] = {
	OPTION("ip.options.traceroute"),
	REM_FIELD(REM_BYTES(2, 2), "ip.opt.id_number", "ID number", UINT, DEC, ID, "RFC 1393 2.2",
		  "Tells one trace from another."),
	REM_FIELD(REM_BYTES(4, 2), "ip.opt.ohc", "Outbound hop count", UINT, DEC, COUNT, "RFC 1393 2.2",
		  "Routers that the outbound datagram has passed."),
	REM_FIELD(REM_BYTES(6, 2), "ip.opt.rhc", "Return hop count", UINT, DEC, COUNT, "RFC 1393 2.2",
		  "Routers that the returning datagram has passed; 0xffff: it is outbound."),
	REM_FIELD(REM_BYTES(8, 4), "ip.opt.originator", "Originator", IPV4, DEC, ADDRESS, "RFC 1393 2.2",
		  "Who wants to know."),
};
static const struct rem_field alert_fields[] = {
	OPTION("ip.options.routeralert"),
	REM_FIELD(REM_BYTES(2, 2), "ip.opt.ra", "Router alert", UINT, DEC, OPTION, "RFC 2113 2.1",
		  "What routers are to do with the datagram.", REM_NAMED(.names = &alert_names)),
};
static const struct rem_field sdb_fields[] = { OPTION("ip.options.sdb") };
static const struct rem_field sdb_address_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "ip.opt.addr", "Address", IPV4, DEC, ADDRESS, "RFC 1770",
		  "Network that the datagram is for."),
};
static const struct rem_field qs_fields[] = {
	OPTION("ip.options.qs"),
	REM_FIELD(QS_FUNCTION, "ip.opt.qs_func", "Function", UINT, DEC, OP, "RFC 4782 3.1",
		  "Request or report.", REM_NAMED(.names = &qs_names)),
	REM_FIELD(QS_RATE, "ip.opt.qs_rate", "Rate", UINT, DEC, OPTION, "RFC 4782 3.1",
		  "Sending rate, as 40 kbit/s times a power of two.", .calc = rem_ipv4_qs_any),
	REM_FIELD(QS_TTL, "ip.opt.qs_ttl", "QS TTL", UINT, DEC, COUNT, "RFC 4782 3.1",
		  "Counted down by routers that approve.", .calc = rem_ipv4_qs_request),
	REM_FIELD(QS_TTL, "ip.opt.qs_ttl_diff", "TTL difference", UINT, DEC, NONE, "RFC 4782 3.2",
		  "Does not change as long as all routers approve.", .flags = REM_F_ALIAS, .calc = rem_ipv4_qs_ttl_diff),
	REM_FIELD(QS_TTL, "ip.opt.qs_unused", "Unused", UINT, DEC, RESERVED, "RFC 4782 3.1",
		  "Not used in a report.", .flags = REM_F_ALIAS, .calc = rem_ipv4_qs_report),
	REM_FIELD(QS_NONCE, "ip.opt.qs_nonce", "QS nonce", UINT, HEX, ID, "RFC 4782 3.4",
		  "Shows a receiver that reports more than was approved.", .calc = rem_ipv4_qs_any),
	REM_FIELD(QS_RESERVED, "ip.opt.qs_reserved", "Reserved", UINT, HEX, RESERVED, "RFC 4782 3.1",
		  "Must be zero.", .calc = rem_ipv4_qs_any),
};
static const struct rem_field surplus_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Surplus", BYTES, HEX, PAYLOAD, "RFC 9868 4",
		  "Bytes of the datagram that its transport protocol does not count."),
};

static const struct rem_field behind_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Not decoded", BYTES, HEX, OPTION, "RFC 791 3.1",
		  "Bytes behind the end of the options, or behind one that lies."),
};

const struct rem_table rem_ipv4_tables[TABLE_COUNT] = {
	[TABLE_HEADER] = REM_TABLE("IPv4", ipv4_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ROUTED] = REM_TABLE("IPv4", routed_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SURPLUS] = REM_TABLE("Surplus", surplus_fields, .flags = REM_TABLE_ONCE),
	[TABLE_OPTION] = REM_TABLE("Option", option_fields),
	[TABLE_END] = REM_TABLE("Option", end_fields),
	[TABLE_NOP] = REM_TABLE("Option", nop_fields),
	[TABLE_SECURITY] = REM_TABLE("Option", security_fields),
	[TABLE_SECURITY_791] = REM_TABLE("Option", security_791_fields),
	[TABLE_AUTHORITY] = REM_TABLE("Authorities", authority_fields),
	[TABLE_AUTHORITIES] = REM_TABLE("Authorities", authorities_fields, .stride = 8),
	[TABLE_LSRR] = REM_TABLE("Option", lsrr_fields),
	[TABLE_TS] = REM_TABLE("Option", ts_fields),
	[TABLE_TS_VALUES] = REM_TABLE("Timestamp", ts_value_fields, .stride = 32),
	[TABLE_TS_PAIRS] = REM_TABLE("Timestamp", ts_pair_fields, .stride = 64),
	[TABLE_EXT_SECURITY] = REM_TABLE("Option", ext_security_fields),
	[TABLE_CIPSO] = REM_TABLE("Option", cipso_fields),
	[TABLE_CIPSO_TAG] = REM_TABLE("Tag", cipso_tag_fields),
	[TABLE_RR] = REM_TABLE("Option", rr_fields),
	[TABLE_SID] = REM_TABLE("Option", sid_fields),
	[TABLE_SSRR] = REM_TABLE("Option", ssrr_fields),
	[TABLE_MTU_PROBE] = REM_TABLE("Option", mtu_probe_fields),
	[TABLE_MTU_REPLY] = REM_TABLE("Option", mtu_reply_fields),
	[TABLE_TRACEROUTE] = REM_TABLE("Option", traceroute_fields),
	[TABLE_ALERT] = REM_TABLE("Option", alert_fields),
	[TABLE_SDB] = REM_TABLE("Option", sdb_fields),
	[TABLE_BEHIND] = REM_TABLE("Options", behind_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SDB_ADDRESSES] = REM_TABLE("Address", sdb_address_fields, .stride = 32),
	[TABLE_QS] = REM_TABLE("Option", qs_fields),
	[TABLE_ADDRESSES] = REM_TABLE("Address", address_fields, .stride = 32),
};
/* clang-format on */
