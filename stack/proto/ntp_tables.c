/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rows of NTP: the header of RFC 5905, extension fields, control messages of RFC 9327 with the status words of its section 3,
 * and the private mode of ntpd, whose items are laid out as its ntp_request.h says.
 */
#include "proto/ntp_parts.h"
#include <remora/ntp.h>

/* clang-format off */
#ifndef REM_NO_NAMES
static const struct rem_name mode_name[] = {
	{0, "reserved"}, {1, "symmetric active"}, {2, "symmetric passive"}, {3, "client"},
	{4, "server"}, {5, "broadcast"}, {6, "control"}, {7, "private"},
};
const struct rem_names rem_ntp_mode_names = {mode_name, REM_COUNT(mode_name)};

static const struct rem_name opcode_name[] = {
	{0, "unspecified"}, {1, "read status"}, {2, "read variables"}, {3, "write variables"},
	{4, "read clock variables"}, {5, "write clock variables"}, {6, "set trap"}, {7, "trap response"},
	{8, "configure"}, {9, "save configuration"}, {10, "read MRU list"}, {11, "read ordered list"},
	{12, "request nonce"}, {31, "unset trap"},
};
const struct rem_names rem_ntp_opcode_names = {opcode_name, REM_COUNT(opcode_name)};
#endif

REM_NAMES(leap_names, {0, "no warning"}, {1, "last minute has 61 seconds"}, {2, "last minute has 59 seconds"},
	  {3, "clock not synchronized"});
REM_NAMES(stratum_names, {0, "unspecified"}, {1, "primary reference"}, {16, "unsynchronized"});
REM_NAMES(extension_names, {0x0104, "Unique identifier"}, {0x0204, "NTS cookie"},
	  {0x0304, "NTS cookie placeholder"}, {0x0404, "NTS authenticator"}, {0x2005, "Checksum complement"});
/* RFC 9327 3 tells of them. */
REM_NAMES(source_names, {0, "unspecified"}, {1, "atomic clock"}, {2, "LF or VLF radio"}, {3, "HF radio"}, {4, "UHF satellite"},
	  {5, "local net"}, {6, "NTP"}, {7, "TIME"}, {8, "wristwatch"}, {9, "telephone modem"});
REM_NAMES(system_event_names, {0, "unspecified"}, {1, "no frequency file"}, {2, "frequency set"}, {3, "spike detected"},
	  {4, "frequency mode"}, {5, "clock synchronized"}, {6, "restart"}, {7, "panic stop"}, {8, "no system peer"},
	  {9, "leap armed"}, {10, "leap disarmed"}, {11, "leap event"}, {12, "clock stepped"}, {13, "kernel"},
	  {14, "leap seconds loaded"}, {15, "leap seconds outdated"});
REM_NAMES(selection_names, {0, "rejected"}, {1, "false ticker"}, {2, "excess"}, {3, "outlier"}, {4, "candidate"}, {5, "backup"},
	  {6, "system peer"}, {7, "system peer, by its pulses"});
REM_NAMES(peer_event_names, {0, "unspecified"}, {1, "mobilized"}, {2, "demobilized"}, {3, "unreachable"}, {4, "reachable"},
	  {5, "restarted"}, {6, "no reply"}, {7, "rate exceeded"}, {8, "access denied"}, {9, "leap armed"}, {10, "system peer"},
	  {11, "clock event"}, {12, "authentication failure"}, {13, "popcorn"}, {14, "interleaved mode"}, {15, "interleave error"});
REM_NAMES(clock_names, {0, "nominal"}, {1, "no reply"}, {2, "bad format"}, {3, "fault"}, {4, "bad propagation"}, {5, "bad date"},
	  {6, "bad time"});
REM_NAMES(error_names, {0, "unspecified"}, {1, "authentication failure"}, {2, "bad length or format"}, {3, "bad opcode"},
	  {4, "unknown association"}, {5, "unknown variable"}, {6, "bad value"}, {7, "prohibited"});
