/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * First remora's fields are listed by key, then those of Wireshark's that have one of these keys.
 * Where both lists are of one length they are compared in order; what is left is paired as well as
 * it can be, and each leftover is a difference of some kind.
 */
#include "judge.h"

#include "keys.h"
#include "same.h"
#include "tree.h"

#include <string.h>

enum { MOST_PAIRS = 64 }; /* of a key's leftovers: so far a partner is looked for */

/* Both sides of a key in the frame with this number. */
struct join {
	uint64_t frame;
	struct mine *mine, **mine_end;
	struct theirs *theirs, **theirs_end;
	unsigned mines, others;
};

struct judge {
	const struct rem_breakdown *b;
	tvbuff_t *tvb;
	packet_info *pinfo;
	proto_tree *tree;
	struct judgement *result;
	struct verdict *verdict; /* of the key at hand */
	/* Of its pairs that are in another order than Wireshark's: the first, and how many. */
	const struct mine *moved_mine;
	const struct theirs *moved_theirs;
	unsigned moved, last;
	int64_t apart;           /* apart_from(), if it has been asked for */
	bool apart_known;
};

/* What has no partner yet. */
struct rest {
	struct mine **mine;
	struct theirs **theirs;
	unsigned mines, others;
};

static struct join *joins;   /* by key */
static uint16_t *present;    /* keys that remora has in the frame, in order */
static unsigned presents;
static uint64_t frame_count;
static bool shown;           /* does anybody look at Wireshark's tree? */

/* ---- remora's side ---- */

static struct join *join_of(unsigned key)
{
	struct join *join = &joins[key];

	if (join->frame != frame_count) {
		*join = (struct join){
			.frame = frame_count, .mine_end = &join->mine, .theirs_end = &join->theirs};
		present[presents++] = (uint16_t)key;
	}
	return join;
}

static void list_mine(unsigned key, const struct mine *mine)
{
	struct join *join = join_of(key);
	struct mine *copy = wmem_new(wmem_packet_scope(), struct mine);

	*copy = *mine;
	*join->mine_end = copy;
	join->mine_end = &copy->next;
	join->mines++;
}

static void list_rows(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_row_walk walk = {0};
	struct mine mine = {.next = NULL};

	while (rem_row_next(b, part, &walk, &mine.row)) {
		const unsigned key = key_of_row(part, mine.row.index);

		if (key == NO_KEY || !rem_row_value(b, &mine.row, &mine.v))
			continue;
		const bool placed = part->source == 0 && rem_row_placed(&mine.row);
		mine.bit = placed ? (int64_t)mine.row.bit : -1;
		mine.bits = placed ? (int64_t)mine.row.bits : -1;
		list_mine(key, &mine);
	}
}

static void list_layer(const struct rem_breakdown *b, int layer)
{
	const struct rem_part *part = &b->part[layer];
	const unsigned key = key_of_layer(part->proto);
	const struct mine mine = {.bit = 8 * (int64_t)part->off, .bits = 8 * (int64_t)part->len};

	if (key != NO_KEY)
		list_mine(key, &mine);
	for (int i = layer; i >= 0; i = rem_layer_part_next(b, layer, i))
		list_rows(b, &b->part[i]);
}

/* ---- Wireshark's side ---- */

/* The bits under a mask, if it makes the field's value of its bytes in this order. */
static bool find_masked(struct theirs *t, uint64_t whole, bool little, uint64_t value)
{
	const uint64_t mask = t->fi->hfinfo->bitmask;
	const int low = __builtin_ctzll(mask), high = 63 - __builtin_clzll(mask);

	if ((whole & mask) >> low != value || high >= t->bits)
		return false;
	if (little && low / 8 != high / 8)
		return false; /* scattered by the byte order: no run of bits */
	t->place = PLACE_BITS;
	t->bit += little ? low / 8 * 8 + 7 - high % 8 : t->bits - 1 - high;
	t->bits = high - low + 1;
	return true;
}

