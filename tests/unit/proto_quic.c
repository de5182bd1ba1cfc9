/* SPDX-License-Identifier: BSD-3-Clause */
/* QUIC: the packets of RFC 9001 appendix A, version negotiation, several packets of a datagram. */
#include "apart.h"
#include <remora/quic.h>

/* clang-format off */
/* A.2: a client's Initial, of which the ciphertext goes on up to 1200 bytes. */
static const uint8_t client_initial[1200] = {
	0xc0, 0x00, 0x00, 0x00, 0x01, 0x08, 0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08, 0x00, 0x00,
	0x44, 0x9e, 0x7b, 0x9a, 0xec, 0x34, 0xd1, 0xb1, 0xc9, 0x8d, 0xd7, 0x68, 0x9f, 0xb8, 0xec, 0x11,
};
/* A.3 */
static const uint8_t server_initial[] = {
	0xcf, 0x00, 0x00, 0x00, 0x01, 0x00, 0x08, 0xf0, 0x67, 0xa5, 0x50, 0x2a, 0x42, 0x62, 0xb5, 0x00,
	0x40, 0x75, 0xc0, 0xd9, 0x5a, 0x48, 0x2c, 0xd0, 0x99, 0x1c, 0xd2, 0x5b, 0x0a, 0xac, 0x40, 0x6a,
	0x58, 0x16, 0xb6, 0x39, 0x41, 0x00, 0xf3, 0x7a, 0x1c, 0x69, 0x79, 0x75, 0x54, 0x78, 0x0b, 0xb3,
	0x8c, 0xc5, 0xa9, 0x9f, 0x5e, 0xde, 0x4c, 0xf7, 0x3c, 0x3e, 0xc2, 0x49, 0x3a, 0x18, 0x39, 0xb3,
	0xdb, 0xcb, 0xa3, 0xf6, 0xea, 0x46, 0xc5, 0xb7, 0x68, 0x4d, 0xf3, 0x54, 0x8e, 0x7d, 0xde, 0xb9,
	0xc3, 0xbf, 0x9c, 0x73, 0xcc, 0x3f, 0x3b, 0xde, 0xd7, 0x4b, 0x56, 0x2b, 0xfb, 0x19, 0xfb, 0x84,
	0x02, 0x2f, 0x8e, 0xf4, 0xcd, 0xd9, 0x37, 0x95, 0xd7, 0x7d, 0x06, 0xed, 0xbb, 0x7a, 0xaf, 0x2f,
	0x58, 0x89, 0x18, 0x50, 0xab, 0xbd, 0xca, 0x3d, 0x20, 0x39, 0x8c, 0x27, 0x64, 0x56, 0xcb, 0xc4,
	0x21, 0x58, 0x40, 0x7d, 0xd0, 0x74, 0xee,
};
/* A.4 */
static const uint8_t retry[] = {
	0xff, 0x00, 0x00, 0x00, 0x01, 0x00, 0x08, 0xf0, 0x67, 0xa5, 0x50, 0x2a, 0x42, 0x62, 0xb5, 0x74,
	0x6f, 0x6b, 0x65, 0x6e, 0x04, 0xa2, 0x65, 0xba, 0x2e, 0xff, 0x4d, 0x82, 0x90, 0x58, 0xfb, 0x3f,
	0x0f, 0x24, 0x96, 0xba,
};
/* A.5 */
static const uint8_t short_header[] = {
	0x4c, 0xfe, 0x41, 0x89, 0x65, 0x5e, 0x5c, 0xd5, 0x5c, 0x41, 0xf6, 0x90, 0x80, 0x57, 0x5d, 0x79,
	0x99, 0xc2, 0x5a, 0x5b, 0xfb,
};
static const uint8_t negotiation[] = {
	0x9a, 0, 0, 0, 0, 2, 0xaa, 0xbb, 1, 0xcc, 0x00, 0x00, 0x00, 0x01, 0x6b, 0x33, 0x43, 0xcf,
};
/* A Handshake packet of version 2, an Initial with a token, and one with a short header. */
static const uint8_t datagram[] = {
	0xf0, 0x6b, 0x33, 0x43, 0xcf, 1, 0xaa, 0, 0x02, 0x11, 0x22,
	0xc0, 0x00, 0x00, 0x00, 0x01, 1, 0xaa, 0, 0x03, 't', 'o', 'k', 0x40, 0x14,
	0x33, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0x61, 0xaa, 0x55,
};
/* clang-format on */

