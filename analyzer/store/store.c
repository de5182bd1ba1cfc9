/* SPDX-License-Identifier: BSD-3-Clause */
/* The store: looks at a capture once, remembers where its packets stand. */
#include "store/store_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	BATCH = 256,       /* packets between two looks at the clock */
	MAGIC = 4,         /* bytes that tell packing */
	LEAST_FILE = 28,   /* a pcapng section head, more than a pcap file's */
	SETTLED_S = 2,     /* what was not written to for so long is not about to grow */
	FLUSH_US = 500000,
};

static struct part *new_part(struct store *s, int fd, const char *name)
{
	struct part *part = g_new0(struct part, 1);

	part->fd = fd;
	part->name = g_strdup(name);
	part->first = s->count;
	part->stretches = g_array_new(FALSE, FALSE, sizeof(struct stretch));
	g_ptr_array_add(s->parts, part);
	return part;
}

static void part_free(void *data)
{
	struct part *part = data;

	if (part->reader != NULL)
		reader_close(part->reader);
	if (part->spool != NULL)
		spool_free(part->spool); /* which has its descriptor */
	else if (part->fd >= 0)
		close(part->fd);
	offsets_free(&part->offsets);
	g_array_free(part->stretches, TRUE);
	g_free(part->name);
	g_free(part);
}

static struct part *newest(const struct store *s)
{
	return s->parts->len > 0 ? g_ptr_array_index(s->parts, s->parts->len - 1) : NULL;
}

static struct store *new_store(void)
{
	struct store *s = g_new0(struct store, 1);

	s->parts = g_ptr_array_new_with_free_func(part_free);
	s->cursors = g_ptr_array_new();
	s->last_ns = INT64_MIN;
	s->own = cursor_new(s);
	return s;
}

static bool is_plain(int fd)
{
	struct stat about;
	uint8_t magic[MAGIC];

	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
		return false;
	const ssize_t n = pread(fd, magic, sizeof(magic), 0);
	return n >= 0 && packing_of(magic, (size_t)n) == PACKING_NONE;
}

/* Takes over an open source, from which store_step() reads. NULL: all is well. */
static char *take_source(struct store *s, struct source *source, int unpacked, const char *name)
{
	char *why = NULL;

	if (is_plain(source->fd)) {
		const int fd = fcntl(source->fd, F_DUPFD_CLOEXEC, 3);

		source_close(source);
		new_part(s, fd, name);
		return NULL;
	}
	if (source->fd == STDIN_FILENO) /* which a terminal may take over */
		source->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	struct spool *spool = spool_new(source, unpacked, &why);
	if (spool == NULL)
		return why;
	new_part(s, spool->fd, name)->spool = spool;
	return NULL;
}

/* False: the file is none that can be read. */
static bool open_reader(struct part *part, char **error)
{
	part->reader = reader_open_fd(part->fd, part->name, error);
	return part->reader != NULL;
}

/* The store, or NULL if there is nothing in it. */
static struct store *opened(struct store *s, const char *name, char *why, char **error)
{
	if (s->parts->len > 0)
		return s;
	if (asprintf(error, "%s: %s", name, why != NULL ? why : "cannot open") < 0)
		*error = NULL;
	free(why);
	store_close(s);
	return NULL;
}

struct store *store_open(const char *path, char **error)
{
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	struct store *s = new_store();
	struct source source;
	char *why = NULL;

	if (source_open(&source, path, false, &why))
		why = take_source(s, &source, -1, name);
	return opened(s, name, why, error);
}

struct store *store_open_fd(int fd, int unpacked, const char *name, char **error)
{
	struct store *s = new_store();
	struct source source;
	char *why = NULL;

	if (source_open_fd(&source, fd, &why))
		why = take_source(s, &source, unpacked, name);
	return opened(s, name, why, error);
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	cursor_free(s->own);
	if (s->writer != NULL)
		writer_close(s->writer, NULL);
	g_ptr_array_free(s->cursors, TRUE);
	g_ptr_array_free(s->parts, TRUE);
	free(s->error);
	g_free(s);
}

static int fail(struct store *s, int exit_code, char *error)
{
	free(s->error);
	s->error = error;
	s->exit_code = exit_code;
	return -1;
}

static void add_row(struct store *s, struct part *part, const struct packet *p)
{
	const struct reader_place place = reader_place(part->reader);
	const unsigned n = part->stretches->len;

	if (n == 0 ||
	    g_array_index(part->stretches, struct stretch, n - 1).place.section != place.section) {
		const struct stretch stretch = {part->offsets.count, place};

		g_array_append_val(part->stretches, stretch);
	}
	offsets_add(&part->offsets, reader_offset(part->reader, p));
	s->count++;
	s->unsorted = s->unsorted || !p->has_time || p->time_ns < s->last_ns;
	s->last_ns = p->time_ns;
}

