/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Point-to-Point Protocol, as far as what it carries: RFC 1661, with the HDLC address and
 * control of RFC 1662 if they are there, and the protocol in two bytes or, compressed, in one.
 *
 * +----------+----------+----------+-------------
 * | Address  | Control  | Protocol | Information …
 * | 11111111 | 00000011 | 8/16 bits|
 * +----------+----------+----------+-------------
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/text.h>

enum {
	PPP_ADDRESS = REM_BYTES(0, 1),
	PPP_CONTROL = REM_BYTES(1, 1),

	PPP_ALL_STATIONS = 0xff, /* the only address there is */
	CONTROL_LENGTH = REM_BYTES(2, 2),
	CONTROL_HEADER = 4,      /* bytes */

	CISCO_UNICAST = 0x0f,
	CISCO_MULTICAST = 0x8f, /* addresses of Cisco's HDLC */
};

enum { TABLE_HDLC, TABLE_PROTO, TABLE_SHORT, TABLE_CONTROL, TABLE_REST };

/* clang-format off */
REM_NAMES(proto_names, {0x0001, "padding"}, {0x0021, "IPv4"}, {0x0023, "OSI network layer"}, {0x0025, "XNS IDP"},
	  {0x0027, "DECnet phase IV"}, {0x0029, "AppleTalk"}, {0x002b, "IPX"}, {0x002d, "Van Jacobson compressed TCP/IP"},
	  {0x002f, "Van Jacobson uncompressed TCP/IP"}, {0x0031, "bridging"}, {0x0035, "VINES"}, {0x003d, "multilink"},
	  {0x003f, "NetBIOS"}, {0x0053, "encryption"}, {0x0055, "link encryption"}, {0x0057, "IPv6"}, {0x0059, "PPP muxing"},
	  {0x005d, "TRILL"}, {0x00fb, "compressed in a link"}, {0x00fd, "compressed"}, {0x0207, "CDP"}, {0x0281, "MPLS"},
	  {0x0283, "MPLS multicast"}, {0x8021, "IPCP"}, {0x8023, "OSINLCP"}, {0x8025, "XNSCP"}, {0x8027, "DNCP"},
	  {0x8029, "ATCP"}, {0x802b, "IPXCP"}, {0x8031, "BCP"}, {0x8035, "BVCP"}, {0x803d, "multilink control"},
	  {0x803f, "NBFCP"}, {0x804d, "SNACP"}, {0x8053, "ECP"}, {0x8055, "link ECP"}, {0x8057, "IPv6CP"},
	  {0x8059, "PPPMuxCP"}, {0x80fb, "CCP of a link"}, {0x80fd, "CCP"}, {0x8207, "CDPCP"}, {0x8281, "MPLSCP"},
	  {0xc021, "LCP"}, {0xc023, "PAP"}, {0xc025, "LQR"}, {0xc029, "CBCP"}, {0xc02b, "BACP"}, {0xc02d, "BAP"},
	  {0xc223, "CHAP"}, {0xc227, "EAP"});

REM_NAMES(code_names, {1, "Configure-Request"}, {2, "Configure-Ack"}, {3, "Configure-Nak"}, {4, "Configure-Reject"},
	  {5, "Terminate-Request"}, {6, "Terminate-Ack"}, {7, "Code-Reject"}, {8, "Protocol-Reject"},
	  {9, "Echo-Request"}, {10, "Echo-Reply"}, {11, "Discard-Request"});

static const struct rem_field hdlc_fields[] = {
	REM_FIELD(PPP_ADDRESS, "ppp.address", "Address", UINT, HEX, ADDRESS, "RFC 1662 3.1",
		  "All stations."),
	REM_FIELD(PPP_CONTROL, "ppp.control", "Control", UINT, HEX, FLAGS, "RFC 1662 3.1",
		  "Unnumbered information."),
};
static const struct rem_field proto_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "ppp.protocol", "Protocol", UINT, HEX, PROTO, "RFC 1661 2",
		  "The protocol of the payload.", REM_NAMED(.names = &proto_names)),
};
static const struct rem_field short_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "ppp.protocol", "Protocol", UINT, HEX, PROTO, "RFC 1661 6.5",
		  "The protocol of the payload, compressed.", REM_NAMED(.names = &proto_names)),
};
static const struct rem_field control_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "ppp.code", "Code", UINT, DEC, OP, "RFC 1661 5", "What the packet is for.",
		  .flags = REM_F_LABEL, REM_NAMED(.names = &code_names)),
	REM_FIELD(REM_BYTES(1, 1), "ppp.identifier", "Identifier", UINT, DEC, ID, "RFC 1661 5",
		  "Finds the reply to a request."),
	REM_FIELD(CONTROL_LENGTH, "ppp.length", "Length", UINT, DEC, SIZE, "RFC 1661 5",
		  "Length of the control packet.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field rest_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "RFC 1661 2", "Padding behind the information."),
};

