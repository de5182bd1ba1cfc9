/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames through the whole path of the Pico W, on the host: the air, the strict model of the radio, its driver, the pump and the
 * stack with a server that sends back what it gets; and the same way out. A byte string is a schedule of frames and time. No frame
 * may bring the radio down or make the driver do what the chip does not allow, and each that comes up ends in one outcome.
 */
#include "../radio/model.h"

#include <remora/arp.h>
#include <remora/ethernet.h>
#include <remora/host.h>
#include <remora/ipv4.h>
#include <remora/net_tcp.h>
#include <remora/numbers.h>
#include <remora/pump.h>
#include <remora/sum.h>
#include <remora/tcp.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	SECOND = 1000000,
	FRAME = 1514,
	OURS = 0x0a000001,
	PEER = 0x0a000002,
	PORT = 7,
	CONNS = 3,
	RING = 2048,
	TURNS = 5000
};
enum { IP = REM_ETH_HEADER, TCP = IP + REM_IPV4_HEADER, DATA = TCP + REM_TCP_HEADER };

static const uint8_t peer_mac[6] = {2, 0, 0, 0, 0, 2};

/* All that an input changes, so that the next one finds it as it was. */
struct world {
	struct model model;
	struct rem_cyw cyw;
	struct rem_host host;
	struct rem_tcp tcp;
	struct rem_tcp_listener door;
	struct rem_tcp_conn conn[CONNS];
	struct rem_tcp_conn *bucket[4];
	struct rem_neighbour neighbours[3];
	uint8_t rx[CONNS][RING], tx[CONNS][RING];
	unsigned up, told; /* frames that came up, and outcomes of them */
	uint32_t answered; /* of the frames that the radio has sent, those looked at */
};

static struct world world, joined;
static struct rem_pump pump;

static void must(bool truth)
{
	if (!truth)
		abort();
}

static uint32_t take(struct rem_span *b, unsigned bytes)
{
	uint32_t v = 0;

	for (; bytes > 0; bytes--) {
		v = v << 8 | (b->n > 0 ? *b->p : 0);
		if (b->n > 0)
			b->p++, b->n--;
	}
	return v;
}

static uint8_t *at(uint8_t *header, uint32_t field)
{
	return header + REM_OFF(field) / 8;
}

static rem_time clock_now(void)
{
	return world.model.now;
}

static void heard(struct rem_pump *by, const uint8_t *p, uint32_t n)
{
	(void)by;
	must(n >= 1 && n <= FRAME && p != NULL);
	world.up++;
}

static void saw(struct rem_watch *w, const struct rem_frame *f, bool out)
{
	(void)w;
	must(f->verdict.why != REM_WHY_NONE);
	world.told += !out;
}

/* The server: what has come goes back, as far as there is room. */
static void notify(struct rem_tcp_conn *c, rem_time now)
{
	uint8_t some[64];
	uint32_t room;
	int n = 1;

	while (n > 0) {
		(void)rem_tcp_space(c, &room);
		n = room < sizeof(some) ? 0 : rem_tcp_read(c, some, sizeof(some), now);
		if (n > 0)
			rem_tcp_write(c, some, (uint32_t)n, now);
	}
	if (rem_tcp_at_end(c))
		rem_tcp_shut(c, now);
}

static void serve(void)
{
	struct rem_tcp_conn *c;

	while ((c = rem_tcp_accept(&world.door)) != NULL)
		notify(c, world.model.now);
}

/* The peer answers who asks for him, so that what is written may leave. */
static void answer_arp(void)
{
	uint8_t *p = world.model.last, frame[REM_ETH_HEADER + REM_ARP_LENGTH] = {0};

	if (world.answered == world.model.sent)
		return;
	world.answered = world.model.sent;
	if (rem_get(p, REM_ETH_TYPE) != REM_ETHERTYPE_ARP || rem_get(p + IP, REM_ARP_OP) != 1)
		return;
	memcpy(frame, p, sizeof(frame));
	memcpy(frame, world.cyw.nic.address, 6);
	memcpy(frame + 6, peer_mac, 6);
	rem_put(frame + IP, REM_ARP_OP, 2);
	memcpy(at(frame + IP, REM_ARP_SHA), peer_mac, 6);
	memcpy(at(frame + IP, REM_ARP_SPA), at(p + IP, REM_ARP_TPA), 4);
	memcpy(at(frame + IP, REM_ARP_THA), at(p + IP, REM_ARP_SHA), 10);
	model_air(&world.model, frame, sizeof(frame));
}

/* Everybody's turn, until nobody has anything to do before `until`. */
static void run(rem_time until)
{
	for (unsigned i = 0; i < TURNS; i++) {
		rem_pump_in(&pump);
		serve();
		answer_arp();
		rem_time due = rem_pump_out(&pump);
		const rem_time driver = rem_cyw_poll(&world.cyw, world.model.now),
			       air = model_next(&world.model);

		due = driver < due ? driver : due;
		due = air < due ? air : due;
		if (due <= world.model.now || world.model.bus.ops->interrupt(&world.model.bus))
			continue;
		if (due >= until)
			break;
		world.model.now = due;
	}
	if (world.model.now < until)
		world.model.now = until;
}

static uint32_t sum_of(const uint8_t *p, uint32_t n, uint32_t more)
{
	return 0xffff & ~rem_sum_fold(rem_sum(p, n) + more);
}

