/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A capture that runs: packets go from the interfaces into a file, as they come, and become rows of
 * a store. With -b they go into a ring of files.
 */
#ifndef FEED_H
#define FEED_H

#include "guard/broker.h"
#include "live/limits.h"
#include "live/live.h"
#include "store/store.h"

struct feed;

struct feed_options {
	struct live_options live; /* the interfaces are feed_start()'s */
	bool ring;                /* the capture turns to another file, when … */
	struct limits each_file;
	struct broker *broker;    /* makes the files, and opens interfaces */
};

/* Nothing comes before it is started. */
struct feed *feed_new(const struct feed_options *o);
/* Begins to capture on these. False: *error is a line or more, to be freed with g_free; it can be tried
 * again. */
bool feed_start(struct feed *f, char **interfaces, char **error);
/* No more packets come: those that have are rows, and the file is closed. */
void feed_end(struct feed *f);
/* "7 packets captured on near, 0 dropped by the kernel, 0 dropped here", exact after feed_end();
 * g_free. */
char *feed_summary(const struct feed *f);
/* Closes the store, too. */
void feed_close(struct feed *f);

struct store *feed_store(struct feed *f);
/* NULL: it has not been started. */
const struct live *feed_live(const struct feed *f);
/* Where packets are written, NULL: nowhere that lasts. */
const char *feed_path(const struct feed *f);
bool feed_is_ring(const struct feed *f);
/* "veth0, tap0"; NULL as well. */
const char *feed_names(const struct feed *f);

/* To be polled for input; -1: nothing is to come. */
int feed_fd(const struct feed *f);
/* Takes what has come, for so long. Is there more? */
bool feed_step(struct feed *f, int64_t budget_us);
/* A sentence about an interface that fell silent, or about a file; NULL: there is none (left). */
char *feed_trouble(struct feed *f);

/* Stops capturing, and starts again. */
void feed_hold(struct feed *f, bool hold);

enum feed_state {
	FEED_RUNS,
	FEED_HELD,
	FEED_OVER,   /* no interface is left */
	FEED_BROKEN, /* nothing can be written any more */
};

enum feed_state feed_state(const struct feed *f);
const char *feed_state_words(const struct feed *f);

/* Packets and bytes a second, over the last second of `now` (microseconds). */
struct feed_rate {
	double packets, bytes;
};
struct feed_rate feed_rate(struct feed *f, int64_t now);

#endif
