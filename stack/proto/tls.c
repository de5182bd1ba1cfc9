/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Transport Layer Security: RFC 8446, RFC 5246; its records, and what of its handshake can be read
 * without keys. A record that does not end in its segment is left as it stands, as Wireshark does,
 * and so is a segment of TLS's ports that begins within one.
 */
#include "core/digits.h"
#include "proto/tls.h"
#include <remora/text.h>
#include <remora/tls.h>

enum { RANDOM = 32, HELLO_HEAD = 2 + RANDOM, TLS_1_2 = 0x0303, TLS_1_3 = 0x0304, MOST = 0x4800 };
enum { CLIENT_HELLO = 1, SERVER_HELLO = 2 };
enum { EXT_SERVER_NAME = 0, EXT_ALPN = 16, EXT_VERSIONS = 43 };

/* clang-format off */
static const struct rem_bind tls_binds[] = {
	{REM_SPACE_TCP, 443}, {REM_SPACE_TCP, 324}, {REM_SPACE_TCP, 465}, {REM_SPACE_TCP, 636},
	{REM_SPACE_TCP, 802}, {REM_SPACE_TCP, 853}, {REM_SPACE_TCP, 993}, {REM_SPACE_TCP, 995},
	{REM_SPACE_TCP, 1300}, {REM_SPACE_TCP, 2221}, {REM_SPACE_TCP, 2443}, {REM_SPACE_TCP, 3249},
	{REM_SPACE_TCP, 3250}, {REM_SPACE_TCP, 3251}, {REM_SPACE_TCP, 3252}, {REM_SPACE_TCP, 3496},
	{REM_SPACE_TCP, 5061}, {REM_SPACE_TCP, 5671}, {REM_SPACE_TCP, 5684}, {REM_SPACE_TCP, 5868},
	{REM_SPACE_TCP, 8883}, {REM_SPACE_TCP, 11207}, {REM_SPACE_TCP, 19999}, {REM_SPACE_TCP, 27017},
};
/* clang-format on */

/* What records of one segment tell about those behind them. */
struct segment {
	const uint8_t *end;     /* of what is here */
	uint32_t missing;       /* bytes of a handshake message that the next record goes on with */
	bool sealed;            /* TLS 1.3 has been agreed on */
};

static bool known_content(uint32_t type)
{
	return type >= REM_TLS_CHANGE_CIPHER_SPEC && type <= REM_TLS_CONNECTION_ID;
}

static bool known_version(uint32_t version)
{
	return (version >= 0x0300 && version <= 0x0303) || version == 0x0101;
}

REM_INLINE int check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_TLS_RECORD ? v.cap : REM_TLS_RECORD};
	h->payload = rem_view_skip(v, h->len);
	h->bad = REM_TLS_CONTENT;
	if (v.cap > 0 && !known_content(rem_get(v.p, REM_TLS_CONTENT)))
		return REM_FIELD;
	h->bad = REM_TLS_LENGTH;
	if (v.cap < REM_TLS_RECORD)
		return REM_SHORT;
	const uint32_t n = rem_get(v.p, REM_TLS_LENGTH);
	h->payload = rem_view_first(h->payload, n);
	h->bad = REM_TLS_VERSION;
	if (!known_version(rem_get(v.p, REM_TLS_VERSION)))
		return REM_FIELD;
	h->bad = REM_TLS_LENGTH;
	if (h->payload.cap < n)
		return REM_SHORT;
	h->bad = 0;
	return REM_OK;
}

int rem_tls_check(struct rem_view v, struct rem_head *h)
{
	return check(v, h);
}

/* The messages that somebody has ever sent; what else stands where one begins is encrypted. */
static bool known_message(uint32_t type)
{
	static const uint32_t low = 0x03f1f97f;         /* 0 to 6, 8, 11 to 16, 20 to 25 */

	return type < 32 ? (low >> type & 1) != 0 : type == 67;
}

static void push_rest(struct rem_breakdown *b, const uint8_t *p, const uint8_t *end)
{
	if (p < end)
		rem_push_row(b, TABLE_FIELD, ROW_REST, p, (uint32_t)(end - p));
}

