/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The grammar, by recursive descent; each function is a level of precedence, loosest first:
 *
 *   or := xor { "||" xor }          test    := operand [relation operand …]
 *   xor := and { "^^" and }         operand := sum := product := unary := primary
 *   and := not { "&&" not }         primary := field ["#" layers] | literal | function | "{" sum "}"
 *   not := "!" not | test           and any of them may be followed by [slices]
 *
 * Parentheses may nest MOST_DEEP times.
 */
#include "filter/ast.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DEEP = 200 };

struct parser {
	const char *s;
	struct token t; /* the next token */
	struct filter_error *e;
	unsigned deep;
};

static struct node *parse_or(struct parser *p);
static struct node *parse_operand(struct parser *p);

struct node *node_new(enum node_kind kind, unsigned start, unsigned end)
{
	struct node *n = g_new0(struct node, 1);

	n->kind = kind;
	n->start = start;
	n->end = end;
	n->proto = n->column = -1;
	return n;
}

void node_free(struct node *n)
{
	if (n == NULL)
		return;
	node_free(n->a);
	node_free(n->b);
	for (unsigned i = 0; n->set != NULL && i < n->set->len; i++) {
		node_free(g_array_index(n->set, struct set_element, i).from);
		node_free(g_array_index(n->set, struct set_element, i).to);
	}
	if (n->set != NULL)
		g_array_free(n->set, TRUE);
	if (n->layers != NULL)
		g_array_free(n->layers, TRUE);
	if (n->slices != NULL)
		g_array_free(n->slices, TRUE);
	if (n->arguments != NULL)
		g_ptr_array_free(n->arguments, TRUE);
	if (n->regex != NULL)
		g_regex_unref(n->regex);
	g_free(n->text);
	g_free(n->owned);
	g_free(n);
}

void filter_fail(struct filter_error *e, unsigned start, unsigned end, const char *format, ...)
{
	va_list args;

	if (e->message != NULL)
		return;
	va_start(args, format);
	e->message = g_strdup_vprintf(format, args);
	va_end(args);
	e->start = start;
	e->end = end;
}

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

/* A number of a slice or of layers, in `text` up to a character that is no part of it. */
static bool slice_number(const char **text, long *v)
{
	char *end;

	*v = strtol(*text, &end, 0);
	if (end == *text || *v > 0xfffffff || *v < -0xfffffff)
		return false;
	*text = end;
	return true;
}

/* One of "2", "1:3", "1-3", ":3", "1:" at *text, which is moved behind it. */
static bool parse_slice(const char **text, struct slice *s)
{
	*s = (struct slice){0};
	if (**text == ':') {
		++*text;
		s->by_length = true;
		return slice_number(text, &s->length);
	}
	if (!slice_number(text, &s->from))
		return false;
	if (**text == ':') {
		++*text;
		s->by_length = slice_number(text, &s->length);
		s->open = !s->by_length;
	} else if (**text == '-') {
		++*text;
		return slice_number(text, &s->to);
	} else {
		s->by_length = true;
		s->length = 1;
	}
	return true;
}

/* "[…]" at the opening bracket: slices with commas between. */
static GArray *parse_slices(struct parser *p)
{
	const unsigned start = p->t.start;
	const char *end = strchr(p->s + start, ']'), *at = p->s + start + 1;
	GArray *slices = g_array_new(FALSE, FALSE, sizeof(struct slice));

	while (end != NULL) {
		struct slice s;

		while (*at == ' ')
			at++;
		if (!parse_slice(&at, &s) || (s.by_length && s.length <= 0))
			break;
		g_array_append_val(slices, s);
		while (*at == ' ')
			at++;
		if (at == end) {
			p->t.end = (unsigned)(end + 1 - p->s);
			advance(p);
			return slices;
		}
		if (*at++ != ',')
			break;
	}
	g_array_free(slices, TRUE);
	filter_fail(
		p->e, start, (unsigned)(at - p->s) + 1,
		"a slice is [2], [1:3] (from, length), [1-3] (from, to), [:3] or [1:], or several with commas");
	return NULL;
}

