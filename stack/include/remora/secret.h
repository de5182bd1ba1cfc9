/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers that a stranger cannot guess: initial sequence numbers (RFC 6528), ephemeral ports
 * (RFC 6056), identifiers of queries (RFC 5452), cookies. All come from one secret by SipHash-2-4.
 */
#ifndef REMORA_SECRET_H
#define REMORA_SECRET_H

#include <remora/types.h>

/* What a hash is for: the same bytes give other numbers for another purpose. */
enum rem_purpose {
	REM_FOR_RANDOM = 1,
	REM_FOR_ISN = 2,
	REM_FOR_TIMESTAMP = 3,
	REM_FOR_COOKIE = 4,
	REM_FOR_TABLE = 5,
	REM_FOR_APPLICATION = 256, /* from here on, below 2^32: whoever else wants one */
};

/* One for a stack. Whoever has it can forge; it is never to be shown or sent. */
struct rem_secret {
	uint64_t key[2];
	uint64_t count; /* of the numbers drawn */
	uint32_t half;  /* an odd count: the number to be drawn next */
};

/*
 * Begins with 16 bytes that nobody else can know: of a hardware generator, of getrandom(). Where a
 * device has only poor ones it may hash what it has (rem_stir) until it is enough.
 */
void rem_secret_init(struct rem_secret *s, const uint8_t seed[16]);

/* Mixes more into the secret: a serial number, the jitter of a clock. It never loses by it. */
void rem_stir(struct rem_secret *s, const void *p, size_t n);

/* The keyed hash of n bytes at p: SipHash-2-4, with the purpose in its initial state; 0: as its authors have it. */
uint64_t rem_keyed(const struct rem_secret *s, uint64_t purpose, const void *p, size_t n);

/* The next unpredictable number. */
uint32_t rem_random(struct rem_secret *s);

/* The same below n, n > 0; its bias is less than n / 2^32. */
uint32_t rem_random_below(struct rem_secret *s, uint32_t n);

#endif
