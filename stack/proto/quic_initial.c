/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What protects the Initial packets of QUIC, by keys that whoever sees a client's first one can make: RFC 9001 5, of version 2
 * RFC 9369 3.3. The packet's tag is the proof that they are the right ones.
 */
#include "core/decode.h"
#include <remora/crypt.h>
#include <remora/quic.h>

enum { SALT = 20, SAMPLE_AT = 4, TAG = REM_AES_BLOCK, LONGEST_NUMBER = 4, LONGEST_LABEL = 24 };

/* Versions from the first one on, up to the next row's, draw their keys from these. */
static const struct suite {
	uint32_t version;
	uint8_t salt[SALT];
	const char *key, *iv, *hp;
} suites[] = {
	{0xff000017,
	 {0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7,
	  0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02},
	 "quic key", "quic iv", "quic hp"},
	{0xff00001d,
	 {0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97,
	  0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99},
	 "quic key", "quic iv", "quic hp"},
	{0xff000021,
	 {0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
	  0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a},
	 "quic key", "quic iv", "quic hp"},
};
static const struct suite version_2 = {
	REM_QUIC_VERSION_2,
	{0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
	 0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9},
	"quicv2 key", "quicv2 iv", "quicv2 hp",
};

static const struct suite *suite_of(uint32_t version)
{
	const struct suite *s = &suites[REM_COUNT(suites) - 1];

	if (version == REM_QUIC_VERSION_2)
		return &version_2;
	while (version != REM_QUIC_VERSION_1 && s > suites && s->version > version)
		s--;
	return s;
}

/* HKDF-Expand-Label of RFC 8446 7.1, up to 32 bytes: one block of RFC 5869 2.3. */
static void expand(const uint8_t secret[REM_MAC], const char *label, uint8_t n,
		   uint8_t out[REM_MAC])
{
	uint8_t info[3 + LONGEST_LABEL + 2] = {0, n, 6, 't', 'l', 's', '1', '3', ' '};
	uint8_t *p = info + 9;

	for (; *label != '\0'; info[2]++)
		*p++ = (uint8_t)*label++;
	*p++ = 0;
	*p++ = 1;
	rem_hmac((struct rem_span){secret, REM_MAC}, (struct rem_span){info, (uint32_t)(p - info)},
		 out);
}

/* The nonce is the packet's number over the lower bytes of the vector: RFC 9001 5.3. */
static void make_nonce(uint8_t nonce[REM_GCM_NONCE], uint32_t number)
{
	for (unsigned i = 0; i < LONGEST_NUMBER; i++)
		nonce[REM_GCM_NONCE - 1 - i] ^= (uint8_t)(number >> 8 * i);
}

/* Do the keys fit? Only whoever has them can have made the tag over header and payload. */
static bool is_proven(const struct suite *s, const uint8_t *secret, const uint8_t *packet,
		      const struct rem_quic *q, const struct rem_quic_number *number)
{
	const uint8_t *behind = q->payload.p + number->bytes;
	const uint32_t n = q->payload.n - number->bytes - TAG;
	uint8_t key[REM_MAC], iv[REM_MAC], tag[TAG], plain[LONGEST_NUMBER];
	struct rem_gcm gcm;

	for (unsigned i = 0; i < number->bytes; i++)
		plain[i] = (uint8_t)(number->value >> 8 * (number->bytes - 1 - i));
	expand(secret, s->key, REM_AES_BLOCK, key);
	expand(secret, s->iv, REM_GCM_NONCE, iv);
	rem_gcm_init(&gcm, key);
	rem_gcm_head(&gcm, (struct rem_span){&number->first, 1});
	rem_gcm_head(&gcm, (struct rem_span){packet + 1, (uint32_t)(q->payload.p - packet - 1)});
	rem_gcm_head(&gcm, (struct rem_span){plain, number->bytes});
	rem_gcm_text(&gcm, (struct rem_span){behind, n});
	make_nonce(iv, number->value);
	rem_gcm_tag(&gcm, iv, tag);
	return rem_same(tag, behind + n, TAG);
}

bool rem_quic_open(const uint8_t *packet, const struct rem_quic *q, struct rem_span dcid,
		   bool from_client, struct rem_quic_number *number)
{
	const struct suite *s = suite_of(rem_get(packet, REM_QUIC_VERSION));
	uint8_t secret[REM_MAC], hp[REM_MAC], mask[REM_AES_BLOCK];
	struct rem_aes aes;

	if (q->payload.n < LONGEST_NUMBER + TAG)
		return false;
	rem_hmac((struct rem_span){s->salt, SALT}, dcid, secret);
	expand(secret, from_client ? "client in" : "server in", REM_MAC, secret);
	expand(secret, s->hp, REM_AES_BLOCK, hp);
	rem_aes_init(&aes, hp);
	rem_aes_encrypt(&aes, q->payload.p + SAMPLE_AT, mask);
	number->first = (uint8_t)(packet[0] ^ (mask[0] & 0x0f));
	number->bytes = (uint8_t)((number->first & 3) + 1);
	number->value = 0;
	for (unsigned i = 0; i < number->bytes; i++)
		number->value = number->value << 8 | (q->payload.p[i] ^ mask[1 + i]);
	return is_proven(s, secret, packet, q, number);
}
