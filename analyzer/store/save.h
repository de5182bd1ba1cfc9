/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Saving packets of a view as pcapng or pcap, in steps. pcapng keeps what is known of their
 * interfaces, their options and comments, the names and secrets of their file. Or their rows in the
 * list, as a table.
 */
#ifndef STORE_SAVE_H
#define STORE_SAVE_H

#include "file/writer.h"
#include "store/columns.h"
#include "store/view.h"

struct save;

enum save_which { SAVE_ALL, SAVE_SHOWN, SAVE_MARKED, SAVE_RANGE };

struct save_what {
	enum save_which which;
	uint64_t first, last; /* SAVE_RANGE: positions of the view, both of them too */
	enum writer_format format;
	const struct columns
		*columns;    /* a path that ends in .csv, .tsv or .json is of rows of these, */
	struct frame *frame;           /* taken apart here; NULL: it is of packets, too */
};

/*
 * Begins to write into a descriptor (a file, a pipe), the saver's from now on; -1: the file `path`
 * is opened for writing. What was in it is lost, unless it is the very file that is looked at.
 * `path` is for messages, and tells the format where WRITER_AUTO is asked for. Rows that come later
 * than this are not saved. NULL: *error is a malloc'd line that names the file.
 */
struct save *save_begin(struct view *v, const struct save_what *what, int fd, const char *path,
			char **error);
/* 1: there is more to do; 0: all is written; -1: it cannot go on, save_end() tells. */
int save_step(struct save *s, int64_t budget_us);
/* Percent, and packets so far. */
unsigned save_progress(const struct save *s);
uint64_t save_packets(const struct save *s);
/* Is it of rows of the list? */
bool save_is_list(const struct save *s);
/* Rows that could not be read any more. */
uint64_t save_missed(const struct save *s);
/* Closes the file, whole records whatever happened, and frees. 0, or -1 and *error (malloc'd). */
int save_end(struct save *s, char **error);

#endif
