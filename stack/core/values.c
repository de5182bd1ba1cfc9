/* SPDX-License-Identifier: BSD-3-Clause */
/* Values and what they mean, as text. */
#include "core/decode.h"
#include <remora/sorted.h>
#include <remora/text.h>

const char *rem_err_text(int err)
{
	switch (err) {
	case REM_OK: return "good";
	case REM_SHORT: return "cut short";
	case REM_LENGTH: return "length lies";
	case REM_FIELD: return "value not allowed";
	case REM_SUM: return "checksum wrong";
	case REM_LOOP: return "loop";
	case REM_LIMIT: return "limit reached";
	case REM_STATE: return "wrong state";
	case REM_UNSUP: return "not supported";
	case REM_DROP: return "dropped";
	case REM_CLOSED: return "closed";
	case REM_MISS: return "not mine";
	default: return "unknown error";
	}
}

const char *rem_class_name(enum rem_class c)
{
	static const char *const names[REM_C_CLASSES] = {
		[REM_C_NONE] = "field",
		[REM_C_VERSION] = "version",
		[REM_C_SIZE] = "size",
		[REM_C_FLAGS] = "flags",
		[REM_C_ID] = "id",
		[REM_C_CHECKSUM] = "checksum",
		[REM_C_TYPE] = "type",
		[REM_C_PROTO] = "protocol",
		[REM_C_OP] = "op",
		[REM_C_SOURCE] = "source",
		[REM_C_DESTINATION] = "destination",
		[REM_C_ADDRESS] = "address",
		[REM_C_PORT] = "port",
		[REM_C_SEQUENCE] = "sequence",
		[REM_C_TIME] = "time",
		[REM_C_COUNT] = "count",
		[REM_C_TEXT] = "text",
		[REM_C_OPTION] = "option",
		[REM_C_PAYLOAD] = "payload",
		[REM_C_RESERVED] = "reserved",
	};

	return names[c];
}

const char *rem_name_of(const struct rem_names *names, uint64_t value)
{
	if (names == NULL)
		return NULL;
	/* Many registries begin without gaps, at 0 or 1: there the value is the place. */
	for (uint64_t i = value; i < names->n && i + 1 >= value; i--) {
		if (names->name[i].value == value)
			return names->name[i].text;
	}
	const struct rem_sorted s = {names->name, names->n, sizeof(names->name[0]),
				     sizeof(names->name[0].value)};
	const struct rem_name *name = rem_sorted_find(&s, value);
	return name != NULL ? name->text : NULL;
}

static void out_integer(struct rem_out *o, const struct rem_field *f, uint32_t bits, uint64_t v)
{
	switch (f->show) {
	case REM_HEX:
		rem_out_str(o, "0x");
		rem_out_hex(o, v, bits == 0 || bits > 64 ? 1 : (bits + 3) / 4);
		break;
	case REM_BARE: rem_out_hex(o, v, bits == 0 || bits > 64 ? 1 : (bits + 3) / 4); break;
	case REM_OCT:
		for (int shift = 63; shift >= 0; shift -= 3) {
			if (v >> shift != 0 || shift == 0)
				rem_out_char(o, (char)('0' + (v >> shift & 7)));
		}
		break;
	case REM_BIN:
		rem_out_str(o, "0b");
		for (uint32_t i = bits; i-- > 0;)
			rem_out_char(o, (char)('0' + (v >> i & 1)));
		break;
	case REM_CHAR: rem_out_text(o, (const uint8_t[]){(uint8_t)v}, 1); break;
#ifndef REM_NO_NAMES
	case REM_WORD: {
		const char *name = rem_name_of(f->names, v);

		rem_out_str(o, name != NULL ? name : f->unit);
		if (name == NULL)
			rem_out_uint(o, v);
		break;
	}
	case REM_LETTERS:
		for (uint32_t i = 0; i < bits; i++) {
			if ((v >> (bits - 1 - i) & 1) != 0)
				rem_out_char(o, f->unit[i]);
			else
				rem_out_str(o, "·");
		}
		break;
#endif
	default: rem_out_uint(o, v); break;
	}
}

static void out_fixed(struct rem_out *o, int64_t number, unsigned point)
{
	uint64_t v = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	const uint64_t ones = ((uint64_t)1 << point) - 1;
	uint64_t rest = v & ones;
	char text[9];

	if (number < 0)
		rem_out_char(o, '-');
	rem_out_uint(o, v >> point);
	if (rest == 0)
		return;
	if (point > 32) {
		rest >>= point - 32;
		point = 32;
	}
	unsigned n = 0;
	while (n < sizeof(text) && rest != 0) {
		rest *= 10;
		text[n++] = (char)('0' + (rest >> point));
		rest &= ((uint64_t)1 << point) - 1;
	}
	rem_out_char(o, '.');
	rem_out_mem(o, text, n);
}

static void out_mac(struct rem_out *o, uint64_t v, unsigned n)
{
	uint8_t p[8];

	for (unsigned i = n; i-- > 0; v >>= 8)
		p[i] = (uint8_t)v;
	rem_out_bytes(o, p, n, ':');
}

/* Labels as they are here: no pointers, and the root is a dot at the end. */
static void out_labels(struct rem_out *o, struct rem_span name)
{
	for (uint32_t at = 0; at < name.n;) {
		const uint32_t rest = name.n - at - 1, n = name.p[at] < rest ? name.p[at] : rest;

		if (at > 0 || name.n == 1)
			rem_out_char(o, '.');
		if (name.p[at] == 0)
			return;
		rem_out_text(o, name.p + at + 1, n);
		at += n + 1;
	}
}

