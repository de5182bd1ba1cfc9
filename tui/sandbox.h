/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The program in its sandbox: what it needs of files and programs, a broker hands it, which keeps the
 * rights that it gives up before the first packet is looked at (guard/).
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "guard/broker.h"
#include "guard/guard.h"

#include <stdbool.h>

struct sandbox {
	struct broker *broker; /* there without a sandbox, too */
	bool wanted;
	struct guard guard;
};

/* To be called first of all: it forks. False: *why says what is missing. */
bool sandbox_begin(struct sandbox *s, const struct broker_options *o, const char **why);
/* Gives up the rights, if that is wanted; what is to be open is open. The same. */
bool sandbox_enter(struct sandbox *s, const char **why);
void sandbox_end(struct sandbox *s);
/* "user 65534, no capabilities, …", or that there is none; to be freed with g_free. */
char *sandbox_describe(const struct sandbox *s);

#endif