static void find_mask(struct theirs *t, tvbuff_t *tvb)
{
	const unsigned n = (unsigned)t->fi->length, start = (unsigned)t->fi->start;
	uint64_t value, big = 0, little = 0;

	if (n > 8 || start + n > tvb_captured_length(tvb) || !same_number(t->fi, &value))
		return;
	const uint8_t *p = tvb_get_ptr(tvb, (int)start, (int)n);
	for (unsigned i = 0; i < n; i++) {
		big = big << 8 | p[i];
		little |= (uint64_t)p[i] << 8 * i;
	}
	if (!find_masked(t, big, false, value))
		find_masked(t, little, true, value);
}

/* Some items say which of their bits they mean. Of words of flags it is said, too, but not where
 * they have more bytes than one. */
static bool has_bits(const field_info *fi)
{
	const unsigned bits = FI_GET_BITS_SIZE(fi), end = FI_GET_BITS_OFFSET(fi) + bits;

	return bits != 0 && (end + 7) / 8 == (unsigned)fi->length;
}

static void find_bits(struct theirs *t)
{
	t->place = PLACE_BITS;
	t->bit += FI_GET_BITS_OFFSET(t->fi);
	t->bits = FI_GET_BITS_SIZE(t->fi);
}

static void find_place(struct theirs *t, tvbuff_t *tvb)
{
	const field_info *fi = t->fi;

	if (fi->length <= 0 || fi->ds_tvb == NULL) {
		t->place = fi->hfinfo->type == FT_PROTOCOL ? PLACE_LAYER : PLACE_NONE;
		return;
	}
	t->bit = 8 * (int64_t)fi->start;
	t->bits = 8 * (int64_t)fi->length;
	if (fi->ds_tvb != tvb) {
		t->place = PLACE_ELSEWHERE;
	} else if (fi->hfinfo->type == FT_PROTOCOL) {
		t->place = PLACE_LAYER;
	} else {
		t->place = PLACE_ITEM;
		if (fi->hfinfo->bitmask != 0)
			find_mask(t, tvb);
		else if (has_bits(fi))
			find_bits(t);
	}
}

static void list_theirs(const field_info *fi, tvbuff_t *tvb)
{
	const unsigned key = key_of_field(fi->hfinfo->id);

	if (key == NO_KEY || joins[key].frame != frame_count)
		return;
	struct join *join = &joins[key];
	struct theirs *t = wmem_new(wmem_packet_scope(), struct theirs);
	*t = (struct theirs){.fi = fi, .at = join->others++, .bit = -1, .bits = -1};
	find_place(t, tvb);
	*join->theirs_end = t;
	join->theirs_end = &t->next;
}

static void list_tree(proto_tree *tree, tvbuff_t *tvb)
{
	proto_node *node = tree->first_child;

	while (node != NULL) {
		if (PNODE_FINFO(node) != NULL)
			list_theirs(PNODE_FINFO(node), tvb);
		if (node->first_child != NULL) {
			node = node->first_child;
			continue;
		}
		while (node != tree && node->next == NULL)
			node = node->parent;
		node = node == tree ? NULL : node->next;
	}
}

/* ---- the comparison ---- */

/* In a tree that nobody looks at Wireshark leaves items as long as they were when they were made. */
static bool is_provisional(const struct mine *m, const struct theirs *t)
{
	return m->bit == t->bit && !shown;
}

static bool same_bits(const struct mine *m, const struct theirs *t)
{
	switch (t->place) {
	case PLACE_NONE:
	case PLACE_ELSEWHERE: return true;
	case PLACE_LAYER: return t->bit < 0 || m->bit == t->bit;
	case PLACE_BITS: return m->bit == t->bit && m->bits == t->bits;
	case PLACE_ITEM:
		return m->bit >= t->bit &&
		       (m->bit + m->bits <= t->bit + t->bits || is_provisional(m, t));
	}
	return false;
}

