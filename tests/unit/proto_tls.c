/* SPDX-License-Identifier: BSD-3-Clause */
/* TLS: records, hellos with their extensions, alerts, and what cannot be read. */
#include "apart.h"
#include <remora/tls.h>

#define TLS(bytes) apart(REM_P_TLS, bytes, sizeof(bytes))

#define RANDOM_32 \
	0x00, 0x00, 0x00, 0x01, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, \
		23, 24, 25, 26, 27, 28, 29, 30, 31, 32

/* clang-format off */
static const uint8_t client_hello[] = {
	0x16, 0x03, 0x01, 0x00, 0x84, 0x01, 0x00, 0x00, 0x80, 0x03, 0x03, RANDOM_32,
	0x02, 0xaa, 0xbb,                                               /* session ID */
	0x00, 0x04, 0x13, 0x01, 0xc0, 0x2f, 0x01, 0x00,                 /* suites, compressions */
	0x00, 0x51,
	0x0a, 0x0a, 0x00, 0x00,                                         /* GREASE */
	0x00, 0x00, 0x00, 0x10, 0x00, 0x0e, 0x00, 0x00, 0x0b,           /* server name */
	'e', 'x', 'a', 'm', 'p', 'l', 'e', '.', 'c', 'o', 'm',
	0x00, 0x0a, 0x00, 0x04, 0x00, 0x02, 0x00, 0x1d,                 /* groups */
	0x00, 0x0d, 0x00, 0x04, 0x00, 0x02, 0x04, 0x03,                 /* signature schemes */
	0x00, 0x10, 0x00, 0x0e, 0x00, 0x0c, 0x02, 'h', '2',             /* ALPN */
	0x08, 'h', 't', 't', 'p', '/', '1', '.', '1',
	0x00, 0x2b, 0x00, 0x03, 0x02, 0x03, 0x04,                       /* versions */
	0x00, 0x33, 0x00, 0x08, 0x00, 0x06, 0x00, 0x1d, 0x00, 0x02, 0x11, 0x22,         /* key share */
	0x00, 0x17, 0x00, 0x00,
};
static const uint8_t server_flight[] = {
	0x16, 0x03, 0x03, 0x00, 0x34, 0x02, 0x00, 0x00, 0x30, 0x03, 0x03, RANDOM_32,
	0x00, 0x13, 0x01, 0x00, 0x00, 0x08,
	0x00, 0x2b, 0x00, 0x02, 0x03, 0x04, 0x00, 0x99,                 /* version; a lie */
	0x14, 0x03, 0x03, 0x00, 0x01, 0x01,
	0x17, 0x03, 0x03, 0x00, 0x03, 0xa1, 0xa2, 0xa3,
	0x17, 0x03, 0x03, 0x00, 0x09, 0xa4,                             /* goes on */
};
/* clang-format on */

static void a_client(void **state)
{
	struct apart *a = TLS(client_hello);

	(void)state;
	assert_shows(a, "tls.record.content_type", "22");
	assert_shows(a, "tls.record.version", "0x0301");
	assert_shows(a, "tls.handshake.type", "1");
	assert_shows(a, "tls.handshake.version", "0x0303");
	assert_shows(a, "tls.handshake.random_time", "1970-01-01T00:00:01.000000000Z");
	assert_shows(a, "tls.handshake.session_id", "aa:bb");
	assert_string_equal(apart_text(a, "tls.handshake.ciphersuite", 1), "0xc02f");
	assert_shows(a, "tls.handshake.comp_method", "0");
	assert_int_equal(apart_count(a, "tls.handshake.extension.type"), 8);
	assert_shows(a, "tls.handshake.extension.data", "");
	assert_shows(a, "tls.handshake.extensions_server_name", "example.com");
	assert_shows(a, "tls.handshake.extensions_supported_group", "0x001d");
	assert_shows(a, "tls.handshake.sig_hash_alg", "0x0403");
	assert_shows(a, "tls.handshake.sig_hash_sig", "3");
	assert_string_equal(apart_text(a, "tls.handshake.extensions_alpn_str", 1), "http/1.1");
	assert_shows(a, "tls.handshake.extensions.supported_version", "0x0304");
	assert_shows(a, "tls.handshake.extensions_key_share_group", "29");
	assert_shows(a, "tls.handshake.extensions_key_share_key_exchange", "11:22");
	assert_string_equal(apart_info(a), "Client Hello, example.com, TLS 1.3, h2");
	for (unsigned i = 0; i < a->b.parts; i++)
		assert_int_equal(a->part[i].err, REM_OK);
	apart_free(a);
}

