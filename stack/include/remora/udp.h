/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The User Datagram Protocol: RFC 768.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source Port          |       Destination Port        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            Length             |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_UDP_H
#define REMORA_UDP_H

#include <remora/bits.h>

enum {
	REM_UDP_SRC = REM_BITS(0, 16),
	REM_UDP_DST = REM_BITS(16, 16),
	REM_UDP_LENGTH = REM_BITS(32, 16),      /* bytes, header and payload */
	REM_UDP_SUM = REM_BITS(48, 16),         /* 0: none was computed */

	REM_UDP_HEADER = 8,                     /* bytes */
};

/*
 * Checks the header. REM_LENGTH, bad = LENGTH: less than the header, or more than there is; the
 * payload is then what is there, or nothing. A length of 0 means all that is there, which only
 * jumbograms may say (RFC 2675 4): it is REM_FIELD, bad = LENGTH, below 64 KiB.
 */
int rem_udp_check(struct rem_view v, struct rem_head *h);

#endif
