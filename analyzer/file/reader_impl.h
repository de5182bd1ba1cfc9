/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the reader share and nobody else sees. */
#ifndef FILE_READER_IMPL_H
#define FILE_READER_IMPL_H

#include "file/interfaces_impl.h"
#include "file/reader.h"
#include "file/source.h"

/* What runs for each packet is one piece of code; what does not stays out of its way. */
#define HOT  inline __attribute__((always_inline))
#define COLD __attribute__((cold, noinline))

enum {
	BLOCK_BYTES_MAX = 512 * 1024,        /* kept of other blocks */
	LEN_MAX = 0x7fffffff,
};

/* How the records of a pcap file are laid out. */
struct pcap_layout {
	bool big_endian;
	bool lengths_swapped, lengths_maybe_swapped;
	uint8_t head;  /* bytes in front of a packet */
	uint32_t ns_per_unit; /* of the fraction */
};

struct reader {
	struct source source;
	int (*next)(struct reader *r, struct packet *p);
	int (*record)(struct reader *r,
		      struct packet *p); /* the format's, which next is at first */
	bool tail; /* more may come: the end, and a record that is not whole yet, are no end */
	uint64_t packets;

	struct pcap_layout pcap;

	bool big_endian;  /* this section */
	uint32_t section, first_interface;
	struct interfaces interfaces;

	void (*on_block)(void *context, const struct block *b);
	void *on_block_context;
	struct block *blocks;
	uint32_t block_count;
	size_t block_bytes;

	int exit_code;
	char *path, *error;
};

/*
 * Fails for good: the error becomes "PATH: what the format says; N packets before it were read".
 * Returns -1. The format is printf's.
 */
int reader_fail(struct reader *r, int exit_code, const char *format, ...)
	__attribute__((format(printf, 3, 4), cold));
/*
 * The stream ended although more bytes of this thing had to come: the end if somebody stopped us,
 * else damage.
 */
int reader_cut(struct reader *r, const char *thing, uint64_t offset, uint64_t size)
	__attribute__((cold));
/* The end: from now on reader_next returns 0. */
int reader_end(struct reader *r);
/* A number with its thousands separated, in one of a few rotating places; for error lines. */
const char *grouped(uint64_t n);

/*
 * Adds an interface of the link type that stands at an offset of the file. Its clock is the caller's
 * to fill in. NULL: there are too many, or it is no link type; the reader has failed.
 */
struct interface *reader_add_interface(struct reader *r, uint16_t linktype, uint64_t offset,
				       const struct option_bytes *options);

/* The formats: each says whether the first bytes are its own; then the packets are read. */
bool pcap_is(const struct source *s);
void pcap_start(struct reader *r);
bool pcapng_is(const struct source *s);
int pcapng_next(struct reader *r, struct packet *p);
/* The packet, or record, that stands at the source's place; anything else has failed. */
int pcapng_again(struct reader *r, struct packet *p);

/* pcapng_blocks.c: everything but packets. b is whole; offset is where it starts in the file. */
int pcapng_section(struct reader *r, const struct block *b, uint64_t offset);
int pcapng_interface(struct reader *r, const struct block *b, uint64_t offset);
int pcapng_other(struct reader *r, const struct block *b, uint64_t offset);
void pcapng_keep(struct reader *r, const struct block *b);

/* pcapng_records.c: blocks that are numbered like packets without being any. 1, or -1. */
bool pcapng_is_record(uint32_t type);
int pcapng_record(struct reader *r, const struct block *b, uint64_t offset, struct packet *p);

#endif
