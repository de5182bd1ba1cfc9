/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rows of RPL control messages, for icmpv6_fields.h alone, whose macros they are made by: RFC 6550 6,
 * metrics of RFC 6551, routes from point to point of RFC 6997. Offsets are those of the security section,
 * of the base object behind it, of the option, or of the object in a metric container.
 */
#ifndef REMORA_PROTO_ICMPV6_RPL_FIELDS_H
#define REMORA_PROTO_ICMPV6_RPL_FIELDS_H

/* clang-format off */
REM_NAMES(rpl_mode_names, {0, "no downward routes"}, {1, "non-storing"}, {2, "storing without multicast"}, {3, "storing with multicast"},
	  {4, "P2P route discovery"});
REM_NAMES(rpl_algorithm_names, {0, "CCM with AES-128, RSA with SHA-256"});
REM_NAMES(rpl_function_names, {0, "OF0"}, {1, "MRHOF"});
REM_NAMES(rpl_option_names, {0, "Pad1"}, {1, "PadN"}, {2, "DAG metric container"}, {3, "Route information"}, {4, "DODAG configuration"},
	  {5, "RPL target"}, {6, "Transit information"}, {7, "Solicited information"}, {8, "Prefix information"},
	  {9, "RPL target descriptor"}, {10, "P2P route discovery"});
REM_NAMES(rpl_metric_names, {1, "Node state and attributes"}, {2, "Node energy"}, {3, "Hop count"}, {4, "Link throughput"},
	  {5, "Link latency"}, {6, "Link quality level"}, {7, "Link ETX"}, {8, "Link color"});
REM_NAMES(rpl_sum_names, {0, "additive"}, {1, "maximum"}, {2, "minimum"}, {3, "multiplicative"});
REM_NAMES(rpl_power_names, {0, "mains"}, {1, "battery"}, {2, "scavenger"});
REM_NAMES(rpl_life_names, {0, "1 s"}, {1, "4 s"}, {2, "16 s"}, {3, "64 s"});

#define RPL(bits_, key_, ...) ROW(bits_, "rpl." key_, __VA_ARGS__)
#define RPL_FLAGS(bits_, key_, ref_, about_) \
	RPL(bits_, key_, "Flags", UINT, HEX, FLAGS, ref_, about_, .flags = REM_F_CONTAINER)
#define RPL_FLAG(bits_, key_, name_, ref_, about_) FLAG(bits_, "rpl." key_, name_, ref_, about_)
#define RPL_ZERO(bits_, key_, ref_) RPL(bits_, key_, "Reserved", UINT, DEC, RESERVED, ref_, "Must be zero.")
#define RPL_ZERO_HEX(bits_, key_, ref_) RPL(bits_, key_, "Reserved", UINT, HEX, RESERVED, ref_, "Must be zero.")
#define RPL_INSTANCE(bits_, key_, ref_) RPL(bits_, key_, "Instance", UINT, DEC, ID, ref_, "Which set of DODAGs it is about.")
#define RPL_DODAG(bits_, key_, ref_) RPL(bits_, key_, "DODAG", IPV6, DEC, ADDRESS, ref_, "Name of the DODAG, an address of its root.")

static const struct rem_field rpl_security_fields[] = {
	RPL_FLAGS(REM_BITS(0, 8), "secure.flag", "RFC 6550 6.1", "What the counter is."),
	RPL_FLAG(REM_BITS(0, 1), "secure.flag.t", "time", "RFC 6550 6.1", "The counter is a timestamp."),
	RPL_ZERO(REM_BITS(1, 7), "secure.flag.rsv", "RFC 6550 6.1"),
	RPL(REM_BITS(8, 8), "secure.algorithm", "Algorithm", UINT, DEC, TYPE, "RFC 6550 6.1", "How to encrypt and to sign.",
	    REM_NAMED(.names = &rpl_algorithm_names)),
	RPL_FLAGS(REM_BITS(16, 8), "secure.flag", "RFC 6550 6.1", "Which key, and what it does."),
	RPL(REM_BITS(16, 2), "secure.kim", "Key mode", UINT, DEC, TYPE, "RFC 6550 6.1", "How the key is told."),
	RPL_ZERO(REM_BITS(18, 3), "secure.rsv", "RFC 6550 6.1"),
	RPL(REM_BITS(21, 3), "secure.lvl", "Level", UINT, DEC, TYPE, "RFC 6550 6.1", "Whether the message is encrypted, and how it is authenticated."),
	RPL(REM_BITS(24, 8), "secure.flag", "Flags", UINT, HEX, RESERVED, "RFC 6550 6.1", "Must be zero."),
	RPL(REM_BITS(32, 32), "secure.counter", "Counter", UINT, DEC, SEQUENCE, "RFC 6550 6.1", "Never the same twice."),
};
#define RPL_KEY_ROW(bits_) RPL(bits_, "secure.key.index", "Key index", UINT, DEC, ID, "RFC 6550 6.1", "Which key of its originator.")
static const struct rem_field rpl_key_fields[] = {
	RPL(REM_BITS(0, 64), "secure.key.source", "Key source", BYTES, HEX, ID, "RFC 6550 6.1", "Originator of the key."),
	RPL_KEY_ROW(REM_BITS(64, 8)),
};
static const struct rem_field rpl_key_index_fields[] = { RPL_KEY_ROW(REM_BITS(0, 8)) };
static const struct rem_field rpl_opaque_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Body", BYTES, HEX, PAYLOAD, "RFC 6550 6", "Bytes that remora does not take apart, or that are encrypted."),
};

