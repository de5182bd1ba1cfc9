/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A packet of a capture, taken apart: the breakdown, and what the capture knows of the packet (frame.*).
 * One struct frame serves packet after packet; nothing is allocated for any of them.
 */
#ifndef FRAME_H
#define FRAME_H

#include "decode_as.h"
#include "file/interfaces.h"

#include <remora/frame.h>
#include <remora/numbers.h>
#include <remora/quic.h>
#include <remora/remora.h>

enum {
	FRAME_PARTS = 32768,
	FRAME_SLOTS = 8 * REM_INDEX_SLOTS, /* roomy, so that most bindings are found at once */
};

/* Nanoseconds. */
enum { FRAME_SECOND = 1000000000 };

/* A moment since 1970, or a length of time: what int64_t nanoseconds cannot hold, too. */
struct moment {
	int64_t s;
	int32_t ns;
};

/* A moment as the reader tells it, for most packets in nanoseconds alone: few are asked for theirs,
 * so that the division is left to frame_moment(). */
struct instant {
	int64_t s, ns;
};

struct frame {
	struct rem_breakdown b;
	struct rem_quic_known quic;
	const struct packet *packet;
	const struct interfaces *interfaces;
	struct rem_index index;
	uint32_t linktype; /* of the last packet; of none until one has been shown */
	unsigned first;    /* the protocol that it stands for; REM_P_DATA: nobody knows */

	struct instant time;     /* of this packet; 0 if it has none, as Wireshark counts */
	struct instant start;    /* of the first packet */
	struct instant previous; /* of the packet before this one */
	struct instant shown;    /* of the last packet that was shown, of this one before any was */
	bool any, any_shown;

	bool described;  /* the frame record has been added to the breakdown */
	uint8_t *record; /* the frame record and its texts */
	size_t record_size;
	struct rem_slot slots[FRAME_SLOTS];
	struct rem_part parts[FRAME_PARTS];
};

struct frame *frame_new(void);
void frame_free(struct frame *f);

/* From now on these rules are in force, and no others. False: there are too many values, and as many
 * of them are as there is room for. */
bool frame_decode_as(struct frame *f, const struct decode_as *rules, unsigned n);

/* Takes a packet apart, as far as `want` says (NULL: all of it). */
void frame_take(struct frame *f, const struct interfaces *interfaces, const struct packet *packet,
		const struct rem_want *want);
/* The next packet is the first: times count from it. */
void frame_restart(struct frame *f);
/* When a packet was captured, which comes behind the one that the frame holds. */
struct instant frame_instant(const struct frame *f, const struct interfaces *interfaces,
			     const struct packet *packet);
/* Takes the same packet apart again, further than before. */
void frame_retake(struct frame *f, const struct rem_want *want);
/* Adds the layer frame.* to the breakdown, once. */
void frame_describe(struct frame *f);
/* Seconds, and nanoseconds from 0 to 999,999,999. */
struct moment frame_moment(struct instant when);
/* How long after `from` the packet was captured; seconds and nanoseconds have one sign. */
struct moment frame_time_since(const struct frame *f, struct instant from);
/* The packet is shown: the next one's frame.time_delta_displayed counts from it. */
static inline void frame_shown(struct frame *f)
{
	f->any_shown = true;
	f->shown = f->time;
}

#endif
