/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Transmission Control Protocol: RFC 9293; options of RFC 7323 (window scale, timestamps),
 * RFC 2018 and RFC 2883 (SACK), RFC 7413 (fast open), RFC 2385 and RFC 5925 (MD5, AO), RFC 5482
 * (user timeout), RFC 8684 (MPTCP) and others. The header's diagram and handles stand in
 * remora/tcp.h.
 */
#include "core/digits.h"
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/tcp.h>
#include <remora/text.h>

enum {
	TABLE_HEADER, TABLE_BOGUS, TABLE_PAYLOAD, TABLE_RESET, TABLE_OPTIONS, TABLE_BROKEN,
	TABLE_UNKNOWN, TABLE_EOL, TABLE_NOP, TABLE_MSS, TABLE_WSCALE, TABLE_SACK_OK, TABLE_SACK,
	TABLE_SACK_BLOCK, TABLE_SACK_EDGE, TABLE_DSACK, TABLE_ECHO, TABLE_TS, TABLE_CC, TABLE_MD5, TABLE_SCPS, TABLE_SNACK,
	TABLE_SCPSREC, TABLE_QS, TABLE_USER_TIMEOUT, TABLE_AO, TABLE_MPTCP, TABLE_TFO_REQUEST,
	TABLE_TFO_COOKIE, TABLE_PROBE, TABLE_TRANSPARENCY, TABLE_ACC_ECN0, TABLE_ACC_ECN1,
	TABLE_EXPERIMENT, TABLE_EXPERIMENT_TFO_REQUEST, TABLE_EXPERIMENT_TFO_COOKIE,
	TABLE_EXPERIMENT_ACC_ECN0, TABLE_EXPERIMENT_ACC_ECN1,
};

/* What can still be told of a segment whose header is cut, or says that it is too short. */
enum { PORTS = 4, ROWS_OF_PORTS = 4, ROWS_TO_ACK = 6, TO_WINDOW = 16, TO_OFFSET = 13, TO_SUM = 18 };
enum { JUST_ACK = 0x010 };      /* no other flag */

static rem_calc sequence, quoted_sequence, segment_length, sum_status, sum_calculated;
static rem_calc wscale_multiplier, sack_count;

/* clang-format off */
#define PORT_ROWS \
	REM_FIELD(REM_TCP_SRC, "tcp.srcport", "Source port", UINT, DEC, PORT, "RFC 9293 3.1", \
		  "Port of the sender.", REM_NAMED(.names = &rem_port_names)), \
	REM_FIELD(REM_TCP_SRC, "tcp.port", "Port", UINT, DEC, NONE, "RFC 9293 3.1", \
		  "Either port.", .flags = REM_F_ALIAS), \
	REM_FIELD(REM_TCP_DST, "tcp.dstport", "Destination port", UINT, DEC, PORT, "RFC 9293 3.1", \
		  "Port of the receiver.", REM_NAMED(.names = &rem_port_names)), \
	REM_FIELD(REM_TCP_DST, "tcp.port", "Port", UINT, DEC, NONE, "RFC 9293 3.1", \
		  "Either port.", .flags = REM_F_ALIAS)
#define SEQUENCE_ROWS \
	REM_FIELD(REM_TCP_SEQ, "tcp.seq_raw", "Sequence number", UINT, DEC, SEQUENCE, "RFC 9293 3.1", \
		  "Number of the first byte of data, or of the SYN.", .calc = sequence), \
	REM_FIELD(REM_TCP_SEQ, NULL, "Sequence number", UINT, DEC, SEQUENCE, "RFC 9293 3.1", \
		  "Number of the first byte of the quoted data.", .calc = quoted_sequence)
#define LENGTH_ROWS \
	REM_FIELD(REM_TCP_OFFSET, "tcp.hdr_len", "Data offset", UINT, DEC, SIZE, "RFC 9293 3.1", \
		  "Length of the header, options included.", .scale = 4, REM_NAMED(.unit = "bytes")), \
	REM_FIELD(REM_BITS(0, 0), "tcp.len", "Segment length", UINT, DEC, SIZE, "RFC 9293 3.3.1", \
		  "Bytes of data in the segment.", .flags = REM_F_DERIVED, .calc = segment_length, \
		  REM_NAMED(.unit = "bytes"))

