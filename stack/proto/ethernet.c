/* SPDX-License-Identifier: BSD-3-Clause */
/* Ethernet II and IEEE 802.3. The header's diagram and handles stand in remora/ethernet.h. */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	ETH_DST_OUI = REM_BITS(0, 24), ETH_SRC_OUI = REM_BITS(48, 24),
	ETH_DST_LG = REM_BITS(6, 1), ETH_DST_IG = REM_BITS(7, 1),
	ETH_SRC_LG = REM_BITS(54, 1), ETH_SRC_IG = REM_BITS(55, 1),

	ETH_FCS = 4,                    /* bytes of a frame check sequence */
};

enum { TABLE_II, TABLE_802_3, TABLE_NEITHER, TABLE_PADDING, TABLE_TRAILER, TABLE_FCS };

static rem_calc fcs_status;

/* clang-format off */
REM_NAMES(lg_names, {0, "globally unique"}, {1, "locally administered"});
REM_NAMES(ig_names, {0, "individual"}, {1, "group"});

#define ETH_ADDRESSES \
	REM_FIELD(REM_ETH_DST, "eth.dst", "Destination", MAC, HEX, DESTINATION, "IEEE 802.3 3.2.4", \
		  "Station or group the frame is for."), \
	REM_FIELD(REM_ETH_DST, "eth.dst_resolved", "Destination (text)", MAC, HEX, NONE, "IEEE 802.3 3.2.4", \
		  "The destination as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT), \
	REM_FIELD(ETH_DST_OUI, "eth.dst.oui", "Destination OUI", UINT, HEX, NONE, "IEEE 802 8.2", \
		  "Organisation that assigned the destination address.", .flags = REM_F_ALIAS), \
	REM_FIELD(REM_ETH_DST, "eth.addr", "Address", MAC, HEX, ADDRESS, "IEEE 802.3 3.2.3", \
		  "Either address.", .flags = REM_F_ALIAS), \
	REM_FIELD(REM_ETH_DST, "eth.addr_resolved", "Address (text)", MAC, HEX, NONE, "IEEE 802.3 3.2.3", \
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT), \
	REM_FIELD(ETH_DST_OUI, "eth.addr.oui", "Address OUI", UINT, HEX, NONE, "IEEE 802 8.2", \
		  "Organisation that assigned either address.", .flags = REM_F_ALIAS), \
	REM_FIELD(ETH_DST_LG, "eth.dst.lg", "Destination LG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether the address is locally administered.", .flags = REM_F_ALIAS, REM_NAMED(.names = &lg_names)), \
	REM_FIELD(ETH_DST_LG, "eth.lg", "LG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether either address is locally administered.", .flags = REM_F_ALIAS, REM_NAMED(.names = &lg_names)), \
	REM_FIELD(ETH_DST_IG, "eth.dst.ig", "Destination IG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether the address is a group's.", .flags = REM_F_ALIAS, REM_NAMED(.names = &ig_names)), \
	REM_FIELD(ETH_DST_IG, "eth.ig", "IG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether either address is a group's.", .flags = REM_F_ALIAS, REM_NAMED(.names = &ig_names)), \
	REM_FIELD(REM_ETH_SRC, "eth.src", "Source", MAC, HEX, SOURCE, "IEEE 802.3 3.2.5", \
		  "Station that sent the frame."), \
	REM_FIELD(REM_ETH_SRC, "eth.src_resolved", "Source (text)", MAC, HEX, NONE, "IEEE 802.3 3.2.5", \
		  "The source as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT), \
	REM_FIELD(ETH_SRC_OUI, "eth.src.oui", "Source OUI", UINT, HEX, NONE, "IEEE 802 8.2", \
		  "Organisation that assigned the source address.", .flags = REM_F_ALIAS), \
	REM_FIELD(REM_ETH_SRC, "eth.addr", "Address", MAC, HEX, ADDRESS, "IEEE 802.3 3.2.3", \
		  "Either address.", .flags = REM_F_ALIAS), \
	REM_FIELD(REM_ETH_SRC, "eth.addr_resolved", "Address (text)", MAC, HEX, NONE, "IEEE 802.3 3.2.3", \
		  "Either address as text.", .flags = REM_F_ALIAS | REM_F_AS_TEXT), \
	REM_FIELD(ETH_SRC_OUI, "eth.addr.oui", "Address OUI", UINT, HEX, NONE, "IEEE 802 8.2", \
		  "Organisation that assigned either address.", .flags = REM_F_ALIAS), \
	REM_FIELD(ETH_SRC_LG, "eth.src.lg", "Source LG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether the address is locally administered.", .flags = REM_F_ALIAS, REM_NAMED(.names = &lg_names)), \
	REM_FIELD(ETH_SRC_LG, "eth.lg", "LG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether either address is locally administered.", .flags = REM_F_ALIAS, REM_NAMED(.names = &lg_names)), \
	REM_FIELD(ETH_SRC_IG, "eth.src.ig", "Source IG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether the address is a group's.", .flags = REM_F_ALIAS, REM_NAMED(.names = &ig_names)), \
	REM_FIELD(ETH_SRC_IG, "eth.ig", "IG bit", BOOL, DEC, NONE, "IEEE 802 8.2.2", \
		  "Whether either address is a group's.", .flags = REM_F_ALIAS, REM_NAMED(.names = &ig_names))

