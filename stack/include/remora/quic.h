/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * QUIC: the long header, as all versions have it (RFC 8999 5.1), and as version 1 fills it
 * (RFC 9000 17.2).
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+---+-------+-----------------------------------------------+
 * |1|F| T | hidden|                    Version                    |
 * +-+-+---+-------+---------------+-------------------------------+
 * |   … Version   |  DCID length  |  DCID (0 to 160 bits) …
 * +---------------+---------------+-------------------------------+
 * |  SCID length  |  SCID (0 to 160 bits) …
 */
#ifndef REMORA_QUIC_H
#define REMORA_QUIC_H

#include <remora/bits.h>
#include <remora/types.h>

enum {
	REM_QUIC_FORM = REM_BITS(0, 1),         /* 1: long */
	REM_QUIC_FIXED = REM_BITS(1, 1),
	REM_QUIC_TYPE = REM_BITS(2, 2),         /* the numbers depend on the version */
	REM_QUIC_SPIN = REM_BITS(2, 1),         /* of a short header */
	REM_QUIC_UNUSED = REM_BITS(1, 7),       /* of a version negotiation */
	REM_QUIC_VERSION = REM_BITS(8, 32),
	REM_QUIC_DCIL = REM_BITS(40, 8),
	REM_QUIC_LONG = 6,                      /* bytes in front of the connection IDs */
	REM_QUIC_RESERVED = REM_BITS(4, 2),     /* protected, as is what follows: RFC 9001 5.4 */
	REM_QUIC_NUMBER_BYTES = REM_BITS(6, 2), /* of the packet number, less 1 */
	REM_QUIC_VERSION_1 = 1,
	REM_QUIC_VERSION_2 = 0x6b3343cf,        /* RFC 9369 */
};

enum rem_quic_kind {
	REM_QUIC_INITIAL, REM_QUIC_0_RTT, REM_QUIC_HANDSHAKE, REM_QUIC_RETRY,
	REM_QUIC_NEGOTIATION,                   /* of versions */
	REM_QUIC_SHORT,
	REM_QUIC_OTHER,                         /* a version that nobody here knows */
};

/* Where the fields of a packet are; what a kind does not have is empty. */
struct rem_quic {
	enum rem_quic_kind kind;
	struct rem_span dcid, scid;
	struct rem_span token_length, token;    /* Initial; of a Retry the token alone */
	struct rem_span length;                 /* a number as RFC 9000 16 writes it */
	struct rem_span payload;                /* of a Retry: its integrity tag */
	uint32_t size;                          /* bytes of the packet; another may follow */
};

/*
 * Takes the packet at the start of v apart, as far as it is not hidden. REM_FIELD: a connection ID
 * is longer than 20 bytes, in a version that forbids it, or the version is older than this header;
 * REM_SHORT, REM_LENGTH: it ends too soon.
 */
int rem_quic_check(struct rem_view v, struct rem_quic *q);

/* What the protection of the header hides. */
struct rem_quic_number {
	uint8_t first;                          /* the first byte of the packet as it was */
	uint8_t bytes;                          /* of the packet number, 1 to 4 */
	uint32_t value;
};

/* … as found out for a packet, so that each of its rows need not do so again: its keys are dear. */
struct rem_quic_known {
	const struct rem_part *layer; /* NULL: for none yet */
	bool open;                    /* else nothing is known of it */
	struct rem_quic_number number;
};

/*
 * Takes the protection off the header of an Initial, whose keys come from the connection ID that the client has chosen for the
 * server in its first one: RFC 9001 5.2. `q` is what rem_quic_check() found. False: other keys protect the packet, or it is cut.
 */
bool rem_quic_open(const uint8_t *packet, const struct rem_quic *q, struct rem_span dcid,
		   bool from_client, struct rem_quic_number *number);

#endif
