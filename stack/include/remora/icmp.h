/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Control Message Protocol: RFC 792. Each type lays its own fields over the second
 * word; messages that report an error quote the datagram that caused it.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      |     Code      |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   of the type: identifier and sequence number of an echo, …   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   data, or the datagram that is quoted …
 * +-+-+-+-+-+-+-+-+-+-
 */
#ifndef REMORA_ICMP_H
#define REMORA_ICMP_H

#include <remora/bits.h>

enum {
	REM_ICMP_TYPE = REM_BYTES(0, 1),
	REM_ICMP_CODE = REM_BYTES(1, 1),
	REM_ICMP_SUM = REM_BYTES(2, 2),
	REM_ICMP_ID = REM_BYTES(4, 2),          /* echo, timestamp, information, address mask */
	REM_ICMP_SEQ = REM_BYTES(6, 2),
	REM_ICMP_GATEWAY = REM_BYTES(4, 4),     /* redirect */
	REM_ICMP_POINTER = REM_BYTES(4, 1),     /* parameter problem */
	REM_ICMP_LENGTH = REM_BYTES(5, 1),      /* of the quoted datagram, in words: RFC 4884 */
	REM_ICMP_MTU = REM_BYTES(6, 2),         /* fragmentation needed: RFC 1191 */

	REM_ICMP_HEADER = 8,                    /* bytes */
};

/* Types: IANA, ICMP Type Numbers. */
enum {
	REM_ICMP_ECHO_REPLY = 0,
	REM_ICMP_UNREACHABLE = 3,
	REM_ICMP_QUENCH = 4,
	REM_ICMP_REDIRECT = 5,
	REM_ICMP_ECHO = 8,
	REM_ICMP_ROUTER = 9,
	REM_ICMP_SOLICITATION = 10,
	REM_ICMP_TIME_EXCEEDED = 11,
	REM_ICMP_PARAMETER = 12,
	REM_ICMP_TIMESTAMP = 13,
	REM_ICMP_TIMESTAMP_REPLY = 14,
	REM_ICMP_INFORMATION = 15,
	REM_ICMP_INFORMATION_REPLY = 16,
	REM_ICMP_MASK = 17,
	REM_ICMP_MASK_REPLY = 18,
	REM_ICMP_EXTENDED = 42,                 /* extended echo: RFC 8335 */
	REM_ICMP_EXTENDED_REPLY = 43,
};

enum { REM_ICMP_FRAGMENTATION_NEEDED = 4 };     /* a code of unreachable */

/* Checks that the header is there; its payload is what follows. The checksum is not summed. */
int rem_icmp_check(struct rem_view v, struct rem_head *h);

#endif
