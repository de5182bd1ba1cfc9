/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a capture, one after the other. */
#include "live/record.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FLUSH_US = 250000, SECOND_US = 1000000 };

struct record {
	struct record_options o;
	const struct live *live;
	struct writer *writer;
	uint64_t files;   /* that are full */
	uint64_t packets; /* in this one */
	int64_t began_us, slot;
	int64_t unwritten_us; /* since when something waits to be written; 0: nothing does */
	GQueue names;         /* of files in the ring, the oldest first */
	char *error;          /* of a file that could not be opened */
};

/* Where ".pcapng", ".pcap.gz" or the like begins in a path. */
static size_t stem(const char *path)
{
	const char *base = strrchr(path, '/');
	const char *dot = strrchr(base != NULL ? base : path, '.');

	if (dot == NULL || dot == path || dot == base + 1)
		return strlen(path);
	if (strcmp(dot, ".gz") == 0 || strcmp(dot, ".zst") == 0) {
		const char *before = dot;

		while (before > path && before[-1] != '.' && before[-1] != '/')
			before--;
		if (before > path && before[-1] == '.')
			dot = before - 1;
	}
	return (size_t)(dot - path);
}

/* "NAME_00001_20260131235959.pcapng", to be freed by g_free. */
static char *name_of(const struct record *r)
{
	const size_t n = stem(r->o.path);
	const time_t now = time(NULL);
	char when[32];
	struct tm tm;

	localtime_r(&now, &tm);
	strftime(when, sizeof(when), "%Y%m%d%H%M%S", &tm);
	return g_strdup_printf("%.*s_%05u_%s%s", (int)n, r->o.path, (unsigned)(r->files + 1), when,
			       r->o.path + n);
}

/* The number of the interval of the wall clock that it is now. */
static int64_t slot_now(const struct record *r)
{
	return r->o.file.interval_us > 0 ? g_get_real_time() / r->o.file.interval_us : 0;
}

static void forget_oldest(struct record *r)
{
	while (r->o.file.files > 0 && g_queue_get_length(&r->names) > r->o.file.files) {
		char *name = g_queue_pop_head(&r->names);

		unlink(name);
		g_free(name);
	}
}

static int open_file(struct record *r)
{
	char *name = r->o.ring ? name_of(r) : g_strdup(r->o.path);

	free(r->error);
	r->error = NULL;
	r->packets = 0;
	r->began_us = g_get_monotonic_time();
	r->slot = slot_now(r);
	r->unwritten_us = r->began_us; /* the head */
	r->writer = writer_open_for(name, r->o.format, live_interfaces(r->live), &r->error);
	if (r->o.ring && r->writer != NULL) {
		g_queue_push_tail(&r->names, name);
		forget_oldest(r);
	} else {
		g_free(name);
	}
	return r->writer == NULL ? -1 : 0;
}

struct record *record_open(const struct record_options *o, const struct live *live, char **error)
{
	struct record *r = g_new0(struct record, 1);

	r->o = *o;
	r->live = live;
	if (open_file(r) == 0)
		return r;
	*error = r->error;
	g_free(r);
	return NULL;
}

/* What the interfaces have counted stands at the end of each file. */
static void put_statistics(struct record *r)
{
	const struct interfaces *all = live_interfaces(r->live);

	for (uint32_t i = 0; i < all->count; i++) {
		const struct live_counts c = live_counts(r->live, (int)i);
		const uint64_t dropped = c.dropped_kernel + c.dropped_here;

		writer_put_statistics(r->writer, i,
				      &(struct writer_statistics){
					      .time_us = g_get_real_time(),
					      .accepted = c.captured + c.unread + dropped,
					      .dropped = dropped,
					      .delivered = c.captured,
				      });
	}
}

static int close_file(struct record *r, char **error)
{
	put_statistics(r);
	struct writer *w = r->writer;
	r->writer = NULL;
	r->files++;
	return writer_close(w, error);
}

static int next_file(struct record *r)
{
	if (close_file(r, &r->error) < 0)
		return -1;
	return open_file(r);
}

static bool is_over(const struct record *r)
{
	const struct limits *l = &r->o.file;

	return r->o.ring &&
	       ((l->duration_us > 0 && g_get_monotonic_time() - r->began_us >= l->duration_us) ||
		(l->interval_us > 0 && slot_now(r) != r->slot));
}

static bool is_full(const struct record *r)
{
	const struct limits *l = &r->o.file;

	return r->o.ring && ((l->packets > 0 && r->packets >= l->packets) ||
			     (l->bytes > 0 && writer_bytes(r->writer) >= l->bytes));
}

int record_put(struct record *r, const struct packet *p)
{
	if (r->writer == NULL || (is_full(r) && next_file(r) < 0))
		return -1;
	r->packets++;
	if (r->unwritten_us == 0)
		r->unwritten_us = g_get_monotonic_time();
	return writer_put(r->writer, p);
}

int record_tick(struct record *r)
{
	const int64_t now = g_get_monotonic_time();

	if (r->writer == NULL || (is_over(r) && next_file(r) < 0))
		return -1;
	if (r->unwritten_us == 0 || now - r->unwritten_us < FLUSH_US)
		return 0;
	r->unwritten_us = 0;
	return writer_flush(r->writer);
}

int record_patience(const struct record *r)
{
	const struct limits *l = &r->o.file;
	const int64_t now = g_get_monotonic_time();
	int64_t us = INT64_MAX;

	if (r->unwritten_us != 0)
		us = r->unwritten_us + FLUSH_US - now;
	if (r->o.ring && l->duration_us > 0)
		us = MIN(us, r->began_us + l->duration_us - now);
	if (r->o.ring && l->interval_us > 0)
		us = MIN(us, (r->slot + 1) * l->interval_us - g_get_real_time());
	if (us == INT64_MAX)
		return -1;
	return us <= 0 ? 0 : (int)(MIN(us, (int64_t)SECOND_US) / 1000 + 1);
}

const char *record_error(const struct record *r)
{
	return r->writer != NULL ? writer_error(r->writer) : r->error;
}

bool record_pipe_closed(const struct record *r)
{
	return r->writer != NULL && writer_pipe_closed(r->writer);
}

uint64_t record_files(const struct record *r)
{
	return r->files + (r->writer != NULL && is_full(r));
}

uint64_t record_bytes(const struct record *r)
{
	return r->writer != NULL ? writer_bytes(r->writer) : 0;
}

int record_close(struct record *r, char **error)
{
	int code = -1;

	if (r->writer != NULL) {
		code = close_file(r, error);
	} else {
		*error = r->error;
	}
	g_queue_clear_full(&r->names, g_free);
	g_free(r);
	return code;
}
