/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What roles look like: on dark and on light ground with 256 colours, with 16, and without any.
 * NO_COLOR asks for the last.
 */
#ifndef THEME_H
#define THEME_H

#include "grid.h"

enum theme { THEME_DARK, THEME_LIGHT, THEME_16, THEME_MONO, THEMES };

enum look_flag { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

struct look {
	int16_t fg, bg; /* -1: the terminal's own */
	uint8_t flags;  /* enum look_flag */
};

/* "dark", "light", "16", "mono"; -1: no such theme. */
int theme_find(const char *name);
const char *theme_name(enum theme t);

/* What a cell looks like: its own colours, where the theme has them, else those of its role. */
struct look theme_look(enum theme t, const struct cell *cell);

/*
 * Changes what a role looks like: "bold", "underline", "reverse", "dim", a number of the 256
 * colours or a name (red, bright-blue …), with "on" in front of the ground's. False, and nothing is
 * changed: *error names what it does not know, to be freed with g_free.
 */
bool theme_change(enum theme t, const char *role, const char *look, char **error);

#endif
