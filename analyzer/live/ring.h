/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packets on their way from the process that captures to the one that takes them apart: a ring of
 * bytes in shared memory with one writer and one reader. Neither waits for the other: what finds no
 * room is counted and gone. The bytes are mapped twice, one behind the other, so that every packet
 * lies in one piece and is looked at where it is.
 */
#ifndef LIVE_RING_H
#define LIVE_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RING_PAGE = 65536, RING_TEXT = 256, CACHE_LINE = 64 };

/* What the process that captures is told, and what it says of itself. */
enum ring_order { RING_RUN, RING_HOLD, RING_END };

/* The beginning of the shared memory. Each side writes its own cache lines. */
struct ring_shared {
	_Alignas(CACHE_LINE) _Atomic uint64_t head; /* bytes written */
	_Atomic uint64_t received;                  /* packets that came from the kernel, */
	_Atomic uint64_t dropped_here;              /* those of them that found no room, */
	_Atomic uint64_t dropped_kernel;            /* and those that never came */
	_Atomic uint32_t order_done; /* enum ring_order that is carried out: all is handed over */
	_Alignas(CACHE_LINE) _Atomic uint64_t tail; /* bytes read */
	_Atomic uint32_t waiting;                   /* the reader sleeps, and is to be woken */
	_Atomic uint32_t order;                     /* enum ring_order */
	_Alignas(CACHE_LINE) char ended[RING_TEXT]; /* why, once order_done says so */
};

struct ring {
	struct ring_shared *shared;
	uint8_t *data;
	size_t size;
	uint64_t head, tail; /* the own one, and the other as it was seen last */
	uint64_t after;      /* reader: where the packet handed out ends */
};

struct ring_packet {
	int64_t time_ns;
	uint32_t cap_len, len;
	const uint8_t *data;
};

/* Shared memory for a ring of so many bytes, a power of two from RING_PAGE on; -1: see errno. */
int ring_memory(size_t size);
/* Maps it. False: see errno. */
bool ring_map(struct ring *r, int fd, size_t size);
void ring_unmap(struct ring *r);

/* The writer's side. False: there is no room, or never will be. */
bool ring_put(struct ring *r, const struct ring_packet *p);
/* Does the reader have to be woken? It says so once. */
bool ring_must_wake(struct ring *r);

/*
 * The reader's side. 1: a packet, whose bytes stay until the next call or ring_release. 0: there is
 * none now. -1: the writer has written what it never would.
 */
int ring_take(struct ring *r, struct ring_packet *p);
void ring_release(struct ring *r);
/* The reader will sleep. False: no, a packet has come meanwhile. */
bool ring_may_sleep(struct ring *r);

#endif
