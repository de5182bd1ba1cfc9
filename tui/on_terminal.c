/* SPDX-License-Identifier: BSD-3-Clause */
/* From the terminal to the loop and back. */
#include "on_terminal.h"

#include "cmd/command.h"
#include "loop.h"

const char *on_terminal_obstacle(void)
{
	return terminal_obstacle();
}

int on_terminal_run(struct tui *t, void (*set_up)(struct tui *t, enum theme theme))
{
	char *error = NULL;
	int w, h;
	struct terminal *terminal = terminal_open(&error);

	if (terminal == NULL) {
		complain("%s", error);
		g_free(error);
		return EXIT_USAGE;
	}
	terminal_size(terminal, &w, &h);
	tui_resize(t, w, h);
	t->ascii = terminal_is_ascii(terminal);
	set_up(t, terminal_theme(terminal));
	const int code = loop_run(t, terminal);
	terminal_close(terminal);
	return code;
}
