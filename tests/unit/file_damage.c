/* SPDX-License-Identifier: BSD-3-Clause */
/* Damaged captures: what is whole is read, damage is told, nothing is read beside the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture_bytes.h"

static struct bytes b;

/* What reading a file came to: to be the same however it is read. */
struct outcome {
	uint64_t packets, sum;
	int exit_code;
	char error[200];
};

static void add(struct outcome *o, uint64_t v)
{
	o->sum = (o->sum ^ v) * 0x100000001b3;
}

static void add_packet(struct outcome *o, const struct packet *p)
{
	const char *text;
	size_t iter = 0, len;

	o->packets++;
	add(o, (uint64_t)p->time_ns);
	add(o, (uint64_t)p->cap_len << 32 | p->len);
	add(o, (uint64_t)p->linktype << 32 | p->interface);
	for (uint32_t i = 0; i < p->cap_len; i++)
		add(o, p->data[i]);
	while (packet_next_comment(p, &iter, &text, &len))
		for (size_t i = 0; i < len; i++)
			add(o, (uint8_t)text[i]);
}

static struct outcome read_all(const uint8_t *data, size_t len, size_t window)
{
	struct outcome o = {.exit_code = 2};
	char *error = NULL;
	struct reader *r = reader_open_memory(data, len, window, &error);
	struct packet p;
	int rc;

	if (!r) {
		assert_non_null(error);
		strncpy(o.error, error, sizeof o.error - 1);
		free(error);
		return o;
	}
	while ((rc = reader_next(r, &p)) > 0) {
		add_packet(&o, &p);
		assert_int_equal(p.number, o.packets);
	}
	o.exit_code = reader_exit_code(r);
	assert_int_equal(rc, o.exit_code ? -1 : 0);
	if (reader_error(r))
		strncpy(o.error, reader_error(r), sizeof o.error - 1);
	assert_int_equal(reader_next(r, &p), rc);
	reader_close(r);
	return o;
}

/* The bytes in memory that ends where they end, so that the sanitizer sees one byte too far. */
static struct outcome read_exactly(const uint8_t *data, size_t len, size_t window)
{
	uint8_t *copy = malloc(len ? len : 1);
	struct outcome o;

	assert_non_null(copy);
	memcpy(copy, data, len);
	o = read_all(copy, len, window);
	free(copy);
	return o;
}

static void expect(const char *what, uint64_t packets, int exit_code, const char *error)
{
	struct outcome whole = read_exactly(b.at, b.len, 0),
		       streamed = read_exactly(b.at, b.len, 16);

	if (whole.packets != packets || whole.exit_code != exit_code || !strstr(whole.error, error))
		fail_msg("%s: %u packets, exit code %d: %s", what, (unsigned)whole.packets,
			 whole.exit_code, whole.error);
	assert_true(streamed.packets == packets && streamed.sum == whole.sum);
	assert_int_equal(streamed.exit_code, exit_code);
}

static void good_start(void)
{
	b.len = 0;
	section(&b, false);
	interface(&b, 1, 0);
	enhanced_packet(&b, 0, 1, 10);
}

static void raw_block(uint32_t type, uint32_t len, size_t body, uint32_t trailer)
{
	put32(&b, type);
	put32(&b, len);
	put_data(&b, 0, 0, body);
	put32(&b, trailer);
}

static void pcapng_block_damage(void **state)
{
	static const struct {
		const char *what, *error;
		uint32_t type, len;
		size_t body;
		uint32_t trailer;
	} cases[] = {
		/* clang-format off */
		{ "length 0", "says 0 bytes, a block has at least 12", 99, 0, 16, 0 },
		{ "length 11", "says 11 bytes, a block has at least 12", 99, 11, 0, 11 },
		{ "lengths differ", "says 16 bytes at its beginning and 20 at its end", 99, 16, 4, 20 },
		{ "packet's lengths differ", "says 32 bytes at its beginning and 36 at its end", 6, 32, 20, 36 },
		{ "longer than the file", "says 100 bytes, the file has 16 left", 99, 100, 4, 16 },
		{ "3 GiB", "says 3,221,225,472 bytes, the file has 16 left", 99, 0xc0000000, 4, 16 },
		{ "4 GiB", "says 4,294,967,295 bytes, the file has", 6, 0xffffffff, 4, 16 },
		{ "no head of a packet", "too small for the packet", 6, 28, 16, 28 },
		{ "no head of an old packet", "too small for the packet", 2, 28, 16, 28 },
		{ "no head of a simple packet", "too small for the packet", 3, 12, 0, 12 },
		{ "no head of an interface", "interface description at offset 92 is too short", 1, 16, 4, 16 },
		{ "no head of statistics", "interface statistics at offset 92 is too short", 5, 16, 4, 16 },
		{ "no head of secrets", "decryption secrets at offset 92 is too short", 10, 16, 4, 16 },
		{ "no head of names", "name resolution block at offset 92 is too short", 4, 12, 0, 12 },
		{ "no enterprise", "custom block at offset 92 is too short", 0xbad, 12, 0, 12 },
		{ "empty journal", "journal entry at offset 92 is too short", 9, 40, 28, 40 },
		{ "short system call", "system call at offset 92 is too short", 0x204, 32, 20, 32 },
		/* clang-format on */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		good_start();
		raw_block(cases[i].type, cases[i].len, cases[i].body, cases[i].trailer);
		expect(cases[i].what, 1, 3, cases[i].error);
		expect(cases[i].what, 1, 3, "; 1 packet before it was read");
	}
}

