/* SPDX-License-Identifier: BSD-3-Clause */
/* Decode As: which numbers stand for which protocol, while one looks. */
#ifndef DECODE_AS_PROMPT_H
#define DECODE_AS_PROMPT_H

#include <stdbool.h>

struct tui;

/* Adds a rule, "tcp.port==8080,http", or takes all of them away, "none"; everything is taken apart
 * anew. False: *error (g_free) says what is wrong with it. */
bool decode_as(struct tui *t, const char *rule, char **error);
/* Puts the rules in force in frames that are new. */
void decode_as_again(struct tui *t);

#endif
