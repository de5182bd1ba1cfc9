/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * QUIC: RFC 8999, RFC 9000, version 2 of RFC 9369. Header protection (RFC 9001 5.4) hides the rest of the first byte and the
 * packet number, but of a client's first packets, whose keys they carry themselves. The packets end here with their payload as
 * it stands.
 */
#include "core/decode.h"
#include <remora/quic.h>
#include <remora/text.h>

enum { LONGEST_CID = 20, TAG = 16 };
/* Bytes that a client's first datagram has, at least (RFC 9000 14.1), and at most: nothing is known of the path yet. */
enum { FIRST_DATAGRAM = 1200, LONGEST_FIRST = 2048 };

enum {
	TABLE_PACKET,
	TABLE_LONG,
	TABLE_LONG_2,
	TABLE_INITIAL,
	TABLE_INITIAL_2,
	TABLE_INITIAL_REST,
	TABLE_RETRY,
	TABLE_RETRY_2,
	TABLE_NEGOTIATION,
	TABLE_OTHER,
	TABLE_SHORT,
	TABLE_FIELD,
	TABLE_VERSIONS
};

static rem_calc packet_length, number;
static rem_calc is_hidden, reserved_bits, number_length, packet_number, payload_behind;

/* clang-format off */
enum {
	ROW_FORM, ROW_DCID, ROW_SCIL, ROW_SCID, ROW_TOKEN_LENGTH, ROW_TOKEN, ROW_LENGTH, ROW_RETRY_TOKEN,
	ROW_TAG, ROW_PAYLOAD, ROW_HIDDEN, ROW_PADDING,
};

REM_NAMES(form_names, {0, "short"}, {1, "long"});
REM_NAMES(type_names, {0, "Initial"}, {1, "0-RTT"}, {2, "Handshake"}, {3, "Retry"});
REM_NAMES(type_2_names, {0, "Retry"}, {1, "Initial"}, {2, "0-RTT"}, {3, "Handshake"});
REM_NAMES(length_names, {0, "1 byte"}, {1, "2 bytes"}, {2, "3 bytes"}, {3, "4 bytes"});
REM_NAMES(version_names, {0, "Version Negotiation"}, {1, "1"}, {0x6b3343cf, "2"},
	{0xff000017, "draft 23"}, {0xff000018, "draft 24"}, {0xff000019, "draft 25"},
	{0xff00001a, "draft 26"}, {0xff00001b, "draft 27"}, {0xff00001c, "draft 28"}, {0xff00001d, "draft 29"},
	{0xff00001e, "draft 30"}, {0xff00001f, "draft 31"}, {0xff000020, "draft 32"},
	{0xff000021, "draft 33"}, {0xff000022, "draft 34"});

#define FORM \
	REM_FIELD(REM_QUIC_FORM, "quic.header_form", "Header form", UINT, DEC, TYPE, "RFC 8999 5.1", \
		"Whether the header is long or short.", REM_NAMED(.names = &form_names))
#define FIXED \
	REM_FIELD(REM_QUIC_FIXED, "quic.fixed_bit", "Fixed bit", BOOL, DEC, NONE, "RFC 9000 17.2", \
		"Tells QUIC from other protocols.")
#define TYPE(key_, names_) \
	REM_FIELD(REM_QUIC_TYPE, key_, "Packet type", UINT, DEC, OP, "RFC 9000 17.2", \
		"What the packet is for.", .flags = REM_F_LABEL, REM_NAMED(.names = names_))
#define LOW_BITS(bits_, name_, about_) \
	REM_FIELD(bits_, NULL, name_, UINT, HEX, NONE, "RFC 9000 17.2", about_)
