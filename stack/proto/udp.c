/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The User Datagram Protocol: RFC 768, and RFC 2675 for lengths that do not fit. The header's
 * diagram and handles stand in remora/udp.h.
 */
#include "core/decode.h"
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/text.h>
#include <remora/udp.h>

enum { TABLE_HEADER, TABLE_PAYLOAD };

static rem_calc sum_status, sum_calculated;

/* clang-format off */
static const struct rem_field udp_fields[] = {
	REM_FIELD(REM_UDP_SRC, "udp.srcport", "Source port", UINT, DEC, PORT, "RFC 768",
		  "Port of the sender.", .flags = REM_F_NAMED, REM_NAMED(.names = &rem_port_names)),
	REM_FIELD(REM_UDP_SRC, "udp.port", "Port", UINT, DEC, NONE, "RFC 768",
		  "Either port.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_UDP_DST, "udp.dstport", "Destination port", UINT, DEC, PORT, "RFC 768",
		  "Port of the receiver.", .flags = REM_F_NAMED, REM_NAMED(.names = &rem_port_names)),
	REM_FIELD(REM_UDP_DST, "udp.port", "Port", UINT, DEC, NONE, "RFC 768",
		  "Either port.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_UDP_LENGTH, "udp.length", "Length", UINT, DEC, SIZE, "RFC 768",
		  "Length of header and payload.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_UDP_SUM, "udp.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 768",
		  "One's complement sum of pseudo header, header and payload."),
	REM_FIELD(REM_UDP_SUM, "udp.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 768",
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status,
		  REM_NAMED(.names = &rem_sum_names)),
	REM_FIELD(REM_UDP_SUM, "udp.checksum_calculated", "Checksum calculated", UINT, HEX, NONE, "RFC 768",
		  "What the checksum should be.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = sum_calculated),
};
enum { ROWS_TO_LENGTH = 5, BYTES_TO_LENGTH = 6, PORTS = 4 };

static const struct rem_field payload_fields[] = {
	REM_FIELD(REM_REST(0), "udp.payload", "Payload", BYTES, HEX, PAYLOAD, "RFC 768",
		  "What the datagram carries.", .flags = REM_F_HIDDEN),
};

static const struct rem_table udp_tables[] = {
	[TABLE_HEADER] = REM_TABLE("UDP", udp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PAYLOAD] = REM_TABLE("Payload", payload_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind udp_binds[] = { {REM_SPACE_IP, REM_IP_UDP} };
/* clang-format on */

int rem_udp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_UDP_HEADER ? v.cap : REM_UDP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	if (v.cap < REM_UDP_HEADER)
		return rem_lack(v, REM_UDP_HEADER);
	const uint32_t n = rem_get(v.p, REM_UDP_LENGTH);
	h->bad = REM_UDP_LENGTH;
	if (n > v.wire)
		return REM_LENGTH;
	if (n == 0 && v.wire <= 0xffff)
		return REM_FIELD;
	if (n != 0 && n < REM_UDP_HEADER) {
		h->payload = rem_view_first(h->payload, 0);
		return REM_LENGTH;
	}
	if (n != 0)
		h->payload = rem_view_first(h->payload, n - REM_UDP_HEADER);
	h->bad = 0;
	return REM_OK;
}

static bool over_ipv6(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_part *ip = rem_carrier(b, part);

	return ip != NULL && ip->proto != REM_P_IPV4;
}

/* Says which decoder gets the payload. */
REM_INLINE int go_on(struct rem_breakdown *b, struct rem_view v, struct rem_view payload)
{
	if (payload.cap == 0)
		return REM_UDP_HEADER;
	if (rem_closely(b))
		rem_push_row(b, TABLE_PAYLOAD, 0, payload.p, v.cap - REM_UDP_HEADER);
	rem_next_ports(b, REM_SPACE_UDP, rem_get(v.p, REM_UDP_SRC), rem_get(v.p, REM_UDP_DST),
		       payload);
	return (int)(REM_UDP_HEADER + payload.cap);
}

/* A header that is cut, or whose length is none. */
REM_APART int decode_odd(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_udp_check(v, &h);

	if (v.cap < PORTS)
		return REM_MISS;
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, h.len);
	if (err != REM_OK)
		rem_fault(part, err, h.bad);
	if (h.len < REM_UDP_HEADER)
		return (int)h.len;
	const uint32_t n = rem_get(v.p, REM_UDP_LENGTH);
	if (n < REM_UDP_HEADER && (n != 0 || !over_ipv6(b, part))) {
		part->rows = ROWS_TO_LENGTH;    /* what follows has neither place nor meaning */
		part->len = BYTES_TO_LENGTH;
		rem_fault(part, REM_LENGTH, REM_UDP_LENGTH);
		rem_next_data(b, rem_view_skip(v, BYTES_TO_LENGTH));
		return (int)v.cap;
	}
	return go_on(b, v, h.payload);
}

static int udp_decode(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t n = v.cap < REM_UDP_HEADER ? 0 : rem_get(v.p, REM_UDP_LENGTH);

	if (n < REM_UDP_HEADER || n > v.wire)
		return decode_odd(b, v);
	rem_open(b, udp_tables, TABLE_HEADER, v.p, REM_UDP_HEADER);
	return go_on(b, v, rem_view_first(rem_view_skip(v, REM_UDP_HEADER), n - REM_UDP_HEADER));
}

/* The bytes that the checksum is over. False: some of the IP payload is missing. */
static bool summed(const struct rem_breakdown *b, const struct rem_part *part, struct rem_view *v)
{
	if (!rem_segment(b, part, v) || v->cap < v->wire)
		return false;
	const uint32_t n = rem_get(v->p, REM_UDP_LENGTH);
	if (n > v->wire)
		return false;
	if (n != 0)
		*v = rem_view_first(*v, n);
	return true;
}

static enum rem_sum_status udp_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_view v;

	if (part->len < REM_UDP_HEADER)
		return REM_SUM_UNVERIFIED;
	const uint32_t stored = rem_get(rem_part_bytes(b, part), REM_UDP_SUM);
	if (stored == 0 && over_ipv6(b, part) && (part->flags & REM_PART_QUOTED) == 0)
		return REM_SUM_ILLEGAL;
	if (stored == 0)
		return REM_SUM_NOT_GIVEN;
	if (rem_get(rem_part_bytes(b, part), REM_UDP_LENGTH) == part->extent)
		return rem_segment_check(b, part, REM_IP_UDP, REM_OFF(REM_UDP_SUM) / 8);
	if (!summed(b, part, &v))
		return REM_SUM_UNVERIFIED;
	return rem_pseudo_check(b, part, v, REM_IP_UDP, stored);
}

