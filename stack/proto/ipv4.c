/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet Protocol, version 4: RFC 791. The header's diagram and handles stand in
 * remora/ipv4.h, its rows in ipv4_tables.c.
 */
#include "core/words.h"
#include "proto/ipv4_parts.h"
#include <remora/numbers.h>
#include <remora/text.h>

/* clang-format off */
static const struct rem_bind ipv4_binds[] = {
	{REM_SPACE_ETHERTYPE, 0x0800}, {REM_SPACE_FAMILY, 4}, {REM_SPACE_IP, REM_IP_IPV4},
	{REM_SPACE_LINKTYPE, 228},                      /* LINKTYPE_IPV4 */
	{REM_SPACE_SAP, 0x06},
	{REM_SPACE_PPP, 0x0021},
};
/* clang-format on */

REM_INLINE bool check_plain(struct rem_view v, struct rem_head *h)
{
	if (!rem_ipv4_is_plain(v))
		return false;
	const uint32_t n = rem_get(v.p, REM_IPV4_TOTAL) - REM_IPV4_HEADER;
	*h = (struct rem_head){REM_IPV4_HEADER, 0, {v.p + REM_IPV4_HEADER, n, n}};
	return true;
}

int rem_ipv4_check(struct rem_view v, struct rem_head *h)
{
	if (!REM_SMALL && check_plain(v, h))
		return REM_OK;
	*h = (struct rem_head){.len = v.cap < REM_IPV4_HEADER ? v.cap : REM_IPV4_HEADER};
	h->payload = (struct rem_view){v.p + h->len, 0, 0};
	if (v.cap == 0)
		return rem_lack(v, REM_IPV4_HEADER);
	const uint32_t ihl = 4 * rem_get(v.p, REM_IPV4_IHL);
	h->bad = REM_IPV4_VERSION;
	if (rem_get(v.p, REM_IPV4_VERSION) != 4)
		return REM_FIELD;
	h->bad = REM_IPV4_IHL;
	if (ihl < REM_IPV4_HEADER)
		return REM_LENGTH;
	h->bad = 0;
	if (v.cap < REM_IPV4_HEADER)
		return rem_lack(v, REM_IPV4_HEADER);
	const uint32_t total = rem_get(v.p, REM_IPV4_TOTAL);
	h->bad = REM_IPV4_TOTAL;
	if (total != 0 && total < ihl)
		return REM_LENGTH;
	h->len = ihl < v.cap ? ihl : v.cap;
	h->bad = REM_IPV4_IHL;
	if (ihl > v.wire)
		return REM_LENGTH;
	h->payload = rem_view_skip(v, h->len);
	h->payload.wire = v.wire == REM_UNKNOWN ? REM_UNKNOWN : v.wire - ihl;
	if (total != 0 && total <= v.wire)
		h->payload = rem_view_first(h->payload, total - ihl);
	const bool cut = v.cap < ihl ||
			 (h->payload.wire != REM_UNKNOWN && h->payload.cap < h->payload.wire);
	const bool first = rem_get(v.p, REM_IPV4_FRAGMENT) != 0 &&
			   rem_get(v.p, REM_IPV4_OFFSET) == 0;
	if (first ||
	    (cut && v.wire == REM_UNKNOWN)) /* who quotes it may go on with something else */
		h->payload.wire = REM_UNKNOWN;
	h->bad = REM_IPV4_TOTAL;
	if (total > v.wire)
		return REM_LENGTH;
	h->bad = 0;
	return cut ? REM_SHORT : REM_OK;
}

const uint8_t *rem_ipv4_final(const uint8_t *p, uint32_t n)
{
	const uint8_t *at = p + REM_OFF(REM_IPV4_DST) / 8;
	const struct rem_view options = {p + REM_IPV4_HEADER, n - REM_IPV4_HEADER,
					 n - REM_IPV4_HEADER};

	rem_ipv4_is_routed(options, &at);
	return at;
}

/*
 * A header whose version or lengths make no sense: what stands behind the row that lies is not
 * looked at. IPv6 where IPv4 should be is found all the same.
 */
static int give_up(struct rem_breakdown *b, struct rem_part *part, struct rem_view v, uint32_t bad)
{
	part->rows = bad == REM_IPV4_VERSION ? ROWS_TO_VERSION
		     : bad == REM_IPV4_IHL   ? ROWS_TO_IHL
					     : ROWS_TO_TOTAL;
	if (bad == REM_IPV4_VERSION && rem_get(v.p, REM_IPV4_VERSION) == 6)
		rem_next(b, REM_SPACE_FAMILY, 6, v);
	return (int)v.cap;
}

/* A header that is not all here: the destination may stand in an option, flags share a word. */
static int give_part(struct rem_part *part, struct rem_view v)
{
	if (part->len == REM_END(REM_IPV4_FLAGS))
		part->len--;
	if (part->len < REM_IPV4_HEADER)
		return (int)v.cap;
	const uint32_t n = 4 * rem_get(v.p, REM_IPV4_IHL) - REM_IPV4_HEADER;
	const struct rem_view options = {v.p + REM_IPV4_HEADER, v.cap - REM_IPV4_HEADER, n};
	if (rem_ipv4_may_be_routed(options))
		part->rows = ROW_DST;
	return (int)v.cap;
}

/* Does a source route, whole and not used up, say where the datagram goes next? */
static bool is_routed(struct rem_view v, const struct rem_head *h)
{
	const uint8_t *final;

	return h->len > REM_IPV4_HEADER && v.cap >= 4 * rem_get(v.p, REM_IPV4_IHL) &&
	       rem_ipv4_is_routed(rem_ipv4_options(v, h), &final);
}