enum { ROW_DST = 0, ROW_SRC = 10 };

static const struct rem_field ethernet_ii_fields[] = {
	ETH_ADDRESSES,
	REM_FIELD(REM_ETH_TYPE, "eth.type", "Type", UINT, HEX, PROTO, "IEEE 802.3 3.2.6",
		  "EtherType: the protocol of the payload.", REM_NAMED(.names = &rem_ethertype_names)),
};

static const struct rem_field ethernet_802_3_fields[] = {
	ETH_ADDRESSES,
	REM_FIELD(REM_ETH_TYPE, "eth.len", "Length", UINT, DEC, SIZE, "IEEE 802.3 3.2.6",
		  "Bytes of payload; what follows them is padding.", REM_NAMED(.unit = "bytes")),
};

static const struct rem_field ethernet_neither_fields[] = {
	ETH_ADDRESSES,
	REM_FIELD(REM_ETH_TYPE, "eth.invalid_lentype", "Length or type", UINT, HEX, PROTO, "IEEE 802.3 3.2.6",
		  "Too large for a length, too small for an EtherType."),
};

static const struct rem_field padding_fields[] = {
	REM_FIELD(REM_REST(0), "eth.padding", "Padding", BYTES, HEX, PAYLOAD, "IEEE 802.3 3.2.8",
		  "Fills a frame up to 60 bytes."),
};

static const struct rem_field trailer_fields[] = {
	REM_FIELD(REM_REST(0), "eth.trailer", "Trailer", BYTES, HEX, PAYLOAD, "IEEE 802.3 3.2.8",
		  "Bytes behind the payload that are not padding."),
};

static const struct rem_field fcs_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "eth.fcs", "Frame check sequence", UINT, HEX, CHECKSUM, "IEEE 802.3 3.2.9",
		  "What may be the CRC of the frame: few captures have it, none says so."),
	REM_FIELD(REM_BYTES(0, 4), "eth.fcs.status", "FCS status", UINT, DEC, NONE, "IEEE 802.3 3.2.9",
		  "Not verified, since nobody knows whether this is one.", .flags = REM_F_DERIVED,
		  .calc = fcs_status, REM_NAMED(.names = &rem_sum_names)),
};

static const struct rem_table ethernet_tables[] = {
	[TABLE_II] = REM_TABLE("Ethernet II", ethernet_ii_fields, .flags = REM_TABLE_ONCE),
	[TABLE_802_3] = REM_TABLE("IEEE 802.3", ethernet_802_3_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NEITHER] = REM_TABLE("Ethernet", ethernet_neither_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PADDING] = REM_TABLE("Padding", padding_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TRAILER] = REM_TABLE("Trailer", trailer_fields, .flags = REM_TABLE_ONCE),
	[TABLE_FCS] = REM_TABLE("FCS", fcs_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind ethernet_binds[] = {
	{REM_SPACE_LINKTYPE, 1},                        /* LINKTYPE_ETHERNET */
	{REM_SPACE_ETHERTYPE, REM_ETHERTYPE_TEB},
	{REM_SPACE_IP, 143},                            /* RFC 8986 10.1 */
};
/* clang-format on */

int rem_ethernet_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_ETH_HEADER ? v.cap : REM_ETH_HEADER};
	h->payload = rem_view_skip(v, h->len);
	if (v.cap < REM_ETH_HEADER)
		return rem_lack(v, REM_ETH_HEADER);
	const uint32_t type = rem_get(v.p, REM_ETH_TYPE);
	if (type == 0 || type >= REM_ETH_MIN_TYPE)
		return REM_OK;
	h->bad = REM_ETH_TYPE;
	if (type > REM_ETH_MAX_LENGTH)
		return REM_FIELD;
	if (type > h->payload.wire)
		return REM_LENGTH;
	h->bad = 0;
	h->payload = rem_view_first(h->payload, type);
	return REM_OK;
}

