/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sums of 16 words at a time, where the processor can: AVX2, which is asked for when a program runs. What takes the time
 * of a sum is not its words but its end, when each bit of the length that is or is not set is guessed wrong as often as not: here
 * the end is one step like the others, of bytes of which those in front do not count.
 */
#ifndef REMORA_CORE_WIDE_H
#define REMORA_CORE_WIDE_H

#include "core/words.h"

#if REM_WIDE
#define REM_FOR_WIDE __attribute__((target("avx2")))

typedef int16_t rem_wide __attribute__((vector_size(32)));
typedef int32_t rem_wide_sums __attribute__((vector_size(32)));

/* Of the 64 bytes from [n] on the last n count. */
#define FOUR(x) x, x, x, x
static const uint8_t rem_wide_counts[128] = {[64] = FOUR(FOUR(FOUR(255)))};
#undef FOUR

REM_INLINE REM_FOR_WIDE rem_wide rem_load_wide(const uint8_t *p)
{
	rem_wide w;

	__builtin_memcpy(&w, p, sizeof(w));
	return w;
}

/* The sums of neighbours, each word less 0x8000: there is an instruction for that, of signed words. */
REM_INLINE REM_FOR_WIDE rem_wide_sums rem_sum_pairs(rem_wide words)
{
	return (rem_wide_sums)__builtin_ia32_pmaddwd256(words ^ INT16_MIN, (rem_wide){0} + 1);
}

/* Adds n bytes to a sum, 64 to 65,535. */
REM_INLINE REM_FOR_WIDE rem_words rem_sum_wide_here(const uint8_t *p, size_t n, rem_words sum)
{
	const size_t even = n & ~(size_t)1, whole = n & ~(size_t)63;
	const uint8_t *const end = p + whole, *const last = p + even - 64;
	const uint8_t *const count = rem_wide_counts + even % 64;
	const uint64_t odd = p[n - 1] & -(n & 1);
	/* Side by side, since each sum waits for the one before it. */
	rem_wide_sums a = rem_sum_pairs(rem_load_wide(last) & rem_load_wide(count));
	rem_wide_sums b = rem_sum_pairs(rem_load_wide(last + 32) & rem_load_wide(count + 32));

	for (; p != end; p += 64) {
		a += rem_sum_pairs(rem_load_wide(p));
		b += rem_sum_pairs(rem_load_wide(p + 32));
	}
	a += b;
	a += __builtin_shufflevector(a, a, 4, 5, 6, 7, 0, 1, 2, 3);
	a += __builtin_shufflevector(a, a, 2, 3, 0, 1, 6, 7, 4, 5);
	return rem_add(sum, (rem_words)(a[0] + a[1]) + odd + (whole + 64) * (0x8000 / 2));
}
#endif

#endif
