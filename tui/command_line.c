/* SPDX-License-Identifier: BSD-3-Clause */
/* ":": actions by their names, and a number for a packet. */
#include "interfaces_menu.h"
#include "options.h"
#include "packets.h"
#include "tui.h"

#include <string.h>

/* clang-format off */
/* What termshark and vim call what has another name here. */
static const char *const others[][2] = {
	{"q", "quit"},          {"q!", "quit!"},     {"w", "save"},        {"write", "save"},
	{"capinfo", "screen capture"}, {"recents", "recent"}, {"no-theme", "theme mono"},
};

/* What termshark has, and where one finds it here. */
static const char *const elsewhere[][2] = {
	{"clear-packets", "packets stay until one leaves; -w FILE -b files:N keeps the newest"},
	{"config", "$XDG_CONFIG_HOME/remora: keys.conf, tui.conf, columns, colorfilters"},
	{"convs", "there is no screen of conversations yet; a on an address shows its packets"},
	{"logs", "nothing is logged; what goes wrong is said in this line"},
	{"profile", "a profile is a folder of settings: remora tui --settings FOLDER"},
	{"streams", "there is no screen of streams yet; a on a port shows its packets"},
	{"wormhole", "nothing is sent anywhere; w saves, and scp takes it along"},
};
/* clang-format on */

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

/* The second of two words, if the first is this one; NULL. */
static const char *second_of(const char *const pairs[][2], size_t count, const char *word, size_t n)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(pairs[i][0]) == n && strncmp(pairs[i][0], word, n) == 0)
			return pairs[i][1];
	}
	return NULL;
}

/* Does it mean nothing alone? */
static bool wants_argument(const struct action *a)
{
	static const enum action_id wanting[] = {ACT_screen,  ACT_goto, ACT_name_mark,
						 ACT_to_mark, ACT_map,  ACT_unmap};

	for (size_t i = 0; i < G_N_ELEMENTS(wanting); i++) {
		if (a == &actions[wanting[i]])
			return true;
	}
	return false;
}

static void run(struct tui *t, const char *line)
{
	const size_t n = strcspn(line, " ");
	const struct action *a = action_find(line, n);
	const char *argument = line + n + strspn(line + n, " ");
	const char *answer = second_of(elsewhere, G_N_ELEMENTS(elsewhere), line, n);

	if (line[strspn(line, "0123456789")] == '\0')
		do_goto(t, line);
	else if (a != NULL && *argument == '\0' && wants_argument(a))
		tui_complain(t, ":%s wants %s", a->name, a->argument);
	else if (a != NULL)
		a->run(t, argument);
	else if (answer != NULL)
		tui_say(t, "%s", answer);
	else
		tui_complain(t, "no command \"%s\"; Tab shows them all", line);
	t->count = 0;
}

void tui_command(struct tui *t, const char *line)
{
	line += strspn(line, " ");
	const size_t n = strcspn(line, " ");
	const char *ours = second_of(others, G_N_ELEMENTS(others), line, n);
	char *text = ours != NULL ? g_strconcat(ours, line + n, NULL) : g_strdup(line);

	g_strchomp(text);
	if (*text != '\0')
		run(t, text);
	g_free(text);
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

void complete_word(const char *words, const char *text, size_t n, struct candidates *to)
{
	while (*words != '\0' && *words != ']') {
		const size_t len = strcspn(words, "|]");
		char *word = g_strndup(words, len);

		if (strncmp(word, text, n) == 0)
			candidates_add(to, word, NULL);
		g_free(word);
		words += len + (words[len] == '|');
	}
}

/* Words in an action's own description of its argument: "[all|shown|marked] FILE". */
static void complete_words(const char *description, const char *text, size_t n,
			   struct candidates *to)
{
	const char *words = strchr(description, '[');

	if (words != NULL)
		complete_word(words + 1, text, n, to);
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
	else if (a == &actions[ACT_load])
		complete_file(t, before, n, to);
	else if (a == &actions[ACT_save])
		complete_save(t, a, before, n, to);
	else if (a == &actions[ACT_capture])
		complete_interface(t, before, n, to);
	else if (a == &actions[ACT_decode_as])
		complete_decode_as(before, n, to);
	else if (a == &actions[ACT_set])
		complete_option(before, n, to);
	else if (a == &actions[ACT_screen])
		complete_screen(to);
	else
		complete_words(a->argument, before, n, to);
	to->from += from;
	to->to += from;
	g_free(before);
}
