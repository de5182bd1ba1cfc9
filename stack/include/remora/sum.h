/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum: RFC 1071. */
#ifndef REMORA_SUM_H
#define REMORA_SUM_H

#include <remora/types.h>

/* The one's complement sum of n bytes as big-endian words (the last odd byte is padded with 0),
 * folded to 16 bits. It is not yet complemented: sums of even-sized pieces add up. */
uint32_t rem_sum(const uint8_t *p, size_t n);

/* Folds an addition of sums and 16-bit words back to 16 bits. */
static inline uint16_t rem_sum_fold(uint32_t words)
{
	words = (words & 0xffff) + (words >> 16);
	return (uint16_t)(words + (words >> 16));
}

/* The checksum that bytes ought to carry which carry `stored` and, with it, add up to `sum`. */
static inline uint16_t rem_sum_expected(uint32_t stored, uint32_t sum)
{
	return rem_sum_fold(stored + (0xffff - sum));
}

/* What a checksum says of its bytes. The first four are numbered as Wireshark numbers its
 * *.checksum.status. */
enum rem_sum_status {
	REM_SUM_BAD = 0,
	REM_SUM_GOOD = 1,
	REM_SUM_UNVERIFIED = 2, /* bytes are missing: cut, quoted, a fragment */
	REM_SUM_NOT_GIVEN = 3,  /* 0 in UDP over IPv4: the sender computed none */
	REM_SUM_ILLEGAL = 4,    /* 0 where it must not be (UDP over IPv6) */
	REM_SUM_PARTIAL = 5,    /* only the pseudo header is summed: left to the network card */
};

/* The value of a *.checksum.status key: Wireshark 4.0 counts a partial checksum among the bad. */
static inline uint32_t rem_sum_key(enum rem_sum_status status)
{
	return status == REM_SUM_PARTIAL ? REM_SUM_BAD : (uint32_t)status;
}

#endif
