/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the writer share and nobody else sees. */
#ifndef FILE_WRITER_IMPL_H
#define FILE_WRITER_IMPL_H

#include "file/sink.h"
#include "file/writer.h"

/*
 * An interface that the writer describes itself: as `of` says, or one a link type for packets that
 * are of none.
 */
struct own_interface {
	uint32_t index; /* in `of`, or NO_INTERFACE */
	uint16_t linktype;
	uint32_t snaplen;
};

struct writer {
	struct sink sink;
	char *path, *error;
	const struct interfaces *of; /* what the packets refer to; NULL: nothing */
	struct reader *from;
	enum writer_format format; /* as asked for */
	bool pcapng, nano;
	bool begun; /* the head of the file is written */

	uint16_t linktype; /* pcap: the only one */

	bool big_endian; /* of the section being written */
	struct own_interface *own;
	uint32_t own_count;
	uint8_t *scratch; /* options in the other byte order */
	uint32_t scratch_size;
};

/* pcapng of pcapng: sections and interfaces are those of `from`. */
static inline bool writer_copies(const struct writer *w)
{
	return w->pcapng && w->from && w->of->format == FILE_PCAPNG;
}

/* Fails for good: "PATH: what the format says". Returns -1. */
int writer_fail(struct writer *w, const char *format, ...)
	__attribute__((format(printf, 2, 3), cold));
/* One record, in parts. 0 or -1. */
int writer_record(struct writer *w, const struct iovec *parts, int count);

/* writer_pcapng.c: 0 or -1. */
int writer_pcapng_begin(struct writer *w);
int writer_pcapng_put(struct writer *w, const struct packet *p);
void writer_pcapng_block(void *writer, const struct block *b);

#endif