/* Up to BATCH packets: 1 there may be more, 0 this is all for now, -1 damaged. */
static int scan(struct store *s, struct part *part)
{
	struct packet p;

	for (unsigned i = 0; i < BATCH; i++) {
		const int rc = reader_next(part->reader, &p);

		if (rc <= 0)
			return rc;
		add_row(s, part, &p);
	}
	return 1;
}

/* Will nothing be added to the file? */
static bool is_settled(const struct store *s, const struct part *part)
{
	struct stat about;

	if (part->spool != NULL)
		return part->spool->done;
	return s->writer == NULL && fstat(part->fd, &about) == 0 &&
	       time(NULL) - about.st_mtim.tv_sec >= SETTLED_S;
}

/* There is nothing more in the file: the spool may know more. 1: it does. */
static int at_the_end(struct store *s, struct part *part)
{
	struct spool *spool = part->spool;
	char *error;

	if (spool != NULL && !spool->done)
		return spool_step(spool) ? 1 : 0;
	if (spool != NULL && spool->exit_code != 0) {
		if (asprintf(&error, "%s: %s; %" PRIu64 " packet%s before it %s read", part->name,
			     spool->error, s->count, s->count == 1 ? "" : "s",
			     s->count == 1 ? "was" : "were") < 0)
			error = NULL;
		return fail(s, spool->exit_code, error);
	}
	s->cut = part->reader != NULL && reader_pending(part->reader) != NULL &&
		 is_settled(s, part);
	return s->cut ? -1 : 0;
}

/* Has the file begun? 1: it has. */
static int begin(struct store *s, struct part *part)
{
	struct stat about;
	char *error = NULL;

	if (part->spool != NULL && !part->spool->done && part->spool->bytes < LEAST_FILE)
		return at_the_end(s, part);
	if (part->spool != NULL && part->spool->exit_code != 0 && part->spool->bytes == 0)
		return at_the_end(s, part);
	if (s->writer != NULL && (fstat(part->fd, &about) != 0 || about.st_size < LEAST_FILE))
		return 0;
	return open_reader(part, &error) ? 1 : fail(s, 2, error);
}

static int step(struct store *s)
{
	struct part *part = newest(s);

	if (s->exit_code != 0)
		return -1;
	if (part == NULL)
		return 0;
	int rc = part->reader == NULL ? begin(s, part) : 1;
	if (part->reader == NULL || rc != 1)
		return rc;
	s->cut = false;
	rc = scan(s, part);
	return rc == 0 ? at_the_end(s, part) : rc;
}

int store_step(struct store *s, int64_t budget_us)
{
	const int64_t until = g_get_monotonic_time() + budget_us;
	int rc;

	if (s->writer != NULL)
		store_flush(s);
	do {
		rc = step(s);
	} while (rc == 1 && g_get_monotonic_time() < until);
	return rc;
}

const char *store_error(const struct store *s)
{
	const struct part *part = newest(s);

	if (s->exit_code != 0)
		return s->error != NULL ? s->error : "not enough memory";
	if (part == NULL || part->reader == NULL)
		return NULL;
	return s->cut ? reader_pending(part->reader) : reader_error(part->reader);
}

int store_exit_code(const struct store *s)
{
	const struct part *part = newest(s);

	if (s->exit_code != 0 || part == NULL || part->reader == NULL)
		return s->exit_code;
	return s->cut ? 3 : reader_exit_code(part->reader);
}

uint64_t store_count(const struct store *s)
{
	return s->count;
}

uint64_t store_first(const struct store *s)
{
	return s->parts->len > 0 ? ((struct part *)g_ptr_array_index(s->parts, 0))->first
				 : s->count;
}

int store_progress(const struct store *s)
{
	const struct part *part = newest(s);
	struct stat about;

	if (part == NULL)
		return -1;
	if (part->spool != NULL && !part->spool->done)
		return spool_progress(part->spool);
	if (part->reader == NULL || fstat(part->fd, &about) != 0 || about.st_size == 0)
		return -1;
	const uint64_t size = (uint64_t)about.st_size, done = reader_bytes(part->reader);
	return done >= size ? 100 : (int)(100.0 * (double)done / (double)size);
}

uint64_t store_spooled(const struct store *s)
{
	const struct part *part = newest(s);

	return part != NULL && part->spool != NULL ? part->spool->bytes : 0;
}

const char *store_name(const struct store *s)
{
	const struct part *part = newest(s);

	return part != NULL ? part->name : "";
}

bool store_sorted(const struct store *s)
{
	return !s->unsorted;
}

