/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Hop-by-hop and destination options of IPv6: RFC 8200 4.2, 4.3 and 4.6. Two protocols that have
 * all but the name of their header in common.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next Header  |  Hdr Ext Len  |  Option Type  |  Opt Data Len |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Option Data …
 */
#include "core/decode.h"
#include <remora/ipv6.h>
#include <remora/numbers.h>
#include <remora/text.h>

/* The tables of destination options are those of hop-by-hop options from the second on. */
enum {
	TABLE_HOPOPTS, TABLE_DSTOPTS, TABLE_MORE, TABLE_PAD1, TABLE_PADN, TABLE_TUNNEL_LIMIT,
	TABLE_ROUTER_ALERT, TABLE_CALIPSO, TABLE_SMF_HASH, TABLE_SMF_ID, TABLE_PDM, TABLE_QUICK_START,
	TABLE_PMTU, TABLE_IOAM, TABLE_TRACE, TABLE_TRACE_ROOM, TABLE_TRACE_NODES, TABLE_TPF, TABLE_RPL, TABLE_MPL, TABLE_ILNP, TABLE_LINE_ID, TABLE_JUMBO,
	TABLE_HOME, TABLE_DFF, TABLE_EXPERIMENT, TABLE_UNKNOWN,
};

enum {
	OPT_TYPE = REM_BITS(0, 8), OPT_ACTION = REM_BITS(0, 2), OPT_CHANGE = REM_BITS(2, 1),
	OPT_REST = REM_BITS(3, 5), OPT_LENGTH = REM_BITS(8, 8),
};

static rem_calc octets, quick_start_ttl, quick_start_diff, quick_start_report;

/* clang-format off */
REM_NAMES(type_names, {0x00, "Pad1"}, {0x01, "PadN"}, {0x04, "Tunnel encapsulation limit"}, {0x05, "Router alert"},
	  {0x07, "CALIPSO"}, {0x08, "Duplicate packet detection"}, {0x0f, "Performance metrics"}, {0x11, "IOAM"},
	  {0x1e, "Experiment"}, {0x26, "Quick-Start"}, {0x30, "Path MTU"}, {0x31, "IOAM"}, {0x3e, "Experiment"},
	  {0x41, "TPF information"}, {0x5e, "Experiment"}, {0x63, "RPL"}, {0x6d, "MPL"}, {0x7e, "Experiment"},
	  {0x8a, "Endpoint identification"}, {0x8b, "ILNP nonce"}, {0x8c, "Line identification"}, {0x9e, "Experiment"},
	  {0xbe, "Experiment"}, {0xc2, "Jumbo payload"}, {0xc9, "Home address"}, {0xde, "Experiment"},
	  {0xee, "DFF"}, {0xfe, "Experiment"});
REM_NAMES(action_names, {0, "skip it"}, {1, "drop the packet"}, {2, "drop it and tell the source"},
	  {3, "drop it and tell the source, if unicast"});
REM_NAMES(alert_names, {0, "MLD"}, {1, "RSVP"}, {2, "active networks"});

#define HEADER(prefix_, ref_) \
	REM_FIELD(REM_IPV6_EXT_NEXT, prefix_ "nxt", "Next header", UINT, DEC, PROTO, ref_, \
		  "The protocol of what follows.", REM_NAMED(.names = &rem_ip_proto_names)), \
	REM_FIELD(REM_IPV6_EXT_LENGTH, prefix_ "len", "Length", UINT, DEC, SIZE, ref_, \
		  "Length of the header in units of 8 bytes, less one."), \
	REM_FIELD(REM_IPV6_EXT_LENGTH, prefix_ "len_oct", "Length in bytes", UINT, DEC, NONE, ref_, \
		  "Length of the header.", .flags = REM_F_DERIVED, .calc = octets, REM_NAMED(.unit = "bytes"))

static const struct rem_field hopopts_fields[] = { HEADER("ipv6.hopopts.", "RFC 8200 4.3") };
static const struct rem_field dstopts_fields[] = { HEADER("ipv6.dstopts.", "RFC 8200 4.6") };