/* ---- base objects ---- */

static const struct rem_field rpl_dis_fields[] = {
	RPL(REM_BITS(0, 8), "dis.flags", "Flags", UINT, DEC, FLAGS, "RFC 6550 6.2.1", "Must be zero."),
	RESERVED(REM_BITS(8, 8), "RFC 6550 6.2.1"),
};
static const struct rem_field rpl_dio_fields[] = {
	RPL_INSTANCE(REM_BITS(0, 8), "dio.instance", "RFC 6550 6.3.1"),
	RPL(REM_BITS(8, 8), "dio.version", "Version", UINT, DEC, VERSION, "RFC 6550 6.3.1", "Counts how often the root has built the DODAG."),
	RPL(REM_BITS(16, 16), "dio.rank", "Rank", UINT, DEC, COUNT, "RFC 6550 6.3.1", "How far from the root the sender is."),
	RPL_FLAGS(REM_BITS(32, 8), "dio.flag", "RFC 6550 6.3.1", "What the DODAG is like."),
	RPL_FLAG(REM_BITS(32, 1), "dio.flag.g", "grounded", "RFC 6550 6.3.1", "The DODAG reaches what the application wants."),
	RPL_FLAG(REM_BITS(33, 1), "dio.flag.0", "zero", "RFC 6550 6.3.1", "Must be zero."),
	RPL(REM_BITS(34, 3), "dio.flag.mop", "Mode", UINT, HEX, TYPE, "RFC 6550 6.3.1", "Who remembers the ways down.",
	    REM_NAMED(.names = &rpl_mode_names)),
	RPL(REM_BITS(37, 3), "dio.flag.preference", "Preference", UINT, DEC, NONE, "RFC 6550 6.3.1", "Of this root among others; 7 is the highest."),
	RPL(REM_BITS(40, 8), "dio.dtsn", "DTSN", UINT, DEC, SEQUENCE, "RFC 6550 6.3.1", "Another one asks for destination advertisements."),
	RPL(REM_BITS(48, 8), "dio.flag", "Flags", UINT, HEX, RESERVED, "RFC 6550 6.3.1", "Must be zero."),
	RESERVED(REM_BITS(56, 8), "RFC 6550 6.3.1"),
	RPL_DODAG(REM_BITS(64, 128), "dio.dagid", "RFC 6550 6.3.1"),
};
static const struct rem_field rpl_dao_fields[] = {
	RPL_INSTANCE(REM_BITS(0, 8), "dao.instance", "RFC 6550 6.4.1"),
	RPL_FLAGS(REM_BITS(8, 8), "dao.flag", "RFC 6550 6.4.1", "What is wanted and what is here."),
	RPL_FLAG(REM_BITS(8, 1), "dao.flag.k", "acknowledge", "RFC 6550 6.4.1", "A DAO-ACK is to be sent."),
	RPL_FLAG(REM_BITS(9, 1), "dao.flag.d", "DODAG", "RFC 6550 6.4.1", "The DODAG is named."),
	RPL_ZERO(REM_BITS(10, 6), "dao.flag.rsv", "RFC 6550 6.4.1"),
	RESERVED(REM_BITS(16, 8), "RFC 6550 6.4.1"),
	RPL(REM_BITS(24, 8), "dao.sequence", "Sequence number", UINT, DEC, SEQUENCE, "RFC 6550 6.4.1", "Ties the acknowledgment to it."),
	RPL_DODAG(REM_BITS(32, 128), "dao.dodagid", "RFC 6550 6.4.1"),
};
static const struct rem_field rpl_dao_ack_fields[] = {
	RPL_INSTANCE(REM_BITS(0, 8), "daoack.instance", "RFC 6550 6.5.1"),
	RPL_FLAGS(REM_BITS(8, 8), "daoack.flag", "RFC 6550 6.5.1", "What is here."),
	RPL_FLAG(REM_BITS(8, 1), "daoack.flag.d", "DODAG", "RFC 6550 6.5.1", "The DODAG is named."),
	RPL_ZERO(REM_BITS(9, 7), "daoack.flag.rsv", "RFC 6550 6.5.1"),
	RPL(REM_BITS(16, 8), "daoack.sequence", "Sequence number", UINT, DEC, SEQUENCE, "RFC 6550 6.5.1", "That of the advertisement."),
	RPL(REM_BITS(24, 8), "daoack.status", "Status", UINT, DEC, TYPE, "RFC 6550 6.5.1", "0 accepted; from 128 on refused."),
	RPL_DODAG(REM_BITS(32, 128), "daoack.dodagid", "RFC 6550 6.5.1"),
};
static const struct rem_field rpl_cc_fields[] = {
	RPL_INSTANCE(REM_BITS(0, 8), "cc.instance", "RFC 6550 6.6.1"),
	RPL_FLAGS(REM_BITS(8, 8), "cc.flag", "RFC 6550 6.6.1", "Question or answer."),
	RPL_FLAG(REM_BITS(8, 1), "cc.flag.r", "response", "RFC 6550 6.6.1", "It answers."),
	RPL_ZERO(REM_BITS(9, 7), "cc.flag.rsv", "RFC 6550 6.6.1"),
	RPL(REM_BITS(16, 16), "cc.nonce", "Nonce", UINT, HEX, ID, "RFC 6550 6.6.1", "Ties response to request."),
	RPL_DODAG(REM_BITS(32, 128), "cc.dodagid", "RFC 6550 6.6.1"),
	RPL(REM_BITS(160, 32), "cc.destination_counter", "Destination counter", UINT, DEC, SEQUENCE, "RFC 6550 6.6.1",
	    "Where the sender believes the other's counter to be."),
};
#define RPL_DRO_HEAD(ref_) \
	RPL_INSTANCE(REM_BITS(0, 8), "p2p.dro.instance", ref_), \
	RPL(REM_BITS(8, 8), "p2p.dro.version", "Version", UINT, DEC, VERSION, ref_, "Must be zero.")
