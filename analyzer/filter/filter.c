/* SPDX-License-Identifier: BSD-3-Clause */
/* Compiling a display filter, and running it over a frame. */
#include "filter/ast.h"

#include <string.h>

enum { MOST_CHARACTERS = 16384 };

/* "filter: unknown field …", the expression, a caret under the place, and what may have been meant. */
static char *error_text(const char *expression, const struct filter_error *e)
{
	enum { WINDOW = 70 };
	const unsigned n = (unsigned)strlen(expression);
	const unsigned from = e->start > WINDOW / 2 && n > WINDOW ? e->start - WINDOW / 2 : 0;
	GString *text = g_string_new("filter: ");
	char *word = g_strndup(expression + e->start, e->end - e->start);

	g_string_append_printf(text, "%s\n  %.*s\n  %*s^", e->message, WINDOW, expression + from,
			       (int)(e->start - from), "");
	for (unsigned i = e->start + 1; i < e->end && i < from + WINDOW; i++)
		g_string_append_c(text, '~');
	if (g_str_has_prefix(e->message, "unknown field")) {
		char **like = keys_like(word, 3);

		for (unsigned i = 0; like[i] != NULL; i++)
			g_string_append_printf(text, "%s%s", i == 0 ? "   did you mean " : ", ",
					       like[i]);
		g_string_append(text, like[0] != NULL ? "?" : "   remora fields lists them");
		g_strfreev(like);
	}
	g_free(word);
	return g_string_free(text, FALSE);
}

/* A row outside the header, and of a header in pieces, is only there when details are asked for. */
static bool needs_detail(const struct key_row *r)
{
	const struct rem_table *header = &rem_protos[r->proto]->table[0];

	return r->table != 0 || header->stride != 0 || (header->flags & REM_TABLE_ONCE) == 0;
}

static void want_all(struct filter *f)
{
	f->everything = true;
}

static void add_protos(struct rem_set *to, const struct rem_set *from)
{
	for (unsigned i = 0; i < REM_COUNT(to->bits); i++)
		to->bits[i] |= from->bits[i];
}

/* The bytes of a protocol are those of all its parts. */
static void want_bytes(struct filter *f, const struct node *n)
{
	if (n != NULL && n->kind == NODE_PROTO)
		add_protos(&f->want.detail, &n->protos);
}

static void collect_want(struct filter *f, const struct node *n)
{
	if (n == NULL || n->kind == NODE_NEVER)
		return;
	for (unsigned i = 0; n->kind == NODE_FIELD && i < n->key->rows; i++) {
		const struct key_row *r = &n->key->row[i];
		const struct rem_proto *proto = rem_protos[r->proto];

		rem_set_add(&f->want.proto, r->proto);
		if (needs_detail(r))
			rem_set_add(&f->want.detail, r->proto);
		if ((needs_detail(r) && proto->trailer != NULL) || r->proto == REM_P_DATA)
			want_all(f); /* a trailer, or data, is what all the others leave */
		if ((proto->flags & REM_PROTO_DERIVED) != 0)
			f->described = true;
	}
	if (n->kind == NODE_FIELD && strcmp(n->key->name, "frame.protocols") == 0)
		want_all(f);
	if (n->kind == NODE_PROTO)
		add_protos(&f->want.proto, &n->protos);
	if (n->kind == NODE_PROTO && n->layers != NULL)
		add_protos(&f->want.detail, &n->protos); /* messages follow each other */
	if (n->kind == NODE_PROTO && n->proto == REM_P_DATA)
		want_all(f);
	if (n->kind != NODE_EXISTS) {
		want_bytes(f, n->a);
		want_bytes(f, n->b);
	}
	if (n->kind == NODE_COLUMN)
		want_all(f);
	collect_want(f, n->a);
	collect_want(f, n->b);
	for (unsigned i = 0; n->arguments != NULL && i < n->arguments->len; i++) {
		want_bytes(f, n->arguments->pdata[i]);
		collect_want(f, n->arguments->pdata[i]);
	}
	for (unsigned i = 0; n->set != NULL && i < n->set->len; i++) {
		collect_want(f, g_array_index(n->set, struct set_element, i).from);
		collect_want(f, g_array_index(n->set, struct set_element, i).to);
	}
}

bool filter_is_blank(const char *expression)
{
	return expression[strspn(expression, " \t\r\n")] == '\0';
}

struct node *filter_tree(const char *expression, struct filter_error *e)
{
	struct node *root = NULL;

	if (strlen(expression) > MOST_CHARACTERS)
		filter_fail(e, MOST_CHARACTERS, MOST_CHARACTERS + 1, "the expression is too long");
	else
		root = filter_parse(expression, e);
	if (root != NULL && filter_check(root, e))
		return root;
	node_free(root);
	return NULL;
}

static struct filter *compile(const char *expression, struct filter_error e, char **error)
{
	*error = NULL;
	if (filter_is_blank(expression))
		return NULL;
	struct node *root = filter_tree(expression, &e);
	if (root == NULL) {
		*error = error_text(expression, &e);
		g_free(e.message);
		return NULL;
	}
	struct filter *f = g_new0(struct filter, 1);
	f->root = root;
	f->scratch = g_malloc(SCRATCH);
	f->values = g_array_new(FALSE, FALSE, sizeof(struct filter_value));
	collect_want(f, root);
	return f;
}

struct filter *filter_compile(const char *expression, char **error)
{
	return compile(expression, (struct filter_error){0}, error);
}

