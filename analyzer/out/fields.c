/* SPDX-License-Identifier: BSD-3-Clause */
/* -T fields: the values of the keys that -e names, a line a packet, as tshark writes them. */
#include "out/print.h"

enum { VALUE_ROOM = 8192 };

/* Where a line begins in the buffer may move when the buffer is written out; so the whole line is
 * given room before it begins. */
static size_t line_room(const struct printer *p, const struct frame *f)
{
	return p->options->n_fields * ((size_t)f->packet->cap_len * 12 + VALUE_ROOM);
}

static void out_quote(struct rem_out *o, const struct printer *p)
{
	if (p->options->quote != '\0')
		rem_out_char(o, p->options->quote);
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
		wanted_out(o, w, f, p->options);
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
