/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Transmission Control Protocol: RFC 9293 3.1.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source Port          |       Destination Port        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Sequence Number                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Acknowledgment Number                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Data |     |A|C|E|U|A|P|R|S|F|                               |
 * | Offset| Rsrv|E|W|C|R|C|S|S|Y|I|            Window             |
 * |       |     | |R|E|G|K|H|T|N|N|                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Checksum            |         Urgent Pointer        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           [Options]                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_TCP_H
#define REMORA_TCP_H

#include <remora/bits.h>
#include <remora/tlv.h>

enum {
	REM_TCP_SRC = REM_BITS(0, 16),
	REM_TCP_DST = REM_BITS(16, 16),
	REM_TCP_SEQ = REM_BITS(32, 32),
	REM_TCP_ACK = REM_BITS(64, 32),
	REM_TCP_OFFSET = REM_BITS(96, 4),       /* 32-bit words */
	REM_TCP_RESERVED = REM_BITS(100, 3),
	REM_TCP_FLAGS = REM_BITS(100, 12),      /* with the reserved bits, as Wireshark counts them */
	REM_TCP_AE = REM_BITS(103, 1),
	REM_TCP_CWR = REM_BITS(104, 1),
	REM_TCP_ECE = REM_BITS(105, 1),
	REM_TCP_URG = REM_BITS(106, 1),
	REM_TCP_ACK_FLAG = REM_BITS(107, 1),
	REM_TCP_PSH = REM_BITS(108, 1),
	REM_TCP_RST = REM_BITS(109, 1),
	REM_TCP_SYN = REM_BITS(110, 1),
	REM_TCP_FIN = REM_BITS(111, 1),
	REM_TCP_WINDOW = REM_BITS(112, 16),
	REM_TCP_SUM = REM_BITS(128, 16),
	REM_TCP_URGENT = REM_BITS(144, 16),

	REM_TCP_HEADER = 20,                    /* bytes, without options */
};

/* Kinds of options: IANA, TCP Option Kind Numbers. */
enum {
	REM_TCP_OPT_END = 0,
	REM_TCP_OPT_NOP = 1,
	REM_TCP_OPT_MSS = 2,
	REM_TCP_OPT_WSCALE = 3,
	REM_TCP_OPT_SACK_OK = 4,
	REM_TCP_OPT_SACK = 5,
	REM_TCP_OPT_TS = 8,

	REM_TCP_EXP_ACC_ECN0 = 0xacc0,          /* accurate ECN as an experiment: RFC 9768 3.2.3 */
	REM_TCP_EXP_ACC_ECN1 = 0xacc1,
	REM_TCP_EXP_TFO = 0xf989,               /* fast open as an experiment: RFC 7413 A.1 */
};

/* Checks the header. REM_LENGTH, bad = OFFSET: less than 5 words, or more than the segment has. */
int rem_tcp_check(struct rem_view v, struct rem_head *h);

/* Options: RFC 9293 3.2. Walk rem_tcp_options(v, h) with rem_tlv_next(&rem_tcp_option, …). */
extern const struct rem_tlv rem_tcp_option;

static inline struct rem_view rem_tcp_options(struct rem_view v, const struct rem_head *h)
{
	return (struct rem_view){v.p + REM_TCP_HEADER, h->len - REM_TCP_HEADER,
				 4 * rem_get(v.p, REM_TCP_OFFSET) - REM_TCP_HEADER};
}

#endif
