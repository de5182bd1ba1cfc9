/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading pcapng: sections, interfaces, clocks, packets, options, names, other records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture_bytes.h"

static struct bytes b;

static void start(bool big)
{
	b.len = 0;
	section(&b, big);
}

static struct packet next(struct reader *r)
{
	struct packet p = {0};

	if (reader_next(r, &p) != 1)
		fail_msg("no packet: %s", reader_error(r) ? reader_error(r) : "the end");
	return p;
}

static void end(struct reader *r)
{
	struct packet p;

	assert_int_equal(reader_next(r, &p), 0);
	assert_null(reader_error(r));
	reader_close(r);
}

static void packets_of_three_kinds(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct reader *r;
		struct packet p;

		start(big);
		interface(&b, 113, 0);
		interface(&b, 1, 65535);
		begin_packet(&b, 1, 1000000000123456, 42, 60);
		end_block(&b);
		simple_packet(&b, 30, 30);
		begin_block(&b, BLOCK_PACKET_OLD);
		put16(&b, 1);
		put16(&b, 7); /* dropped */
		put64(&b, 0);
		put32(&b, 5);
		put32(&b, 5);
		put_data(&b, 5, 0x77, 3);
		put_text(&b, OPT_COMMENT, "old");
		end_block(&b);
		r = open_bytes(&b);

		p = next(r);
		assert_true(p.time_ns == INT64_C(1000000000123456000));
		assert_true(p.has_time && p.has_interface && p.cap_len == 42 && p.len == 60 &&
			    p.linktype == 1);
		assert_true(p.interface == 1 && p.interface_id == 1 && p.section == 1 &&
			    p.block == BLOCK_PACKET);
		assert_int_equal(p.data[41], (uint8_t)(1000000000123456 + 41));
		p = next(r);
		assert_true(!p.has_time && p.cap_len == 30 && p.len == 30 && p.linktype == 113 &&
			    p.interface == 0);
		p = next(r);
		assert_true(p.has_time && p.time_ns == 0 && p.cap_len == 5 && p.linktype == 1 &&
			    p.number == 3);
		assert_int_equal(p.data[4], 0x7b);
		assert_int_equal(p.options.len, 8);
		end(r);
	}
}

static void snaplen_cuts_simple_packets(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	start(false);
	interface(&b, 1, 20);
	simple_packet(&b, 42, 20);
	simple_packet(&b, 10, 10);
	r = open_bytes(&b);
	p = next(r);
	assert_true(p.cap_len == 20 && p.len == 42);
	p = next(r);
	assert_true(p.cap_len == 10 && p.len == 10);
	end(r);
}

/* Interfaces are numbered anew in each section, and so is the byte order chosen. */
static void sections_of_mixed_order(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	start(false);
	interface(&b, 1, 0);
	enhanced_packet(&b, 0, 1, 4);
	section(&b, true);
	begin_interface(&b, 101, 0);
	put_text(&b, IF_NAME, "tun0");
	put_text(&b, IF_DESCRIPTION, "a tunnel");
	put_option(&b, OPT_END, "", 0);
	end_block(&b);
	interface(&b, 113, 0);
	enhanced_packet(&b, 1, 2, 5);
	enhanced_packet(&b, 0, 3, 6);
	r = open_bytes(&b);
	p = next(r);
	assert_true(p.linktype == 1 && p.section == 1 && p.interface == 0 && p.interface_id == 0);
	p = next(r);
	assert_true(p.linktype == 113 && p.section == 2 && p.interface == 2 &&
		    p.interface_id == 1 && p.cap_len == 5);
	p = next(r);
	assert_true(p.linktype == 101 && p.section == 2 && p.interface == 1 &&
		    p.interface_id == 0 && p.cap_len == 6);
	assert_string_equal(reader_interface(r, 1)->name, "tun0");
	assert_string_equal(reader_interface(r, 1)->description, "a tunnel");
	assert_true(reader_interface(r, 1)->options.big_endian);
	assert_null(reader_interface(r, 0)->name);
	assert_int_equal(reader_interfaces(r)->count, 3);
	end(r);
}

