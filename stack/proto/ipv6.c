/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Protocol, version 6: RFC 8200, with the DS field of RFC 2474, ECN of RFC 3168 and
 * the jumbograms of RFC 2675. The header's diagram and handles stand in remora/ipv6.h.
 */
#include "core/decode.h"
#include <remora/ipv6.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum { TABLE_HEADER, TABLE_SURPLUS, TABLE_SRC, TABLE_DST };

/* Addresses that are made of others: bits of an address. */
enum {
	TO4_GATEWAY = REM_BITS(16, 32), TO4_SLA = REM_BITS(48, 16),             /* RFC 3056 2 */
	TEREDO_SERVER = REM_BITS(32, 32), TEREDO_PORT = REM_BITS(80, 16),       /* RFC 4380 4 */
	TEREDO_CLIENT = REM_BITS(96, 32),
	ISATAP_IPV4 = REM_BITS(96, 32),                                         /* RFC 5214 6.1 */
	SLAAC_ID = REM_BITS(64, 64),                                            /* RFC 4291 A */
	NAT64_PREFIX = REM_BITS(0, 96), NAT64_IPV4 = REM_BITS(96, 32),          /* RFC 6052 2.1 */
};

static rem_calc if_6to4, if_teredo, teredo_port, teredo_client, if_isatap, slaac_mac, if_nat64;

/* clang-format off */
REM_NAMES(ecn_names, {0, "not ECN-capable"}, {1, "ECT(1)"}, {2, "ECT(0)"}, {3, "congestion experienced"});

static const struct rem_field ipv6_fields[] = {
	REM_FIELD(REM_IPV6_VERSION, "ipv6.version", "Version", UINT, DEC, VERSION, "RFC 8200 3",
		  "6 for this version of the protocol."),
	REM_FIELD(REM_IPV6_VERSION, "ip.version", "Version", UINT, DEC, NONE, "RFC 8200 3",
		  "The version of either protocol.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_IPV6_CLASS, "ipv6.tclass", "Traffic class", UINT, HEX, FLAGS, "RFC 8200 7",
		  "How routers are to treat the packet.", .flags = REM_F_CONTAINER | REM_F_NAMED),
	REM_FIELD(REM_IPV6_DSCP, "ipv6.tclass.dscp", "DSCP", UINT, DEC, NONE, "RFC 2474 3",
		  "Differentiated services code point.", REM_NAMED(.names = &rem_dscp_names)),
	REM_FIELD(REM_IPV6_ECN, "ipv6.tclass.ecn", "ECN", UINT, DEC, NONE, "RFC 3168 5",
		  "Explicit congestion notification.", REM_NAMED(.names = &ecn_names)),
	REM_FIELD(REM_IPV6_FLOW, "ipv6.flow", "Flow label", UINT, HEX, ID, "RFC 6437 2",
		  "Tells flows of one source apart."),
	REM_FIELD(REM_IPV6_LENGTH, "ipv6.plen", "Payload length", UINT, DEC, SIZE, "RFC 8200 3",
		  "Bytes behind this header.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_IPV6_NEXT, "ipv6.nxt", "Next header", UINT, DEC, PROTO, "RFC 8200 3",
		  "The protocol of what follows.", REM_NAMED(.names = &rem_ip_proto_names)),
	REM_FIELD(REM_IPV6_HOPS, "ipv6.hlim", "Hop limit", UINT, DEC, COUNT, "RFC 8200 3",
		  "How many more routers may forward it.", REM_NAMED(.unit = "hops")),
	REM_FIELD(REM_IPV6_SRC, "ipv6.src", "Source", IPV6, DEC, SOURCE, "RFC 8200 3",
		  "Who sent the packet."),
	REM_FIELD(REM_IPV6_SRC, "ipv6.addr", "Address", IPV6, DEC, ADDRESS, "RFC 8200 3",
		  "Either address.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_IPV6_SRC, "ipv6.src_host", "Source host", IPV6, DEC, NONE, "RFC 8200 3",
		  "The source as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_IPV6_SRC, "ipv6.host", "Host", IPV6, DEC, NONE, "RFC 8200 3",
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_IPV6_DST, "ipv6.dst", "Destination", IPV6, DEC, DESTINATION, "RFC 8200 3",
		  "Who the packet is for, or the next who is to route it."),
	REM_FIELD(REM_IPV6_DST, "ipv6.addr", "Address", IPV6, DEC, ADDRESS, "RFC 8200 3",
		  "Either address.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_IPV6_DST, "ipv6.dst_host", "Destination host", IPV6, DEC, NONE, "RFC 8200 3",
		  "The destination as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
	REM_FIELD(REM_IPV6_DST, "ipv6.host", "Host", IPV6, DEC, NONE, "RFC 8200 3",
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT),
};
enum { ROWS_OF_VERSION = 2, ROW_SRC = 9, ROW_DST = 13 };

static const struct rem_field surplus_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Surplus", BYTES, HEX, PAYLOAD, "RFC 8200 3",
		  "Bytes of the packet that its transport protocol does not count."),
};

