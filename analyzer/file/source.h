/* SPDX-License-Identifier: BSD-3-Clause */
/* A stream of bytes seen through a window: a file, a pipe, memory, packed or not. */
#ifndef FILE_SOURCE_H
#define FILE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct unpacker;

/*
 * The bytes between at and end may be looked at in place; taking them is moving at. They stay where
 * they are until source_want() or source_skip() is called again. The window starts at 256 KiB and
 * grows only for a caller who wants more at once, so memory does not depend on the length of the
 * stream. Nothing is ever mapped: pipes are as good as files, and a file cut short while it is read
 * is an end, not a signal.
 */
struct source {
	const uint8_t *at, *end;
	uint8_t *window;          /* NULL: the window is the caller's memory itself */
	size_t window_size;
	uint64_t base;            /* offset of end in the unpacked stream */

	int fd;                   /* -1: memory */
	const uint8_t *memory;
	size_t memory_left;
	bool regular, follow;
	bool placed;              /* a regular file, read from `place` on, wherever its own offset is */
	bool grows;               /* at its end more may come: the next want looks again */
	uint64_t place;
	size_t gulp;              /* placed: the next read takes no more than this */
	int watch;                /* inotify descriptor of a followed file, or -1 */
	uint64_t taken;           /* bytes read from the file itself */
	uint64_t size;            /* of the file when opened, 0: unknown */

	struct unpacker *unpacker;
	bool ended;
	int error_code;           /* 0, or the exit code that goes with error */
	char *error;              /* what went wrong, without the file's name; owned */
};

enum { SOURCE_WINDOW = 256 * 1024, SOURCE_GULP = 16 * 1024 };

/* Opens a path, "-" being standard input. False: *error is a malloc'd sentence without the path. */
bool source_open(struct source *s, const char *path, bool follow, char **error);
/* The same of a file that is open, and the source's from now on. */
bool source_open_fd(struct source *s, int fd, char **error);
/*
 * Reads memory, which stays the caller's; window 0 looks at it in place, else it is streamed
 * through that many bytes.
 */
void source_open_memory(struct source *s, const void *data, size_t len, size_t window);
/*
 * Reads a regular file that is open, through an offset of its own; the descriptor stays the
 * caller's, and may be shared.
 */
bool source_open_placed(struct source *s, int fd);
/* A placed source goes to an offset; what is in the window already is not read again. */
void source_seek(struct source *s, uint64_t offset);
/* Looks whether the stream is packed, and unpacks it from here on. False: see error. */
bool source_unpack(struct source *s);
void source_close(struct source *s);

bool source_fill(struct source *s, size_t n);
bool source_skip(struct source *s, uint64_t n);

static inline size_t source_have(const struct source *s)
{
	return (size_t)(s->end - s->at);
}

/*
 * Makes n bytes visible at s->at. False: the stream ends before that (s->ended) or failed
 * (s->error).
 */
static inline bool source_want(struct source *s, size_t n)
{
	return __builtin_expect(source_have(s) >= n, 1) || source_fill(s, n);
}

/* Where s->at stands in the unpacked stream. */
static inline uint64_t source_offset(const struct source *s)
{
	return s->base - source_have(s);
}

/*
 * How many bytes of the file are behind us, for a progress display; packed bytes if it is packed.
 */
uint64_t source_bytes(const struct source *s);
/* How many bytes follow s->at, when that can be known: false for pipes and packed files. */
bool source_left(const struct source *s, uint64_t *left);

/* For the unpacker: bytes of the file itself. > 0 that many, 0 the end, -1 failed. */
ptrdiff_t source_read_raw(struct source *s, uint8_t *to, size_t n);
/* Keeps the first failure; the format is printf's. Returns false. */
bool source_fail(struct source *s, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* unpack.c: gzip (RFC 1952) and zstd (RFC 8878), members and frames one after the other. */
enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD };
/* By the first bytes of a stream, of which four tell. */
enum packing packing_of(const uint8_t *first, size_t len);
struct unpacker *unpacker_new(enum packing how, const uint8_t *first, size_t len);
ptrdiff_t unpacker_read(struct unpacker *u, struct source *s, uint8_t *to, size_t n);
void unpacker_free(struct unpacker *u);

#endif
