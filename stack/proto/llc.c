/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Logical link control: IEEE 802.2, and the Subnetwork Access Protocol of RFC 1042.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     DSAP    |I|     SSAP    |C|  Control, 1 or 2 bytes        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  SNAP: Organization code (24 bits)            |  Protocol …
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	LLC_DSAP = REM_BYTES(0, 1), LLC_DSAP_SAP = REM_BITS(0, 7), LLC_DSAP_IG = REM_BITS(7, 1),
	LLC_SSAP = REM_BYTES(1, 1), LLC_SSAP_SAP = REM_BITS(8, 7), LLC_SSAP_CR = REM_BITS(15, 1),
	/* The control field of unnumbered frames, */
	LLC_U = REM_BYTES(2, 1), LLC_U_MODIFIER = REM_BITS(16, 6), LLC_U_PF = REM_BITS(19, 1),
	LLC_U_KIND = REM_BITS(22, 2),
	/* and of frames with numbers: two bytes, the second one first. */
	LLC_IS = REM_LE(16, 16), LLC_NR = REM_BITS(24, 7), LLC_IS_PF = REM_BITS(31, 1),
	LLC_NS = REM_BITS(16, 7), LLC_I_KIND = REM_BITS(23, 1),
	LLC_S_RESERVED = REM_BITS(16, 4), LLC_S_MODIFIER = REM_BITS(20, 2), LLC_S_KIND = REM_BITS(22, 2),

	LLC_HEADER = 3,                 /* bytes, with a control field of one */
	LLC_U_FRAME = 3,                /* kinds; an even one is an I frame */
	LLC_UI = 0x03,                  /* control: unnumbered information, not polled */
	LLC_RESPONSE = 1,
};

/* What follows where both SAPs are SNAP's. */
enum {
	SNAP_OUI = REM_BYTES(0, 3),
	SNAP_PID = REM_BYTES(3, 2),

	SNAP_SAP = 0xaa,
	SNAP_HEADER = 5,                /* bytes */
	SNAP_ETHERTYPE = 0,             /* organizations whose protocols are EtherTypes */
	SNAP_BRIDGED_802 = 0x0000f8,
};

enum {
	TABLE_SHORT, TABLE_U_COMMAND, TABLE_U_RESPONSE, TABLE_I, TABLE_S, TABLE_SNAP, TABLE_SURPLUS,
};

static rem_calc modifier, when_set, when_set_command, when_set_response;

/* clang-format off */
REM_NAMES(sap_names, {0x00, "null"}, {0x01, "LLC management"}, {0x03, "IP"}, {0x08, "path control"},
	  {0x21, "Spanning tree"}, {0x55, "SNAP"}, {0x70, "IPX"}, {0x78, "NetBIOS"}, {0x7f, "ISO network layer"});
REM_NAMES(ig_names, {0, "individual"}, {1, "group"});
REM_NAMES(cr_names, {0, "command"}, {1, "response"});
REM_NAMES(u_names, {0x00, "UI"}, {0x03, "DM"}, {0x10, "DISC"}, {0x18, "UA"}, {0x1b, "SABME"},
	  {0x21, "FRMR"}, {0x2b, "XID"}, {0x38, "TEST"});
REM_NAMES(s_names, {0, "receiver ready"}, {1, "receiver not ready"}, {2, "reject"});
REM_NAMES(kind_names, {0, "information"}, {1, "supervisory"}, {3, "unnumbered"});

#define SAPS \
	REM_FIELD(LLC_DSAP, "llc.dsap", "DSAP", UINT, HEX, DESTINATION, "IEEE 802.2 3.2", \
		  "Service that the frame is for.", .flags = REM_F_CONTAINER), \
	REM_FIELD(LLC_DSAP_SAP, "llc.dsap.sap", "SAP", UINT, DEC, NONE, "IEEE 802.2 3.3.1.2", \
		  "The service access point.", REM_NAMED(.names = &sap_names)), \
	REM_FIELD(LLC_DSAP_IG, "llc.dsap.ig", "I/G", BOOL, DEC, NONE, "IEEE 802.2 3.3.1.2", \
		  "Whether it is a group's.", REM_NAMED(.names = &ig_names)), \
	REM_FIELD(LLC_SSAP, "llc.ssap", "SSAP", UINT, HEX, SOURCE, "IEEE 802.2 3.2", \
		  "Service that sent the frame.", .flags = REM_F_CONTAINER), \
	REM_FIELD(LLC_SSAP_SAP, "llc.ssap.sap", "SAP", UINT, DEC, NONE, "IEEE 802.2 3.3.1.2", \
		  "The service access point.", REM_NAMED(.names = &sap_names)), \
	REM_FIELD(LLC_SSAP_CR, "llc.ssap.cr", "C/R", BOOL, DEC, NONE, "IEEE 802.2 3.3.1.2", \
		  "Command or response.", REM_NAMED(.names = &cr_names))
