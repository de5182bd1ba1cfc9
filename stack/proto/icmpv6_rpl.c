/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RPL control messages, type 155 of ICMPv6: RFC 6550 6, with the metrics of RFC 6551 and the routes
 * from point to point of RFC 6997. A message is a security section (in its secure variants), a base
 * object, and options. The rows stand in proto/icmpv6_rpl_fields.h.
 */
#include "proto/icmpv6_parts.h"

enum {
	SECURE = 0x80,          /* bit of the code */
	CONSISTENCY = SECURE | 10, /* there is no other than a secure one */
};

/* clang-format off */
REM_NAMES(code_names, {0, "DIS"}, {1, "DIO"}, {2, "DAO"}, {3, "DAO-ACK"}, {4, "P2P-DRO"}, {5, "P2P-DRO-ACK"},
	  {SECURE | 0, "secure DIS"}, {SECURE | 1, "secure DIO"}, {SECURE | 2, "secure DAO"}, {SECURE | 3, "secure DAO-ACK"},
	  {SECURE | 4, "secure P2P-DRO"}, {SECURE | 5, "secure P2P-DRO-ACK"}, {CONSISTENCY, "CC"});
/* clang-format on */

/* Base objects by code: how long they are, the bit of the second byte without which the DODAG is left out, and whether
 * options follow. */
static const struct base {
	uint8_t table, size, dodag;
	bool options;
} bases[] = {
	{RPL_DIS, 2, 0, true},
	{RPL_DIO, 24, 0, true},
	{RPL_DAO, 20, 0x40, true},
	{RPL_DAO_ACK, 20, 0x80, true},
	{RPL_DRO, 20, 0, true},
	{RPL_DRO_ACK, 20, 0, false},
};
static const struct base consistency = {RPL_CC, 24, 0, true};

enum {
	BRIEF = 4,              /* bytes of a base object whose DODAG is left out */
	SECURITY = 8,           /* bytes in front of the key */
	KEY_MODE = REM_BITS(16, 2), LEVEL = REM_BITS(21, 3),
	KEY_INDEX = 1, KEY_SOURCE = 8,

	PAD1 = 0, CONTAINER = 2, DISCOVERY = 10,
	OPTION_HEAD = 2, OPTION_LENGTH = REM_BITS(8, 8), DISCOVERY_ELIDED = REM_BITS(20, 4), ADDRESS = 16,

	METRIC_HEAD = 4, METRIC_LENGTH = REM_BITS(24, 8), METRIC_CONSTRAINT = REM_BITS(14, 1),
};

/* What an option has behind its fixed part. */
enum tail { NOTHING, ALL, PREFIX, PARENT };

static const struct option {
	uint8_t table, fixed, tail;
} options[] = {
	{RPL_OPTION, 1, NOTHING},       /* Pad1: a byte */
	{RPL_PADN, OPTION_HEAD, ALL},
	{RPL_OPTION, OPTION_HEAD, NOTHING}, /* metric container */
	{RPL_ROUTE, 8, PREFIX},
	{RPL_CONFIG, 16, NOTHING},
	{RPL_TARGET, 4, PREFIX},
	{RPL_TRANSIT, 6, PARENT},
	{RPL_SOLICITED, 21, NOTHING},
	{RPL_PREFIX, 32, NOTHING},
	{RPL_DESCRIPTOR, 6, NOTHING},
	{RPL_DISCOVERY, 4, NOTHING},
};
static const struct option unknown_option = {RPL_UNKNOWN, OPTION_HEAD, ALL};

/* Objects in a metric container by type: what they begin with, and what repeats behind that. */
static const struct metric {
	uint8_t head, head_size, item, item_size;
} metrics[] = {
	[1] = {.head = RPL_NODE_STATE, .head_size = 2}, /* and TLVs */
	[2] = {.item = RPL_ENERGY, .item_size = 2},
	[3] = {.head = RPL_HOP_COUNT, .head_size = 2},
	[4] = {.item = RPL_THROUGHPUT, .item_size = 4},
	[5] = {.item = RPL_LATENCY, .item_size = 4},
	[6] = {RPL_QUALITY_HEAD, 1, RPL_QUALITY, 1},
	[7] = {.item = RPL_ETX, .item_size = 2},
	[8] = {RPL_COLOR_HEAD, 1, RPL_COLOR, 2},
};
enum { METRIC_NODE_STATE = 1, METRIC_COLOR = 8 };

