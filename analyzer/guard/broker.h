/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The one process that keeps the rights which remora was started with, so that the one which looks
 * at packets can give them up. It is asked by a handful of messages of one size, and hands out
 * descriptors; no byte of a packet ever comes its way. It ends with who started it.
 */
#ifndef GUARD_BROKER_H
#define GUARD_BROKER_H

#include "live/capture.h"

struct broker;

/* What is settled before rights are given up, and cannot be asked for otherwise. */
struct broker_options {
	const char *ring; /* files of a ring are made after this name; NULL: there is no ring */
	bool sandbox;     /* captures give up their rights */
	bool relay;       /* files of a ring are written by a process each: file/relay.h */
};

enum { BROKER_PATH = 4096 };

/* Starts it; the process must have one thread. NULL: see errno. */
struct broker *broker_start(const struct broker_options *o);
void broker_end(struct broker *b);

/* Each asks, and waits for the answer. -1 or false: see errno. */

/* Starts a capture, as capture_start does. */
bool broker_capture(struct broker *b, const struct capture_request *q, struct capture_line *l);
/* Makes the next file of the ring, and opens it for reading and writing, or by way of a relay; its name
 * is put into `name`. */
int broker_next_file(struct broker *b, char name[BROKER_PATH]);
/* Removes the oldest file of the ring that is left. */
bool broker_forget_file(struct broker *b);
/* Makes a file that is not there yet, as the user who called us, and opens it for writing. */
int broker_save(struct broker *b, const char *path);
/* Makes a temporary file for Wireshark, and opens it for writing. */
int broker_temporary(struct broker *b);
/* Starts Wireshark on the last of those, which is removed when Wireshark ends. */
bool broker_wireshark(struct broker *b);

#endif