/* A key of one of both addresses, and the key for either. */
#define EITHER(bits_, side_, key_, name_, type_, ref_, about_, calc_) \
	REM_FIELD(bits_, "ipv6." side_ "_" key_, name_, type_, DEC, ADDRESS, ref_, about_, \
		  .flags = REM_F_DERIVED, .calc = calc_), \
	REM_FIELD(bits_, "ipv6." key_, name_, type_, DEC, NONE, ref_, about_, \
		  .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = calc_)

#define MADE_ADDRESS(side_) \
	EITHER(TO4_GATEWAY, side_, "6to4_gw_ipv4", "6to4 gateway", IPV4, "RFC 3056 2", \
	       "IPv4 address of the site's router.", if_6to4), \
	EITHER(TO4_SLA, side_, "6to4_sla_id", "6to4 SLA ID", UINT, "RFC 3056 2", \
	       "Number of the subnet in the site.", if_6to4), \
	EITHER(TEREDO_SERVER, side_, "ts_ipv4", "Teredo server", IPV4, "RFC 4380 4", \
	       "IPv4 address of the Teredo server.", if_teredo), \
	EITHER(TEREDO_PORT, side_, "tc_port", "Teredo port", UINT, "RFC 4380 4", \
	       "UDP port of the client, as the server sees it.", teredo_port), \
	EITHER(TEREDO_CLIENT, side_, "tc_ipv4", "Teredo client", IPV4, "RFC 4380 4", \
	       "IPv4 address of the client, as the server sees it.", teredo_client), \
	EITHER(ISATAP_IPV4, side_, "isatap_ipv4", "ISATAP", IPV4, "RFC 5214 6.1", \
	       "IPv4 address in the interface identifier.", if_isatap), \
	EITHER(SLAAC_ID, side_, "slaac_mac", "SLAAC MAC", MAC, "RFC 4291 A", \
	       "Link-layer address that the interface identifier is made of.", slaac_mac), \
	REM_FIELD(NAT64_PREFIX, "ipv6.embed_ipv4_prefix", "NAT64 prefix", BYTES, HEX, NONE, "RFC 6052 2.1", \
		  "Prefix that says that the rest is an IPv4 address.", .flags = REM_F_DERIVED, .calc = if_nat64), \
	REM_FIELD(NAT64_IPV4, "ipv6." side_ "_embed_ipv4", "NAT64", IPV4, DEC, ADDRESS, "RFC 6052 2.2", \
		  "IPv4 address that the address stands for.", .flags = REM_F_DERIVED, .calc = if_nat64), \
	REM_FIELD(NAT64_IPV4, "ipv6.embed_ipv4", "NAT64", IPV4, DEC, NONE, "RFC 6052 2.2", \
		  "IPv4 address that either address stands for.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = if_nat64)

static const struct rem_field src_fields[] = { MADE_ADDRESS("src") };
static const struct rem_field dst_fields[] = { MADE_ADDRESS("dst") };

static const struct rem_table ipv6_tables[] = {
	[TABLE_HEADER] = REM_TABLE("IPv6", ipv6_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SURPLUS] = REM_TABLE("Surplus", surplus_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SRC] = REM_TABLE("Source", src_fields, .flags = REM_TABLE_ONCE),
	[TABLE_DST] = REM_TABLE("Destination", dst_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind ipv6_binds[] = {
	{REM_SPACE_ETHERTYPE, 0x86dd}, {REM_SPACE_FAMILY, 6}, {REM_SPACE_IP, REM_IP_IPV6},
	{REM_SPACE_LINKTYPE, 229},                      /* LINKTYPE_IPV6 */
	{REM_SPACE_PPP, 0x0057},
};
/* clang-format on */

/* The length in the jumbo payload option of a header that says 0; 0 if it has none that may be. */
static uint32_t jumbo_length(struct rem_view payload)
{
	struct rem_view value;

	if (!rem_ipv6_find_option(payload, REM_IPV6_OPT_JUMBO, &value) || value.cap != 4)
		return 0;
	return rem_be32(value.p) > 0xffff ? rem_be32(value.p) : 0;
}

/* A packet like most: all of it is here, and it says how long it is. */
REM_INLINE bool check_plain(struct rem_view v, struct rem_head *h)
{
	if (v.cap < REM_IPV6_HEADER || rem_get(v.p, REM_IPV6_VERSION) != 6)
		return false;
	const uint32_t n = rem_get(v.p, REM_IPV6_LENGTH);
	if (n == 0 || n > v.cap - REM_IPV6_HEADER)
		return false;
	*h = (struct rem_head){REM_IPV6_HEADER, 0, {v.p + REM_IPV6_HEADER, n, n}};
	return true;
}

int rem_ipv6_check(struct rem_view v, struct rem_head *h)
{
	if (check_plain(v, h))
		return REM_OK;
	*h = (struct rem_head){.len = v.cap < REM_IPV6_HEADER ? v.cap : REM_IPV6_HEADER};
	h->payload = (struct rem_view){v.p + h->len, 0, 0};
	h->bad = REM_IPV6_VERSION;
	if (v.cap > 0 && rem_get(v.p, REM_IPV6_VERSION) != 6)
		return REM_FIELD;
	h->bad = 0;
	if (v.cap < REM_IPV6_HEADER)
		return rem_lack(v, REM_IPV6_HEADER);
	uint32_t n = rem_get(v.p, REM_IPV6_LENGTH);
	h->payload = rem_view_skip(v, REM_IPV6_HEADER);
	h->bad = REM_IPV6_LENGTH;
	if (n == 0 && rem_get(v.p, REM_IPV6_NEXT) == REM_IP_HOPOPT)
		n = jumbo_length(h->payload);
	else if (n == 0 && h->payload.cap > 0xffff)
		n = h->payload.wire;
	if (n > h->payload.wire)
		return REM_LENGTH;
	h->payload = rem_view_first(h->payload, n);
	if (h->payload.cap < n) {
		if (v.wire == REM_UNKNOWN)
			h->payload.wire =
				REM_UNKNOWN; /* who quotes it may go on with something else */
		return REM_SHORT;
	}
	if (n == 0 && rem_get(v.p, REM_IPV6_NEXT) == REM_IP_HOPOPT)
		return REM_LENGTH;
	h->bad = 0;
	return REM_OK;
}

/* ---- addresses that are made of others ---- */

static bool is_6to4(const uint8_t *p)
{
	return rem_be16(p) == 0x2002;
}

static bool is_teredo(const uint8_t *p)
{
	return rem_be32(p) == 0x20010000;
}

static bool is_isatap(const uint8_t *p)
{
	return (rem_be32(p + 8) & ~0x02000000u) == 0x00005efe;
}

static bool is_slaac(const uint8_t *p)
{
	return (p[8] & 2) != 0 && rem_be16(p + 11) == 0xfffe;
}

static bool is_nat64(const uint8_t *p)
{
	return rem_be64(p) == 0x0064ff9b00000000 && rem_be32(p + 8) == 0;
}

static bool is_made(const uint8_t *p)
{
	return is_6to4(p) || is_teredo(p) || is_isatap(p) || is_slaac(p) || is_nat64(p);
}

static bool if_6to4(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)v;
	return is_6to4(row->base);
}

static bool if_teredo(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)v;
	return is_teredo(row->base);
}

static bool teredo_port(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	(void)b;
	v->u ^= 0xffff;
	return is_teredo(row->base);
}

static bool teredo_client(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	(void)b;
	v->u ^= 0xffffffff;
	return is_teredo(row->base);
}

static bool if_isatap(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)v;
	return is_isatap(row->base);
}

