/* SPDX-License-Identifier: BSD-3-Clause */
/* What -e names, and columns show: the values of a key, a column's text, a protocol's name. */
#include "out/print.h"

#include <string.h>

/* Doubles the quotes in what was written since `start`: RFC 4180 2.7. */
static void double_quotes(struct rem_out *o, char *start, char quote)
{
	size_t quotes = 0;

	for (const char *at = start; quote != '\0' && at < o->p; at++)
		quotes += *at == quote;
	if (quotes == 0 || quotes > rem_out_room(o))
		return;
	char *to = o->p + quotes;
	char *from = o->p;
	o->p = to;
	while (from > start) {
		if (*--from == quote)
			*--to = quote;
		*--to = *from;
	}
}

static void out_flag_or_value(struct rem_out *o, const struct rem_row *row,
			      const struct rem_value *v)
{
	if (v->type == REM_T_NONE)
		rem_out_str(o, row->field->key);
	else
		rem_out_value(o, row->field, row->bits, v);
}

/* Writes one more occurrence of a key; `count` says how many there were before. */
static void out_occurrence(struct rem_out *o, char *start, const struct rem_row *row,
			   const struct rem_value *v, unsigned count,
			   const struct print_options *options)
{
	if (count > 0 && options->occurrence == 'f')
		return;
	if (count > 0 && options->occurrence == 'l')
		o->p = start;
	else if (count > 0)
		rem_out_char(o, options->aggregator);
	out_flag_or_value(o, row, v);
}

static bool has_row(const struct key *k, const struct rem_part *part)
{
	for (unsigned i = 0; i < k->rows; i++) {
		if (k->row[i].proto == part->proto && k->row[i].table == part->table &&
		    k->row[i].row >= part->row && k->row[i].row < part->row + part->rows)
			return true;
	}
	return false;
}

static void out_key(struct rem_out *o, const struct frame *f, const struct key *k,
		    const struct print_options *options)
{
	const struct rem_breakdown *b = &f->b;
	char *start = o->p;
	unsigned count = 0;

	for (unsigned i = 0; i < b->parts; i++) {
		struct rem_row_walk walk = {0};
		struct rem_row row;
		struct rem_value v;

		if (!has_row(k, &b->part[i]))
			continue;
		while (rem_row_next(b, &b->part[i], &walk, &row)) {
			if (key_of(b->part[i].proto, b->part[i].table, row.index) == k &&
			    rem_row_value(b, &row, &v))
				out_occurrence(o, start, &row, &v, count++, options);
		}
	}
}

/* A protocol's own name, once for each of its layers. */
static void out_proto(struct rem_out *o, const struct frame *f, int proto,
		      const struct print_options *options)
{
	const struct rem_breakdown *b = &f->b;
	unsigned count = 0;

	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		if (b->part[i].proto != proto)
			continue;
		if (count++ > 0)
			rem_out_char(o, options->aggregator);
		rem_out_str(o, rem_protos[proto]->key);
	}
}

bool wanted_find(const char *text, struct wanted_field *w)
{
	*w = (struct wanted_field){
		.text = text,
		.key = key_find(text),
		.column = column_find(text),
		.proto = rem_proto_find(text, strlen(text)),
	};
	return w->key != NULL || w->column >= 0 || w->proto >= 0;
}

void wanted_out(struct rem_out *o, const struct wanted_field *w, struct frame *f,
		const struct print_options *options)
{
	char *start = o->p;

	if (w->key != NULL)
		out_key(o, f, w->key, options);
	else if (w->column >= 0)
		column_out(o, (enum column)w->column, f, options);
	else
		out_proto(o, f, w->proto, options);
	double_quotes(o, start, options->quote);
}
