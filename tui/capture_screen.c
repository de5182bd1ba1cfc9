/* SPDX-License-Identifier: BSD-3-Clause */
/* The screen of the capture: what is open, what it says of itself, its interfaces. */
#include "feed.h"
#include "interfaces_menu.h"
#include "packets.h"
#include "tui.h"

#include <inttypes.h>
#include <string.h>

/* "Ethernet", or the number where nobody knows it. */
static char *link_name(const struct frame *f, uint16_t linktype)
{
	const unsigned proto = rem_index_find(&f->index, REM_SPACE_LINKTYPE, linktype);

	if (linktype == LINKTYPE_RECORD)
		return g_strdup("records");
	return proto == REM_P_DATA ? g_strdup_printf("link type %u", linktype)
				   : g_strdup(rem_protos[proto]->name);
}

static void add_option(struct sheet *sheet, const char *label, const struct option_bytes *options,
		       uint16_t code)
{
	struct option o;

	if (option_find(options, code, &o) && o.len > 0)
		sheet_add(sheet, label, ROLE_TEXT, "%.*s", (int)o.len, (const char *)o.value);
}

static void add_section(struct sheet *sheet, const struct reader *r)
{
	const struct block *b;

	for (uint32_t i = 0; (b = reader_block(r, i)) != NULL; i++) {
		if (b->type != BLOCK_SECTION)
			continue;
		const struct option_bytes options = block_options(b);

		add_option(sheet, "comment", &options, OPT_COMMENT);
		add_option(sheet, "written by", &options, SHB_APPLICATION);
		add_option(sheet, "on", &options, SHB_OS);
		add_option(sheet, "hardware", &options, SHB_HARDWARE);
	}
}

static void add_interfaces(struct sheet *sheet, const struct frame *f, const struct interfaces *all)
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
		sheet_add(sheet, label, ROLE_TEXT, "%s", text->str);
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
	struct sheet *sheet = &p->sheet;
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
		sheet_add(sheet, i == 0 ? "first packet" : "last packet", ROLE_TEXT, "%s", text);
	}
	const double seconds = (double)(last.s - first.s) + (last.ns - first.ns) / 1e9;
	if (seconds > 0)
		sheet_add(sheet, "duration", ROLE_TEXT, "%.6f s, %.1f packets a second", seconds,
			  (double)n / seconds);
}

/* "1.2 MB" */
static char *amount(double bytes)
{
	static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
	unsigned u = 0;

	while (bytes >= 10000 && u + 1 < G_N_ELEMENTS(units)) {
		bytes /= 1000;
		u++;
	}
	return u == 0 ? g_strdup_printf("%.0f %s", bytes, units[u])
		      : g_strdup_printf("%.1f %s", bytes, units[u]);
}

static void add_counts(struct sheet *sheet, const char *label, struct live_counts c)
{
	const uint64_t dropped = c.dropped_kernel + c.dropped_here;

	sheet_add(sheet, label, dropped > 0 ? ROLE_WRONG : ROLE_TEXT,
		  "%" PRIu64 " captured, %" PRIu64 " dropped by the kernel, %" PRIu64
		  " by remora, %" PRIu64 " waiting",
		  c.captured, c.dropped_kernel, c.dropped_here, c.unread);
}

/* The capture that runs. */
static void add_live(struct tui *t)
{
	struct sheet *sheet = &t->packets->sheet;
	struct feed *feed = t->packets->feed;
	const struct live *live = feed_live(feed);

	sheet_heading(sheet, "Live");
	if (live == NULL) {
		sheet_add(sheet, "state", ROLE_TEXT,
			  "nothing is captured yet: Enter chooses an interface");
		return;
	}
	const struct interfaces *all = live_interfaces(live);
	const struct feed_rate rate = feed_rate(feed, t->now);
	char *bytes = amount(rate.bytes);

	sheet_add(sheet, "state", feed_state(feed) > FEED_HELD ? ROLE_WRONG : ROLE_GOOD, "%s",
		  feed_state_words(feed));
	sheet_add(sheet, "rate", ROLE_TEXT, "%.0f packets, %s a second", rate.packets, bytes);
	for (uint32_t i = 0; i < all->count; i++)
		add_counts(sheet, interfaces_at(all, i)->name, live_counts(live, (int)i));
	if (all->count > 1)
		add_counts(sheet, "together", live_counts(live, LIVE_ALL));
	if (live_left_out(live) != NULL)
		sheet_add(sheet, "left out", ROLE_TEXT, "your SSH session with %s",
			  live_left_out(live));
	if (feed_path(feed) == NULL)
		sheet_add(sheet, "written to", ROLE_WRONG,
			  "no file that lasts: w saves the packets, -w names one beforehand");
	else
		sheet_add(sheet, "written to", ROLE_TEXT, "%s", feed_path(feed));
	if (feed_is_ring(feed))
		sheet_add(sheet, "ring", ROLE_TEXT, "%u files are looked at, from packet %" PRIu64 " on",
			  store_files(t->packets->store), store_first(t->packets->store) + 1);
	g_free(bytes);
}

