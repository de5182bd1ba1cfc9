/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A packet of a file, taken apart: the breakdown, and what the file knows of the packet (frame.*).
 * One struct frame serves packet after packet; nothing is allocated for any of them.
 */
#ifndef FRAME_H
#define FRAME_H

#include "file/reader.h"

#include <remora/frame.h>
#include <remora/numbers.h>
#include <remora/remora.h>

enum { FRAME_PARTS = 32768 };

/* A moment since 1970, or a length of time: what int64_t nanoseconds cannot hold, too. */
struct moment {
	int64_t s;
	int32_t ns;
};

struct frame {
	struct rem_breakdown b;
	const struct packet *packet;
	const struct reader *reader;
	struct rem_index index;
	unsigned first; /* the protocol that the link type stands for; REM_P_DATA: nobody knows */

	struct moment time;     /* of this packet; 0 if it has none, as Wireshark counts */
	struct moment start;    /* of the first packet */
	struct moment previous; /* of the packet before this one */
	struct moment shown;    /* of the last packet that was shown, of this one before any was */
	bool any, any_shown;

	bool described;  /* the frame record has been added to the breakdown */
	uint8_t *record; /* the frame record and its texts */
	size_t record_size;
	struct rem_slot slots[REM_INDEX_SLOTS];
	struct rem_set reach[REM_P_COUNT];
	struct rem_part parts[FRAME_PARTS];
};

struct frame *frame_new(void);
void frame_free(struct frame *f);

/* Takes a packet apart, as far as `want` says (NULL: all of it). */
void frame_take(struct frame *f, const struct reader *reader, const struct packet *packet,
		const struct rem_want *want);
/* Takes the same packet apart again, further than before. */
void frame_retake(struct frame *f, const struct rem_want *want);
/* Adds the layer frame.* to the breakdown, once. */
void frame_describe(struct frame *f);
/* How long after `from` the packet was captured; seconds and nanoseconds have one sign. */
struct moment frame_time_since(const struct frame *f, struct moment from);
/* The packet is shown: the next one's frame.time_delta_displayed counts from it. */
void frame_shown(struct frame *f);

/* The layer whose addresses a line shows: the deepest that has some and is not quoted. */
const struct rem_part *frame_address_layer(const struct frame *f);
/* The deepest layer that is not quoted, not data: its name is the packet's protocol. */
const struct rem_part *frame_protocol_layer(const struct frame *f);

#endif
