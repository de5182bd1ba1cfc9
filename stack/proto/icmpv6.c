/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMP for IPv6: RFC 4443; neighbor discovery: RFC 4861; multicast listeners: RFC 2710, RFC 3810.
 * RPL, RFC 6550, is in icmpv6_rpl.c.
 * The header's diagram and handles stand in remora/icmpv6.h, the rows in proto/icmpv6_fields.h.
 */
#include "proto/icmpv6_fields.h"
#include <remora/ipv6.h>
#include <remora/pseudo.h>
#include <remora/text.h>

enum { ADDRESS = REM_IPV6_ADDRESS, OPTION_HEAD_BYTES = 2, ADDRESSES = 8 };

/* Messages: the table of their fixed part, where it ends, and whether options follow it. */
static const struct message {
	uint8_t type, table, end;
	bool options;
} messages[] = {
	{REM_ICMPV6_UNREACHABLE, TABLE_RESERVED, 8, false},
	{REM_ICMPV6_TOO_BIG, TABLE_MTU, 8, false},
	{REM_ICMPV6_TIME_EXCEEDED, TABLE_RESERVED, 8, false},
	{REM_ICMPV6_PARAMETER, TABLE_POINTER, 8, false},
	{REM_ICMPV6_ECHO, TABLE_ECHO, 8, false},
	{REM_ICMPV6_ECHO_REPLY, TABLE_ECHO, 8, false},
	{REM_ICMPV6_MLD_QUERY, TABLE_MLD, 24, false},
	{REM_ICMPV6_MLD_REPORT, TABLE_MLD, 24, false},
	{REM_ICMPV6_MLD_DONE, TABLE_MLD, 24, false},
	{REM_ICMPV6_RS, TABLE_RESERVED, 8, true},
	{REM_ICMPV6_RA, TABLE_RA, 16, true},
	{REM_ICMPV6_NS, TABLE_NS, 24, true},
	{REM_ICMPV6_NA, TABLE_NA, 24, true},
	{REM_ICMPV6_REDIRECT, TABLE_REDIRECT, 40, true},
	{REM_ICMPV6_RENUMBER, TABLE_RENUMBER, 16, false},
	{REM_ICMPV6_NODE_QUERY, TABLE_NODE, 16, false},
	{REM_ICMPV6_NODE_REPLY, TABLE_NODE, 16, false},
	{REM_ICMPV6_IND_SOLICIT, TABLE_RESERVED, 8, true},
	{REM_ICMPV6_IND_ADVERT, TABLE_RESERVED, 8, true},
	{REM_ICMPV6_MLD2_REPORT, TABLE_MLD2_REPORT, 8, false},
	{REM_ICMPV6_HOME_REQUEST, TABLE_HOME, 8, false},
	{REM_ICMPV6_HOME_REPLY, TABLE_HOME, 8, false},
	{REM_ICMPV6_PREFIX_SOLICIT, TABLE_HOME, 8, false},
	{REM_ICMPV6_PREFIX_ADVERT, TABLE_PREFIX_ADVERT, 8, true},
	{REM_ICMPV6_PATH_SOLICIT, TABLE_PATH_SOLICIT, 8, true},
	{REM_ICMPV6_PATH_ADVERT, TABLE_PATH_ADVERT, 12, true},
	{150, TABLE_OPAQUE, 4, false},
	{REM_ICMPV6_MRD_ADVERT, TABLE_MRD, 8, false},
	{REM_ICMPV6_MRD_SOLICIT, TABLE_OPAQUE, 4, false},
	{REM_ICMPV6_MRD_TERMINATE, TABLE_OPAQUE, 4, false},
	{154, TABLE_OPAQUE, 4, false},
	{REM_ICMPV6_RPL, TABLE_OPAQUE, 4, false},
	{156, TABLE_OPAQUE, 4, false},
	{REM_ICMPV6_DUPLICATE_REQUEST, TABLE_DUPLICATE, 32, false},
	{REM_ICMPV6_DUPLICATE_CONFIRM, TABLE_DUPLICATE, 32, false},
	{159, TABLE_OPAQUE, 4, false},
	{REM_ICMPV6_EXT_ECHO, TABLE_EXT_ECHO, 8, false},
	{REM_ICMPV6_EXT_ECHO_REPLY, TABLE_EXT_REPLY, 8, false},
};

