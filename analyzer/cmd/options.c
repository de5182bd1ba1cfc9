/* SPDX-License-Identifier: BSD-3-Clause */
/* Parsing a command's options, with the habits of getopt's users. */
#include "cmd/command.h"
#include "cmd/habits.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const GOptionEntry *by_letter(const GOptionEntry *options, char letter)
{
	for (; options->long_name != NULL; options++) {
		if (options->short_name == letter)
			return options;
	}
	return NULL;
}

/* Where the value begins in "-c5" or "-nrFILE"; 0: the argument is no such cluster. */
static size_t attached_value(const GOptionEntry *options, const char *argument)
{
	if (argument[0] != '-' || argument[1] == '-' || argument[1] == '\0')
		return 0;
	for (size_t i = 1; argument[i] != '\0'; i++) {
		const GOptionEntry *o = by_letter(options, argument[i]);

		if (o == NULL)
			return 0;
		if (o->arg != G_OPTION_ARG_NONE)
			return argument[i + 1] != '\0' ? i + 1 : 0;
	}
	return 0;
}

/* The arguments with attached values split off; strings and list are to be freed. */
static char **split(const GOptionEntry *options, char **argv)
{
	GPtrArray *out = g_ptr_array_new();
	bool literal = false;

	for (; *argv != NULL; argv++) {
		const size_t value = literal ? 0 : attached_value(options, *argv);

		if (value > 0) {
			g_ptr_array_add(out, g_strndup(*argv, value));
			g_ptr_array_add(out, g_strdup(*argv + value));
			continue;
		}
		literal = literal || strcmp(*argv, "--") == 0;
		g_ptr_array_add(out, g_strdup(*argv));
	}
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

/* GLib leaves "--" in front of an argument that begins with a dash, and takes it out elsewhere. */
static void drop_separator(char **argv)
{
	while (*argv != NULL && strcmp(*argv, "--") != 0)
		argv++;
	g_free(*argv);
	for (; *argv != NULL; argv++)
		argv[0] = argv[1];
}

/* The option in "Unknown option -nA" that is unknown: "-A". To be freed. */
static char *unknown_option(const GOptionEntry *options, const char *message)
{
	const char *word = strrchr(message, ' ') + 1;

	if (word[0] == '-' && word[1] == '-')
		return g_strndup(word, strcspn(word, "="));
	while (*++word != '\0' && by_letter(options, *word) != NULL)
		;
	return g_strdup_printf("-%c", *word);
}

static void tell(const struct command *c, const GError *error)
{
	const char *instead = NULL;

	if (c->habits && g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)) {
		char *option = unknown_option(c->options, error->message);

		instead = habit_option(option);
		if (instead != NULL)
			complain("%s: %s", option, instead);
		g_free(option);
	}
	if (instead == NULL)
		complain("%s\n        try: remora %s --help", error->message, c->name);
}

static char **arguments; /* options and file names point into these until the end */

int command_parse(const struct command *c, int *argc, char ***argv)
{
	GOptionContext *context = g_option_context_new(c->arguments);
	GError *error = NULL;
	char **args = split(c->options, *argv);
	gboolean help = FALSE;
	const GOptionEntry help_entry[] = {
		{"help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	const bool separated = g_strv_contains((const char *const *)args, "--");
	char *name = g_strdup_printf("remora %s", c->name);
	g_set_prgname(name);
	g_free(name);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_summary(context, c->about);
	g_option_context_set_description(context, c->description);
	g_option_context_add_main_entries(context, c->options, NULL);
	g_option_context_add_main_entries(context, help_entry, NULL);
	const bool good = g_option_context_parse_strv(context, &args, &error);
	if (good && help) {
		char *text = g_option_context_get_help(context, TRUE, NULL);

		fputs(text, stdout);
		g_free(text);
	} else if (!good) {
		tell(c, error);
		g_error_free(error);
	}
	g_option_context_free(context);
	if (separated)
		drop_separator(args);
	*argv = arguments = args;
	*argc = (int)g_strv_length(args);
	return !good ? EXIT_USAGE : help ? EXIT_OK : -1;
}
