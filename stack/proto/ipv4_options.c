/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of IPv4: RFC 791 3.1 and those that ipv4_tables.c names. */
#include "proto/ipv4_parts.h"

const struct rem_tlv rem_ipv4_option = {
	.unit = 1, .whole = true, .pad = OPT_NOP, .end = OPT_END,
};

/* The tags of a CIPSO option: FIPS 188. */
static const struct rem_tlv cipso_tag = {
	.unit = 1, .whole = true,
	.pad = REM_TLV_NONE, .end = REM_TLV_NONE,
};

/*
 * What is known of a kind of option: its table, the bytes of value without which nothing behind
 * it makes sense, and the length it ought to have (0: any).
 */
struct option {
	uint8_t kind, table, least, length;
};

/* clang-format off */
static const struct option options_known[] = {
	{OPT_END, TABLE_END, 0, 0}, {OPT_NOP, TABLE_NOP, 0, 0}, {OPT_SECURITY, TABLE_SECURITY, 1, 0},
	{OPT_LSRR, TABLE_LSRR, 1, 0}, {OPT_TS, TABLE_TS, 2, 0},
	{OPT_EXT_SECURITY, TABLE_EXT_SECURITY, 1, 0}, {OPT_CIPSO, TABLE_CIPSO, 4, 0},
	{OPT_RR, TABLE_RR, 1, 0}, {OPT_SID, TABLE_SID, 2, 4}, {OPT_SSRR, TABLE_SSRR, 1, 0},
	{OPT_MTU_PROBE, TABLE_MTU_PROBE, 2, 4}, {OPT_MTU_REPLY, TABLE_MTU_REPLY, 2, 4},
	{OPT_TRACEROUTE, TABLE_TRACEROUTE, 10, 12}, {OPT_ALERT, TABLE_ALERT, 2, 4},
	{OPT_SDB, TABLE_SDB, 0, 0}, {OPT_QS, TABLE_QS, 6, 8},
};
/* clang-format on */

static const struct option *find(uint32_t kind)
{
	static const struct option unknown = {.table = TABLE_OPTION};

	for (size_t i = 0; i < REM_COUNT(options_known); i++) {
		if (options_known[i].kind == kind)
			return &options_known[i];
	}
	return &unknown;
}

/* The pointer of a route points at an address, or behind the last. */
static bool points_right(const uint8_t *p)
{
	const uint32_t pointer = rem_get(p, OPT_POINTER);

	return pointer >= ROUTE_FIRST && pointer % 4 == 0;
}

/* The pointer of a source route points at an address that is yet to be visited. */
static bool leads_on(struct rem_view option)
{
	return option.cap >= ROUTE_FIRST - 1 && points_right(option.p) &&
	       rem_get(option.p, OPT_POINTER) <= rem_get(option.p, OPT_LENGTH);
}

bool rem_ipv4_is_routed(struct rem_view options, const uint8_t **final)
{
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_ipv4_option, &options, &item)) {
		if (item.err != REM_OK)
			return false;
		if (item.tag != OPT_LSRR && item.tag != OPT_SSRR)
			continue;
		if (!leads_on(item.whole))
			return false;
		*final = item.whole.p + item.whole.cap - 4;
		return true;
	}
	return false;
}

bool rem_ipv4_may_be_routed(struct rem_view options)
{
	uint32_t left = options.wire;
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_ipv4_option, &options, &item)) {
		if (item.err == REM_LENGTH || item.tag == OPT_END)
			return false;
		if (item.tag == OPT_LSRR || item.tag == OPT_SSRR)
			return item.whole.cap < ROUTE_FIRST - 1 || leads_on(item.whole);
		if (item.whole.wire >= left)
			return false;
		left -= item.whole.wire;
	}
	return true;
}

static void push_addresses(struct rem_breakdown *b, unsigned row, const uint8_t *p, uint32_t n)
{
	if (n > 0)
		rem_push_rows(b, TABLE_ADDRESSES, row, ADDRESS_ROWS, p, 4 * n);
}

/* The addresses of a route: those in front of the pointer are recorded, the others are not yet. */
static void decode_route(struct rem_breakdown *b, const struct rem_tlv_item *item,
			 struct rem_part *part)
{
	const uint32_t pointer = rem_get(item->whole.p, OPT_POINTER);
	const uint8_t *p = item->whole.p + ROUTE_FIRST - 1;
	const uint32_t room = item->whole.cap - (ROUTE_FIRST - 1), all = room / 4;

	if (!points_right(item->whole.p)) {
		rem_fault(part, REM_FIELD, OPT_POINTER);
		return;
	}
	if (room % 4 != 0)
		rem_fault(part, REM_LENGTH, OPT_LENGTH);
	const uint32_t past = (pointer - ROUTE_FIRST) / 4, recorded = past < all ? past : all;
	const bool ends = item->tag != OPT_RR && recorded < all && room % 4 == 0;
	const uint32_t ahead = all - recorded - ends;
	push_addresses(b, ADDRESS_RECORDED, p, recorded);
	push_addresses(b, item->tag == OPT_RR ? ADDRESS_EMPTY : ADDRESS_AHEAD, p + 4 * recorded,
		       ahead);
	if (ends)
		rem_push_rows(b, TABLE_ADDRESSES, ADDRESS_FINAL, ADDRESS_FINAL_ROWS,
			      p + 4 * (all - 1), 4);
}

static void decode_timestamps(struct rem_breakdown *b, struct rem_view option,
			      struct rem_part *part)
{
	const uint32_t flag = rem_get(option.p, TS_FLAG), room = option.cap - TS_HEAD;
	const bool pairs = flag == TS_ADDRESSES || flag == TS_PRESPECIFIED;
	const uint32_t size = pairs ? 8 : 4;

