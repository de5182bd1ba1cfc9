/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What cannot be compared: bytes that Wireshark shows once it has put them together with those of
 * other frames, and fields that depend on its preferences.
 */
#ifndef APART_H
#define APART_H

#include "compat.h"

#include <remora/remora.h>

/* A preference of Wireshark's, and what it has to be for a field to say what remora says. */
struct setting {
	const char *key;
	const char *module, *name;
	bool wanted;
};

void apart_prepare(void);
/* Adds the numbers of the fields by which pieces are known. */
void apart_want(GArray *wanted);

/* The setting that a key depends on; NULL: none. */
const struct setting *apart_setting(const char *key);
bool apart_is_set(const struct setting *setting);

/* The first bit of the frame that Wireshark takes for a piece of something; -1: there is none. */
int64_t apart_from(const struct rem_breakdown *b, proto_tree *tree);

#endif
