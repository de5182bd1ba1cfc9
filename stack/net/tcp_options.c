/* SPDX-License-Identifier: BSD-3-Clause */
/* The header of a TCP segment, read and written: RFC 9293 3.1 and 3.2, RFC 7323, RFC 2018. */
#include "net/tcp_fsm.h"
#include <remora/tcp.h>

/* RFC 7323 A: what nearly every segment carries, and nothing else, padded as everybody pads it. */
#define JUST_TS 0x0101080au
enum { TS_BYTES = 12, SHIFT_MAX = 14 };

/* And what nearly every SYN does: MSS, SACK permitted with timestamps, window scale. */
#define SYN_MSS   0x0204u
#define SYN_TS    0x0402080au
#define SYN_SHIFT 0x010303u

static void take_shift(struct rem_segment *s, uint8_t shift)
{
	s->shift = shift > SHIFT_MAX ? SHIFT_MAX : shift; /* RFC 7323 2.3 */
	s->options |= REM_OPT_SHIFT;
}

/* Takes a value that is as long as its option says it must be: RFC 9293 3.2, MUST-7. */
REM_OWN static void take(struct rem_segment *s, const struct rem_tlv_item *item)
{
	const uint8_t *p = item->value.p;
	const uint32_t n = item->value.cap;
	const bool syn = (s->flags & REM_SEG_SYN) != 0;

	switch (item->tag) {
	case REM_TCP_OPT_MSS:
		if (n == 2 && syn) {
			s->mss = (uint16_t)rem_be16(p);
			s->options |= REM_OPT_MSS;
		}
		break;
	case REM_TCP_OPT_WSCALE:
		if (n == 1 && syn)
			take_shift(s, p[0]);
		break;
	case REM_TCP_OPT_SACK_OK:
		if (n == 0 && syn)
			s->options |= REM_OPT_SACK_OK;
		break;
	case REM_TCP_OPT_TS:
		if (n == 8) {
			s->tsval = rem_be32(p);
			s->tsecr = rem_be32(p + 4);
			s->options |= REM_OPT_TS;
		}
		break;
	case REM_TCP_OPT_SACK:
		s->sacks = 0;
		for (uint32_t i = 0; i + 8 <= n && s->sacks < REM_SEG_SACKS; i += 8)
			s->sack[s->sacks++] = (struct rem_range){rem_be32(p + i),
								 rem_be32(p + i + 4)};
		break;
	default: break;
	}
}

static int read_options(struct rem_segment *s, struct rem_view options)
{
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_tcp_option, &options, &item)) {
		if (item.err != REM_OK)
			return item.err;
		take(s, &item);
	}
	return REM_OK;
}

/* What stands in front of the options. */
static inline void read_header(struct rem_segment *s, struct rem_view v)
{
	s->seq = rem_get(v.p, REM_TCP_SEQ);
	s->ack = rem_get(v.p, REM_TCP_ACK);
	s->wnd = (uint16_t)rem_get(v.p, REM_TCP_WINDOW);
	s->urgent = (uint16_t)rem_get(v.p, REM_TCP_URGENT);
	s->flags = v.p[REM_OFF(REM_TCP_FIN) / 8];
	s->options = 0;
	s->sacks = 0;
	s->why = 0;
}

inline bool rem_segment_read_usual(struct rem_segment *s, struct rem_view v)
{
	const uint8_t *p = v.p + REM_TCP_HEADER;

	if (v.cap < REM_SEGMENT_USUAL || v.wire != v.cap ||
	    rem_get(v.p, REM_TCP_OFFSET) != REM_SEGMENT_USUAL / 4 || rem_be32(p) != JUST_TS)
		return false;
	read_header(s, v);
	s->len = v.cap - REM_SEGMENT_USUAL;
	s->options = REM_OPT_TS;
	s->tsval = rem_be32(p + 4);
	s->tsecr = rem_be32(p + 8);
	return true;
}

/* The same of a SYN whose options are in the usual order, which is ours: nothing is to be searched. */
static inline bool read_usual_syn(struct rem_segment *s, struct rem_view v)
{
	const uint8_t *p = v.p + REM_TCP_HEADER;

	if (v.cap < REM_SEGMENT_SYN || v.wire != v.cap ||
	    rem_get(v.p, REM_TCP_OFFSET) != REM_SEGMENT_SYN / 4 || rem_get(v.p, REM_TCP_SYN) == 0)
		return false;
	const uint32_t shift = rem_be32(p + 16);

	if (rem_be16(p) != SYN_MSS || rem_be32(p + 4) != SYN_TS || shift >> 8 != SYN_SHIFT)
		return false;
	read_header(s, v);
	s->len = v.cap - REM_SEGMENT_SYN;
	s->mss = (uint16_t)rem_be16(p + 2);
	s->tsval = rem_be32(p + 8);
	s->tsecr = rem_be32(p + 12);
	s->options = REM_OPT_MSS | REM_OPT_SACK_OK | REM_OPT_TS;
	take_shift(s, (uint8_t)shift);
	return true;
}