/* The body of an extension of a hello, if it has one of this type; empty if it has none. */
static struct rem_span find_extension(const uint8_t *p, const uint8_t *end, uint32_t type)
{
	while (end - p >= 4) {
		const uint32_t n = rem_be16(p + 2);

		if (end - p - 4 < (ptrdiff_t)n)
			break;
		if (rem_be16(p) == type)
			return (struct rem_span){p + 4, n};
		p += 4 + n;
	}
	return (struct rem_span){NULL, 0};
}

/* A server's hello of the drafts 14 to 21 of TLS 1.3: it has neither a session nor a compression. */
static bool is_short_hello(const uint8_t *p, bool from_server)
{
	return from_server && rem_be16(p) >= 0x7f0e && rem_be16(p) <= 0x7f15;
}

/* Where the extensions of a hello begin, behind their length; `end` if it is cut before. */
static const uint8_t *find_extensions(const uint8_t *p, const uint8_t *end, bool from_server)
{
	if (end - p < HELLO_HEAD + 1)
		return end;
	if (is_short_hello(p, from_server))
		return end - p < HELLO_HEAD + 4 ? end : p + HELLO_HEAD + 4;
	p += HELLO_HEAD;
	p += 1 + *p;
	if (from_server) {
		p += 3;
	} else {
		if (end - p < 2)
			return end;
		p += 2 + rem_be16(p);
		if (end - p < 1)
			return end;
		p += 1 + *p;
	}
	return end - p < 2 ? end : p + 2;
}

/* Does a server say hello in TLS 1.3? RFC 8446 4.2.1. */
static bool agrees_on_1_3(const uint8_t *p, const uint8_t *end)
{
	const struct rem_span version = find_extension(find_extensions(p, end, true), end,
						       EXT_VERSIONS);

	if (version.n != 2 || rem_be16(p) != TLS_1_2)
		return false;
	return rem_be16(version.p) == TLS_1_3 || version.p[0] == 0x7f || version.p[0] == 0xfb;
}

/* RFC 8446 4.1.3: by this value of Random, a server's hello asks for another of the client's. */
static bool asks_again(const uint8_t *random)
{
	static const uint8_t value[RANDOM] = {
		0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c,
		0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb,
		0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
	};

	return rem_same(random, value, RANDOM);
}

static int decode_extensions(struct rem_breakdown *b, struct rem_tls_cursor *c, bool from_server,
			     bool retry)
{
	if (c->end - c->p < 2)
		return REM_OK;
	const uint32_t all = rem_be16(c->p);
	struct rem_part *part = rem_push_row(b, TABLE_FIELD, ROW_EXTENSIONS_LENGTH, c->p, 2);
	c->p += 2;
	if (c->end - c->p < (ptrdiff_t)all) {
		rem_fault(part, REM_LENGTH, 0);
		return REM_OK;
	}
	c->end = c->p + all;
	while (c->end - c->p >= 4) {
		const uint32_t n = rem_be16(c->p + 2);
		struct rem_tls_cursor body = {c->p + 4, c->p + 4 + n, c->limit};

		if (c->limit - body.p < (ptrdiff_t)n)
			return REM_SHORT;
		const uint32_t type = rem_be16(c->p);
		part = rem_push(b, TABLE_EXTENSION, c->p, 4);
		if (body.end > c->end) {
			rem_fault(part, REM_LENGTH, REM_BYTES(2, 2));
			return REM_OK;
		}
		b->depth++;
		if (n > 0 || type != EXT_SERVER_NAME) {
			const int err = rem_tls_steps(
				b, rem_tls_extension(type, from_server, retry), &body);

			if (err == REM_SHORT)
				return REM_SHORT;
			if (err == REM_OK)
				push_rest(b, body.p, c->p + 4 + n);
		}
		b->depth--;
		c->p += 4 + n;
	}
	return REM_OK;
}

/* What follows version and random of the hello at p. */
static const struct rem_tls_step *steps_of(const uint8_t *p, bool from_server)
{
	if (!from_server)
		return rem_tls_client_hello;
	return is_short_hello(p, true) ? rem_tls_short_hello : rem_tls_server_hello;
}

