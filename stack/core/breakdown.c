/* SPDX-License-Identifier: BSD-3-Clause */
/* The walk from layer to layer. A loop, not a recursion: depth costs no stack. */
#include "core/decode.h"

struct rem_part *rem_push_full(struct rem_breakdown *b)
{
	b->full = true;
	b->spare = (struct rem_part){.proto = b->proto, .err_row = REM_NO_ROW};
	if (b->layer != REM_NO_LAYER)
		rem_fault(&b->part[b->layer], REM_LIMIT, 0);
	return &b->spare;
}

void rem_fault(struct rem_part *part, int err, uint32_t bad)
{
	const struct rem_table *table = rem_part_table(part);

	part->err = (int8_t)err;
	part->err_row = REM_NO_ROW;
	for (unsigned i = 0; bad != 0 && i < table->rows; i++) {
		if (table->row[i].bits == bad && !(table->row[i].flags & REM_F_ALIAS)) {
			part->err_row = (uint8_t)i;
			break;
		}
	}
}

const struct rem_part *rem_layer_find(const struct rem_breakdown *b, const struct rem_part *part,
				      unsigned proto)
{
	do {
		part = rem_layer_above(b, part);
	} while (part != NULL && part->proto != proto);
	return part;
}

int rem_layer_next(const struct rem_breakdown *b, int layer)
{
	for (int i = layer + 1; i < b->parts; i++) {
		if (b->part[i].layer == i)
			return i;
	}
	return -1;
}

int rem_layer_part_next(const struct rem_breakdown *b, int layer, int part)
{
	int i = part + 1;

	if (i < b->parts && b->part[i].layer == layer)
		return i;
	if (i < b->trailers)
		i = b->trailers;
	for (; i < b->parts; i++) {
		if (b->part[i].layer == layer)
			return i;
	}
	return -1;
}

const struct rem_part *rem_parent(const struct rem_breakdown *b)
{
	if (b->layer != REM_NO_LAYER)
		return rem_layer_above(b, &b->part[b->layer]);
	return b->parts == 0 ? NULL : &b->part[b->part[b->parts - 1].layer];
}

enum rem_sum_status rem_layer_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_proto *proto = rem_part_proto(part);

	return proto->sum == NULL ? REM_SUM_NOT_GIVEN : proto->sum(b, part);
}

unsigned rem_bad_sums(const struct rem_breakdown *b)
{
	const struct rem_part *const part = b->part, *layer = part + b->trailers;
	unsigned bad = 0;

	while (layer > part) {
		layer = &part[layer[-1].layer]; /* what is in front belongs to the layer above */
		const struct rem_proto *proto = rem_part_proto(layer);

		if (proto->sum != NULL)
			bad += proto->sum(b, layer) == REM_SUM_BAD;
	}
	return bad;
}

static const uint8_t everything[REM_P_COUNT] = {
#define REM_PROTO(name, id) [REM_P_##id] = REM_LOOK_CLOSELY,
#include <remora/protos.def>
#undef REM_PROTO
};

/* May protocol `id`, or somebody below it, be wanted? */
REM_INLINE bool wanted(const struct rem_breakdown *b, unsigned id)
{
	return b->look[id] != REM_LOOK_AWAY;
}

/* Runs one decoder over the view where the walk is. One that answers REM_MISS has pushed nothing, and
 * b->next is as it was but for the first key. */
REM_INLINE int decode(struct rem_breakdown *b, unsigned id, struct rem_view v)
{
	const struct rem_proto *proto = rem_protos[id];

	if ((proto->flags & REM_PROTO_TUNNEL) != 0 && b->tunnels++ > REM_MAX_TUNNELS)
		return REM_MISS;
	b->extent = v.wire;
	b->layer = REM_NO_LAYER;
	b->proto = (uint8_t)id;
	b->depth = 0;
	b->next.key[0] = 0;
	return proto->decode(b, v);
}

/* Is the protocol one that has a probe for payload of this space? */
REM_INLINE bool probes(unsigned id, unsigned space)
{
	return rem_protos[id]->probe_space == space;
}

/* Offers the view to the protocols that have a probe for this space. */
static int probe(struct rem_breakdown *b, unsigned space)
{
	for (unsigned i = 0; i < b->index->probes; i++) {
		const unsigned id = b->index->probe[i];

		if (probes(id, space) && wanted(b, id) && rem_protos[id]->probe(b->next.view)) {
			const int n = decode(b, id, b->next.view);

			if (n != REM_MISS)
				return n;
		}
	}
	return REM_MISS;
}

REM_INLINE unsigned child(const struct rem_breakdown *b, uint32_t key)
{
	const unsigned id = rem_index_look(b->index, key);

	return id == REM_P_DATA && key >> 24 == REM_SPACE_PROTO ? key & 0xff : id;
}

/* The child for a key is not wanted. Is somebody who takes what that one refuses? */
static bool others_wanted(const struct rem_breakdown *b, unsigned space, uint32_t other)
{
	if (wanted(b, REM_P_DATA) || (other != 0 && wanted(b, child(b, other))))
		return true;
	for (unsigned i = 0; i < b->index->probes; i++) {
		if (probes(b->index->probe[i], space) && wanted(b, b->index->probe[i]))
			return true;
	}
	return false;
}

static int nobodys(struct rem_breakdown *b)
{
	return wanted(b, REM_P_DATA) ? decode(b, REM_P_DATA, b->next.view) : REM_MISS;
}

/* Finds who takes the bytes where the walk is: who is bound to a key, if that one has not `refused`, or to the other, who has
 * a probe, or nobody. */
