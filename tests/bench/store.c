/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * store FILE [FILTER…]             what the store costs: the first rows, the index, filters, any row
 * store --make OUT PACKETS FILE…   the Ethernet packets of captures, over and over, a millisecond apart
 *
 * Times are of the processor unless they say otherwise.
 */
#include "file/writer.h"
#include "store/find.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { ETHERNET = 1, STEP_US = 10000, ANY_ROWS = 10000 };

static _Noreturn void give_up(const char *why)
{
	fprintf(stderr, "store: %s\n", why != NULL ? why : "not enough memory");
	exit(2);
}

static double cpu(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static double megabytes(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1024;
}

static uint64_t copy_all(struct writer *w, const char *file, uint64_t at, uint64_t end)
{
	char *error = NULL;
	struct reader *r = reader_open(file, 0, &error);
	struct packet p;

	if (r == NULL)
		give_up(error);
	while (at < end && reader_next(r, &p) == 1) {
		if (p.linktype != ETHERNET)
			continue;
		p.time_ns = 1700000000000000000 + (int64_t)at * 1000000;
		p.raw = NULL;
		if (writer_put(w, &p) < 0)
			give_up(writer_error(w));
		at++;
	}
	reader_close(r);
	return at;
}

static int make(const char *out, uint64_t packets, char **files)
{
	char *error = NULL;
	struct writer *w = writer_open(out, WRITER_PCAP, NULL, &error);
	uint64_t at = 0, before;

	if (w == NULL)
		give_up(error);
	do {
		before = at;
		for (char **file = files; *file != NULL; file++)
			at = copy_all(w, *file, at, packets);
	} while (at < packets && at > before);
	if (writer_close(w, &error) < 0 || at < packets)
		give_up(error != NULL ? error : "there is no Ethernet packet in these");
	return 0;
}

static struct store *open_and_index(const char *file)
{
	const int64_t start = g_get_monotonic_time();
	char *error = NULL;
	struct store *s = store_open(file, &error);
	struct packet p;
	int rc;

	if (s == NULL)
		give_up(error);
	store_step(s, 1000);
	if (store_packet(s, 0, &p) != 1)
		give_up("there is no first packet");
	printf("first row          %8.1f ms after the start\n",
	       (double)(g_get_monotonic_time() - start) / 1e3);
	while ((rc = store_step(s, STEP_US)) == 1)
		;
	if (rc < 0)
		give_up(store_error(s));
	printf("index              %8.3f s, %.1f MB in all, %" PRIu64 " packets\n", cpu(),
	       megabytes(), store_count(s));
	return s;
}

static void any_rows(struct store *s)
{
	const double start = cpu();
	uint64_t random = 1;
	struct packet p;

	for (unsigned i = 0; i < ANY_ROWS; i++) {
		random = random * 6364136223846793005u + 1442695040888963407u;
		if (store_packet(s, (random >> 20) % store_count(s), &p) != 1)
			give_up(store_packet_error(s));
	}
	printf("any row            %8.1f us\n", (cpu() - start) * 1e6 / ANY_ROWS);
}

static void filters(struct view *v, char **expressions)
{
	for (char **e = expressions; *e != NULL; e++) {
		const double start = cpu();
		const int64_t began = g_get_monotonic_time();
		int64_t longest = 0;
		char *error = NULL;
		int more = 1;

		if (!view_filter(v, *e, &error))
			give_up(error);
		while (more == 1) {
			const int64_t step = g_get_monotonic_time();

			more = view_step(v, STEP_US);
			longest = MAX(longest, g_get_monotonic_time() - step);
		}
		printf("filter             %8.3f s, %.3f s by the clock, longest step %.1f ms: %" PRIu64
		       " pass %s\n",
		       cpu() - start, (double)(g_get_monotonic_time() - began) / 1e6,
		       (double)longest / 1e3, view_count(v), *e);
	}
}

static void find_in_all(struct view *v)
{
	static const struct {
		const char *name;
		struct find_what what;
	} kinds[] = {
		{"find in bytes", {.in = FIND_IN_BYTES}},
		{"find in the list", {.in = FIND_IN_LIST}},
	};
	struct columns *c = columns_new();
	struct find *f = find_new(v, c);
	char *error = NULL;

	view_filter(v, "", &error);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		const double start = cpu();

		if (!find_start(f, "no such text", &kinds[i].what, 0, &error))
			give_up(error);
		while (find_step(f, STEP_US) == 1)
			;
		printf("%-18s %8.3f s for what is in none\n", kinds[i].name, cpu() - start);
	}
	find_free(f);
	columns_free(c);
}

int main(int argc, char **argv)
{
	static char *usual[] = {"dns",
				"tcp.port == 443",
				"ip.addr == 10.0.0.1",
				"tcp.flags.syn == 1 && tcp.flags.ack == 0",
				"http.host contains \"e\"",
				"frame contains \"GET\"",
				NULL};

	if (argc > 4 && strcmp(argv[1], "--make") == 0)
		return make(argv[2], strtoull(argv[3], NULL, 10), argv + 4);
	if (argc < 2)
		give_up("FILE [FILTER…], or --make OUT PACKETS FILE…");
	struct store *s = open_and_index(argv[1]);
	any_rows(s);
	struct view *v = view_new(s);
	filters(v, argc > 2 ? argv + 2 : usual);
	find_in_all(v);
	printf("memory             %8.1f MB at most\n", megabytes());
	view_free(v);
	store_close(s);
	return 0;
}
