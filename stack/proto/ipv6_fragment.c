/* SPDX-License-Identifier: BSD-3-Clause */
/* The fragment header of IPv6: RFC 8200 4.5. Its handles stand in remora/ipv6.h. */
#include "core/decode.h"
#include <remora/ipv6.h>
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/text.h>

/* clang-format off */
static const struct rem_field fragment_fields[] = {
	REM_FIELD(REM_IPV6_FRAG_NEXT, "ipv6.fraghdr.nxt", "Next header", UINT, DEC, PROTO, "RFC 8200 4.5",
		  "The protocol that the fragmented part begins with.", REM_NAMED(.names = &rem_ip_proto_names)),
	REM_FIELD(REM_IPV6_FRAG_RESERVED, "ipv6.fraghdr.reserved_octet", "Reserved", UINT, HEX, RESERVED, "RFC 8200 4.5",
		  "Must be zero."),
	REM_FIELD(REM_IPV6_FRAG_OFFSET, "ipv6.fraghdr.offset", "Fragment offset", UINT, DEC, SIZE, "RFC 8200 4.5",
		  "Where in the packet this fragment belongs.", REM_NAMED(.unit = "x 8 bytes")),
	REM_FIELD(REM_IPV6_FRAG_ZEROS, "ipv6.fraghdr.reserved_bits", "Reserved", UINT, DEC, RESERVED, "RFC 8200 4.5",
		  "Must be zero."),
	REM_FIELD(REM_IPV6_FRAG_MORE, "ipv6.fraghdr.more", "More fragments", BOOL, DEC, FLAGS, "RFC 8200 4.5",
		  "This is not the last fragment."),
	REM_FIELD(REM_IPV6_FRAG_ID, "ipv6.fraghdr.ident", "Identification", UINT, HEX, ID, "RFC 8200 4.5",
		  "Tells fragments of one packet from those of another."),
};

static const struct rem_table fragment_tables[] = {
	REM_TABLE("Fragment", fragment_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind fragment_binds[] = { {REM_SPACE_IP, REM_IP_FRAGMENT} };
/* clang-format on */

static int fragment_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < REM_IPV6_FRAG_HEADER)
		return REM_MISS;
	rem_push(b, 0, v.p, REM_IPV6_FRAG_HEADER);
	struct rem_view payload = rem_view_skip(v, REM_IPV6_FRAG_HEADER);
	const uint32_t cap = payload.cap;

	if (rem_get(v.p, REM_IPV6_FRAG_OFFSET) != 0) {
		rem_next_data(b, payload);
	} else {
		if (rem_get(v.p, REM_IPV6_FRAG_MORE))
			payload.wire = REM_UNKNOWN;
		rem_next(b, REM_SPACE_IP, rem_get(v.p, REM_IPV6_FRAG_NEXT), payload);
	}
	return (int)(REM_IPV6_FRAG_HEADER + cap);
}

const struct rem_proto rem_proto_ipv6_fragment = {
	.table = fragment_tables, .tables = REM_COUNT(fragment_tables),
	.bind = fragment_binds, .binds = REM_COUNT(fragment_binds),
	.decode = fragment_decode, .spaces = 1 << REM_SPACE_IP,
	REM_PROTO_NAMES("ipv6.fraghdr", "Fragment", "IPv6 fragment header", "RFC 8200 4.5"),
};

static void fragment_line(const struct rem_breakdown *b, const struct rem_part *layer,
			  struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	rem_out_str(out, "fragment at ");
	rem_out_uint(out, 8 * rem_get(p, REM_IPV6_FRAG_OFFSET));
	rem_out_str(out,
		    rem_get(p, REM_IPV6_FRAG_MORE) ? ", more follow, id 0x" : ", the last, id 0x");
	rem_out_hex(out, rem_get(p, REM_IPV6_FRAG_ID), 8);
}

rem_info *const rem_info_ipv6_fragment = fragment_line;
