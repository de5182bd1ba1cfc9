/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys that remora and Wireshark both know, by either side's numbers. */
#ifndef KEYS_H
#define KEYS_H

#include "apart.h"
#include "compat.h"

#include <remora/remora.h>

enum { NO_KEY = 0xffff };

struct key {
	const char *name;
	uint32_t excuses; /* the rules that speak of it, a bit each */
	bool stateful;    /* Wireshark does not read it from the frame alone */
	const struct setting *setting; /* what it depends on; NULL: on no preference */
};

/* Finds them; to be done when all of Wireshark's fields are registered. Costs nothing again. */
void keys_find(void);
unsigned keys_count(void);
const struct key *key_at(unsigned key);

/* NO_KEY: Wireshark has no such field. */
unsigned key_of_row(const struct rem_part *part, unsigned row);
unsigned key_of_layer(unsigned proto);
/* NO_KEY: remora has no such row. */
unsigned key_of_field(int hf);

/* Is this the first word of a key of remora's, or what Wireshark calls one of its protocols? */
bool key_begins_with(const char *word, size_t n);

/* Wireshark's numbers of all fields with this name; the caller's. */
GArray *keys_fields(const char *name);
/* Those of all keys. */
GArray *keys_wanted(void);

#endif
