/* SPDX-License-Identifier: BSD-3-Clause */
/* What has arrived behind a hole: the bytes lie in the receive ring already, here are their ranges,
 * the latest first, as RFC 2018 4 wants them reported. */
#include "net/tcp_fsm.h"

REM_OWN static void remove_block(struct rem_tcb *t, unsigned i)
{
	t->blocks--;
	for (; i < t->blocks; i++)
		t->block[i] = t->block[i + 1];
}

REM_OWN bool rem_block_add(struct rem_tcb *t, struct rem_range r)
{
	for (unsigned i = 0; i < t->blocks;) {
		const struct rem_range b = t->block[i];

		if (rem_seq_before(b.to, r.from) || rem_seq_before(r.to, b.from)) {
			i++;
			continue;
		}
		r = (struct rem_range){rem_seq_min(r.from, b.from), rem_seq_max(r.to, b.to)};
		remove_block(t, i);
		i = 0; /* it may reach another one now */
	}
	if (t->blocks == REM_TCP_RANGES)
		return false;
	for (unsigned i = t->blocks++; i > 0; i--)
		t->block[i] = t->block[i - 1];
	t->block[0] = r;
	return true;
}

REM_OWN uint32_t rem_block_join(struct rem_tcb *t)
{
	uint32_t next = t->rcv.nxt;

	/* Blocks do not touch each other, so the one that reaches furthest is enough. */
	for (unsigned i = 0; i < t->blocks;) {
		if (rem_seq_before(next, t->block[i].from)) {
			i++;
		} else {
			next = rem_seq_max(next, t->block[i].to);
			remove_block(t, i);
		}
	}
	return next;
}
