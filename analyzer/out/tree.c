/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tree: every bit has a place, a name, a value and, where there is one, a meaning.
 *
 *    14.4    4  Header length          5                     20 bytes (x 4)
 *     ^    ^     ^                      ^                     ^
 *     byte.bit width  name              the bits              what they mean
 */
#include "out/colour.h"
#include "out/memo.h"
#include "out/print.h"

#include <string.h>

enum {
	COLUMN_NAME = 15,
	COLUMN_VALUE = 38,
	COLUMN_MEANING = 60,
	COLUMN_REF = 60,
	COLUMN_BYTES = 89,
	COLUMN_SUMS = 88,
	MOST_BYTES = 32, /* of a row's bytes: the rest is what -x is for */
	MOST_TEXT = 256,
	MOST_CALLED = 64, /* of a name that the packet gives */
	ROW_ROOM = 8192,
	NO_INDENT = 255, /* of a layer's heading: no row of it has so much */
	WORD_ROOM = 1 << 15, /* for a word and its bits, of which none is long */
};

struct line {
	struct rem_out *o;
	char *start;
	const struct print_options *options;
	size_t hidden; /* bytes that take no column: of colour, or inside a character */
};

static void set_colour(struct line *l, enum colour c)
{
	const char *before = l->o->p;

	colour(l->o, l->options, c);
	l->hidden += (size_t)(l->o->p - before);
}

/* There may be characters of several bytes in what was written since `from`. */
static void hide_wide(struct line *l, const char *from)
{
	for (; from < l->o->p; from++)
		l->hidden += (*from & 0xc0) == 0x80;
}

/* Spaces up to a column; at least one. */
static void to_column(struct line *l, size_t column)
{
	const size_t at = (size_t)(l->o->p - l->start) - l->hidden;

	out_spaces(l->o, at < column ? column - at : 1);
}

static void end_line(struct line *l)
{
	if (l->options->colour)
		set_colour(l, COLOUR_OFF);
	rem_out_char(l->o, '\n');
}

/* "    14.4    4  ", or blanks for what has no place of its own. */
static void out_place(struct rem_out *o, const struct rem_row *row)
{
	const char *start = o->p;

	if ((row->field->flags & REM_F_DERIVED) == 0 && row->part->source == 0) {
		rem_out_uint_right(o, row->bit / 8, 6);
		rem_out_char(o, '.');
		rem_out_char(o, (char)('0' + row->bit % 8));
		rem_out_char(o, ' ');
		rem_out_uint_right(o, row->bits, 4);
	}
	rem_out_pad(o, start, COLUMN_NAME);
}

/* The beginning of bytes or of a text that is too long for a line. */
static void out_beginning(struct rem_out *o, const struct rem_row *row, struct rem_value v,
			  uint32_t most)
{
	v.bytes.n = most;
	rem_out_value(o, row->field, row->bits, &v);
	rem_out_str(o, "…");
}

/* The bits as they stand, before they are scaled. */
static void out_raw(struct rem_out *o, const struct rem_row *row, const struct rem_value *v)
{
	const struct rem_field *f = row->field;

	if (f->type == REM_T_BYTES && v->bytes.n > MOST_BYTES) {
		out_beginning(o, row, *v, MOST_BYTES);
	} else if (f->type == REM_T_TEXT && v->bytes.n > MOST_TEXT) {
		out_beginning(o, row, *v, MOST_TEXT);
	} else if (rem_row_computed(row, v)) {
		const struct rem_value raw = {.type = v->type, .u = rem_row_bits(row)};

		rem_out_value(o, f, row->bits, &raw);
	} else {
		rem_out_value(o, f, row->bits, v);
		if (f->unit != NULL) {
			rem_out_char(o, ' ');
			rem_out_str(o, f->unit);
		}
	}
}

/* What is wrong with the row, or with its part. */
static void out_fault(struct rem_out *o, const struct rem_breakdown *b, const struct rem_part *part,
		      const struct rem_field *f)
{
	const struct rem_view source = b->source[part->source];

	rem_out_str(o, "! ");
	switch (part->err) {
	case REM_SHORT:
		rem_out_str(o, "cut by the capture at byte ");
		rem_out_uint(o, source.cap);
		return;
	case REM_LENGTH:
		rem_out_str(o, "does not fit: ");
		rem_out_uint(o, source.cap - part->off);
		rem_out_str(o, " bytes are here");
		break;
	default: rem_out_str(o, rem_err_text(part->err)); break;
	}
	if (f != NULL && f->ref != NULL) {
		rem_out_str(o, " (");
		rem_out_str(o, f->ref);
		rem_out_char(o, ')');
	}
}

