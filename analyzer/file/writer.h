/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writing capture files, pcap and pcapng, packed by gzip or zstd if the name ends in .gz or .zst.
 *
 * From pcapng to pcapng blocks are copied byte by byte: sections keep their byte order, interfaces,
 * options, names, statistics, secrets and unknown blocks, in their places. Only what calls itself
 * local (custom blocks and options that are not to be copied) stays behind.
 */
#ifndef FILE_WRITER_H
#define FILE_WRITER_H

#include "file/reader.h"

enum writer_format {
	WRITER_AUTO,   /* by the name: .pcap, .cap and .dmp are pcap, everything else pcapng */
	WRITER_PCAP,   /* microseconds */
	WRITER_NSPCAP, /* nanoseconds */
	WRITER_PCAPNG,
};

struct writer;

/* The formats by name: "pcap", "nspcap", "pcapng". False: there is no such one. */
bool writer_format_named(const char *name, enum writer_format *format);

/*
 * Opens a file for writing; "-" is standard output. WRITER_AUTO keeps the nanoseconds of `from`
 * when it writes pcap. `from` may be NULL; otherwise the writer hears of its blocks, is to be
 * opened before the first reader_next, and closed before the reader. What is in the file goes when
 * the first records are written out, or by writer_flush(). NULL: *error is a malloc'd line that names
 * the file.
 */
struct writer *writer_open(const char *path, enum writer_format format, struct reader *from,
			   char **error);
/*
 * The same for packets that come from no reader: live, or out of order. pcapng describes each of
 * the interfaces `of` when a packet refers to it, in one section; `of` may grow meanwhile.
 */
struct writer *writer_open_for(const char *path, enum writer_format format,
			       const struct interfaces *of, char **error);
/*
 * The same into a descriptor that is open for writing, and the writer's from now on, even when this
 * fails; `name` is for messages, and tells format and packing as a path does.
 */
struct writer *writer_open_fd(int fd, const char *name, enum writer_format format,
			      const struct interfaces *of, char **error);
/*
 * Writes a packet. 0, or -1: writer_error tells; a pipe whose reader is gone is one. pcap holds one
 * link type and packets alone, and times from 1970 to 2106, to which others are moved.
 */
int writer_put(struct writer *w, const struct packet *p);
/* What became of the packets of an interface. */
struct writer_statistics {
	int64_t time_us; /* when this was counted, since 1970 */
	uint64_t accepted, dropped, delivered;
};
/*
 * Writes that down, for an interface by its index in `of`; pcap has no place for it. 0 or -1.
 */
int writer_put_statistics(struct writer *w, uint32_t interface, const struct writer_statistics *s);
/*
 * Adds a block that holds no packet, of those that reader_block() keeps, as it is; pcapng only, and
 * only if the block is little-endian, as what is written; else nothing is.
 */
int writer_block(struct writer *w, const struct block *b);
/* Hands over what is buffered, whole records. 0 or -1. */
int writer_flush(struct writer *w);
/* Bytes of whole records so far, written or buffered, before packing. */
uint64_t writer_bytes(const struct writer *w);
/* One line that names the file; NULL while all is well. */
const char *writer_error(const struct writer *w);
/* True if the error is that nobody reads our pipe any more. */
bool writer_pipe_closed(const struct writer *w);
/* Writes what is left and closes. -1: *error (malloc'd; may be NULL if not wanted) tells. */
int writer_close(struct writer *w, char **error);
/* Closes, and leaves the file as it is. */
void writer_discard(struct writer *w);

#endif
