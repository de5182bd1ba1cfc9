/* SPDX-License-Identifier: BSD-3-Clause */
/* The simulated link. */
#include "sim.h"
#include <remora/ipv4.h>
#include <remora/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sim_packet {
	struct sim_packet *next;
	rem_time at;
	struct sim_host *to;
	uint32_t n;
	uint8_t bytes[SIM_FRAME];
};

/* xorshift64*: the same on every machine. */
uint32_t sim_random(struct sim *s, uint32_t below)
{
	s->random ^= s->random >> 12;
	s->random ^= s->random << 25;
	s->random ^= s->random >> 27;
	return (uint32_t)((s->random * 0x2545f4914f6cdd1dULL >> 32) * below >> 32);
}

static bool happens(struct sim *s, uint32_t of_a_million)
{
	return of_a_million > 0 && sim_random(s, 1000000) < of_a_million;
}

static void host_init(struct sim_host *h, uint32_t address, uint8_t seed)
{
	uint8_t bytes[16] = {seed};
	const struct rem_ip_tables tables = {
		.seat = h->seat,
		.seats = 2,
		.address = h->address,
		.addresses = SIM_ADDRESSES,
		.route = h->route,
		.routes = 1,
		.secret = &h->secret,
	};

	rem_secret_init(&h->secret, bytes);
	rem_ip_init(&h->ip, &tables, SIM_FRAME);
	rem_ip_speak_ipv4(&h->ip);
	rem_ip_set_address(&h->ip, 0, rem_addr4(address), 24);
	rem_tcp_init(&h->tcp, &h->ip, h->bucket, 16);
	h->watch.count = h->count;
}

void sim_init(struct sim *s, const struct sim_link *link, uint64_t seed)
{
	memset(s, 0, sizeof(*s));
	s->link = *link;
	s->app = REM_NEVER;
	s->random = seed * 0x9e3779b97f4a7c15ULL + 1;
	host_init(&s->a, 0x0a000001, (uint8_t)seed);
	host_init(&s->b, 0x0a000002, (uint8_t)(seed + 1));
}

void sim_end(struct sim *s)
{
	while (s->flying != NULL) {
		struct sim_packet *p = s->flying;

		s->flying = p->next;
		free(p);
	}
	for (unsigned i = 0; i < SIM_CONNS; i++) {
		free(s->a.conn[i].rx.p);
		free(s->a.conn[i].tx.p);
		free(s->b.conn[i].rx.p);
		free(s->b.conn[i].tx.p);
	}
}

struct rem_addr sim_address(const struct sim *s, const struct sim_host *h)
{
	return rem_addr4(h == &s->a ? 0x0a000001 : 0x0a000002);
}

void sim_rings(struct sim_host *h, unsigned i, uint32_t rx, uint32_t tx)
{
	rem_tcp_conn_init(&h->conn[i], malloc(rx), rx, malloc(tx), tx);
}

static void fly(struct sim *s, struct sim_host *to, const uint8_t *bytes, uint32_t n, rem_time at)
{
	struct sim_packet **place = &s->flying;
	struct sim_packet *p = malloc(sizeof(*p));

	if (p == NULL)
		abort();
	*p = (struct sim_packet){.at = at, .to = to, .n = n};
	memcpy(p->bytes, bytes, n);
	while (*place != NULL && (*place)->at <= at)
		place = &(*place)->next;
	p->next = *place;
	*place = p;
}

static void trace(const struct sim *s, const struct sim_host *from, const uint8_t *p, uint32_t n,
		  const char *what)
{
	struct rem_segment g;

	if (!s->trace || rem_segment_read(&g, (struct rem_view){p + 20, n - 20, n - 20}) < 0)
		return;
	fprintf(stderr, "%10.6f %c %s%s%s%s seq %u ack %u len %u win %u", (double)s->now / 1e6,
		from == &s->a ? 'A' : 'B', g.flags & REM_SEG_SYN ? "S" : "",
		g.flags & REM_SEG_FIN ? "F" : "", g.flags & REM_SEG_RST ? "R" : "",
		g.flags & REM_SEG_ACK ? "." : "", g.seq, g.ack, g.len, g.wnd);
	for (unsigned i = 0; i < g.sacks; i++)
		fprintf(stderr, " %u-%u", g.sack[i].from, g.sack[i].to);
	fprintf(stderr, " %s cwnd %u\n", what, from->conn[0].tcb.cc.wnd);
}

/* The link takes a frame. */
static void send_frame(struct sim *s, struct sim_host *from, const uint8_t *bytes, uint32_t n)
{
	struct sim_host *to = from == &s->a ? &s->b : &s->a;
	uint8_t copy[SIM_FRAME];
	rem_time at = s->now + s->link.delay;

	from->sent++;
	if (s->link.rate > 0) {
		const rem_time takes = (rem_time)n * 1000000 / s->link.rate;
		const rem_time start = from->free_at > s->now ? from->free_at : s->now;

		if (start - s->now > takes * s->link.room) {
			trace(s, from, bytes, n, "OVERFLOW");
			return;
		}
		from->free_at = start + takes;
		at += from->free_at - s->now;
	}
	if (happens(s, s->link.lost)) {
		trace(s, from, bytes, n, "LOST");
		return;
	}
	trace(s, from, bytes, n, "");
	memcpy(copy, bytes, n);
	if (happens(s, s->link.doubled))
		fly(s, to, copy, n, at + sim_random(s, 2000));
	if (happens(s, s->link.corrupt))
		copy[sim_random(s, n)] ^= (uint8_t)(1u << sim_random(s, 8));
	if (happens(s, s->link.late))
		at += sim_random(s, (uint32_t)s->link.later);
	fly(s, to, copy, n, at);
}

static bool give(struct sim *s, struct sim_packet *p)
{
	struct rem_frame f = {.p = p->bytes, .room = SIM_FRAME, .end = p->n};
	const int n = rem_in(&p->to->ip.node, &f, s->now, &p->to->watch);

	if (n > 0) {
		rem_sent(&f, true, &p->to->watch);
		send_frame(s, p->to, f.p + f.head, (uint32_t)n);
	}
	return n > 0;
}

static bool take(struct sim *s, struct sim_host *h)
{
	uint8_t bytes[SIM_FRAME];
	struct rem_frame f = {.p = bytes, .room = SIM_FRAME};
	const int n = rem_out(&h->ip.node, &f, s->now);

	if (n > 0) {
		rem_sent(&f, true, &h->watch);
		send_frame(s, h, f.p + f.head, (uint32_t)n);
	}
	return n > 0;
}

void sim_settle(struct sim *s)
{
	unsigned frames = 0;

	for (bool more = true; more;) {
		more = take(s, &s->a);
		more = take(s, &s->b) || more;
		while (s->flying != NULL && s->flying->at <= s->now) {
			struct sim_packet *p = s->flying;

			s->flying = p->next;
			give(s, p);
			free(p);
			more = true;
		}
		if (++frames > 100000) {
			fprintf(stderr, "a storm at %.6f\n", (double)s->now / 1e6);
			abort();
		}
	}
}

bool sim_next(struct sim *s)
{
	const rem_time a = rem_due(&s->a.ip.node), b = rem_due(&s->b.ip.node);
	rem_time next = a < b ? a : b;

	if (s->flying != NULL && s->flying->at < next)
		next = s->flying->at;
	if (s->app < next)
		next = s->app;
	if (next == REM_NEVER)
		return false;
	s->app = REM_NEVER;
	if (next <= s->now) {
		fprintf(stderr, "time stands still at %.6f\n", (double)s->now / 1e6);
		abort();
	}
	s->now = next;
	return true;
}
