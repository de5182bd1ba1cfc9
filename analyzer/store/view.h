/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rows of a store that are shown: all, or those that pass a display filter. They are found in
 * steps and appear as they are found, four bytes each; without a filter they cost nothing.
 *
 * A row is the store's, a position is a place in the view: position 0 is the first row shown.
 */
#ifndef STORE_VIEW_H
#define STORE_VIEW_H

#include "filter/filter.h"
#include "store/cursor.h"

struct view;

/* Ends before its store does. */
struct view *view_new(struct store *s);
void view_free(struct view *v);

struct store *view_store(const struct view *v);

/*
 * Shows the rows that pass an expression, "" or NULL all of them; the search begins anew. False: it
 * is none, *error (g_free) says why with a caret under the place, and what is shown stays.
 */
bool view_filter(struct view *v, const char *expression, char **error);
/* The expression that is in force; "" for none. */
const char *view_expression(const struct view *v);
/* For frame_decode_as(); view_again() after that. */
struct frame *view_frame(struct view *v);
/* Searches anew with the same filter. */
void view_again(struct view *v);

/* Searches on, `budget_us` microseconds or a little longer: 1 there is more to do, 0 all rows that
 * the store has so far have been looked at. */
int view_step(struct view *v, int64_t budget_us);
/* Rows that have been looked at: of store_count(). */
uint64_t view_looked(const struct view *v);

/* Positions so far. */
uint64_t view_count(const struct view *v);
/* The row at a position; NO_ROW behind the last. */
uint64_t view_row(const struct view *v, uint64_t position);
/*
 * The position of a row; of the next one that is shown if it is not; of the last if there is none
 * behind it. So a packet stays selected when the filter is changed or cleared. NO_ROW: nothing is
 * shown.
 */
uint64_t view_position(const struct view *v, uint64_t row);
/* The first position whose row is still there: store_first(). */
uint64_t view_first(const struct view *v);

/* What the times of the row at a position count from: time references, the row above. */
struct since view_since(const struct view *v, uint64_t position);

/* Marks, and time references, are of rows. Toggling says whether it is set now. */
bool view_toggle_mark(struct view *v, uint64_t row);
bool view_is_marked(const struct view *v, uint64_t row);
uint64_t view_marks(const struct view *v);
/* The first marked row that is `row` or behind it; NO_ROW: there is none. */
uint64_t view_marked(const struct view *v, uint64_t row);
/* The position of the next mark that is shown, forward or back; NO_ROW: there is none. */
uint64_t view_next_mark(const struct view *v, uint64_t position, bool back);
bool view_toggle_reference(struct view *v, uint64_t row);
bool view_is_reference(const struct view *v, uint64_t row);

/*
 * The position of the packet with a number, as view_position(); of the first packet captured at a
 * time since 1970 or later: found by halving when times are sorted, else by a search from the
 * start that gives up after a second. NO_ROW: there is none.
 */
uint64_t view_go_to_number(const struct view *v, uint64_t number);
uint64_t view_go_to_time(struct view *v, int64_t time_ns);

#endif
