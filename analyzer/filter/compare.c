/* SPDX-License-Identifier: BSD-3-Clause */
/* The order of two values. */
#include "filter/ast.h"

#include <string.h>

static int order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_numbers(const struct filter_value *a, const struct filter_value *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return order(a->u, b->u); /* two's complement keeps the order of negative ones */
}

static int compare_ipv4(const struct filter_value *a, const struct filter_value *b)
{
	const unsigned prefix = MIN(a->prefix, b->prefix);
	const uint64_t mask = prefix == 0 ? 0 : 0xffffffffu << (32 - prefix) & 0xffffffffu;

	return order(a->u & mask, b->u & mask);
}

static int compare_prefix(const struct filter_value *a, const struct filter_value *b,
			  unsigned prefix)
{
	const int head = memcmp(a->p, b->p, prefix / 8);

	if (head != 0 || prefix % 8 == 0)
		return head;
	const uint8_t mask = (uint8_t)(0xff00u >> prefix % 8);
	return order(a->p[prefix / 8] & mask, b->p[prefix / 8] & mask);
}

static int compare_bytes(const struct filter_value *a, const struct filter_value *b)
{
	const size_t n = MIN(a->n, b->n);
	const unsigned prefix = a->prefix != 0 ? a->prefix : b->prefix;

	if (prefix != 0 && prefix < 128 && a->n == 16 && b->n == 16)
		return compare_prefix(a, b, prefix);
	if (a->class == CLASS_BYTES && a->n != b->n)
		return order(a->n, b->n); /* the longer one is greater, of texts the later one */
	const int head = n == 0 ? 0 : memcmp(a->p, b->p, n);
	return head != 0 ? head : order(a->n, b->n);
}

/* Whatever sign the nanoseconds have. */
static int compare_times(const struct filter_value *a, const struct filter_value *b)
{
	const int64_t a_s = (int64_t)((uint64_t)a->s - (a->ns < 0));
	const int64_t b_s = (int64_t)((uint64_t)b->s - (b->ns < 0));
	const int32_t a_ns = a->ns < 0 ? a->ns + 1000000000 : a->ns;
	const int32_t b_ns = b->ns < 0 ? b->ns + 1000000000 : b->ns;

	return a_s != b_s ? (a_s > b_s) - (a_s < b_s) : (a_ns > b_ns) - (a_ns < b_ns);
}

static double real_of(const struct filter_value *v)
{
	if (v->class == CLASS_REAL)
		return v->real;
	return v->negative ? (double)(int64_t)v->u : (double)v->u;
}

int value_compare(const struct filter_value *a, const struct filter_value *b)
{
	if (a->class == CLASS_REAL || b->class == CLASS_REAL)
		return (real_of(a) > real_of(b)) - (real_of(a) < real_of(b));
	switch (a->class) {
	case CLASS_NUMBER: return compare_numbers(a, b);
	case CLASS_IPV4: return compare_ipv4(a, b);
	case CLASS_TIME: return compare_times(a, b);
	default: return compare_bytes(a, b);
	}
}
