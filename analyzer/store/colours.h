/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Colour rules: display filters, the first that a packet passes gives it its colours. The rules are
 * Wireshark's file `colorfilters`, or those built in. A field that nobody knows counts as one that
 * no packet has, so files that were made for Wireshark are of use here.
 */
#ifndef STORE_COLOURS_H
#define STORE_COLOURS_H

#include "frame.h"

/* Red, green, blue, of 0xffff each, as the file has them. */
struct colour_rgb {
	uint16_t red, green, blue;
};

struct colour_rule {
	char *name, *expression;
	struct colour_rgb back, fore;
	bool off;    /* "!" in front of it */
	char *error; /* why the expression is none: the rule is never used; NULL */
	struct filter *filter;
};

struct colours;

/* No rules. */
struct colours *colours_new(void);
void colours_free(struct colours *c);
/* The rules built in, for a dark or a light background. */
void colours_usual(struct colours *c, bool light);
/* Adds the rules of a file. Returns the lines that are none; empty ones and comments do not count. */
unsigned colours_read(struct colours *c, const char *text);
/* The rules as a file. g_free. */
char *colours_write(const struct colours *c);

unsigned colours_count(const struct colours *c);
const struct colour_rule *colours_rule(const struct colours *c, unsigned i);
void colours_turn(struct colours *c, unsigned i, bool off);

/* The rule for a frame that has been taken apart as a whole; NULL: none. */
const struct colour_rule *colours_match(struct colours *c, struct frame *f);

enum { COLOUR_BLACK = 0, COLOUR_WHITE = 7 };

/* The nearest of the 256 colours that terminals have, from 16 on; of the first eight, the one that is
 * called alike: these are few and loud, and none is near a pale or a dark one. */
unsigned colour_256(struct colour_rgb rgb);
unsigned colour_8(struct colour_rgb rgb);
/* One of the 256 as 0xRRGGBB; the first 16 as xterm has them. */
unsigned colour_24(unsigned of_256);

/* Both colours of a rule, of eight, so that one can be read on the other; -1: the terminal's own, which
 * may be as well dark as light. */
struct colour_pair {
	int16_t fore, back;
};
struct colour_pair colours_of_8(const struct colour_rule *rule);

#endif
