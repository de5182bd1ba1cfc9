/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A TCP segment as the state machine sees it: its header taken apart, without ports, checksum and
 * data. RFC 9293 3.1 and 3.2, RFC 7323 (window scale, timestamps), RFC 2018 (SACK).
 */
#ifndef REMORA_SEGMENT_H
#define REMORA_SEGMENT_H

#include <remora/types.h>

/* Sequence numbers are compared by their distance: RFC 9293 3.4. */
static inline bool rem_seq_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

static inline uint32_t rem_seq_max(uint32_t a, uint32_t b)
{
	return rem_seq_before(a, b) ? b : a;
}

static inline uint32_t rem_seq_min(uint32_t a, uint32_t b)
{
	return rem_seq_before(a, b) ? a : b;
}

/* The bytes `from` to `to` - 1 of a stream. */
struct rem_range {
	uint32_t from, to;
};

enum {
	REM_SEG_FIN = 1,
	REM_SEG_SYN = 2,
	REM_SEG_RST = 4,
	REM_SEG_PSH = 8,
	REM_SEG_ACK = 16,
	REM_SEG_URG = 32,
};

/* Which options there are. */
enum {
	REM_OPT_MSS = 1,
	REM_OPT_SHIFT = 2,
	REM_OPT_SACK_OK = 4,
	REM_OPT_TS = 8,
};

enum {
	REM_SEG_SACKS = 4,          /* SACK blocks that fit into a header */
	REM_SEG_HEADER_MAX = 60,
};

struct rem_segment {
	uint32_t seq, ack;
	uint32_t len;               /* bytes of data */
	uint16_t wnd;               /* as in the header, unscaled */
	uint16_t urgent;            /* offset from seq */
	uint8_t flags, options;     /* REM_SEG_…, REM_OPT_… */
	uint8_t shift;              /* of the window scale option */
	uint8_t sacks;              /* entries of sack */
	uint16_t mss;
	uint8_t why;                /* enum rem_why: what a planned segment is for */
	uint32_t tsval, tsecr;
	struct rem_range sack[REM_SEG_SACKS];
};

/* The sequence numbers that it takes up: SEG.LEN of RFC 9293. */
static inline uint32_t rem_segment_len(const struct rem_segment *s)
{
	return s->len + (s->flags & REM_SEG_SYN ? 1u : 0u) + (s->flags & REM_SEG_FIN ? 1u : 0u);
}

/*
 * Takes the header of the segment at v apart; s->len is what follows it. Returns the header's bytes,
 * or REM_LENGTH, REM_SHORT: as rem_tcp_check, or an option lies about its length. Options that mean
 * nothing to us, or not here (MSS without SYN), are passed over.
 */
int rem_segment_read(struct rem_segment *s, struct rem_view v);

/* Bytes of the header that rem_segment_write would write: a multiple of 4. */
uint32_t rem_segment_header(const struct rem_segment *s);

/* Writes the header, ports and checksum apart, at p. Returns its bytes, at most REM_SEG_HEADER_MAX. */
uint32_t rem_segment_write(const struct rem_segment *s, uint8_t *p);

#endif
