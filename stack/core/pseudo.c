/* SPDX-License-Identifier: BSD-3-Clause */
/* The pseudo header of TCP, UDP and ICMPv6, found by looking up through the layers. */
#include "core/decode.h"
#include <remora/ipv4.h>
#include <remora/pseudo.h>

const struct rem_part *rem_carrier(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_part *up = rem_layer_above(b, part);

	return up != NULL && up->proto == REM_P_IPV4 ? up : NULL;
}

/*
 * The view that an IP layer was decoded from: from its first byte to the end of the source, or of
 * the payload of an IP layer further out. What an ICMP message quotes may have gone on.
 */
static struct rem_view layer_view(const struct rem_breakdown *b, const struct rem_part *layer)
{
	struct rem_view v = rem_view_skip(b->source[layer->source], layer->off);

	for (const struct rem_part *up = rem_layer_above(b, layer);
	     up != NULL && up->source == layer->source; up = rem_layer_above(b, up)) {
		if (up->proto != REM_P_IPV4 || up->len < REM_IPV4_HEADER)
			continue;
		const uint32_t total = rem_get(rem_part_bytes(b, up), REM_IPV4_TOTAL);
		if (up->off + total >= layer->off)
			v = rem_view_first(v, up->off + total - layer->off);
	}
	if ((layer->flags & REM_PART_QUOTED) != 0)
		v.wire = REM_UNKNOWN;
	return v;
}

bool rem_segment(const struct rem_breakdown *b, const struct rem_part *part, struct rem_view *v)
{
	const struct rem_part *ip = rem_carrier(b, part);
	struct rem_head h;

	if (ip == NULL || ip->len < REM_IPV4_HEADER)
		return false;
	rem_ipv4_check(layer_view(b, ip), &h);
	const uint32_t start = part->off - (uint32_t)(h.payload.p - b->source[ip->source].p);
	if (rem_get(rem_part_bytes(b, ip), REM_IPV4_FRAGMENT) != 0 || start > h.payload.cap)
		return false;
	*v = rem_view_skip(h.payload, start);
	return true;
}

/* The sum of the pseudo header; 0 when there is no IP layer. */
static uint32_t pseudo(const struct rem_breakdown *b, const struct rem_part *part, uint32_t n,
		       uint32_t proto)
{
	const struct rem_part *ip = rem_carrier(b, part);
	const uint8_t *p = ip == NULL ? NULL : rem_part_bytes(b, ip);

	if (ip == NULL)
		return 0;
	return rem_sum(p + REM_OFF(REM_IPV4_SRC) / 8, 8) + proto + (n & 0xffff) + (n >> 16);
}

enum rem_sum_status rem_pseudo_check(const struct rem_breakdown *b, const struct rem_part *part,
				     struct rem_view segment, uint32_t proto, uint32_t stored)
{
	if (segment.cap < segment.wire)
		return REM_SUM_UNVERIFIED;
	const uint32_t head = rem_sum_fold(pseudo(b, part, segment.wire, proto));
	if (rem_sum_fold(head + rem_sum(segment.p, segment.cap)) == 0xffff)
		return REM_SUM_GOOD;
	return stored == head ? REM_SUM_PARTIAL : REM_SUM_BAD;
}

bool rem_pseudo_sum(const struct rem_breakdown *b, const struct rem_part *part,
		    struct rem_view segment, uint32_t proto, uint32_t stored, uint32_t *sum)
{
	if (segment.cap < segment.wire)
		return false;
	*sum = rem_sum_expected(stored, rem_sum_fold(pseudo(b, part, segment.wire, proto) +
						     rem_sum(segment.p, segment.cap)));
	return true;
}