static const struct rem_field tcp_fields[] = {
	PORT_ROWS,
	SEQUENCE_ROWS,
	REM_FIELD(REM_TCP_ACK, "tcp.ack_raw", "Acknowledgment number", UINT, DEC, SEQUENCE, "RFC 9293 3.1",
		  "Number of the next byte that the sender expects."),
	LENGTH_ROWS,
	REM_FIELD(REM_TCP_FLAGS, "tcp.flags", "Flags", UINT, HEX, FLAGS, "RFC 9293 3.1",
		  "What the segment does besides carrying data.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_TCP_RESERVED, "tcp.flags.res", "reserved", BOOL, DEC, RESERVED, "RFC 9293 3.1",
		  "Must be zero.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_AE, "tcp.flags.ae", "AE", BOOL, DEC, NONE, "RFC 7560 3",
		  "Accurate ECN.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_CWR, "tcp.flags.cwr", "CWR", BOOL, DEC, NONE, "RFC 3168 6.1",
		  "The sender has reduced its congestion window.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_ECE, "tcp.flags.ece", "ECE", BOOL, DEC, NONE, "RFC 3168 6.1",
		  "The sender has seen congestion.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_URG, "tcp.flags.urg", "URG", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The urgent pointer means something.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_ACK_FLAG, "tcp.flags.ack", "ACK", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The acknowledgment number means something.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_PSH, "tcp.flags.push", "PSH", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The receiver is to hand the data on at once.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_RST, "tcp.flags.reset", "RST", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The connection is at an end, now.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_SYN, "tcp.flags.syn", "SYN", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "Opens a connection.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_FIN, "tcp.flags.fin", "FIN", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The sender has no more data.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_FLAGS, "tcp.flags.str", "Flags", UINT, LETTERS, NONE, "RFC 9293 3.1",
		  "A letter for each flag that is set.", .flags = REM_F_ALIAS | REM_F_AS_TEXT,
		  REM_NAMED(.unit = "RRRACEUAPRSF")),
	REM_FIELD(REM_TCP_WINDOW, "tcp.window_size_value", "Window", UINT, DEC, SIZE, "RFC 9293 3.1",
		  "Bytes the sender is ready to take, before scaling.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_TCP_SUM, "tcp.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 9293 3.1",
		  "One's complement sum of pseudo header, header and data."),
	REM_FIELD(REM_TCP_SUM, "tcp.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 9293 3.1",
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status,
		  REM_NAMED(.names = &rem_sum_names)),
	REM_FIELD(REM_TCP_SUM, "tcp.checksum_calculated", "Checksum calculated", UINT, HEX, NONE, "RFC 9293 3.1",
		  "What the checksum should be.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = sum_calculated),
	REM_FIELD(REM_TCP_URGENT, "tcp.urgent_pointer", "Urgent pointer", UINT, DEC, SIZE, "RFC 6093 3",
		  "Where urgent data ends, if URG is set.", .flags = REM_F_LEGACY),
};

/* A header that says that it is shorter than a header is: what its other fields say is not known. */
static const struct rem_field bogus_fields[] = {
	PORT_ROWS, SEQUENCE_ROWS,
	REM_FIELD(REM_TCP_ACK, NULL, "Not decoded", UINT, HEX, NONE, "RFC 9293 3.1", "What would be the acknowledgment number."),
	LENGTH_ROWS,
	REM_FIELD(REM_BITS(100, 60), NULL, "Not decoded", UINT, HEX, NONE, "RFC 9293 3.1", "What would be the rest of a header."),
};

static const struct rem_field payload_fields[] = {
	REM_FIELD(REM_REST(0), "tcp.payload", "Payload", BYTES, HEX, PAYLOAD, "RFC 9293 3.1",
		  "What the segment carries.", .flags = REM_F_HIDDEN),
};
static const struct rem_field reset_fields[] = {
	REM_FIELD(REM_REST(0), "tcp.reset_cause", "Reset cause", TEXT, DEC, TEXT, "RFC 9293 3.5.3",
		  "Why the connection is at an end.", .calc = rem_until_nul),
};
static const struct rem_field options_fields[] = {
	REM_FIELD(REM_REST(0), "tcp.options", "Options", BYTES, HEX, NONE, "RFC 9293 3.2",
		  "All options.", .flags = REM_F_ALIAS),
};

REM_NAMES(kind_names, {0, "End of options"}, {1, "No operation"}, {2, "MSS"}, {3, "Window scale"},
	  {4, "SACK permitted"}, {5, "SACK"}, {6, "Echo"}, {7, "Echo reply"}, {8, "Timestamps"},
	  {9, "Partial order permitted"}, {10, "Partial order service"}, {11, "CC"}, {12, "CC.NEW"}, {13, "CC.ECHO"},
	  {14, "Alternate checksum request"}, {15, "Alternate checksum data"}, {19, "MD5"}, {20, "SCPS capabilities"},
	  {21, "SNACK"}, {22, "SCPS record boundaries"}, {23, "SCPS corruption"}, {27, "Quick-Start"}, {28, "User timeout"},
	  {29, "Authentication"}, {30, "Multipath TCP"}, {34, "Fast open"}, {69, "Encryption negotiation"},
	  {76, "Riverbed probe"}, {78, "Riverbed transparency"}, {172, "AccECN order 0"}, {174, "AccECN order 1"},
	  {253, "Experiment 1"}, {254, "Experiment 2"});
REM_NAMES(experiment_names, {0x000b, "Tail loss probe rate"}, {0xacc0, "AccECN order 0"}, {0xacc1, "AccECN order 1"}, {0xe2d4, "SMC"}, {0xf989, "Fast open"});
REM_NAMES(subtype_names, {0, "MP_CAPABLE"}, {1, "MP_JOIN"}, {2, "DSS"}, {3, "ADD_ADDR"}, {4, "REMOVE_ADDR"},
	  {5, "MP_PRIO"}, {6, "MP_FAIL"}, {7, "MP_FASTCLOSE"}, {8, "MP_TCPRST"});
REM_NAMES(granularity_names, {0, "seconds"}, {1, "minutes"});

#define KIND(key_) \
	REM_FIELD(REM_BYTES(0, 1), key_, "Kind", UINT, DEC, TYPE, "RFC 9293 3.2", \
		  "Which option this is.", .flags = REM_F_LABEL, REM_NAMED(.names = &kind_names))
#define LENGTH(key_) \
	REM_FIELD(REM_BYTES(1, 1), key_, "Length", UINT, DEC, SIZE, "RFC 9293 3.2", \
		  "Length of the option, kind and length included.", REM_NAMED(.unit = "bytes"))
#define WHOLE(key_) \
	REM_FIELD(REM_BYTES(0, 1), "tcp.options." key_, "Option", NONE, DEC, NONE, "RFC 9293 3.2", \
		  "An option.", .flags = REM_F_ALIAS)
#define OPTION_HEAD(key_) WHOLE(key_), KIND("tcp.option_kind"), LENGTH("tcp.option_len")
enum { ROWS_OF_HEAD = 3, AO_LEAST = 4 };
#define VALUE(bits_, key_, name_, type_, show_, ref_, about_, ...) \
	REM_FIELD(bits_, "tcp.options." key_, name_, type_, show_, OPTION, ref_, about_, __VA_ARGS__)
#define OPAQUE(at_, ref_) REM_FIELD(REM_REST(at_), NULL, "Value", BYTES, HEX, OPTION, ref_, "What remora does not take apart.")

static const struct rem_field broken_fields[] = {
	KIND(NULL),
	REM_FIELD(REM_REST(8), NULL, "Bytes", BYTES, HEX, OPTION, "RFC 9293 3.2", "An option whose length cannot be."),
};
static const struct rem_field unknown_fields[] = {
	OPTION_HEAD("unknown"),
	VALUE(REM_REST(16), "unknown.payload", "Value", BYTES, HEX, "RFC 9293 3.2", "Of an option that remora does not know."),
};
static const struct rem_field eol_fields[] = { WHOLE("eol"), KIND("tcp.option_kind") };
static const struct rem_field nop_fields[] = { WHOLE("nop"), KIND("tcp.option_kind") };
static const struct rem_field mss_fields[] = {
	OPTION_HEAD("mss"),
	VALUE(REM_BYTES(2, 2), "mss_val", "MSS", UINT, DEC, "RFC 6691 2",
	      "Largest segment that the sender can take, without headers.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field wscale_fields[] = {
	OPTION_HEAD("wscale"),
	VALUE(REM_BYTES(2, 1), "wscale.shift", "Shift count", UINT, DEC, "RFC 7323 2.2",
	      "By how many bits the sender's windows are to be shifted left."),
	REM_FIELD(REM_BYTES(2, 1), "tcp.options.wscale.multiplier", "Multiplier", UINT, DEC, NONE, "RFC 7323 2.2",
		  "What the sender's windows are to be multiplied with.", .flags = REM_F_DERIVED, .calc = wscale_multiplier),
};
static const struct rem_field sack_ok_fields[] = { OPTION_HEAD("sack_perm") };
static const struct rem_field sack_fields[] = {
	OPTION_HEAD("sack"),
	REM_FIELD(REM_BITS(0, 0), "tcp.options.sack.count", "Blocks", UINT, DEC, COUNT, "RFC 2018 3",
		  "Blocks that the option reports.", .flags = REM_F_DERIVED, .calc = sack_count),
};
static const struct rem_field sack_block_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "tcp.options.sack_le", "Left edge", UINT, DEC, SEQUENCE, "RFC 2018 3",
		  "First sequence number of a block that has arrived."),
	REM_FIELD(REM_BYTES(4, 4), "tcp.options.sack_re", "Right edge", UINT, DEC, SEQUENCE, "RFC 2018 3",
		  "Sequence number right behind the block."),
};
static const struct rem_field sack_edge_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "tcp.options.sack_le", "Left edge", UINT, DEC, SEQUENCE, "RFC 2018 3",
		  "Of a block whose right edge is missing."),
};
static const struct rem_field dsack_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "tcp.options.sack.dsack_le", "Left edge", UINT, DEC, SEQUENCE, "RFC 2883 4",
		  "First sequence number of a block that has arrived twice.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_BYTES(4, 4), "tcp.options.sack.dsack_re", "Right edge", UINT, DEC, SEQUENCE, "RFC 2883 4",
		  "Sequence number right behind the block.", .flags = REM_F_ALIAS),
};
static const struct rem_field echo_fields[] = {
	OPTION_HEAD("echo"), VALUE(REM_BYTES(2, 4), "echo_value", "Echo", UINT, DEC, "RFC 1072 4", "What is echoed."),
};
static const struct rem_field ts_fields[] = {
	OPTION_HEAD("timestamp"),
	REM_FIELD(REM_BYTES(2, 4), "tcp.options.timestamp.tsval", "TSval", UINT, DEC, TIME, "RFC 7323 3.2",
		  "The sender's timestamp clock."),
	REM_FIELD(REM_BYTES(6, 4), "tcp.options.timestamp.tsecr", "TSecr", UINT, DEC, TIME, "RFC 7323 3.2",
		  "The timestamp that is echoed."),
};
static const struct rem_field cc_fields[] = {
	OPTION_HEAD("cc"), VALUE(REM_BYTES(2, 4), "cc_value", "Connection count", UINT, DEC, "RFC 1644 3.1", "Counts connections."),
};
static const struct rem_field md5_fields[] = {
	OPTION_HEAD("md5"), VALUE(REM_BYTES(2, 16), "md5.digest", "Digest", BYTES, HEX, "RFC 2385 2", "Of segment and key."),
};
static const struct rem_field scps_fields[] = {
	OPTION_HEAD("scps"),
	VALUE(REM_BYTES(2, 1), "scps.vector", "Capabilities", UINT, HEX, "CCSDS 714.0-B-2 3.2.3", "What the sender can do.", .flags = REM_F_CONTAINER),
	VALUE(REM_BITS(16, 1), "scpsflags.bets", "BETS", BOOL, DEC, "CCSDS 714.0-B-2 3.2.3", "Partial reliability.", .flags = REM_F_FLAG),
	VALUE(REM_BITS(17, 1), "scpsflags.snack1", "SNACK1", BOOL, DEC, "CCSDS 714.0-B-2 3.2.3", "Short SNACK.", .flags = REM_F_FLAG),
	VALUE(REM_BITS(18, 1), "scpsflags.snack2", "SNACK2", BOOL, DEC, "CCSDS 714.0-B-2 3.2.3", "Long SNACK.", .flags = REM_F_FLAG),
	VALUE(REM_BITS(19, 1), "scpsflags.compress", "COMP", BOOL, DEC, "CCSDS 714.0-B-2 3.2.3", "Header compression.", .flags = REM_F_FLAG),
	VALUE(REM_BITS(20, 1), "scpsflags.nlts", "NLTS", BOOL, DEC, "CCSDS 714.0-B-2 3.2.3", "Timestamps of the network layer.", .flags = REM_F_FLAG),
	VALUE(REM_BITS(21, 3), "scpsflags.reserved", "Reserved", UINT, DEC, "CCSDS 714.0-B-2 3.2.3", "Must be zero."),
	VALUE(REM_BYTES(3, 1), "scps.binding", "Connection", UINT, DEC, "CCSDS 714.0-B-2 3.2.3", "Identifies the connection."),
};
static const struct rem_field snack_fields[] = {
	OPTION_HEAD("snack"),
	VALUE(REM_BYTES(2, 2), "snack.offset", "Offset", UINT, DEC, "CCSDS 714.0-B-2 3.5", "Of the hole, in segments."),
	VALUE(REM_BYTES(4, 2), "snack.size", "Size", UINT, DEC, "CCSDS 714.0-B-2 3.5", "Of the hole, in segments."),
};
static const struct rem_field scpsrec_fields[] = { OPTION_HEAD("scpsrec") };
static const struct rem_field qs_fields[] = {
	OPTION_HEAD("qs"),
	REM_FIELD(REM_BITS(16, 4), NULL, "Function", UINT, DEC, OPTION, "RFC 4782 4.2", "0 in TCP: a rate is asked for."),
	VALUE(REM_BITS(20, 4), "qs.rate", "Rate", UINT, DEC, "RFC 4782 4.2", "40 kbit/s x 2^rate."),
	VALUE(REM_BYTES(3, 1), "qs.ttl_diff", "TTL difference", UINT, DEC, "RFC 4782 4.2", "Tells whether all routers approved."),
	OPAQUE(32, "RFC 4782 4.2"),
};
static const struct rem_field user_timeout_fields[] = {
	OPTION_HEAD("user_to"),
	VALUE(REM_BITS(16, 1), "user_to_granularity", "Granularity", BOOL, DEC, "RFC 5482 3", "What the timeout counts.",
	      REM_NAMED(.names = &granularity_names)),
	VALUE(REM_BITS(17, 15), "user_to_val", "User timeout", UINT, DEC, "RFC 5482 3", "How long data may stay unacknowledged."),
};
static const struct rem_field ao_fields[] = {
	OPTION_HEAD("ao"),
	VALUE(REM_BYTES(2, 1), "ao.keyid", "Key", UINT, DEC, "RFC 5925 2.2", "The key that the MAC is made with."),
	VALUE(REM_BYTES(3, 1), "ao.rnextkeyid", "Next key", UINT, DEC, "RFC 5925 2.2", "The key that the sender is ready to receive."),
	VALUE(REM_REST(32), "ao.mac", "MAC", BYTES, HEX, "RFC 5925 2.2", "Over the segment."),
};
static const struct rem_field mptcp_fields[] = {
	KIND("tcp.option_kind"), LENGTH("tcp.option_len"),
	REM_FIELD(REM_REST(16), NULL, "Value", BYTES, HEX, OPTION, "RFC 8684 3", "What remora does not take apart.", .flags = REM_F_CONTAINER),
	VALUE(REM_BITS(16, 4), "mptcp.subtype", "Subtype", UINT, DEC, "RFC 8684 3", "What it is about.", REM_NAMED(.names = &subtype_names)),
};
static const struct rem_field tfo_request_fields[] = {
	OPTION_HEAD("tfo"),
	VALUE(REM_BYTES(0, 2), "tfo.request", "Cookie request", NONE, DEC, "RFC 7413 4.1.1", "A cookie is asked for.", .flags = REM_F_ALIAS),
};
static const struct rem_field tfo_cookie_fields[] = {
	OPTION_HEAD("tfo"), VALUE(REM_REST(16), "tfo.cookie", "Cookie", BYTES, HEX, "RFC 7413 4.1.1", "Proves that the address is the client's."),
};
static const struct rem_field probe_fields[] = { OPTION_HEAD("rvbd.probe"), OPAQUE(16, "IANA") };
static const struct rem_field transparency_fields[] = { OPTION_HEAD("rvbd.trpy"), OPAQUE(16, "IANA") };
#define COUNTER(at_, key_, name_) VALUE(REM_BYTES(at_, 3), "acc_ecn." key_, name_, UINT, DEC, "RFC 9768 3.2.3", "Bytes that came with this mark.")
static const struct rem_field acc_ecn0_fields[] = {
	OPTION_HEAD("acc_ecn"), COUNTER(2, "ee0b", "ECT(0)"), COUNTER(5, "eceb", "CE"), COUNTER(8, "ee1b", "ECT(1)"),
};
static const struct rem_field acc_ecn1_fields[] = {
	OPTION_HEAD("acc_ecn"), COUNTER(2, "ee1b", "ECT(1)"), COUNTER(5, "eceb", "CE"), COUNTER(8, "ee0b", "ECT(0)"),
};
#define EXPERIMENT \
	OPTION_HEAD("experimental"), \
	VALUE(REM_BYTES(2, 2), "experimental.exid", "Experiment", UINT, HEX, "RFC 6994 3", "Which experiment this is.", \
	      REM_NAMED(.names = &experiment_names))