static void clocks(void **state)
{
	static const struct {
		uint8_t resolution;
		int64_t offset;
		uint64_t ticks;
		int64_t ns, seconds;
		int32_t fraction;
	} cases[] = {
		{ 6, 0, 1000000000123456, 1000000000123456000, 1000000000, 123456000 },
		{ 9, 0, 123, 123, 0, 123 },
		{ 0, 0, 5, 5000000000, 5, 0 },
		{ 3, 0, 1234, 1234000000, 1, 234000000 },
		{ 12, 0, 1999999999999, 1999999999, 1, 999999999 },
		{ 19, 0, 15000000000000000000u, 1500000000, 1, 500000000 },
		{ 0x80, 0, 7, 7000000000, 7, 0 },
		{ 0x80 | 10, 0, 1536, 1500000000, 1, 500000000 },
		{ 0x80 | 10, 0, 5, 4882812, 0, 4882812 },
		{ 0x80 | 32, 0, 0x180000000, 1500000000, 1, 500000000 },
		{ 0x80 | 63, 0, 0xc000000000000000, 1500000000, 1, 500000000 },
		{ 6, 5, 1000001, 6000001000, 6, 1000 },
		{ 6, -5, 1000001, -3999999000, -4, 1000 },
		/* more ticks a second than 64 bits can count */
		{ 20, 0, 15000000000000000000u, 150000000, 0, 150000000 },
		{ 20, -1, UINT64_MAX, -815532560, -1, 184467440 },
		{ 27, 7, UINT64_MAX, 7000000018, 7, 18 },
		{ 28, 0, UINT64_MAX, 1, 0, 1 },
		{ 29, 0, UINT64_MAX, 0, 0, 0 },
		{ 127, 5, UINT64_MAX, 5000000000, 5, 0 },
		{ 0x80 | 64, 0, 0xc000000000000000, 750000000, 0, 750000000 },
		{ 0x80 | 93, 0, UINT64_MAX, 1, 0, 1 },
		{ 0x80 | 94, 0, UINT64_MAX, 0, 0, 0 },
		{ 0xff, 0, UINT64_MAX, 0, 0, 0 },
		/* beyond what int64_t holds in nanoseconds */
		{ 6, 0, UINT64_MAX, INT64_MAX, 18446744073709, 551615000 },
		{ 0, 0, UINT64_MAX, INT64_MAX, -1, 0 },
		{ 6, INT64_MIN, 0, INT64_MIN, INT64_MIN, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t offset[8];
		struct reader *r;
		struct packet p;
		int64_t seconds;
		int32_t fraction;

		start(i & 1);
		begin_interface(&b, 1, 0);
		put_option(&b, IF_TSRESOL, &cases[i].resolution, 1);
		store64(offset, b.big, (uint64_t)cases[i].offset);
		put_option(&b, IF_TSOFFSET, offset, 8);
		put_option(&b, OPT_END, "", 0);
		end_block(&b);
		enhanced_packet(&b, 0, cases[i].ticks, 4);
		r = open_bytes(&b);
		p = next(r);
		assert_true(p.time_ns == cases[i].ns);
		assert_true(packet_seconds(reader_interfaces(r), &p, &seconds, &fraction));
		assert_true(seconds == cases[i].seconds);
		assert_int_equal(fraction, cases[i].fraction);
		if (cases[i].ns > INT64_MIN && cases[i].ns < INT64_MAX &&
		    cases[i].ticks < UINT64_MAX)
			assert_true(interface_time(reader_interface(r, 0),
						   interface_ticks(reader_interface(r, 0),
								   p.time_ns)) == p.time_ns);
		end(r);
	}
}

/*
 * Options of a length that cannot be are as if they were not there, and the first of several
 * counts.
 */
static void odd_clocks(void **state)
{
	struct reader *r;

	(void)state;
	start(false);
	begin_interface(&b, 1, 0);
	put_option(&b, IF_TSRESOL, "\x09\x00", 2);
	put_option(&b, IF_TSOFFSET, "\5\0\0\0", 4);
	end_block(&b);
	enhanced_packet(&b, 0, 1, 4);
	begin_interface(&b, 1, 0);
	put_option(&b, IF_TSRESOL, "\x09", 1);
	put_option(&b, IF_TSRESOL, "\x03", 1);
	end_block(&b);
	enhanced_packet(&b, 1, 1, 4);
	r = open_bytes(&b);
	assert_true(next(r).time_ns == 1000);
	assert_false(reader_interfaces(r)->nano);
	assert_true(next(r).time_ns == 1);
	assert_true(reader_interfaces(r)->nano);
	end(r);
}

static void expect_comment(const struct packet *p, size_t *iter, const char *expected)
{
	const char *text;
	size_t len;

	assert_true(packet_next_comment(p, iter, &text, &len));
	assert_int_equal(len, strlen(expected));
	assert_memory_equal(text, expected, len);
}

static void comments_and_flags(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		uint8_t flags[4];
		const char *text;
		size_t iter = 0, len;
		struct reader *r;
		struct packet p;

		start(big);
		interface(&b, 1, 0);
		begin_packet(&b, 0, 1, 5, 5);
		put_text(&b, OPT_COMMENT, "first");
		store32(flags, big, 0xf0000002);
		put_option(&b, PACKET_FLAGS, flags, 4);
		put_text(&b, 77, "unknown");
		put_text(&b, OPT_COMMENT, "");
		put_option(&b, OPT_COMMENT, "cut\0here", 8);
		put_option(&b, OPT_END, "", 0);
		put_text(&b, OPT_COMMENT, "behind the end");
		end_block(&b);
		r = open_bytes(&b);
		p = next(r);
		assert_true(p.flags == 0xf0000002);
		expect_comment(&p, &iter, "first");
		expect_comment(&p, &iter, "");
		expect_comment(&p, &iter, "cut");
		assert_false(packet_next_comment(&p, &iter, &text, &len));
		end(r);
	}
}

