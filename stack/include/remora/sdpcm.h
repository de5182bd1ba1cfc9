/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a CYW43439 and its host say to each other: SDPCM frames, in which are control messages (CDC),
 * events, and Ethernet frames behind a BDC header. Little-endian, but for the events.
 */
#ifndef REMORA_SDPCM_H
#define REMORA_SDPCM_H

#include <remora/bits.h>

/*
 * +---------------+---------------+-------+-------+-------+-------+
 * |     Size      |     ~Size     |  Seq  |Channel| Next  | Offset|
 * +-------+-------+---------------+-------+-------+-------+-------+
 * | Flow  |Credit |   Reserved    | up to Offset, then the payload
 */
enum {
	REM_SDPCM_SIZE = REM_LE(0, 16),  /* of all, this header included */
	REM_SDPCM_CHECK = REM_LE(16, 16),
	REM_SDPCM_SEQ = REM_BYTES(4, 1),
	REM_SDPCM_CHANNEL = REM_BITS(44, 4), /* the upper half are flags */
	REM_SDPCM_OFFSET = REM_BYTES(7, 1),
	REM_SDPCM_FLOW = REM_BYTES(8, 1),    /* not 0: the host stops sending */
	REM_SDPCM_CREDIT = REM_BYTES(9, 1),  /* the host may send while its Seq is not this */
	REM_SDPCM_HEADER = 12,
};

enum rem_sdpcm_channel {
	REM_SDPCM_CONTROL = 0,
	REM_SDPCM_EVENT = 1,
	REM_SDPCM_DATA = 2,
};

/*
 * +-------------------------------+---------------+---------------+
 * |            Command            | Output length | Input length  |
 * +-------+-----+-+-+-------------+---------------+---------------+
 * |     Flags     |   Identifier  |            Status             |
 * +---------------+---------------+-------------------------------+
 */
enum {
	REM_CDC_COMMAND = REM_LE(0, 32),
	REM_CDC_LENGTH = REM_LE(32, 32), /* of what follows */
	REM_CDC_FLAGS = REM_LE(64, 16),  /* 2: set, 1: it failed, 15:12 the interface */
	REM_CDC_ID = REM_LE(80, 16),     /* an answer has that of its question */
	REM_CDC_STATUS = REM_LE(96, 32), /* of the answer: 0, or negative */
	REM_CDC_HEADER = 16,
};

enum { REM_CDC_FAILED = 1, REM_CDC_SET = 2 };

/*
 * +-------+-------+-------+-------+
 * |Version|Priorit|  …  If| Offset| Offset words, then an Ethernet frame
 * +-------+-------+-------+-------+
 */
enum {
	REM_BDC_VERSION = REM_BITS(0, 4), /* 2 */
	REM_BDC_PRIORITY = REM_BYTES(1, 1),
	REM_BDC_INTERFACE = REM_BITS(20, 4),
	REM_BDC_OFFSET = REM_BYTES(3, 1), /* in words of 4 bytes */
	REM_BDC_HEADER = 4,
};

/*
 * An event: an Ethernet frame of type 0x886c. From there on numbers are big-endian.
 * | 14: subtype, length, version, OUI 00:10:18, 1 | 24: version, flags, type, status, reason, auth |
 * | 44: data length | 48: address | 54: interface's name | 70: interface, configuration | 72: data
 */
enum {
	REM_BRCM_ETHERTYPE = 0x886c,
	REM_BRCM_OUI = REM_BYTES(19, 3),
	REM_BRCM_KIND = REM_BYTES(22, 2), /* 1: an event */
	REM_BRCM_FLAGS = REM_BYTES(26, 2),
	REM_BRCM_TYPE = REM_BYTES(28, 4), /* REM_CYW_EVENT_… */
	REM_BRCM_STATUS = REM_BYTES(32, 4), /* enum rem_brcm_status; of PSK_SUP its own numbers */
	REM_BRCM_REASON = REM_BYTES(36, 4),
	REM_BRCM_LENGTH = REM_BYTES(44, 4),
	REM_BRCM_ADDRESS = 48, /* 6 bytes there */
	REM_BRCM_HEADER = 72,  /* data follows */
	REM_BRCM_OUI_VALUE = 0x001018,
	REM_BRCM_LINK_UP = 1, /* of the flags of LINK */
};

enum rem_brcm_status {
	REM_BRCM_OK = 0,
	REM_BRCM_FAIL = 1,
	REM_BRCM_TIMEOUT = 2,
	REM_BRCM_NO_NETWORKS = 3,
	REM_BRCM_ABORT = 4,
	REM_BRCM_NO_ACK = 5,
	REM_BRCM_UNSOLICITED = 6,
	REM_BRCM_PARTIAL = 8,
	REM_BRCM_KEYED = 6,             /* PSK_SUP: the keys are there */
	REM_BRCM_HANDSHAKE_TIMEOUT = 15, /* PSK_SUP: as reason */
};

#endif
