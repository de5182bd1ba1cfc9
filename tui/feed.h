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
	struct live_options live;
	const char *write;   /* NULL: into a file without a name, gone with the program */
	bool ring;           /* `write` is the name of many */
	struct limits each_file;
	struct broker *broker; /* makes the files of a ring; NULL: we do */
};

/* NULL: *error is a line or more, to be freed with g_free. */
struct feed *feed_open(const struct feed_options *o, char **error);
/* Ends the capture; the store is the caller's to close, before this. */
void feed_close(struct feed *f);

struct store *feed_store(struct feed *f);
const struct live *feed_live(const struct feed *f);
/* Where packets are written, NULL: nowhere that lasts. */
const char *feed_path(const struct feed *f);
bool feed_is_ring(const struct feed *f);
/* "veth0, tap0" */
const char *feed_names(const struct feed *f);

/* To be polled for input. */
int feed_fd(const struct feed *f);
/* Takes what has come, for so long. Is there more? */
bool feed_step(struct feed *f, int64_t budget_us);
/* A sentence about an interface that fell silent, or about a file; NULL: there is none (left). */
char *feed_trouble(struct feed *f);

/* Stops capturing, and starts again. */
void feed_hold(struct feed *f, bool hold);
bool feed_is_held(const struct feed *f);

/* Packets and bytes a second, over the last second of `now` (microseconds). */
struct feed_rate {
	double packets, bytes;
};
struct feed_rate feed_rate(struct feed *f, int64_t now);

#endif