static bool slaac_mac(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	v->u = (v->u >> 40 ^ 0x020000) << 24 | (v->u & 0xffffff);
	return is_slaac(row->base);
}

static bool if_nat64(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)v;
	return is_nat64(row->base);
}

/* ---- the decoder ---- */

static void push_address(struct rem_breakdown *b, unsigned table, const uint8_t *p)
{
	if (is_made(p))
		rem_push(b, table, p, REM_IPV6_ADDRESS);
}

/* Says who gets the payload. */
REM_INLINE int go_on(struct rem_breakdown *b, struct rem_view v, const struct rem_head *h)
{
	if (rem_closely(b)) {
		push_address(b, TABLE_SRC, v.p + REM_OFF(REM_IPV6_SRC) / 8);
		push_address(b, TABLE_DST, v.p + REM_OFF(REM_IPV6_DST) / 8);
	}
	if (h->payload.cap > 0)
		rem_next(b, REM_SPACE_IP, rem_get(v.p, REM_IPV6_NEXT), h->payload);
	return (int)(h->len + h->payload.cap);
}

/* A packet that is not like most. */
REM_APART int decode_odd(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_ipv6_check(v, &h);
	struct rem_part *part = rem_open(b, ipv6_tables, TABLE_HEADER, v.p, h.len);

	if (err != REM_OK && !(err == REM_SHORT && (b->mark & REM_PART_QUOTED) != 0))
		rem_fault(part, err, h.bad);
	if (err == REM_FIELD) {         /* not IPv6: nothing but the version means anything */
		part->rows = ROWS_OF_VERSION;
		part->len = 1;
		rem_next_data(b, v);
		return (int)v.cap;
	}
	if (h.len < REM_IPV6_HEADER) {
		if (h.len < 8)          /* a cut word of 32 bits has no fields, but for the version */
			part->len = h.len < 4 ? 1 : 4;
		return (int)h.len;
	}
	return go_on(b, v, &h);
}

