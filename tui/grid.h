/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A screen that nobody sees yet: cells of text with a role. Panes draw into it; a terminal or a
 * text file shows it (terminal.h, plain_screen.h).
 *
 * Nothing that a terminal would obey gets in, whoever draws it: text from packets has been escaped
 * by the core before, and what is no printable character here becomes U+FFFD.
 */
#ifndef GRID_H
#define GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum role {
#define ROLE(name, letter) ROLE_##name,
#include "roles.def"
#undef ROLE
	ROLES
};

enum { GRID_NO_COLOUR = -1 };

struct cell {
	uint32_t c;     /* a character; 0: the right half of a wide one */
	uint32_t mark;  /* a combining mark upon it, 0: none */
	int16_t fg, bg; /* of the 256 colours; GRID_NO_COLOUR: what the role looks like */
	uint8_t role;   /* enum role */
};

struct area {
	int x, y, w, h;
};

struct grid {
	int w, h;
	struct cell *cell; /* row by row */
	int cursor_x, cursor_y; /* where one types; -1: nowhere */
};

/* Where text goes next, and how it looks; text beyond the area is not there. */
struct pen {
	struct grid *grid;
	struct area area;
	int x, y; /* from the area's corner */
	enum role role;
	int16_t fg, bg;
};

void grid_init(struct grid *g, int w, int h);
void grid_free(struct grid *g);
/* Blank, of ROLE_TEXT, without a cursor. */
void grid_clear(struct grid *g);

/* The cell, or NULL outside. */
struct cell *grid_at(const struct grid *g, int x, int y);

/* A pen in the upper left corner of an area. */
struct pen pen_in(struct grid *g, struct area area);
/* Puts the pen to the start of a row and gives it a role. */
void pen_row(struct pen *p, int y, enum role role);
/* UTF-8; returns how many cells it took, seen or not. */
int pen_text(struct pen *p, const char *text);
int pen_text_n(struct pen *p, const char *text, size_t n);
int pen_format(struct pen *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* One character, `n` times. */
void pen_repeat(struct pen *p, uint32_t c, int n);
/* At most `width` cells of text, with … in the last if it is longer, then blanks up to there. */
void pen_field(struct pen *p, const char *text, int width);
/* The same, to the right. */
void pen_field_right(struct pen *p, const char *text, int width);
/* Blanks up to column x; none if the pen is behind it. */
void pen_to(struct pen *p, int x);
/* Blanks up to the end of the row. */
void pen_rest(struct pen *p);

/* Gives the cells of an area that are seen another role, and no colours of their own. */
void grid_role(struct grid *g, struct area area, enum role role);

/* How many cells a text takes. */
int text_width(const char *text);
int text_width_n(const char *text, size_t n);
/* Bytes of it, whole characters, that fit into so many cells. */
size_t text_fitting(const char *text, int width);

/* The part of `a` that is in `b`. */
struct area area_within(struct area a, struct area b);
bool area_has(struct area a, int x, int y);
/* Cuts n rows (columns) off an area's edge, at most what is there, and returns them. */
struct area area_top(struct area *a, int n);
struct area area_bottom(struct area *a, int n);
struct area area_left(struct area *a, int n);
struct area area_right(struct area *a, int n);

#endif