static const struct rem_field rpl_dro_fields[] = {
	RPL_DRO_HEAD("RFC 6997 8"),
	RPL_FLAGS(REM_BITS(16, 16), "p2p.dro.flag", "RFC 6997 8", "How to go on."),
	RPL_FLAG(REM_BITS(16, 1), "p2p.dro.flag.stop", "stop", "RFC 6997 8", "The discovery is over."),
	RPL_FLAG(REM_BITS(17, 1), "p2p.dro.flag.ack", "acknowledge", "RFC 6997 8", "A P2P-DRO-ACK is to be sent."),
	RPL(REM_BITS(18, 2), "p2p.dro.flag.seq", "Sequence number", UINT, DEC, SEQUENCE, "RFC 6997 8", "Ties the acknowledgment to it."),
	RPL_ZERO(REM_BITS(20, 12), "p2p.dro.flag.reserved", "RFC 6997 8"),
	RPL_DODAG(REM_BITS(32, 128), "p2p.dro.dagid", "RFC 6997 8"),
};
static const struct rem_field rpl_dro_ack_fields[] = {
	RPL_DRO_HEAD("RFC 6997 10"),
	RPL_FLAGS(REM_BITS(16, 16), "p2p.droack.flag", "RFC 6997 10", "Which reply it is about."),
	RPL(REM_BITS(16, 2), "p2p.droack.flag.seq", "Sequence number", UINT, DEC, SEQUENCE, "RFC 6997 10", "That of the reply."),
	RPL_ZERO(REM_BITS(18, 14), "p2p.droack.flag.reserved", "RFC 6997 10"),
	RPL_DODAG(REM_BITS(32, 128), "p2p.dro.dagid", "RFC 6997 10"),
};

/* ---- options ---- */

