/* SPDX-License-Identifier: BSD-3-Clause */
/* Values of DNS rows that are not simply their bits: names, key tags, short addresses. */
#include "proto/dns_values.h"
#include "proto/dns_message.h"
#include <remora/name.h>

struct rem_span rem_dns_message(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_part *layer = rem_part_layer(b, part);
	const struct rem_view v = b->source[layer->source];
	const uint32_t start = layer->off + (layer->table == DNS_STREAM ? layer->len : 0);

	return (struct rem_span){v.p + start, v.cap - start};
}

static uint32_t opcode(const struct rem_row *row)
{
	return rem_get(row->base, REM_DNS_OPCODE);
}

bool rem_dns_in_query(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)v;
	return opcode(row) != REM_DNS_OP_UPDATE;
}

bool rem_dns_in_update(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	(void)b, (void)v;
	return opcode(row) == REM_DNS_OP_UPDATE;
}

bool rem_dns_in_response(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	(void)b, (void)v;
	return rem_get(row->base, REM_DNS_QR) != 0;
}

/* In a query the bit means something only when it is set: RFC 6840 5.7. */
bool rem_dns_authenticated(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	(void)b;
	return rem_get(row->base, REM_DNS_QR) != 0 || v->u != 0;
}

/* RFC 2535 3.1.2: both upper bits say that there is none. */
bool rem_dns_there_is_a_key(const struct rem_breakdown *b, const struct rem_row *row,
			    struct rem_value *v)
{
	(void)b, (void)v;
	return row->base[0] >> 6 != 3;
}

bool rem_dns_not_zero(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	return v->u != 0;
}

bool rem_dns_name(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	v->message = rem_dns_message(b, row->part);
	return true;
}

/* The type of the record whose name the part is: it follows the name. */
static bool is_srv(const struct rem_row *row)
{
	return rem_get(row->base + row->part->len, REM_DNS_TYPE) == REM_DNS_SRV;
}

bool rem_dns_owner(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	return !is_srv(row) && rem_dns_name(b, row, v);
}

/* Goes along pointers to the label that stands at `at`; false: there is none. */
static bool label_at(struct rem_span message, uint32_t *at)
{
	for (unsigned i = 0; i < REM_NAME_POINTERS && *at + 2 <= message.n; i++) {
		const uint8_t *p = message.p + *at;

		if (*p >> 6 != 3)
			return *p >> 6 == 0 && *p > 0 && *p < message.n - *at;
		*at = rem_be16(p) & 0x3fff;
	}
	return false;
}

/* The offset of the nth label of an SRV record's name: its service, its protocol, its domain. */
static bool srv_label(const struct rem_breakdown *b, const struct rem_row *row, unsigned nth,
		      struct rem_span *message, uint32_t *at)
{
	*message = rem_dns_message(b, row->part);
	*at = (uint32_t)(row->base - message->p);
	if (!is_srv(row) || !label_at(*message, at))
		return false;
	while (nth-- > 0) {
		*at += 1u + message->p[*at];
		if (!label_at(*message, at))
			return false;
	}
	return true;
}

static bool srv_text(const struct rem_breakdown *b, const struct rem_row *row, unsigned nth,
		     struct rem_value *v)
{
	struct rem_span message;
	uint32_t at;

	if (!srv_label(b, row, nth, &message, &at))
		return false;
	v->bytes = (struct rem_span){message.p + at + 1, message.p[at]};
	return true;
}

bool rem_dns_srv_service(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	static const uint8_t root[] = "<Root>";

	if (is_srv(row) && *row->base == 0) {
		v->bytes.p = root;
		v->bytes.n = sizeof(root) - 1;
		return true;
	}
	return srv_text(b, row, 0, v);
}

bool rem_dns_srv_proto(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	return srv_text(b, row, 1, v);
}

bool rem_dns_srv_name(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	struct rem_span message;
	uint32_t at;

	if (!srv_label(b, row, 2, &message, &at))
		return false;
	v->name = (struct rem_span){message.p + at, message.n - at};
	v->message = message;
	return true;
}

static void name_text(const struct rem_breakdown *b, const struct rem_row *row,
		      struct rem_name_text *text)
{
	rem_name_text(rem_row_bytes(row), rem_dns_message(b, row->part), text);
}

bool rem_dns_text_length(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	struct rem_name_text text;

	name_text(b, row, &text);
	v->u = text.n;
	return true;
}

/* As Wireshark counts: a name of a single character has no length and no labels. */
bool rem_dns_name_length(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	rem_dns_text_length(b, row, v);
	if (v->u == 1)
		v->u = 0;
	return true;
}

bool rem_dns_name_labels(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	struct rem_name_text text;

	name_text(b, row, &text);
	v->u = text.n > 1;
	for (uint32_t i = 0; text.n > 1 && i < text.n; i++)
		v->u += text.p[i] == '.';
	return true;
}

bool rem_dns_text(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const uint8_t *nul = v->bytes.n > 0 ? rem_chr(v->bytes.p, 0, v->bytes.n) : NULL;

	(void)b, (void)row;
	if (nul != NULL)
		v->bytes.n = (uint32_t)(nul - v->bytes.p);
	return true;
}

bool rem_dns_part_length(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	(void)b;
	v->u = row->part->len;
	return true;
}

bool rem_dns_bit(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const uint8_t *bits = rem_part_bytes(b, row->part);

	if (v->u == 0)
		return false;
	v->u = 8 * row->element + row->index;
	if (row->part->table == DNS_BITMAP) /* its block's number and length stand in front */
		v->u += (uint32_t)bits[-2] << 8;
	return true;
}

/* The part before the first of a record's data is its head, whose length says where they end. */
bool rem_dns_key_id(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	enum { FIXED = 4, ALGORITHM = 3, RSA_MD5 = 1 };
	const uint8_t *p = row->base;
	const uint32_t n = rem_get(rem_part_bytes(b, row->part - 1), REM_DNS_RDLENGTH);
	uint32_t sum = 0;

	if (n < FIXED || row->part->off + n > b->source[row->part->source].cap)
		return false;
	if (p[ALGORITHM] == RSA_MD5) { /* RFC 4034 B.1 */
		v->u = rem_be16(p + n - 3);
		return true;
	}
	for (uint32_t i = 0; i < n; i++)
		sum += i % 2 == 0 ? (uint32_t)p[i] << 8 : p[i];
	v->u = (sum + (sum >> 16 & 0xffff)) & 0xffff;
	return true;
}

bool rem_dns_key_reserved(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	(void)b;
	v->u = (rem_be16(row->base) & 0xfe7e) >> 1;
	return true;
}

/* An IPv4 address of which only the first bytes may be written; the others are zero. */
bool rem_dns_prefix(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const struct rem_span have = rem_row_bytes(row);

	(void)b;
	v->u = 0;
	for (uint32_t i = 0; i < 4; i++)
		v->u = v->u << 8 | (i < have.n ? have.p[i] : 0u);
	return true;
}

/* The lower bits of an IPv6 address, as far as they are all of it. */
bool rem_dns_suffix(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	return v->bytes.n == 16;
}

bool rem_dns_caa_value(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	const uint32_t skip = 1u + row->base[0];

	if (skip > v->bytes.n)
		return false;
	v->bytes.p += skip;
	v->bytes.n -= skip;
	return rem_dns_text(b, row, v);
}
