/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMP: RFC 792 and what icmp_tables.c names. The header's diagram and handles stand in
 * remora/icmp.h.
 */
#include "proto/icmp_parts.h"
#include <remora/ipv4.h>
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/text.h>

enum {
	QUOTED_LEAST = 128,             /* bytes that come before extensions: RFC 4884 5.5 */
	REDIRECT_QUOTES = 8,            /* bytes behind the quoted header: RFC 792 */
	ROUTER_ENTRY = 8,               /* bytes of an entry of a router advertisement */
	ROUTER_ENTRY_WORDS = 2,
	STAMP = 8,                      /* bytes of a timestamp in a ping */
};

/* clang-format off */
static const struct rem_bind icmp_binds[] = { {REM_SPACE_IP, REM_IP_ICMP} };
/* clang-format on */

int rem_icmp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_ICMP_HEADER ? v.cap : REM_ICMP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	return v.cap < REM_ICMP_HEADER ? rem_lack(v, REM_ICMP_HEADER) : REM_OK;
}

static bool quotes(uint32_t type)
{
	return type == REM_ICMP_UNREACHABLE || type == REM_ICMP_QUENCH ||
	       type == REM_ICMP_REDIRECT || type == REM_ICMP_TIME_EXCEEDED ||
	       type == REM_ICMP_PARAMETER;
}

/* The table of a message of at least 6 bytes, and the length of what it lays over the message. */
static unsigned table_of(struct rem_view v, uint32_t *n)
{
	const bool sized = rem_get(v.p, REM_ICMP_LENGTH) != 0;

	*n = REM_ICMP_HEADER;
	switch (v.p[0]) {
	case REM_ICMP_ECHO:
	case REM_ICMP_ECHO_REPLY:
	case REM_ICMP_INFORMATION:
	case REM_ICMP_INFORMATION_REPLY: return TABLE_ECHO;
	case REM_ICMP_TIMESTAMP:
	case REM_ICMP_TIMESTAMP_REPLY: *n = 20; return TABLE_TIMESTAMP;
	case REM_ICMP_MASK:
	case REM_ICMP_MASK_REPLY: *n = 12; return TABLE_MASK;
	case REM_ICMP_UNREACHABLE:
		if (rem_get(v.p, REM_ICMP_CODE) == REM_ICMP_FRAGMENTATION_NEEDED)
			return sized ? TABLE_MTU_SIZED : TABLE_MTU;
		return sized ? TABLE_UNREACHABLE_SIZED : TABLE_UNREACHABLE;
	case REM_ICMP_TIME_EXCEEDED: return sized ? TABLE_UNREACHABLE_SIZED : TABLE_UNREACHABLE;
	case REM_ICMP_PARAMETER: return sized ? TABLE_PARAMETER_SIZED : TABLE_PARAMETER;
	case REM_ICMP_REDIRECT: return TABLE_REDIRECT;
	case REM_ICMP_ROUTER: return TABLE_ROUTER;
	case REM_ICMP_EXTENDED: return TABLE_EXTENDED;
	case REM_ICMP_EXTENDED_REPLY: return TABLE_EXTENDED_REPLY;
	default: return TABLE_PLAIN;
	}
}

/*
 * How much of what follows the header is the quoted datagram. Redirects have no length, and quote 8
 * bytes of payload.
 */
static uint32_t quoted_length(struct rem_view rest, uint32_t type, uint32_t length, uint32_t total)
{
	const uint32_t header = 4 * rem_get(rest.p, REM_IPV4_IHL);
	uint32_t n = rest.cap;

	if (type == REM_ICMP_REDIRECT)
		n = header + REDIRECT_QUOTES;
	else if (length > 0 && rest.wire > length && total > length)
		n = header + length;
	return n < rest.cap ? n : rest.cap;
}

/*
 * The datagram that caused an error, then extensions. These may only follow 128 bytes of a
 * datagram; whether they do is guessed, since senders before RFC 4884 did not say.
 */
