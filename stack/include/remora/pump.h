/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames between a card and the node that stands on it: the loop of remora/nic.h, for a program that goes round by itself. */
#ifndef REMORA_PUMP_H
#define REMORA_PUMP_H

#include <remora/nic.h>
#include <remora/node.h>

enum { REM_PUMP_BURST = 64 }; /* frames in one call: others want to live, too */

/* All of it is the caller's. */
struct rem_pump {
	struct rem_nic *nic;
	struct rem_node *node; /* NULL: there is none yet, what comes is thrown away */
	rem_time (*clock)(void);
	uint8_t *in, *out; /* a frame each, with the card's room around it, aligned to four bytes */
	uint32_t room;     /* bytes of either */
	struct rem_watch *watch; /* NULL: nobody watches */
	/* Called with each frame before anything is done with it, if not NULL. */
	void (*heard)(struct rem_pump *pump, const uint8_t *p, uint32_t n);
};

/* What waits goes up, answers go out. */
void rem_pump_in(struct rem_pump *p);
/* What is due goes out; when more will be. */
rem_time rem_pump_out(struct rem_pump *p);

#endif