/* A layer that begins elsewhere is another one. */
static bool same(const struct mine *m, const struct theirs *t)
{
	return m->row.field == NULL ? same_bits(m, t) : same_value(&m->row, &m->v, t->fi);
}

static bool agree(const struct mine *m, const struct theirs *t)
{
	return same_bits(m, t) && same(m, t);
}

static bool any(const struct mine *m, const struct theirs *t)
{
	(void)m;
	(void)t;
	return true;
}

/* ---- what becomes of it ---- */

/* Is there something to compare with? Not where Wireshark's is in other bytes than the frame's. */
static bool is_here(const struct theirs *t)
{
	return t == NULL || t->place != PLACE_ELSEWHERE;
}

/* Does one of the two lie in a piece of what Wireshark puts together from several frames? */
static bool is_piece(struct judge *j, const struct mine *m, const struct theirs *t)
{
	if (!j->apart_known) {
		j->apart_known = true;
		j->apart = apart_from(j->b, j->tree);
	}
	if (j->apart < 0)
		return false;
	return (m != NULL && (m->bit < 0 || m->bit >= j->apart)) ||
	       (t != NULL && (t->bit < 0 || t->bit >= j->apart));
}

static bool is_comparable(struct judge *j, const struct mine *m, const struct theirs *t)
{
	const struct setting *setting = key_at(j->verdict->key)->setting;

	return is_here(t) && (setting == NULL || apart_is_set(setting)) && !is_piece(j, m, t);
}

/* Several instances that only one side has are one disagreement. */
static bool joined(struct disagreement *d, unsigned key, enum difference what, unsigned count)
{
	if (d == NULL || d->key != key || d->what != what || what != DIFFERS_FEWER)
		return false;
	d->count += count;
	return true;
}

/* Why a difference is none, an enum pass; -1: it is one. */
static int pass_of(struct judge *j, enum difference what, const struct mine *m,
		   const struct theirs *t)
{
	const struct key *key = key_at(j->verdict->key);

	if (!is_comparable(j, m, t))
		return PASS_APART;
	if (key->stateful)
		return PASS_STATEFUL;
	const int rule = excuse_find(key->excuses, what);
	return rule < 0 ? -1 : PASS_RULES + rule;
}

static void report(struct judge *j, enum difference what, const struct mine *m,
		   const struct theirs *t, unsigned count)
{
	struct judgement *r = j->result;
	const unsigned key = j->verdict->key;

	const int pass = pass_of(j, what, m, t);
	if (pass >= 0) {
		j->verdict->excused += pass == PASS_APART ? 0 : count;
		r->passed[pass] += count;
		return;
	}
	j->verdict->differ += count;
	if (joined(r->last, key, what, count))
		return;
	struct disagreement *d = wmem_new(wmem_packet_scope(), struct disagreement);
	*d = (struct disagreement){NULL, what, key, count, m, t};
	if (r->first == NULL)
		r->first = d;
	else
		r->last->next = d;
	r->last = d;
}

static void note_agreed(struct judge *j, const struct theirs *t)
{
	j->verdict->agreed += is_here(t);
}

/* Takes pairs that pass the test out of the rest, and tells `pair` of each. */
static void take(struct judge *j, struct rest *rest,
		 bool (*test)(const struct mine *m, const struct theirs *t),
		 void (*pair)(struct judge *j, const struct mine *m, const struct theirs *t))
{
	unsigned left = 0;

	for (unsigned i = 0; i < rest->mines; i++) {
		struct mine *m = rest->mine[i];
		unsigned at = 0;

		while (at < MIN(rest->others, MOST_PAIRS) && !test(m, rest->theirs[at]))
			at++;
		if (at == MIN(rest->others, MOST_PAIRS)) {
			rest->mine[left++] = m;
			continue;
		}
		pair(j, m, rest->theirs[at]);
		memmove(&rest->theirs[1], &rest->theirs[0], at * sizeof(rest->theirs[0]));
		rest->theirs++;
		rest->others--;
	}
	rest->mines = left;
}