static const struct base *base_of(uint32_t code)
{
	const uint32_t plain = code & ~(uint32_t)SECURE;

	if (code == CONSISTENCY)
		return &consistency;
	return plain < REM_COUNT(bases) ? &bases[plain] : NULL;
}

const char *rem_icmpv6_rpl_name(uint32_t code)
{
	return REM_NAME_OF(code_names, code);
}

/* Pushes all that is left. */
static void push_rest(struct rem_breakdown *b, unsigned table, struct rem_view v)
{
	if (v.cap > 0)
		rem_push(b, table, v.p, v.cap);
}

/* Pushes n bytes, as many as are here, and moves behind them. False: not all of them are. */
static bool take(struct rem_breakdown *b, unsigned table, struct rem_view *rest, uint32_t n)
{
	const bool whole = n <= rest->cap;
	struct rem_part *part = rem_push(b, table, rest->p, whole ? n : rest->cap);

	if (!whole)
		rem_fault(part, rem_lack(*rest, n), 0);
	*rest = rem_view_skip(*rest, whole ? n : rest->cap);
	return whole;
}

/* ---- metric containers ---- */

static void push_node_tlvs(struct rem_breakdown *b, struct rem_view v)
{
	static const struct rem_tlv kind = {.unit = 1, .pad = REM_TLV_NONE, .end = REM_TLV_NONE};
	struct rem_tlv_item item;

	while (rem_tlv_next(&kind, &v, &item)) {
		struct rem_part *part = rem_push(b, RPL_NODE_TLV, item.whole.p, item.whole.cap);

		if (item.err != REM_OK)
			rem_fault(part, item.err, REM_BITS(8, 8));
	}
}

/* The body of an object, as far as it is here. */
static void push_metric_body(struct rem_breakdown *b, const uint8_t *head, struct rem_view body)
{
	const struct metric *m = head[0] < REM_COUNT(metrics) ? &metrics[head[0]] : &metrics[0];
	const bool wanted = head[0] == METRIC_COLOR && rem_get(head, METRIC_CONSTRAINT);

	if (m->head_size > body.cap || (m->head == 0 && m->item == 0)) {
		push_rest(b, RPL_OPAQUE, body);
		return;
	}
	if (m->head != 0)
		take(b, m->head, &body, m->head_size);
	if (head[0] == METRIC_NODE_STATE)
		push_node_tlvs(b, body);
	else if (m->item != 0 && body.cap >= m->item_size)
		take(b, wanted ? RPL_COLOR_WANTED : m->item, &body,
		     body.cap - body.cap % m->item_size);
	if (head[0] != METRIC_NODE_STATE)
		push_rest(b, OPT_MORE, body);
}

/* Objects follow each other to the end of the container, which may be cut. */
static void push_metrics(struct rem_breakdown *b, struct rem_view v, bool cut)
{
	while (v.cap >= METRIC_HEAD) {
		const uint8_t *head = v.p;
		const uint32_t length = rem_get(head, METRIC_LENGTH);
		struct rem_part *part = rem_push(b, RPL_METRIC, head, METRIC_HEAD);

		v = rem_view_skip(v, METRIC_HEAD);
		if (length > v.cap)
			rem_fault(part, rem_lack(v, length), METRIC_LENGTH);
		const struct rem_view body = rem_view_first(v, length);
		b->depth = 3;
		push_metric_body(b, head, body);
		b->depth = 2;
		v = rem_view_skip(v, body.cap);
	}
	if (cut && v.cap > 0)
		take(b, RPL_METRIC, &v, METRIC_HEAD);
	push_rest(b, OPT_MORE, v);
}

/* ---- options ---- */

/* The target of a route and the routers on the way; where bytes of them are left out they are no addresses. */
static void push_discovery(struct rem_breakdown *b, const uint8_t *option, struct rem_view v)
{
	if (rem_get(option, DISCOVERY_ELIDED) != 0 || v.cap < ADDRESS) {
		push_rest(b, RPL_OPAQUE, v);
		return;
	}
	rem_push(b, RPL_ROUTE_TO, v.p, v.cap);
	v = rem_view_skip(v, ADDRESS);
	b->depth = 3;
	if (v.cap >= ADDRESS)
		take(b, RPL_HOP, &v, v.cap - v.cap % ADDRESS);
	b->depth = 2;
	push_rest(b, OPT_MORE, v);
}