/* Of ntpd's private mode. */
REM_NAMES(implementation_names, {0, "UNIV"}, {2, "XNTPD_OLD"}, {3, "XNTPD"});
REM_NAMES(private_error_names, {0, "no error"}, {1, "another implementation"}, {2, "unknown request"}, {3, "format error"},
	  {4, "no data"}, {7, "authentication failure"});
REM_NAMES(request_names, {0, "PEER_LIST"}, {1, "PEER_LIST_SUM"}, {2, "PEER_INFO"}, {3, "PEER_STATS"}, {4, "SYS_INFO"},
	  {5, "SYS_STATS"}, {6, "IO_STATS"}, {7, "MEM_STATS"}, {8, "LOOP_INFO"}, {9, "TIMER_STATS"}, {10, "CONFIG"},
	  {11, "UNCONFIG"}, {12, "SET_SYS_FLAG"}, {13, "CLR_SYS_FLAG"}, {14, "MONITOR"}, {15, "NOMONITOR"},
	  {16, "GET_RESTRICT"}, {17, "RESADDFLAGS"}, {18, "RESSUBFLAGS"}, {19, "UNRESTRICT"}, {20, "MON_GETLIST"},
	  {21, "RESET_STATS"}, {22, "RESET_PEER"}, {23, "REREAD_KEYS"}, {24, "DO_DIRTY_HACK"}, {25, "DONT_DIRTY_HACK"},
	  {26, "TRUSTKEY"}, {27, "UNTRUSTKEY"}, {28, "AUTHINFO"}, {29, "TRAPS"}, {30, "ADD_TRAP"}, {31, "CLR_TRAP"},
	  {32, "REQUEST_KEY"}, {33, "CONTROL_KEY"}, {34, "GET_CTLSTATS"}, {35, "GET_LEAPINFO"}, {36, "GET_CLOCKINFO"},
	  {37, "SET_CLKFUDGE"}, {38, "GET_KERNEL"}, {39, "GET_CLKBUGINFO"}, {41, "SET_PRECISION"}, {42, "MON_GETLIST_1"},
	  {43, "HOSTNAME_ASSOCID"}, {44, "IF_STATS"}, {45, "IF_RELOAD"});

