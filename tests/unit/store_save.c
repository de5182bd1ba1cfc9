/* SPDX-License-Identifier: BSD-3-Clause */
/* Saving: which packets, in which format, and what is kept of where they came from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/save.h"
#include "store_made.h"

#include <fcntl.h>
#include <glib.h>

static char folder[] = "/tmp/remora-save-XXXXXX", path[64], source[64];
static struct store *s;
static struct view *v;

static int begin(void **state)
{
	(void)state;
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/out.pcapng", folder);
	snprintf(source, sizeof source, "%s/in", folder);
	s = NULL;
	return 0;
}

static int end(void **state)
{
	(void)state;
	view_free(v);
	store_close(s);
	unlink(path);
	unlink(source);
	return rmdir(folder);
}

static void open_made(void)
{
	char *error = NULL;
	const int fd = open(source, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_int_equal(write(fd, made.at, made.len), made.len);
	close(fd);
	s = store_open(source, &error);
	if (s == NULL)
		fail_msg("%s", error);
	while (store_step(s, 1000000) == 1)
		;
	v = view_new(s);
	view_step(v, 0);
}

static void save(struct save_what what, uint64_t packets)
{
	char *error = NULL;
	struct save *save = save_begin(v, &what, -1, path, &error);
	int rc;

	if (save == NULL)
		fail_msg("%s", error);
	while ((rc = save_step(save, 0)) == 1)
		assert_in_range(save_progress(save), 0, 100);
	assert_int_equal(rc, 0);
	assert_int_equal(save_progress(save), 100);
	assert_int_equal(save_packets(save), packets);
	assert_int_equal(save_missed(save), 0);
	if (save_end(save, &error) != 0)
		fail_msg("%s", error);
}

static struct reader *saved(void)
{
	char *error = NULL;
	struct reader *r = reader_open(path, 0, &error);

	if (r == NULL)
		fail_msg("%s", error);
	return r;
}

static void expect(const uint64_t *rows, size_t n)
{
	struct reader *r = saved();
	struct packet p, original;

	for (size_t i = 0; i < n; i++) {
		assert_int_equal(reader_next(r, &p), 1);
		assert_int_equal(store_packet(s, rows[i], &original), 1);
		assert_int_equal(p.time_ns, original.time_ns);
		assert_int_equal(p.len, original.len);
		assert_int_equal(p.cap_len, original.cap_len);
		assert_memory_equal(p.data, original.data, p.cap_len);
	}
	assert_int_equal(reader_next(r, &p), 0);
	reader_close(r);
}

static void which(void **state)
{
	uint64_t all[1000];
	char *error = NULL;

	(void)state;
	make(1000);
	open_made();
	for (uint64_t i = 0; i < 1000; i++)
		all[i] = i;
	save((struct save_what){.which = SAVE_ALL}, 1000);
	expect(all, 1000);
	save((struct save_what){.which = SAVE_RANGE, .first = 5, .last = 7}, 3);
	expect((uint64_t[]){5, 6, 7}, 3);
	save((struct save_what){.which = SAVE_MARKED}, 0);
	expect(all, 0);
	view_toggle_mark(v, 900);
	view_toggle_mark(v, 3);
	save((struct save_what){.which = SAVE_MARKED}, 2);
	expect((uint64_t[]){3, 900}, 2);
	view_filter(v, "udp.srcport == 1003 && frame.number < 30", &error);
	while (view_step(v, 1000) == 1)
		;
	save((struct save_what){.which = SAVE_SHOWN}, 3);
	expect((uint64_t[]){3, 13, 23}, 3);
	save((struct save_what){.which = SAVE_RANGE, .first = 1, .last = 99}, 2);
	expect((uint64_t[]){13, 23}, 2);
	save((struct save_what){.which = SAVE_SHOWN, .format = WRITER_PCAP}, 3);
	struct reader *r = saved();
	assert_int_equal(reader_format(r), FILE_PCAP);
	reader_close(r);
}

static void two_sections(void)
{
	made.len = 0;
	for (unsigned big = 0; big < 2; big++) {
		const uint8_t tsresol = 9;

		section(&made, big);
		begin_interface(&made, 1, 96);
		put_text(&made, IF_NAME, "unused");
		end_block(&made);
		begin_interface(&made, 101, 0);
		put_text(&made, IF_NAME, big ? "second" : "first");
		put_option(&made, IF_TSRESOL, &tsresol, 1);
		end_block(&made);
		begin_block(&made, BLOCK_NAMES);
		put_bytes(&made,
			  big ? "\0\1\0\6\12\0\0\1a\0\0\0\0\0\0\0"
			      : "\1\0\6\0\12\0\0\1a\0\0\0\0\0\0\0",
			  16);
		end_block(&made);
		begin_packet(&made, 1, 1000000007 + big, 20, 40);
		put_text(&made, OPT_COMMENT, "what a packet");
		end_block(&made);
	}
}

static void what_is_known_of_them(void **state)
{
	const char *comment;
	size_t iter = 0, n;
	struct packet p;

	(void)state;
	two_sections();
	open_made();
	assert_int_equal(store_count(s), 2);
	save((struct save_what){.which = SAVE_ALL}, 2);
	expect((uint64_t[]){0, 1}, 2);
	struct reader *r = saved();
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(reader_next(r, &p), 1);
		assert_int_equal(p.ticks, 1000000007 + i);
		assert_int_equal(p.section, 1);
		assert_int_equal(p.interface, i);
		assert_string_equal(reader_interface(r, i)->name, i == 0 ? "first" : "second");
		iter = 0;
		assert_true(packet_next_comment(&p, &iter, &comment, &n));
		assert_memory_equal(comment, "what a packet", n);
	}
	assert_int_equal(reader_interfaces(r)->count, 2);
	assert_int_equal(reader_block(r, 1)->type, BLOCK_NAMES);
	reader_close(r);
}

static void what_cannot_be(void **state)
{
	const struct save_what all = {.which = SAVE_ALL};
	char *error = NULL;

	(void)state;
	two_sections();
	open_made();
	assert_null(save_begin(v, &all, -1, source, &error));
	assert_non_null(strstr(error, "it is being read"));
	free(error);
	assert_int_equal(store_packet(s, 1, &(struct packet){0}), 1);
	assert_null(save_begin(v, &all, -1, "/no/such/folder/x", &error));
	assert_non_null(strstr(error, "No such file"));
	free(error);
	struct save *full = save_begin(v, &all, open("/dev/full", O_WRONLY), "full", &error);
	assert_int_equal(save_step(full, 1000000), 0); /* it is in the buffer yet */
	assert_int_equal(save_end(full, &error), -1);
	assert_non_null(strstr(error, "No space left"));
	free(error);
}

