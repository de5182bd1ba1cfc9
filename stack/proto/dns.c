/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Domain Name System: RFC 1035, over UDP and TCP. The header's diagram and handles stand in
 * remora/dns.h; the tables in dns_tables.c, the data of records in dns_rdata.c.
 */
#include "proto/dns_message.h"
#include <remora/name.h>
#include <remora/text.h>
#include <remora/udp.h>

int rem_dns_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_DNS_HEADER ? v.cap : REM_DNS_HEADER};
	h->payload = rem_view_skip(v, h->len);
	return v.cap < REM_DNS_HEADER ? rem_lack(v, REM_DNS_HEADER) : REM_OK;
}

void rem_dns_begin(struct rem_dns_walk *walk, struct rem_span message)
{
	*walk = (struct rem_dns_walk){
		.message = message,
		.at = REM_DNS_HEADER,
		.left = rem_get(message.p, REM_DNS_QDCOUNT),
		.section = REM_DNS_QUESTIONS,
		.steps = 2 * message.n, /* no honest message comes near */
	};
}

/* The handle of a section's number of items. */
#define SECTION_COUNT(section) (REM_DNS_QDCOUNT + REM_BYTES(2 * (section), 0))

int rem_dns_item(struct rem_dns_walk *walk, int name, struct rem_dns_item *item)
{
	const uint32_t n = (uint32_t)name, room = walk->message.n - walk->at;
	const bool question = walk->section == REM_DNS_QUESTIONS;
	const uint32_t head = question ? REM_DNS_QUESTION : REM_DNS_RECORD;

	item->fixed = NULL;
	if (name < 0)
		return name;
	if (n > room || head > room - n)
		return REM_SHORT;
	const uint8_t *at = walk->message.p + walk->at, *fixed = at + n;
	const uint32_t data = question ? 0 : rem_get(fixed, REM_DNS_RDLENGTH);
	*item = (struct rem_dns_item){
		.section = (enum rem_dns_section)walk->section,
		.type = rem_get(fixed, REM_DNS_TYPE),
		.name = {at, n},
		.fixed = fixed,
		.data = {fixed + head, data},
	};
	if (data > room - n - head)
		return REM_SHORT;
	walk->at += n + head + data;
	walk->left--;
	return 1;
}

int rem_dns_next(struct rem_dns_walk *walk, struct rem_dns_item *item)
{
	const struct rem_span m = walk->message;

	while (walk->left == 0) {
		if (walk->section == REM_DNS_ADDITIONALS)
			return REM_OK;
		walk->left = rem_get(m.p + 2 * ++walk->section, REM_DNS_QDCOUNT);
	}
	return rem_dns_item(walk, rem_name_take(m, walk->at, &walk->steps), item);
}

/* The table of what stands behind a name: by question or record, by OPT, by protocol. */
static unsigned head_table(const struct rem_breakdown *b, const struct rem_dns_item *item)
{
	const bool mdns = b->proto == REM_P_MDNS;

	if (item->section == REM_DNS_QUESTIONS)
		return mdns ? DNS_MDNS_QUESTION_HEAD : DNS_QUESTION_HEAD;
	if (item->type == REM_DNS_OPT)
		return mdns ? DNS_MDNS_OPT_HEAD : DNS_OPT_HEAD;
	return mdns ? DNS_MDNS_RECORD_HEAD : DNS_RECORD_HEAD;
}

/* Where the item's rows end in the message: before its end, if the data say that the rest of the
 * message cannot be trusted, or are not all here; `good` tells. */
