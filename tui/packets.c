/* SPDX-License-Identifier: BSD-3-Clause */
/* What is open: reading on, going from row to row, taking the packet under the cursor apart. */
#include "packets.h"

#include "cmd/command.h"
#include "decode_as_prompt.h"
#include "feed.h"
#include "title.h"
#include "tui.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SECOND_US = 1000000, MOMENT_US = 5000, MOMENTS = 8 };

/* All that looks at a store. */
static void look_at(struct packets *p, struct store *store)
{
	p->store = store;
	p->view = view_new(store);
	p->anchor = p->paused_at = NO_ROW;
	p->rows = cursor_new(store);
	p->find = find_new(p->view, p->columns);
	p->detail = detail_new(store);
	p->frame = detail_frame(p->detail);
}

static void look_away(struct packets *p)
{
	char *error = NULL;

	if (p->save != NULL && save_end(p->save, &error) < 0)
		free(error);
	p->save = NULL;
	find_free(p->find);
	view_free(p->view);
	detail_free(p->detail);
	cursor_free(p->rows);
	if (p->feed != NULL)
		feed_close(p->feed);
	else
		store_close(p->store);
	p->feed = NULL;
}

static struct packets *new_packets(struct store *store)
{
	struct packets *p = g_new0(struct packets, 1);

	p->row = frame_new();
	p->columns = columns_new();
	sheet_init(&p->sheet);
	p->widths = g_array_new(FALSE, TRUE, sizeof(int));
	p->rules = g_array_new(FALSE, FALSE, sizeof(struct decode_as));
	p->colours = colours_new();
	look_at(p, store);
	return p;
}

struct packets *packets_open(const char *path, char **error)
{
	struct store *store = store_open(path, error);

	return store == NULL ? NULL : new_packets(store);
}

struct packets *packets_of_feed(struct feed *feed)
{
	struct packets *p = new_packets(feed_store(feed));

	p->feed = feed;
	p->follow = true;
	return p;
}

void packets_close(struct packets *p)
{
	look_away(p);
	g_free(p->save_path);
	g_free(p->asked_path);
	frame_free(p->row);
	columns_free(p->columns);
	colours_free(p->colours);
	g_array_free(p->widths, TRUE);
	g_array_free(p->rules, TRUE);
	sheet_free(&p->sheet);
	if (p->devices != NULL)
		g_ptr_array_free(p->devices, TRUE);
	g_free(p);
}

void packets_change(struct tui *t, struct store *store)
{
	struct packets *p = t->packets;
	char *filter = g_strdup(view_expression(p->view));

	look_away(p);
	look_at(p, store);
	p->told_damage = p->follow = p->finding = p->warned = false;
	p->top = p->mark = p->saved = 0;
	p->scroll = p->field = p->field_top = 0;
	p->source = 0;
	memset(p->letter, 0, sizeof(p->letter));
	list_pane_widths(p);
	decode_as_again(t);
	packets_filter(t, filter, NULL);
	p->anchor = NO_ROW;
	g_free(filter);
}

/* The row that was under the cursor stays there while the filter's rows are found. */
static void hold_anchor(struct packets *p)
{
	const uint64_t position = p->anchor == NO_ROW ? NO_ROW : view_position(p->view, p->anchor);

	if (position != NO_ROW)
		p->at = position;
	if (p->anchor != NO_ROW && view_looked(p->view) > p->anchor)
		p->anchor = NO_ROW;
}

bool is_waiting(const struct packets *p)
{
	return p->feed != NULL && feed_live(p->feed) == NULL;
}

int packets_fd(const struct packets *p)
{
	return p->feed == NULL ? -1 : feed_fd(p->feed);
}

/* What has come, and what is to be said about it. */
static bool take_live(struct tui *t, int64_t budget_us)
{
	struct packets *p = t->packets;
	const bool more = feed_step(p->feed, budget_us);
	char *trouble = feed_trouble(p->feed);

	/* Its bytes are gone with the oldest file of the ring. */
	if (detail_row(p->detail) < store_first(p->store))
		detail_clear(p->detail);
	if (trouble != NULL)
		tui_complain(t, "%s", trouble);
	g_free(trouble);
	return more;
}

uint64_t packets_count(const struct packets *p)
{
	return MIN(view_count(p->view), p->paused_at);
}

uint64_t packets_first(const struct packets *p)
{
	return MIN(view_first(p->view), packets_count(p));
}

void packets_pause(struct tui *t, bool pause)
{
	struct packets *p = t->packets;

	p->paused_at = pause ? view_count(p->view) : NO_ROW;
	p->follow = p->follow && !pause;
	t->dirty = true;
}

/* Rates are counted anew each second. */
static bool rate_is_old(struct tui *t)
{
	struct packets *p = t->packets;

	if (p->feed == NULL || t->now / SECOND_US == p->second)
		return false;
	p->second = t->now / SECOND_US;
	return true;
}

/* Damage is told once; what came before it stays. */
static bool read_on(struct tui *t, int64_t budget_us)
{
	struct packets *p = t->packets;
	const int rc = store_step(p->store, budget_us);

	if (rc < 0 && !p->told_damage) {
		p->told_damage = true;
		tui_complain(t, "%s", store_error(p->store));
	}
	return rc > 0;
}

bool packets_begin(struct packets *p)
{
	return store_step(p->store, 0) >= 0 || store_exit_code(p->store) != EXIT_CANNOT_READ;
}

