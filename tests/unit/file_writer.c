/* SPDX-License-Identifier: BSD-3-Clause */
/* Writing captures: what is read and written again is the same, or a line says why it cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture_bytes.h"
#include "file/writer.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct bytes b, written;
static char folder[] = "/tmp/remora-writer-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return !mkdtemp(folder);
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void load(const char *path)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, written.at, sizeof written.at);

	assert_true(n >= 0);
	written.len = (size_t)n;
	close(fd);
	unlink(path);
}

/* Copies b to a file of that name, and loads it into `written`. The error is the caller's. */
static char *copy(const char *name, enum writer_format format)
{
	const char *path = path_of(name);
	char *error = NULL;
	struct reader *r = open_bytes(&b);
	struct writer *w = writer_open(path, format, r, &error);
	struct packet p;
	int rc;

	if (!w)
		fail_msg("%s", error);
	while (reader_next(r, &p) > 0)
		if (writer_put(w, &p) < 0)
			assert_non_null(writer_error(w));
	rc = writer_close(w, &error);
	assert_int_equal(rc, error ? -1 : 0);
	assert_int_equal(reader_exit_code(r), 0);
	reader_close(r);
	load(path);
	return error;
}

static void copy_well(const char *name, enum writer_format format)
{
	char *error = copy(name, format);

	if (error)
		fail_msg("%s", error);
}

static void rich_pcapng(void)
{
	b.len = 0;
	begin_section(&b, true);
	put_text(&b, SHB_APPLICATION, "test");
	put_text(&b, OPT_COMMENT, "a section");
	end_block(&b);
	begin_interface(&b, 1, 96);
	put_text(&b, IF_NAME, "eth0");
	put_option(&b, IF_TSRESOL, "\x8a", 1);
	put_option(&b, OPT_END, "", 0);
	end_block(&b);
	begin_packet(&b, 0, 0x23456789abc, 9, 60);
	put_option(&b, PACKET_FLAGS, "\0\0\0\1", 4);
	put_text(&b, OPT_COMMENT, "hi");
	put_option(&b, OPT_CUSTOM_TEXT, "\0\0\0\1x", 5);
	end_block(&b);
	names_and_another_section(&b, false);
	begin_block(&b, 0x12345678);
	put_data(&b, 20, 7, 0);
	end_block(&b);
	begin_block(&b, BLOCK_PACKET_OLD);
	put16(&b, 0);
	put16(&b, 7);
	put64(&b, 0);
	put32(&b, 4);
	put32(&b, 4);
	put_data(&b, 4, 0x77, 0);
	end_block(&b);
	begin_block(&b, BLOCK_STATISTICS);
	put32(&b, 0);
	put64(&b, 0);
	end_block(&b);
}

static void pcapng_is_copied_to_the_byte(void **state)
{
	(void)state;
	rich_pcapng();
	copy_well("a.pcapng", WRITER_AUTO);
	assert_int_equal(written.len, b.len);
	assert_memory_equal(written.at, b.at, b.len);
}

static void packed_copies(void **state)
{
	static const char *names[] = {"a.pcapng.gz", "a.zst"};

	(void)state;
	rich_pcapng();
	for (size_t i = 0; i < 2; i++) {
		struct reader *r;
		struct packet p;
		int packets = 0;

		copy_well(names[i], WRITER_AUTO);
		assert_int_not_equal(written.at[0], 0x0a);
		r = open_bytes(&written);
		assert_int_equal(reader_format(r), FILE_PCAPNG);
		while (reader_next(r, &p) > 0)
			packets++;
		assert_int_equal(packets, 5);
		assert_int_equal(reader_exit_code(r), 0);
		reader_close(r);
	}
}

/* What says that it is not to be copied is not. */
static void local_things_stay_behind(void **state)
{
	struct reader *r;
	struct packet p;
	struct option option;
	const char *text;
	size_t iter = 0, len;

	(void)state;
	b.len = 0;
	section(&b, true);
	interface(&b, 1, 0);
	begin_block(&b, BLOCK_CUSTOM_LOCAL);
	put64(&b, 1);
	end_block(&b);
	begin_packet(&b, 0, 77, 5, 5);
	put_option(&b, OPT_CUSTOM_TEXT_LOCAL, "\0\0\0\1x", 5);
	put_text(&b, OPT_COMMENT, "stays");
	end_block(&b);
	copy_well("a.pcapng", WRITER_AUTO);
	r = open_bytes(&written);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.block == BLOCK_PACKET && p.cap_len == 5 && p.data[0] == 77 && p.ticks == 77);
	assert_true(packet_next_comment(&p, &iter, &text, &len));
	assert_memory_equal(text, "stays", 5);
	assert_false(option_find(&p.options, OPT_CUSTOM_TEXT_LOCAL, &option));
	assert_int_equal(reader_next(r, &p), 0);
	reader_close(r);
}