/* How many bytes of an option, `whole` bytes long, its rows cover. Wireshark knows a prefix of 8 or 16 bytes. */
static uint32_t size_of(const struct option *o, uint32_t whole)
{
	const uint32_t tail = whole > o->fixed ? whole - o->fixed : 0;

	switch (o->tail) {
	case ALL: return o->fixed + tail;
	case PREFIX: return o->fixed + (tail == 8 || tail == ADDRESS ? tail : 0u);
	case PARENT: return o->fixed + (tail > 0 ? ADDRESS : 0u);
	default: return o->fixed;
	}
}

/* Pushes the option that v begins with, `whole` bytes by its own word. False: it is not all here. */
static bool push_option(struct rem_breakdown *b, struct rem_view v, uint32_t whole, bool reply)
{
	const unsigned type = v.p[0];
	const struct option *o = type < REM_COUNT(options) ? &options[type] : &unknown_option;
	const uint32_t size = size_of(o, whole), need = size > whole ? size : whole;
	const unsigned table = type == DISCOVERY && reply ? RPL_DISCOVERED : o->table;
	struct rem_part *part = rem_push(b, table, v.p, size < v.cap ? size : v.cap);

	if (size > v.cap && (o->tail == PREFIX || o == &unknown_option))
		part->rows--;           /* what there is of it is not what it would be */
	if (need > v.cap)
		rem_fault(part, rem_lack(v, need), OPTION_LENGTH);
	else if (size > whole)
		rem_fault(part, REM_LENGTH, OPTION_LENGTH);
	if (size > v.cap || size >= whole)
		return need <= v.cap;
	const struct rem_view tail = rem_view_skip(rem_view_first(v, whole), size);
	b->depth = 2;
	if (type == CONTAINER)
		push_metrics(b, tail, whole > v.cap);
	else if (type == DISCOVERY)
		push_discovery(b, v.p, tail);
	else
		push_rest(b, OPT_MORE, tail);
	b->depth = 1;
	return need <= v.cap;
}

static void push_options(struct rem_breakdown *b, struct rem_view v, bool reply)
{
	while (v.cap > 0) {
		uint32_t whole = OPTION_HEAD;

		if (v.p[0] == PAD1)
			whole = 1;
		else if (v.cap >= OPTION_HEAD)
			whole += v.p[1];
		if (!push_option(b, v, whole, reply))
			return;
		v = rem_view_skip(v, whole);
	}
}

/* ---- messages ---- */

/* Moves behind the security section. False: what follows cannot be found, or read. */
static bool push_security(struct rem_breakdown *b, struct rem_view *rest)
{
	const uint8_t *p = rest->p;

	if (!take(b, RPL_SECURITY, rest, SECURITY))
		return false;
	const uint32_t mode = rem_get(p, KEY_MODE), level = rem_get(p, LEVEL);
	const bool encrypted = level == 1 || level == 3;
	if (mode == 0 && !take(b, RPL_KEY_INDEX, rest, KEY_INDEX))
		return false;
	if ((mode == 2 || (mode == 3 && encrypted)) &&
	    !take(b, RPL_KEY, rest, KEY_SOURCE + KEY_INDEX))
		return false;
	if (encrypted)
		push_rest(b, RPL_OPAQUE, *rest);
	return !encrypted;
}

void rem_icmpv6_decode_rpl(struct rem_breakdown *b, struct rem_view message)
{
	const uint32_t code = rem_get(message.p, REM_ICMPV6_CODE);
	const struct base *base = base_of(code);
	struct rem_view v = rem_view_skip(message, REM_ICMPV6_HEADER);

	if ((code & SECURE) != 0 && !push_security(b, &v))
		return;
	if (base == NULL) {
		push_rest(b, RPL_OPAQUE, v);
		return;
	}
	const bool brief = base->dodag != 0 && v.cap >= 2 && (v.p[1] & base->dodag) == 0;
	if (!take(b, base->table, &v, brief ? BRIEF : base->size))
		return;
	if (!base->options)
		push_rest(b, RPL_OPAQUE, v);
	else if (rem_closely(b))
		push_options(b, v, base->table == RPL_DRO);
}

bool rem_icmpv6_rpl_around(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	(void)b, (void)row;
	v->u &= 0xe7;
	return true;
}