#define OPTION_TYPE \
	REM_FIELD(OPT_TYPE, "ipv6.opt", "Option", NONE, DEC, NONE, "RFC 8200 4.2", \
		  "An option.", .flags = REM_F_ALIAS), \
	REM_FIELD(OPT_TYPE, "ipv6.opt.type", "Type", UINT, HEX, TYPE, "RFC 8200 4.2", \
		  "Which option this is.", .flags = REM_F_LABEL, REM_NAMED(.names = &type_names))

#define OPTION_HEAD \
	OPTION_TYPE, \
	REM_FIELD(OPT_ACTION, "ipv6.opt.type.action", "Action", UINT, DEC, NONE, "RFC 8200 4.2", \
		  "What a node does that does not know the option.", .flags = REM_F_ALIAS, REM_NAMED(.names = &action_names)), \
	REM_FIELD(OPT_CHANGE, "ipv6.opt.type.change", "May change", BOOL, DEC, NONE, "RFC 8200 4.2", \
		  "Whether routers may change the option's data.", .flags = REM_F_ALIAS), \
	REM_FIELD(OPT_REST, "ipv6.opt.type.rest", "Low-order bits", UINT, HEX, NONE, "RFC 8200 4.2", \
		  "The rest of the type.", .flags = REM_F_ALIAS), \
	REM_FIELD(OPT_LENGTH, "ipv6.opt.length", "Length", UINT, DEC, SIZE, "RFC 8200 4.2", \
		  "Length of the option's data.", REM_NAMED(.unit = "bytes"))

#define OPTION_FIELD(bits_, key_, name_, type_, show_, ref_, about_, ...) \
	REM_FIELD(bits_, "ipv6.opt." key_, name_, type_, show_, OPTION, ref_, about_, __VA_ARGS__)

