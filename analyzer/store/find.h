/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Finding the next packet of a view that has something in it: in the texts of the list, in the names
 * and values of fields, in the bytes; or that passes a filter. In steps, so that keys stay alive.
 */
#ifndef STORE_FIND_H
#define STORE_FIND_H

#include "store/columns.h"
#include "store/view.h"

struct find;

enum find_in { FIND_IN_LIST, FIND_IN_FIELDS, FIND_IN_BYTES };
enum find_by {
	FIND_BY_TEXT,   /* ASCII letters without regard to case, unless that is wanted */
	FIND_BY_HEX,    /* "0a:1b", "0a1b", "0a 1b": always in the bytes */
	FIND_BY_REGEX,  /* as `matches` in filters */
	FIND_BY_FILTER, /* wherever */
};

struct find_what {
	enum find_in in;
	enum find_by by;
	bool exact_case;
	bool back;
	bool around; /* behind the last packet it goes on with the first */
};

/* Where in the packet it is. */
struct find_place {
	unsigned source;
	uint32_t bit, bits; /* detail_find() leads to the line; 0 bits: nowhere in particular */
};

/* The columns are those of FIND_IN_LIST, both outlive it. */
struct find *find_new(struct view *v, const struct columns *c);
void find_free(struct find *f);
/* For frame_decode_as(). */
struct frame *find_frame(struct find *f);

/*
 * Begins with the packet behind (before) a position. False: the pattern is none, and *error (g_free)
 * says why; nothing is being looked for then.
 */
bool find_start(struct find *f, const char *pattern, const struct find_what *what,
		uint64_t position, char **error);
/* The same pattern again from another position, the same way or the other. False: there is none. */
bool find_again(struct find *f, uint64_t position, bool back);
/* Looks on. 1: it goes on; 0: there is none; 2: found. */
int find_step(struct find *f, int64_t budget_us);
/* What was found last; NO_ROW: nothing was. */
uint64_t find_position(const struct find *f, struct find_place *place);
/* How far it is: percent of the view. */
unsigned find_progress(const struct find *f);

#endif