static void decode_quoted(struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_view rest = rem_view_skip(v, REM_ICMP_HEADER);
	const uint32_t length = 4 * rem_get(v.p, REM_ICMP_LENGTH);
	const uint32_t at = length > 0 ? length : QUOTED_LEAST;

	if (rest.cap == 0)
		return;
	const bool has_total = rest.cap >= REM_END(REM_IPV4_TOTAL);
	const uint32_t total = has_total ? rem_get(rest.p, REM_IPV4_TOTAL) : 0;
	uint32_t n = quoted_length(rest, v.p[0], length, total);
	if (rest.cap > QUOTED_LEAST && total <= QUOTED_LEAST && at < rest.cap) {
		rem_icmp_decode_extensions(b, rem_view_skip(rest, at));
		if (n > at && total <= at)
			n = at; /* what fills the datagram up goes no further */
	} else {
		rem_keep(b, rem_view_skip(rest, n));
	}
	b->mark |= REM_PART_QUOTED;
	rem_next(b, REM_SPACE_FAMILY, rem_get(rest.p, REM_IPV4_VERSION) == 6 ? 6 : 4,
		 (struct rem_view){rest.p, n, REM_UNKNOWN});
}

static void decode_routers(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_view rest = rem_view_skip(v, REM_ICMP_HEADER);

	if (v.p[5] != ROUTER_ENTRY_WORDS) {
		rem_next_data(b, rest);
		return;
	}
	b->depth = 1;
	for (uint32_t i = 0; i < v.p[4]; i++) {
		const uint32_t n = rest.cap < ROUTER_ENTRY ? rest.cap : ROUTER_ENTRY;
		struct rem_part *part = rem_push(b, TABLE_ROUTER_ENTRY, rest.p, n);

		if (n < ROUTER_ENTRY) {
			rem_fault(part, rem_lack(rest, ROUTER_ENTRY), 0);
			b->depth = 0;
			return;
		}
		rest = rem_view_skip(rest, n);
	}
	rem_icmp_decode_mobile(b, rest);
}

/* Seconds and microseconds close to when the frame was captured, in one of the byte orders. */
static bool read_stamp(const struct rem_breakdown *b, const uint8_t *p, int64_t *s, int32_t *us)
{
	const int64_t day = 86400, now = b->time_ns / 1000000000;

	for (int little = 0; little < 2; little++) {
		*s = (int64_t)(little ? rem_le(p, 4) : rem_be32(p));
		*us = (int32_t)(little ? rem_le(p + 4, 4) : rem_be32(p + 4));
		if (*s > now - day && *s < now + day && *us < 1000000)
			return b->time_ns != 0;
	}
	return false;
}

/* The data of an echo; ping begins it with the time. */
static void decode_echo(struct rem_breakdown *b, struct rem_view data)
{
	int64_t s;
	int32_t us;

	if (data.cap >= STAMP && read_stamp(b, data.p, &s, &us)) {
		rem_push(b, TABLE_STAMP, data.p, STAMP);
		data = rem_view_skip(data, STAMP);
	}
	rem_next_data(b, data);
}

static int icmp_decode(struct rem_breakdown *b, struct rem_view v)
{
	uint32_t n;

	if (v.cap < REM_END(REM_ICMP_LENGTH))
		return REM_MISS;
	const unsigned table = table_of(v, &n);
	struct rem_part *part = rem_push(b, table, v.p, v.cap < n ? v.cap : n);

	if (v.cap < n) {
		rem_fault(part, rem_lack(v, n), 0);
		return (int)v.cap;
	}
	if (quotes(v.p[0])) {
		decode_quoted(b, v);
		return (int)v.cap;
	}
	const struct rem_view rest = rem_view_skip(v, n);
	switch (table == TABLE_ECHO && v.p[0] > REM_ICMP_ECHO ? TABLE_PLAIN : table) {
	case TABLE_ECHO: decode_echo(b, rest); break;
	case TABLE_ROUTER: decode_routers(b, v); break;
	case TABLE_EXTENDED:
		if (rest.cap > 0)
			rem_icmp_decode_extensions(b, rest);
		break;
	default:
		if (rest.cap > 0)
			rem_push(b, TABLE_REST, rest.p, rest.cap);
		break;
	}
	return (int)v.cap;
}

