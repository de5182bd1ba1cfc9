/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * UDP-Lite: RFC 3828 3. The header is UDP's, with the bytes that the checksum covers in place of the
 * length.
 */
#include "core/decode.h"
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/text.h>
#include <remora/udp.h>

enum { TABLE_HEADER, TABLE_PAYLOAD, PORTS = 4, COVERAGE = REM_UDP_LENGTH };

static rem_calc datagram_length, sum_verified, sum_illegal;

/* clang-format off */
static const struct rem_field udplite_fields[] = {
	REM_FIELD(REM_UDP_SRC, "udp.srcport", "Source port", UINT, DEC, PORT, "RFC 3828 3.1",
		  "Port of the sender.", .flags = REM_F_NAMED, REM_NAMED(.names = &rem_port_names)),
	REM_FIELD(REM_UDP_SRC, "udp.port", "Port", UINT, DEC, NONE, "RFC 3828 3.1",
		  "Either port.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_UDP_DST, "udp.dstport", "Destination port", UINT, DEC, PORT, "RFC 3828 3.1",
		  "Port of the receiver.", .flags = REM_F_NAMED, REM_NAMED(.names = &rem_port_names)),
	REM_FIELD(REM_UDP_DST, "udp.port", "Port", UINT, DEC, NONE, "RFC 3828 3.1",
		  "Either port.", .flags = REM_F_ALIAS),
	REM_FIELD(COVERAGE, "udp.checksum_coverage", "Checksum coverage", UINT, DEC, SIZE, "RFC 3828 3.1",
		  "Bytes that the checksum is over; 0: all.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_BITS(0, 0), "udp.length", "Length", UINT, DEC, SIZE, "RFC 3828 3",
		  "Length of header and payload, by the IP layer.", .flags = REM_F_DERIVED, .calc = datagram_length,
		  REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_UDP_SUM, "udp.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 3828 3.1",
		  "One's complement sum of pseudo header and what is covered."),
	REM_FIELD(REM_UDP_SUM, "udplite.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 3828 3.1",
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_verified,
		  REM_NAMED(.names = &rem_sum_names)),
	REM_FIELD(REM_UDP_SUM, "udp.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 3828 3.1",
		  "Wireshark verifies none, but knows that 0 may not be.", .flags = REM_F_DERIVED | REM_F_HIDDEN,
		  .calc = sum_illegal, REM_NAMED(.names = &rem_sum_names)),
};

static const struct rem_field payload_fields[] = {
	REM_FIELD(REM_REST(0), "udp.payload", "Payload", BYTES, HEX, PAYLOAD, "RFC 3828 3",
		  "What the datagram carries.", .flags = REM_F_HIDDEN),
};

static const struct rem_table udplite_tables[] = {
	[TABLE_HEADER] = REM_TABLE("UDP-Lite", udplite_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PAYLOAD] = REM_TABLE("Payload", payload_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind udplite_binds[] = { {REM_SPACE_IP, REM_IP_UDPLITE} };
/* clang-format on */

static int udplite_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < PORTS)
		return REM_MISS;
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p,
					 v.cap < REM_UDP_HEADER ? v.cap : REM_UDP_HEADER);
	if (v.cap < REM_UDP_HEADER) {
		rem_fault(part, rem_lack(v, REM_UDP_HEADER), 0);
		return (int)v.cap;
	}
	const uint32_t covered = rem_get(v.p, COVERAGE);
	const struct rem_view payload = rem_view_skip(v, REM_UDP_HEADER);
	if ((covered != 0 && covered < REM_UDP_HEADER) || covered > v.wire)
		rem_fault(part, REM_LENGTH, COVERAGE);
	if (payload.cap == 0)
		return (int)v.cap;
	if (rem_closely(b))
		rem_push_row(b, TABLE_PAYLOAD, 0, payload.p, payload.cap);
	rem_next_ports(b, REM_SPACE_UDP, rem_get(v.p, REM_UDP_SRC), rem_get(v.p, REM_UDP_DST),
		       payload);
	return (int)v.cap;
}

/* The pseudo header counts the whole datagram, the sum runs over what is covered. */
static enum rem_sum_status udplite_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_view v;

	if (part->len < REM_UDP_HEADER)
		return REM_SUM_UNVERIFIED;
	const uint32_t stored = rem_get(rem_part_bytes(b, part), REM_UDP_SUM);
	if (stored == 0)
		return REM_SUM_ILLEGAL;
	if (!rem_segment(b, part, &v))
		return REM_SUM_UNVERIFIED;
	uint32_t covered = rem_get(v.p, COVERAGE);
	if (covered == 0)
		covered = v.wire;
	if (covered > v.cap || v.wire == REM_UNKNOWN)
		return REM_SUM_UNVERIFIED;
	const struct rem_view bytes = {v.p, covered, covered};
	uint32_t expected;
	if (!rem_pseudo_sum(b, part, bytes, REM_IP_UDPLITE + v.wire - covered, stored, &expected))
		return REM_SUM_UNVERIFIED;
	return expected == stored ? REM_SUM_GOOD : REM_SUM_BAD;
}

static bool datagram_length(const struct rem_breakdown *b, const struct rem_row *row,
			    struct rem_value *v)
{
	struct rem_view segment;

	if (row->part->len < 6 || !rem_segment(b, row->part, &segment))
		return false;
	v->u = segment.wire;
	return true;
}

static bool sum_verified(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	v->u = rem_sum_key(udplite_sum(b, row->part));
	return true;
}

static bool sum_illegal(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	(void)b, (void)row;
	v->u = v->u == 0 ? REM_SUM_ILLEGAL : REM_SUM_UNVERIFIED;
	return true;
}

const struct rem_proto rem_proto_udplite = {
	.table = udplite_tables,
	.tables = REM_COUNT(udplite_tables),
	.bind = udplite_binds,
	.binds = REM_COUNT(udplite_binds),
	.decode = udplite_decode,
	.sum = udplite_sum,
	.spaces = 1 << REM_SPACE_UDP,
	REM_PROTO_NAMES("udplite", "UDP-Lite", "Lightweight User Datagram Protocol", "RFC 3828"),
};

/* "1024 → 53 covers 8" */
static void udplite_line(const struct rem_breakdown *b, const struct rem_part *layer,
			 struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	rem_out_uint(out, rem_get(p, REM_UDP_SRC));
	rem_out_str(out, " → ");
	rem_out_uint(out, rem_get(p, REM_UDP_DST));
	if (layer->len < REM_UDP_HEADER)
		return;
	rem_out_str(out, " covers ");
	if (rem_get(p, COVERAGE) == 0)
		rem_out_str(out, "all");
	else
		rem_out_uint(out, rem_get(p, COVERAGE));
}

rem_info *const rem_info_udplite = udplite_line;
