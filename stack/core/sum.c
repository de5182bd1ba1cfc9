/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum: RFC 1071. */
#include "core/words.h"
#include <remora/sum.h>

/* Adds n bytes, a multiple of eight that the compiler knows. */
#ifdef __x86_64__
REM_INLINE rem_words add_run(const uint8_t *p, unsigned n, rem_words start)
{
	unsigned long long sum = start;
	uint8_t carry = 0;

	/* The carry of each word goes into the next one. */
	for (unsigned i = 0; i < n; i += 8)
		carry = __builtin_ia32_addcarryx_u64(carry, sum, rem_load_words(p + i), &sum);
	return sum + carry;
}
#else
REM_INLINE rem_words add_run(const uint8_t *p, unsigned n, rem_words sum)
{
	for (unsigned i = 0; i < n; i += 8)
		sum = rem_sum_8(p + i, sum);
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
	for (const uint8_t *end = p + n / 64 * 64; p < end; p += 64)
		sum = add_run(p, 64, sum);
	if (n & 32) {
		sum = add_run(p, 32, sum);
		p += 32;
	}
	if (n & 16) {
		sum = add_run(p, 16, sum);
		p += 16;
	}
	if (n & 8) {
		sum = add_run(p, 8, sum);
		p += 8;
	}
	return sum_rest(p, n & 7, sum);
}

uint32_t rem_sum(const uint8_t *p, size_t n)
{
	return rem_sum_end(rem_sum_on(p, n, 0));
}
