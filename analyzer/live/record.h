/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A capture on its way to disk: one file, or a ring of them, each of which can be read by itself.
 * What is there is whole records, and at most a second old.
 */
#ifndef LIVE_RECORD_H
#define LIVE_RECORD_H

#include "file/writer.h"
#include "live/limits.h"
#include "live/live.h"

struct record;

struct record_options {
	const char *path; /* of a single file; the files of a ring are the broker's to name */
	bool sandbox;     /* what writes it gives up its rights */
	enum writer_format format;
	struct broker *ring; /* who makes them; NULL: there is none */
	struct limits file;  /* of each file in a ring; `files`: so many are kept */
};

/* NULL: *error (malloc'd) names the file. */
struct record *record_open(const struct record_options *o, const struct live *live, char **error);
/* Writes a packet, into the next file if this one is full. 0, or -1: record_error tells. */
int record_put(struct record *r, const struct packet *p);
/* To be called whenever there is nothing else to do, and once a second at least: writes down what is
 * not, and turns to the next file where it is time to. The same. */
int record_tick(struct record *r);
/* Milliseconds after which record_tick has something to do; -1: there is nothing. */
int record_patience(const struct record *r);
const char *record_error(const struct record *r);
bool record_pipe_closed(const struct record *r);
/* Files that are full, and bytes of the one that is not. */
uint64_t record_files(const struct record *r);
uint64_t record_bytes(const struct record *r);
/* Adds what the interfaces have counted, and closes. As writer_close. */
int record_close(struct record *r, char **error);

#endif
