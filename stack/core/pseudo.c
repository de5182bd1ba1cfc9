/* SPDX-License-Identifier: BSD-3-Clause */
/* The pseudo header of TCP, UDP and ICMPv6, found by looking up through the layers. */
#include "core/decode.h"
#include <remora/ipv4.h>
#include <remora/ipv6.h>
#include <remora/pseudo.h>

/* Does a header of this protocol stand between an IP header and what it carries? */
static bool is_extension(unsigned proto)
{
	switch (proto) {
	case REM_P_IPV6_HOPOPTS:
	case REM_P_IPV6_DSTOPTS:
	case REM_P_IPV6_ROUTING:
	case REM_P_IPV6_FRAGMENT:
	case REM_P_AH:
		return true;
	default:
		return false;
	}
}

const struct rem_part *rem_carrier(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_part *up = rem_layer_above(b, part);

	while (up != NULL && is_extension(up->proto))
		up = rem_layer_above(b, up);
	return up != NULL && (up->proto == REM_P_IPV4 || up->proto == REM_P_IPV6) ? up : NULL;
}

/* The length of a whole IP packet by its own header; REM_UNKNOWN if that does not say. */
static uint32_t packet_length(const struct rem_breakdown *b, const struct rem_part *ip)
{
	const uint8_t *p = rem_part_bytes(b, ip);

	if (ip->proto == REM_P_IPV4 && ip->len >= REM_IPV4_HEADER &&
	    rem_get(p, REM_IPV4_TOTAL) != 0)
		return rem_get(p, REM_IPV4_TOTAL);
	if (ip->proto == REM_P_IPV6 && ip->len >= REM_IPV6_HEADER &&
	    rem_get(p, REM_IPV6_LENGTH) != 0)
		return REM_IPV6_HEADER + rem_get(p, REM_IPV6_LENGTH);
	return REM_UNKNOWN;
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
		const uint32_t n = packet_length(b, up), before = layer->off - up->off;

		if (n != REM_UNKNOWN && n >= before)
			v = rem_view_first(v, n - before);
	}
	if ((layer->flags & REM_PART_QUOTED) != 0)
		v.wire = REM_UNKNOWN;
	return v;
}

/* Is `part` in one of several fragments? */
static bool in_fragment(const struct rem_breakdown *b, const struct rem_part *part,
			const struct rem_part *ip)
{
	if (ip->proto == REM_P_IPV4)
		return rem_get(rem_part_bytes(b, ip), REM_IPV4_FRAGMENT) != 0;
	for (const struct rem_part *up = rem_layer_above(b, part); up != ip;
	     up = rem_layer_above(b, up)) {
		const uint8_t *p = rem_part_bytes(b, up);

		if (up->proto == REM_P_IPV6_FRAGMENT &&
		    (rem_get(p, REM_IPV6_FRAG_OFFSET) != 0 || rem_get(p, REM_IPV6_FRAG_MORE) != 0))
			return true;
	}
	return false;
}

bool rem_segment(const struct rem_breakdown *b, const struct rem_part *part, struct rem_view *v)
{
	const struct rem_part *ip = rem_carrier(b, part);
	struct rem_head h;

	if (ip == NULL || in_fragment(b, part, ip))
		return false;
	if (ip->proto == REM_P_IPV4)
		rem_ipv4_check(layer_view(b, ip), &h);
	else
		rem_ipv6_check(layer_view(b, ip), &h);
	const uint32_t start = part->off - (uint32_t)(h.payload.p - b->source[ip->source].p);
	if (start > h.payload.cap)
		return false;
	*v = rem_view_skip(h.payload, start);
	return true;
}

/*
 * The sum of the addresses of an IPv6 pseudo header: a routing header in between says where the
 * packet goes in the end (RFC 8200 8.1), a home address option who sends it (RFC 6275 11.3.1).
 */
static uint32_t ipv6_addresses(const struct rem_breakdown *b, const struct rem_part *part,
			       const struct rem_part *ip)
{
	const uint8_t *src = rem_part_bytes(b, ip) + REM_OFF(REM_IPV6_SRC) / 8;
	const uint8_t *dst = rem_part_bytes(b, ip) + REM_OFF(REM_IPV6_DST) / 8;
	uint8_t last[REM_IPV6_ADDRESS];
	struct rem_view home;

	for (const struct rem_part *up = rem_layer_above(b, part); up != ip;
	     up = rem_layer_above(b, up)) {
		const struct rem_view v = rem_view_skip(b->source[up->source], up->off);

		if (up->proto == REM_P_IPV6_ROUTING)
			dst = rem_ipv6_last_segment(v.p, v.cap, dst, last);
		else if (up->proto != REM_P_IPV6_FRAGMENT && up->proto != REM_P_AH &&
			 rem_ipv6_find_option(v, REM_IPV6_OPT_HOME, &home) &&
			 (uint32_t)(home.p - v.p) + REM_IPV6_ADDRESS <= v.cap)
			src = home.p;
	}
	return rem_sum(src, REM_IPV6_ADDRESS) + rem_sum(dst, REM_IPV6_ADDRESS);
}

/* The sum of the pseudo header; 0 when there is no IP layer. */
static uint32_t pseudo(const struct rem_breakdown *b, const struct rem_part *part, uint32_t n,
		       uint32_t proto)
{
	const struct rem_part *ip = rem_carrier(b, part);

	if (ip == NULL)
		return 0;
	const uint32_t rest = proto + (n & 0xffff) + (n >> 16);
	if (ip->proto == REM_P_IPV6)
		return ipv6_addresses(b, part, ip) + rest;
	return rem_sum(rem_part_bytes(b, ip) + REM_OFF(REM_IPV4_SRC) / 8, 8) + rest;
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
