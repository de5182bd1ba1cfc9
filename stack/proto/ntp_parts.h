/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of NTP share: its tables, and names of its modes and requests. */
#ifndef PROTO_NTP_PARTS_H
#define PROTO_NTP_PARTS_H

#include "core/decode.h"

enum {
	TABLE_HEADER, TABLE_EXTENSION, TABLE_KEY, TABLE_MAC, TABLE_DATA,
	/* Mode 6; the status words stand between the head and its rest */
	TABLE_CONTROL, TABLE_STATUS, TABLE_SYSTEM, TABLE_PEER, TABLE_CLOCK, TABLE_ERROR, TABLE_CONTROL_REST,
	TABLE_CONTROL_DATA, TABLE_ASSOCIATION, TABLE_VARIABLES,
	/* Mode 7 and its items */
	TABLE_PRIVATE, TABLE_SUMMARY, TABLE_MONITOR, TABLE_MONITOR6, TABLE_LOOP,
	TABLE_COUNT,
};

extern const struct rem_table rem_ntp_tables[TABLE_COUNT];

rem_calc rem_ntp_row_time;

#ifndef REM_NO_NAMES
extern const struct rem_names rem_ntp_mode_names, rem_ntp_opcode_names;
#endif

#endif