/* Cisco's ISL puts a header of its own in front, which begins with this "address". */
static bool is_isl(const uint8_t *p, uint32_t type)
{
	return type <= REM_ETH_MAX_LENGTH && (p[0] == 0x01 || p[0] == 0x0c) &&
	       rem_be32(p + 1) == 0x000c0000;
}

/* The number behind the addresses is no EtherType, but a length or neither of the two. */
REM_APART int decode_length(struct rem_breakdown *b, struct rem_view v, uint32_t type)
{
	const bool is_length = type <= REM_ETH_MAX_LENGTH;
	struct rem_head h;
	const int err = rem_ethernet_check(v, &h);

	if (is_isl(v.p, type))
		return REM_MISS;
	struct rem_part *part = rem_push(b, is_length ? TABLE_802_3 : TABLE_NEITHER, v.p, h.len);
	if (err != REM_OK)
		rem_fault(part, err, h.bad);
	rem_keep(b, rem_view_skip(v, h.len + h.payload.cap));
	if (!is_length)
		rem_next(b, REM_SPACE_ETHERTYPE, type, h.payload);
	else if (rem_is_novell_raw(h.payload))
		rem_next_data(b, h.payload);
	else
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_LLC, h.payload);
	return (int)v.cap;
}

static int ethernet_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < REM_ETH_HEADER)
		return REM_MISS;
	const uint32_t type = rem_get(v.p, REM_ETH_TYPE);
	if (type != 0 && type < REM_ETH_MIN_TYPE)
		return decode_length(b, v, type);
	rem_open(b, ethernet_tables, TABLE_II, v.p, REM_ETH_HEADER);
	rem_next(b, REM_SPACE_ETHERTYPE, type, rem_view_skip(v, REM_ETH_HEADER));
	return (int)v.cap;
}

static bool fcs_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	(void)b, (void)row;
	v->u = REM_SUM_UNVERIFIED;
	return true;
}

/* Padding, then a trailer; the last four bytes of a frame of at least 64 may be its FCS. */
static void ethernet_trailer(struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_view rest = rem_push_padding(b, TABLE_PADDING, v);
	const bool outermost = rem_layer_above(b, &b->part[b->layer]) == NULL;
	const bool has_fcs = outermost && rest.wire >= ETH_FCS &&
			     rem_offset(b, rest.p) + rest.wire >= REM_ETH_LEAST + ETH_FCS;
	const struct rem_view trailer = rem_view_first(rest, rest.wire - (has_fcs ? ETH_FCS : 0));

	if (trailer.cap > 0)
		rem_push(b, TABLE_TRAILER, trailer.p, trailer.cap);
	if (has_fcs && rest.cap == rest.wire)
		rem_push(b, TABLE_FCS, rest.p + trailer.cap, ETH_FCS);
}

const struct rem_proto rem_proto_ethernet = {
	.table = ethernet_tables, .tables = REM_COUNT(ethernet_tables),
	.bind = ethernet_binds, .binds = REM_COUNT(ethernet_binds),
	.decode = ethernet_decode, .trailer = ethernet_trailer,
	.spaces = 1 << REM_SPACE_ETHERTYPE, .flags = REM_PROTO_TUNNEL,
	.source = ROW_SRC, .destination = ROW_DST,
	REM_PROTO_NAMES("eth", "Ethernet", "Ethernet", "IEEE 802.3"),
};

static void ethernet_line(const struct rem_breakdown *b, const struct rem_part *layer,
			  struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	const uint32_t type = rem_get(p, REM_ETH_TYPE);
	if (type != 0 && type <= REM_ETH_MAX_LENGTH) {
		rem_out_str(out, "802.3, ");
		rem_out_uint(out, type);
		rem_out_str(out, " bytes");
		return;
	}
	const char *name = rem_name_of(&rem_ethertype_names, type);
	rem_out_str(out, name != NULL ? name : "EtherType");
	rem_out_str(out, " 0x");
	rem_out_hex(out, type, 4);
}

rem_info *const rem_info_ethernet = ethernet_line;
