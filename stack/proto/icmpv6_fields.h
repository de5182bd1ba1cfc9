/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rows of ICMPv6, for icmpv6.c alone: messages of RFC 4443, RFC 4861 (neighbor discovery),
 * RFC 2710 and RFC 3810 (multicast listeners), RFC 4620 (node information), RFC 2894 (renumbering),
 * RFC 6275, RFC 8335 and others. Offsets are those of the message, or of the option.
 */
#ifndef REMORA_PROTO_ICMPV6_FIELDS_H
#define REMORA_PROTO_ICMPV6_FIELDS_H

#include "proto/icmpv6_parts.h"
#include <remora/numbers.h>

static rem_calc sum_status, response_code, query_interval, send_time;

/* clang-format off */
REM_NAMES(type_names, {1, "Destination unreachable"}, {2, "Packet too big"}, {3, "Time exceeded"}, {4, "Parameter problem"},
	  {128, "Echo request"}, {129, "Echo reply"}, {130, "Multicast listener query"}, {131, "Multicast listener report"},
	  {132, "Multicast listener done"}, {133, "Router solicitation"}, {134, "Router advertisement"},
	  {135, "Neighbor solicitation"}, {136, "Neighbor advertisement"}, {137, "Redirect"}, {138, "Router renumbering"},
	  {139, "Node information query"}, {140, "Node information reply"}, {141, "Inverse neighbor solicitation"},
	  {142, "Inverse neighbor advertisement"}, {143, "Multicast listener report v2"},
	  {144, "Home agent address discovery request"}, {145, "Home agent address discovery reply"},
	  {146, "Mobile prefix solicitation"}, {147, "Mobile prefix advertisement"},
	  {148, "Certification path solicitation"}, {149, "Certification path advertisement"}, {150, "Experimental mobility"},
	  {151, "Multicast router advertisement"}, {152, "Multicast router solicitation"},
	  {153, "Multicast router termination"}, {154, "Fast handover"}, {155, "RPL control"}, {156, "ILNP locator update"},
	  {157, "Duplicate address request"}, {158, "Duplicate address confirmation"}, {159, "MPL control"},
	  {160, "Extended echo request"}, {161, "Extended echo reply"});
REM_NAMES(preference_names, {0, "medium"}, {1, "high"}, {2, "reserved"}, {3, "low"});
REM_NAMES(record_names, {1, "is include"}, {2, "is exclude"}, {3, "change to include"}, {4, "change to exclude"},
	  {5, "allow new sources"}, {6, "block old sources"});
REM_NAMES(qtype_names, {0, "NOOP"}, {2, "node name"}, {3, "node addresses"}, {4, "IPv4 addresses"});
REM_NAMES(option_names, {1, "Source link-layer address"}, {2, "Target link-layer address"}, {3, "Prefix information"},
	  {4, "Redirected header"}, {5, "MTU"}, {6, "NBMA shortcut limit"}, {7, "Advertisement interval"},
	  {8, "Home agent information"}, {9, "Source addresses"}, {10, "Target addresses"}, {11, "CGA"},
	  {12, "RSA signature"}, {13, "Timestamp"}, {14, "Nonce"}, {15, "Trust anchor"}, {16, "Certificate"},
	  {17, "IP address/prefix"}, {18, "New router prefix"}, {19, "Link-layer address"}, {20, "Neighbor advertisement ack"},
	  {23, "MAP"}, {24, "Route information"}, {25, "Recursive DNS servers"}, {26, "RA flags extension"},
	  {27, "Handover key request"}, {28, "Handover key reply"}, {29, "Handover assist"}, {30, "Mobile node identifier"},
	  {31, "DNS search list"}, {32, "Proxy signature"}, {33, "Address registration"}, {34, "6LoWPAN context"},
	  {35, "Authoritative border router"}, {36, "6LoWPAN capability"}, {37, "Captive portal"}, {38, "PREF64"},
	  {138, "CARD request"}, {139, "CARD reply"});
REM_NAMES(plc_names, {0, "/96"}, {1, "/64"}, {2, "/56"}, {3, "/48"}, {4, "/40"}, {5, "/32"});

#define ROW(bits_, key_, ...) REM_FIELD(bits_, "icmpv6." key_, __VA_ARGS__)
#define FLAG(bits_, key_, name_, ref_, about_) \
	ROW(bits_, key_, name_, BOOL, DEC, NONE, ref_, about_, .flags = REM_F_FLAG)