/* Options: their table and how long it is; 0: as long as the option says. */
static const struct option {
	uint8_t type, table, size;
} options[] = {
	{1, OPT_SOURCE, 0}, {2, OPT_TARGET, 0}, {3, OPT_PREFIX, 32}, {4, OPT_REDIRECTED, 8},
	{5, OPT_MTU, 8}, {6, OPT_NBMA, 7}, {7, OPT_INTERVAL, 8}, {8, OPT_HOME, 8},
	{9, OPT_ADDRESSES, 8}, {10, OPT_ADDRESSES, 8}, {11, OPT_OPAQUE, 0}, {12, OPT_RSA, 0},
	{13, OPT_TIMESTAMP, 16}, {14, OPT_NONCE, 0}, {15, OPT_OPAQUE, 0}, {16, OPT_OPAQUE, 0},
	{17, OPT_OPAQUE, 0}, {18, OPT_OPAQUE, 0}, {19, OPT_OPAQUE, 0}, {20, OPT_OPAQUE, 0},
	{23, OPT_MAP, 24}, {24, OPT_ROUTE, 8}, {25, OPT_RDNSS, 8}, {26, OPT_FLAGS, 8},
	{27, OPT_OPAQUE, 0}, {28, OPT_OPAQUE, 0}, {29, OPT_OPAQUE, 0}, {30, OPT_OPAQUE, 0},
	{31, OPT_DNSSL, 8}, {32, OPT_OPAQUE, 0}, {33, OPT_ARO, 16}, {34, OPT_6CO, 8},
	{35, OPT_ABRO, 24}, {36, OPT_6CIO, 8}, {37, OPT_PORTAL, 0}, {38, OPT_PREF64, 4},
};

static const struct rem_bind icmpv6_binds[] = {{REM_SPACE_IP, REM_IP_ICMPV6}};

const struct rem_tlv rem_ndp_option = {
	.unit = 8, .whole = true,
	.pad = REM_TLV_NONE, .end = REM_TLV_NONE,
};

int rem_icmpv6_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_ICMPV6_HEADER ? v.cap : REM_ICMPV6_HEADER};
	h->payload = rem_view_skip(v, h->len);
	return v.cap < REM_ICMPV6_HEADER ? rem_lack(v, REM_ICMPV6_HEADER) : REM_OK;
}

static const struct message *message_of(uint32_t type)
{
	for (size_t i = 0; i < REM_COUNT(messages); i++) {
		if (messages[i].type == type)
			return &messages[i];
	}
	return NULL;
}

struct rem_view rem_ndp_options(struct rem_view v)
{
	const struct message *m = v.cap == 0 ? NULL : message_of(v.p[0]);

	return m == NULL || !m->options || m->end > v.cap ? rem_view_skip(v, v.cap)
							  : rem_view_skip(v, m->end);
}

/* ---- lists ---- */

/* n bytes of addresses at p, as many as are here; false if there are not so many. */
static bool push_addresses(struct rem_breakdown *b, unsigned table, struct rem_view v, uint32_t n)
{
	if (n >= ADDRESS && v.cap >= ADDRESS)
		rem_push(b, table, v.p, n < v.cap ? n : v.cap);
	return n <= v.cap;
}

/* The length of a domain name as it is written; 0 if it does not end within n bytes. */
static uint32_t name_length(const uint8_t *p, uint32_t n)
{
	uint32_t at = 0;

	while (at < n && p[at] != 0) {
		if (p[at] >= 0xc0)
			return at + 2 <= n ? at + 2 : 0;
		at += p[at] + 1u;
	}
	return at < n ? at + 1 : 0;
}

