/* SPDX-License-Identifier: BSD-3-Clause */
/* HMAC by RFC 4231, AES by FIPS 197, GCM by its authors' test cases: known answers. */
#include <remora/crypt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define SPAN(bytes) ((struct rem_span){(const uint8_t *)(bytes), sizeof(bytes) - 1})

static void macs(void **state)
{
	static const struct {
		struct rem_span key, text;
		const char *mac;
	} known[] = {
		{SPAN("Jefe"), SPAN("what do ya want for nothing?"),
		 "\x5b\xdc\xc1\x46\xbf\x60\x75\x4e\x6a\x04\x24\x26\x08\x95\x75\xc7"
		 "\x5a\x00\x3f\x08\x9d\x27\x39\x83\x9d\xec\x58\xb9\x64\xec\x38\x43"},
		{SPAN("\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b"),
		 SPAN("Hi There"),
		 "\xb0\x34\x4c\x61\xd8\xdb\x38\x53\x5c\xa8\xaf\xce\xaf\x0b\xf1\x2b"
		 "\x88\x1d\xc2\x00\xc9\x83\x3d\xa7\x26\xe9\x37\x6c\x2e\x32\xcf\xf7"},
	};
	uint8_t mac[REM_MAC];

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		rem_hmac(known[i].key, known[i].text, mac);
		assert_memory_equal(mac, known[i].mac, REM_MAC);
	}
}

/* Texts that end where blocks do, and beside it, and a key of a whole block; the first 8 bytes by another program. */
static void where_blocks_end(void **state)
{
	static const struct {
		uint32_t n;
		const char *mac;
	} known[] = {
		{0, "\xdb\x2c\xf9\x3f\x63\x3f\xcd\xfd"},
		{54, "\x04\x8d\xcc\x5d\x9c\x5c\x92\xf6"},
		{55, "\xe8\x40\x79\x30\x55\x03\x43\x6b"},
		{56, "\x9f\xf4\xe3\x20\x80\xc0\x8d\x5e"},
		{63, "\xdb\x8d\xff\xc7\xb9\xe1\xa7\x2e"},
		{64, "\x21\x6f\x55\x4c\x32\x9a\x69\xbb"},
		{65, "\xc1\xe6\xd2\x59\x01\x18\x9e\xab"},
		{119, "\xba\xb4\x95\x5e\x57\x59\x63\x0f"},
		{120, "\xfb\xdb\xd3\x3c\xed\x0d\x19\xf5"},
		{200, "\x3b\x6b\x38\x07\x73\xe9\xbb\xec"},
	};
	uint8_t key[64], text[200], mac[REM_MAC];

	(void)state;
	memset(key, 0xaa, sizeof(key));
	memset(text, 0xdd, sizeof(text));
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		rem_hmac((struct rem_span){key, sizeof(key)}, (struct rem_span){text, known[i].n},
			 mac);
		assert_memory_equal(mac, known[i].mac, 8);
	}
}

/* FIPS 197, appendix B. */
static void a_block(void **state)
{
	struct rem_aes aes;
	uint8_t out[REM_AES_BLOCK];

	(void)state;
	rem_aes_init(&aes,
		     (const uint8_t
			      *)"\x2b\x7e\x15\x16\x28\xae\xd2\xa6\xab\xf7\x15\x88\x09\xcf\x4f\x3c");
	rem_aes_encrypt(
		&aes,
		(const uint8_t *)"\x32\x43\xf6\xa8\x88\x5a\x30\x8d\x31\x31\x98\xa2\xe0\x37\x07\x34",
		out);
	assert_memory_equal(out, "\x39\x25\x84\x1d\x02\xdc\x09\xfb\xdc\x11\x85\x97\x19\x6a\x0b\x32",
			    16);
}

/* Test cases 1, 3 and 4 of "The Galois/Counter Mode of Operation" (McGrew and Viega), appendix B. */
static void tags(void **state)
{
	static const char key[] =
		"\xfe\xff\xe9\x92\x86\x65\x73\x1c\x6d\x6a\x8f\x94\x67\x30\x83\x08";
	static const char nonce[] = "\xca\xfe\xba\xbe\xfa\xce\xdb\xad\xde\xca\xf8\x88";
	static const char text[] =
		"\x42\x83\x1e\xc2\x21\x77\x74\x24\x4b\x72\x21\xb7\x84\xd0\xd4\x9c\xe3\xaa\x21\x2f\x2c\x02\xa4\xe0"
		"\x35\xc1\x7e\x23\x29\xac\xa1\x2e\x21\xd5\x14\xb2\x54\x66\x93\x1c\x7d\x8f\x6a\x5a\xac\x84\xaa\x05"
		"\x1b\xa3\x0b\x39\x6a\x0a\xac\x97\x3d\x58\xe0\x91\x47\x3f\x59\x85";
	static const char head[] =
		"\xfe\xed\xfa\xce\xde\xad\xbe\xef\xfe\xed\xfa\xce\xde\xad\xbe\xef\xab\xad\xda\xd2";
	const struct rem_span texts = SPAN(text), heads = SPAN(head);
	uint8_t zeros[16] = {0}, tag[REM_AES_BLOCK];
	struct rem_gcm gcm;

	(void)state;
	rem_gcm_init(&gcm, zeros);
	rem_gcm_tag(&gcm, zeros, tag);
	assert_memory_equal(tag, "\x58\xe2\xfc\xce\xfa\x7e\x30\x61\x36\x7f\x1d\x57\xa4\xe7\x45\x5a",
			    16);

	rem_gcm_init(&gcm, (const uint8_t *)key);
	rem_gcm_text(&gcm, texts);
	rem_gcm_tag(&gcm, (const uint8_t *)nonce, tag);
	assert_memory_equal(tag, "\x4d\x5c\x2a\xf3\x27\xcd\x64\xa6\x2c\xf3\x5a\xbd\x2b\xa6\xfa\xb4",
			    16);

	rem_gcm_init(&gcm, (const uint8_t *)key); /* in pieces, and not a whole number of blocks */
	rem_gcm_head(&gcm, (struct rem_span){heads.p, 3});
	rem_gcm_head(&gcm, (struct rem_span){heads.p + 3, heads.n - 3});
	rem_gcm_text(&gcm, (struct rem_span){texts.p, 17});
	rem_gcm_text(&gcm, (struct rem_span){texts.p + 17, texts.n - 17 - 4});
	rem_gcm_tag(&gcm, (const uint8_t *)nonce, tag);
	assert_memory_equal(tag, "\x5b\xc9\x4f\xbc\x32\x21\xa5\xdb\x94\xfa\xe9\x5a\xe7\x12\x1a\x47",
			    16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(macs),
		cmocka_unit_test(where_blocks_end),
		cmocka_unit_test(a_block),
		cmocka_unit_test(tags),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