#define RPL_OPTION_HEAD \
	ROW(REM_BITS(0, 8), "opt", "Option", NONE, DEC, NONE, "RFC 6550 6.7.1", "An option.", .flags = REM_F_ALIAS), \
	RPL(REM_BITS(0, 8), "opt.type", "Type", UINT, DEC, TYPE, "RFC 6550 6.7.1", "Which option this is.", \
	    .flags = REM_F_LABEL, REM_NAMED(.names = &rpl_option_names)), \
	RPL(REM_BITS(8, 8), "opt.length", "Length", UINT, DEC, SIZE, "RFC 6550 6.7.1", "Bytes behind this one.", REM_NAMED(.unit = "bytes"))
#define RPL_OPT(bits_, key_, name_, type_, show_, ref_, about_, ...) \
	RPL(bits_, "opt." key_, name_, type_, show_, OPTION, ref_, about_, __VA_ARGS__)
#define RPL_PREFIX_LENGTH(bits_, key_, ref_) \
	RPL_OPT(bits_, key_, "Prefix length", UINT, DEC, ref_, "Bits of the prefix.", REM_NAMED(.unit = "bits"))

static const struct rem_field rpl_option_fields[] = { RPL_OPTION_HEAD }; /* Pad1 has no length: one byte */
static const struct rem_field rpl_unknown_fields[] = {
	RPL_OPTION_HEAD,
	ROW(REM_REST(16), "data", "Data", BYTES, HEX, OPTION, "RFC 6550 6.7.1", "Of an option that remora does not know.", .flags = REM_F_EMPTY),
};
static const struct rem_field rpl_padn_fields[] = {
	RPL_OPTION_HEAD,
	RPL_OPT(REM_REST(16), "padn", "Padding", NONE, DEC, "RFC 6550 6.7.3", "Must be zero.", .flags = REM_F_EMPTY),
};
static const struct rem_field rpl_route_fields[] = {
	RPL_OPTION_HEAD,
	RPL_PREFIX_LENGTH(REM_BITS(16, 8), "route.prefix_length", "RFC 6550 6.7.5"),
	RPL_FLAGS(REM_BITS(24, 8), "opt.route.flag", "RFC 6550 6.7.5", "How good the route is."),
	REM_FIELD(REM_BITS(24, 3), NULL, "Reserved", UINT, HEX, RESERVED, "RFC 6550 6.7.5", "Must be zero."),
	RPL_OPT(REM_BITS(27, 2), "route.pref", "Preference", UINT, DEC, "RFC 6550 6.7.5", "Among routes.",
		REM_NAMED(.names = &preference_names)),
	REM_FIELD(REM_BITS(29, 3), NULL, "Reserved", UINT, HEX, RESERVED, "RFC 6550 6.7.5", "Must be zero."),
	RPL(REM_BITS(24, 8), "opt.route.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 6550 6.7.5", "Must be zero.",
	    .flags = REM_F_ALIAS, .calc = rem_icmpv6_rpl_around),
	RPL_OPT(REM_BITS(32, 32), "route.lifetime", "Lifetime", UINT, DEC, "RFC 6550 6.7.5", "Of the route.", REM_NAMED(.unit = "s")),
	RPL_OPT(REM_REST(64), "route.prefix", "Prefix", IPV6, DEC, "RFC 6550 6.7.5", "Where the route leads."),
};
static const struct rem_field rpl_config_fields[] = {
	RPL_OPTION_HEAD,
	RPL_FLAGS(REM_BITS(16, 8), "opt.config.flag", "RFC 6550 6.7.6", "Security and path control."),
	RPL_ZERO(REM_BITS(16, 4), "opt.config.reserved", "RFC 6550 6.7.6"),
	RPL_FLAG(REM_BITS(20, 1), "opt.config.auth", "authenticated", "RFC 6550 6.7.6", "Nodes need a key from an authority."),
	RPL_OPT(REM_BITS(21, 3), "config.pcs", "Path control size", UINT, DEC, "RFC 6550 6.7.6", "Bits of path control, less one."),
	RPL_OPT(REM_BITS(24, 8), "config.interval_double", "Interval doublings", UINT, DEC, "RFC 6550 6.7.6", "How often the time between DIOs may double."),
	RPL_OPT(REM_BITS(32, 8), "config.interval_min", "Least interval", UINT, DEC, "RFC 6550 6.7.6", "Between DIOs, 2 to this power of milliseconds."),
	RPL_OPT(REM_BITS(40, 8), "config.redundancy", "Redundancy", UINT, DEC, "RFC 6550 6.7.6", "So many DIOs of others make ours superfluous."),
	RPL_OPT(REM_BITS(48, 16), "config.max_rank_inc", "Rank increase", UINT, DEC, "RFC 6550 6.7.6", "The most by which a node may go down in repair."),
	RPL_OPT(REM_BITS(64, 16), "config.min_hop_rank_inc", "Hop rank increase", UINT, DEC, "RFC 6550 6.7.6", "The least that a hop adds to the rank."),
	RPL_OPT(REM_BITS(80, 16), "config.ocp", "Objective function", UINT, DEC, "RFC 6550 6.7.6", "How nodes choose parents and rank.",
		REM_NAMED(.names = &rpl_function_names)),
	RPL_ZERO(REM_BITS(96, 8), "opt.config.rsv", "RFC 6550 6.7.6"),
	RPL_OPT(REM_BITS(104, 8), "config.def_lifetime", "Default lifetime", UINT, DEC, "RFC 6550 6.7.6", "Of routes, in lifetime units."),
	RPL_OPT(REM_BITS(112, 16), "config.lifetime_unit", "Lifetime unit", UINT, DEC, "RFC 6550 6.7.6", "What lifetimes count in.", REM_NAMED(.unit = "s")),
};
static const struct rem_field rpl_target_fields[] = {
	RPL_OPTION_HEAD,
	RPL(REM_BITS(16, 8), "opt.target.flag", "Flags", NONE, DEC, RESERVED, "RFC 6550 6.7.7", "Must be zero."),
	RPL_PREFIX_LENGTH(REM_BITS(24, 8), "target.prefix_length", "RFC 6550 6.7.7"),
	RPL_OPT(REM_REST(32), "target.prefix", "Target", IPV6, DEC, "RFC 6550 6.7.7", "Who can be reached, or which group is listened to."),
};
static const struct rem_field rpl_transit_fields[] = {
	RPL_OPTION_HEAD,
	RPL_FLAGS(REM_BITS(16, 8), "opt.transit.flag", "RFC 6550 6.7.8", "Whose the target is."),
	RPL_FLAG(REM_BITS(16, 1), "opt.transit.flag.e", "external", "RFC 6550 6.7.8", "The parent brings targets from outside of RPL."),
	RPL_ZERO(REM_BITS(17, 7), "opt.transit.flag.rsv", "RFC 6550 6.7.8"),
	RPL_OPT(REM_BITS(24, 8), "transit.pathctl", "Path control", UINT, DEC, "RFC 6550 6.7.8", "Which parents are preferred, and how many."),
	RPL_OPT(REM_BITS(32, 8), "transit.pathseq", "Path sequence", UINT, DEC, "RFC 6550 6.7.8", "Which of two advertisements is newer."),
	RPL_OPT(REM_BITS(40, 8), "transit.pathlifetime", "Path lifetime", UINT, DEC, "RFC 6550 6.7.8", "In lifetime units; 0: the way is gone."),
	RPL_OPT(REM_BITS(48, 128), "transit.parent", "Parent", IPV6, DEC, "RFC 6550 6.7.8", "Through whom the targets are reached."),
};
static const struct rem_field rpl_solicited_fields[] = {
	RPL_OPTION_HEAD,
	RPL_OPT(REM_BITS(16, 8), "solicited.instance", "Instance", UINT, DEC, "RFC 6550 6.7.9", "Whose members are to answer."),
	RPL_FLAGS(REM_BITS(24, 8), "opt.solicited.flag", "RFC 6550 6.7.9", "What of it counts."),
	RPL_FLAG(REM_BITS(24, 1), "opt.solicited.flag.v", "version", "RFC 6550 6.7.9", "The version must be the same."),
	RPL_FLAG(REM_BITS(25, 1), "opt.solicited.flag.i", "instance", "RFC 6550 6.7.9", "The instance must be the same."),
	RPL_FLAG(REM_BITS(26, 1), "opt.solicited.flag.d", "DODAG", "RFC 6550 6.7.9", "The DODAG must be the same."),
	RPL_ZERO(REM_BITS(27, 5), "opt.solicited.flag.rsv", "RFC 6550 6.7.9"),
	RPL_OPT(REM_BITS(32, 128), "solicited.dodagid", "DODAG", IPV6, DEC, "RFC 6550 6.7.9", "Whose members are to answer."),
	RPL_OPT(REM_BITS(160, 8), "solicited.version", "Version", UINT, DEC, "RFC 6550 6.7.9", "Of the DODAG."),
};
static const struct rem_field rpl_prefix_fields[] = {
	RPL_OPTION_HEAD,
	RPL_PREFIX_LENGTH(REM_BITS(16, 8), "prefix.length", "RFC 6550 6.7.10"),
	RPL_FLAGS(REM_BITS(24, 8), "opt.prefix.flag", "RFC 6550 6.7.10", "What the prefix is for."),
	RPL_FLAG(REM_BITS(24, 1), "opt.prefix.flag.l", "on-link", "RFC 6550 6.7.10", "Its addresses are neighbors."),
	RPL_FLAG(REM_BITS(25, 1), "opt.config.flag.a", "autonomous", "RFC 6550 6.7.10", "Nodes make addresses of it."),
	RPL_FLAG(REM_BITS(26, 1), "opt.config.flag.r", "router address", "RFC 6550 6.7.10", "The prefix is the sender's address."),
	RPL_ZERO(REM_BITS(27, 5), "opt.config.flag.rsv", "RFC 6550 6.7.10"),
	RPL_OPT(REM_BITS(32, 32), "prefix.valid_lifetime", "Valid lifetime", UINT, DEC, "RFC 6550 6.7.10", "How long it is on the link.", REM_NAMED(.unit = "s")),
	RPL_OPT(REM_BITS(64, 32), "prefix.preferred_lifetime", "Preferred lifetime", UINT, DEC, "RFC 6550 6.7.10",
		"How long addresses made of it are preferred.", REM_NAMED(.unit = "s")),
	RPL(REM_BITS(96, 32), "opt.reserved", "Reserved", NONE, DEC, RESERVED, "RFC 6550 6.7.10", "Must be zero."),
	RPL_OPT(REM_BITS(128, 128), "prefix", "Prefix", IPV6, DEC, "RFC 6550 6.7.10", "The prefix."),
};
static const struct rem_field rpl_descriptor_fields[] = {
	RPL_OPTION_HEAD,
	RPL_OPT(REM_BITS(16, 32), "targetdesc.descriptor", "Descriptor", UINT, HEX, "RFC 6550 6.7.11", "What the root shall know of the target."),
};
#define RPL_DISCOVERY_HEAD \
	RPL_OPTION_HEAD, \
	RPL(REM_BITS(16, 8), "opt.routediscovery.flag", "Flags", NONE, DEC, FLAGS, "RFC 6997 7", "What route is looked for.", .flags = REM_F_CONTAINER), \
	RPL_FLAG(REM_BITS(16, 1), "opt.routediscovery.flag.reply", "reply", "RFC 6997 7", "The target shall answer."), \
	RPL_FLAG(REM_BITS(17, 1), "opt.routediscovery.flag.hopbyhop", "hop-by-hop", "RFC 6997 7", "Routers remember the route; else it is a source route."), \
	RPL_OPT(REM_BITS(18, 2), "routediscovery.flag.numofroutes", "Routes", UINT, DEC, "RFC 6997 7", "How many source routes to tell, less one."), \
	RPL_OPT(REM_BITS(20, 4), "routediscovery.flag.compr", "Elided", UINT, DEC, "RFC 6997 7", "Bytes that all addresses have in common.", \
		REM_NAMED(.unit = "bytes")), \
	RPL_OPT(REM_BITS(24, 2), "routediscovery.lifetime", "Lifetime", UINT, DEC, "RFC 6997 7", "Of the temporary DODAG.", \
		REM_NAMED(.names = &rpl_life_names))
