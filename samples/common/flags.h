/* SPDX-License-Identifier: BSD-3-Clause */
/* Command lines of the samples: "--name value", "--name=value", and both with one dash. */
#ifndef SAMPLES_FLAGS_H
#define SAMPLES_FLAGS_H

#include <stdbool.h>

struct flag {
	const char *name;
	const char **value; /* of one that takes a value; else NULL, and */
	bool *set;
	const char *argument; /* what --help calls that value */
	const char *what;     /* for --help: what it does; NULL: another spelling of one above */
};

/*
 * Takes flags off the arguments, which become what is left; returns how many that are. -1: one is
 * wrong, and has been complained about; -2: --help was asked for, and given. flags ends with a name
 * of NULL; usage is its first line.
 */
int flags_take(const struct flag *flags, const char *usage, int argc, char **argv);

/* A number from 0 to most; -1: it is none. */
long flags_number(const char *text, long most);

#endif
