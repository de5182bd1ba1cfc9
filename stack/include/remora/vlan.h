/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * VLAN tags, between the addresses of a frame and its type: IEEE 802.1Q 9.6.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | PCP |D|        VLAN ID        |        Type or length         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
#ifndef REMORA_VLAN_H
#define REMORA_VLAN_H

#include <remora/bits.h>

enum {
	REM_VLAN_PRIORITY = REM_BITS(0, 3),
	REM_VLAN_DEI = REM_BITS(3, 1),
	REM_VLAN_ID = REM_BITS(4, 12),
	REM_VLAN_TYPE = REM_BITS(16, 16),

	REM_VLAN_HEADER = 4,                /* bytes */
	REM_VLAN_TAG = 2,
};

#endif
