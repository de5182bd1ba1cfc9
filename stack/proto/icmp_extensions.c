/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What may follow an ICMP message: extension structures, RFC 4884, with the objects of RFC 4950,
 * 5837 and 8335; mobile IP extensions of router advertisements, RFC 5944.
 */
#include "proto/icmp_parts.h"
#include <remora/tlv.h>

/* Length and class stand the other way round than in most lists: length, class, type. */
static uint32_t object_length(struct rem_view v)
{
	const uint32_t n = rem_get(v.p, OBJECT_LENGTH);

	return n < v.cap ? n : v.cap;
}

/* Pushes a value if it is here, and moves behind it. */
static bool take(struct rem_breakdown *b, unsigned row, struct rem_view *rest, uint32_t n)
{
	if (rest->cap < n)
		return false;
	rem_push_row(b, TABLE_VALUE, row, rest->p, n);
	*rest = rem_view_skip(*rest, n);
	return true;
}

static void decode_mpls(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t whole = v.cap - v.cap % 4;

	if (whole > 0)
		rem_push(b, TABLE_MPLS, v.p, whole);
	v = rem_view_skip(v, whole);
	if (v.cap > 0)
		take(b, VALUE_MPLS_DATA, &v, v.cap);
}

/* An address with its family in front, and two bytes of padding between them. */
static bool take_address(struct rem_breakdown *b, struct rem_view *rest)
{
	const uint32_t head = 4, afi = rest->cap < head ? 0 : rem_be16(rest->p);
	const uint32_t n = afi == AFI_IPV4 ? 4 : 16;

	if ((afi != AFI_IPV4 && afi != AFI_IPV6) || rest->cap < head + n)
		return false;
	take(b, VALUE_INFO_AFI, rest, 2);
	*rest = rem_view_skip(*rest, 2);
	return take(b, afi == AFI_IPV4 ? VALUE_INFO_IPV4 : VALUE_INFO_IPV6, rest, n);
}

static bool take_name(struct rem_breakdown *b, struct rem_view *rest)
{
	const uint32_t n = rest->cap == 0 ? 0 : rest->p[0];

	if (n == 0 || n > rest->cap)
		return false;
	take(b, VALUE_INFO_NAME_LENGTH, rest, 1);
	return n == 1 || take(b, VALUE_INFO_NAME, rest, n - 1);
}

/* What is said of an interface: RFC 5837 4. False: it says more than it holds. */
static bool decode_interface(struct rem_breakdown *b, const uint8_t *object, struct rem_view rest)
{
	return (!rem_get(object, ROLE_INDEX) || take(b, VALUE_INFO_INDEX, &rest, 4)) &&
	       (!rem_get(object, ROLE_ADDRESS) || take_address(b, &rest)) &&
	       (!rem_get(object, ROLE_NAME) || take_name(b, &rest)) &&
	       (!rem_get(object, ROLE_MTU) || take(b, VALUE_INFO_MTU, &rest, 4));
}

/* An interface that is asked for by its address: RFC 8335 2.1. */
static bool take_identity(struct rem_breakdown *b, struct rem_view rest)
{
	const uint32_t afi = rest.cap < 2 ? 0 : rem_be16(rest.p);

	if (!take(b, VALUE_ID_AFI, &rest, 2) || !take(b, VALUE_ID_LENGTH, &rest, 1) ||
	    !take(b, VALUE_ID_RESERVED, &rest, 1))
		return false;
	if (rest.cap == 0)
		return true;
	if (afi == AFI_IPV4)
		return take(b, VALUE_ID_IPV4, &rest, 4);
	if (afi == AFI_IPV6)
		return take(b, VALUE_ID_IPV6, &rest, 16);
	return take(b, VALUE_ID_ADDRESS, &rest, rest.cap);
}

static bool decode_identification(struct rem_breakdown *b, uint32_t by, struct rem_view rest)
{
	enum { BY_NAME = 1, BY_INDEX = 2, BY_ADDRESS = 3 };
	uint32_t n = rest.cap;

	switch (by) {
	case BY_NAME:
		while (n > 0 && rest.p[n - 1] == 0)
			n--;
		if (n > 0)
			take(b, VALUE_ID_NAME, &rest, n);
		if (rest.cap > 0)
			take(b, VALUE_ID_PADDING, &rest, rest.cap);
		return true;
	case BY_INDEX: return take(b, VALUE_ID_INDEX, &rest, 4);
	case BY_ADDRESS: return take_identity(b, rest);
	default: return true;
	}
}

