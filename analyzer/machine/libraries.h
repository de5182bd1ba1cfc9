/* SPDX-License-Identifier: BSD-3-Clause */
/* The libraries that remora uses, as they are on this machine. */
#ifndef MACHINE_LIBRARIES_H
#define MACHINE_LIBRARIES_H

#include <stddef.h>

struct library {
	const char *name;
	const char *use;     /* what it is for */
	const char *package; /* of Debian, that brings it */
	char *version;       /* NULL: it is not there … */
	char *why;           /* … and what the loader says to that */
};

/* One after the other, iter beginning as 0; NULL behind the last. Valid until the next call. */
const struct library *libraries_next(size_t *iter);

#endif
