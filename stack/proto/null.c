/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * BSD loopback: LINKTYPE_NULL, whose protocol family has the byte order of who captured it, and
 * LINKTYPE_LOOP, which is in network byte order. https://www.tcpdump.org/linktypes.html
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            Family                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	NULL_FAMILY = REM_BYTES(0, 4),

	NULL_HEADER = 4,                /* bytes */
	PPP_ADDRESS = 0xff03,           /* old captures have PPP frames instead */
};

/* AF_ numbers: that of IPv6 differs from BSD to BSD. */
enum { AF_IPV4 = 2, AF_IPV6_BSD = 24, AF_IPV6_FREEBSD = 28, AF_IPV6_DARWIN = 30 };

enum { TABLE_FAMILY, TABLE_TYPE, TABLE_LOOP, TABLE_REST };

static rem_calc any_order;

/* clang-format off */
REM_NAMES(family_names, {2, "IPv4"}, {7, "OSI"}, {23, "IPX"}, {24, "IPv6"}, {28, "IPv6"}, {30, "IPv6"});

static const struct rem_field family_fields[] = {
	REM_FIELD(NULL_FAMILY, "null.family", "Family", UINT, DEC, PROTO, "LINKTYPE_NULL",
		  "The protocol of the payload.", .calc = any_order, REM_NAMED(.names = &family_names)),
};
static const struct rem_field type_fields[] = {
	REM_FIELD(NULL_FAMILY, "null.type", "Type", UINT, HEX, PROTO, "LINKTYPE_NULL",
		  "An EtherType where a family should be.", .calc = any_order,
		  REM_NAMED(.names = &rem_ethertype_names)),
};
static const struct rem_field loop_fields[] = {
	REM_FIELD(NULL_FAMILY, "null.family", "Family", UINT, DEC, PROTO, "LINKTYPE_LOOP",
		  "The protocol of the payload.", REM_NAMED(.names = &family_names)),
};
static const struct rem_field rest_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "LINKTYPE_NULL", "Bytes that the payload does not count."),
};

static const struct rem_table null_tables[] = {
	[TABLE_FAMILY] = REM_TABLE("Null", family_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TYPE] = REM_TABLE("Null", type_fields, .flags = REM_TABLE_ONCE),
	[TABLE_LOOP] = REM_TABLE("Loop", loop_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REST] = REM_TABLE("Rest", rest_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind null_binds[] = { {REM_SPACE_LINKTYPE, 0} };        /* LINKTYPE_NULL */
static const struct rem_bind loop_binds[] = { {REM_SPACE_LINKTYPE, 108} };      /* LINKTYPE_LOOP */
/* clang-format on */

/*
 * A family is small: where it stands says in which byte order it was written, and whether in two
 * bytes or four. What is no family may be an EtherType.
 */
static uint32_t family_of(const uint8_t *p)
{
	const uint32_t le = (uint32_t)rem_le(p, 4);

	if (le >> 16 == 0)
		return le != 0 && (le & 0xff) == 0 && le < REM_ETH_MIN_TYPE ? le >> 8 : le;
	if (le >> 24 == 0 && le >> 16 < 6)
		return le >> 16;
	return rem_be32(p);
}

static void next_family(struct rem_breakdown *b, uint32_t family, struct rem_view payload)
{
	if (family == AF_IPV4)
		rem_next(b, REM_SPACE_FAMILY, 4, payload);
	else if (family == AF_IPV6_BSD || family == AF_IPV6_FREEBSD || family == AF_IPV6_DARWIN)
		rem_next(b, REM_SPACE_FAMILY, 6, payload);
	else
		rem_next_data(b, payload);
}

static int null_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap >= 2 && rem_be16(v.p) == PPP_ADDRESS) {
		rem_next(b, REM_SPACE_ETHERTYPE, REM_ETHERTYPE_PPP, v);
		return (int)v.cap;
	}
	if (v.cap < NULL_HEADER)
		return REM_MISS;
	const uint32_t family = family_of(v.p);
	const bool is_type = family > REM_ETH_MAX_LENGTH;
	rem_push(b, is_type ? TABLE_TYPE : TABLE_FAMILY, v.p, NULL_HEADER);
	if (is_type)
		rem_next(b, REM_SPACE_ETHERTYPE, family & 0xffff, rem_view_skip(v, NULL_HEADER));
	else
		next_family(b, family, rem_view_skip(v, NULL_HEADER));
	return (int)v.cap;
}

static int loop_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < NULL_HEADER)
		return REM_MISS;
	rem_push(b, TABLE_LOOP, v.p, NULL_HEADER);
	next_family(b, rem_get(v.p, NULL_FAMILY), rem_view_skip(v, NULL_HEADER));
	return (int)v.cap;
}

static bool any_order(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	v->u = family_of(row->base);
	if (row->part->table == TABLE_TYPE)
		v->u &= 0xffff;
	return true;
}

static void null_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_REST, v.p, v.cap);
}

const struct rem_proto rem_proto_null = {
	.table = null_tables, .tables = REM_COUNT(null_tables),
	.bind = null_binds, .binds = REM_COUNT(null_binds),
	.decode = null_decode, .trailer = null_trailer,
	.spaces = 1 << REM_SPACE_FAMILY | 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("null", "Null", "BSD loopback", "LINKTYPE_NULL"),
};

const struct rem_proto rem_proto_loop = {
	.table = null_tables, .tables = REM_COUNT(null_tables),
	.bind = loop_binds, .binds = REM_COUNT(loop_binds),
	.decode = loop_decode, .trailer = null_trailer, .spaces = 1 << REM_SPACE_FAMILY,
	REM_PROTO_NAMES("null", "Loop", "OpenBSD loopback", "LINKTYPE_LOOP"),
};

static void null_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	rem_out_str(out, "family ");
	rem_out_uint(out, layer->table == TABLE_LOOP ? rem_be32(p) : family_of(p));
}

rem_info *const rem_info_null = null_line;
rem_info *const rem_info_loop = null_line;
