/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Dynamic Host Configuration Protocol: RFC 2131, and BOOTP: RFC 951. The message's diagram and
 * handles stand in remora/dhcp.h.
 */
#include "proto/dhcp_parts.h"
#include <remora/text.h>

enum {
	CHADDR = REM_OFF(REM_DHCP_CHADDR) / 8,
	SNAME = REM_OFF(REM_DHCP_SNAME) / 8,
	FILE_NAME = REM_OFF(REM_DHCP_FILE) / 8
};
enum {
	CHADDR_BYTES = 16,
	SNAME_BYTES = 64,
	FILE_BYTES = 128,
	MAC_BYTES = 6,
	COOKIE_BYTES = 4,
	VENDOR_AREA = 64
};
enum { ETHERNET = 1, IEEE_802 = 6 };

static const struct rem_bind dhcp_binds[] = {{REM_SPACE_UDP, 67}, {REM_SPACE_UDP, 68}};

const struct rem_tlv rem_dhcp_option = {
	.unit = 1,
	.pad = REM_DHCP_PAD,
	.end = REM_DHCP_END,
};

int rem_dhcp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_DHCP_HEADER ? v.cap : REM_DHCP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	if (v.cap < REM_DHCP_HEADER)
		return rem_lack(v, REM_DHCP_HEADER);
	h->bad = REM_DHCP_COOKIE;
	if (v.cap < REM_DHCP_OPTIONS)
		return rem_lack(v, REM_DHCP_OPTIONS);
	if (rem_get(v.p, REM_DHCP_COOKIE) != REM_DHCP_MAGIC)
		return REM_FIELD;
	h->bad = 0;
	return REM_OK;
}

/* ---- the walk over all options ---- */

struct rem_dhcp_walk rem_dhcp_walk(struct rem_view message)
{
	struct rem_dhcp_walk walk = {.message = message};

	if (message.cap >= REM_DHCP_OPTIONS &&
	    rem_get(message.p, REM_DHCP_COOKIE) == REM_DHCP_MAGIC)
		walk.rest = rem_view_skip(message, REM_DHCP_OPTIONS);
	return walk;
}

/* Moves on to a field that holds options; file comes before sname: RFC 2131 4.1. */
static bool next_field(struct rem_dhcp_walk *walk)
{
	const bool file = (walk->overload & REM_DHCP_OVERLOAD_FILE) != 0;
	const uint32_t n = file ? FILE_BYTES : SNAME_BYTES;

	if (!file && (walk->overload & REM_DHCP_OVERLOAD_SNAME) == 0)
		return false;
	walk->overload &= file ? REM_DHCP_OVERLOAD_SNAME : 0;
	walk->rest = (struct rem_view){walk->message.p + (file ? FILE_NAME : SNAME), n, n};
	return true;
}

bool rem_dhcp_next(struct rem_dhcp_walk *walk, struct rem_tlv_item *item)
{
	do {
		while (rem_tlv_next(&rem_dhcp_option, &walk->rest, item)) {
			if (item->err != REM_OK || item->tag == REM_DHCP_PAD ||
			    item->tag == REM_DHCP_END)
				continue;
			/* only the message's end may say so, or there would be no end to it */
			if (item->tag == REM_DHCP_OVERLOAD && item->value.cap > 0 &&
			    item->whole.p >= walk->message.p + REM_DHCP_OPTIONS)
				walk->overload = item->value.p[0];
			return true;
		}
	} while (next_field(walk));
	return false;
}

bool rem_dhcp_find(struct rem_view message, unsigned tag, uint32_t least, struct rem_view *value)
{
	struct rem_dhcp_walk walk = rem_dhcp_walk(message);
	struct rem_tlv_item item;

	while (rem_dhcp_next(&walk, &item)) {
		if (item.tag == tag && item.value.cap >= least) {
			*value = item.value;
			return true;
		}
	}
	return false;
}

/* ---- decode ---- */

/* Vendors put what they like behind BOOTP; options may follow 64 bytes of it. */
struct rem_view rem_dhcp_options_of(struct rem_view v)
{
	if (v.cap < REM_DHCP_OPTIONS)
		return rem_view_skip(v, v.cap);
	if (rem_get(v.p, REM_DHCP_COOKIE) == REM_DHCP_MAGIC)
		return rem_view_skip(v, REM_DHCP_OPTIONS);
	const uint32_t n = REM_DHCP_HEADER + VENDOR_AREA;
	return rem_view_skip(v, v.cap < n ? v.cap : n);
}

/* Notes an option of the message's own area, whose pieces can be joined if they are not too far apart. */
static void note(struct rem_dhcp_survey *s, const struct rem_tlv_item *item, const uint8_t *start)
{
	const uint8_t *end = item->whole.p + item->whole.cap;

	rem_dhcp_note_piece(s, item, end - start <= REM_MAX_JOINED);
}

/* In fields that are overloaded, pieces come behind those of the area, but are shown before them. */
static void note_overloaded(struct rem_dhcp_survey *s, struct rem_view field)
{
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_dhcp_option, &field, &item))
		rem_dhcp_note_piece(s, &item, false);
}

