/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is remembered of the last frame spares questions, and changes no answer: two hosts that are the same live through the
 * same, and one of them forgets everything before each frame.
 */
#include "net_pair.h"
#include <remora/vlan.h>

enum { ECHO = 7, OTHER = 0x0a000003, ELSEWHERE = 0x0b000001 };

struct guests {
	struct rem_node echo;
	struct rem_vlan vlan;
};

static struct guests ours, theirs;

static uint32_t draw(uint32_t below)
{
	static uint32_t state = 7;

	state = state * 1664525 + 1013904223;
	return (state >> 16) % below;
}

static void forget(struct rem_host *h)
{
#if REM_SHORT_CUTS
	memset(h->ether.known, 0, sizeof(h->ether.known));
	h->ether.up.found.node = h->ether.up.owner;
	h->ip.up.found.node = h->ip.up.owner;
	h->ether.up.rest = h->ip.up.rest = INT64_MIN;
	memset(h->ip.known, 0, sizeof(h->ip.known));
	h->ip.way = (struct rem_path){0};
#else
	(void)h;
#endif
}

static int back(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	return (int)(f->end - off);
}

static const struct rem_node_ops echo_ops = {back, NULL, NULL};

static void begin(struct side *s, struct guests *g)
{
	side_init(s, our_mac, OURS);
	*g = (struct guests){.echo = {.ops = &echo_ops, .due = REM_NEVER, .port = ECHO}};
	rem_sit(&s->host.udp.up, &g->echo);
}

/* Everybody is where he belongs. */
static void restore(struct side *s, struct guests *g)
{
	struct rem_host *h = &s->host;

	rem_ip_set_address(&h->ip, 0, rem_addr4(OURS), 24);
	h->ether.tag = NULL;
	rem_sit(&h->ether.up, &h->ip.node);
	rem_sit(&h->ether.up, &h->arp.node);
	rem_sit(&h->ip.up, &h->udp.node);
	rem_sit(&h->udp.up, &g->echo);
}

/* Something happens to a host between two frames. */
static void happen(struct side *s, struct guests *g, uint32_t what)
{
	struct rem_host *h = &s->host;

	switch (what) {
	case 0: rem_ip_set_address(&h->ip, 0, (struct rem_addr){0}, 24); break;
	case 1: rem_ip_set_address(&h->ip, 0, rem_addr4(OTHER), 24); break;
	case 2: rem_ip_set_address(&h->ip, 0, rem_addr4(THEIRS), 24); break;
	case 3: rem_vlan_init(&g->vlan, &h->ether); break;
	case 4: rem_leave(&h->ip.node); break;
	case 5: rem_leave(&h->udp.node); break;
	case 6: rem_leave(&h->arp.node); break;
	case 7: rem_leave(&g->echo); break;
	case 8: rem_arp_forget(&h->arp); break;
	case 9:
	case 10:
	case 11: restore(s, g); break;
	default: break;
	}
}

