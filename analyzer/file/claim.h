/* SPDX-License-Identifier: BSD-3-Clause */
/* A file that is written to belongs to one program: two would write over each other's records. */
#ifndef FILE_CLAIM_H
#define FILE_CLAIM_H

#include <stdbool.h>

/*
 * Claims an open file for as long as it is open, here or in who has the descriptor from us. False: it is
 * another's, and errno is ETXTBSY. What is no regular file is anybody's.
 */
bool file_claim(int fd);
/* The same, and empties it. False: see errno. */
bool file_claim_empty(int fd);

#endif
