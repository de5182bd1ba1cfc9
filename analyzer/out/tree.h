/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tree: every bit has a place, a name, a value and, where there is one, a meaning.
 *
 *    14.4    4  Header length          5                     20 bytes (x 4)
 *     ^    ^     ^                      ^                     ^
 *     byte.bit width  name              the bits              what they mean
 *
 * tree.c writes what stands above the rows, tree_rows.c the parts of a layer and their rows, of which
 * row_text.c has the words.
 */
#ifndef OUT_TREE_H
#define OUT_TREE_H

#include "out/colour.h"
#include "out/memo.h"
#include "out/plan.h"

enum {
	COLUMN_NAME = 15,
	COLUMN_VALUE = 38,
	COLUMN_MEANING = 60,
	COLUMN_REF = 60,
	COLUMN_BYTES = 89,
	COLUMN_SUMS = 88,
	ROW_ROOM = 8192, /* for a line */
};

/* What a printer of trees keeps from packet to packet. */
struct tree {
	struct plans plans;
	struct memo memo;
	struct tree_sum {
		const struct rem_part *layer;
		enum rem_sum_status status;
	} sum[8]; /* of this packet's checksums, as far as there is room */
	unsigned sums;
};

static inline struct tree *tree_of(const struct printer *p)
{
	return p->data;
}

struct line {
	struct rem_out *o;
	char *start;
	const struct print_options *options;
	size_t hidden; /* bytes that take no column: of colour, or inside a character */
};

static inline struct line begin_line(struct printer *p)
{
	struct rem_out *o = out_room(&p->out, ROW_ROOM);

	return (struct line){o, o->p, p->options, 0};
}

static inline void set_colour(struct line *l, enum colour c)
{
	const char *before = l->o->p;

	colour(l->o, l->options, c);
	l->hidden += (size_t)(l->o->p - before);
}

/* There may be characters of several bytes in what was written since `from`. */
static inline void hide_wide(struct line *l, const char *from)
{
	const char *end = l->o->p;
	size_t n = 0;

	for (; from < end; from++)
		n += (*from & 0xc0) == 0x80;
	l->hidden += n;
}

/* Spaces up to a column; at least one. */
static inline void to_column(struct line *l, size_t column)
{
	const size_t at = (size_t)(l->o->p - l->start) - l->hidden;

	out_spaces(l->o, at < column ? column - at : 1);
}

static inline void end_line(struct line *l)
{
	if (l->options->colour)
		set_colour(l, COLOUR_OFF);
	rem_out_char(l->o, '\n');
}

/* The checksum of a layer, found out once. */
enum rem_sum_status tree_sum(struct tree *t, const struct rem_breakdown *b,
			     const struct rem_part *layer);

/* The title of a part, if it has one, and its rows. */
void tree_part(struct printer *p, const struct frame *f, const struct rem_part *part);

#endif