/*
 * Custom blocks, journal entries and system calls are counted like packets, as tshark counts them.
 */
static void records_that_are_no_packets(void **state)
{
	static const char entry[] = "MESSAGE=hello\n__REALTIME_TIMESTAMP=1467752131000000\n";
	struct reader *r;
	struct packet p;

	(void)state;
	start(false);
	interface(&b, 1, 0);
	begin_block(&b, BLOCK_CUSTOM);
	put32(&b, 32473);
	put_bytes(&b, "abcdefgh", 8);
	end_block(&b);
	begin_block(&b, BLOCK_JOURNAL);
	put_bytes(&b, entry, sizeof entry - 1);
	end_block(&b);
	begin_block(&b, BLOCK_SYSDIG);
	put16(&b, 1);
	put64(&b, 1000000000123456789);
	put64(&b, 77);
	put32(&b, 30);
	put16(&b, 3);
	put_data(&b, 30, 0, 0);
	end_block(&b);
	enhanced_packet(&b, 0, 1, 4);
	r = open_bytes(&b);
	p = next(r);
	assert_true(p.linktype == LINKTYPE_RECORD && p.block == BLOCK_CUSTOM && !p.has_time &&
		    !p.has_interface);
	assert_true(p.cap_len == 8 && p.len == 8 && p.ticks == 32473);
	assert_memory_equal(p.data, "abcdefgh", 8);
	p = next(r);
	assert_true(p.block == BLOCK_JOURNAL && p.has_time &&
		    p.time_ns == INT64_C(1467752131000000000));
	assert_int_equal(p.len, sizeof entry - 1);
	p = next(r);
	assert_true(p.block == BLOCK_SYSDIG && p.time_ns == INT64_C(1000000000123456789));
	assert_true(p.len == 30 && p.cap_len == 32);
	assert_int_equal(next(r).number, 4);
	end(r);
}

static void put_name(uint16_t type, const void *value, size_t len)
{
	put_option(&b, type, value, len); /* laid out alike */
}

