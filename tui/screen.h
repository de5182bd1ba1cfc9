/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Screens: each fills what is between the first line and the last, and is a table of functions. A
 * new one is a row of the table in screens.c.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "actions.h"
#include "grid.h"
#include "keyboard.h"

enum move {
	MOVE_UP,
	MOVE_DOWN,
	MOVE_LEFT,
	MOVE_RIGHT,
	MOVE_PAGE_UP,
	MOVE_PAGE_DOWN,
	MOVE_HALF_UP,
	MOVE_HALF_DOWN,
	MOVE_TOP,
	MOVE_BOTTOM,
	MOVE_END, /* to the last row, and stay there as more come */
};

struct screen {
	const char *name;
	char digit; /* Alt and this one lead here */
	const char *about;
	void (*draw)(struct tui *t, struct area area);
	/* Where its keys go: the pane's place. */
	enum place (*place)(const struct tui *t);
	/* n: how many times; 0: nobody said. */
	void (*move)(struct tui *t, enum move move, int n);
	void (*enter)(struct tui *t);
	/* The next pane, or the one before it (step -1). */
	void (*turn)(struct tui *t, int step);
	void (*mouse)(struct tui *t, const struct mouse *m);
};

extern const struct screen screen_packets, screen_capture;

/* NULL-terminated, in the order of their numbers. */
extern const struct screen *const screens[];

#endif