static void initials(void **state)
{
	struct apart *a = apart(REM_P_QUIC, client_initial, sizeof(client_initial));

	(void)state;
	assert_shows(a, "quic.packet_length", "1200");
	assert_shows(a, "quic.header_form", "1");
	assert_shows(a, "quic.fixed_bit", "1");
	assert_shows(a, "quic.long.packet_type", "0");
	assert_shows(a, "quic.version", "0x00000001");
	assert_shows(a, "quic.dcil", "8");
	assert_shows(a, "quic.dcid", "83:94:c8:f0:3e:51:57:08");
	assert_shows(a, "quic.scil", "0");
	assert_absent(a, "quic.scid");
	assert_shows(a, "quic.token_length", "0");
	assert_shows(a, "quic.length", "1182");
	assert_string_equal(apart_info(a), "Initial, dcid 8394c8f03e515708");
	apart_free(a);
	a = apart(REM_P_QUIC, server_initial, sizeof(server_initial));
	assert_shows(a, "quic.packet_length", "135");
	assert_shows(a, "quic.scid", "f0:67:a5:50:2a:42:62:b5");
	assert_shows(a, "quic.length", "117");
	assert_string_equal(apart_info(a), "Initial, scid f067a5502a4262b5");
	apart_free(a);
}

static void a_retry(void **state)
{
	struct apart *a = apart(REM_P_QUIC, retry, sizeof(retry));

	(void)state;
	assert_shows(a, "quic.long.packet_type", "3");
	assert_shows(a, "quic.retry_token", "74:6f:6b:65:6e");
	assert_shows(a, "quic.retry_integrity_tag",
		     "04:a2:65:ba:2e:ff:4d:82:90:58:fb:3f:0f:24:96:ba");
	assert_absent(a, "quic.fixed_bit");
	apart_free(a);
}

static void a_short_header(void **state)
{
	static const uint8_t other[] = {0x0c, 1, 2};
	struct apart *a = apart(REM_P_QUIC, short_header, sizeof(short_header));

	(void)state;
	assert_shows(a, "quic.header_form", "0");
	assert_shows(a, "quic.fixed_bit", "1");
	assert_shows(a, "quic.spin_bit", "0");
	assert_string_equal(apart_info(a), "Protected Payload");
	apart_free(a);
	a = apart(REM_P_QUIC, other, sizeof(other));    /* without the fixed bit, it is nobody's */
	assert_null(apart_layer(a, REM_P_QUIC));
	apart_free(a);
}

static void a_negotiation(void **state)
{
	struct apart *a = apart(REM_P_QUIC, negotiation, sizeof(negotiation));

	(void)state;
	assert_shows(a, "quic.version", "0x00000000");
	assert_shows(a, "quic.vn.unused", "0x1a");
	assert_shows(a, "quic.scid", "cc");
	assert_string_equal(apart_text(a, "quic.supported_version", 1), "0x6b3343cf");
	apart_free(a);
}

static void several(void **state)
{
	struct apart *a = apart(REM_P_QUIC, datagram, sizeof(datagram));

	(void)state;
	assert_int_equal(apart_count(a, "quic.packet_length"), 3);
	assert_shows(a, "quic.long.packet_type_v2", "3");
	assert_shows(a, "quic.remaining_payload", "11:22");
	assert_shows(a, "quic.long.packet_type", "0");
	assert_shows(a, "quic.token", "74:6f:6b");
	assert_string_equal(apart_text(a, "quic.length", 1), "20");
	assert_shows(a, "quic.spin_bit", "1");
	assert_string_equal(apart_text(a, "quic.dcid", 2), "aa");
	assert_string_equal(apart_text(a, "quic.remaining_payload", 1), "55");
	apart_free(a);
}

/* What does not go to the same connection is no packet, but padding. */
static void padded(void **state)
{
	uint8_t padding[sizeof(datagram)];

	(void)state;
	memcpy(padding, datagram, sizeof(padding));
	padding[sizeof(padding) - 2] ^= 1;
	struct apart *a = apart(REM_P_QUIC, padding, sizeof(padding));
	assert_int_equal(apart_count(a, "quic.packet_length"), 2);
	apart_free(a);
}

static void checks(void **state)
{
	static const uint8_t long_id[] = {0xc0, 0, 0, 0, 1, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0,
					  0,    0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0};
	struct rem_quic q;

	(void)state;
	assert_int_equal(rem_quic_check((struct rem_view){long_id, 30, 30}, &q), REM_FIELD);
	assert_int_equal(rem_quic_check((struct rem_view){retry, 19, 36}, &q), REM_SHORT);
	assert_int_equal(rem_quic_check((struct rem_view){retry, 19, 19}, &q), REM_LENGTH);
	assert_int_equal(rem_quic_check((struct rem_view){client_initial, 1200, 1200}, &q), REM_OK);
	assert_int_equal(q.payload.n, 1182);
}

static void tortured(void **state)
{
	(void)state;
	apart_torture(REM_P_QUIC, server_initial, sizeof(server_initial));
	apart_torture(REM_P_QUIC, retry, sizeof(retry));
	apart_torture(REM_P_QUIC, negotiation, sizeof(negotiation));
	apart_torture(REM_P_QUIC, datagram, sizeof(datagram));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(initials), cmocka_unit_test(a_retry),
		cmocka_unit_test(a_short_header), cmocka_unit_test(a_negotiation),
		cmocka_unit_test(several), cmocka_unit_test(padded), cmocka_unit_test(checks), cmocka_unit_test(tortured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
