/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum: RFC 1071. */
#include "core/words.h"
#include <remora/sum.h>

#ifdef __x86_64__
/* Adds eight words; the carry of each goes into the next, the last one's is returned. */
REM_INLINE uint8_t add_eight(const uint8_t *p, unsigned long long *sum, uint8_t carry)
{
	for (unsigned i = 0; i < 8; i++)
		carry = __builtin_ia32_addcarryx_u64(carry, *sum, rem_load_words(p + 8 * i), sum);
	return carry;
}

REM_INLINE rem_words sum_blocks(const uint8_t *p, const uint8_t *end, rem_words start)
{
	unsigned long long sum = start;

	for (; p < end; p += 64)
		sum += add_eight(p, &sum, 0);
	return sum;
}
#else
REM_INLINE rem_words sum_blocks(const uint8_t *p, const uint8_t *end, rem_words sum)
{
	for (; p < end; p += 64) {
		for (unsigned i = 0; i < 64; i += 8)
			sum = rem_sum_8(p + i, sum);
	}
	return sum;
}
#endif

/* Adds the last bytes, fewer than eight. Each piece begins at an even place, so it may be added as
 * it is; the last odd byte is the upper half of its word. */
REM_INLINE rem_words sum_rest(const uint8_t *p, size_t n, rem_words sum)
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

rem_words rem_sum_on(const uint8_t *p, size_t n, rem_words sum)
{
	const uint8_t *blocks = p + n / 64 * 64, *eights = p + n / 8 * 8;

	sum = sum_blocks(p, blocks, sum);
	for (p = blocks; p < eights; p += 8)
		sum = rem_sum_8(p, sum);
	return sum_rest(p, n & 7, sum);
}

uint32_t rem_sum(const uint8_t *p, size_t n)
{
	return rem_sum_end(rem_sum_on(p, n, 0));
}