/* A server that agrees on TLS 1.3 seals what follows, and its random value has no time. */
static void a_server(void **state)
{
	struct apart *a = TLS(server_flight);

	(void)state;
	assert_shows(a, "tls.handshake.ciphersuite", "0x1301");
	assert_shows(a, "tls.handshake.extensions.supported_version", "0x0304");
	assert_absent(a, "tls.handshake.random_time");
	assert_int_equal(apart_count(a, "tls.record"), 3);
	assert_int_equal(apart_count(a, "tls.record.content_type"), 2);
	assert_shows(a, "tls.record.opaque_type", "23");
	assert_shows(a, "tls.change_cipher_spec", "");
	assert_shows(a, "tls.app_data", "a1:a2:a3");
	assert_string_equal(apart_info(a), "Server Hello, TLS 1.3, Change Cipher Spec, "
					   "Application Data 3 bytes, record that goes on");
	apart_free(a);
}

static void alerts(void **state)
{
	static const uint8_t plain[] = {0x15, 3, 3, 0, 2, 2, 40};
	static const uint8_t sealed[] = {0x15, 3, 3, 0, 4, 1, 2, 3, 4};
	struct apart *a = TLS(plain);

	(void)state;
	assert_shows(a, "tls.alert_message.level", "2");
	assert_shows(a, "tls.alert_message.desc", "40");
	assert_string_equal(apart_info(a), "Alert (fatal), Handshake Failure");
	apart_free(a);
	a = TLS(sealed);
	assert_shows(a, "tls.alert_message", "");
	assert_absent(a, "tls.alert_message.level");
	apart_free(a);
}

/* Zeros that count encrypted records look like requests for a hello. */
static void encrypted(void **state)
{
	static const uint8_t counter[] = {0x16, 3, 3, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 14, 9, 9, 9};
	static const uint8_t requests[] = {0x16, 3, 3, 0, 8, 0, 0, 0, 0, 14, 0, 0, 0};
	static const uint8_t fragment[] = {0x16, 3, 3, 0, 5, 11, 0, 0, 9, 1, 0x16, 3,
					   3,	 0, 8, 1, 2, 3,	 4, 5, 6, 7, 8};
	struct apart *a = TLS(counter);

	(void)state;
	assert_int_equal(apart_count(a, "tls.handshake"), 1);
	assert_absent(a, "tls.handshake.type");
	assert_string_equal(apart_info(a), "Encrypted Handshake Message");
	apart_free(a);
	a = TLS(requests);
	assert_int_equal(apart_count(a, "tls.handshake.type"), 2);
	apart_free(a);
	a = TLS(fragment);
	assert_int_equal(apart_count(a, "tls.handshake"), 2);
	assert_absent(a, "tls.handshake.type");
	apart_free(a);
}

static void checks(void **state)
{
	static const uint8_t good[] = {23, 3, 3, 0, 1, 0}, version[] = {23, 3, 4, 0, 1, 0};
	struct rem_head h;

	(void)state;
	assert_int_equal(rem_tls_check((struct rem_view){good, 6, 6}, &h), REM_OK);
	assert_int_equal(h.payload.cap, 1);
	assert_int_equal(rem_tls_check((struct rem_view){good, 5, 6}, &h), REM_SHORT);
	assert_int_equal(rem_tls_check((struct rem_view){good, 3, 3}, &h), REM_SHORT);
	assert_int_equal(rem_tls_check((struct rem_view){version, 6, 6}, &h), REM_FIELD);
	assert_int_equal(h.bad, REM_TLS_VERSION);
	assert_int_equal(rem_tls_check((struct rem_view){(const uint8_t *)"GET / ", 6, 6}, &h),
			 REM_FIELD);
	assert_int_equal(h.bad, REM_TLS_CONTENT);
}