inline int rem_segment_read(struct rem_segment *s, struct rem_view v)
{
	struct rem_head h;

	if (!REM_SMALL && rem_segment_read_usual(s, v))
		return REM_SEGMENT_USUAL;
	if (!REM_SMALL && read_usual_syn(s, v))
		return REM_SEGMENT_SYN;
	int err = rem_tcp_check(v, &h);
	if (err != REM_OK)
		return err;
	read_header(s, v);
	s->len = h.payload.wire;
	if (h.len == REM_TCP_HEADER)
		return REM_TCP_HEADER;
	err = read_options(s, rem_tcp_options(v, &h));
	return err < 0 ? err : (int)h.len;
}

/* Timestamps and nothing else? */
static inline bool is_usual(const struct rem_segment *s)
{
	return s->options == REM_OPT_TS && s->sacks == 0;
}

/* All that a SYN has? */
inline bool rem_segment_is_usual_syn(const struct rem_segment *s)
{
	return s->options == (REM_OPT_MSS | REM_OPT_SHIFT | REM_OPT_SACK_OK | REM_OPT_TS) &&
	       s->sacks == 0;
}

inline uint32_t rem_segment_header(const struct rem_segment *s)
{
	uint32_t n = REM_TCP_HEADER;

	if (!REM_SMALL && is_usual(s))
		return REM_SEGMENT_USUAL;
	if (!REM_SMALL && rem_segment_is_usual_syn(s))
		return REM_SEGMENT_SYN;
	if (s->options & REM_OPT_MSS)
		n += 4;
	if (s->options & REM_OPT_SHIFT)
		n += 4;
	if (s->options & REM_OPT_TS)
		n += TS_BYTES;
	else if (s->options & REM_OPT_SACK_OK)
		n += 4;
	return s->sacks > 0 ? n + 4 + 8u * s->sacks : n;
}

REM_OWN static uint8_t *put(uint8_t *p, uint32_t v)
{
	rem_put(p, REM_BYTES(0, 4), v);
	return p + 4;
}

/* Four bytes at a time: each option is padded in front, so that numbers lie even. Their end. */
static uint8_t *put_options(const struct rem_segment *s, uint8_t *at)
{
	if (s->options & REM_OPT_MSS)
		at = put(at, REM_TCP_OPT_MSS << 24 | 4 << 16 | s->mss);
	if (s->options & REM_OPT_TS) {
		at = put(at, s->options & REM_OPT_SACK_OK
				     ? REM_TCP_OPT_SACK_OK << 24 | 2 << 16 | (JUST_TS & 0xffff)
				     : JUST_TS);
		at = put(put(at, s->tsval), s->tsecr);
	} else if (s->options & REM_OPT_SACK_OK) {
		at = put(at, REM_TCP_OPT_NOP << 24 | REM_TCP_OPT_NOP << 16 |
				     REM_TCP_OPT_SACK_OK << 8 | 2);
	}
	if (s->options & REM_OPT_SHIFT)
		at = put(at, REM_TCP_OPT_NOP << 24 | REM_TCP_OPT_WSCALE << 16 | 3 << 8 | s->shift);
	if (s->sacks > 0) {
		at = put(at, REM_TCP_OPT_NOP << 24 | REM_TCP_OPT_NOP << 16 | REM_TCP_OPT_SACK << 8 |
				     (2u + 8u * s->sacks));
		for (unsigned i = 0; i < s->sacks; i++)
			at = put(put(at, s->sack[i].from), s->sack[i].to);
	}
	return at;
}

/* What stands in front of the options, of a header of n bytes. */
static inline void write_header(const struct rem_segment *s, uint8_t *p, uint32_t n)
{
	p = put(p + REM_OFF(REM_TCP_SEQ) / 8, s->seq);
	p = put(p, s->ack);
	p = put(p, n / 4 << 28 | (uint32_t)s->flags << 16 | s->wnd);
	put(p, s->urgent); /* behind a checksum of 0 */
}

inline void rem_segment_write_usual(const struct rem_segment *s, uint8_t *p)
{
	put(put(put(p + REM_TCP_HEADER, JUST_TS), s->tsval), s->tsecr);
	write_header(s, p, REM_SEGMENT_USUAL);
}

inline void rem_segment_write_syn(const struct rem_segment *s, uint8_t *p)
{
	uint8_t *at = put(p + REM_TCP_HEADER, SYN_MSS << 16 | s->mss);

	at = put(put(put(at, SYN_TS), s->tsval), s->tsecr);
	put(at, SYN_SHIFT << 8 | s->shift);
	write_header(s, p, REM_SEGMENT_SYN);
}

inline uint32_t rem_segment_write(const struct rem_segment *s, uint8_t *p)
{
	if (!REM_SMALL && is_usual(s)) {
		rem_segment_write_usual(s, p);
		return REM_SEGMENT_USUAL;
	}
	if (!REM_SMALL && rem_segment_is_usual_syn(s)) {
		rem_segment_write_syn(s, p);
		return REM_SEGMENT_SYN;
	}
	const uint32_t n = (uint32_t)(put_options(s, p + REM_TCP_HEADER) - p);

	write_header(s, p, n);
	return n;
}
