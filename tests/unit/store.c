/* SPDX-License-Identifier: BSD-3-Clause */
/* The store: every row in any order, files that grow, end early, shrink; pipes; live captures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture_bytes.h"
#include "store/cursor.h"
#include "store/offsets.h"
#include "store/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { ETHERNET = 1, RAW = 101, LONG = 1000000 };

static struct bytes b;
static char path[] = "/tmp/remora-store-XXXXXX";
static int file;

static int make_file(void **state)
{
	(void)state;
	strcpy(path + strlen(path) - 6, "XXXXXX");
	file = mkstemp(path);
	b.len = 0;
	b.big = false;
	return file < 0;
}

static int remove_file(void **state)
{
	(void)state;
	close(file);
	return unlink(path);
}

static void save(size_t from, size_t to)
{
	assert_int_equal(pwrite(file, b.at + from, to - from, (off_t)from), to - from);
}

/* The file looks as if nobody had written to it for long. */
static void settle(void)
{
	const struct timespec then[2] = {{1000, 0}, {1000, 0}};

	assert_int_equal(futimens(file, then), 0);
}

static struct store *open_store(void)
{
	char *error = NULL;
	struct store *s = store_open(path, &error);

	if (s == NULL)
		fail_msg("%s", error);
	return s;
}

static void all_steps(struct store *s, int expected)
{
	int rc;

	while ((rc = store_step(s, LONG)) == 1)
		;
	if (rc != expected)
		fail_msg("%d: %s", rc, store_error(s) ? store_error(s) : "no error");
}

static void two_sections(void)
{
	section(&b, false);
	interface(&b, ETHERNET, 0);
	interface(&b, RAW, 0);
	for (uint32_t i = 0; i < 400; i++)
		enhanced_packet(&b, i % 2, 1000 + i, 20 + i % 60);
	section(&b, true);
	interface(&b, RAW, 4);
	for (uint32_t i = 0; i < 300; i++)
		if (i % 3 == 0)
			simple_packet(&b, 90, 4);
		else
			enhanced_packet(&b, 0, 5000 + i, 60);
	begin_block(&b, BLOCK_CUSTOM);
	put32(&b, 77);
	put_data(&b, 8, 1, 0);
	end_block(&b);
}

static void same_packet(const struct packet *x, const struct packet *y)
{
	assert_int_equal(x->number, y->number);
	assert_int_equal(x->time_ns, y->time_ns);
	assert_int_equal(x->linktype, y->linktype);
	assert_int_equal(x->interface, y->interface);
	assert_int_equal(x->section, y->section);
	assert_int_equal(x->block, y->block);
	assert_int_equal(x->len, y->len);
	assert_int_equal(x->cap_len, y->cap_len);
	assert_memory_equal(x->data, y->data, x->cap_len);
	assert_int_equal(x->raw_len, y->raw_len);
}

/* What a row is in any order is what the reader says in its own. */
static void compare(struct store *s, uint64_t rows)
{
	char *error = NULL;
	struct reader *r = reader_open_memory(b.at, b.len, 0, &error);
	struct packet *packets = calloc(rows, sizeof *packets), p;

	for (uint64_t i = 0; i < rows; i++)
		assert_int_equal(reader_next(r, &packets[i]), 1);
	for (uint64_t step = 1; step < 8; step += 2) {
		for (uint64_t i = 0; i < rows; i++) {
			const uint64_t row = rows - 1 - i * step * 31 % rows;

			if (store_packet(s, row, &p) != 1)
				fail_msg("%s", store_packet_error(s));
			same_packet(&p, &packets[row]);
		}
	}
	assert_int_equal(store_packet(s, rows, &p), 0);
	free(packets);
	reader_close(r);
}

static void any_order(void **state)
{
	(void)state;
	two_sections();
	save(0, b.len);
	struct store *s = open_store();
	all_steps(s, 0);
	assert_int_equal(store_count(s), 701);
	assert_int_equal(store_progress(s), 100);
	assert_int_equal(store_spooled(s), 0);
	compare(s, 701);
	store_close(s);
}

