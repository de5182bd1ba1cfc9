/* SPDX-License-Identifier: BSD-3-Clause */
/* What is looked for in bytes or in a text: a text, bytes, a regular expression. */
#ifndef STORE_PATTERN_H
#define STORE_PATTERN_H

#include "store/find.h"

struct pattern;

/* NULL: it is none, *error (g_free) says why. */
struct pattern *pattern_new(const char *text, const struct find_what *what, char **error);
void pattern_free(struct pattern *p);
/* Where the first occurrence is. */
bool pattern_find(struct pattern *p, const uint8_t *data, size_t n, size_t *from, size_t *to);

#endif
