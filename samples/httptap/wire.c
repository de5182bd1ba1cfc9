/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames between the TAP, a host of our own, and guests. IEEE 802.1D in its simplest form. */
#define _GNU_SOURCE
#include "wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 65536, BURST = 256, IDLE = 60 };

/* ---- queues ---- */

static void push(struct queue *q, const uint8_t *p, uint32_t n)
{
	const uint8_t head[4] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8),
				 (uint8_t)n};

	if (rem_ring_room(&q->ring) < n + sizeof(head)) {
		q->lost++;
		return;
	}
	rem_ring_put(&q->ring, 0, head, sizeof(head));
	rem_ring_put(&q->ring, sizeof(head), p, n);
	rem_ring_add(&q->ring, n + (uint32_t)sizeof(head));
}

static uint32_t pop(struct queue *q, uint8_t *p, uint32_t room)
{
	uint8_t head[4];

	if (q->ring.used == 0)
		return 0;
	rem_ring_get(&q->ring, 0, head, sizeof(head));
	const uint32_t n = rem_be32(head), fits = n < room ? n : room;
	rem_ring_get(&q->ring, sizeof(head), p, fits);
	rem_ring_drop(&q->ring, n + (uint32_t)sizeof(head));
	return fits;
}

static int make_queue(struct queue *q)
{
	uint8_t *p = q->ring.p != NULL ? q->ring.p : malloc(FRAMES);

	if (p == NULL)
		return -ENOMEM;
	rem_ring_init(&q->ring, p, FRAMES);
	q->lost = 0;
	return 0;
}

/* ---- those who listen ---- */

/* Blocks of pcapng in this machine's byte order: draft-ietf-opsawg-pcapng 4. */
static const uint32_t section[] = {0x0a0d0d0a, 28, 0x1a2b3c4d, 1, UINT32_MAX, UINT32_MAX, 28};
static const uint32_t interface[] = {1, 20, 1, 0, 20}; /* Ethernet, no snapshot length */

struct listener *wire_listen(struct wire *w)
{
	for (unsigned i = 0; i < LISTENERS; i++) {
		struct listener *l = &w->listener[i];
		uint8_t *p = l->ring.p;

		if (l->is_here || (p == NULL && (p = malloc(LISTENER_BYTES)) == NULL))
			continue;
		rem_ring_init(&l->ring, p, LISTENER_BYTES);
		rem_ring_put(&l->ring, 0, (const uint8_t *)section, sizeof(section));
		rem_ring_put(&l->ring, sizeof(section), (const uint8_t *)interface,
			     sizeof(interface));
		rem_ring_add(&l->ring, sizeof(section) + sizeof(interface));
		l->is_here = true;
		return l;
	}
	return NULL;
}

static void tell(struct wire *w, const uint8_t *p, uint32_t n)
{
	static const uint8_t zeros[4];
	const uint64_t at = (uint64_t)rem_linux_now() + w->epoch;
	const uint32_t pad = -n & 3, all = 32 + n + pad;
	const uint32_t head[] = {6, all, 0, (uint32_t)(at >> 32), (uint32_t)at, n, n};

	for (unsigned i = 0; i < LISTENERS; i++) {
		struct rem_ring *r = &w->listener[i].ring;

		if (!w->listener[i].is_here || rem_ring_room(r) < all)
			continue;
		rem_ring_put(r, 0, (const uint8_t *)head, sizeof(head));
		rem_ring_put(r, sizeof(head), p, n);
		rem_ring_put(r, sizeof(head) + n, zeros, pad);
		rem_ring_put(r, all - 4, (const uint8_t *)&all, 4);
		rem_ring_add(r, all);
		w->news = true;
	}
}

/* ---- the wire ---- */

/* A frame from one end (NULL: of the TAP, or of the host) to the others. */
static void carry(struct wire *w, const struct queue *from, bool from_tap, const uint8_t *p,
		  uint32_t n)
{
	const bool group = (p[0] & 1) != 0;

	tell(w, p, n);
	if (!from_tap)
		w->tap.nic.ops->send(&w->tap.nic, p, n);
	if (from != &w->host_queue && w->host_queue.ring.p != NULL &&
	    (group || memcmp(p, w->port.nic.address, 6) == 0)) {
		push(&w->host_queue, p, n);
		eventfd_write(w->port.fd, 1);
	}
	for (unsigned i = 0; i < GUESTS; i++) {
		struct guest *g = &w->guest[i];

		if (g->is_here && from != &g->queue && (group || memcmp(p, g->address, 6) == 0)) {
			push(&g->queue, p, n);
			w->news = true;
		}
	}
}

static void tap_ready(struct rem_loop_fd *f, uint32_t events)
{
	struct wire *w = (struct wire *)((char *)f - offsetof(struct wire, tap_fd));
	static uint8_t frame[MOST];
	int n;

	(void)events;
	for (unsigned i = 0;
	     i < BURST && (n = w->tap.nic.ops->receive(&w->tap.nic, frame, MOST)) != 0; i++) {
		if (n >= 14)
			carry(w, NULL, true, frame, (uint32_t)n);
	}
}

