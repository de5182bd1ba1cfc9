/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of info text of all protocols. Only front ends refer to this file's table. */
#include <remora/text.h>

rem_info *const *const rem_infos[REM_P_COUNT] = {
#define REM_PROTO(name, id) [REM_P_##id] = &rem_info_##name,
#include <remora/protos.def>
#undef REM_PROTO
};

/* Of messages that follow each other in a segment or datagram, the first. */
REM_INLINE const struct rem_part *first_of(const struct rem_breakdown *b,
					   const struct rem_part *layer)
{
	while (layer != b->part && layer[-1].proto == layer->proto &&
	       (rem_part_proto(layer)->flags & REM_PROTO_TUNNEL) == 0)
		layer = rem_part_layer(b, layer - 1);
	return layer;
}

void rem_out_info(struct rem_out *o, const struct rem_breakdown *b)
{
	for (const struct rem_part *layer = rem_layer_last(b); layer != NULL;
	     layer = rem_layer_above(b, layer)) {
		rem_info *line = *rem_infos[layer->proto];

		if (line != NULL && (layer->flags & REM_PART_QUOTED) == 0) {
			line(b, first_of(b, layer), o);
			return;
		}
	}
}
