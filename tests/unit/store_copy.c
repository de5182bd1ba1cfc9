/* SPDX-License-Identifier: BSD-3-Clause */
/* What is taken away: every form of a field, of a layer, of a packet; filters, alone and joined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/copy.h"
#include "store_made.h"

#include <glib.h>

static struct store *s;
static struct detail *d;
static struct cursor *c;
static struct frame *f;
static struct columns *columns;

static int begin(void **state)
{
	(void)state;
	make(10);
	s = made_store();
	d = detail_new(s);
	c = cursor_new(s);
	f = frame_new();
	columns = columns_new();
	return detail_take(d, 1, NULL) != 1;
}

static int end(void **state)
{
	(void)state;
	columns_free(columns);
	frame_free(f);
	cursor_free(c);
	detail_free(d);
	store_close(s);
	return 0;
}

static void expect(const char *key, enum copy_form form, const char *text)
{
	for (unsigned i = 0; i < detail_count(d); i++) {
		const char *is = detail_line(d, i).key;

		if (is == NULL || strcmp(is, key) != 0)
			continue;
		char *copy = copy_line(d, i, form);
		if (text == NULL)
			assert_null(copy);
		else
			assert_string_equal(copy, text);
		g_free(copy);
		return;
	}
	fail_msg("there is no line of %s", key);
}

static void fields(void **state)
{
	(void)state;
	detail_open_all(d, true);
	expect("ip.ttl", COPY_VALUE, "64");
	expect("ip.ttl", COPY_FILTER, "ip.ttl == 64");
	expect("ip.ttl", COPY_HEX, "40");
	expect("ip.ttl", COPY_C, "static const uint8_t ip_ttl[] = {0x40};\n");
	expect("ip.ttl", COPY_JSON, "{\"ip.ttl\":64}");
	expect("ip.ttl", COPY_ROW, "22.0\t8\tTime to live\t64 hops");
	expect("ip.hdr_len", COPY_VALUE, "20");
	expect("ip.hdr_len", COPY_FILTER, "ip.hdr_len == 20");
	expect("ip.dst", COPY_FILTER, "ip.dst == 10.0.0.99");
	expect("ip.dst", COPY_JSON, "{\"ip.dst\":\"10.0.0.99\"}");
	expect("eth.src", COPY_FILTER, "eth.src == 02:00:00:00:00:01");
	expect("eth.src", COPY_C,
	       "static const uint8_t eth_src[] = {0x02, 0x00, 0x00, 0x00, 0x00, 0x01};\n");
	expect("frame.number", COPY_FILTER, "frame.number == 2");
	expect("frame.number", COPY_HEX, NULL);
	expect("data.data", COPY_C,
	       "static const uint8_t data_data[] = {\n"
	       "\t0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36,\n"
	       "\t0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d,\n"
	       "};\n");
}

static void layers(void **state)
{
	(void)state;
	expect("ip", COPY_FILTER, "ip");
	expect("ip", COPY_VALUE, "IPv4 10.0.0.1 → 10.0.0.99");
	expect("udp", COPY_HEX, "03e91b59001b0000");
	expect("udp", COPY_JSON, NULL);
}

static void expect_packet(enum copy_form form, const char *text)
{
	char *copy = copy_packet(c, f, 1, NULL, columns, form);

	assert_string_equal(copy, text);
	g_free(copy);
}

static void packets(void **state)
{
	(void)state;
	expect_packet(COPY_VALUE, "1001 → 7001 len 19");
	expect_packet(COPY_FILTER, "frame.number == 2");
	expect_packet(COPY_ROW, "2\t0.001000\t10.0.0.1\t10.0.0.99\tUDP\t61\t1001 → 7001 len 19");
	expect_packet(COPY_HEX, "020000000002020000000001080045000"
				"02f00010000401100000a0000010a000063"
				"03e91b59001b00002b2c2d2e2f303132333435363738393a3b3c3d");
	char *json = copy_packet(c, f, 1, NULL, columns, COPY_JSON);
	assert_true(g_str_has_prefix(json, "{\"remora\":1,\"number\":2,"));
	assert_true(g_str_has_suffix(json, "}]}\n"));
	g_free(json);
	assert_null(copy_packet(c, f, 10, NULL, columns, COPY_HEX));
}

static void bytes(void **state)
{
	char *text = filter_of_bytes(d, 12, 3);

	(void)state;
	assert_string_equal(text, "frame[12:3] == 08:00:45");
	g_free(text);
	assert_null(filter_of_bytes(d, 59, 3));
	assert_null(filter_of_bytes(d, 5, 0));
	assert_null(filter_of_bytes(d, UINT32_MAX, 2));
}

static void expect_joined(const char *filter, enum filter_join how, const char *joined)
{
	char *text = filter_joined(filter, how, "b == 1");

	assert_string_equal(text, joined);
	g_free(text);
}

static void joined(void **state)
{
	(void)state;
	expect_joined("a", FILTER_REPLACE, "b == 1");
	expect_joined("a", FILTER_NOT, "!(b == 1)");
	expect_joined("a", FILTER_AND, "(a) && (b == 1)");
	expect_joined("a", FILTER_OR_NOT, "(a) || (!(b == 1))");
	expect_joined(" ", FILTER_AND, "b == 1");
	expect_joined("", FILTER_AND_NOT, "!(b == 1)");
	for (unsigned form = 0; form < COPY_FORMS; form++)
		assert_non_null(copy_form_name((enum copy_form)form));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(fields), TEST(layers), TEST(packets), TEST(bytes), TEST(joined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
