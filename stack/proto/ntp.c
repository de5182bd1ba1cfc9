/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Network Time Protocol: RFC 5905, extension fields of RFC 7822 and 8915; control messages of
 * RFC 9327 and the private mode of ntpd as heads. The header's diagram stands in remora/ntp.h.
 */
#include "core/decode.h"
#include <remora/ntp.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	TABLE_HEADER,
	TABLE_CONTROL,
	TABLE_PRIVATE,
	TABLE_EXTENSION,
	TABLE_KEY,
	TABLE_MAC,
	TABLE_DATA,
};

enum {
	CONTROL_HEADER = 12,
	PRIVATE_HEADER = 8,
	EXTENSION_HEAD = 4,
	LEAST_EXTENSION = 16,
	MOST_MAC = 24, /* a key identifier and the longest digest: RFC 7822 3 */
};

static rem_calc stamp;

/* clang-format off */
REM_NAMES(leap_names, {0, "no warning"}, {1, "last minute has 61 seconds"}, {2, "last minute has 59 seconds"},
	  {3, "clock not synchronized"});
REM_NAMES(mode_names, {0, "reserved"}, {1, "symmetric active"}, {2, "symmetric passive"}, {3, "client"},
	  {4, "server"}, {5, "broadcast"}, {6, "control"}, {7, "private"});
REM_NAMES(stratum_names, {0, "unspecified"}, {1, "primary reference"}, {16, "unsynchronized"});
REM_NAMES(extension_names, {0x0104, "Unique identifier"}, {0x0204, "NTS cookie"},
	  {0x0304, "NTS cookie placeholder"}, {0x0404, "NTS authenticator"}, {0x2005, "Checksum complement"});
REM_NAMES(opcode_names, {0, "unspecified"}, {1, "read status"}, {2, "read variables"}, {3, "write variables"},
	  {4, "read clock variables"}, {5, "write clock variables"}, {6, "set trap"}, {7, "trap response"},
	  {8, "configure"}, {9, "save configuration"}, {10, "read MRU list"}, {11, "read ordered list"},
	  {12, "request nonce"}, {31, "unset trap"});
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
		  "What the sender is in this exchange.", REM_NAMED(.names = &mode_names)),
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
		  "When the sender's clock was last set.", .calc = stamp),
	REM_FIELD(REM_NTP_ORIGIN, "ntp.org", "Origin Time", TIME, DEC, TIME, "RFC 5905 7.3",
		  "When the request left the client.", .calc = stamp),
	REM_FIELD(REM_NTP_RECEIVE, "ntp.rec", "Receive Time", TIME, DEC, TIME, "RFC 5905 7.3",
		  "When the request reached the server.", .calc = stamp),
	REM_FIELD(REM_NTP_TRANSMIT, "ntp.xmt", "Transmit Time", TIME, DEC, TIME, "RFC 5905 7.3",
		  "When this message left its sender.", .calc = stamp),
};

static const struct rem_field control_fields[] = {
	REM_FIELD(REM_NTP_FLAGS, "ntp.flags", "Flags", UINT, HEX, NONE, "RFC 9327 2",
		  "Leap indicator, version and mode.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_NTP_LEAP, "ntp.flags.li", "Leap indicator", UINT, DEC, NONE, "RFC 9327 2",
		  "Whether a leap second is near.", REM_NAMED(.names = &leap_names)),
	REM_FIELD(REM_NTP_VERSION, "ntp.flags.vn", "Version", UINT, DEC, VERSION, "RFC 9327 2",
		  "The version of the protocol."),
	REM_FIELD(REM_NTP_MODE, "ntp.flags.mode", "Mode", UINT, DEC, NONE, "RFC 9327 2",
		  "6: control.", REM_NAMED(.names = &mode_names)),
	REM_FIELD(REM_BYTES(1, 1), "ntp.ctrl.flags2", "Flags 2", UINT, HEX, NONE, "RFC 9327 2",
		  "Response, error and more, and what is asked for.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_BITS(8, 1), "ntp.ctrl.flags2.r", "response", UINT, DEC, NONE, "RFC 9327 2",
		  "Set in a response.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(9, 1), "ntp.ctrl.flags2.error", "error", UINT, DEC, NONE, "RFC 9327 2",
		  "Set in a response that reports an error.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(10, 1), "ntp.ctrl.flags2.more", "more", UINT, DEC, NONE, "RFC 9327 2",
		  "More of the response follows.", .flags = REM_F_FLAG),
	REM_FIELD(REM_BITS(11, 5), "ntp.ctrl.flags2.opcode", "Opcode", UINT, DEC, NONE, "RFC 9327 2",
		  "What is asked for.", REM_NAMED(.names = &opcode_names)),
	REM_FIELD(REM_BYTES(2, 2), "ntp.ctrl.sequence", "Sequence", UINT, DEC, SEQUENCE, "RFC 9327 2",
		  "Number of the request."),
	REM_FIELD(REM_BYTES(4, 2), "ntp.ctrl.status", "Status", UINT, HEX, NONE, "RFC 9327 3",
		  "Of the system, a peer or a clock."),
	REM_FIELD(REM_BYTES(6, 2), "ntp.ctrl.associd", "Association ID", UINT, DEC, ID, "RFC 9327 2",
		  "Which association is meant; 0 is the system."),
	REM_FIELD(REM_BYTES(8, 2), "ntp.ctrl.offset", "Offset", UINT, DEC, SIZE, "RFC 9327 2",
		  "Where in the data this fragment belongs.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_BYTES(10, 2), "ntp.ctrl.count", "Count", UINT, DEC, SIZE, "RFC 9327 2",
		  "Length of the data.", REM_NAMED(.unit = "bytes")),
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
		  "7: private.", REM_NAMED(.names = &mode_names)),
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

