/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is kept from one run to the next, in $XDG_CONFIG_HOME/remora/. A person may write
 *
 *   keys.conf      [keys]   an action and its keys, as in actions.def: time-format=t, Ctrl-T
 *   tui.conf       [tui]    theme=light, wireshark=/opt/bin/wireshark
 *                  [dark]   a role and its look, and so for the other themes: WRONG=bold 203 on 52
 *   columns        a line a column, "TITLE<tab>FIELD"; the columns menu writes it
 *   colorfilters   colour rules as Wireshark has them; without it Wireshark's own, if there are
 *
 * and what was typed before stands in `history`.
 */
#ifndef PREFERENCES_H
#define PREFERENCES_H

#include <glib.h>
#include <stdbool.h>

struct tui;

struct preferences {
	bool has_theme; /* chosen already: the file's does not count */
	char *folder; /* NULL: nothing is read or kept */
	char *wireshark; /* the program behind W, out of the sandbox */
	unsigned wrong; /* things in the files that are */
	int columns_fd, history_fd; /* open for writing; -1: nothing is kept */
};

/* Reads what there is; the first that is wrong in it is said in the last line, and all that is is left
 * out. */
void preferences_read(struct tui *t, const char *folder);
/* Keeps the columns as they are now. */
void preferences_keep_columns(struct tui *t);
/* Keeps what was typed. */
void preferences_write(struct tui *t);
void preferences_free(struct preferences *s);
/* The usual folder, to be freed with g_free. */
char *preferences_folder(void);

#endif
