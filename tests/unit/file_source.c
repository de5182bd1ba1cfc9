/* SPDX-License-Identifier: BSD-3-Clause */
/* Where captures come from: files, pipes, gzip and zstd, files that grow and files that shrink. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture_bytes.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

static struct bytes b, packed;
static char path[] = "/tmp/remora-source-XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 || close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void write_file(const void *p, size_t n, int flags)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), n);
	close(fd);
}

static void some_packets(uint32_t count, uint32_t cap_len)
{
	b.len = 0;
	pcap_head(&b, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < count; i++)
		pcap_record(&b, i, 0, cap_len, cap_len);
}

static struct reader *open_file(const char *name, unsigned flags)
{
	char *error = NULL;
	struct reader *r = reader_open(name, flags, &error);

	if (!r)
		fail_msg("%s", error);
	return r;
}

static uint64_t count(struct reader *r, int expected)
{
	struct packet p;
	uint64_t n = 0;
	int rc;

	while ((rc = reader_next(r, &p)) > 0)
		assert_int_equal(p.number, ++n);
	if (rc != expected)
		fail_msg("%s", reader_error(r) ? reader_error(r) : "no error");
	return n;
}

static void files_larger_than_the_window(void **state)
{
	struct reader *r;

	(void)state;
	some_packets(40, 20000);
	write_file(b.at, b.len, O_TRUNC);
	r = open_file(path, 0);
	assert_int_equal(reader_size(r), b.len);
	assert_true(reader_bytes(r) <= 24);
	assert_int_equal(count(r, 0), 40);
	assert_int_equal(reader_bytes(r), b.len);
	reader_close(r);
}

static void gzip_member(const void *p, size_t n)
{
	z_stream z = {0};

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (z_const Bytef *)p;
	z.avail_in = (uInt)n;
	z.next_out = packed.at + packed.len;
	z.avail_out = (uInt)(sizeof packed.at - packed.len);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	packed.len += z.total_out;
	deflateEnd(&z);
}

static void zstd_frame(const void *p, size_t n)
{
	packed.len += ZSTD_compress(packed.at + packed.len, sizeof packed.at - packed.len, p, n, 3);
}

static void check_packing(void (*pack)(const void *p, size_t n))
{
	struct reader *r;
	char *error = NULL;

	some_packets(40, 20000);
	packed.len = 0;
	pack(b.at, 300001);
	pack(b.at + 300001, 0);
	pack(b.at + 300001, b.len - 300001);
	write_file(packed.at, packed.len, O_TRUNC);
	r = open_file(path, 0);
	assert_int_equal(count(r, 0), 40);
	assert_int_equal(reader_bytes(r), packed.len);
	reader_close(r);

	/* cut anywhere, it is damage after what could be unpacked */
	for (size_t len = 30; len < packed.len; len += 97) {
		struct packet p;
		uint64_t n = 0;

		r = reader_open_memory(packed.at, len, 0, &error);
		assert_non_null(r);
		while (reader_next(r, &p) > 0)
			n++;
		if (reader_exit_code(r) != 3 && n != 14)
			fail_msg("cut at %zu: %u packets, %d", len, (unsigned)n,
				 reader_exit_code(r));
		reader_close(r);
	}
	packed.len -= 1;
	r = reader_open_memory(packed.at, packed.len, 0, &error);
	assert_true(count(r, -1) >= 14); /* zstd unpacks by blocks */
	assert_int_equal(reader_exit_code(r), 3);
	assert_non_null(strstr(reader_error(r), "cut short"));
	reader_close(r);

	/* and so is anything else behind the end */
	packed.len += 1;
	put_bytes(&packed, "hello", 5);
	r = reader_open_memory(packed.at, packed.len, 0, &error);
	assert_int_equal(count(r, -1), 40);
	assert_int_equal(reader_exit_code(r), 3);
	assert_non_null(strstr(reader_error(r), "40 packets before it"));
	reader_close(r);
}

static void gzip_members(void **state)
{
	(void)state;
	check_packing(gzip_member);
}

static void zstd_frames(void **state)
{
	(void)state;
	check_packing(zstd_frame);
}

/* Others may put bytes of their own in front: RFC 8878 3.1.2. */
static void zstd_skippable_frames(void **state)
{
	struct reader *r;
	char *error = NULL;

	(void)state;
	some_packets(3, 100);
	packed.len = 0;
	put32(&packed, 0x184d2a5f);
	put32(&packed, 9);
	put_bytes(&packed, "not ours,", 9);
	zstd_frame(b.at, b.len);
	r = reader_open_memory(packed.at, packed.len, 0, &error);
	assert_non_null(r);
	assert_int_equal(count(r, 0), 3);
	reader_close(r);
}