bool packets_work(struct tui *t, int64_t budget_us)
{
	struct packets *p = t->packets;
	const uint64_t rows = store_count(p->store), looked = view_looked(p->view);
	const int progress = store_progress(p->store);
	bool more = p->feed != NULL && take_live(t, budget_us);

	more = read_on(t, budget_us) || more;
	more = view_step(p->view, budget_us) > 0 || more;
	more = packets_find_on(t, budget_us) || more;
	more = packets_save_on(t, budget_us) || more;
	hold_anchor(p);
	if (p->follow && packets_count(p) > 0)
		p->at = packets_count(p) - 1;
	t->dirty = t->dirty || store_count(p->store) != rows || view_looked(p->view) != looked ||
		   store_progress(p->store) != progress || rate_is_old(t);
	return more;
}

bool packets_filter(struct tui *t, const char *expression, char **error)
{
	struct packets *p = t->packets;
	const uint64_t row = p->anchor != NO_ROW ? p->anchor : packets_current(p);
	char *why = NULL;

	if (!view_filter(p->view, expression, &why)) {
		*(error != NULL ? error : &why) = why;
		if (error == NULL)
			g_free(why);
		return false;
	}
	p->anchor = row;
	p->at = p->top = 0;
	hold_anchor(p);
	t->dirty = true;
	return true;
}

void packets_catch_up(struct tui *t)
{
	struct packets *p = t->packets;

	for (int i = 0; i < MOMENTS && p->anchor != NO_ROW; i++) {
		if (view_step(p->view, MOMENT_US) == 0)
			i = MOMENTS;
		hold_anchor(p);
	}
}

bool packets_take(struct packets *p, uint64_t position, const struct rem_want *want)
{
	const struct since since = view_since(p->view, position);

	return cursor_take(p->rows, view_row(p->view, position), p->row, want, &since) > 0;
}

uint64_t packets_current(const struct packets *p)
{
	return view_row(p->view, p->at);
}

bool packets_open_current(struct packets *p)
{
	const uint64_t row = packets_current(p);
	const struct since since = view_since(p->view, p->at);

	if (row == NO_ROW) {
		detail_clear(p->detail);
		return false;
	}
	if (row == detail_row(p->detail))
		return true;
	if (detail_take(p->detail, row, &since) <= 0)
		return false;
	const unsigned line = p->mark == 0 ? UINT_MAX : detail_find_mark(p->detail, p->mark);
	const uint64_t mark = p->mark;
	p->byte = 0;
	packets_select_field(p, line == UINT_MAX ? 0 : (int)line);
	/* A packet without the field does not make one forget it. */
	p->mark = mark;
	return true;
}

/* "1,204,331" */
static char *grouped(uint64_t n)
{
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, "%" PRIu64, n);
	for (gssize at = (gssize)text->len - 3; at > 0; at -= 3)
		g_string_insert_c(text, at, ',');
	return g_string_free(text, FALSE);
}

/* "LIVE 12.4 k/s   0 dropped"; what is lost comes first, since the end of the line goes where there is
 * little room. */
static void add_live(struct tui *t, GString *to)
{
	const struct packets *p = t->packets;

	if (is_waiting(p))
		return;
	const struct live_counts c = live_counts(feed_live(p->feed), LIVE_ALL);
	const uint64_t dropped = c.dropped_kernel + c.dropped_here;
	const double rate = feed_rate(p->feed, t->now).packets;

	if (dropped > 0)
		g_string_append_printf(to, "   %" PRIu64 " dropped", dropped);
	if (feed_state(p->feed) != FEED_RUNS)
		g_string_append_printf(to, "   %s", feed_state_words(p->feed));
	else if (rate >= 10000)
		g_string_append_printf(to, "   LIVE %.1f k/s", rate / 1000);
	else
		g_string_append_printf(to, "   LIVE %.0f/s", rate);
	if (p->paused_at != NO_ROW)
		g_string_append_printf(to, "   paused, %" PRIu64 " more",
				       view_count(p->view) - packets_count(p));
	if (dropped == 0)
		g_string_append(to, "   0 dropped");
	g_string_append(to, t->sandbox.guard.entered ? "   sandboxed" : "   no sandbox");
}

void packets_title(struct tui *t, GString *to, bool narrow)
{
	const struct packets *p = t->packets;
	char *base = is_waiting(p)     ? g_strdup("nothing is captured yet")
		     : p->feed != NULL ? g_strdup(feed_names(p->feed))
				       : g_path_get_basename(store_name(p->store));
	char *name = plain_text(base), *count = grouped(store_count(p->store));
	const int progress = store_progress(p->store);

	g_string_append_printf(to, "%s%s   %s packet%s", narrow ? "" : "remora  ", name, count,
			       store_count(p->store) == 1 ? "" : "s");
	if (p->feed != NULL)
		add_live(t, to);
	else if (store_error(p->store) != NULL)
		g_string_append(to, store_exit_code(p->store) == EXIT_CANNOT_READ ? "   unreadable"
										  : "   damaged");
	else if (progress >= 0 && progress < 100)
		g_string_append_printf(to, "   %d %%", progress);
	g_free(count);
	g_free(name);
	g_free(base);
}

/* Packets that are in no file that lasts are asked about once. */
bool packets_quit(struct tui *t)
{
	struct packets *p = t->packets;

	if (p->feed == NULL || feed_path(p->feed) != NULL || store_count(p->store) == 0 ||
	    p->saved >= store_count(p->store) || p->warned)
		return false;
	p->warned = true;
	tui_complain(t, "the packets are in no file: w saves them, q leaves without");
	return true;
}

bool packets_cancel(struct tui *t)
{
	struct packets *p = t->packets;

	if (!p->finding)
		return false;
	p->finding = false;
	tui_say(t, "not looked for any further");
	return true;
}
