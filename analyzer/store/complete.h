/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What may stand at a place of a filter that is being typed: keys and protocols; behind a key the
 * operators that it takes; behind an operator the names of its values.
 */
#ifndef STORE_COMPLETE_H
#define STORE_COMPLETE_H

#include <glib.h>

struct completion {
	unsigned from, to; /* bytes of the expression that a word replaces */
	GPtrArray *words;  /* char *, to be put there; those that go on with what is there first */
	GPtrArray *about;  /* char *, what each of them is: "Time to live", "3" */
};

enum { COMPLETE_MOST = 200 };

/* At byte `caret` of an expression. To be given back to completion_clear(). */
struct completion complete_filter(const char *expression, unsigned caret);
/* Keys and protocols alone, for a column or a field. */
struct completion complete_key(const char *text, unsigned caret);
void completion_clear(struct completion *c);
/* What all the words begin with: g_free. NULL: there is no word. */
char *completion_common(const struct completion *c);

#endif
