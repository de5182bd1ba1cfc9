/* SPDX-License-Identifier: BSD-3-Clause */
/* From live packets to rows, by way of a file. */
#include "feed.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_EVERY = 64, SECOND_US = 1000000 };

struct feed {
	struct feed_options o;
	struct live *live;
	struct store *store;
	char *names, *path;
	char *trouble;
	unsigned files;        /* begun so far */
	uint64_t packets;      /* in the newest */
	int64_t began_us, slot;
	GPtrArray *ring;       /* names of files, the oldest first */
	bool broken;           /* nothing can be written any more */
	/* For the rates: what there was a second ago. */
	int64_t counted_us;
	uint64_t all_packets, all_bytes, before_packets, before_bytes;
	struct feed_rate rate;
};

/* "NAME_00001_20260131235959.pcapng" */
static char *ring_name(const struct feed *f)
{
	const char *dot = strrchr(f->o.write, '.'), *slash = strrchr(f->o.write, '/');
	const size_t stem = dot != NULL && (slash == NULL || dot > slash + 1)
				    ? (size_t)(dot - f->o.write)
				    : strlen(f->o.write);
	const time_t now = time(NULL);
	char when[32];
	struct tm tm;

	localtime_r(&now, &tm);
	strftime(when, sizeof(when), "%Y%m%d%H%M%S", &tm);
	return g_strdup_printf("%.*s_%05u_%s%s", (int)stem, f->o.write, f->files + 1, when,
			       f->o.write + stem);
}

/* A file that nobody else finds, and that is gone when it is closed. */
static int open_nameless(char **error)
{
	const char *folder = g_getenv("TMPDIR");
	char *path = g_strdup_printf("%s/remora-XXXXXX", folder != NULL ? folder : "/var/tmp");
	const int fd = mkostemp(path, O_CLOEXEC);

	if (fd < 0)
		*error = g_strdup_printf("%s: %s", path, g_strerror(errno));
	else
		unlink(path);
	g_free(path);
	return fd;
}

static int open_named(const char *path, char **error)
{
	const int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0)
		*error = g_strdup_printf("%s: %s", path, g_strerror(errno));
	return fd;
}

static int64_t slot_now(const struct feed *f)
{
	const int64_t interval = f->o.each_file.interval_us;

	return interval > 0 ? g_get_real_time() / interval : 0;
}

static void forget_oldest(struct feed *f)
{
	const uint64_t most = f->o.each_file.files;

	while (f->o.ring && most > 0 && f->ring->len > most) {
		store_drop_file(f->store);
		if (f->o.broker != NULL)
			broker_forget_file(f->o.broker);
		else
			unlink(f->ring->pdata[0]);
		g_ptr_array_remove_index(f->ring, 0);
	}
}

/* The next file of a ring, or the only one there is. *name is to be freed. */
static int open_next(struct feed *f, char **name, char **error)
{
	char made[BROKER_PATH];

	if (f->o.write == NULL) {
		*name = g_strdup("live capture");
		return open_nameless(error);
	}
	if (!f->o.ring || f->o.broker == NULL) {
		*name = f->o.ring ? ring_name(f) : g_strdup(f->o.write);
		return open_named(*name, error);
	}
	const int fd = broker_next_file(f->o.broker, made);
	*name = g_strdup(fd < 0 ? f->o.write : made);
	if (fd < 0)
		*error = g_strdup_printf("%s: %s", f->o.write, g_strerror(errno));
	return fd;
}

static bool begin_file(struct feed *f, char **error)
{
	char *name = NULL, *why = NULL;
	const int fd = open_next(f, &name, error);

	f->packets = 0;
	f->began_us = g_get_monotonic_time();
	f->slot = slot_now(f);
	if (fd < 0 || store_begin_file(f->store, fd, name, &why) < 0) {
		if (why != NULL)
			*error = g_strdup(why);
		free(why);
		g_free(name);
		return false;
	}
	f->files++;
	g_free(f->path);
	f->path = f->o.write == NULL ? NULL : g_strdup(name);
	g_ptr_array_add(f->ring, name);
	forget_oldest(f);
	return true;
}

struct feed *feed_open(const struct feed_options *o, char **error)
{
	struct live *live = live_open(&o->live, error);

	if (live == NULL)
		return NULL;
	struct feed *f = g_new0(struct feed, 1);
	f->o = *o;
	f->live = live;
	f->names = g_strjoinv(", ", o->live.interfaces);
	f->store = store_live(live_interfaces(live));
	f->ring = g_ptr_array_new_with_free_func(g_free);
	if (begin_file(f, error))
		return f;
	store_close(f->store);
	feed_close(f);
	return NULL;
}

void feed_close(struct feed *f)
{
	live_close(f->live);
	g_ptr_array_free(f->ring, TRUE);
	g_free(f->names);
	g_free(f->path);
	g_free(f->trouble);
	g_free(f);
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
	return live_fd(f->live);
}

/* Is it time to go on in another file? */
static bool is_full(const struct feed *f)
{
	const struct limits *l = &f->o.each_file;

	return f->o.ring &&
	       ((l->packets > 0 && f->packets >= l->packets) ||
		(l->bytes > 0 && store_file_bytes(f->store) >= l->bytes) ||
		(l->duration_us > 0 && g_get_monotonic_time() - f->began_us >= l->duration_us) ||
		(l->interval_us > 0 && slot_now(f) != f->slot));
}

static void take(struct feed *f, const struct packet *p)
{
	if (is_full(f) && !begin_file(f, &f->trouble))
		f->broken = true;
	if (f->broken || store_append(f->store, p) < 0) {
		f->broken = true;
		return;
	}
	f->packets++;
	f->all_packets++;
	f->all_bytes += p->len;
}

bool feed_step(struct feed *f, int64_t budget_us)
{
	const int64_t end = g_get_monotonic_time() + budget_us;
	struct packet p;

	for (unsigned i = 1; live_next(f->live, &p) > 0; i++) {
		take(f, &p);
		if (i % LOOK_EVERY == 0 && g_get_monotonic_time() >= end)
			return true;
	}
	return false;
}

char *feed_trouble(struct feed *f)
{
	const char *why = live_trouble(f->live);
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

bool feed_is_held(const struct feed *f)
{
	return live_is_held(f->live);
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
