/* SPDX-License-Identifier: BSD-3-Clause */
/* Packets that come from no file: their interfaces are described, written, and read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "apart.h"
#include "capture_bytes.h"
#include "file/relay.h"
#include "file/writer.h"
#include "frame.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { ETHERNET = 1, LOOPBACK = 0 };

static const uint8_t data[60] = {1, 2, 3};

static struct packet packet(const struct interfaces *all, uint32_t index, int64_t time_ns)
{
	struct packet p;

	interfaces_blank(all, index, &p);
	p.time_ns = time_ns;
	p.ticks = interface_ticks(interfaces_at(all, index), time_ns);
	p.data = data;
	p.cap_len = sizeof data;
	p.len = 1514;
	return p;
}

static void two(struct interfaces *all)
{
	*all = (struct interfaces){0};
	assert_non_null(
		interfaces_describe(all, &(struct live_interface){.name = "eth7",
								  .description = "the way out",
								  .filter = "not port 22",
								  .linktype = ETHERNET,
								  .snaplen = 1500}));
	assert_non_null(interfaces_describe(
		all, &(struct live_interface){.name = "lo", .linktype = LOOPBACK, .nano = true}));
}

static void written_and_read(void **state)
{
	const int fd = memfd_create("live", MFD_CLOEXEC);
	struct interfaces all;
	struct option filter;
	struct packet p;
	char *error = NULL;

	(void)state;
	two(&all);
	struct writer *w = writer_open_fd(dup(fd), "live.pcapng", WRITER_AUTO, &all, &error);
	assert_non_null(w);
	p = packet(&all, 1, 1700000000123456789);
	assert_int_equal(writer_put(w, &p), 0);
	p = packet(&all, 0, 1700000001000002000);
	p.flags = 1;
	assert_int_equal(writer_put(w, &p), 0);
	assert_int_equal(writer_flush(w), 0);
	assert_int_equal(lseek(fd, 0, SEEK_END), writer_bytes(w));
	assert_int_equal(writer_close(w, &error), 0);

	lseek(fd, 0, SEEK_SET);
	char path[32];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct reader *r = reader_open(path, 0, &error);
	assert_non_null(r);
	assert_int_equal(reader_next(r, &p), 1);
	assert_int_equal(p.time_ns, 1700000000123456789);
	assert_int_equal(p.linktype, LOOPBACK);
	assert_string_equal(reader_interface(r, p.interface)->name, "lo");
	assert_null(reader_interface(r, p.interface)->description);
	assert_int_equal(reader_next(r, &p), 1);
	assert_int_equal(p.time_ns, 1700000001000002000);
	assert_int_equal(p.linktype, ETHERNET);
	assert_int_equal(p.flags, 1);
	const struct interface *i = reader_interface(r, p.interface);
	assert_string_equal(i->name, "eth7");
	assert_string_equal(i->description, "the way out");
	assert_int_equal(i->snaplen, 1500);
	assert_true(option_find(&i->options, IF_FILTER, &filter));
	assert_int_equal(filter.len, 1 + strlen("not port 22"));
	assert_memory_equal(filter.value, "\0not port 22", filter.len);
	assert_int_equal(reader_next(r, &p), 0);
	reader_close(r);
	close(fd);
	interfaces_free(&all);
}

/* A file's interfaces are described again in little-endian, with their own clocks. */
static void from_a_big_endian_file(void **state)
{
	static struct bytes b;
	const int fd = memfd_create("big", MFD_CLOEXEC);
	const uint8_t speed[8] = {0, 0, 0, 0, 0x3b, 0x9a, 0xca, 0}, tsresol = 0x8a;
	struct option option;
	struct packet p;
	char *error = NULL;

	(void)state;
	b.len = 0;
	section(&b, true);
	begin_interface(&b, ETHERNET, 0);
	put_text(&b, IF_NAME, "name");
	put_option(&b, IF_SPEED, speed, sizeof speed);
	put_option(&b, IF_TSRESOL, &tsresol, 1);
	end_block(&b);
	enhanced_packet(&b, 0, 1025, 4);
	struct reader *r = reader_open_memory(b.at, b.len, 0, &error);
	assert_int_equal(reader_next(r, &p), 1);
	struct writer *w = writer_open_fd(dup(fd), "x.pcapng", WRITER_AUTO, reader_interfaces(r),
					  &error);
	assert_int_equal(writer_put(w, &p), 0);
	assert_int_equal(writer_close(w, &error), 0);
	reader_close(r);

	b.len = (size_t)pread(fd, b.at, sizeof b.at, 0);
	r = reader_open_memory(b.at, b.len, 0, &error);
	assert_int_equal(reader_next(r, &p), 1);
	assert_false(p.options.big_endian);
	assert_int_equal(p.ticks, 1025);
	const struct interface *i = reader_interface(r, 0);
	assert_string_equal(i->name, "name");
	assert_int_equal(i->units, 1024);
	assert_true(option_find(&i->options, IF_SPEED, &option));
	assert_int_equal(load64(option.value, false), 1000000000);
	reader_close(r);
	close(fd);
}