#define CONTROL(bits) \
	REM_FIELD(bits, "llc.control", "Control", UINT, HEX, FLAGS, "IEEE 802.2 5.2", \
		  "What kind of frame this is.", .flags = REM_F_CONTAINER)
#define POLL_FINAL(bits) \
	REM_FIELD(bits, "llc.control.p", "Poll", BOOL, DEC, NONE, "IEEE 802.2 5.2.3", \
		  "The command wants an answer at once.", .flags = REM_F_FLAG, .calc = when_set_command), \
	REM_FIELD(bits, "llc.control.f", "Final", BOOL, DEC, NONE, "IEEE 802.2 5.2.3", \
		  "The response to a poll.", .flags = REM_F_ALIAS, .calc = when_set_response)
#define KIND(bits) \
	REM_FIELD(bits, "llc.control.ftype", "Frame type", UINT, HEX, TYPE, "IEEE 802.2 5.2", \
		  "Information, supervisory or unnumbered.", REM_NAMED(.names = &kind_names))
#define U_MODIFIER(key) \
	REM_FIELD(LLC_U_MODIFIER, key, "Function", UINT, HEX, OP, "IEEE 802.2 5.3", \
		  "What the unnumbered frame is for.", .calc = modifier, REM_NAMED(.names = &u_names))
#define U_POLL_FINAL(key, name, calc_) \
	REM_FIELD(LLC_U_PF, key, name, BOOL, DEC, NONE, "IEEE 802.2 5.2.3", \
		  "Asks for, or gives, an answer at once.", .flags = REM_F_ALIAS | REM_F_FLAG, .calc = calc_)

static const struct rem_field short_fields[] = { SAPS };
static const struct rem_field u_command_fields[] = {
	SAPS,
	CONTROL(LLC_U),
	U_MODIFIER("llc.control.u_modifier_cmd"),
	U_POLL_FINAL("llc.control.p", "Poll", when_set_command),
	KIND(LLC_U_KIND),
};
static const struct rem_field u_response_fields[] = {
	SAPS,
	CONTROL(LLC_U),
	U_MODIFIER("llc.control.u_modifier_resp"),
	U_POLL_FINAL("llc.control.f", "Final", when_set_response),
	KIND(LLC_U_KIND),
};
static const struct rem_field i_fields[] = {
	SAPS,
	CONTROL(LLC_IS),
	REM_FIELD(LLC_NS, "llc.control.n_s", "N(S)", UINT, DEC, SEQUENCE, "IEEE 802.2 5.2.2",
		  "Number of this frame."),
	KIND(LLC_I_KIND),
	REM_FIELD(LLC_NR, "llc.control.n_r", "N(R)", UINT, DEC, SEQUENCE, "IEEE 802.2 5.2.2",
		  "Number of the frame that is expected next."),
	REM_FIELD(LLC_IS_PF, "llc.control.p", "Poll", BOOL, DEC, NONE, "IEEE 802.2 5.2.3",
		  "An answer is wanted at once.", .flags = REM_F_FLAG, .calc = when_set),
};
static const struct rem_field s_fields[] = {
	SAPS,
	CONTROL(LLC_IS),
	REM_FIELD(LLC_S_RESERVED, NULL, "Reserved", UINT, HEX, RESERVED, "IEEE 802.2 5.2",
		  "Must be zero."),
	REM_FIELD(LLC_S_MODIFIER, "llc.control.s_ftype", "Function", UINT, HEX, OP, "IEEE 802.2 5.3",
		  "Whether the receiver is ready.", REM_NAMED(.names = &s_names)),
	KIND(LLC_S_KIND),
	REM_FIELD(LLC_NR, "llc.control.n_r", "N(R)", UINT, DEC, SEQUENCE, "IEEE 802.2 5.2.2",
		  "Number of the frame that is expected next."),
	POLL_FINAL(LLC_IS_PF),
};

/* Who gives protocols numbers of their own, and the row that they stand in. */
enum {
	SNAP_ROW_OUI, SNAP_ROW_TYPE, SNAP_ROW_CISCO, SNAP_ROW_APPLE, SNAP_ROW_EXTREME, SNAP_ROW_NORTEL,
	SNAP_ROW_IANA, SNAP_ROW_BLUETOOTH, SNAP_ROW_AWDL, SNAP_ROW_FOUNDRY, SNAP_ROW_FORCE10,
	SNAP_ROW_WLCCP, SNAP_ROW_CIMETRICS, SNAP_ROW_HPTEAM, SNAP_ROW_WFA, SNAP_ROW_OTHER,
};