static const struct rem_field more_fields[] = {
	REM_FIELD(REM_REST(0), "ipv6.opt_unknown_data", "Surplus", BYTES, HEX, PAYLOAD, "RFC 8200 4.2",
		  "Data that the option is not defined to have."),
};
static const struct rem_field pad1_fields[] = {
	OPTION_TYPE,
	OPTION_FIELD(REM_BITS(0, 8), "pad1", "Pad1", NONE, DEC, "RFC 8200 4.2", "One byte of padding.", .flags = REM_F_ALIAS),
};
static const struct rem_field padn_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_REST(16), "padn", "Padding", BYTES, HEX, "RFC 8200 4.2", "Must be zeros.", .flags = REM_F_EMPTY),
};
static const struct rem_field tunnel_limit_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 8), "tel", "Limit", UINT, DEC, "RFC 2473 4.1.1",
		     "How many more tunnels the packet may enter."),
};
static const struct rem_field router_alert_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 16), "router_alert", "Router alert", UINT, DEC, "RFC 2711 2.1",
		     "What routers find in the packet.", REM_NAMED(.names = &alert_names)),
};
static const struct rem_field calipso_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 32), "calipso.doi", "Domain of interpretation", UINT, DEC, "RFC 5570 5.1",
		     "Who gives the label its meaning."),
	OPTION_FIELD(REM_BITS(48, 8), "calipso.cmpt.length", "Compartment length", UINT, DEC, "RFC 5570 5.1",
		     "Length of the bitmap.", REM_NAMED(.unit = "x 4 bytes")),
	OPTION_FIELD(REM_BITS(56, 8), "calipso.sens_level", "Sensitivity level", UINT, DEC, "RFC 5570 5.1",
		     "How sensitive the packet is."),
	OPTION_FIELD(REM_BITS(64, 16), "calipso.checksum", "Checksum", UINT, HEX, "RFC 5570 5.1",
		     "CRC of the option."),
	OPTION_FIELD(REM_REST(80), "calipso.cmpt_bitmap", "Compartments", BYTES, HEX, "RFC 5570 5.1",
		     "Which compartments the packet belongs to."),
};
static const struct rem_field smf_hash_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_REST(16), "smf_dpd.hav", "Hash assist value", BYTES, HEX, "RFC 6621 6.1.1",
		     "Makes the packet's hash differ from that of others.", .flags = REM_F_CONTAINER),
	OPTION_FIELD(REM_BITS(16, 1), "smf_dpd.hash_bit", "H", BOOL, DEC, "RFC 6621 6.1.1", "A hash helps to tell packets apart."),
};
static const struct rem_field smf_id_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 1), "smf_dpd.hash_bit", "H", BOOL, DEC, "RFC 6621 6.1.1", "A hash helps to tell packets apart."),
	OPTION_FIELD(REM_BITS(17, 3), "smf_dpd.tid_type", "TaggerID type", UINT, DEC, "RFC 6621 6.1.1", "What the TaggerID is."),
	OPTION_FIELD(REM_BITS(20, 4), "smf_dpd.tid_len", "TaggerID length", UINT, DEC, "RFC 6621 6.1.1",
		     "Length of the TaggerID, less one."),
	OPTION_FIELD(REM_REST(24), "smf_dpd.tagger_id", "TaggerID", BYTES, HEX, "RFC 6621 6.1.1", "Who numbers the packets."),
	OPTION_FIELD(REM_REST(0), "smf_dpd.ident", "Identifier", BYTES, HEX, "RFC 6621 6.1.1", "Number of the packet."),
};
enum { SMF_TAGGER = 9, SMF_IDENT = 10, IOAM_TRACE = 10 };
static const struct rem_field pdm_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 8), "pdm.scale_dtlr", "Scale of delta received", UINT, DEC, "RFC 8250 3.2", "Power of two of attoseconds."),
	OPTION_FIELD(REM_BITS(24, 8), "pdm.scale_dtls", "Scale of delta sent", UINT, DEC, "RFC 8250 3.2", "Power of two of attoseconds."),
	OPTION_FIELD(REM_BITS(32, 16), "pdm.psn_this_pkt", "This packet", UINT, DEC, "RFC 8250 3.2", "Sequence number of the packet."),
	OPTION_FIELD(REM_BITS(48, 16), "pdm.psn_last_recv", "Last received", UINT, DEC, "RFC 8250 3.2",
		     "Sequence number of the last packet from the peer."),
	OPTION_FIELD(REM_BITS(64, 16), "pdm.delta_last_recv", "Delta received", UINT, DEC, "RFC 8250 3.2",
		     "Time since the last packet from the peer, scaled."),
	OPTION_FIELD(REM_BITS(80, 16), "pdm.delta_last_sent", "Delta sent", UINT, DEC, "RFC 8250 3.2",
		     "Time that the peer's last answer took, scaled."),
};
static const struct rem_field quick_start_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 4), "qs_func", "Function", UINT, DEC, "RFC 4782 3.1", "0 asks for a rate, 8 reports one."),
	OPTION_FIELD(REM_BITS(20, 4), "qs_rate", "Rate", UINT, DEC, "RFC 4782 3.1", "40 kbit/s x 2^rate."),
	OPTION_FIELD(REM_BITS(24, 8), "qs_ttl", "QS TTL", UINT, DEC, "RFC 4782 3.1",
		     "Counted down by each router that approves.", .calc = quick_start_ttl),
	OPTION_FIELD(REM_BITS(24, 8), "qs_ttl_diff", "TTL difference", UINT, DEC, "RFC 4782 3.1",
		     "Stays the same if all routers approve.", .flags = REM_F_DERIVED, .calc = quick_start_diff),
	OPTION_FIELD(REM_BITS(24, 8), "qs_unused", "Not used", UINT, DEC, "RFC 4782 3.1", "Means nothing in a report.",
		     .flags = REM_F_ALIAS, .calc = quick_start_report),
	OPTION_FIELD(REM_BITS(32, 30), "qs_nonce", "Nonce", UINT, HEX, "RFC 4782 3.1", "Proves that the rate was not raised."),
	OPTION_FIELD(REM_BITS(62, 2), "qs_reserved", "Reserved", UINT, HEX, "RFC 4782 3.1", "Must be zero."),
};
static const struct rem_field pmtu_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 16), "pmtu.min", "Least MTU so far", UINT, DEC, "RFC 9268 5",
		     "Lowered by routers on the way.", REM_NAMED(.unit = "bytes")),
	OPTION_FIELD(REM_BITS(32, 15), "pmtu.rtn", "Returned MTU", UINT, DEC, "RFC 9268 5",
		     "What arrived at the peer.", .scale = 2, REM_NAMED(.unit = "bytes")),
	OPTION_FIELD(REM_BITS(47, 1), "pmtu.r_flag", "Return", BOOL, DEC, "RFC 9268 5", "The peer is asked to return what it sees."),
};
static const struct rem_field ioam_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 8), "ioam.rsv", "Reserved", UINT, DEC, "RFC 9486 3", "Must be zero."),
	OPTION_FIELD(REM_BITS(24, 8), "ioam.opt_type", "IOAM option type", UINT, DEC, "RFC 9197 4.1", "What is collected on the way."),
};
#define TRACES(n_, name_) \
	OPTION_FIELD(REM_BITS(64 + n_, 1), "ioam.trace.type.bit" #n_, name_, BOOL, DEC, "RFC 9197 4.4.1", \
		     "Nodes add this to the trace.", .flags = REM_F_FLAG)
