/* SPDX-License-Identifier: BSD-3-Clause */
/* The pseudo header of TCP, UDP and ICMPv6, found by looking up through the layers. */
#include "core/decode.h"
#include "core/wide.h"
#include "core/words.h"
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
	case REM_P_AH: return true;
	default: return false;
	}
}

REM_INLINE bool is_ip(const struct rem_part *part)
{
	return part->proto == REM_P_IPV4 || part->proto == REM_P_IPV6;
}

static const struct rem_part *above_extensions(const struct rem_breakdown *b,
					       const struct rem_part *up)
{
	while (up != NULL && is_extension(up->proto))
		up = rem_layer_above(b, up);
	return up != NULL && is_ip(up) ? up : NULL;
}

/* Most often the very next layer is IP. */
REM_INLINE const struct rem_part *carrier(const struct rem_breakdown *b,
					  const struct rem_part *part)
{
	const struct rem_part *up = rem_layer_above(b, part);

	return up != NULL && is_ip(up) ? up : above_extensions(b, up);
}

const struct rem_part *rem_carrier(const struct rem_breakdown *b, const struct rem_part *part)
{
	return carrier(b, part);
}

/* Is `part` in one of several fragments, by a header between it and its IPv6 header? */
static bool in_fragment(const struct rem_breakdown *b, const struct rem_part *part,
			const struct rem_part *ip)
{
	for (const struct rem_part *up = rem_layer_above(b, part); up != ip;
	     up = rem_layer_above(b, up)) {
		const uint8_t *p = rem_part_bytes(b, up);

		if (up->proto == REM_P_IPV6_FRAGMENT &&
		    (rem_get(p, REM_IPV6_FRAG_OFFSET) != 0 || rem_get(p, REM_IPV6_FRAG_MORE) != 0))
			return true;
	}
	return false;
}

/* rem_segment(), of which the carrier is known. */
REM_INLINE bool segment_in(const struct rem_breakdown *b, const struct rem_part *part,
			   const struct rem_part *ip, struct rem_view *v)
{
	if (ip == NULL || part->extent == REM_UNKNOWN ||
	    (ip != rem_layer_above(b, part) && in_fragment(b, part, ip)))
		return false;
	const struct rem_view *source = &b->source[part->source];
	const uint32_t here = source->cap - part->off;
	*v = (struct rem_view){source->p + part->off, here < part->extent ? here : part->extent,
			       part->extent};
	return true;
}

bool rem_segment(const struct rem_breakdown *b, const struct rem_part *part, struct rem_view *v)
{
	return segment_in(b, part, carrier(b, part), v);
}

/*
 * The sum of the addresses of an IPv6 pseudo header: a routing header in between says where the
 * packet goes in the end (RFC 8200 8.1), a home address option who sends it (RFC 6275 11.3.1).
 */
static rem_words ipv6_addresses(const struct rem_breakdown *b, const struct rem_part *part,
				const struct rem_part *ip)
{
	const uint8_t *src = rem_part_bytes(b, ip) + REM_OFF(REM_IPV6_SRC) / 8;
	const uint8_t *dst = rem_part_bytes(b, ip) + REM_OFF(REM_IPV6_DST) / 8;
	uint8_t last[REM_IPV6_ADDRESS];
	struct rem_view home;

	/* A node that quotes a packet may have changed the address that the route began with. */
	const bool quoted = (part->flags & REM_PART_QUOTED) != 0;
	for (const struct rem_part *up = rem_layer_above(b, part); up != ip && !quoted;
	     up = rem_layer_above(b, up)) {
		const struct rem_view v = rem_view_skip(b->source[up->source], up->off);

		if (up->proto == REM_P_IPV6_ROUTING)
			dst = rem_ipv6_last_segment(v.p, v.cap, dst, last);
		else if (up->proto != REM_P_IPV6_FRAGMENT && up->proto != REM_P_AH &&
			 rem_ipv6_find_option(v, REM_IPV6_OPT_HOME, &home) &&
			 (uint32_t)(home.p - v.p) + REM_IPV6_ADDRESS <= v.cap)
			src = home.p;
	}
	return rem_add(rem_sum_16(src, 0), rem_sum_16(dst, 0));
}

/* The sum of the addresses of a pseudo header of IPv4: the destination may be at a route's end. */
static rem_words ipv4_addresses(const uint8_t *header, uint32_t n)
{
	const uint8_t *src = header + REM_OFF(REM_IPV4_SRC) / 8;

	if (n <= REM_IPV4_HEADER)
		return rem_sum_8(src, 0);
	return rem_sum_on(rem_ipv4_final(header, n), 4, rem_sum_on(src, 4, 0));
}