#define PROTECTED LOW_BITS(REM_BITS(4, 4), "Protected", "Reserved bits and length of the packet number, masked.")
#define UNPROTECTED \
	REM_FIELD(REM_BITS(4, 4), NULL, "Protected", UINT, HEX, NONE, "RFC 9000 17.2", \
		"Reserved bits and length of the packet number, masked.", .calc = is_hidden), \
	REM_FIELD(REM_QUIC_RESERVED, "quic.long.reserved", "Reserved", UINT, DEC, NONE, "RFC 9000 17.2", \
		"Must be zero, behind its mask.", .calc = reserved_bits), \
	REM_FIELD(REM_QUIC_NUMBER_BYTES, "quic.packet_number_length", "Number length", UINT, DEC, NONE, "RFC 9000 17.2", \
		"Bytes of the packet number, less 1, behind its mask.", .calc = number_length, \
		REM_NAMED(.names = &length_names))
#define VERSION_AND_DCIL \
	REM_FIELD(REM_QUIC_VERSION, "quic.version", "Version", UINT, HEX, VERSION, "RFC 8999 5.1", \
		"The version of QUIC; 0 negotiates it.", REM_NAMED(.names = &version_names)), \
	REM_FIELD(REM_QUIC_DCIL, "quic.dcil", "Destination ID length", UINT, DEC, SIZE, "RFC 8999 5.1", \
		"Bytes of the destination connection ID.", REM_NAMED(.unit = "bytes"))

static const struct rem_field packet_fields[] = {
	REM_FIELD(REM_REST(0), "quic.packet_length", "Packet length", UINT, DEC, SIZE, "RFC 9000 12.2",
		"Bytes of the packet; a datagram may have several.", .flags = REM_F_DERIVED,
		.calc = packet_length, REM_NAMED(.unit = "bytes")),
};
static const struct rem_field long_fields[] = {
	FORM, FIXED, TYPE("quic.long.packet_type", &type_names), PROTECTED, VERSION_AND_DCIL };
static const struct rem_field long_2_fields[] = {
	FORM, FIXED, TYPE("quic.long.packet_type_v2", &type_2_names), PROTECTED, VERSION_AND_DCIL };
static const struct rem_field initial_fields[] = {
	FORM, FIXED, TYPE("quic.long.packet_type", &type_names), UNPROTECTED, VERSION_AND_DCIL };
static const struct rem_field initial_2_fields[] = {
	FORM, FIXED, TYPE("quic.long.packet_type_v2", &type_2_names), UNPROTECTED, VERSION_AND_DCIL };
#define NUMBER(bytes_) \
	REM_FIELD(REM_BYTES(0, bytes_), "quic.packet_number", "Packet number", UINT, DEC, NONE, "RFC 9000 17.1", \
		"Which packet this is, behind its mask.", .calc = packet_number)
#define BEHIND(bytes_) \
	REM_FIELD(REM_REST(8 * (bytes_)), "quic.payload", "Payload", BYTES, HEX, PAYLOAD, "RFC 9001 5.3", \
		"Frames, encrypted, and the tag.", .calc = payload_behind)
/* How long the number is, is known behind the mask: of four rows one has a value, or none. */
static const struct rem_field initial_rest_fields[] = {
	NUMBER(1), NUMBER(2), NUMBER(3), NUMBER(4), BEHIND(1), BEHIND(2), BEHIND(3), BEHIND(4),
	REM_FIELD(REM_REST(0), NULL, "Payload", BYTES, HEX, PAYLOAD, "RFC 9001 5.2",
		"Packet number and frames, hidden behind keys that an earlier packet gave.", .calc = is_hidden),
};
#define RETRY(type_) \
	FORM, LOW_BITS(REM_QUIC_FIXED, "Fixed bit", "Tells QUIC from other protocols."), type_, \
	LOW_BITS(REM_BITS(4, 4), "Unused", "Anything.")
static const struct rem_field retry_fields[] = {
	RETRY(TYPE("quic.long.packet_type", &type_names)), VERSION_AND_DCIL };
static const struct rem_field retry_2_fields[] = {
	RETRY(TYPE("quic.long.packet_type_v2", &type_2_names)), VERSION_AND_DCIL };
static const struct rem_field other_fields[] = {
	FORM, LOW_BITS(REM_QUIC_UNUSED, "Of this version", "What the version says."), VERSION_AND_DCIL };