static const struct rem_field ioam_trace_fields[] = {
	OPTION_FIELD(REM_BITS(32, 16), "ioam.trace.ns", "Namespace", UINT, DEC, "RFC 9197 4.3", "Who gives the values their meaning."),
	OPTION_FIELD(REM_BITS(48, 5), "ioam.trace.nodelen", "Node length", UINT, DEC, "RFC 9197 4.4.1", "What each node adds.",
		     REM_NAMED(.unit = "x 4 bytes")),
	OPTION_FIELD(REM_BITS(53, 4), "ioam.trace.flags", "Flags", UINT, HEX, "RFC 9197 4.4.1", "State of the trace.", .flags = REM_F_CONTAINER),
	OPTION_FIELD(REM_BITS(53, 1), "ioam.trace.flag.o", "overflow", BOOL, DEC, "RFC 9197 4.4.1", "There was no more room.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(54, 1), "ioam.trace.flag.l", "loopback", BOOL, DEC, "RFC 9322 3", "A copy goes back to the source.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(55, 1), "ioam.trace.flag.a", "active", BOOL, DEC, "RFC 9322 3", "The packet is there to measure.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(56, 1), "ioam.trace.flag.rsv", "reserved", BOOL, DEC, "RFC 9197 4.4.1", "Must be zero.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(57, 7), "ioam.trace.remlen", "Room left", UINT, DEC, "RFC 9197 4.4.1", "For nodes to come.",
		     REM_NAMED(.unit = "x 4 bytes")),
	OPTION_FIELD(REM_BITS(64, 24), "ioam.trace.type", "Trace type", UINT, HEX, "RFC 9197 4.4.1", "What is traced.", .flags = REM_F_CONTAINER),
	TRACES(0, "Hop limit and node"),
	TRACES(1, "Interfaces"),
	TRACES(2, "Seconds"),
	TRACES(3, "Fraction"),
	TRACES(4, "Transit delay"),
	TRACES(5, "Namespace data"),
	TRACES(6, "Queue depth"),
	TRACES(7, "Checksum complement"),
	TRACES(8, "Hop limit and node, wide"),
	TRACES(9, "Interfaces, wide"),
	TRACES(10, "Namespace data, wide"),
	TRACES(11, "Buffer occupancy"),
	OPTION_FIELD(REM_BITS(76, 10), "ioam.trace.type.undef", "Undefined", BOOL, DEC, "RFC 9197 4.4.1", "Must be zero.", .flags = REM_F_FLAG),
	TRACES(22, "Opaque state snapshot"),
	OPTION_FIELD(REM_BITS(87, 1), "ioam.trace.type.rsv", "Reserved", BOOL, DEC, "RFC 9197 4.4.1", "Must be zero.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(88, 8), "ioam.trace.rsv", "Reserved", UINT, DEC, "RFC 9197 4.4.1", "Must be zero."),
};
static const struct rem_field ioam_room_fields[] = {
	OPTION_FIELD(REM_REST(0), "ioam.trace.free_space", "Free space", BYTES, HEX, "RFC 9197 4.4.1", "Room for nodes to come."),
};
static const struct rem_field ioam_nodes_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Nodes", BYTES, HEX, OPTION, "RFC 9197 4.4.2", "What nodes have added, the last first."),
};
static const struct rem_field tpf_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 32), "tpf_information", "TPF information", UINT, HEX, "IANA", "Tunnel payload forwarding."),
};
static const struct rem_field rpl_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 8), "rpl.flag", "Flags", UINT, HEX, "RFC 6553 3", "State of the packet's way.", .flags = REM_F_CONTAINER),
	OPTION_FIELD(REM_BITS(16, 1), "rpl.flag.o", "down", BOOL, DEC, "RFC 6553 3", "The packet goes down.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(17, 1), "rpl.flag.r", "rank error", BOOL, DEC, "RFC 6553 3", "A rank did not fit.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(18, 1), "rpl.flag.f", "forwarding error", BOOL, DEC, "RFC 6553 3", "It could not go on.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(19, 5), "rpl.flag.rsv", "Reserved", UINT, HEX, "RFC 6553 3", "Must be zero."),
	OPTION_FIELD(REM_BITS(24, 8), "rpl.instance_id", "Instance", UINT, HEX, "RFC 6553 3", "Which RPL instance routes it."),
	OPTION_FIELD(REM_BITS(32, 16), "rpl.sender_rank", "Sender's rank", UINT, HEX, "RFC 6553 3", "How far from the root the sender is."),
};
static const struct rem_field mpl_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 8), "mpl.flag", "Flags", UINT, HEX, "RFC 7731 6.1", "Kind of seed, and more.", .flags = REM_F_CONTAINER),
	OPTION_FIELD(REM_BITS(16, 2), "mpl.flag.s", "Seed length", UINT, DEC, "RFC 7731 6.1", "0, 2, 8 or 16 bytes."),
	OPTION_FIELD(REM_BITS(18, 1), "mpl.flag.m", "largest sequence", BOOL, DEC, "RFC 7731 6.1", "Nothing newer is known.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(19, 1), "mpl.flag.v", "version", BOOL, DEC, "RFC 7731 6.1", "Must be zero.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(20, 4), "mpl.flag.rsv", "Reserved", UINT, HEX, "RFC 7731 6.1", "Must be zero."),
	OPTION_FIELD(REM_BITS(24, 8), "mpl.sequence", "Sequence", UINT, HEX, "RFC 7731 6.1", "Number of the message of the seed."),
	OPTION_FIELD(REM_REST(32), "mpl.seed_id", "Seed", BYTES, HEX, "RFC 7731 6.1", "Who sent the message first."),
};
static const struct rem_field ilnp_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_REST(16), "ilnp_nonce", "Nonce", BYTES, HEX, "RFC 6744 2", "Proves who sends.", .flags = REM_F_EMPTY),
};
static const struct rem_field line_id_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 8), "lio.length", "Length", UINT, DEC, "RFC 6788 7.1", "Length of the name.", REM_NAMED(.unit = "bytes")),
	OPTION_FIELD(REM_REST(24), "lio.line_id", "Line", TEXT, DEC, "RFC 6788 7.1", "Name of the subscriber's line.", .flags = REM_F_EMPTY),
};
static const struct rem_field jumbo_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 32), "jumbo", "Payload length", UINT, DEC, "RFC 2675 2",
		     "Bytes behind the IPv6 header, more than 65535.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field home_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 128), "mipv6.home_address", "Home address", IPV6, DEC, "RFC 6275 6.3",
		     "Who sends, wherever the source address says it is."),
};
static const struct rem_field dff_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_BITS(16, 8), "dff.flags", "Flags", UINT, HEX, "RFC 6971 7", "Version and state.", .flags = REM_F_CONTAINER),
	OPTION_FIELD(REM_BITS(16, 2), "dff.flag.ver", "Version", UINT, DEC, "RFC 6971 7", "Version of DFF."),
	OPTION_FIELD(REM_BITS(18, 1), "dff.flag.dup", "duplicate", BOOL, DEC, "RFC 6971 7", "It may have come before.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(19, 1), "dff.flag.ret", "return", BOOL, DEC, "RFC 6971 7", "It has come back.", .flags = REM_F_FLAG),
	OPTION_FIELD(REM_BITS(20, 4), "dff.flag.rsv", "Reserved", UINT, HEX, "RFC 6971 7", "Must be zero."),
	OPTION_FIELD(REM_BITS(24, 16), "dff.sequence_number", "Sequence", UINT, DEC, "RFC 6971 7", "Number of the packet."),
};
static const struct rem_field experiment_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_REST(16), "experimental", "Data", BYTES, HEX, "RFC 4727 3.4", "Data of an experiment.", .flags = REM_F_EMPTY),
};
static const struct rem_field unknown_fields[] = {
	OPTION_HEAD,
	OPTION_FIELD(REM_REST(16), "unknown", "Data", BYTES, HEX, "RFC 8200 4.2",
		     "Data of an option that remora does not know.", .flags = REM_F_EMPTY),
};

