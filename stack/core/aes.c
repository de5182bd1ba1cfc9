/* SPDX-License-Identifier: BSD-3-Clause */
/* AES with keys of 128 bits: FIPS 197; and the tag of its Galois/Counter Mode: NIST SP 800-38D. */
#include "core/decode.h"
#include <remora/crypt.h>

/* clang-format off */
static const uint8_t boxes[256] = {
	0x63, 0x7c, 0x77, 0x7b, 0xf2, 0x6b, 0x6f, 0xc5, 0x30, 0x01, 0x67, 0x2b, 0xfe, 0xd7, 0xab, 0x76,
	0xca, 0x82, 0xc9, 0x7d, 0xfa, 0x59, 0x47, 0xf0, 0xad, 0xd4, 0xa2, 0xaf, 0x9c, 0xa4, 0x72, 0xc0,
	0xb7, 0xfd, 0x93, 0x26, 0x36, 0x3f, 0xf7, 0xcc, 0x34, 0xa5, 0xe5, 0xf1, 0x71, 0xd8, 0x31, 0x15,
	0x04, 0xc7, 0x23, 0xc3, 0x18, 0x96, 0x05, 0x9a, 0x07, 0x12, 0x80, 0xe2, 0xeb, 0x27, 0xb2, 0x75,
	0x09, 0x83, 0x2c, 0x1a, 0x1b, 0x6e, 0x5a, 0xa0, 0x52, 0x3b, 0xd6, 0xb3, 0x29, 0xe3, 0x2f, 0x84,
	0x53, 0xd1, 0x00, 0xed, 0x20, 0xfc, 0xb1, 0x5b, 0x6a, 0xcb, 0xbe, 0x39, 0x4a, 0x4c, 0x58, 0xcf,
	0xd0, 0xef, 0xaa, 0xfb, 0x43, 0x4d, 0x33, 0x85, 0x45, 0xf9, 0x02, 0x7f, 0x50, 0x3c, 0x9f, 0xa8,
	0x51, 0xa3, 0x40, 0x8f, 0x92, 0x9d, 0x38, 0xf5, 0xbc, 0xb6, 0xda, 0x21, 0x10, 0xff, 0xf3, 0xd2,
	0xcd, 0x0c, 0x13, 0xec, 0x5f, 0x97, 0x44, 0x17, 0xc4, 0xa7, 0x7e, 0x3d, 0x64, 0x5d, 0x19, 0x73,
	0x60, 0x81, 0x4f, 0xdc, 0x22, 0x2a, 0x90, 0x88, 0x46, 0xee, 0xb8, 0x14, 0xde, 0x5e, 0x0b, 0xdb,
	0xe0, 0x32, 0x3a, 0x0a, 0x49, 0x06, 0x24, 0x5c, 0xc2, 0xd3, 0xac, 0x62, 0x91, 0x95, 0xe4, 0x79,
	0xe7, 0xc8, 0x37, 0x6d, 0x8d, 0xd5, 0x4e, 0xa9, 0x6c, 0x56, 0xf4, 0xea, 0x65, 0x7a, 0xae, 0x08,
	0xba, 0x78, 0x25, 0x2e, 0x1c, 0xa6, 0xb4, 0xc6, 0xe8, 0xdd, 0x74, 0x1f, 0x4b, 0xbd, 0x8b, 0x8a,
	0x70, 0x3e, 0xb5, 0x66, 0x48, 0x03, 0xf6, 0x0e, 0x61, 0x35, 0x57, 0xb9, 0x86, 0xc1, 0x1d, 0x9e,
	0xe1, 0xf8, 0x98, 0x11, 0x69, 0xd9, 0x8e, 0x94, 0x9b, 0x1e, 0x87, 0xe9, 0xce, 0x55, 0x28, 0xdf,
	0x8c, 0xa1, 0x89, 0x0d, 0xbf, 0xe6, 0x42, 0x68, 0x41, 0x99, 0x2d, 0x0f, 0xb0, 0x54, 0xbb, 0x16,
};
/* clang-format on */

/* x times 2 in the field of 4.2. */
static uint8_t twice(uint8_t x)
{
	return (uint8_t)(x << 1 ^ (x >> 7) * 0x1b);
}

void rem_aes_init(struct rem_aes *aes, const uint8_t key[REM_AES_BLOCK])
{
	uint8_t constant = 1;

	rem_copy(aes->round[0], key, REM_AES_BLOCK);
	for (unsigned r = 1; r <= REM_AES_ROUNDS; r++, constant = twice(constant)) {
		const uint8_t *before = aes->round[r - 1];
		uint8_t *now = aes->round[r];

		for (unsigned i = 0; i < 4; i++)
			now[i] = before[i] ^ boxes[before[12 + (i + 1) % 4]];
		now[0] ^= constant;
		for (unsigned i = 4; i < REM_AES_BLOCK; i++)
			now[i] = before[i] ^ now[i - 4];
	}
}

static void add_key(uint8_t *state, const uint8_t *key)
{
	for (unsigned i = 0; i < REM_AES_BLOCK; i++)
		state[i] ^= key[i];
}

/* Columns of four bytes: row r of each is that of the column r further on. */
static void replace_and_shift(uint8_t *state)
{
	uint8_t old[REM_AES_BLOCK];

	rem_copy(old, state, sizeof(old));
	for (unsigned i = 0; i < REM_AES_BLOCK; i++)
		state[i] = boxes[old[(i + 4 * (i % 4)) % REM_AES_BLOCK]];
}