/* Sources of a query, as many as it says. */
static void push_query(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_MLD2_QUERY, v.p, v.cap < 28 ? v.cap : 28);
	if (v.cap > 28)
		push_addresses(b, TABLE_MLD2_SOURCE, rem_view_skip(v, 28),
			       ADDRESS * rem_get(v.p, REM_BITS(208, 16)));
}

/* Records follow each other to the end of the message. */
static void push_records(struct rem_breakdown *b, struct rem_view v)
{
	while (v.cap > 0) {
		struct rem_part *part = rem_push(b, TABLE_MLD2_RECORD, v.p,
						 v.cap < 20 ? v.cap : 20);

		if (v.cap < 20) {
			rem_fault(part, rem_lack(v, 20), 0);
			return;
		}
		const uint32_t sources = ADDRESS * rem_be16(v.p + 2), aux = 4u * v.p[1];
		const uint32_t n = 20 + sources + aux;

		b->depth = 2;
		if (push_addresses(b, TABLE_MLD2_RECORD_SOURCE, rem_view_skip(v, 20), sources) &&
		    n <= v.cap && aux > 0)
			rem_push(b, TABLE_MLD2_AUX, v.p + 20 + sources, aux);
		b->depth = 1;
		if (n > v.cap) {
			rem_fault(part, rem_lack(v, n), REM_BITS(16, 16));
			return;
		}
		v = rem_view_skip(v, n);
	}
}

static void push_renumbering(struct rem_breakdown *b, uint32_t code, struct rem_view v)
{
	while (v.cap > 0 && code <= 1) {
		if (code == 1) {
			rem_push(b, TABLE_RENUMBER_RESULT, v.p, v.cap < 24 ? v.cap : 24);
			v = rem_view_skip(v, v.cap < 24 ? v.cap : 24);
			continue;
		}
		rem_push(b, TABLE_RENUMBER_MATCH, v.p, v.cap < 24 ? v.cap : 24);
		uint32_t at = 24;
		const uint32_t end = v.cap < 2 ? 0 : 8u * v.p[1];
		for (; at < end && at < v.cap; at += 32)
			rem_push(b, TABLE_RENUMBER_USE, v.p + at,
				 v.cap - at < 32 ? v.cap - at : 32);
		v = rem_view_skip(v, at < v.cap ? at : v.cap);
	}
}

static void push_node_query(struct rem_breakdown *b, uint32_t code, struct rem_view v)
{
	const uint32_t name = name_length(v.p, v.cap);

	if (code == 0 && v.cap > 0)
		rem_push(b, TABLE_NODE_SUBJECT6, v.p, v.cap);
	else if (code == 1 && name > 0)
		rem_push(b, TABLE_NODE_SUBJECT, v.p, name);
	else if (code == 2 && v.cap > 0)
		rem_push(b, TABLE_NODE_SUBJECT4, v.p, v.cap);
}

/* Answers of one kind, each behind a time to live. */
static void push_node_reply(struct rem_breakdown *b, uint32_t qtype, struct rem_view v)
{
	while (v.cap >= 4 && qtype >= 2 && qtype <= 4) {
		rem_push(b, TABLE_NODE_TTL, v.p, 4);
		v = rem_view_skip(v, 4);
		uint32_t n = qtype == 3 ? ADDRESS : 4;
		if (qtype == 2)
			n = name_length(v.p, v.cap);
		if (n > v.cap || n == 0)
			return;
		rem_push(b,
			 qtype == 2   ? TABLE_NODE_NAME
			 : qtype == 3 ? TABLE_NODE_IPV6
				      : TABLE_NODE_IPV4,
			 v.p, n);
		v = rem_view_skip(v, qtype == 2 ? v.cap : n);
	}
}

/* ---- options ---- */

/* Domains one behind the other, then zeros. */
static void push_domains(struct rem_breakdown *b, const uint8_t *p, uint32_t n)
{
	while (n > 0) {
		const uint32_t length = name_length(p, n);

		if (p[0] == 0)
			rem_push(b, OPT_PADDING, p, n);
		else if (length > 0)
			rem_push(b, OPT_DNSSL_NAME, p, length);
		if (p[0] == 0 || length == 0)
			return;
		p += length;
		n -= length;
	}
}

