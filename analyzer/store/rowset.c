/* SPDX-License-Identifier: BSD-3-Clause */
/* A sorted array of rows. */
#include "store/rowset.h"

#include <glib.h>
#include <string.h>

/* Where the row is, or would be. */
static size_t place_of(const struct rowset *s, uint64_t row)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (s->row[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool rowset_has(const struct rowset *s, uint64_t row)
{
	const size_t at = place_of(s, row);

	return at < s->count && s->row[at] == row;
}

bool rowset_toggle(struct rowset *s, uint64_t row)
{
	const size_t at = place_of(s, row);
	const bool there = at < s->count && s->row[at] == row;

	if (!there && s->count == s->room) {
		s->room = s->room != 0 ? 2 * s->room : 16;
		s->row = g_renew(uint64_t, s->row, s->room);
	}
	if (there)
		memmove(s->row + at, s->row + at + 1, (s->count - at - 1) * sizeof(*s->row));
	else
		memmove(s->row + at + 1, s->row + at, (s->count - at) * sizeof(*s->row));
	s->count = there ? s->count - 1 : s->count + 1;
	if (!there)
		s->row[at] = row;
	return !there;
}

uint64_t rowset_before(const struct rowset *s, uint64_t row)
{
	const size_t at = place_of(s, row);

	if (at < s->count && s->row[at] == row)
		return row;
	return at > 0 ? s->row[at - 1] : NO_ROW;
}

uint64_t rowset_behind(const struct rowset *s, uint64_t row)
{
	const size_t at = place_of(s, row);

	return at < s->count ? s->row[at] : NO_ROW;
}

void rowset_clear(struct rowset *s)
{
	g_free(s->row);
	*s = (struct rowset){0};
}