static const struct rem_field negotiation_fields[] = {
	FORM,
	REM_FIELD(REM_QUIC_UNUSED, "quic.vn.unused", "Unused", UINT, HEX, RESERVED, "RFC 8999 6",
		"Anything."),
	VERSION_AND_DCIL,
};
static const struct rem_field short_fields[] = {
	REM_FIELD(REM_REST(0), "quic.short", "Short header", NONE, DEC, NONE, "RFC 9000 17.3",
		"The header of packets once both sides have keys.", .flags = REM_F_CONTAINER),
	FORM, FIXED,
	REM_FIELD(REM_QUIC_SPIN, "quic.spin_bit", "Spin bit", BOOL, DEC, FLAGS, "RFC 9000 17.4",
		"Turns once a round trip, so that others can measure it."),
	LOW_BITS(REM_BITS(3, 5), "Protected", "Reserved bits, key phase and length of the packet number, masked."),
};
static const struct rem_field field_fields[] = {
	[ROW_FORM] = FORM,
	[ROW_DCID] = REM_FIELD(REM_REST(0), "quic.dcid", "Destination ID", BYTES, HEX, DESTINATION,
		"RFC 8999 5.1", "Connection ID that the receiver has chosen."),
	[ROW_SCIL] = REM_FIELD(REM_REST(0), "quic.scil", "Source ID length", UINT, DEC, SIZE, "RFC 8999 5.1",
		"Bytes of the source connection ID.", REM_NAMED(.unit = "bytes")),
	[ROW_SCID] = REM_FIELD(REM_REST(0), "quic.scid", "Source ID", BYTES, HEX, SOURCE, "RFC 8999 5.1",
		"Connection ID that the sender has chosen."),
	[ROW_TOKEN_LENGTH] = REM_FIELD(REM_REST(0), "quic.token_length", "Token length", UINT, DEC, SIZE,
		"RFC 9000 17.2.2", "Bytes of the token.", .flags = REM_F_SPELT, .calc = number, REM_NAMED(.unit = "bytes")),
	[ROW_TOKEN] = REM_FIELD(REM_REST(0), "quic.token", "Token", BYTES, HEX, ID, "RFC 9000 8.1",
		"Proof that the client is where it says it is."),
	[ROW_LENGTH] = REM_FIELD(REM_REST(0), "quic.length", "Length", UINT, DEC, SIZE, "RFC 9000 17.2",
		"Bytes of packet number and payload.", .flags = REM_F_SPELT, .calc = number, REM_NAMED(.unit = "bytes")),
	[ROW_RETRY_TOKEN] = REM_FIELD(REM_REST(0), "quic.retry_token", "Retry token", BYTES, HEX, ID,
		"RFC 9000 17.2.5", "What the client has to send back."),
	[ROW_TAG] = REM_FIELD(REM_REST(0), "quic.retry_integrity_tag", "Integrity tag", BYTES, HEX, CHECKSUM,
		"RFC 9001 5.8", "Proof that the server has seen the client's packet."),
	[ROW_PAYLOAD] = REM_FIELD(REM_REST(0), "quic.remaining_payload", "Payload", BYTES, HEX, PAYLOAD,
		"RFC 9001 5.3", "Packet number and frames, which only the two sides can read."),
	[ROW_PADDING] = REM_FIELD(REM_REST(0), NULL, "Padding", BYTES, HEX, NONE,
		"RFC 9000 12.2", "Bytes behind the packets that are no packet of the same connection."),
	[ROW_HIDDEN] = REM_FIELD(REM_REST(0), NULL, "Payload", BYTES, HEX, PAYLOAD, "RFC 9001 5.2",
		"Packet number and frames, hidden behind keys that can be had."),
};
static const struct rem_field supported_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "quic.supported_version", "Version", UINT, HEX, OPTION, "RFC 8999 6",
		"A version that the server speaks.", REM_NAMED(.names = &version_names)),
};