static void pcap_too(void **state)
{
	(void)state;
	pcap_head(&b, 0xa1b23c4d, 4, ETHERNET);
	for (uint32_t i = 0; i < 9000; i++)
		pcap_record(&b, 50 + i, i, 14 + i % 40, 100);
	save(0, b.len);
	struct store *s = open_store();
	assert_int_equal(store_step(s, 0), 1);
	assert_in_range(store_count(s), 1, 8999);
	assert_in_range(store_progress(s), 0, 99);
	all_steps(s, 0);
	assert_int_equal(store_count(s), 9000);
	assert_true(store_sorted(s));
	compare(s, 9000);
	store_close(s);
}

static void packed(const void *data, size_t len)
{
	assert_int_equal(pwrite(file, data, len, 0), len);
	struct store *s = open_store();
	all_steps(s, 0);
	assert_int_equal(store_count(s), 701);
	assert_int_equal(store_spooled(s), b.len);
	compare(s, 701);
	store_close(s);
}

static void packed_by_zstd(void **state)
{
	static uint8_t to[1 << 20];

	(void)state;
	two_sections();
	packed(to, ZSTD_compress(to, sizeof to, b.at, b.len, 1));
}

static void packed_by_gzip(void **state)
{
	static uint8_t to[1 << 20];
	uLongf len = 0;
	z_stream z = {.next_in = b.at, .next_out = to, .avail_out = sizeof to};

	(void)state;
	two_sections();
	z.avail_in = (uInt)b.len;
	deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	len = z.total_out;
	deflateEnd(&z);
	packed(to, len);
	/* cut: what came before stays */
	assert_int_equal(ftruncate(file, (off_t)len / 2), 0);
	struct store *s = open_store();
	all_steps(s, -1);
	assert_in_range(store_count(s), 1, 700);
	assert_non_null(strstr(store_error(s), "cut short"));
	assert_non_null(strstr(store_error(s), "packets before it"));
	assert_int_equal(store_exit_code(s), 3);
	store_close(s);
}

static void from_a_pipe(void **state)
{
	const int saved = dup(STDIN_FILENO);
	char *error = NULL;
	int ends[2];

	(void)state;
	two_sections();
	assert_int_equal(pipe(ends), 0);
	dup2(ends[0], STDIN_FILENO);
	struct store *s = store_open("-", &error);
	dup2(saved, STDIN_FILENO);
	close(saved);
	assert_non_null(s);
	assert_int_equal(store_step(s, LONG), 0); /* nothing has come, nobody waits */
	for (size_t at = 0; at < b.len; at += 3000) {
		const size_t n = b.len - at < 3000 ? b.len - at : 3000;

		assert_int_equal(write(ends[1], b.at + at, n), n);
		assert_int_equal(store_step(s, LONG), 0);
		assert_int_equal(store_progress(s), -1);
		assert_null(store_error(s));
	}
	assert_int_equal(store_count(s), 701);
	close(ends[1]);
	all_steps(s, 0);
	assert_string_equal(store_name(s), "standard input");
	compare(s, 701);
	store_close(s);
	close(ends[0]);
}

static void no_capture(void **state)
{
	char *error = NULL;

	(void)state;
	assert_int_equal(write(file, "this is none at all", 19), 19);
	struct store *s = store_open(path, &error);
	assert_int_equal(store_step(s, 0), -1);
	assert_int_equal(store_exit_code(s), 2);
	assert_non_null(strstr(store_error(s), "no capture file"));
	store_close(s);
	assert_null(store_open("/no/such/file", &error));
	assert_non_null(strstr(error, "No such file"));
	free(error);
}

