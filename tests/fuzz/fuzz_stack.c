/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The live stack: a byte string is a schedule of frames, calls and time for a host with all its parts.
 * Every frame ends in one outcome, nothing is written outside of its buffer, and what is due comes to
 * an end.
 */
#include <remora/ethernet.h>
#include <remora/host.h>
#include <remora/ipv4.h>
#include <remora/net_claim.h>
#include <remora/net_fragments.h>
#include <remora/net_igmp.h>
#include <remora/numbers.h>
#include <remora/sum.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	FRAME = 1514,
	HEADROOM = 2,
	NEIGHBOURS = 3,
	SEATS = 3,
	SLOTS = 2,
	BYTES = 2048,
	GROUPS = 2,
	FRAMES = 500
};

static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1};
static const uint8_t seed[16];

static struct rem_host host;
static struct rem_fragments fragments;
static struct rem_igmp igmp;
static struct rem_claim claim;
static struct rem_ping ping;
static struct rem_vlan vlan;
static struct rem_neighbour neighbours[NEIGHBOURS];
static struct rem_seat udp_seats[SEATS], ping_seats[SEATS];
static struct rem_fragments_slot slots[SLOTS];
static struct rem_group groups[GROUPS];
static uint8_t *buffers; /* of their own size, for ASan to watch */
static rem_time now;

struct bytes {
	const uint8_t *p;
	size_t n;
};

static uint32_t take(struct bytes *b, unsigned count)
{
	uint32_t v = 0;

	while (count-- > 0) {
		v = v << 8 | (b->n > 0 ? *b->p : 0);
		if (b->n > 0)
			b->p++, b->n--;
	}
	return v;
}

static void must(bool ok)
{
	if (!ok)
		abort();
}

static int echo(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	return (int)(f->end - off);
}

static const struct rem_node_ops echo_ops = {echo, NULL, NULL};
static struct rem_node echo_node;

/* One that sends as much as it was told to. */
static struct rem_path way;
static uint32_t length;

static int give(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	const bool fits = f->room - off >= length;

	if (fits || (f->flags & REM_LARGER_WAITS) == 0)
		n->due = REM_NEVER;
	if (!fits)
		return REM_LIMIT;
	memset(f->p + off, 'x', length);
	return (int)length;
}

static bool fault(struct rem_node *n, enum rem_fault why, const struct rem_frame *f, uint32_t off)
{
	(void)off;
	n->due = REM_NEVER;
	if (why == REM_FAULT_TOO_BIG && f != NULL)
		rem_path_narrow(&way, f->mtu, now);
	return true;
}

static const struct rem_node_ops give_ops = {echo, give, fault};
static struct rem_node giver;

static void build(void)
{
	const struct rem_host_tables tables = {neighbours, udp_seats, ping_seats,
					       NEIGHBOURS, SEATS,     SEATS};

	now = 1000000;
	rem_host_init(&host, mac, 1500, seed, &tables);
	rem_fragments_init(&fragments, &host.ip, slots, SLOTS, buffers, BYTES);
	rem_igmp_init(&igmp, &host.ether, &host.ip, groups, GROUPS);
	rem_claim_init(&claim, &host.arp, &host.ether, 1);
	way = (struct rem_path){.to = rem_addr4(0x0a000002)};
	echo_node = (struct rem_node){.ops = &echo_ops, .due = REM_NEVER, .port = 7};
	giver = (struct rem_node){
		.ops = &give_ops, .due = REM_NEVER, .path = &way, .port = 4000, .peer = 9};
	rem_sit(&host.udp.up, &echo_node);
	rem_sit(&host.udp.up, &giver);
	rem_ping_init(&ping, &host.icmp, rem_addr4(0x0a000002));
	rem_host_configure(&host, rem_addr4(0x0a000001), 24, rem_addr4(0x0a0000fe));
}

