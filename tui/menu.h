/* SPDX-License-Identifier: BSD-3-Clause */
/* A list that lies above the screen: help, forms to copy, columns, colour rules, history. */
#ifndef MENU_H
#define MENU_H

#include "grid.h"
#include "screen.h"

#include <glib.h>

struct tui;
struct menu;

struct menu_row {
	char *key;  /* to the left; may be NULL */
	char *text; /* may be NULL */
	bool heading;
	void *data;
};

struct menu_ops {
	/* Enter, or a click: the menu is closed already where `stays` is false. NULL: nothing can be
	 * chosen. */
	void (*choose)(struct tui *t, struct menu *m, const struct menu_row *row);
	/* A key that is not a move; true: it was one of the menu's. */
	bool (*key)(struct tui *t, struct menu *m, uint32_t key);
	void (*closed)(struct tui *t, struct menu *m);
	bool stays; /* open after a choice */
	const char *hint; /* its own keys, in the last line */
};

struct menu {
	const struct menu_ops *ops;
	char *title;
	GArray *rows; /* of struct menu_row */
	int at, top;
	struct area area; /* where it was drawn */
	int row_y;        /* where its first row was */
	GDestroyNotify free_data; /* of a row */
};

struct menu *menu_new(const struct menu_ops *ops, const char *title);
void menu_free(struct menu *m);
/* Texts are copied. */
void menu_add(struct menu *m, const char *key, const char *text, void *data);
void menu_add_heading(struct menu *m, const char *text);
struct menu_row *menu_row(const struct menu *m, int i);
void menu_move(struct menu *m, enum move move, int n);
/* The row at a place of the screen, or -1. */
int menu_row_at(const struct menu *m, int x, int y);
void menu_draw(struct menu *m, struct grid *g, struct area area);

/* Shows a menu, in place of the one that is there. */
void menu_open(struct tui *t, struct menu *m);
void menu_close(struct tui *t);
void menu_choose(struct tui *t);

#endif
