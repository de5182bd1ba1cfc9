/* SPDX-License-Identifier: BSD-3-Clause */
/* A secret and the numbers made from it: SipHash-2-4 (Aumasson and Bernstein, 2012). */
#include <remora/bits.h>
#include <remora/secret.h>

/* Bit by bit where 64 of them are shifted by a function of the compiler's, which nobody else calls. */
static uint64_t turn(uint64_t x, unsigned by)
{
	if (!REM_SMALL)
		return x << by | x >> (64 - by);
	while (by-- > 0)
		x = x << 1 | x >> 63;
	return x;
}

static uint64_t swapped(uint64_t x)
{
	return x << 32 | x >> 32;
}

REM_LONG void mix(uint64_t *a, uint64_t *b, unsigned by)
{
	*a += *b;
	*b = turn(*b, by) ^ *a;
}

static void rounds(uint64_t v[4], unsigned n)
{
	while (n-- > 0) {
		mix(&v[0], &v[1], 13);
		mix(&v[2], &v[3], 16);
		v[0] = swapped(v[0]);
		mix(&v[2], &v[1], 17);
		mix(&v[0], &v[3], 21);
		v[2] = swapped(v[2]);
	}
}

REM_LONG void word(uint64_t v[4], uint64_t m)
{
	v[3] ^= m;
	rounds(v, 2);
	v[0] ^= m;
}

/* A number as its bytes stand in memory, the least significant first, and back. */
static uint64_t little(uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

static uint64_t load(const uint8_t *p)
{
	uint64_t w;

	__builtin_memcpy(&w, p, sizeof(w));
	return little(w);
}

/* The last bytes, fewer than eight: most often four, of addresses and ports. */
static uint64_t load_rest(const uint8_t *p, size_t n)
{
	return !REM_SMALL && n == 4 ? __builtin_bswap32(rem_be32(p)) : rem_le(p, (uint32_t)n);
}

/*
 * The purpose stands in the initial state, where the authors have what tells SipHash-128 from SipHash-64 (v1 ^ 0xee): none,
 * 0, is SipHash as it is.
 */
uint64_t rem_keyed(const struct rem_secret *s, uint64_t purpose, const void *p, size_t n)
{
	const uint8_t *at = p, *rest = at + (n & ~(size_t)7);
	uint64_t v[4] = {s->key[0] ^ 0x736f6d6570736575, s->key[1] ^ 0x646f72616e646f6d ^ purpose,
			 s->key[0] ^ 0x6c7967656e657261, s->key[1] ^ 0x7465646279746573};

	for (; at != rest; at += 8)
		word(v, load(at));
	word(v, load_rest(at, n & 7) | (uint64_t)n << 56);
	v[2] ^= 0xff;
	rounds(v, 4);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void rem_secret_init(struct rem_secret *s, const uint8_t seed[16])
{
	s->key[0] = load(seed);
	s->key[1] = load(seed + 8);
	s->count = 0;
}

void rem_stir(struct rem_secret *s, const void *p, size_t n)
{
	const uint64_t a = rem_keyed(s, 0, p, n), b = rem_keyed(s, ~(uint64_t)0, p, n);

	s->key[0] ^= a;
	s->key[1] ^= b;
	s->count += s->count & 1; /* what was kept came of less */
}

/* One hash is two numbers: the upper half is kept for who comes next. */
uint32_t rem_random(struct rem_secret *s)
{
	const uint64_t n = s->count++ / 2;

	if (s->count % 2 == 0)
		return s->half;
	/* Four bytes are one word of the hash; what counts them stands beside the purpose. */
	const uint32_t low = (uint32_t)n;
	const uint64_t h = rem_keyed(s, REM_FOR_RANDOM | n >> 32 << 32, &low, sizeof(low));
	s->half = (uint32_t)(h >> 32);
	return (uint32_t)h;
}

uint32_t rem_random_below(struct rem_secret *s, uint32_t n)
{
	return (uint32_t)(rem_product(rem_random(s), n) >> 32);
}