static const struct rem_field experiment_fields[] = {
	EXPERIMENT, VALUE(REM_REST(32), "experimental.data", "Data", BYTES, HEX, "RFC 6994 3", "Data of the experiment."),
};
static const struct rem_field experiment_tfo_request_fields[] = {
	EXPERIMENT,
	VALUE(REM_BYTES(2, 2), "tfo.request", "Cookie request", NONE, DEC, "RFC 7413 4.1.1", "A cookie is asked for.", .flags = REM_F_ALIAS),
};
static const struct rem_field experiment_acc_ecn0_fields[] = {
	EXPERIMENT, COUNTER(4, "ee0b", "ECT(0)"), COUNTER(7, "eceb", "CE"), COUNTER(10, "ee1b", "ECT(1)"),
};
static const struct rem_field experiment_acc_ecn1_fields[] = {
	EXPERIMENT, COUNTER(4, "ee1b", "ECT(1)"), COUNTER(7, "eceb", "CE"), COUNTER(10, "ee0b", "ECT(0)"),
};
static const struct rem_field experiment_tfo_cookie_fields[] = {
	EXPERIMENT, VALUE(REM_REST(32), "tfo.cookie", "Cookie", BYTES, HEX, "RFC 7413 4.1.1", "Proves that the address is the client's."),
};