static const struct rem_field header_fields[] = {
	REM_FIELD(REM_NTP_FLAGS, "ntp.flags", "Flags", UINT, HEX, NONE, "RFC 5905 7.3",
		  "Leap indicator, version and mode.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_NTP_LEAP, "ntp.flags.li", "Leap indicator", UINT, DEC, NONE, "RFC 5905 7.3",
		  "Whether a leap second is near.", REM_NAMED(.names = &leap_names)),
	REM_FIELD(REM_NTP_VERSION, "ntp.flags.vn", "Version", UINT, DEC, VERSION, "RFC 5905 7.3",
		  "The version of the protocol."),
	REM_FIELD(REM_NTP_MODE, "ntp.flags.mode", "Mode", UINT, DEC, NONE, "RFC 5905 7.3",
		  "What the sender is in this exchange.", REM_NAMED(.names = &rem_ntp_mode_names)),
	REM_FIELD(REM_NTP_STRATUM, "ntp.stratum", "Stratum", UINT, DEC, NONE, "RFC 5905 7.3",
		  "How far the sender is from a reference clock.", REM_NAMED(.names = &stratum_names)),
	REM_FIELD(REM_NTP_POLL, "ntp.ppoll", "Poll", UINT, DEC, NONE, "RFC 5905 7.3",
		  "Most seconds between messages, as a power of two.", REM_NAMED(.unit = "log2 s")),
	REM_FIELD(REM_NTP_PRECISION, "ntp.precision", "Precision", UINT, DEC, NONE, "RFC 5905 7.3",
		  "Precision of the sender's clock, a signed power of two.", REM_NAMED(.unit = "log2 s")),
	REM_FIELD(REM_NTP_DELAY, "ntp.rootdelay", "Root delay", UINT, DEC, NONE, "RFC 5905 7.3",
		  "Round trip to the reference clock.", REM_NAMED(.unit = "/ 65536 s")),
	REM_FIELD(REM_NTP_DISPERSION, "ntp.rootdispersion", "Root dispersion", UINT, DEC, NONE, "RFC 5905 7.3",
		  "Error gathered on the way to the reference clock.", REM_NAMED(.unit = "/ 65536 s")),
	REM_FIELD(REM_NTP_REFID, "ntp.refid", "Reference ID", BYTES, HEX, ID, "RFC 5905 7.3",
		  "The server or clock that the sender follows, or why it kisses off."),
	REM_FIELD(REM_NTP_REFERENCE, "ntp.reftime", "Reference Time", TIME, DEC, TIME, "RFC 5905 7.3",
		  "When the sender's clock was last set.", .calc = rem_ntp_row_time),
	REM_FIELD(REM_NTP_ORIGIN, "ntp.org", "Origin Time", TIME, DEC, TIME, "RFC 5905 7.3",
		  "When the request left the client.", .calc = rem_ntp_row_time),
	REM_FIELD(REM_NTP_RECEIVE, "ntp.rec", "Receive Time", TIME, DEC, TIME, "RFC 5905 7.3",
		  "When the request reached the server.", .calc = rem_ntp_row_time),
	REM_FIELD(REM_NTP_TRANSMIT, "ntp.xmt", "Transmit Time", TIME, DEC, TIME, "RFC 5905 7.3",
		  "When this message left its sender.", .calc = rem_ntp_row_time),
};

static const struct rem_field control_fields[] = {
	REM_FIELD(REM_NTP_FLAGS, "ntp.flags", "Flags", UINT, HEX, NONE, "RFC 9327 2",
		  "Leap indicator, version and mode.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_NTP_LEAP, "ntp.flags.li", "Leap indicator", UINT, DEC, NONE, "RFC 9327 2",
		  "Whether a leap second is near.", REM_NAMED(.names = &leap_names)),
	REM_FIELD(REM_NTP_VERSION, "ntp.flags.vn", "Version", UINT, DEC, VERSION, "RFC 9327 2",
		  "The version of the protocol."),
	REM_FIELD(REM_NTP_MODE, "ntp.flags.mode", "Mode", UINT, DEC, NONE, "RFC 9327 2",
		  "6: control.", REM_NAMED(.names = &rem_ntp_mode_names)),
	REM_FIELD(REM_BYTES(1, 1), "ntp.ctrl.flags2", "Flags 2", UINT, HEX, NONE, "RFC 9327 2",
		  "Response, error and more, and what is asked for.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(8, 1), "ntp.ctrl.flags2.r", "response", UINT, DEC, NONE, "RFC 9327 2",
		  "Set in a response.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(9, 1), "ntp.ctrl.flags2.error", "error", UINT, DEC, NONE, "RFC 9327 2",
		  "Set in a response that reports an error.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(10, 1), "ntp.ctrl.flags2.more", "more", UINT, DEC, NONE, "RFC 9327 2",
		  "More of the response follows.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(11, 5), "ntp.ctrl.flags2.opcode", "Opcode", UINT, DEC, NONE, "RFC 9327 2",
		  "What is asked for.", REM_NAMED(.names = &rem_ntp_opcode_names)),
	REM_FIELD(REM_BYTES(2, 2), "ntp.ctrl.sequence", "Sequence", UINT, DEC, SEQUENCE, "RFC 9327 2",
		  "Number of the request."),
};

/* A status word of the control messages. */
#define STATUS(meaning_) \
	REM_FIELD(REM_BYTES(0, 2), "ntp.ctrl.status", "Status", UINT, HEX, NONE, "RFC 9327 3", meaning_, \
		  .flags = REM_F_CONTAINER)

