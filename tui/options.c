/* SPDX-License-Identifier: BSD-3-Clause */
/* ":set": what can be chosen for as long as the program runs, under the names that people try. */
#include "options.h"

#include "out/print.h"
#include "packets.h"
#include "tui.h"

#include <string.h>

static const struct {
	const char *name;
	enum time_form form;
	const char *about;
} forms[] = {
	{"r", TIME_RELATIVE, "since the first packet, or the time reference"},
	{"d", TIME_DELTA, "since the packet before"},
	{"dd", TIME_DELTA_SHOWN, "since the packet shown before"},
	{"u", TIME_OF_DAY, "of the day, UTC"},
	{"ud", TIME_DATE, "date and time, UTC"},
	{"e", TIME_EPOCH, "seconds since 1970"},
};

/* The row of the form that is in use. */
static size_t form_now(const struct tui *t)
{
	size_t i = 0;

	while (forms[i].form != columns_time(t->packets->columns))
		i++;
	return i;
}

void do_time_format(struct tui *t, const char *argument)
{
	size_t i = 0;

	if (*argument == '\0') {
		i = (form_now(t) + 1) % G_N_ELEMENTS(forms);
	} else {
		while (i < G_N_ELEMENTS(forms) && strcmp(forms[i].name, argument) != 0)
			i++;
	}
	if (i == G_N_ELEMENTS(forms)) {
		tui_complain(t, "no form of time \"%s\"; there are r, d, dd, u, ud and e",
			     argument);
		return;
	}
	columns_set_time(t->packets->columns, forms[i].form);
	list_pane_widths(t->packets);
	tui_say(t, "times: %s", forms[i].about);
}

static const char *on_or_off(bool on)
{
	return on ? "on" : "off";
}

/* "on", "off": false: it is neither. */
static bool take_switch(struct tui *t, const char *value, bool *on)
{
	const bool good = strcmp(value, "on") == 0 || strcmp(value, "off") == 0;

	if (good)
		*on = value[1] == 'n';
	else
		tui_complain(t, "on or off, not \"%s\"", value);
	return good;
}

static void set_colours(struct tui *t, const char *value)
{
	take_switch(t, value, &t->packets->coloured);
}

static const char *colours_now(const struct tui *t)
{
	return on_or_off(t->packets->coloured);
}

static void set_follow(struct tui *t, const char *value)
{
	bool on = false;

	if (!take_switch(t, value, &on))
		return;
	if (on)
		do_end(t, "");
	t->packets->follow = on;
}

static const char *follow_now(const struct tui *t)
{
	return on_or_off(t->packets->follow);
}

static void set_dark(struct tui *t, const char *value)
{
	bool on = false;

	if (take_switch(t, value, &on))
		do_theme(t, on ? "dark" : "light");
}

static const char *layout_now(const struct tui *t)
{
	return layout_name(t->packets->layout);
}

static const char *theme_now(const struct tui *t)
{
	return theme_name(t->theme);
}

static const char *times_now(const struct tui *t)
{
	return forms[form_now(t)].name;
}

static const struct option_of_set {
	const char *name, *values, *about;
	void (*set)(struct tui *t, const char *value);
	const char *(*now)(const struct tui *t); /* NULL: another name of one that is listed */
} options[] = {
	{"colours", "on|off", "colour rules", set_colours, colours_now},
	{"follow", "on|off", "stay with the last packet", set_follow, follow_now},
	{"layout", "beside|stacked|columns", "of list, tree and bytes", do_layout, layout_now},
	{"theme", "dark|light|16|mono", "colours of the screen", do_theme, theme_now},
	{"times", "r|d|dd|u|ud|e", "form of the times in the list", do_time_format, times_now},
	/* termshark's names */
	{"auto-scroll", "on|off", NULL, set_follow, NULL},
	{"dark-mode", "on|off", NULL, set_dark, NULL},
	{"packet-colors", "on|off", NULL, set_colours, NULL},
};

static const struct option_of_set *find_option(const char *name, size_t n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(options); i++) {
		if (strlen(options[i].name) == n && strncmp(options[i].name, name, n) == 0)
			return &options[i];
	}
	return NULL;
}

/* The line goes on where the option is named. */
static void choose(struct tui *t, struct menu *m, const struct menu_row *row)
{
	char *line = g_strdup_printf("set %s ", row->key);

	(void)m;
	do_command(t, line);
	g_free(line);
}

static const struct menu_ops ops = {
	.choose = choose,
	.hint = " Enter sets it   Esc close   columns: o   keys: keys.conf, :map",
};

static void open_menu(struct tui *t)
{
	struct menu *m = menu_new(&ops, "Options");

	for (size_t i = 0; i < G_N_ELEMENTS(options) && options[i].now != NULL; i++) {
		char *text = g_strdup_printf("%-8s %s: %s", options[i].now(t), options[i].about,
					     options[i].values);

		menu_add(m, options[i].name, text, NULL);
		g_free(text);
	}
	menu_open(t, m);
}

void do_set(struct tui *t, const char *argument)
{
	const size_t n = strcspn(argument, " =");
	const struct option_of_set *o = find_option(argument, n);
	const char *value = argument + n + strspn(argument + n, " =");

	if (*argument == '\0')
		open_menu(t);
	else if (o == NULL)
		tui_complain(t, "no option \"%.*s\"; :set shows them", (int)n, argument);
	else if (*value == '\0')
		tui_complain(t, ":set %s wants one of %s", o->name, o->values);
	else
		o->set(t, value);
}

void complete_option(const char *text, size_t n, struct candidates *to)
{
	const char *blank = memchr(text, ' ', n);
	const struct option_of_set *o = blank != NULL ? find_option(text, (size_t)(blank - text))
						      : NULL;

	for (size_t i = 0; blank == NULL && i < G_N_ELEMENTS(options); i++) {
		if (options[i].now != NULL && strncmp(options[i].name, text, n) == 0)
			candidates_add(to, options[i].name, options[i].about);
	}
	if (o == NULL)
		return;
	to->from = (size_t)(blank + 1 - text);
	complete_word(o->values, text + to->from, n - to->from, to);
}