static const struct rem_table quic_tables[] = {
	[TABLE_PACKET] = REM_TABLE("QUIC", packet_fields, .flags = REM_TABLE_ONCE),
	[TABLE_LONG] = REM_TABLE("Long header", long_fields, .flags = REM_TABLE_ONCE),
	[TABLE_LONG_2] = REM_TABLE("Long header", long_2_fields, .flags = REM_TABLE_ONCE),
	[TABLE_INITIAL] = REM_TABLE("Long header", initial_fields, .flags = REM_TABLE_ONCE),
	[TABLE_INITIAL_2] = REM_TABLE("Long header", initial_2_fields, .flags = REM_TABLE_ONCE),
	[TABLE_INITIAL_REST] = REM_TABLE(NULL, initial_rest_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RETRY] = REM_TABLE("Long header", retry_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RETRY_2] = REM_TABLE("Long header", retry_2_fields, .flags = REM_TABLE_ONCE),
	[TABLE_NEGOTIATION] = REM_TABLE("Long header", negotiation_fields, .flags = REM_TABLE_ONCE),
	[TABLE_OTHER] = REM_TABLE("Long header", other_fields, .flags = REM_TABLE_ONCE),
	[TABLE_SHORT] = REM_TABLE("Short header", short_fields, .flags = REM_TABLE_ONCE),
	[TABLE_FIELD] = REM_TABLE("Field", field_fields),
	[TABLE_VERSIONS] = REM_TABLE("Version", supported_fields, .stride = 32),
};

static const struct rem_bind quic_binds[] = { {REM_SPACE_UDP, 443} };
/* clang-format on */

/* Version 1, or a draft of it whose header is the same; of Retry from draft 25 on. */
static bool is_version_1(uint32_t version, uint32_t type)
{
	const uint32_t first = type == REM_QUIC_RETRY ? 0xff000019 : 0xff000017;

	return version == REM_QUIC_VERSION_1 || (version >= first && version <= 0xff000022);
}

/* "Q024" to "Q049": Google's, older than the header that all versions have since. */
static bool is_before_quic(uint32_t version)
{
	return version >= 0x51303234 && version <= 0x51303439;
}

static enum rem_quic_kind kind_of(uint32_t version, uint32_t type)
{
	if (version == 0)
		return REM_QUIC_NEGOTIATION;
	if (is_version_1(version, type))
		return (enum rem_quic_kind)type;
	return version == REM_QUIC_VERSION_2 ? (enum rem_quic_kind)((type + 3) % 4)
					     : REM_QUIC_OTHER;
}

/* The n bytes at c->p, which is moved behind them; false: they are not here. */
static bool take(struct rem_span *c, uint64_t n, struct rem_span *taken)
{
	if (n > c->n)
		return false;
	*taken = (struct rem_span){c->p, (uint32_t)n};
	c->p += n;
	c->n -= (uint32_t)n;
	return true;
}

/* A number of variable length: RFC 9000 16. */
static uint64_t number_of(struct rem_span s)
{
	return s.n == 0 ? 0 : rem_be(s.p, s.n) & ~((uint64_t)3 << (8 * s.n - 2));
}

static bool take_number(struct rem_span *c, struct rem_span *taken)
{
	return c->n > 0 && take(c, (uint64_t)1 << (*c->p >> 6), taken);
}

static bool take_connection_ids(struct rem_span *c, struct rem_quic *q)
{
	struct rem_span skipped;

	if (!take(c, REM_QUIC_LONG, &skipped) || !take(c, skipped.p[REM_QUIC_LONG - 1], &q->dcid))
		return false;
	return c->n > 0 && take(c, 1, &skipped) && take(c, *skipped.p, &q->scid);
}

