/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of a packet's tree, and which of them are folded. */
#include "store/detail_impl.h"

#include <glib.h>
#include <limits.h>

enum { DEPTH_MOST = 62 };

/* A line, folded away or not. */
struct entry {
	uint32_t mark; /* what it is like: by that it is remembered what is folded */
	uint8_t kind, depth;
	bool foldable, wrong, wrong_below;
	bool status, plain; /* of its plan */
	uint8_t unit_len;
	const struct rem_part *part;
	struct rem_row row; /* of a DETAIL_ROW */
};

struct detail {
	struct cursor *cursor;
	struct frame *frame;
	struct plans *plans;
	uint64_t row;
	GArray *entries;     /* struct entry */
	GArray *visible;     /* uint32_t: which of them are */
	GHashTable *toggled; /* marks whose lines are not as they are at first */
	char text[DETAIL_TEXT];
};

struct detail *detail_new(struct store *s)
{
	struct detail *d = g_new0(struct detail, 1);

	d->cursor = cursor_new(s);
	d->frame = frame_new();
	d->plans = g_new0(struct plans, 1);
	d->row = NO_ROW;
	d->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
	d->visible = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	d->toggled = g_hash_table_new(g_direct_hash, g_direct_equal);
	return d;
}

void detail_free(struct detail *d)
{
	if (d == NULL)
		return;
	cursor_free(d->cursor);
	frame_free(d->frame);
	g_free(d->plans);
	g_array_free(d->entries, TRUE);
	g_array_free(d->visible, TRUE);
	g_hash_table_destroy(d->toggled);
	g_free(d);
}

struct frame *detail_frame(struct detail *d)
{
	return d->frame;
}

static struct entry *entry_at(const struct detail *d, unsigned n)
{
	return &g_array_index(d->entries, struct entry, n);
}

static unsigned shown_at(const struct detail *d, unsigned i)
{
	return g_array_index(d->visible, uint32_t, i);
}

static uint32_t mark_of(unsigned kind, const struct rem_part *part, unsigned row)
{
	return kind << 24 | (uint32_t)part->proto << 16 | (uint32_t)part->table << 8 | row;
}

/* Layers are open at first, but what the capture says of the frame; what is below is folded. */
static bool opens_at_first(const struct entry *e)
{
	return e->kind == DETAIL_LAYER && e->part->proto != REM_P_FRAME;
}

static bool is_open(const struct detail *d, const struct entry *e)
{
	return opens_at_first(e) != g_hash_table_contains(d->toggled, GUINT_TO_POINTER(e->mark));
}

static struct entry *add(struct detail *d, unsigned kind, unsigned depth,
			 const struct rem_part *part, unsigned row)
{
	const struct entry e = {
		.mark = mark_of(kind, part, row),
		.kind = (uint8_t)kind,
		.depth = (uint8_t)MIN(depth, (unsigned)DEPTH_MOST),
		.part = part,
	};

	g_array_append_val(d->entries, e);
	return entry_at(d, d->entries->len - 1);
}

/* Rows stand below their layer, or below the title of their part; where the part needs no title its
 * rows stand where that would be. */
static void add_rows(struct detail *d, const struct rem_part *part, const struct plan *plan,
		     bool titled)
{
	const struct rem_breakdown *b = &d->frame->b;
	const unsigned base = titled || part->depth == 0 ? 1 : 0;

	for (unsigned i = 0; i < plan->n; i++) {
		struct plan_row r = plan->row[i];
		struct rem_value v;

		plan_lay(&r, part, rem_part_bytes(b, part));
		if (!rem_row_value(b, &r.row, &v))
			continue;
		struct entry *e = add(d, DETAIL_ROW, base + r.indent, part, r.row.index);
		e->row = r.row;
		e->status = r.status && rem_part_opens(b, part);
		e->plain = r.plain;
		e->unit_len = r.unit_len;
		e->wrong = row_is_faulty(&r.row) ||
			   (e->status && status_is_wrong(rem_layer_sum(b, part)));
	}
}

static void add_part(struct detail *d, const struct rem_part *part)
{
	const struct rem_breakdown *b = &d->frame->b;
	struct plan *plan = plan_of(d->plans, b, part);
	const bool titled = plan->title == PLAN_ALWAYS ||
			    (plan->title == PLAN_FAULTY && part_is_faulty(part));

	if (titled)
		add(d, DETAIL_PART, part->depth, part, part->row)->wrong = part_is_faulty(part);
	add_rows(d, part, plan, titled);
	while (plan->more) {
		plan_go_on(d->plans, plan, b, part);
		add_rows(d, part, plan, titled);
	}
}