static const struct rem_table tcp_tables[] = {
	[TABLE_HEADER] = REM_TABLE("TCP", tcp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_BOGUS] = REM_TABLE("TCP", bogus_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PAYLOAD] = REM_TABLE("Payload", payload_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RESET] = REM_TABLE("Reset cause", reset_fields, .flags = REM_TABLE_ONCE),
	[TABLE_OPTIONS] = REM_TABLE("Options", options_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SACK_BLOCK] = REM_TABLE("Block", sack_block_fields, .stride = 64),
	[TABLE_SACK_EDGE] = REM_TABLE("Block", sack_edge_fields),
	[TABLE_DSACK] = REM_TABLE("Duplicate", dsack_fields),
	[TABLE_BROKEN] = REM_TABLE("Option", broken_fields),
	[TABLE_UNKNOWN] = REM_TABLE("Option", unknown_fields),
	[TABLE_EOL] = REM_TABLE("Option", eol_fields, .stride = 8),
	[TABLE_NOP] = REM_TABLE("Option", nop_fields, .stride = 8),
	[TABLE_MSS] = REM_TABLE("Option", mss_fields),
	[TABLE_WSCALE] = REM_TABLE("Option", wscale_fields),
	[TABLE_SACK_OK] = REM_TABLE("Option", sack_ok_fields),
	[TABLE_SACK] = REM_TABLE("Option", sack_fields),
	[TABLE_ECHO] = REM_TABLE("Option", echo_fields),
	[TABLE_TS] = REM_TABLE("Option", ts_fields),
	[TABLE_CC] = REM_TABLE("Option", cc_fields),
	[TABLE_MD5] = REM_TABLE("Option", md5_fields),
	[TABLE_SCPS] = REM_TABLE("Option", scps_fields),
	[TABLE_SNACK] = REM_TABLE("Option", snack_fields),
	[TABLE_SCPSREC] = REM_TABLE("Option", scpsrec_fields),
	[TABLE_QS] = REM_TABLE("Option", qs_fields),
	[TABLE_USER_TIMEOUT] = REM_TABLE("Option", user_timeout_fields),
	[TABLE_AO] = REM_TABLE("Option", ao_fields),
	[TABLE_MPTCP] = REM_TABLE("Option", mptcp_fields),
	[TABLE_TFO_REQUEST] = REM_TABLE("Option", tfo_request_fields),
	[TABLE_TFO_COOKIE] = REM_TABLE("Option", tfo_cookie_fields),
	[TABLE_PROBE] = REM_TABLE("Option", probe_fields),
	[TABLE_TRANSPARENCY] = REM_TABLE("Option", transparency_fields),
	[TABLE_ACC_ECN0] = REM_TABLE("Option", acc_ecn0_fields),
	[TABLE_ACC_ECN1] = REM_TABLE("Option", acc_ecn1_fields),
	[TABLE_EXPERIMENT] = REM_TABLE("Option", experiment_fields),
	[TABLE_EXPERIMENT_TFO_REQUEST] = REM_TABLE("Option", experiment_tfo_request_fields),
	[TABLE_EXPERIMENT_ACC_ECN0] = REM_TABLE("Option", experiment_acc_ecn0_fields),
	[TABLE_EXPERIMENT_ACC_ECN1] = REM_TABLE("Option", experiment_acc_ecn1_fields),
	[TABLE_EXPERIMENT_TFO_COOKIE] = REM_TABLE("Option", experiment_tfo_cookie_fields),
};

