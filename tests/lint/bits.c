/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every bit of every packet belongs to a row, and rows are apart from each other or nested.
 *
 *	bits PLACE…	a place is a capture or a folder of captures
 *
 * A gap may be: white space between the words of a protocol that is text; and bytes behind rows of
 * a layer that is marked as cut or lying. A row without a value (a flag that means nothing in a
 * query) has its place.
 */
#include "file/reader.h"
#include "frame.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 65536 /* bytes of a packet that is looked at */

static struct frame *frame;
static const char *path;
static uint64_t number;
static unsigned long packets, complaints;

/* The innermost row that a bit belongs to; one without a value gives way. */
static struct rem_row owner[8 * LONGEST];
static bool has_value[8 * LONGEST];

static const char *name_of(const struct rem_row *row)
{
	if (row->field == NULL)
		return "nothing";
	return row->field->key != NULL ? row->field->key : row->field->name;
}

static void complain(const char *what, uint32_t bit, const struct rem_row *one,
		     const struct rem_row *two)
{
	complaints++;
	printf("bits: %s packet %llu: %s and %s %s at %u.%u\n", path, (unsigned long long)number,
	       name_of(one), name_of(two), what, bit / 8, bit % 8);
}

static bool encloses(const struct rem_row *outer, const struct rem_row *inner)
{
	return inner->bit >= outer->bit && inner->bit + inner->bits <= outer->bit + outer->bits;
}

/*
 * A value as a whole may be taken apart by a part of its own, a word by rows of its own part. And
 * the same bits may be said in another way (what service a name asks for).
 */
static bool may_enclose(const struct rem_row *outer, const struct rem_row *inner)
{
	if (!encloses(outer, inner))
		return false;
	return outer->part != inner->part || outer->field->type == REM_T_NONE ||
	       (outer->field->flags & REM_F_CONTAINER) != 0 ||
	       (encloses(inner, outer) && inner->field->calc != NULL);
}

static void own(const struct rem_row *row, bool valued)
{
	for (uint32_t bit = row->bit; bit < row->bit + row->bits; bit++) {
		const struct rem_row *before = &owner[bit];
		const bool taken = before->field != NULL && has_value[bit];

		if (taken && !valued)
			continue;
		if (taken && (bit == row->bit || before->bit == bit) && !may_enclose(before, row))
			complain("overlap", bit, before, row);
		owner[bit] = *row;
		has_value[bit] = valued;
	}
}

static void place_rows(void)
{
	const struct rem_breakdown *b = &frame->b;

	for (unsigned i = 0; i < b->parts; i++) {
		struct rem_row_walk walk = {0};
		struct rem_value value;
		struct rem_row row;

		while (b->part[i].source == 0 && rem_row_next(b, &b->part[i], &walk, &row)) {
			if ((row.field->flags & (REM_F_ALIAS | REM_F_HIDDEN | REM_F_DERIVED)) == 0)
				own(&row, rem_row_value(b, &row, &value));
		}
	}
}

static bool is_white(const uint8_t *p, uint32_t bit, uint32_t end)
{
	if (bit % 8 != 0 || end % 8 != 0)
		return false;
	for (uint32_t i = bit / 8; i < end / 8; i++) {
		if (memchr(" \t\r\n", p[i], 4) == NULL)
			return false;
	}
	return true;
}

static bool is_marked(const struct rem_part *part)
{
	const struct rem_breakdown *b = &frame->b;

	for (int i = part->layer; i >= 0; i = rem_layer_part_next(b, part->layer, i)) {
		if (b->part[i].err != REM_OK)
			return true;
	}
	return false;
}

static void find_gaps(const uint8_t *p, uint32_t bits)
{
	static const struct rem_row nobody;

	for (uint32_t bit = 0, end; bit < bits; bit = end + 1) {
		for (end = bit; end < bits && owner[end].field == NULL; end++)
			;
		if (end > bit && !is_white(p, bit, end) &&
		    (bit == 0 || !is_marked(owner[bit - 1].part)))
			complain("leave a gap", bit, bit > 0 ? &owner[bit - 1] : &nobody,
				 end < bits ? &owner[end] : &nobody);
	}
}

static void look(const struct reader *r, const struct packet *p)
{
	packets++;
	number = p->number;
	if (p->cap_len > LONGEST)
		return;
	frame_take(frame, reader_interfaces(r), p, NULL);
	memset(owner, 0, sizeof(owner[0]) * 8 * p->cap_len);
	place_rows();
	if (!frame->b.full)
		find_gaps(p->data, 8 * p->cap_len);
}

static int visit(const char *file, const struct stat *status, int type, struct FTW *place)
{
	struct packet packet;
	char *error = NULL;

	(void)place;
	if (type != FTW_F || status->st_size > 4 << 20 || strstr(file, ".pcap") == NULL)
		return 0;
	path = file;
	struct reader *reader = reader_open(file, 0, &error);
	if (reader == NULL) {
		fprintf(stderr, "bits: %s\n", error);
		free(error);
		return 1;
	}
	while (reader_next(reader, &packet) == 1)
		look(reader, &packet);
	reader_close(reader);
	return 0;
}

int main(int argc, char **argv)
{
	frame = frame_new();
	for (int i = 1; i < argc; i++) {
		if (nftw(argv[i], visit, 8, FTW_PHYS) < 0)
			printf("bits: %s is missing, left out\n", argv[i]);
	}
	frame_free(frame);
	printf("bits: %lu packets, %lu complaints\n", packets, complaints);
	return packets == 0 || complaints > 0;
}