REM_APART int search(struct rem_breakdown *b, uint32_t first, bool refused)
{
	const uint32_t key[] = {first, b->next.key[1], 0};
	const unsigned space = first >> 24;

	if (space == REM_SPACE_NONE)
		return nobodys(b);
	for (unsigned i = refused; key[i] != 0; i++) {
		const unsigned id = child(b, key[i]);

		if (id == REM_P_DATA && rem_index_slot(b->index, key[i])->key != 0)
			return nobodys(b); /* so somebody has bound it */
		if (id == REM_P_DATA)
			continue;
		if (!wanted(b, id) && !others_wanted(b, space, key[i + 1]))
			return REM_MISS;
		const int n = decode(b, id, b->next.view);
		if (n != REM_MISS)
			return n;
	}
	const int n = probe(b, space);
	return n != REM_MISS ? n : nobodys(b);
}

/* Lets who is bound to the first key of the next view take it; most often one is, and does. */
REM_INLINE int dispatch(struct rem_breakdown *b)
{
	const uint32_t first = b->next.key[0];
	const unsigned id = child(b, first);

	if (id == REM_P_DATA || !wanted(b, id))
		return search(b, first, false);
	const int n = decode(b, id, b->next.view);
	return __builtin_expect(n >= 0, 1) ? n : search(b, first, true);
}

static void keep_for(struct rem_breakdown *b, uint16_t layer, struct rem_view rest)
{
	if (rest.cap > 0 && b->leftovers < REM_COUNT(b->leftover))
		b->leftover[b->leftovers++] = (struct rem_leftover){rest, layer};
}

void rem_keep(struct rem_breakdown *b, struct rem_view rest)
{
	if (b->layer != REM_NO_LAYER)
		keep_for(b, b->layer, rest);
}

/* The nearest enclosing layer with a trailer takes what a layer did not claim. */
REM_APART void leave_over(struct rem_breakdown *b, struct rem_view rest)
{
	const struct rem_part *part = b->parts == 0 ? NULL : &b->part[b->parts - 1];

	while (part != NULL && (part = rem_layer_above(b, part)) != NULL) {
		if (rem_part_proto(part)->trailer != NULL) {
			keep_for(b, part->layer, rest);
			return;
		}
	}
}

struct rem_view rem_push_padding(struct rem_breakdown *b, unsigned table, struct rem_view rest)
{
	const uint32_t least = 60, at = rem_offset(b, rest.p), n = at < least ? least - at : 0;

	if (n == 0 || rest.wire < n)
		return rest;
	for (uint32_t i = 0; i < n && i < rest.cap; i++) {
		if (rest.p[i] != 0)
			return rest;
	}
	if (n > rest.cap)
		return rem_view_skip(rest, rest.cap);
	rem_push_row(b, table, 0, rest.p, n);
	return rem_view_skip(rest, n);
}

static void give_trailers(struct rem_breakdown *b)
{
	while (b->leftovers > 0) {
		const struct rem_leftover *left = &b->leftover[--b->leftovers];
		const struct rem_part *owner = &b->part[left->layer];

		b->proto = owner->proto;
		b->extent = owner->extent;
		b->layer = left->layer;
		b->depth = 0;
		b->mark = (uint8_t)(owner->flags | REM_PART_TRAILER);
		rem_part_proto(owner)->trailer(b, left->view);
	}
}

/* Parts to come are in this source, have these flags, and are right. */
static void begin_source(struct rem_breakdown *b, unsigned source, unsigned flags)
{
	b->from = (uint8_t)source;
	b->mark = (uint8_t)flags;
	b->no_err = REM_OK;
	b->no_row = REM_NO_ROW;
	b->base = b->source[source].p;
}

static void begin(struct rem_breakdown *b, struct rem_view frame)
{
	b->parts = 0;
	b->trailers = 0;
	b->full = false;
	b->sources = 1;
	rem_set_view(&b->source[0], frame);
	begin_source(b, 0, 0);
	b->look = b->want == NULL ? everything : b->want->look;
	b->tunnels = 0;
	b->leftovers = 0;
}

int rem_break_down(struct rem_breakdown *b, unsigned first, struct rem_view frame)
{
	begin(b, frame);
	if (frame.cap == 0 || b->room == 0)
		return 0;
	struct rem_view v = frame;
	int n = decode(b, first, b->source[0]);
	if (n == REM_MISS)
		n = decode(b, REM_P_DATA, b->source[0]);
	while (n >= 0) {
		if ((uint32_t)n < v.cap)
			leave_over(b, rem_view_skip(v, (uint32_t)n));
		if (!rem_goes_anywhere(b))
			break;
		v = b->next.view;
		if (v.cap == 0)
			break;
		/* A decoder may count on room for the part that opens its layer. */
		if (b->parts == b->room) {
			rem_push_full(b);
			break;
		}
		n = dispatch(b);
	}
	b->trailers = b->parts;
	give_trailers(b);
	return b->parts;
}

int rem_break_derived(struct rem_breakdown *b, unsigned proto, unsigned table, struct rem_view v)
{
	if (b->sources == REM_SOURCES)
		return REM_LIMIT;
	b->extent = 0;
	b->layer = REM_NO_LAYER;
	b->proto = (uint8_t)proto;
	b->depth = 0;
	b->source[b->sources] = v;
	begin_source(b, b->sources++, REM_PART_DERIVED);
	rem_push(b, table, v.p, v.cap);
	return b->full ? REM_LIMIT : REM_OK;
}

void rem_break_derived_more(struct rem_breakdown *b, unsigned table, uint32_t off, uint32_t n)
{
	rem_push(b, table, b->base + off, n);
}
