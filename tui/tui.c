/* SPDX-License-Identifier: BSD-3-Clause */
/* What keys reach, what lies above what, and the first and the last line. */
#include "tui.h"

#include "packets.h"
#include "title.h"

#include <remora/text.h>
#include <stdarg.h>
#include <string.h>

enum { MESSAGE_FOR = 6000000, DIGIT_FOR = 600000, LEAST_W = 20, LEAST_H = 5 };

void tui_init(struct tui *t, int w, int h)
{
	*t = (struct tui){.message_until = INT64_MAX, .dirty = true};
	grid_init(&t->grid, w, h);
	keymap_init(&t->keymap);
	for (int i = 0; screens[i] != NULL; i++) {
		char keys[] = {'A', 'l', 't', '-', screens[i]->digit, '\0'};

		keymap_bind(&t->keymap, PLACE_ALL, keys, &actions[ACT_screen], screens[i]->name);
	}
	prompt_init(&t->prompt);
	t->screen = screens[0];
	t->copied = g_string_new(NULL);
	t->preferences.columns_fd = t->preferences.history_fd = -1;
}

void tui_free(struct tui *t)
{
	menu_close(t);
	prompt_free(&t->prompt);
	keymap_free(&t->keymap);
	grid_free(&t->grid);
	g_string_free(t->copied, TRUE);
	preferences_free(&t->preferences);
	g_free(t->message);
}

void tui_resize(struct tui *t, int w, int h)
{
	grid_free(&t->grid);
	grid_init(&t->grid, w, h);
	t->dirty = true;
}

char *plain_text(const char *text)
{
	const size_t n = strlen(text);
	char *safe = g_malloc(4 * n + 1);
	struct rem_out out = {safe, safe + 4 * n, false};

	/* A backslash is none of the terminal's business, and doubled it would be another name. */
	for (size_t i = 0; i < n;) {
		const size_t run = strcspn(text + i, "\\");

		rem_out_text(&out, (const uint8_t *)text + i, run);
		i += run;
		if (i < n) {
			rem_out_char(&out, '\\');
			i++;
		}
	}
	*out.p = '\0';
	return safe;
}

/* Lines one behind the other: what is wrong; what mends it. */
static char *one_line(const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		g_strstrip(*line);
	char *joined = g_strjoinv("; ", lines);
	g_strfreev(lines);
	return joined;
}

static void say(struct tui *t, enum role role, const char *format, va_list args)
{
	char *text = g_strdup_vprintf(format, args), *line = one_line(text);

	g_free(t->message);
	t->message = plain_text(line);
	g_free(line);
	t->message_role = role;
	t->message_until = 0;
	t->dirty = true;
	g_free(text);
}

void tui_say(struct tui *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(t, ROLE_TEXT, format, args);
	va_end(args);
}

void tui_complain(struct tui *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(t, ROLE_WRONG, format, args);
	va_end(args);
}

static void forget_message(struct tui *t)
{
	g_free(t->message);
	t->message = NULL;
	t->message_until = INT64_MAX;
}

enum place tui_place(const struct tui *t)
{
	return t->screen->place(t);
}

void tui_go(struct tui *t, const struct screen *screen)
{
	menu_close(t);
	t->screen = screen;
	t->dirty = true;
}

static const struct screen *screen_of_digit(int digit)
{
	for (int i = 0; screens[i] != NULL; i++) {
		if (screens[i]->digit == '0' + digit)
			return screens[i];
	}
	return NULL;
}

/* A number in front of a key says how often, or where to; alone it is a screen's. */
static bool take_digit(struct tui *t, uint32_t key)
{
	if (key < '0' || key > '9' || (key == '0' && t->count == 0) || t->first_key != K_NONE ||
	    t->menu != NULL)
		return false;
	t->count = MIN(t->count, 9999999) * 10 + (int)(key - '0');
	t->count_until = t->count < 10 && screen_of_digit(t->count) != NULL ? t->now + DIGIT_FOR
									    : 0;
	t->dirty = true;
	return true;
}

static const struct binding *find_binding(const struct tui *t, uint32_t first, uint32_t second)
{
	const enum place pane = tui_place(t);
	const enum place screen = pane == PLACE_CAPTURE ? PLACE_CAPTURE : PLACE_PACKETS;
	const struct binding *b = keymap_find(&t->keymap, pane, first, second);

	b = b != NULL ? b : keymap_find(&t->keymap, screen, first, second);
	return b != NULL ? b : keymap_find(&t->keymap, PLACE_ALL, first, second);
}

static bool is_prefix(const struct tui *t, uint32_t first)
{
	const enum place pane = tui_place(t);

	return keymap_is_prefix(&t->keymap, pane, first) ||
	       (pane != PLACE_CAPTURE && keymap_is_prefix(&t->keymap, PLACE_PACKETS, first)) ||
	       keymap_is_prefix(&t->keymap, PLACE_ALL, first);
}

