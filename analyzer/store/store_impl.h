/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the store share and nobody else sees. */
#ifndef STORE_STORE_IMPL_H
#define STORE_STORE_IMPL_H

#include "file/again.h"
#include "file/writer.h"
#include "store/cursor.h"
#include "store/offsets.h"
#include "store/spool.h"
#include "store/store.h"

#include <glib.h>

/* Rows from here on are of that place. */
struct stretch {
	uint64_t row; /* in its file */
	struct reader_place place;
};

/* A file: the only one, or one of a ring. */
struct part {
	char *name;
	int fd;                  /* what rows are read from */
	struct spool *spool;     /* which fills fd, or NULL */
	struct reader *reader;   /* NULL: there are not bytes enough yet */
	struct offsets offsets;
	uint64_t first;          /* its first row in the store */
	GArray *stretches;       /* struct stretch */
};

struct store {
	GPtrArray *parts;        /* struct part, the oldest first; the last is the one that grows */
	GPtrArray *cursors;
	struct cursor *own;
	uint64_t count;
	int64_t last_ns;
	bool unsorted;
	bool cut;                /* the file ends in the middle of a record, and seems to stay so */
	int exit_code;           /* of an error of our own */
	char *error;
	struct writer *writer;   /* live */
	int64_t flushed_us;
};

/* The file of a row, NULL: it is gone, or there is no such row. */
struct part *store_part(const struct store *s, uint64_t row);
/* A file is about to be dropped: nothing of it may be used any more. */
void cursor_forget(struct cursor *c, const struct part *part);
const struct reader_place *part_place(const struct part *part, uint64_t row);

#endif