/* A vector that lies hides what it counts, not the extension behind. */
static void lies(void **state)
{
	uint8_t changed[sizeof(client_hello)];
	struct apart *a;

	(void)state;
	memcpy(changed, client_hello, sizeof(changed));
	changed[64] = 0x7f;     /* the list of names */
	a = apart(REM_P_TLS, changed, sizeof(changed));
	assert_shows(a, "tls.handshake.extensions_server_name_list_len", "32526");
	assert_absent(a, "tls.handshake.extensions_server_name");
	assert_shows(a, "tls.handshake.extensions_supported_group", "0x001d");
	apart_free(a);
}

static void tortured(void **state)
{
	(void)state;
	apart_torture(REM_P_TLS, client_hello, sizeof(client_hello));
	apart_torture(REM_P_TLS, server_flight, sizeof(server_flight));
}

/* A segment that begins within a record is TLS by its port, plain text is not. */
static void a_piece(void **state)
{
	static const uint8_t piece[] = {0x83, 'S', 'M', 'T', 'P'};
	struct apart *a = TLS(piece);

	(void)state;
	assert_int_equal(apart_layer(a, REM_P_TLS)->len, sizeof(piece));
	apart_free(a);
	a = apart(REM_P_TLS, piece + 1, 4);
	assert_null(apart_layer(a, REM_P_TLS));
	apart_free(a);
}

/* In the drafts up to the 21st a server's hello goes on with the suite. */
static void a_draft(void **state)
{
	static const uint8_t hello[] = {0x16, 3,         3,    0, 46, 2, 0, 0,    42, 0x7f,
					0x14, RANDOM_32, 0x13, 3, 0,  4, 0, 0x17, 0,  0};
	struct apart *a = TLS(hello);

	(void)state;
	assert_shows(a, "tls.handshake.ciphersuite", "0x1303");
	assert_shows(a, "tls.handshake.extension.type", "23");
	assert_absent(a, "tls.handshake.session_id_length");
	assert_absent(a, "tls.handshake.comp_method");
	apart_free(a);
	apart_torture(REM_P_TLS, hello, sizeof(hello));
}

static void an_encrypted_name(void **state)
{
	static const uint8_t hello[] = {
		0x16, 3, 1, 0, 69, 1, 0, 0, 65, 3, 3, RANDOM_32, 0, 0, 2, 0x13, 1, 1, 0, 0, 22,
		0xff, 0xce, 0, 18, 0x13, 1, 0, 0x1d, 0, 2, 9, 8, 0, 2, 7, 6, 0, 4, 5, 4, 3, 2,
	};
	struct apart *a = TLS(hello);

	(void)state;
	assert_shows(a, "tls.esni.suite", "0x1301");
	assert_shows(a, "tls.handshake.extensions_key_share_group", "29");
	assert_shows(a, "tls.handshake.extensions_key_share_key_exchange", "09:08");
	assert_shows(a, "tls.esni.record_digest", "07:06");
	assert_shows(a, "tls.esni.encrypted_sni", "05:04:03:02");
	apart_free(a);
	apart_torture(REM_P_TLS, hello, sizeof(hello));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_client), cmocka_unit_test(a_piece), cmocka_unit_test(a_server), cmocka_unit_test(alerts),
		cmocka_unit_test(encrypted), cmocka_unit_test(checks), cmocka_unit_test(lies),
		cmocka_unit_test(tortured), cmocka_unit_test(a_draft), cmocka_unit_test(an_encrypted_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