static int decode_hello(struct rem_breakdown *b, struct segment *s, struct rem_tls_cursor *c,
			bool from_server)
{
	const bool sealed = from_server && agrees_on_1_3(c->p, c->end);
	const uint8_t *random = c->p + 2;

	if (c->limit - c->p < HELLO_HEAD)
		return REM_SHORT;
	const struct rem_tls_step *steps = steps_of(c->p, from_server);
	rem_push_row(b, TABLE_FIELD, ROW_HELLO_VERSION, c->p, 2);
	rem_push_rows(b, TABLE_RANDOM, 0, sealed ? 1 : 3, random, RANDOM);
	c->p += HELLO_HEAD;
	s->sealed |= sealed;
	const int err = rem_tls_steps(b, steps, c);
	if (err != REM_OK)
		return err;
	return decode_extensions(b, c, from_server, from_server && asks_again(random));
}

static int decode_message(struct rem_breakdown *b, struct segment *s, const uint8_t *p, uint32_t n)
{
	struct rem_tls_cursor c = {p + REM_TLS_HANDSHAKE, p + n, s->end};
	const uint32_t type = rem_get(p, REM_TLS_MESSAGE);
	int err;

	rem_push(b, TABLE_HANDSHAKE, p, n);
	b->depth++;
	if (type == CLIENT_HELLO || type == SERVER_HELLO)
		err = decode_hello(b, s, &c, type == SERVER_HELLO);
	else
		err = rem_tls_steps(b, rem_tls_body(type), &c);
	if (err == REM_OK)
		push_rest(b, c.p, p + n);
	b->depth--;
	return err;
}

/* The length of the message that begins at p, as far as it is known; 0: none begins here. */
static uint32_t message_length(const uint8_t *p, const uint8_t *end)
{
	if (end - p < REM_TLS_HANDSHAKE || !known_message(rem_get(p, REM_TLS_MESSAGE)))
		return 0;
	return REM_TLS_HANDSHAKE + rem_get(p, REM_TLS_MESSAGE_LENGTH);
}

/* Is what begins at p encrypted? The counter in front of it may look like requests for a hello. */
static bool encrypted(const uint8_t *p, const uint8_t *end)
{
	enum { COUNTER = 8 };
	const uint32_t n = message_length(p, end);

	return n == 0 || (n == REM_TLS_HANDSHAKE && p[0] == 0 && end - p > COUNTER && p[n] == 0);
}

static int decode_handshake(struct rem_breakdown *b, struct segment *s, const uint8_t *p,
			    const uint8_t *end)
{
	if (s->missing == 0 && encrypted(p, end)) {
		rem_push_row(b, TABLE_HANDSHAKE, 0, p, (uint32_t)(end - p));
		return REM_OK;
	}
	while (p < end) {
		const uint32_t here = (uint32_t)(end - p);
		const uint32_t n = s->missing > 0 ? s->missing : message_length(p, end);

		if (s->missing > 0 || n == 0 || n > here) {
			const uint32_t part = n > 0 && n < here ? n : here;

			rem_push_row(b, TABLE_HANDSHAKE, 0, p, part);
			s->missing = n > here ? n - here : 0;
			p += part;
			continue;
		}
		if (decode_message(b, s, p, n) == REM_SHORT)
			return REM_SHORT;
		p += n;
	}
	return REM_OK;
}

static void decode_alert(struct rem_breakdown *b, const uint8_t *p, uint32_t n)
{
	const bool readable = n == 2 && (p[0] == 1 || p[0] == 2);

	rem_push_rows(b, TABLE_ALERT, 0, readable ? 3 : 1, p, n);
}

REM_APART int decode_content(struct rem_breakdown *b, struct segment *s, uint32_t type,
			     struct rem_view v)
{
	switch (type) {
	case REM_TLS_CHANGE_CIPHER_SPEC:
		rem_push_row(b, TABLE_FIELD, ROW_CHANGE_CIPHER_SPEC, v.p, 1);
		return REM_OK;
	case REM_TLS_ALERT:
		decode_alert(b, v.p, v.cap);
		return REM_OK;
	case REM_TLS_IS_HANDSHAKE:
		return decode_handshake(b, s, v.p, v.p + v.cap);
	case REM_TLS_APPLICATION_DATA:
		rem_push_row(b, TABLE_FIELD, ROW_APP_DATA, v.p, v.cap);
		return REM_OK;
	default:
		push_rest(b, v.p, v.p + v.cap);
		return REM_OK;
	}
}

