/* SPDX-License-Identifier: BSD-3-Clause */
/* Files that nobody else finds, and that are gone when they are closed. */
#ifndef FILE_NAMELESS_H
#define FILE_NAMELESS_H

/* An empty one under $TMPDIR or /var/tmp, open for reading and writing. -1: see errno. */
int nameless_open(void);

#endif
