/* SPDX-License-Identifier: BSD-3-Clause */
/* A ring of bytes over memory of the caller. */
#include <remora/bits.h>
#include <remora/ring.h>

/* Where the byte `at` bytes behind the front stands; at <= size. No division: this is a hot path. */
static uint32_t place(const struct rem_ring *r, uint32_t at)
{
	const uint32_t straight = r->front + at;

	return straight < r->size ? straight : straight - r->size;
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

struct rem_span rem_ring_read(const struct rem_ring *r, uint32_t at)
{
	const uint32_t from = place(r, at);

	return (struct rem_span){r->p + from, least(r->used - at, r->size - from)};
}

void rem_ring_drop(struct rem_ring *r, uint32_t n)
{
	r->front = place(r, n);
	r->used -= n;
}

uint8_t *rem_ring_write(const struct rem_ring *r, uint32_t *n)
{
	const uint32_t from = place(r, r->used);

	*n = least(rem_ring_room(r), r->size - from);
	return r->p + from;
}

/* What somebody types is a byte or two, which are not worth a call. */
static inline void copy(uint8_t *to, const uint8_t *from, uint32_t n)
{
	if (n > 2) {
		__builtin_memcpy(to, from, n);
	} else if (n > 0) {
		to[0] = from[0];
		to[n - 1] = from[n - 1];
	}
}

/* n bytes to the place `from`, or from there; those that do not fit in front of the end are at the beginning. */
static void put_around(const struct rem_ring *r, uint32_t from, const uint8_t *p, uint32_t n)
{
	const uint32_t first = least(n, r->size - from);

	__builtin_memcpy(r->p + from, p, first);
	if (n > first)
		__builtin_memcpy(r->p, p + first, n - first);
}

static void get_around(const struct rem_ring *r, uint32_t from, uint8_t *p, uint32_t n)
{
	const uint32_t first = least(n, r->size - from);

	__builtin_memcpy(p, r->p + from, first);
	if (n > first)
		__builtin_memcpy(p + first, r->p, n - first);
}

inline void rem_ring_put(const struct rem_ring *r, uint32_t at, const uint8_t *p, uint32_t n)
{
	const uint32_t from = place(r, r->used + at);

	if (REM_SMALL || n > r->size - from)
		put_around(r, from, p, n);
	else
		copy(r->p + from, p, n);
}

inline void rem_ring_get(const struct rem_ring *r, uint32_t at, uint8_t *p, uint32_t n)
{
	const uint32_t from = place(r, at);

	if (REM_SMALL || n > r->size - from)
		get_around(r, from, p, n);
	else
		copy(p, r->p + from, n);
}
