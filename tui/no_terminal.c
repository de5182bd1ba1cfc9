/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands for on_terminal.c where there were no headers of ncurses. */
#include "on_terminal.h"

#include "cmd/command.h"

const char *on_terminal_obstacle(void)
{
	return "was built without ncurses and draws on no terminal";
}

int on_terminal_run(struct tui *t, void (*set_up)(struct tui *t, enum theme theme))
{
	(void)t, (void)set_up;
	return EXIT_USAGE;
}