static const struct rem_field status_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "ntp.ctrl.status", "Status", UINT, HEX, NONE, "RFC 9327 3", "Not used in a request."),
};
static const struct rem_field system_fields[] = {
	STATUS("Of the system."),
	REM_FIELD(REM_BITS(0, 2), "ntp.ctrl.sys_status.li", "Leap indicator", UINT, DEC, NONE, "RFC 9327 3.1",
		  "Whether a leap second is near.", REM_NAMED(.names = &leap_names)),
	REM_FIELD(REM_BITS(2, 6), "ntp.ctrl.sys_status.clksrc", "Clock source", UINT, DEC, NONE, "RFC 9327 3.1",
		  "What the system follows.", REM_NAMED(.names = &source_names)),
	REM_FIELD(REM_BITS(8, 4), "ntp.ctrl.sys_status.count", "Events", UINT, DEC, COUNT, "RFC 9327 3.1",
		  "How many there were since this word was last read, up to 15."),
	REM_FIELD(REM_BITS(12, 4), "ntp.ctrl.sys_status.code", "Event", UINT, DEC, NONE, "RFC 9327 3.1",
		  "What happened last to the system.", REM_NAMED(.names = &system_event_names)),
};
static const struct rem_field peer_fields[] = {
	STATUS("Of a peer."),
	REM_FIELD(REM_BITS(0, 1), "ntp.ctrl.peer_status.config", "configured", BOOL, DEC, NONE, "RFC 9327 3.2",
		  "The association stands in the configuration.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(1, 1), "ntp.ctrl.peer_status.authenable", "authentication", BOOL, DEC, NONE, "RFC 9327 3.2",
		  "Messages of the peer are authenticated.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(2, 1), "ntp.ctrl.peer_status.authentic", "authentic", BOOL, DEC, NONE, "RFC 9327 3.2",
		  "The last message was authentic.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(3, 1), "ntp.ctrl.peer_status.reach", "reachable", BOOL, DEC, NONE, "RFC 9327 3.2",
		  "The peer answers.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(4, 1), "ntp.ctrl.peer_status.bcast", "broadcast", BOOL, DEC, NONE, "RFC 9327 3.2",
		  "The association is one of broadcasts.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(5, 3), "ntp.ctrl.peer_status.selection", "Selection", UINT, DEC, NONE, "RFC 9327 3.2",
		  "How far the peer came when the clock was chosen.", REM_NAMED(.names = &selection_names)),
	REM_FIELD(REM_BITS(8, 4), "ntp.ctrl.peer_status.count", "Events", UINT, DEC, COUNT, "RFC 9327 3.2",
		  "How many there were since this word was last read, up to 15."),
	REM_FIELD(REM_BITS(12, 4), "ntp.ctrl.peer_status.code", "Event", UINT, DEC, NONE, "RFC 9327 3.2",
		  "What happened last to the peer.", REM_NAMED(.names = &peer_event_names)),
};
static const struct rem_field clock_fields[] = {
	STATUS("Of a reference clock."),
	REM_FIELD(REM_BYTES(0, 1), "ntp.ctrl.clock_status.status", "Clock status", UINT, DEC, NONE, "RFC 9327 3.3",
		  "How the clock does.", REM_NAMED(.names = &clock_names)),
	REM_FIELD(REM_BYTES(1, 1), "ntp.ctrl.clock_status.code", "Event", UINT, DEC, NONE, "RFC 9327 3.3",
		  "What happened last to the clock.", REM_NAMED(.names = &clock_names)),
};
static const struct rem_field error_fields[] = {
	STATUS("Why there is no answer."),
	REM_FIELD(REM_BYTES(0, 1), "ntp.ctrl.err_status", "Error", UINT, DEC, NONE, "RFC 9327 3.4",
		  "What was wrong with the request.", REM_NAMED(.names = &error_names)),
};