static const struct rem_field rpl_discovery_fields[] = {
	RPL_DISCOVERY_HEAD,
	RPL_OPT(REM_BITS(26, 6), "routediscovery.maxrank", "Maximum rank", UINT, DEC, "RFC 6997 7", "Nodes of a higher rank do not join."),
};
static const struct rem_field rpl_discovered_fields[] = {
	RPL_DISCOVERY_HEAD,
	RPL_OPT(REM_BITS(26, 6), "routediscovery.nh", "Next hop", UINT, DEC, "RFC 6997 7", "Which of the addresses is next."),
};
static const struct rem_field rpl_route_to_fields[] = {
	RPL_OPT(REM_BITS(0, 128), "routediscovery.targetaddr", "Target", IPV6, DEC, "RFC 6997 7", "To whom the route leads."),
	RPL_OPT(REM_REST(128), "routediscovery.addr_vec", "Hops", NONE, DEC, "RFC 6997 7", "Routers on the way.", .flags = REM_F_EMPTY),
};
static const struct rem_field rpl_hop_fields[] = {
	RPL_OPT(REM_BITS(0, 128), "routediscovery.addrvec.addr", "Hop", IPV6, DEC, "RFC 6997 7", "A router on the way."),
};

/* ---- objects of metric containers ---- */