/* The packet in a redirect: it comes after all options, quoted. */
static void push_redirected(struct rem_breakdown *b, const uint8_t *p, uint32_t n)
{
	const struct rem_view quoted = {p, n, REM_UNKNOWN};

	rem_push(b, OPT_REDIRECTED_DATA, p, n);
	rem_next(b, REM_SPACE_FAMILY, 6, quoted);
	if (n < REM_IPV6_HEADER)
		return;
	const uint32_t packet = REM_IPV6_HEADER + rem_get(p, REM_IPV6_LENGTH);
	if (packet < n)
		rem_push(b, OPT_MORE, p + packet, n - packet);
}

/* A prefix of 8 or 16 bytes behind the first 8 of an option that is `length` long. */
static void push_prefix(struct rem_breakdown *b, unsigned table, const uint8_t *p, uint32_t length)
{
	if (length == 16 || length == 24)
		rem_push(b, table, p + 8, length - 8);
	else if (length > 8)
		rem_push(b, OPT_MORE, p + 8, length - 8);
}

static void push_pref64(struct rem_breakdown *b, struct rem_view v)
{
	static const uint8_t bytes[] = {12, 8, 7, 6, 5, 4, 0, 0};
	const uint32_t n = bytes[v.p[3] & 7], length = 8u * v.p[1];

	if (n > 0 && 4 + n <= v.cap)
		rem_push_row(b, OPT_PREF64_PREFIX, 0, v.p + 4, n);
	if (n < 12 && length >= 16)
		rem_push_row(b, OPT_PREF64_PREFIX, 1, v.p + 4 + n, 12 - n);
	if (length > 16)
		rem_push(b, OPT_MORE, v.p + 16, length - 16);
}

/* What varies behind the fixed part of an option, `length` bytes long, all of them here. False:
 * it goes on behind the end of the message. */
static bool push_rest(struct rem_breakdown *b, const struct option *o, struct rem_view v,
		      uint32_t length)
{
	switch (o->table) {
	case OPT_SOURCE_EUI64:
	case OPT_TARGET_EUI64:
		rem_push(b, OPT_PADDING, v.p + o->size, length - o->size);
		return true;
	case OPT_REDIRECTED:
		if (length > 8)
			push_redirected(b, v.p + 8, length - 8);
		return true;
	case OPT_ADDRESSES:
	case OPT_RDNSS:         /* the last address counts even if the option ends in it */
		return push_addresses(b, o->table == OPT_RDNSS ? OPT_RDNSS_SERVER : OPT_ADDRESS,
				      rem_view_skip(v, ADDRESSES),
				      (length - ADDRESSES + ADDRESS - 1) / ADDRESS * ADDRESS);
	case OPT_ROUTE:
		push_prefix(b, OPT_ROUTE_PREFIX, v.p, length);
		return true;
	case OPT_6CO:
		push_prefix(b, OPT_6CO_PREFIX, v.p, length);
		return true;
	case OPT_DNSSL:
		push_domains(b, v.p + 8, length - 8);
		return true;
	case OPT_PREF64:
		push_pref64(b, v);
		return true;
	default:
		if (o->size != 0 && length > o->size)
			rem_push(b, OPT_MORE, v.p + o->size, length - o->size);
		return true;
	}
}

/* Is the link-layer address in the option v an EUI-64? Then zeros fill the option up to 16 bytes. */
static bool has_eui64(struct rem_view v)
{
	static const uint8_t zeros[6];

	return v.p[1] == 2 && v.cap >= 16 && rem_same(v.p + 10, zeros, sizeof(zeros));
}

/* The layout of the option v. */
static struct option option_of(struct rem_view v)
{
	const uint8_t *p = v.p;

	struct option found = {p[0], OPT_UNKNOWN, 0};

	for (size_t i = 0; i < REM_COUNT(options); i++) {
		if (options[i].type == p[0])
			found = options[i];
	}
	if (found.table == OPT_SOURCE && has_eui64(v))
		found = (struct option){p[0], OPT_SOURCE_EUI64, 10};
	if (found.table == OPT_TARGET && has_eui64(v))
		found = (struct option){p[0], OPT_TARGET_EUI64, 10};
	return found;
}