/* Behind the status, as the association of the header is. */
static const struct rem_field control_rest_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "ntp.ctrl.associd", "Association ID", UINT, DEC, ID, "RFC 9327 2",
		  "Which association is meant; 0 is the system."),
	REM_FIELD(REM_BYTES(2, 2), "ntp.ctrl.offset", "Offset", UINT, DEC, SIZE, "RFC 9327 2",
		  "Where in the data this fragment belongs.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_BYTES(4, 2), "ntp.ctrl.count", "Count", UINT, DEC, SIZE, "RFC 9327 2",
		  "Length of the data.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field association_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "ntp.ctrl.item", "Association", NONE, DEC, NONE, "RFC 9327 4",
		  "An association that the system has.", .flags = REM_F_HIDDEN | REM_F_CONTAINER),
	REM_FIELD(REM_BYTES(0, 2), "ntp.ctrl.associd", "Association ID", UINT, DEC, ID, "RFC 9327 4",
		  "Its number, to ask about it.", .flags = REM_F_LABEL),
};
static const struct rem_field control_data_fields[] = {
	REM_FIELD(REM_REST(0), "ntp.ctrl.data", "Data", NONE, DEC, NONE, "RFC 9327 2",
		  "What is told or asked.", .flags = REM_F_HIDDEN | REM_F_CONTAINER),
};
static const struct rem_field variables_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Variables", TEXT, DEC, TEXT, "RFC 9327 4",
		  "Names and values, of which a fragment may hold a part."),
};

