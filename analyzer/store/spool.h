/* SPDX-License-Identifier: BSD-3-Clause */
/* What cannot be read in any order, copied unpacked into a temporary file that has no name. */
#ifndef STORE_SPOOL_H
#define STORE_SPOOL_H

#include "file/source.h"

struct spool {
	struct source source;
	int fd;                /* of the temporary file */
	uint64_t bytes;        /* that are in it */
	bool told, done;       /* it is known whether the stream is packed; all of it is here */
	int exit_code;         /* why it ended, with `error`; 0: it is all there */
	char *error;
};

/* Takes over an open source, and a file to copy it into; -1: makes one. NULL: *error is a malloc'd
 * sentence. */
struct spool *spool_new(const struct source *source, int into, char **error);
void spool_free(struct spool *s);
/* Copies some more, if there is any without waiting. True: something came, or it is done now. */
bool spool_step(struct spool *s);
/* Percent of the packed file; -1: nobody knows. */
int spool_progress(const struct spool *s);

#endif
