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

/* A protocol as bytes: from its header to the end of what it stands in. */
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

		if (part->layer != i || part->proto != n->proto)
			continue;
		v = push(f, CLASS_BYTES);
		v->p = rem_part_bytes(b, part);
		v->n = b->source[part->source].cap - part->off;
	}
}

/* A value as bytes to cut slices from. */
static void as_bytes(struct filter *f, struct filter_value *v, enum value_class class)
{
	if (class == CLASS_NUMBER || class == CLASS_IPV4)
		take_integer(f, v, v->u, class == CLASS_IPV4 || v->u <= 0xffffffff ? 4 : 8);
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

static void slice_values(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len, count = operand_values(f, frame, n->a);
	unsigned kept = start;

	for (unsigned i = start; i < start + count; i++) {
		struct filter_value v = g_array_index(f->values, struct filter_value, i);
		struct filter_value result = {.class = n->class};
		struct rem_out o = scratch(f);
		bool good = true;

		as_bytes(f, &v, n->a->class);
		if (n->slices->len > 1)
			o = scratch(f);
		for (unsigned j = 0; good && j < n->slices->len; j++) {
			struct rem_span bytes;

			good = cut(&v, &g_array_index(n->slices, struct slice, j), &bytes);
			if (good && n->slices->len == 1) {
				result.p = bytes.p;
				result.n = bytes.n;
			} else if (good) {
				rem_out_mem(&o, (const char *)bytes.p, bytes.n);
			}
		}
		if (good && n->slices->len > 1)
			take_text(f, &result, &o);
		if (good)
			g_array_index(f->values, struct filter_value, kept++) = result;
	}
	g_array_set_size(f->values, kept);
}

static uint64_t as_number(const struct filter_value *v)
{
	uint64_t u = 0;

	if (v->class != CLASS_BYTES)
		return v->u;
	for (size_t i = 0; i < v->n && i < 8; i++)
		u = u << 8 | v->p[i];
	return u;
}

/* False: there is no result (a division by zero). */
static bool calculate(enum token_kind op, uint64_t a, uint64_t b, uint64_t *result)
{
	switch (op) {
	case TOKEN_PLUS: *result = a + b; return true;
	case TOKEN_MINUS: *result = a - b; return true;
	case TOKEN_STAR: *result = a * b; return true;
	case TOKEN_BITAND: *result = a & b; return true;
	default:
		if (b == 0)
			return false;
		*result = op == TOKEN_SLASH ? a / b : a % b;
		return true;
	}
}

static void arithmetic_values(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len;
	const unsigned a = operand_values(f, frame, n->a);
	const unsigned b = n->b == NULL ? 0 : operand_values(f, frame, n->b);
	GArray *results = g_array_new(FALSE, FALSE, sizeof(struct filter_value));

	for (unsigned i = 0; i < a; i++) {
		for (unsigned j = 0; j < (n->b == NULL ? 1 : b); j++) {
			struct filter_value v = {.class = CLASS_NUMBER};
			const uint64_t x = as_number(
				&g_array_index(f->values, struct filter_value, start + i));
			const uint64_t y = n->b == NULL
						   ? x
						   : as_number(&g_array_index(f->values,
									      struct filter_value,
									      start + a + j));

			if (!calculate(n->op, n->b == NULL ? 0 : x, y, &v.u))
				continue;
			v.negative = n->op == TOKEN_MINUS && (int64_t)v.u < 0;
			g_array_append_val(results, v);
		}
	}
	g_array_set_size(f->values, start);
	g_array_append_vals(f->values, results->data, results->len);
	g_array_free(results, TRUE);
}

static size_t length_of(const struct filter_value *v)
{
	switch (v->class) {
	case CLASS_BYTES:
	case CLASS_TEXT: return v->n;
	case CLASS_IPV4: return 4;
	default: return v->u > 0xffffffff ? 8 : v->u > 0xffff ? 4 : v->u > 0xff ? 2 : 1;
	}
}

static void change_case(struct filter *f, struct filter_value *v, bool lower)
{
	struct rem_out o = scratch(f);

	for (size_t i = 0; i < v->n; i++)
		rem_out_char(&o, lower ? g_ascii_tolower((char)v->p[i])
				       : g_ascii_toupper((char)v->p[i]));
	take_text(f, v, &o);
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
			*v = (struct filter_value){.class = CLASS_NUMBER, .u = length_of(v)};
			break;
		case FUNCTION_LOWER: change_case(f, v, true); break;
		case FUNCTION_UPPER: change_case(f, v, false); break;
		case FUNCTION_STRING: stringify(f, v); break;
		default:
			if (v->negative)
				*v = (struct filter_value){.class = v->class, .u = 0 - v->u};
			break;
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
