/* SPDX-License-Identifier: BSD-3-Clause */
/* Words that others chose (file names, arguments) on their way to a terminal. */
#ifndef PLAIN_H
#define PLAIN_H

#include <stdio.h>

/* Writes text; what a terminal would obey, or hides or reorders text, is escaped. Lines and
 * backslashes stay. */
void print_plain(FILE *file, const char *text);

#endif