static void names_are_kept(void **state)
{
	const struct block *names;
	struct name_iter iter = {0};
	struct resolved_name n;
	struct option server;
	struct option_bytes options;
	struct reader *r;

	(void)state;
	start(true);
	begin_block(&b, BLOCK_NAMES);
	put_name(1, "\x0a\0\0\1one\0uno", 12);
	put_name(9, "unknown", 7);
	put_name(2, "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\1six", 20);
	put_name(0, "", 0);
	put_text(&b, 2, "dns.example");
	end_block(&b);
	r = open_bytes(&b);
	{
		struct packet p;

		assert_int_equal(reader_next(r, &p), 0);
	}
	assert_int_equal(reader_block(r, 0)->type, BLOCK_SECTION);
	names = reader_block(r, 1);
	assert_non_null(names);
	assert_int_equal(names->type, BLOCK_NAMES);
	assert_null(reader_block(r, 2));
	assert_true(block_next_name(names, &iter, &n));
	assert_int_equal(n.address_len, 4);
	assert_memory_equal(n.address, "\x0a\0\0\1", 4);
	assert_string_equal(n.name, "one");
	assert_true(block_next_name(names, &iter, &n));
	assert_string_equal(n.name, "uno");
	assert_true(block_next_name(names, &iter, &n));
	assert_int_equal(n.address_len, 16);
	assert_string_equal(n.name, "six");
	assert_false(block_next_name(names, &iter, &n));
	options = block_options(names);
	assert_true(option_find(&options, 2, &server));
	assert_memory_equal(server.value, "dns.example", 11);
	end(r);
}

static void count_block(void *context, const struct block *block)
{
	unsigned *seen = context;

	seen[block->type == BLOCK_SECTION ? 0 : block->type == BLOCK_INTERFACE ? 1 : 2]++;
}

/* Unknown blocks are passed over wherever they stand, but a listener gets to see them. */
static void other_blocks(void **state)
{
	unsigned seen[3] = {0};
	struct reader *r;

	(void)state;
	start(false);
	begin_block(&b, 0x80000001);
	put_data(&b, 100, 0, 0);
	end_block(&b);
	interface(&b, 1, 0);
	begin_block(&b, BLOCK_STATISTICS);
	put32(&b, 9); /* of an interface that is not there */
	put64(&b, 0);
	end_block(&b);
	enhanced_packet(&b, 0, 1, 4);
	begin_block(&b, BLOCK_SECRETS);
	put32(&b, 0x544c534b);
	put32(&b, 3);
	put_bytes(&b, "abc", 3);
	end_block(&b);
	interface(&b, 113, 0);
	enhanced_packet(&b, 1, 1, 4);
	r = open_bytes(&b);
	reader_on_block(r, count_block, seen);
	assert_int_equal(next(r).linktype, 1);
	assert_int_equal(next(r).linktype, 113);
	assert_int_equal(seen[0], 1);
	assert_int_equal(seen[1], 2);
	assert_int_equal(seen[2], 3);
	end(r);
}

/* Lengths that forget the padding are rounded up, as tshark does. */
static void unpadded_lengths(void **state)
{
	struct reader *r;

	(void)state;
	start(false);
	interface(&b, 1, 0);
	begin_packet(&b, 0, 1, 5, 5);
	end_block(&b);
	store32(b.at + b.block + 4, false, 37);
	store32(b.at + b.len - 4, false, 37);
	enhanced_packet(&b, 0, 2, 4);
	r = open_bytes(&b);
	assert_int_equal(next(r).cap_len, 5);
	assert_int_equal(next(r).cap_len, 4);
	end(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packets_of_three_kinds),
		cmocka_unit_test(snaplen_cuts_simple_packets),
		cmocka_unit_test(sections_of_mixed_order),
		cmocka_unit_test(clocks),
		cmocka_unit_test(odd_clocks),
		cmocka_unit_test(comments_and_flags),
		cmocka_unit_test(records_that_are_no_packets),
		cmocka_unit_test(names_are_kept),
		cmocka_unit_test(other_blocks),
		cmocka_unit_test(unpadded_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
