/* SPDX-License-Identifier: BSD-3-Clause */
/* Functions of a library that is loaded when it is needed. */
#ifndef FUNCTIONS_H
#define FUNCTIONS_H

#include <stddef.h>

struct function {
	const char *name;
	size_t at; /* where its pointer goes, bytes into the struct of all of them */
};

/* Loads the first of `files`, which end with NULL, that is there, and looks n functions up. Returns
 * NULL, or what the loader says. */
const char *functions_load(const char *const *files, const struct function *wanted, size_t n,
			   void *to);

#endif
