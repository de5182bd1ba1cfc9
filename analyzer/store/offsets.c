/* SPDX-License-Identifier: BSD-3-Clause */
/* Offsets of packets, in chunks. */
#include "store/offsets.h"

#include <glib.h>

static struct offsets_chunk *new_chunk(struct offsets *o, uint64_t base)
{
	const size_t n = (size_t)(o->count / OFFSETS_CHUNK);

	if (n == o->room) {
		o->room = o->room != 0 ? 2 * o->room : 16;
		o->chunk = g_renew(struct offsets_chunk, o->chunk, o->room);
	}
	o->chunk[n] = (struct offsets_chunk){base, g_new(uint32_t, OFFSETS_CHUNK), NULL};
	return &o->chunk[n];
}

static void widen(struct offsets_chunk *c, size_t used)
{
	c->wide = g_new(uint64_t, OFFSETS_CHUNK);
	for (size_t i = 0; i < used; i++)
		c->wide[i] = c->base + c->narrow[i];
	g_free(c->narrow);
	c->narrow = NULL;
}

void offsets_add(struct offsets *o, uint64_t offset)
{
	const size_t i = o->count % OFFSETS_CHUNK;
	struct offsets_chunk *c = i == 0 ? new_chunk(o, offset)
					 : &o->chunk[o->count / OFFSETS_CHUNK];

	if (c->wide == NULL && offset - c->base > UINT32_MAX)
		widen(c, i);
	if (c->wide != NULL)
		c->wide[i] = offset;
	else
		c->narrow[i] = (uint32_t)(offset - c->base);
	o->count++;
}

uint64_t offsets_at(const struct offsets *o, uint64_t i)
{
	const struct offsets_chunk *c = &o->chunk[i / OFFSETS_CHUNK];

	return c->wide != NULL ? c->wide[i % OFFSETS_CHUNK]
			       : c->base + c->narrow[i % OFFSETS_CHUNK];
}

void offsets_free(struct offsets *o)
{
	const size_t n = (size_t)((o->count + OFFSETS_CHUNK - 1) / OFFSETS_CHUNK);

	for (size_t i = 0; i < n; i++) {
		g_free(o->chunk[i].narrow);
		g_free(o->chunk[i].wide);
	}
	g_free(o->chunk);
	*o = (struct offsets){0};
}
