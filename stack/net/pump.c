/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames from a card to the stack and back. */
#include <remora/pump.h>

static void send(struct rem_pump *p, struct rem_frame *f)
{
	const int err = p->nic->ops->send(p->nic, f->p + f->head, f->end - f->head);

	rem_sent(f, err == REM_OK, p->watch);
}

void rem_pump_in(struct rem_pump *p)
{
	struct rem_nic *nic = p->nic;
	const uint32_t head = nic->headroom, room = p->room - head - nic->tailroom;

	for (unsigned i = 0; i < REM_PUMP_BURST; i++) {
		const int n = nic->ops->receive(nic, p->in + head, room);

		if (n == 0)
			return;
		if (n < 0 || p->node == NULL)
			continue;
		if (p->heard != NULL)
			p->heard(p, p->in + head, (uint32_t)n);
		struct rem_frame f = {.flags = nic->verified ? REM_SUMS_VERIFIED : 0,
				      .p = p->in,
				      .room = head + room,
				      .head = head,
				      .end = head + (uint32_t)n};
		if (rem_in(p->node, &f, p->clock(), p->watch) > 0)
			send(p, &f);
	}
}

rem_time rem_pump_out(struct rem_pump *p)
{
	if (p->node == NULL)
		return REM_NEVER;
	const rem_time now = p->clock();
	for (unsigned i = 0; i < REM_PUMP_BURST && rem_due(p->node) <= now; i++) {
		struct rem_frame f = {
			.p = p->out, .room = p->room - p->nic->tailroom, .head = p->nic->headroom};

		if (rem_out(p->node, &f, now) <= 0)
			break;
		send(p, &f);
	}
	return rem_due(p->node);
}
