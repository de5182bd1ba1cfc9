/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Network Time Protocol: RFC 5905, extension fields of RFC 7822 and 8915; control messages of
 * RFC 9327, and the private mode of ntpd. The header's diagram stands in remora/ntp.h, the rows in proto/ntp_tables.c.
 */
#include "proto/ntp_parts.h"
#include <remora/ntp.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum {
	EXTENSION_HEAD = 4,
	LEAST_EXTENSION = 16,
	MOST_MAC = 24, /* a key identifier and the longest digest: RFC 7822 3 */
};

/* A control message: RFC 9327 2. */
enum {
	CONTROL_RESPONSE = REM_BITS(8, 1), CONTROL_ERROR = REM_BITS(9, 1), CONTROL_OPCODE = REM_BITS(11, 5),
	CONTROL_STATUS = 4, CONTROL_REST = 6, CONTROL_ASSOCIATION = REM_BYTES(6, 2), CONTROL_COUNT = REM_BYTES(10, 2),
	CONTROL_REST_COUNT = REM_BYTES(4, 2), /* the same, of the rest */
	CONTROL_HEADER = 12,
	READ_STATUS = 1, READ_CLOCK = 4, WRITE_CLOCK = 5,
	ASSOCIATION = 4, /* bytes: its number, its status */
};

/* A private message: ntp_request.h of ntpd. */
enum {
	PRIVATE_TO_REQUEST = 4, PRIVATE_IMPLEMENTATION = 2, PRIVATE_REQUEST = 3, PRIVATE_HEADER = 8, NTPD = 3,
	PRIVATE_ITEMS = REM_BITS(36, 12), PRIVATE_ITEM_SIZE = REM_BITS(52, 12),
	MONITOR_IPV6 = REM_BYTES(32, 4), MONITOR_ADDRESSES = 40,
};

/* Requests whose items have rows. */
static const struct item {
	uint8_t request, table, size;
} items[] = {{1, TABLE_SUMMARY, 72}, {8, TABLE_LOOP, 24}, {42, TABLE_MONITOR, 72}};

static const struct rem_bind ntp_binds[] = {{REM_SPACE_UDP, 123}, {REM_SPACE_TCP, 123}};

bool rem_ntp_time(uint64_t raw, int64_t *s, int32_t *ns)
{
	*s = raw == 0 ? -2208988800 : rem_ntp_seconds(raw);
	*ns = (int32_t)(((raw & UINT32_MAX) * 1000000000) >> 32);
	return raw >> 32 != 0 || *ns != 0;
}

bool rem_ntp_row_time(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b;
	if (!rem_ntp_time(rem_row_bits(row), &v->s, &v->ns))
		v->ns = REM_NO_TIME;
	return true;
}

int rem_ntp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_NTP_HEADER ? v.cap : REM_NTP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	return v.cap < REM_NTP_HEADER ? rem_lack(v, REM_NTP_HEADER) : REM_OK;
}

/* Does an extension field begin here, rather than an authenticator? RFC 7822 3. */
static bool is_extension(struct rem_view rest)
{
	const uint32_t n = rest.cap < EXTENSION_HEAD ? 0 : rem_be16(rest.p + 2);

	return rest.wire > MOST_MAC && n >= LEAST_EXTENSION && n % 4 == 0 && n <= rest.wire;
}

/* Extension fields, then the authenticator. */
static void decode_rest(struct rem_breakdown *b, struct rem_view rest)
{
	b->depth = 1;
	while (is_extension(rest)) {
		const uint32_t said = rem_be16(rest.p + 2), n = said < rest.cap ? said : rest.cap;
		struct rem_part *part = rem_push(b, TABLE_EXTENSION, rest.p, n);

		if (n < said)
			rem_fault(part, REM_SHORT, REM_BYTES(2, 2));
		rest = rem_view_skip(rest, n);
	}
	b->depth = 0;
	if (rest.cap >= 4)
		rem_push_row(b, TABLE_KEY, 0, rest.p, 4);
	if (rest.cap > 4)
		rem_push_row(b, TABLE_MAC, 0, rest.p + 4, rest.cap - 4);
}

/* The data of a control message: of the system's status its associations, of others text. */
static void decode_control_data(struct rem_breakdown *b, bool lists, struct rem_view v)
{
	rem_push(b, TABLE_CONTROL_DATA, v.p, v.cap);
	if (!lists) {
		rem_push(b, TABLE_VARIABLES, v.p, v.cap);
		return;
	}
	b->depth = 1;
	for (; v.cap >= ASSOCIATION; v = rem_view_skip(v, ASSOCIATION)) {
		rem_push(b, TABLE_ASSOCIATION, v.p, ASSOCIATION);
		rem_push(b, TABLE_PEER, v.p + 2, 2);
	}
	b->depth = 0;
}

/* What the status word of a response speaks of: RFC 9327 3. */
static unsigned status_table(const uint8_t *p)
{
	const uint32_t opcode = rem_get(p, CONTROL_OPCODE);

	if (!rem_get(p, CONTROL_RESPONSE))
		return TABLE_STATUS;
	if (rem_get(p, CONTROL_ERROR))
		return TABLE_ERROR;
	if (opcode == READ_CLOCK || opcode == WRITE_CLOCK)
		return TABLE_CLOCK;
	return rem_get(p, CONTROL_ASSOCIATION) == 0 ? TABLE_SYSTEM : TABLE_PEER;
}

