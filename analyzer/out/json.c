/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * JSON, version 1 of remora's schema (analyzer/JSON.md): an array of packets, or with ndjson a
 * packet a line. Numbers are numbers, flags are booleans; a key that may repeat in its layer is
 * always an array, so a reader never has to ask which it is.
 */
#include "out/print.h"

#include <stdlib.h>

enum { VALUE_ROOM = 8192, SCHEMA = 1 };

/* Escapes quotes and backslashes in what was written since `start`; all else is already fit. */
static void escape_json(struct rem_out *o, char *start)
{
	size_t more = 0;

	for (const char *p = start; p < o->p; p++)
		more += *p == '"' || *p == '\\';
	if (more == 0)
		return;
	if (more > rem_out_room(o)) {
		o->full = true;
		return;
	}
	char *from = o->p, *to = o->p + more;
	o->p = to;
	while (from > start) {
		*--to = *--from;
		if (*from == '"' || *from == '\\')
			*--to = '\\';
	}
}

static void out_string(struct rem_out *o, const char *text, size_t n)
{
	rem_out_char(o, '"');
	char *start = o->p;
	rem_out_text(o, (const uint8_t *)text, n);
	escape_json(o, start);
	rem_out_char(o, '"');
}

void json_value_out(struct rem_out *o, const struct rem_row *row, const struct rem_value *v)
{
	static const uint64_t exact = (uint64_t)1 << 53; /* what a double holds */

	switch (v->type) {
	case REM_T_UINT:
		if (v->u < exact && (row->field->flags & REM_F_AS_TEXT) == 0) {
			rem_out_uint(o, v->u);
			return;
		}
		break;
	case REM_T_INT: rem_out_int(o, v->i); return;
	case REM_T_BOOL: rem_out_str(o, v->u ? "true" : "false"); return;
	case REM_T_SPAN:
	case REM_T_FIXED: rem_out_value(o, row->field, row->bits, v); return;
	case REM_T_NONE: rem_out_str(o, "true"); return;
	case REM_T_TIME:
		if (v->ns == REM_NO_TIME) {
			rem_out_str(o, "null");
			return;
		}
		break;
	default: break;
	}
	rem_out_char(o, '"');
	char *start = o->p;
	rem_out_value(o, row->field, row->bits, v);
	if (v->type == REM_T_TEXT || v->type == REM_T_NAME || row->field->show == REM_CHAR)
		escape_json(o, start);
	rem_out_char(o, '"');
}

/* Where a row of a layer belongs: by its key's name, then by its place. */
struct order {
	uint64_t place;
	unsigned index; /* among the rows */
};

/* The rows of a layer whose keys may repeat, until all are there. */
struct gathered {
	struct rem_row *row; /* n of them, and room for one more */
	struct order *order;
	unsigned n, room;
};

static struct rem_row *next_slot(struct gathered *g)
{
	if (g->n == g->room) {
		g->room = g->room == 0 ? 256 : 2 * g->room;
		g->row = g_renew(struct rem_row, g->row, g->room);
		g->order = g_renew(struct order, g->order, g->room);
	}
	return &g->row[g->n];
}

/* Keeps the row that stands in the next slot. */
static void keep(struct gathered *g, const struct key *k)
{
	g->order[g->n] = (struct order){(uint64_t)k->order << 32 | g->row[g->n].bit, g->n};
	g->n++;
}

static bool stands_before(const struct order *x, const struct order *y)
{
	return x->place != y->place ? x->place < y->place : x->index < y->index;
}

static int by_order(const void *x, const void *y)
{
	return stands_before(x, y) ? -1 : 1;
}

/* Most layers have few: what qsort() would do for them is soon done. */
static void sort(struct gathered *g)
{
	enum { FEW = 32 };

	if (g->n > FEW) {
		qsort(g->order, g->n, sizeof(*g->order), by_order);
		return;
	}
	for (unsigned i = 1; i < g->n; i++) {
		const struct order moved = g->order[i];
		unsigned to = i;

		for (; to > 0 && stands_before(&moved, &g->order[to - 1]); to--)
			g->order[to] = g->order[to - 1];
		g->order[to] = moved;
	}
}

