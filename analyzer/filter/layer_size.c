/* SPDX-License-Identifier: BSD-3-Clause */
/* Which bytes a protocol's name stands for in a filter: its own for slices, its payload too in searches. */
#include "filter/ast.h"

#include <remora/ipv4.h>
#include <remora/ipv6.h>

/* What a datagram carries is a field of UDP, but not of its own bytes. */
static bool is_carried(const struct rem_part *part)
{
	return (part->proto == REM_P_UDP || part->proto == REM_P_UDPLITE) &&
	       rem_part_table(part)->row[part->row].class == REM_C_PAYLOAD;
}

/* From the start of a layer to the end of the last part that is its own. */
static size_t parts_size(const struct rem_breakdown *b, unsigned layer)
{
	const struct rem_part *opener = &b->part[layer];
	uint32_t end = opener->off;

	for (unsigned i = layer; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];

		if (part->layer == layer && part->source == opener->source &&
		    (part->flags & REM_PART_TRAILER) == 0 && !is_carried(part))
			end = MAX(end, part->off + part->len);
	}
	return end - opener->off;
}

/* How long a layer says that it is with all that it carries, as long as that may be. */
static uint32_t said_size(const struct rem_breakdown *b, const struct rem_part *opener)
{
	const uint8_t *p = rem_part_bytes(b, opener);
	uint32_t said = 0;

	if (opener->proto == REM_P_IPV4 && opener->len >= REM_IPV4_HEADER)
		said = rem_get(p, REM_IPV4_TOTAL);
	else if (opener->proto == REM_P_IPV6 && opener->len >= REM_IPV6_HEADER &&
		 rem_get(p, REM_IPV6_LENGTH) != 0)
		said = REM_IPV6_HEADER + rem_get(p, REM_IPV6_LENGTH);
	return said == 0 ? UINT32_MAX : said;
}

/* From the start of a layer to the end of what it carries, without padding. */
static size_t reach_size(const struct rem_breakdown *b, const struct rem_part *opener)
{
	const uint32_t rest = b->source[opener->source].cap - opener->off;

	return MIN(MIN(rest, opener->extent), said_size(b, opener));
}

/* A message of HTTP goes to the next one, or to the end. */
static size_t message_size(const struct rem_breakdown *b, unsigned layer)
{
	const struct rem_part *opener = &b->part[layer];

	for (unsigned i = layer + 1; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];

		if (part->layer == i && part->proto == opener->proto)
			return part->off - opener->off;
	}
	return reach_size(b, opener);
}

/* What contains and matches search goes to the end; the message of ICMP does so anyway. */
size_t layer_size(const struct rem_breakdown *b, unsigned layer, bool searched)
{
	const struct rem_part *opener = &b->part[layer];
	const bool message = (opener->proto == REM_P_ICMP || opener->proto == REM_P_ICMPV6) &&
			     (opener->flags & REM_PART_QUOTED) == 0;

	if (opener->proto == REM_P_HTTP && !searched)
		return message_size(b, layer);
	return message || (searched && opener->proto != REM_P_ARP) ? reach_size(b, opener)
								   : parts_size(b, layer);
}
