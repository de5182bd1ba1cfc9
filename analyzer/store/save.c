/* SPDX-License-Identifier: BSD-3-Clause */
/* From a view into a file, packet by packet. */
#include "store/save.h"

#include "store/save_list.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 64 };

struct save {
	struct view *view;
	struct cursor *cursor;
	struct save_what what;
	struct writer *writer;
	struct list_file *list;       /* in its place */
	struct interfaces interfaces; /* of all packets, which may be of several files */
	GHashTable *known;            /* from theirs to ours, while … */
	uint64_t known_first;         /* … this is the first row: theirs go with their file */
	uint64_t next, end;           /* rows, or positions of the view */
	uint64_t first;
	uint64_t packets, missed;
	bool failed;
};

/* A file that is looked at is never written to. Takes over fd, or opens the path. */
static int open_file(const struct store *store, const char *path, int fd, char **error)
{
	int rc = 0;

	if (fd < 0)
		fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		rc = asprintf(error, "%s: cannot write: %s", path, strerror(errno));
	else if (store_reads(store, fd))
		rc = asprintf(error,
			      "%s: it is being read, and would be lost: write to another file",
			      path);
	else
		return fd;
	if (rc < 0)
		*error = NULL;
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool by_position(const struct save *s)
{
	return s->what.which == SAVE_SHOWN || s->what.which == SAVE_RANGE;
}

static void find_range(struct save *s)
{
	const struct store *store = view_store(s->view);

	s->next = by_position(s) ? view_first(s->view) : store_first(store);
	s->end = by_position(s) ? view_count(s->view) : store_count(store);
	if (s->what.which == SAVE_RANGE) {
		s->next = MAX(s->next, s->what.first);
		s->end = MIN(s->end, s->what.last + 1);
	}
	s->first = s->next;
}

/* What goes with all packets: names of addresses, secrets of connections. */
static void write_blocks(struct save *s, const struct reader *r)
{
	const struct block *b;

	for (uint32_t i = 0; r != NULL && (b = reader_block(r, i)) != NULL; i++) {
		if (b->type == BLOCK_NAMES || b->type == BLOCK_SECRETS)
			writer_block(s->writer, b);
	}
}

static struct save *new_save(struct view *v, const struct save_what *what)
{
	struct save *s = g_new0(struct save, 1);

	s->view = v;
	s->what = *what;
	s->known = g_hash_table_new(g_direct_hash, g_direct_equal);
	s->cursor = cursor_new(view_store(v));
	find_range(s);
	return s;
}

static void free_save(struct save *s)
{
	cursor_free(s->cursor);
	g_hash_table_destroy(s->known);
	interfaces_free(&s->interfaces);
	g_free(s);
}

struct save *save_begin(struct view *v, const struct save_what *what, int fd, const char *path,
			char **error)
{
	const struct reader *r = store_reader(view_store(v));
	const bool plain = r != NULL && reader_format(r) == FILE_PCAP;

	fd = open_file(view_store(v), path, fd, error);
	if (fd < 0)
		return NULL;
	struct save *s = new_save(v, what);
	if (what->columns != NULL && list_file_is(path)) {
		s->list = list_file_begin(fd, path, what->columns);
		return s;
	}
	s->writer = writer_open_fd(fd, path, what->format,
				   plain ? reader_interfaces(r) : &s->interfaces, error);
	if (s->writer == NULL) {
		free_save(s);
		return NULL;
	}
	write_blocks(s, r);
	return s;
}

/* The packet as one of an interface of ours. False: there are too many. */
static bool translate(struct save *s, struct packet *p)
{
	const struct interface *from = interfaces_at(cursor_interfaces(s->cursor), p->interface);

	if (!p->has_interface || from == NULL)
		return true;
	if (store_first(view_store(s->view)) != s->known_first) {
		g_hash_table_remove_all(s->known);
		s->known_first = store_first(view_store(s->view));
	}
	const struct interface *to = g_hash_table_lookup(s->known, from);
	if (to == NULL)
		to = interfaces_copy(&s->interfaces, from);
	if (to == NULL)
		return false;
	g_hash_table_insert(s->known, (void *)(uintptr_t)from, (void *)(uintptr_t)to);
	p->interface = to->index;
	p->interface_id = to->index;
	p->raw = NULL;
	return true;
}

static void put(struct save *s, uint64_t row)
{
	struct packet p;

	if (cursor_packet(s->cursor, row, &p) != 1)
		s->missed++;
	else if (!translate(s, &p) || writer_put(s->writer, &p) < 0)
		s->failed = true;
	else if (p.block != BLOCK_CUSTOM_LOCAL) /* which says that it is not to be copied */
		s->packets++;
}

/* Times count as they do in the list: from a reference, and from the row before that is shown. */
static void put_row(struct save *s, uint64_t row)
{
	const struct since since = view_since(s->view, view_position(s->view, row));

	if (cursor_take(s->cursor, row, s->what.frame, NULL, &since) != 1)
		s->missed++;
	else if (!list_file_put(s->list, s->what.frame))
		s->failed = true;
	else
		s->packets++;
}

static void put_next(struct save *s)
{
	const uint64_t row = by_position(s) ? view_row(s->view, s->next) : s->next;

	s->next++;
	if (s->what.which == SAVE_MARKED && !view_is_marked(s->view, row))
		return;
	if (s->list != NULL)
		put_row(s, row);
	else
		put(s, row);
}

int save_step(struct save *s, int64_t budget_us)
{
	const int64_t until = g_get_monotonic_time() + budget_us;

	while (s->next < s->end && !s->failed) {
		for (unsigned i = 0; i < BATCH && s->next < s->end && !s->failed; i++)
			put_next(s);
		if (g_get_monotonic_time() >= until)
			break;
	}
	return s->failed ? -1 : s->next < s->end;
}

unsigned save_progress(const struct save *s)
{
	return s->end <= s->first ? 100
				  : (unsigned)(100 * (s->next - s->first) / (s->end - s->first));
}

uint64_t save_packets(const struct save *s)
{
	return s->packets;
}

uint64_t save_missed(const struct save *s)
{
	return s->missed;
}

bool save_is_list(const struct save *s)
{
	return s->list != NULL;
}

static int end_list(struct save *s, char **error)
{
	const int why = list_file_end(s->list);

	free_save(s);
	if (why != 0 && asprintf(error, "the list cannot be written: %s", strerror(why)) < 0)
		*error = NULL;
	return why == 0 ? 0 : -1;
}

int save_end(struct save *s, char **error)
{
	if (s->list != NULL)
		return end_list(s, error);
	int rc = writer_close(s->writer, error);

	if (rc == 0 && s->failed) {
		*error = strdup("there are more interfaces than a capture can have");
		rc = -1;
	}
	free_save(s);
	return rc;
}
