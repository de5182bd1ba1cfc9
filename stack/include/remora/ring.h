/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A ring of bytes over memory of the caller: what is written at its back is read at its front, in
 * place. Bytes may also be put down behind the back, out of order, to become part of the ring when
 * those before them have come.
 */
#ifndef REMORA_RING_H
#define REMORA_RING_H

#include <remora/types.h>

struct rem_ring {
	uint8_t *p;
	uint32_t size;  /* bytes at p; any number up to 2^31 */
	uint32_t front; /* where the first byte is, < size */
	uint32_t used;
};

static inline void rem_ring_init(struct rem_ring *r, uint8_t *p, uint32_t size)
{
	*r = (struct rem_ring){p, size, 0, 0};
}

static inline uint32_t rem_ring_room(const struct rem_ring *r)
{
	return r->size - r->used;
}

/* The bytes from the offset `at` on (0: the front) that lie in one piece; at <= used. */
struct rem_span rem_ring_read(const struct rem_ring *r, uint32_t at);

/* The first n bytes have been read; n <= used. */
void rem_ring_drop(struct rem_ring *r, uint32_t n);

/* The room behind the back that lies in one piece, `*n` bytes of it. */
uint8_t *rem_ring_write(const struct rem_ring *r, uint32_t *n);

/* n bytes behind the back now belong to the ring; n <= room. */
static inline void rem_ring_add(struct rem_ring *r, uint32_t n)
{
	r->used += n;
}

/* Copies n bytes to the place `at` behind the back; at + n <= room. They are not added. */
void rem_ring_put(const struct rem_ring *r, uint32_t at, const uint8_t *p, uint32_t n);

/* Copies n bytes from the offset `at` on; at + n <= used. */
void rem_ring_get(const struct rem_ring *r, uint32_t at, uint8_t *p, uint32_t n);

#endif
