/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The wire of httptap: the TAP (or a shared interface), a host of our own that leases addresses, and
 * guests, who come and go by HTTP. Every frame goes to whom it is addressed, across the TAP, and to
 * those who listen.
 */
#ifndef HTTPTAP_WIRE_H
#define HTTPTAP_WIRE_H

#include <remora/host.h>
#include <remora/linux.h>
#include <remora/net_dhcp_server.h>
#include <remora/ring.h>

enum {
	GUESTS = 64,
	GUEST_ID = 32,           /* bytes of an id, besides its NUL */
	FRAMES = 1 << 18,        /* bytes of frames that wait for somebody */
	LISTENERS = 8,
	LISTENER_BYTES = 1 << 20,
	PLACES = 200,
};

/* Frames that wait, each behind its length; what does not fit is lost, as on any wire. */
struct queue {
	struct rem_ring ring;
	uint64_t lost;
};

struct guest {
	char id[GUEST_ID + 1];
	uint8_t address[6]; /* its own: made up by us, or what it sends from */
	struct queue queue;
	rem_time seen; /* when it last asked for something */
	bool is_here;
};

/* Who reads /capture: pcapng. */
struct listener {
	struct rem_ring ring;
	bool is_here;
};

struct wire {
	struct rem_linux_nic tap;
	struct rem_loop loop;        /* of the host, and of all else */
	struct rem_loop_fd tap_fd;
	struct rem_linux_nic port;   /* the host's card: one end of the wire */
	struct queue host_queue;
	struct rem_host host;
	struct rem_neighbour neighbour[16];
	struct rem_seat seat[2];
	struct rem_dhcp_server dhcp;
	struct rem_dhcp_place place[PLACES];
	struct guest guest[GUESTS];
	struct listener listener[LISTENERS];
	uint64_t epoch;
	uint32_t addr, mask; /* the kernel's, on the TAP or the interface; 0: it has none */
	bool news;           /* somebody has got a frame */
};

/* tap is open; addr and mask are the kernel's side of it. On a TAP that leases, our host has the address
 * behind it; elsewhere there is no host. */
int wire_begin(struct wire *w, bool leases, uint32_t dns);

/* Who has this id; a new guest, if there is room. NULL: there is not, or the id is none. */
struct guest *wire_guest(struct wire *w, const char *id);

/* A frame of a guest's. */
void wire_from_guest(struct wire *w, struct guest *g, const uint8_t *p, uint32_t n);

/* The next frame for a guest; 0: there is none. */
uint32_t wire_to_guest(struct guest *g, uint8_t *p, uint32_t room);

/* Somebody listens to everything from now on; NULL: too many do. */
struct listener *wire_listen(struct wire *w);

#endif
