/* SPDX-License-Identifier: BSD-3-Clause */
/* From a pipe or a packed file into a temporary one, a window at a time. */
#include "store/spool.h"

#include "file/nameless.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct spool *spool_new(const struct source *source, int into, char **error)
{
	struct spool *s = g_new0(struct spool, 1);

	s->source = *source;
	s->fd = into >= 0 ? into : nameless_open();
	if (s->fd >= 0)
		return s;
	if (asprintf(error, "cannot make a temporary file for it: %s", strerror(errno)) < 0)
		*error = NULL;
	spool_free(s);
	return NULL;
}

void spool_free(struct spool *s)
{
	if (s == NULL)
		return;
	source_close(&s->source);
	if (s->fd >= 0)
		close(s->fd);
	free(s->error);
	g_free(s);
}

/* The end: of the stream, or because of what the format says. */
static bool end(struct spool *s, int exit_code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool end(struct spool *s, int exit_code, const char *format, ...)
{
	va_list args;

	s->done = true;
	s->exit_code = exit_code;
	va_start(args, format);
	if (exit_code != 0 && vasprintf(&s->error, format, args) < 0)
		s->error = NULL;
	va_end(args);
	return true;
}

static bool is_ready(const struct source *s)
{
	struct pollfd in = {.fd = s->fd, .events = POLLIN};

	return s->regular || poll(&in, 1, 0) != 0;
}

/* What is in the window goes to the file; what does not fit there is not shown either. */
static bool write_out(struct spool *s)
{
	while (source_have(&s->source) > 0) {
		const ssize_t n = pwrite(s->fd, s->source.at, source_have(&s->source),
					 (off_t)s->bytes);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return end(s, 2, "cannot write its copy after %llu bytes: %s",
				   (unsigned long long)s->bytes, strerror(errno));
		s->source.at += n;
		s->bytes += (uint64_t)n;
	}
	return true;
}

bool spool_step(struct spool *s)
{
	if (s->done || !is_ready(&s->source))
		return false;
	if (!s->told) {
		s->told = true;
		if (!source_unpack(&s->source))
			return end(s, s->source.error_code, "%s", s->source.error);
	}
	if (!source_want(&s->source, 1))
		return end(s, s->source.error_code, "%s",
			   s->source.error != NULL ? s->source.error : "");
	return write_out(s);
}

int spool_progress(const struct spool *s)
{
	if (s->done)
		return 100;
	if (s->source.size == 0)
		return -1;
	return (int)(100 * s->source.taken / s->source.size);
}
