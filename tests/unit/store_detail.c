/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of a tree: how they fold, what they cover, what stays when the packet changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/detail.h"
#include "store_made.h"

#include <limits.h>

static struct store *s;
static struct detail *d;

static int begin(void **state)
{
	(void)state;
	make(20);
	s = made_store();
	d = detail_new(s);
	return detail_take(d, 1, NULL) != 1;
}

static int end(void **state)
{
	(void)state;
	detail_free(d);
	store_close(s);
	return 0;
}

/* The visible line of a key, or of a protocol. */
static unsigned line_of(const char *key)
{
	for (unsigned i = 0; i < detail_count(d); i++) {
		const struct detail_line line = detail_line(d, i);

		if (line.key != NULL && strcmp(line.key, key) == 0)
			return i;
	}
	return UINT_MAX;
}

static void layers(void **state)
{
	struct detail_text t;

	(void)state;
	assert_int_equal(detail_row(d), 1);
	detail_text(d, 0, &t);
	assert_string_equal(t.name, "Frame 2");
	assert_string_equal(t.meaning, "61 bytes");
	assert_false(detail_line(d, 0).open);
	assert_false(detail_line(d, 0).placed);
	const unsigned ip = line_of("ip");
	const struct detail_line line = detail_line(d, ip);
	assert_int_equal(line.kind, DETAIL_LAYER);
	assert_int_equal(line.depth, 0);
	assert_true(line.foldable && line.open && line.placed);
	assert_int_equal(line.bit, 14 * 8);
	assert_int_equal(line.bits, 20 * 8);
	assert_string_equal(line.ref, "RFC 791");
	detail_text(d, ip, &t);
	assert_string_equal(t.name, "IPv4");
	assert_string_equal(t.value, "10.0.0.1 → 10.0.0.99");
	assert_string_equal(t.place, "14.0");
	assert_string_equal(t.width, "160");
}

static void rows(void **state)
{
	struct detail_text t;
	struct rem_row row;
	struct rem_value v;

	(void)state;
	const unsigned i = line_of("ip.hdr_len");
	const struct detail_line line = detail_line(d, i);
	assert_int_equal(line.kind, DETAIL_ROW);
	assert_int_equal(line.depth, 1);
	assert_false(line.foldable);
	assert_int_equal(line.bit, 14 * 8 + 4);
	assert_int_equal(line.bits, 4);
	assert_non_null(line.about);
	detail_text(d, i, &t);
	assert_string_equal(t.place, "14.4");
	assert_string_equal(t.width, "4");
	assert_string_equal(t.name, "Header length");
	assert_string_equal(t.value, "5");
	assert_string_equal(t.meaning, "20 bytes (x 4)");
	assert_true(detail_field(d, i, &row));
	assert_true(rem_row_value(&detail_frame(d)->b, &row, &v));
	assert_int_equal(v.u, 20);
	assert_int_equal(detail_parent(d, i), line_of("ip"));
}

static void folding(void **state)
{
	(void)state;
	const unsigned all = detail_count(d), ip = line_of("ip"), udp = line_of("udp");
	detail_toggle(d, ip);
	assert_int_equal(detail_count(d), all - (udp - ip - 1));
	assert_int_equal(line_of("udp"), ip + 1);
	assert_false(detail_line(d, ip).open);
	/* so it stays in the next packet */
	assert_int_equal(detail_take(d, 2, NULL), 1);
	assert_int_equal(line_of("udp"), ip + 1);
	detail_toggle(d, ip);
	assert_int_equal(detail_count(d), all);
	detail_open_all(d, false);
	assert_int_equal(detail_count(d), 5);
	detail_open_all(d, true);
	assert_true(detail_count(d) > all);
	assert_true(line_of("frame.number") != UINT_MAX);
	assert_true(line_of("ip.flags.df") != UINT_MAX);
}

static void bytes_and_rows(void **state)
{
	(void)state;
	detail_open_all(d, false);
	unsigned i = detail_find(d, 0, 8 * 22, 8);
	assert_string_equal(detail_line(d, i).key, "ip.ttl");
	assert_true(detail_line(d, line_of("ip")).open);
	assert_int_equal(line_of("udp.srcport"), UINT_MAX);
	/* two rows share a byte */
	i = detail_find(d, 0, 8 * 14, 8);
	assert_string_equal(detail_line(d, i).key, "ip.version");
	i = detail_find(d, 0, 8 * 14 + 5, 1);
	assert_string_equal(detail_line(d, i).key, "ip.hdr_len");
	/* a flag is narrower than its word */
	i = detail_find(d, 0, 8 * 20 + 1, 1);
	assert_string_equal(detail_line(d, i).key, "ip.flags.df");
	assert_int_equal(detail_line(d, i).depth, 2);
	assert_int_equal(detail_find(d, 0, 8 * 5000, 8) != UINT_MAX, true); /* the last layer's */
	assert_int_equal(detail_find(d, 3, 0, 8), UINT_MAX);
}

static void what_is_wrong(void **state)
{
	struct detail_text t;

	(void)state;
	const unsigned i = line_of("ip.checksum");
	assert_true(detail_line(d, i).wrong);
	assert_true(detail_line(d, i).status);
	detail_text(d, i, &t);
	assert_string_equal(t.meaning, "! bad");
	assert_false(detail_line(d, line_of("ip")).wrong);
	detail_toggle(d, line_of("ip"));
	assert_true(detail_line(d, line_of("ip")).wrong);
	assert_false(detail_line(d, line_of("udp")).wrong);
}

static void the_same_field(void **state)
{
	(void)state;
	const uint64_t mark = detail_mark(d, line_of("udp.dstport"));
	assert_int_equal(detail_take(d, 7, NULL), 1);
	assert_int_equal(detail_find_mark(d, mark), line_of("udp.dstport"));
	detail_toggle(d, line_of("udp"));
	assert_int_equal(detail_find_mark(d, mark), UINT_MAX);
}

static void no_packet(void **state)
{
	(void)state;
	assert_int_equal(detail_take(d, 20, NULL), 0);
	assert_int_equal(detail_count(d), 0);
	assert_int_equal(detail_row(d), NO_ROW);
	assert_null(detail_source(d, 0).p);
	assert_int_equal(detail_take(d, 19, NULL), 1);
	assert_int_equal(detail_source(d, 0).cap, 79);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(layers),        TEST(rows),           TEST(folding),   TEST(bytes_and_rows),
		TEST(what_is_wrong), TEST(the_same_field), TEST(no_packet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