static void growing(void **state)
{
	struct packet p;

	(void)state;
	section(&b, false);
	interface(&b, ETHERNET, 0);
	enhanced_packet(&b, 0, 1, 60);
	save(0, b.len);
	struct store *s = open_store();
	all_steps(s, 0);
	assert_int_equal(store_count(s), 1);
	for (unsigned i = 0; i < 20; i++) {
		const size_t before = b.len, part = 4 + 3 * i;

		enhanced_packet(&b, 0, 2 + i, 60 + i);
		save(before, before + part);
		all_steps(s, 0);
		assert_null(store_error(s));
		assert_int_equal(store_count(s), 1 + i);
		assert_int_equal(store_packet(s, i, &p), 1);
		save(before + part, b.len);
		all_steps(s, 0);
		assert_int_equal(store_count(s), 2 + i);
	}
	compare(s, 21);
	store_close(s);
}

/* A file that ends in a record and has done so for long is damaged; if it goes on, so do we. */
static void cut_and_continued(void **state)
{
	(void)state;
	two_sections();
	save(0, b.len / 2);
	settle();
	struct store *s = open_store();
	all_steps(s, -1);
	assert_non_null(strstr(store_error(s), "the file has"));
	assert_int_equal(store_exit_code(s), 3);
	const uint64_t count = store_count(s);
	assert_in_range(count, 100, 600);
	compare(s, count);
	save(b.len / 2, b.len);
	all_steps(s, 0);
	assert_null(store_error(s));
	assert_int_equal(store_count(s), 701);
	compare(s, 701);
	store_close(s);
}

static void shrinking(void **state)
{
	struct packet p;

	(void)state;
	two_sections();
	save(0, b.len);
	struct store *s = open_store();
	all_steps(s, 0);
	assert_int_equal(store_packet(s, 0, &p), 1);
	struct cursor *c = cursor_new(s);
	assert_int_equal(ftruncate(file, 500), 0);
	assert_int_equal(cursor_packet(c, 700, &p), -1);
	assert_non_null(cursor_error(c));
	assert_int_equal(cursor_packet(c, 1, &p), 1);
	all_steps(s, -1);
	assert_non_null(strstr(store_error(s), "shrank"));
	/* and what stands there now may be anything */
	memset(b.at, 0x0a, b.len);
	save(0, b.len);
	assert_int_equal(cursor_packet(c, 650, &p), -1);
	cursor_free(c);
	store_close(s);
}

static void damaged(void **state)
{
	(void)state;
	two_sections();
	const size_t good = b.len;
	put_data(&b, 40, 0xee, 0);
	save(0, b.len);
	struct store *s = open_store();
	all_steps(s, -1);
	assert_int_equal(store_count(s), 701);
	assert_int_equal(store_exit_code(s), 3);
	all_steps(s, -1);
	b.len = good;
	compare(s, 701);
	store_close(s);
}

static void times(void **state)
{
	struct frame *f = frame_new();

	(void)state;
	pcap_head(&b, 0xa1b2c3d4, 4, ETHERNET);
	for (uint32_t i = 0; i < 10; i++)
		pcap_record(&b, 100 + i * i, 0, 60, 60);
	save(0, b.len);
	struct store *s = open_store();
	all_steps(s, 0);
	struct cursor *c = cursor_new(s);
	assert_int_equal(cursor_take(c, 9, f, NULL, NULL), 1);
	assert_int_equal(frame_time_since(f, f->start).s, 81);
	assert_int_equal(frame_time_since(f, f->previous).s, 17);
	assert_int_equal(frame_time_since(f, f->shown).s, 17);
	assert_int_equal(cursor_take(c, 7, f, NULL, &(struct since){3, 5}), 1);
	assert_int_equal(frame_time_since(f, f->start).s, 40);
	assert_int_equal(frame_time_since(f, f->previous).s, 13);
	assert_int_equal(frame_time_since(f, f->shown).s, 24);
	assert_int_equal(cursor_take(c, 0, f, NULL, NULL), 1);
	assert_int_equal(frame_time_since(f, f->start).s, 0);
	assert_int_equal(frame_time_since(f, f->previous).s, 0);
	assert_int_equal(frame_time_since(f, f->shown).s, 0);
	assert_int_equal(cursor_take(c, 10, f, NULL, NULL), 0);
	cursor_free(c);
	store_close(s);
	frame_free(f);
}