static void mix_columns(uint8_t *state)
{
	for (uint8_t *c = state; c < state + REM_AES_BLOCK; c += 4) {
		const uint8_t first = c[0], all = c[0] ^ c[1] ^ c[2] ^ c[3];

		for (unsigned i = 0; i < 4; i++)
			c[i] ^= all ^ twice((uint8_t)(c[i] ^ (i < 3 ? c[i + 1] : first)));
	}
}

void rem_aes_encrypt(const struct rem_aes *aes, const uint8_t in[REM_AES_BLOCK],
		     uint8_t out[REM_AES_BLOCK])
{
	uint8_t state[REM_AES_BLOCK];

	rem_copy(state, in, sizeof(state));
	add_key(state, aes->round[0]);
	for (unsigned r = 1; r <= REM_AES_ROUNDS; r++) {
		replace_and_shift(state);
		if (r < REM_AES_ROUNDS)
			mix_columns(state);
		add_key(state, aes->round[r]);
	}
	rem_copy(out, state, sizeof(state));
}

static void store(uint8_t *p, uint64_t v)
{
	for (unsigned i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> (56 - 8 * i));
}

/* The multiples of the hash's key by four bits, in the field of 6.3: bits are counted from the most significant one. */
static void make_multiples(uint64_t m[16][2], uint64_t v0, uint64_t v1)
{
	m[0][0] = m[0][1] = 0;
	for (unsigned i = 8; i > 0; i /= 2) {
		const uint64_t over = 0 - (v1 & 1);

		m[i][0] = v0;
		m[i][1] = v1;
		v1 = v1 >> 1 | v0 << 63;
		v0 = v0 >> 1 ^ (over & (uint64_t)0xe1 << 56);
	}
	for (unsigned i = 2; i < 16; i *= 2) {
		for (unsigned j = 1; j < i; j++) {
			m[i + j][0] = m[i][0] ^ m[j][0];
			m[i + j][1] = m[i][1] ^ m[j][1];
		}
	}
}

/* The hash times its key, four bits at a time: what they push over the end comes back at the front. */
static void multiply(struct rem_gcm *gcm)
{
	static const uint16_t back[16] = {
		0x0000, 0x1c20, 0x3840, 0x2460, 0x7080, 0x6ca0, 0x48c0, 0x54e0,
		0xe100, 0xfd20, 0xd940, 0xc560, 0x9180, 0x8da0, 0xa9c0, 0xb5e0,
	};
	uint64_t z0 = 0, z1 = 0;

	for (unsigned i = 2 * REM_AES_BLOCK; i-- > 0;) {
		const uint64_t *m = gcm->multiple[gcm->y[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
		const uint64_t over = (uint64_t)back[z1 & 15] << 48;

		z1 = (z1 >> 4 | z0 << 60) ^ m[1];
		z0 = (z0 >> 4 ^ over) ^ m[0];
	}
	store(gcm->y, z0);
	store(gcm->y + 8, z1);
}

/* Takes bytes behind `done` of their kind; a block that is full is hashed. */
static void take(struct rem_gcm *gcm, uint64_t *done, struct rem_span piece)
{
	for (uint32_t i = 0; i < piece.n; i++) {
		gcm->y[(*done)++ % REM_AES_BLOCK] ^= piece.p[i];
		if (*done % REM_AES_BLOCK == 0)
			multiply(gcm);
	}
}

/* What begins next begins with a block of its own. */
static void fill(struct rem_gcm *gcm, uint64_t done)
{
	if (done % REM_AES_BLOCK != 0)
		multiply(gcm);
}

void rem_gcm_init(struct rem_gcm *gcm, const uint8_t key[REM_AES_BLOCK])
{
	uint8_t h[REM_AES_BLOCK] = {0};

	*gcm = (struct rem_gcm){.head = 0};
	rem_aes_init(&gcm->aes, key);
	rem_aes_encrypt(&gcm->aes, h, h);
	make_multiples(gcm->multiple, rem_be64(h), rem_be64(h + 8));
}

void rem_gcm_head(struct rem_gcm *gcm, struct rem_span piece)
{
	take(gcm, &gcm->head, piece);
}

void rem_gcm_text(struct rem_gcm *gcm, struct rem_span piece)
{
	if (gcm->text == 0)
		fill(gcm, gcm->head);
	take(gcm, &gcm->text, piece);
}

void rem_gcm_tag(struct rem_gcm *gcm, const uint8_t nonce[REM_GCM_NONCE],
		 uint8_t tag[REM_AES_BLOCK])
{
	uint8_t last[REM_AES_BLOCK] = {0};

	fill(gcm, gcm->text == 0 ? gcm->head : gcm->text);
	store(last, 8 * gcm->head);
	store(last + 8, 8 * gcm->text);
	add_key(gcm->y, last);
	multiply(gcm);
	rem_copy(last, nonce, REM_GCM_NONCE);
	rem_fill(last + REM_GCM_NONCE, 0, 3);
	last[REM_AES_BLOCK - 1] = 1;
	rem_aes_encrypt(&gcm->aes, last, tag);
	add_key(tag, gcm->y);
}
