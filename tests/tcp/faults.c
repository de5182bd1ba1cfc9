/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * faults [SEEDS [PROFILE [BYTES [-v]]]]: two hosts write to each other over a link that does all that a
 * link can do, and close. Every byte arrives, in order, both sides come to an end, and nothing stays
 * behind. The seed chooses sizes of rings, options, and who closes first.
 */
#include "sim.h"
#include <remora/outcome.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct profile {
	const char *name;
	struct sim_link link;
	uint32_t bytes; /* of each direction, at most */
};

/* Of a million, as sim.h has it; 150000 is 15 %. */
static const struct profile profiles[] = {
	{"clean", {.delay = 1000}, 400000},
	{"loss-1", {.lost = 10000, .delay = 10000}, 200000},
	{"loss-15", {.lost = 150000, .delay = 5000}, 100000},
	{"corrupt-15", {.corrupt = 150000, .delay = 5000}, 100000},
	{"loss-15-corrupt-15", {.lost = 150000, .corrupt = 150000, .delay = 1000}, 60000},
	{"double-15-late-25", {.doubled = 150000, .late = 250000, .delay = 5000, .later = 20000}, 200000},
	{"all-5", {.lost = 50000, .doubled = 50000, .late = 250000, .corrupt = 50000, .delay = 5000, .later = 10000}, 100000},
	{"all-15", {.lost = 150000, .doubled = 150000, .late = 150000, .corrupt = 150000, .delay = 20000, .later = 100000}, 40000},
	{"narrow", {.delay = 20000, .rate = 125000, .room = 8, .lost = 5000}, 200000},
};

enum { PROFILES = sizeof(profiles) / sizeof(profiles[0]) };

/* One end: what it writes, and what it has read so far. */
struct end {
	struct sim_host *host;
	struct rem_tcp_conn *c;
	uint32_t key, wrote, got, todo, expected;
	bool shut, closed;
};

static uint8_t byte_at(uint32_t key, uint32_t i)
{
	return (uint8_t)((i * 2654435761u ^ key) >> 13);
}

static _Noreturn void fail(const struct sim *s, const char *profile, uint64_t seed,
			   const char *what)
{
	fprintf(stderr, "%s, seed %llu, at %.6f: %s\n", profile, (unsigned long long)seed,
		(double)s->now / 1e6, what);
	exit(1);
}

static void write_some(struct sim *s, struct end *e)
{
	uint32_t n;

	while (e->wrote < e->todo) {
		uint8_t *p = rem_tcp_space(e->c, &n);

		if (n == 0)
			return;
		n = n < e->todo - e->wrote ? n : e->todo - e->wrote;
		n = 1 + sim_random(s, n);
		for (uint32_t i = 0; i < n; i++)
			p[i] = byte_at(e->key, e->wrote + i);
		if (rem_tcp_wrote(e->c, n, s->now) != REM_OK)
			return;
		e->wrote += n;
		if (sim_random(s, 4) == 0) {
			s->app = s->now + 1 + sim_random(s, 3000);
			return;
		}
	}
	if (!e->shut) {
		e->shut = true;
		rem_tcp_shut(e->c, s->now);
	}
}

static const char *read_some(struct sim *s, struct end *e, uint32_t key)
{
	struct rem_span in;

	while ((in = rem_tcp_peek(e->c)).n > 0) {
		const uint32_t n = 1 + sim_random(s, in.n);

		for (uint32_t i = 0; i < n; i++) {
			if (in.p[i] != byte_at(key, e->got + i))
				return "a byte is another";
		}
		e->got += n;
		rem_tcp_drop(e->c, n, s->now);
		if (sim_random(s, 3) == 0) { /* it has other things to do */
			s->app = s->now + 1 + sim_random(s, 3000);
			break;
		}
	}
	if (e->c->end != REM_TCP_END_NONE)
		return "the connection has broken";
	if (rem_tcp_at_end(e->c) && e->c->rx.used == 0 && e->got != e->expected)
		return "the end has come too early";
	return NULL;
}

