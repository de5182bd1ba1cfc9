/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The program that is seen: takes keys, knows what lies above what, draws all of it into a grid.
 * It knows neither a terminal nor a clock: the loop (loop.c) or a script (script.c) bring both.
 */
#ifndef TUI_H
#define TUI_H

#include "actions.h"
#include "grid.h"
#include "keyboard.h"
#include "menu.h"
#include "prompt.h"
#include "sandbox.h"
#include "screen.h"
#include "preferences.h"
#include "theme.h"

struct packets;

struct tui {
	struct grid grid;
	struct keymap keymap;
	struct preferences preferences;
	enum theme theme;
	bool ascii;  /* what is drawn will be shown without UTF-8 */
	int64_t now; /* microseconds, of whatever clock there is */

	const struct screen *screen;
	struct prompt prompt;
	struct menu *menu; /* lies above the screen; NULL: nothing does */

	char *message;
	enum role message_role;
	int64_t message_until; /* 0: nobody has seen it yet */

	uint32_t first_key;  /* of two, K_NONE: no key waits for its second */
	int count;           /* typed in front of a key; 0: none */
	int64_t count_until; /* then a single digit goes to its screen; 0: never */
	bool pasting;

	struct packets *packets;
	struct sandbox sandbox;

	/* What the loop is asked for. */
	bool quit, dirty, redraw, suspend;
	GString *copied; /* for the clipboard; empty: nothing */
};

void tui_init(struct tui *t, int w, int h);
void tui_free(struct tui *t);
void tui_resize(struct tui *t, int w, int h);

void tui_key(struct tui *t, uint32_t key);
void tui_mouse(struct tui *t, const struct mouse *m);
/* Runs what stands behind ":". */
void tui_command(struct tui *t, const char *line);
/* Time has passed (now): messages go, a digit becomes a screen. */
void tui_tick(struct tui *t);
/* When tui_tick() has something to do next; INT64_MAX: never. */
int64_t tui_next_tick(const struct tui *t);
/* Works on what is not done yet for so long. Is there more? */
bool tui_work(struct tui *t, int64_t budget_us);
/* Draws everything into the grid. */
void tui_draw(struct tui *t);

/* A sentence in the last line, for a while. */
void tui_say(struct tui *t, const char *format, ...) G_GNUC_PRINTF(2, 3);
void tui_complain(struct tui *t, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Text from elsewhere (a file's name, a program's words) as it may be shown, to be freed. */
char *plain_text(const char *text);

/* The place whose keys count now. */
enum place tui_place(const struct tui *t);
/* The row of a screen, a menu or a pane moves. */
void tui_go(struct tui *t, const struct screen *screen);

#endif
