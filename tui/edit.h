/* SPDX-License-Identifier: BSD-3-Clause */
/* A line that is being typed, with the keys that readline taught everybody. */
#ifndef EDIT_H
#define EDIT_H

#include "grid.h"

#include <glib.h>

struct edit {
	GString *text;
	size_t at;    /* bytes in front of the cursor */
	GString *cut; /* what Ctrl-K, Ctrl-U and Ctrl-W took away, for Ctrl-Y */
	int scroll;   /* cells that do not fit, to the left */
};

enum edit_result { EDIT_NOT_MINE, EDIT_MOVED, EDIT_CHANGED };

void edit_init(struct edit *e);
void edit_free(struct edit *e);
/* The cursor goes to the end. */
void edit_set(struct edit *e, const char *text);
void edit_insert(struct edit *e, const char *text, size_t n);
/* Puts text in place of the bytes from..to; the cursor goes behind it. */
void edit_replace(struct edit *e, size_t from, size_t to, const char *text);
enum edit_result edit_key(struct edit *e, uint32_t key);
/* Draws the line with the pen, up to the end of its row, and puts the screen's cursor there. */
void edit_draw(struct edit *e, struct pen *p);

#endif