static int ipv6_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;

	if (!check_plain(v, &h))
		return decode_odd(b, v);
	rem_open(b, ipv6_tables, TABLE_HEADER, v.p, REM_IPV6_HEADER);
	return go_on(b, v, &h);
}

static void ipv6_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push_row(b, TABLE_SURPLUS, 0, v.p, v.cap);
}

const struct rem_proto rem_proto_ipv6 = {
	.table = ipv6_tables, .tables = REM_COUNT(ipv6_tables),
	.bind = ipv6_binds, .binds = REM_COUNT(ipv6_binds),
	.decode = ipv6_decode, .trailer = ipv6_trailer,
	.spaces = 1 << REM_SPACE_IP, .flags = REM_PROTO_TUNNEL,
	.source = ROW_SRC, .destination = ROW_DST,
	REM_PROTO_NAMES("ipv6", "IPv6", "Internet Protocol, version 6", "RFC 8200"),
};

static void ipv6_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->len < REM_IPV6_HEADER) {
		rem_out_str(out,
			    layer->err == REM_FIELD ? "not version 6" : "IPv6 header cut short");
		return;
	}
	const uint32_t next = rem_get(p, REM_IPV6_NEXT);
	const char *name = rem_name_of(&rem_ip_proto_names, next);
	rem_out_str(out, name != NULL ? name : "next header ");
	if (name == NULL)
		rem_out_uint(out, next);
}

rem_info *const rem_info_ipv6 = ipv6_line;
