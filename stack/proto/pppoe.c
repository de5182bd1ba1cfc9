/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PPP over Ethernet: RFC 2516 4; its discovery as far as the header.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  VER  | TYPE  |      CODE     |          SESSION_ID           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            LENGTH             |           payload …
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/text.h>

enum {
	PPPOE_VERSION = REM_BITS(0, 4), PPPOE_TYPE = REM_BITS(4, 4), PPPOE_CODE = REM_BYTES(1, 1),
	PPPOE_SESSION = REM_BYTES(2, 2), PPPOE_LENGTH = REM_BYTES(4, 2),

	PPPOE_HEADER = 6,               /* bytes */
};

enum { TABLE_HEADER, TABLE_TAGS, TABLE_REST };

/* clang-format off */
REM_NAMES(code_names, {0x00, "session data"}, {0x07, "PADO"}, {0x09, "PADI"}, {0x19, "PADR"}, {0x65, "PADS"},
	  {0xa7, "PADT"});

static const struct rem_field header_fields[] = {
	REM_FIELD(PPPOE_VERSION, "pppoe.version", "Version", UINT, DEC, VERSION, "RFC 2516 4",
		  "1 for this version of the protocol."),
	REM_FIELD(PPPOE_TYPE, "pppoe.type", "Type", UINT, DEC, NONE, "RFC 2516 4",
		  "1 for this version of the protocol."),
	REM_FIELD(PPPOE_CODE, "pppoe.code", "Code", UINT, HEX, OP, "RFC 2516 4",
		  "What the packet does.", .flags = REM_F_LABEL, REM_NAMED(.names = &code_names)),
	REM_FIELD(PPPOE_SESSION, "pppoe.session_id", "Session", UINT, HEX, ID, "RFC 2516 4",
		  "Tells the sessions of two stations apart."),
	REM_FIELD(PPPOE_LENGTH, "pppoe.payload_length", "Payload length", UINT, DEC, SIZE, "RFC 2516 4",
		  "Bytes behind the header.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field tags_fields[] = {
	REM_FIELD(REM_REST(0), "pppoed.tags", "Tags", NONE, HEX, OPTION, "RFC 2516 5",
		  "What is offered or asked for."),
};
static const struct rem_field rest_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "RFC 2516 4", "Padding behind the payload."),
};

static const struct rem_table pppoe_tables[] = {
	[TABLE_HEADER] = REM_TABLE("PPPoE", header_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TAGS] = REM_TABLE("Tags", tags_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REST] = REM_TABLE("Rest", rest_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind session_binds[] = {
	{REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPPOE_S}, {REM_SPACE_LINKTYPE, 51},        /* LINKTYPE_PPP_ETHER */
};
static const struct rem_bind discovery_binds[] = { {REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPPOE_D} };
/* clang-format on */

/* Pushes the header, and finds the payload. */
static void decode_header(struct rem_breakdown *b, struct rem_view v, struct rem_view *payload)
{
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, PPPOE_HEADER);
	const struct rem_view rest = rem_view_skip(v, PPPOE_HEADER);

	*payload = rem_view_first(rest, rem_get(v.p, PPPOE_LENGTH));
	if (rem_get(v.p, PPPOE_LENGTH) > rest.wire)
		rem_fault(part, REM_LENGTH, PPPOE_LENGTH);
	rem_keep(b, rem_view_skip(rest, payload->cap));
}

static int session_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_view payload;

	if (v.cap < PPPOE_HEADER)
		return REM_MISS;
	decode_header(b, v, &payload);
	rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPP, payload);
	return (int)v.cap;
}

static int discovery_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_view tags;

	if (v.cap < PPPOE_HEADER)
		return REM_MISS;
	decode_header(b, v, &tags);
	if (tags.cap > 0)
		rem_push(b, TABLE_TAGS, tags.p, tags.cap);
	return (int)v.cap;
}

static void pppoe_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_REST, v.p, v.cap);
}

const struct rem_proto rem_proto_pppoe = {
	.table = pppoe_tables, .tables = REM_COUNT(pppoe_tables),
	.bind = session_binds, .binds = REM_COUNT(session_binds),
	.decode = session_decode, .trailer = pppoe_trailer, .spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("pppoes", "PPPoE", "PPP over Ethernet, session", "RFC 2516"),
};

const struct rem_proto rem_proto_pppoed = {
	.table = pppoe_tables, .tables = REM_COUNT(pppoe_tables),
	.bind = discovery_binds, .binds = REM_COUNT(discovery_binds),
	.decode = discovery_decode, .trailer = pppoe_trailer,
	REM_PROTO_NAMES("pppoed", "PPPoED", "PPP over Ethernet, discovery", "RFC 2516"),
};

static void pppoe_line(const struct rem_breakdown *b, const struct rem_part *layer,
		       struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const char *name = REM_NAME_OF(code_names, rem_get(p, PPPOE_CODE));

	rem_out_str(out, name != NULL ? name : "code 0x");
	if (name == NULL)
		rem_out_hex(out, rem_get(p, PPPOE_CODE), 2);
	rem_out_str(out, ", session 0x");
	rem_out_hex(out, rem_get(p, PPPOE_SESSION), 4);
}

rem_info *const rem_info_pppoe = pppoe_line;
rem_info *const rem_info_pppoed = pppoe_line;
