/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The grammar, by recursive descent; each function is a level of precedence, loosest first:
 *
 *   or := xor { "||" xor }          test    := operand [relation operand …]
 *   xor := and { "^^" and }         operand := sum := product := unary := primary
 *   and := not { "&&" not }         primary := field ["#" layers] | literal | function | "{" sum "}"
 *   not := "!" not | test           and any of them may be followed by [slices]; any or all
 *                                   may stand in front of a test
 *
 * Parentheses may nest MOST_DEEP times, operators of one level follow each other MOST_LONG times.
 */
#include "filter/ast.h"

#include <string.h>

enum { MOST_DEEP = 200, MOST_LONG = 4000 };

struct parser {
	const char *s;
	struct token t; /* the next token */
	struct filter_error *e;
	unsigned deep;
};

static struct node *parse_or(struct parser *p);
static struct node *parse_operand(struct parser *p);

static void *fail(struct parser *p, struct node *done, const char *message)
{
	filter_fail(p->e, p->t.start, p->t.end, "%s", message);
	node_free(done);
	return NULL;
}

static void advance(struct parser *p)
{
	p->t = lexer_next(p->s, p->t.end);
}

static bool expect(struct parser *p, enum token_kind kind)
{
	if (p->t.kind != kind) {
		filter_fail(p->e, p->t.start, p->t.end, "expected %s here", lexer_describe(kind));
		return false;
	}
	advance(p);
	return true;
}

/* "[…]" at the opening bracket: slices with commas between. */
static GArray *parse_slices(struct parser *p)
{
	const char *end;
	GArray *slices = slices_read(p->s + p->t.start, &end);

	if (slices == NULL) {
		filter_fail(
			p->e, p->t.start, (unsigned)(end - p->s) + (*end != '\0'),
			"a slice is [2], [1:3] (from, length), [1-3] (from, to), [:3] or [1:], or several with commas");
		return NULL;
	}
	p->t.end = (unsigned)(end - p->s);
	advance(p);
	return slices;
}

/* Behind "#": one number, or several in brackets. */
static GArray *parse_layers(struct parser *p)
{
	struct slice s = {.by_length = true, .length = 1};

	if (p->t.kind == TOKEN_OPEN_SLICE)
		return parse_slices(p);
	if (p->t.kind != TOKEN_WORD ||
	    !slice_is_number(p->s + p->t.start, p->s + p->t.end, &s.from)) {
		filter_fail(p->e, p->t.start, p->t.end, "expected the number of a layer, from 1");
		return NULL;
	}
	GArray *layers = g_array_new(FALSE, FALSE, sizeof(struct slice));
	g_array_append_val(layers, s);
	advance(p);
	return layers;
}

static const struct {
	const char *name;
	enum function function;
} functions[] = {
	{"len", FUNCTION_LEN},     {"count", FUNCTION_COUNT},   {"lower", FUNCTION_LOWER},
	{"upper", FUNCTION_UPPER}, {"string", FUNCTION_STRING}, {"max", FUNCTION_MAX},
	{"min", FUNCTION_MIN},     {"abs", FUNCTION_ABS},
};

static void free_node(void *n)
{
	node_free(n);
}

static enum function function_find(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
		if (strcmp(functions[i].name, word) == 0)
			return functions[i].function;
	}
	return FUNCTIONS;
}

static struct node *parse_function(struct parser *p, const char *word, struct token at)
{
	struct node *n = node_new(NODE_FUNCTION, at.start, at.end);

	n->function = function_find(word);
	n->arguments = g_ptr_array_new_with_free_func(free_node);
	if (n->function == FUNCTIONS) {
		filter_fail(
			p->e, at.start, at.end,
			"unknown function \"%s\"; there are len, count, lower, upper, string, max, min, abs",
			word);
		node_free(n);
		return NULL;
	}
	do {
		advance(p); /* the parenthesis, then each comma */
		struct node *argument = parse_operand(p);

		if (argument == NULL) {
			node_free(n);
			return NULL;
		}
		g_ptr_array_add(n->arguments, argument);
	} while (p->t.kind == TOKEN_COMMA);
	n->end = p->t.end;
	if (!expect(p, TOKEN_CLOSE)) {
		node_free(n);
		return NULL;
	}
	return n;
}

static struct node *new_literal(struct parser *p, char *text, size_t n)
{
	struct node *literal = node_new(NODE_LITERAL, p->t.start, p->t.end);

	literal->class = CLASS_UNKNOWN;
	literal->text = text;
	literal->text_n = n;
	advance(p);
	return literal;
}

static struct node *new_field(struct token at, const struct key *key)
{
	struct node *n = node_new(NODE_FIELD, at.start, at.end);