static const struct rem_field header_fields[] = {
	ROW(REM_ICMPV6_TYPE, "type", "Type", UINT, DEC, OP, "RFC 4443 2.1", "What the message is.",
	    REM_NAMED(.names = &type_names)),
	ROW(REM_ICMPV6_CODE, "code", "Code", UINT, DEC, TYPE, "RFC 4443 2.1", "The type in more detail."),
	ROW(REM_ICMPV6_SUM, "checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 4443 2.3",
	    "One's complement sum of pseudo header and message."),
	ROW(REM_ICMPV6_SUM, "checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 4443 2.3",
	    "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status, REM_NAMED(.names = &rem_sum_names)),
};
static const struct rem_field data_fields[] = {
	ROW(REM_REST(32), "data", "Data", BYTES, HEX, PAYLOAD, "RFC 4443 2.1", "Body of a type that remora does not know."),
};
static const struct rem_field opaque_fields[] = {
	REM_FIELD(REM_REST(32), NULL, "Body", BYTES, HEX, PAYLOAD, "RFC 4443 2.1", "Body that remora does not take apart."),
};

#define RESERVED(bits_, ref_) ROW(bits_, "reserved", "Reserved", BYTES, HEX, RESERVED, ref_, "Must be zero.")

static const struct rem_field reserved_fields[] = { RESERVED(REM_BITS(32, 32), "RFC 4443 3.1") };
static const struct rem_field quoted_fields[] = {
	ROW(REM_BITS(32, 8), "length", "Length", UINT, DEC, SIZE, "RFC 4884 4.4", "Length of the quoted packet.",
	    REM_NAMED(.unit = "x 8 bytes")),
	RESERVED(REM_BITS(40, 24), "RFC 4884 4.4"),
};
static const struct rem_field mtu_fields[] = {
	ROW(REM_BITS(32, 32), "mtu", "MTU", UINT, DEC, SIZE, "RFC 4443 3.2", "What fits through the next hop.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field pointer_fields[] = {
	ROW(REM_BITS(32, 32), "pointer", "Pointer", UINT, DEC, SIZE, "RFC 4443 3.4", "Where in the quoted packet the problem is."),
};
static const struct rem_field extensions_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Extensions", BYTES, HEX, OPTION, "RFC 4884 7", "What else there is to say."),
};
#define ECHO_ID ROW(REM_ICMPV6_ID, "echo.identifier", "Identifier", UINT, HEX, ID, "RFC 4443 4.1", "Tells who asks.")
static const struct rem_field echo_fields[] = {
	ECHO_ID,
	ROW(REM_ICMPV6_SEQ, "echo.sequence_number", "Sequence number", UINT, DEC, SEQUENCE, "RFC 4443 4.1", "Counts requests."),
};
static const struct rem_field ext_echo_fields[] = {
	ECHO_ID,
	ROW(REM_BITS(48, 8), "ext.echo.seq", "Sequence number", UINT, DEC, SEQUENCE, "RFC 8335 2", "Counts requests."),
	ROW(REM_BITS(56, 7), "ext.echo.req.res", "Reserved", UINT, HEX, RESERVED, "RFC 8335 2", "Must be zero."),
	FLAG(REM_BITS(63, 1), "ext.echo.req.local", "local", "RFC 8335 2", "The interface is the proxy's own."),
};
static const struct rem_field ext_reply_fields[] = {
	ECHO_ID,
	ROW(REM_BITS(48, 8), "ext.echo.seq", "Sequence number", UINT, DEC, SEQUENCE, "RFC 8335 3", "Counts requests."),
	ROW(REM_BITS(56, 3), "ext.echo.rsp.state", "State", UINT, DEC, NONE, "RFC 8335 3", "What the neighbor cache says."),
	ROW(REM_BITS(59, 2), "ext.echo.rsp.res", "Reserved", UINT, HEX, RESERVED, "RFC 8335 3", "Must be zero."),
	FLAG(REM_BITS(61, 1), "ext.echo.rsp.active", "active", "RFC 8335 3", "The interface is up."),
	FLAG(REM_BITS(62, 1), "ext.echo.rsp.ipv4", "IPv4", "RFC 8335 3", "It runs IPv4."),
	FLAG(REM_BITS(63, 1), "ext.echo.rsp.ipv6", "IPv6", "RFC 8335 3", "It runs IPv6."),
};

/* ---- multicast listeners ---- */

#define MLD_GROUP \
	RESERVED(REM_BITS(48, 16), "RFC 2710 3"), \
	ROW(REM_BITS(64, 128), "mld.multicast_address", "Group", IPV6, DEC, ADDRESS, "RFC 2710 3.6", "Which group it is about; :: for all.")

static const struct rem_field mld_fields[] = {
	ROW(REM_BITS(32, 16), "mld.maximum_response_delay", "Maximum response delay", UINT, DEC, TIME, "RFC 2710 3.4",
	    "How long listeners may wait.", REM_NAMED(.unit = "ms")),
	MLD_GROUP,
};
static const struct rem_field mld2_query_fields[] = {
	ROW(REM_BITS(32, 16), "mld.maximum_response_code", "Maximum response code", UINT, DEC, TIME, "RFC 3810 5.1.3",
	    "How long listeners may wait.", .calc = response_code, REM_NAMED(.unit = "ms")),
	MLD_GROUP,
	ROW(REM_BITS(192, 8), "mld.flag", "Flags", UINT, HEX, FLAGS, "RFC 3810 5.1", "How routers take the query.", .flags = REM_F_CONTAINER),
	ROW(REM_BITS(192, 4), "mld.flag.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 3810 5.1.6", "Must be zero."),
	FLAG(REM_BITS(196, 1), "mld.flag.s", "suppress", "RFC 3810 5.1.7", "Routers leave their timers alone."),
	ROW(REM_BITS(197, 3), "mld.flag.qrv", "Robustness", UINT, DEC, COUNT, "RFC 3810 5.1.8", "The querier's robustness variable."),
	ROW(REM_BITS(200, 8), "mld.qqi", "Query interval", UINT, DEC, TIME, "RFC 3810 5.1.9", "Time between queries.",
	    .calc = query_interval, REM_NAMED(.unit = "s")),
	ROW(REM_BITS(208, 16), "mld.nb_sources", "Sources", UINT, DEC, COUNT, "RFC 3810 5.1.10", "Sources that follow."),
};
static const struct rem_field mld2_source_fields[] = {
	ROW(REM_BITS(0, 128), "mld.source_address", "Source", IPV6, DEC, ADDRESS, "RFC 3810 5.1.11", "A source that is asked about."),
};
static const struct rem_field mld2_report_fields[] = {
	RESERVED(REM_BITS(32, 16), "RFC 3810 5.2"),
	ROW(REM_BITS(48, 16), "mldr.nb_mcast_records", "Records", UINT, DEC, COUNT, "RFC 3810 5.2.3", "Records that follow."),
};
static const struct rem_field mld2_record_fields[] = {
	ROW(REM_BITS(0, 8), "mldr.mar", "Record", NONE, DEC, NONE, "RFC 3810 5.2.4", "What is said of one group.", .flags = REM_F_ALIAS),
	ROW(REM_BITS(0, 8), "mldr.mar.record_type", "Record type", UINT, DEC, OP, "RFC 3810 5.2.12", "What the listener wants.",
	    .flags = REM_F_LABEL, REM_NAMED(.names = &record_names)),
	ROW(REM_BITS(8, 8), "mldr.mar.aux_data_len", "Auxiliary data", UINT, DEC, SIZE, "RFC 3810 5.2.6", "Behind the sources.",
	    REM_NAMED(.unit = "x 4 bytes")),
	ROW(REM_BITS(16, 16), "mldr.mar.nb_sources", "Sources", UINT, DEC, COUNT, "RFC 3810 5.2.7", "Sources that follow."),
	ROW(REM_BITS(32, 128), "mldr.mar.multicast_address", "Group", IPV6, DEC, ADDRESS, "RFC 3810 5.2.8", "Which group it is about."),
};
static const struct rem_field mld2_record_source_fields[] = {
	ROW(REM_BITS(0, 128), "mldr.mar.source_address", "Source", IPV6, DEC, ADDRESS, "RFC 3810 5.2.9", "A source of the group."),
};
static const struct rem_field mld2_aux_fields[] = {
	ROW(REM_REST(0), "mldr.mar.auxiliary_data", "Auxiliary data", BYTES, HEX, PAYLOAD, "RFC 3810 5.2.10", "Nothing is defined."),
};

/* ---- neighbor discovery: messages ---- */

static const struct rem_field ra_fields[] = {
	ROW(REM_BITS(32, 8), "nd.ra.cur_hop_limit", "Hop limit", UINT, DEC, COUNT, "RFC 4861 4.2", "What hosts are to send with; 0: unsaid."),
	ROW(REM_BITS(40, 8), "nd.ra.flag", "Flags", UINT, HEX, FLAGS, "RFC 4861 4.2", "Where hosts get their addresses.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(40, 1), "nd.ra.flag.m", "managed", "RFC 4861 4.2", "Addresses are to be had by DHCPv6."),
	FLAG(REM_BITS(41, 1), "nd.ra.flag.o", "other configuration", "RFC 4861 4.2", "All else is to be had by DHCPv6."),
	FLAG(REM_BITS(42, 1), "nd.ra.flag.h", "home agent", "RFC 6275 7.1", "The router is a home agent."),
	ROW(REM_BITS(43, 2), "nd.ra.flag.prf", "Preference", UINT, DEC, NONE, "RFC 4191 2.2", "Among default routers.",
	    REM_NAMED(.names = &preference_names)),
	FLAG(REM_BITS(45, 1), "nd.ra.flag.p", "proxy", "RFC 4389 4.1.3", "A proxy has passed it on."),
	ROW(REM_BITS(46, 2), "nd.ra.flag.rsv", "Reserved", UINT, DEC, RESERVED, "RFC 4861 4.2", "Must be zero."),
	ROW(REM_BITS(48, 16), "nd.ra.router_lifetime", "Router lifetime", UINT, DEC, TIME, "RFC 4861 4.2",
	    "How long it is a default router; 0: it is none.", REM_NAMED(.unit = "s")),
	ROW(REM_BITS(64, 32), "nd.ra.reachable_time", "Reachable time", UINT, DEC, TIME, "RFC 4861 4.2",
	    "How long a neighbor counts as reachable.", REM_NAMED(.unit = "ms")),
	ROW(REM_BITS(96, 32), "nd.ra.retrans_timer", "Retransmission timer", UINT, DEC, TIME, "RFC 4861 4.2",
	    "Time between solicitations.", REM_NAMED(.unit = "ms")),
};
static const struct rem_field ns_fields[] = {
	RESERVED(REM_BITS(32, 32), "RFC 4861 4.3"),
	ROW(REM_ICMPV6_TARGET, "nd.ns.target_address", "Target", IPV6, DEC, ADDRESS, "RFC 4861 4.3", "Whose link-layer address is asked for."),
};
static const struct rem_field na_fields[] = {
	ROW(REM_BITS(32, 32), "nd.na.flag", "Flags", UINT, HEX, FLAGS, "RFC 4861 4.4", "How to take the answer.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(32, 1), "nd.na.flag.r", "router", "RFC 4861 4.4", "The sender is a router."),
	FLAG(REM_BITS(33, 1), "nd.na.flag.s", "solicited", "RFC 4861 4.4", "It answers a solicitation."),
	FLAG(REM_BITS(34, 1), "nd.na.flag.o", "override", "RFC 4861 4.4", "It replaces what is in the cache."),
	ROW(REM_BITS(35, 29), "nd.na.flag.rsv", "Reserved", UINT, DEC, RESERVED, "RFC 4861 4.4", "Must be zero."),
	ROW(REM_ICMPV6_TARGET, "nd.na.target_address", "Target", IPV6, DEC, ADDRESS, "RFC 4861 4.4", "Whose link-layer address it tells."),
};
static const struct rem_field redirect_fields[] = {
	RESERVED(REM_BITS(32, 32), "RFC 4861 4.5"),
	ROW(REM_ICMPV6_TARGET, "nd.rd.target_address", "Target", IPV6, DEC, ADDRESS, "RFC 4861 4.5", "A better first hop."),
	ROW(REM_BITS(192, 128), "rd.na.destination_address", "Destination", IPV6, DEC, ADDRESS, "RFC 4861 4.5", "For whom it is better."),
};

/* ---- router renumbering, node information, mobility, and the rest ---- */

static const struct rem_field renumber_fields[] = {
	ROW(REM_BITS(32, 32), "rr.sequence_number", "Sequence number", UINT, DEC, SEQUENCE, "RFC 2894 3.1", "Must not decrease."),
	ROW(REM_BITS(64, 8), "rr.segment_number", "Segment number", UINT, DEC, SEQUENCE, "RFC 2894 3.1", "Tells messages of one sequence number apart."),
	ROW(REM_BITS(72, 8), "rr.flag", "Flags", UINT, HEX, FLAGS, "RFC 2894 3.1", "How to do it.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(72, 1), "rr.flag.t", "test", "RFC 2894 3.1", "Nothing is to be changed."),
	FLAG(REM_BITS(73, 1), "rr.flag.r", "result requested", "RFC 2894 3.1", "A result is to be sent."),
	FLAG(REM_BITS(74, 1), "rr.flag.a", "all interfaces", "RFC 2894 3.1", "Even those that are shut down."),
	FLAG(REM_BITS(75, 1), "rr.flag.s", "site-specific", "RFC 2894 3.1", "Only interfaces of this site."),
	FLAG(REM_BITS(76, 1), "rr.flag.p", "processed", "RFC 2894 3.1", "It was done before."),
	ROW(REM_BITS(77, 3), "rr.flag.rsv", "Reserved", UINT, DEC, RESERVED, "RFC 2894 3.1", "Must be zero."),
	ROW(REM_BITS(80, 16), "rr.maxdelay", "Maximum delay", UINT, DEC, TIME, "RFC 2894 3.1", "Before the answer.", REM_NAMED(.unit = "ms")),
	RESERVED(REM_BITS(96, 32), "RFC 2894 3.1"),
};
static const struct rem_field renumber_match_fields[] = {
	ROW(REM_BITS(0, 8), "rr.pco.mp", "Match part", NONE, DEC, NONE, "RFC 2894 3.2.1.1", "Which prefixes to change.", .flags = REM_F_ALIAS),
	ROW(REM_BITS(0, 8), "rr.pco.mp.opcode", "Operation", UINT, DEC, OP, "RFC 2894 3.2.1.1", "1 add, 2 change, 3 set all."),
	ROW(REM_BITS(8, 8), "rr.pco.mp.oplength", "Length", UINT, DEC, SIZE, "RFC 2894 3.2.1.1", "With the parts that follow.", REM_NAMED(.unit = "x 8 bytes")),
	ROW(REM_BITS(16, 8), "rr.pco.mp.ordinal", "Ordinal", UINT, HEX, ID, "RFC 2894 3.2.1.1", "Comes back in the result."),
	ROW(REM_BITS(24, 8), "rr.pco.mp.matchlen", "Match length", UINT, DEC, SIZE, "RFC 2894 3.2.1.1", "Bits that must match."),
	ROW(REM_BITS(32, 8), "rr.pco.mp.minlen", "Least length", UINT, DEC, SIZE, "RFC 2894 3.2.1.1", "Of prefixes that match."),
	ROW(REM_BITS(40, 8), "rr.pco.mp.maxlen", "Greatest length", UINT, DEC, SIZE, "RFC 2894 3.2.1.1", "Of prefixes that match."),
	RESERVED(REM_BITS(48, 16), "RFC 2894 3.2.1.1"),
	ROW(REM_BITS(64, 128), "rr.pco.mp.matchprefix", "Prefix", IPV6, DEC, ADDRESS, "RFC 2894 3.2.1.1", "What must match."),
};
#define RENUMBER_MASK(at_) \
	ROW(REM_BITS(at_, 1), "rr.pco.up.flagmask.l", "on-link", BOOL, DEC, NONE, "RFC 2894 3.2.1.2", "The prefix is on the link.", .flags = REM_F_FLAG), \
	ROW(REM_BITS(at_ + 1, 1), "rr.pco.up.flagmask.a", "autonomous", BOOL, DEC, NONE, "RFC 2894 3.2.1.2", "Hosts make addresses of it.", .flags = REM_F_FLAG), \
	ROW(REM_BITS(at_ + 2, 6), "rr.pco.up.flagmask.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 2894 3.2.1.2", "Must be zero.")
static const struct rem_field renumber_use_fields[] = {
	ROW(REM_BITS(0, 8), "rr.pco.up", "Use part", NONE, DEC, NONE, "RFC 2894 3.2.1.2", "What to change them to.", .flags = REM_F_ALIAS),
	ROW(REM_BITS(0, 8), "rr.pco.up.uselen", "Use length", UINT, DEC, SIZE, "RFC 2894 3.2.1.2", "Bits that are new."),
	ROW(REM_BITS(8, 8), "rr.pco.up.keeplen", "Keep length", UINT, DEC, SIZE, "RFC 2894 3.2.1.2", "Bits that stay."),
	ROW(REM_BITS(16, 8), "rr.pco.up.flagmask", "Mask", UINT, HEX, FLAGS, "RFC 2894 3.2.1.2", "Which flags to change.", .flags = REM_F_CONTAINER),
	RENUMBER_MASK(16),
	ROW(REM_BITS(24, 8), "rr.pco.up.raflags", "Flags", UINT, HEX, FLAGS, "RFC 2894 3.2.1.2", "Flags of the new prefix.", .flags = REM_F_CONTAINER),
	RENUMBER_MASK(24),
	ROW(REM_BITS(32, 32), "rr.pco.up.validlifetime", "Valid lifetime", UINT, DEC, TIME, "RFC 2894 3.2.1.2", "How long addresses are valid.", REM_NAMED(.unit = "s")),
	ROW(REM_BITS(64, 32), "rr.pco.up.preferredlifetime", "Preferred lifetime", UINT, DEC, TIME, "RFC 2894 3.2.1.2", "How long they are preferred.", REM_NAMED(.unit = "s")),
	ROW(REM_BITS(96, 32), "rr.pco.up.flag", "Flags", UINT, HEX, FLAGS, "RFC 2894 3.2.1.2", "How lifetimes run.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(96, 1), "rr.pco.up.flag.v", "valid runs", "RFC 2894 3.2.1.2", "The valid lifetime runs down."),
	FLAG(REM_BITS(97, 1), "rr.pco.up.flag.p", "preferred runs", "RFC 2894 3.2.1.2", "The preferred lifetime runs down."),
	ROW(REM_BITS(98, 30), "rr.pco.up.flag.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 2894 3.2.1.2", "Must be zero."),
	ROW(REM_BITS(128, 128), "rr.pco.up.useprefix", "Prefix", IPV6, DEC, ADDRESS, "RFC 2894 3.2.1.2", "The new bits."),
};
static const struct rem_field renumber_result_fields[] = {
	ROW(REM_BITS(0, 8), "rr.rm", "Result", NONE, DEC, NONE, "RFC 2894 3.3", "What was done.", .flags = REM_F_ALIAS),
	ROW(REM_BITS(0, 16), "rr.rm.flag", "Flags", UINT, HEX, FLAGS, "RFC 2894 3.3", "What went wrong.", .flags = REM_F_CONTAINER),
	ROW(REM_BITS(0, 14), "rr.rm.flag.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 2894 3.3", "Must be zero."),
	FLAG(REM_BITS(14, 1), "rr.rm.flag.b", "bounds", "RFC 2894 3.3", "A length was out of bounds."),
	FLAG(REM_BITS(15, 1), "rr.rm.flag.f", "forbidden", "RFC 2894 3.3", "The prefix may not be used."),
	ROW(REM_BITS(16, 8), "rr.rm.ordinal", "Ordinal", UINT, HEX, ID, "RFC 2894 3.3", "Of the command."),
	ROW(REM_BITS(24, 8), "rr.rm.matchedlen", "Matched length", UINT, DEC, SIZE, "RFC 2894 3.3", "Of the prefix that matched."),
	ROW(REM_BITS(32, 32), "rr.rm.interfaceindex", "Interface", UINT, DEC, ID, "RFC 2894 3.3", "Where it matched."),
	ROW(REM_BITS(64, 128), "rr.rm.matchedprefix", "Prefix", IPV6, DEC, ADDRESS, "RFC 2894 3.3", "That matched."),
};
static const struct rem_field node_fields[] = {
	ROW(REM_BITS(32, 16), "ni.qtype", "Query type", UINT, DEC, OP, "RFC 4620 4", "What is asked for.", REM_NAMED(.names = &qtype_names)),
	ROW(REM_BITS(48, 16), "ni.flag", "Flags", UINT, HEX, FLAGS, "RFC 4620 4", "Which addresses.", .flags = REM_F_CONTAINER),
	ROW(REM_BITS(48, 10), "ni.flag.rsv", "Reserved", UINT, HEX, RESERVED, "RFC 4620 4", "Must be zero."),
	FLAG(REM_BITS(58, 1), "ni.flag.g", "global", "RFC 4620 6.4", "Global addresses."),
	FLAG(REM_BITS(59, 1), "ni.flag.s", "site-local", "RFC 4620 6.4", "Site-local addresses."),
	FLAG(REM_BITS(60, 1), "ni.flag.l", "link-local", "RFC 4620 6.4", "Link-local addresses."),
	FLAG(REM_BITS(61, 1), "ni.flag.c", "compatible", "RFC 4620 6.4", "IPv4-compatible and mapped addresses."),
	FLAG(REM_BITS(62, 1), "ni.flag.a", "all", "RFC 4620 6.4", "Addresses of all interfaces."),
	FLAG(REM_BITS(63, 1), "ni.flag.t", "truncated", "RFC 4620 6.4", "There are more."),
	ROW(REM_BITS(64, 64), "ni.nonce", "Nonce", UINT, HEX, ID, "RFC 4620 4", "Ties the reply to the query."),
};
static const struct rem_field node_subject6_fields[] = {
	ROW(REM_BITS(0, 128), "ni.query.subject_ipv6", "Subject", IPV6, DEC, ADDRESS, "RFC 4620 4", "Who is asked about."),
};
static const struct rem_field node_subject4_fields[] = {
	ROW(REM_BITS(0, 32), "ni.query.subject_ipv4", "Subject", IPV4, DEC, ADDRESS, "RFC 4620 4", "Who is asked about."),
};
static const struct rem_field node_subject_fields[] = {
	ROW(REM_REST(0), "ni.query.subject_fqdn", "Subject", NAME, DEC, TEXT, "RFC 4620 4", "Who is asked about."),
};
static const struct rem_field node_ttl_fields[] = {
	ROW(REM_BITS(0, 32), "ni.reply.node_ttl", "TTL", UINT, DEC, TIME, "RFC 4620 6.3", "How long it may be kept.", REM_NAMED(.unit = "s")),
};
static const struct rem_field node_name_fields[] = {
	ROW(REM_REST(0), "ni.reply.node_name", "Name", NAME, DEC, TEXT, "RFC 4620 6.3", "A name of the node."),
};
static const struct rem_field node_ipv6_fields[] = {
	ROW(REM_BITS(0, 128), "ni.reply.node_address", "Address", IPV6, DEC, ADDRESS, "RFC 4620 6.4", "An address of the node."),
};
static const struct rem_field node_ipv4_fields[] = {
	ROW(REM_BITS(0, 32), "ni.reply.ipv4_address", "Address", IPV4, DEC, ADDRESS, "RFC 4620 6.5", "An address of the node."),
};
#define MOBILE_ID ROW(REM_BITS(32, 16), "mip6.identifier", "Identifier", UINT, DEC, ID, "RFC 6275 6.5", "Ties reply to request.")
static const struct rem_field home_fields[] = { MOBILE_ID, RESERVED(REM_BITS(48, 16), "RFC 6275 6.5") };
static const struct rem_field home_address_fields[] = {
	ROW(REM_BITS(0, 128), "mip6.home_agent_address", "Home agent", IPV6, DEC, ADDRESS, "RFC 6275 6.6", "An address of a home agent."),
};
static const struct rem_field prefix_advert_fields[] = {
	MOBILE_ID,
	ROW(REM_BITS(48, 16), "mip6.flag", "Flags", UINT, HEX, FLAGS, "RFC 6275 6.8", "Where hosts get their addresses.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(48, 1), "mip6.flag.m", "managed", "RFC 6275 6.8", "Addresses are to be had by DHCPv6."),
	FLAG(REM_BITS(49, 1), "mip6.flag.o", "other configuration", "RFC 6275 6.8", "All else is to be had by DHCPv6."),
	ROW(REM_BITS(50, 14), "mip6.flag.rsv", "Reserved", UINT, DEC, RESERVED, "RFC 6275 6.8", "Must be zero."),
};
#define SEND_ID ROW(REM_BITS(32, 16), "send.identifier", "Identifier", UINT, DEC, ID, "RFC 3971 6.4.1", "Ties advertisement to solicitation.")
static const struct rem_field path_solicit_fields[] = {
	SEND_ID,
	ROW(REM_BITS(48, 16), "send.component", "Component", UINT, DEC, SEQUENCE, "RFC 3971 6.4.1", "Which certificate; 65535: all."),
};
static const struct rem_field path_advert_fields[] = {
	SEND_ID,
	ROW(REM_BITS(48, 16), "send.all_components", "Components", UINT, DEC, COUNT, "RFC 3971 6.4.2", "Certificates of the path."),
	ROW(REM_BITS(64, 16), "send.component", "Component", UINT, DEC, SEQUENCE, "RFC 3971 6.4.2", "Which of them it is."),
	RESERVED(REM_BITS(80, 16), "RFC 3971 6.4.2"),
};
static const struct rem_field mrd_fields[] = {
	ROW(REM_BITS(32, 16), "mcast_ra.query_interval", "Query interval", UINT, DEC, TIME, "RFC 4286 3.1.4", "The router's.", REM_NAMED(.unit = "s")),
	ROW(REM_BITS(48, 16), "mcast_ra.robustness_variable", "Robustness", UINT, DEC, COUNT, "RFC 4286 3.1.5", "The router's."),
};
static const struct rem_field duplicate_fields[] = {
	ROW(REM_BITS(32, 8), "6lowpannd.da.status", "Status", UINT, DEC, TYPE, "RFC 6775 4.4", "0 success, 1 duplicate, 2 cache full."),
	ROW(REM_BITS(40, 8), "6lowpannd.da.rsv", "Reserved", UINT, DEC, RESERVED, "RFC 6775 4.4", "Must be zero."),
	ROW(REM_BITS(48, 16), "6lowpannd.da.lifetime", "Lifetime", UINT, DEC, TIME, "RFC 6775 4.4", "Of the registration.", REM_NAMED(.unit = "min")),
	ROW(REM_BITS(64, 64), "6lowpannd.da.eui64", "EUI-64", EUI64, HEX, ADDRESS, "RFC 6775 4.4", "Who registers."),
	ROW(REM_BITS(128, 128), "6lowpannd.da.reg_addr", "Address", IPV6, DEC, ADDRESS, "RFC 6775 4.4", "What is registered."),
};

/* ---- neighbor discovery: options ---- */

#define OPTION_HEAD \
	ROW(REM_BITS(0, 8), "opt", "Option", NONE, DEC, NONE, "RFC 4861 4.6", "An option.", .flags = REM_F_ALIAS), \
	ROW(REM_BITS(0, 8), "opt.type", "Type", UINT, DEC, TYPE, "RFC 4861 4.6", "Which option this is.", \
	    .flags = REM_F_LABEL, REM_NAMED(.names = &option_names)), \
	ROW(REM_BITS(8, 8), "opt.length", "Length", UINT, DEC, SIZE, "RFC 4861 4.6", "Length of the option.", REM_NAMED(.unit = "x 8 bytes"))
#define OPT_RESERVED(bits_) ROW(bits_, "opt.reserved", "Reserved", NONE, DEC, RESERVED, "RFC 4861 4.6", "Must be zero.")
#define OPT_ROW(bits_, key_, name_, type_, show_, ref_, about_, ...) \
	ROW(bits_, "opt." key_, name_, type_, show_, OPTION, ref_, about_, __VA_ARGS__)

static const struct rem_field opt_head_fields[] = { OPTION_HEAD };
static const struct rem_field opt_unknown_fields[] = {
	OPTION_HEAD,
	ROW(REM_REST(16), "data", "Data", BYTES, HEX, OPTION, "RFC 4861 4.6", "Of an option that remora does not know."),
};
static const struct rem_field opt_more_fields[] = {
	ROW(REM_REST(0), "unknown_data", "Surplus", BYTES, HEX, PAYLOAD, "RFC 4861 4.6", "Bytes that the option is not defined to have."),
};
static const struct rem_field opt_opaque_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_REST(16), NULL, "Data", BYTES, HEX, OPTION, "RFC 4861 4.6", "Of an option that remora does not take apart."),
};
#define LINK_ADDRESS(side_, about_) \
	OPT_ROW(REM_REST(16), "linkaddr", "Address", BYTES, HEX, "RFC 4861 4.6.1", about_), \
	OPT_ROW(REM_REST(16), side_ "_linkaddr", "Address", BYTES, HEX, "RFC 4861 4.6.1", about_, .flags = REM_F_ALIAS)
static const struct rem_field opt_source_fields[] = { OPTION_HEAD, LINK_ADDRESS("src", "Link-layer address of the sender.") };
static const struct rem_field opt_target_fields[] = { OPTION_HEAD, LINK_ADDRESS("target", "Link-layer address of the target.") };
#define EUI64_ADDRESS(side_, about_) \
	OPT_ROW(REM_BITS(16, 64), "linkaddr_eui64", "Address", EUI64, HEX, "RFC 4861 4.6.1", about_), \
	OPT_ROW(REM_BITS(16, 64), side_ "_linkaddr_eui64", "Address", EUI64, HEX, "RFC 4861 4.6.1", about_, .flags = REM_F_ALIAS)
static const struct rem_field opt_source_eui64_fields[] = {
	OPTION_HEAD, EUI64_ADDRESS("src", "Link-layer address of the sender."),
	OPT_ROW(REM_BITS(16, 64), "linkaddr", "Address", BYTES, HEX, "RFC 4861 4.6.1", "The same.", .flags = REM_F_ALIAS),
	OPT_ROW(REM_BITS(16, 64), "src_linkaddr", "Address", BYTES, HEX, "RFC 4861 4.6.1", "The same.", .flags = REM_F_ALIAS),
};
static const struct rem_field opt_target_eui64_fields[] = { OPTION_HEAD, EUI64_ADDRESS("target", "Link-layer address of the target.") };
static const struct rem_field opt_padding_fields[] = {
	OPT_ROW(REM_REST(0), "padding", "Padding", NONE, DEC, "RFC 4861 4.6", "Fills the option up to 8 bytes."),
};
static const struct rem_field opt_prefix_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 8), "prefix.length", "Prefix length", UINT, DEC, "RFC 4861 4.6.2", "Bits of the prefix.", REM_NAMED(.unit = "bits")),
	OPT_ROW(REM_BITS(24, 8), "prefix.flag", "Flags", UINT, HEX, "RFC 4861 4.6.2", "What the prefix is for.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(24, 1), "opt.prefix.flag.l", "on-link", "RFC 4861 4.6.2", "Its addresses are neighbors."),
	FLAG(REM_BITS(25, 1), "opt.prefix.flag.a", "autonomous", "RFC 4861 4.6.2", "Hosts make addresses of it."),
	FLAG(REM_BITS(26, 1), "opt.prefix.flag.r", "router address", "RFC 6275 7.2", "The prefix is the router's address."),
	OPT_ROW(REM_BITS(27, 5), "prefix.flag.reserved", "Reserved", UINT, DEC, "RFC 4861 4.6.2", "Must be zero."),
	OPT_ROW(REM_BITS(32, 32), "prefix.valid_lifetime", "Valid lifetime", UINT, DEC, "RFC 4861 4.6.2", "How long it is on the link.", REM_NAMED(.unit = "s")),
	OPT_ROW(REM_BITS(64, 32), "prefix.preferred_lifetime", "Preferred lifetime", UINT, DEC, "RFC 4861 4.6.2",
		"How long addresses made of it are preferred.", REM_NAMED(.unit = "s")),
	OPT_RESERVED(REM_BITS(96, 32)),
	OPT_ROW(REM_BITS(128, 128), "prefix", "Prefix", IPV6, DEC, "RFC 4861 4.6.2", "The prefix."),
};
static const struct rem_field opt_redirected_fields[] = { OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 48)) };
static const struct rem_field opt_redirected_data_fields[] = {
	OPT_ROW(REM_REST(0), "redirected_packet", "Redirected packet", NONE, DEC, "RFC 4861 4.6.3", "The packet that went wrong."),
};
static const struct rem_field opt_mtu_fields[] = {
	OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 16)),
	OPT_ROW(REM_BITS(32, 32), "mtu", "MTU", UINT, DEC, "RFC 4861 4.6.4", "What fits on the link.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field opt_nbma_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 8), "nbma.shortcut_limit", "Shortcut limit", UINT, DEC, "RFC 2491 5.2", "Hops of a shortcut."),
	ROW(REM_BITS(16, 8), "opt.reserved", "Reserved", NONE, DEC, NONE, "RFC 2491 5.2", "The same.", .flags = REM_F_ALIAS),
	OPT_RESERVED(REM_BITS(24, 32)),
};
static const struct rem_field opt_interval_fields[] = {
	OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 16)),
	OPT_ROW(REM_BITS(32, 32), "advertisement_interval", "Interval", UINT, DEC, "RFC 6275 7.3", "Between advertisements.", REM_NAMED(.unit = "ms")),
};
static const struct rem_field opt_home_fields[] = {
	OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 16)),
	OPT_ROW(REM_BITS(32, 16), "home_agent_preference", "Preference", UINT, DEC, "RFC 6275 7.4", "Among home agents."),
	OPT_ROW(REM_BITS(48, 16), "home_agent_lifetime", "Lifetime", UINT, DEC, "RFC 6275 7.4", "As a home agent.", REM_NAMED(.unit = "s")),
};
static const struct rem_field opt_addresses_fields[] = { OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 48)) };
static const struct rem_field opt_address_fields[] = {
	OPT_ROW(REM_BITS(0, 128), "ipv6_address", "Address", IPV6, DEC, "RFC 3122 3.1", "An address of the interface."),
};
static const struct rem_field opt_rsa_fields[] = {
	OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 16)),
	OPT_ROW(REM_BITS(32, 128), "rsa.key_hash", "Key hash", BYTES, HEX, "RFC 3971 5.2", "Of the public key."),
	OPT_ROW(REM_REST(160), "digital_signature_padding", "Signature and padding", NONE, DEC, "RFC 3971 5.2", "Over the message."),
};
static const struct rem_field opt_timestamp_fields[] = {
	OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 48)),
	OPT_ROW(REM_BITS(64, 64), "timestamp", "Timestamp", TIME, DEC, "RFC 3971 5.3.1", "When it was sent.", .calc = send_time),
};
static const struct rem_field opt_nonce_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_REST(16), "nonce", "Nonce", BYTES, HEX, "RFC 3971 5.3.2", "Ties answer to question."),
};
static const struct rem_field opt_map_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 4), "map.distance", "Distance", UINT, DEC, "RFC 5380 5", "Hops to the anchor point."),
	OPT_ROW(REM_BITS(20, 4), "map.preference", "Preference", UINT, DEC, "RFC 5380 5", "Among anchor points."),
	OPT_ROW(REM_BITS(24, 8), "map.flag", "Flags", UINT, HEX, "RFC 5380 5", "How addresses are made.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(24, 1), "opt.map.flag.r", "RCoA", "RFC 5380 5", "The node makes its regional address."),
	OPT_ROW(REM_BITS(25, 7), "map.flag.reserved", "Reserved", UINT, DEC, "RFC 5380 5", "Must be zero."),
	OPT_ROW(REM_BITS(32, 32), "map.valid_lifetime", "Valid lifetime", UINT, DEC, "RFC 5380 5", "Of the anchor point.", REM_NAMED(.unit = "s")),
	OPT_ROW(REM_BITS(64, 128), "map.global_address", "Address", IPV6, DEC, "RFC 5380 5", "Of the anchor point."),
};
static const struct rem_field opt_route_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 8), "prefix.length", "Prefix length", UINT, DEC, "RFC 4191 2.3", "Bits of the prefix.", REM_NAMED(.unit = "bits")),
	OPT_ROW(REM_BITS(24, 8), "route_info.flag", "Flags", UINT, HEX, "RFC 4191 2.3", "How good the route is.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(24, 3), NULL, "Reserved", UINT, HEX, RESERVED, "RFC 4191 2.3", "Must be zero."),
	OPT_ROW(REM_BITS(27, 2), "route_info.flag.route_preference", "Preference", UINT, DEC, "RFC 4191 2.3", "Among routes.",
		REM_NAMED(.names = &preference_names)),
	REM_FIELD(REM_BITS(29, 3), NULL, "Reserved", UINT, HEX, RESERVED, "RFC 4191 2.3", "Must be zero."),
	OPT_ROW(REM_BITS(32, 32), "route_lifetime", "Lifetime", UINT, DEC, "RFC 4191 2.3", "Of the route.", REM_NAMED(.unit = "s")),
};
static const struct rem_field opt_route_prefix_fields[] = {
	OPT_ROW(REM_REST(0), "prefix", "Prefix", IPV6, DEC, "RFC 4191 2.3", "Where the route leads."),
};
static const struct rem_field opt_rdnss_fields[] = {
	OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 16)),
	OPT_ROW(REM_BITS(32, 32), "rdnss.lifetime", "Lifetime", UINT, DEC, "RFC 8106 5.1", "Of the servers.", REM_NAMED(.unit = "s")),
};
static const struct rem_field opt_rdnss_server_fields[] = {
	OPT_ROW(REM_BITS(0, 128), "rdnss", "Server", IPV6, DEC, "RFC 8106 5.1", "A recursive DNS server."),
};
static const struct rem_field opt_flags_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 16), "efo", "Flags", UINT, HEX, "RFC 5175 4", "More flags.", .flags = REM_F_CONTAINER),
	FLAG(REM_BITS(16, 1), "opt.efo.m", "managed", "RFC 5175 4", "As in the advertisement."),
	FLAG(REM_BITS(17, 1), "opt.efo.o", "other configuration", "RFC 5175 4", "As in the advertisement."),
	FLAG(REM_BITS(18, 1), "opt.efo.h", "home agent", "RFC 5175 4", "As in the advertisement."),
	OPT_ROW(REM_BITS(19, 2), "efo.prf", "Preference", UINT, DEC, "RFC 5175 4", "As in the advertisement.", REM_NAMED(.names = &preference_names)),
	FLAG(REM_BITS(21, 1), "opt.efo.p", "proxy", "RFC 5175 4", "As in the advertisement."),
	REM_FIELD(REM_BITS(22, 10), NULL, "Reserved", UINT, HEX, RESERVED, "RFC 5175 4", "Must be zero."),
	OPT_RESERVED(REM_BITS(32, 32)),
};
static const struct rem_field opt_dnssl_fields[] = {
	OPTION_HEAD, OPT_RESERVED(REM_BITS(16, 16)),
	OPT_ROW(REM_BITS(32, 32), "dnssl.lifetime", "Lifetime", UINT, DEC, "RFC 8106 5.2", "Of the domains.", REM_NAMED(.unit = "s")),
};
static const struct rem_field opt_dnssl_name_fields[] = {
	OPT_ROW(REM_REST(0), "dnssl", "Domain", NAME, DEC, "RFC 8106 5.2", "A domain to look names up in."),
};
static const struct rem_field opt_aro_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 8), "aro.status", "Status", UINT, DEC, "RFC 6775 4.1", "0 success, 1 duplicate, 2 cache full."),
	OPT_RESERVED(REM_BITS(24, 24)),
	OPT_ROW(REM_BITS(48, 16), "aro.registration_lifetime", "Lifetime", UINT, DEC, "RFC 6775 4.1", "Of the registration.", REM_NAMED(.unit = "min")),
	OPT_ROW(REM_BITS(64, 64), "aro.eui64", "EUI-64", EUI64, HEX, "RFC 6775 4.1", "Who registers."),
};
static const struct rem_field opt_6co_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 8), "6co.context_length", "Context length", UINT, DEC, "RFC 6775 4.2", "Bits of the prefix.", REM_NAMED(.unit = "bits")),
	OPT_ROW(REM_BITS(24, 8), "6co.flag", "Flags", UINT, HEX, "RFC 6775 4.2", "What the context is for.", .flags = REM_F_CONTAINER),
	OPT_ROW(REM_BITS(24, 3), "6co.flag.reserved", "Reserved", UINT, DEC, "RFC 6775 4.2", "Must be zero."),
	FLAG(REM_BITS(27, 1), "opt.6co.flag.c", "compression", "RFC 6775 4.2", "It may be used to compress."),
	OPT_ROW(REM_BITS(28, 4), "6co.flag.cid", "Context", UINT, DEC, "RFC 6775 4.2", "Number of the context."),
	OPT_RESERVED(REM_BITS(32, 16)),
	OPT_ROW(REM_BITS(48, 16), "6co.valid_lifetime", "Lifetime", UINT, DEC, "RFC 6775 4.2", "Of the context.", REM_NAMED(.unit = "min")),
};
static const struct rem_field opt_6co_prefix_fields[] = {
	OPT_ROW(REM_REST(0), "6co.context_prefix", "Prefix", IPV6, DEC, "RFC 6775 4.2", "What the context stands for."),
};
static const struct rem_field opt_abro_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 16), "abro.version_low", "Version, low", UINT, DEC, "RFC 6775 4.3", "Of the set of options."),
	OPT_ROW(REM_BITS(32, 16), "abro.version_high", "Version, high", UINT, DEC, "RFC 6775 4.3", "Of the set of options."),
	OPT_ROW(REM_BITS(48, 16), "abro.valid_lifetime", "Lifetime", UINT, DEC, "RFC 6775 4.3", "Of the set of options.", REM_NAMED(.unit = "min")),
	OPT_ROW(REM_BITS(64, 128), "abro.6lbr_address", "Border router", IPV6, DEC, "RFC 6775 4.3", "Where they come from."),
};
static const struct rem_field opt_6cio_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 15), "6cio.unassigned1", "Unassigned", UINT, HEX, "RFC 7400 3.3", "Means nothing yet."),
	OPT_ROW(REM_BITS(31, 1), "6cio.flag_g", "GHC", UINT, HEX, "RFC 7400 3.3", "Generic header compression is understood."),
	OPT_ROW(REM_BITS(32, 32), "6cio.unassigned2", "Unassigned", UINT, HEX, "RFC 7400 3.3", "Means nothing yet."),
};
static const struct rem_field opt_portal_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_REST(16), "captive_portal", "Portal", TEXT, DEC, "RFC 8910 2.3", "URI of the captive portal's API.", .calc = rem_until_nul),
};
static const struct rem_field opt_pref64_fields[] = {
	OPTION_HEAD,
	OPT_ROW(REM_BITS(16, 13), "pref64.scaled_lifetime", "Lifetime", UINT, DEC, "RFC 8781 4", "Of the prefix.", REM_NAMED(.unit = "x 8 s")),
	OPT_ROW(REM_BITS(29, 3), "pref64.plc", "Prefix length", UINT, HEX, "RFC 8781 4", "Code of the length.", REM_NAMED(.names = &plc_names)),
};
static const struct rem_field opt_pref64_prefix_fields[] = {
	OPT_ROW(REM_REST(0), "pref64.prefix", "Prefix", IPV6, DEC, "RFC 8781 4", "NAT64 makes addresses of it."),
	REM_FIELD(REM_REST(0), NULL, "Suffix", BYTES, HEX, RESERVED, "RFC 8781 4", "What the prefix leaves of the field."),
};

