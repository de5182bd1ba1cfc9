/* SPDX-License-Identifier: BSD-3-Clause */
/* Text: numbers, addresses, times and packet text, whole and where the room ends. */
#include <remora/remora.h>
#include <remora/text.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { ROOM = 96 };

static char text[ROOM + 1];

static struct rem_out room(size_t n)
{
	memset(text, '#', sizeof(text));
	return (struct rem_out){text, text + n, false};
}

/* Everything fits, nothing is written behind the room, and what was written is this. */
static void is(const struct rem_out *o, const char *expected)
{
	assert_false(o->full);
	assert_int_equal(o->p - text, strlen(expected));
	assert_memory_equal(text, expected, strlen(expected));
	assert_true(text[strlen(expected)] == '#' || text[strlen(expected)] == '\0');
	assert_int_equal(text[ROOM], '#');
}

#define IS(expected, write) \
	do { \
		struct rem_out o = room(ROOM); \
		write; \
		is(&o, expected); \
		for (size_t cut = 0; cut < strlen(expected); cut++) { \
			o = room(cut); \
			write; \
			assert_true(o.full); \
			assert_true((size_t)(o.p - text) <= cut); \
			assert_memory_equal(text, expected, (size_t)(o.p - text)); \
			assert_int_equal(text[cut], '#'); \
		} \
	} while (0)

static void numbers(void **state)
{
	(void)state;
	IS("0", rem_out_uint(&o, 0));
	IS("9", rem_out_uint(&o, 9));
	IS("10", rem_out_uint(&o, 10));
	IS("99", rem_out_uint(&o, 99));
	IS("100", rem_out_uint(&o, 100));
	IS("255", rem_out_uint(&o, 255));
	IS("256", rem_out_uint(&o, 256));
	IS("9999", rem_out_uint(&o, 9999));
	IS("10000", rem_out_uint(&o, 10000));
	IS("12345678901", rem_out_uint(&o, 12345678901));
	IS("18446744073709551615", rem_out_uint(&o, UINT64_MAX));
	IS("-9223372036854775808", rem_out_int(&o, INT64_MIN));
	IS("-1", rem_out_int(&o, -1));
	IS("    42", rem_out_uint_right(&o, 42, 6));
	IS("  1000", rem_out_uint_right(&o, 1000, 6));
	IS("1234567", rem_out_uint_right(&o, 1234567, 6));
	IS("   1234567890", rem_out_uint_right(&o, 1234567890, 13));
	IS("25599999999", rem_out_uint(&o, 25599999999));
	IS("25600000000", rem_out_uint(&o, 25600000000));
	IS("000042", rem_out_digits(&o, 42, 6));
	IS("99999999", rem_out_digits(&o, 99999999, 8));
	IS("7", rem_out_digits(&o, 1237, 1));
}

/* Every number that goes by a table, against plain arithmetic. */
static void octets(void **state)
{
	(void)state;
	for (unsigned v = 0; v < 1100; v++) {
		struct rem_out o = room(ROOM);
		char *p = text;

		rem_out_uint(&o, v);
		for (unsigned unit = 1000; unit > 0; unit /= 10) {
			if (v >= unit || unit == 1)
				assert_int_equal(*p++, '0' + v / unit % 10);
		}
		assert_ptr_equal(p, o.p);
	}
}

/* The last number of each length and the first of the next. */
static void lengths(void **state)
{
	uint64_t power = 10;

	(void)state;
	for (unsigned n = 1; n < 20; n++, power *= 10) {
		struct rem_out o = room(ROOM);

		rem_out_uint(&o, power - 1);
		assert_int_equal(o.p - text, n);
		for (unsigned i = 0; i < n; i++)
			assert_int_equal(text[i], '9');
		o = room(ROOM);
		rem_out_uint(&o, power);
		assert_int_equal(o.p - text, n + 1);
		for (unsigned i = 0; i <= n; i++)
			assert_int_equal(text[i], i == 0 ? '1' : '0');
	}
}

static void hexadecimal(void **state)
{
	static const uint8_t bytes[] = {0x00, 0x9f, 0xa0, 0xff, 0x5c};

	(void)state;
	IS("0", rem_out_hex(&o, 0, 1));
	IS("f", rem_out_hex(&o, 0xaf, 1));
	IS("09a", rem_out_hex(&o, 0x9a, 3));
	IS("0123456789abcdef", rem_out_hex(&o, 0x0123456789abcdef, 16));
	IS("00:9f:a0:ff:5c", rem_out_bytes(&o, bytes, 5, ':'));
	IS("009fa0ff5c", rem_out_bytes(&o, bytes, 5, 0));
	IS("00", rem_out_bytes(&o, bytes, 1, ':'));
	IS("", rem_out_bytes(&o, bytes, 0, ':'));
}

static void spaces(void **state)
{
	const char *longer = "                                        "; /* 40 */

	(void)state;
	IS("", rem_out_blank(&o, 0));
	IS("   ", rem_out_blank(&o, 3));
	IS(longer, rem_out_blank(&o, 40));
	IS("ab   ", (rem_out_str(&o, "ab"), rem_out_pad(&o, text, 5)));
	struct rem_out o = room(ROOM);
	rem_out_str(&o, "abcdef");
	rem_out_pad(&o, text, 5);
	is(&o, "abcdef ");
}

