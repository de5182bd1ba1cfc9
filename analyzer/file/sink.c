/* SPDX-License-Identifier: BSD-3-Clause */
/* Writing whole records to a file or a pipe, plain, as gzip (RFC 1952) or as zstd (RFC 8878). */
#include "file/sink.h"

#include "file/claim.h"
#include "file/relay.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { PACKED_BUFFER = 64 * 1024 };

struct packer {
	ZSTD_CStream *zstd; /* NULL: gzip */
	z_stream gzip;
	uint8_t buffer[PACKED_BUFFER];
};

static bool sink_fail(struct sink *s, int error)
{
	if (!s->error)
		s->error = error;
	return false;
}

static bool ends_in(const char *path, const char *end)
{
	size_t len = strlen(path), n = strlen(end);

	return len > n && strcmp(path + len - n, end) == 0;
}

static bool new_packer(struct sink *s, bool zstd)
{
	struct packer *p = calloc(1, sizeof *p);

	if (!p)
		return sink_fail(s, ENOMEM);
	if (zstd)
		p->zstd = ZSTD_createCStream();
	/* 15 + 16: the largest window, and a gzip header */
	if (zstd ? !p->zstd
		 : deflateInit2(&p->gzip, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8,
				Z_DEFAULT_STRATEGY) != Z_OK) {
		free(p);
		return sink_fail(s, ENOMEM);
	}
	s->packer = p;
	return true;
}

bool sink_open(struct sink *s, const char *path)
{
	if (strcmp(path, "-") == 0)
		return sink_open_fd(s, STDOUT_FILENO, path);
	const int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	const bool ours = fd < 0 || file_claim(fd);

	return sink_open_fd(s, fd, path) && (ours || sink_fail(s, ETXTBSY));
}

bool sink_open_fd(struct sink *s, int fd, const char *path)
{
	s->error = 0;
	s->len = 0;
	s->taken = 0;
	s->packer = NULL;
	s->fd = fd;
	s->relayed = s->filled = s->torn = false;
	if (fd < 0)
		return sink_fail(s, errno);
	s->relayed = fd != STDOUT_FILENO && relay_is(fd);
	if (ends_in(path, ".gz"))
		return new_packer(s, false);
	return !ends_in(path, ".zst") || new_packer(s, true);
}

/* Nothing but what is written from now on is in the file. */
static bool empty_once(struct sink *s)
{
	if (s->filled || s->error)
		return !s->error;
	s->filled = true;
	/* EINVAL: it is a pipe or a terminal; standard output may be appended to. */
	if (s->fd == STDOUT_FILENO || ftruncate(s->fd, 0) == 0 || errno == EINVAL)
		return true;
	return sink_fail(s, errno);
}

/* Bytes that a record ends with (whole), or does not. */
static bool write_all(struct sink *s, const uint8_t *p, size_t n, bool whole)
{
	if (s->relayed) {
		const int error = relay_send(s->fd, p, n, whole);

		s->torn = !whole;
		return error == 0 || sink_fail(s, error);
	}
	while (n > 0) {
		ssize_t written = write(s->fd, p, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return sink_fail(s, errno);
		p += written;
		n -= (size_t)written;
	}
	return true;
}

/* One step of packing: what it made, whether it wants to be called again. */
static bool pack_gzip(struct packer *p, const uint8_t **from, size_t *n, bool end, size_t *made)
{
	z_stream *z = &p->gzip;
	int rc;

	z->next_in = (z_const Bytef *)*from;
	z->avail_in = *n > UINT32_MAX ? UINT32_MAX : (uInt)*n;
	*n -= z->avail_in;
	z->next_out = p->buffer;
	z->avail_out = sizeof p->buffer;
	rc = deflate(z, end ? Z_FINISH : Z_NO_FLUSH);
	*from = z->next_in;
	*n += z->avail_in;
	*made = sizeof p->buffer - z->avail_out;
	return end ? rc != Z_STREAM_END : *n > 0 || z->avail_out == 0;
}

static bool pack_zstd(struct packer *p, const uint8_t **from, size_t *n, bool end, size_t *made)
{
	ZSTD_inBuffer in = {*from, *n, 0};
	ZSTD_outBuffer out = {p->buffer, sizeof p->buffer, 0};
	size_t left = ZSTD_compressStream2(p->zstd, &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);

	if (in.pos > 0)
		*from += in.pos;
	*n -= in.pos;
	*made = out.pos;
	return !ZSTD_isError(left) && (end ? left > 0 : *n > 0);
}

enum emission { PART, WHOLE, END };

static bool emit(struct sink *s, const uint8_t *from, size_t n, enum emission what)
{
	bool more = true;

	if (s->error)
		return false;
	if (!s->packer)
		return write_all(s, from, n, what == WHOLE);
	while (more) {
		size_t made;

		more = s->packer->zstd ? pack_zstd(s->packer, &from, &n, what == END, &made)
				       : pack_gzip(s->packer, &from, &n, what == END, &made);
		if (!write_all(s, s->packer->buffer, made, true))
			return false;
	}
	return true;
}

static bool flush(struct sink *s, enum emission what)
{
	const size_t n = s->len;

	if (!empty_once(s))
		return false;
	if (n == 0 && !s->torn)
		return !s->error;
	s->len = 0;
	return emit(s, s->buffer, n, what);
}

bool sink_flush(struct sink *s)
{
	return flush(s, WHOLE);
}

bool sink_write(struct sink *s, const struct iovec *parts, int count)
{
	size_t n = 0;

	for (int i = 0; i < count; i++)
		n += parts[i].iov_len;
	s->taken += n;
	if (n > sizeof s->buffer - s->len && !sink_flush(s))
		return false;
	for (int i = 0; i < count; i++) {
		if (parts[i].iov_len == 0)
			continue;
		/* a record larger than the buffer goes the direct way, its beginning first */
		if (parts[i].iov_len > sizeof s->buffer - s->len) {
			if (!flush(s, PART) || !emit(s, parts[i].iov_base, parts[i].iov_len, PART))
				return false;
			continue;
		}
		memcpy(s->buffer + s->len, parts[i].iov_base, parts[i].iov_len);
		s->len += parts[i].iov_len;
	}
	return !s->error;
}

void sink_abandon(struct sink *s)
{
	if (s->packer) {
		if (!s->packer->zstd)
			deflateEnd(&s->packer->gzip);
		ZSTD_freeCStream(s->packer->zstd);
		free(s->packer);
		s->packer = NULL;
	}
	if (s->fd > STDOUT_FILENO && close(s->fd) != 0 && errno != EINTR)
		sink_fail(s, errno);
	s->fd = -1;
}

bool sink_close(struct sink *s)
{
	sink_flush(s);
	if (s->packer)
		emit(s, NULL, 0, END);
	if (s->relayed && !s->error) {
		const int error = relay_end(s->fd);

		if (error != 0)
			sink_fail(s, error);
	}
	sink_abandon(s);
	return !s->error;
}