	n->key = key;
	for (unsigned i = 0; i < key->rows; i++)
		rem_set_add(&n->protos, key->row[i].proto);
	return n;
}

/* "#2", "#[1-3]" behind a field or a protocol. */
static struct node *parse_hash(struct parser *p, struct node *n)
{
	if (p->t.kind != TOKEN_HASH)
		return n;
	advance(p);
	n->layers = parse_layers(p);
	if (n->layers == NULL) {
		node_free(n);
		return NULL;
	}
	return n;
}

static struct node *new_proto(struct token at, int proto)
{
	struct node *n = node_new(NODE_PROTO, at.start, at.end);

	n->proto = proto;
	for (unsigned i = 0; i < REM_P_COUNT; i++) {
		if (strcmp(rem_protos[i]->key, rem_protos[proto]->key) == 0)
			rem_set_add(&n->protos, i);
	}
	return n;
}

/* A word: a field, a protocol, a column, a function's name, or a literal without quotes. */
static struct node *parse_word(struct parser *p)
{
	const struct token at = p->t;
	char *word = g_strndup(p->s + at.start, at.end - at.start);
	struct node *n = NULL;

	if (lexer_next(p->s, at.end).kind == TOKEN_OPEN && g_ascii_isalpha(word[0])) {
		advance(p);
		n = parse_function(p, word, at);
		g_free(word);
		return n;
	}
	const struct key *key = key_find(word);
	const int proto = rem_proto_find(word, strlen(word)), column = column_find(word);
	if (key != NULL) {
		n = new_field(at, key);
	} else if (proto >= 0) {
		n = new_proto(at, proto);
	} else if (column >= 0) {
		n = node_new(NODE_COLUMN, at.start, at.end);
		n->column = column;
	} else {
		return new_literal(p, word, strlen(word));
	}
	g_free(word);
	advance(p);
	return column >= 0 && key == NULL && proto < 0 ? n : parse_hash(p, n);
}

static struct node *parse_quoted(struct parser *p)
{
	const bool character = p->t.kind == TOKEN_CHAR;
	size_t n;
	char *text = lexer_string(p->s, p->t, &n);

	if (text == NULL)
		return fail(p, NULL, "a backslash escape that does not exist");
	if (character && n != 1) {
		g_free(text);
		return fail(p, NULL,
			    "a character constant is one character; strings stand in \"…\"");
	}
	struct node *literal = new_literal(p, text, n);
	literal->quoted = true;
	literal->character = character;
	return literal;
}

/* What cannot be the beginning of an operand. */
static const char *why_bad(const struct parser *p)
{
	const char *at = p->s + p->t.start;

	if (*at == '"' || *at == '\'' || *at == 'r' || *at == 'R')
		return "this string has no end";
	return g_str_has_prefix(at, "${") ? "a reference to the selected packet; there is none here"
					  : "this character means nothing here";
}

static struct node *parse_primary(struct parser *p)
{
	switch (p->t.kind) {
	case TOKEN_WORD: return parse_word(p);
	case TOKEN_STRING:
	case TOKEN_CHAR: return parse_quoted(p);
	case TOKEN_OPEN_SET: {
		advance(p);
		struct node *inner = parse_operand(p);

		if (inner != NULL && !expect(p, TOKEN_CLOSE_SET)) {
			node_free(inner);
			return NULL;
		}
		return inner;
	}
	case TOKEN_BAD: return fail(p, NULL, why_bad(p));
	case TOKEN_END:
		return fail(p, NULL, "the expression ends where a field or a value is expected");
	default: return fail(p, NULL, "expected a field or a value here");
	}
}

static struct node *parse_sliced(struct parser *p)
{
	struct node *n = parse_primary(p);

	for (unsigned i = 0; n != NULL && p->t.kind == TOKEN_OPEN_SLICE; i++) {
		if (i == MOST_DEEP)
			return fail(p, n, "too many slices in a row");
		struct node *slice = node_new(NODE_SLICE, n->start, p->t.end);

		slice->a = n;
		slice->slices = parse_slices(p);
		if (slice->slices == NULL) {
			node_free(slice);
			return NULL;
		}
		n = slice;
	}
	return n;
}

/* "-5" is a literal, "-ip.ttl" a calculation. */
static struct node *negate(struct node *n, unsigned start)
{
	if (n->kind == NODE_LITERAL && !n->quoted) {
		char *text = g_strconcat("-", n->text, NULL);

		g_free(n->text);
		n->text = text;
		n->text_n++;
		n->start = start;
		return n;
	}
	struct node *minus = node_new(NODE_ARITHMETIC, start, n->end);
	minus->op = TOKEN_MINUS;
	minus->a = n;
	return minus;
}