static void out_key_name(struct rem_out *o, const struct rem_field *f, bool *first)
{
	if (!*first)
		rem_out_char(o, ',');
	rem_out_char(o, '"');
	rem_out_mem(o, f->key, f->key_len);
	rem_out_str(o, "\":");
	*first = false;
}

static size_t value_room(const struct rem_row *row)
{
	return (size_t)row->bits + VALUE_ROOM;
}

static void out_arrays(struct printer *p, const struct frame *f, bool *first)
{
	struct gathered *g = p->data;
	uint64_t last = 0;
	bool any = false;

	sort(g);
	for (unsigned i = 0; i < g->n; i++) {
		const struct rem_row *row = &g->row[g->order[i].index];
		const uint64_t key = g->order[i].place >> 32;
		struct rem_out *o = out_room(&p->out, value_room(row));
		struct rem_value v;

		if (!rem_row_value(&f->b, row, &v))
			continue;
		if (any && key == last) {
			rem_out_char(o, ',');
		} else {
			if (any)
				rem_out_char(o, ']');
			out_key_name(o, row->field, first);
			rem_out_char(o, '[');
		}
		any = true;
		last = key;
		json_value_out(o, row, &v);
	}
	if (any)
		rem_out_char(out_room(&p->out, 1), ']');
}

static void out_part(struct printer *p, const struct frame *f, const struct rem_part *part,
		     bool *first)
{
	const struct key *const *keys = keys_of(part->proto, part->table);
	struct gathered *g = p->data;
	struct rem_row *row = next_slot(g);
	struct rem_row_walk walk = {0};
	struct rem_value v;

	while (rem_row_next(&f->b, part, &walk, row)) {
		const struct key *k = keys[row->index];

		if (k == NULL)
			continue;
		if (k->repeats) {
			keep(g, k);
			row = next_slot(g);
			continue;
		}
		if (!rem_row_value(&f->b, row, &v))
			continue;
		struct rem_out *o = out_room(&p->out, value_room(row));
		out_key_name(o, row->field, first);
		json_value_out(o, row, &v);
	}
}

/* "errors": what lies, and where. */
static void out_errors(struct printer *p, const struct frame *f, int layer)
{
	const struct rem_breakdown *b = &f->b;
	bool first = true;

	for (int i = layer; i >= 0; i = rem_layer_part_next(b, layer, i)) {
		const struct rem_part *part = &b->part[i];
		struct rem_out *o = out_room(&p->out, VALUE_ROOM);

		if (part->err == REM_OK)
			continue;
		rem_out_str(o, first ? ",\"errors\":[{\"error\":\"" : ",{\"error\":\"");
		first = false;
		rem_out_str(o, rem_err_text(part->err));
		rem_out_str(o, "\",\"offset\":");
		rem_out_uint(o, part->off);
		if (part->err_row != REM_NO_ROW) {
			rem_out_str(o, ",\"field\":\"");
			rem_out_str(o, rem_part_table(part)->row[part->err_row].name);
			rem_out_char(o, '"');
		}
		rem_out_char(o, '}');
	}
	if (!first)
		rem_out_char(out_room(&p->out, 1), ']');
}