/* The row behind a checksum says whether it matches; its answer is the checksum's meaning. */
static bool is_status(const struct rem_field *f)
{
	return (f->flags & REM_F_DERIVED) != 0 && f->names == &rem_sum_names;
}

static bool has_status(const struct rem_row *row)
{
	return row->field->class == REM_C_CHECKSUM &&
	       row->index + 1 < rem_part_table(row->part)->rows && is_status(row->field + 1);
}

static void out_status(struct line *l, const struct rem_breakdown *b, const struct rem_part *part)
{
	static const char *const texts[] = {
		[REM_SUM_BAD] = "! bad",
		[REM_SUM_GOOD] = "good",
		[REM_SUM_UNVERIFIED] = "not verifiable",
		[REM_SUM_NOT_GIVEN] = "not given",
		[REM_SUM_ILLEGAL] = "! zero is not allowed",
		[REM_SUM_PARTIAL] = "partial: left to the network card",
	};
	const enum rem_sum_status status = rem_layer_sum(b, part);

	if (status == REM_SUM_BAD || status == REM_SUM_ILLEGAL)
		set_colour(l, COLOUR_WRONG);
	rem_out_str(l->o, texts[status]);
}

static void out_meaning(struct line *l, const struct rem_breakdown *b, const struct rem_row *row,
			const struct rem_value *v)
{
	const struct rem_field *f = row->field;
	struct rem_out *o = l->o;

	if (row->part->err != REM_OK && row->part->err_row == row->index) {
		set_colour(l, COLOUR_WRONG);
		out_fault(o, b, row->part, f);
		return;
	}
	if (has_status(row) && rem_part_opens(b, row->part)) {
		out_status(l, b, row->part);
		return;
	}
	char *before = o->p;
	rem_out_meaning(o, row, v);
	if (f->scale > 1 && o->p != before) {
		rem_out_str(o, " (x ");
		rem_out_uint(o, f->scale);
		rem_out_char(o, ')');
	} else if (f->type == REM_T_BYTES && v->bytes.n > MOST_BYTES) {
		rem_out_uint(o, v->bytes.n);
		rem_out_str(o, " bytes");
	}
}

/* How deep a row stands below the containers that enclose it. */
struct nesting {
	uint32_t end[4];
	unsigned n;
};

static unsigned nest(struct nesting *nesting, const struct rem_row *row)
{
	const uint32_t end = row->bit + row->bits;

	while (nesting->n > 0 && end > nesting->end[nesting->n - 1])
		nesting->n--;
	const unsigned depth = nesting->n;
	if ((row->field->flags & REM_F_CONTAINER) != 0 && nesting->n < G_N_ELEMENTS(nesting->end))
		nesting->end[nesting->n++] = end;
	return depth;
}

/* The name that the packet itself gives to a row; its own, if there is none. */
static void out_called(struct line *l, const struct rem_breakdown *b, const struct rem_row *row)
{
	const char *name = l->o->p;
	struct rem_row label;
	struct rem_value v;

	if (!rem_part_label(b, row->part, &label, &v))
		rem_out_str(l->o, row->field->name);
	else if (v.bytes.n > MOST_CALLED)
		out_beginning(l->o, &label, v, MOST_CALLED);
	else
		rem_out_value(l->o, label.field, label.bits, &v);
	hide_wide(l, name);
}

/* A row's place and name, up to the column of its value. */
static void out_name(struct line *l, const struct frame *f, const struct rem_row *row,
		     unsigned indent)
{
	out_place(l->o, row);
	rem_out_blank(l->o, 2 * (size_t)indent);
	if ((row->field->flags & REM_F_CALLED) != 0)
		out_called(l, &f->b, row);
	else
		rem_out_mem(l->o, row->field->name, row->field->name_len);
	to_column(l, COLUMN_VALUE);
}

static void out_value(struct line *l, const struct frame *f, const struct rem_row *row,
		      const struct rem_value *v)
{
	struct rem_out *o = l->o;
	const char *value = o->p;

	out_raw(o, row, v);
	if (v->type == REM_T_TEXT || v->type == REM_T_NAME)
		hide_wide(l, value);
	char *end = o->p;
	to_column(l, COLUMN_MEANING);
	const char *meaning = o->p;
	out_meaning(l, &f->b, row, v);
	if (o->p == meaning)
		o->p = end; /* nothing to add: no blanks at the end */
	end_line(l);
}

