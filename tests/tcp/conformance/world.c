/* SPDX-License-Identifier: BSD-3-Clause */
/* The stack without a link below and without a clock of its own. */
#include "world.h"

#include <stdlib.h>
#include <string.h>

void world_init(struct world *w, uint32_t local, uint16_t mtu)
{
	static const uint8_t seed[16] = "a known secret";
	const struct rem_ip_tables tables = {
		.seat = w->seat,
		.seats = WORLD_SEATS,
		.address = w->address,
		.addresses = 1,
		.route = w->route,
		.routes = 1,
		.secret = &w->secret,
	};

	memset(w, 0, sizeof(*w));
	w->now = INT64_C(1000000000);
	rem_secret_init(&w->secret, seed);
	rem_ip_init(&w->ip, &tables, mtu);
	rem_ip_speak_ipv4(&w->ip);
	rem_ip_set_address(&w->ip, 0, rem_addr4(local), 24);
	rem_ip_set_route(&w->ip, 0, rem_addr4(0), 0, rem_addr4(local ^ 1)); /* all is next door */
	rem_icmp_init(&w->icmp, &w->ip, NULL, 0);
	rem_tcp_init(&w->tcp, &w->ip, w->bucket, WORLD_BUCKETS);
}

void world_end(struct world *w)
{
	while (w->first != NULL) {
		struct world_packet *p = w->first;

		w->first = p->next;
		free(p);
	}
}

static void keep(struct world *w, struct rem_frame *f, uint32_t n)
{
	struct world_packet *p = malloc(sizeof(*p) + n);

	if (p == NULL)
		abort();
	*p = (struct world_packet){.when = w->now, .n = n};
	memcpy(p->p, f->p + f->head, n);
	rem_sent(f, true, NULL);
	if (w->first == NULL)
		w->first = p;
	else
		w->last->next = p;
	w->last = p;
}

void world_settle(struct world *w)
{
	for (;;) {
		struct rem_frame f = {.p = w->out, .room = WORLD_ROOM};
		const int n = rem_due(&w->ip.node) <= w->now ? rem_out(&w->ip.node, &f, w->now) : 0;

		if (n <= 0)
			return;
		keep(w, &f, (uint32_t)n);
	}
}

void world_give(struct world *w, const uint8_t *p, uint32_t n)
{
	struct rem_frame f = {.p = w->in, .room = WORLD_ROOM, .end = n};

	if (n > WORLD_ROOM)
		return;
	memcpy(w->in, p, n);
	const int answer = rem_in(&w->ip.node, &f, w->now, NULL);

	if (answer > 0)
		keep(w, &f, (uint32_t)answer);
	world_settle(w);
}

uint32_t world_take(struct world *w, uint8_t *p, uint32_t room, rem_time *when)
{
	struct world_packet *first = w->first;

	if (first == NULL)
		return 0;
	const uint32_t n = first->n < room ? first->n : room;

	memcpy(p, first->p, n);
	*when = first->when;
	w->first = first->next;
	free(first);
	return n;
}

bool world_advance(struct world *w, rem_time until, bool sent)
{
	world_settle(w);
	while (!sent || w->first == NULL) {
		const rem_time due = rem_due(&w->ip.node);

		if (due > until || due == REM_NEVER)
			break;
		w->now = due > w->now ? due : w->now;
		world_settle(w);
	}
	if (sent && w->first != NULL)
		return true;
	if (until != REM_NEVER)
		w->now = until;
	return false;
}
