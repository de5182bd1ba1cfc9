/* SPDX-License-Identifier: BSD-3-Clause */
/* The byte source: a window over a file, pipe or memory, which waits for files that grow. */
#include "file/reader.h"
#include "file/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

volatile sig_atomic_t reader_stop;

/* How long a followed file is left alone when nothing tells that it has grown. */
enum { FOLLOW_MS = 200 };

bool source_fail(struct source *s, int code, const char *format, ...)
{
	va_list args;

	if (s->error_code)
		return false;
	s->error_code = code;
	va_start(args, format);
	if (vasprintf(&s->error, format, args) < 0)
		s->error = NULL;
	va_end(args);
	return false;
}

/* A followed file has nothing more: waits until it may have. False: somebody asked us to stop. */
static bool await_growth(struct source *s)
{
	struct pollfd ready = {.fd = s->watch, .events = POLLIN};
	char events[1024];

	if (!reader_stop && poll(&ready, s->watch >= 0, FOLLOW_MS) > 0)
		while (read(s->watch, events, sizeof events) > 0)
			;
	return !reader_stop;
}

/* The end of a regular file, unless it lost bytes that it once had. */
static ptrdiff_t end_of_file(struct source *s)
{
	struct stat now;
	uint64_t had = s->placed ? s->place : s->follow ? s->taken : s->size;

	if (!s->regular || fstat(s->fd, &now) != 0 || (uint64_t)now.st_size >= had)
		return 0;
	source_fail(s, 3, "the file shrank while it was read: it had %llu bytes, now it has %llu",
		    (unsigned long long)had, (unsigned long long)now.st_size);
	return -1;
}

static ptrdiff_t read_memory(struct source *s, uint8_t *to, size_t n)
{
	if (n > s->memory_left)
		n = s->memory_left;
	if (n == 0)
		return 0;
	memcpy(to, s->memory, n);
	s->memory += n;
	s->memory_left -= n;
	s->taken += n;
	return (ptrdiff_t)n;
}

ptrdiff_t source_read_raw(struct source *s, uint8_t *to, size_t n)
{
	if (s->fd < 0)
		return read_memory(s, to, n);
	for (;;) {
		ssize_t got;

		if (reader_stop && (s->follow || !s->regular))
			return 0;
		got = s->placed ? pread(s->fd, to, n, (off_t)s->place) : read(s->fd, to, n);
		if (got > 0) {
			s->taken += (uint64_t)got;
			s->place += (uint64_t)got;
			return got;
		}
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			source_fail(s, 2, "cannot read on after %llu bytes: %s",
				    (unsigned long long)s->taken, strerror(errno));
			return -1;
		}
		if (end_of_file(s) < 0)
			return -1;
		if (!s->follow || !await_growth(s))
			return 0;
	}
}

/* Room for n bytes from s->at on, what is there already moved to its beginning. */
static bool make_room(struct source *s, size_t n)
{
	size_t have = source_have(s), size = s->window_size;
	uint8_t *window = s->window;

	if (n > size) {
		while (size < n)
			size *= 2;
		window = malloc(size);
		if (!window)
			return source_fail(s, 2, "not enough memory for a record of %zu bytes", n);
	}
	memmove(window, s->at, have);
	if (window != s->window)
		free(s->window);
	s->window = window;
	s->window_size = size;
	s->at = window;
	s->end = window + have;
	return true;
}

/* Who jumps to and fro reads little at a time, who stays reads more and more. */
static size_t take_gulp(struct source *s, size_t least, size_t room)
{
	size_t n = s->gulp > least ? s->gulp : least;

	s->gulp = 2 * n;
	return n < room ? n : room;
}

bool source_fill(struct source *s, size_t n)
{
	if (s->ended || s->error_code || !s->window)
		goto end;
	if (!make_room(s, n))
		return false;
	while (source_have(s) < n) {
		uint8_t *to = s->window + source_have(s);
		size_t room = s->window_size - source_have(s);
		ptrdiff_t got;

		if (s->placed)
			room = take_gulp(s, n - source_have(s), room);
		got = s->unpacker ? unpacker_read(s->unpacker, s, to, room)
				  : source_read_raw(s, to, room);
		if (got <= 0)
			goto end;
		s->end += got;
		s->base += (uint64_t)got;
	}
	return true;
end:
	s->ended = !s->grows;
	return false;
}

