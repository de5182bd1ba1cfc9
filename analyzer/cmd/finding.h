/* SPDX-License-Identifier: BSD-3-Clause */
/* What a check found: one line each, and beneath it the command that mends it. */
#ifndef CMD_FINDING_H
#define CMD_FINDING_H

#include <glib.h>
#include <stdbool.h>

enum verdict { VERDICT_OK, VERDICT_WARN, VERDICT_FAIL };

/* How many there have been so far. */
unsigned findings(enum verdict verdict);

/* A name for the lines that follow. */
void finding_group(const char *name);

/* "ok  subject  text": each line of the text is broken at blanks, to fit 80 columns. */
void finding(enum verdict verdict, const char *subject, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* A command, for a shell, that mends what was found last. */
void finding_mend(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* A path as people write it: ~ for the home folder. To be freed. */
char *path_to_show(const char *path);

/* A path as a shell takes it. To be freed. */
char *path_to_type(const char *path);

#endif