/* A header that is not like most. */
REM_APART int decode_odd(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_ipv4_check(v, &h);

	if (rem_get(v.p, REM_IPV4_VERSION) == 6 && rem_parent(b) == NULL) {
		rem_next(b, REM_SPACE_FAMILY, 6, v);    /* LINKTYPE_IPV4 is not always true */
		return (int)v.cap;
	}
	const bool routed = is_routed(v, &h);
	struct rem_part *part = rem_push(b, routed ? TABLE_ROUTED : TABLE_HEADER, v.p, h.len);

	if (err != REM_OK && !(err == REM_SHORT && (b->mark & REM_PART_QUOTED) != 0))
		rem_fault(part, err, h.bad);
	if (h.bad == REM_IPV4_VERSION || rem_get(v.p, REM_IPV4_IHL) < REM_IPV4_HEADER / 4)
		return give_up(b, part, v, h.bad);
	const uint32_t ihl = 4 * rem_get(v.p, REM_IPV4_IHL);
	if (v.cap >= REM_IPV4_HEADER && h.bad == REM_IPV4_TOTAL &&
	    rem_get(v.p, REM_IPV4_TOTAL) < ihl)
		return give_up(b, part, v, h.bad);
	if (v.cap < ihl)
		return give_part(part, v);
	if (ihl > REM_IPV4_HEADER && !rem_ipv4_decode_options(b, rem_ipv4_options(v, &h)))
		return (int)v.cap;
	if (rem_get(v.p, REM_IPV4_OFFSET) != 0)
		rem_next_data(b, h.payload);
	else
		rem_next(b, REM_SPACE_IP, rem_get(v.p, REM_IPV4_PROTO), h.payload);
	return (int)(h.len + h.payload.cap);
}

static int ipv4_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;

	if (!check_plain(v, &h))
		return decode_odd(b, v);
	rem_open(b, rem_ipv4_tables, TABLE_HEADER, v.p, REM_IPV4_HEADER);
	rem_next(b, REM_SPACE_IP, rem_get(v.p, REM_IPV4_PROTO), h.payload);
	return (int)(h.len + h.payload.cap);
}

static enum rem_sum_status ipv4_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	const uint8_t *p = rem_part_bytes(b, part);

	if (part->len < REM_IPV4_HEADER || part->len != 4 * rem_get(p, REM_IPV4_IHL))
		return REM_SUM_UNVERIFIED;
	const rem_words fixed = rem_add(rem_sum_16(p, 0), rem_sum_4(p + 16));
	const rem_words sum = part->len == REM_IPV4_HEADER
				      ? fixed
				      : rem_sum_on(p + REM_IPV4_HEADER, part->len - REM_IPV4_HEADER,
						   fixed);
	return rem_sum_is_good(sum) ? REM_SUM_GOOD : REM_SUM_BAD;
}

bool rem_ipv4_sum_status(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	v->u = (uint64_t)ipv4_sum(b, row->part);
	return true;
}

bool rem_ipv4_sum_calculated(const struct rem_breakdown *b, const struct rem_row *row,
			     struct rem_value *v)
{
	const uint8_t *p = rem_part_bytes(b, row->part);

	if (ipv4_sum(b, row->part) == REM_SUM_UNVERIFIED)
		return false;
	v->u = rem_sum_expected(rem_get(p, REM_IPV4_SUM), rem_sum(p, row->part->len));
	return true;
}

/* Network cards that cut the segments themselves are given 0: it is all that there is. */
bool rem_ipv4_total_length(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	const struct rem_part *part = row->part;

	(void)b;
	if (v->u == 0 && (part->flags & REM_PART_QUOTED) == 0)
		v->u = part->extent;
	return true;
}

static void ipv4_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push_row(b, TABLE_SURPLUS, 0, v.p, v.cap);
}

const struct rem_proto rem_proto_ipv4 = {
	.table = rem_ipv4_tables,
	.tables = TABLE_COUNT,
	.bind = ipv4_binds,
	.binds = REM_COUNT(ipv4_binds),
	.decode = ipv4_decode,
	.sum = ipv4_sum,
	.trailer = ipv4_trailer,
	.spaces = 1 << REM_SPACE_IP,
	.flags = REM_PROTO_TUNNEL,
	.source = ROW_SRC,
	.destination = ROW_DST,
	REM_PROTO_NAMES("ip", "IPv4", "Internet Protocol, version 4", "RFC 791"),
};

static void ipv4_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->len < REM_IPV4_HEADER) {
		rem_out_str(out, "IPv4 header cut short");
		return;
	}
	const uint32_t proto = rem_get(p, REM_IPV4_PROTO);
	const char *name = rem_name_of(&rem_ip_proto_names, proto);
	if (rem_get(p, REM_IPV4_FRAGMENT) != 0) {
		rem_out_str(out, "fragment at ");
		rem_out_uint(out, 8 * rem_get(p, REM_IPV4_OFFSET));
		rem_out_str(out,
			    rem_get(p, REM_IPV4_MF) ? ", more follow, id 0x" : ", the last, id 0x");
		rem_out_hex(out, rem_get(p, REM_IPV4_ID), 4);
		rem_out_str(out, ", ");
	}
	rem_out_str(out, name != NULL ? name : "protocol ");
	if (name == NULL)
		rem_out_uint(out, proto);
}

rem_info *const rem_info_ipv4 = ipv4_line;
