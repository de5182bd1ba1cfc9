/* SPDX-License-Identifier: BSD-3-Clause */
/* Opening a capture file, telling its format, and what both formats have in common. */
#include "file/reader_impl.h"

#include "file/bytes.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *grouped(uint64_t n)
{
	static _Thread_local char places[4][32];
	static _Thread_local unsigned turn;
	char *place = places[turn++ % 4], *p = place + sizeof places[0] - 1;

	*p = '\0';
	for (unsigned digits = 0; n > 0 || digits == 0; n /= 10, digits++) {
		if (digits > 0 && digits % 3 == 0)
			*--p = ',';
		*--p = (char)('0' + n % 10);
	}
	return p;
}

static int failed(struct reader *r, struct packet *p)
{
	(void)r, (void)p;
	return -1;
}

static int ended(struct reader *r, struct packet *p)
{
	(void)r, (void)p;
	return 0;
}

int reader_end(struct reader *r)
{
	if (r->tail) {
		free(r->error);
		r->error = NULL;
	} else {
		r->next = ended;
	}
	return 0;
}

int reader_fail(struct reader *r, int exit_code, const char *format, ...)
{
	va_list args;
	char *what = NULL;

	va_start(args, format);
	if (vasprintf(&what, format, args) < 0)
		what = NULL;
	va_end(args);
	free(r->error);
	if (asprintf(&r->error,
		     r->packets == 1 ? "%s: %s; %s packet before it was read"
				     : "%s: %s; %s packets before it were read",
		     r->path, what ? what : "damaged", grouped(r->packets)) < 0)
		r->error = NULL;
	free(what);
	r->exit_code = exit_code;
	r->next = failed;
	return -1;
}

int reader_cut(struct reader *r, const char *thing, uint64_t offset, uint64_t size)
{
	uint64_t left = source_offset(&r->source) + source_have(&r->source) - offset;

	if (r->source.error_code)
		return reader_fail(r, r->source.error_code, "%s", r->source.error);
	if (reader_stop && (r->source.follow || !r->source.regular))
		return reader_end(r);
	const int rc = reader_fail(r, 3,
				   "%s at offset %" PRIu64 " says %s bytes, the file has %s left",
				   thing, offset, grouped(size), grouped(left));
	if (!r->tail)
		return rc;
	r->exit_code = 0;
	r->next = r->record;
	return 0;
}

/* "12 34 56 ("4V")": what a file begins with that is no capture. */
static void first_bytes(const struct source *s, char *out, size_t size)
{
	size_t n = source_have(s) < 8 ? source_have(s) : 8;
	FILE *f = fmemopen(out, size, "w");

	if (!f)
		return;
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s%02x", i ? " " : "", s->at[i]);
	fputs(" (\"", f);
	for (size_t i = 0; i < n; i++)
		fputc(s->at[i] >= ' ' && s->at[i] < 0x7f ? s->at[i] : '.', f);
	fputs("\")", f);
	fclose(f);
}

/* Tells the format. False: *error says what it is not. */
static bool recognise(struct reader *r, char **error)
{
	struct source *s = &r->source;
	char bytes[64] = "";
	int n;

	if ((!s->placed && !source_unpack(s)) || (!source_want(s, 12) && s->error_code)) {
		reader_fail(r, s->error_code, "%s", s->error);
		return true;
	}
	if (pcap_is(s)) {
		pcap_start(r);
		return true;
	}
	if (pcapng_is(s)) {
		r->interfaces.format = FILE_PCAPNG;
		r->next = pcapng_next;
		return true;
	}
	first_bytes(s, bytes, sizeof bytes);
	if (source_have(s) == 0)
		n = asprintf(error, "%s: empty: there is no capture in it", r->path);
	else if (source_have(s) >= 4 && load32(s->at, false) == 0x184d2204)
		n = asprintf(error,
			     "%s: packed by lz4, which remora does not read: unpack it by lz4 -d",
			     r->path);
	else
		n = asprintf(
			error,
			"%s: no capture file: it begins with %s; remora reads pcap and pcapng, also"
			" packed by gzip or zstd",
			r->path, bytes);
	if (n < 0)
		*error = NULL;
	return false;
}

/* Takes over an open source. */
static struct reader *take_over(const struct source *source, const char *path, char **error)
{
	struct reader *r = calloc(1, sizeof *r);

	if (r)
		r->path = strdup(path);
	if (!r || !r->path) {
		struct source close = *source;

		*error = strdup("not enough memory");
		source_close(&close);
		free(r);
		return NULL;
	}
	r->source = *source;
	return r;
}

bool reader_begin(struct reader *r, char **error)
{
	const bool good = recognise(r, error);

	r->record = r->next;
	return good;
}

