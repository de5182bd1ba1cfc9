/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of the live stack share.
 *
 * Functions that every frame passes are `inline`, those that other files call too: a word to who links across files and
 * for speed, who for size does not listen to it.
 */
#ifndef REMORA_NET_NET_H
#define REMORA_NET_NET_H

#include "core/decode.h"
#include <remora/node.h>
#include <remora/secret.h>

#define REM_SECOND INT64_C(1000000)

/* What the common way has no need of is a function apart where speed counts, so that it stays short; what seldom happens is
 * besides laid where it is in nobody's way. */
#ifdef __OPTIMIZE_SIZE__
#define REM_BESIDE static
#define REM_SELDOM static
#else
#define REM_BESIDE REM_APART
#define REM_SELDOM __attribute__((cold)) REM_APART
#endif

REM_INLINE rem_time rem_seconds(uint32_t n)
{
	return (rem_time)rem_product(n, 1000000);
}

REM_INLINE rem_time rem_milliseconds(uint32_t n)
{
	return (rem_time)rem_product(n, 1000);
}

enum { REM_LEAST_MTU = 68 };     /* RFC 791 3.2: every link carries so much */

#define rem_move(to, from, n) __builtin_memmove(to, from, n)

/* The first byte of a field of the structure at p. */
#define rem_at(p, handle) ((p) + REM_OFF(handle) / 8)

/* The link address of everybody. */
extern const uint8_t rem_link_all[6];

/* Zeros, into a table that may be none. */
REM_INLINE void rem_clear(void *p, size_t n)
{
	if (n > 0)
		rem_fill(p, 0, n);
}

/* Clears a struct of `size` bytes that is a node: of these ops, and not due. */
void rem_node_begin(struct rem_node *n, size_t size, const struct rem_node_ops *ops);

/* A port that nobody can guess, of those that are nobody's: RFC 6335 6. */
uint16_t rem_draw_port(struct rem_secret *s);

/* Has that time come? */
REM_LONG bool rem_has_come(rem_time when, rem_time now)
{
	return now >= when;
}

/* Not later than `at`. */
REM_LONG void rem_sooner(rem_time *due, rem_time at)
{
	if (at < *due)
		*due = at;
}

/* The child has had its turn: when does it want the next one? */
REM_INLINE void rem_seats_ran(struct rem_node *parent, const struct rem_node *child)
{
	rem_sooner(&parent->due, child->due);
}

/* A node that has got up, or has begun a new life, perhaps elsewhere, sits here no more. */
REM_INLINE bool rem_still_sits(const struct rem_seats *s, const struct rem_seat *seat)
{
	return seat->node->gen == seat->gen && seat->node->table == s;
}

REM_INLINE bool rem_is_taken(const struct rem_seats *s, const struct rem_seat *seat)
{
	return seat->node != NULL && rem_still_sits(s, seat);
}

/*
 * Most often who had its turn last is the only one who wants another: a short cut. None of the others is due before `rest`,
 * which is found when all of them are looked at, and kept by rem_seats_woken(). NULL: all have to be looked at.
 */
REM_INLINE struct rem_node *rem_seats_only(const struct rem_seats *s, rem_time now)
{
#if REM_SHORT_CUTS
	if (__builtin_expect(
		    s->rest > now && rem_still_sits(s, &s->last) && s->last.node->due <= now, 1)) {
		s->owner->due = s->rest;
		return s->last.node;
	}
#else
	(void)s, (void)now;
#endif
	return NULL;
}

/* A child is due at `when`, or before: what short cuts have to know; rem_wake() says it, too. */
REM_INLINE void rem_seats_woken(struct rem_seats *s, const struct rem_node *child, rem_time when)
{
#if REM_SHORT_CUTS
	if (child != s->last.node)
		rem_sooner(&s->rest, when);
#else
	(void)s, (void)child, (void)when;
#endif
}

/* Who had its turn last has the next one too: it could not write what it wanted to. */
REM_INLINE void rem_seats_again(struct rem_seats *s)
{
	s->turn--;
}

/* The node decides about the frame: the last word of a demux or an encap. */
REM_INLINE int rem_end(struct rem_frame *f, enum rem_why why, int result)
{
	f->verdict.why = (uint8_t)why;
	return result;
}

/* The bytes from off on, as the checks of the decoders want them: nothing is cut. */
REM_INLINE struct rem_view rem_frame_view(const struct rem_frame *f, uint32_t off)
{
	return (struct rem_view){f->p + off, f->end - off, f->end - off};
}

#endif
