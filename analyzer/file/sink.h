/* SPDX-License-Identifier: BSD-3-Clause */
/* Where records are written to: a file or a pipe, packed or not, whole records at a time. */
#ifndef FILE_SINK_H
#define FILE_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

struct packer;

enum { SINK_BUFFER = 64 * 1024 };

/*
 * Records gather in a buffer that is written when the next one does not fit, so whoever dies or
 * runs out of space leaves whole records behind (a packed file aside).
 */
struct sink {
	int fd;
	int error;              /* errno of the first failure; from then on nothing is written */
	bool relayed;           /* fd leads to a process that writes: file/relay.h */
	bool filled;            /* what was in the file before is gone */
	bool torn;              /* what it was given ends in the middle of a record */
	struct packer *packer;
	uint64_t taken;         /* bytes of records, packed or not */
	size_t len;
	uint8_t buffer[SINK_BUFFER];
};

/* Packs if the path ends in .gz or .zst. What is in the file goes with the first flush, not yet. False:
 * sink->error says why. */
bool sink_open(struct sink *s, const char *path);
/* The same with a descriptor, which is the sink's from now on. */
bool sink_open_fd(struct sink *s, int fd, const char *path);
/* One record, in parts. */
bool sink_write(struct sink *s, const struct iovec *parts, int count);
bool sink_flush(struct sink *s);
/* Flushes, ends the packing, closes. */
bool sink_close(struct sink *s);
/* Closes as it is. */
void sink_abandon(struct sink *s);

#endif