/* What another process writes is what is written otherwise, and ends in a whole record when there is no
 * more room. */
static void whole_records(void **state)
{
	static uint8_t large[100000], bytes[2][1 << 20];
	ssize_t len[2] = {0};
	struct interfaces all;

	(void)state;
	two(&all);
	for (unsigned i = 0; i < 3; i++) {
		const int fd = memfd_create("whole", MFD_CLOEXEC);
		const struct rlimit few = {300000, RLIM_INFINITY},
				    any = {RLIM_INFINITY, RLIM_INFINITY};
		char *error = NULL;

		if (i == 2)
			setrlimit(RLIMIT_FSIZE, &few);
		struct writer *w = writer_open_fd(i > 0 ? relay_start(fd, false) : dup(fd),
						  "x.pcapng", WRITER_AUTO, &all, &error);
		for (uint32_t n = 0; n < 5000 && writer_error(w) == NULL; n++) {
			struct packet p = packet(&all, n % 2, 1000 * n);

			p.cap_len = p.len = n % 1000 == 999 ? sizeof large : n % 300;
			p.data = large;
			writer_put(w, &p);
		}
		assert_int_equal(writer_close(w, &error), i == 2 ? -1 : 0);
		setrlimit(RLIMIT_FSIZE, &any);
		free(error);
		if (i < 2)
			len[i] = pread(fd, bytes[i], sizeof bytes[i], 0);
		else
			assert_in_range(lseek(fd, 0, SEEK_END), 150000, 300000);
		char path[32];
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		struct reader *r = reader_open(path, 0, &error);
		struct packet p;
		while (reader_next(r, &p) == 1)
			;
		if (reader_error(r) != NULL)
			fail_msg("%s", reader_error(r));
		reader_close(r);
		close(fd);
	}
	assert_int_equal(len[0], len[1]);
	assert_memory_equal(bytes[0], bytes[1], (size_t)len[0]);
	interfaces_free(&all);
}

/* A frame needs to know of no file. */
static void taken_apart(void **state)
{
	struct interfaces all;
	struct frame *f = frame_new();

	(void)state;
	two(&all);
	const struct packet p = packet(&all, 0, 5);
	frame_take(f, &all, &p, NULL);
	frame_describe(f);
	assert_int_equal(f->b.part[0].proto, REM_P_ETHERNET);
	assert_string_equal(interfaces_at(f->interfaces, p.interface)->name, "eth7");
	frame_free(f);
	interfaces_free(&all);
}

/* What an interface noticed is there if it noticed anything. */
static void flags(void **state)
{
	static const char *const rows[][2] = {
		{"frame.packet_flags", "0x8000004d"},  {"frame.packet_flags_direction", "0x1"},
		{"frame.packet_flags_reception_type", "3"}, {"frame.packet_flags_fcs_length", "2"},
		{"frame.packet_flags_crc_error", "0"}, {"frame.packet_flags_symbol_error", "1"},
	};
	struct interfaces all;

	(void)state;
	two(&all);
	for (unsigned is_set = 0; is_set < 2; is_set++) {
		struct packet p = packet(&all, 0, 5);
		struct frame *f = frame_new();
		struct apart *a = calloc(1, sizeof(*a));

		assert_non_null(a);
		p.flags = is_set ? 0x8000004d : 0;
		frame_take(f, &all, &p, NULL);
		frame_describe(f);
		a->b = f->b;
		memcpy(a->part, f->b.part, f->b.parts * sizeof(*a->part));
		for (size_t i = 0; i < REM_COUNT(rows); i++) {
			if (is_set)
				assert_shows(a, rows[i][0], rows[i][1]);
			else
				assert_absent(a, rows[i][0]);
		}
		free(a);
		frame_free(f);
	}
	interfaces_free(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_and_read),
		cmocka_unit_test(from_a_big_endian_file),
		cmocka_unit_test(whole_records),
		cmocka_unit_test(taken_apart),
		cmocka_unit_test(flags),
	};
	signal(SIGXFSZ, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
