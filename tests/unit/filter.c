/* SPDX-License-Identifier: BSD-3-Clause */
/* Display filters over one packet, and what the compiler says of bad ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "file/reader.h"
#include "filter/filter.h"

#include <glib.h>

/* A pcap file of one SYN from 192.168.1.53:51982 to 142.251.129.142:80, TTL 64. */
static const uint8_t file[] = {
	0xd4, 0xc3, 0xb2, 0xa1, 2,    0,    4,    0,    0,    0,    0,    0,    0,    0,
	0,    0,    0xff, 0xff, 0,    0,    1,    0,    0,    0,    0x2f, 0xd2, 0x55, 0x69,
	0x20, 0xa1, 7,    0,    58,   0,    0,    0,    58,   0,    0,    0,    0xe8, 0x4d,
	0x74, 0x9f, 0x61, 0x4a, 0xd8, 0x5e, 0xd3, 0x43, 0x03, 0xeb, 0x08, 0x00, 0x45, 0x00,
	0x00, 0x2c, 0x00, 0x01, 0x40, 0x00, 0x40, 0x06, 0x00, 0x00, 0xc0, 0xa8, 0x01, 0x35,
	0x8e, 0xfb, 0x81, 0x8e, 0xcb, 0x0e, 0x00, 0x50, 0x00, 0x00, 0x05, 0xe4, 0x00, 0x00,
	0x00, 0x00, 0x60, 0x02, 0x0b, 0x68, 0x00, 0x00, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4,
};

struct one {
	struct reader *reader;
	struct packet packet;
	struct frame *frame;
};

static int setup(void **state)
{
	struct one *o = g_new0(struct one, 1);
	char *error = NULL;

	o->reader = reader_open_memory(file, sizeof(file), 0, &error);
	assert_non_null(o->reader);
	assert_int_equal(reader_next(o->reader, &o->packet), 1);
	o->frame = frame_new();
	*state = o;
	return 0;
}

static int teardown(void **state)
{
	struct one *o = *state;

	frame_free(o->frame);
	reader_close(o->reader);
	g_free(o);
	return 0;
}

static bool matches(struct one *o, const char *expression)
{
	char *error;
	struct filter *f = filter_compile(expression, &error);

	if (f == NULL)
		fail_msg("%s", error);
	frame_take(o->frame, reader_interfaces(o->reader), &o->packet,
		   filter_want(f, &o->frame->index));
	const bool yes = filter_match(f, o->frame);
	filter_free(f);
	return yes;
}