/* Behind "#": one number, or several in brackets. */
static GArray *parse_layers(struct parser *p)
{
	GArray *layers;
	struct slice s;

	if (p->t.kind == TOKEN_OPEN_SLICE)
		return parse_slices(p);
	char *word = g_strndup(p->s + p->t.start, p->t.end - p->t.start);
	const char *at = word;
	layers = g_array_new(FALSE, FALSE, sizeof(struct slice));
	if (p->t.kind != TOKEN_WORD || !parse_slice(&at, &s) || *at != '\0' || s.from == 0) {
		filter_fail(p->e, p->t.start, p->t.end, "expected the number of a layer, from 1");
		g_array_free(layers, TRUE);
		layers = NULL;
	} else {
		g_array_append_val(layers, s);
		advance(p);
	}
	g_free(word);
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

static struct node *parse_function(struct parser *p, const char *word, struct token at)
{
	struct node *n = node_new(NODE_FUNCTION, at.start, at.end);

	n->function = FUNCTIONS;
	n->arguments = g_ptr_array_new_with_free_func(free_node);
	for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
		if (strcmp(functions[i].name, word) == 0)
			n->function = functions[i].function;
	}
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

static struct node *new_literal(struct parser *p, char *text, size_t n, bool quoted)
{
	struct node *literal = node_new(NODE_LITERAL, p->t.start, p->t.end);

	literal->class = CLASS_UNKNOWN;
	literal->text = text;
	literal->text_n = n;
	literal->quoted = quoted;
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

/* A word: a field, a protocol, a column, a function's name, or a literal without quotes. */
static struct node *parse_word(struct parser *p)
{
	const struct token at = p->t;
	char *word = g_strndup(p->s + at.start, at.end - at.start);
	struct node *n;

	if (p->s[at.end] == '(' && !g_ascii_isdigit(word[0])) {
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
		n = node_new(NODE_PROTO, at.start, at.end);
		n->proto = proto;
	} else if (column >= 0) {
		n = node_new(NODE_COLUMN, at.start, at.end);
		n->column = column;
	} else {
		return new_literal(p, word, strlen(word), false);
	}
	g_free(word);
	advance(p);
	if (p->t.kind == TOKEN_HASH && n->kind == NODE_FIELD) {
		advance(p);
		n->layers = parse_layers(p);
		if (n->layers == NULL) {
			node_free(n);
			return NULL;
		}
	}
	return n;
}

static struct node *parse_primary(struct parser *p)
{
	size_t n;
	char *text;

	switch (p->t.kind) {
	case TOKEN_WORD: return parse_word(p);
	case TOKEN_STRING:
	case TOKEN_CHAR:
		text = lexer_string(p->s, p->t, &n);
		if (text == NULL)
			return fail(p, NULL, "a backslash escape that does not exist");
		return new_literal(p, text, n, true);
	case TOKEN_OPEN_SET: {
		advance(p);
		struct node *inner = parse_operand(p);

		if (inner != NULL && !expect(p, TOKEN_CLOSE_SET)) {
			node_free(inner);
			return NULL;
		}
		return inner;
	}
	case TOKEN_BAD:
		return fail(p, NULL,
			    p->s[p->t.start] == '"' || p->s[p->t.start] == '\''
				    ? "this string has no end"
				    : "this character means nothing here");
	case TOKEN_END:
		return fail(p, NULL, "the expression ends where a field or a value is expected");
	default: return fail(p, NULL, "expected a field or a value here");
	}
}

static struct node *parse_sliced(struct parser *p)
{
	struct node *n = parse_primary(p);

	while (n != NULL && p->t.kind == TOKEN_OPEN_SLICE) {
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

static struct node *parse_unary(struct parser *p)
{
	if (p->t.kind != TOKEN_MINUS)
		return parse_sliced(p);
	struct node *n = node_new(NODE_ARITHMETIC, p->t.start, p->t.end);
	n->op = TOKEN_MINUS;
	advance(p);
	n->a = parse_sliced(p);
	if (n->a == NULL) {
		node_free(n);
		return NULL;
	}
	n->end = n->a->end;
	return n;
}

/* left { op right } for the operators of one level. */
static struct node *parse_binary(struct parser *p, struct node *(*next)(struct parser *),
				 const enum token_kind *ops, enum node_kind kind)
{
	struct node *left = next(p);

	while (left != NULL) {
		const enum token_kind op = p->t.kind;
		bool ours = false;

		for (const enum token_kind *o = ops; *o != TOKEN_END; o++)
			ours = ours || *o == op;
		if (!ours)
			return left;
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

/* a == b; a < b < c means a < b && b < c. */
static struct node *parse_relation(struct parser *p, struct node *left)
{
	const enum token_kind op = p->t.kind;
	struct node *n = node_new(op == TOKEN_CONTAINS  ? NODE_CONTAINS
				  : op == TOKEN_MATCHES ? NODE_MATCHES
							: NODE_COMPARE,
				  left->start, left->end);

	n->op = op;
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
	struct parser again = *p; /* the middle operand stands in both tests */
	again.t = lexer_next(p->s, right_at);
	struct node *middle = parse_operand(&again);
	struct node *second = middle == NULL ? NULL : parse_relation(p, middle);
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

static struct node *parse_test(struct parser *p)
{
	struct node *left = parse_operand(p);

	if (left == NULL)
		return NULL;
	if (p->t.kind == TOKEN_IN) {
		advance(p);
		return parse_set(p, left);
	}
	if (p->t.kind == TOKEN_NOT) { /* a not in {…} */
		const struct token in = lexer_next(p->s, p->t.end);

		if (in.kind == TOKEN_IN) {
			p->t = in;
			advance(p);
			struct node *set = parse_set(p, left);

			if (set == NULL)
				return NULL;
			struct node *n = node_new(NODE_NOT, set->start, set->end);
			n->a = set;
			return n;
		}
	}
	if (is_relation(p->t.kind))
		return parse_relation(p, left);
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

struct node *filter_parse(const char *expression, struct filter_error *e)
{
	struct parser p = {.s = expression, .t = lexer_next(expression, 0), .e = e};
	struct node *n = parse_or(&p);

	if (n != NULL && p.t.kind != TOKEN_END)
		return fail(&p, n, "expected an operator here, such as ==, && or ||");
	return n;
}