/* ---- guests ---- */

static bool is_id(const char *id)
{
	const size_t n =
		strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

	return id[n] == '\0' && n <= GUEST_ID;
}

struct guest *wire_guest(struct wire *w, const char *id)
{
	const rem_time now = rem_linux_now();
	struct guest *room = NULL;

	if (!is_id(id))
		return NULL;
	for (unsigned i = 0; i < GUESTS; i++) {
		struct guest *g = &w->guest[i];

		if (g->is_here && strcmp(g->id, id) == 0) {
			g->seen = now;
			return g;
		}
		if (g->is_here && now - g->seen > IDLE * INT64_C(1000000))
			g->is_here = false;
		if (!g->is_here && room == NULL)
			room = g;
	}
	if (room == NULL || make_queue(&room->queue) != 0)
		return NULL;
	/* the same address for the same name, so that a guest who comes back finds its lease */
	const uint64_t hash = rem_keyed(&w->host.secret, REM_FOR_APPLICATION, id, strlen(id));
	memcpy(room->address, &hash, 6);
	room->address[0] = (uint8_t)((room->address[0] & 0xfc) | 2);
	memcpy(room->id, id, strlen(id) + 1);
	room->seen = now;
	room->is_here = true;
	return room;
}

void wire_from_guest(struct wire *w, struct guest *g, const uint8_t *p, uint32_t n)
{
	if ((p[6] & 1) == 0) /* who has an address of its own is found by it */
		memcpy(g->address, p + 6, 6);
	carry(w, &g->queue, false, p, n);
}

uint32_t wire_to_guest(struct guest *g, uint8_t *p, uint32_t room)
{
	return pop(&g->queue, p, room);
}

/* ---- the host ---- */

static int port_receive(struct rem_nic *nic, uint8_t *p, uint32_t room)
{
	struct wire *w = (struct wire *)((char *)nic - offsetof(struct wire, port.nic));
	const uint32_t n = pop(&w->host_queue, p, room);
	eventfd_t times;

	if (n == 0)
		(void)!eventfd_read(w->port.fd, &times);
	return (int)n;
}

static int port_send(struct rem_nic *nic, const uint8_t *p, uint32_t n)
{
	struct wire *w = (struct wire *)((char *)nic - offsetof(struct wire, port.nic));

	carry(w, &w->host_queue, false, p, n);
	return REM_OK;
}

static void begin_leases(struct wire *w, uint32_t dns)
{
	const uint32_t own = w->addr + 1, net = w->addr & w->mask;

	rem_host_configure(&w->host, rem_addr4(own), (unsigned)__builtin_popcount(w->mask),
			   (struct rem_addr){.family = 0});
	rem_dhcp_server_init(&w->dhcp, w->place, PLACES);
	w->dhcp.addr = own;
	w->dhcp.mask = w->mask;
	w->dhcp.router = w->addr;
	w->dhcp.dns[0] = dns;
	w->dhcp.seconds = 3600;
	w->dhcp.first = net + 50;
	if (w->dhcp.places > ~w->mask - 50)
		w->dhcp.places = ~w->mask > 50 ? (uint16_t)(~w->mask - 50) : 0;
	rem_sit(&w->host.udp.up, &w->dhcp.node);
}

int wire_begin(struct wire *w, bool leases, uint32_t dns)
{
	static const struct rem_nic_ops ops = {port_receive, port_send, NULL, NULL};
	const struct rem_host_tables tables = {
		.neighbour = w->neighbour, .neighbours = 16, .udp = w->seat, .udps = 2};
	struct timespec wall;
	uint8_t seed[16];
	int err = rem_linux_seed(seed);

	clock_gettime(CLOCK_REALTIME, &wall);
	w->epoch = (uint64_t)wall.tv_sec * 1000000 + (uint64_t)wall.tv_nsec / 1000 -
		   (uint64_t)rem_linux_now();
	w->port = (struct rem_linux_nic){.nic = {.ops = &ops, .mtu = w->tap.nic.mtu},
					 .fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
	memcpy(w->port.nic.address, w->tap.nic.address, 6);
	if (err != 0 || w->port.fd < 0)
		return err != 0 ? err : -errno;
	rem_host_init(&w->host, w->port.nic.address, w->tap.nic.mtu, seed, &tables);
	if (w->tap.is_tap && leases) { /* on a network of others, they lease */
		if ((err = make_queue(&w->host_queue)) != 0)
			return err;
		begin_leases(w, dns);
	}
	err = rem_loop_init(&w->loop, &w->port, &w->host.ether.node, NULL);
	w->tap_fd = (struct rem_loop_fd){w->tap.fd, EPOLLIN, tap_ready};
	return err == 0 ? rem_loop_add(&w->loop, &w->tap_fd) : err;
}