struct filter *filter_compile_known(const char *expression, char **error)
{
	return compile(expression, (struct filter_error){.tolerated = true}, error);
}

void filter_free(struct filter *f)
{
	node_free(f->root);
	g_free(f->scratch);
	g_array_free(f->values, TRUE);
	g_free(f);
}

const struct rem_want *filter_want(struct filter *f, const struct rem_index *index)
{
	rem_want_settle(&f->want, index);
	return f->everything ? NULL : &f->want;
}

static const struct filter_value *value_at(const struct filter *f, unsigned i)
{
	return &g_array_index(f->values, struct filter_value, i);
}

static bool relation(enum token_kind op, int order)
{
	switch (op) {
	case TOKEN_EQ:
	case TOKEN_ALL_EQ: return order == 0;
	case TOKEN_NE:
	case TOKEN_ANY_NE: return order != 0;
	case TOKEN_GT: return order > 0;
	case TOKEN_GE: return order >= 0;
	case TOKEN_LT: return order < 0;
	default: return order <= 0;
	}
}

static bool contains(const struct filter_value *hay, const struct filter_value *needle)
{
	return needle->n <= hay->n && memmem(hay->p, hay->n, needle->p, needle->n) != NULL;
}

static bool fulfils(const struct node *n, const struct filter_value *a,
		    const struct filter_value *b)
{
	return n->kind == NODE_CONTAINS ? contains(a, b) : relation(n->op, value_compare(a, b));
}

/* Both sides must have values; then all pairs of them are asked for, or any. */
static bool match_pairs(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len;
	const unsigned a = operand_values(f, frame, n->a);
	const unsigned b = a == 0 ? 0 : operand_values(f, frame, n->b);
	bool result = n->all;

	for (unsigned i = 0; i < a && result == n->all; i++) {
		for (unsigned j = 0; j < b && result == n->all; j++)
			result = fulfils(n, value_at(f, start + i), value_at(f, start + a + j));
	}
	g_array_set_size(f->values, start);
	return b > 0 && result;
}

static bool match_regex(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len, a = operand_values(f, frame, n->a);
	bool result = n->all;

	for (unsigned i = 0; i < a && result == n->all; i++) {
		const struct filter_value *v = value_at(f, start + i);

		result = regex_match(n->regex, v->p, v->n);
	}
	g_array_set_size(f->values, start);
	return a > 0 && result;
}

static bool element_has(struct filter *f, struct frame *frame, const struct set_element *element,
			const struct filter_value *v)
{
	const unsigned start = f->values->len, from = operand_values(f, frame, element->from);
	const unsigned to = element->to == NULL ? 0 : operand_values(f, frame, element->to);
	bool has = false;

	if (from > 0 && element->to == NULL)
		has = value_compare(v, value_at(f, start)) == 0;
	else if (from > 0 && to > 0)
		has = value_compare(v, value_at(f, start)) >= 0 &&
		      value_compare(v, value_at(f, start + from)) <= 0;
	g_array_set_size(f->values, start);
	return has;
}

/* Is any of the values in the set? All of them: in one and the same of its elements. */
static bool match_in(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len, a = operand_values(f, frame, n->a);
	bool found = false;

	for (unsigned i = 0; i < n->set->len && a > 0 && !found; i++) {
		const struct set_element *element = &g_array_index(n->set, struct set_element, i);

		found = n->all;
		for (unsigned j = 0; j < a && found == n->all; j++) {
			const struct filter_value v = *value_at(f, start + j);

			found = element_has(f, frame, element, &v);
		}
	}
	g_array_set_size(f->values, start);
	return found;
}

static bool is_zero(const struct filter_value *v)
{
	switch (v->class) {
	case CLASS_REAL: return v->real == 0;
	case CLASS_TIME: return v->s == 0 && v->ns == 0;
	case CLASS_BYTES:
		for (size_t i = 0; i < v->n; i++) {
			if (v->p[i] != 0)
				return false;
		}
		return true;
	default: return v->u == 0;
	}
}

/* A field is there if it has a value, a slice if it has a byte, and a result if it is not zero. */
static bool match_exists(struct filter *f, struct frame *frame, const struct node *n)
{
	const unsigned start = f->values->len, count = operand_values(f, frame, n->a);
	bool found = false;

	for (unsigned i = 0; i < count && !found; i++) {
		const struct filter_value *v = value_at(f, start + i);

		found = n->a->kind == NODE_ARITHMETIC ? !is_zero(v)
			: n->a->kind == NODE_SLICE    ? v->n > 0
						      : true;
	}
	g_array_set_size(f->values, start);
	return found;
}

static bool match(struct filter *f, struct frame *frame, const struct node *n)
{
	switch (n->kind) {
	case NODE_OR: return match(f, frame, n->a) || match(f, frame, n->b);
	case NODE_XOR: return match(f, frame, n->a) != match(f, frame, n->b);
	case NODE_AND: return match(f, frame, n->a) && match(f, frame, n->b);
	case NODE_NOT: return !match(f, frame, n->a);
	case NODE_EXISTS: return match_exists(f, frame, n);
	case NODE_MATCHES: return match_regex(f, frame, n);
	case NODE_IN: return match_in(f, frame, n);
	case NODE_NEVER: return false;
	default: return match_pairs(f, frame, n);
	}
}

bool filter_match(struct filter *f, struct frame *frame)
{
	f->scratch_used = 0;
	g_array_set_size(f->values, 0);
	if (f->described)
		frame_describe(frame);
	return match(f, frame, f->root);
}