/* A packet changed on its way gets a block of its own, in its section's order and clock. */
static void changed_packets(void **state)
{
	char *error = NULL;
	struct reader *r;
	struct writer *w;
	struct packet p;

	(void)state;
	rich_pcapng();
	r = open_bytes(&b);
	w = writer_open(path_of("a.pcapng"), WRITER_AUTO, r, &error);
	assert_non_null(w);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(reader_next(r, &p), 1);
		p.raw = NULL;
		if (i == 0)
			p.time_ns += 1000000000;
		assert_int_equal(writer_put(w, &p), 0);
	}
	writer_close(w, NULL);
	reader_close(r);
	load(path_of("a.pcapng"));
	r = open_bytes(&written);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.ticks / 1024 == 0x23456789abc / 1024 + 1);
	assert_true(p.options.big_endian && p.flags == 1 && p.cap_len == 9 && p.len == 60);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.block == BLOCK_PACKET_SIMPLE && p.cap_len == 6 && !p.has_time);
	assert_int_equal(reader_next(r, &p), 0);
	reader_close(r);
}

static void pcap_is_copied_to_the_byte(void **state)
{
	static const uint32_t magics[] = {0xa1b2c3d4, 0xa1b23c4d};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		b = (struct bytes){0};
		pcap_head(&b, magics[i], 4, 113);
		pcap_record(&b, 1, 999999, 5, 60);
		pcap_record(&b, 0xffffffff, 0, 262144, 262144);
		copy_well("a.pcap", WRITER_AUTO);
		assert_int_equal(written.len, b.len);
		assert_memory_equal(written.at, b.at, b.len);
		copy_well("a.anything", i ? WRITER_NSPCAP : WRITER_PCAP);
		assert_int_equal(written.len, b.len);
		assert_memory_equal(written.at, b.at, b.len);
	}
}

static void pcap_becomes_pcapng(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	b = (struct bytes){.big = true};
	pcap_head(&b, 0xa1b2c3d4, 4, 113);
	pcap_record(&b, 1, 999999, 5, 60);
	pcap_record(&b, 2, 1, 0, 60);
	copy_well("a.pcapng", WRITER_AUTO);
	r = open_bytes(&written);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.time_ns == 1999999000 && p.linktype == 113 && p.cap_len == 5 && p.len == 60);
	assert_int_equal(reader_interface(r, 0)->snaplen, 65535);
	assert_int_equal(reader_interface(r, 0)->tsresol, 6);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.cap_len == 0 && p.interface == 0);
	assert_int_equal(reader_next(r, &p), 0);
	reader_close(r);
}

static void pcapng_becomes_pcap(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	b.len = 0;
	section(&b, true);
	interface(&b, 1, 0);
	enhanced_packet(&b, 0, 1500000, 5);
	simple_packet(&b, 6, 6);
	copy_well("a.pcap", WRITER_AUTO);
	r = open_bytes(&written);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.time_ns == 1500000000 && p.linktype == 1 && p.cap_len == 5);
	assert_false(reader_interfaces(r)->nano);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.time_ns == 0 && p.cap_len == 6);
	assert_int_equal(reader_next(r, &p), 0);
	reader_close(r);
}

static void expect_error(const char *name, const char *expected)
{
	char *error = copy(name, WRITER_AUTO);

	assert_non_null(error);
	assert_non_null(strstr(error, name));
	if (!strstr(error, expected))
		fail_msg("%s", error);
	free(error);
}

static void what_pcap_cannot_hold(void **state)
{
	(void)state;
	b.len = 0;
	section(&b, false);
	interface(&b, 1, 0);
	interface(&b, 113, 0);
	enhanced_packet(&b, 0, 1, 5);
	enhanced_packet(&b, 1, 2, 5);
	expect_error("a.pcap", "packet 2 is of link type 113, those before of 1");
	assert_int_equal(written.len, 24 + 16 + 5);
	b.len = 0;
	section(&b, false);
	begin_block(&b, BLOCK_CUSTOM);
	put64(&b, 1);
	end_block(&b);
	expect_error("a.cap", "packet 1 is no packet but a pcapng block of type 0xbad");
}

