/* SPDX-License-Identifier: BSD-3-Clause */
/* Types: a literal takes the type of its other side, and what cannot be compared is refused. */
#include "filter/ast.h"

#include <string.h>

static bool check_operand(struct node *n, struct filter_error *e);

static enum value_class class_of_key(const struct key *k)
{
	if (k->as_text)
		return CLASS_TEXT;
	switch (k->type) {
	case REM_T_UINT:
	case REM_T_INT:
	case REM_T_BOOL: return CLASS_NUMBER;
	case REM_T_FIXED: return CLASS_REAL;
	case REM_T_TIME:
	case REM_T_SPAN: return CLASS_TIME;
	case REM_T_IPV4: return CLASS_IPV4;
	case REM_T_TEXT:
	case REM_T_NAME: return CLASS_TEXT;
	case REM_T_NONE: return CLASS_NONE;
	default: return CLASS_BYTES;
	}
}

/* The key whose names of values a literal beside this operand may use. */
static const struct key *key_beside(const struct node *n)
{
	return n->kind == NODE_FIELD ? n->key : NULL;
}

static bool is_literal(const struct node *n)
{
	return n->kind == NODE_LITERAL && n->class == CLASS_UNKNOWN;
}

/* Nobody gave this literal a type. A word alone was probably meant as a field. */
static bool no_type(const struct node *n, struct filter_error *e)
{
	if (n->quoted || strchr(n->text, '.') == NULL || g_ascii_isdigit(n->text[0])) {
		if (!n->quoted && g_ascii_isalpha(n->text[0]))
			filter_fail(e, n->start, n->end, "unknown field or protocol \"%s\"",
				    n->text);
		else
			filter_fail(e, n->start, n->end,
				    "a value stands here where a field was expected");
	} else {
		filter_fail(e, n->start, n->end, "unknown field \"%s\"", n->text);
	}
	return false;
}

static bool resolve_beside(struct node *literal, struct node *other, struct filter_error *e)
{
	if (is_literal(other))
		return no_type(literal, e);
	if (other->class == CLASS_NONE) {
		filter_fail(e, other->start, other->end,
			    "this field has no value: it is there or it is not");
		return false;
	}
	return literal_resolve(literal, other->class, key_beside(other), e);
}

static bool comparable(const struct node *a, const struct node *b)
{
	if (a->class == b->class)
		return a->class != CLASS_NONE;
	return (a->class == CLASS_TEXT && b->class == CLASS_BYTES) ||
	       (a->class == CLASS_BYTES && b->class == CLASS_TEXT) ||
	       (a->class == CLASS_NUMBER && b->class == CLASS_REAL) ||
	       (a->class == CLASS_REAL && b->class == CLASS_NUMBER);
}

static bool check_pair(struct node *a, struct node *b, struct filter_error *e)
{
	if (!check_operand(a, e) || !check_operand(b, e))
		return false;
	if (is_literal(a) && is_literal(b))
		return no_type(a->quoted || !g_ascii_isalpha(a->text[0]) ? b : a, e);
	if (is_literal(a))
		return resolve_beside(a, b, e);
	if (is_literal(b))
		return resolve_beside(b, a, e);
	if (!comparable(a, b)) {
		filter_fail(e, a->start, b->end, "these two are of different types");
		return false;
	}
	return true;
}

static bool check_arithmetic(struct node *n, struct filter_error *e)
{
	n->class = CLASS_NUMBER;
	for (int i = 0; i < 2; i++) {
		struct node *side = i == 0 ? n->a : n->b;

		if (side == NULL)
			continue;
		if (!check_operand(side, e))
			return false;
		if (is_literal(side) && !literal_resolve(side, CLASS_NUMBER, NULL, e))
			return false;
		if (side->class != CLASS_NUMBER && side->class != CLASS_BYTES) {
			filter_fail(e, side->start, side->end, "arithmetic needs numbers");
			return false;
		}
	}
	return true;
}