static const struct rem_field private_fields[] = {
	REM_FIELD(REM_NTP_FLAGS, "ntp.flags", "Flags", UINT, HEX, NONE, "RFC 9327 A",
		  "Response, more, version and mode.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(0, 1), "ntp.priv.flags.r", "response", UINT, DEC, NONE, "RFC 9327 A",
		  "Set in a response.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(1, 1), "ntp.priv.flags.more", "more", UINT, DEC, NONE, "RFC 9327 A",
		  "More of the response follows.", .flags = REM_F_FLAG),
	REM_FIELD(REM_NTP_VERSION, "ntp.flags.vn", "Version", UINT, DEC, VERSION, "RFC 9327 A",
		  "The version of the protocol."),
	REM_FIELD(REM_NTP_MODE, "ntp.flags.mode", "Mode", UINT, DEC, NONE, "RFC 9327 A",
		  "7: private.", REM_NAMED(.names = &rem_ntp_mode_names)),
	REM_FIELD(REM_BYTES(1, 1), "ntp.priv.auth_seq", "Auth and sequence", UINT, DEC, NONE, "RFC 9327 A",
		  "Whether the message is authenticated, and its number.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(8, 1), "ntp.priv.auth", "Auth", UINT, DEC, NONE, "RFC 9327 A", "The message is authenticated."),
	REM_FIELD(REM_BITS(9, 7), "ntp.priv.seq", "Sequence", UINT, DEC, SEQUENCE, "RFC 9327 A", "Number of the message."),
	REM_FIELD(REM_BYTES(2, 1), "ntp.priv.impl", "Implementation", UINT, DEC, NONE, "RFC 9327 A",
		  "Whose private messages these are.", REM_NAMED(.names = &implementation_names)),
	REM_FIELD(REM_BYTES(3, 1), "ntp.priv.reqcode", "Request code", UINT, DEC, NONE, "RFC 9327 A", "What is asked for.",
		  REM_NAMED(.names = &request_names)),
	REM_FIELD(REM_BITS(32, 4), "ntp.priv.err", "Error", UINT, HEX, NONE, "RFC 9327 A", "What went wrong.",
		  REM_NAMED(.names = &private_error_names)),
	REM_FIELD(REM_BITS(36, 12), "ntp.priv.numitems", "Items", UINT, DEC, COUNT, "RFC 9327 A", "How many items of data follow."),
	REM_FIELD(REM_BITS(48, 4), "ntp.priv.reserved", "Reserved", UINT, HEX, RESERVED, "RFC 9327 A", "Must be zero."),
	REM_FIELD(REM_BITS(52, 12), "ntp.priv.itemsize", "Item size", UINT, DEC, SIZE, "RFC 9327 A",
		  "Length of each item.", REM_NAMED(.unit = "bytes")),
};

/* Of the items of private messages. */
#define NUMBER(at_, key_, name_, about_) \
	REM_FIELD(REM_BYTES(at_, 4), key_, name_, UINT, DEC, COUNT, "NTPD ntp_request.h", about_)
#define ADDRESS6(at_, key_, name_, about_) \
	REM_FIELD(REM_BYTES(at_, 16), key_, name_, IPV6, DEC, ADDRESS, "NTPD ntp_request.h", about_)
#define PEER_FLAG(bit_, key_, name_, about_) \
	REM_FIELD(REM_BITS(8 * 14 + 7 - (bit_), 1), "ntp.priv.mode7.peer.flags." key_, name_, BOOL, DEC, NONE, "NTPD ntp_request.h", \
		  about_, .flags = REM_F_FLAG)

static const struct rem_field summary_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "ntp.priv.mode7.dstaddress", "Destination", IPV4, DEC, DESTINATION, "NTPD ntp_request.h",
		  "The address that the peer sends to."),
	REM_FIELD(REM_BYTES(4, 4), "ntp.priv.mode7.srcaddress", "Source", IPV4, DEC, SOURCE, "NTPD ntp_request.h",
		  "The address of the peer.", .flags = REM_F_LABEL),
	REM_FIELD(REM_BYTES(8, 2), "ntp.priv.mode7.srcport", "Source port", UINT, DEC, PORT, "NTPD ntp_request.h", "The peer's."),
	REM_FIELD(REM_BYTES(10, 1), NULL, "Stratum", UINT, DEC, NONE, "RFC 5905 7.3",
		  "How far the peer is from a reference clock.", REM_NAMED(.names = &stratum_names)),
	REM_FIELD(REM_BYTES(11, 1), "ntp.priv.mode7.hpoll", "Host poll", INT, DEC, NONE, "NTPD ntp_request.h",
		  "Seconds between messages to the peer, as a power of two.", REM_NAMED(.unit = "log2 s")),
	REM_FIELD(REM_BYTES(12, 1), NULL, "Poll", UINT, DEC, NONE, "RFC 5905 7.3",
		  "Seconds between messages of the peer, as a power of two.", REM_NAMED(.unit = "log2 s")),
	REM_FIELD(REM_BYTES(13, 1), "ntp.priv.mode7.reach", "Reach", UINT, DEC, NONE, "NTPD ntp_request.h",
		  "A bit for each of the last eight messages, set if it was answered."),
	REM_FIELD(REM_BYTES(14, 1), "ntp.priv.mode7.peer.flags", "Flags", UINT, HEX, FLAGS, "NTPD ntp_request.h",
		  "What the peer is to the system.", .flags = REM_F_CONTAINER),
	PEER_FLAG(0, "config", "configured", "The association stands in the configuration."),
	PEER_FLAG(1, "syspeer", "system peer", "The system follows this peer."),
	PEER_FLAG(2, "burst", "burst", "Eight messages are sent in place of one."),
	PEER_FLAG(3, "refclock", "reference clock", "The peer is a clock at this system."),
	PEER_FLAG(4, "prefer", "preferred", "The configuration prefers this peer."),
	PEER_FLAG(5, "authenable", "authentication", "Messages of the peer are authenticated."),
	PEER_FLAG(6, "sel_candidate", "candidate", "The peer came into the last choice."),
	PEER_FLAG(7, "shortlist", "short list", "The peer was among the best."),
	REM_FIELD(REM_BYTES(15, 1), "ntp.priv.mode7.hmode", "Host mode", UINT, DEC, NONE, "NTPD ntp_request.h",
		  "What the system is to the peer.", REM_NAMED(.names = &rem_ntp_mode_names)),
	REM_FIELD(REM_BYTES(16, 4), "ntp.priv.mode7.delay", "Delay", INT, DEC, NONE, "NTPD ntp_request.h",
		  "Round trip to the peer.", REM_NAMED(.unit = "/ 65536 s")),
	REM_FIELD(REM_BYTES(20, 8), "ntp.priv.mode7.offset", "Offset", UINT, DEC, NONE, "NTPD ntp_request.h",
		  "Between the clocks: seconds, then parts of 2^32."),
	REM_FIELD(REM_BYTES(28, 4), "ntp.priv.mode7.dispersion", "Dispersion", UINT, DEC, NONE, "NTPD ntp_request.h",
		  "Error of the offset.", REM_NAMED(.unit = "/ 65536 s")),
	NUMBER(32, "ntp.priv.mode7.ipv6_flag", "IPv6", "The addresses are those of 16 bytes below."),
	REM_FIELD(REM_BYTES(36, 4), "ntp.priv.mode7.unused", "Unused", BYTES, HEX, RESERVED, "NTPD ntp_request.h", "Fills up."),
	ADDRESS6(40, "ntp.priv.mode7.dstaddress6", "Destination", "The address that the peer sends to."),
	ADDRESS6(56, "ntp.priv.mode7.srcaddress6", "Source", "The address of the peer."),
};
static const struct rem_field monitor_fields[] = {
	NUMBER(0, "ntp.priv.monlist.avgint", "Interval", "Average of seconds between its messages."),
	NUMBER(4, "ntp.priv.monlist.lsint", "Last", "Seconds since its last message."),
	REM_FIELD(REM_BYTES(8, 4), "ntp.priv.monlist.restr", "Restrictions", UINT, HEX, FLAGS, "NTPD ntp_request.h",
		  "What it is not allowed."),
	NUMBER(12, "ntp.priv.monlist.count", "Count", "How many messages came from it."),
	REM_FIELD(REM_BYTES(16, 4), "ntp.priv.monlist.remote_address", "Remote address", IPV4, DEC, SOURCE, "NTPD ntp_request.h",
		  "Its address.", .flags = REM_F_LABEL),
	REM_FIELD(REM_BYTES(20, 4), "ntp.priv.monlist.local_address", "Local address", IPV4, DEC, DESTINATION, "NTPD ntp_request.h",
		  "The address that it sent to."),
	REM_FIELD(REM_BYTES(24, 4), "ntp.priv.monlist.flags", "Flags", UINT, HEX, FLAGS, "NTPD ntp_request.h",
		  "Whether it sent to one host, to a group or to all."),
	REM_FIELD(REM_BYTES(28, 2), "ntp.priv.monlist.port", "Port", UINT, DEC, PORT, "NTPD ntp_request.h", "Its port."),
	REM_FIELD(REM_BYTES(30, 1), "ntp.priv.monlist.mode", "Mode", UINT, DEC, NONE, "NTPD ntp_request.h",
		  "Of its last message.", REM_NAMED(.names = &rem_ntp_mode_names)),
	REM_FIELD(REM_BYTES(31, 1), "ntp.priv.monlist.version", "Version", UINT, DEC, VERSION, "NTPD ntp_request.h",
		  "Of its last message."),
	REM_FIELD(REM_BYTES(32, 4), "ntp.priv.monlist.ipv6", "IPv6", UINT, HEX, NONE, "NTPD ntp_request.h",
		  "The addresses are those of 16 bytes below."),
	REM_FIELD(REM_BYTES(36, 4), "ntp.priv.monlist.unused", "Unused", UINT, HEX, RESERVED, "NTPD ntp_request.h", "Fills up."),
};
static const struct rem_field monitor6_fields[] = {
	ADDRESS6(0, "ntp.priv.monlist.addr6", "Remote address", "Its address."),
	ADDRESS6(16, "ntp.priv.monlist.daddr6", "Local address", "The address that it sent to."),
};
static const struct rem_field loop_fields[] = {
	REM_FIELD(REM_BYTES(0, 8), "ntp.priv.mode7.last_offset", "Last offset", INT, DEC, NONE, "NTPD ntp_request.h",
		  "Seconds, then parts of 2^32."),
	REM_FIELD(REM_BYTES(8, 8), "ntp.priv.mode7.drift_comp", "Drift", INT, DEC, NONE, "NTPD ntp_request.h",
		  "How much the clock runs fast or slow."),
	NUMBER(16, "ntp.priv.mode7.compliance", "Compliance", "How well the loop follows."),
	NUMBER(20, "ntp.priv.mode7.watchdog_timer", "Watchdog", "Seconds since the clock was last set."),
};

