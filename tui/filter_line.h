/* SPDX-License-Identifier: BSD-3-Clause */
/* The line of the display filter: what it is, or what it is going to be. */
#ifndef FILTER_LINE_H
#define FILTER_LINE_H

#include "grid.h"

struct tui;

/* Begins to type on a text. */
void filter_line_open(struct tui *t, const char *text);
/* The line itself, and what lies over the area below it while one types. */
void filter_line_draw(struct tui *t, struct area line, struct area below);

#endif
