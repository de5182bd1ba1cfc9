/* SPDX-License-Identifier: BSD-3-Clause */
/* The values that an operand has in a frame. */
#include "filter/ast.h"

#include <string.h>

static struct filter_value *push(struct filter *f, enum value_class class)
{
	const unsigned at = f->values->len;

	g_array_set_size(f->values, at + 1);
	struct filter_value *v = &g_array_index(f->values, struct filter_value, at);
	*v = (struct filter_value){.class = class};
	return v;
}

/* Room for a text that is made while matching; what does not fit any more is cut. */
static struct rem_out scratch(const struct filter *f)
{
	return (struct rem_out){f->scratch + f->scratch_used, f->scratch + SCRATCH, false};
}

static void take_text(struct filter *f, struct filter_value *v, const struct rem_out *o)
{
	v->p = (const uint8_t *)f->scratch + f->scratch_used;
	v->n = (size_t)((const uint8_t *)o->p - v->p);
	f->scratch_used += v->n;
}

/* Up to 8 bytes as they would stand in a packet. */
static void take_integer(struct filter *f, struct filter_value *v, uint64_t u, unsigned n)
{
	struct rem_out o = scratch(f);

	for (unsigned i = n; i-- > 0;)
		rem_out_char(&o, (char)(u >> 8 * i));
	take_text(f, v, &o);
}

static double real_of_fixed(const struct rem_value *v)
{
	return (double)v->number / (double)((uint64_t)1 << v->point);
}

/* A prefix ends in zeros. */
static void take_ipv6(struct filter *f, struct filter_value *v, struct rem_span address)
{
	struct rem_out o = scratch(f);

	v->p = address.p;
	v->n = address.n;
	if (address.n >= 16)
		return;
	rem_out_mem(&o, (const char *)address.p, address.n);
	for (uint32_t i = address.n; i < 16; i++)
		rem_out_char(&o, '\0');
	take_text(f, v, &o);
}

static void push_row(struct filter *f, const struct node *n, const struct rem_row *row,
		     const struct rem_value *from)
{
	struct filter_value *v = push(f, n->class);
	struct rem_out o;

	if (n->class == CLASS_TEXT && from->type != REM_T_TEXT) {
		o = scratch(f);
		rem_out_value(&o, row->field, row->bits, from);
		take_text(f, v, &o);
		return;
	}
	switch (from->type) {
	case REM_T_UINT:
	case REM_T_BOOL: v->u = from->u; break;
	case REM_T_INT:
		v->u = (uint64_t)from->i;
		v->negative = from->i < 0;
		break;
	case REM_T_IPV4:
		v->u = from->u;
		v->prefix = 32;
		break;
	case REM_T_MAC: take_integer(f, v, from->u, 6); break;
	case REM_T_EUI64: take_integer(f, v, from->u, 8); break;
	case REM_T_TIME:
	case REM_T_SPAN:
		v->s = from->s;
		v->ns = from->ns == REM_NO_TIME ? 0 : from->ns;
		break;
	case REM_T_FIXED: v->real = real_of_fixed(from); break;
	case REM_T_IPV6: take_ipv6(f, v, from->bytes); break;
	default:
		v->p = from->bytes.p;
		v->n = from->bytes.n;
		break;
	}
}

/* Is this occurrence, the `at`th of `count`, among the layers asked for (`#2`, `#-1`, `#[1-2]`)? */
static bool layer_wanted(const GArray *layers, long at, long count)
{
	for (unsigned i = 0; i < layers->len; i++) {
		const struct slice *s = &g_array_index(layers, struct slice, i);
		const long from = s->from < 0 ? count + s->from + 1 : s->from;
		const long to = s->open        ? count
				: s->by_length ? from + s->length - 1
				: s->to < 0    ? count + s->to + 1
					       : s->to;

		if (at >= from && at <= to)
			return true;
	}
	return false;
}

static long count_layers(const struct rem_breakdown *b, unsigned proto, unsigned upto)
{
	long n = 0;

	for (unsigned i = 0; i < b->parts && i <= upto; i++)
		n += b->part[i].layer == i && b->part[i].proto == proto;
	return n;
}