static const struct rem_field extension_fields[] = {
	REM_FIELD(REM_REST(0), "ntp.ext", "Extension", NONE, DEC, NONE, "RFC 7822 3",
		  "An extension field.", .flags = REM_F_HIDDEN | REM_F_CONTAINER),
	REM_FIELD(REM_BYTES(0, 2), "ntp.ext.type", "Type", UINT, HEX, TYPE, "RFC 7822 3",
		  "What the field holds.", .flags = REM_F_LABEL, REM_NAMED(.names = &extension_names)),
	REM_FIELD(REM_BYTES(2, 2), "ntp.ext.length", "Length", UINT, DEC, SIZE, "RFC 7822 3",
		  "Length of the field, type and length included.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_REST(32), "ntp.ext.value", "Value", BYTES, HEX, OPTION, "RFC 7822 3",
		  "What the field says."),
};

static const struct rem_field key_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "ntp.keyid", "Key ID", BYTES, HEX, ID, "RFC 5905 7.3",
		  "Which key the digest was made with."),
};
static const struct rem_field mac_fields[] = {
	REM_FIELD(REM_REST(0), "ntp.mac", "Digest", BYTES, HEX, CHECKSUM, "RFC 5905 7.3",
		  "Message authentication code."),
};
static const struct rem_field data_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Data", BYTES, HEX, PAYLOAD, "RFC 9327 2",
		  "Data of a control or private message."),
};