static bool is_number(enum rem_type type)
{
	const unsigned numbers = 1 << REM_T_UINT | 1 << REM_T_INT | 1 << REM_T_BOOL |
				 1 << REM_T_IPV4 | 1 << REM_T_MAC | 1 << REM_T_EUI64;

	return (numbers >> type & 1) != 0;
}

/* Fills the key of a row's line with its value. False: the line depends on more than the key. */
static bool take_value(struct memo_key *key, const struct rem_row *row, const struct rem_value *v)
{
	const bool bits = memo_take_bits(key, row);

	if (row->part->err != REM_OK || has_status(row))
		return false;
	if (row->field->calc == NULL)
		return bits;
	key->more = key->value;
	key->value = v->u;
	return is_number(v->type);
}

static void out_row(struct printer *p, const struct frame *f, const struct rem_row *row,
		    unsigned indent)
{
	struct line l = {out_room(&p->out, ROW_ROOM), p->out.to.p, p->options, 0};
	const bool computed = row->field->calc != NULL;
	struct rem_value v;

	if (computed && !rem_row_value(&f->b, row, &v))
		return;
	p->fields++;
	struct memo_key key = {
		.field = row->field, .bit = row->bit, .bits = row->bits,
		.indent = (uint8_t)indent, .source = row->part->source,
	};
	const bool whole = take_value(&key, row, &v);
	struct memo_line *line = memo_at(p->data, &key);
	if (whole && memo_has(line, &key)) {
		memo_out(l.o, line, line->len);
		return;
	}
	const bool called = (row->field->flags & REM_F_CALLED) != 0;
	if (!called && memo_begins(line, &key))
		memo_out(l.o, line, line->value_at);
	else
		out_name(&l, f, row, indent);
	const size_t value_at = (size_t)(l.o->p - l.start);
	if (!computed)
		rem_row_value(&f->b, row, &v);
	out_value(&l, f, row, &v);
	if (!called)
		memo_keep(line, &key, l.start, value_at, whole ? (size_t)(l.o->p - l.start) : 0);
}

/* The label of a part: its title, completed by the meaning of the row that says which it is. */
static void out_title(struct rem_out *o, const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_row row;
	struct rem_value v;

	rem_out_str(o, rem_part_table(part)->title);
	if (!rem_part_label(b, part, &row, &v))
		return;
	rem_out_str(o, ": ");
	const char *before = o->p;
	rem_out_meaning(o, &row, &v);
	if (o->p == before)
		rem_out_value(o, row.field, row.bits, &v);
}

static void out_part_heading(struct printer *p, const struct frame *f, const struct rem_part *part)
{
	struct rem_out *o = out_room(&p->out, ROW_ROOM);
	struct line l = {o, o->p, p->options, 0};
	static const struct rem_field whole = {.bits = 0};
	const struct rem_row row = {
		.part = part, .field = &whole, .bit = 8 * part->off, .bits = 8 * part->len};

	out_place(o, &row);
	rem_out_mem(o, "                ", 2 * (size_t)MIN(part->depth - 1, 8));
	const char *title = o->p;
	out_title(o, &f->b, part);
	hide_wide(&l, title);
	if (part->err != REM_OK && part->err_row == REM_NO_ROW) {
		to_column(&l, COLUMN_MEANING);
		set_colour(&l, COLOUR_WRONG);
		out_fault(o, &f->b, part, NULL);
	}
	end_line(&l);
}

/* A word whose bits are being written, to be remembered together. */
struct word {
	struct memo_word *to; /* NULL: there is none */
	struct memo_key key;
	struct rem_row row;
	const char *start;
	uint64_t before; /* rows that had been printed */
};

/* Do the lines of this row and of those within it depend on its bits alone? */
static bool opens_word(const struct rem_row *row)
{
	return (row->field->flags & REM_F_CONTAINER) != 0 && row->field->calc == NULL &&
	       row->bits <= 64 && row->part->err == REM_OK &&
	       row->part->rows == rem_part_table(row->part)->rows;
}

static bool is_within(const struct rem_row *word, const struct rem_row *row)
{
	return row->bit >= word->bit && row->bit + row->bits <= word->bit + word->bits;
}

