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
	const struct rem_part *const part = b->part, *layer = &part[b->last];
	unsigned bad = 0;

	if (b->parts == 0)
		return 0;
	for (;;) {
		const struct rem_proto *proto = rem_part_proto(layer);

		if (proto->sum != NULL)
			bad += proto->sum(b, layer) == REM_SUM_BAD;
		if (layer == part)
			return bad;
		layer = &part[layer[-1].layer]; /* what is in front belongs to the layer above */
	}
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

/* Runs one decoder where the walk is. One that answers REM_MISS has pushed nothing, and b->next is
 * as it was but for the number of keys. */
REM_INLINE int decode(struct rem_breakdown *b, unsigned id)
{
	const struct rem_proto *proto = rem_protos[id];

	if ((proto->flags & REM_PROTO_TUNNEL) != 0 && b->tunnels++ > REM_MAX_TUNNELS)
		return REM_MISS;
	b->stamp_extent = b->next.view.wire;
	b->layer = REM_NO_LAYER;
	b->proto = (uint8_t)id;
	b->depth = 0;
	b->next.keys = 0;
	return proto->decode(b, b->next.view);
}

/* Is the protocol one that has a probe for payload of the next view's space? */
REM_INLINE bool probes(const struct rem_breakdown *b, unsigned id)
{
	return rem_protos[id]->probe_space == b->next.key[0] >> 24;
}

/* Offers the view to the protocols that have a probe for this space. */
static int probe(struct rem_breakdown *b)
{
	for (unsigned i = 0; i < b->index->probes; i++) {
		const unsigned id = b->index->probe[i];

		if (probes(b, id) && wanted(b, id) && rem_protos[id]->probe(b->next.view)) {
			const int n = decode(b, id);

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

/* The child for key `at` of `keys` is not wanted. Is somebody who takes what that one refuses? */
static bool others_wanted(const struct rem_breakdown *b, unsigned at, unsigned keys)
{
	if (wanted(b, REM_P_DATA))
		return true;
	for (unsigned i = at + 1; i < keys; i++) {
		if (wanted(b, child(b, b->next.key[i])))
			return true;
	}
	for (unsigned i = 0; i < b->index->probes; i++) {
		if (probes(b, b->index->probe[i]) && wanted(b, b->index->probe[i]))
			return true;
	}
	return false;
}

static int nobodys(struct rem_breakdown *b)
{
	return wanted(b, REM_P_DATA) ? decode(b, REM_P_DATA) : REM_MISS;
}

/* Finds who takes the bytes where the walk is, from key `at` on: who is bound to one, who has a probe, or nobody. */
REM_APART int search(struct rem_breakdown *b, unsigned at, unsigned keys)
{
	if (b->next.key[0] == REM_SPACE_NONE)
		return nobodys(b);
	for (unsigned i = at; i < keys; i++) {
		const unsigned id = child(b, b->next.key[i]);

		if (id == REM_P_DATA && rem_index_slot(b->index, b->next.key[i])->key != 0)
			return nobodys(b); /* so somebody has bound it */
		if (id == REM_P_DATA)
			continue;
		if (!wanted(b, id) && !others_wanted(b, i, keys))
			return REM_MISS;
		const int n = decode(b, id);
		if (n != REM_MISS)
			return n;
	}
	const int n = probe(b);
	return n != REM_MISS ? n : nobodys(b);
}

/* Lets who is bound to the first key of the next view take it; most often one is, and does. */
REM_INLINE int dispatch(struct rem_breakdown *b)
{
	const unsigned keys = b->next.keys, id = child(b, b->next.key[0]);
	unsigned tried = 0;

	if (id != REM_P_DATA && wanted(b, id)) {
		const int n = decode(b, id);

		if (__builtin_expect(n >= 0, 1))
			return n;
		tried = 1;
	}
	return search(b, tried, keys);
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
	const struct rem_part *part = rem_layer_last(b);

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
		b->stamp_extent = owner->extent;
		b->layer = left->layer;
		b->depth = 0;
		b->mark = (uint8_t)(owner->flags | REM_PART_TRAILER);
		rem_part_proto(owner)->trailer(b, left->view);
	}
}

static void begin(struct rem_breakdown *b, struct rem_view frame)
{
	b->parts = 0;
	b->last = 0;
	b->trailers = 0;
	b->full = false;
	b->sources = 1;
	b->source[0] = frame;
	b->base = frame.p;
	b->stamp = (struct rem_part){.layer = REM_NO_LAYER, .err_row = REM_NO_ROW};
	b->look = b->want == NULL ? everything : b->want->look;
	b->tunnels = 0;
	b->leftovers = 0;
	b->next.view = frame;
}

int rem_break_down(struct rem_breakdown *b, unsigned first, struct rem_view frame)
{
	begin(b, frame);
	if (frame.cap == 0 || b->room == 0)
		return 0;
	const uint8_t *at = frame.p;
	uint32_t here = frame.cap;
	int n = decode(b, first);
	if (n == REM_MISS)
		n = decode(b, REM_P_DATA);
	while (n >= 0) {
		if ((uint32_t)n < here)
			leave_over(b, rem_view_skip((struct rem_view){at, here, b->stamp_extent},
						    (uint32_t)n));
		if (b->next.keys == 0)
			break;
		at = b->next.view.p;
		here = b->next.view.cap;
		if (here == 0)
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
	b->stamp = (struct rem_part){
		.layer = REM_NO_LAYER,
		.proto = (uint8_t)proto,
		.source = b->sources,
		.flags = REM_PART_DERIVED,
		.err_row = REM_NO_ROW,
	};
	b->source[b->sources++] = v;
	b->base = v.p;
	const uint16_t last = b->last;
	rem_push(b, table, v.p, v.cap);
	b->last = last;
	return b->full ? REM_LIMIT : REM_OK;
}

void rem_break_derived_more(struct rem_breakdown *b, unsigned table, uint32_t off, uint32_t n)
{
	rem_push(b, table, b->base + off, n);
}
