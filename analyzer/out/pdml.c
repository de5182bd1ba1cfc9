/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PDML, in Wireshark's form: name, pos, size, show, value, with bitpos and bits besides for who
 * wants to know to the bit. Values that are computed have size 0 and no place.
 */
#include "out/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Escapes what was written since `start` for an XML attribute; the room must be there. */
static void escape_xml(struct rem_out *o, char *start)
{
	size_t more = 0;
	const size_t n = (size_t)(o->p - start);

	for (size_t i = 0; i < n; i++)
		more += start[i] == '&'                      ? 4
			: start[i] == '<' || start[i] == '>' ? 3
			: start[i] == '"'                    ? 5
							     : 0;
	if (more == 0)
		return;
	if (more > rem_out_room(o)) {
		o->full = true;
		return;
	}
	char *to = o->p + more;
	o->p = to;
	for (size_t i = n; i-- > 0;) {
		const char *entity = start[i] == '&'   ? "&amp;"
				     : start[i] == '<' ? "&lt;"
				     : start[i] == '>' ? "&gt;"
				     : start[i] == '"' ? "&quot;"
						       : NULL;

		if (entity == NULL) {
			*--to = start[i];
		} else {
			to -= strlen(entity);
			memcpy(to, entity, strlen(entity));
		}
	}
}

static void out_escaped(struct rem_out *o, const char *text)
{
	char *start = o->p;

	rem_out_str(o, text);
	escape_xml(o, start);
}

static void out_number(struct rem_out *o, const char *attribute, uint64_t v)
{
	rem_out_str(o, attribute);
	rem_out_uint(o, v);
	rem_out_char(o, '"');
}

/* `value`: the field's bits alone, in hexadecimal. */
static void out_bits(struct rem_out *o, const struct rem_row *row)
{
	rem_out_str(o, " value=\"");
	if (row->bit % 8 == 0 && row->bits % 8 == 0) {
		const struct rem_span bytes = rem_row_bytes(row);

		rem_out_bytes(o, bytes.p, bytes.n, 0);
	} else {
		rem_out_hex(o, rem_row_bits(row), (row->bits + 3) / 4);
	}
	rem_out_char(o, '"');
}

static void out_place(struct rem_out *o, const struct rem_row *row)
{
	const uint32_t first = row->bit / 8, end = (row->bit + row->bits + 7) / 8;
	const bool here = row->part->source == 0 && rem_row_placed(row);

	out_number(o, " pos=\"", row->part->source == 0 ? first : 0);
	out_number(o, " size=\"", here ? end - first : 0);
	if (!here)
		return;
	out_number(o, " bitpos=\"", row->bit);
	out_number(o, " bits=\"", row->bits);
	out_bits(o, row);
}

/* "Type: 0x0806 (ARP)"; long values stand in `show` alone. */
static void out_showname(struct rem_out *o, const struct rem_row *row, const struct rem_value *v)
{
	enum { SHORT = 8 * 80 };
	const struct rem_field *field = row->field;

	rem_out_str(o, " showname=\"");
	char *start = o->p;
	rem_out_str(o, field->name);
	if (row->bits <= SHORT && field->type != REM_T_NONE) {
		rem_out_str(o, ": ");
		rem_out_value(o, field, row->bits, v);
		char *before = o->p;
		rem_out_str(o, " (");
		rem_out_meaning(o, row, v);
		if (o->p - before > 2)
			rem_out_char(o, ')');
		else
			o->p = before;
	}
	escape_xml(o, start);
	rem_out_char(o, '"');
}

static void out_field(struct printer *p, const struct frame *f, const struct rem_row *row)
{
	const struct rem_field *field = row->field;
	struct rem_out *o = out_room(&p->out, (size_t)row->bits * 2 + 8192);
	struct rem_value v;

	if (!rem_row_value(&f->b, row, &v))
		return;
	rem_out_str(o, "      <field name=\"");
	out_escaped(o, field->key != NULL ? field->key : "");
	rem_out_char(o, '"');
	out_showname(o, row, &v);
	if ((field->flags & (REM_F_ALIAS | REM_F_HIDDEN)) != 0)
		rem_out_str(o, " hide=\"yes\"");
	out_place(o, row);
	rem_out_str(o, " show=\"");
	char *show = o->p;
	rem_out_value(o, field, row->bits, &v);
	escape_xml(o, show);
	rem_out_str(o, "\"/>\n");
}