static const struct rem_table tables[] = {
	[TABLE_HOPOPTS] = REM_TABLE("Hop-by-hop options", hopopts_fields, .flags = REM_TABLE_ONCE),
	[TABLE_DSTOPTS] = REM_TABLE("Destination options", dstopts_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MORE] = REM_TABLE("Surplus", more_fields),
	[TABLE_PAD1] = REM_TABLE("Option", pad1_fields),
	[TABLE_PADN] = REM_TABLE("Option", padn_fields),
	[TABLE_TUNNEL_LIMIT] = REM_TABLE("Option", tunnel_limit_fields),
	[TABLE_ROUTER_ALERT] = REM_TABLE("Option", router_alert_fields),
	[TABLE_CALIPSO] = REM_TABLE("Option", calipso_fields),
	[TABLE_SMF_HASH] = REM_TABLE("Option", smf_hash_fields),
	[TABLE_SMF_ID] = REM_TABLE("Option", smf_id_fields),
	[TABLE_PDM] = REM_TABLE("Option", pdm_fields),
	[TABLE_QUICK_START] = REM_TABLE("Option", quick_start_fields),
	[TABLE_PMTU] = REM_TABLE("Option", pmtu_fields),
	[TABLE_IOAM] = REM_TABLE("Option", ioam_fields),
	[TABLE_TRACE] = REM_TABLE("Trace", ioam_trace_fields),
	[TABLE_TRACE_ROOM] = REM_TABLE("Free space", ioam_room_fields),
	[TABLE_TRACE_NODES] = REM_TABLE("Nodes", ioam_nodes_fields),
	[TABLE_TPF] = REM_TABLE("Option", tpf_fields),
	[TABLE_RPL] = REM_TABLE("Option", rpl_fields),
	[TABLE_MPL] = REM_TABLE("Option", mpl_fields),
	[TABLE_ILNP] = REM_TABLE("Option", ilnp_fields),
	[TABLE_LINE_ID] = REM_TABLE("Option", line_id_fields),
	[TABLE_JUMBO] = REM_TABLE("Option", jumbo_fields),
	[TABLE_HOME] = REM_TABLE("Option", home_fields),
	[TABLE_DFF] = REM_TABLE("Option", dff_fields),
	[TABLE_EXPERIMENT] = REM_TABLE("Option", experiment_fields),
	[TABLE_UNKNOWN] = REM_TABLE("Option", unknown_fields),
};