static struct node *parse_unary(struct parser *p)
{
	const unsigned start = p->t.start;
	const enum token_kind sign = p->t.kind;

	if (sign != TOKEN_MINUS && sign != TOKEN_PLUS)
		return parse_sliced(p);
	advance(p);
	struct node *n = parse_sliced(p);
	return n == NULL || sign == TOKEN_PLUS ? n : negate(n, start);
}

/* left { op right } for the operators of one level. */
static struct node *parse_binary(struct parser *p, struct node *(*next)(struct parser *),
				 const enum token_kind *ops, enum node_kind kind)
{
	struct node *left = next(p);

	for (unsigned i = 0; left != NULL; i++) {
		const enum token_kind op = p->t.kind;
		bool ours = false;

		for (const enum token_kind *o = ops; *o != TOKEN_END; o++)
			ours = ours || *o == op;
		if (!ours)
			return left;
		if (i == (kind == NODE_ARITHMETIC ? MOST_DEEP : MOST_LONG))
			return fail(p, left, "too many operators in a row");
		advance(p);
		struct node *n = node_new(kind, left->start, left->end);
		n->op = op;
		n->a = left;
		n->b = next(p);
		if (n->b == NULL) {
			node_free(n);
			return NULL;
		}
		n->end = n->b->end;
		left = n;
	}
	return NULL;
}

static struct node *parse_product(struct parser *p)
{
	static const enum token_kind ops[] = {TOKEN_STAR, TOKEN_SLASH, TOKEN_PERCENT, TOKEN_END};

	return parse_binary(p, parse_unary, ops, NODE_ARITHMETIC);
}

static struct node *parse_sum(struct parser *p)
{
	static const enum token_kind ops[] = {TOKEN_PLUS, TOKEN_MINUS, TOKEN_END};

	return parse_binary(p, parse_product, ops, NODE_ARITHMETIC);
}

static struct node *parse_operand(struct parser *p)
{
	static const enum token_kind ops[] = {TOKEN_BITAND, TOKEN_END};

	if (++p->deep > MOST_DEEP)
		return fail(p, NULL, "too deeply nested");
	struct node *n = parse_binary(p, parse_sum, ops, NODE_ARITHMETIC);
	p->deep--;
	return n;
}

/* "{1, 5..9, …}" behind "in". */
static struct node *parse_set(struct parser *p, struct node *left)
{
	struct node *n = node_new(NODE_IN, left->start, left->end);

	n->a = left;
	n->set = g_array_new(FALSE, FALSE, sizeof(struct set_element));
	if (p->t.kind != TOKEN_OPEN_SET)
		return fail(p, n, "expected a set here: {1, 2, 5..9}");
	do {
		struct set_element element = {NULL, NULL};

		advance(p);
		element.from = parse_unary(p);
		if (element.from != NULL && p->t.kind == TOKEN_RANGE) {
			advance(p);
			element.to = parse_unary(p);
		}
		if (element.from != NULL)
			g_array_append_val(n->set, element);
		if (p->e->message != NULL) {
			node_free(n);
			return NULL;
		}
	} while (p->t.kind == TOKEN_COMMA);
	n->end = p->t.end;
	if (!expect(p, TOKEN_CLOSE_SET)) {
		node_free(n);
		return NULL;
	}
	return n;
}

static bool is_relation(enum token_kind kind)
{
	return (kind >= TOKEN_EQ && kind <= TOKEN_LE) || kind == TOKEN_CONTAINS ||
	       kind == TOKEN_MATCHES;
}

/* Must all values fulfil the relation, or any? */
static bool asks_all(enum token_kind op, enum token_kind quantifier)
{
	if (quantifier != TOKEN_END)
		return quantifier == TOKEN_ALL;
	return op == TOKEN_NE || op == TOKEN_ALL_EQ;
}

/* a == b; a < b < c means a < b && b < c. */
static struct node *parse_relation(struct parser *p, struct node *left, enum token_kind quantifier)
{
	const enum token_kind op = p->t.kind;
	struct node *n = node_new(op == TOKEN_CONTAINS  ? NODE_CONTAINS
				  : op == TOKEN_MATCHES ? NODE_MATCHES
							: NODE_COMPARE,
				  left->start, left->end);

