/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a capture, one after the other. */
#include "live/record.h"

#include "file/claim.h"
#include "file/relay.h"
#include "guard/broker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FLUSH_US = 250000, SECOND_US = 1000000 };

struct record {
	struct record_options o;
	const struct live *live;
	struct writer *writer;
	uint64_t files;   /* that are full */
	struct limits_file file; /* this one */
	int64_t unwritten_us; /* since when something waits to be written; 0: nothing does */
	uint64_t kept;        /* files that are there */
	char *error;          /* of a file that could not be opened */
};

/* To a file by way of a process that only writes, to a pipe directly. */
static struct writer *open_single(struct record *r)
{
	const struct record_options *o = &r->o;
	const struct interfaces *of = live_interfaces(r->live);
	struct stat about;

	if (strcmp(o->path, "-") == 0)
		return writer_open_for(o->path, o->format, of, &r->error);
	int fd = open(o->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
		const int file = fd;

		fd = file_claim_empty(file) ? relay_start(file, o->sandbox) : -1;
		close(file);
	}
	return writer_open_fd(fd, o->path, o->format, of, &r->error);
}

/* Those before it are there until it is. */
static struct writer *open_next(struct record *r)
{
	struct broker_file f;

	if (!broker_next_file(r->o.ring, &f)) {
		r->error = g_strdup_printf("%s: %s", *f.name != '\0' ? f.name : r->o.path,
					   g_strerror(errno));
		return NULL;
	}
	if (r->o.file.files > 0 && ++r->kept > r->o.file.files) {
		broker_forget_file(r->o.ring);
		r->kept--;
	}
	return writer_open_fd(f.write, f.name, r->o.format, live_interfaces(r->live), &r->error);
}

static int open_file(struct record *r)
{
	free(r->error);
	r->error = NULL;
	r->file = limits_begin(&r->o.file);
	r->unwritten_us = r->file.began_us; /* the head */
	r->writer = r->o.ring != NULL ? open_next(r) : open_single(r);
	return r->writer == NULL ? -1 : 0;
}

struct record *record_open(const struct record_options *o, const struct live *live, char **error)
{
	struct record *r = g_new0(struct record, 1);

	r->o = *o;
	r->live = live;
	if (open_file(r) == 0)
		return r;
	*error = r->error;
	g_free(r);
	return NULL;
}

/* What the interfaces have counted stands at the end of each file. */
static void put_statistics(struct record *r)
{
	const struct interfaces *all = live_interfaces(r->live);

	for (uint32_t i = 0; i < all->count; i++) {
		const struct writer_statistics s = live_statistics(r->live, (int)i);

		writer_put_statistics(r->writer, i, &s);
	}
}

static int close_file(struct record *r, char **error)
{
	put_statistics(r);
	struct writer *w = r->writer;
	r->writer = NULL;
	r->files++;
	return writer_close(w, error);
}

static int next_file(struct record *r)
{
	if (close_file(r, &r->error) < 0)
		return -1;
	return open_file(r);
}

static bool is_over(const struct record *r)
{
	return r->o.ring != NULL && limits_left_us(&r->o.file, &r->file) == 0;
}

static bool is_full(const struct record *r)
{
	return r->o.ring != NULL && limits_are_full(&r->o.file, &r->file, writer_bytes(r->writer));
}

int record_put(struct record *r, const struct packet *p)
{
	if (r->writer == NULL || (is_full(r) && next_file(r) < 0))
		return -1;
	r->file.packets++;
	if (r->unwritten_us == 0)
		r->unwritten_us = g_get_monotonic_time();
	return writer_put(r->writer, p);
}

int record_tick(struct record *r)
{
	const int64_t now = g_get_monotonic_time();

	if (r->writer == NULL || (is_over(r) && next_file(r) < 0))
		return -1;
	if (r->unwritten_us == 0 || now - r->unwritten_us < FLUSH_US)
		return 0;
	r->unwritten_us = 0;
	return writer_flush(r->writer);
}

int record_patience(const struct record *r)
{
	int64_t us = r->o.ring != NULL ? limits_left_us(&r->o.file, &r->file) : INT64_MAX;

	if (r->unwritten_us != 0)
		us = MIN(us, r->unwritten_us + FLUSH_US - g_get_monotonic_time());
	if (us == INT64_MAX)
		return -1;
	return us <= 0 ? 0 : (int)(MIN(us, (int64_t)SECOND_US) / 1000 + 1);
}

const char *record_error(const struct record *r)
{
	return r->writer != NULL ? writer_error(r->writer) : r->error;
}

bool record_pipe_closed(const struct record *r)
{
	return r->writer != NULL && writer_pipe_closed(r->writer);
}

uint64_t record_files(const struct record *r)
{
	return r->files + (r->writer != NULL && is_full(r));
}

uint64_t record_bytes(const struct record *r)
{
	return r->writer != NULL ? writer_bytes(r->writer) : 0;
}

int record_close(struct record *r, char **error)
{
	int code = -1;

	if (r->writer != NULL) {
		code = close_file(r, error);
	} else {
		*error = r->error;
	}
	g_free(r);
	return code;
}
