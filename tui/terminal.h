/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The terminal: shows a grid by ncurses, hands out keys and mouse, and is left as it was found,
 * however the program ends.
 *
 * ncurses is loaded here, not linked: commands that draw nothing do not pay for it.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "keyboard.h"
#include "theme.h"

enum event_kind { EVENT_NONE, EVENT_KEY, EVENT_MOUSE };

struct event {
	enum event_kind kind;
	uint32_t key;
	struct mouse mouse;
};

struct terminal;

/*
 * Why there can be no screen here, in words that go on "remora tui …"; NULL: there can. No screen
 * on what is no terminal, or on one that cannot put text where it is told to.
 */
const char *terminal_obstacle(void);

/* NULL: *error says why, to be freed with g_free. One at a time. */
struct terminal *terminal_open(char **error);
/* Gives the terminal back. */
void terminal_close(struct terminal *t);

/* Readable when there is an event. */
int terminal_fd(const struct terminal *t);
/* The next event, EVENT_NONE when there is none now. */
struct event terminal_event(struct terminal *t);
void terminal_size(const struct terminal *t, int *w, int *h);
/* To be called when the window has changed its size. */
void terminal_resized(struct terminal *t);

/* No UTF-8 here: letters are shown as ASCII. */
bool terminal_is_ascii(const struct terminal *t);
/* The theme that fits the terminal's colours and NO_COLOR; of dark and light what COLORFGBG says. */
enum theme terminal_theme(const struct terminal *t);

/* `ascii`: without UTF-8. */
void terminal_show(struct terminal *t, const struct grid *g, enum theme theme, bool ascii);
/* Everything is drawn anew by the next terminal_show(). */
void terminal_redraw(struct terminal *t);
/* Asks the terminal to keep text in its clipboard (OSC 52). */
void terminal_copy(struct terminal *t, const char *text, size_t n);
/* Gives the terminal back, stops the program as Ctrl-Z does, and takes the terminal again. */
void terminal_suspend(struct terminal *t);

#endif
