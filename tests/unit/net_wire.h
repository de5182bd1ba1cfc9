/* SPDX-License-Identifier: BSD-3-Clause */
/* Ends of conversations without the layers below: what a node sends is a frame here, what comes is
 * given to it in memory that ends where the datagram does. */
#ifndef TESTS_UNIT_NET_WIRE_H
#define TESTS_UNIT_NET_WIRE_H

#include "seen.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <remora/node.h>
#include <remora/secret.h>

#define SECOND 1000000

enum { DATAGRAM = 1472 };

struct datagram {
	uint8_t p[DATAGRAM];
	uint32_t n;
	struct rem_frame f; /* addresses, ports and verdict */
};

/* What the node has to send now; false: nothing. */
static inline bool node_sends(struct rem_node *n, struct datagram *d, rem_time now)
{
	uint8_t *room = malloc(DATAGRAM);
	struct rem_frame f = {.p = room, .room = DATAGRAM, .now = now};

	assert_non_null(room);
	d->n = 0;
	while (n->due <= now && d->n == 0) {
		f.src = n->path->from;
		f.dst = n->path->to;
		f.sport = n->port;
		f.dport = n->peer;
		const int size = n->ops->encap(n, &f, 0);
		assert_true(size >= 0);
		d->n = (uint32_t)size;
		assert_true(size > 0 || n->due > now);
	}
	memcpy(d->p, room, d->n);
	d->f = f;
	seen(f.verdict.why);
	free(room);
	return d->n > 0;
}

/* Gives it a datagram from d->f.src, .sport to .dst, .dport. Returns what demux does; an answer is
 * in d then. */
static inline int node_gets(struct rem_node *n, struct datagram *d, rem_time now)
{
	uint8_t *bytes = malloc(DATAGRAM);
	struct rem_frame f = d->f;

	/* it stands at the end of the room, so that nothing can be read behind it */
	assert_non_null(bytes);
	memcpy(bytes + DATAGRAM - d->n, d->p, d->n);
	f.p = bytes;
	f.room = DATAGRAM;
	f.end = DATAGRAM;
	f.now = now;
	f.verdict.why = REM_WHY_NONE;
	const int size = n->ops->demux(n, &f, DATAGRAM - d->n);
	if (size > 0)
		fail_msg("an answer, where there is no room for one");
	free(bytes);
	d->f.verdict = f.verdict;
	seen(f.verdict.why);
	return size;
}

/* The same for one that may answer: d becomes the answer, sent from .src to .dst. */
static inline int node_answers(struct rem_node *n, struct datagram *d, rem_time now)
{
	uint8_t *bytes = malloc(DATAGRAM);
	struct rem_frame f = d->f;
	const uint16_t port = n->port;

	assert_non_null(bytes);
	memset(bytes, 0xa5, DATAGRAM);
	memcpy(bytes, d->p, d->n);
	f.p = bytes;
	f.room = DATAGRAM;
	f.end = d->n;
	f.now = now;
	f.link = NULL;
	f.verdict.why = REM_WHY_NONE;
	const int size = n->ops->demux(n, &f, 0);
	d->f = f;
	seen(f.verdict.why);
	if (size > 0) {
		d->n = (uint32_t)size;
		memcpy(d->p, bytes, d->n);
		d->f.dst = f.src;
		d->f.src = f.dst;
		d->f.dport = f.sport;
		d->f.sport = port;
	}
	free(bytes);
	return size;
}

#define assert_why(d, name) assert_int_equal((d)->f.verdict.why, REM_WHY_##name)

static inline struct rem_secret *a_secret(void)
{
	static const uint8_t seed[16] = "what nobody know";
	static struct rem_secret secret;

	rem_secret_init(&secret, seed);
	return &secret;
}

#endif