static const struct { uint32_t oui; uint8_t row; } snap_rows[] = {
	{SNAP_ETHERTYPE, SNAP_ROW_TYPE}, {SNAP_BRIDGED_802, SNAP_ROW_TYPE}, {0x00000c, SNAP_ROW_CISCO},
	{0x080007, SNAP_ROW_APPLE}, {0x00e02b, SNAP_ROW_EXTREME}, {0x000081, SNAP_ROW_NORTEL},
	{0x00005e, SNAP_ROW_IANA}, {0x001958, SNAP_ROW_BLUETOOTH}, {0x0017f2, SNAP_ROW_AWDL},
	{0x00e052, SNAP_ROW_FOUNDRY}, {0x0001e8, SNAP_ROW_FORCE10}, {0x004096, SNAP_ROW_WLCCP},
	{0x001090, SNAP_ROW_CIMETRICS}, {0x00805f, SNAP_ROW_HPTEAM}, {0x506f9a, SNAP_ROW_WFA},
};

#define PID(key, who) \
	REM_FIELD(SNAP_PID, key, "Protocol (" who ")", UINT, HEX, PROTO, "RFC 1042", \
		  "The protocol of the payload, in " who "'s numbers.")

static const struct rem_field snap_fields[] = {
	[SNAP_ROW_OUI] = REM_FIELD(SNAP_OUI, "llc.oui", "Organization", UINT, DEC, NONE, "RFC 1042",
		"Who gave the protocol its number."),
	[SNAP_ROW_TYPE] = REM_FIELD(SNAP_PID, "llc.type", "Type", UINT, HEX, PROTO, "RFC 1042",
		"EtherType: the protocol of the payload.", REM_NAMED(.names = &rem_ethertype_names)),
	[SNAP_ROW_CISCO] = PID("llc.cisco_pid", "Cisco"),
	[SNAP_ROW_APPLE] = PID("llc.apple_atalk_pid", "Apple"),
	[SNAP_ROW_EXTREME] = PID("llc.extreme_pid", "Extreme Networks"),
	[SNAP_ROW_NORTEL] = PID("llc.nortel_pid", "Nortel"),
	[SNAP_ROW_IANA] = PID("llc.iana_pid", "IANA"),
	[SNAP_ROW_BLUETOOTH] = PID("llc.bluetooth_pid", "Bluetooth SIG"),
	[SNAP_ROW_AWDL] = PID("llc.apple_awdl_pid", "Apple AWDL"),
	[SNAP_ROW_FOUNDRY] = PID("llc.foundry_pid", "Foundry"),
	[SNAP_ROW_FORCE10] = PID("llc.force10_pid", "Force10"),
	[SNAP_ROW_WLCCP] = PID("llc.wlccp_pid", "Cisco WLCCP"),
	[SNAP_ROW_CIMETRICS] = PID("llc.cimetrics_pid", "Cimetrics"),
	[SNAP_ROW_HPTEAM] = PID("llc.hpteam_pid", "HP"),
	[SNAP_ROW_WFA] = PID(NULL, "the Wi-Fi Alliance"),
	[SNAP_ROW_OTHER] = PID("llc.pid", "that organization"),
};

static const struct rem_field surplus_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Surplus", BYTES, HEX, PAYLOAD, "IEEE 802.2 3.2",
		  "Bytes that the payload does not count."),
};

