/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of protocols, and the index by which parents find their children. */
#include "core/decode.h"

const struct rem_proto *const rem_protos[REM_P_COUNT] = {
#define REM_PROTO(name, id) [REM_P_##id] = &rem_proto_##name,
#include <remora/protos.def>
#undef REM_PROTO
};

const struct rem_slot *rem_index_search(const struct rem_index *x, uint32_t key)
{
	uint32_t i = rem_slot_start(x, key);

	while (x->slot[i].key != key && x->slot[i].key != 0)
		i = (i + 1) & x->mask;
	return &x->slot[i];
}

unsigned rem_index_find(const struct rem_index *x, enum rem_space space, uint32_t value)
{
	return rem_index_look(x, rem_slot_key(space, value));
}

static int put(struct rem_index *x, enum rem_space space, uint32_t value, unsigned proto)
{
	const uint32_t key = rem_slot_key(space, value);
	struct rem_slot *slot = &x->slot[rem_index_slot(x, key) - x->slot];

	if (slot->key == 0) {
		if (x->used >= x->mask) /* one slot stays free: find() ends there */
			return REM_LIMIT;
		x->used++;
	}
	*slot = (struct rem_slot){key, proto};
	return REM_OK;
}

int rem_index_init(struct rem_index *x, struct rem_slot *slot, size_t n)
{
	*x = (struct rem_index){.slot = slot, .mask = (uint32_t)n - 1};
	for (size_t i = 0; i < n; i++)
		slot[i] = (struct rem_slot){0, REM_P_DATA};
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
	return REM_OK;
}

int rem_index_bind(struct rem_index *x, enum rem_space space, uint32_t value, unsigned proto)
{
	return put(x, space, value, proto);
}

/* The spaces in which each protocol can be found, 1 << enum rem_space each. */
static void find_spaces(const struct rem_index *x, uint16_t in[REM_P_COUNT])
{
	for (uint32_t i = 0; i <= x->mask; i++)
		in[x->slot[i].proto] |= (uint16_t)(1 << (x->slot[i].key >> 24));
	for (unsigned i = 0; i < x->probes; i++)
		in[x->probe[i]] |= (uint16_t)(1 << rem_protos[x->probe[i]]->probe_space);
}

/* Adds who looks its children up where one of the set can be found. False: nobody is new. */
static bool add_parents(const uint16_t in[REM_P_COUNT], struct rem_set *set)
{
	uint32_t spaces = 0;
	bool grown = false;

	for (unsigned p = 0; p < REM_P_COUNT; p++)
		spaces |= rem_set_has(set, p) ? in[p] : 0;
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		if (!rem_set_has(set, p) && (rem_protos[p]->spaces & spaces) != 0) {
			rem_set_add(set, p);
			grown = true;
		}
	}
	return grown;
}

void rem_want_settle(struct rem_want *want, const struct rem_index *x)
{
	const bool all = rem_set_has(&want->proto, REM_P_DATA);     /* it comes below everybody */
	struct rem_set leads = want->proto;     /* to somebody who is wanted */
	uint16_t in[REM_P_COUNT] = {0};

	if (!all)
		find_spaces(x, in);
	while (!all && add_parents(in, &leads))
		;
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		want->look[p] = !all && !rem_set_has(&leads, p) ? REM_LOOK_AWAY
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
