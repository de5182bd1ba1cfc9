/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What captures of Linux's "any" interface have for a link layer: LINKTYPE_LINUX_SLL and
 * LINKTYPE_LINUX_SLL2. The headers' diagrams and handles stand in remora/sll.h.
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/sll.h>
#include <remora/text.h>

/* Where what varies begins, in bytes. */
enum {
	ADDRESS_AT = REM_OFF(REM_SLL_ADDRESS) / 8,
	PROTO_AT = REM_OFF(REM_SLL_PROTOCOL) / 8,
	ADDRESS_AT_2 = REM_OFF(REM_SLL2_ADDRESS) / 8,
	PROTO_AT_2 = REM_OFF(REM_SLL2_PROTOCOL) / 8,
};

enum { TABLE_SLL, TABLE_SLL2, TABLE_FIELD, TABLE_PADDING, TABLE_TRAILER };
enum {
	FIELD_MAC, FIELD_IPV4, FIELD_OTHER, FIELD_UNUSED, FIELD_LTYPE, FIELD_ETYPE, FIELD_GRETYPE,
};

/* clang-format off */
REM_NAMES(packet_names, {0, "to us"}, {1, "broadcast"}, {2, "multicast"}, {3, "to somebody else"},
	  {4, "from us"});

#define PACKET(bits) \
	REM_FIELD(bits, "sll.pkttype", "Packet type", UINT, DEC, TYPE, "LINKTYPE_LINUX_SLL", \
		  "Who the packet was for.", .flags = REM_F_LABEL, REM_NAMED(.names = &packet_names))
#define HARDWARE(bits) \
	REM_FIELD(bits, "sll.hatype", "Hardware type", UINT, DEC, NONE, "LINKTYPE_LINUX_SLL", \
		  "ARPHRD_ type of the interface.", REM_NAMED(.names = &rem_hardware_names))
#define LENGTH(bits) \
	REM_FIELD(bits, "sll.halen", "Address length", UINT, DEC, SIZE, "LINKTYPE_LINUX_SLL", \
		  "Length of the sender's address.", REM_NAMED(.unit = "bytes"))

static const struct rem_field sll_fields[] = { PACKET(REM_SLL_PACKET), HARDWARE(REM_SLL_HARDWARE), LENGTH(REM_SLL_LENGTH) };
static const struct rem_field sll2_fields[] = {
	REM_FIELD(REM_SLL2_RESERVED, NULL, "Reserved", UINT, HEX, RESERVED, "LINKTYPE_LINUX_SLL2",
		  "Must be zero."),
	REM_FIELD(REM_SLL2_INDEX, "sll.ifindex", "Interface index", UINT, DEC, ID, "LINKTYPE_LINUX_SLL2",
		  "Number of the interface."),
	HARDWARE(REM_SLL2_HARDWARE),
	PACKET(REM_SLL2_PACKET),
	LENGTH(REM_SLL2_LENGTH),
};
static const struct rem_field field_fields[] = {
	[FIELD_MAC] = REM_FIELD(REM_BYTES(0, 6), "sll.src.eth", "Source", MAC, HEX, SOURCE, "LINKTYPE_LINUX_SLL",
		"Address of the sender."),
	[FIELD_IPV4] = REM_FIELD(REM_BYTES(0, 4), "sll.src.ipv4", "Source", IPV4, DEC, SOURCE, "LINKTYPE_LINUX_SLL",
		"Address of the sender."),
	[FIELD_OTHER] = REM_FIELD(REM_REST(0), "sll.src.other", "Source", BYTES, HEX, SOURCE, "LINKTYPE_LINUX_SLL",
		"Address of the sender."),
	[FIELD_UNUSED] = REM_FIELD(REM_REST(0), "sll.unused", "Unused", BYTES, HEX, RESERVED, "LINKTYPE_LINUX_SLL",
		"Room for longer addresses."),
	[FIELD_LTYPE] = REM_FIELD(REM_BYTES(0, 2), "sll.ltype", "Protocol", UINT, HEX, PROTO, "LINKTYPE_LINUX_SLL",
		"What Linux calls a protocol that has no EtherType."),
	[FIELD_ETYPE] = REM_FIELD(REM_BYTES(0, 2), "sll.etype", "Protocol", UINT, HEX, PROTO, "LINKTYPE_LINUX_SLL",
		"EtherType: the protocol of the payload.", REM_NAMED(.names = &rem_ethertype_names)),
	[FIELD_GRETYPE] = REM_FIELD(REM_BYTES(0, 2), "sll.gretype", "Protocol", UINT, HEX, PROTO, "LINKTYPE_LINUX_SLL",
		"EtherType: the protocol of the payload.", REM_NAMED(.names = &rem_ethertype_names)),
};
static const struct rem_field padding_fields[] = {
	REM_FIELD(REM_REST(0), "eth.padding", "Padding", BYTES, HEX, PAYLOAD, "IEEE 802.3 3.2.8",
		  "Fills a frame up to 60 bytes."),
};
static const struct rem_field trailer_fields[] = {
	REM_FIELD(REM_REST(0), "sll.trailer", "Trailer", BYTES, HEX, PAYLOAD, "LINKTYPE_LINUX_SLL",
		  "Bytes behind the payload that are not padding."),
};

