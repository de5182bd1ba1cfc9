/* SPDX-License-Identifier: BSD-3-Clause */
/* The words that mean one thing everywhere: errors, spans, views, heads, time. */
#ifndef REMORA_TYPES_H
#define REMORA_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * 0 is good, a positive int is a count of bytes, a negative one says why not. Few and distinct.
 * rem_err_text() gives each as a word or two.
 */
enum rem_err {
	REM_OK = 0,
	REM_SHORT = -1,         /* bytes are missing here, though they were on the wire: a cut */
	REM_LENGTH = -2,        /* a length lies: too small for what it counts, or past its parent */
	REM_FIELD = -3,         /* a field has a value that its specification forbids */
	REM_SUM = -4,           /* a checksum does not match */
	REM_LOOP = -5,          /* something points back at itself (DNS names) */
	REM_LIMIT = -6,         /* deeper, longer or more than remora is willing to follow */
	REM_STATE = -7,         /* not in this state */
	REM_UNSUP = -8,         /* well formed, not supported */
	REM_DROP = -9,          /* dropped on purpose */
	REM_CLOSED = -10,       /* the other side, or we, have closed */
	REM_MISS = -11,         /* not mine: try the next */
};

const char *rem_err_text(int err);

/* Borrowed bytes. */
struct rem_span {
	const uint8_t *p;
	uint32_t n;
};

/* The wire length of a view when nobody knows it: a quoted datagram, a first fragment. */
#define REM_UNKNOWN UINT32_MAX

/*
 * Captured bytes and the length that was on the wire; cap <= wire always. Where cap < wire the
 * capture was cut, and what lies behind the cut is REM_SHORT, not a lie.
 */
struct rem_view {
	const uint8_t *p;
	uint32_t cap;
	uint32_t wire;
};

/*
 * What a check found out, filled as far as the bytes allow even when the result is negative.
 * `len` is the header's length, at most the captured bytes; `payload` what the header says
 * follows it; `bad` the handle that lies, 0 if none does.
 */
struct rem_head {
	uint32_t len;
	uint32_t bad;
	struct rem_view payload;
};

/* Microseconds, monotonic; passed in, never read from a clock. */
typedef int64_t rem_time;

/* REM_SHORT if the missing bytes were on the wire, REM_LENGTH if they never were. */
static inline int rem_lack(struct rem_view v, uint32_t need)
{
	return v.wire >= need ? REM_SHORT : REM_LENGTH;
}

/* The view behind its first n bytes; n must not be larger than v.cap. */
static inline struct rem_view rem_view_skip(struct rem_view v, uint32_t n)
{
	return (struct rem_view){v.p + n, v.cap - n, v.wire == REM_UNKNOWN ? v.wire : v.wire - n};
}

/* The first n bytes on the wire of a view, as far as they are here. */
static inline struct rem_view rem_view_first(struct rem_view v, uint32_t n)
{
	return (struct rem_view){v.p, v.cap < n ? v.cap : n, v.wire < n ? v.wire : n};
}

#endif