static bool part_wanted(const struct node *n, const struct rem_breakdown *b,
			const struct rem_part *part)
{
	return n->layers == NULL ||
	       layer_wanted(n->layers, count_layers(b, part->proto, part->layer),
			    count_layers(b, part->proto, b->parts));
}

static void push_part(struct filter *f, const struct rem_breakdown *b, const struct node *n,
		      const struct rem_part *part, unsigned index)
{
	struct rem_row_walk walk = {0};
	struct rem_row row;
	struct rem_value v;

	if (rem_part_table(part)->stride == 0) {
		if (rem_row_at(b, part, index, &row) && rem_row_value(b, &row, &v))
			push_row(f, n, &row, &v);
		return;
	}
	while (rem_row_next(b, part, &walk, &row)) {
		if (row.index == index && rem_row_value(b, &row, &v))
			push_row(f, n, &row, &v);
	}
}

static void field_values(struct filter *f, const struct rem_breakdown *b, const struct node *n)
{
	const struct key *k = n->key;

	for (unsigned i = 0; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];

		if (!rem_set_has(&n->protos, part->proto) || !part_wanted(n, b, part))
			continue;
		for (unsigned j = 0; j < k->rows; j++) {
			const struct key_row *r = &k->row[j];

			if (r->proto == part->proto && r->table == part->table &&
			    r->row >= part->row && r->row < part->row + part->rows)
				push_part(f, b, n, part, r->row);
		}
	}
}

/* A protocol as bytes: all that is its own, which its payload is not; for searches that too. */
static void proto_values(struct filter *f, const struct frame *frame, const struct node *n)
{
	const struct rem_breakdown *b = &frame->b;
	struct filter_value *v;

	if (n->proto == REM_P_FRAME) {
		v = push(f, CLASS_BYTES);
		v->p = frame->packet->data;
		v->n = frame->packet->cap_len;
		return;
	}
	for (unsigned i = 0; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];

		if (part->layer != i || !rem_set_has(&n->protos, part->proto) ||
		    !part_wanted(n, b, part))
			continue;
		v = push(f, CLASS_BYTES);
		v->p = rem_part_bytes(b, part);
		v->n = layer_size(b, i, n->searched);
	}
}

/* The bytes of one slice; false: they are not there. */
static bool cut(const struct filter_value *v, const struct slice *s, struct rem_span *out)
{
	const long n = (long)v->n, from = s->from < 0 ? n + s->from : s->from;
	const long to = s->open        ? n - 1
			: s->by_length ? from + s->length - 1
			: s->to < 0    ? n + s->to
				       : s->to;

	if (from < 0 || from >= n || to < from || to >= n)
		return false;
	*out = (struct rem_span){v->p + from, (uint32_t)(to - from + 1)};
	return true;
}

/* What reaches beyond the value ends its slices, as in Wireshark: there is nothing of it, and an empty slice is one. */
static void slice_values(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len, count = operand_values(f, frame, n->a);

	for (unsigned i = start; i < start + count; i++) {
		struct filter_value v = g_array_index(f->values, struct filter_value, i);
		struct filter_value result = {.class = n->class};
		struct rem_span bytes = {(const uint8_t *)"", 0};

		if (v.class == CLASS_IPV4)
			take_integer(f, &v, v.u, 4);
		struct rem_out o = scratch(f);
		for (unsigned j = 0; j < n->slices->len; j++) {
			if (!cut(&v, &g_array_index(n->slices, struct slice, j), &bytes))
				break;
			if (n->slices->len > 1)
				rem_out_mem(&o, (const char *)bytes.p, bytes.n);
		}
		if (n->slices->len > 1) {
			take_text(f, &result, &o);
		} else {
			result.p = bytes.p;
			result.n = bytes.n;
		}
		g_array_index(f->values, struct filter_value, i) = result;
	}
}

/* Of signed numbers, whatever the fields are: 64 - 65 is -1. False: there is no result (a division by zero). */
static bool calculate(enum token_kind op, uint64_t a, uint64_t b, uint64_t *result)
{
	const bool negative_a = (int64_t)a < 0, negative_b = (int64_t)b < 0;
	const uint64_t size_a = negative_a ? 0 - a : a, size_b = negative_b ? 0 - b : b;

	switch (op) {
	case TOKEN_PLUS: *result = a + b; return true;
	case TOKEN_MINUS: *result = a - b; return true;
	case TOKEN_STAR: *result = a * b; return true;
	case TOKEN_BITAND: *result = a & b; return true;
	case TOKEN_SLASH:
		if (b != 0)
			*result = size_a / size_b;
		if (negative_a != negative_b)
			*result = 0 - *result;
		return b != 0;
	default:
		if (b != 0)
			*result = size_a % size_b;
		if (negative_a)
			*result = 0 - *result;
		return b != 0;
	}
}

