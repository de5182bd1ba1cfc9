/* SPDX-License-Identifier: BSD-3-Clause */
/* The rows that pass a filter, found in steps. */
#include "store/view.h"

#include "store/offsets.h"
#include "store/rowset.h"

#include <glib.h>

enum { BATCH = 64, GIVE_UP_US = 1000000 };

struct view {
	struct store *store;
	struct cursor *cursor;
	struct frame *frame;
	struct filter *filter; /* NULL: all rows are shown */
	const struct rem_want *want;
	char *expression;
	struct offsets shown;  /* rows, which ascend as offsets do */
	uint64_t looked;
	struct rowset marks, references;
};

struct view *view_new(struct store *s)
{
	struct view *v = g_new0(struct view, 1);

	v->store = s;
	v->cursor = cursor_new(s);
	v->frame = frame_new();
	v->expression = g_strdup("");
	return v;
}

void view_free(struct view *v)
{
	if (v == NULL)
		return;
	if (v->filter != NULL)
		filter_free(v->filter);
	cursor_free(v->cursor);
	frame_free(v->frame);
	offsets_free(&v->shown);
	rowset_clear(&v->marks);
	rowset_clear(&v->references);
	g_free(v->expression);
	g_free(v);
}

struct store *view_store(const struct view *v)
{
	return v->store;
}

void view_again(struct view *v)
{
	offsets_free(&v->shown);
	v->looked = 0;
	frame_restart(v->frame);
	v->want = v->filter == NULL ? NULL : filter_want(v->filter, &v->frame->index);
}

bool view_filter(struct view *v, const char *expression, char **error)
{
	struct filter *filter = filter_compile(expression != NULL ? expression : "", error);

	if (filter == NULL && *error != NULL)
		return false;
	if (v->filter != NULL)
		filter_free(v->filter);
	v->filter = filter;
	g_free(v->expression);
	v->expression = g_strdup(filter != NULL ? expression : "");
	view_again(v);
	return true;
}

const char *view_expression(const struct view *v)
{
	return v->expression;
}

struct frame *view_frame(struct view *v)
{
	return v->frame;
}

/* The next row: shown if it passes. One that cannot be read any more does not. */
static void look(struct view *v)
{
	struct packet p;
	const uint64_t row = v->looked++;

	if (cursor_packet(v->cursor, row, &p) != 1)
		return;
	frame_take(v->frame, cursor_interfaces(v->cursor), &p, v->want);
	if (!filter_match(v->filter, v->frame))
		return;
	frame_shown(v->frame);
	offsets_add(&v->shown, row);
}

int view_step(struct view *v, int64_t budget_us)
{
	const uint64_t count = store_count(v->store), first = store_first(v->store);
	const int64_t until = g_get_monotonic_time() + budget_us;

	if (v->filter == NULL)
		v->looked = count;
	if (v->looked < first)
		v->looked = first;
	while (v->looked < count) {
		for (unsigned i = 0; i < BATCH && v->looked < count; i++)
			look(v);
		if (g_get_monotonic_time() >= until)
			break;
	}
	return v->looked < count;
}

uint64_t view_looked(const struct view *v)
{
	return v->filter == NULL ? store_count(v->store) : v->looked;
}

uint64_t view_count(const struct view *v)
{
	return v->filter == NULL ? store_count(v->store) : v->shown.count;
}

uint64_t view_row(const struct view *v, uint64_t position)
{
	if (position >= view_count(v))
		return NO_ROW;
	return v->filter == NULL ? position : offsets_at(&v->shown, position);
}

/* The first position whose row is `row` or behind it; view_count() if there is none. */
static uint64_t lower_bound(const struct view *v, uint64_t row)
{
	uint64_t low = 0, high = view_count(v);

	if (v->filter == NULL)
		return row < high ? row : high;
	while (low < high) {
		const uint64_t middle = low + (high - low) / 2;

		if (offsets_at(&v->shown, middle) < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint64_t view_position(const struct view *v, uint64_t row)
{
	const uint64_t count = view_count(v), at = lower_bound(v, row);

	return count == 0 ? NO_ROW : at < count ? at : count - 1;
}

uint64_t view_first(const struct view *v)
{
	return lower_bound(v, store_first(v->store));
}

struct since view_since(const struct view *v, uint64_t position)
{
	const uint64_t row = view_row(v, position), from = rowset_before(&v->references, row);

	return (struct since){
		.start = from != NO_ROW ? from : store_first(v->store),
		.shown = position > 0 ? view_row(v, position - 1) : NO_ROW,
	};
}

bool view_toggle_mark(struct view *v, uint64_t row)
{
	return rowset_toggle(&v->marks, row);
}

bool view_is_marked(const struct view *v, uint64_t row)
{
	return v->marks.count > 0 && rowset_has(&v->marks, row);
}

uint64_t view_marks(const struct view *v)
{
	return v->marks.count;
}

uint64_t view_marked(const struct view *v, uint64_t row)
{
	return rowset_behind(&v->marks, row);
}

/* The position of a row, if it is shown. */
static uint64_t shown_at(const struct view *v, uint64_t row)
{
	const uint64_t at = lower_bound(v, row);

	return view_row(v, at) == row ? at : NO_ROW;
}

uint64_t view_next_mark(const struct view *v, uint64_t position, bool back)
{
	uint64_t row = view_row(v, position), at = NO_ROW;

	while (at == NO_ROW && row != NO_ROW && !(back && row == 0)) {
		row = back ? rowset_before(&v->marks, row - 1) : rowset_behind(&v->marks, row + 1);
		if (row != NO_ROW)
			at = shown_at(v, row);
	}
	return at;
}

bool view_toggle_reference(struct view *v, uint64_t row)
{
	return rowset_toggle(&v->references, row);
}

bool view_is_reference(const struct view *v, uint64_t row)
{
	return v->references.count > 0 && rowset_has(&v->references, row);
}

uint64_t view_go_to_number(const struct view *v, uint64_t number)
{
	return view_position(v, number > 0 ? number - 1 : 0);
}

/* Was the row captured at that time or later? Rows without a time were not. */
static bool is_behind(struct view *v, uint64_t row, int64_t time_ns)
{
	struct packet p;

	return cursor_packet(v->cursor, row, &p) == 1 && p.has_time && p.time_ns >= time_ns;
}

static uint64_t search_time(struct view *v, int64_t time_ns, uint64_t first, uint64_t count)
{
	const int64_t until = g_get_monotonic_time() + GIVE_UP_US;

	for (uint64_t row = first; row < count; row++) {
		if (is_behind(v, row, time_ns))
			return row;
		if (row % BATCH == 0 && g_get_monotonic_time() > until)
			return NO_ROW;
	}
	return NO_ROW;
}

uint64_t view_go_to_time(struct view *v, int64_t time_ns)
{
	const uint64_t count = store_count(v->store);
	uint64_t low = store_first(v->store), high = count;

	if (!store_sorted(v->store))
		low = search_time(v, time_ns, low, count);
	while (store_sorted(v->store) && low < high) {
		const uint64_t middle = low + (high - low) / 2;

		if (is_behind(v, middle, time_ns))
			high = middle;
		else
			low = middle + 1;
	}
	return low < count ? view_position(v, low) : NO_ROW;
}
