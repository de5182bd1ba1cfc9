/* SPDX-License-Identifier: BSD-3-Clause */
/* A few rows out of many, sorted: marks, time references. */
#ifndef STORE_ROWSET_H
#define STORE_ROWSET_H

#include "store/store.h"

struct rowset {
	uint64_t *row;
	size_t count, room;
};

bool rowset_has(const struct rowset *s, uint64_t row);
/* Puts it in or takes it out; says whether it is in now. */
bool rowset_toggle(struct rowset *s, uint64_t row);
/* The nearest at or before a row, or at or behind it; NO_ROW: there is none. */
uint64_t rowset_before(const struct rowset *s, uint64_t row);
uint64_t rowset_behind(const struct rowset *s, uint64_t row);
void rowset_clear(struct rowset *s);

#endif