static void hand_in(uint8_t *p, uint32_t n, uint32_t room)
{
	struct rem_frame f = {.p = p, .room = room, .head = HEADROOM, .end = HEADROOM + n};
	const int answer = rem_in(&host.ether.node, &f, now, NULL);

	must(f.verdict.why != REM_WHY_NONE && f.head == HEADROOM);
	must(answer <= 0 || (uint32_t)answer <= room - HEADROOM);
}

/* A frame as it comes, or with headers as good as ours need them to be. */
static void frame(struct bytes *b, bool fair)
{
	const uint32_t n = take(b, 2) % (FRAME + 1),
		       room = HEADROOM + (n < 60 ? 60 : n) + (take(b, 1) & 63);
	uint8_t *p = calloc(1, room), *ip = p + HEADROOM + REM_ETH_HEADER;
	const uint32_t have = n < b->n ? n : (uint32_t)b->n;

	must(p != NULL);
	memcpy(p + HEADROOM, b->p, have);
	b->p += have;
	b->n -= have;
	if (fair && n >= REM_ETH_HEADER + REM_IPV4_HEADER) {
		memcpy(p + HEADROOM, mac, 6);
		rem_put(p + HEADROOM, REM_ETH_TYPE, REM_ETHERTYPE_IPV4);
		const uint32_t header = 4 * rem_get(ip, REM_IPV4_IHL);
		rem_put(ip, REM_IPV4_VERSION, 4);
		rem_put(ip, REM_IPV4_DST, 0x0a000001);
		rem_put(ip, REM_IPV4_TOTAL, n - REM_ETH_HEADER);
		rem_put(ip, REM_IPV4_SUM, 0);
		if (header <= n - REM_ETH_HEADER)
			rem_put(ip, REM_IPV4_SUM, 0xffff & ~rem_sum(ip, header));
	}
	hand_in(p, n, room);
	free(p);
}

static void send_all(void)
{
	uint8_t *p = malloc(HEADROOM + FRAME);

	must(p != NULL);
	for (unsigned i = 0;; i++) {
		struct rem_frame f = {.p = p, .room = HEADROOM + FRAME, .head = HEADROOM};
		const int n = rem_out(&host.ether.node, &f, now);

		must(i < FRAMES);
		if (n == 0)
			break;
		must(f.verdict.why != REM_WHY_NONE);
		must(n < 0 || (f.head == HEADROOM && n >= REM_ETH_LEAST && n <= FRAME));
	}
	must(rem_due(&host.ether.node) > now);
	free(p);
}

static void call(struct bytes *b)
{
	const uint32_t what = take(b, 1), v = take(b, 2);
	const struct rem_addr group = rem_addr4(0xe0000000 | (v & 0x1ff));

	switch (what % 10) {
	case 0: rem_ping_ask(&ping, (uint16_t)v); break;
	case 1:
		length = v % 4000;
		rem_wake(&giver, now);
		break;
	case 2: rem_igmp_join(&igmp, group, now); break;
	case 3: rem_igmp_leave(&igmp, group, now); break;
	case 4: rem_claim_start(&claim, rem_addr4(0x0a000000 | (v & 0xff)), 24, now); break;
	case 5: rem_claim_stop(&claim); break;
	case 6: rem_host_configure(&host, rem_addr4(0x0a000000 | (v & 3)), v & 31, rem_addr4(v)); break;
	case 7: rem_arp_forget(&host.arp); break;
	case 8: way.to = rem_addr4(0x0a000000 | v); way.epoch = 0; break;
	default:
		vlan.id = v & 0xfff;
		if (v & 0x8000)
			rem_vlan_init(&vlan, &host.ether);
		else
			host.ether.tag = NULL;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes b = {data, size};

	if (buffers == NULL)
		must((buffers = malloc(SLOTS * BYTES)) != NULL);
	build();
	while (b.n > 0) {
		switch (take(&b, 1) % 5) {
		case 0: frame(&b, false); break;
		case 1: frame(&b, true); break;
		case 2: now += (rem_time)take(&b, 2) * 1000; break;
		case 3: call(&b); break;
		default: send_all(); break;
		}
	}
	send_all();
	return 0;
}