static void packet_damage(void **state)
{
	(void)state;
	good_start();
	enhanced_packet(&b, 1, 1, 10);
	expect("unknown interface", 1, 3, "of interface 1, the section has described 1");

	good_start();
	section(&b, true);
	enhanced_packet(&b, 0, 1, 10);
	expect("interfaces end with their section", 1, 3,
	       "of interface 0, the section has described 0");

	good_start();
	section(&b, false);
	simple_packet(&b, 10, 10);
	expect("a simple packet without interface", 1, 3, "described 0");

	good_start();
	begin_packet(&b, 0, 1, 10, 10);
	end_block(&b);
	store32(b.at + b.block + 20, false, 13);
	expect("captured length over block", 1, 3, "too small for the packet");
	store32(b.at + b.block + 20, false, 0xffffffff);
	expect("captured length 4 GiB", 1, 3,
	       "says 4,294,967,295 captured bytes, 262,144 are the most");

	good_start();
	enhanced_packet(&b, 0, 1, 262144);
	enhanced_packet(&b, 0, 1, 262145);
	expect("captured length over what packets have", 2, 3, "262,145 captured bytes");

	good_start();
	simple_packet(&b, 10, 20);
	expect("a simple packet has no options", 1, 3,
	       "simple packet block at offset 92 says 36 bytes");
}