static uint32_t push_item(struct rem_breakdown *b, struct rem_dns_walk *walk,
			  const struct rem_dns_item *item, bool *good)
{
	static const uint8_t name_table[] = {
		[REM_DNS_QUESTIONS] = DNS_QUESTION,
		[REM_DNS_ANSWERS] = DNS_ANSWER,
		[REM_DNS_AUTHORITIES] = DNS_AUTHORITY,
		[REM_DNS_ADDITIONALS] = DNS_ADDITIONAL,
	};
	const bool question = item->section == REM_DNS_QUESTIONS;

	b->depth = 1;
	rem_push(b, name_table[item->section], item->name.p, item->name.n);
	rem_push(b, head_table(b, item), item->fixed, question ? REM_DNS_QUESTION : REM_DNS_RECORD);
	const uint32_t at = (uint32_t)(item->data.p - walk->message.p);
	struct dns_rdata r = {b, walk->message, at, at + item->data.n, &walk->steps};

	*good = question || (r.end <= walk->message.n && rem_dns_rdata(&r, item->type));
	b->depth = 0;
	return r.at;
}

static void push_rest(struct rem_breakdown *b, const struct rem_dns_walk *walk, int err)
{
	const uint32_t n = walk->message.n - walk->at;

	if (n == 0)
		return;
	struct rem_part *part = rem_push(b, DNS_REST, walk->message.p + walk->at, n);
	part->err = (int8_t)err;
	part->err_row = 0;
}

/* Questions and records, what follows them, and what is wrong with them. */
static void decode_items(struct rem_breakdown *b, struct rem_part *header, struct rem_view v)
{
	const bool cut = v.cap < v.wire;
	struct rem_dns_walk walk;
	struct rem_dns_item item;
	int more;

	rem_dns_begin(&walk, (struct rem_span){v.p, v.cap});
	bool good;
	while ((more = rem_dns_next(&walk, &item)) > 0) {
		push_item(b, &walk, &item, &good);
		if (!good) {
			push_rest(b, &walk, cut ? REM_SHORT : REM_LENGTH);
			return;
		}
	}
	if (more != REM_OK) {
		if (more == REM_SHORT && !cut)
			more = REM_LENGTH;
		rem_fault(header, more, SECTION_COUNT(walk.section));
		if (more == REM_SHORT && item.fixed != NULL)
			walk.at = push_item(b, &walk, &item, &good);
		push_rest(b, &walk, more);
	} else if (!cut && walk.at < v.cap) {
		rem_push(b, DNS_EXTRANEOUS, v.p + walk.at, v.cap - walk.at);
	}
}

/* Stateful operations have no questions and no records: RFC 8490 5.4. */
static bool is_dso(const uint8_t *p)
{
	return rem_get(p, REM_DNS_OPCODE) == REM_DNS_OP_DSO && rem_get64(p, REM_BITS(32, 64)) == 0;
}

int rem_dns_decode(struct rem_breakdown *b, struct rem_view v)
{
	const unsigned table = b->proto == REM_P_LLMNR ? DNS_LLMNR_HEADER : DNS_HEADER;
	struct rem_head h;
	const int err = rem_dns_check(v, &h);
	struct rem_part *header = rem_push(b, table, v.p, h.len);

	if (err != REM_OK) {
		rem_fault(header, err, 0);
		if (h.len < REM_END(REM_DNS_FLAGS))
			header->rows = 0; /* not enough to tell what it is */
		return (int)v.cap;
	}
	if (!rem_closely(b))
		return (int)v.cap;
	if (is_dso(v.p)) {
		uint32_t steps = 0;
		struct dns_rdata r = {b, {v.p, v.cap}, REM_DNS_HEADER, v.cap, &steps};

		rem_dns_dso(&r);
	} else {
		decode_items(b, header, v);
	}
	return (int)v.cap;
}

/* Over TCP each message follows its length: RFC 1035 4.2.2. */
static bool in_stream(const struct rem_breakdown *b)
{
	const struct rem_part *parent = rem_parent(b);

	return parent != NULL && (parent->proto == REM_P_TCP || parent->proto == REM_P_DNS);
}

/*
 * Does a message begin here? A segment may be the middle of a long one, of which nobody knows where
 * the next begins: its bytes have an opcode in use, a reserved bit of zero and few questions
 * once in two thousand times.
 */
