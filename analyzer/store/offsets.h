/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the packets of a file stand, in four bytes each. */
#ifndef STORE_OFFSETS_H
#define STORE_OFFSETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OFFSETS_CHUNK = 4096 };

/* Offsets from that of the chunk's first packet; a chunk of more than 4 GiB has them in full. */
struct offsets_chunk {
	uint64_t base;
	uint32_t *narrow;
	uint64_t *wide;
};

struct offsets {
	struct offsets_chunk *chunk;
	size_t room;
	uint64_t count;
};

/* Offsets come in the order of the file. */
void offsets_add(struct offsets *o, uint64_t offset);
uint64_t offsets_at(const struct offsets *o, uint64_t i);
void offsets_free(struct offsets *o);

#endif
