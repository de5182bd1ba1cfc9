/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packets that can be had in any order: of a file, of a pipe, of a file that grows, of a capture
 * that runs. The store keeps where they stand (four bytes a packet), not what they are, so files may
 * be far larger than memory; they are read through windows, never mapped.
 *
 * Everything is done in steps that return after a while, so that keys stay alive: open, then call
 * store_step() whenever there is time. Rows count from 0; the packet's own number is row + 1.
 * A store and all that looks at it belong to one thread.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "file/writer.h"

#define NO_ROW UINT64_MAX

struct store;

/*
 * Opens a capture; "-" is standard input. What is no plain file (a pipe, a file packed by gzip or
 * zstd) is copied, unpacked, into a file without a name under $TMPDIR or /var/tmp as the steps go
 * on. NULL: *error is a malloc'd line that names the file. What is in it is looked at by the first step.
 */
struct store *store_open(const char *path, char **error);
/*
 * The same for a regular file that is open, and the store's from now on, for who can open nothing: with
 * an empty file to unpack it into if it is packed, or -1.
 */
struct store *store_open_fd(int fd, int unpacked, const char *name, char **error);
void store_close(struct store *s);

/*
 * Looks at more of the capture, for `budget_us` microseconds or a little longer. 1: there is more
 * to do; 0: this is all for now, and a later call looks again; -1: what follows is damaged, or
 * cannot be read, and store_error() tells. All that came before stays. A packed block of standard
 * input is waited for.
 */
int store_step(struct store *s, int64_t budget_us);
/* One line that names the file, NULL while all is well. */
const char *store_error(const struct store *s);
/* 0 while all is well, 2 cannot be read, 3 damaged: as `remora read` exits. */
int store_exit_code(const struct store *s);

/* Rows so far, those that are gone included. */
uint64_t store_count(const struct store *s);
/* The first row that is still there: older ones were in files of a ring that have been deleted. */
uint64_t store_first(const struct store *s);
/* Percent of the file, 100 when all of it has been looked at; -1: nobody knows, as of a pipe. */
int store_progress(const struct store *s);
/* Bytes that were copied to a temporary file; 0: there is none. */
uint64_t store_spooled(const struct store *s);
/* The name to show: of the file, "standard input", of the ring's newest file. */
const char *store_name(const struct store *s);
/* Do times never go back, so that one can be searched for by halving? */
bool store_sorted(const struct store *s);
/* Is that a file which rows are read from? It must not be written to then. */
bool store_reads(const struct store *s, int fd);
/* What else the newest file says: format, blocks, interfaces. NULL: nothing has been read yet. */
const struct reader *store_reader(const struct store *s);

/*
 * Random access. 1: *p is the packet; its pointers are good until the next call. 0: there is no
 * such row, or it is gone with its file. -1: it cannot be read, store_packet_error() tells until
 * the next call. Who reads many rows while others look at some has a cursor of its own: cursor.h.
 */
int store_packet(struct store *s, uint64_t row, struct packet *p);
const char *store_packet_error(const struct store *s);
/* What the packet handed out last refers to; NULL before the first. */
const struct interfaces *store_interfaces(const struct store *s);

/*
 * A store for packets that come live. They are written to a file as they come, as pcapng, and the
 * rows are those of the file. There is none at first.
 */
struct store *store_live(void);

/* An empty regular file. Who may be killed writes by way of a relay (file/relay.h): what is left behind
 * then is whole. */
struct store_file {
	const char *name;
	int write; /* into the file, or to its relay */
	int read;  /* rows come from here */
	const struct interfaces *of; /* of its packets: may grow, and have to outlive the store */
};

/*
 * Goes on in another file, whose descriptors are the store's from now on. The file before is closed,
 * and can still be read. -1: *error is a malloc'd line.
 */
int store_begin_file(struct store *s, const struct store_file *f, char **error);
/*
 * Adds a packet: it becomes a row with the next step. It is written out with that step at the
 * latest; who cannot step for a second calls store_flush(). -1: it cannot be written, store_error()
 * tells; so it stays.
 */
int store_append(struct store *s, const struct packet *p);
int store_flush(struct store *s);
/* Writes down what became of the packets of an interface, before the file ends. 0 or -1. */
int store_put_statistics(struct store *s, uint32_t interface, const struct writer_statistics *is);
/* No more packets come, or none for this file: it is closed, all of it becomes rows. 0 or -1. */
int store_end_file(struct store *s);
/* Bytes of the newest file, for who wants to go on in another. */
uint64_t store_file_bytes(const struct store *s);
/* Files there are, gone ones not counted, and letting go of the oldest one with its rows, unless it
 * is the newest. The file itself is the caller's to delete. */
unsigned store_files(const struct store *s);
void store_drop_file(struct store *s);

#endif