#include "proto/icmpv6_rpl_fields.h" /* rows made by the macros above */

static const struct rem_table tables[] = {
	[TABLE_HEADER] = REM_TABLE("ICMPv6", header_fields, .flags = REM_TABLE_ONCE),
	[TABLE_DATA] = REM_TABLE("Data", data_fields, .flags = REM_TABLE_ONCE),
	[TABLE_OPAQUE] = REM_TABLE("Body", opaque_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RESERVED] = REM_TABLE("Message", reserved_fields, .flags = REM_TABLE_ONCE),
	[TABLE_QUOTED] = REM_TABLE("Message", quoted_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MTU] = REM_TABLE("Message", mtu_fields, .flags = REM_TABLE_ONCE),
	[TABLE_POINTER] = REM_TABLE("Message", pointer_fields, .flags = REM_TABLE_ONCE),
	[TABLE_EXTENSIONS] = REM_TABLE("Extensions", extensions_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ECHO] = REM_TABLE("Echo", echo_fields, .flags = REM_TABLE_ONCE),
	[TABLE_EXT_ECHO] = REM_TABLE("Extended echo", ext_echo_fields, .flags = REM_TABLE_ONCE),
	[TABLE_EXT_REPLY] = REM_TABLE("Extended echo", ext_reply_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MLD] = REM_TABLE("MLD", mld_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MLD2_QUERY] = REM_TABLE("MLDv2 query", mld2_query_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MLD2_SOURCE] = REM_TABLE("Source", mld2_source_fields, .stride = 128),
	[TABLE_MLD2_REPORT] = REM_TABLE("MLDv2 report", mld2_report_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MLD2_RECORD] = REM_TABLE("Record", mld2_record_fields),
	[TABLE_MLD2_RECORD_SOURCE] = REM_TABLE("Source", mld2_record_source_fields, .stride = 128),
	[TABLE_MLD2_AUX] = REM_TABLE("Auxiliary data", mld2_aux_fields),
	[TABLE_RA] = REM_TABLE("Router advertisement", ra_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NS] = REM_TABLE("Neighbor solicitation", ns_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NA] = REM_TABLE("Neighbor advertisement", na_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REDIRECT] = REM_TABLE("Redirect", redirect_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RENUMBER] = REM_TABLE("Renumbering", renumber_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RENUMBER_MATCH] = REM_TABLE("Match part", renumber_match_fields),
	[TABLE_RENUMBER_USE] = REM_TABLE("Use part", renumber_use_fields),
	[TABLE_RENUMBER_RESULT] = REM_TABLE("Result", renumber_result_fields),
	[TABLE_NODE] = REM_TABLE("Node information", node_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NODE_SUBJECT6] = REM_TABLE("Subject", node_subject6_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NODE_SUBJECT4] = REM_TABLE("Subject", node_subject4_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NODE_SUBJECT] = REM_TABLE("Subject", node_subject_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NODE_TTL] = REM_TABLE("TTL", node_ttl_fields),
	[TABLE_NODE_NAME] = REM_TABLE("Name", node_name_fields),
	[TABLE_NODE_IPV6] = REM_TABLE("Address", node_ipv6_fields),
	[TABLE_NODE_IPV4] = REM_TABLE("Address", node_ipv4_fields),
	[TABLE_HOME] = REM_TABLE("Mobility", home_fields, .flags = REM_TABLE_ONCE),
	[TABLE_HOME_ADDRESS] = REM_TABLE("Home agent", home_address_fields, .stride = 128),
	[TABLE_PREFIX_ADVERT] = REM_TABLE("Mobility", prefix_advert_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PATH_SOLICIT] = REM_TABLE("Certification path", path_solicit_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PATH_ADVERT] = REM_TABLE("Certification path", path_advert_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MRD] = REM_TABLE("Multicast router", mrd_fields, .flags = REM_TABLE_ONCE),
	[TABLE_DUPLICATE] = REM_TABLE("Duplicate address", duplicate_fields, .flags = REM_TABLE_ONCE),
	[OPT_HEAD] = REM_TABLE("Option", opt_head_fields),
	[OPT_UNKNOWN] = REM_TABLE("Option", opt_unknown_fields),
	[OPT_MORE] = REM_TABLE("Surplus", opt_more_fields),
	[OPT_OPAQUE] = REM_TABLE("Option", opt_opaque_fields),
	[OPT_SOURCE] = REM_TABLE("Option", opt_source_fields),
	[OPT_TARGET] = REM_TABLE("Option", opt_target_fields),
	[OPT_SOURCE_EUI64] = REM_TABLE("Option", opt_source_eui64_fields),
	[OPT_TARGET_EUI64] = REM_TABLE("Option", opt_target_eui64_fields),
	[OPT_PADDING] = REM_TABLE("Padding", opt_padding_fields),
	[OPT_PREFIX] = REM_TABLE("Option", opt_prefix_fields),
	[OPT_REDIRECTED] = REM_TABLE("Option", opt_redirected_fields),
	[OPT_REDIRECTED_DATA] = REM_TABLE("Redirected packet", opt_redirected_data_fields),
	[OPT_MTU] = REM_TABLE("Option", opt_mtu_fields),
	[OPT_NBMA] = REM_TABLE("Option", opt_nbma_fields),
	[OPT_INTERVAL] = REM_TABLE("Option", opt_interval_fields),
	[OPT_HOME] = REM_TABLE("Option", opt_home_fields),
	[OPT_ADDRESSES] = REM_TABLE("Option", opt_addresses_fields),
	[OPT_ADDRESS] = REM_TABLE("Address", opt_address_fields, .stride = 128),
	[OPT_RSA] = REM_TABLE("Option", opt_rsa_fields),
	[OPT_TIMESTAMP] = REM_TABLE("Option", opt_timestamp_fields),
	[OPT_NONCE] = REM_TABLE("Option", opt_nonce_fields),
	[OPT_MAP] = REM_TABLE("Option", opt_map_fields),
	[OPT_ROUTE] = REM_TABLE("Option", opt_route_fields),
	[OPT_ROUTE_PREFIX] = REM_TABLE("Prefix", opt_route_prefix_fields),
	[OPT_RDNSS] = REM_TABLE("Option", opt_rdnss_fields),
	[OPT_RDNSS_SERVER] = REM_TABLE("Server", opt_rdnss_server_fields, .stride = 128),
	[OPT_FLAGS] = REM_TABLE("Option", opt_flags_fields),
	[OPT_DNSSL] = REM_TABLE("Option", opt_dnssl_fields),
	[OPT_DNSSL_NAME] = REM_TABLE("Domain", opt_dnssl_name_fields),
	[OPT_ARO] = REM_TABLE("Option", opt_aro_fields),
	[OPT_6CO] = REM_TABLE("Option", opt_6co_fields),
	[OPT_6CO_PREFIX] = REM_TABLE("Prefix", opt_6co_prefix_fields),
	[OPT_ABRO] = REM_TABLE("Option", opt_abro_fields),
	[OPT_6CIO] = REM_TABLE("Option", opt_6cio_fields),
	[OPT_PORTAL] = REM_TABLE("Option", opt_portal_fields),
	[OPT_PREF64] = REM_TABLE("Option", opt_pref64_fields),
	[OPT_PREF64_PREFIX] = REM_TABLE("Prefix", opt_pref64_prefix_fields),
	[RPL_SECURITY] = REM_TABLE("Security", rpl_security_fields, .flags = REM_TABLE_ONCE),
	[RPL_KEY] = REM_TABLE("Key", rpl_key_fields, .flags = REM_TABLE_ONCE),
	[RPL_KEY_INDEX] = REM_TABLE("Key", rpl_key_index_fields, .flags = REM_TABLE_ONCE),
	[RPL_OPAQUE] = REM_TABLE("Body", rpl_opaque_fields),
	[RPL_DIS] = REM_TABLE("DODAG information solicitation", rpl_dis_fields, .flags = REM_TABLE_ONCE),
	[RPL_DIO] = REM_TABLE("DODAG information object", rpl_dio_fields, .flags = REM_TABLE_ONCE),
	[RPL_DAO] = REM_TABLE("Destination advertisement object", rpl_dao_fields, .flags = REM_TABLE_ONCE),
	[RPL_DAO_ACK] = REM_TABLE("DAO acknowledgment", rpl_dao_ack_fields, .flags = REM_TABLE_ONCE),
	[RPL_CC] = REM_TABLE("Consistency check", rpl_cc_fields, .flags = REM_TABLE_ONCE),
	[RPL_DRO] = REM_TABLE("P2P discovery reply", rpl_dro_fields, .flags = REM_TABLE_ONCE),
	[RPL_DRO_ACK] = REM_TABLE("P2P reply acknowledgment", rpl_dro_ack_fields, .flags = REM_TABLE_ONCE),
	[RPL_OPTION] = REM_TABLE("Option", rpl_option_fields),
	[RPL_UNKNOWN] = REM_TABLE("Option", rpl_unknown_fields),
	[RPL_PADN] = REM_TABLE("Option", rpl_padn_fields),
	[RPL_ROUTE] = REM_TABLE("Option", rpl_route_fields),
	[RPL_CONFIG] = REM_TABLE("Option", rpl_config_fields),
	[RPL_TARGET] = REM_TABLE("Option", rpl_target_fields),
	[RPL_TRANSIT] = REM_TABLE("Option", rpl_transit_fields),
	[RPL_SOLICITED] = REM_TABLE("Option", rpl_solicited_fields),
	[RPL_PREFIX] = REM_TABLE("Option", rpl_prefix_fields),
	[RPL_DESCRIPTOR] = REM_TABLE("Option", rpl_descriptor_fields),
	[RPL_DISCOVERY] = REM_TABLE("Option", rpl_discovery_fields),
	[RPL_DISCOVERED] = REM_TABLE("Option", rpl_discovered_fields),
	[RPL_ROUTE_TO] = REM_TABLE("Route", rpl_route_to_fields),
	[RPL_HOP] = REM_TABLE("Hop", rpl_hop_fields, .stride = 128),
	[RPL_METRIC] = REM_TABLE("Object", rpl_metric_fields),
	[RPL_NODE_STATE] = REM_TABLE("Node state", rpl_node_state_fields),
	[RPL_NODE_TLV] = REM_TABLE("TLV", rpl_node_tlv_fields),
	[RPL_ENERGY] = REM_TABLE("Node energy", rpl_energy_fields, .stride = 16),
	[RPL_HOP_COUNT] = REM_TABLE("Hop count", rpl_hop_count_fields),
	[RPL_THROUGHPUT] = REM_TABLE("Throughput", rpl_throughput_fields, .stride = 32),
	[RPL_LATENCY] = REM_TABLE("Latency", rpl_latency_fields, .stride = 32),
	[RPL_QUALITY_HEAD] = REM_TABLE("Quality", rpl_quality_head_fields),
	[RPL_QUALITY] = REM_TABLE("Quality", rpl_quality_fields, .stride = 8),
	[RPL_ETX] = REM_TABLE("ETX", rpl_etx_fields, .stride = 16),
	[RPL_COLOR_HEAD] = REM_TABLE("Color", rpl_color_head_fields),
	[RPL_COLOR] = REM_TABLE("Color", rpl_color_fields, .stride = 16),
	[RPL_COLOR_WANTED] = REM_TABLE("Color", rpl_color_wanted_fields, .stride = 16),
};
/* clang-format on */

#endif