/* What stands behind the connection IDs: RFC 9000 17.2. */
static bool take_body(struct rem_span *c, struct rem_quic *q)
{
	switch (q->kind) {
	case REM_QUIC_INITIAL:
		if (!take_number(c, &q->token_length) ||
		    !take(c, number_of(q->token_length), &q->token))
			return false;
		/* fallthrough */
	case REM_QUIC_0_RTT:
	case REM_QUIC_HANDSHAKE:
		if (!take_number(c, &q->length))
			return false;
		return take(c, number_of(q->length) < c->n ? number_of(q->length) : c->n,
			    &q->payload);
	case REM_QUIC_RETRY:
		return c->n >= TAG && take(c, c->n - TAG, &q->token) && take(c, TAG, &q->payload);
	default:
		return take(c, c->n, &q->payload);
	}
}

int rem_quic_check(struct rem_view v, struct rem_quic *q)
{
	struct rem_span c = {v.p, v.cap};
	const struct rem_span none = {v.p + v.cap, 0};

	*q = (struct rem_quic){.kind = REM_QUIC_SHORT,
			       .dcid = none,
			       .scid = none,
			       .token_length = none,
			       .token = none,
			       .length = none,
			       .payload = none,
			       .size = v.cap};
	if (v.cap == 0)
		return rem_lack(v, 1);
	if (rem_get(v.p, REM_QUIC_FORM) == 0) {
		q->payload = (struct rem_span){v.p + 1, v.cap - 1};
		return REM_OK;
	}
	if (v.cap < REM_QUIC_LONG)
		return rem_lack(v, REM_QUIC_LONG);
	if (is_before_quic(rem_get(v.p, REM_QUIC_VERSION)))
		return REM_FIELD;
	q->kind = kind_of(rem_get(v.p, REM_QUIC_VERSION), rem_get(v.p, REM_QUIC_TYPE));
	if (!take_connection_ids(&c, q))
		return rem_lack(v, v.cap + 1);
	if (q->kind < REM_QUIC_NEGOTIATION && (q->dcid.n > LONGEST_CID || q->scid.n > LONGEST_CID))
		return REM_FIELD;
	if (!take_body(&c, q))
		return rem_lack(v, v.cap + 1);
	q->size = (uint32_t)(c.p - v.p);
	return REM_OK;
}

static void push(struct rem_breakdown *b, unsigned row, struct rem_span s)
{
	if (s.n > 0)
		rem_push_row(b, TABLE_FIELD, row, s.p, s.n);
}

static unsigned head_table(const struct rem_quic *q, uint32_t version)
{
	switch (q->kind) {
	case REM_QUIC_SHORT: return TABLE_SHORT;
	case REM_QUIC_NEGOTIATION: return TABLE_NEGOTIATION;
	case REM_QUIC_OTHER: return TABLE_OTHER;
	case REM_QUIC_RETRY: return version == REM_QUIC_VERSION_2 ? TABLE_RETRY_2 : TABLE_RETRY;
	case REM_QUIC_INITIAL: return version == REM_QUIC_VERSION_2 ? TABLE_INITIAL_2 : TABLE_INITIAL;
	default: return version == REM_QUIC_VERSION_2 ? TABLE_LONG_2 : TABLE_LONG;
	}
}

static void decode_long(struct rem_breakdown *b, const struct rem_quic *q, const uint8_t *p)
{
	rem_push(b, head_table(q, rem_get(p, REM_QUIC_VERSION)), p, REM_QUIC_LONG);
	push(b, ROW_DCID, q->dcid);
	push(b, ROW_SCIL, (struct rem_span){q->dcid.p + q->dcid.n, 1});
	push(b, ROW_SCID, q->scid);
	switch (q->kind) {
	case REM_QUIC_NEGOTIATION:
		if (q->payload.n >= 4)
			rem_push(b, TABLE_VERSIONS, q->payload.p, q->payload.n);
		break;
	case REM_QUIC_RETRY:
		push(b, ROW_RETRY_TOKEN, q->token);
		push(b, ROW_TAG, q->payload);
		break;
	default:
		push(b, ROW_TOKEN_LENGTH, q->token_length);
		push(b, ROW_TOKEN, q->token);
		push(b, ROW_LENGTH, q->length);
		if (q->kind == REM_QUIC_INITIAL)
			rem_push(b, TABLE_INITIAL_REST, q->payload.p, q->payload.n);
		else
			push(b, q->kind == REM_QUIC_OTHER ? ROW_HIDDEN : ROW_PAYLOAD, q->payload);
		break;
	}
}

