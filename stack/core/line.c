/* SPDX-License-Identifier: BSD-3-Clause */
/* The breakdown line. */
#include "core/decode.h"
#include <remora/line.h>

#ifndef REM_NO_NAMES

static bool is_us(const struct rem_line *line, const struct rem_value *v)
{
	for (unsigned i = 0; i < line->us_count; i++) {
		const struct rem_us *us = &line->us[i];

		if (us->type == v->type &&
		    (us->type == REM_T_IPV6 ? v->bytes.n == 16 && rem_same(us->ipv6, v->bytes.p, 16)
					    : us->u == v->u))
			return true;
	}
	return false;
}

/* Is any layer's source one of ours? */
static bool from_us(const struct rem_breakdown *b, const struct rem_line *line)
{
	for (int i = rem_layer_next(b, -1); i >= 0 && i < b->trailers; i = rem_layer_next(b, i)) {
		const struct rem_part *layer = &b->part[i];
		const struct rem_proto *proto = rem_part_proto(layer);
		struct rem_row row;
		struct rem_value v;

		if (proto->source != proto->destination && (layer->flags & REM_PART_QUOTED) == 0 &&
		    rem_row_at(b, layer, proto->source, &row) && rem_row_value(b, &row, &v) &&
		    is_us(line, &v))
			return true;
	}
	return false;
}

static void out_direction(struct rem_out *o, const struct rem_breakdown *b,
			  const struct rem_line *line)
{
	enum rem_direction direction = line->direction;

	if (line->us_count > 0)
		direction = from_us(b, line) ? REM_DIRECTION_OUT : REM_DIRECTION_IN;
	if (direction != REM_DIRECTION_UNKNOWN)
		rem_out_str(o, direction == REM_DIRECTION_OUT ? "OUT " : "IN ");
}

/* Addresses, operations and flags go by the name of their class, all else by its own; a name of
 * several words stands in parentheses. */
static void out_name(struct rem_out *o, const struct rem_field *f)
{
	const bool by_class = (f->flags & REM_F_NAMED) == 0 &&
			      (f->class == REM_C_SOURCE || f->class == REM_C_DESTINATION ||
			       f->class == REM_C_OP || f->class == REM_C_FLAGS);
	const char *name = by_class ? rem_class_name((enum rem_class)f->class) : f->name;
	bool words = false;

	for (const char *p = name; *p != '\0'; p++)
		words = words || *p == ' ';
	if (words)
		rem_out_char(o, '(');
	rem_out_str(o, name);
	if (words)
		rem_out_char(o, ')');
}

/* Names of the flags that are set, the least significant first. False: they have no names. */
static bool out_flags(struct rem_out *o, const struct rem_row *word)
{
	const struct rem_table *table = rem_part_table(word->part);
	const uint32_t from = REM_OFF(word->field->bits), to = from + word->bits;
	unsigned end = word->index + 1u;
	bool any = false, named = false;

	while (end < table->rows && REM_OFF(table->row[end].bits) >= from &&
	       REM_OFF(table->row[end].bits) + REM_WIDTH(table->row[end].bits) <= to)
		end++;
	while (end-- > word->index + 1u) {
		const struct rem_field *f = &table->row[end];

		if ((f->flags & REM_F_FLAG) == 0)
			continue;
		named = true;
		if (rem_get64(word->base, f->bits) == 0)
			continue;
		if (any)
			rem_out_char(o, ',');
		any = true;
		rem_out_str(o, f->name);
	}
	if (named && !any)
		rem_out_char(o, '0');
	return named;
}

/* "2026-01-01T00:43:04.5": to 100 µs, without zeros at the end. */
static void out_time(struct rem_out *o, const struct rem_value *v)
{
	enum { DIGITS = 4 };
	const char *start = o->p;

	rem_out_time(o, v->s, v->ns == REM_NO_TIME ? 0 : v->ns, DIGITS);
	if (o->full)
		return;
	o->p--; /* the Z */
	for (unsigned i = 0; i < DIGITS && o->p > start && o->p[-1] == '0'; i++)
		o->p--;
	if (o->p > start && o->p[-1] == '.')
		o->p--;
}