bool source_skip(struct source *s, uint64_t n)
{
	while (n > source_have(s)) {
		n -= source_have(s);
		s->at = s->end;
		if (!source_want(s, 1))
			return false;
	}
	s->at += n;
	return true;
}

static bool new_window(struct source *s, size_t size)
{
	s->window = malloc(size);
	s->window_size = size;
	s->at = s->end = s->window;
	s->base = 0;
	return s->window || source_fail(s, 2, "not enough memory");
}

bool source_unpack(struct source *s)
{
	enum packing how;
	uint8_t *packed;

	source_want(s, 4);
	if (s->error_code)
		return false;
	how = packing_of(s->at, source_have(s));
	if (how == PACKING_NONE)
		return true;
	packed = s->window;
	s->ended = false;
	s->unpacker = unpacker_new(how, s->at, source_have(s));
	if (!s->unpacker)
		return source_fail(s, 2, "not enough memory");
	if (!new_window(s, s->window ? s->window_size : SOURCE_WINDOW))
		return false;
	free(packed);
	return true;
}

static bool describe(char **error, const char *what, const char *why)
{
	if (asprintf(error, "%s: %s", what, why) < 0)
		*error = NULL;
	return false;
}

bool source_open_fd(struct source *s, int fd, char **error)
{
	struct stat about;

	*s = (struct source){.watch = -1, .fd = fd};
	if (s->fd < 0 || fstat(s->fd, &about) != 0) {
		describe(error, "cannot open", strerror(errno));
		source_close(s);
		return false;
	}
	if (S_ISDIR(about.st_mode)) {
		describe(error, "cannot read", "it is a directory; name a capture file in it");
		source_close(s);
		return false;
	}
	s->regular = S_ISREG(about.st_mode);
	if (s->regular)
		s->size = (uint64_t)about.st_size;
	if (new_window(s, SOURCE_WINDOW))
		return true;
	*error = s->error;
	s->error = NULL;
	source_close(s);
	return false;
}

bool source_open(struct source *s, const char *path, bool follow, char **error)
{
	const bool standard = strcmp(path, "-") == 0;
	const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (!source_open_fd(s, fd, error))
		return false;
	s->follow = follow && s->regular;
	if (s->follow && !standard) {
		s->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
		if (s->watch >= 0)
			inotify_add_watch(s->watch, path, IN_MODIFY | IN_ATTRIB);
	}
	return true;
}

bool source_open_placed(struct source *s, int fd)
{
	struct stat about;

	*s = (struct source){
		.fd = fd, .watch = -1, .regular = true, .placed = true, .gulp = SOURCE_GULP};
	if (fstat(fd, &about) != 0)
		return source_fail(s, 2, "cannot read: %s", strerror(errno));
	s->size = (uint64_t)about.st_size;
	return new_window(s, SOURCE_WINDOW);
}

void source_seek(struct source *s, uint64_t offset)
{
	const uint64_t first = s->base - (uint64_t)(s->end - s->window);

	s->ended = false;
	if (offset >= first && offset <= s->base) {
		s->at = s->window + (offset - first);
		return;
	}
	s->at = s->end = s->window;
	s->base = s->place = offset;
	s->gulp = SOURCE_GULP;
}

void source_open_memory(struct source *s, const void *data, size_t len, size_t window)
{
	*s = (struct source){.fd = -1, .watch = -1, .size = len};
	if (window == 0) {
		s->at = data;
		s->end = s->at + len;
		s->base = s->taken = len;
		return;
	}
	s->memory = data;
	s->memory_left = len;
	new_window(s, window);
}

void source_close(struct source *s)
{
	if (s->fd > STDIN_FILENO && !s->placed)
		close(s->fd);
	if (s->watch >= 0)
		close(s->watch);
	unpacker_free(s->unpacker);
	free(s->window);
	free(s->error);
	*s = (struct source){.fd = -1, .watch = -1};
}

uint64_t source_bytes(const struct source *s)
{
	return s->unpacker ? s->taken : source_offset(s);
}

bool source_left(const struct source *s, uint64_t *left)
{
	if (s->ended)
		*left = source_have(s);
	else if (s->unpacker || !s->size)
		return false;
	else
		*left = s->size > source_offset(s) ? s->size - source_offset(s) : source_have(s);
	return true;
}
