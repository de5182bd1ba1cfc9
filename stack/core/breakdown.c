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

/* May protocol `id`, or somebody below it, be wanted? */
static bool is_wanted(const struct rem_breakdown *b, unsigned id)
{
	const struct rem_set *below = b->index->reach;

	if (rem_set_has(&b->want->proto, id) || below == NULL)
		return true;
	for (size_t i = 0; i < REM_COUNT(below->bits); i++) {
		if ((below[id].bits[i] & b->want->proto.bits[i]) != 0)
			return true;
	}
	return false;
}

/* Is the walk to go on with this protocol? Notes whether it is to push what varies, too. */
static bool choose(struct rem_breakdown *b, unsigned id)
{
	b->detail = rem_set_has(&b->want->detail, id);
	return is_wanted(b, id);
}

REM_INLINE bool wanted(struct rem_breakdown *b, unsigned id)
{
	return b->want == NULL || choose(b, id);
}

/* Runs one decoder over v. A decoder that answers REM_MISS has pushed nothing and sent the walk
 * nowhere, so b->next still says where it stands. */
REM_INLINE int decode(struct rem_breakdown *b, unsigned id, struct rem_view v)
{
	const struct rem_proto *proto = rem_protos[id];
	const uint8_t keys = b->next.keys;

	if ((proto->flags & REM_PROTO_TUNNEL) != 0 && b->tunnels++ > REM_MAX_TUNNELS)
		return REM_MISS;
	b->tables = proto->table;
	b->stamp_extent = v.wire;
	b->layer = REM_NO_LAYER;
	b->proto = (uint8_t)id;
	b->depth = 0;
	b->next.keys = 0;
	const int n = proto->decode(b, v);
	if (n == REM_MISS)
		b->next.keys = keys;
	return n;
}

/* Offers the view to the protocols that have a probe for this space. */
static int probe(struct rem_breakdown *b)
{
	for (unsigned i = 0; i < b->index->probes; i++) {
		const unsigned id = b->index->probe[i];

		if (rem_protos[id]->probe_space != b->next.key[0] >> 24 || !wanted(b, id))
			continue;
		if (rem_protos[id]->probe(b->next.view)) {
			const int n = decode(b, id, b->next.view);

			if (n != REM_MISS)
				return n;
		}
	}
	return REM_MISS;
}

REM_INLINE unsigned child(const struct rem_breakdown *b, uint32_t key)
{
	return key >> 24 == REM_SPACE_PROTO ? key & 0xff : rem_index_look(b->index, key);
}

/* The child for value `at` is not wanted. Is somebody who takes what that one refuses? */
static bool others_wanted(const struct rem_breakdown *b, unsigned at)
{
	if (is_wanted(b, REM_P_DATA))
		return true;
	for (unsigned i = at + 1; i < b->next.keys; i++) {
		if (is_wanted(b, child(b, b->next.key[i])))
			return true;
	}
	for (unsigned i = 0; i < b->index->probes; i++) {
		const unsigned id = b->index->probe[i];

		if (rem_protos[id]->probe_space == b->next.key[0] >> 24 && is_wanted(b, id))
			return true;
	}
	return false;
}

/* Nobody is bound to these bytes, or who is does not want them. */
REM_APART int nobodys(struct rem_breakdown *b, struct rem_view v)
{
	const int n = probe(b);

	if (n != REM_MISS || !wanted(b, REM_P_DATA))
		return n;
	return decode(b, REM_P_DATA, v);
}

/* Finds who takes the next view, and lets it. Negative: the walk is over. */
REM_INLINE int dispatch(struct rem_breakdown *b)
{
	const struct rem_view v = b->next.view;

	if (v.cap == 0)
		return REM_MISS;
	/* A decoder may count on room for the part that opens its layer. */
	if (b->parts == b->room) {
		rem_push_full(b);
		return REM_MISS;
	}
	for (unsigned i = 0; i < b->next.keys; i++) {
		const unsigned id = child(b, b->next.key[i]);

		if (id == REM_P_DATA)
			continue;
		if (!wanted(b, id) && !others_wanted(b, i))
			return REM_MISS;
		const int n = decode(b, id, v);
		if (n != REM_MISS)
			return n;
	}
	return nobodys(b, v);
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
static void leave_over(struct rem_breakdown *b, struct rem_view rest)
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
		b->tables = rem_part_proto(owner)->table;
		b->stamp_extent = owner->extent;
		b->layer = left->layer;
		b->depth = 0;
		b->mark = (uint8_t)(owner->flags | REM_PART_TRAILER);
		rem_part_proto(owner)->trailer(b, left->view);
	}
}

static void begin(struct rem_breakdown *b, unsigned first, struct rem_view frame)
{
	b->parts = 0;
	b->last = 0;
	b->trailers = 0;
	b->full = false;
	b->sources = 1;
	b->source[0] = frame;
	b->base = frame.p;
	b->stamp = (struct rem_part){.layer = REM_NO_LAYER, .err_row = REM_NO_ROW};
	b->detail = b->want == NULL || rem_set_has(&b->want->detail, first);
	b->tunnels = 0;
	b->leftovers = 0;
	b->next.keys = 0;
}

int rem_break_down(struct rem_breakdown *b, unsigned first, struct rem_view frame)
{
	struct rem_view v = frame;

	begin(b, first, frame);
	if (frame.cap == 0 || b->room == 0)
		return 0;
	int n = decode(b, first, v);
	if (n == REM_MISS)
		n = decode(b, REM_P_DATA, v);
	while (n >= 0) {
		if ((uint32_t)n < v.cap)
			leave_over(b, rem_view_skip(v, (uint32_t)n));
		if (b->next.keys == 0)
			break;
		v = b->next.view;
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
	b->tables = rem_protos[proto]->table;
	const uint16_t last = b->last;
	rem_push(b, table, v.p, v.cap);
	b->last = last;
	return b->full ? REM_LIMIT : REM_OK;
}

void rem_break_derived_more(struct rem_breakdown *b, unsigned table, uint32_t off, uint32_t n)
{
	rem_push(b, table, b->base + off, n);
}