static void ring_file(unsigned number, const struct interfaces *of)
{
	static uint8_t data[60];
	char *error = NULL;
	struct packet p;

	const int fd = memfd_create("ring", MFD_CLOEXEC);
	const struct store_file file = {"r.pcapng", dup(fd), fd, of};
	assert_int_equal(store_begin_file(s, &file, &error), 0);
	for (unsigned i = 0; i < 10; i++) {
		interfaces_blank(of, (number + i) % 2, &p);
		p.time_ns = 10 * number + i;
		p.data = data;
		p.cap_len = p.len = sizeof data;
		assert_int_equal(store_append(s, &p), 0);
	}
	while (store_step(s, 1000000) == 1)
		;
}

/* Rows of a file of the ring that was deleted are gone, from what is shown and what is saved. */
static void of_a_ring(void **state)
{
	struct interfaces of = {0};
	char *error = NULL;
	struct packet p;

	(void)state;
	interfaces_describe(&of,
			    &(struct live_interface){.name = "a", .linktype = 1, .nano = true});
	interfaces_describe(&of,
			    &(struct live_interface){.name = "b", .linktype = 1, .nano = true});
	s = store_live();
	v = view_new(s);
	view_filter(v, "frame.number % 2 == 0", &error);
	for (unsigned i = 0; i < 3; i++) {
		ring_file(i, &of);
		assert_int_equal(view_step(v, 1000000), 0);
	}
	assert_int_equal(view_count(v), 15);
	assert_int_equal(view_first(v), 0);
	struct save_what all = {.which = SAVE_SHOWN};
	struct save *save = save_begin(v, &all, -1, path, &error);
	store_drop_file(s);
	assert_int_equal(view_first(v), 5);
	assert_int_equal(view_since(v, 7).start, 10);
	assert_int_equal(save_step(save, 1000000), 0);
	assert_int_equal(save_missed(save), 5);
	assert_int_equal(save_packets(save), 10);
	assert_int_equal(save_end(save, &error), 0);
	struct reader *r = saved();
	for (unsigned i = 0; i < 10; i++) {
		assert_int_equal(reader_next(r, &p), 1);
		assert_int_equal(p.time_ns, 11 + 2 * i);
		assert_string_equal(reader_interface(r, p.interface)->name, i < 5 ? "a" : "b");
	}
	assert_int_equal(reader_interfaces(r)->count, 2);
	reader_close(r);
	/* searched again, what is gone is not found */
	view_again(v);
	assert_int_equal(view_step(v, 1000000), 0);
	assert_int_equal(view_count(v), 10);
	assert_int_equal(view_row(v, 0), 11);
	view_free(v);
	store_close(s);
	v = NULL;
	s = NULL;
	interfaces_free(&of);
}

static void link_types_that_pcap_cannot_mix(void **state)
{
	char *error = NULL;

	(void)state;
	made.len = 0;
	section(&made, false);
	interface(&made, 1, 0);
	interface(&made, 101, 0);
	enhanced_packet(&made, 0, 1, 60);
	enhanced_packet(&made, 1, 2, 60);
	open_made();
	struct save *save = save_begin(v, &(struct save_what){.format = WRITER_PCAP}, -1, path,
				       &error);
	assert_int_equal(save_step(save, 1000000), -1);
	assert_int_equal(save_end(save, &error), -1);
	assert_non_null(strstr(error, "pcap holds one"));
	free(error);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(which),
		TEST(what_is_known_of_them),
		TEST(what_cannot_be),
		TEST(link_types_that_pcap_cannot_mix),
		TEST(of_a_ring),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
