/* SPDX-License-Identifier: BSD-3-Clause */
/* The screen of the capture: what is open, what it says of itself, its interfaces. */
#include "packets.h"
#include "sheet.h"
#include "tui.h"

#include <inttypes.h>
#include <string.h>

static struct sheet sheet;

/* "Ethernet", or the number where nobody knows it. */
static char *link_name(const struct frame *f, uint16_t linktype)
{
	const unsigned proto = rem_index_find(&f->index, REM_SPACE_LINKTYPE, linktype);

	if (linktype == LINKTYPE_RECORD)
		return g_strdup("records");
	return proto == REM_P_DATA ? g_strdup_printf("link type %u", linktype)
				   : g_strdup(rem_protos[proto]->name);
}

static void add_option(const char *label, const struct option_bytes *options, uint16_t code)
{
	struct option o;

	if (option_find(options, code, &o) && o.len > 0)
		sheet_add(&sheet, label, ROLE_TEXT, "%.*s", (int)o.len, (const char *)o.value);
}

static void add_section(const struct reader *r)
{
	const struct block *b;

	for (uint32_t i = 0; (b = reader_block(r, i)) != NULL; i++) {
		if (b->type != BLOCK_SECTION)
			continue;
		const struct option_bytes options = block_options(b);

		add_option("comment", &options, OPT_COMMENT);
		add_option("written by", &options, SHB_APPLICATION);
		add_option("on", &options, SHB_OS);
		add_option("hardware", &options, SHB_HARDWARE);
	}
}

static void add_interfaces(const struct frame *f, const struct interfaces *all)
{
	const struct interface *i;

	if (all == NULL)
		return;
	for (uint32_t n = 0; (i = interfaces_at(all, n)) != NULL; n++) {
		char *label = i->name != NULL ? g_strdup(i->name) : g_strdup_printf("%u", i->id);
		char *link = link_name(f, i->linktype);
		GString *text = g_string_new(link);

		if (i->snaplen != 0 && i->snaplen < 262144)
			g_string_append_printf(text, ", first %u bytes of each packet", i->snaplen);
		if (i->description != NULL)
			g_string_append_printf(text, ", %s", i->description);
		struct option filter;
		if (option_find(&i->options, IF_FILTER, &filter) && filter.len > 1)
			g_string_append_printf(text, ", filter %.*s", (int)filter.len - 1,
					       (const char *)filter.value + 1);
		sheet_add(&sheet, label, ROLE_TEXT, "%s", text->str);
		g_string_free(text, TRUE);
		g_free(link);
		g_free(label);
	}
}

/* The time of a row, on the clock; false: it has none. */
static bool time_of(struct packets *p, uint64_t row, struct moment *m)
{
	if (cursor_take(p->rows, row, p->row, NULL, NULL) <= 0 || !p->row->packet->has_time)
		return false;
	*m = frame_moment(p->row->time);
	return true;
}

static void add_times(struct packets *p)
{
	const uint64_t n = store_count(p->store);
	struct moment first, last;
	char text[64];

	if (n == 0 || !time_of(p, store_first(p->store), &first) || !time_of(p, n - 1, &last))
		return;
	for (int i = 0; i < 2; i++) {
		const struct moment *m = i == 0 ? &first : &last;
		struct rem_out o = {text, text + sizeof(text) - 1, false};

		rem_out_time(&o, m->s, m->ns, 6);
		*o.p = '\0';
		sheet_add(&sheet, i == 0 ? "first packet" : "last packet", ROLE_TEXT, "%s", text);
	}
	const double seconds = (double)(last.s - first.s) + (last.ns - first.ns) / 1e9;
	if (seconds > 0)
		sheet_add(&sheet, "duration", ROLE_TEXT, "%.6f s, %.1f packets a second", seconds,
			  (double)n / seconds);
}

static void add_capture(struct packets *p)
{
	const struct reader *r = store_reader(p->store);

	sheet_heading(&sheet, "Capture");
	sheet_add(&sheet, "file", ROLE_TEXT, "%s", store_name(p->store));
	if (r != NULL)
		sheet_add(&sheet, "format", ROLE_TEXT, "%s, %" PRIu64 " bytes",
			  reader_format(r) == FILE_PCAPNG ? "pcapng" : "pcap", reader_size(r));
	if (store_spooled(p->store) > 0)
		sheet_add(&sheet, "unpacked", ROLE_TEXT,
			  "%" PRIu64 " bytes, into a file without a name", store_spooled(p->store));
	sheet_add(&sheet, "packets", ROLE_TEXT,
		  "%" PRIu64 ", %" PRIu64 " shown, %" PRIu64 " marked", store_count(p->store),
		  view_count(p->view), view_marks(p->view));
	add_times(p);
	if (r != NULL)
		add_section(r);
	if (store_error(p->store) != NULL)
		sheet_add(&sheet, "damage", ROLE_WRONG, "%s", store_error(p->store));
}

static void draw(struct tui *t, struct area area)
{
	struct packets *p = t->packets;

	if (sheet.lines == NULL)
		sheet_init(&sheet);
	sheet_clear(&sheet);
	area_top(&area, 1);
	add_capture(p);
	sheet_heading(&sheet, "Its interfaces");
	add_interfaces(p->frame, cursor_interfaces(p->rows));
	sheet_draw(&sheet, &t->grid, area);
}

static enum place place(const struct tui *t)
{
	(void)t;
	return PLACE_CAPTURE;
}

static void move(struct tui *t, enum move move, int n)
{
	(void)t;
	sheet_move(&sheet, move, n);
}

static void enter(struct tui *t)
{
	tui_go(t, screens[0]);
}

static void turn(struct tui *t, int step)
{
	(void)t, (void)step;
}

static void mouse(struct tui *t, const struct mouse *m)
{
	(void)t;
	if (m->act == MOUSE_WHEEL_UP || m->act == MOUSE_WHEEL_DOWN)
		sheet_move(&sheet, m->act == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN, 3);
}

const struct screen screen_capture = {
	.name = "Capture",
	.digit = '7',
	.about = "What is open, its interfaces, counts",
	.draw = draw,
	.place = place,
	.move = move,
	.enter = enter,
	.turn = turn,
	.mouse = mouse,
};
