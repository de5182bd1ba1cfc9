/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * HMAC (RFC 2104) with SHA-256 (FIPS 180-4), AES-128 (FIPS 197) and the tag of its Galois/Counter Mode (NIST SP 800-38D): what it
 * takes to look at packets whose keys are no secret. Time and memory show the keys to who watches: they must not guard anything.
 */
#ifndef REMORA_CRYPT_H
#define REMORA_CRYPT_H

#include <remora/types.h>

enum { REM_MAC = 32, REM_AES_BLOCK = 16, REM_AES_ROUNDS = 10, REM_GCM_NONCE = 12 };

/* The MAC of a text by a key of at most 64 bytes. */
void rem_hmac(struct rem_span key, struct rem_span text, uint8_t mac[REM_MAC]);

struct rem_aes {
	uint8_t round[REM_AES_ROUNDS + 1][REM_AES_BLOCK];
};

void rem_aes_init(struct rem_aes *aes, const uint8_t key[REM_AES_BLOCK]);
void rem_aes_encrypt(const struct rem_aes *aes, const uint8_t in[REM_AES_BLOCK],
		     uint8_t out[REM_AES_BLOCK]);

/* The tag of a head that is not encrypted and of a text that is: heads, then texts, in as many pieces as one likes. */
struct rem_gcm {
	struct rem_aes aes;
	uint64_t multiple[16][2]; /* of the hash's key, the most significant half first */
	uint8_t y[REM_AES_BLOCK]; /* the hash so far */
	uint64_t head, text;     /* bytes */
};

void rem_gcm_init(struct rem_gcm *gcm, const uint8_t key[REM_AES_BLOCK]);
void rem_gcm_head(struct rem_gcm *gcm, struct rem_span piece);
void rem_gcm_text(struct rem_gcm *gcm, struct rem_span piece);
void rem_gcm_tag(struct rem_gcm *gcm, const uint8_t nonce[REM_GCM_NONCE],
		 uint8_t tag[REM_AES_BLOCK]);

#endif
