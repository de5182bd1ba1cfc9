/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a capture file knows of a packet, as a record that front ends write with rem_put and add to
 * the breakdown with rem_break_derived: so frame.number is a row like any other.
 */
#ifndef REMORA_FRAME_H
#define REMORA_FRAME_H

#include <remora/bits.h>

enum {
	REM_FRAME_NUMBER = REM_BYTES(0, 8),
	REM_FRAME_TIME_S = REM_BYTES(8, 8), /* since 1970-01-01, UTC */
	REM_FRAME_TIME_NS = REM_BYTES(16, 4),
	REM_FRAME_DELTA_S = REM_BYTES(20, 8), /* since the packet before */
	REM_FRAME_DELTA_NS = REM_BYTES(28, 4),
	REM_FRAME_SHOWN_S = REM_BYTES(32, 8), /* since the packet shown before */
	REM_FRAME_SHOWN_NS = REM_BYTES(40, 4),
	REM_FRAME_RELATIVE_S = REM_BYTES(44, 8), /* since the first packet */
	REM_FRAME_RELATIVE_NS = REM_BYTES(52, 4),
	REM_FRAME_LEN = REM_BYTES(56, 4),
	REM_FRAME_CAP_LEN = REM_BYTES(60, 4),
	REM_FRAME_LINKTYPE = REM_BYTES(64, 4),
	REM_FRAME_INTERFACE = REM_BYTES(68, 4),
	REM_FRAME_SECTION = REM_BYTES(72, 4), /* 0: the file has none */
	REM_FRAME_ENCAP = REM_BYTES(76, 2),   /* Wireshark's number for the link type */
	REM_FRAME_FLAGS = REM_BYTES(80, 4),   /* epb_flags of pcapng */

	REM_FRAME_RECORD = 84, /* bytes */
};

enum { REM_FRAME_NO_ENCAP = 0xffff }; /* no packet of a network */

/* Tables of the protocol `frame`: what every record has, and what it has where the file knows a time,
 * an interface, flags; texts that follow the record. */
enum {
	REM_FRAME_TABLE_BASE,
	REM_FRAME_TABLE_TIME,
	REM_FRAME_TABLE_INTERFACE,
	REM_FRAME_TABLE_FLAGS,
	REM_FRAME_TABLE_PROTOCOLS,
	REM_FRAME_TABLE_COMMENT,
	REM_FRAME_TABLE_INTERFACE_NAME,
	REM_FRAME_TABLE_INTERFACE_DESCRIPTION,
};

#endif
