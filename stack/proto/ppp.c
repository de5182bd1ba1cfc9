/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Point-to-Point Protocol, as far as the packets it carries: RFC 1661 2, HDLC-like framing of
 * RFC 1662 3.1. Address and control may be missing, and the protocol be one byte (RFC 1661 6.5, 6.6).
 *
 * +----------+----------+----------+-------------+
 * | Address  | Control  | Protocol | Information |
 * | 11111111 | 00000011 | 8/16 bits|      *      |
 * +----------+----------+----------+-------------+
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/text.h>

enum { ALL_STATIONS = 0xff };

enum { TABLE_PROTOCOL, TABLE_HDLC, TABLE_SHORT };

/* clang-format off */
REM_NAMES(protocol_names, {0x0021, "IPv4"}, {0x002d, "compressed TCP"}, {0x002f, "uncompressed TCP"},
	  {0x003d, "multilink"}, {0x0057, "IPv6"}, {0x00fd, "compressed datagram"}, {0x8021, "IPCP"},
	  {0x8057, "IPv6CP"}, {0x80fd, "CCP"}, {0xc021, "LCP"}, {0xc023, "PAP"}, {0xc025, "LQR"},
	  {0xc223, "CHAP"});

static const struct rem_field protocol_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "ppp.protocol", "Protocol", UINT, HEX, PROTO, "RFC 1661 2",
		  "The protocol of the payload.", REM_NAMED(.names = &protocol_names)),
};
static const struct rem_field hdlc_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "ppp.address", "Address", UINT, HEX, ADDRESS, "RFC 1662 3.1",
		  "0xff: all stations."),
	REM_FIELD(REM_BYTES(1, 1), "ppp.control", "Control", UINT, HEX, FLAGS, "RFC 1662 3.1",
		  "0x03: unnumbered information."),
};
static const struct rem_field short_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "ppp.protocol", "Protocol", UINT, HEX, PROTO, "RFC 1661 6.5",
		  "The protocol of the payload, compressed to a byte.", REM_NAMED(.names = &protocol_names)),
};
static const struct rem_table ppp_tables[] = {
	[TABLE_PROTOCOL] = REM_TABLE("PPP", protocol_fields, .flags = REM_TABLE_ONCE),
	[TABLE_HDLC] = REM_TABLE("PPP in HDLC-like framing", hdlc_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SHORT] = REM_TABLE("PPP", short_fields, .flags = REM_TABLE_ONCE),
};
static const struct rem_bind ppp_binds[] = {
	{REM_SPACE_LINKTYPE, 9}, {REM_SPACE_LINKTYPE, 50},      /* LINKTYPE_PPP, LINKTYPE_PPP_HDLC */
	{REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPP},
};
/* clang-format on */

static int ppp_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_view rest = v;

	if (rest.cap >= 2 && rest.p[0] == ALL_STATIONS) {
		rem_push(b, TABLE_HDLC, rest.p, 2);
		rest = rem_view_skip(rest, 2);
	}
	const bool one = rest.cap > 0 &&
			 (rest.p[0] & 1) != 0; /* the last byte of a number is odd */
	const uint32_t n = one ? 1 : 2;
	if (rest.cap < n) {
		rem_fault(rem_push(b, TABLE_PROTOCOL, rest.p, rest.cap), rem_lack(rest, n), 0);
		return (int)v.cap;
	}
	rem_push(b, one ? TABLE_SHORT : TABLE_PROTOCOL, rest.p, n);
	rem_next(b, REM_SPACE_PPP, (uint32_t)rem_be(rest.p, n), rem_view_skip(rest, n));
	return (int)v.cap;
}

const struct rem_proto rem_proto_ppp = {
	.table = ppp_tables,
	.tables = REM_COUNT(ppp_tables),
	.bind = ppp_binds,
	.binds = REM_COUNT(ppp_binds),
	.decode = ppp_decode,
	.spaces = 1 << REM_SPACE_PPP,
	REM_PROTO_NAMES("ppp", "PPP", "Point-to-Point Protocol", "RFC 1661"),
};

static void ppp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const uint32_t room = b->source[layer->source].cap - layer->off;
	const uint32_t at = room >= 2 && p[0] == ALL_STATIONS ? 2 : 0;
	const uint32_t n = room > at && (p[at] & 1) != 0 ? 1 : 2;

	if (room < at + n) {
		rem_out_str(out, "PPP header cut short");
		return;
	}
	const uint32_t protocol = (uint32_t)rem_be(p + at, n);
	const char *name = rem_name_of(&protocol_names, protocol);
	rem_out_str(out, name != NULL ? name : "protocol");
	rem_out_str(out, " 0x");
	rem_out_hex(out, protocol, 4);
}

rem_info *const rem_info_ppp = ppp_line;