static int decode_record(struct rem_breakdown *b, struct segment *s, struct rem_view v,
			 const struct rem_head *h)
{
	const uint32_t type = rem_get(v.p, REM_TLS_CONTENT);
	const bool sealed = s->sealed && type == REM_TLS_APPLICATION_DATA;
	int err = REM_OK;

	rem_push(b, sealed ? TABLE_SEALED : TABLE_RECORD, v.p, REM_TLS_RECORD + h->payload.cap);
	b->depth = 1;
	if (rem_closely(b) && h->payload.cap > 0)
		err = decode_content(b, s, type, h->payload);
	b->depth = 0;
	return err;
}

/* The table of a record that is not all here: cut by the capture, or going on in another segment. */
static unsigned table_of_part(const struct segment *s, struct rem_view v)
{
	if (v.cap < REM_TLS_RECORD || v.wire - REM_TLS_RECORD < rem_get(v.p, REM_TLS_LENGTH))
		return TABLE_PARTIAL;
	return s->sealed && rem_get(v.p, REM_TLS_CONTENT) == REM_TLS_APPLICATION_DATA
		       ? TABLE_SEALED
		       : TABLE_RECORD;
}

/* Does plain text begin here? Within a record it would be a rare accident. */
static bool is_text(struct rem_view v)
{
	enum { ENOUGH = 4 };
	uint32_t n = 0;

	while (n < ENOUGH && n < v.cap && v.p[n] >= ' ' && v.p[n] <= '~')
		n++;
	return n == ENOUGH;
}

/* What begins with no record is a piece of one. */
static int continuation(struct rem_breakdown *b, struct rem_view v)
{
	if (is_text(v))
		return REM_MISS;
	rem_push_row(b, TABLE_FIELD, ROW_REST, v.p, v.cap);
	return (int)v.cap;
}

static int tls_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct segment s = {.end = v.p + v.cap};
	struct rem_view rest = v;
	struct rem_head h;
	int err = check(v, &h);

	if (err == REM_FIELD)
		return continuation(b, v);
	while (err == REM_OK && decode_record(b, &s, rest, &h) != REM_SHORT) {
		rest = rem_view_skip(rest, REM_TLS_RECORD + h.payload.cap);
		if (rest.cap == 0)
			return (int)v.cap;
		err = rem_tls_check(rest, &h);
		if (err == REM_FIELD && h.bad == REM_TLS_VERSION && !s.sealed)  /* any goes here */
			err = h.payload.cap < rem_get(rest.p, REM_TLS_LENGTH) ? REM_SHORT : REM_OK;
	}
	if (err == REM_SHORT) {
		rem_fault(rem_push(b, table_of_part(&s, rest), rest.p, h.len), REM_SHORT, 0);
		rest = rem_view_skip(rest, h.len);
	}
	if (err != REM_OK && rem_closely(b))
		push_rest(b, rest.p, s.end);
	return (int)v.cap;
}

/* On ports that are nobody's: handshakes and data alone begin a segment of TLS. */
static bool tls_probe(struct rem_view v)
{
	struct rem_head h;

	if (v.cap < REM_TLS_RECORD || rem_tls_check(v, &h) == REM_FIELD)
		return false;
	const uint32_t type = rem_get(v.p, REM_TLS_CONTENT), n = rem_get(v.p, REM_TLS_LENGTH);
	return (type == REM_TLS_IS_HANDSHAKE || type == REM_TLS_APPLICATION_DATA) && n > 0 &&
	       n < MOST;
}

const struct rem_proto rem_proto_tls = {
	.table = rem_tls_tables, .tables = TABLE_COUNT,
	.bind = tls_binds, .binds = REM_COUNT(tls_binds),
	.decode = tls_decode, .probe = tls_probe, .probe_space = REM_SPACE_TCP,
	REM_PROTO_NAMES("tls", "TLS", "Transport Layer Security", "RFC 8446"),
};

static void out_version(struct rem_out *out, uint32_t version)
{
	if (version == 0x0300) {
		rem_out_str(out, ", SSL 3.0");
	} else if (version > 0x0300 && version <= TLS_1_3) {
		rem_out_str(out, ", TLS 1.");
		rem_out_uint(out, version - 0x0301);
	}
}

