/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading capture files: pcap in its variants and pcapng in full, packed by gzip or zstd or not,
 * from files, pipes and files that still grow.
 * https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/ and .../draft-ietf-opsawg-pcapng/
 *
 * The file is streamed through one window; memory depends neither on its length nor on what it says
 * about itself. Damage ends the reading after every packet in front of it was handed out. Texts
 * (comments, names) are the file's own bytes: who prints them escapes them.
 */
#ifndef FILE_READER_H
#define FILE_READER_H

#include "file/interfaces.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	READER_FOLLOW =
		1, /* wait at the end of a regular file for more, until reader_stop is set */
};

/* Set by a signal handler: reading a pipe or following a file ends at the next record. */
extern volatile sig_atomic_t reader_stop;

/* clang-format off */
/* A pcapng block: body is what stands between the lengths. */
struct block {
	uint32_t type;
	uint32_t section;
	uint32_t body_len;
	const uint8_t *body;
	bool big_endian;
};

enum {
	BLOCK_SECTION = 0x0a0d0d0a, BLOCK_INTERFACE = 1, BLOCK_PACKET_OLD = 2,
	BLOCK_PACKET_SIMPLE = 3, BLOCK_NAMES = 4, BLOCK_STATISTICS = 5, BLOCK_PACKET = 6,
	BLOCK_JOURNAL = 9, BLOCK_SECRETS = 10,
	BLOCK_SYSDIG = 0x204, BLOCK_SYSDIG_V2 = 0x216, BLOCK_SYSDIG_V2_LARGE = 0x221,
	BLOCK_CUSTOM = 0x0bad, BLOCK_CUSTOM_LOCAL = 0x40000bad,
};
/* clang-format on */

struct reader;

/*
 * Opens a capture; "-" is standard input. NULL: *error is a malloc'd line without a prefix or
 * newline that names the file. A file that is damaged in its first bytes does open, and reader_next
 * tells.
 */
struct reader *reader_open(const char *path, unsigned flags, char **error);
/*
 * The same in two steps, between which a program can give up what opening took: the first looks at no
 * byte of the file. False: it is no capture, *error tells, and nothing is left but to close it.
 */
struct reader *reader_open_unseen(const char *path, unsigned flags, char **error);
bool reader_begin(struct reader *r, char **error);
/*
 * The same over memory, which stays the caller's and alive. window 0 reads it in place, else
 * through that many bytes.
 */
struct reader *reader_open_memory(const void *data, size_t len, size_t window, char **error);
void reader_close(struct reader *r);

/*
 * The same over a regular file that is open and unpacked; the descriptor stays the caller's, who may
 * share it, since its offset is left alone. At the end of the file reader_next returns 0, and when
 * called again looks whether there is more; reader_pending then tells of a record that is not whole.
 */
struct reader *reader_open_fd(int fd, const char *name, char **error);

/* 1: a packet. 0: the end. -1: damaged or unreadable, and reader_error tells; so it stays. */
int reader_next(struct reader *r, struct packet *p);
/* One line that names the file, where it is damaged, what was expected; NULL while all is well. */
const char *reader_error(const struct reader *r);
/* 0 while all is well, 2 cannot be read, 3 damaged. */
int reader_exit_code(const struct reader *r);

/* "capture.pcap: packet at offset 24 says 60 bytes, the file has 7 left"; NULL: all is whole. */
const char *reader_pending(const struct reader *r);

/* The context in which a record is read again. Records of one section have one place. */
struct reader_place {
	uint32_t section, first_interface;
	bool big_endian;
};
/* Of the packet that was read last, and where its record begins in the unpacked file. */
struct reader_place reader_place(const struct reader *r);
uint64_t reader_offset(const struct reader *r, const struct packet *p);

enum file_format reader_format(const struct reader *r);
/* Progress: bytes of the file consumed, and how many there are (0: not known). */
uint64_t reader_bytes(const struct reader *r);
uint64_t reader_size(const struct reader *r);
const char *reader_path(const struct reader *r);
/* True if fd is the very file being read, which must not be written to. */
bool reader_reads(const struct reader *r, int fd);

/* Those that the file has described so far. Alive as long as the reader, which adds to them. */
const struct interfaces *reader_interfaces(const struct reader *r);
const struct interface *reader_interface(const struct reader *r, uint32_t index);

/*
 * Calls back for each pcapng block that is not handed out as a packet, in the file's order, while
 * reader_next reads. The block is gone when the call returns. One listener; NULL removes it.
 */
void reader_on_block(struct reader *r, void (*fn)(void *context, const struct block *b),
		     void *context);

/*
 * Blocks worth keeping: section heads, name resolution, statistics, decryption secrets, the first
 * 512 KiB of them. NULL from the number kept on.
 */
const struct block *reader_block(const struct reader *r, uint32_t index);
/* The options of a block of one of those types. */
struct option_bytes block_options(const struct block *b);

/*
 * A name from a name resolution block: an address of 4 or 16 bytes (6 or 8: EUI) and one name of
 * it.
 */
struct resolved_name {
	const uint8_t *address;
	uint32_t address_len;
	const char *name;         /* NUL-terminated */
};
struct name_iter {
	uint32_t record, name;
};
/* The names in a BLOCK_NAMES, one after the other; *iter starts as zeros. */
bool block_next_name(const struct block *b, struct name_iter *iter, struct resolved_name *n);

#endif
