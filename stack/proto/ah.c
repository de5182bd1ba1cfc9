/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Authentication Header: RFC 4302 2.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Next Header   |  Payload Len  |          RESERVED             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                 Security Parameters Index (SPI)               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Sequence Number Field                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                Integrity Check Value-ICV (variable)           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#include "core/decode.h"
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	AH_NEXT = REM_BITS(0, 8),
	AH_LENGTH = REM_BITS(8, 8),             /* 32-bit words, without the first two */
	AH_RESERVED = REM_BITS(16, 16),
	AH_SPI = REM_BITS(32, 32),
	AH_SEQUENCE = REM_BITS(64, 32),

	AH_FIXED = 12,                          /* bytes */
};

/* clang-format off */
static const struct rem_field ah_fields[] = {
	REM_FIELD(AH_NEXT, "ah.next_header", "Next header", UINT, DEC, PROTO, "RFC 4302 2.1",
		  "The protocol of what follows.", REM_NAMED(.names = &rem_ip_proto_names)),
	REM_FIELD(AH_LENGTH, "ah.length", "Length", UINT, DEC, SIZE, "RFC 4302 2.2",
		  "Length of the header in 32-bit words, less two.", REM_NAMED(.unit = "x 4 + 8 bytes")),
	REM_FIELD(AH_RESERVED, "ah.reserved", "Reserved", BYTES, HEX, RESERVED, "RFC 4302 2.3",
		  "Must be zero."),
	REM_FIELD(AH_SPI, "ah.spi", "SPI", UINT, HEX, ID, "RFC 4302 2.4",
		  "Names the security association at the receiver."),
	REM_FIELD(AH_SEQUENCE, "ah.sequence", "Sequence number", UINT, DEC, SEQUENCE, "RFC 4302 2.5",
		  "Counts the packets of the security association."),
	REM_FIELD(REM_REST(8 * AH_FIXED), "ah.icv", "ICV", BYTES, HEX, CHECKSUM, "RFC 4302 2.6",
		  "Integrity check value over the packet.", .flags = REM_F_EMPTY),
};

static const struct rem_table ah_tables[] = {
	REM_TABLE("AH", ah_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind ah_binds[] = { {REM_SPACE_IP, REM_IP_AH} };
/* clang-format on */

enum { ROWS_TO_ICV = 5 };

static int ah_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < 2)
		return REM_MISS;
	const uint32_t n = 4 * rem_get(v.p, AH_LENGTH) + 8;
	const uint32_t shown = n < AH_FIXED ? AH_FIXED : n;
	const bool whole = shown <= v.cap;
	struct rem_part *part = rem_push_rows(b, 0, 0, REM_COUNT(ah_fields), v.p,
					      whole ? shown : v.cap);

	if (!whole) {
		part->rows = ROWS_TO_ICV;
		rem_fault(part, rem_lack(v, shown), AH_LENGTH);
		return (int)v.cap;
	}
	if (n < AH_FIXED)
		rem_fault(part, REM_LENGTH, AH_LENGTH);
	rem_next(b, REM_SPACE_IP, rem_get(v.p, AH_NEXT), rem_view_skip(v, n));
	return (int)v.cap;
}

const struct rem_proto rem_proto_ah = {
	.table = ah_tables, .tables = REM_COUNT(ah_tables),
	.bind = ah_binds, .binds = REM_COUNT(ah_binds),
	.decode = ah_decode, .spaces = 1 << REM_SPACE_IP,
	REM_PROTO_NAMES("ah", "AH", "Authentication Header", "RFC 4302"),
};

/* "SPI 0x00000100, sequence 5" */
static void ah_line(const struct rem_breakdown *b, const struct rem_part *layer,
		    struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->len < AH_FIXED) {
		rem_out_str(out, "AH cut short");
		return;
	}
	rem_out_str(out, "SPI 0x");
	rem_out_hex(out, rem_get(p, AH_SPI), 8);
	rem_out_str(out, ", sequence ");
	rem_out_uint(out, rem_get(p, AH_SEQUENCE));
}

rem_info *const rem_info_ah = ah_line;