static void selects(void **state)
{
	static const char *const yes[] = {
		"tcp",
		"ip.ttl",
		"ip.ttl == 64",
		"ip.ttl == +64",
		"ip.ttl == '@'",
		"ip.ttl == '\\x40'",
		"ip.ttl == 32 * 2",
		"ip.ttl == {8 + 24} * 2",
		"ip.ttl == -ip.ttl + 128",
		"-ip.ttl == -64",
		"ip.ttl - 65 == -1",
		"ip.ttl - 65 < 0",
		"abs(ip.ttl - 70) == 6",
		"ip.ttl/2 == 32",
		"ip.ttl -1 == 63",
		"eth.src[0:2] > ff",
		"eth.src[0:2] > d8:5d",
		"any ip.addr != 192.168.1.53",
		"all tcp.port > 79",
		"all tcp.port in {80..51982}",
		"any ip.ttl in {64}",
		"all ip.host contains \".\"",
		"all ip.host matches \"^1\"",
		"not any tcp.port < 80",
		"ip.src & 255.255.0.0 == 192.168.0.0",
		"eth.src & ff:ff:00:00:00:00 == d8:5e:00:00:00:00",
		"ip[0] & 0f",
		"ip[0] & 0f == 05",
		"{ip.ttl & 64}",
		"tcp[-4:] == 02:04:05:b4",
		"len(tcp) == 24",
		"len(ip) == 20",
		"ip#1[0] == 45",
		"ip[ 0 , 8 ] == 45:40",
		"eth.src[:] == d8:5e:d3:43:03:eb",
		"eth.src == d85e.d343.03eb",
		"eth.src == :d8:5e:d3:43:03:eb",
		"eth.src[0-1] == \"\\xd8^\"",
		"ip.src[3] == 35",
		"ip.dsfield.dscp == \"Default\"",
		"ip.dsfield.dscp == CS0",
		"tcp.flags.syn == \"Set\"",
		"tcp.flags.ack == \"not set\"",
		"frame.time_delta + 1.5 == 1.5",
		"frame.time_relative - 2 < -1.5",
		"abs(frame.time_relative - 2) == 2",
		"frame matches \"\\x02\\x04\\x05\\xb4$\"",
		"frame contains '\\x45'",
		"ip.ttl == 0x40",
		"ip.ttl == 0b1000000",
		"ip.ttl == 0100",
		"ip.ttl >= 64 && ip.ttl <= 64",
		"60 < ip.ttl < 70",
		"not udp",
		"!udp and tcp",
		"udp or tcp",
		"tcp xor udp",
		"ip.addr == 192.168.1.53",
		"ip.addr == 192.168.0.0/16",
		"ip.src == ip.src",
		"tcp.port == 80",
		"tcp.port in {70..90}",
		"tcp.port in {1, 51982}",
		"tcp.port not in {1}",
		"eth.src == d8:5e:d3:43:03:eb",
		"eth.src == d8-5e-d3-43-03-eb",
		"eth.src[0:3] == d8:5e:d3",
		"eth.src[0-2] == d8:5e:d3",
		"eth.src[3:] == 43:03:eb",
		"eth.src[:2] == d8:5e",
		"eth[0] == e8",
		"eth.src[-1] == eb",
		"eth.src[0,5] == d8:eb",
		"eth.src[7:2] == \"\"",
		"eth.src[7:2] != 00:00",
		"eth.src[4:3] < 00",
		"eth.src[0,7,5] == d8",
		"eth.src[0,7]",
		"!eth.src[7]",
		"tcp.flags & 0x02",
		"tcp.flags & 0x12 == 0x02",
		"tcp.flags.syn == 1",
		"tcp.flags.syn == true",
		"tcp.flags.syn == True",
		"frame.number == 1",
		"frame.len == 58",
		"frame.time_epoch > 1767000000",
		"frame.time >= \"2026-01-01 00:00:00Z\"",
		"ip.checksum.status == \"Bad\"",
		"ip.checksum.status == bad",
		"tcp.options.mss_val == 1460",
		"count(ip.addr) == 2",
		"ip.ttl + 1 == 65",
		"ip.ttl * 2 == 128",
		"{ip.ttl + 1} * 2 == 130",
		"max(tcp.port) == 51982",
		"min(tcp.port) == 80",
		"frame contains 05:b4",
		"tcp contains 02:04:05",
		"string(ip.ttl) == \"64\"",
		"string(ip.ttl) matches \"^6\"",
		"ip.host contains \"192.168\"",
		"lower(ip.host) == \"192.168.1.53\"",
		"ip.dst != 10.0.0.1",
		"ip.ttl#1 == 64",
		"ip.ttl#[1-2] == 64",
		"tcp.port === 80 || tcp.port == 80",
		"tcp.port !== 80",
		"ip.addr ~= 192.168.1.53",
		"frame.protocols contains \"tcp\"",
		"_ws.col.protocol == \"TCP\"",
		"((((tcp))))",
		"tcp&&ip.ttl==64",
		"ip.flags.df == 1 and not ip.flags.mf == 1",
		"eth.type == 0x800",
	};
	static const char *const no[] = {
		"udp",
		"ip.ttl == 65",
		"ip.ttl < 64",
		"ip.ttl > 64",
		"ip.ttl != 64",
		"ip.addr != 192.168.1.53",
		"!(ip.addr == 192.168.1.53)",
		"eth.len",
		"udp.port != 53",
		"tcp.port == 443",
		"tcp.port in {81..89}",
		"tcp.flags & 0x10",
		"ip.ttl#2 == 64",
		"tcp.port === 80",
		"eth.src[0:3] == 00:00:00",
		"eth.src[7:2] == 00:00",
		"frame contains \"GET\"",
		"tcp xor ip",
		"not (tcp or udp)",
		"eth.src[7]",
		"eth.src[7,0]",
		"count(udp.port) == 0",
		"frame.comment",
		"string(ip.ttl) == \"6\"",
		"ip.ttl / 0 == 1",
		"ip.ttl % 0 == 0",
		"ip.ttl - 65 > 10",
		"ip.ttl < -1",
		"ip#2",
		"ip#2[0] == 45",
		"ip#0",
		"all tcp.port == 80",
		"any tcp.port in {81}",
		"not all tcp.port > 79",
		"udp[8:2] == 00:00",
		"eth[14] == 45",
		"ip[0] & b0",
		"ip.ttl & 63",
		"http.host != \"\"",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
		if (!matches(*state, yes[i]))
			fail_msg("should match: %s", yes[i]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
		if (matches(*state, no[i]))
			fail_msg("should not match: %s", no[i]);
	}
}

static void complains(void **state)
{
	static const struct {
		const char *expression, *part;
	} bad[] = {
		{"tcp.flags.re", "did you mean tcp.flags.res, tcp.flags.reset"},
		{"ip.ttl == \"abc\"", "ip.ttl has no value called \"abc\""},
		{"ip.ttl ==", "the expression ends where a field or a value is expected"},
		{"(ip.ttl", "expected ) here"},
		{"ip.ttl == 64 65", "expected an operator here"},
		{"ip.addr == 10.0.0.0/33", "an IPv4 address"},
		{"5 == 5", "a field was expected"},
		{"nosuchthing", "unknown field or protocol"},
		{"tcp.port in 80", "expected a set here"},
		{"tcp matches \"(\"", "regular expression"},
		{"tcp matches GET", "regular expression in quotes"},
		{"\"abc", "no end"},
		{"ip.ttl == \"\\q\"", "escape"},
		{"foo(ip.ttl)", "unknown function"},
		{"ip.ttl contains \"a\"", "only text"},
		{"ip.src = 10.0.0.1", "did you mean ==?"},
		{"tcp AND ip", "did you mean and?"},
		{"tcp | ip", "did you mean ||?"},
		{"dns.qry.type == \"AAA\"", "did you mean \"AAAA\", \"CAA\""},
		{"ip.ttl == 256", "ip.ttl is at most 255"},
		{"ip.addr == \"10.0.0.1\"", "without quotes"},
		{"eth.src == 00:11", "six bytes"},
		{"tcp contains GET", "a string in quotes"},
		{"tcp.flags.syn & 1", "true and false"},
		{"ip.src + 1 == 10.0.0.1", "masked with &"},
		{"tcp.port == \"80\"", "expected a number"},
		{"len(tcp)", "compare what the function returns"},
		{"any ip", "want a comparison"},
		{"any not tcp", "expected a field"},
		{"eth.src[3-1]", "a slice is"},
		{"eth.src[0:0]", "a slice is"},
		{"ip.ttl[0] == 40", "cannot be sliced"},
		{"ip.proto == \"ICPM\"", "did you mean \"ICMP\""},
		{"ip.ttl == 'ab'", "one character"},
		{"ip.ttl == ${ip.ttl}", "selected packet"},
		{"string(tcp) == \"a\"", "bytes cannot be made a string"},
		{"max(ip.ttl, eth.src) == 1", "another type"},
		{"1 + 2 == 3", "a field was expected"},
		{"eth.src[x]", "a slice is"},
		{"ip.src == eth.src", "different types"},
		{"tcp.port == 80 &&", "expression ends"},
		{"ip.ttl & ", "expression ends"},
		{"@", "means nothing"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		char *error;

		if (filter_compile(bad[i].expression, &error) != NULL)
			fail_msg("should not compile: %s", bad[i].expression);
		if (strstr(error, bad[i].part) == NULL)
			fail_msg("%s: want \"%s\", got: %s", bad[i].expression, bad[i].part, error);
		assert_non_null(strchr(error, '^'));
		g_free(error);
	}
}

/* "ip.ttl", the piece many times, " == 5". */
static char *refuse_row_of(const char *piece)
{
	GString *row = g_string_new("ip.src");
	char *error;

	for (int i = 0; i < 1000; i++)
		g_string_append(row, piece);
	g_string_append(row, " == 5");
	assert_null(filter_compile(row->str, &error));
	g_string_free(row, TRUE);
	return error;
}

static void goes_on_without_end(void **state)
{
	static const char *const pieces[] = {"+1", "[0]", " & 1.2.3.4", " == 5", "[0,1]"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		char *error = refuse_row_of(pieces[i]);

		assert_non_null(strstr(error, "too "));
		g_free(error);
	}
}

/* Trying all ways to halve a run of letters doubles with each letter: it is given up. */
static void matches_without_end(void **state)
{
	struct one *o = *state;
	static uint8_t letters[4000];
	const struct packet packet = o->packet;

	memset(letters, 'a', sizeof(letters));
	letters[20] = 'c';
	o->packet.data = letters;
	o->packet.len = o->packet.cap_len = sizeof(letters);
	assert_true(matches(o, "frame matches \"^(a+)+c\""));
	assert_false(matches(o, "frame matches \"^((a+)+b|a{20}c)\""));
	assert_true(matches(o, "frame matches \"a.*c\""));
	assert_true(matches(o, "frame matches \"^(a|c)*$\""));
	o->packet = packet;
}

static void nests_without_end(void **state)
{
	GString *deep = g_string_new(NULL), *wide = g_string_new("tcp");
	char *error;

	(void)state;
	for (int i = 0; i < 5000; i++)
		g_string_append_c(deep, i % 2 ? '(' : '!');
	assert_null(filter_compile(deep->str, &error));
	assert_non_null(strstr(error, "deeply"));
	g_free(error);
	for (int i = 0; i < 3000; i++)
		g_string_append(wide, "&&ip");
	struct filter *f = filter_compile(wide->str, &error);
	assert_non_null(f);
	filter_free(f);
	g_string_append_printf(wide, "%20000s", "");
	assert_null(filter_compile(wide->str, &error));
	g_free(error);
	assert_null(filter_compile("  ", &error));
	assert_null(error);
	g_string_free(deep, TRUE);
	g_string_free(wide, TRUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(selects, setup, teardown),
		cmocka_unit_test(complains),
		cmocka_unit_test_setup_teardown(matches_without_end, setup, teardown),
		cmocka_unit_test(nests_without_end),
		cmocka_unit_test(goes_on_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