static bool calculate_number(const struct node *n, const struct filter_value *a,
			     const struct filter_value *b, struct filter_value *v)
{
	v->u = 0;
	if (!calculate(n->op, a->u, b->u, &v->u))
		return false;
	v->negative = (int64_t)v->u < 0;
	return true;
}

static bool calculate_real(enum token_kind op, double a, double b, double *result)
{
	switch (op) {
	case TOKEN_PLUS: *result = a + b; return true;
	case TOKEN_MINUS: *result = a - b; return true;
	case TOKEN_STAR: *result = a * b; return true;
	case TOKEN_SLASH: *result = b != 0 ? a / b : 0; return b != 0;
	default: return false;
	}
}

static void add_times(const struct filter_value *a, const struct filter_value *b, bool minus,
		      struct filter_value *v)
{
	const int64_t ns = minus ? (int64_t)a->ns - b->ns : (int64_t)a->ns + b->ns;
	const uint64_t s = minus ? (uint64_t)a->s - (uint64_t)b->s
				 : (uint64_t)a->s + (uint64_t)b->s;

	v->s = (int64_t)(s + (uint64_t)(ns / 1000000000));
	v->ns = (int32_t)(ns % 1000000000);
}

static void mask_bytes(struct filter *f, const struct filter_value *a, const struct filter_value *b,
		       struct filter_value *v)
{
	struct rem_out o = scratch(f);

	for (size_t i = 0; i < a->n && i < b->n; i++)
		rem_out_char(&o, (char)(a->p[i] & b->p[i]));
	take_text(f, v, &o);
}

static bool calculate_value(struct filter *f, const struct node *n, const struct filter_value *a,
			    const struct filter_value *b, struct filter_value *v)
{
	*v = (struct filter_value){.class = n->class};
	switch (n->class) {
	case CLASS_REAL: return calculate_real(n->op, a->real, b->real, &v->real);
	case CLASS_TIME: add_times(a, b, n->op == TOKEN_MINUS, v); return true;
	case CLASS_IPV4:
		v->u = a->u & b->u;
		v->prefix = 32;
		return true;
	case CLASS_BYTES: mask_bytes(f, a, b, v); return true;
	default: return calculate_number(n, a, b, v);
	}
}

/* The results go behind the operands, then take their place. */
static void arithmetic_values(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len;
	unsigned a, b;

	if (n->b != NULL) {
		a = operand_values(f, frame, n->a);
		b = a == 0 ? 0 : operand_values(f, frame, n->b);
	} else { /* 0 - … */
		push(f, n->class);
		a = 1;
		b = operand_values(f, frame, n->a);
	}
	for (unsigned i = 0; i < a * b; i++) {
		const struct filter_value x = g_array_index(f->values, struct filter_value,
							    start + i / b);
		const struct filter_value y = g_array_index(f->values, struct filter_value,
							    start + a + i % b);
		struct filter_value v;

		if (calculate_value(f, n, &x, &y, &v))
			g_array_append_val(f->values, v);
	}
	if (a + b > 0)
		g_array_remove_range(f->values, start, a + b);
}

/* As many bytes as the argument's values take; those of numbers are the key's. */
static size_t length_of(const struct filter_value *v, const struct node *argument)
{
	uint32_t bits = 0;

	if (v->class == CLASS_BYTES || v->class == CLASS_TEXT)
		return v->n;
	if (v->class == CLASS_IPV4)
		return 4;
	if (v->class != CLASS_NUMBER || argument->kind != NODE_FIELD)
		return 8;
	for (unsigned i = 0; i < argument->key->rows; i++)
		bits = MAX(bits, REM_WIDTH(key_field(&argument->key->row[i])->bits));
	return bits > 32 ? 8 : bits > 24 ? 4 : bits > 16 ? 3 : bits > 8 ? 2 : 1;
}

