/* SPDX-License-Identifier: BSD-3-Clause */
/* Writing capture files: what both formats share, and pcap (draft-ietf-opsawg-pcap). */
#include "file/writer_impl.h"

#include "file/bytes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	PCAP_HEAD = 24,
	PCAP_RECORD = 16,
	PCAP_SNAPLEN = 262144,
	ETHERNET = 1,
};

int writer_fail(struct writer *w, const char *format, ...)
{
	va_list args;
	char *what = NULL;

	if (w->error)
		return -1;
	va_start(args, format);
	if (vasprintf(&what, format, args) < 0)
		what = NULL;
	va_end(args);
	if (asprintf(&w->error, "%s: %s", w->path, what ? what : "cannot write") < 0)
		w->error = strdup("not enough memory");
	free(what);
	return -1;
}

static int sink_failed(struct writer *w)
{
	return writer_fail(w, "cannot write: %s", strerror(w->sink.error));
}

int writer_record(struct writer *w, const struct iovec *parts, int count)
{
	return sink_write(&w->sink, parts, count) ? 0 : sink_failed(w);
}

bool writer_format_named(const char *name, enum writer_format *format)
{
	static const struct {
		const char *name;
		enum writer_format format;
	} names[] = {
		{"pcap", WRITER_PCAP},
		{"nspcap", WRITER_NSPCAP},
		{"nsecpcap", WRITER_NSPCAP},
		{"pcapng", WRITER_PCAPNG},
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(name, names[i].name) != 0)
			continue;
		*format = names[i].format;
		return true;
	}
	return false;
}

/* What a name without .gz or .zst ends in. */
static bool has_suffix(const char *path, const char *suffix)
{
	size_t len = strlen(path), n = strlen(suffix);

	if (len > 3 && strcmp(path + len - 3, ".gz") == 0)
		len -= 3;
	else if (len > 4 && strcmp(path + len - 4, ".zst") == 0)
		len -= 4;
	return len > n && memcmp(path + len - n, suffix, n) == 0;
}

static void choose(struct writer *w, enum writer_format format)
{
	bool pcap = has_suffix(w->path, ".pcap") || has_suffix(w->path, ".cap") ||
		    has_suffix(w->path, ".dmp");

	w->format = format;
	w->pcapng = format == WRITER_PCAPNG || (format == WRITER_AUTO && !pcap);
}

void writer_discard(struct writer *w)
{
	sink_abandon(&w->sink);
	free(w->error);
	free(w->path);
	free(w->own);
	free(w->scratch);
	free(w);
}

static struct writer *new_writer(const char *path, enum writer_format format,
				 const struct interfaces *of, struct reader *from, char **error)
{
	struct writer *w = calloc(1, sizeof *w);

	if (!w || !(w->path = strdup(strcmp(path, "-") == 0 ? "standard output" : path))) {
		*error = strdup("not enough memory");
		free(w);
		return NULL;
	}
	w->of = of;
	w->from = from;
	choose(w, format);
	return w;
}

/* The sink is open, or has failed to. */
static struct writer *opened(struct writer *w, char **error)
{
	if (w->sink.error)
		sink_failed(w);
	else if (w->from && reader_reads(w->from, w->sink.fd))
		writer_fail(w, "it is being read, and would be lost: write to another file");
	if (w->error) {
		*error = w->error;
		w->error = NULL;
		writer_discard(w);
		return NULL;
	}
	if (w->pcapng && w->from)
		reader_on_block(w->from, writer_pcapng_block, w);
	return w;
}

static struct writer *open_path(const char *path, enum writer_format format,
				const struct interfaces *of, struct reader *from, char **error)
{
	struct writer *w = new_writer(path, format, of, from, error);

	if (!w)
		return NULL;
	sink_open(&w->sink, path);
	return opened(w, error);
}

struct writer *writer_open(const char *path, enum writer_format format, struct reader *from,
			   char **error)
{
	return open_path(path, format, from ? reader_interfaces(from) : NULL, from, error);
}

struct writer *writer_open_for(const char *path, enum writer_format format,
			       const struct interfaces *of, char **error)
{
	return open_path(path, format, of, NULL, error);
}

