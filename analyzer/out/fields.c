/* SPDX-License-Identifier: BSD-3-Clause */
/* -T fields: the values of the keys that -e names, a line a packet, as tshark writes them. */
#include "out/print.h"

#include <string.h>

enum { VALUE_ROOM = 8192 };

static void out_quote(struct rem_out *o, const struct printer *p)
{
	if (p->options->quote != '\0')
		rem_out_char(o, p->options->quote);
}

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
static void out_occurrence(struct printer *p, char *start, const struct rem_row *row,
			   const struct rem_value *v, unsigned count)
{
	struct rem_out *o = &p->out.to;

	if (count > 0 && p->options->occurrence == 'f')
		return;
	if (count > 0 && p->options->occurrence == 'l')
		o->p = start;
	else if (count > 0)
		rem_out_char(o, p->options->aggregator);
	char *value = o->p;
	out_flag_or_value(o, row, v);
	double_quotes(o, value, p->options->quote);
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

/* Where a line begins in the buffer may move when the buffer is written out; so the whole line is
 * given room before it begins. */
static size_t line_room(const struct printer *p, const struct frame *f)
{
	return p->options->n_fields * ((size_t)f->packet->cap_len * 12 + VALUE_ROOM);
}

static void out_key(struct printer *p, const struct frame *f, const struct key *k)
{
	const struct rem_breakdown *b = &f->b;
	char *start = p->out.to.p;
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
				out_occurrence(p, start, &row, &v, count++);
		}
	}
}

/* A protocol's own name, once for each of its layers. */
static void out_proto(struct printer *p, const struct frame *f, int proto)
{
	const struct rem_breakdown *b = &f->b;
	unsigned count = 0;

	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		if (b->part[i].proto != proto)
			continue;
		if (count++ > 0)
			rem_out_char(&p->out.to, p->options->aggregator);
		rem_out_str(&p->out.to, rem_protos[proto]->key);
	}
}

static void fields_begin(struct printer *p)
{
	for (unsigned i = 0; p->options->header && i < p->options->n_fields; i++) {
		struct rem_out *o = out_room(&p->out, VALUE_ROOM);

		if (i > 0)
			rem_out_char(o, p->options->separator);
		rem_out_str(o, p->options->fields[i].text);
	}
	if (p->options->header)
		rem_out_char(out_room(&p->out, 1), '\n');
}

static void fields_frame(struct printer *p, struct frame *f)
{
	struct rem_out *o = out_room(&p->out, line_room(p, f));

	for (unsigned i = 0; i < p->options->n_fields; i++) {
		const struct wanted_field *w = &p->options->fields[i];
		char *start;

		if (i > 0)
			rem_out_char(o, p->options->separator);
		out_quote(o, p);
		start = o->p;
		if (w->key != NULL)
			out_key(p, f, w->key);
		else if (w->column >= 0)
			column_out(o, (enum column)w->column, f, p->options);
		else
			out_proto(p, f, w->proto);
		if (o->p == start && p->options->quote != '\0')
			o->p--; /* nothing there: no quotes around it */
		else
			out_quote(o, p);
	}
	rem_out_char(o, '\n');
}

static void fields_end(struct printer *p)
{
	(void)p;
}

const struct printer_ops print_fields = {
	.name = "fields",
	.about = "the values of the keys that -e names",
	.begin = fields_begin,
	.frame = fields_frame,
	.end = fields_end,
	.detail = true,
	.described = true,
};