/* Ethernet and IPv4 as they must be. */
static void make_ip(uint8_t *p, uint32_t n)
{
	memcpy(p, world.cyw.nic.address, 6);
	memcpy(p + 6, peer_mac, 6);
	rem_put(p, REM_ETH_TYPE, REM_ETHERTYPE_IPV4);
	p[IP] = 0x45;
	rem_put(p + IP, REM_IPV4_TOTAL, n - IP);
	rem_put(p + IP, REM_IPV4_SRC, PEER);
	rem_put(p + IP, REM_IPV4_DST, OURS);
	rem_put(p + IP, REM_IPV4_SUM, 0);
	rem_put(p + IP, REM_IPV4_SUM, sum_of(p + IP, REM_IPV4_HEADER, 0));
}

/* TCP to the server; if there is a connection, a segment that it may well take. */
static void make_tcp(uint8_t *p, uint32_t n)
{
	const struct rem_tcp_conn *c = &world.conn[p[TCP] % CONNS];
	uint8_t *t = p + TCP;

	rem_put(p + IP, REM_IPV4_FRAGMENT, 0);
	rem_put(p + IP, REM_IPV4_PROTO, REM_IP_TCP);
	make_ip(p, n);
	if (c->tcp != NULL) {
		rem_put(t, REM_TCP_SRC, c->node.peer);
		rem_put(t, REM_TCP_SEQ, c->tcb.rcv.nxt + t[7] - 32u);
		rem_put(t, REM_TCP_ACK, c->tcb.snd.nxt - (t[11] & 15));
	}
	rem_put(t, REM_TCP_DST, PORT);
	if (rem_get(t, REM_TCP_OFFSET) < 5 || 4 * rem_get(t, REM_TCP_OFFSET) > n - TCP)
		rem_put(t, REM_TCP_OFFSET, 5);
	rem_put(t, REM_TCP_SUM, 0);
	rem_put(t, REM_TCP_SUM,
		sum_of(t, n - TCP,
		       (OURS >> 16) + (OURS & 0xffff) + (PEER >> 16) + (PEER & 0xffff) +
			       REM_IP_TCP + n - TCP));
}

/* A frame from the air: any bytes, or what the headers need to get further. */
static void frame(struct rem_span *b, unsigned kind)
{
	uint8_t p[FRAME] = {0};
	const uint32_t n = 6 + take(b, 2) % (FRAME - 5), have = n < b->n ? n : b->n;

	memcpy(p, b->p, have);
	b->p += have;
	b->n -= have;
	if (kind == 1 && n >= TCP)
		make_ip(p, n);
	if (kind == 2 && n >= DATA)
		make_tcp(p, n);
	model_air(&world.model, p, n);
	run(world.model.now);
}

/* A radio that has joined, and a server above it. */
static void set_up(void)
{
	static const uint8_t firmware[150] = "firmware", clm[700] = "clm", seed[16];
	static const char text[] = "manfid=0x2d0\nboardrev=0x1101";
	static struct rem_watch watch = {saw, NULL};
	const struct rem_cyw_images images = {{firmware, sizeof(firmware)},
					      {clm, sizeof(clm)},
					      {(const uint8_t *)text, sizeof(text) - 1}};
	const struct rem_host_tables tables = {.neighbour = world.neighbours, .neighbours = 3};
	const uint32_t room = REM_CYW_FRAME + REM_CYW_TAILROOM;

	model_init(&world.model, &images);
	must(rem_cyw_init(&world.cyw, &world.model.bus, &images, "XX") == REM_OK);
	pump = (struct rem_pump){&world.cyw.nic, NULL, clock_now, malloc(room),
				 malloc(room),   room, &watch,    heard};
	must(pump.in != NULL && pump.out != NULL);
	rem_cyw_start(&world.cyw);
	rem_cyw_join(&world.cyw, (struct rem_span){(const uint8_t *)"reef", 4},
		     (struct rem_span){NULL, 0});
	for (unsigned i = 0; i < TURNS && world.cyw.state != REM_CYW_UP; i++)
		run(world.model.now + 1000);
	must(world.cyw.state == REM_CYW_UP && world.model.joined != NULL);

	rem_host_init(&world.host, world.cyw.nic.address, world.cyw.nic.mtu, seed, &tables);
	rem_host_configure(&world.host, rem_addr4(OURS), 24, (struct rem_addr){0});
	rem_tcp_init(&world.tcp, &world.host.ip, world.bucket, 4);
	for (unsigned i = 0; i < CONNS; i++)
		rem_tcp_conn_init(&world.conn[i], world.rx[i], RING, world.tx[i], RING);
	world.door = (struct rem_tcp_listener){
		.pool = world.conn, .count = CONNS, .backlog = 1, .port = PORT, .notify = notify};
	must(rem_tcp_listen(&world.tcp, &world.door) == REM_OK);
	pump.node = &world.host.ether.node;
	joined = world;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rem_span b = {data, (uint32_t)size};

	if (pump.in == NULL)
		set_up();
	world = joined;
	while (b.n > 0) {
		const uint32_t what = take(&b, 1);

		if ((what & 3) == 3)
			run(world.model.now + (rem_time)(take(&b, 1) + 1) * (what >> 2) * 100);
		else
			frame(&b, what & 3);
	}
	run(world.model.now + 5 * SECOND);
	must(world.model.complaint[0] == '\0' && world.up == world.told);
	must(world.cyw.state == REM_CYW_UP && world.model.joined != NULL);
	return 0;
}