/* The last overload counts, and what stands where its value should be, however long it is. */
static struct rem_dhcp_survey survey(struct rem_view message)
{
	struct rem_view options = rem_dhcp_options_of(message);
	const uint8_t *start = options.p, *end = options.p + options.cap;
	struct rem_dhcp_survey s = {0};
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_dhcp_option, &options, &item)) {
		s.ends = item.tag == REM_DHCP_END;
		if (item.tag == REM_DHCP_VENDOR_CLASS)
			s.class = item.value;
		if (item.tag >= REM_DHCP_SEARCH) /* those before are whole, each */
			note(&s, &item, start);
		if (end - item.whole.p < 3)
			continue;
		if (item.tag == REM_DHCP_OVERLOAD)
			s.overload = item.whole.p[2];
		s.is_dhcp = s.is_dhcp || item.tag == REM_DHCP_TYPE;
	}
	if ((s.overload & REM_DHCP_OVERLOAD_FILE) != 0)
		note_overloaded(&s, rem_dhcp_field(message, REM_DHCP_FILE));
	if ((s.overload & REM_DHCP_OVERLOAD_SNAME) != 0)
		note_overloaded(&s, rem_dhcp_field(message, REM_DHCP_SNAME));
	return s;
}

/* Does the field chaddr hold an Ethernet address? */
static bool is_ethernet(const uint8_t *p)
{
	const uint32_t type = rem_get(p, REM_DHCP_HTYPE);

	return (type == ETHERNET || type == IEEE_802) && rem_get(p, REM_DHCP_HLEN) == MAC_BYTES;
}

static void push_hardware(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t n = rem_get(v.p, REM_DHCP_HLEN);
	const bool mac = is_ethernet(v.p);
	const uint32_t need = mac ? MAC_BYTES : CHADDR_BYTES;

	if (v.cap < CHADDR + need)
		return;
	if (n == 0 || n > CHADDR_BYTES) {
		rem_push(b, TABLE_CUT, v.p + CHADDR, need);
		return;
	}
	rem_push_row(b, TABLE_HARDWARE, mac ? HARDWARE_MAC : HARDWARE_ADDRESS, v.p + CHADDR, need);
	if (n < CHADDR_BYTES && v.cap >= SNAME)
		rem_push_row(b, TABLE_HARDWARE, HARDWARE_PADDING, v.p + CHADDR + n,
			     CHADDR_BYTES - n);
}

/* Pushes what stands between the addresses and the options. */
static void push_names(struct rem_breakdown *b, struct rem_view v, const struct rem_dhcp_survey *s)
{
	if ((s->overload & REM_DHCP_OVERLOAD_SNAME) == 0 && v.cap >= FILE_NAME)
		rem_push_row(b, TABLE_NAMES, NAMES_SERVER, v.p + SNAME, SNAME_BYTES);
	if ((s->overload & REM_DHCP_OVERLOAD_FILE) == 0 && v.cap >= REM_DHCP_HEADER)
		rem_push_row(b, TABLE_NAMES, NAMES_FILE, v.p + FILE_NAME, FILE_BYTES);
	if (!s->is_dhcp && v.cap >= REM_DHCP_HEADER)
		rem_push_row(b, TABLE_BOOTP, 0, v.p, 0);
}

static void push_vendor_area(struct rem_breakdown *b, struct rem_view rest)
{
	if (rest.cap >= VENDOR_AREA)
		rem_push(b, TABLE_VENDOR_AREA, rest.p, VENDOR_AREA);
	else if (rest.cap > 0)
		rem_fault(rem_push(b, TABLE_CUT, rest.p, rest.cap), rem_lack(rest, VENDOR_AREA), 0);
}

/* A request whose client cannot be told is nothing to anybody: UDP shows its bytes. */
static bool is_readable(struct rem_view v)
{
	enum { TO_HLEN = 3 };

	if (v.cap < TO_HLEN)
		return false;
	return rem_get(v.p, REM_DHCP_OP) != REM_DHCP_BOOTREQUEST ||
	       v.cap >= CHADDR + rem_get(v.p, REM_DHCP_HLEN);
}

/* The addresses, without a word of flags that is cut in two. */
static uint32_t header_length(struct rem_view v)
{
	const uint32_t flags = REM_OFF(REM_DHCP_FLAGS) / 8;

	return v.cap == flags + 1 ? flags : v.cap < CHADDR ? v.cap : CHADDR;
}

static int dhcp_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_dhcp_check(v, &h);

	if (!is_readable(v))
		return (int)v.cap;
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p, header_length(v));
	if (h.len < REM_DHCP_HEADER)
		rem_fault(part, err, 0);
	push_hardware(b, v);
	struct rem_dhcp_survey s = survey(v);
	if (v.cap < v.wire && !s.ends) {
		/* what is missing could say that these are no names but options */
		if (v.cap > SNAME)
			rem_fault(rem_push(b, TABLE_CUT, v.p + SNAME, v.cap - SNAME), REM_SHORT, 0);
		return (int)v.cap;
	}
	push_names(b, v, &s);
	if (err == REM_OK)
		rem_push(b, TABLE_COOKIE, h.payload.p, COOKIE_BYTES);
	else
		push_vendor_area(b, h.payload);
	if (rem_closely(b))
		rem_dhcp_decode_options(b, v, rem_dhcp_options_of(v), &s);
	return (int)v.cap;
}

