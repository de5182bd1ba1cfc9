/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * grid [BUFFER [LOSS]]: bytes a second of a transfer of 10 MiB with a round trip of 100 ms, by size of
 * both buffers and by loss of both directions, and how many times what smoltcp's simulation of the same
 * (its tests/netsim.rs, and the snapshot beside it) records. Fails where it is less than LEAST of it.
 */
#include "sim.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES = 10 * 1024 * 1024, BUFFERS = 9, LOSSES = 8 };

/* It has no congestion control there, so it need not slow down. */
static const double least = 0.75;

static const uint32_t buffers[BUFFERS] = {128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768};
static const uint32_t losses[LOSSES] = {0, 1000, 10000, 20000, 50000, 100000, 200000, 300000};

/* clang-format off */
static const double theirs[BUFFERS][LOSSES] = {
	{1279.98, 1255.76, 1054.15, 886.36, 538.66, 227.84, 33.99, 7.18},
	{2559.91, 2507.27, 2100.03, 1770.30, 1070.71, 468.24, 66.71, 14.35},
	{5119.63, 5011.95, 4172.36, 3531.57, 2098.73, 942.38, 144.73, 29.45},
	{10238.50, 10023.19, 8340.90, 7084.25, 4003.34, 1869.94, 290.74, 60.92},
	{17535.11, 17171.82, 14093.50, 12063.90, 7205.27, 3379.12, 824.76, 131.54},
	{35062.41, 33852.31, 27011.08, 22073.09, 13680.70, 7631.11, 1617.81, 302.65},
	{77374.28, 72409.99, 58428.68, 48310.75, 29123.30, 14314.36, 2880.39, 551.60},
	{161842.28, 159448.56, 141467.31, 127073.06, 78239.08, 38637.20, 7565.64, 1112.31},
	{322944.88, 314313.90, 266384.37, 245985.29, 138762.29, 83162.99, 10739.10, 1951.95},
};
/* clang-format on */

static void drain(struct rem_tcp_conn *c, uint64_t *got, rem_time now)
{
	struct rem_span s;

	while ((s = rem_tcp_peek(c)).n > 0) {
		*got += s.n;
		rem_tcp_drop(c, s.n, now);
	}
}

static void fill(struct rem_tcp_conn *c, rem_time now)
{
	uint32_t n;

	while (rem_tcp_space(c, &n) != NULL && n > 0)
		rem_tcp_wrote(c, n, now);
}

static double cell(uint32_t buffer, uint32_t lost, uint64_t seed, bool show)
{
	const struct sim_link link = {.lost = lost, .delay = 50000};
	static struct sim s;
	struct rem_tcp_listener door = {.count = 1, .backlog = 1, .port = 1234};
	struct rem_tcp_conn *in = NULL;
	uint64_t got = 0;
	rem_time begin;

	sim_init(&s, &link, seed);
	s.trace = show;
	sim_rings(&s.a, 0, buffer, buffer);
	sim_rings(&s.b, 0, buffer, buffer);
	door.pool = s.a.conn;
	rem_tcp_listen(&s.a.tcp, &door);
	const struct rem_addr to = sim_address(&s, &s.a);
	begin = s.now;
	s.b.conn[0].tcb.patience = UINT32_MAX; /* theirs never gives up */
	rem_tcp_open(&s.b.tcp, &s.b.conn[0], &to, 1234, s.now);
	while (got < BYTES) {
		sim_settle(&s);
		if (in == NULL)
			in = rem_tcp_accept(&door);
		if (in != NULL)
			drain(in, &got, s.now);
		fill(&s.b.conn[0], s.now);
		sim_settle(&s);
		if (!sim_next(&s) || s.b.conn[0].tcp == NULL) {
			fprintf(stderr, "it has stopped\n");
			break;
		}
	}
	const rem_time took = s.now - begin;

	sim_end(&s);
	return (double)got * 1e6 / (double)took;
}

int main(int argc, char **argv)
{
	unsigned behind = 0, bad = 0;

	if (argc > 2) {
		printf("%.2f\n",
		       cell((uint32_t)atoi(argv[1]), (uint32_t)atoi(argv[2]), 1, argc > 3));
		return 0;
	}
	printf("bytes a second, and what smoltcp records times as much; loss of each direction\n");
	printf("%7s", "buffer");
	for (unsigned j = 0; j < LOSSES; j++)
		printf("  %13.1f %%", losses[j] / 1e4);
	putchar('\n');
	for (unsigned i = 0; i < BUFFERS; i++) {
		if (argc > 1 && (uint32_t)atoi(argv[1]) != buffers[i])
			continue;
		printf("%7u", buffers[i]);
		for (unsigned j = 0; j < LOSSES; j++) {
			const double ours = cell(buffers[i], losses[j], 1, false);
			const double ratio = ours / theirs[i][j];

			printf("  %9.0f %5.2f", ours, ratio);
			fflush(stdout);
			behind += ratio < 0.9999;
			bad += ratio < least;
		}
		putchar('\n');
	}
	printf("%u of %d cells are behind, %u by more than a quarter\n", behind, BUFFERS * LOSSES,
	       bad);
	return bad > 0;
}
