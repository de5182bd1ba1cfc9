/* SPDX-License-Identifier: BSD-3-Clause */
/* What a transport protocol needs of the IP layer above it: where its segment ends, and the pseudo
 * header of its checksum (RFC 9293 3.1, RFC 8200 8.1). */
#ifndef REMORA_PSEUDO_H
#define REMORA_PSEUDO_H

#include <remora/breakdown.h>

/* The IP layer that carries the layer of `part`, extension headers apart; NULL: there is none. */
const struct rem_part *rem_carrier(const struct rem_breakdown *b, const struct rem_part *part);

/*
 * The bytes from the layer `part` to the end of the IP payload that it stands in; as many of them
 * as the packet claims, so that cap < wire where some are missing. False when nobody knows how
 * many there are: in a fragment, or without an IP layer above.
 */
bool rem_segment(const struct rem_breakdown *b, const struct rem_part *part, struct rem_view *v);

/* The state of a checksum over pseudo header and segment, `stored` being what the segment has in
 * its own checksum field: good, bad, partial, or unverified when bytes are missing. */
enum rem_sum_status rem_pseudo_check(const struct rem_breakdown *b, const struct rem_part *part,
				     struct rem_view segment, uint32_t proto, uint32_t stored);

/* The same for all of rem_segment(), whose checksum stands `at` bytes into it. */
enum rem_sum_status rem_segment_check(const struct rem_breakdown *b, const struct rem_part *part,
				      uint32_t proto, uint32_t at);

/* The checksum that the segment ought to have, given the one that it has. False: not computable. */
bool rem_pseudo_sum(const struct rem_breakdown *b, const struct rem_part *part,
		    struct rem_view segment, uint32_t proto, uint32_t stored, uint32_t *sum);

#endif