static struct reader *start(const struct source *source, const char *path, char **error)
{
	struct reader *r = take_over(source, path, error);

	if (!r || reader_begin(r, error))
		return r;
	reader_close(r);
	return NULL;
}

/* NULL: *error tells. */
static struct reader *open_path(const char *path, unsigned flags,
				struct reader *(*go_on)(const struct source *, const char *, char **),
				char **error)
{
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	struct source source;
	char *why = NULL;

	if (source_open(&source, path, flags & READER_FOLLOW, &why))
		return go_on(&source, name, error);
	if (asprintf(error, "%s: %s", name, why ? why : "cannot open") < 0)
		*error = NULL;
	free(why);
	return NULL;
}

struct reader *reader_open_unseen(const char *path, unsigned flags, char **error)
{
	return open_path(path, flags, take_over, error);
}

struct reader *reader_open(const char *path, unsigned flags, char **error)
{
	return open_path(path, flags, start, error);
}

struct reader *reader_open_memory(const void *data, size_t len, size_t window, char **error)
{
	struct source source;

	source_open_memory(&source, data, len, window);
	return start(&source, "memory", error);
}

struct reader *reader_open_fd(int fd, const char *name, char **error)
{
	struct source source;
	struct reader *r;

	if (!source_open_placed(&source, fd)) {
		if (asprintf(error, "%s: %s", name, source.error) < 0)
			*error = NULL;
		source_close(&source);
		return NULL;
	}
	r = start(&source, name, error);
	if (r && r->exit_code == 0) {
		r->tail = r->source.grows = true;
		r->source.ended = false;
	}
	return r;
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	interfaces_free(&r->interfaces);
	for (uint32_t i = 0; i < r->block_count; i++)
		free((void *)(uintptr_t)r->blocks[i].body);
	free(r->blocks);
	source_close(&r->source);
	free(r->path);
	free(r->error);
	free(r);
}

int reader_next(struct reader *r, struct packet *p)
{
	return r->next(r, p);
}

const char *reader_error(const struct reader *r)
{
	return r->exit_code ? r->error ? r->error : "not enough memory" : NULL;
}

int reader_exit_code(const struct reader *r)
{
	return r->exit_code;
}

const char *reader_pending(const struct reader *r)
{
	return r->exit_code ? NULL : r->error;
}

struct reader_place reader_place(const struct reader *r)
{
	return (struct reader_place){r->section, r->first_interface, r->big_endian};
}

uint64_t reader_offset(const struct reader *r, const struct packet *p)
{
	const uint8_t *start = p->raw ? p->raw : p->data - r->pcap.head;

	return r->source.base - (uint64_t)(r->source.end - start);
}

enum file_format reader_format(const struct reader *r)
{
	return r->interfaces.format;
}

uint64_t reader_bytes(const struct reader *r)
{
	return source_bytes(&r->source);
}

uint64_t reader_size(const struct reader *r)
{
	return r->source.size;
}

const char *reader_path(const struct reader *r)
{
	return r->path;
}

bool reader_reads(const struct reader *r, int fd)
{
	struct stat ours, theirs;

	return r->source.regular && fstat(r->source.fd, &ours) == 0 && fstat(fd, &theirs) == 0 &&
	       ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

const struct interfaces *reader_interfaces(const struct reader *r)
{
	return &r->interfaces;
}

const struct interface *reader_interface(const struct reader *r, uint32_t index)
{
	return interfaces_at(&r->interfaces, index);
}

struct interface *reader_add_interface(struct reader *r, uint16_t linktype, uint64_t offset,
				       const struct option_bytes *options)
{
	const struct interface_place place = {r->section, r->first_interface};
	struct interface *i = NULL;

	if (linktype == LINKTYPE_RECORD)
		reader_fail(r, 2,
			    "the link type at offset %" PRIu64 " is %u, which stands for none",
			    offset, linktype);
	else if (r->interfaces.count == INTERFACES_MAX)
		reader_fail(r, 3,
			    "the link type at offset %" PRIu64
			    " is of one interface more than the %s that remora reads",
			    offset, grouped(INTERFACES_MAX));
	else if ((i = interfaces_add(&r->interfaces, place, linktype, options)) == NULL)
		reader_fail(r, 2, "not enough memory for its interfaces");
	else
		i->link_offset = offset;
	return i;
}

void reader_on_block(struct reader *r, void (*fn)(void *context, const struct block *b),
		     void *context)
{
	r->on_block = fn;
	r->on_block_context = context;
}

const struct block *reader_block(const struct reader *r, uint32_t index)
{
	return index < r->block_count ? &r->blocks[index] : NULL;
}
