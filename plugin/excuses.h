/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where remora and Wireshark may differ: tests/agreement/exceptions.txt, the list of the agreement
 * test, with its conditions evaluated in a frame of Wireshark's.
 */
#ifndef EXCUSES_H
#define EXCUSES_H

#include "compat.h"

#include <stdbool.h>
#include <stdint.h>

enum difference {
	DIFFERS_VALUE,
	DIFFERS_BITS,
	DIFFERS_EXTRA, /* only remora has it */
	DIFFERS_FEWER, /* both have the key in the frame, remora has it fewer times */
	DIFFERS_ORDER,
	DIFFERENCES
};

/* The two lists as they are in their files. */
extern const char excuses_exceptions[];
extern const char excuses_stateful[];

void excuses_register(void);
/* Reads the lists; to be done when all of Wireshark's fields are registered. */
void excuses_read(void);
/* Adds the numbers of the fields that conditions go by. */
void excuses_want(GArray *wanted);
/* Has somebody asked for all of these, so that they can be found in this frame? Nobody else does. */
bool excuses_are_asked_for(void);
unsigned excuses_count(void);
/* "fewer * within: an encapsulation that …" */
const char *excuse_text(unsigned rule);

/* The rules that speak of a key, a bit each. */
uint32_t excuses_for(const char *key);
/* Is it a key that Wireshark does not read from the frame alone? */
bool excuses_stateful_key(const char *key);

/* Looks at the frame's protocols, and remembers those of its stream: for each frame, in order. */
void excuses_begin(packet_info *pinfo, proto_tree *tree);
/* Which of the rules covers such a difference in this frame; -1: none. */
int excuse_find(uint32_t rules, enum difference what);

#endif
