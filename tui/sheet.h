/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines of words and what they mean, which can be scrolled: what a screen of facts is made of. */
#ifndef SHEET_H
#define SHEET_H

#include "grid.h"
#include "screen.h"

#include <glib.h>

struct sheet {
	GPtrArray *lines; /* of struct sheet_line */
	int rows, top, page; /* as it was drawn */
};

void sheet_init(struct sheet *s);
void sheet_free(struct sheet *s);
void sheet_clear(struct sheet *s);
/* Text that others chose is escaped on its way in. */
void sheet_heading(struct sheet *s, const char *text);
void sheet_add(struct sheet *s, const char *label, enum role role, const char *format, ...)
	G_GNUC_PRINTF(4, 5);
void sheet_move(struct sheet *s, enum move move, int n);
void sheet_draw(struct sheet *s, struct grid *g, struct area area);

#endif
