/* SPDX-License-Identifier: BSD-3-Clause */
/* What is open: reading on, going from row to row, taking the packet under the cursor apart. */
#include "packets.h"

#include "title.h"
#include "tui.h"

#include <inttypes.h>
#include <stdlib.h>

struct packets *packets_open(const char *path, char **error)
{
	struct store *store = store_open(path, error);

	if (store == NULL)
		return NULL;
	struct packets *p = g_new0(struct packets, 1);
	p->store = store;
	p->view = view_new(store);
	p->anchor = NO_ROW;
	p->rows = cursor_new(store);
	p->row = frame_new();
	p->detail = detail_new(store);
	p->frame = detail_frame(p->detail);
	return p;
}

void packets_close(struct packets *p)
{
	view_free(p->view);
	detail_free(p->detail);
	cursor_free(p->rows);
	store_close(p->store);
	frame_free(p->row);
	g_free(p);
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

bool packets_work(struct tui *t, int64_t budget_us)
{
	struct packets *p = t->packets;
	const uint64_t rows = store_count(p->store), looked = view_looked(p->view);
	const int progress = store_progress(p->store);
	bool more = store_step(p->store, budget_us) > 0;

	more = view_step(p->view, budget_us) > 0 || more;
	hold_anchor(p);
	if (p->follow && view_count(p->view) > 0)
		p->at = view_count(p->view) - 1;
	t->dirty = t->dirty || store_count(p->store) != rows || view_looked(p->view) != looked ||
		   store_progress(p->store) != progress;
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

void packets_title(struct tui *t, GString *to, bool narrow)
{
	const struct packets *p = t->packets;
	char *base = g_path_get_basename(store_name(p->store)), *name = plain_text(base);
	const int progress = store_progress(p->store);

	g_string_append_printf(to, "%s%s   %" PRIu64 " packet%s", narrow ? "" : "remora  ", name,
			       store_count(p->store), store_count(p->store) == 1 ? "" : "s");
	if (progress >= 0 && progress < 100)
		g_string_append_printf(to, "   %d %%", progress);
	g_free(name);
	g_free(base);
}

bool packets_quit(struct tui *t)
{
	(void)t;
	return false;
}

bool packets_cancel(struct tui *t)
{
	(void)t;
	return false;
}