static const struct rem_bind hopopts_binds[] = { {REM_SPACE_IP, REM_IP_HOPOPT} };
static const struct rem_bind dstopts_binds[] = { {REM_SPACE_IP, REM_IP_DSTOPTS} };

/* Types with their tables; `data`: bytes that the layout has, ALL: whatever the length says. */
enum { ALL = 0xff };
static const struct layout { uint8_t type, table, data; } layouts[] = {
	{0x01, TABLE_PADN, ALL}, {0x04, TABLE_TUNNEL_LIMIT, 1}, {0x05, TABLE_ROUTER_ALERT, 2},
	{0x07, TABLE_CALIPSO, 8}, {0x08, TABLE_SMF_ID, ALL}, {0x0f, TABLE_PDM, 10}, {0x26, TABLE_QUICK_START, 6},
	{0x30, TABLE_PMTU, 4}, {0x31, TABLE_IOAM, 2}, {0x41, TABLE_TPF, 4}, {0x63, TABLE_RPL, 4}, {0x6d, TABLE_MPL, 2},
	{0x8b, TABLE_ILNP, ALL}, {0x8c, TABLE_LINE_ID, ALL}, {0xc2, TABLE_JUMBO, 4}, {0xc9, TABLE_HOME, 16},
	{0xee, TABLE_DFF, 3}, {0x1e, TABLE_EXPERIMENT, ALL}, {0x3e, TABLE_EXPERIMENT, ALL}, {0x5e, TABLE_EXPERIMENT, ALL},
	{0x7e, TABLE_EXPERIMENT, ALL}, {0x9e, TABLE_EXPERIMENT, ALL}, {0xbe, TABLE_EXPERIMENT, ALL},
	{0xde, TABLE_EXPERIMENT, ALL}, {0xfe, TABLE_EXPERIMENT, ALL},
};
/* clang-format on */

