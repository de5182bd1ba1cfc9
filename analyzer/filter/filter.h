/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Display filters: Wireshark 4.0's language over remora's keys. Compiled once; a match looks at
 * the parts of a breakdown and at nothing it was not asked for, and builds no tree.
 */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include "frame.h"

struct filter;

/*
 * NULL: *error holds what is wrong, several lines with a caret under the place, to be freed by
 * g_free. An empty expression is no filter either: *error is NULL then.
 */
struct filter *filter_compile(const char *expression, char **error);
/* The same, but a field that nobody knows counts as one that no packet has. */
struct filter *filter_compile_known(const char *expression, char **error);

/* What an expression is, while it is being typed. */
enum filter_state {
	FILTER_EMPTY,      /* it shows everything */
	FILTER_GOOD,
	FILTER_UNFINISHED, /* no filter yet, but it may become one if one types on */
	FILTER_WRONG,
};

struct filter_verdict {
	enum filter_state state;
	unsigned start, end; /* bytes of the expression: where it goes wrong */
	char *message;       /* "unknown field \"ip.tll\""; NULL: nothing is wrong */
	char *like;          /* what may have been meant there; NULL */
};

/* To be given back to filter_verdict_clear(). */
struct filter_verdict filter_judge(const char *expression);
void filter_verdict_clear(struct filter_verdict *v);

void filter_free(struct filter *f);

bool filter_match(struct filter *filter, struct frame *frame);

/* How far frames have to be taken apart for the filter, by an index that is complete: asked once, not for
 * each frame. */
const struct rem_want *filter_want(struct filter *f, const struct rem_index *index);

#endif