static const struct rem_table ppp_tables[] = {
	[TABLE_HDLC] = REM_TABLE("PPP", hdlc_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PROTO] = REM_TABLE("PPP", proto_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SHORT] = REM_TABLE("PPP", short_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CONTROL] = REM_TABLE("Control", control_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REST] = REM_TABLE("Rest", rest_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind ppp_binds[] = {
	{REM_SPACE_LINKTYPE, 9}, {REM_SPACE_LINKTYPE, 50},      /* LINKTYPE_PPP, LINKTYPE_PPP_HDLC */
	{REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPP},
};
/* clang-format on */

/* PPPoE leaves address and control out, always; others may agree to. */
static bool has_hdlc(const struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_part *parent = rem_parent(b);

	return v.p[0] == PPP_ALL_STATIONS && (parent == NULL || parent->proto != REM_P_PPPOE);
}

/* Do control packets of the link, IPCP, IPv6CP or CCP follow, as RFC 1661 5 lays them out? */
static bool is_control(uint32_t proto)
{
	return proto == 0xc021 || proto == 0x8021 || proto == 0x8057 || proto == 0x80fd;
}

/* The head of a control packet; its options stay as they are. */
static void decode_control(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_part *part = rem_push(b, TABLE_CONTROL, v.p, CONTROL_HEADER);
	const uint32_t n = rem_get(v.p, CONTROL_LENGTH);

	if (n < CONTROL_HEADER || n > v.wire)
		rem_fault(part, REM_LENGTH, CONTROL_LENGTH);
	if (n >= CONTROL_HEADER)
		v = rem_view_first(v, n);
	rem_next_data(b, rem_view_skip(v, CONTROL_HEADER));
}

static int ppp_decode(struct rem_breakdown *b, struct rem_view v)
{
	const bool hdlc = has_hdlc(b, v);
	struct rem_view rest = v;

	if (rem_parent(b) == NULL && (v.p[0] == CISCO_UNICAST || v.p[0] == CISCO_MULTICAST))
		return REM_MISS;
	if (!hdlc && v.cap == 1 && (v.p[0] & 1) == 0)
		return REM_MISS;
	if (hdlc) {
		const uint32_t n = v.cap < 2 ? v.cap : 2;

		rem_push(b, TABLE_HDLC, v.p, n);
		rest = rem_view_skip(v, n);
	}
	const uint32_t n = rest.cap > 0 && (rest.p[0] & 1) != 0 ? 1 : 2;
	if (rest.cap < n) {
		rem_fault(&b->part[b->layer], rem_lack(v, v.cap - rest.cap + n), 0);
		return (int)v.cap;
	}
	rem_push(b, n == 1 ? TABLE_SHORT : TABLE_PROTO, rest.p, n);
	const uint32_t proto = (uint32_t)rem_be(rest.p, n);
	rest = rem_view_skip(rest, n);
	if (is_control(proto) && rest.cap >= CONTROL_HEADER)
		decode_control(b, rest);
	else
		rem_next(b, REM_SPACE_PPP, proto, rest);
	return (int)v.cap;
}

static void ppp_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_REST, v.p, v.cap);
}

const struct rem_proto rem_proto_ppp = {
	.table = ppp_tables,
	.tables = REM_COUNT(ppp_tables),
	.bind = ppp_binds,
	.binds = REM_COUNT(ppp_binds),
	.decode = ppp_decode,
	.trailer = ppp_trailer,
	.spaces = 1 << REM_SPACE_PPP,
	REM_PROTO_NAMES("ppp", "PPP", "Point-to-Point Protocol", "RFC 1661"),
};

static void ppp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const struct rem_part *end = b->part + b->parts;

	while (layer < end && layer->table == TABLE_HDLC)
		layer++;
	if (layer == end || layer->proto != REM_P_PPP) {
		rem_out_str(out, "PPP header cut short");
		return;
	}
	const uint8_t *p = rem_part_bytes(b, layer);
	const uint32_t proto = (uint32_t)rem_be(p, layer->len);
	const char *name = REM_NAME_OF(proto_names, proto);
	rem_out_str(out, name != NULL ? name : "protocol 0x");
	if (name == NULL)
		rem_out_hex(out, proto, 4);
}

rem_info *const rem_info_ppp = ppp_line;