const struct rem_tlv rem_ipv6_option = {
	.unit = 1, .pad = REM_IPV6_OPT_PAD1, .end = REM_TLV_NONE,
};

bool rem_ipv6_find_option(struct rem_view header, uint32_t type, struct rem_view *value)
{
	struct rem_tlv_item item;

	if (header.cap < 2)
		return false;
	struct rem_view rest = rem_view_first(header,
					      8 * rem_get(header.p, REM_IPV6_EXT_LENGTH) + 8);
	rest = rem_view_skip(rest, 2);
	while (rem_tlv_next(&rem_ipv6_option, &rest, &item)) {
		if (item.tag == type && item.err == REM_OK) {
			*value = item.value;
			return true;
		}
	}
	return false;
}

static unsigned table_of(const struct rem_breakdown *b, unsigned table)
{
	return b->proto == REM_P_IPV6_DSTOPTS ? table - TABLE_DSTOPTS : table;
}

/* The layout of the option at p, n bytes of which are here, and how long its data are by it. */
static struct layout layout_of(const uint8_t *p, uint32_t n, uint32_t *data)
{
	static const uint8_t seed[] = {0, 2, 8, 16};
	struct layout found = {p[0], TABLE_UNKNOWN, ALL};

	for (size_t i = 0; i < REM_COUNT(layouts); i++) {
		if (layouts[i].type == p[0])
			found = layouts[i];
	}
	*data = found.data == ALL ? p[1] : found.data;
	if (found.table == TABLE_CALIPSO && n > 6)
		*data += 4u * p[6];
	else if (found.table == TABLE_MPL && n > 2)
		*data += seed[p[2] >> 6];
	else if (found.table == TABLE_IOAM && n > 3 && p[3] <= 1)
		*data = p[1] < IOAM_TRACE ? IOAM_TRACE : p[1];
	else if (found.table == TABLE_SMF_ID && n > 2 && (p[2] & 0x80) != 0)
		found.table = TABLE_SMF_HASH;
	return found;
}

/* The two fields of variable length behind the fixed ones; `part` ends before the first. */
static void push_smf_id(struct rem_breakdown *b, struct rem_part *part, const uint8_t *p)
{
	const uint32_t end = part->len;
	uint32_t at = end < 3 ? end : 3;

	part->rows = SMF_TAGGER;
	if (end >= 3 && (p[2] & 0x70) != 0) {
		const uint32_t tagger = (p[2] & 0x0fu) + 1;

		if (tagger > end - at)
			return;
		rem_push_row(b, table_of(b, TABLE_SMF_ID), SMF_TAGGER, p, at + tagger);
		at += tagger;
	}
	if (at < end)
		rem_push_row(b, table_of(b, TABLE_SMF_ID), SMF_IDENT, p + at, end - at);
}

/* A trace: its head, free space, and what the nodes have written behind that. */
static void push_trace(struct rem_breakdown *b, struct rem_part *part, const uint8_t *p)
{
	const uint32_t end = part->len;
	uint32_t at = 2 + IOAM_TRACE, room = 4 * (p[7] & 0x7fu);

	part->len = 4;
	rem_push(b, table_of(b, TABLE_TRACE), p, at);
	if (room > end - at)
		room = end - at;
	if (room > 0)
		rem_push_row(b, table_of(b, TABLE_TRACE_ROOM), 0, p + at, room);
	at += room;
	if (at < end)
		rem_push_row(b, table_of(b, TABLE_TRACE_NODES), 0, p + at, end - at);
}

/*
 * Pushes the option that v begins with, and returns how long it is; 0 if v ends before it does.
 * An option that is shorter than its layout reaches as far as its layout does.
 */