const struct rem_table rem_ntp_tables[TABLE_COUNT] = {
	[TABLE_HEADER] = REM_TABLE("NTP", header_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CONTROL] = REM_TABLE("NTP control", control_fields, .flags = REM_TABLE_ONCE),
	[TABLE_STATUS] = REM_TABLE(NULL, status_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SYSTEM] = REM_TABLE(NULL, system_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PEER] = REM_TABLE(NULL, peer_fields),
	[TABLE_CLOCK] = REM_TABLE(NULL, clock_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ERROR] = REM_TABLE(NULL, error_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CONTROL_REST] = REM_TABLE(NULL, control_rest_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CONTROL_DATA] = REM_TABLE("Data", control_data_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ASSOCIATION] = REM_TABLE("Association", association_fields),
	[TABLE_VARIABLES] = REM_TABLE("Data", variables_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PRIVATE] = REM_TABLE("NTP private", private_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SUMMARY] = REM_TABLE("Peer", summary_fields),
	[TABLE_MONITOR] = REM_TABLE("Host", monitor_fields),
	[TABLE_MONITOR6] = REM_TABLE(NULL, monitor6_fields),
	[TABLE_LOOP] = REM_TABLE("Loop", loop_fields),
	[TABLE_EXTENSION] = REM_TABLE("Extension", extension_fields),
	[TABLE_KEY] = REM_TABLE("Key ID", key_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MAC] = REM_TABLE("Digest", mac_fields, .flags = REM_TABLE_ONCE),
	[TABLE_DATA] = REM_TABLE("Data", data_fields, .flags = REM_TABLE_ONCE),
};
/* clang-format on */
