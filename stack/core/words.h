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

/* Adds 8, 16, 32 or 64 bytes to a sum. */
REM_INLINE rem_words rem_sum_8(const uint8_t *p, rem_words sum)
{
	for (unsigned i = 0; i < 8; i += sizeof(rem_words))
		sum = rem_add(sum, rem_load_words(p + i));
	return sum;
}

#ifdef __x86_64__
/* The carry of each word goes into the next one, which C has no word for. */
#define REM_SUM_FIRST    "addq (%1), %0\n\tadcq 8(%1), %0\n\t"
#define REM_SUM_NEXT(at) "adcq " #at "(%1), %0\n\tadcq 8+" #at "(%1), %0\n\t"
#define REM_SUM_MORE(at) REM_SUM_NEXT(at) REM_SUM_NEXT(16 + at)
#define REM_SUM_BYTES(n, words) \
	REM_INLINE rem_words rem_sum_##n(const uint8_t *p, rem_words sum) \
	{ \
		__asm__(words "adcq $0, %0" \
			: "+&r"(sum) \
			: "r"(p), "m"(*(const uint8_t(*)[n])p) \
			: "cc"); \
		return sum; \
	}
#else
#define REM_SUM_BYTES(n, words) \
	REM_INLINE rem_words rem_sum_##n(const uint8_t *p, rem_words sum) \
	{ \
		for (unsigned i = 0; i < n; i += 8) \
			sum = rem_sum_8(p + i, sum); \
		return sum; \
	}
#endif

REM_SUM_BYTES(16, REM_SUM_FIRST)
REM_SUM_BYTES(32, REM_SUM_FIRST REM_SUM_NEXT(16))
REM_SUM_BYTES(64, REM_SUM_FIRST REM_SUM_NEXT(16) REM_SUM_MORE(32))

/* Adds the last bytes, fewer than eight. Each piece begins at an even place, so it may be added as
 * it is; the last odd byte is the upper half of its word. */
REM_INLINE rem_words rem_sum_rest(const uint8_t *p, size_t n, rem_words sum)
{
	uint32_t four;
	uint16_t two;

	if (n & 4) {
		__builtin_memcpy(&four, p, 4);
		sum = rem_add(sum, four);
		p += 4;
	}
	if (n & 2) {
		__builtin_memcpy(&two, p, 2);
		sum = rem_add(sum, two);
		p += 2;
	}
	return n & 1 ? rem_add(sum, rem_native((uint32_t)*p << 8)) : sum;
}

/* The same of up to eight, where eight bytes can be read in front of the end: those that do not count are pushed out, in two
 * halves, since all of them may be too many for one. Who asks for each piece whether it is there guesses wrong as often as
 * not. */
REM_INLINE rem_words rem_sum_last(const uint8_t *end, size_t n, rem_words sum)
{
#if UINTPTR_MAX > 0xffffffff
	const unsigned out = 4 * (8 - (unsigned)n);
	const rem_words last = rem_load_words(end - sizeof(last));

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return rem_add(sum, last >> out >> out);
#else
	return rem_add(sum, last << out << out);
#endif
#else
	return n == 8 ? rem_sum_8(end - 8, sum) : rem_sum_rest(end - n, n, sum);
#endif
}

#if defined(__x86_64__) && !defined(__OPTIMIZE_SIZE__)
#define REM_WIDE 1
/* Adds n bytes, if rem_is_wide() has said so: core/wide.h. */
rem_words rem_sum_wide(const uint8_t *p, size_t n, rem_words sum);

/* Can so many bytes be summed 16 words at a time? */
REM_INLINE bool rem_is_wide(size_t n)
{
	return n >= 64 && n <= UINT16_MAX && __builtin_cpu_supports("avx2");
}
#else
#define REM_WIDE                0
#define rem_is_wide(n)          false
#define rem_sum_wide(p, n, sum) (sum)
#endif

/* Adds n bytes to a sum. */
rem_words rem_sum_on(const uint8_t *p, size_t n, rem_words sum);

/* rem_sum_on() without a call, for who sums most, and has eight bytes in front of the end, whatever n is. Where size counts,
 * one loop for all. */
REM_INLINE rem_words rem_sum_here(const uint8_t *p, size_t n, rem_words sum)
{
#ifdef __OPTIMIZE_SIZE__
	for (; n > 1; p += 2, n -= 2)
		sum = rem_add(sum, rem_native(rem_be16(p)));
	return n == 1 ? rem_add(sum, rem_native((uint32_t)*p << 8)) : sum;
#endif
	if (n >= 128) { /* two sums side by side, since each carry waits for the one before it */
		rem_words other = 0;

		for (; n >= 128; p += 128, n -= 128) {
			sum = rem_sum_64(p, sum);
			other = rem_sum_64(p + 64, other);
		}
		sum = rem_add(sum, other);
	}
	if (n & 64) {
		sum = rem_sum_64(p, sum);
		p += 64;
	}
	if (n & 32) {
		sum = rem_sum_32(p, sum);
		p += 32;
	}
	if (n & 16) {
		sum = rem_sum_16(p, sum);
		p += 16;
	}
	if (n & 8) {
		sum = rem_sum_8(p, sum);
		p += 8;
	}
	return (n & 7) == 0 ? sum : rem_sum_last(p + (n & 7), n & 7, sum);
}

/* The sum of an IPv4 header, which most often has no options. */
REM_INLINE rem_words rem_sum_header(const uint8_t *p, uint32_t n)
{
#ifndef __OPTIMIZE_SIZE__
	if (n == 20)
		return rem_sum_here(p, 20, 0);
#endif
	return rem_sum_on(p, n, 0);
}

/* The sum as a 16-bit number. */
REM_LONG uint32_t rem_sum_end(rem_words sum)
{
	/* Both halves are added to each other; the upper one has their sum and the carry, too. */
#if UINTPTR_MAX > 0xffffffff
	sum = (sum + (sum << 32 | sum >> 32)) >> 32;
#endif
	uint32_t half = (uint32_t)sum;

	half += half << 16 | half >> 16;
	return (uint32_t)rem_native(half >> 16);
}

#if UINTPTR_MAX > 0xffffffff
/* Are bytes good whose checksum is among them, and not all of which are zero, as in a header with a version or behind a
 * pseudo header? Their sum is 0xffff then, a multiple of it here. */
REM_INLINE bool rem_sum_agrees(rem_words sum)
{
	return sum % 0xffff == 0;
}

/* The same of any bytes. */
REM_INLINE bool rem_sum_is_good(rem_words sum)
{
	return rem_sum_agrees(sum) && sum != 0;
}
#else
/* The same where division is a call. */
REM_INLINE bool rem_sum_is_good(rem_words sum)
{
	return rem_sum_end(sum) == 0xffff;
}

REM_INLINE bool rem_sum_agrees(rem_words sum)
{
	return rem_sum_is_good(sum);
}
#endif

#endif