static void pair_agreed(struct judge *j, const struct mine *m, const struct theirs *t)
{
	note_agreed(j, t);
	if (t->at < j->last && j->moved++ == 0) {
		j->moved_mine = m;
		j->moved_theirs = t;
	}
	j->last = MAX(j->last, t->at);
}

static void pair_bits(struct judge *j, const struct mine *m, const struct theirs *t)
{
	report(j, DIFFERS_BITS, m, t, 1);
}

static void pair_value(struct judge *j, const struct mine *m, const struct theirs *t)
{
	report(j, DIFFERS_VALUE, m, t, 1);
}

static void judge_rest(struct judge *j, struct rest *rest)
{
	j->moved = j->last = 0;
	take(j, rest, agree, pair_agreed);
	if (j->moved > 0)
		report(j, DIFFERS_ORDER, j->moved_mine, j->moved_theirs, j->moved);
	take(j, rest, same, pair_bits);
	take(j, rest, same_bits, pair_value);
	take(j, rest, any, pair_value);
	if (rest->mines > 0)
		report(j, DIFFERS_EXTRA, rest->mine[0], NULL, rest->mines);
	for (unsigned i = 0; i < rest->others; i++)
		report(j, DIFFERS_FEWER, NULL, rest->theirs[i], 1);
}

static void leave_mine(struct rest *rest, const struct join *join, struct mine *m)
{
	if (rest->mine == NULL)
		rest->mine = wmem_alloc_array(wmem_packet_scope(), struct mine *, join->mines);
	rest->mine[rest->mines++] = m;
}

static void leave_theirs(struct rest *rest, const struct join *join, struct theirs *t)
{
	if (rest->theirs == NULL)
		rest->theirs = wmem_alloc_array(wmem_packet_scope(), struct theirs *, join->others);
	rest->theirs[rest->others++] = t;
}

static void judge_key(struct judge *j, const struct join *join)
{
	const bool in_order = join->mines == join->others;
	struct rest rest = {.mine = NULL};
	struct theirs *t = join->theirs;

	for (struct mine *m = join->mine; m != NULL; m = m->next) {
		if (in_order && agree(m, t)) {
			note_agreed(j, t);
			t = t->next;
			continue;
		}
		leave_mine(&rest, join, m);
		if (in_order) {
			leave_theirs(&rest, join, t);
			t = t->next;
		}
	}
	for (; t != NULL; t = t->next)
		leave_theirs(&rest, join, t);
	if (rest.mines > 0 || rest.others > 0)
		judge_rest(j, &rest);
}

void judge_frame(const struct rem_breakdown *b, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
		 struct judgement *result)
{
	struct judge j = {.b = b, .tvb = tvb, .pinfo = pinfo, .tree = tree, .result = result};

	frame_count++;
	presents = 0;
	shown = tree_is_shown(tree);
	excuses_begin(pinfo, tree);
	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i))
		list_layer(b, i);
	list_tree(tree, tvb);
	*result = (struct judgement){
		.verdict = wmem_alloc_array(wmem_packet_scope(), struct verdict, presents),
		.passed = wmem_alloc0_array(wmem_packet_scope(), uint32_t,
					    PASS_RULES + excuses_count()),
	};
	for (unsigned i = 0; i < presents; i++) {
		j.verdict = &result->verdict[result->verdicts++];
		*j.verdict = (struct verdict){.key = present[i]};
		judge_key(&j, &joins[present[i]]);
	}
}

void judge_prepare(void)
{
	if (joins != NULL)
		return;
	excuses_read();
	apart_prepare();
	keys_find();
	joins = g_new0(struct join, keys_count());
	present = g_new(uint16_t, keys_count());
}
