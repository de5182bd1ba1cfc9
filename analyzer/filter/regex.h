/* SPDX-License-Identifier: BSD-3-Clause */
/* Regular expressions over bytes, without regard to case, in bounded time. */
#ifndef FILTER_REGEX_H
#define FILTER_REGEX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct regex;

/* One in which there may be bytes of 0; NULL and an error: it is none. */
struct regex *regex_new(const char *text, size_t n, GError **error);
bool regex_match(const struct regex *r, const uint8_t *p, size_t n);
/* The same, and where the first match is. */
bool regex_find(const struct regex *r, const uint8_t *p, size_t n, size_t *from, size_t *to);
void regex_free(struct regex *r);

#endif