/* Writes a word with its bits, if they were written before; else notes where they begin. */
static bool out_word(struct printer *p, struct word *w, const struct rem_row *row, unsigned indent,
		     struct rem_row_walk *walk)
{
	struct memo *memo = p->data;

	w->key = (struct memo_key){
		.field = row->field, .bit = row->bit, .bits = row->bits,
		.indent = (uint8_t)indent, .source = row->part->source,
	};
	memo_take_bits(&w->key, row);
	struct memo_word *known = memo_word_at(memo, &w->key);
	struct rem_out *o = out_room(&p->out, WORD_ROOM);
	if (memo_has_word(known, &w->key)) {
		memo_out_word(o, known);
		p->fields += known->rows;
		walk->next = known->next;
		return true;
	}
	w->to = known;
	w->row = *row;
	w->start = o->p;
	w->before = p->fields;
	return false;
}

/* Remembers the lines of a word: `next` is the row of the table behind it. */
static void end_word(const struct printer *p, struct word *w, unsigned next)
{
	const size_t n = (size_t)(p->out.to.p - w->start);

	w->to->rows = (uint16_t)(p->fields - w->before);
	w->to->next = (uint16_t)next;
	memo_keep_word(w->to, &w->key, w->start, n);
	w->to = NULL;
}

static void out_rows(struct printer *p, const struct frame *f, const struct rem_part *part)
{
	struct rem_row_walk walk = {.skip = REM_F_ALIAS | REM_F_HIDDEN};
	const unsigned end = part->row + part->rows;
	struct nesting nesting = {.n = 0};
	struct word word;
	struct rem_row row;

	word.to = NULL;
	word.start = NULL;
	while (rem_row_next(&f->b, part, &walk, &row)) {
		if (is_status(row.field))
			continue;
		const unsigned indent = nest(&nesting, &row) + part->depth;
		if (word.to != NULL && !is_within(&word.row, &row))
			end_word(p, &word, row.element == word.row.element ? row.index : end);
		if (word.to != NULL && row.field->calc != NULL)
			word.to = NULL; /* it depends on more than the word */
		if (word.to == NULL && opens_word(&row) && out_word(p, &word, &row, indent, &walk))
			continue;
		out_row(p, f, &row, indent);
	}
	if (word.to != NULL)
		end_word(p, &word, end);
}

static void out_part(struct printer *p, const struct frame *f, const struct rem_part *part)
{
	const bool fault = part->err != REM_OK && part->err_row == REM_NO_ROW;

	if (part->depth > 0 && part->rows > 1 && rem_part_table(part)->title != NULL &&
	    (fault || !rem_part_is_row(part)))
		out_part_heading(p, f, part);
	out_rows(p, f, part);
}

/* "TCP     RFC 9293     bytes 34-57" */
static void out_layer_name(struct line *l, const struct rem_part *layer)
{
	const struct rem_proto *proto = rem_part_proto(layer);
	struct rem_out *o = l->o;

	set_colour(l, COLOUR_NAME);
	rem_out_str(o, proto->name);
	set_colour(l, COLOUR_OFF);
	if ((layer->flags & REM_PART_QUOTED) != 0)
		rem_out_str(o, ", quoted");
	set_colour(l, COLOUR_DIM);
	if (proto->ref != NULL) {
		to_column(l, COLUMN_REF);
		rem_out_str(o, proto->ref);
	}
	if (layer->len > 0) {
		to_column(l, COLUMN_BYTES);
		rem_out_str(o, "bytes ");
		rem_out_uint(o, layer->off);
		rem_out_char(o, '-');
		rem_out_uint(o, layer->off + layer->len - 1);
	}
	end_line(l);
}

static void out_layer_fault(struct printer *p, const struct frame *f, const struct rem_part *layer)
{
	struct rem_out *o = out_room(&p->out, ROW_ROOM);
	struct line l = {o, o->p, p->options, 0};

	to_column(&l, COLUMN_NAME);
	set_colour(&l, COLOUR_WRONG);
	out_fault(o, &f->b, layer, NULL);
	end_line(&l);
}

