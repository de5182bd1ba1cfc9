/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sums of native words, RFC 1071. The sum does not care about byte order (section 2 (B)), nor about
 * the width of its words as long as carries come back in (2 (C)): so words as wide as the machine's
 * are added as they stand in memory, and the result is folded and swapped once at the end.
 */
#ifndef REMORA_CORE_WORDS_H
#define REMORA_CORE_WORDS_H

#include <remora/bits.h>

#if UINTPTR_MAX > 0xffffffff
typedef uint64_t rem_words;
#else
typedef uint32_t rem_words;
#endif

REM_INLINE rem_words rem_load_words(const uint8_t *p)
{
	rem_words w;

	__builtin_memcpy(&w, p, sizeof(w));
	return w;
}

/* a + b with the carry brought back in. */
REM_INLINE rem_words rem_add(rem_words a, rem_words b)
{
	a += b;
	return a + (a < b);
}

/* A 16-bit number as it would stand in memory, most significant byte first. */
REM_INLINE rem_words rem_native(uint32_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return __builtin_bswap16((uint16_t)v);
#else
	return v;
#endif
}

/* The same for 32 bits, which are two words. */
REM_INLINE rem_words rem_native_32(uint32_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return __builtin_bswap32(v);
#else
	return v;
#endif
}

/* The sum of 4 bytes. */
REM_INLINE rem_words rem_sum_4(const uint8_t *p)
{
	uint32_t w;

	__builtin_memcpy(&w, p, sizeof(w));
	return w;
}

/* Adds 8 or 16 bytes to a sum. */
REM_INLINE rem_words rem_sum_8(const uint8_t *p, rem_words sum)
{
	for (unsigned i = 0; i < 8; i += sizeof(rem_words))
		sum = rem_add(sum, rem_load_words(p + i));
	return sum;
}

REM_INLINE rem_words rem_sum_16(const uint8_t *p, rem_words sum)
{
	return rem_sum_8(p + 8, rem_sum_8(p, sum));
}

/* Adds n bytes to a sum. */
rem_words rem_sum_on(const uint8_t *p, size_t n, rem_words sum);

/* The sum as a 16-bit number. */
REM_INLINE uint32_t rem_sum_end(rem_words sum)
{
#if UINTPTR_MAX > 0xffffffff
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffffffff) + (sum >> 32);
#endif
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint32_t)rem_native((uint32_t)sum);
}

/* Are bytes good whose checksum is among them? Their sum is 0xffff then, a multiple of it here. */
REM_INLINE bool rem_sum_is_good(rem_words sum)
{
#if UINTPTR_MAX > 0xffffffff
	return sum % 0xffff == 0 && sum != 0;
#else
	return rem_sum_end(sum) == 0xffff;      /* where division is a call */
#endif
}

#endif
