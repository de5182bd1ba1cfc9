/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Handles: where the bits of a field are, said once. A handle is an int constant: bit offset from
 * the start of its structure (as RFC diagrams number bits, 0 the most significant of byte 0),
 * width in bits (0: to the end of the part), and whether the bytes are little-endian.
 * rem_get() and rem_put() of a constant handle fold to a load or a store.
 */
#ifndef REMORA_BITS_H
#define REMORA_BITS_H

#include <remora/types.h>

#define REM_BITS(off, len) ((off) << 16 | (len))          /* off < 32768, len < 32768 */
#define REM_BYTES(off, n)  REM_BITS(8 * (off), 8 * (n))   /* whole bytes */
#define REM_LE(off, len)   (REM_BITS(off, len) | 1 << 15) /* whole bytes, little-endian */
#define REM_REST(off)      REM_BITS(off, 0)               /* from bit off to the end */

#define REM_OFF(h)    ((uint32_t)(h) >> 16)
#define REM_WIDTH(h)  (0x7fff & (uint32_t)(h))
#define REM_IS_LE(h)  (((uint32_t)(h) >> 15 & 1) != 0)
/* Bytes from the start of the structure to the end of the field. */
#define REM_END(h)    ((REM_OFF(h) + REM_WIDTH(h) + 7) / 8)

#define REM_INLINE static inline __attribute__((always_inline))
#define REM_APART  static __attribute__((noinline)) /* so that the common way stays short */
#define REM_ONCE   __attribute__((noinline)) /* the same of what is not static */
/* Does size count more than speed? Then short cuts are left out, what is long and stands in many places
 * is a function, and so is (REM_OWN) what would take the registers of its one caller. */
#ifdef __OPTIMIZE_SIZE__
#define REM_SMALL true
#define REM_LONG  __attribute__((unused)) REM_APART
#define REM_OWN   __attribute__((noinline))
#else
#define REM_SMALL false
#define REM_LONG  REM_INLINE
#define REM_OWN
#endif

REM_INLINE uint32_t rem_be16(const uint8_t *p)
{
	if (REM_SMALL) /* gcc loads an "or" the wrong way round and turns it */
		return p[0] * 256u + p[1];
	return (uint32_t)p[0] << 8 | p[1];
}

REM_INLINE uint32_t rem_be24(const uint8_t *p)
{
	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

REM_LONG uint32_t rem_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

REM_INLINE uint64_t rem_be64(const uint8_t *p)
{
	return (uint64_t)rem_be32(p) << 32 | rem_be32(p + 4);
}

/* The whole product. A Cortex-M0+ has no instruction for it, and the compiler's function multiplies 64
 * bits by 64. */
REM_LONG uint64_t rem_product(uint32_t a, uint32_t b)
{
	if (!REM_SMALL)
		return (uint64_t)a * b;
	const uint32_t x = a >> 16, y = a & 0xffff, z = b >> 16, w = b & 0xffff;
	return ((uint64_t)(x * z) << 32 | y * w) + ((uint64_t)(x * w) << 16) +
	       ((uint64_t)(y * z) << 16);
}

/* n bytes, 1 to 8, most significant first. */
REM_INLINE uint64_t rem_be(const uint8_t *p, uint32_t n)
{
	switch (n) {
	case 1: return p[0];
	case 2: return rem_be16(p);
	case 3: return rem_be24(p);
	case 4: return rem_be32(p);
	case 5: return (uint64_t)rem_be32(p) << 8 | p[4];
	case 6: return (uint64_t)rem_be32(p) << 16 | rem_be16(p + 4);
	case 7: return (uint64_t)rem_be32(p) << 24 | rem_be24(p + 4);
	default: return rem_be64(p);
	}
}

/* n bytes, 1 to 8, least significant first. */
REM_INLINE uint64_t rem_le(const uint8_t *p, uint32_t n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

/* The value of the field h of the structure at p; at most 64 bits over at most 8 bytes. */
REM_INLINE uint64_t rem_get64(const uint8_t *p, uint32_t h)
{
	const uint32_t shift = REM_OFF(h) & 7, len = REM_WIDTH(h), n = (shift + len + 7) / 8;
	const uint8_t *at = p + REM_OFF(h) / 8;

	if (REM_IS_LE(h))
		return rem_le(at, n);
	if (len == 64)
		return rem_be64(at);
	return rem_be(at, n) >> (8 * n - shift - len) & (((uint64_t)1 << len) - 1);
}

/* The same for fields of at most 32 bits. */
REM_INLINE uint32_t rem_get(const uint8_t *p, uint32_t h)
{
	return (uint32_t)rem_get64(p, h);
}

/* Does gcc see one store in those of the bytes of a number? Not where two numbers follow each other. A Cortex-M0+ has none:
 * there it would call memcpy. */
#if defined(__OPTIMIZE_SIZE__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || \
	(defined(__ARM_ARCH) && !defined(__ARM_FEATURE_UNALIGNED))
#define REM_BY_BYTES true
#else
#define REM_BY_BYTES false
#endif

REM_LONG void rem_put_be32(uint8_t *p, uint32_t v)
{
	const uint32_t turned = __builtin_bswap32(v);

	if (!REM_BY_BYTES) {
		__builtin_memcpy(p, &turned, sizeof(turned));
		return;
	}
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

/* Writes v into the field h of the structure at p; the bits around it stay. */
REM_INLINE void rem_put(uint8_t *p, uint32_t h, uint64_t v)
{
	const uint32_t shift = REM_OFF(h) & 7, len = REM_WIDTH(h), n = (shift + len + 7) / 8;
	const uint64_t ones = len == 64 ? ~(uint64_t)0 : ((uint64_t)1 << len) - 1;
	const uint32_t up = 8 * n - shift - len;
	uint8_t *at = p + REM_OFF(h) / 8;

	if (len == 32 && shift == 0 && !REM_IS_LE(h)) {
		rem_put_be32(at, (uint32_t)v);
		return;
	}
	if (!REM_BY_BYTES && len == 16 && shift == 0 && !REM_IS_LE(h)) {
		const uint16_t turned = __builtin_bswap16((uint16_t)v);

		__builtin_memcpy(at, &turned, sizeof(turned));
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t by = REM_IS_LE(h) ? 8 * i : 8 * (n - 1 - i);
		const uint8_t mask = (uint8_t)(ones << up >> by);

		at[i] = (uint8_t)((at[i] & ~mask) | ((uint8_t)(v << up >> by) & mask));
	}
}

#endif