static enum rem_sum_status icmp_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_view v;

	if ((part->flags & REM_PART_QUOTED) != 0 || !rem_segment(b, part, &v) || v.cap < v.wire ||
	    v.cap < REM_END(REM_ICMP_SUM))
		return REM_SUM_UNVERIFIED;
	return rem_sum(v.p, v.cap) == 0xffff ? REM_SUM_GOOD : REM_SUM_BAD;
}

bool rem_icmp_sum_status(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	v->u = (uint64_t)icmp_sum(b, row->part);
	return true;
}

bool rem_icmp_data_time(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	int32_t us;

	if (!read_stamp(b, row->base, &v->s, &us))
		return false;
	v->ns = us < 0 ? 0 : us * 1000;
	return true;
}

bool rem_icmp_data_age(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	int64_t s;
	int32_t us;

	if (!read_stamp(b, row->base, &s, &us))
		return false;
	const int64_t ns = b->time_ns - s * 1000000000 - (int64_t)us * 1000;
	v->s = ns / 1000000000;
	v->ns = (int32_t)(ns % 1000000000);
	return true;
}

/* Padding behind a quoted datagram. */
static void icmp_trailer(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_REST, v.p, v.cap);
}

const struct rem_proto rem_proto_icmp = {
	.table = rem_icmp_tables, .tables = TABLE_COUNT,
	.bind = icmp_binds, .binds = REM_COUNT(icmp_binds),
	.decode = icmp_decode, .sum = icmp_sum, .trailer = icmp_trailer,
	.spaces = 1 << REM_SPACE_FAMILY,
	REM_PROTO_NAMES("icmp", "ICMP", "Internet Control Message Protocol", "RFC 792"),
};

static void out_type(struct rem_out *out, const uint8_t *p)
{
	const uint32_t type = rem_get(p, REM_ICMP_TYPE), code = rem_get(p, REM_ICMP_CODE);
	const char *name = REM_NAME_OF(rem_icmp_type_names, type);
	const char *why = REM_NAME_OF(rem_icmp_unreachable_names, code);

	rem_out_str(out, name != NULL ? name : "type ");
	if (name == NULL)
		rem_out_uint(out, type);
	if (type == REM_ICMP_UNREACHABLE && why != NULL) {
		rem_out_str(out, ": ");
		rem_out_str(out, why);
	} else if (code != 0) {
		rem_out_str(out, ", code ");
		rem_out_uint(out, code);
	}
}

/* "echo request, id 1, seq 2", "destination unreachable: port" */
static void icmp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	out_type(out, p);
	if (layer->len < REM_ICMP_HEADER)
		return;
	switch (layer->table) {
	case TABLE_ECHO:
	case TABLE_TIMESTAMP:
	case TABLE_MASK:
		rem_out_str(out, ", id ");
		rem_out_uint(out, rem_get(p, REM_ICMP_ID));
		rem_out_str(out, ", seq ");
		rem_out_uint(out, rem_get(p, REM_ICMP_SEQ));
		break;
	case TABLE_REDIRECT:
		rem_out_str(out, " to ");
		rem_out_ipv4(out, rem_get(p, REM_ICMP_GATEWAY));
		break;
	case TABLE_MTU:
	case TABLE_MTU_SIZED:
		rem_out_str(out, ", MTU ");
		rem_out_uint(out, rem_get(p, REM_ICMP_MTU));
		break;
	default: break;
	}
}

rem_info *const rem_info_icmp = icmp_line;