static void out_layer(struct printer *p, const struct frame *f, int layer)
{
	const struct rem_part *opener = &f->b.part[layer];
	struct rem_out *o = out_room(&p->out, VALUE_ROOM);
	bool first = true;

	rem_out_str(o, "{\"protocol\":\"");
	rem_out_str(o, rem_part_proto(opener)->key);
	rem_out_str(o, "\",\"offset\":");
	rem_out_uint(o, opener->off);
	rem_out_str(o, ",\"length\":");
	rem_out_uint(o, opener->len);
	if ((opener->flags & REM_PART_QUOTED) != 0)
		rem_out_str(o, ",\"quoted\":true");
	rem_out_str(o, ",\"fields\":{");
	((struct gathered *)p->data)->n = 0;
	for (int i = layer; i >= 0; i = rem_layer_part_next(&f->b, layer, i))
		out_part(p, f, &f->b.part[i], &first);
	out_arrays(p, f, &first);
	rem_out_char(out_room(&p->out, 1), '}');
	out_errors(p, f, layer);
	rem_out_char(out_room(&p->out, 1), '}');
}

static void out_packet(struct printer *p, struct frame *f)
{
	const struct packet *packet = f->packet;
	struct rem_out *o = out_room(&p->out, VALUE_ROOM);
	const char *text;
	size_t iter = 0, n;
	bool first = true;

	rem_out_str(o, "{\"remora\":");
	rem_out_uint(o, SCHEMA);
	rem_out_str(o, ",\"number\":");
	rem_out_uint(o, packet->number);
	if (packet->has_time) {
		const int64_t ns = packet->time_ns;

		rem_out_str(o, ",\"time\":\"");
		rem_out_time(o, ns / 1000000000 - (ns % 1000000000 < 0),
			     (int32_t)((ns % 1000000000 + 1000000000) % 1000000000), 9);
		rem_out_char(o, '"');
	}
	rem_out_str(o, ",\"length\":");
	rem_out_uint(o, packet->len);
	rem_out_str(o, ",\"captured\":");
	rem_out_uint(o, packet->cap_len);
	rem_out_str(o, ",\"link_type\":");
	rem_out_uint(o, packet->linktype);
	if (packet->has_interface) {
		rem_out_str(o, ",\"interface\":");
		rem_out_uint(o, packet->interface_id);
	}
	while (packet_next_comment(packet, &iter, &text, &n)) {
		o = out_room(&p->out, 8 * n + VALUE_ROOM);
		rem_out_str(o, first ? ",\"comments\":[" : ",");
		first = false;
		out_string(o, text, n);
	}
	rem_out_str(out_room(&p->out, VALUE_ROOM), first ? ",\"layers\":[" : "],\"layers\":[");
	for (int i = rem_layer_next(&f->b, -1); i >= 0; i = rem_layer_next(&f->b, i)) {
		if (i > 0)
			rem_out_char(out_room(&p->out, 1), ',');
		out_layer(p, f, i);
	}
	rem_out_str(out_room(&p->out, 2), "]}");
}

static void ndjson_begin(struct printer *p)
{
	p->data = g_new0(struct gathered, 1);
}

static void ndjson_frame(struct printer *p, struct frame *f)
{
	out_packet(p, f);
	rem_out_char(out_room(&p->out, 1), '\n');
}

static void ndjson_end(struct printer *p)
{
	struct gathered *g = p->data;

	g_free(g->row);
	g_free(g->order);
	g_free(g);
}

static void json_begin(struct printer *p)
{
	ndjson_begin(p);
	rem_out_char(out_room(&p->out, 1), '[');
}

static void json_frame(struct printer *p, struct frame *f)
{
	rem_out_str(out_room(&p->out, 2), p->packets == 0 ? "\n" : ",\n");
	out_packet(p, f);
}

static void json_end(struct printer *p)
{
	rem_out_str(out_room(&p->out, 4), "\n]\n");
	ndjson_end(p);
}

const struct printer_ops print_json = {
	.name = "json",
	.about = "an array of packets",
	.begin = json_begin,
	.frame = json_frame,
	.end = json_end,
	.detail = true,
};

const struct printer_ops print_ndjson = {
	.name = "ndjson",
	.about = "a JSON object a line",
	.begin = ndjson_begin,
	.frame = ndjson_frame,
	.end = ndjson_end,
	.detail = true,
};