/* Some clients write their seconds in the order of their own bytes. */
bool rem_dhcp_seconds(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	if (v->u > 0xff && (v->u & 0xff) == 0)
		v->u >>= 8;
	return true;
}

bool rem_dhcp_yes(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	v->u = 1;
	return true;
}

bool rem_dhcp_zero(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	v->u = 0;
	return true;
}

const struct rem_proto rem_proto_dhcp = {
	.table = rem_dhcp_tables,
	.tables = TABLE_COUNT,
	.bind = dhcp_binds,
	.binds = REM_COUNT(dhcp_binds),
	.decode = dhcp_decode,
	REM_PROTO_NAMES("dhcp", "DHCP", "Dynamic Host Configuration Protocol", "RFC 2131"),
};

/* ---- the line ---- */

/* "1 h", "90 s", "forever" */
static void out_duration(struct rem_out *out, uint32_t s)
{
	static const struct {
		uint32_t seconds;
		const char *text;
	} units[] = {{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}};
	unsigned i = 0;

	if (s == UINT32_MAX) {
		rem_out_str(out, "forever");
		return;
	}
	while (i + 1 < REM_COUNT(units) && (s < units[i].seconds || s % units[i].seconds != 0))
		i++;
	rem_out_uint(out, s / units[i].seconds);
	rem_out_str(out, units[i].text);
}

static void out_address_option(struct rem_out *out, const char *what, struct rem_view message,
			       unsigned tag)
{
	struct rem_view value;

	if (!rem_dhcp_find(message, tag, 4, &value))
		return;
	rem_out_str(out, what);
	rem_out_ipv4(out, rem_be32(value.p));
}

static void out_text_option(struct rem_out *out, const char *what, struct rem_view message,
			    unsigned tag)
{
	struct rem_view value;

	if (!rem_dhcp_find(message, tag, 1, &value))
		return;
	const uint8_t *nul = rem_chr(value.p, 0, value.cap);
	rem_out_str(out, what);
	rem_out_char(out, '"');
	rem_out_text(out, value.p, nul != NULL ? (uint32_t)(nul - value.p) : value.cap);
	rem_out_char(out, '"');
}

/* What a server says: "Offer 192.168.1.53, lease 1 h, router 192.168.1.1" */
static void out_reply(struct rem_out *out, struct rem_view message)
{
	const uint32_t address = rem_get(message.p, REM_DHCP_YIADDR);
	struct rem_view value;

	if (address != 0) {
		rem_out_char(out, ' ');
		rem_out_ipv4(out, address);
	}
	if (rem_dhcp_find(message, REM_DHCP_LEASE, 4, &value)) {
		rem_out_str(out, ", lease ");
		out_duration(out, rem_be32(value.p));
	}
	out_address_option(out, ", router ", message, REM_DHCP_ROUTER);
	out_text_option(out, ", ", message, REM_DHCP_MESSAGE);
}

/* What a client says: "Request 192.168.1.53, xid 0x8f3a21c4, hostname "remora"" */
static void out_request(struct rem_out *out, struct rem_view message)
{
	const uint32_t address = rem_get(message.p, REM_DHCP_CIADDR);
	struct rem_view value;

	if (rem_dhcp_find(message, REM_DHCP_REQUESTED, 4, &value) || address != 0) {
		rem_out_char(out, ' ');
		rem_out_ipv4(out, address != 0 ? address : rem_be32(value.p));
	}
	rem_out_str(out, ", xid 0x");
	rem_out_hex(out, rem_get(message.p, REM_DHCP_XID), 8);
	out_text_option(out, ", hostname ", message, REM_DHCP_HOSTNAME);
}

static void dhcp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const uint32_t here = b->source[layer->source].cap - layer->off;
	const struct rem_view message = {p, here < layer->extent ? here : layer->extent,
					 layer->extent};
	struct rem_view value;

	if (message.cap < CHADDR) {
		rem_out_str(out, "DHCP message cut short");
		return;
	}
	const bool reply = rem_get(p, REM_DHCP_OP) == REM_DHCP_BOOTREPLY;
	const bool typed = rem_dhcp_find(message, REM_DHCP_TYPE, 1, &value);
	const char *name = typed ? REM_NAME_OF(rem_dhcp_type_names, value.p[0]) : NULL;
	if (name != NULL) {
		rem_out_str(out, name);
	} else if (typed) {
		rem_out_str(out, "message type ");
		rem_out_uint(out, value.p[0]);
	} else {
		rem_out_str(out, reply ? "BOOTP reply" : "BOOTP request");
	}
	if (reply)
		out_reply(out, message);
	else
		out_request(out, message);
}

rem_info *const rem_info_dhcp = dhcp_line;