static bool step(struct sim *s, struct end *e, const struct end *other, const char **wrong)
{
	if (e->c == NULL || e->closed)
		return e->closed;
	if (e->c->tcb.state < REM_TCP_ESTABLISHED && e->c->tcp != NULL)
		return false;
	write_some(s, e);
	if ((*wrong = read_some(s, e, other->key)) != NULL)
		return false;
	if (e->got == e->expected && rem_tcp_at_end(e->c) && e->shut) {
		e->closed = true;
		rem_tcp_close(e->c, s->now);
	}
	return e->closed;
}

/* Returns the virtual time that it took. */
static rem_time play(const struct profile *p, uint64_t seed, uint32_t bytes, bool show)
{
	static struct sim s;
	struct rem_tcp_listener door = {.count = 1, .backlog = 1, .port = 80};
	const char *wrong = NULL;

	sim_init(&s, &p->link, seed);
	s.trace = show;
	for (unsigned i = 0; i < 100; i++)
		sim_random(&s, 2);
	static const uint32_t sizes[] = {300, 1460, 4000, 16384, 65535, 200000};
	const uint32_t a = sizes[sim_random(&s, 6)], b = sizes[sim_random(&s, 6)];

	sim_rings(&s.a, 0, a, b);
	sim_rings(&s.b, 0, b, a);
	door.pool = s.a.conn;
	door.flags = sim_random(&s, 1 << 24) & (REM_TCB_NODELAY | REM_TCB_RENO | REM_TCB_NO_SACK |
						REM_TCB_NO_TS | REM_TCB_NO_SHIFT);
	rem_tcp_listen(&s.a.tcp, &door);
	struct end in = {.host = &s.a, .key = 1},
		   out = {.host = &s.b, .key = 77, .c = &s.b.conn[0]};

	in.todo = out.expected = sim_random(&s, bytes + 1);
	out.todo = in.expected = sim_random(&s, bytes + 1);
	const struct rem_addr to = sim_address(&s, &s.a);

	s.b.conn[0].tcb.patience = 1000000; /* also for the handshake */
	rem_tcp_open(&s.b.tcp, &s.b.conn[0], &to, 80, s.now);
	for (bool both = false; !both;) {
		sim_settle(&s);
		if (in.c == NULL)
			in.c = rem_tcp_accept(&door);
		both = step(&s, &in, &out, &wrong);
		both = step(&s, &out, &in, &wrong) && both;
		if (wrong != NULL)
			fail(&s, p->name, seed, wrong);
		sim_settle(&s);
		if (!both && !sim_next(&s))
			fail(&s, p->name, seed, "nothing will ever happen");
		if (s.now > INT64_C(4000000000))
			fail(&s, p->name, seed, "it takes more than an hour");
	}
	const rem_time took = s.now;

	while (s.a.tcp.node.due != REM_NEVER || s.b.tcp.node.due != REM_NEVER || s.flying != NULL) {
		sim_settle(&s);
		if (!sim_next(&s))
			break;
	}
	if (s.a.conn[0].tcp != NULL || s.b.conn[0].tcp != NULL)
		fail(&s, p->name, seed, "a connection stays behind");
	if (s.now > took + INT64_C(1000000000))
		fail(&s, p->name, seed, "the end takes a quarter of an hour");
	sim_end(&s);
	return took;
}

int main(int argc, char **argv)
{
	const uint64_t seeds = argc > 1 ? strtoull(argv[1], NULL, 0) : 10;
	const char *only = argc > 2 ? argv[2] : NULL;
	const bool show = argc > 4;

	for (unsigned i = 0; i < PROFILES; i++) {
		const struct profile *p = &profiles[i];
		const uint32_t bytes = argc > 3 ? (uint32_t)atoi(argv[3]) : p->bytes;
		rem_time all = 0, most = 0;

		if (only != NULL && strcmp(only, p->name) != 0 && strcmp(only, "all") != 0)
			continue;
		for (uint64_t seed = show ? seeds : 1; seed <= seeds; seed++) {
			const rem_time took = play(p, seed, bytes, show);

			all += took;
			most = took > most ? took : most;
		}
		printf("%-20s %4llu seeds, %9.3f s on average, %9.3f s at most\n", p->name,
		       (unsigned long long)seeds, (double)all / 1e6 / (double)seeds,
		       (double)most / 1e6);
	}
	return 0;
}