	n->op = op;
	n->all = asks_all(op, quantifier);
	n->a = left;
	advance(p);
	const unsigned right_at = p->t.start;
	n->b = parse_operand(p);
	if (n->b == NULL) {
		node_free(n);
		return NULL;
	}
	n->end = n->b->end;
	if (!is_relation(p->t.kind))
		return n;
	if (++p->deep > MOST_DEEP)
		return fail(p, n, "too many comparisons in a row");
	p->t = lexer_next(p->s, right_at); /* the middle operand stands in both tests */
	struct node *middle = parse_operand(p);
	struct node *second = middle == NULL ? NULL : parse_relation(p, middle, quantifier);
	p->deep--;
	if (second == NULL) {
		node_free(n);
		return NULL;
	}
	struct node *both = node_new(NODE_AND, n->start, second->end);
	both->a = n;
	both->b = second;
	return both;
}

static struct node *parse_membership(struct parser *p, struct node *left, bool all)
{
	const bool not = p->t.kind == TOKEN_NOT; /* a not in {…} */

	if (not )
		advance(p);
	advance(p);
	struct node *set = parse_set(p, left);
	if (set == NULL)
		return NULL;
	set->all = all && !not ;
	if (!not )
		return set;
	struct node *n = node_new(NODE_NOT, set->start, set->end);
	n->a = set;
	return n;
}

static struct node *parse_test(struct parser *p)
{
	const enum token_kind quantifier = p->t.kind == TOKEN_ANY || p->t.kind == TOKEN_ALL
						   ? p->t.kind
						   : TOKEN_END;

	if (quantifier != TOKEN_END)
		advance(p);
	struct node *left = parse_operand(p);
	if (left == NULL)
		return NULL;
	if (p->t.kind == TOKEN_IN ||
	    (p->t.kind == TOKEN_NOT && lexer_next(p->s, p->t.end).kind == TOKEN_IN))
		return parse_membership(p, left, quantifier == TOKEN_ALL);
	if (is_relation(p->t.kind))
		return parse_relation(p, left, quantifier);
	if (quantifier != TOKEN_END)
		return fail(p, left, "any and all want a comparison behind the operand");
	struct node *n = node_new(NODE_EXISTS, left->start, left->end);
	n->a = left;
	return n;
}

/* A test in parentheses. */
static struct node *parse_group(struct parser *p)
{
	advance(p);
	struct node *n = parse_or(p);

	if (n != NULL && !expect(p, TOKEN_CLOSE)) {
		node_free(n);
		return NULL;
	}
	return n;
}

static struct node *parse_not(struct parser *p)
{
	struct node *n;

	if (++p->deep > MOST_DEEP)
		return fail(p, NULL, "too deeply nested");
	if (p->t.kind == TOKEN_NOT) {
		n = node_new(NODE_NOT, p->t.start, p->t.end);
		advance(p);
		n->a = parse_not(p);
		if (n->a == NULL) {
			node_free(n);
			return NULL;
		}
		n->end = n->a->end;
	} else if (p->t.kind == TOKEN_OPEN) {
		n = parse_group(p);
	} else {
		n = parse_test(p);
	}
	p->deep--;
	return n;
}

static struct node *parse_and(struct parser *p)
{
	static const enum token_kind ops[] = {TOKEN_AND, TOKEN_END};

	return parse_binary(p, parse_not, ops, NODE_AND);
}

static struct node *parse_xor(struct parser *p)
{
	static const enum token_kind ops[] = {TOKEN_XOR, TOKEN_END};

	return parse_binary(p, parse_and, ops, NODE_XOR);
}

static struct node *parse_or(struct parser *p)
{
	static const enum token_kind ops[] = {TOKEN_OR, TOKEN_END};

	return parse_binary(p, parse_xor, ops, NODE_OR);
}

/* What stands where an operator was expected, and may have been meant as one. */
static void *no_operator(struct parser *p, struct node *done)
{
	static const struct {
		const char *text, *meant;
	} slips[] = {
		{"=", "=="}, {"|", "||"}, {"AND", "and"}, {"OR", "or"}, {"NOT", "not"}, {"IN", "in"},
	};
	const char *at = p->s + p->t.start;
	const unsigned n = p->t.end - p->t.start;

	for (size_t i = 0; i < G_N_ELEMENTS(slips); i++) {
		if (strlen(slips[i].text) == n && strncmp(slips[i].text, at, n) == 0)
			filter_fail(p->e, p->t.start, p->t.end,
				    "expected an operator here; did you mean %s?", slips[i].meant);
	}
	return fail(p, done, "expected an operator here, such as ==, && or ||");
}

struct node *filter_parse(const char *expression, struct filter_error *e)
{
	struct parser p = {.s = expression, .t = lexer_next(expression, 0), .e = e};
	struct node *n = parse_or(&p);

	if (n != NULL && p.t.kind != TOKEN_END)
		return no_operator(&p, n);
	return n;
}
