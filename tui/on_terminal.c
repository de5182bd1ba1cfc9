/* SPDX-License-Identifier: BSD-3-Clause */
/* From the terminal to the loop and back. */
#include "on_terminal.h"

#include "cmd/command.h"
#include "loop.h"
#include "packets.h"

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
	const int signals = loop_signals();
	const char *why = NULL;
	const bool inside = sandbox_enter(&t->sandbox, &why);
	int code = inside ? EXIT_OK : EXIT_CANNOT;
	if (inside && packets_begin(t->packets))
		code = loop_run(t, terminal, signals);
	preferences_write(t);
	terminal_close(terminal);
	if (!inside)
		complain("sandbox: %s\n        --no-sandbox does without", why);
	return code;
}
