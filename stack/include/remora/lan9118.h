/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A driver for SMSC's LAN9118 family of Ethernet controllers on a 32-bit bus: no DMA, two FIFOs. It is
 * on ARM's MPS2 boards and on QEMU's model of them. Register names are the data sheet's.
 */
#ifndef REMORA_LAN9118_H
#define REMORA_LAN9118_H

#include <remora/nic.h>

struct rem_lan9118 {
	struct rem_nic nic;
	volatile uint32_t *reg; /* the controller's registers */
};

/*
 * Resets the controller at `base`, gives it the link address `address` and lets it receive: its own
 * address, broadcasts and all groups; an interrupt is raised while frames wait. REM_UNSUP: there is no such
 * controller. REM_STATE: it does not come out of its reset. The address must be a unicast one.
 */
int rem_lan9118_init(struct rem_lan9118 *lan, uintptr_t base, const uint8_t address[6]);

/* The interrupt means that frames wait. Its handler silences it; who has received them all lets it come
 * again, before it sleeps. */
void rem_lan9118_quiet(struct rem_lan9118 *lan);
void rem_lan9118_wake(struct rem_lan9118 *lan);

/* Does a frame wait? */
bool rem_lan9118_waiting(struct rem_lan9118 *lan);

/* Frames that the controller had to drop since the last call: its FIFO was full. */
uint32_t rem_lan9118_dropped(struct rem_lan9118 *lan);

#endif
