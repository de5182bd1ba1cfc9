/* SPDX-License-Identifier: BSD-3-Clause */
/* Another program, asked for a few lines of text. */
#ifndef MACHINE_RUN_H
#define MACHINE_RUN_H

#include <stdbool.h>

/*
 * Runs argv and takes what it says, *out and *err to be freed by g_free. A program that is still
 * running after some seconds is ended. False: it could not be run, or did not end with 0.
 */
bool run_program(char **argv, char **out, char **err);

#endif