static bool begins(struct rem_view message)
{
	const uint32_t opcodes = 1 << 0 | 1 << 4 | 1 << 5 | 1 << 6;

	if ((opcodes >> rem_get(message.p, REM_DNS_OPCODE) & 1) == 0 ||
	    rem_get(message.p, REM_DNS_Z))
		return false;
	return message.cap < REM_DNS_HEADER || rem_get(message.p, REM_DNS_QDCOUNT) < 256;
}

/* The first message of a segment that has at least its flags; the next one is the next layer. */
static int decode_stream(struct rem_breakdown *b, struct rem_view v)
{
	enum { PREFIX = 2, LEAST = REM_END(REM_DNS_FLAGS) };
	struct rem_view rest = v, message = {v.p, 0, 0};

	while (message.cap < LEAST && rest.cap > PREFIX) {
		message = rem_view_first(rem_view_skip(rest, PREFIX), rem_be16(rest.p));
		rest = rem_view_skip(rest, PREFIX + message.cap);
	}
	if (message.cap < LEAST || !begins(message))
		return REM_MISS;
	message.wire = rem_be16(message.p - PREFIX);
	rem_push(b, DNS_STREAM, message.p - PREFIX, PREFIX);
	rem_dns_decode(b, message);
	if (rest.cap > 0)
		rem_next(b, REM_SPACE_TCP, REM_DNS_PORT, rest);
	return (int)v.cap;
}

/* NetBIOS asks for names in the same form, but encodes them: RFC 1002 4.1. */
static bool is_netbios(const struct rem_breakdown *b)
{
	enum { NETBIOS = 137 };
	const struct rem_part *parent = rem_parent(b);

	if (parent == NULL || parent->proto != REM_P_UDP)
		return false;
	const uint8_t *p = rem_part_bytes(b, parent);
	return rem_get(p, REM_UDP_SRC) == NETBIOS || rem_get(p, REM_UDP_DST) == NETBIOS;
}

static int dns_decode(struct rem_breakdown *b, struct rem_view v)
{
	if (in_stream(b))
		return decode_stream(b, v);
	return is_netbios(b) ? REM_MISS : rem_dns_decode(b, v);
}

/* On ports that are nobody's: one question, or an answer to one, with counts that are usual. */
static bool dns_probe(struct rem_view v)
{
	enum { MOST_ANSWERS = 100, MOST = 10 };

	if (v.cap < REM_DNS_HEADER || v.wire <= REM_DNS_HEADER ||
	    rem_get(v.p, REM_DNS_OPCODE) != REM_DNS_OP_QUERY)
		return false;
	const uint32_t questions = rem_get(v.p, REM_DNS_QDCOUNT);
	const uint32_t answers = rem_get(v.p, REM_DNS_ANCOUNT);
	const uint32_t authorities = rem_get(v.p, REM_DNS_NSCOUNT);
	if (rem_get(v.p, REM_DNS_ARCOUNT) > MOST)
		return false;
	if (rem_get(v.p, REM_DNS_QR) == 0)
		return questions == 1 && answers == 0 && authorities == 0;
	return questions <= 1 && answers <= MOST_ANSWERS && authorities <= MOST;
}

static const struct rem_bind dns_binds[] = {
	{REM_SPACE_UDP, REM_DNS_PORT},
	{REM_SPACE_TCP, REM_DNS_PORT},
};

const struct rem_proto rem_proto_dns = {
	.table = rem_dns_tables,
	.tables = DNS_TABLES,
	.bind = dns_binds,
	.binds = REM_COUNT(dns_binds),
	.decode = dns_decode,
	.probe = dns_probe,
	.probe_space = REM_SPACE_UDP,
	.spaces = 1 << REM_SPACE_TCP,
	REM_PROTO_NAMES("dns", "DNS", "Domain Name System", "RFC 1035"),
};

