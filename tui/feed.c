/* SPDX-License-Identifier: BSD-3-Clause */
/* From live packets to rows, by way of a file. */
#include "feed.h"

#include <errno.h>
#include <glib.h>
#include <inttypes.h>
#include <stdlib.h>

enum { LOOK_EVERY = 64, SECOND_US = 1000000, FILES_OPEN = 256 };

struct feed {
	struct feed_options o;
	struct live *live;
	struct store *store;
	char *names, *path;
	char *trouble;
	struct limits_file file; /* the newest */
	uint64_t kept;           /* files of the ring that have not been removed */
	bool over, broken;
	/* For the rates: what there was a second ago. */
	int64_t counted_us;
	uint64_t all_packets, all_bytes, before_packets, before_bytes;
	struct feed_rate rate;
};

/* What the interfaces have counted stands at the end of each file. */
static void end_file(struct feed *f)
{
	if (f->live == NULL)
		return;
	for (uint32_t i = 0; i < live_interfaces(f->live)->count; i++) {
		const struct writer_statistics s = live_statistics(f->live, (int)i);

		store_put_statistics(f->store, i, &s);
	}
}

/* What is too many goes; of those that stay, only so many can be looked at. */
static void forget_oldest(struct feed *f)
{
	const uint64_t most = f->o.each_file.files;

	f->kept++;
	if (store_files(f->store) > (most > 0 ? MIN(most, FILES_OPEN) : FILES_OPEN))
		store_drop_file(f->store);
	if (most > 0 && f->kept > most && broker_forget_file(f->o.broker))
		f->kept--;
}

static bool begin_file(struct feed *f, char **error)
{
	struct broker_file file;
	char *why = NULL;

	end_file(f);
	f->file = limits_begin(&f->o.each_file);
	const bool made = broker_next_file(f->o.broker, &file);
	const bool named = *file.name != '\0';
	const char *name = named ? file.name : "live capture";
	if (!made) {
		*error = g_strdup_printf("%s: %s", name, g_strerror(errno));
		return false;
	}
	const struct store_file to = {name, file.write, file.read, live_interfaces(f->live)};
	if (store_begin_file(f->store, &to, &why) < 0) {
		*error = g_strdup(why);
		free(why);
		return false;
	}
	g_free(f->path);
	f->path = named ? g_strdup(name) : NULL;
	forget_oldest(f);
	return true;
}

struct feed *feed_new(const struct feed_options *o)
{
	struct feed *f = g_new0(struct feed, 1);

	f->o = *o;
	f->store = store_live();
	return f;
}

bool feed_start(struct feed *f, char **interfaces, char **error)
{
	struct live_options options = f->o.live;

	options.interfaces = interfaces;
	options.broker = f->o.broker;
	f->live = live_open(&options, error);
	if (f->live == NULL)
		return false;
	if (!begin_file(f, error)) {
		live_close(f->live);
		f->live = NULL;
		return false;
	}
	f->names = g_strjoinv(", ", interfaces);
	return true;
}

struct store *feed_store(struct feed *f)
{
	return f->store;
}

const struct live *feed_live(const struct feed *f)
{
	return f->live;
}

const char *feed_path(const struct feed *f)
{
	return f->path;
}

bool feed_is_ring(const struct feed *f)
{
	return f->o.ring;
}

const char *feed_names(const struct feed *f)
{
	return f->names;
}

int feed_fd(const struct feed *f)
{
	return f->live != NULL ? live_fd(f->live) : -1;
}

static bool is_full(const struct feed *f)
{
	return f->o.ring && limits_are_full(&f->o.each_file, &f->file, store_file_bytes(f->store));
}

/* Its time is over, be there packets or not. */
static bool is_over(const struct feed *f)
{
	return f->o.ring && feed_state(f) == FEED_RUNS &&
	       limits_left_us(&f->o.each_file, &f->file) == 0;
}

static void turn_to_next_file(struct feed *f)
{
	if (!begin_file(f, &f->trouble))
		f->broken = true;
}

static void take(struct feed *f, const struct packet *p)
{
	if (is_full(f))
		turn_to_next_file(f);
	if (f->broken || store_append(f->store, p) < 0) {
		f->broken = true;
		return;
	}
	f->file.packets++;
	f->all_packets++;
	f->all_bytes += p->len;
}

bool feed_step(struct feed *f, int64_t budget_us)
{
	const int64_t end = g_get_monotonic_time() + budget_us;
	struct packet p;
	int rc;

	if (f->live == NULL)
		return false;
	if (is_over(f))
		turn_to_next_file(f);
	for (unsigned i = 1; (rc = live_next(f->live, &p)) > 0; i++) {
		take(f, &p);
		if (i % LOOK_EVERY == 0 && g_get_monotonic_time() >= end)
			return true;
	}
	f->over = rc < 0;
	return false;
}

char *feed_trouble(struct feed *f)
{
	const char *why = f->live != NULL ? live_trouble(f->live) : NULL;
	char *trouble = f->trouble;

	if (why != NULL)
		return g_strdup(why);
	f->trouble = NULL;
	return trouble;
}

void feed_hold(struct feed *f, bool hold)
{
	if (hold)
		live_hold(f->live);
	else
		live_resume(f->live);
}

enum feed_state feed_state(const struct feed *f)
{
	return f->broken		? FEED_BROKEN
	       : f->over		? FEED_OVER
	       : live_is_held(f->live) ? FEED_HELD
				       : FEED_RUNS;
}

const char *feed_state_words(const struct feed *f)
{
	static const char *const words[] = {"capturing", "stopped", "interface gone",
					    "cannot write"};

	return words[feed_state(f)];
}

struct feed_rate feed_rate(struct feed *f, int64_t now)
{
	const int64_t passed = now - f->counted_us;

	if (passed < SECOND_US)
		return f->rate;
	const double seconds = (double)passed / SECOND_US;
	f->rate.packets = (double)(f->all_packets - f->before_packets) / seconds;
	f->rate.bytes = (double)(f->all_bytes - f->before_bytes) / seconds;
	f->before_packets = f->all_packets;
	f->before_bytes = f->all_bytes;
	f->counted_us = now;
	return f->rate;
}

void feed_end(struct feed *f)
{
	struct packet p;

	if (f->live == NULL)
		return;
	live_end(f->live);
	while (!f->broken && live_next(f->live, &p) > 0)
		take(f, &p);
	end_file(f);
	store_end_file(f->store);
}

void feed_close(struct feed *f)
{
	store_close(f->store);
	if (f->live != NULL)
		live_close(f->live);
	g_free(f->names);
	g_free(f->path);
	g_free(f->trouble);
	g_free(f);
}

char *feed_summary(const struct feed *f)
{
	const struct live_counts c = live_counts(f->live, LIVE_ALL);

	return g_strdup_printf("%" PRIu64 " packets captured on %s, %" PRIu64
			       " dropped by the kernel, %" PRIu64 " dropped here",
			       c.captured, f->names, c.dropped_kernel, c.dropped_here);
}