static void append(struct store *s, const struct interfaces *of, uint32_t n)
{
	static uint8_t data[60];
	struct packet p;

	for (uint32_t i = 0; i < n; i++) {
		interfaces_blank(of, i % 2, &p);
		p.time_ns = (int64_t)(store_count(s) + i) * 1000000;
		p.data = data;
		p.cap_len = p.len = sizeof data;
		assert_int_equal(store_append(s, &p), 0);
	}
}

static void live_with_a_ring(void **state)
{
	struct interfaces of = {0};
	struct packet p;
	char *error = NULL;

	(void)state;
	interfaces_describe(&of, &(struct live_interface){.name = "a", .linktype = ETHERNET});
	interfaces_describe(&of, &(struct live_interface){.name = "b", .linktype = RAW});
	struct store *s = store_live();
	assert_int_equal(store_step(s, LONG), 0);
	for (unsigned i = 0; i < 4; i++) {
		const int fd = memfd_create("ring", MFD_CLOEXEC);
		const struct store_file ring = {
			.name = "r.pcapng", .write = dup(fd), .read = fd, .of = &of};

		assert_int_equal(store_begin_file(s, &ring, &error), 0);
		append(s, &of, 100);
		all_steps(s, 0);
		assert_int_equal(store_count(s), 100 * (i + 1));
		assert_true(store_file_bytes(s) > 6000);
		append(s, &of, 0);
		if (store_files(s) == 3)
			store_drop_file(s);
	}
	assert_int_equal(store_first(s), 200);
	assert_int_equal(store_packet(s, 199, &p), 0);
	assert_int_equal(store_packet(s, 200, &p), 1);
	assert_int_equal(p.time_ns, 200000000);
	assert_int_equal(p.number, 201);
	assert_int_equal(store_packet(s, 399, &p), 1);
	assert_int_equal(p.linktype, RAW);
	assert_string_equal(interfaces_at(store_interfaces(s), p.interface)->name, "b");
	append(s, &of, 5);
	assert_int_equal(store_put_statistics(s, 1, &(struct writer_statistics){.dropped = 7}), 0);
	assert_int_equal(store_end_file(s), 0);
	assert_int_equal(store_count(s), 405);
	assert_int_equal(reader_block(store_reader(s), 1)->type, BLOCK_STATISTICS);
	assert_int_equal(store_put_statistics(s, 1, &(struct writer_statistics){0}), -1);
	const struct store_file packed = {"x.pcapng.gz", dup(file), dup(file), &of};
	assert_int_equal(store_begin_file(s, &packed, &error), -1);
	assert_non_null(strstr(error, "packed"));
	free(error);
	store_close(s);
	interfaces_free(&of);
}

static void far_offsets(void **state)
{
	struct offsets o = {0};

	(void)state;
	for (uint64_t i = 0; i < 3 * OFFSETS_CHUNK; i++)
		offsets_add(&o, i < 5000 ? i * 9 : i << 22);
	for (uint64_t i = 0; i < 3 * OFFSETS_CHUNK; i++)
		assert_int_equal(offsets_at(&o, i), i < 5000 ? i * 9 : i << 22);
	offsets_free(&o);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, make_file, remove_file)
	const struct CMUnitTest tests[] = {
		TEST(any_order),       TEST(pcap_too),
		TEST(packed_by_zstd),  TEST(packed_by_gzip),
		TEST(from_a_pipe),     TEST(no_capture),
		TEST(growing),         TEST(cut_and_continued),
		TEST(shrinking),       TEST(damaged),
		TEST(times),           TEST(live_with_a_ring),
		cmocka_unit_test(far_offsets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
