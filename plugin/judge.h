/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Joins remora's fields of a frame with Wireshark's by key and finds what differs, as the
 * agreement test does (tests/agreement/compare.py).
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "compat.h"
#include "excuses.h"

#include <remora/remora.h>

/* A field of remora's, or a layer. */
struct mine {
	struct mine *next;    /* of the same key */
	struct rem_row row;   /* its field is NULL: a layer */
	struct rem_value v;
	int64_t bit;          /* from the start of the frame; -1: of no bits there */
	int64_t bits;
};

/* How exactly Wireshark says where a field lies. */
enum place {
	PLACE_NONE,           /* made up: no bytes at all */
	PLACE_ITEM,           /* whole bytes: a narrower field may lie within */
	PLACE_BITS,
	PLACE_LAYER,          /* of a protocol only the start is compared */
	PLACE_ELSEWHERE,      /* not in the frame, but in bytes made of it */
};

/* A field of Wireshark's. */
struct theirs {
	struct theirs *next;
	const field_info *fi;
	enum place place;
	unsigned at;          /* among those of its key */
	int64_t bit;
	int64_t bits;
};

/* What is not excused. */
struct disagreement {
	struct disagreement *next;
	enum difference what;
	unsigned key;
	unsigned count;
	const struct mine *mine;     /* the first of them; NULL: only Wireshark has it */
	const struct theirs *theirs; /* NULL: only remora has it */
};

/* What became of the instances of a key. */
struct verdict {
	unsigned key;
	uint32_t agreed, excused, differ;
};

/* Of a frame; all of it in the packet scope. */
struct judgement {
	struct disagreement *first, *last;
	struct verdict *verdict; /* of each key that remora has in the frame */
	unsigned verdicts;
	uint32_t *passed;        /* instances by enum pass; what a rule excused is behind them */
};

/* Why a difference is none. */
enum pass {
	PASS_STATEFUL, /* Wireshark does not read the key from the frame alone */
	PASS_APART,    /* there is nothing to compare with: apart.h; counts neither way */
	PASS_RULES     /* the first rule of the shared list */
};

void judge_prepare(void);
void judge_frame(const struct rem_breakdown *b, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
		 struct judgement *result);

#endif