/* "UDP 4040 as DNS": what is taken for something else than usual. */
static void add_rules(struct packets *p)
{
	for (guint i = 0; i < p->rules->len; i++) {
		char *rule = decode_as_text(&g_array_index(p->rules, struct decode_as, i));

		sheet_add(&p->sheet, "decoded as", ROLE_TEXT, "%s", rule);
		g_free(rule);
	}
}

static void add_capture(struct tui *t)
{
	struct packets *p = t->packets;
	struct sheet *sheet = &p->sheet;
	const struct reader *r = store_reader(p->store);
	char *bytes = amount((double)(p->feed != NULL ? store_file_bytes(p->store)
				      : r != NULL     ? reader_size(r)
						      : 0));

	sheet_heading(sheet, "Capture");
	if (*store_name(p->store) != '\0')
		sheet_add(sheet, "file", ROLE_TEXT, "%s", store_name(p->store));
	if (r != NULL)
		sheet_add(sheet, "format", ROLE_TEXT, "%s, %s",
			  reader_format(r) == FILE_PCAPNG ? "pcapng" : "pcap", bytes);
	g_free(bytes);
	if (store_spooled(p->store) > 0) {
		bytes = amount((double)store_spooled(p->store));
		sheet_add(sheet, "unpacked", ROLE_TEXT, "%s, into a file without a name", bytes);
		g_free(bytes);
	}
	sheet_add(sheet, "packets", ROLE_TEXT, "%" PRIu64 ", %" PRIu64 " shown, %" PRIu64 " marked",
		  store_count(p->store), view_count(p->view), view_marks(p->view));
	add_times(p);
	add_rules(p);
	if (r != NULL)
		add_section(sheet, r);
	char *sandbox = sandbox_describe(&t->sandbox);
	sheet_add(sheet, "sandbox", t->sandbox.guard.entered ? ROLE_GOOD : ROLE_WRONG, "%s",
		  sandbox);
	g_free(sandbox);
	if (store_error(p->store) != NULL)
		sheet_add(sheet, "damage", ROLE_WRONG, "%s", store_error(p->store));
}

static void add_devices(struct sheet *sheet, const GPtrArray *devices)
{
	sheet_heading(sheet, "Interfaces of this machine");
	for (guint i = 0; i < devices->len; i++) {
		const struct device *d = devices->pdata[i];
		char *words = device_words(d);

		sheet_add(sheet, d->name, d->obstacle != NULL ? ROLE_WRONG : ROLE_TEXT, "%s",
			  words);
		if (d->mend != NULL)
			sheet_add(sheet, "", ROLE_DIM, "%s", d->mend);
		g_free(words);
	}
}

static void draw(struct tui *t, struct area area)
{
	struct packets *p = t->packets;
	struct sheet *sheet = &p->sheet;

	sheet_clear(sheet);
	area_top(&area, 1);
	if (p->feed != NULL)
		add_live(t);
	add_capture(t);
	if (store_count(p->store) > 0)
		sheet_heading(sheet, "Its interfaces");
	add_interfaces(sheet, p->frame, cursor_interfaces(p->rows));
	if (p->devices != NULL)
		add_devices(sheet, p->devices);
	sheet_draw(sheet, &t->grid, area);
}

static enum place place(const struct tui *t)
{
	(void)t;
	return PLACE_CAPTURE;
}

static void move(struct tui *t, enum move move, int n)
{
	sheet_move(&t->packets->sheet, move, n);
}

static void enter(struct tui *t)
{
	if (is_waiting(t->packets))
		do_interfaces(t, "");
	else
		tui_go(t, screens[0]);
}

static void turn(struct tui *t, int step)
{
	(void)t, (void)step;
}

static void mouse(struct tui *t, const struct mouse *m)
{
	if (m->act == MOUSE_WHEEL_UP || m->act == MOUSE_WHEEL_DOWN)
		sheet_move(&t->packets->sheet, m->act == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN, 3);
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
