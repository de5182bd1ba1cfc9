/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of protocols, and the index by which parents find their children. */
#include "core/decode.h"

const struct rem_proto *const rem_protos[REM_P_COUNT] = {
#define REM_PROTO(name, id) [REM_P_##id] = &rem_proto_##name,
#include <remora/protos.def>
#undef REM_PROTO
};

unsigned rem_index_find(const struct rem_index *x, enum rem_space space, uint32_t value)
{
	return rem_index_look(x, rem_slot_key(space, value));
}

static int put(struct rem_index *x, enum rem_space space, uint32_t value, unsigned proto)
{
	const uint32_t key = rem_slot_key(space, value);
	uint32_t i = rem_slot_start(x, key);

	while (x->slot[i].key != key && x->slot[i].key != 0)
		i = (i + 1) & x->mask;
	if (x->slot[i].key == 0) {
		if (x->used >= x->mask) /* one slot stays free: find() ends there */
			return REM_LIMIT;
		x->used++;
	}
	x->slot[i] = (struct rem_slot){key, proto};
	return REM_OK;
}

static void join(struct rem_set *to, const struct rem_set *from)
{
	for (size_t i = 0; i < REM_COUNT(to->bits); i++)
		to->bits[i] |= from->bits[i];
}

/* Who can come below whom: the closure over "looks its children up in a space". */
static void find_reach(struct rem_index *x)
{
	struct rem_set in_space[REM_SPACES] = {0};

	for (uint32_t i = 0; i <= x->mask; i++) {
		if (x->slot[i].key != 0)
			rem_set_add(&in_space[x->slot[i].key >> 24], x->slot[i].proto);
	}
	for (unsigned i = 0; i < x->probes; i++)
		rem_set_add(&in_space[rem_protos[x->probe[i]]->probe_space], x->probe[i]);
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		x->reach[p] = (struct rem_set){0};
		rem_set_add(&x->reach[p], REM_P_DATA);
		for (unsigned s = 1; s < REM_SPACES; s++) {
			if (rem_protos[p]->spaces >> s & 1)
				join(&x->reach[p], &in_space[s]);
		}
	}
	for (unsigned k = 0; k < REM_P_COUNT; k++) { /* Warshall's closure */
		for (unsigned p = 0; p < REM_P_COUNT; p++) {
			if (rem_set_has(&x->reach[p], k))
				join(&x->reach[p], &x->reach[k]);
		}
	}
}

int rem_index_init(struct rem_index *x, struct rem_slot *slot, size_t n, struct rem_set *reach)
{
	*x = (struct rem_index){.slot = slot, .mask = (uint32_t)n - 1, .reach = reach};
	for (size_t i = 0; i < n; i++)
		slot[i] = (struct rem_slot){0, 0};
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		const struct rem_proto *proto = rem_protos[p];

		for (unsigned i = 0; i < proto->binds; i++) {
			if (put(x, (enum rem_space)proto->bind[i].space, proto->bind[i].value, p) <
			    0)
				return REM_LIMIT;
		}
		if (proto->probe != NULL) {
			if (x->probes == sizeof(x->probe))
				return REM_LIMIT;
			x->probe[x->probes++] = (uint8_t)p;
		}
	}
	if (reach != NULL)
		find_reach(x);
	return REM_OK;
}

int rem_index_bind(struct rem_index *x, enum rem_space space, uint32_t value, unsigned proto)
{
	const int err = put(x, space, value, proto);

	if (err == REM_OK && x->reach != NULL)
		find_reach(x);
	return err;
}

static bool meet(const struct rem_set *a, const struct rem_set *b)
{
	for (size_t i = 0; i < REM_COUNT(a->bits); i++) {
		if ((a->bits[i] & b->bits[i]) != 0)
			return true;
	}
	return false;
}

void rem_want_settle(struct rem_want *want, const struct rem_index *x)
{
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		const bool there = x->reach == NULL || rem_set_has(&want->proto, p) ||
				   meet(&x->reach[p], &want->proto);

		want->look[p] = !there                            ? REM_LOOK_AWAY
				: rem_set_has(&want->detail, p) ? REM_LOOK_CLOSELY
								: REM_LOOK_AT_HEADER;
	}
}

#ifndef REM_NO_NAMES
static bool same_key(const char *have, const char *key, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (have[i] == '\0' || have[i] != key[i])
			return false;
	}
	return have[n] == '\0';
}

int rem_proto_find(const char *key, size_t n)
{
	for (int p = 0; p < REM_P_COUNT; p++) {
		if (same_key(rem_protos[p]->key, key, n))
			return p;
	}
	return -1;
}
#endif
