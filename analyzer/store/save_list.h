/* SPDX-License-Identifier: BSD-3-Clause */
/* The list as one sees it, as a table for other programs: CSV (RFC 4180), TSV or JSON, by the file's name. */
#ifndef STORE_SAVE_LIST_H
#define STORE_SAVE_LIST_H

#include "store/columns.h"

struct list_file;

/* Does the name end in .csv, .tsv or .json? */
bool list_file_is(const char *path);
/* Takes over the descriptor; the columns are those of now. */
struct list_file *list_file_begin(int fd, const char *path, const struct columns *c);
/* A row, for a frame that has been taken apart as a whole. False: it cannot be written. */
bool list_file_put(struct list_file *l, struct frame *f);
/* Ends the file and closes it. 0, or why it could not be written (errno). */
int list_file_end(struct list_file *l);

#endif
