/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark counts its expert items by file, not by frame. Of a frame it marks the items that they are
 * about, and those above up to the root's children, which are there even if nobody looks (from 4.4 on,
 * not for all); and it keeps them in a queue while somebody lists them.
 *
 * None of ours is in the group Malformed: 4.6 takes such a frame for one that a dissector has given up.
 */
#include "experts.h"

#include <remora/types.h>

static expert_field wrong_cut = EI_INIT, wrong_length = EI_INIT, wrong_value = EI_INIT,
		    wrong_sum = EI_INIT, wrong_loop = EI_INIT, wrong_limit = EI_INIT;

static bool said_by_wireshark; /* of the frame at hand */

/* Wireshark registers the tap of those who list when it opens a file. */
static int expert_tap(void)
{
	static int tap;

	if (tap == 0)
		tap = find_tap_id("expert");
	return tap;
}

static bool are_listed(void)
{
	return have_tap_listener(expert_tap());
}

bool experts_are_wanted(proto_tree *tree)
{
	static int items;

	if (items == 0)
		items = proto_get_id_by_filter_name("_ws.expert");
	return proto_field_is_referenced(tree, items) || are_listed();
}

static bool is_marked(proto_tree *tree)
{
	const proto_node *node = tree != NULL ? proto_tree_get_root(tree)->first_child : NULL;

	while (node != NULL && FI_GET_FLAG(PNODE_FINFO(node), PI_SEVERITY_MASK) < PI_NOTE)
		node = node->next;
	return node != NULL;
}

static bool is_queued(void)
{
	const expert_info_t *item;
	int i = 0;

	do
		item = fetch_tapped_data(expert_tap(), i++);
	while (item != NULL && item->severity < PI_NOTE);
	return item != NULL;
}

void experts_begin(proto_tree *tree)
{
	said_by_wireshark = is_marked(tree) || (are_listed() && is_queued());
}

static expert_field *field_of(int err)
{
	switch (err) {
	case REM_SHORT: return &wrong_cut;
	case REM_LENGTH: return &wrong_length;
	case REM_FIELD: return &wrong_value;
	case REM_SUM: return &wrong_sum;
	case REM_LOOP: return &wrong_loop;
	case REM_LIMIT: return &wrong_limit;
	default: return NULL;
	}
}

void experts_raise(packet_info *pinfo, proto_item *item, int err)
{
	expert_field *field = field_of(err);

	if (field != NULL && !said_by_wireshark)
		expert_add_info(pinfo, item, field);
}

/* clang-format off */
void experts_register(int proto)
{
	static ei_register_info wrongs[] = {
		{&wrong_cut, {"remora.error.cut", PI_UNDECODED, PI_NOTE, "Cut short", EXPFILL}},
		{&wrong_length, {"remora.error.length", PI_PROTOCOL, PI_WARN, "A length lies", EXPFILL}},
		{&wrong_value, {"remora.error.value", PI_PROTOCOL, PI_WARN, "A value that is not allowed", EXPFILL}},
		{&wrong_sum, {"remora.error.checksum", PI_CHECKSUM, PI_ERROR, "The checksum is wrong", EXPFILL}},
		{&wrong_loop, {"remora.error.loop", PI_PROTOCOL, PI_ERROR, "Something points back at itself", EXPFILL}},
		{&wrong_limit, {"remora.error.limit", PI_UNDECODED, PI_NOTE, "More than remora follows", EXPFILL}},
	};

	expert_register_field_array(expert_register_protocol(proto), wrongs, G_N_ELEMENTS(wrongs));
}
/* clang-format on */