/* ", example.com, TLS 1.3, h2": whom the client means, the best version, the first protocol. */
static void out_hello(struct rem_out *out, const uint8_t *p, const uint8_t *end, bool from_server)
{
	const uint8_t *extensions = find_extensions(p, end, from_server);
	const struct rem_span name = find_extension(extensions, end, EXT_SERVER_NAME);
	const struct rem_span versions = find_extension(extensions, end, EXT_VERSIONS);
	const struct rem_span alpn = find_extension(extensions, end, EXT_ALPN);
	uint32_t version = end - p < 2 ? 0 : rem_be16(p);

	if (!from_server && name.n > 5 && rem_be16(name.p + 3) <= name.n - 5) {
		rem_out_str(out, ", ");
		rem_out_text(out, name.p + 5, rem_be16(name.p + 3));
	}
	for (uint32_t i = from_server ? 0 : 1; i + 2 <= versions.n; i += 2) {
		if (rem_be16(versions.p + i) <= TLS_1_3 && rem_be16(versions.p + i) > version)
			version = rem_be16(versions.p + i);
	}
	out_version(out, version);
	if (alpn.n > 3 && alpn.p[2] <= alpn.n - 3) {
		rem_out_str(out, ", ");
		rem_out_text(out, alpn.p + 3, alpn.p[2]);
	}
}

static void out_handshake(struct rem_out *out, const uint8_t *p, const uint8_t *end)
{
	bool first = true;
	uint32_t n;

	while (!encrypted(p, end) && (n = message_length(p, end)) <= (uint32_t)(end - p)) {
		const uint32_t type = rem_get(p, REM_TLS_MESSAGE);
		const char *name = rem_name_of(&rem_tls_message_names, type);

		if (!first)
			rem_out_str(out, ", ");
		rem_out_str(out, name != NULL ? name : "Handshake");
		if (type == CLIENT_HELLO || type == SERVER_HELLO)
			out_hello(out, p + REM_TLS_HANDSHAKE, p + n, type == SERVER_HELLO);
		p += n;
		first = false;
	}
	if (p < end) {
		if (!first)
			rem_out_str(out, ", ");
		rem_out_str(out, "Encrypted Handshake Message");
	}
}

static void out_alert(struct rem_out *out, const uint8_t *p, uint32_t n)
{
	const char *name = n == 2 ? rem_name_of(&rem_tls_alert_names, p[1]) : NULL;

	if (n != 2) {
		rem_out_str(out, "Encrypted Alert");
		return;
	}
	rem_out_str(out, p[0] == 2 ? "Alert (fatal), " : "Alert, ");
	if (name != NULL)
		rem_out_str(out, name);
	else
		rem_out_uint(out, p[1]);
}

static void out_data(struct rem_out *out, uint32_t n)
{
	char corner[64], *const from = put_begin(out, corner, sizeof(corner));
	char *const to = put_decimal(put_words(from, "Application Data "), n);

	put_finish(out, from, put_words(to, " bytes"));
}

static void out_record(struct rem_out *out, const uint8_t *p, uint32_t type, uint32_t n)
{
	switch (type) {
	case REM_TLS_CHANGE_CIPHER_SPEC:
		rem_out_str(out, "Change Cipher Spec");
		break;
	case REM_TLS_ALERT:
		out_alert(out, p, n);
		break;
	case REM_TLS_IS_HANDSHAKE:
		out_handshake(out, p, p + n);
		break;
	case REM_TLS_APPLICATION_DATA:
		out_data(out, n);
		break;
	default:
		rem_out_str(out, type == REM_TLS_HEARTBEAT ? "Heartbeat" : "Connection ID");
		break;
	}
}

/* "Client Hello, example.com, TLS 1.3, h2", "Application Data 1391 bytes" */
static void tls_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const struct rem_part *end = b->part + b->parts;
	bool first = true;

	if (layer->table == TABLE_FIELD)
		rem_out_str(out, "continuation");
	for (const struct rem_part *part = layer; part < end; part++) {
		const uint8_t *p = rem_part_bytes(b, part);

		if (part->layer != layer->layer || part->table > TABLE_PARTIAL)
			continue;
		if (!first)
			rem_out_str(out, ", ");
		first = false;
		if (part->table == TABLE_PARTIAL)
			rem_out_str(out, "record that goes on");
		else
			out_record(out, p + REM_TLS_RECORD, rem_get(p, REM_TLS_CONTENT),
				   part->len - REM_TLS_RECORD);
	}
}

rem_info *const rem_info_tls = tls_line;