static void option_damage(void **state)
{
	static const struct {
		uint16_t code;
		size_t len;
		const char *error;
	} cases[] = {
		{PACKET_FLAGS, 1, "flags are not 4 bytes"},
		{PACKET_DROPCOUNT, 7, "drop count"},
		{PACKET_ID, 0, "identifier"},
		{PACKET_QUEUE, 3, "queue"},
		{PACKET_VERDICT, 0, "verdict"},
		{OPT_CUSTOM_BYTES, 3, "enterprise number"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		good_start();
		begin_packet(&b, 0, 1, 4, 4);
		put_text(&b, OPT_COMMENT, "four");
		put_option(&b, cases[i].code, "\0\0\0\0\0\0\0", cases[i].len);
		end_block(&b);
		expect("option length", 1, 3, cases[i].error);
		expect("option offset", 1, 3, "option at offset 132");
	}
	good_start();
	begin_packet(&b, 0, 1, 4, 4);
	put16(&b, OPT_COMMENT);
	put16(&b, 100);
	end_block(&b);
	expect("option over block", 1, 3, "option at offset 124: an option reaches past the end");
	store16(b.at + 124, false, OPT_END);
	expect("end over block", 1, 3, "reaches past the end");

	good_start();
	begin_interface(&b, 1, 0);
	put_option(&b, IF_FILTER, "", 0);
	end_block(&b);
	expect("empty filter", 1, 3, "filter is empty");
}

static void section_damage(void **state)
{
	(void)state;
	good_start();
	section(&b, false);
	store32(b.at + b.block + 8, false, 0x1a2b3c4e);
	expect("magic", 1, 3, "byte-order magic 0x1a2b3c4e");
	store32(b.at + b.block + 8, false, 0x1a2b3c4d);
	store16(b.at + b.block + 12, false, 2);
	expect("version", 1, 2, "is of version 2.0");
	store16(b.at + b.block + 12, false, 1);
	store16(b.at + b.block + 14, false, 2);
	expect("version 1.2 is 1.0", 1, 0, "");
	good_start();
	raw_block(BLOCK_NAMES, 20, 8, 20);
	store16(b.at + 100, false, 1);
	store16(b.at + 102, false, 4);
	expect("name without text", 1, 3, "name at offset 100 does not end in a zero byte");
	store16(b.at + 102, false, 3);
	expect("name without address", 1, 3, "too short for its address");
	store16(b.at + 102, false, 5);
	expect("name over block", 1, 3, "name at offset 100 says 5 bytes, its block has 4 left");
}

static void pcap_damage(void **state)
{
	(void)state;
	b = (struct bytes){0};
	pcap_head(&b, 0xa1b2c3d4, 4, 1);
	pcap_record(&b, 1, 2, 10, 10);
	pcap_record(&b, 1, 2, 10, 10);
	store32(b.at + 58, false, 262145);
	expect("captured length", 1, 3,
	       "packet at offset 50 says 262,145 captured bytes, 262,144 are the most");
	store32(b.at + 58, false, 11);
	expect("longer than the file", 1, 3,
	       "packet at offset 50 says 27 bytes, the file has 26 left");
	b.len = 60;
	expect("cut head", 1, 3, "packet head at offset 50 says 16 bytes, the file has 10 left");
	store16(b.at + 4, false, 1);
	expect("version", 0, 2, "the version at offset 4 is 1.4");
	store16(b.at + 4, false, 2);
	store32(b.at + 20, false, 0x10001);
	expect("reserved bits", 0, 2, "reserved bits");
	store32(b.at + 20, false, 0xffff);
	expect("no link type", 0, 2, "the link type at offset 20 is 65535, which stands for none");
}

static void too_many_interfaces(void **state)
{
	enum { MOST = 32768, SHB = 28, IDB = 20 };
	const size_t len = SHB + (MOST + 1) * IDB;
	char *error = NULL, expected[80];
	uint8_t *file = malloc(len);
	struct packet p;

	(void)state;
	b.len = 0;
	section(&b, false);
	interface(&b, 1, 0);
	assert_true(b.len == SHB + IDB && file != NULL);
	memcpy(file, b.at, SHB);
	for (size_t at = SHB; at < len; at += IDB)
		memcpy(file + at, b.at + SHB, IDB);
	struct reader *r = reader_open_memory(file, len, 0, &error);
	assert_int_equal(reader_next(r, &p), -1);
	snprintf(expected, sizeof expected, "the link type at offset %zu is of one", len - IDB + 8);
	assert_non_null(strstr(reader_error(r), expected));
	reader_close(r);
	free(file);
}

static void no_captures(void **state)
{
	(void)state;
	b.len = 0;
	expect("empty", 0, 2, "memory: empty");
	put_bytes(&b, "hello\033[0m, world", 16);
	expect("text", 0, 2,
	       "no capture file: it begins with 68 65 6c 6c 6f 1b 5b 30 (\"hello.[0\")");
	b.len = 3;
	expect("short", 0, 2, "it begins with 68 65 6c (\"hel\")");
	b.len = 0;
	put32(&b, 0x184d2204);
	put_data(&b, 30, 0, 0);
	expect("lz4", 0, 2, "unpack it by lz4 -d");
}

/* A small file with everything in it. */
static void rich_pcapng(void)
{
	b.len = 0;
	begin_section(&b, false);
	put_text(&b, SHB_APPLICATION, "test");
	end_block(&b);
	begin_interface(&b, 1, 96);
	put_text(&b, IF_NAME, "eth0");
	put_option(&b, IF_TSRESOL, "\x09", 1);
	end_block(&b);
	begin_packet(&b, 0, 1, 9, 60);
	put_option(&b, PACKET_FLAGS, "\1\0\0\0", 4);
	put_text(&b, OPT_COMMENT, "hi");
	end_block(&b);
	names_and_another_section(&b, true);
	begin_block(&b, BLOCK_STATISTICS);
	put32(&b, 0);
	put64(&b, 0);
	end_block(&b);
	enhanced_packet(&b, 0, 2, 3);
}

static void some_pcap(void)
{
	b = (struct bytes){.big = true};
	pcap_head(&b, 0xa1b23c4d, 4, 1);
	for (uint32_t i = 0; i < 4; i++)
		pcap_record(&b, i, i, 8 * i, 60);
}

static void compare_windows(const uint8_t *data, size_t len)
{
	static const size_t windows[] = {1, 16, 64};
	struct outcome whole = read_exactly(data, len, 0);

	for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
		struct outcome streamed = read_exactly(data, len, windows[i]);

		assert_true(streamed.packets == whole.packets);
		assert_true(streamed.sum == whole.sum);
		assert_int_equal(streamed.exit_code, whole.exit_code);
		assert_string_equal(streamed.error, whole.error);
	}
}

static void cut_and_change(void (*build)(void))
{
	uint64_t packets = 0;

	build();
	assert_int_equal(read_all(b.at, b.len, 0).exit_code, 0);
	for (size_t len = 0; len <= b.len; len++) {
		struct outcome o = read_exactly(b.at, len, 0);

		/* what is whole stays readable: the longer the file, the more of it */
		assert_true(o.packets == packets || o.packets == packets + 1);
		packets = o.packets;
		compare_windows(b.at, len);
	}
	for (size_t i = 0; i < b.len; i++) {
		uint8_t was = b.at[i];

		b.at[i] = 0x00;
		compare_windows(b.at, b.len);
		b.at[i] = 0xff;
		compare_windows(b.at, b.len);
		b.at[i] = was;
	}
}

static void pcapng_cut_and_changed(void **state)
{
	(void)state;
	cut_and_change(rich_pcapng);
}

static void pcap_cut_and_changed(void **state)
{
	(void)state;
	cut_and_change(some_pcap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pcapng_block_damage),
		cmocka_unit_test(packet_damage),
		cmocka_unit_test(option_damage),
		cmocka_unit_test(section_damage),
		cmocka_unit_test(pcap_damage),
		cmocka_unit_test(too_many_interfaces),
		cmocka_unit_test(no_captures),
		cmocka_unit_test(pcapng_cut_and_changed),
		cmocka_unit_test(pcap_cut_and_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
