/* SPDX-License-Identifier: BSD-3-Clause */
/* Help and the menu of actions, both made from the table of actions and the keys as they are. */
#include "packets.h"
#include "tui.h"

#include <string.h>

static const struct menu_ops help_ops = {
	.hint = " j k PgUp PgDn   q Esc close   keys of your own: keys.conf, :map KEY COMMAND",
};

static void add_actions(const struct tui *t, struct menu *m, enum place place)
{
	menu_add_heading(m, place_name(place));
	for (int i = 0; i < ACTIONS; i++) {
		const struct action *a = &actions[i];

		if (a->place != place)
			continue;
		char *keys = keymap_keys_of(&t->keymap, a);
		char *command = g_strdup_printf(":%s%s%s", a->name, *a->argument != '\0' ? " " : "",
						a->argument);

		menu_add(m, *keys != '\0' ? keys : command, a->help, (void *)a);
		g_free(command);
		g_free(keys);
	}
}

static bool here(const struct tui *t, enum place place)
{
	const enum place pane = tui_place(t);

	return place == PLACE_ALL || place == pane ||
	       (place == PLACE_PACKETS && pane != PLACE_CAPTURE);
}

void do_help(struct tui *t, const char *argument)
{
	static const char *const typing[][2] = {
		{"Enter, Esc", "Take the line; leave it as it was"},
		{"Tab, Shift-Tab", "Complete the word"},
		{"Up, Down", "Lines that were typed before"},
		{"Ctrl-A, Ctrl-E", "To the start, to the end; Alt-B, Alt-F a word"},
		{"Ctrl-U, Ctrl-K, Ctrl-W", "Cut up to the start, to the end, a word; Ctrl-Y puts it back"},
	};

	(void)argument;
	struct menu *m = menu_new(&help_ops, "Keys");
	/* First what can be done where one is. */
	for (int place = PLACES; place-- > 0;) {
		if (here(t, (enum place)place))
			add_actions(t, m, (enum place)place);
	}
	for (int place = 0; place < PLACES; place++) {
		if (!here(t, (enum place)place))
			add_actions(t, m, (enum place)place);
	}
	menu_add_heading(m, "While typing");
	for (size_t i = 0; i < G_N_ELEMENTS(typing); i++)
		menu_add(m, typing[i][0], typing[i][1], NULL);
	menu_open(t, m);
}

static void choose_action(struct tui *t, struct menu *m, const struct menu_row *row)
{
	const struct action *a = row->data;

	(void)m;
	a->run(t, "");
}

static const struct menu_ops menu_ops = {
	.choose = choose_action,
	.hint = " j k move   Enter does it   Esc close",
};

void do_menu(struct tui *t, const char *argument)
{
	struct menu *m = menu_new(&menu_ops, "What can be done here");

	(void)argument;
	for (int place = PLACES; place-- > 0;) {
		if (here(t, (enum place)place))
			add_actions(t, m, (enum place)place);
	}
	menu_open(t, m);
}