static void out_value(struct rem_out *o, const struct rem_line *line, const struct rem_row *row,
		      const struct rem_value *v)
{
	if (is_us(line, v)) {
		rem_out_str(o, "us");
	} else if (v->type == REM_T_TIME) {
		out_time(o, v);
	} else if (v->type == REM_T_TEXT || v->type == REM_T_NAME) {
		rem_out_char(o, '"');
		rem_out_value(o, row->field, row->bits, v);
		rem_out_char(o, '"');
	} else if (v->type == REM_T_BYTES) {
		rem_out_str(o, "0x");
		rem_out_bytes(o, v->bytes.p, v->bytes.n, 0);
	} else if ((row->field->flags & REM_F_CONTAINER) == 0 || !out_flags(o, row)) {
		rem_out_value(o, row->field, row->bits, v);
	}
}

static bool is_shown(const struct rem_line *line, const struct rem_field *f)
{
	if ((f->flags & (REM_F_ALIAS | REM_F_DERIVED)) != 0)
		return false;
	if ((f->flags & REM_F_LEGACY) != 0 && !line->legacy)
		return false;
	return (line->classes >> f->class & 1) != 0;
}

static void out_rows(struct rem_out *o, const struct rem_breakdown *b, const struct rem_part *part,
		     const struct rem_line *line)
{
	struct rem_row_walk walk = {0};
	struct rem_row row;
	struct rem_value v;

	while (rem_row_next(b, part, &walk, &row)) {
		if (!is_shown(line, row.field) || !rem_row_value(b, &row, &v))
			continue;
		rem_out_str(o, "; ");
		out_name(o, row.field);
		rem_out_char(o, '=');
		out_value(o, line, &row, &v);
	}
}

/* The values of a part behind `n` others, without kind and length. Returns how many there are. */
static unsigned out_values(struct rem_out *o, const struct rem_breakdown *b,
			   const struct rem_part *part, const struct rem_line *line, unsigned n)
{
	struct rem_row_walk walk = {.skip = REM_F_ALIAS | REM_F_DERIVED | REM_F_HIDDEN};
	struct rem_row row;
	struct rem_value v;

	while (rem_row_next(b, part, &walk, &row)) {
		const bool kind = (row.field->flags & REM_F_LABEL) != 0 && row.field->names != NULL;

		if (kind || row.field->class == REM_C_SIZE || row.field->type == REM_T_NONE ||
		    !rem_row_value(b, &row, &v))
			continue;
		rem_out_char(o, n++ == 0 ? '=' : ',');
		out_value(o, line, &row, &v);
	}
	return n;
}

/* An option, a record: what it is, then its values and those of the parts within it; or, without a
 * title, what goes on behind `n` values. Returns how many there are. */
static unsigned out_subfield(struct rem_out *o, const struct rem_breakdown *b, int index,
			     const struct rem_line *line, unsigned n)
{
	const struct rem_part *part = &b->part[index];
	const struct rem_table *table = rem_part_table(part);
	struct rem_row row;
	struct rem_value v;

	const bool single = part->rows == 1 || rem_part_is_row(part);
	const char *title = single ? table->row[part->row].name : table->title;
	const bool labelled = rem_part_label(b, part, &row, &v);
	const bool called = labelled && (table->row[part->row].flags & REM_F_CALLED) != 0;
	const char *name = labelled ? rem_name_of(row.field->names, v.u) : NULL;
	if (title != NULL || name != NULL) {
		rem_out_str(o, "; ");
		n = 0;
	}
	if (called)
		rem_out_value(o, row.field, row.bits, &v);
	else if (title != NULL || name != NULL)
		rem_out_str(o, name != NULL ? name : title);
	n = out_values(o, b, part, line, n);
	for (int i = index + 1;
	     i < b->trailers && b->part[i].layer == part->layer && b->part[i].depth > part->depth;
	     i++)
		n = out_values(o, b, &b->part[i], line, n);
	return n;
}

