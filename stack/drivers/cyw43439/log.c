/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The firmware's own log: a ring of text in the chip's memory. A word near the end of the memory points to a
 * structure, in which a pointer leads to {buffer, size, index} of the ring. All are read anew each
 * time: firmware that has gone astray may have left anything there.
 */
#include "radio.h"

#include <string.h>

enum {
	SHARED = RAM_BYTES - 4 - (64 << 10),
	CONSOLE = 20, /* in the shared structure */
	RING = 8,     /* in the console */
	LARGEST = 16 << 10,
};

static bool is_memory(uint32_t at, uint32_t n)
{
	return at % 4 == 0 && n <= RAM_BYTES && at <= RAM_BYTES - n;
}

/* Follows a pointer in the chip's memory. */
static bool follow(struct rem_cyw *cyw, uint32_t at, uint32_t *to)
{
	*to = is_memory(at, 4) ? rem_cyw_get(cyw, MEMORY, at, 4) : 0;
	return *to != 0;
}

int rem_cyw_log(struct rem_cyw *cyw, char *text, uint32_t room)
{
	uint32_t shared, console, buffer, size, end;

	if (!cyw->listening || !follow(cyw, SHARED, &shared) ||
	    !follow(cyw, shared + CONSOLE, &console) || !follow(cyw, console + RING, &buffer) ||
	    !follow(cyw, console + RING + 4, &size))
		return REM_STATE;
	if (size > LARGEST || size % 4 != 0 || !is_memory(buffer, size) ||
	    !is_memory(console + RING + 8, 4))
		return REM_STATE;
	end = rem_cyw_get(cyw, MEMORY, console + RING + 8, 4);
	if (end >= size || cyw->broken)
		return REM_STATE;
	if (cyw->log_at >= size)
		cyw->log_at = 0;

	/* To the end of what is written, of the ring, of the room, or of a piece that can be read at once. */
	const uint32_t at = cyw->log_at, piece = at & ~3u;
	uint32_t n = (end >= at ? end : size) - at;
	const uint32_t edge = ((buffer + at) | (PIECE - 1)) + 1 - (buffer + at);
	n = n < edge ? n : edge;
	n = n < room ? n : room;
	if (n == 0)
		return 0;
	const uint8_t *p = rem_cyw_read_memory(cyw, buffer + piece, (at - piece + n + 3) & ~3u);
	memcpy(text, p + at - piece, n);
	cyw->log_at = at + n;
	return cyw->broken ? REM_STATE : (int)n;
}