static const struct rem_bind tcp_binds[] = { {REM_SPACE_IP, REM_IP_TCP} };
/* clang-format on */

const struct rem_tlv rem_tcp_option = {
	.unit = 1, .whole = true,
	.pad = REM_TCP_OPT_NOP, .end = REM_TCP_OPT_END,
};

int rem_tcp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_TCP_HEADER ? v.cap : REM_TCP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	if (v.cap < REM_TCP_HEADER)
		return rem_lack(v, REM_TCP_HEADER);
	const uint32_t n = 4 * rem_get(v.p, REM_TCP_OFFSET);
	h->bad = REM_TCP_OFFSET;
	if (n < REM_TCP_HEADER)
		return REM_LENGTH;
	h->len = n < v.cap ? n : v.cap;
	h->payload = rem_view_skip(v, h->len);
	if (n > v.cap)
		return rem_lack(v, n);
	h->bad = 0;
	return REM_OK;
}

/* The table for an option, and the length that it must have; 0: any. */
struct layout {
	uint8_t table, length;
};

static struct layout layout_of(uint32_t kind)
{
	static const struct layout known[] = {
		[2] = {TABLE_MSS, 4}, [3] = {TABLE_WSCALE, 3}, [4] = {TABLE_SACK_OK, 2},
		[5] = {TABLE_SACK, 0}, [6] = {TABLE_ECHO, 6}, [7] = {TABLE_ECHO, 6}, [8] = {TABLE_TS, 10},
		[11] = {TABLE_CC, 6}, [12] = {TABLE_CC, 6}, [13] = {TABLE_CC, 6}, [19] = {TABLE_MD5, 18},
		[20] = {TABLE_SCPS, 4}, [21] = {TABLE_SNACK, 6}, [22] = {TABLE_SCPSREC, 0},
		[27] = {TABLE_QS, 8}, [28] = {TABLE_USER_TIMEOUT, 4}, [29] = {TABLE_AO, 0},
		[30] = {TABLE_MPTCP, 0}, [34] = {TABLE_TFO_COOKIE, 0},
	};