static const struct rem_table sll_tables[] = {
	[TABLE_SLL] = REM_TABLE("Linux cooked", sll_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SLL2] = REM_TABLE("Linux cooked 2", sll2_fields, .flags = REM_TABLE_ONCE),
	[TABLE_FIELD] = REM_TABLE("Linux cooked", field_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PADDING] = REM_TABLE("Padding", padding_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TRAILER] = REM_TABLE("Trailer", trailer_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind sll_binds[] = { {REM_SPACE_LINKTYPE, 113} };       /* LINKTYPE_LINUX_SLL */
static const struct rem_bind sll2_binds[] = { {REM_SPACE_LINKTYPE, 276} };      /* LINKTYPE_LINUX_SLL2 */
/* clang-format on */

/* The address and the rest of its room, as far as they are here. */
static void push_address(struct rem_breakdown *b, struct rem_view v, uint32_t at, uint32_t length)
{
	const uint32_t n = length < REM_SLL_ROOM ? length : REM_SLL_ROOM;
	const unsigned row = length == 6 ? FIELD_MAC : length == 4 ? FIELD_IPV4 : FIELD_OTHER;

	if (n > 0 && v.cap >= at + n)
		rem_push_row(b, TABLE_FIELD, row, v.p + at, n);
	if (n < REM_SLL_ROOM && v.cap >= at + REM_SLL_ROOM)
		rem_push_row(b, TABLE_FIELD, FIELD_UNUSED, v.p + at + n, REM_SLL_ROOM - n);
}

/* The protocol of the payload, and where the walk goes with it. */
static void push_proto(struct rem_breakdown *b, struct rem_view v, uint32_t at, uint32_t hardware,
		       struct rem_view payload)
{
	const uint32_t type = rem_be16(v.p + at);
	const bool is_type = type >= REM_ETH_MIN_TYPE;

	rem_push_row(b, TABLE_FIELD,
		     hardware == REM_SLL_GRE ? FIELD_GRETYPE
		     : is_type                ? FIELD_ETYPE
					      : FIELD_LTYPE,
		     v.p + at, 2);
	if (is_type || type == REM_ETHERTYPE_LLC)
		rem_next(b, REM_SPACE_ETHERTYPE, type, payload);
	else if (type == REM_SLL_ETHERNET)
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_TEB, payload);
	else if (type == REM_SLL_PPP)
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPP, payload);
	else
		rem_next_data(b, payload);
}

static int sll_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < ADDRESS_AT || rem_get(v.p, REM_SLL_HARDWARE) == REM_SLL_NETLINK)
		return REM_MISS;
	struct rem_part *part = rem_push(b, TABLE_SLL, v.p, ADDRESS_AT);
	push_address(b, v, ADDRESS_AT, rem_get(v.p, REM_SLL_LENGTH));
	if (v.cap < REM_SLL_HEADER)
		rem_fault(part, rem_lack(v, REM_SLL_HEADER), 0);
	else
		push_proto(b, v, PROTO_AT, rem_get(v.p, REM_SLL_HARDWARE),
			   rem_view_skip(v, REM_SLL_HEADER));
	return (int)v.cap;
}

static int sll2_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < ADDRESS_AT_2 || rem_get(v.p, REM_SLL2_HARDWARE) == REM_SLL_NETLINK)
		return REM_MISS;
	const bool whole = v.cap >= REM_SLL2_HEADER;
	struct rem_part *part = rem_push(b, TABLE_SLL2, v.p, ADDRESS_AT_2);
	push_proto(b, v, PROTO_AT_2, rem_get(v.p, REM_SLL2_HARDWARE),
		   rem_view_skip(v, whole ? REM_SLL2_HEADER : v.cap));
	push_address(b, v, ADDRESS_AT_2, rem_get(v.p, REM_SLL2_LENGTH));
	if (!whole)
		rem_fault(part, rem_lack(v, REM_SLL2_HEADER), 0);
	return (int)v.cap;
}

static void sll_trailer(struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_view rest = rem_push_padding(b, TABLE_PADDING, v);

	if (rest.cap > 0)
		rem_push(b, TABLE_TRAILER, rest.p, rest.cap);
}

const struct rem_proto rem_proto_sll = {
	.table = sll_tables, .tables = REM_COUNT(sll_tables),
	.bind = sll_binds, .binds = REM_COUNT(sll_binds),
	.decode = sll_decode, .trailer = sll_trailer, .spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("sll", "SLL", "Linux cooked capture", "LINKTYPE_LINUX_SLL"),
};

const struct rem_proto rem_proto_sll2 = {
	.table = sll_tables, .tables = REM_COUNT(sll_tables),
	.bind = sll2_binds, .binds = REM_COUNT(sll2_binds),
	.decode = sll2_decode, .trailer = sll_trailer, .spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("sll", "SLL2", "Linux cooked capture, version 2", "LINKTYPE_LINUX_SLL2"),
};

static void sll_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const bool first = layer->table == TABLE_SLL;
	const uint32_t type = rem_get(p, first ? REM_SLL_PACKET : REM_SLL2_PACKET);
	const char *name = REM_NAME_OF(packet_names, type);

	rem_out_str(out, name != NULL ? name : "packet type ");
	if (name == NULL)
		rem_out_uint(out, type);
	rem_out_str(out, ", hardware type ");
	rem_out_uint(out, rem_get(p, first ? REM_SLL_HARDWARE : REM_SLL2_HARDWARE));
}

rem_info *const rem_info_sll = sll_line;
rem_info *const rem_info_sll2 = sll_line;