/* The packet in front, which says how many bytes the ID has. */
static void check_before(const struct rem_breakdown *b, const struct rem_part *before,
			 struct rem_quic *q)
{
	rem_quic_check((struct rem_view){rem_part_bytes(b, before), before->len, before->len}, q);
}

static void decode_short(struct rem_breakdown *b, const struct rem_part *before,
			 struct rem_span payload)
{
	struct rem_quic q;
	struct rem_span dcid;

	rem_push(b, TABLE_SHORT, payload.p - 1, 1);
	if (before != NULL) {
		check_before(b, before, &q);
		if (take(&payload, q.dcid.n, &dcid))
			push(b, ROW_DCID, dcid);
	}
	push(b, before != NULL ? ROW_PAYLOAD : ROW_HIDDEN, payload);
}

/* Is the rest of a datagram a packet, too? It goes to the same connection: RFC 9000 12.2. */
static bool goes_on(const struct rem_breakdown *b, const struct rem_part *before,
		    struct rem_view rest)
{
	const bool is_long = rem_get(rest.p, REM_QUIC_FORM);
	const uint32_t at = is_long ? REM_QUIC_LONG : 1;
	struct rem_quic q;

	check_before(b, before, &q);
	if (is_long && (rest.cap < at + q.dcid.n || rest.p[at - 1] != q.dcid.n))
		return false;
	return rem_same(rest.p + at, q.dcid.p, rest.cap < at + q.dcid.n ? rest.cap - at : q.dcid.n);
}

/* `before` is the packet in front of it in the datagram, NULL for none. */
static void decode_packet(struct rem_breakdown *b, struct rem_part *part, const struct rem_quic *q,
			  int err, const struct rem_part *before)
{
	const uint8_t *p = rem_part_bytes(b, part);

	b->depth = 1;
	if (err != REM_OK) {
		rem_fault(part, err, 0);
		rem_push_row(b, TABLE_FIELD, ROW_FORM, p, 1);
		push(b, ROW_HIDDEN, (struct rem_span){p + 1, part->len - 1});
	} else if (q->kind == REM_QUIC_SHORT) {
		decode_short(b, before, q->payload);
	} else {
		decode_long(b, q, p);
	}
	b->depth = 0;
}

static int quic_decode(struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_part *above = rem_parent(b);
	struct rem_quic q;
	const int err = rem_quic_check(v, &q);
	const bool follows = above != NULL && above->proto == REM_P_QUIC;

	if (err == REM_FIELD || (!follows && !rem_get(v.p, REM_QUIC_FIXED) &&
				 (q.kind == REM_QUIC_SHORT || q.kind == REM_QUIC_OTHER)))
		return REM_MISS;
	if (follows && !goes_on(b, above, v)) {
		rem_push_row(b, TABLE_FIELD, ROW_PADDING, v.p, v.cap);
		return (int)v.cap;
	}
	struct rem_part *part = rem_push(b, TABLE_PACKET, v.p, q.size);
	if (rem_closely(b))
		decode_packet(b, part, &q, err, follows ? above : NULL);
	if (q.size < v.cap && !b->full)
		rem_next_same(b, rem_view_skip(v, q.size));
	return (int)v.cap;
}

/* On ports that are nobody's: a whole long header of a version that is known. */
static bool quic_probe(struct rem_view v)
{
	struct rem_quic q;

	return rem_quic_check(v, &q) == REM_OK && q.kind < REM_QUIC_NEGOTIATION;
}

static bool packet_length(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	const struct rem_part *part = row->part;
	const uint8_t *p = rem_part_bytes(b, part);
	const struct rem_view *source = &b->source[part->source];
	struct rem_quic q;

	v->u = part->len;
	if (part->off + part->len == source->cap && source->cap < source->wire &&
	    part->extent != REM_UNKNOWN) {      /* the packet is cut: its length says what it was */
		const int err = rem_quic_check((struct rem_view){p, part->len, part->len}, &q);
		const uint64_t n = (uint64_t)(q.payload.p - p) + number_of(q.length);

		v->u = err == REM_OK && q.length.n > 0 && n < part->extent ? n : part->extent;
	}
	return true;
}