static const struct rem_table llc_tables[] = {
	[TABLE_SHORT] = REM_TABLE("LLC", short_fields, .flags = REM_TABLE_ONCE),
	[TABLE_U_COMMAND] = REM_TABLE("LLC", u_command_fields, .flags = REM_TABLE_ONCE),
	[TABLE_U_RESPONSE] = REM_TABLE("LLC", u_response_fields, .flags = REM_TABLE_ONCE),
	[TABLE_I] = REM_TABLE("LLC", i_fields, .flags = REM_TABLE_ONCE),
	[TABLE_S] = REM_TABLE("LLC", s_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SNAP] = REM_TABLE("SNAP", snap_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SURPLUS] = REM_TABLE("Surplus", surplus_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind llc_binds[] = { {REM_SPACE_ETHERTYPE, REM_ETHERTYPE_LLC} };
/* clang-format on */

static unsigned table_of(struct rem_view v)
{
	if (v.cap < LLC_HEADER)
		return TABLE_SHORT;
	switch (rem_get(v.p, LLC_U_KIND)) {
	case LLC_U_FRAME:
		return rem_get(v.p, LLC_SSAP_CR) ? TABLE_U_RESPONSE : TABLE_U_COMMAND;
	case 1: return v.cap > LLC_HEADER ? TABLE_S : TABLE_SHORT;
	default: return v.cap > LLC_HEADER ? TABLE_I : TABLE_SHORT;
	}
}

/* An I frame, or a UI frame that does not poll: the only ones with a payload. */
static bool has_payload(const uint8_t *p)
{
	return rem_get(p, LLC_I_KIND) == 0 || rem_get(p, LLC_U) == LLC_UI;
}

static unsigned snap_row(uint32_t oui)
{
	for (size_t i = 0; i < REM_COUNT(snap_rows); i++) {
		if (snap_rows[i].oui == oui)
			return snap_rows[i].row;
	}
	return SNAP_ROW_OTHER;
}

static void decode_snap(struct rem_breakdown *b, struct rem_view v, bool carries)
{
	if (v.cap < SNAP_HEADER) {
		rem_fault(&b->part[b->layer], rem_lack(v, SNAP_HEADER), 0);
		return;
	}
	const uint32_t oui = rem_get(v.p, SNAP_OUI), pid = rem_get(v.p, SNAP_PID);
	const struct rem_view payload = rem_view_skip(v, SNAP_HEADER);
	const unsigned row = snap_row(oui);

	rem_push_row(b, TABLE_SNAP, SNAP_ROW_OUI, v.p, SNAP_HEADER);
	if (carries)
		rem_push_row(b, TABLE_SNAP, row, v.p, SNAP_HEADER);
	if (!carries)
		rem_next_data(b, payload);
	else if (row == SNAP_ROW_TYPE && pid >= REM_ETH_MIN_TYPE)
		rem_next(b, REM_SPACE_ETHERTYPE, pid, payload);
	else
		rem_next(b, REM_SPACE_SNAP, rem_snap(oui, pid), payload);
}

static int llc_decode(struct rem_breakdown *b, struct rem_view v)
{
	const unsigned table = table_of(v);
	const bool unnumbered = table == TABLE_U_COMMAND || table == TABLE_U_RESPONSE;
	const uint32_t n = unnumbered ? LLC_HEADER : LLC_HEADER + 1;
	struct rem_part *part = rem_push(b, table, v.p, v.cap < n ? v.cap : n);

	if (table == TABLE_SHORT) {
		rem_fault(part, rem_lack(v, n), 0);
		return (int)v.cap;
	}
	const struct rem_view payload = rem_view_skip(v, n);
	const uint32_t dsap = rem_get(v.p, LLC_DSAP), ssap = rem_get(v.p, LLC_SSAP);
	if (dsap == SNAP_SAP && ssap == SNAP_SAP)
		decode_snap(b, payload, has_payload(v.p));
	else if (has_payload(v.p))
		rem_next(b, REM_SPACE_SAP, dsap, payload);
	else
		rem_next_data(b, payload);
	return (int)v.cap;
}

/* The bits on both sides of poll/final, as if it stood not between them. */
static bool modifier(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	v->u &= 0x3b;
	return true;
}

static bool is_response(const struct rem_row *row)
{
	return rem_get(row->base, LLC_SSAP_CR) == LLC_RESPONSE;
}

static bool when_set(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	return v->u != 0;
}

static bool when_set_command(const struct rem_breakdown *b, const struct rem_row *row,
			     struct rem_value *v)
{
	(void)b;
	return v->u != 0 && !is_response(row);
}

static bool when_set_response(const struct rem_breakdown *b, const struct rem_row *row,
			      struct rem_value *v)
{
	(void)b;
	return v->u != 0 && is_response(row);
}

static void llc_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_SURPLUS, v.p, v.cap);
}

const struct rem_proto rem_proto_llc = {
	.table = llc_tables, .tables = REM_COUNT(llc_tables),
	.bind = llc_binds, .binds = REM_COUNT(llc_binds),
	.decode = llc_decode, .trailer = llc_trailer,
	.spaces = 1 << REM_SPACE_SAP | 1 << REM_SPACE_SNAP | 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("llc", "LLC", "Logical Link Control", "IEEE 802.2"),
};

static void llc_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->table == TABLE_SHORT) {
		rem_out_str(out, "LLC header cut short");
		return;
	}
	const char *sap = REM_NAME_OF(sap_names, rem_get(p, LLC_DSAP_SAP));
	rem_out_str(out, sap != NULL ? sap : "SAP 0x");
	if (sap == NULL)
		rem_out_hex(out, rem_get(p, LLC_DSAP), 2);
	rem_out_str(out, rem_get(p, LLC_SSAP_CR) ? ", response" : ", command");
	if (layer->table == TABLE_U_COMMAND || layer->table == TABLE_U_RESPONSE) {
		const char *what = REM_NAME_OF(u_names, rem_get(p, LLC_U_MODIFIER) & 0x3b);

		rem_out_char(out, ' ');
		rem_out_str(out, what != NULL ? what : "U");
	} else {
		rem_out_str(out, layer->table == TABLE_I ? " I, N(R) " : " S, N(R) ");
		rem_out_uint(out, rem_get(p, LLC_NR));
	}
}

rem_info *const rem_info_llc = llc_line;