/* False: what follows the object cannot be found. */
static bool decode_object(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t type = rem_get(v.p, OBJECT_TYPE), class = rem_get(v.p, OBJECT_CLASS);
	const bool lies = rem_get(v.p, OBJECT_LENGTH) < OBJECT_HEADER;
	struct rem_part *part = rem_push(b, lies ? TABLE_OBJECT : TABLE_CLASSED, v.p,
					 OBJECT_HEADER);
	bool whole = true;

	if (rem_get(v.p, OBJECT_LENGTH) > v.cap || lies)
		rem_fault(part, REM_LENGTH, OBJECT_LENGTH);
	if (lies)
		return false;
	struct rem_view value = rem_view_skip(rem_view_first(v, object_length(v)), OBJECT_HEADER);
	b->depth = 2;
	if (class == CLASS_INTERFACE) {
		rem_push(b, TABLE_ROLE, v.p, OBJECT_HEADER);
		whole = decode_interface(b, v.p, value);
	} else if (class == CLASS_IDENTIFICATION) {
		whole = decode_identification(b, type, value);
	} else if (class == CLASS_MPLS && type == 1) {
		decode_mpls(b, value);
	} else if (value.cap > 0) {
		take(b, VALUE_DATA, &value, value.cap);
	}
	b->depth = 1;
	if (!whole)
		rem_fault(part, REM_LENGTH, OBJECT_LENGTH);
	return whole;
}

void rem_icmp_decode_extensions(struct rem_breakdown *b, struct rem_view v)
{
	b->depth = 1;
	struct rem_part *part = rem_push(b, TABLE_EXT, v.p, v.cap);
	if (v.cap < EXT_HEADER) {
		part->rows = EXT_ROWS_TO_MARK;
		rem_fault(part, rem_lack(v, EXT_HEADER), 0);
	} else if (v.cap < v.wire && v.wire != REM_UNKNOWN) {
		part->rows = EXT_ROWS_TO_RESERVED;
		rem_fault(part, REM_SHORT, 0);
	} else if (rem_get(v.p, EXT_VERSION) != 1 && rem_get(v.p, EXT_VERSION) != 2) {
		rem_fault(part, REM_FIELD, EXT_VERSION);
	} else {
		v = rem_view_skip(v, EXT_HEADER);
		while (v.cap >= OBJECT_HEADER && decode_object(b, v))
			v = rem_view_skip(v, object_length(v));
	}
	b->depth = 0;
}

bool rem_icmp_ext_sum_status(const struct rem_breakdown *b, const struct rem_row *row,
			     struct rem_value *v)
{
	const uint8_t *p = rem_part_bytes(b, row->part);

	if (rem_get(p, EXT_SUM) == 0)
		v->u = REM_SUM_NOT_GIVEN;
	else
		v->u = rem_sum(p, row->part->len) == 0xffff ? REM_SUM_GOOD : REM_SUM_BAD;
	return true;
}

enum {
	MIP_PADDING = 0,
	MIP_AGENT = 16,
	MIP_PREFIXES = 19,
	MIP_CHALLENGE = 24,
	MIP_HEAD = 2,
	MIP_FLAGS_END = 8
};

static void decode_mobile(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_view value = rem_view_skip(v, MIP_HEAD);

	switch (v.p[0]) {
	case MIP_AGENT:
		rem_push(b, TABLE_MIP_AGENT, v.p, v.cap);
		if (v.cap >= MIP_FLAGS_END + 4)
			rem_push(b, TABLE_MIP_COA, v.p + MIP_FLAGS_END, v.cap - MIP_FLAGS_END);
		break;
	case MIP_PREFIXES:
		rem_push(b, TABLE_MIP, v.p, v.cap);
		if (value.cap > 0)
			rem_push(b, TABLE_MIP_PREFIX, value.p, value.cap);
		break;
	case MIP_CHALLENGE:
		rem_push(b, TABLE_MIP, v.p, v.cap);
		if (value.cap > 0)
			take(b, VALUE_CHALLENGE, &value, value.cap);
		break;
	default: rem_push(b, TABLE_MIP, v.p, v.cap); break;
	}
}

void rem_icmp_decode_mobile(struct rem_breakdown *b, struct rem_view v)
{
	static const struct rem_tlv extension = {
		.unit = 1,
		.pad = MIP_PADDING, .end = REM_TLV_NONE,
	};
	struct rem_tlv_item item;

	b->depth = 1;
	while (rem_tlv_next(&extension, &v, &item)) {
		if (item.tag == MIP_PADDING)
			rem_push(b, TABLE_MIP_PADDING, item.whole.p, item.whole.cap);
		else if (item.err != REM_OK)
			rem_fault(rem_push(b, TABLE_MIP, item.whole.p, item.whole.cap), item.err,
				  0);
		else
			decode_mobile(b, item.whole);
	}
	b->depth = 0;
}
