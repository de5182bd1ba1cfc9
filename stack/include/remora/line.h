/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The breakdown line: a frame's layers in one line, with the rows one asked for.
 *
 *   OUT 90 [Ethernet len=14; destination=e8:4d:74:9f:61:4a; source=us | IPv4 len=20;
 *   (Type of Service)=0x00; flags=0x4000; source=us; destination=170.210.222.10 | UDP [RFC768]
 *   len=8; (Source port)=1023; (Destination port)=123 | NTP len=48; …]
 */
#ifndef REMORA_LINE_H
#define REMORA_LINE_H

#include <remora/text.h>

/* One of our own addresses. */
struct rem_us {
	enum rem_type type; /* REM_T_IPV4, REM_T_IPV6 or REM_T_MAC */
	uint64_t u;         /* IPv4, MAC */
	uint8_t ipv6[16];
};

enum rem_direction { REM_DIRECTION_UNKNOWN, REM_DIRECTION_IN, REM_DIRECTION_OUT };

struct rem_line {
	uint32_t classes;        /* 1 << enum rem_class of the rows to write */
	const struct rem_us *us; /* written as "us"; they also tell IN from OUT */
	unsigned us_count;
	enum rem_direction direction; /* where the addresses do not tell */
	unsigned subfields;           /* write at most so many options, records … of each layer */
	bool legacy;                  /* write rows that rarely mean anything today */
};

/* The classes that tell most in a line. */
#define REM_LINE_CLASSES \
	(1u << REM_C_SOURCE | 1u << REM_C_DESTINATION | 1u << REM_C_ADDRESS | 1u << REM_C_FLAGS | \
	 1u << REM_C_OP | 1u << REM_C_PORT | 1u << REM_C_TIME)

/* Writes the line, without a newline. `length` is the frame's on the wire. */
void rem_out_breakdown(struct rem_out *o, const struct rem_breakdown *b, uint32_t length,
		       const struct rem_line *line);

#endif
