/* SPDX-License-Identifier: BSD-3-Clause */
/* A place in a store, from which packets are read and taken apart. */
#ifndef STORE_CURSOR_H
#define STORE_CURSOR_H

#include "frame.h"
#include "store/store.h"

struct cursor;

/* A cursor has a window of its own on the capture, and ends before the store does. */
struct cursor *cursor_new(struct store *s);
void cursor_free(struct cursor *c);

/* As store_packet(); the pointers are good until the cursor's next call, or store_drop_file(). */
int cursor_packet(struct cursor *c, uint64_t row, struct packet *p);
const char *cursor_error(const struct cursor *c);
const struct interfaces *cursor_interfaces(const struct cursor *c);

/* What the times of a row count from. */
struct since {
	uint64_t start; /* frame.time_relative: row 0, or a time reference */
	uint64_t shown; /* frame.time_delta_displayed: the row shown above; NO_ROW: there is none */
};

/*
 * Takes the packet of a row apart, as far as `want` says (NULL: all of it), with the times that
 * `since` says (NULL: since row 0, and shown is what came before). As cursor_packet(): 1, 0, -1.
 */
int cursor_take(struct cursor *c, uint64_t row, struct frame *f, const struct rem_want *want,
		const struct since *since);

#endif
