/* SPDX-License-Identifier: BSD-3-Clause */
/* Stamps of NTP and Unix time: RFC 5905 6. */
#include <remora/bits.h>
#include <remora/net_ntp.h>

REM_ONCE int64_t rem_ntp_unix(uint64_t stamp)
{
	/* up, so that a stamp made of microseconds gives them back */
	const uint64_t us = rem_product((uint32_t)stamp, 1000000) + UINT32_MAX;

	return (int64_t)rem_product(rem_ntp_since(stamp), 1000000) - REM_NTP_BEGIN * 1000000 +
	       (int64_t)(us >> 32);
}

uint64_t rem_ntp_stamp(int64_t unix_us)
{
	const int64_t to_1900 = 2208988800;
	int64_t s = unix_us / 1000000, us = unix_us % 1000000;

	if (us < 0) {
		us += 1000000;
		s--;
	}
	return (uint64_t)(s + to_1900) << 32 | ((uint64_t)us << 32) / 1000000;
}