/* Mostly the same frame again; sometimes one in which something else stands. */
static uint32_t frame(void)
{
	static const uint32_t sources[] = {THEIRS, THEIRS, THEIRS,     OTHER,      ELSEWHERE,
					   OURS,   0,      UINT32_MAX, 0x0a0000ff, 0xe0000001};
	static const uint32_t targets[] = {OURS,       OURS,       OURS,       OTHER, ELSEWHERE,
					   UINT32_MAX, 0x0a0000ff, 0xe0000001, 0,     THEIRS};
	static const uint32_t protocols[] = {REM_IP_UDP,  REM_IP_UDP, REM_IP_UDP,
					     REM_IP_ICMP, REM_IP_TCP, 99};
	const bool odd = draw(4) == 0;
	uint8_t *p = ip_to_us(protocols[odd ? draw(6) : 0], 12);

	if (draw(8) == 0) {
		p = frame_to_us(REM_ETHERTYPE_ARP);
		memset(p, 0, 46);
		rem_put(p, REM_ARP_HTYPE, REM_ARP_ETHERNET);
		rem_put(p, REM_ARP_PTYPE, REM_ETHERTYPE_IPV4);
		rem_put(p, REM_ARP_HSIZE, 6);
		rem_put(p, REM_ARP_PSIZE, 4);
		rem_put(p, REM_ARP_OP, 1 + draw(2));
		memcpy(p + 8, their_mac, 6);
		rem_put(p, REM_ARP_SPA, sources[draw(10)]);
		rem_put(p, REM_ARP_TPA, targets[draw(10)]);
	} else {
		rem_put(p, REM_UDP_SRC, 1000);
		rem_put(p, REM_UDP_DST, draw(4) == 0 ? 8 : ECHO);
		rem_put(p, REM_UDP_LENGTH, 12);
		p -= REM_IPV4_HEADER;
		if (odd) {
			rem_put(p, REM_IPV4_SRC, sources[draw(10)]);
			rem_put(p, REM_IPV4_DST, targets[draw(10)]);
		}
		rem_put(p, REM_IPV4_SUM, 0xffff & ~rem_sum(p, REM_IPV4_HEADER));
		if (draw(32) == 0)
			p[draw(20)] ^= (uint8_t)(1U << draw(8));
	}
	switch (draw(16)) {
	case 0: memset(wire + 2, 0xff, 6); break;
	case 1: wire[2 + draw(14)] ^= (uint8_t)(1U << draw(8)); break;
	case 2: memcpy(wire + 8, our_mac, 6); break;
	case 3: /* with a tag, of the VLAN that a host is in at times */
		memmove(wire + 18, wire + 14, 44);
		rem_put(wire + 14, REM_BYTES(0, 4), (uint32_t)REM_ETHERTYPE_CVLAN << 16);
		break;
	default: break;
	}
	return draw(32) == 0 ? draw(60) : 60;
}

/* Both look for a way to somebody: is it the same one? */
static bool ask(void)
{
	static const uint32_t ends[] = {THEIRS,    THEIRS,     THEIRS, OTHER,
					ELSEWHERE, 0x0a0000ff, OURS,   0};
	struct rem_path a = {.to = rem_addr4(ends[draw(8)])}, b;

	if (draw(4) == 0)
		a.from = rem_addr4(OURS);
	b = a;
	forget(&them.host);
	assert_int_equal(rem_ip_way(&us.host.ip, &a, now), rem_ip_way(&them.host.ip, &b, now));
	assert_memory_equal(&a.from, &b.from, sizeof(a.from));
	assert_memory_equal(&a.hop, &b.hop, sizeof(a.hop));
	assert_memory_equal(a.link, b.link, sizeof(a.link));
	assert_int_equal(a.chosen, b.chosen);
	assert_int_equal(a.mtu, b.mtu);
	return a.state == REM_PATH_READY;
}

static void nothing_changes(void **state)
{
	uint8_t kept[FRAME + 2], answer[FRAME + 2];
	uint32_t answered = 0, dropped = 0, ready = 0;

	(void)state;
	now = SECOND;
	begin(&us, &ours);
	begin(&them, &theirs);
	for (unsigned i = 0; i < 60000; i++) {
		const uint32_t what = draw(30);
		const uint32_t n = frame();

		happen(&us, &ours, what);
		happen(&them, &theirs, what);
		now += draw(3000);
		memcpy(kept, wire, sizeof(kept));
		ready += ask();
		const int a = hand_in(&us, n);
		memcpy(answer, wire, sizeof(answer));
		memcpy(wire, kept, sizeof(kept));
		forget(&them.host);
		assert_int_equal(hand_in(&them, n), a);
		assert_int_equal(us.why, them.why);
		assert_memory_equal(wire, answer, sizeof(answer));
		answered += a > 0;
		dropped += a < 0;

		const int out = take_out(&us);
		memcpy(answer, wire, sizeof(answer));
		forget(&them.host);
		assert_int_equal(take_out(&them), out);
		assert_memory_equal(wire, answer, out > 0 ? (size_t)out + 2 : 0);
	}
	assert_true(answered > 5000 && dropped > 10000 && ready > 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
