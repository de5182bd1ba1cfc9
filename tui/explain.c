/* SPDX-License-Identifier: BSD-3-Clause */
/* The line above the packet, and the line below it. */
#include "explain.h"

#include "packets.h"
#include "tui.h"

#include <inttypes.h>

static void add_layers(GString *to, const struct rem_breakdown *b)
{
	const char *between = " \302\267 ";

	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		const struct rem_part *layer = &b->part[i];

		if ((layer->flags & (REM_PART_QUOTED | REM_PART_DERIVED)) != 0)
			continue;
		g_string_append_printf(to, "%s%s", between, rem_part_proto(layer)->name);
		between = " / ";
	}
}

/* "TCP checksum bad", or how many are good. */
static void add_sums(GString *to, const struct rem_breakdown *b)
{
	unsigned good = 0;

	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		const struct rem_part *layer = &b->part[i];

		if ((layer->flags & REM_PART_QUOTED) != 0 || rem_part_proto(layer)->sum == NULL)
			continue;
		const enum rem_sum_status status = rem_layer_sum(b, layer);
		if (status == REM_SUM_BAD) {
			g_string_append_printf(to, " \302\267 %s checksum bad",
					       rem_part_proto(layer)->name);
			return;
		}
		good += status == REM_SUM_GOOD;
	}
	if (good > 0)
		g_string_append_printf(to, " \302\267 %u checksum%s good", good,
				       good == 1 ? "" : "s");
}

void explain_packet(const struct tui *t, GString *left, GString *right)
{
	const struct packets *p = t->packets;

	if (detail_row(p->detail) == NO_ROW)
		return;
	const struct packet *packet = p->frame->packet;
	g_string_append_printf(left, "Frame %" PRIu64, packet->number);
	add_layers(left, &p->frame->b);
	g_string_append_printf(right, "%u bytes", packet->len);
	if (packet->cap_len < packet->len)
		g_string_append_printf(right, ", %u captured", packet->cap_len);
	add_sums(right, &p->frame->b);
}

/* The bits of a field within its bytes: "0100 ....". */
static void add_bits(GString *to, struct rem_view bytes, const struct detail_line *line)
{
	const uint32_t from = line->bit / 8, end = (line->bit + line->bits + 7) / 8;

	if (!line->placed || line->bits == 0 || line->bits > 32 || end > bytes.cap ||
	    end - from > 4)
		return;
	for (uint32_t bit = 8 * from; bit < 8 * end; bit++) {
		const bool mine = bit >= line->bit && bit < line->bit + line->bits;
		const bool set = (bytes.p[bit / 8] >> (7 - bit % 8) & 1) != 0;

		if (bit % 4 == 0 && bit > 8 * from)
			g_string_append_c(to, ' ');
		g_string_append_c(to, !mine ? '.' : set ? '1' : '0');
	}
}

void explain_field(struct tui *t, struct area area)
{
	const struct packets *p = t->packets;
	struct pen pen = pen_in(&t->grid, area);
	GString *bits = g_string_new(NULL);

	if (p->field >= (int)detail_count(p->detail))
		return;
	const struct detail_line line = detail_line(p->detail, (unsigned)p->field);
	const int ref = line.ref == NULL ? 0 : text_width(line.ref) + 2;
	pen_row(&pen, 0, ROLE_NAME);
	pen_text(&pen, " ");
	pen_text(&pen, line.key == NULL ? "" : line.key);
	add_bits(bits, detail_source(p->detail, line.source), &line);
	if (bits->len > 0 && pen.x + (int)bits->len + 2 < area.w) {
		pen.role = ROLE_TEXT;
		pen_format(&pen, "  %s", bits->str);
	}
	pen.role = ROLE_DIM;
	if (line.about != NULL && area.w - pen.x > 12) {
		pen_text(&pen, "  ");
		const bool both = area.w - pen.x - ref >= text_width(line.about);
		pen_field(&pen, line.about, area.w - pen.x - (both ? ref : 0));
	}
	if (ref > 0 && pen.x <= area.w - ref) {
		pen.x = area.w - ref + 1;
		pen_text(&pen, line.ref);
	}
	g_string_free(bits, TRUE);
}