static void change_case(struct filter *f, struct filter_value *v, bool lower)
{
	struct rem_out o = scratch(f);

	for (size_t i = 0; i < v->n; i++)
		rem_out_char(&o, lower ? g_ascii_tolower((char)v->p[i])
				       : g_ascii_toupper((char)v->p[i]));
	take_text(f, v, &o);
}

static void make_positive(struct filter_value *v)
{
	if (v->class == CLASS_REAL && v->real < 0) {
		v->real = -v->real;
	} else if (v->class == CLASS_TIME && (v->s < 0 || v->ns < 0)) {
		v->s = (int64_t)(0 - (uint64_t)v->s);
		v->ns = -v->ns;
	} else if (v->class == CLASS_NUMBER && v->negative) {
		v->u = 0 - v->u;
		v->negative = false;
	}
}

/* A value as text, as string() gives it. */
static void stringify(struct filter *f, struct filter_value *v)
{
	struct rem_out o = scratch(f);

	switch (v->class) {
	case CLASS_NUMBER:
		if (v->negative)
			rem_out_int(&o, (int64_t)v->u);
		else
			rem_out_uint(&o, v->u);
		break;
	case CLASS_IPV4: rem_out_ipv4(&o, (uint32_t)v->u); break;
	case CLASS_TIME: rem_out_seconds(&o, v->s, v->ns, 9); break;
	case CLASS_BYTES:
		if (v->n == 16)
			rem_out_ipv6(&o, v->p);
		else
			rem_out_bytes(&o, v->p, v->n, ':');
		break;
	default: return;
	}
	v->class = CLASS_TEXT;
	take_text(f, v, &o);
}

/* Keeps the largest (or smallest) of the values from `start` on. */
static void keep_extreme(struct filter *f, unsigned start, bool largest)
{
	struct filter_value *v = &g_array_index(f->values, struct filter_value, start);

	for (unsigned i = start + 1; i < f->values->len; i++) {
		const struct filter_value *other = &g_array_index(f->values, struct filter_value,
								  i);
		const int order = value_compare(other, v);

		if (largest ? order > 0 : order < 0)
			*v = *other;
	}
	if (f->values->len > start)
		g_array_set_size(f->values, start + 1);
}

static void function_values(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len;
	unsigned count = 0;

	for (unsigned i = 0; i < n->arguments->len; i++)
		count += operand_values(f, frame, n->arguments->pdata[i]);
	if (n->function == FUNCTION_COUNT) {
		g_array_set_size(f->values, start);
		if (count > 0)
			push(f, CLASS_NUMBER)->u = count;
		return;
	}
	if (n->function == FUNCTION_MAX || n->function == FUNCTION_MIN) {
		keep_extreme(f, start, n->function == FUNCTION_MAX);
		return;
	}
	for (unsigned i = start; i < start + count; i++) {
		struct filter_value *v = &g_array_index(f->values, struct filter_value, i);

		switch (n->function) {
		case FUNCTION_LEN:
			*v = (struct filter_value){.class = CLASS_NUMBER,
						   .u = length_of(v, n->arguments->pdata[0])};
			break;
		case FUNCTION_LOWER: change_case(f, v, true); break;
		case FUNCTION_UPPER: change_case(f, v, false); break;
		case FUNCTION_STRING: stringify(f, v); break;
		default: make_positive(v); break;
		}
	}
}

static void column_values(struct filter *f, struct frame *frame, const struct node *n)
{
	struct filter_value *v = push(f, CLASS_TEXT);
	struct rem_out o = scratch(f);

	column_out(&o, (enum column)n->column, frame, &f->columns);
	take_text(f, v, &o);
}

unsigned operand_values(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len;

	switch (n->kind) {
	case NODE_FIELD: field_values(f, &frame->b, n); break;
	case NODE_PROTO: proto_values(f, frame, n); break;
	case NODE_COLUMN: column_values(f, frame, n); break;
	case NODE_LITERAL: g_array_append_val(f->values, n->literal); break;
	case NODE_SLICE: slice_values(f, frame, n); break;
	case NODE_FUNCTION: function_values(f, frame, n); break;
	default: arithmetic_values(f, frame, n); break;
	}
	return f->values->len - start;
}