static void out_part(struct printer *p, const struct frame *f, const struct rem_part *part)
{
	struct rem_row_walk walk = {0};
	struct rem_row row;

	if (part->err != REM_OK) {
		struct rem_out *o = out_room(&p->out, 4096);

		rem_out_str(o, "      <field name=\"remora.error\" showname=\"");
		out_escaped(o, rem_err_text(part->err));
		rem_out_str(o, "\" size=\"0\" pos=\"0\" show=\"");
		if (part->err_row != REM_NO_ROW)
			out_escaped(o, rem_part_table(part)->row[part->err_row].name);
		rem_out_str(o, "\"/>\n");
	}
	while (rem_row_next(&f->b, part, &walk, &row))
		out_field(p, f, &row);
}

static void out_layer(struct printer *p, const struct frame *f, int layer)
{
	const struct rem_part *opener = &f->b.part[layer];
	const struct rem_proto *proto = rem_part_proto(opener);
	struct rem_out *o = out_room(&p->out, 4096);

	rem_out_str(o, "  <proto name=\"");
	out_escaped(o, proto->key);
	rem_out_str(o, "\" showname=\"");
	out_escaped(o, proto->title);
	rem_out_char(o, '"');
	out_number(o, " size=\"", opener->source == 0 ? opener->len : 0);
	out_number(o, " pos=\"", opener->source == 0 ? opener->off : 0);
	rem_out_str(o, ">\n");
	for (int i = layer; i >= 0; i = rem_layer_part_next(&f->b, layer, i))
		out_part(p, f, &f->b.part[i]);
	rem_out_str(out_room(&p->out, 64), "  </proto>\n");
}

/* "Nov  1, 2026 23:03:42.794421689 UTC" */
static void out_date(struct rem_out *o, struct moment time)
{
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	const time_t seconds = time.s;
	struct tm tm;
	char text[64];

	if (gmtime_r(&seconds, &tm) == NULL)
		return;
	snprintf(text, sizeof(text), "%s %2d, %d %02d:%02d:%02d.%09d UTC", months[tm.tm_mon],
		 tm.tm_mday, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)time.ns);
	rem_out_str(o, text);
}

static void out_count(struct rem_out *o, const char *name, const char *showname, uint64_t v,
		      uint32_t size)
{
	char text[128];

	snprintf(text, sizeof(text),
		 "    <field name=\"%s\" pos=\"0\" show=\"%" PRIu64
		 "\" showname=\"%s\" value=\"%" PRIx64 "\" size=\"%" PRIu32 "\"/>\n",
		 name, v, showname, v, size);
	rem_out_str(o, text);
}

/* What readers of PDML look for at the head of each packet. */
static void out_general(struct printer *p, const struct frame *f)
{
	const struct packet *packet = f->packet;
	const struct moment when = frame_moment(f->time);
	struct rem_out *o = out_room(&p->out, 2048);

	rem_out_str(o, "  <proto name=\"geninfo\" pos=\"0\" showname=\"General information\"");
	out_number(o, " size=\"", packet->cap_len);
	rem_out_str(o, ">\n");
	out_count(o, "num", "Number", packet->number, packet->cap_len);
	out_count(o, "len", "Frame Length", packet->len, packet->cap_len);
	out_count(o, "caplen", "Captured Length", packet->cap_len, packet->cap_len);
	rem_out_str(o, "    <field name=\"timestamp\" pos=\"0\" show=\"");
	out_date(o, when);
	rem_out_str(o, "\" showname=\"Captured Time\" value=\"");
	rem_out_seconds(o, when.s, when.ns, 9);
	out_number(o, "\" size=\"", packet->cap_len);
	rem_out_str(o, "/>\n  </proto>\n");
}

static void pdml_begin(struct printer *p)
{
	rem_out_str(out_room(&p->out, 1024),
		    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		    "<pdml version=\"0\" creator=\"remora/" REMORA_VERSION "\">\n");
}

static void pdml_frame(struct printer *p, struct frame *f)
{
	const int derived = f->b.trailers;

	rem_out_str(out_room(&p->out, 64), "<packet>\n");
	out_general(p, f);
	for (int i = rem_layer_next(&f->b, derived - 1); i >= 0; i = rem_layer_next(&f->b, i))
		out_layer(p, f, i);
	for (int i = rem_layer_next(&f->b, -1); i >= 0 && i < derived; i = rem_layer_next(&f->b, i))
		out_layer(p, f, i);
	rem_out_str(out_room(&p->out, 64), "</packet>\n");
}

static void pdml_end(struct printer *p)
{
	rem_out_str(out_room(&p->out, 64), "</pdml>\n");
}

const struct printer_ops print_pdml = {
	.name = "pdml",
	.about = "XML in Wireshark's form, every field",
	.begin = pdml_begin,
	.frame = pdml_frame,
	.end = pdml_end,
	.detail = true,
	.described = true,
};
