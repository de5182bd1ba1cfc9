/* SPDX-License-Identifier: BSD-3-Clause */
/* SHA-256: FIPS 180-4, as HMAC needs it: RFC 2104. */
#include "core/decode.h"
#include <remora/crypt.h>

enum { BLOCK = 64, LENGTH = 8 };

/* clang-format off */
static const uint32_t start[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};
static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
/* clang-format on */

static uint32_t turn(uint32_t x, unsigned by)
{
	return x >> by | x << (32 - by);
}

/* The words of a block, of which later ones are made of earlier ones: 6.2.2, step 1. */
static void schedule(uint32_t w[64], const uint8_t *block)
{
	for (unsigned t = 0; t < 16; t++)
		w[t] = rem_be32(block + 4 * t);
	for (unsigned t = 16; t < 64; t++) {
		const uint32_t a = w[t - 15], b = w[t - 2];

		w[t] = w[t - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[t - 7] +
		       (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
	}
}

static void take_block(uint32_t hash[8], const uint8_t *block)
{
	uint32_t w[64], v[8];

	schedule(w, block);
	rem_copy(v, hash, sizeof(v));
	for (unsigned t = 0; t < 64; t++) {
		const uint32_t a = v[0], e = v[4];
		const uint32_t one = v[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +
				     ((e & v[5]) ^ (~e & v[6])) + constants[t] + w[t];
		const uint32_t two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) +
				     ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));

		for (unsigned i = 7; i > 0; i--)
			v[i] = v[i - 1];
		v[4] += one;
		v[0] = one + two;
	}
	for (unsigned i = 0; i < 8; i++)
		hash[i] += v[i];
}

/* The hash of a whole block, the key's, and a text behind it. */
static void hash_behind(const uint8_t *key_block, struct rem_span text, uint8_t *out)
{
	const uint64_t bits = 8 * ((uint64_t)BLOCK + text.n);
	uint8_t last[2 * BLOCK] = {0};
	uint32_t hash[8];

	rem_copy(hash, start, sizeof(hash));
	take_block(hash, key_block);
	for (; text.n >= BLOCK; text.p += BLOCK, text.n -= BLOCK)
		take_block(hash, text.p);
	rem_copy(last, text.p, text.n);
	last[text.n] = 0x80;
	const uint32_t n = text.n + 1 + LENGTH > BLOCK ? 2 * BLOCK : BLOCK;
	for (unsigned i = 0; i < LENGTH; i++)
		last[n - 1 - i] = (uint8_t)(bits >> 8 * i);
	for (uint32_t at = 0; at < n; at += BLOCK)
		take_block(hash, last + at);
	for (unsigned i = 0; i < REM_MAC; i++)
		out[i] = (uint8_t)(hash[i / 4] >> (24 - 8 * (i % 4)));
}

void rem_hmac(struct rem_span key, struct rem_span text, uint8_t mac[REM_MAC])
{
	uint8_t inner[BLOCK], outer[BLOCK], hash[REM_MAC];

	for (uint32_t i = 0; i < BLOCK; i++) {
		const uint8_t k = i < key.n ? key.p[i] : 0;

		inner[i] = k ^ 0x36;
		outer[i] = k ^ 0x5c;
	}
	hash_behind(inner, text, hash);
	hash_behind(outer, (struct rem_span){hash, REM_MAC}, mac);
}