/* Pushes the option that v begins with. False: it lies, or is cut, and nothing can follow it. */
static bool push_option(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t length = 8u * v.p[1];
	struct option o = option_of(v);

	if (length == 0)
		o = (struct option){0, OPT_HEAD, OPTION_HEAD_BYTES};
	const uint32_t size = o.size != 0 ? o.size : length, need = size > length ? size : length;
	struct rem_part *part = rem_push(b, o.table, v.p, size < v.cap ? size : v.cap);

	while (size > v.cap && part->rows > 0 &&
	       REM_WIDTH(tables[o.table].row[part->rows - 1].bits) == 0)
		part->rows--;           /* what there is of it is not what it would be */
	if (need > v.cap)
		rem_fault(part, rem_lack(v, need), REM_BITS(8, 8));
	else if (size > length)
		rem_fault(part, REM_LENGTH, REM_BITS(8, 8));
	if (length > v.cap && o.table == OPT_REDIRECTED && v.cap > 8)
		push_redirected(b, v.p + 8, v.cap - 8);
	if (length == 0 || length > v.cap || size > v.cap)
		return false;
	b->depth = 2;
	const bool whole = push_rest(b, &o, v, length);
	b->depth = 1;
	return whole;
}

static void push_options(struct rem_breakdown *b, struct rem_view v)
{
	while (v.cap >= OPTION_HEAD_BYTES && push_option(b, v))
		v = rem_view_skip(v, 8u * v.p[1]);
}

/* ---- the decoder ---- */

/* An error quotes the packet that caused it, as much of it as fits; extensions may follow. */
static void quote(struct rem_breakdown *b, struct rem_view v, bool extensible)
{
	const struct rem_view quoted = {v.p + 8, v.cap - 8, REM_UNKNOWN};
	const uint32_t n = 8u * v.p[4];

	if (extensible && n > 0 && n < quoted.cap && rem_closely(b))
		rem_push(b, TABLE_EXTENSIONS, quoted.p + n, quoted.cap - n);
	if (quoted.cap > 0 && rem_get(quoted.p, REM_IPV6_VERSION) == 6)
		rem_next(b, REM_SPACE_FAMILY, 6, quoted);
	else if (quoted.cap > 0)
		rem_next_data(b, quoted);
}

/* What follows the fixed part of a message, `body`; v is the message. */
static void push_body(struct rem_breakdown *b, struct rem_view v, struct rem_view body)
{
	const uint32_t code = rem_get(v.p, REM_ICMPV6_CODE);

	switch (rem_get(v.p, REM_ICMPV6_TYPE)) {
	case REM_ICMPV6_MLD2_REPORT: push_records(b, body); break;
	case REM_ICMPV6_RENUMBER: push_renumbering(b, code, body); break;
	case REM_ICMPV6_NODE_QUERY: push_node_query(b, code, body); break;
	case REM_ICMPV6_NODE_REPLY: push_node_reply(b, rem_be16(v.p + 4), body); break;
	case REM_ICMPV6_HOME_REPLY:
		if (body.cap >= ADDRESS)
			rem_push(b, TABLE_HOME_ADDRESS, body.p, body.cap);
		break;
	case REM_ICMPV6_EXT_ECHO:
		if (body.cap > 0)
			rem_push(b, TABLE_EXTENSIONS, body.p, body.cap);
		break;
	default: break;
	}
}