static bool number(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	v->u = number_of(rem_row_bytes(row));
	return true;
}

/*
 * What the mask hides of the packet that the row is of, if it carries its own keys: the first one of a client's first datagram.
 * Whoever answers has others, and so has who goes on after an answer.
 */
static bool open_layer(const struct rem_breakdown *b, const struct rem_part *layer,
		       struct rem_quic_number *n)
{
	const struct rem_part *above = rem_layer_above(b, layer);
	const uint8_t *p = rem_part_bytes(b, layer);
	struct rem_quic q;

	return layer->extent >= FIRST_DATAGRAM && layer->extent <= LONGEST_FIRST &&
	       (above == NULL || above->proto != REM_P_QUIC) &&
	       rem_quic_check((struct rem_view){p, layer->len, layer->len}, &q) == REM_OK &&
	       number_of(q.length) == q.payload.n && rem_quic_open(p, &q, q.dcid, true, n);
}

static bool open(const struct rem_breakdown *b, const struct rem_row *row,
		 struct rem_quic_number *n)
{
	const struct rem_part *layer = rem_part_layer(b, row->part);
	struct rem_quic_known own = {.layer = NULL}, *known = b->quic == NULL ? &own : b->quic;

	if (known->layer != layer) {
		known->layer = layer;
		known->open = open_layer(b, layer, &known->number);
	}
	*n = known->number;
	return known->open;
}

static bool is_hidden(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	struct rem_quic_number n;

	(void)v;
	return !open(b, row, &n);
}

static bool reserved_bits(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	struct rem_quic_number n;

	if (!open(b, row, &n))
		return false;
	v->u = rem_get(&n.first, REM_QUIC_RESERVED);
	return true;
}

static bool number_length(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	struct rem_quic_number n;

	if (!open(b, row, &n))
		return false;
	v->u = rem_get(&n.first, REM_QUIC_NUMBER_BYTES);
	return true;
}

static bool packet_number(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	struct rem_quic_number n;

	if (!open(b, row, &n) || 8u * n.bytes != REM_WIDTH(row->field->bits))
		return false;
	v->u = n.value;
	return true;
}

static bool payload_behind(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	struct rem_quic_number n;

	(void)v;
	return open(b, row, &n) && 8u * n.bytes == REM_OFF(row->field->bits);
}

const struct rem_proto rem_proto_quic = {
	.table = quic_tables, .tables = REM_COUNT(quic_tables),
	.bind = quic_binds, .binds = REM_COUNT(quic_binds),
	.decode = quic_decode, .probe = quic_probe, .probe_space = REM_SPACE_UDP,
	REM_PROTO_NAMES("quic", "QUIC", "QUIC", "RFC 9000"),
};

/* "Initial, dcid 8394c8f03e515708, scid f067a5502a4262b5" */
static void quic_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	static const char names[][20] = {
		"Initial", "0-RTT", "Handshake", "Retry", "Version Negotiation",
		"Protected Payload", "Long header",
	};
	const struct rem_view v = {rem_part_bytes(b, layer), layer->len, layer->len};
	struct rem_quic q;

	if (layer->table == TABLE_FIELD) {
		rem_out_str(out, "padding");
		return;
	}
	rem_quic_check(v, &q);
	rem_out_str(out, names[q.kind]);
	if (q.dcid.n > 0) {
		rem_out_str(out, ", dcid ");
		rem_out_bytes(out, q.dcid.p, q.dcid.n, 0);
	}
	if (q.scid.n > 0) {
		rem_out_str(out, ", scid ");
		rem_out_bytes(out, q.scid.p, q.scid.n, 0);
	}
}

rem_info *const rem_info_quic = quic_line;
