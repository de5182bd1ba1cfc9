/* SPDX-License-Identifier: BSD-3-Clause */
/* The tree of a packet: its heading, its comments, its layers. */
#include "out/row_text.h"
#include "out/tree.h"

#include <string.h>

/* Places of texts that are not of a plan's rows. */
#define LAYERS  ((uint64_t)1 << 63)
#define SECONDS ((uint64_t)1 << 62)

/* "TCP     RFC 9293     bytes 34-57" */
static void out_layer_name(struct printer *p, const struct rem_part *layer)
{
	const struct rem_proto *proto = rem_part_proto(layer);
	struct line l = begin_line(p);
	struct rem_out *o = l.o;

	set_colour(&l, COLOUR_NAME);
	rem_out_str(o, proto->name);
	set_colour(&l, COLOUR_OFF);
	if ((layer->flags & REM_PART_QUOTED) != 0)
		rem_out_str(o, ", quoted");
	set_colour(&l, COLOUR_DIM);
	if (proto->ref != NULL) {
		to_column(&l, COLUMN_REF);
		rem_out_str(o, proto->ref);
	}
	if (layer->len > 0) {
		to_column(&l, COLUMN_BYTES);
		rem_out_str(o, "bytes ");
		rem_out_uint(o, layer->off);
		rem_out_char(o, '-');
		rem_out_uint(o, layer->off + layer->len - 1);
	}
	end_line(&l);
}

static void out_layer_fault(struct printer *p, const struct frame *f, const struct rem_part *layer)
{
	struct line l = begin_line(p);

	to_column(&l, COLUMN_NAME);
	set_colour(&l, COLOUR_WRONG);
	part_out_fault(l.o, &f->b, layer, NULL);
	end_line(&l);
}

static void out_layer_heading(struct printer *p, const struct frame *f,
			      const struct rem_part *layer)
{
	const struct memo_key key = {
		.place = LAYERS | (uint64_t)layer->proto << 8 | layer->flags,
		.value = layer->len, .at = layer->off,
	};
	struct memo_word *word = memo_word_at(&tree_of(p)->memo, &key);
	struct rem_out *o = out_room(&p->out, 2 * ROW_ROOM); /* for an empty line, too */

	if (!memo_out_word(o, word, &key)) {
		const char *start = o->p;

		rem_out_char(o, '\n');
		out_layer_name(p, layer);
		memo_keep_word(word, &key, o, start);
	}
	if (layer->err != REM_OK && layer->err_row == REM_NO_ROW)
		out_layer_fault(p, f, layer);
}

enum rem_sum_status tree_sum(struct tree *t, const struct rem_breakdown *b,
			     const struct rem_part *layer)
{
	for (unsigned i = 0; i < t->sums; i++) {
		if (t->sum[i].layer == layer)
			return t->sum[i].status;
	}
	const enum rem_sum_status status = rem_layer_sum(b, layer);
	if (t->sums < G_N_ELEMENTS(t->sum))
		t->sum[t->sums++] = (struct tree_sum){layer, status};
	return status;
}

/* "2 checksums good", "TCP checksum bad". */
static void out_sums(struct line *l, struct tree *t, const struct rem_breakdown *b)
{
	unsigned good = 0;

	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		const struct rem_part *layer = &b->part[i];
		const struct rem_proto *proto = rem_part_proto(layer);

		if (proto->sum == NULL || (layer->flags & REM_PART_QUOTED) != 0)
			continue;
		const enum rem_sum_status status = tree_sum(t, b, layer);
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

/* The date up to the fraction is mostly that of the packet before. */
static void out_time(struct rem_out *o, struct tree *t, const struct frame *f)
{
	enum { DIGITS = 6 };
	const struct moment m = time_shown(f, TIME_DATE);
	const struct memo_key key = {.place = SECONDS, .value = (uint64_t)m.s};
	const bool usual = m.ns >= 0 && !f->interfaces->nano;
	struct memo_line *line = memo_at(&t->memo, &key);
	char *start = o->p;

	if (!usual || !memo_out(o, line, &key)) {
		rem_out_str(o, "   ");
		time_out(o, f, m, TIME_DATE);
		o->p -= usual ? DIGITS : 0;
		if (usual)
			memo_keep(line, &key, o, start);
	}
	if (usual)
		rem_out_digits(o, (uint32_t)m.ns / 1000, DIGITS);
	rem_out_str(o, " UTC");
}

static void out_frame_heading(struct printer *p, const struct frame *f)
{
	struct line l = begin_line(p);
	struct rem_out *o = l.o;
	const struct packet *packet = f->packet;
	const struct interface *interface = interfaces_at(f->interfaces, packet->interface);

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
	if (packet->has_time)
		out_time(o, tree_of(p), f);
	if (interface != NULL && interface->name != NULL) {
		rem_out_str(o, "   ");
		const char *name = o->p;
		rem_out_text(o, (const uint8_t *)interface->name, strnlen(interface->name, 64));
		hide_wide(&l, name);
	}
	out_sums(&l, tree_of(p), &f->b);
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
	p->data = g_new0(struct tree, 1);
}

static void tree_end(struct printer *p)
{
	g_free(p->data);
}

static void tree_frame(struct printer *p, struct frame *f)
{
	const struct rem_breakdown *b = &f->b;

	tree_of(p)->sums = 0;
	if (p->packets > 0)
		rem_out_char(out_room(&p->out, 16), '\n');
	out_frame_heading(p, f);
	out_comments(p, f);
	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		out_layer_heading(p, f, &b->part[i]);
		if (p->options->only != NULL && !rem_set_has(p->options->only, b->part[i].proto))
			continue;
		for (int j = i; j >= 0; j = rem_layer_part_next(b, i, j))
			tree_part(p, f, &b->part[j]);
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
