/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stands under the stack: a network card, a radio, a TAP. A driver fills in a struct rem_nic;
 * who runs the stack moves frames between it and the lowest node:
 *
 *	while ((n = nic->ops->receive(nic, buf + headroom, room)) > 0)  rem_in(…), the answer: send
 *	while (rem_due(lowest) <= now && rem_out(…) > 0)                send
 *
 * remora/pump.h does that. A driver keeps no time, allocates nothing, and never calls the stack. Frames are whole: from the
 * destination address on, without preamble and frame check sequence.
 */
#ifndef REMORA_NIC_H
#define REMORA_NIC_H

#include <remora/types.h>

struct rem_nic;

struct rem_nic_ops {
	/* Copies, or moves, the next frame to p. > 0: its bytes; 0: none waits. REM_LENGTH: it did not
	 * fit into `room`, REM_DROP: the hardware marked it as damaged; such a frame is gone. */
	int (*receive)(struct rem_nic *nic, uint8_t *p, uint32_t room);
	/* Hands a frame over. 0: taken, p may be used again at once. REM_LIMIT: no room now, try
	 * later. REM_CLOSED: there is no link. Frames shorter than 60 bytes are padded by whom the
	 * hardware wants to: the stack pads its own. */
	int (*send)(struct rem_nic *nic, const uint8_t *p, uint32_t n);
	/* Lets the link addresses of n groups in and no others, 6 bytes each; NULL: the card lets
	 * every group in. */
	int (*groups)(struct rem_nic *nic, const uint8_t *addresses, uint32_t n);
	/* Is there a link? NULL: always. */
	bool (*link)(struct rem_nic *nic);
};

/* The driver's own struct has one as its first member. */
struct rem_nic {
	const struct rem_nic_ops *ops;
	uint8_t address[6];
	uint16_t mtu;                /* bytes of an IP datagram: 1500 */
	bool verified;               /* the sums of the frame that was received last are known to be good */
	uint16_t headroom,
		tailroom; /* bytes around every frame, in or out, that the driver may write */
};

#endif
