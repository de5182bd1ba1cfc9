/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora tui`: options, and then a terminal or a script. */
#include "cmd/command.h"
#include "on_terminal.h"
#include "packets.h"
#include "script.h"
#include "tui.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	char *file, *filter, *theme, *script, *save_screen, *size, *preferences;
	gboolean ascii;
} given;

static int tui_run(int argc, char **argv);

static const GOptionEntry entries[] = {
	{"read-file", 'r', 0, G_OPTION_ARG_FILENAME, &given.file, "The file, as its first argument",
	 "FILE"},
	{"display-filter", 'Y', 0, G_OPTION_ARG_STRING, &given.filter,
	 "Begin with this display filter", "FILTER"},
	{"theme", 0, 0, G_OPTION_ARG_STRING, &given.theme,
	 "dark, light, 16 (colours) or mono; by itself what fits the terminal", "NAME"},
	{"ascii", 0, 0, G_OPTION_ARG_NONE, &given.ascii, "Draw without UTF-8", NULL},
	{"settings", 0, 0, G_OPTION_ARG_FILENAME, &given.preferences,
	 "The folder of keys, columns and colours, in place of $XDG_CONFIG_HOME/remora", "FOLDER"},
	{"script", 0, 0, G_OPTION_ARG_FILENAME, &given.script,
	 "Take keys from FILE instead of a terminal, and then end", "FILE"},
	{"save-screen", 0, 0, G_OPTION_ARG_FILENAME, &given.save_screen,
	 "Write the last screen of a script to FILE, as text", "FILE"},
	{"size", 0, 0, G_OPTION_ARG_STRING, &given.size, "Of a script's screen (80x24)", "WxH"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

const struct command command_tui = {
	.name = "tui",
	.arguments = "FILE [FILTER…]",
	.about = "looks through a capture in the terminal",
	.description =
		"FILE is what `remora read` takes: a capture, packed or not, one that still grows, or -\n"
		"for standard input. ? shows every key. Without a terminal, remora read is what you want.",
	.options = entries,
	.run = tui_run,
};

static int take_arguments(int argc, char **argv)
{
	int at = 1;

	if (given.file == NULL && at < argc)
		given.file = argv[at++];
	if (given.file == NULL) {
		complain(
			"no file to look through\n        try: remora tui FILE, or remora tui --help");
		return EXIT_USAGE;
	}
	if (at < argc && given.filter != NULL) {
		complain("both -Y and \"%s …\" are display filters; join them with &&", argv[at]);
		return EXIT_USAGE;
	}
	if (at < argc)
		given.filter = g_strjoinv(" ", argv + at);
	if (given.theme != NULL && theme_find(given.theme) < 0) {
		complain("no theme \"%s\"; there are dark, light, 16 and mono", given.theme);
		return EXIT_USAGE;
	}
	if (given.save_screen != NULL && given.script == NULL)
		given.script = "/dev/null";
	return -1;
}

static int take_size(int *w, int *h)
{
	*w = 80;
	*h = 24;
	if (given.size == NULL || (sscanf(given.size, "%dx%d", w, h) == 2 && *w > 0 && *h > 0 &&
				   *w <= 1000 && *h <= 1000))
		return -1;
	complain("--size: \"%s\" is no size; 80x24 is", given.size);
	return EXIT_USAGE;
}

static void set_up(struct tui *t, enum theme theme)
{
	char *usual = given.preferences == NULL ? preferences_folder() : NULL;

	t->theme = theme;
	preferences_read(t, given.preferences != NULL ? given.preferences : usual);
	if (t->preferences.theme != NULL && theme < THEME_16 &&
	    theme_find(t->preferences.theme) >= 0)
		t->theme = (enum theme)theme_find(t->preferences.theme);
	if (given.theme != NULL)
		t->theme = (enum theme)theme_find(given.theme);
	t->ascii = t->ascii || given.ascii;
	if (given.filter != NULL)
		packets_filter(t, given.filter, NULL);
	g_free(usual);
}

static int run_script(struct tui *t)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	set_up(t, THEME_DARK);
	int code = script_run(t, given.script);
	if (code == EXIT_OK && given.save_screen != NULL)
		code = script_save_screen(t, given.save_screen);
	return code;
}

static int open_and_run(void)
{
	char *error = NULL;
	struct tui t;
	int w, h, code = take_size(&w, &h);

	if (code >= 0)
		return code;
	struct packets *packets = packets_open(given.file, &error);
	if (packets == NULL) {
		complain("%s", error);
		free(error);
		return EXIT_CANNOT_READ;
	}
	tui_init(&t, w, h);
	t.packets = packets;
	code = given.script != NULL ? run_script(&t) : on_terminal_run(&t, set_up);
	/* What was damaged is damaged still, now that one can read it. */
	if (code == EXIT_OK && store_error(packets->store) != NULL) {
		complain("%s", store_error(packets->store));
		code = store_exit_code(packets->store);
	}
	preferences_write(&t);
	packets_close(packets);
	tui_free(&t);
	return code;
}

int tui_run(int argc, char **argv)
{
	int code = command_parse(&command_tui, &argc, &argv);

	if (code < 0)
		code = take_arguments(argc, argv);
	if (code >= 0)
		return code;
	const char *obstacle = given.script == NULL ? on_terminal_obstacle() : NULL;
	if (obstacle != NULL) {
		complain("tui %s; remora read %s writes lines instead", obstacle, given.file);
		return EXIT_USAGE;
	}
	return open_and_run();
}
