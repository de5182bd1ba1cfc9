/* SPDX-License-Identifier: BSD-3-Clause */
/* Loads ncurses and finds its functions. */
#include "curses_lib.h"

#include "functions.h"

#include <glib.h>

#define CURSES_SYMBOL(f) {#f, offsetof(struct curses_lib, f)},

struct curses_lib nc;

const char *curses_load(void)
{
	static const char *const files[] = {"libncursesw.so.6", "libncursesw.so", NULL};
	static const struct function wanted[] = {LIBNCURSES(CURSES_SYMBOL)};

	return functions_load(files, wanted, G_N_ELEMENTS(wanted), &nc);
}