#define RPL_METRIC_ROW(bits_, key_, ...) RPL(bits_, "opt.metric." key_, __VA_ARGS__)

static const struct rem_field rpl_metric_fields[] = {
	RPL_METRIC_ROW(REM_BITS(0, 8), "type", "Metric", UINT, DEC, TYPE, "RFC 6551 2.1", "What is measured.",
		.flags = REM_F_LABEL, REM_NAMED(.names = &rpl_metric_names)),
	RPL_FLAGS(REM_BITS(8, 16), "opt.metric.flags", "RFC 6551 2.1", "How it is measured."),
	RPL_ZERO_HEX(REM_BITS(8, 5), "opt.metric.reserved", "RFC 6551 2.1"),
	RPL_FLAG(REM_BITS(13, 1), "opt.metric.flag.p", "partial", "RFC 6551 2.1", "Some nodes could not record it."),
	RPL_FLAG(REM_BITS(14, 1), "opt.metric.flag.c", "constraint", "RFC 6551 2.1", "It is a condition, not a measure."),
	RPL_FLAG(REM_BITS(15, 1), "opt.metric.flag.o", "optional", "RFC 6551 2.1", "The condition need not be met."),
	RPL_FLAG(REM_BITS(16, 1), "opt.metric.flag.r", "recorded", "RFC 6551 2.1", "Each node adds a value of its own."),
	RPL_METRIC_ROW(REM_BITS(17, 3), "flag.a", "Aggregation", UINT, HEX, TYPE, "RFC 6551 2.1", "How values of nodes become one.",
		REM_NAMED(.names = &rpl_sum_names)),
	RPL_METRIC_ROW(REM_BITS(20, 4), "prec", "Precedence", UINT, HEX, NONE, "RFC 6551 2.1", "Among the objects; 0 is the highest."),
	RPL_METRIC_ROW(REM_BITS(24, 8), "length", "Length", UINT, DEC, SIZE, "RFC 6551 2.1", "Bytes behind this one.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field rpl_node_state_fields[] = {
	RPL_FLAGS(REM_BITS(0, 16), "opt.metric.nsa.object", "RFC 6551 3.1", "What the node can do."),
	RPL_ZERO_HEX(REM_BITS(0, 8), "opt.metric.nsa.object.reserved", "RFC 6551 3.1"),
	RPL_ZERO_HEX(REM_BITS(8, 6), "opt.metric.nsa.object.flags", "RFC 6551 3.1"),
	RPL_FLAG(REM_BITS(14, 1), "opt.metric.nsa.object.flag.a", "aggregator", "RFC 6551 3.1", "It can put traffic together."),
	RPL_FLAG(REM_BITS(15, 1), "opt.metric.nsa.object.flag.o", "overloaded", "RFC 6551 3.1", "It may not be able to handle traffic."),
};
#define RPL_TLV "nsa.object.opttlv.object"
static const struct rem_field rpl_node_tlv_fields[] = {
	RPL_METRIC_ROW(REM_BITS(0, 8), RPL_TLV, "TLV", UINT, DEC, NONE, "RFC 6551 3.1", "More on the node.", .flags = REM_F_ALIAS),
	RPL_METRIC_ROW(REM_BITS(0, 8), RPL_TLV ".type", "Type", UINT, DEC, TYPE, "RFC 6551 3.1", "What it is.", .flags = REM_F_LABEL),
	RPL_METRIC_ROW(REM_BITS(8, 8), RPL_TLV ".length", "Length", UINT, DEC, SIZE, "RFC 6551 3.1", "Bytes behind this one.", REM_NAMED(.unit = "bytes")),
	RPL_METRIC_ROW(REM_REST(16), RPL_TLV ".data", "Data", BYTES, HEX, OPTION, "RFC 6551 3.1", "What it says.", .flags = REM_F_EMPTY),
};
static const struct rem_field rpl_energy_fields[] = {
	RPL_FLAGS(REM_BITS(0, 16), "opt.metric.ne.object", "RFC 6551 3.2", "What a node lives on."),
	RPL_ZERO_HEX(REM_BITS(0, 4), "opt.metric.ne.object.flags", "RFC 6551 3.2"),
	RPL_FLAG(REM_BITS(4, 1), "opt.metric.ne.object.flag.i", "included", "RFC 6551 3.2", "Such nodes are wanted; else they are not."),
	RPL_METRIC_ROW(REM_BITS(5, 2), "ne.object.type", "Power", UINT, HEX, TYPE, "RFC 6551 3.2", "Where its power comes from.",
		REM_NAMED(.names = &rpl_power_names)),
	RPL_FLAG(REM_BITS(7, 1), "opt.metric.ne.object.flag.e", "estimated", "RFC 6551 3.2", "The energy is told."),
	RPL_METRIC_ROW(REM_BITS(8, 8), "ne.object.energy", "Energy", UINT, HEX, NONE, "RFC 6551 3.2", "Percent of it that are left."),
};
static const struct rem_field rpl_hop_count_fields[] = {
	RPL_FLAGS(REM_BITS(0, 16), "opt.metric.hp.object", "RFC 6551 3.3", "How many hops there are."),
	RPL_ZERO_HEX(REM_BITS(0, 4), "opt.metric.hp.object.reserved", "RFC 6551 3.3"),
	RPL_ZERO_HEX(REM_BITS(4, 4), "opt.metric.hp.object.flags", "RFC 6551 3.3"),
	RPL_METRIC_ROW(REM_BITS(8, 8), "hp.object.hp", "Hops", UINT, DEC, COUNT, "RFC 6551 3.3", "Hops of the path, or the most it may have."),
};
static const struct rem_field rpl_throughput_fields[] = {
	RPL_METRIC_ROW(REM_BITS(0, 32), "lt.object.lt", "Throughput", UINT, DEC, NONE, "RFC 6551 4.1", "Of the link.", REM_NAMED(.unit = "bytes/s")),
};
static const struct rem_field rpl_latency_fields[] = {
	RPL_METRIC_ROW(REM_BITS(0, 32), "ll.object.ll", "Latency", UINT, DEC, TIME, "RFC 6551 4.2", "Of the link.", REM_NAMED(.unit = "us")),
};
static const struct rem_field rpl_quality_head_fields[] = { RPL_ZERO_HEX(REM_BITS(0, 8), "opt.metric.lql.object.res", "RFC 6551 4.3.1") };
static const struct rem_field rpl_quality_fields[] = {
	RPL_FLAGS(REM_BITS(0, 8), "opt.metric.lql.object", "RFC 6551 4.3.1", "Links of one quality."),
	RPL_METRIC_ROW(REM_BITS(0, 3), "lql.object.val", "Quality", UINT, HEX, NONE, "RFC 6551 4.3.1", "1 is the best, 7 the worst."),
	RPL_METRIC_ROW(REM_BITS(3, 5), "lql.object.counter", "Links", UINT, DEC, COUNT, "RFC 6551 4.3.1", "How many there are of it."),
};
static const struct rem_field rpl_etx_fields[] = {
	RPL_METRIC_ROW(REM_BITS(0, 16), "etx.object.etx", "ETX", UINT, DEC, NONE, "RFC 6551 4.3.2", "Transmissions that a packet takes, times 128."),
};
static const struct rem_field rpl_color_head_fields[] = { RPL_ZERO_HEX(REM_BITS(0, 8), "opt.metric.lc.object.res", "RFC 6551 4.4.1") };
#define RPL_COLOR_HEAD_ROWS \
	RPL_METRIC_ROW(REM_BITS(0, 16), "lc.object", "Links", NONE, DEC, FLAGS, "RFC 6551 4.4.1", "Links of one color.", .flags = REM_F_CONTAINER), \
	RPL_METRIC_ROW(REM_BITS(0, 10), "lc.object.lc", "Color", UINT, HEX, NONE, "RFC 6551 4.4.1", "What the administrator calls them.")
static const struct rem_field rpl_color_fields[] = {
	RPL_COLOR_HEAD_ROWS,
	RPL_METRIC_ROW(REM_BITS(10, 6), "lc.object.counter", "Links", UINT, DEC, COUNT, "RFC 6551 4.4.1", "How many there are of it."),
};
static const struct rem_field rpl_color_wanted_fields[] = {
	RPL_COLOR_HEAD_ROWS,
	RPL_ZERO(REM_BITS(10, 5), "opt.metric.lc.object.reserved", "RFC 6551 4.4.1"),
	RPL_METRIC_ROW(REM_BITS(15, 1), "lc.object.flag.i", "Included", UINT, DEC, NONE, "RFC 6551 4.4.1", "1: such links are wanted; 0: they are not."),
};
/* clang-format on */

#endif