static void gzip_checks_its_sum(void **state)
{
	struct reader *r;
	char *error = NULL;

	(void)state;
	some_packets(3, 100);
	packed.len = 0;
	gzip_member(b.at, b.len);
	packed.at[packed.len - 8] ^= 1;
	r = reader_open_memory(packed.at, packed.len, 0, &error);
	count(r, -1);
	assert_non_null(strstr(reader_error(r), "gzip data is damaged before offset"));
	reader_close(r);
}

/* A child who writes the capture a few bytes at a time into fd, then ends. */
static pid_t dribble(int fd, size_t step)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	for (size_t at = 0; at < b.len; at += step) {
		size_t n = b.len - at < step ? b.len - at : step;

		if (write(fd, b.at + at, n) != (ssize_t)n)
			_exit(1);
		usleep(500);
	}
	_exit(0);
}

static void wait_for(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void pipes(void **state)
{
	int ends[2];
	char name[32];
	struct reader *r;
	pid_t child;

	(void)state;
	some_packets(10, 100);
	assert_int_equal(pipe(ends), 0);
	child = dribble(ends[1], 37);
	close(ends[1]);
	snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
	r = open_file(name, 0);
	close(ends[0]);
	assert_int_equal(reader_size(r), 0);
	assert_int_equal(count(r, 0), 10);
	reader_close(r);
	wait_for(child);
}

static void stop(int signal_number)
{
	(void)signal_number;
	reader_stop = 1;
}

/* A file that grows while it is followed, from nothing on; a half written packet is waited for. */
static void follow(void **state)
{
	struct sigaction action = {.sa_handler = stop};
	struct packet p;
	struct reader *r;
	pid_t child;
	int fd;

	(void)state;
	some_packets(10, 100);
	write_file("", 0, O_TRUNC);
	fd = open(path, O_WRONLY | O_APPEND);
	child = dribble(fd, 50);
	close(fd);
	r = open_file(path, READER_FOLLOW);
	for (uint32_t i = 1; i <= 10; i++) {
		assert_int_equal(reader_next(r, &p), 1);
		assert_int_equal(p.number, i);
	}
	wait_for(child);
	/*
	 * the beginning of one more, which never comes: no damage, when somebody ends the waiting
	 */
	write_file(b.at + 24, 20, O_APPEND);
	sigaction(SIGALRM, &action, NULL);
	ualarm(50000, 0);
	assert_int_equal(reader_next(r, &p), 0);
	assert_null(reader_error(r));
	reader_stop = 0;
	reader_close(r);
}

static void files_that_shrink(void **state)
{
	struct packet p;
	struct reader *r;

	(void)state;
	some_packets(40, 20000);
	write_file(b.at, b.len, O_TRUNC);
	r = open_file(path, 0);
	assert_int_equal(reader_next(r, &p), 1);
	assert_int_equal(truncate(path, 1000), 0);
	while (reader_next(r, &p) > 0)
		;
	assert_int_equal(reader_exit_code(r), 3);
	assert_non_null(
		strstr(reader_error(r),
		       "the file shrank while it was read: it had 800664 bytes, now it has 1000"));
	reader_close(r);
}

static void expect_no_open(const char *name, const char *expected)
{
	char *error = NULL;

	assert_null(reader_open(name, 0, &error));
	if (!strstr(error, expected))
		fail_msg("%s", error);
	assert_non_null(strstr(error, name));
	free(error);
}

static void what_cannot_be_opened(void **state)
{
	(void)state;
	expect_no_open("/tmp", "cannot read: it is a directory");
	expect_no_open("/no/such/file", "cannot open: No such file or directory");
	write_file("", 0, O_TRUNC);
	expect_no_open(path, "empty");
	write_file("#!/bin/sh\n", 10, O_TRUNC);
	expect_no_open(path, "no capture file: it begins with 23 21 2f 62");
}

static long peak_kb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

/* 300 MB through a pipe leave no trace in our memory. */
static void memory_does_not_grow(void **state)
{
	int ends[2];
	char name[32];
	struct reader *r;
	pid_t child;
	long before;

	(void)state;
	some_packets(40, 20000);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		ssize_t n = write(ends[1], b.at, b.len);

		for (int i = 0; i < 400 && n > 0; i++)
			n = write(ends[1], b.at + 24, b.len - 24);
		_exit(n <= 0);
	}
	close(ends[1]);
	snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
	r = open_file(name, 0);
	close(ends[0]);
	before = peak_kb();
	assert_int_equal(count(r, 0), 40 * 401);
	assert_true(peak_kb() - before < 1024);
	reader_close(r);
	wait_for(child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_larger_than_the_window),
		cmocka_unit_test(gzip_members),
		cmocka_unit_test(zstd_frames),
		cmocka_unit_test(zstd_skippable_frames),
		cmocka_unit_test(gzip_checks_its_sum),
		cmocka_unit_test(pipes),
		cmocka_unit_test(follow),
		cmocka_unit_test(files_that_shrink),
		cmocka_unit_test(what_cannot_be_opened),
		cmocka_unit_test(memory_does_not_grow),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