static void decode_message(struct rem_breakdown *b, struct rem_view v, const struct message *m)
{
	const uint32_t type = m->type, cap = v.cap;
	unsigned table = m->table;

	if (type == REM_ICMPV6_RPL) {
		rem_icmpv6_decode_rpl(b, v);
		return;
	}
	if (type == REM_ICMPV6_MLD_QUERY && cap >= 28) {
		push_query(b, v);
		return;
	}
	const bool extensible = type == REM_ICMPV6_UNREACHABLE || type == REM_ICMPV6_TIME_EXCEEDED;
	if (extensible && cap > 4 && v.p[4] != 0)
		table = TABLE_QUOTED;
	struct rem_part *part = &b->part[b->layer];
	if (cap > REM_ICMPV6_HEADER && !(table == TABLE_NA && cap < 8))
		part = rem_push(b, table, v.p,
				table == TABLE_OPAQUE || cap < m->end ? cap : m->end);
	if (cap < m->end) {
		rem_fault(part, rem_lack(v, m->end), 0);
		return;
	}
	if (type <= REM_ICMPV6_PARAMETER)
		quote(b, v, extensible);
	else if (m->options &&
		 (rem_closely(b) || type == REM_ICMPV6_REDIRECT)) /* which quotes a packet */
		push_options(b, rem_view_skip(v, m->end));
	else if (type == REM_ICMPV6_ECHO || type == REM_ICMPV6_ECHO_REPLY)
		rem_next_data(b, rem_view_skip(v, m->end));
	else if (rem_closely(b))
		push_body(b, v, rem_view_skip(v, m->end));
}

static int icmpv6_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_icmpv6_check(v, &h);
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, h.len);

	if (err != REM_OK) {
		rem_fault(part, err, h.bad);
		return (int)v.cap;
	}
	const struct message *m = message_of(v.p[0]);
	b->depth = 1;
	if (m != NULL)
		decode_message(b, v, m);
	else if (h.payload.cap > 0)
		rem_push(b, TABLE_DATA, v.p, v.cap);
	b->depth = 0;
	if (rem_goes_on(b, REM_SPACE_FAMILY))
		b->mark |= REM_PART_QUOTED;
	return (int)v.cap;
}

static enum rem_sum_status icmpv6_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	/* Wireshark believes no quotation */
	if (part->len < REM_ICMPV6_HEADER || (part->flags & REM_PART_QUOTED) != 0)
		return REM_SUM_UNVERIFIED;
	return rem_segment_check(b, part, REM_IP_ICMPV6, REM_OFF(REM_ICMPV6_SUM) / 8);
}

static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	v->u = rem_sum_key(icmpv6_sum(b, row->part));
	return true;
}

/* 1mmm…: the mantissa, with a bit in front, is shifted by three more than the exponent. */
static uint64_t floating(uint64_t code, unsigned mantissa)
{
	const uint64_t ones = ((uint64_t)1 << mantissa) - 1;

	if (code >> (mantissa + 3) == 0)
		return code;
	return ((code & ones) | (ones + 1)) << ((code >> mantissa & 7) + 3);
}

static bool response_code(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	(void)b, (void)row;
	v->u = floating(v->u, 12);
	return true;
}

static bool query_interval(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	(void)b, (void)row;
	v->u = floating(v->u, 4);
	return true;
}

/* 48 bits of seconds since 1970, 16 of fraction. */
static bool send_time(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const uint64_t stamp = rem_row_bits(row);

	(void)b;
	v->s = (int64_t)(stamp >> 16);
	v->ns = (int32_t)((stamp & 0xffff) * 1000000000 >> 16);
	return true;
}

const struct rem_proto rem_proto_icmpv6 = {
	.table = tables, .tables = REM_COUNT(tables),
	.bind = icmpv6_binds, .binds = REM_COUNT(icmpv6_binds),
	.decode = icmpv6_decode, .sum = icmpv6_sum,
	.spaces = 1 << REM_SPACE_FAMILY, .flags = REM_PROTO_TUNNEL,
	REM_PROTO_NAMES("icmpv6", "ICMPv6", "Internet Control Message Protocol for IPv6", "RFC 4443"),
};

/* ---- the line ---- */

