/* SPDX-License-Identifier: BSD-3-Clause */
/* Types: a literal takes the type of its other side, and what cannot be compared is refused. */
#include "filter/ast.h"

#include <string.h>

static bool check_operand(struct node *n, struct filter_error *e);

static enum value_class class_of_key(const struct key *k)
{
	if (k->as_text || key_field(&k->row[0])->show == REM_BASE32)
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

/* A literal that has no type yet, or a calculation with nothing but such. */
static bool is_literal(const struct node *n)
{
	if (n->kind == NODE_ARITHMETIC)
		return n->class == CLASS_UNKNOWN;
	return n->kind == NODE_LITERAL && n->class == CLASS_UNKNOWN;
}

/* A word without quotes, that may be a misspelt field. */
static bool is_word(const struct node *n)
{
	return n->kind == NODE_LITERAL && !n->quoted && g_ascii_isalpha(n->text[0]);
}

/* Nobody gave this literal a type. A word alone was probably meant as a field. */
static bool no_type(const struct node *n, struct filter_error *e)
{
	e->unknown = is_word(n);
	if (is_word(n))
		filter_fail(e, n->start, n->end, "unknown field%s \"%s\"",
			    strchr(n->text, '.') == NULL ? " or protocol" : "", n->text);
	else
		filter_fail(e, n->start, n->end, "a value stands here where a field was expected");
	return false;
}

static bool has_value(const struct node *n, struct filter_error *e)
{
	if (n->class == CLASS_NONE)
		filter_fail(e, n->start, n->end,
			    "this field has no value: it is there or it is not");
	return n->class != CLASS_NONE;
}

/* May values of this class be calculated with so? Numbers in all ways, times be added, what is bytes be masked. */
static const char *why_not(enum value_class class, enum token_kind op)
{
	switch (class) {
	case CLASS_NUMBER: return NULL;
	case CLASS_REAL: return op == TOKEN_BITAND ? "a fraction has no bits to mask" : NULL;
	case CLASS_TIME:
		return op == TOKEN_PLUS || op == TOKEN_MINUS
			       ? NULL
			       : "times can be added and subtracted, no more";
	case CLASS_IPV4:
	case CLASS_BYTES:
		return op == TOKEN_BITAND ? NULL
					  : "bytes can be masked with &, not calculated with";
	default: return "only numbers can be calculated with";
	}
}

static bool calculates(const struct node *side, enum token_kind op, struct filter_error *e)
{
	const char *why = why_not(side->class, op);

	if (side->class == CLASS_NUMBER && side->kind == NODE_FIELD &&
	    side->key->type == REM_T_BOOL)
		why = "true and false cannot be calculated with";
	if (why == NULL && side->class == CLASS_BYTES && side->kind == NODE_PROTO)
		why = "take a slice of the protocol to mask its bytes";
	if (why != NULL)
		filter_fail(e, side->start, side->end, "%s", why);
	return why == NULL;
}

/* Gives the literals of an operand the type of another operand. */
static bool resolve_beside(struct node *n, const struct node *other, struct filter_error *e)
{
	if (!has_value(other, e))
		return false;
	if (n->kind == NODE_LITERAL)
		return literal_resolve(n, other, e);
	const char *why = why_not(other->class, n->op);

	if (why != NULL) {
		filter_fail(e, n->start, n->end, "%s", why);
		return false;
	}
	n->class = other->class;
	return resolve_beside(n->a, other, e) && (n->b == NULL || resolve_beside(n->b, other, e));
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
		return no_type(is_word(a) ? a : b, e);
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
	struct node *typed = n->a;

	if (!check_operand(n->a, e) || (n->b != NULL && !check_operand(n->b, e)))
		return false;
	if (is_literal(n->a) && n->b != NULL)
		typed = n->b;
	n->class = typed->class;
	if (is_literal(typed))
		return true; /* so is all of it: its other side will give the type */
	if (!calculates(typed, n->op, e))
		return false;
	if (n->b == NULL)
		return true;
	if (is_literal(n->a))
		return resolve_beside(n->a, n, e);
	if (is_literal(n->b))
		return resolve_beside(n->b, n, e);
	if (n->a->class != n->b->class) {
		filter_fail(e, n->start, n->end, "these two are of different types");
		return false;
	}
	return true;
}

/* Does every value of the operand have a text of its own? */
static bool can_be_text(const struct node *n)
{
	if (n->class == CLASS_BYTES)
		return n->kind == NODE_FIELD && n->key->type != REM_T_BYTES;
	return n->class != CLASS_NONE;
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
		if (many && !is_literal(argument) && !is_literal(first) &&
		    argument->class != first->class) {
			filter_fail(e, argument->start, argument->end,
				    "this is of another type than the first argument");
			return false;
		}
		if (!is_literal(argument))
			continue;
		if (!many || is_literal(first))
			return no_type(argument, e);
		if (!resolve_beside(argument, first, e))
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
	case FUNCTION_STRING:
		if (!can_be_text(first)) {
			filter_fail(e, first->start, first->end,
				    "bytes cannot be made a string: compare them as they are");
			return false;
		}
		n->class = CLASS_TEXT;
		break;
	case FUNCTION_ABS:
		if (first->class != CLASS_NUMBER && first->class != CLASS_REAL &&
		    first->class != CLASS_TIME) {
			filter_fail(e, first->start, first->end,
				    "only numbers have an absolute value");
			return false;
		}
		n->class = first->class;
		break;
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
	if (n->a->class != CLASS_IPV4 && n->a->class != CLASS_BYTES && n->a->class != CLASS_TEXT) {
		filter_fail(e, n->start, n->end, "this cannot be sliced: it is not bytes or text");
		return false;
	}
	n->class = CLASS_BYTES;
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
	n->a->searched = true;
	if (!check_operand(n->a, e) || !check_operand(n->b, e))
		return false;
	if (is_literal(n->a))
		return no_type(n->a, e);
	if (n->a->class != CLASS_TEXT && n->a->class != CLASS_BYTES) {
		filter_fail(e, n->a->start, n->a->end,
			    "only text, bytes and protocols contain something");
		return false;
	}
	const struct node any = {.kind = NODE_SLICE, .class = n->a->class}; /* of any length */
	if (is_literal(n->b))
		return resolve_beside(n->b, &any, e);
	if (n->b->class != CLASS_TEXT && n->b->class != CLASS_BYTES) {
		filter_fail(e, n->b->start, n->b->end, "only text and bytes can be contained");
		return false;
	}
	return true;
}

static bool check_matches(struct node *n, struct filter_error *e)
{
	GError *error = NULL;

	n->a->searched = true;
	if (!check_operand(n->a, e))
		return false;
	if (is_literal(n->a))
		return no_type(n->a, e);
	if (n->a->class != CLASS_TEXT && n->a->class != CLASS_BYTES) {
		filter_fail(e, n->a->start, n->a->end,
			    "only text, bytes and protocols match something");
		return false;
	}
	if (n->b->kind != NODE_LITERAL || !n->b->quoted || n->b->character) {
		filter_fail(e, n->b->start, n->b->end,
			    "expected a regular expression in quotes here");
		return false;
	}
	n->regex = regex_new(n->b->text, n->b->text_n, &error);
	if (n->regex == NULL) {
		const char *why = g_strrstr(error->message,
					    ": "); /* behind the expression itself */

		filter_fail(e, n->b->start, n->b->end, "this regular expression is wrong%s",
			    why != NULL ? why : "");
		g_error_free(error);
		return false;
	}
	return true;
}

/* A field is asked whether it is there, a calculation whether it is anything but 0. */
static bool check_exists(struct node *n, struct filter_error *e)
{
	if (!check_operand(n, e))
		return false;
	if (is_literal(n))
		return no_type(n, e);
	if (n->kind == NODE_FUNCTION) {
		filter_fail(e, n->start, n->end,
			    "compare what the function returns, as in count(ip.addr) > 0");
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

static bool check_test(struct node *n, struct filter_error *e)
{
	switch (n->kind) {
	case NODE_EXISTS: return check_exists(n->a, e);
	case NODE_CONTAINS: return check_contains(n, e);
	case NODE_MATCHES: return check_matches(n, e);
	case NODE_IN: return check_in(n, e);
	default: return check_pair(n->a, n->b, e);
	}
}

/* A field that nobody knows is in no packet. */
static bool never(struct node *n, struct filter_error *e)
{
	if (!e->unknown || !e->tolerated)
		return false;
	e->unknown = false;
	g_free(e->message);
	e->message = NULL;
	n->kind = NODE_NEVER;
	return true;
}

bool filter_check(struct node *n, struct filter_error *e)
{
	switch (n->kind) {
	case NODE_OR:
	case NODE_XOR:
	case NODE_AND: return filter_check(n->a, e) && filter_check(n->b, e);
	case NODE_NOT: return filter_check(n->a, e);
	default: return check_test(n, e) || never(n, e);
	}
}