bool store_reads(const struct store *s, int fd)
{
	struct stat ours, theirs;

	if (fstat(fd, &theirs) != 0)
		return false;
	for (guint i = 0; i < s->parts->len; i++) {
		const struct part *part = g_ptr_array_index(s->parts, i);

		if (fstat(part->fd, &ours) == 0 && ours.st_dev == theirs.st_dev &&
		    ours.st_ino == theirs.st_ino)
			return true;
	}
	return false;
}

const struct reader *store_reader(const struct store *s)
{
	const struct part *part = newest(s);

	return part != NULL ? part->reader : NULL;
}

struct part *store_part(const struct store *s, uint64_t row)
{
	guint low = 0, high = s->parts->len;

	if (row >= s->count || high == 0 || row < store_first(s))
		return NULL;
	while (high - low > 1) {
		const guint middle = low + (high - low) / 2;
		const struct part *part = g_ptr_array_index(s->parts, middle);

		if (part->first <= row)
			low = middle;
		else
			high = middle;
	}
	return g_ptr_array_index(s->parts, low);
}

const struct reader_place *part_place(const struct part *part, uint64_t row)
{
	const struct stretch *stretch = (const struct stretch *)part->stretches->data;
	guint low = 0, high = part->stretches->len;

	while (high - low > 1) {
		const guint middle = low + (high - low) / 2;

		if (stretch[middle].row <= row - part->first)
			low = middle;
		else
			high = middle;
	}
	return &stretch[low].place;
}

int store_packet(struct store *s, uint64_t row, struct packet *p)
{
	return cursor_packet(s->own, row, p);
}

const char *store_packet_error(const struct store *s)
{
	return cursor_error(s->own);
}

const struct interfaces *store_interfaces(const struct store *s)
{
	return cursor_interfaces(s->own);
}

struct store *store_live(void)
{
	return new_store();
}

int store_flush(struct store *s)
{
	s->flushed_us = g_get_monotonic_time();
	if (s->writer == NULL || writer_flush(s->writer) == 0)
		return 0;
	return fail(s, 2, strdup(writer_error(s->writer)));
}

int store_end_file(struct store *s)
{
	char *error = NULL;
	int rc = 0;

	if (s->writer == NULL)
		return 0;
	if (writer_close(s->writer, &error) < 0)
		rc = fail(s, 2, error);
	s->writer = NULL;
	while (rc == 0 && step(s) > 0)
		;
	return rc;
}

/* A packed file could not be read while it is written. */
static char *check_name(const char *name)
{
	char *error = NULL;

	if (!g_str_has_suffix(name, ".gz") && !g_str_has_suffix(name, ".zst"))
		return NULL;
	if (asprintf(&error, "%s: a capture that is looked at cannot be packed yet: name it .pcapng",
		     name) < 0)
		return strdup("not enough memory");
	return error;
}

/* The descriptor of the file is the store's now, whatever comes of it. */
static char *begin_file(struct store *s, const struct store_file *f)
{
	char *error = check_name(f->name);

	if (error == NULL && store_end_file(s) < 0)
		error = strdup(s->error != NULL ? s->error : "not enough memory");
	if (error != NULL) {
		close(f->write);
		return error;
	}
	s->writer = writer_open_fd(f->write, f->name, WRITER_PCAPNG, f->of, &error);
	return error;
}

int store_begin_file(struct store *s, const struct store_file *f, char **error)
{
	*error = begin_file(s, f);
	if (*error != NULL) {
		close(f->read);
		return -1;
	}
	new_part(s, f->read, f->name);
	return 0;
}

int store_append(struct store *s, const struct packet *p)
{
	if (s->exit_code != 0 || s->writer == NULL)
		return -1;
	if (writer_put(s->writer, p) < 0)
		return fail(s, 2, strdup(writer_error(s->writer)));
	return g_get_monotonic_time() - s->flushed_us > FLUSH_US ? store_flush(s) : 0;
}

int store_put_statistics(struct store *s, uint32_t interface, const struct writer_statistics *is)
{
	if (s->exit_code != 0 || s->writer == NULL)
		return -1;
	if (writer_put_statistics(s->writer, interface, is) < 0)
		return fail(s, 2, strdup(writer_error(s->writer)));
	return 0;
}

uint64_t store_file_bytes(const struct store *s)
{
	return s->writer != NULL ? writer_bytes(s->writer) : 0;
}

unsigned store_files(const struct store *s)
{
	return s->parts->len;
}

void store_drop_file(struct store *s)
{
	if (s->parts->len < 2)
		return;
	for (guint i = 0; i < s->cursors->len; i++)
		cursor_forget(g_ptr_array_index(s->cursors, i), g_ptr_array_index(s->parts, 0));
	g_ptr_array_remove_index(s->parts, 0);
}
