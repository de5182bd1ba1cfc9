/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a packet does wrong, as expert items. Where Wireshark has raised one of its own in the frame,
 * it has said so already, and ours stay out.
 */
#ifndef EXPERTS_H
#define EXPERTS_H

#include "compat.h"

void experts_register(int proto);

/* Does somebody list expert items, or ask for them in a filter or column? Those who list do without a tree. */
bool experts_are_wanted(proto_tree *tree);

/* Before anything is added to the frame whose tree, if it has one, this is or belongs to. */
void experts_begin(proto_tree *tree);

/* An error of remora's, about item; nothing if it is none of the packet's. */
void experts_raise(packet_info *pinfo, proto_item *item, int err);

#endif