static uint32_t push_option(struct rem_breakdown *b, struct rem_view v)
{
	uint32_t data;

	if (v.cap < 2)
		return 0;
	if (v.p[0] == REM_IPV6_OPT_PAD1) {
		rem_push(b, table_of(b, TABLE_PAD1), v.p, 1);
		return 1;
	}
	const uint32_t length = v.p[1];
	const struct layout layout = layout_of(v.p, v.cap, &data);
	const bool whole = 2 + data <= v.cap;
	struct rem_part *part = rem_push(b, table_of(b, layout.table), v.p,
					 whole ? 2 + data : v.cap);

	if (!whole) {
		const struct rem_table *table = &tables[layout.table];

		/* What there is of a last row is not what it would be. A part that found no room has none. */
		while (part->rows > 0 && REM_WIDTH(table->row[part->rows - 1].bits) == 0)
			part->rows--;
		rem_fault(part, rem_lack(v, 2 + data), OPT_LENGTH);
		return 0;
	}
	if (layout.table == TABLE_SMF_ID)
		push_smf_id(b, part, v.p);
	else if (layout.table == TABLE_IOAM && data > 2)
		push_trace(b, part, v.p);
	if (length == data)
		return 2 + data;
	rem_fault(part, REM_LENGTH, OPT_LENGTH);
	if (length < data)
		return 2 + data;
	if (2 + length > v.cap)
		return 0;
	rem_push_row(b, table_of(b, TABLE_MORE), 0, v.p + 2 + data, length - data);
	return 2 + length;
}

static int options_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < 2)
		return REM_MISS;
	const uint32_t end = 8 * rem_get(v.p, REM_IPV6_EXT_LENGTH) + 8;
	struct rem_part *header = rem_push(b, 0, v.p, 2);
	uint32_t at = 2, n = 1;

	if (end > v.cap)
		rem_fault(header, rem_lack(v, end), REM_IPV6_EXT_LENGTH);
	if (rem_closely(b)) {
		b->depth = 1;
		for (; at < end && n > 0; at += n)
			n = push_option(b, rem_view_skip(v, at));
		b->depth = 0;
	}
	if (n > 0 && end <= v.cap)
		rem_next(b, REM_SPACE_IP, rem_get(v.p, REM_IPV6_EXT_NEXT), rem_view_skip(v, end));
	return (int)v.cap;
}

static bool octets(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	v->u = 8 * v->u + 8;
	return true;
}

static bool quick_start_ttl(const struct rem_breakdown *b, const struct rem_row *row,
			    struct rem_value *v)
{
	(void)b, (void)v;
	return row->base[2] >> 4 == 0;
}

static bool quick_start_diff(const struct rem_breakdown *b, const struct rem_row *row,
			     struct rem_value *v)
{
	const struct rem_part *ip = rem_layer_find(b, row->part, REM_P_IPV6);

	if (ip == NULL || row->base[2] >> 4 != 0)
		return false;
	v->u = (rem_get(rem_part_bytes(b, ip), REM_IPV6_HOPS) - v->u) & 0xff;
	return true;
}

static bool quick_start_report(const struct rem_breakdown *b, const struct rem_row *row,
			       struct rem_value *v)
{
	(void)b, (void)v;
	return row->base[2] >> 4 == 8;
}

const struct rem_proto rem_proto_ipv6_hopopts = {
	.table = tables, .tables = REM_COUNT(tables),
	.bind = hopopts_binds, .binds = REM_COUNT(hopopts_binds),
	.decode = options_decode, .spaces = 1 << REM_SPACE_IP,
	REM_PROTO_NAMES("ipv6.hopopts", "Hop-by-hop", "IPv6 hop-by-hop options", "RFC 8200 4.3"),
};

const struct rem_proto rem_proto_ipv6_dstopts = {
	.table = tables + TABLE_DSTOPTS, .tables = REM_COUNT(tables) - TABLE_DSTOPTS,
	.bind = dstopts_binds, .binds = REM_COUNT(dstopts_binds),
	.decode = options_decode, .spaces = 1 << REM_SPACE_IP,
	REM_PROTO_NAMES("ipv6.dstopts", "Destination", "IPv6 destination options", "RFC 8200 4.6"),
};

rem_info *const rem_info_ipv6_hopopts = NULL;
rem_info *const rem_info_ipv6_dstopts = NULL;
