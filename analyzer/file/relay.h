/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A process that does nothing but write records to a file, for another that may be killed at any
 * moment: the kernel stops the writing of who is killed in the middle of a record. This one
 * outlives it, and writes down what has come to it whole.
 */
#ifndef FILE_RELAY_H
#define FILE_RELAY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Starts it on a descriptor, which stays the caller's; with `sandbox`, it gives up its rights. Returns
 * what leads to it, for a sink to write into; -1: see errno. The process must have one thread.
 */
int relay_start(int fd, bool sandbox);

/* The sink's side. Does this descriptor lead to such a process? */
bool relay_is(int fd);
/* Hands over bytes; whole: a record ends with them. 0, or the errno of what went wrong over there. */
int relay_send(int fd, const void *bytes, size_t n, bool whole);
/* Waits until all is written. The same. */
int relay_end(int fd);

#endif