static void ipv4(void **state)
{
	(void)state;
	IS("0.0.0.0", rem_out_ipv4(&o, 0));
	IS("255.255.255.255", rem_out_ipv4(&o, 0xffffffff));
	IS("10.9.100.99", rem_out_ipv4(&o, 0x0a096463));
}

/* RFC 5952 4 and 5. */
static void ipv6(void **state)
{
	static const struct {
		uint8_t address[16];
		const char *text;
	} cases[] = {
		{{0}, "::"},
		{{[15] = 1}, "::1"},
		{{0x20, 1, 0x0d, 0xb8}, "2001:db8::"},
		{{0x20, 1, 0x0d, 0xb8, [15] = 1}, "2001:db8::1"},
		{{0, 1, [15] = 1}, "1::1"},
		{{0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, "1:0:1:1:1:1:1:1"},
		{{0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1}, "1::1:0:0:1:1"},
		{{0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}, "1:0:0:1::1"},
		{{0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, "::1:1:1:1:1:1"},
		{{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0}, "1:1:1:1:1:1::"},
		{{0xfe, 0x80, [8] = 0x01, 0x23, 0x00, 0x45, 0x00, 0x06, 0xab, 0xcd},
		 "fe80::123:45:6:abcd"},
		{{[10] = 0xff, 0xff, 192, 0, 2, 1}, "::ffff:192.0.2.1"},
		{{[12] = 192, 0, 2, 1}, "::192.0.2.1"},
		{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		  0xff, 0xff},
		 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		IS(cases[i].text, rem_out_ipv6(&o, cases[i].address));
}

static void times(void **state)
{
	(void)state;
	IS("1970-01-01T00:00:00Z", rem_out_time(&o, 0, 0, 0));
	IS("2026-01-01T00:59:59.132061Z", rem_out_time(&o, 1767229199, 132061999, 6));
	IS("1969-12-31T23:59:59.000000001Z", rem_out_time(&o, -1, 1, 9));
	IS("2000-02-29T12:00:00.5Z", rem_out_time(&o, 951825600, 500000000, 1));
	IS("0000-01-01T00:00:00Z", rem_out_time(&o, -62167219200, 0, 0));
	IS("-1-12-31T23:59:59Z", rem_out_time(&o, -62167219201, 0, 0));
	IS("10000-01-01T00:00:00Z", rem_out_time(&o, 253402300800, 0, 0));
	IS("292277026596-12-04T15:30:07Z", rem_out_time(&o, INT64_MAX, 0, 0));
	IS("-292277022657-01-27T08:29:52Z", rem_out_time(&o, INT64_MIN, 0, 0));
	IS("0.000001", rem_out_seconds(&o, 0, 1999, 6));
	IS("12", rem_out_seconds(&o, 12, 5, 0));
	IS("-0.500000000", rem_out_seconds(&o, 0, -500000000, 9));
	IS("-3.25", rem_out_seconds(&o, -3, -250000000, 2));
}

/* A byte that needs an escape, at each place of a word and behind it. */
static void escapes(void **state)
{
	static const struct {
		uint8_t byte;
		const char *escaped;
	} cases[] = {{0x1f, "\\x1f"}, {0x00, "\\x00"}, {0x7f, "\\x7f"}, {'\\', "\\\\"},
		     {'\n', "\\n"},   {0x80, "\\x80"}, {0xff, "\\xff"}, {' ', " "},
		     {'~', "~"},      {'[', "["},      {']', "]"}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (unsigned at = 0; at < 19; at++) {
			uint8_t bytes[19];
			char expected[32];

			memset(bytes, 'a', sizeof(bytes));
			memset(expected, 'a', sizeof(expected));
			bytes[at] = cases[i].byte;
			memcpy(expected + at, cases[i].escaped, strlen(cases[i].escaped));
			expected[sizeof(bytes) - 1 + strlen(cases[i].escaped)] = '\0';
			IS(expected, rem_out_text(&o, bytes, sizeof(bytes)));
		}
	}
}

/* What is well formed passes, what reorders or hides text does not: CVE-2021-42574. */
static void characters(void **state)
{
	static const uint8_t override[] = {0xe2, 0x80, 0xae};   /* U+202E: from right to left */

	(void)state;
	IS("sm\xc3\xb8r \xe2\x86\x92",
	   rem_out_text(&o, (const uint8_t *)"sm\xc3\xb8r \xe2\x86\x92", 9));
	IS("\\xe2\\x80\\xae", rem_out_text(&o, override, sizeof(override)));
	IS("\\xc0\\xaf", rem_out_text(&o, (const uint8_t *)"\xc0\xaf", 2));
	IS("\\xc2\\x9b", rem_out_text(&o, (const uint8_t *)"\xc2\x9b", 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers), cmocka_unit_test(octets),
		cmocka_unit_test(lengths),   cmocka_unit_test(hexadecimal),
		cmocka_unit_test(spaces),  cmocka_unit_test(ipv4),     cmocka_unit_test(ipv6),
		cmocka_unit_test(times),   cmocka_unit_test(escapes),  cmocka_unit_test(characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