static const struct rem_table ntp_tables[] = {
	[TABLE_HEADER] = REM_TABLE("NTP", header_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CONTROL] = REM_TABLE("NTP control", control_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PRIVATE] = REM_TABLE("NTP private", private_fields, .flags = REM_TABLE_ONCE),
	[TABLE_EXTENSION] = REM_TABLE("Extension", extension_fields),
	[TABLE_KEY] = REM_TABLE("Key ID", key_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MAC] = REM_TABLE("Digest", mac_fields, .flags = REM_TABLE_ONCE),
	[TABLE_DATA] = REM_TABLE("Data", data_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind ntp_binds[] = { {REM_SPACE_UDP, 123}, {REM_SPACE_TCP, 123} };
/* clang-format on */

bool rem_ntp_time(uint64_t raw, int64_t *s, int32_t *ns)
{
	*s = raw == 0 ? -2208988800 : rem_ntp_seconds(raw);
	*ns = (int32_t)(((raw & UINT32_MAX) * 1000000000) >> 32);
	return raw >> 32 != 0 || *ns != 0;
}

static bool stamp(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	if (!rem_ntp_time(rem_row_bits(row), &v->s, &v->ns))
		v->ns = REM_NO_TIME;
	return true;
}

int rem_ntp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_NTP_HEADER ? v.cap : REM_NTP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	return v.cap < REM_NTP_HEADER ? rem_lack(v, REM_NTP_HEADER) : REM_OK;
}

/* Does an extension field begin here, rather than an authenticator? RFC 7822 3. */
static bool is_extension(struct rem_view rest)
{
	const uint32_t n = rest.cap < EXTENSION_HEAD ? 0 : rem_be16(rest.p + 2);

	return rest.wire > MOST_MAC && n >= LEAST_EXTENSION && n % 4 == 0 && n <= rest.wire;
}

/* Extension fields, then the authenticator. */
static void decode_rest(struct rem_breakdown *b, struct rem_view rest)
{
	b->depth = 1;
	while (is_extension(rest)) {
		const uint32_t said = rem_be16(rest.p + 2), n = said < rest.cap ? said : rest.cap;
		struct rem_part *part = rem_push(b, TABLE_EXTENSION, rest.p, n);

		if (n < said)
			rem_fault(part, REM_SHORT, REM_BYTES(2, 2));
		rest = rem_view_skip(rest, n);
	}
	b->depth = 0;
	if (rest.cap >= 4)
		rem_push_row(b, TABLE_KEY, 0, rest.p, 4);
	if (rest.cap > 4)
		rem_push_row(b, TABLE_MAC, 0, rest.p + 4, rest.cap - 4);
}

/* Control and private messages: a head, and data that only ntpd's tools understand. */
static int decode_head(struct rem_breakdown *b, struct rem_view v, unsigned table, uint32_t n)
{
	struct rem_part *part = rem_push(b, table, v.p, v.cap < n ? v.cap : n);

	if (v.cap < n)
		rem_fault(part, rem_lack(v, n), 0);
	else if (v.cap > n)
		rem_push_row(b, TABLE_DATA, 0, v.p + n, v.cap - n);
	return (int)v.cap;
}

/* Others than ntpd lay out what follows the request code as they like. */
static uint32_t private_header(struct rem_view v)
{
	enum { TO_REQUEST = 4, NTPD = 3 };

	return v.cap < TO_REQUEST || v.p[2] == NTPD ? PRIVATE_HEADER : TO_REQUEST;
}

static int ntp_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;

	switch (rem_get(v.p, REM_NTP_MODE)) {
	case REM_NTP_MODE_CONTROL: return decode_head(b, v, TABLE_CONTROL, CONTROL_HEADER);
	case REM_NTP_MODE_PRIVATE: return decode_head(b, v, TABLE_PRIVATE, private_header(v));
	default: break;
	}
	const int err = rem_ntp_check(v, &h);
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, h.len);
	if (err != REM_OK)
		rem_fault(part, err, 0);
	else if (rem_closely(b) && h.payload.cap > 0)
		decode_rest(b, h.payload);
	return (int)v.cap;
}

const struct rem_proto rem_proto_ntp = {
	.table = ntp_tables,
	.tables = REM_COUNT(ntp_tables),
	.bind = ntp_binds,
	.binds = REM_COUNT(ntp_binds),
	.decode = ntp_decode,
	REM_PROTO_NAMES("ntp", "NTP", "Network Time Protocol", "RFC 5905"),
};

/* "NTPv4 server, stratum 2, 2026-01-01T00:43:04.123456Z" */
static void ntp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	int64_t s;
	int32_t ns;

	rem_out_str(out, "NTPv");
	rem_out_uint(out, rem_get(p, REM_NTP_VERSION));
	rem_out_char(out, ' ');
	rem_out_str(out, rem_name_of(&mode_names, rem_get(p, REM_NTP_MODE)));
	if (layer->table == TABLE_CONTROL && layer->len >= CONTROL_HEADER) {
		const char *what = rem_name_of(&opcode_names, p[1] & 31);

		rem_out_str(out, what != NULL ? ", " : "");
		rem_out_str(out, what != NULL ? what : "");
	}
	if (layer->table != TABLE_HEADER || layer->len < REM_NTP_HEADER)
		return;
	rem_out_str(out, ", stratum ");
	rem_out_uint(out, rem_get(p, REM_NTP_STRATUM));
	if (rem_ntp_time(rem_get64(p, REM_NTP_TRANSMIT), &s, &ns)) {
		rem_out_str(out, ", ");
		rem_out_time(out, s, ns, 6);
	}
}

rem_info *const rem_info_ntp = ntp_line;