static bool check_function(struct node *n, struct filter_error *e)
{
	const bool many = n->function == FUNCTION_MAX || n->function == FUNCTION_MIN;
	struct node *first = n->arguments->pdata[0];

	if (n->arguments->len > 1 && !many) {
		filter_fail(e, n->start, n->end, "this function takes one argument");
		return false;
	}
	for (unsigned i = 0; i < n->arguments->len; i++) {
		struct node *argument = n->arguments->pdata[i];

		if (!check_operand(argument, e))
			return false;
		if (!is_literal(argument))
			continue;
		if (!many || is_literal(first))
			return no_type(argument, e);
		if (!literal_resolve(argument, first->class, NULL, e))
			return false;
	}
	switch (n->function) {
	case FUNCTION_LEN:
	case FUNCTION_COUNT: n->class = CLASS_NUMBER; break;
	case FUNCTION_LOWER:
	case FUNCTION_UPPER:
		if (first->class != CLASS_TEXT) {
			filter_fail(e, first->start, first->end,
				    "only text has upper and lower case");
			return false;
		}
		n->class = CLASS_TEXT;
		break;
	case FUNCTION_STRING: n->class = CLASS_TEXT; break;
	default: n->class = first->class; break;
	}
	return true;
}

static bool check_slice(struct node *n, struct filter_error *e)
{
	if (!check_operand(n->a, e))
		return false;
	if (is_literal(n->a))
		return no_type(n->a, e);
	if (n->a->class == CLASS_NONE || n->a->class == CLASS_REAL || n->a->class == CLASS_TIME) {
		filter_fail(e, n->start, n->end, "this cannot be sliced: it is not bytes or text");
		return false;
	}
	n->class = n->a->class == CLASS_TEXT ? CLASS_TEXT : CLASS_BYTES;
	return true;
}

static bool check_operand(struct node *n, struct filter_error *e)
{
	switch (n->kind) {
	case NODE_FIELD: n->class = class_of_key(n->key); return true;
	case NODE_PROTO: n->class = CLASS_BYTES; return true;
	case NODE_COLUMN: n->class = CLASS_TEXT; return true;
	case NODE_SLICE: return check_slice(n, e);
	case NODE_FUNCTION: return check_function(n, e);
	case NODE_ARITHMETIC: return check_arithmetic(n, e);
	default: return true;
	}
}

static bool check_contains(struct node *n, struct filter_error *e)
{
	if (!check_operand(n->a, e) || !check_operand(n->b, e))
		return false;
	if (is_literal(n->a))
		return no_type(n->a, e);
	if (n->a->class != CLASS_TEXT && n->a->class != CLASS_BYTES) {
		filter_fail(e, n->a->start, n->a->end,
			    "only text, bytes and protocols contain something");
		return false;
	}
	if (is_literal(n->b) && n->a->class == CLASS_TEXT)
		return literal_resolve(n->b, CLASS_TEXT, NULL, e);
	if (is_literal(n->b))
		return literal_resolve(n->b, CLASS_BYTES, NULL, e);
	return true;
}

static bool check_matches(struct node *n, struct filter_error *e)
{
	GError *error = NULL;

	if (!check_operand(n->a, e))
		return false;
	if (is_literal(n->a))
		return no_type(n->a, e);
	if (n->a->class != CLASS_TEXT && n->a->class != CLASS_BYTES) {
		filter_fail(e, n->a->start, n->a->end,
			    "only text, bytes and protocols match something");
		return false;
	}
	if (n->b->kind != NODE_LITERAL || !n->b->quoted) {
		filter_fail(e, n->b->start, n->b->end,
			    "expected a regular expression in quotes here");
		return false;
	}
	n->regex = g_regex_new(n->b->text, G_REGEX_RAW | G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0,
			       &error);
	if (n->regex == NULL) {
		filter_fail(e, n->b->start, n->b->end, "%s", error->message);
		g_error_free(error);
		return false;
	}
	return true;
}

static bool check_in(struct node *n, struct filter_error *e)
{
	if (!check_operand(n->a, e))
		return false;
	if (is_literal(n->a))
		return no_type(n->a, e);
	for (unsigned i = 0; i < n->set->len; i++) {
		const struct set_element *element = &g_array_index(n->set, struct set_element, i);

		if (!check_pair(n->a, element->from, e))
			return false;
		if (element->to != NULL && !check_pair(n->a, element->to, e))
			return false;
	}
	return true;
}

bool filter_check(struct node *n, struct filter_error *e)
{
	switch (n->kind) {
	case NODE_OR:
	case NODE_XOR:
	case NODE_AND: return filter_check(n->a, e) && filter_check(n->b, e);
	case NODE_NOT: return filter_check(n->a, e);
	case NODE_EXISTS:
		if (!check_operand(n->a, e))
			return false;
		return is_literal(n->a) ? no_type(n->a, e) : true;
	case NODE_CONTAINS: return check_contains(n, e);
	case NODE_MATCHES: return check_matches(n, e);
	case NODE_IN: return check_in(n, e);
	default: return check_pair(n->a, n->b, e);
	}
}
