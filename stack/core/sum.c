/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum: RFC 1071. */
#include "core/words.h"
#include <remora/sum.h>

rem_words rem_sum_on(const uint8_t *p, size_t n, rem_words sum)
{
	return rem_sum_here(p, n, sum);
}

uint32_t rem_sum(const uint8_t *p, size_t n)
{
	return rem_sum_end(rem_sum_on(p, n, 0));
}
