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
	const char *file; /* what is captured goes there; NULL: into a file without a name */
	bool ring;        /* into many, made after this name */
	bool read_back;   /* who asks for a file reads it, too */
	bool sandbox;     /* captures, and who writes their files, give up their rights */
};

enum { BROKER_PATH = 4096 };

/* A file of a capture. */
struct broker_file {
	int write; /* to the process that writes it: file/relay.h */
	int read;  /* -1: that was not wanted */
	char name[BROKER_PATH]; /* "": it has none */
};

/* Starts it; the process must have one thread. NULL: see errno. */
struct broker *broker_start(const struct broker_options *o);
void broker_end(struct broker *b);

/* Each asks, and waits for the answer. -1 or false: see errno. */

/* Starts a capture, as capture_start does. */
bool broker_capture(struct broker *b, const struct capture_request *q, struct capture_line *l);
/* Makes the file of the capture, or the next one of its ring. */
bool broker_next_file(struct broker *b, struct broker_file *f);
/* Removes the oldest file of the ring that is left. */
bool broker_forget_file(struct broker *b);
/*
 * As the user who called us: makes a file that is not there yet, and opens it for writing; or, with
 * `replace`, opens one that is there, if it is empty or a capture: nothing else is ever overwritten.
 */
int broker_save(struct broker *b, const char *path, bool replace);
/*
 * As that user: opens a capture for reading, and nothing else. *unpacked is a file without a name to
 * unpack it into, -1 if it is not packed.
 */
int broker_load(struct broker *b, const char *path, int *unpacked);
/* Names of files that begin so, as that user sees them: as many as there is room for, in lines,
 * without their folder; those of folders end in a slash. */
bool broker_names(struct broker *b, const char *path, char names[BROKER_PATH]);
/* Tries the interfaces of this machine; in the file is what devices_read() takes (live/devices.h). */
int broker_devices(struct broker *b);
/* Makes a temporary file for Wireshark, and opens it for writing. */
int broker_temporary(struct broker *b);
/* Starts Wireshark on the last of those, which is removed when Wireshark ends. */
bool broker_wireshark(struct broker *b);

#endif
