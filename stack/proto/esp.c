/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The head of Encapsulating Security Payload: RFC 4303 2. What follows it is encrypted.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |               Security Parameters Index (SPI)                 |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sequence Number                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Payload Data (variable) …
 */
#include "core/decode.h"
#include <remora/numbers.h>
#include <remora/text.h>

enum { ESP_SPI = REM_BITS(0, 32), ESP_SEQUENCE = REM_BITS(32, 32), ESP_HEADER = 8 };

/* clang-format off */
static const struct rem_field esp_fields[] = {
	REM_FIELD(ESP_SPI, "esp.spi", "SPI", UINT, HEX, ID, "RFC 4303 2.1",
		  "Names the security association at the receiver."),
	REM_FIELD(ESP_SEQUENCE, "esp.sequence", "Sequence number", UINT, DEC, SEQUENCE, "RFC 4303 2.2",
		  "Counts the packets of the security association."),
	REM_FIELD(REM_REST(8 * ESP_HEADER), NULL, "Encrypted", BYTES, HEX, PAYLOAD, "RFC 4303 2.3",
		  "Payload, padding and check value, which only the key opens."),
};

static const struct rem_table esp_tables[] = {
	REM_TABLE("ESP", esp_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind esp_binds[] = { {REM_SPACE_IP, REM_IP_ESP} };
/* clang-format on */

static int esp_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_part *part = rem_push(b, 0, v.p, v.cap);

	if (v.cap < ESP_HEADER)
		rem_fault(part, rem_lack(v, ESP_HEADER), 0);
	return (int)v.cap;
}

const struct rem_proto rem_proto_esp = {
	.table = esp_tables, .tables = REM_COUNT(esp_tables),
	.bind = esp_binds, .binds = REM_COUNT(esp_binds), .decode = esp_decode,
	REM_PROTO_NAMES("esp", "ESP", "Encapsulating Security Payload", "RFC 4303"),
};

/* "SPI 0x00000100, sequence 5" */
static void esp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->len < ESP_HEADER) {
		rem_out_str(out, "ESP header cut short");
		return;
	}
	rem_out_str(out, "SPI 0x");
	rem_out_hex(out, rem_get(p, ESP_SPI), 8);
	rem_out_str(out, ", sequence ");
	rem_out_uint(out, rem_get(p, ESP_SEQUENCE));
}

rem_info *const rem_info_esp = esp_line;
