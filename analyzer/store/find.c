/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding in a view, packet by packet. */
#include "store/find.h"

#include "filter/regex.h"
#include "store/pattern.h"

#include <glib.h>
#include <string.h>

enum { BATCH = 32, TEXT_ROOM = 1 << 16 };

struct find {
	struct view *view;
	const struct columns *columns;
	struct cursor *cursor;
	struct frame *frame;
	struct find_what what;
	struct pattern *pattern; /* NULL: a filter, or nothing is being looked for */
	struct filter *filter;
	const struct rem_want *want; /* what the filter needs; without one NULL */
	uint64_t position, left; /* the next to look at, and how many from there on */
	uint64_t found;
	struct find_place place;
	char *text;
};

struct find *find_new(struct view *v, const struct columns *c)
{
	struct find *f = g_new0(struct find, 1);

	f->view = v;
	f->columns = c;
	f->cursor = cursor_new(view_store(v));
	f->frame = frame_new();
	f->found = NO_ROW;
	f->text = g_malloc(TEXT_ROOM);
	return f;
}

static void forget(struct find *f)
{
	pattern_free(f->pattern);
	if (f->filter != NULL)
		filter_free(f->filter);
	f->pattern = NULL;
	f->filter = NULL;
	f->found = NO_ROW;
	f->left = 0;
}

void find_free(struct find *f)
{
	if (f == NULL)
		return;
	forget(f);
	cursor_free(f->cursor);
	frame_free(f->frame);
	g_free(f->text);
	g_free(f);
}

struct frame *find_frame(struct find *f)
{
	return f->frame;
}

static void aim(struct find *f, uint64_t position)
{
	const uint64_t count = view_count(f->view);

	f->want = f->filter == NULL ? NULL : filter_want(f->filter, &f->frame->index);
	if (f->what.back) {
		f->position = position < count ? position : count;
		f->left = f->what.around ? count : f->position;
		f->position = f->position > 0 ? f->position - 1 : count - 1;
	} else {
		f->position = position < count ? position + 1 : 0;
		f->left = f->what.around ? count : count - MIN(f->position, count);
	}
}

bool find_start(struct find *f, const char *pattern, const struct find_what *what,
		uint64_t position, char **error)
{
	*error = NULL;
	forget(f);
	f->what = *what;
	if (what->by == FIND_BY_FILTER)
		f->filter = filter_compile(pattern, error);
	else
		f->pattern = pattern_new(pattern, what, error);
	if (f->pattern == NULL && f->filter == NULL) {
		if (*error == NULL)
			*error = g_strdup("there is nothing to look for");
		return false;
	}
	aim(f, position);
	return true;
}

bool find_again(struct find *f, uint64_t position, bool back)
{
	if (f->pattern == NULL && f->filter == NULL)
		return false;
	f->what.back = back;
	aim(f, position);
	return true;
}

static bool in_bytes(struct find *f, uint64_t row)
{
	struct packet p;
	size_t from, to;

	if (cursor_packet(f->cursor, row, &p) != 1 ||
	    !pattern_find(f->pattern, p.data, p.cap_len, &from, &to))
		return false;
	f->place = (struct find_place){0, (uint32_t)(8 * from), (uint32_t)(8 * (to - from))};
	return true;
}

static bool in_text(struct find *f, const struct rem_out *o)
{
	size_t from, to;

	return pattern_find(f->pattern, (const uint8_t *)f->text, (size_t)(o->p - f->text), &from,
			    &to);
}

static bool in_list(struct find *f)
{
	for (unsigned i = 0; i < columns_count(f->columns); i++) {
		struct rem_out o = {f->text, f->text + TEXT_ROOM, false};

		columns_out(f->columns, i, f->frame, &o);
		if (in_text(f, &o))
			return true;
	}
	return false;
}

/* "Time to live 64": the name, the value, what it means. */
static bool in_row(struct find *f, const struct rem_row *row)
{
	struct rem_out o = {f->text, f->text + TEXT_ROOM, false};
	struct rem_value v;

	if (!rem_row_value(&f->frame->b, row, &v))
		return false;
	rem_out_str(&o, row->field->name);
	rem_out_char(&o, ' ');
	rem_out_value(&o, row->field, row->bits, &v);
	rem_out_char(&o, ' ');
	rem_out_meaning(&o, row, &v);
	return in_text(f, &o);
}

static bool in_part(struct find *f, const struct rem_part *part)
{
	struct rem_row_walk walk = {.skip = REM_F_ALIAS | REM_F_HIDDEN};
	struct rem_row row;

	while (rem_row_next(&f->frame->b, part, &walk, &row)) {
		if (!in_row(f, &row))
			continue;
		f->place = (struct find_place){part->source, row.bit, row.bits};
		return true;
	}
	return false;
}

static bool in_fields(struct find *f)
{
	const struct rem_breakdown *b = &f->frame->b;

	frame_describe(f->frame);
	for (unsigned i = 0; i < b->parts; i++) {
		if (in_part(f, &b->part[i]))
			return true;
	}
	return false;
}

static bool has_it(struct find *f, uint64_t position)
{
	const uint64_t row = view_row(f->view, position);
	const struct since since = view_since(f->view, position);

	f->place = (struct find_place){0};
	if (f->what.in == FIND_IN_BYTES && f->filter == NULL)
		return in_bytes(f, row);
	if (cursor_take(f->cursor, row, f->frame, f->want, &since) != 1)
		return false;
	if (f->filter != NULL)
		return filter_match(f->filter, f->frame);
	return f->what.in == FIND_IN_LIST ? in_list(f) : in_fields(f);
}

static void go_on(struct find *f)
{
	const uint64_t count = view_count(f->view);

	f->left--;
	if (f->what.back)
		f->position = f->position > 0 ? f->position - 1 : count - 1;
	else
		f->position++;
}

int find_step(struct find *f, int64_t budget_us)
{
	const int64_t until = g_get_monotonic_time() + budget_us;

	while (f->left > 0) {
		for (unsigned i = 0; i < BATCH && f->left > 0; i++) {
			if (f->position >= view_count(f->view))
				f->position = 0;
			const uint64_t position = f->position;
			go_on(f);
			if (!has_it(f, position))
				continue;
			f->found = position;
			f->left = 0;
			return 2;
		}
		if (g_get_monotonic_time() >= until)
			break;
	}
	return f->left > 0;
}

uint64_t find_position(const struct find *f, struct find_place *place)
{
	*place = f->place;
	return f->found;
}

unsigned find_progress(const struct find *f)
{
	const uint64_t count = view_count(f->view);

	return count == 0 || f->left > count ? 100 : (unsigned)(100 - 100 * f->left / count);
}