	if (kind < REM_COUNT(known) && known[kind].table != 0)
		return known[kind];
	switch (kind) {
	case 76: return (struct layout){TABLE_PROBE, 0};
	case 78: return (struct layout){TABLE_TRANSPARENCY, 0};
	case 172: return (struct layout){TABLE_ACC_ECN0, 0};
	case 174: return (struct layout){TABLE_ACC_ECN1, 0};
	case 253:
	case 254: return (struct layout){TABLE_EXPERIMENT, 0};
	default: return (struct layout){TABLE_UNKNOWN, 0};
	}
}

/* The table of an option whose value tells which it is. */
static unsigned table_of(unsigned table, struct rem_view value)
{
	if (table == TABLE_TFO_COOKIE && value.wire == 0)
		return TABLE_TFO_REQUEST;
	if (table != TABLE_EXPERIMENT || value.cap < 2)
		return table;
	switch (rem_be16(value.p)) {
	case REM_TCP_EXP_TFO:
		return value.wire == 2 ? TABLE_EXPERIMENT_TFO_REQUEST : TABLE_EXPERIMENT_TFO_COOKIE;
	case REM_TCP_EXP_ACC_ECN0: return TABLE_EXPERIMENT_ACC_ECN0;
	case REM_TCP_EXP_ACC_ECN1: return TABLE_EXPERIMENT_ACC_ECN1;
	default: return table;
	}
}

/* Blocks; the first is a duplicate if it lies below what is acknowledged, or in the second. */
static void push_blocks(struct rem_breakdown *b, struct rem_view value, uint32_t ack)
{
	const uint8_t *p = value.p;

	if (value.cap < 8)
		return;
	const uint32_t left = rem_be32(p), right = rem_be32(p + 4);
	const bool below = (int32_t)(right - ack) <= 0;
	const bool within = value.cap >= 16 && (int32_t)(left - rem_be32(p + 8)) >= 0 &&
			    (int32_t)(right - rem_be32(p + 12)) <= 0;

	b->depth = 2;
	rem_push(b, TABLE_SACK_BLOCK, p, value.cap);
	if (value.cap % 8 >= 4)
		rem_push(b, TABLE_SACK_EDGE, p + value.cap / 8 * 8, value.cap % 8);
	if (below || within)
		rem_push(b, TABLE_DSACK, p, 8);
	b->depth = 1;
}

/* Pushes an option. False: it does not hold what it must, and neither may those behind it. */
static bool push_option(struct rem_breakdown *b, const struct rem_tlv_item *item, uint32_t ack)
{
	const struct layout layout = layout_of(item->tag);
	const unsigned table = table_of(layout.table, item->value);
	const bool broken = item->err == REM_LENGTH || item->whole.cap < 2;
	struct rem_part *part = rem_push(b, broken ? TABLE_BROKEN : table, item->whole.p,
					 item->whole.cap);

	if (item->err != REM_OK)
		rem_fault(part, item->err, broken ? 0 : REM_BYTES(1, 1));
	if (item->err == REM_SHORT && !broken && part->rows > 0 &&
	    REM_WIDTH(tcp_tables[table].row[part->rows - 1].bits) == 0)
		part->rows--;           /* what there is of the value is not the value */
	if (item->err != REM_OK)
		return true;
	if ((layout.length != 0 && item->whole.cap != layout.length) ||
	    (table == TABLE_AO && item->whole.cap < AO_LEAST)) {
		rem_fault(part, REM_LENGTH, REM_BYTES(1, 1));
		part->rows = ROWS_OF_HEAD;
	}
	if (table == TABLE_SACK) {
		if (item->value.cap % 8 != 0)
			rem_fault(part, REM_LENGTH, REM_BYTES(1, 1));
		push_blocks(b, item->value, ack);
	}
	return table != TABLE_SACK || item->value.cap >= 8;
}