static const char *code_text(uint32_t type, uint32_t code)
{
	static const char *const unreachable[] = {
		"no route", "administratively prohibited", "beyond scope of source", "address unreachable",
		"port unreachable", "source address failed policy", "route rejected", "error in source route",
	};
	static const char *const exceeded[] = {"hop limit", "fragment reassembly"};
	static const char *const parameter[] = {
		"erroneous header field", "unknown next header", "unknown option", "incomplete header chain",
	};

	if (type == REM_ICMPV6_UNREACHABLE && code < REM_COUNT(unreachable))
		return unreachable[code];
	if (type == REM_ICMPV6_TIME_EXCEEDED && code < REM_COUNT(exceeded))
		return exceeded[code];
	if (type == REM_ICMPV6_PARAMETER && code < REM_COUNT(parameter))
		return parameter[code];
	if (type == REM_ICMPV6_RPL)
		return rem_icmpv6_rpl_name(code);
	return NULL;
}

/* The link-layer address in the options, " from 02:00:00:00:00:01". */
static void out_link_address(struct rem_out *out, struct rem_view v, const char *word)
{
	struct rem_view rest = rem_ndp_options(v);
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_ndp_option, &rest, &item)) {
		if (item.err == REM_OK &&
		    (item.tag == REM_NDP_SOURCE || item.tag == REM_NDP_TARGET) &&
		    item.value.cap == 6) {
			rem_out_str(out, word);
			rem_out_bytes(out, item.value.p, 6, ':');
		}
	}
}

static void out_address(struct rem_out *out, const char *word, const uint8_t *p)
{
	rem_out_str(out, word);
	rem_out_ipv6(out, p);
}

static void out_echo(struct rem_out *out, const uint8_t *p)
{
	rem_out_str(out, " id 0x");
	rem_out_hex(out, rem_get(p, REM_ICMPV6_ID), 4);
	rem_out_str(out, ", seq ");
	rem_out_uint(out, rem_get(p, REM_ICMPV6_SEQ));
}

/* What there is to say of a message whose fixed part is here. */
static void out_message(struct rem_out *out, struct rem_view v, uint32_t type)
{
	const char *code = code_text(type, v.p[1]);

	switch (type) {
	case REM_ICMPV6_ECHO:
	case REM_ICMPV6_ECHO_REPLY:
		out_echo(out, v.p);
		break;
	case REM_ICMPV6_TOO_BIG:
		rem_out_str(out, ", MTU ");
		rem_out_uint(out, rem_be32(v.p + 4));
		break;
	case REM_ICMPV6_NS:
		out_address(out, " for ", v.p + 8);
		out_link_address(out, v, " from ");
		break;
	case REM_ICMPV6_NA:
		out_address(out, " ", v.p + 8);
		out_link_address(out, v, " is at ");
		break;
	case REM_ICMPV6_RS:
	case REM_ICMPV6_RA:
		out_link_address(out, v, " from ");
		break;
	case REM_ICMPV6_REDIRECT:
		out_address(out, " for ", v.p + 24);
		out_address(out, " to ", v.p + 8);
		break;
	case REM_ICMPV6_MLD_QUERY:
	case REM_ICMPV6_MLD_REPORT:
	case REM_ICMPV6_MLD_DONE:
		out_address(out, " for ", v.p + 8);
		break;
	default:
		if (code != NULL) {
			rem_out_str(out, " (");
			rem_out_str(out, code);
			rem_out_char(out, ')');
		}
		break;
	}
}

/* "Neighbor solicitation for fe80::1 from 02:00:00:00:00:01" */
static void icmpv6_line(const struct rem_breakdown *b, const struct rem_part *layer,
			struct rem_out *out)
{
	const struct rem_view v = rem_view_skip(b->source[layer->source], layer->off);

	if (layer->len < REM_ICMPV6_HEADER) {
		rem_out_str(out, "ICMPv6 header cut short");
		return;
	}
	const uint32_t type = rem_get(v.p, REM_ICMPV6_TYPE);
	const char *name = REM_NAME_OF(type_names, type);
	const struct message *m = message_of(type);
	rem_out_str(out, name != NULL ? name : "type ");
	if (name == NULL)
		rem_out_uint(out, type);
	if (m != NULL && v.cap >= m->end)
		out_message(out, v, type);
}

rem_info *const rem_info_icmpv6 = icmpv6_line;