static void out_type(struct rem_out *out, uint32_t type)
{
	const char *name = rem_name_of(&rem_dns_type_names, type);

	if (name != NULL) {
		rem_out_str(out, name);
	} else {
		rem_out_str(out, "TYPE"); /* RFC 3597 5 */
		rem_out_uint(out, type);
	}
}

/* " 192.0.2.1", " CNAME www.example.org", or the type alone. */
static void out_answer(struct rem_out *out, const struct rem_dns_item *item,
		       struct rem_span message)
{
	const uint32_t at = (uint32_t)(item->data.p - message.p);
	uint32_t steps = message.n;

	rem_out_char(out, ' ');
	switch (item->type) {
	case REM_DNS_A:
		if (item->data.n >= 4)
			rem_out_ipv4(out, rem_be32(item->data.p));
		return;
	case REM_DNS_AAAA:
		if (item->data.n >= 16)
			rem_out_ipv6(out, item->data.p);
		return;
	case REM_DNS_NS:
	case REM_DNS_CNAME:
	case REM_DNS_PTR:
		out_type(out, item->type);
		if (item->data.n > 0 && rem_name_take(message, at, &steps) > 0) {
			rem_out_char(out, ' ');
			rem_out_name(out, item->data, message);
		}
		return;
	default: out_type(out, item->type); return;
	}
}

/* "Query A pool.ntp.org", "Response A pool.ntp.org 192.0.2.1 192.0.2.2" */
static void out_items(struct rem_out *out, struct rem_span message)
{
	enum { MOST = 6 };
	struct rem_dns_walk walk;
	struct rem_dns_item item;
	uint32_t left = rem_get(message.p, REM_DNS_QDCOUNT) + rem_get(message.p, REM_DNS_ANCOUNT);
	unsigned answers = 0;

	rem_dns_begin(&walk, message);
	for (; left > 0 && rem_dns_next(&walk, &item) > 0; left--) {
		if (item.section == REM_DNS_QUESTIONS) {
			rem_out_char(out, ' ');
			out_type(out, item.type);
			rem_out_char(out, ' ');
			rem_out_name(out, item.name, message);
		} else if (answers++ < MOST) {
			out_answer(out, &item, message);
		}
		if (answers == MOST || out->full) {
			rem_out_str(out, " …");
			return;
		}
	}
}

/* Those of RFC 1035 by name, the later ones by number. */
static void out_rcode(struct rem_out *out, uint32_t rcode)
{
	enum { REFUSED = 5 };
	const char *name = rcode <= REFUSED ? rem_name_of(&rem_dns_rcode_names, rcode) : NULL;

	rem_out_str(out, name != NULL ? ", " : ", reply code ");
	if (name != NULL)
		rem_out_str(out, name);
	else
		rem_out_uint(out, rcode);
}

void rem_dns_line(const struct rem_breakdown *b, const struct rem_part *layer, struct rem_out *out)
{
	const struct rem_span message = rem_dns_message(b, layer);

	if (message.n < REM_DNS_HEADER) {
		rem_out_str(out, "DNS header cut short");
		return;
	}
	const bool response = rem_get(message.p, REM_DNS_QR) != 0;
	const uint32_t opcode = rem_get(message.p, REM_DNS_OPCODE);
	const uint32_t rcode = rem_get(message.p, REM_DNS_RCODE);
	switch (opcode) {
	case REM_DNS_OP_QUERY:
		if (response)
			rem_out_str(out, "Response");
		else
			rem_out_str(out, "Query");
		break;
	case REM_DNS_OP_UPDATE: rem_out_str(out, response ? "Update response" : "Update"); break;
	case REM_DNS_OP_DSO: rem_out_str(out, "Stateful operation"); return;
	default:
		rem_out_str(out, response ? "Response to opcode " : "Opcode ");
		rem_out_uint(out, opcode);
		break;
	}
	out_items(out, message);
	if (response && rcode != 0)
		out_rcode(out, rcode);
}

rem_info *const rem_info_dns = rem_dns_line;