struct writer *writer_open_fd(int fd, const char *name, enum writer_format format,
			      const struct interfaces *of, char **error)
{
	struct writer *w = new_writer(name, format, of, NULL, error);

	if (!w) {
		if (fd > STDERR_FILENO)
			close(fd);
		return NULL;
	}
	sink_open_fd(&w->sink, fd, name);
	return opened(w, error);
}

/* The head of a pcap file whose packets are of that link type. */
static int pcap_begin(struct writer *w, uint16_t linktype)
{
	const struct interface *i = w->of ? interfaces_at(w->of, 0) : NULL;
	uint8_t head[PCAP_HEAD] = {0};

	w->nano = w->format == WRITER_NSPCAP || (w->format == WRITER_AUTO && w->of && w->of->nano);
	w->begun = true;
	w->linktype = linktype;
	store32(head, false, w->nano ? 0xa1b23c4d : 0xa1b2c3d4);
	store16(head + 4, false, 2);
	store16(head + 6, false, 4);
	store32(head + 16, false, i && i->snaplen ? i->snaplen : PCAP_SNAPLEN);
	store32(head + 20, false, linktype);
	return writer_record(w, &(struct iovec){head, sizeof head}, 1);
}

static int pcap_put(struct writer *w, const struct packet *p)
{
	int64_t seconds = p->has_time ? p->time_ns / 1000000000 : 0;
	uint32_t ns = p->has_time ? (uint32_t)(p->time_ns % 1000000000) : 0;
	uint8_t head[PCAP_RECORD];

	if (p->linktype == LINKTYPE_RECORD)
		return writer_fail(w,
				   "packet %" PRIu64
				   " is no packet but a pcapng block of type 0x%" PRIx32
				   ", which pcap cannot hold: write pcapng (-F pcapng)",
				   p->number, p->block);
	if (!w->begun && pcap_begin(w, p->linktype) < 0)
		return -1;
	if (p->linktype != w->linktype)
		return writer_fail(
			w,
			"packet %" PRIu64
			" is of link type %u, those before of %u, and pcap holds one: write "
			"pcapng (-F pcapng)",
			p->number, p->linktype, w->linktype);
	if (p->has_time && p->time_ns < 0)
		seconds = 0, ns = 0;
	else if (seconds > UINT32_MAX)
		seconds = UINT32_MAX;
	store32(head, false, (uint32_t)seconds);
	store32(head + 4, false, w->nano ? ns : ns / 1000);
	store32(head + 8, false, p->cap_len);
	store32(head + 12, false, p->len);
	return writer_record(
		w, (struct iovec[]){{head, sizeof head}, {(void *)(uintptr_t)p->data, p->cap_len}},
		2);
}

int writer_put(struct writer *w, const struct packet *p)
{
	if (w->error)
		return -1;
	return w->pcapng ? writer_pcapng_put(w, p) : pcap_put(w, p);
}

int writer_flush(struct writer *w)
{
	if (w->error)
		return -1;
	return sink_flush(&w->sink) ? 0 : sink_failed(w);
}

uint64_t writer_bytes(const struct writer *w)
{
	return w->sink.taken;
}

const char *writer_error(const struct writer *w)
{
	return w->error;
}

bool writer_pipe_closed(const struct writer *w)
{
	return w->sink.error == EPIPE;
}

/* A capture without packets has a head all the same. */
static void begin_anyway(struct writer *w)
{
	const struct interface *i = w->of ? interfaces_at(w->of, 0) : NULL;

	if (w->begun || w->error)
		return;
	if (w->pcapng)
		writer_pcapng_begin(w);
	else
		pcap_begin(w, i ? i->linktype : ETHERNET);
}

int writer_close(struct writer *w, char **error)
{
	int rc;

	if (w->pcapng && w->from)
		reader_on_block(w->from, NULL, NULL);
	begin_anyway(w);
	if (!sink_close(&w->sink))
		sink_failed(w);
	rc = w->error ? -1 : 0;
	if (error) {
		*error = w->error;
		w->error = NULL;
	}
	writer_discard(w);
	return rc;
}