static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	v->u = rem_sum_key(udp_sum(b, row->part));
	return true;
}

static bool sum_calculated(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	const uint32_t stored = (uint32_t)v->u;
	struct rem_view bytes;
	uint32_t sum;

	if (stored == 0 || !summed(b, row->part, &bytes) ||
	    !rem_pseudo_sum(b, row->part, bytes, REM_IP_UDP, stored, &sum))
		return false;
	v->u = sum;
	return true;
}

const struct rem_proto rem_proto_udp = {
	.table = udp_tables, .tables = REM_COUNT(udp_tables),
	.bind = udp_binds, .binds = REM_COUNT(udp_binds),
	.decode = udp_decode, .sum = udp_sum, .spaces = 1 << REM_SPACE_UDP,
	REM_PROTO_NAMES("udp", "UDP", "User Datagram Protocol", "RFC 768"),
};

/* "1024 → 53 len 33" */
static void udp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	rem_out_uint(out, rem_get(p, REM_UDP_SRC));
	rem_out_str(out, " → ");
	rem_out_uint(out, rem_get(p, REM_UDP_DST));
	if (layer->len < BYTES_TO_LENGTH) {
		rem_out_str(out, ", header cut short");
		return;
	}
	const uint32_t n = rem_get(p, REM_UDP_LENGTH);
	if (layer->len < REM_UDP_HEADER && n < REM_UDP_HEADER) {
		rem_out_str(out, " bad length ");
		rem_out_uint(out, n);
		return;
	}
	rem_out_str(out, " len ");
	rem_out_uint(out, n < REM_UDP_HEADER ? 0 : n - REM_UDP_HEADER);
}

rem_info *const rem_info_udp = udp_line;
