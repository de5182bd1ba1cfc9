/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Network Time Protocol, versions 1 to 4: RFC 5905 7.3.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |LI | VN  |Mode |    Stratum     |     Poll      |  Precision   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         Root Delay                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         Root Dispersion                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Reference ID                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Reference Timestamp (64)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Origin Timestamp (64)                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Receive Timestamp (64)                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Transmit Timestamp (64)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        Extension fields (variable), key identifier, digest    |
 */
#ifndef REMORA_NTP_H
#define REMORA_NTP_H

#include <remora/bits.h>

enum {
	REM_NTP_FLAGS = REM_BITS(0, 8),
	REM_NTP_LEAP = REM_BITS(0, 2),
	REM_NTP_VERSION = REM_BITS(2, 3),
	REM_NTP_MODE = REM_BITS(5, 3),
	REM_NTP_STRATUM = REM_BYTES(1, 1),
	REM_NTP_POLL = REM_BYTES(2, 1),	      /* log2 seconds */
	REM_NTP_PRECISION = REM_BYTES(3, 1),  /* log2 seconds, signed */
	REM_NTP_DELAY = REM_BYTES(4, 4),      /* seconds x 2^16 */
	REM_NTP_DISPERSION = REM_BYTES(8, 4), /* seconds x 2^16 */
	REM_NTP_REFID = REM_BYTES(12, 4),
	REM_NTP_REFERENCE = REM_BYTES(16, 8),
	REM_NTP_ORIGIN = REM_BYTES(24, 8),
	REM_NTP_RECEIVE = REM_BYTES(32, 8),
	REM_NTP_TRANSMIT = REM_BYTES(40, 8),

	REM_NTP_HEADER = 48, /* bytes */
};

enum { REM_NTP_MODE_CONTROL = 6, REM_NTP_MODE_PRIVATE = 7 };

/* Checks the header of modes 0 to 5. The payload is extension fields and authenticator. */
int rem_ntp_check(struct rem_view v, struct rem_head *h);

/* The seconds of a timestamp since where the eras that are meant begin, in January 1968: see rem_ntp_time(). */
static inline uint32_t rem_ntp_since(uint64_t stamp)
{
	return (uint32_t)(stamp >> 32) + (UINT32_C(1) << 31);
}
#define REM_NTP_BEGIN INT64_C(61505152) /* seconds before 1970 */

/* The same since 1970. */
static inline int64_t rem_ntp_seconds(uint64_t stamp)
{
	return rem_ntp_since(stamp) - REM_NTP_BEGIN;
}

/*
 * A timestamp as seconds since 1970 and nanoseconds. The era that is nearer to our days is meant
 * (RFC 4330 3): stamps without the top bit count from 2036. False: it is 0, no time at all.
 */
bool rem_ntp_time(uint64_t stamp, int64_t *s, int32_t *ns);

#endif