static void decode_control(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_part *part = rem_push(b, TABLE_CONTROL, v.p,
					 v.cap < CONTROL_HEADER ? v.cap : CONTROL_HEADER);

	if (v.cap < CONTROL_HEADER) {
		rem_fault(part, rem_lack(v, CONTROL_HEADER), 0);
		return;
	}
	rem_push(b, status_table(v.p), v.p + CONTROL_STATUS, 2);
	part = rem_push(b, TABLE_CONTROL_REST, v.p + CONTROL_REST, CONTROL_HEADER - CONTROL_REST);
	const bool lists = rem_get(v.p, CONTROL_OPCODE) == READ_STATUS &&
			   rem_get(v.p, CONTROL_RESPONSE);
	const uint32_t said = rem_get(v.p, CONTROL_COUNT);
	const struct rem_view data = rem_view_skip(v, CONTROL_HEADER);
	const uint32_t n = said < data.cap ? said : data.cap;

	if (n < said)
		rem_fault(part, rem_lack(data, said), CONTROL_REST_COUNT);
	if (n > 0)
		decode_control_data(b, lists, rem_view_first(data, n));
	if (n < data.cap)
		rem_push_row(b, TABLE_DATA, 0, data.p + n, data.cap - n);
}

static void decode_item(struct rem_breakdown *b, const struct item *item, const uint8_t *p,
			uint32_t n)
{
	rem_push(b, item->table, p, n);
	if (item->table == TABLE_MONITOR && n == item->size && rem_get(p, MONITOR_IPV6) != 0)
		rem_push(b, TABLE_MONITOR6, p + MONITOR_ADDRESSES, n - MONITOR_ADDRESSES);
}

/* As many items as there are said to be, of a size that is known; what is left of the message. */
static struct rem_view decode_items(struct rem_breakdown *b, const uint8_t *head, struct rem_view v)
{
	uint32_t left = rem_get(head, PRIVATE_ITEMS);
	const struct item *item = items;

	while (item < items + REM_COUNT(items) && item->request != head[PRIVATE_REQUEST])
		item++;
	if (item == items + REM_COUNT(items) || item->size != rem_get(head, PRIVATE_ITEM_SIZE))
		return v;
	b->depth = 1;
	for (; left > 0 && v.cap > 0; left--) {
		const uint32_t n = v.cap < item->size ? v.cap : item->size;

		decode_item(b, item, v.p, n);
		v = rem_view_skip(v, n);
	}
	b->depth = 0;
	return v;
}

/* Others than ntpd lay out what follows the request code as they like. */
static void decode_private(struct rem_breakdown *b, struct rem_view v)
{
	const bool ntpd = v.cap < PRIVATE_TO_REQUEST || v.p[PRIVATE_IMPLEMENTATION] == NTPD;
	const uint32_t n = ntpd ? PRIVATE_HEADER : PRIVATE_TO_REQUEST;
	struct rem_part *part = rem_push(b, TABLE_PRIVATE, v.p, v.cap < n ? v.cap : n);

	if (v.cap < n) {
		rem_fault(part, rem_lack(v, n), 0);
		return;
	}
	struct rem_view rest = rem_view_skip(v, n);
	if (ntpd)
		rest = decode_items(b, v.p, rest);
	if (rest.cap > 0)
		rem_push_row(b, TABLE_DATA, 0, rest.p, rest.cap);
}

static int ntp_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;

	switch (rem_get(v.p, REM_NTP_MODE)) {
	case REM_NTP_MODE_CONTROL: decode_control(b, v); return (int)v.cap;
	case REM_NTP_MODE_PRIVATE: decode_private(b, v); return (int)v.cap;
	default: break;
	}
	const int err = rem_ntp_check(v, &h);
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, h.len);
	if (err != REM_OK)
		rem_fault(part, err, 0);
	else if (rem_closely(b) && h.payload.cap > 0)
		decode_rest(b, h.payload);
	return (int)v.cap;
}

const struct rem_proto rem_proto_ntp = {
	.table = rem_ntp_tables,
	.tables = TABLE_COUNT,
	.bind = ntp_binds,
	.binds = REM_COUNT(ntp_binds),
	.decode = ntp_decode,
	REM_PROTO_NAMES("ntp", "NTP", "Network Time Protocol", "RFC 5905"),
};

/* "NTPv4 server, stratum 2, 2026-01-01T00:43:04.123456Z" */
static void ntp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	int64_t s;
	int32_t ns;

	rem_out_str(out, "NTPv");
	rem_out_uint(out, rem_get(p, REM_NTP_VERSION));
	rem_out_char(out, ' ');
	rem_out_str(out, REM_NAME_OF(rem_ntp_mode_names, rem_get(p, REM_NTP_MODE)));
	if (layer->table == TABLE_CONTROL && layer->len >= CONTROL_HEADER) {
		const char *what = REM_NAME_OF(rem_ntp_opcode_names, rem_get(p, CONTROL_OPCODE));

		rem_out_str(out, what != NULL ? ", " : "");
		rem_out_str(out, what != NULL ? what : "");
	}
	if (layer->table != TABLE_HEADER || layer->len < REM_NTP_HEADER)
		return;
	rem_out_str(out, ", stratum ");
	rem_out_uint(out, rem_get(p, REM_NTP_STRATUM));
	if (rem_ntp_time(rem_get64(p, REM_NTP_TRANSMIT), &s, &ns)) {
		rem_out_str(out, ", ");
		rem_out_time(out, s, ns, 6);
	}
}

rem_info *const rem_info_ntp = ntp_line;