/* Below a menu the screen rests: what it could do waits. */
static bool is_allowed(const struct tui *t, const struct action *a)
{
	return t->menu == NULL || a <= &actions[ACT_enter];
}

static void run_binding(struct tui *t, const struct binding *b, uint32_t second)
{
	char character[8] = "";

	if (!is_allowed(t, b->action))
		return;
	if (b->second == KEY_ANY)
		character[g_unichar_to_utf8(second, character)] = '\0';
	b->action->run(t, b->argument != NULL ? b->argument : character);
}

static void press(struct tui *t, uint32_t key)
{
	const uint32_t first = t->first_key == K_NONE ? key : t->first_key;
	const uint32_t second = t->first_key == K_NONE ? K_NONE : key;
	const struct binding *b = find_binding(t, first, second);

	if (b == NULL && second == K_NONE && is_prefix(t, first)) {
		t->first_key = first;
		return;
	}
	t->first_key = K_NONE;
	if (b != NULL)
		run_binding(t, b, second);
	t->count = 0;
	t->count_until = 0;
}

void tui_key(struct tui *t, uint32_t key)
{
	if (key == K_NONE)
		return;
	t->dirty = true;
	forget_message(t);
	if (key == K_PASTE_BEGIN || key == K_PASTE_END) {
		t->pasting = key == K_PASTE_BEGIN;
		return;
	}
	if (t->prompt.ops != NULL) {
		/* Lines of a pasted text become one: none of them is an answer yet. */
		prompt_key(t, t->pasting && key < K_SPACE ? K_SPACE : key);
		return;
	}
	if (t->pasting)
		return;
	if (t->menu != NULL && t->menu->ops->key != NULL && t->first_key == K_NONE &&
	    t->menu->ops->key(t, t->menu, key))
		return;
	if (key == K_ESC && (t->first_key != K_NONE || t->count > 0)) {
		t->first_key = K_NONE;
		t->count = 0;
		return;
	}
	if (take_digit(t, key))
		return;
	packets_catch_up(t);
	press(t, key);
}

static void menu_mouse(struct tui *t, const struct mouse *m)
{
	const int row = menu_row_at(t->menu, m->x, m->y);

	if (m->act == MOUSE_WHEEL_UP || m->act == MOUSE_WHEEL_DOWN) {
		menu_move(t->menu, m->act == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN, 3);
	} else if (row >= 0 && t->menu->ops->choose != NULL) {
		t->menu->at = row;
		menu_choose(t);
	} else if (!area_has(t->menu->area, m->x, m->y)) {
		menu_close(t);
	}
}

void tui_mouse(struct tui *t, const struct mouse *m)
{
	t->dirty = true;
	forget_message(t);
	if (t->menu != NULL)
		menu_mouse(t, m);
	else if (!title_mouse(t, m) && t->prompt.ops == NULL)
		t->screen->mouse(t, m);
}

void tui_tick(struct tui *t)
{
	if (t->message_until != 0 && t->now >= t->message_until) {
		forget_message(t);
		t->dirty = true;
	}
	if (t->count_until != 0 && t->now >= t->count_until) {
		const struct screen *screen = screen_of_digit(t->count);

		t->count = 0;
		t->count_until = 0;
		tui_go(t, screen);
	}
}

int64_t tui_next_tick(const struct tui *t)
{
	const int64_t message = t->message_until != 0 ? t->message_until : INT64_MAX;

	return t->count_until != 0 ? MIN(t->count_until, message) : message;
}

bool tui_work(struct tui *t, int64_t budget_us)
{
	return packets_work(t, budget_us);
}

void tui_draw(struct tui *t)
{
	struct area all = {0, 0, t->grid.w, t->grid.h};

	grid_clear(&t->grid);
	t->dirty = false;
	if (t->message_until == 0)
		t->message_until = t->now + MESSAGE_FOR;
	if (all.w < LEAST_W || all.h < LEAST_H) {
		struct pen p = pen_in(&t->grid, all);

		pen_text(&p, "too small");
		return;
	}
	const struct area title = area_top(&all, 1), last = area_bottom(&all, 1);
	t->screen->draw(t, all);
	title_draw(t, title);
	if (t->menu != NULL)
		menu_draw(t->menu, &t->grid, all);
	last_line_draw(t, last);
	if (t->prompt.ops != NULL && !t->prompt.ops->above)
		prompt_hint_draw(t, area_bottom(&all, 1));
	if (t->prompt.ops != NULL && !t->prompt.ops->above)
		prompt_draw_candidates(t, all, all.y + all.h,
				       t->grid.cursor_x - text_width(t->prompt.line.text->str) +
					       prompt_word_at(&t->prompt),
				       true);
}