/* Bytes from the layer's start to the next layer, or to its own last part. */
static uint32_t layer_length(const struct rem_breakdown *b, int layer)
{
	const int below = rem_layer_next(b, layer);
	const struct rem_part *opener = &b->part[layer];
	uint32_t end = opener->off + opener->len;

	if (below >= 0 && below < b->trailers && b->part[below].source == opener->source)
		return b->part[below].off - opener->off;
	for (int i = layer + 1; i < b->trailers && b->part[i].layer == layer; i++) {
		if (b->part[i].source == opener->source && b->part[i].off + b->part[i].len > end)
			end = b->part[i].off + b->part[i].len;
	}
	return end - opener->off;
}

/* Transport protocols, which stand over IP alone, say which RFC they follow. */
static bool is_transport(const struct rem_proto *proto)
{
	bool over_ip = false;

	for (unsigned i = 0; i < proto->binds; i++) {
		if (proto->bind[i].space == REM_SPACE_FAMILY ||
		    proto->bind[i].space == REM_SPACE_LINKTYPE)
			return false;
		over_ip = over_ip || proto->bind[i].space == REM_SPACE_IP;
	}
	return over_ip;
}

static void out_layer_name(struct rem_out *o, const struct rem_part *layer)
{
	const struct rem_proto *proto = rem_part_proto(layer);

	if (layer->proto == REM_P_DATA) {
		rem_out_str(o, "payload?");
		return;
	}
	rem_out_str(o, proto->name);
	if (!is_transport(proto) || proto->ref == NULL)
		return;
	rem_out_str(o, " [");
	for (const char *p = proto->ref; *p != '\0'; p++) {
		if (*p != ' ')
			rem_out_char(o, *p);
	}
	rem_out_char(o, ']');
}

static void out_errors(struct rem_out *o, const struct rem_breakdown *b, int layer)
{
	bool any = false;

	for (int i = layer; i >= 0; i = rem_layer_part_next(b, layer, i)) {
		const struct rem_part *part = &b->part[i];

		if (part->err == REM_OK)
			continue;
		rem_out_str(o, any ? "; " : "; errors=(");
		any = true;
		if (part->err_row != REM_NO_ROW) {
			rem_out_str(o, rem_part_table(part)->row[part->err_row].name);
			rem_out_str(o, ": ");
		}
		rem_out_str(o, rem_err_text(part->err));
	}
	if (any)
		rem_out_char(o, ')');
}

static void out_layer(struct rem_out *o, const struct rem_breakdown *b, int layer,
		      const struct rem_line *line)
{
	unsigned shown = 0, more = 0, values = 0;

	out_layer_name(o, &b->part[layer]);
	rem_out_str(o, " len=");
	rem_out_uint(o, layer_length(b, layer));
	for (int i = layer; i < b->trailers && b->part[i].layer == layer; i++) {
		const struct rem_part *part = &b->part[i];

		if (part->depth == 0)
			out_rows(o, b, part, line);
		else if (line->subfields > 0 && part->depth == 1 && shown++ < line->subfields)
			values = out_subfield(o, b, i, line, values);
		else if (line->subfields > 0 && part->depth == 1)
			more++;
	}
	if (more > 0) {
		rem_out_str(o, "; +");
		rem_out_uint(o, more);
	}
	out_errors(o, b, layer);
}

static void out_trailers(struct rem_out *o, const struct rem_breakdown *b)
{
	for (unsigned i = b->trailers; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];
		const char *name = rem_part_table(part)->row[part->row].name;

		if ((part->flags & REM_PART_TRAILER) == 0)
			continue;
		rem_out_str(o, " | ");
		rem_out_char(o, (char)(name[0] | 0x20));
		rem_out_str(o, name + 1);
		rem_out_str(o, " len=");
		rem_out_uint(o, part->len);
	}
}

void rem_out_breakdown(struct rem_out *o, const struct rem_breakdown *b, uint32_t length,
		       const struct rem_line *line)
{
	out_direction(o, b, line);
	rem_out_uint(o, length);
	rem_out_str(o, " [");
	for (int i = rem_layer_next(b, -1); i >= 0 && i < b->trailers; i = rem_layer_next(b, i)) {
		if (i > 0)
			rem_out_str(o, " | ");
		out_layer(o, b, i, line);
	}
	out_trailers(o, b);
	rem_out_char(o, ']');
}

#endif
