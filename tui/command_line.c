/* SPDX-License-Identifier: BSD-3-Clause */
/* ":": actions by their names, and a number for a packet. */
#include "interfaces_menu.h"
#include "packets.h"
#include "tui.h"

#include <string.h>

/* What termshark and vim call what has another name here. */
static const char *const others[][2] = {
	{"q", "quit"},          {"q!", "quit!"},     {"w", "save"},        {"write", "save"},
	{"capinfo", "screen capture"}, {"recents", "recent"}, {"no-theme", "theme mono"},
};

static void label(struct tui *t, GString *to)
{
	(void)t;
	g_string_append_c(to, ':');
}

static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	const char *text = line->text->str;
	const char *blank = memchr(text, ' ', line->at);

	if (blank != NULL) {
		const struct action *a = action_find(text, (size_t)(blank - text));

		to->from = (size_t)(blank + 1 - text);
		if (a != NULL)
			argument_complete(t, a, text + to->from, line->at - to->from, to);
		return;
	}
	to->from = 0;
	for (int i = 0; i < ACTIONS; i++) {
		if (strncmp(actions[i].name, text, line->at) == 0)
			candidates_add(to, actions[i].name, actions[i].help);
	}
}

void tui_command(struct tui *t, const char *line)
{
	while (*line == ' ')
		line++;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		if (strcmp(others[i][0], line) == 0)
			line = others[i][1];
	}
	const size_t n = strcspn(line, " ");
	const struct action *a = action_find(line, n);
	const char *argument = line + n + strspn(line + n, " ");

	if (*line == '\0')
		return;
	if (g_ascii_isdigit(*line) && line[strspn(line, "0123456789")] == '\0')
		do_goto(t, line);
	else if (a != NULL)
		a->run(t, argument);
	else
		tui_complain(t, "no command \"%s\"; Tab shows them all", line);
	t->count = 0;
}

static const struct prompt_ops ops = {
	.history = HISTORY_COMMAND,
	.label = label,
	.complete = complete,
	.accept = tui_command,
};

void do_command(struct tui *t, const char *argument)
{
	prompt_open(t, &ops, argument);
}

/* Words in an action's own description of its argument: "[all|shown|marked] FILE". */
static void complete_words(const char *description, const char *text, size_t n,
			   struct candidates *to)
{
	const char *p = description + strcspn(description, "[");

	while (*p == '[' || *p == '|') {
		const size_t len = strcspn(p + 1, "|]");
		char *word = g_strndup(p + 1, len);

		if (strncmp(word, text, n) == 0)
			candidates_add(to, word, NULL);
		g_free(word);
		p += 1 + len;
	}
}

/* Which packets, then where to. */
static void complete_save(struct tui *t, const struct action *a, const char *text, size_t n,
			  struct candidates *to)
{
	const char *blank = memchr(text, ' ', n);
	const size_t skip = blank != NULL ? (size_t)(blank + 1 - text) : 0;

	complete_file(t, text + skip, n - skip, to);
	to->from += skip;
	if (blank == NULL)
		complete_words(a->argument, text, n, to);
}

static void complete_interface(const struct tui *t, const char *text, size_t n,
			       struct candidates *to)
{
	const GPtrArray *devices = t->packets->devices;

	for (guint i = 0; devices != NULL && i < devices->len; i++) {
		const struct device *d = devices->pdata[i];

		if (strncmp(d->name, text, n) == 0)
			candidates_add(to, d->name, NULL);
	}
}

static void complete_screen(struct candidates *to)
{
	for (int i = 0; screens[i] != NULL; i++)
		candidates_add(to, screens[i]->name, screens[i]->about);
}

void argument_complete(struct tui *t, const struct action *a, const char *text, size_t n,
		       struct candidates *to)
{
	const size_t from = to->from;
	char *before = g_strndup(text, n);

	to->from = 0;
	to->to = n;
	if (a == &actions[ACT_filter])
		complete_expression(before, n, to);
	else if (a == &actions[ACT_column])
		complete_keys(before, n, to);
	else if (a == &actions[ACT_save])
		complete_save(t, a, before, n, to);
	else if (a == &actions[ACT_capture])
		complete_interface(t, before, n, to);
	else if (a == &actions[ACT_decode_as])
		complete_decode_as(before, n, to);
	else if (a == &actions[ACT_screen])
		complete_screen(to);
	else
		complete_words(a->argument, before, n, to);
	to->from += from;
	to->to += from;
	g_free(before);
}
