/* SPDX-License-Identifier: BSD-3-Clause */
/* The nodes of a filter's tree, and the first error in it. */
#include "filter/ast.h"

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
		regex_free(n->regex);
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
