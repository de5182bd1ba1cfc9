/* SPDX-License-Identifier: BSD-3-Clause */
/* Between the lines of a tree, detail.c, and their words, detail_text.c. */
#ifndef STORE_DETAIL_IMPL_H
#define STORE_DETAIL_IMPL_H

#include "out/plan.h"
#include "out/row_text.h"
#include "store/detail.h"

enum { DETAIL_TEXT = 16384 };

/* What a line tells of. */
struct detail_words {
	const struct frame *frame;
	const struct rem_part *part;
	enum detail_kind kind;
	bool status;
	struct plan_row row; /* of a DETAIL_ROW, as far as row_out_raw() looks */
};

/* Writes a line's texts into `room`, of DETAIL_TEXT bytes. */
void detail_write(const struct detail_words *w, char *room, struct detail_text *t);

#endif