	if (room % size != 0)
		rem_fault(part, REM_LENGTH, OPT_LENGTH);
	if (room >= size)
		rem_push(b, pairs ? TABLE_TS_PAIRS : TABLE_TS_VALUES, option.p + TS_HEAD, room);
}

/* Flags go on in the next byte while the lowest bit of one says so. */
static void decode_authorities(struct rem_breakdown *b, const uint8_t *p, uint32_t n)
{
	uint32_t more = 1;

	if (n == 0)
		return;
	while (more < n && (p[more - 1] & 1) != 0)
		more++;
	rem_push(b, TABLE_AUTHORITY, p, 1);
	if (more > 1)
		rem_push(b, TABLE_AUTHORITIES, p + 1, more - 1);
}

static void decode_cipso(struct rem_breakdown *b, struct rem_view tags, struct rem_part *option)
{
	struct rem_tlv_item tag;

	while (rem_tlv_next(&cipso_tag, &tags, &tag)) {
		const uint8_t *p = tag.whole.p;
		const uint32_t n = tag.whole.cap;

		rem_push_rows(b, TABLE_CIPSO_TAG, CIPSO_TAG, CIPSO_LENGTH + 1, p, n);
		if (tag.err != REM_OK) {
			rem_fault(option, tag.err, 0);
			return;
		}
		if (tag.tag == 1 || tag.tag == 2 || tag.tag == 5) {
			rem_push_rows(b, TABLE_CIPSO_TAG, CIPSO_ALIGNMENT, 3, p, n);
		} else if (tag.tag == 7) {
			rem_push_row(b, TABLE_CIPSO_TAG, CIPSO_DATA, p, n);
		}
	}
}

static void decode_broadcast(struct rem_breakdown *b, struct rem_view value, struct rem_part *part)
{
	if (value.cap % 4 != 0)
		rem_fault(part, REM_LENGTH, OPT_LENGTH);
	if (value.cap >= 4)
		rem_push(b, TABLE_SDB_ADDRESSES, value.p, value.cap);
}

/* What stands inside an option besides fixed fields. */
static void decode_inside(struct rem_breakdown *b, const struct rem_tlv_item *item,
			  struct rem_part *part)
{
	b->depth = 2;
	switch (item->tag) {
	case OPT_LSRR:
	case OPT_SSRR:
	case OPT_RR: decode_route(b, item, part); break;
	case OPT_TS: decode_timestamps(b, item->whole, part); break;
	case OPT_SECURITY:
		if (part->table == TABLE_SECURITY)
			decode_authorities(b, item->value.p + 1, item->value.cap - 1);
		break;
	case OPT_CIPSO: decode_cipso(b, rem_view_skip(item->whole, CIPSO_HEAD), part); break;
	case OPT_SDB: decode_broadcast(b, item->value, part); break;
	default: break;
	}
	b->depth = 1;
}

static unsigned table_of(const struct rem_tlv_item *item, const struct option *known)
{
	if (item->err != REM_OK)
		return TABLE_OPTION;
	if (item->tag == OPT_SECURITY && item->whole.cap == SECURITY_RFC791)
		return TABLE_SECURITY_791;
	return known->table;
}

/* False: the option cannot hold what it must. */
static bool decode_option(struct rem_breakdown *b, const struct rem_tlv_item *item)
{
	const struct option *known = find(item->tag);
	struct rem_part *part = rem_push(b, table_of(item, known), item->whole.p, item->whole.cap);

	if (item->err != REM_OK) {
		rem_fault(part, item->err, OPT_LENGTH);
		return true;
	}
	if (known->length != 0 && item->whole.cap != known->length)
		rem_fault(part, REM_LENGTH, OPT_LENGTH);
	if (item->value.cap < known->least) {
		rem_fault(part, REM_LENGTH, OPT_LENGTH);
		return false;
	}
	decode_inside(b, item, part);
	return true;
}

bool rem_ipv4_decode_options(struct rem_breakdown *b, struct rem_view options)
{
	const uint8_t *end = options.p + options.cap;
	struct rem_tlv_item item;
	bool whole = true;

	b->depth = 1;
	while (whole && rem_tlv_next(&rem_ipv4_option, &options, &item))
		whole = decode_option(b, &item);
	if (options.p < end)
		rem_push(b, TABLE_BEHIND, options.p, (uint32_t)(end - options.p));
	b->depth = 0;
	return whole;
}

/* Text ends at a NUL. */
bool rem_ipv4_text(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const uint8_t *nul = rem_chr(v->bytes.p, 0, v->bytes.n);

	(void)b, (void)row;
	if (nul != NULL)
		v->bytes.n = (uint32_t)(nul - v->bytes.p);
	return true;
}

enum { QS_REQUEST = 0, QS_REPORT = 8 };

/* Rows of quick start that are there for some functions only. */
bool rem_ipv4_qs_request(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	(void)b, (void)v;
	return rem_get(row->base, QS_FUNCTION) == QS_REQUEST;
}

bool rem_ipv4_qs_report(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	(void)b, (void)v;
	return rem_get(row->base, QS_FUNCTION) == QS_REPORT;
}

bool rem_ipv4_qs_any(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	return rem_ipv4_qs_request(b, row, v) || rem_ipv4_qs_report(b, row, v);
}

bool rem_ipv4_qs_ttl_diff(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	const uint8_t *header = rem_part_bytes(b, rem_part_layer(b, row->part));

	v->u = (rem_get(header, REM_IPV4_TTL) - v->u) & 0xff;
	return rem_ipv4_qs_request(b, row, v);
}
