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

#include "file/options.h"

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

/*
 * pcapng also has records which are no packets of a network: custom blocks, journal entries, system
 * calls. They are numbered among the packets, as Wireshark does; this stands for their link type,
 * `block` says what they are.
 */
enum { LINKTYPE_RECORD = 0xffff };

/* clang-format off */
/* One packet, or record. Pointers are good until the next call of reader_next. */
struct packet {
	uint64_t number;        /* the first is 1 */
	int64_t time_ns;        /* since 1970, UTC; held between the years 1677 and 2262 */
	uint64_t ticks;         /* the time as the file has it: pcapng in units of the interface, */
	                        /* pcap s << 32 | fraction; a custom block's enterprise number */
	bool has_time;          /* simple packet blocks and custom blocks have none */
	bool has_interface;     /* the file tells the interface, as pcapng does for packets */
	uint16_t linktype;      /* LINKTYPE_ value as written: 12 stays 12 */
	uint32_t cap_len;       /* bytes at data */
	uint32_t len;           /* on the wire: may be less than cap_len in odd files; below 2^31 */
	const uint8_t *data;
	uint32_t interface;     /* for reader_interface: counted over the whole file */
	uint32_t interface_id;  /* the section's own number for it: frame.interface_id */
	uint32_t section;       /* the first is 1: frame.section_number; 0 in pcap */
	uint32_t flags;         /* epb_flags, 0 if none: the lowest 2 bits are 1 in, 2 out */
	uint32_t block;         /* type of the pcapng block, 0 in pcap */
	struct option_bytes options;
	const uint8_t *raw;     /* the pcapng block, whole, for a writer to copy; NULL in pcap. */
	uint32_t raw_len;       /* Who changes a packet before it is written sets raw to NULL. */
};

/* An interface of pcapng, or what the head of a pcap file says. Lives as long as the reader. */
struct interface {
	uint32_t index;         /* over the whole file */
	uint32_t id;            /* within its section */
	uint32_t section;
	uint32_t snaplen;       /* 0: no limit */
	uint16_t linktype;
	uint64_t link_offset;   /* where the (unpacked) file says so */
	uint8_t fcs_len;        /* if_fcslen in bits, or what pcap's link type says; 0: not said */
	uint8_t tsresol;        /* if_tsresol, default 6 */
	int64_t tsoffset;       /* seconds */
	uint64_t units;         /* ticks a second */
	uint32_t ns_per_tick;   /* 0: not a whole number */
	uint32_t max_cap_len;   /* more than that is damage */
	const char *name, *description; /* NULL if not said */
	struct option_bytes options;
};

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

enum file_format { FILE_PCAP, FILE_PCAPNG };

struct reader;

/*
 * Opens a capture; "-" is standard input. NULL: *error is a malloc'd line without a prefix or
 * newline that names the file. A file that is damaged in its first bytes does open, and reader_next
 * tells.
 */
struct reader *reader_open(const char *path, unsigned flags, char **error);
/*
 * The same over memory, which stays the caller's and alive. window 0 reads it in place, else
 * through that many bytes.
 */
struct reader *reader_open_memory(const void *data, size_t len, size_t window, char **error);
void reader_close(struct reader *r);

/* 1: a packet. 0: the end. -1: damaged or unreadable, and reader_error tells; so it stays. */
int reader_next(struct reader *r, struct packet *p);
/* One line that names the file, where it is damaged, what was expected; NULL while all is well. */
const char *reader_error(const struct reader *r);
/* 0 while all is well, 2 cannot be read, 3 damaged. */
int reader_exit_code(const struct reader *r);

enum file_format reader_format(const struct reader *r);
/* Are times finer than a microsecond? For pcapng: on any interface so far. */
bool reader_is_nano(const struct reader *r);
/* Progress: bytes of the file consumed, and how many there are (0: not known). */
uint64_t reader_bytes(const struct reader *r);
uint64_t reader_size(const struct reader *r);
const char *reader_path(const struct reader *r);
/* True if fd is the very file being read, which must not be written to. */
bool reader_reads(const struct reader *r, int fd);

/* NULL from the number of interfaces met so far on; pcap has one from the start. */
const struct interface *reader_interface(const struct reader *r, uint32_t index);
uint32_t reader_interfaces(const struct reader *r);
/* The clock of a pcapng interface: what its ticks are in time_ns, and back, held at both ends. */
int64_t interface_time(const struct interface *i, uint64_t ticks);
uint64_t interface_ticks(const struct interface *i, int64_t time_ns);

/*
 * A packet's time to the last digit. A fraction that pcap wrote out of range stays out of range,
 * and wraps to 32 bits as it does in Wireshark; time_ns carries it over into the seconds. False:
 * there is no time.
 */
bool packet_seconds(const struct reader *r, const struct packet *p, int64_t *seconds,
		    int32_t *nanoseconds);
/* The comments of a packet, one after the other; *iter starts at 0. Not NUL-terminated. */
bool packet_next_comment(const struct packet *p, size_t *iter, const char **text, size_t *len);

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
