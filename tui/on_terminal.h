/* SPDX-License-Identifier: BSD-3-Clause */
/* The program on a terminal, if there is one, and if remora was built with ncurses. */
#ifndef ON_TERMINAL_H
#define ON_TERMINAL_H

#include "theme.h"

struct tui;

/* As terminal_obstacle(). */
const char *on_terminal_obstacle(void);
/* Runs until the end: set_up is called once the terminal's size, letters and colours are known.
 * Returns the exit code. */
int on_terminal_run(struct tui *t, void (*set_up)(struct tui *t, enum theme theme));

#endif
