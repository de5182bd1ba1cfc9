/* SPDX-License-Identifier: BSD-3-Clause */
/* How things stand with remora's plugin for one Wireshark. */
#ifndef MACHINE_STANDING_H
#define MACHINE_STANDING_H

#include "machine/wireshark.h"

struct standing {
	char *path;                /* where this user's plugin belongs */
	bool is_there;             /* something lies there */
	struct plugin *here;       /* it, if it is a plugin of remora */
	char *wrong;               /* what is wrong with it, if it is none */
	bool fits;                 /* this Wireshark can load it */
	const struct plugin *ours; /* the one of those at hand that fits, or NULL */
	GPtrArray *copies;         /* struct plugin: others that this Wireshark finds too */
};

/* at_hand: struct plugin, borrowed. */
struct standing *standing_of(const struct wireshark *w, const GPtrArray *at_hand);
void standing_free(struct standing *s);

#endif
