/* SPDX-License-Identifier: BSD-3-Clause */
/* Actions that mean the same on every screen. */
#include "packets.h"
#include "tui.h"

#include <string.h>

/* So many pages reach the end of everything. */
static bool is_by_pages(enum move move)
{
	return move >= MOVE_PAGE_UP && move <= MOVE_HALF_DOWN;
}

static void go(struct tui *t, enum move move)
{
	enum { PAGES_MOST = 1000000 };
	const int n = is_by_pages(move) ? MIN(t->count, PAGES_MOST) : t->count;

	if (t->menu != NULL)
		menu_move(t->menu, move, n);
	else
		t->screen->move(t, move, n);
	t->dirty = true;
}

/* clang-format off */
#define MOVES(function, move) \
	void do_##function(struct tui *t, const char *argument) { (void)argument; go(t, move); }
MOVES(up, MOVE_UP)
MOVES(down, MOVE_DOWN)
MOVES(left, MOVE_LEFT)
MOVES(right, MOVE_RIGHT)
MOVES(page_up, MOVE_PAGE_UP)
MOVES(page_down, MOVE_PAGE_DOWN)
MOVES(half_up, MOVE_HALF_UP)
MOVES(half_down, MOVE_HALF_DOWN)
MOVES(top, MOVE_TOP)
MOVES(bottom, MOVE_BOTTOM)
MOVES(end, MOVE_END)
/* clang-format on */

void do_enter(struct tui *t, const char *argument)
{
	(void)argument;
	if (t->menu != NULL)
		menu_choose(t);
	else
		t->screen->enter(t);
}

void do_next_pane(struct tui *t, const char *argument)
{
	(void)argument;
	t->screen->turn(t, 1);
}

void do_previous_pane(struct tui *t, const char *argument)
{
	(void)argument;
	t->screen->turn(t, -1);
}

void do_quit_now(struct tui *t, const char *argument)
{
	(void)argument;
	t->quit = true;
}

void do_quit(struct tui *t, const char *argument)
{
	(void)argument;
	if (t->menu != NULL)
		menu_close(t);
	else if (t->screen != screens[0] && !is_waiting(t->packets))
		tui_go(t, screens[0]);
	else if (!packets_quit(t))
		t->quit = true;
}

void do_cancel(struct tui *t, const char *argument)
{
	(void)argument;
	if (t->menu != NULL)
		menu_close(t);
	else if (!packets_cancel(t))
		do_menu(t, "");
}

void do_suspend(struct tui *t, const char *argument)
{
	(void)argument;
	t->suspend = true;
}

void do_redraw(struct tui *t, const char *argument)
{
	(void)argument;
	t->redraw = t->dirty = true;
}

void do_screen(struct tui *t, const char *argument)
{
	for (int i = 0; screens[i] != NULL; i++) {
		const bool digit = argument[0] == screens[i]->digit && argument[1] == '\0';

		if (digit || g_ascii_strcasecmp(screens[i]->name, argument) == 0) {
			tui_go(t, screens[i]);
			return;
		}
	}
	tui_complain(t, "no screen \"%s\"", argument);
}

void do_theme(struct tui *t, const char *argument)
{
	const int theme = *argument == '\0' ? ((int)t->theme + 1) % THEMES : theme_find(argument);

	if (theme < 0) {
		tui_complain(t, "no theme \"%s\"; there are dark, light, 16 and mono", argument);
		return;
	}
	t->theme = (enum theme)theme;
	tui_say(t, "theme: %s", theme_name(t->theme));
	t->redraw = true;
}

/* The place of an action, or that of one with the same name in the pane that is in use. */
void do_map(struct tui *t, const char *argument)
{
	char **words = g_strsplit(argument, " ", 3);
	const guint n = g_strv_length(words);
	const struct action *a = n < 2 ? NULL : action_find(words[1], strlen(words[1]));

	if (n < 2)
		tui_complain(t, ":map KEY COMMAND, as in :map Ctrl-T time-format");
	else if (a == NULL)
		tui_complain(t, "no command \"%s\"", words[1]);
	else if (!keymap_bind(&t->keymap, a->place, words[0], a, words[2]))
		tui_complain(t, "no key \"%s\"", words[0]);
	g_strfreev(words);
}

void do_unmap(struct tui *t, const char *argument)
{
	if (!keymap_unbind_keys(&t->keymap, argument))
		tui_complain(t, "no key \"%s\"", argument);
}
