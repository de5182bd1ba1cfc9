/* SPDX-License-Identifier: BSD-3-Clause */
/* What an expression is while it is being typed: good, wrong, or on its way. */
#include "filter/ast.h"

#include <string.h>

/* Does a key, or the name of a protocol, begin so? */
static bool begins_a_name(const char *word)
{
	size_t n;
	const struct key *const *all = keys_all(&n);

	for (size_t i = 0; i < n; i++) {
		if (g_str_has_prefix(all[i]->name, word))
			return true;
	}
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		if (g_str_has_prefix(rem_protos[p]->key, word))
			return true;
	}
	return false;
}

/* Is the trouble only that the end is not reached? Words and strings at the end may go on. */
static bool may_go_on(const char *expression, const struct filter_error *e, const char *word)
{
	const size_t n = strlen(expression);
	const struct token at = lexer_next(expression, e->start);

	if (e->start >= n || at.kind == TOKEN_END)
		return true;
	if (e->end < n)
		return false;
	return e->unknown ? begins_a_name(word)
			  : at.kind == TOKEN_BAD && (*word == '"' || *word == '&' || *word == '|');
}

struct filter_verdict filter_judge(const char *expression)
{
	struct filter_error e = {0};
	struct filter_verdict v = {.state = FILTER_EMPTY};

	if (filter_is_blank(expression))
		return v;
	struct node *root = filter_tree(expression, &e);
	v.state = FILTER_GOOD;
	if (root != NULL) {
		node_free(root);
		return v;
	}
	const unsigned n = (unsigned)strlen(expression);
	e.start = MIN(e.start, n);
	e.end = CLAMP(e.end, e.start, n);
	char *word = g_strndup(expression + e.start, e.end - e.start);
	v = (struct filter_verdict){FILTER_WRONG, e.start, e.end, e.message, NULL};
	if (may_go_on(expression, &e, word))
		v.state = FILTER_UNFINISHED;
	if (e.unknown) {
		char **like = keys_like(word, 1);

		v.like = g_strdup(like[0]);
		g_strfreev(like);
	}
	g_free(word);
	return v;
}

void filter_verdict_clear(struct filter_verdict *v)
{
	g_free(v->message);
	g_free(v->like);
	*v = (struct filter_verdict){.state = FILTER_EMPTY};
}