/* How many bytes from p on are the same as the first. */
static uint32_t run(struct rem_view v)
{
	uint32_t n = 1;

	while (n < v.cap && v.p[n] == v.p[0])
		n++;
	return n;
}

REM_APART void push_options(struct rem_breakdown *b, struct rem_view options, uint32_t ack)
{
	struct rem_tlv_item item;

	rem_push(b, TABLE_OPTIONS, options.p, options.cap);
	b->depth = 1;
	while (options.cap > 0) {
		const uint32_t kind = options.p[0];

		if (kind <= REM_TCP_OPT_NOP) {          /* a run of either is one part */
			const uint32_t n = run(options);

			rem_push(b, kind == REM_TCP_OPT_NOP ? TABLE_NOP : TABLE_EOL, options.p, n);
			options = rem_view_skip(options, n);
			if (kind == REM_TCP_OPT_NOP || options.cap == 0)
				continue;
			break;
		}
		rem_tlv_next(&rem_tcp_option, &options, &item);
		if (!push_option(b, &item, ack))
			break;
	}
	if (options.cap > 0)
		rem_fault(rem_push(b, TABLE_BROKEN, options.p, options.cap), REM_FIELD, 0);
	b->depth = 0;
}

/*
 * A byte that keeps a connection alive belongs to nobody: RFC 9293 3.8.4, RFC 1122 4.2.3.6. It is
 * told from a byte of data by what it does not ask for: to be handed on at once.
 */
static bool keeps_alive(const uint8_t *p, struct rem_view payload)
{
	return payload.wire == 1 && rem_get(p, REM_TCP_FLAGS) == JUST_ACK;
}

/* Says which decoder gets the payload. */
REM_INLINE int go_on(struct rem_breakdown *b, struct rem_view v, struct rem_view payload)
{
	if (keeps_alive(v.p, payload))
		rem_next_data(b, payload);
	else
		rem_next_ports(b, REM_SPACE_TCP, rem_get(v.p, REM_TCP_SRC),
			       rem_get(v.p, REM_TCP_DST), payload);
	return (int)v.cap;
}

/* Pushes the options and the payload, of which a reset's is a text, not the application's. */
REM_APART int look_closely(struct rem_breakdown *b, struct rem_view v, struct rem_head h)
{
	const bool reset = rem_get(v.p, REM_TCP_RST);

	if (h.len > REM_TCP_HEADER && rem_closely(b))
		push_options(b, rem_tcp_options(v, &h), rem_get(v.p, REM_TCP_ACK));
	if (h.payload.cap == 0)
		return (int)v.cap;
	if (rem_closely(b) || reset)
		rem_push_row(b, reset ? TABLE_RESET : TABLE_PAYLOAD, 0, h.payload.p, h.payload.cap);
	return reset ? (int)v.cap : go_on(b, v, h.payload);
}

/* What there is of a header: its ports, and of one that is quoted the sequence number, for the sake
 * of which a router quotes 8 bytes (RFC 792). */
static void push_ports(struct rem_breakdown *b, struct rem_view v, int err, uint32_t bad)
{
	const bool numbered = (b->mark & REM_PART_QUOTED) != 0 && v.cap >= REM_END(REM_TCP_SEQ);
	struct rem_part *part = rem_push_rows(b, TABLE_HEADER, 0,
					      numbered ? ROWS_TO_ACK : ROWS_OF_PORTS, v.p,
					      numbered ? REM_END(REM_TCP_SEQ) : PORTS);

	rem_fault(part, err, bad);
}

/* A header that is cut, or says that it is shorter than a header or longer than the segment. */
REM_APART int decode_bogus(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_tcp_check(v, &h);

	if (v.cap < PORTS)
		return REM_MISS;
	if (v.cap < TO_WINDOW) {
		push_ports(b, v, err, h.bad);
		return (int)v.cap;
	}
	if (rem_get(v.p, REM_TCP_OFFSET) < REM_TCP_HEADER / 4) {
		rem_fault(rem_push(b, TABLE_BOGUS, v.p, TO_OFFSET), err, REM_TCP_OFFSET);
		return (int)v.cap;
	}
	const uint32_t n = v.cap < REM_TCP_HEADER ? v.cap : REM_TCP_HEADER;
	rem_fault(rem_push(b, TABLE_HEADER, v.p, n), err, h.bad);
	if (h.len == n || !rem_closely(b))
		return (int)v.cap;
	const struct rem_view options = rem_tcp_options(v, &h);
	if (err == REM_LENGTH)
		rem_fault(rem_push(b, TABLE_BROKEN, options.p, options.cap), err, 0);
	else
		push_options(b, options, rem_get(v.p, REM_TCP_ACK));
	return (int)v.cap;
}

static int tcp_decode(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t n = v.cap < REM_TCP_HEADER ? 0 : 4 * rem_get(v.p, REM_TCP_OFFSET);

	if (n < REM_TCP_HEADER || n > v.cap)
		return decode_bogus(b, v);
	rem_open(b, tcp_tables, TABLE_HEADER, v.p, REM_TCP_HEADER);
	const struct rem_head h = {.len = n, .payload = rem_view_skip(v, n)};
	if (rem_closely(b) || rem_get(v.p, REM_TCP_RST))
		return look_closely(b, v, h);
	return h.payload.cap == 0 ? (int)v.cap : go_on(b, v, h.payload);
}

static enum rem_sum_status tcp_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	if (part->len < TO_SUM)
		return REM_SUM_UNVERIFIED;
	return rem_segment_check(b, part, REM_IP_TCP, REM_OFF(REM_TCP_SUM) / 8);
}