static void out_layer_heading(struct printer *p, const struct frame *f,
			      const struct rem_part *layer)
{
	const struct memo_key key = {
		.field = rem_part_table(layer)->row, .bit = layer->off, .bits = layer->len,
		.value = (uint64_t)layer->proto << 8 | layer->flags, .indent = NO_INDENT,
	};
	struct memo_word *known = memo_word_at(p->data, &key);
	struct rem_out *o = out_room(&p->out, ROW_ROOM);

	rem_out_char(o, '\n');
	struct line l = {o, o->p, p->options, 0};
	if (memo_has_word(known, &key)) {
		memo_out_word(o, known);
	} else {
		out_layer_name(&l, layer);
		memo_keep_word(known, &key, l.start, (size_t)(o->p - l.start));
	}
	if (layer->err != REM_OK && layer->err_row == REM_NO_ROW)
		out_layer_fault(p, f, layer);
}

/* "2 checksums good", "TCP checksum bad". */
static void out_sums(struct line *l, const struct rem_breakdown *b)
{
	unsigned good = 0;

	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		const struct rem_part *layer = &b->part[i];
		const struct rem_proto *proto = rem_part_proto(layer);

		if (proto->sum == NULL || (layer->flags & REM_PART_QUOTED) != 0)
			continue;
		const enum rem_sum_status status = rem_layer_sum(b, layer);
		if (status == REM_SUM_BAD) {
			to_column(l, COLUMN_SUMS);
			set_colour(l, COLOUR_WRONG);
			rem_out_str(l->o, proto->name);
			rem_out_str(l->o, " checksum bad");
			return;
		}
		good += status == REM_SUM_GOOD;
	}
	if (good > 0) {
		to_column(l, COLUMN_SUMS);
		rem_out_uint(l->o, good);
		rem_out_str(l->o, good == 1 ? " checksum good" : " checksums good");
	}
}

static void out_frame_heading(struct printer *p, const struct frame *f)
{
	struct rem_out *o = out_room(&p->out, ROW_ROOM);
	struct line l = {o, o->p, p->options, 0};
	const struct packet *packet = f->packet;
	const struct interface *interface = reader_interface(f->reader, packet->interface);

	set_colour(&l, COLOUR_NAME);
	rem_out_str(o, "Frame ");
	rem_out_uint(o, packet->number);
	set_colour(&l, COLOUR_OFF);
	rem_out_str(o, "   ");
	rem_out_uint(o, packet->len);
	rem_out_str(o, " bytes");
	if (packet->cap_len < packet->len) {
		rem_out_str(o, ", ");
		rem_out_uint(o, packet->cap_len);
		rem_out_str(o, " captured");
	}
	if (packet->has_time) {
		struct print_options date = {.time = TIME_DATE};

		rem_out_str(o, "   ");
		column_out(o, COLUMN_TIME, (struct frame *)f, &date);
		rem_out_str(o, " UTC");
	}
	if (interface != NULL && interface->name != NULL) {
		rem_out_str(o, "   ");
		const char *name = o->p;
		rem_out_text(o, (const uint8_t *)interface->name, strnlen(interface->name, 64));
		hide_wide(&l, name);
	}
	out_sums(&l, &f->b);
	end_line(&l);
}

static void out_comments(struct printer *p, const struct frame *f)
{
	const char *text;
	size_t iter = 0, n;

	while (packet_next_comment(f->packet, &iter, &text, &n)) {
		struct rem_out *o = out_room(&p->out, 4 * n + ROW_ROOM);
		struct line l = {o, o->p, p->options, 0};

		rem_out_str(o, "Comment: ");
		rem_out_text(o, (const uint8_t *)text, n);
		end_line(&l);
	}
}

static void tree_begin(struct printer *p)
{
	p->data = g_new0(struct memo, 1);
}

static void tree_end(struct printer *p)
{
	g_free(p->data);
}

static void tree_frame(struct printer *p, struct frame *f)
{
	const struct rem_breakdown *b = &f->b;

	if (p->packets > 0)
		rem_out_char(out_room(&p->out, 16), '\n');
	out_frame_heading(p, f);
	out_comments(p, f);
	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		out_layer_heading(p, f, &b->part[i]);
		if (p->options->only != NULL && !rem_set_has(p->options->only, b->part[i].proto))
			continue;
		for (int j = i; j >= 0; j = rem_layer_part_next(b, i, j))
			out_part(p, f, &b->part[j]);
	}
	if (p->options->hex)
		print_hex(p, f);
}

const struct printer_ops print_tree = {
	.name = "tree",
	.about = "every field with its place, value and meaning",
	.begin = tree_begin,
	.frame = tree_frame,
	.end = tree_end,
	.detail = true,
};