/* Packets that come from elsewhere: two link types, a direction, options of the other order. */
static void packets_of_our_own(void **state)
{
	static const uint8_t options[] = {0, 2, 0, 4, 0, 0, 0, 2, 0, 7, 0, 9, 1,   0,   0, 0,
					  0, 0, 0, 0, 5, 0, 0, 0, 0, 1, 0, 2, 'h', 'i', 0, 0};
	char *error = NULL;
	struct writer *w = writer_open(path_of("a.pcapng"), WRITER_AUTO, NULL, &error);
	struct packet p = {.time_ns = 1234567890123456789,
			   .has_time = true,
			   .linktype = 1,
			   .cap_len = 3,
			   .len = 60,
			   .data = (const uint8_t *)"abc",
			   .flags = 1};
	struct option option;
	const char *text;
	size_t iter = 0, len;
	struct reader *r;

	(void)state;
	assert_non_null(w);
	assert_int_equal(writer_put(w, &p), 0);
	p.linktype = 113;
	p.options = (struct option_bytes){options, sizeof options, true};
	assert_int_equal(writer_put(w, &p), 0);
	assert_int_equal(writer_close(w, &error), 0);
	load(path_of("a.pcapng"));
	r = open_bytes(&written);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.time_ns == 1234567890123456789 && p.linktype == 1 && p.flags == 1);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.linktype == 113 && p.interface_id == 1 && p.flags == 2);
	assert_true(packet_next_comment(&p, &iter, &text, &len));
	assert_memory_equal(text, "hi", 2);
	assert_true(option_find(&p.options, PACKET_VERDICT, &option));
	assert_memory_equal(option.value, "\1\5\0\0\0\0\0\0\0", 9);
	assert_int_equal(reader_next(r, &p), 0);
	reader_close(r);
}

static void captures_without_packets(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	b = (struct bytes){0};
	pcap_head(&b, 0xa1b2c3d4, 4, 113);
	copy_well("a.pcap", WRITER_AUTO);
	assert_memory_equal(written.at, b.at, 24);
	copy_well("a.pcapng", WRITER_AUTO);
	r = open_bytes(&written);
	assert_int_equal(reader_next(r, &p), 0);
	assert_int_equal(reader_format(r), FILE_PCAPNG);
	reader_close(r);
}

static void files_that_cannot_be_written(void **state)
{
	char *error = NULL;
	struct reader *r;
	struct stat about;
	const char *path = path_of("a.pcap");
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_null(writer_open("/no/such/folder/x", WRITER_AUTO, NULL, &error));
	assert_string_equal(error, "/no/such/folder/x: cannot write: No such file or directory");
	free(error);
	assert_null(writer_open("/tmp", WRITER_AUTO, NULL, &error));
	free(error);

	/* the file that is read stays whole */
	b = (struct bytes){0};
	pcap_head(&b, 0xa1b2c3d4, 4, 113);
	assert_int_equal(write(fd, b.at, b.len), b.len);
	close(fd);
	r = reader_open(path, 0, &error);
	assert_null(writer_open(path, WRITER_AUTO, r, &error));
	assert_non_null(strstr(error, "it is being read"));
	free(error);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_size, b.len);
	reader_close(r);
	unlink(path);
}

/* No space left, nobody at the other end: one line, and the records before are whole. */
static void failing_writes(void **state)
{
	struct packet p = {
		.has_time = true, .linktype = 1, .cap_len = 60000, .len = 60000, .data = b.at};
	struct rlimit limit, small = {200000, RLIM_INFINITY};
	char *error = NULL;
	struct writer *w = writer_open(path_of("a.pcap"), WRITER_AUTO, NULL, &error);
	int ends[2];
	char name[32];

	(void)state;
	getrlimit(RLIMIT_FSIZE, &limit);
	small.rlim_max = limit.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	for (int i = 0; i < 10; i++)
		writer_put(w, &p);
	setrlimit(RLIMIT_FSIZE, &limit);
	assert_int_equal(writer_close(w, &error), -1);
	assert_non_null(strstr(error, "a.pcap: cannot write: File too large"));
	free(error);
	unlink(path_of("a.pcap"));

	assert_int_equal(pipe(ends), 0);
	snprintf(name, sizeof name, "/dev/fd/%d", ends[1]);
	w = writer_open(name, WRITER_PCAP, NULL, &error);
	assert_non_null(w);
	close(ends[0]);
	for (int i = 0; i < 4; i++)
		writer_put(w, &p);
	assert_true(writer_pipe_closed(w));
	assert_int_equal(writer_close(w, &error), -1);
	free(error);
	close(ends[1]);
}

static void names_of_formats(void **state)
{
	enum writer_format f;

	(void)state;
	assert_true(writer_format_named("pcap", &f) && f == WRITER_PCAP);
	assert_true(writer_format_named("nspcap", &f) && f == WRITER_NSPCAP);
	assert_true(writer_format_named("pcapng", &f) && f == WRITER_PCAPNG);
	assert_false(writer_format_named("pca", &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pcapng_is_copied_to_the_byte),
		cmocka_unit_test(packed_copies),
		cmocka_unit_test(local_things_stay_behind),
		cmocka_unit_test(changed_packets),
		cmocka_unit_test(pcap_is_copied_to_the_byte),
		cmocka_unit_test(pcap_becomes_pcapng),
		cmocka_unit_test(pcapng_becomes_pcap),
		cmocka_unit_test(what_pcap_cannot_hold),
		cmocka_unit_test(packets_of_our_own),
		cmocka_unit_test(captures_without_packets),
		cmocka_unit_test(files_that_cannot_be_written),
		cmocka_unit_test(failing_writes),
		cmocka_unit_test(names_of_formats),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