static void out_url(struct rem_out *o, const struct rem_value *v)
{
	if (v->message.p != NULL) {
		rem_out_str(o, "http://");
		rem_out_text(o, v->message.p, v->message.n);
	}
	rem_out_text(o, v->name.p, v->name.n);
}

/* Apart, since it needs so much stack. */
REM_APART void out_joined(struct rem_out *o, const struct rem_value *v)
{
	uint8_t joined[REM_MAX_JOINED];
	uint32_t at = 0;
	const uint32_t n = v->join(v, joined, &at);

	rem_out_name(o, (struct rem_span){joined + at, n - at}, (struct rem_span){joined, n});
}

static void out_name(struct rem_out *o, const struct rem_field *f, const struct rem_value *v)
{
	if (f->show == REM_DOT)
		out_labels(o, v->name);
	else if (f->show == REM_URL)
		out_url(o, v);
	else if (v->join != NULL)
		out_joined(o, v);
	else
		rem_out_name(o, v->name, v->message);
}

/* An address, or a prefix: what is not there is zero. */
static void out_ipv6(struct rem_out *o, struct rem_span bytes)
{
	uint8_t p[16] = {0};

	rem_copy(p, bytes.p, bytes.n < 16 ? bytes.n : 16);
	rem_out_ipv6(o, p);
}

/* Five bits a character, without padding: RFC 4648 7, as RFC 5155 3.3 writes hashes. */
static void out_base32(struct rem_out *o, const uint8_t *p, uint32_t n)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuv";

	for (uint32_t bit = 0; bit < 8 * n; bit += 5) {
		const uint32_t at = bit / 8, next = at + 1 < n ? p[at + 1] : 0u;

		rem_out_char(o, digits[((uint32_t)p[at] << 8 | next) >> (11 - bit % 8) & 31]);
	}
}

static void out_octets(struct rem_out *o, const struct rem_field *f, struct rem_span bytes)
{
	if (f->show == REM_BASE32)
		out_base32(o, bytes.p, bytes.n);
	else
		rem_out_bytes(o, bytes.p, bytes.n, f->show == REM_BARE ? 0 : ':');
}

static void out_moment(struct rem_out *o, const struct rem_value *v)
{
	if (v->ns == REM_NO_TIME)
		rem_out_str(o, "NULL");
	else
		rem_out_time(o, v->s, v->ns, 9);
}

void rem_out_value(struct rem_out *o, const struct rem_field *f, uint32_t bits,
		   const struct rem_value *v)
{
	switch (v->type) {
	case REM_T_UINT: out_integer(o, f, bits, v->u); break;
	case REM_T_INT: rem_out_int(o, v->i); break;
	case REM_T_BOOL: rem_out_char(o, v->u ? '1' : '0'); break;
	case REM_T_IPV4: rem_out_ipv4(o, (uint32_t)v->u); break;
	case REM_T_IPV6: out_ipv6(o, v->bytes); break;
	case REM_T_MAC: out_mac(o, v->u, 6); break;
	case REM_T_EUI64: out_mac(o, v->u, 8); break;
	case REM_T_BYTES: out_octets(o, f, v->bytes); break;
	case REM_T_TEXT: rem_out_text(o, v->bytes.p, v->bytes.n); break;
	case REM_T_NAME: out_name(o, f, v); break;
	case REM_T_TIME: out_moment(o, v); break;
	case REM_T_SPAN: rem_out_seconds(o, v->s, v->ns, 9); break;
	case REM_T_FIXED: out_fixed(o, v->number, v->point); break;
	default: break;
	}
}

#ifndef REM_NO_NAMES
/* The flags of a container that are set, by name, with commas between. */
static void out_flags(struct rem_out *o, const struct rem_row *word)
{
	const struct rem_table *table = rem_part_table(word->part);
	bool first = true;

	for (unsigned i = word->index + 1u; i < table->rows; i++) {
		const struct rem_field *f = &table->row[i];
		const uint32_t off = REM_OFF(f->bits), word_off = REM_OFF(word->field->bits);

		if (off < word_off || off + REM_WIDTH(f->bits) > word_off + word->bits)
			break;
		if ((f->flags & REM_F_FLAG) == 0 || rem_get64(word->base, f->bits) == 0)
			continue;
		if (!first)
			rem_out_str(o, ", ");
		rem_out_str(o, f->name);
		first = false;
	}
}

static bool is_integer(enum rem_type type)
{
	return type == REM_T_UINT || type == REM_T_INT || type == REM_T_BOOL;
}

void rem_out_meaning(struct rem_out *o, const struct rem_row *row, const struct rem_value *v)
{
	const struct rem_field *f = row->field;

	if (f->names != NULL) {
		const char *name = rem_name_of(f->names, v->u);

		if (name != NULL) {
			rem_out_str(o, name);
			return;
		}
	}
	if ((f->flags & REM_F_CONTAINER) != 0 && is_integer(v->type)) {
		out_flags(o, row);
		return;
	}
	if (rem_row_computed(row, v)) {
		rem_out_value(o, f, row->bits, v);
		if (f->unit != NULL) {
			rem_out_char(o, ' ');
			rem_out_str(o, f->unit);
		}
	}
}
#endif