static void add_layer(struct detail *d, int layer)
{
	const struct rem_breakdown *b = &d->frame->b;
	const struct rem_part *part = &b->part[layer];

	add(d, DETAIL_LAYER, 0, part, 0)->wrong = part_is_faulty(part);
	for (int i = layer; i >= 0; i = rem_layer_part_next(b, layer, i))
		add_part(d, &b->part[i]);
}

static bool is_derived(const struct rem_part *part)
{
	return (rem_part_proto(part)->flags & REM_PROTO_DERIVED) != 0;
}

/* What the capture says of the frame comes first, though it was added last. */
static void add_layers(struct detail *d)
{
	const struct rem_breakdown *b = &d->frame->b;

	for (unsigned derived = 2; derived-- > 0;) {
		for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i))
			if (is_derived(&b->part[i]) == (derived == 1))
				add_layer(d, i);
	}
}

/* Which lines have others below them, and wrong ones among these: from the last line to the first.
 * Bit n of `wrong` is set while a line of depth n lies. */
static void find_families(struct detail *d)
{
	uint64_t wrong = 0;
	unsigned next_depth = 0;

	for (unsigned n = d->entries->len; n-- > 0;) {
		struct entry *e = entry_at(d, n);

		e->foldable = next_depth > e->depth;
		e->wrong_below = wrong >> (e->depth + 1) != 0;
		wrong &= ((uint64_t)2 << e->depth) - 1;
		if (e->wrong || e->wrong_below)
			wrong |= (uint64_t)1 << e->depth;
		next_depth = e->depth;
	}
}

static void find_visible(struct detail *d)
{
	unsigned folded = UINT_MAX;

	g_array_set_size(d->visible, 0);
	for (uint32_t n = 0; n < d->entries->len; n++) {
		const struct entry *e = entry_at(d, n);

		if (e->depth > folded)
			continue;
		folded = e->foldable && !is_open(d, e) ? e->depth : UINT_MAX;
		g_array_append_val(d->visible, n);
	}
}

void detail_clear(struct detail *d)
{
	g_array_set_size(d->entries, 0);
	g_array_set_size(d->visible, 0);
	d->row = NO_ROW;
}

int detail_take(struct detail *d, uint64_t row, const struct since *since)
{
	detail_clear(d);
	const int rc = cursor_take(d->cursor, row, d->frame, NULL, since);
	if (rc != 1)
		return rc;
	frame_describe(d->frame);
	d->row = row;
	add_layers(d);
	find_families(d);
	find_visible(d);
	return 1;
}

uint64_t detail_row(const struct detail *d)
{
	return d->row;
}

struct rem_view detail_source(const struct detail *d, unsigned source)
{
	const struct rem_breakdown *b = &d->frame->b;

	return d->row != NO_ROW && source < b->sources ? b->source[source] : (struct rem_view){0};
}

unsigned detail_count(const struct detail *d)
{
	return d->visible->len;
}

struct detail_line detail_line(const struct detail *d, unsigned i)
{
	const struct entry *e = entry_at(d, shown_at(d, i));
	const struct rem_proto *proto = rem_part_proto(e->part);
	const bool row = e->kind == DETAIL_ROW, open = is_open(d, e);

	return (struct detail_line){
		.kind = e->kind,
		.depth = e->depth,
		.foldable = e->foldable,
		.open = e->foldable && open,
		.wrong = e->wrong || (e->wrong_below && e->foldable && !open),
		.status = e->status,
		.placed = !is_derived(e->part) && (!row || rem_row_placed(&e->row)),
		.source = e->part->source,
		.bit = row ? e->row.bit : 8 * e->part->off,
		.bits = row ? e->row.bits : 8 * e->part->len,
		.part = e->part,
		.field = row ? e->row.field : NULL,
		.key = row                       ? e->row.field->key
		       : e->kind == DETAIL_LAYER ? proto->key
						 : NULL,
		.ref = row                       ? e->row.field->ref
		       : e->kind == DETAIL_LAYER ? proto->ref
						 : NULL,
		.about = row ? e->row.field->about : NULL,
	};
}

bool detail_field(const struct detail *d, unsigned i, struct rem_row *row)
{
	const struct entry *e = entry_at(d, shown_at(d, i));

	*row = e->row;
	return e->kind == DETAIL_ROW;
}

static void toggle(struct detail *d, const struct entry *e)
{
	void *mark = GUINT_TO_POINTER(e->mark);

	if (!g_hash_table_remove(d->toggled, mark))
		g_hash_table_add(d->toggled, mark);
}

void detail_toggle(struct detail *d, unsigned i)
{
	const struct entry *e = entry_at(d, shown_at(d, i));

	if (e->foldable)
		toggle(d, e);
	find_visible(d);
}

