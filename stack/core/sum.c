/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum: RFC 1071. */
#include "core/wide.h"
#include "core/words.h"
#include <remora/sum.h>

#ifdef __ARM_ARCH_6M__
/*
 * 32 bytes at a multiple of 4, which are passed. A Cortex-M0+ cannot load a word from anywhere else, and C has no word for
 * the carry, which loads leave alone.
 */
REM_INLINE rem_words sum_aligned_32(const uint8_t **p, rem_words sum)
{
	const uint8_t *from = *p;

	__asm__(".syntax unified\n\tldmia %1!, {r3, r4, r5, r6}\n\tadds %0, r3\n\tadcs %0, r4\n\tadcs %0, r5\n\t"
		"adcs %0, r6\n\tldmia %1!, {r3, r4, r5, r6}\n\tadcs %0, r3\n\tadcs %0, r4\n\tadcs %0, r5\n\t"
		"adcs %0, r6\n\tmovs r3, #0\n\tadcs %0, r3"
		: "+l"(sum), "+l"(*p)
		: "m"(*(const uint8_t(*)[32])from)
		: "cc", "r3", "r4", "r5", "r6");
	return sum;
}
#endif

#if REM_WIDE
REM_FOR_WIDE rem_words rem_sum_wide(const uint8_t *p, size_t n, rem_words sum)
{
	return rem_sum_wide_here(p, n, sum);
}
#endif

rem_words rem_sum_on(const uint8_t *p, size_t n, rem_words sum)
{
#ifdef __ARM_ARCH_6M__
	if (n >= 4 && ((uintptr_t)p & 1) == 0) {
		/* The sum does not mind which half of a word it is. */
		const size_t half = (uintptr_t)p & 2;

		sum = rem_sum_here(p, half, sum);
		p += half;
		n -= half;
		for (; n >= 32; n -= 32)
			sum = sum_aligned_32(&p, sum);
		for (; n >= 4; p += 4, n -= 4)
			sum = rem_add(sum, rem_load_words(__builtin_assume_aligned(p, 4)));
	}
#endif
	if (rem_is_wide(n))
		return rem_sum_wide(p, n, sum);
	return !REM_SMALL && n < 8 ? rem_sum_rest(p, n, sum) : rem_sum_here(p, n, sum);
}

uint32_t rem_sum(const uint8_t *p, size_t n)
{
	return rem_sum_end(rem_sum_on(p, n, 0));
}
