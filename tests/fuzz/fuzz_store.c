/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzzes the store and what is shown of it: a file that comes in two pieces has the rows that a reader
 * finds in the whole, in any order; every line of their trees can be looked at, taken away, found by
 * its bytes; what is saved can be read again.
 */
#include "store/colours.h"
#include "store/copy.h"
#include "store/find.h"
#include "store/save.h"

#include <glib.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ROWS_LOOKED_AT = 24, LINES_LOOKED_AT = 200, STEP_US = 1000000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Packets, and the error code, that a reader finds. */
static uint64_t count(const uint8_t *data, size_t size)
{
	char *error = NULL;
	struct reader *r = reader_open_memory(data, size, 0, &error);
	struct packet p;
	uint64_t n = 0;

	while (r != NULL && reader_next(r, &p) == 1)
		n++;
	if (r != NULL)
		reader_close(r);
	free(error);
	return n;
}

static void same_rows(const uint8_t *data, size_t size, struct store *s)
{
	char *error = NULL;
	struct reader *r = reader_open_memory(data, size, 0, &error);
	struct packet p, again;

	for (uint64_t row = 0; row < store_count(s); row++) {
		if (r == NULL || reader_next(r, &p) != 1 || store_packet(s, row, &again) != 1 ||
		    p.number != again.number || p.time_ns != again.time_ns ||
		    p.linktype != again.linktype || p.section != again.section ||
		    p.interface != again.interface || p.cap_len != again.cap_len ||
		    memcmp(p.data, again.data, p.cap_len) != 0)
			abort();
	}
	if (r != NULL)
		reader_close(r);
	free(error);
}

static void look_at_lines(struct detail *d)
{
	const unsigned n = detail_count(d);

	for (unsigned i = 0; i < n; i += 1 + n / LINES_LOOKED_AT) {
		struct detail_text t;

		detail_text(d, i, &t);
		for (unsigned form = 0; form < COPY_FORMS; form++)
			g_free(copy_line(d, i, (enum copy_form)form));
		if (detail_find_mark(d, detail_mark(d, i)) != i || detail_parent(d, i) > i)
			abort();
	}
}

/* Every byte leads to a line. */
static void find_bytes(struct detail *d)
{
	const uint32_t n = detail_source(d, 0).cap;

	for (uint32_t at = 0; at < n && at < LINES_LOOKED_AT; at += 1 + at / 8) {
		if (detail_find(d, 0, 8 * at, 8) == UINT_MAX && detail_count(d) > 1 && at == 0)
			abort();
		g_free(filter_of_bytes(d, at, 4));
	}
}

static void look(struct store *s)
{
	static struct frame *frame;
	struct detail *d = detail_new(s);
	struct cursor *c = cursor_new(s);
	struct columns *columns = columns_new();
	struct colours *colours = colours_new();

	if (frame == NULL)
		frame = frame_new();
	colours_usual(colours, false);
	for (uint64_t i = 0; i < store_count(s) && i < ROWS_LOOKED_AT; i++) {
		const uint64_t row = store_count(s) - 1 - i;

		if (detail_take(d, row, NULL) != 1)
			abort();
		find_bytes(d);
		detail_open_all(d, i % 2 == 0);
		look_at_lines(d);
		g_free(copy_packet(c, frame, row, NULL, columns, (enum copy_form)(i % COPY_FORMS)));
		if (cursor_take(c, row, frame, NULL, NULL) == 1)
			colours_match(colours, frame);
	}
	colours_free(colours);
	columns_free(columns);
	cursor_free(c);
	detail_free(d);
}

/* A table of what is shown has a line for each packet, and nothing that a terminal would obey. */
static void save_list(struct view *v, struct columns *columns)
{
	static struct frame *frame;
	const int fd = memfd_create("list", MFD_CLOEXEC);
	char *error = NULL;
	uint64_t lines = 0;

	if (frame == NULL)
		frame = frame_new();
	const struct save_what what = {SAVE_SHOWN, .columns = columns, .frame = frame};
	struct save *save = save_begin(v, &what, dup(fd), "list.tsv", &error);
	while (save_step(save, STEP_US) == 1)
		;
	const uint64_t packets = save_packets(save);
	if (save_end(save, &error) != 0)
		abort();
	const off_t size = lseek(fd, 0, SEEK_END);
	const uint8_t *text = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
	for (off_t i = 0; i < size; i++) {
		lines += text[i] == '\n';
		if (text[i] < ' ' && text[i] != '\n' && text[i] != '\t')
			abort();
	}
	if (lines != packets + 1)
		abort();
	munmap((void *)(uintptr_t)text, (size_t)size);
	close(fd);
}

static void find_and_save(struct store *s)
{
	const int fd = memfd_create("saved", MFD_CLOEXEC);
	struct view *v = view_new(s);
	struct columns *columns = columns_new();
	struct find *f = find_new(v, columns);
	char *error = NULL;

	view_filter(v, "frame.len > 20 && !tcp", &error);
	while (view_step(v, STEP_US) == 1)
		;
	view_go_to_time(v, 1000);
	for (unsigned in = 0; in < 3; in++) {
		const struct find_what what = {.in = (enum find_in)in, .around = true};

		if (!find_start(f, "a", &what, 0, &error))
			abort();
		while (find_step(f, STEP_US) == 1)
			;
	}
	find_free(f);
	save_list(v, columns);
	columns_free(columns);
	struct save *save = save_begin(v, &(struct save_what){.which = SAVE_ALL}, dup(fd), "saved",
				       &error);
	while (save_step(save, STEP_US) == 1)
		;
	const uint64_t packets = save_packets(save);
	const int rc = save_end(save, &error);
	free(error);
	view_free(v);
	const off_t size = lseek(fd, 0, SEEK_END);
	const uint8_t *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (rc == 0 && packets > 0 && count(bytes, (size_t)size) == 0)
		abort();
	munmap((void *)(uintptr_t)bytes, (size_t)size);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int fd = memfd_create("store", MFD_CLOEXEC);
	const size_t first = size / 2 > 40 ? size / 2 : size;
	char path[32], *error = NULL;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, first) != (ssize_t)first)
		abort();
	struct store *s = store_open(path, &error);
	if (s != NULL) {
		while (store_step(s, STEP_US) == 1)
			;
		const uint64_t before = store_count(s);
		if (write(fd, data + first, size - first) != (ssize_t)(size - first))
			abort();
		while (store_step(s, STEP_US) == 1)
			;
		if (store_count(s) < before ||
		    (store_error(s) != NULL) != (store_exit_code(s) != 0))
			abort();
		if (store_spooled(s) == 0)
			same_rows(data, size, s);
		if (store_spooled(s) == 0 && store_count(s) != count(data, size))
			abort();
		look(s);
		find_and_save(s);
	}
	store_close(s);
	free(error);
	close(fd);
	return 0;
}
