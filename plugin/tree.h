/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A breakdown as Wireshark's tree. */
#ifndef TREE_H
#define TREE_H

#include "compat.h"

#include <remora/remora.h>

void tree_register(void);

/*
 * Adds the layers to `tree`: those of `layers` alone, if that is not NULL. `tvb` is what the
 * breakdown was made of. Fields that nobody asks for cost nothing where the tree is not shown;
 * without any tree, expert items are all that comes of it.
 */
void tree_add(const struct rem_breakdown *b, const struct rem_set *layers, tvbuff_t *tvb,
	      packet_info *pinfo, proto_tree *tree);

/* Is the tree one that somebody looks at, or only what a filter, column or tap asks for? */
static inline bool tree_is_shown(proto_tree *tree)
{
	return tree != NULL && PTREE_DATA(tree)->visible;
}

#endif
