/* SPDX-License-Identifier: BSD-3-Clause */
/* -T fields: the values of the keys that -e names, a line a packet, as tshark writes them. */
#include "out/print.h"

enum { VALUE_ROOM = 8192 };

/* What all values of a key may take: of the packet's bytes, or of what the file says of it, where an
 * escape has four characters, and an empty comment is told from the next by one. */
static size_t values_room(const struct frame *f)
{
	const struct packet *p = f->packet;

	return 12 * (size_t)p->cap_len + 4 * (p->raw_len + f->record_size) + VALUE_ROOM;
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
	for (unsigned i = 0; i < p->options->n_fields; i++) {
		const struct wanted_field *w = &p->options->fields[i];
		struct rem_out *o = out_room(&p->out, values_room(f));
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
	rem_out_char(out_room(&p->out, 1), '\n');
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