void detail_open_all(struct detail *d, bool open)
{
	for (unsigned n = 0; n < d->entries->len; n++) {
		const struct entry *e = entry_at(d, n);

		if (e->foldable && is_open(d, e) != open)
			toggle(d, e);
	}
	find_visible(d);
}

unsigned detail_parent(const struct detail *d, unsigned i)
{
	const unsigned depth = entry_at(d, shown_at(d, i))->depth;
	unsigned parent = i;

	while (parent > 0 && depth > 0 && entry_at(d, shown_at(d, parent))->depth >= depth)
		parent--;
	return parent;
}

/* Where the entry is among the visible ones; what hides it is opened. */
static unsigned reveal(struct detail *d, unsigned entry)
{
	unsigned depth = entry_at(d, entry)->depth, i = 0;

	for (unsigned n = entry; n-- > 0 && depth > 0;) {
		const struct entry *e = entry_at(d, n);

		if (e->depth >= depth)
			continue;
		depth = e->depth;
		if (!is_open(d, e))
			toggle(d, e);
	}
	find_visible(d);
	while (shown_at(d, i) != entry)
		i++;
	return i;
}

/* How many bits a line covers that has all of these; UINT32_MAX: it has not. */
static uint32_t covers(const struct entry *e, unsigned source, uint32_t bit, uint32_t bits)
{
	const bool row = e->kind == DETAIL_ROW;
	const uint32_t from = row ? e->row.bit : 8 * e->part->off;
	const uint32_t width = row ? e->row.bits : 8 * e->part->len;

	if (e->part->source != source || is_derived(e->part) ||
	    (row && (e->row.field->flags & REM_F_DERIVED) != 0) || bit < from ||
	    bit - from >= width || bits > width - (bit - from))
		return UINT32_MAX;
	return width;
}

/* The last layer that begins before a bit: what stands between rows, as ends of lines do, is its. */
static unsigned layer_before(const struct detail *d, unsigned source, uint32_t bit)
{
	unsigned best = UINT_MAX;

	for (unsigned n = 0; n < d->entries->len; n++) {
		const struct entry *e = entry_at(d, n);

		if (e->kind == DETAIL_LAYER && e->part->source == source && !is_derived(e->part) &&
		    8 * e->part->off <= bit)
			best = n;
	}
	return best;
}

/* The narrowest line that has these bits, the last of several; rows, or others. */
static unsigned narrowest(const struct detail *d, bool rows, unsigned source, uint32_t bit,
			  uint32_t bits)
{
	unsigned best = UINT_MAX;
	uint32_t least = UINT32_MAX;

	for (unsigned n = 0; n < d->entries->len; n++) {
		const struct entry *e = entry_at(d, n);
		const uint32_t width = covers(e, source, bit, bits);

		if ((e->kind == DETAIL_ROW) != rows || width == UINT32_MAX || width > least)
			continue;
		least = width;
		best = n;
	}
	return best;
}

unsigned detail_find(struct detail *d, unsigned source, uint32_t bit, uint32_t bits)
{
	unsigned best = UINT_MAX;

	for (uint32_t n = bits; n > 0 && best == UINT_MAX; n /= 2)
		best = narrowest(d, true, source, bit, n);
	if (best == UINT_MAX)
		best = narrowest(d, false, source, bit, 1);
	if (best == UINT_MAX)
		best = layer_before(d, source, bit);
	return best == UINT_MAX ? UINT_MAX : reveal(d, best);
}

uint64_t detail_mark(const struct detail *d, unsigned i)
{
	const uint32_t mark = entry_at(d, shown_at(d, i))->mark;
	uint64_t before = 0;

	for (unsigned n = 0; n < i; n++)
		before += entry_at(d, shown_at(d, n))->mark == mark;
	return before << 32 | mark;
}

unsigned detail_find_mark(const struct detail *d, uint64_t mark)
{
	uint64_t before = mark >> 32;

	for (unsigned i = 0; i < d->visible->len; i++) {
		if (entry_at(d, shown_at(d, i))->mark == (uint32_t)mark && before-- == 0)
			return i;
	}
	return UINT_MAX;
}

void detail_text(struct detail *d, unsigned i, struct detail_text *t)
{
	const struct entry *e = entry_at(d, shown_at(d, i));
	const struct detail_words words = {
		.frame = d->frame,
		.part = e->part,
		.kind = (enum detail_kind)e->kind,
		.status = e->status,
		.row = {.row = e->row, .plain = e->plain, .unit_len = e->unit_len},
	};

	detail_write(&words, d->text, t);
}