/* The sum of the pseudo header, in native words; 0 when there is no IP layer. */
REM_INLINE rem_words pseudo(const struct rem_breakdown *b, const struct rem_part *part,
			    const struct rem_part *ip, uint32_t n, uint32_t proto)
{
	if (ip == NULL)
		return 0;
	const rem_words rest = rem_add(rem_native_32(n), rem_native_32(proto));
	if (ip->proto == REM_P_IPV6)
		return rem_add(ipv6_addresses(b, part, ip), rest);
	return rem_add(ipv4_addresses(rem_part_bytes(b, ip), ip->len), rest);
}

/* What the sum over pseudo header and segment says, and that of the pseudo header alone. */
REM_INLINE enum rem_sum_status status(rem_words sum, rem_words head, uint32_t stored)
{
	if (rem_sum_is_good(sum))
		return REM_SUM_GOOD;
	return stored == rem_sum_end(head) ? REM_SUM_PARTIAL : REM_SUM_BAD;
}

REM_INLINE enum rem_sum_status check(rem_words head, struct rem_view segment, uint32_t stored)
{
	return status(rem_sum_on(segment.p, segment.cap, head), head, stored);
}

enum rem_sum_status rem_pseudo_check(const struct rem_breakdown *b, const struct rem_part *part,
				     struct rem_view segment, uint32_t proto, uint32_t stored)
{
	if (segment.cap < segment.wire)
		return REM_SUM_UNVERIFIED;
	return check(pseudo(b, part, carrier(b, part), segment.wire, proto), segment, stored);
}

/* Of a segment whose IP header has options, or more headers behind it. */
REM_APART enum rem_sum_status check_closely(const struct rem_breakdown *b,
					    const struct rem_part *part, uint32_t proto,
					    uint32_t at)
{
	const struct rem_part *ip = carrier(b, part);
	struct rem_view v;

	if (!segment_in(b, part, ip, &v) || v.cap < v.wire)
		return REM_SUM_UNVERIFIED;
	return check(pseudo(b, part, ip, v.wire, proto), v, rem_be16(v.p + at));
}

#if REM_WIDE
/* The end of rem_segment_check, so that nothing is kept while it sums. */
static REM_FOR_WIDE enum rem_sum_status check_wide(rem_words head, const uint8_t *p, uint32_t n,
						   uint32_t stored)
{
	return status(rem_sum_wide_here(p, n, head), head, stored);
}
#endif

/* Most segments stand right behind a header without options. */
enum rem_sum_status rem_segment_check(const struct rem_breakdown *b, const struct rem_part *part,
				      uint32_t proto, uint32_t at)
{
	const struct rem_view *source = &b->source[part->source];

	if (part->layer == 0 || source->cap - part->off < part->extent) /* or nobody knows it */
		return REM_SUM_UNVERIFIED;
	const struct rem_part *ip = rem_part_layer(b, &b->part[part->layer - 1]);
	const uint8_t *p = source->p + ip->off;
	rem_words head = rem_native_32(part->extent + proto);   /* the sum of both: RFC 1071 2 (A) */
	if (ip->proto == REM_P_IPV4 && ip->len == REM_IPV4_HEADER)
		head = rem_sum_8(p + REM_OFF(REM_IPV4_SRC) / 8, head);
	else if (ip->proto == REM_P_IPV6)
		head = rem_sum_16(p + REM_OFF(REM_IPV6_DST) / 8,
				  rem_sum_16(p + REM_OFF(REM_IPV6_SRC) / 8, head));
	else
		return check_closely(b, part, proto, at);
	p = source->p + part->off;
#if REM_WIDE
	if (rem_is_wide(part->extent))
		return check_wide(head, p, part->extent, rem_be16(p + at));
#endif
	return status(rem_sum_here(p, part->extent, head), head, rem_be16(p + at));
}

bool rem_pseudo_sum(const struct rem_breakdown *b, const struct rem_part *part,
		    struct rem_view segment, uint32_t proto, uint32_t stored, uint32_t *sum)
{
	if (segment.cap < segment.wire)
		return false;
	const rem_words head = pseudo(b, part, carrier(b, part), segment.wire, proto);
	*sum = rem_sum_expected(stored, rem_sum_end(rem_sum_on(segment.p, segment.cap, head)));
	return true;
}