static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	v->u = rem_sum_key(tcp_sum(b, row->part));
	return true;
}

static bool sum_calculated(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	struct rem_view segment;
	uint32_t sum;

	if (!rem_segment(b, row->part, &segment) ||
	    !rem_pseudo_sum(b, row->part, segment, REM_IP_TCP, rem_get(segment.p, REM_TCP_SUM),
			    &sum))
		return false;
	v->u = sum;
	return true;
}

/* Of what is quoted Wireshark has a raw sequence number only where ICMPv6 does it, up to the flags at least. */
static bool sequence(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)v;
	return (row->part->flags & REM_PART_QUOTED) == 0 ||
	       (row->part->len > TO_OFFSET && rem_layer_find(b, row->part, REM_P_ICMP) == NULL);
}

static bool quoted_sequence(const struct rem_breakdown *b, const struct rem_row *row,
			    struct rem_value *v)
{
	return !sequence(b, row, v);
}

static bool segment_length(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	const uint32_t header = 4 * rem_get(row->base, REM_TCP_OFFSET);
	struct rem_view segment;

	if (row->part->len < TO_OFFSET || (row->part->flags & REM_PART_QUOTED) != 0 ||
	    !rem_segment(b, row->part, &segment) || header > segment.wire)
		return false;
	v->u = segment.wire - header;
	return true;
}

static bool wscale_multiplier(const struct rem_breakdown *b, const struct rem_row *row,
			      struct rem_value *v)
{
	(void)b, (void)row;
	v->u = (uint64_t)1 << (v->u > 14 ? 14 : v->u);  /* RFC 7323 2.3: 14 is the most */
	return true;
}

static bool sack_count(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	(void)b;
	v->u = row->part->len < 2 ? 0 : (row->part->len - 2) / 8;
	return true;
}

const struct rem_proto rem_proto_tcp = {
	.table = tcp_tables, .tables = REM_COUNT(tcp_tables),
	.bind = tcp_binds, .binds = REM_COUNT(tcp_binds),
	.decode = tcp_decode, .sum = tcp_sum, .spaces = 1 << REM_SPACE_TCP,
	REM_PROTO_NAMES("tcp", "TCP", "Transmission Control Protocol", "RFC 9293"),
};

static char *put_flags(char *to, uint32_t flags)
{
	/* From FIN, the least significant, to AE; the bits above are reserved. */
	static const char names[][4] = {"FIN", "SYN", "RST", "PSH", "ACK",
					"URG", "ECE", "CWR", "AE"};

	flags &= (1u << REM_COUNT(names)) - 1;
	if (flags == 0)
		return put_words(to, "none");
	for (; flags != 0; flags &= flags - 1) {
		const char *name = names[__builtin_ctz(flags)];

		rem_copy(to, name, sizeof(names[0]));
		to = put_words(to + (name[2] == '\0' ? 2 : 3), ", ");
	}
	return to - 2;
}

enum { MOST_TEXT = 160 }; /* of it, and what is written behind the last number */

/* "51982 → 80 [SYN] seq 1508 win 2920" */
static char *put_header(char *to, const uint8_t *p)
{
	to = put_decimal(to, rem_get(p, REM_TCP_SRC));
	to = put_words(to, " → ");
	to = put_decimal(to, rem_get(p, REM_TCP_DST));
	to = put_words(to, " [");
	to = put_flags(to, rem_get(p, REM_TCP_FLAGS));
	to = put_words(to, "] seq ");
	to = put_decimal(to, rem_get(p, REM_TCP_SEQ));
	if (rem_get(p, REM_TCP_ACK_FLAG)) {
		to = put_words(to, " ack ");
		to = put_decimal(to, rem_get(p, REM_TCP_ACK));
	}
	to = put_words(to, " win ");
	return put_decimal(to, rem_get(p, REM_TCP_WINDOW));
}

/* An MSS begins with its kind and its length; seldom do other options have these bytes. */
static bool may_have_mss(struct rem_view options)
{
	const uint8_t *p = options.p, *end = p + options.cap;

	while (end - p >= 2 && (p = rem_chr(p, REM_TCP_OPT_MSS, (size_t)(end - p - 1))) != NULL) {
		if (*++p == 4)
			return true;
	}
	return false;
}

/* "51982 → 80 [SYN] seq 1508 win 2920 mss 1460" */
static void tcp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const struct rem_view v = rem_view_skip(b->source[layer->source], layer->off);
	struct rem_head h;

	if (layer->len < REM_TCP_HEADER) {
		rem_out_str(out, "TCP header cut short");
		return;
	}
	char corner[MOST_TEXT], *const from = put_begin(out, corner, MOST_TEXT);
	put_finish(out, from, put_header(from, v.p));
	if (rem_tcp_check(v, &h) != REM_OK)
		return;
	struct rem_view segment;
	if (rem_segment(b, layer, &segment) && rem_tcp_check(segment, &h) == REM_OK &&
	    h.payload.wire > 0) {
		rem_out_str(out, " len ");
		rem_out_uint(out, h.payload.wire);
	}
	struct rem_view options = rem_tcp_options(v, &h);
	struct rem_tlv_item item;
	if (!may_have_mss(options))
		return;
	while (rem_tlv_next(&rem_tcp_option, &options, &item)) {
		if (item.tag == REM_TCP_OPT_MSS && item.value.cap == 2) {
			rem_out_str(out, " mss ");
			rem_out_uint(out, rem_be16(item.value.p));
		}
	}
}

rem_info *const rem_info_tcp = tcp_line;
