/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is kept from one run to the next, in $XDG_CONFIG_HOME/remora/: keys.conf and tui.conf, which
 * a person may write, and what was typed before.
 */
#ifndef PREFERENCES_H
#define PREFERENCES_H

#include <glib.h>

struct tui;

struct preferences {
	char *folder; /* NULL: nothing is read or kept */
	char *theme;  /* NULL: the one that fits the terminal */
	char *columns; /* as the file has it, NULL: the usual ones */
	char *wireshark; /* the program behind W */
};

/* Reads what there is; what is wrong in it is said in the last line, and left out. */
void preferences_read(struct tui *t, const char *folder);
/* Keeps what was typed. */
void preferences_write(struct tui *t);
void preferences_free(struct preferences *s);
/* The usual folder, to be freed with g_free. */
char *preferences_folder(void);

#endif
