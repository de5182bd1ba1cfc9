/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses that a host gives itself: RFC 3927. */
#include "net/ip.h"
#include <remora/net_claim.h>

/* RFC 3927 2.1: from 169.254.1.0 to 169.254.254.255. */
#define FIRST 0xa9fe0100
enum { COUNT = 254 * 256, PREFIX = 16 };

/*
 * The host's own sequence of addresses, RFC 3927 2.1: the same after each start, so that it most often
 * gets the one that it had. FNV-1a of the link address and the number of the try; no secret is in it.
 */
static uint32_t candidate(const struct rem_link_local *l)
{
	const uint8_t *link = l->claim.arp->ether->address;
	uint32_t hash = 0x811c9dc5;

	for (unsigned i = 0; i < 6; i++)
		hash = (hash ^ link[i]) * 0x01000193;
	for (unsigned i = 0; i < 4; i++)
		hash = (hash ^ (l->tries >> 8 * i & 0xff)) * 0x01000193;
	return FIRST + (uint32_t)((uint64_t)hash * COUNT >> 32);
}

static void next(struct rem_link_local *l, rem_time now)
{
	rem_claim_start(&l->claim, rem_addr4(candidate(l)), PREFIX, now);
	l->tries++;
}

/* Somebody has it: another one. */
static void changed(struct rem_claim *c, rem_time now)
{
	struct rem_link_local *l = (struct rem_link_local *)c;

	if (c->state == REM_CLAIM_LOST && l->on)
		next(l, now);
}

int rem_link_local_init(struct rem_link_local *l, struct rem_arp *arp, struct rem_ether *ether,
			unsigned index)
{
	*l = (struct rem_link_local){.tries = 0};
	const int err = rem_claim_init(&l->claim, arp, ether, index);
	l->claim.changed = changed;
	return err;
}

void rem_link_local_start(struct rem_link_local *l, rem_time now)
{
	l->on = true;
	l->tries = 0;
	next(l, now);
}

void rem_link_local_stop(struct rem_link_local *l)
{
	l->on = false;
	rem_claim_stop(&l->claim);
}
