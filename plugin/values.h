/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row's value as an item of a tree. */
#ifndef VALUES_H
#define VALUES_H

#include "fields.h"

proto_item *value_add(proto_tree *tree, tvbuff_t *tvb, const struct row_field *field,
		      const struct rem_row *row, const struct rem_value *v);

/* Wireshark's bytes for a row: from the first it touches to the last. */
static inline int row_start(const struct rem_row *row)
{
	return (int)(row->bit / 8);
}

static inline int row_length(const struct rem_row *row)
{
	return (int)((row->bit + row->bits + 7) / 8 - row->bit / 8);
}

#endif
