/* SPDX-License-Identifier: BSD-3-Clause */
/* DNS, mDNS and LLMNR: names, records, options, messages over TCP, what lies and what is cut. */
#include "apart.h"

#include <remora/dns.h>
#include <time.h>

/* "\3www\7example\0" and the like; the terminating zero of the literal is the root. */
#define WWW                           "\3www\7example\3org\0"
#define HEADER(flags, qd, an, ns, ar) "\x12\x34" flags qd an ns ar
#define NONE                          "\0\0"
#define ONE                           "\0\1"
#define A_IN                          "\0\1\0\1"

/* UDP 53 → 40000 without IP: enough for DNS, and the lengths are easy to get right. */
static struct apart *over_udp(unsigned port, const char *message, size_t n, size_t wire)
{
	uint8_t p[1600] = {(uint8_t)(port >> 8), (uint8_t)port, 0x9c, 0x40};

	assert_true(n + 8 <= sizeof(p));
	p[4] = (uint8_t)((wire + 8) >> 8);
	p[5] = (uint8_t)(wire + 8);
	memcpy(p + 8, message, n);
	return apart_cut(REM_P_UDP, p, n + 8, wire + 8);
}

#define UDP(message) over_udp(53, message, sizeof(message) - 1, sizeof(message) - 1)

static const char response[] = HEADER("\x81\x80", ONE, "\0\3", NONE, ONE) WWW
	"\0\1\0\1"
	"\xc0\x0c"
	"\0\5\0\1"
	"\0\0\1\x2c"
	"\0\6"
	"\3web\xc0\x10"
	"\3web\xc0\x10" A_IN "\0\0\1\x2c"
	"\0\4"
	"\xc0\0\2\1"
	"\xc0\x0c"
	"\0\x1c\0\1"
	"\0\0\1\x2c"
	"\0\x10"
	"\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"
	"\0"
	"\0\x29"
	"\4\xd0"
	"\0\0\x80\0"
	"\0\x0b"
	"\0\x08\0\7\0\1\x18\0\xc6\x33\x64";

static void a_response(void **state)
{
	struct apart *a = UDP(response);

	(void)state;
	assert_int_equal(apart_layer(a, REM_P_DNS)->err, REM_OK);
	assert_shows(a, "dns.id", "0x1234");
	assert_shows(a, "dns.flags", "0x8180");
	assert_shows(a, "dns.flags.response", "1");
	assert_shows(a, "dns.flags.rcode", "0");
	assert_shows(a, "dns.count.answers", "3");
	assert_absent(a, "dns.count.zones");
	assert_shows(a, "dns.qry.name", "www.example.org");
	assert_shows(a, "dns.qry.name.len", "15");
	assert_shows(a, "dns.count.labels", "3");
	assert_shows(a, "dns.qry.type", "1");
	assert_string_equal(apart_text(a, "dns.resp.name", 1), "web.example.org");
	assert_string_equal(apart_text(a, "dns.resp.name", 3), "<Root>");
	assert_shows(a, "dns.cname", "web.example.org");
	assert_shows(a, "dns.a", "192.0.2.1");
	assert_shows(a, "dns.aaaa", "2001:db8::1");
	assert_shows(a, "dns.rr.udp_payload_size", "1232");
	assert_shows(a, "dns.resp.z.do", "1");
	assert_shows(a, "dns.opt.code", "8");
	assert_shows(a, "dns.opt.client.addr4", "198.51.100.0");
	assert_string_equal(apart_info(a),
			    "Response A www.example.org CNAME web.example.org 192.0.2.1 "
			    "2001:db8::1");
	apart_free(a);
}

static void a_query(void **state)
{
	struct apart *a = UDP(HEADER("\1\0", ONE, NONE, NONE, NONE) "\4pool\3ntp\3org\0" A_IN);

	(void)state;
	assert_string_equal(apart_info(a), "Query A pool.ntp.org");
	assert_absent(a, "dns.flags.rcode");
	assert_absent(a, "dns.flags.authoritative");
	assert_absent(a, "dns.flags.authenticated");
	apart_free(a);
	a = UDP(HEADER("\x81\x83", ONE, NONE, NONE, NONE) "\1x\0" A_IN);
	assert_string_equal(apart_info(a), "Response A x, no such name");
	assert_shows(a, "dns.qry.name.len", "0");
	apart_free(a);
	a = UDP(HEADER("\x28\0", ONE, NONE, NONE, NONE) "\1x\0" A_IN);
	assert_shows(a, "dns.count.zones", "1");
	assert_absent(a, "dns.count.queries");
	apart_free(a);
}

/* A question whose name is `name`, in a message of its own. */
static void name_is(const char *name, size_t n, const char *shown)
{
	char p[1200] = HEADER("\1\0", ONE, NONE, NONE, NONE);

	memcpy(p + 12, name, n);
	memcpy(p + 12 + n, A_IN, 4);
	struct apart *a = over_udp(53, p, n + 16, n + 16);
	if (shown != NULL)
		assert_shows(a, "dns.qry.name", shown);
	else
		assert_absent(a, "dns.qry.name");
	assert_int_equal(apart_layer(a, REM_P_DNS)->err == REM_OK, shown != NULL);
	apart_free(a);
}

#define NAME_IS(name, shown) name_is(name, sizeof(name) - 1, shown)

static void names(void **state)
{
	char big[400];

	(void)state;
	NAME_IS("\0", "<Root>");
	NAME_IS("\3a.b\1c\0", "a.b.c");
	NAME_IS("\3a\1\n\2\xc3\xa4\0", "a\\x01\\n.\xc3\xa4");
	NAME_IS("\xc0\x0c", "<Name contains a pointer that loops>");
	NAME_IS("\3abc\xc0\x0c", "<Name contains a pointer that loops>");
	NAME_IS("\3abc\x42", "<Unknown extended label>");
	NAME_IS("\x41\x08\xff\1a\0", "\\\\[");
	NAME_IS("\3abc\x80\0", NULL);
	NAME_IS("\xff\xff", NULL);
	NAME_IS("\x3f"
		"abc",
		NULL);
	memset(big, 'a', sizeof(big));
	big[0] = big[64] = big[128] = 63;
	big[192] = 61;
	big[254] = 0;
	name_is(big, 255,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	big[192] = 62;
	big[254] = 'a';
	big[255] = 0;
	name_is(big, 256, "<Name too long>");
}

/* The data of a record of a type, and what a key shows of them. */
static struct apart *record(uint16_t type, const char *data, size_t n)
{
	char p[512] = HEADER("\x84\0", NONE, ONE, NONE, NONE) "\4_sip\4_udp\1e\0";

	p[25] = (char)(type >> 8);
	p[26] = (char)type;
	memcpy(p + 27, "\0\1\0\0\0\x3c\0", 7);
	p[34] = (char)n;
	memcpy(p + 35, data, n);
	return over_udp(53, p, n + 35, n + 35);
}

#define RECORD(type, data) record(type, data, sizeof(data) - 1)

static void record_types(void **state)
{
	static const struct {
		uint16_t type;
		const char *data;
		size_t n;
		const char *key, *value;
	} row[] = {
#define ROW(type, data, key, value) {type, data, sizeof(data) - 1, key, value}
		ROW(6, "\1m\0\1r\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5", "dns.soa.minimum_ttl",
		    "5"),
		ROW(11, "\1\2\3\4\6\0\x81", "dns.wks.bits", "0x81"),
		ROW(13, "\3cpu\2os", "dns.hinfo.os", "os"),
		ROW(15, "\0\5\1m\0", "dns.mx.mail_exchange", "m"),
		ROW(16, "\3one\0\5three", "dns.txt", "one"),
		ROW(29, "\0\x12\x16\x13\x80\0\0\1\x80\0\0\2\0\0\0\3", "dns.loc.altitude", "3"),
		ROW(33, "\0\1\0\2\x13\xc4\1h\0", "dns.srv.port", "5060"),
		ROW(33, "\0\1\0\2\x13\xc4\1h\0", "dns.srv.service", "_sip"),
		ROW(33, "\0\1\0\2\x13\xc4\1h\0", "dns.srv.name", "e"),
		ROW(35, "\0\1\0\2\1u\3sip\0\1r\0", "dns.naptr.replacement_length", "1"),
		ROW(43, "\x12\x34\x0d\2digest", "dns.ds.digest", "64:69:67:65:73:74"),
		ROW(46, "\0\1\x0d\2\0\0\0\x3c\x60\0\0\0\x50\0\0\0\x12\x67\1e\0sig",
		    "dns.rrsig.signature_expiration", "2021-01-14T08:25:36.000000000Z"),
		ROW(47, "\1n\0\0\1\x40\1\1\x80", "dns.nsec.next_domain_name", "n"),
		ROW(48,
		    "\1\1\3\x0d"
		    "keykeykey",
		    "dns.dnskey.key_id", "12990"),
		ROW(50, "\1\1\0\x0a\2\xaa\xbb\5\x12\x34\x56\x78\x9a\0\1\x40",
		    "dns.nsec3.hash_value", "28q5cu4q"),
		ROW(52, "\3\1\1\xaa", "dns.tlsa.matching_type", "1"),
		ROW(64, "\0\1\0\0\1\0\6\2h2\2h3", "dns.svcb.svcparam.alpn", "h2"),
		ROW(65, "\0\1\0\0\6\0\x10\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1",
		    "dns.svcb.svcparam.ipv6hint.ip", "2001:db8::1"),
		ROW(257, "\x80\5issueca.example", "dns.caa.issue", "ca.example"),
		ROW(300, "data", "dns.data", "64:61:74:61"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct apart *a = record(row[i].type, row[i].data, row[i].n);

		assert_shows(a, row[i].key, row[i].value);
		assert_int_equal(apart_layer(a, REM_P_DNS)->err, REM_OK);
		assert_int_equal(a->part[a->b.parts - 1].err, REM_OK);
		apart_free(a);
	}
}

static void bitmaps(void **state)
{
	struct apart *a = RECORD(47, "\1n\0\0\2\x40\1\1\1\x80");

	(void)state;
	assert_int_equal(apart_count(a, "dns.resp.type"), 4);
	assert_string_equal(apart_text(a, "dns.resp.type", 1), "1");
	assert_string_equal(apart_text(a, "dns.resp.type", 2), "15");
	assert_string_equal(apart_text(a, "dns.resp.type", 3), "256");
	apart_free(a);
}

static void options(void **state)
{
	struct apart *a = RECORD(41, "\0\x0a\0\x10"
				     "clientclserverse"
				     "\0\x0f\0\5\0\6why"
				     "\0\x0b\0\2\0\x64"
				     "\0\5\0\2\x0d\x0f");

	(void)state;
	assert_int_equal(apart_count(a, "dns.opt.code"), 4);
	assert_shows(a, "dns.opt.cookie.server", "73:65:72:76:65:72:73:65");
	assert_shows(a, "dns.opt.ext_error.info_code", "6");
	assert_shows(a, "dns.opt.ext_error.extra_text", "why");
	assert_shows(a, "dns.opt.edns_tcp_keepalive.timeout", "100");
	assert_string_equal(apart_text(a, "dns.opt.dau", 1), "15");
	apart_free(a);
}

/* Lengths that lie: the head is marked when a record does not fit, the rest when its data do not. */
static void lies(void **state)
{
	struct apart *a = UDP(HEADER("\x81\x80", NONE, "\0\2", NONE, NONE) "\0" A_IN "\0\0\0\0"
									   "\0\4"
									   "\1\2\3\4"
									   "\0" A_IN "\0\0\0\0"
									   "\0\5"
									   "\1\2");

	(void)state;
	assert_int_equal(apart_count(a, "dns.a"), 1);
	assert_int_equal(apart_layer(a, REM_P_DNS)->err, REM_LENGTH);
	apart_free(a);
	a = UDP(HEADER("\x81\x80", NONE, "\0\2", NONE, NONE) "\0"
							     "\0\x10\0\1"
							     "\0\0\0\0"
							     "\0\2"
							     "\5a"
							     "re");
	assert_absent(a, "dns.txt");
	assert_int_equal(apart_layer(a, REM_P_DNS)->err, REM_OK);
	assert_int_equal(a->part[a->b.parts - 1].err, REM_LENGTH);
	apart_free(a);
	a = UDP(HEADER("\1\0", NONE, NONE, NONE, NONE) "more");
	assert_shows(a, "dns.extraneous.data", "6d:6f:72:65");
	assert_shows(a, "dns.extraneous.length", "4");
	apart_free(a);
}

static void cuts(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(response) - 1; n++) {
		struct apart *a = over_udp(53, response, n, sizeof(response) - 1);
		const struct rem_part *layer = apart_layer(a, REM_P_DNS);

		apart_look(a);
		if (n > 0)
			assert_int_equal(layer->err, REM_SHORT);
		apart_free(a);
	}
	uint8_t p[8 + sizeof(response)] = {0, 53, 0x9c, 0x40, 0, 7 + sizeof(response)};
	memcpy(p + 8, response, sizeof(response) - 1);
	apart_torture(REM_P_UDP, p, sizeof(p) - 1);
}

static void multicast(void **state)
{
	static const char message[] = HEADER("\x84\0", ONE, ONE, NONE, NONE) "\1a\0"
									     "\0\1\x80\1"
									     "\1a\0"
									     "\0\1\x80\1"
									     "\0\0\0\x78"
									     "\0\4"
									     "\1\2\3\4";
	struct apart *a = over_udp(5353, message, sizeof(message) - 1, sizeof(message) - 1);

	(void)state;
	assert_non_null(apart_layer(a, REM_P_MDNS));
	assert_shows(a, "dns.qry.class", "0x0001");
	assert_shows(a, "dns.qry.qu", "1");
	assert_shows(a, "dns.resp.cache_flush", "1");
	apart_free(a);
	a = over_udp(5355, message, sizeof(message) - 1, sizeof(message) - 1);
	assert_non_null(apart_layer(a, REM_P_LLMNR));
	assert_shows(a, "dns.qry.class", "0x8001");
	assert_shows(a, "dns.flags.conflict", "1");
	assert_absent(a, "dns.flags.authoritative");
	apart_free(a);
}

/* Two messages in a segment, the second cut by its end. */
static void in_a_stream(void **state)
{
	static const char segment[] =
		"\x9c\x40\0\x35"
		"\0\0\0\1\0\0\0\1"
		"\x50\x18\1\0\0\0\0\0"
		"\0\x16" HEADER("\1\0", ONE, NONE, NONE, NONE) "\1a\2bc\0" A_IN
							       "\0\x16" HEADER("\1\0", ONE, NONE,
									       NONE, NONE) "\1x";
	struct apart *a = apart(REM_P_TCP, segment, sizeof(segment) - 1);

	(void)state;
	assert_int_equal(apart_count(a, "dns.length"), 2);
	assert_int_equal(apart_count(a, "dns.id"), 2);
	assert_int_equal(apart_count(a, "dns.qry.name"), 1);
	assert_shows(a, "dns.qry.name", "a.bc");
	apart_free(a);
}

/* 65 kB of pointers, each to the longest chain there is: time must stay in proportion to bytes. */
static void pointers(void **state)
{
	static uint8_t message[65500];
	static struct rem_part parts[65000];
	struct rem_slot slots[APART_SLOTS];
	struct rem_index index;
	const uint32_t n = sizeof(message);
	struct timespec start, end;

	(void)state;
	memcpy(message, HEADER("\1\0", "\xff\xff", NONE, NONE, NONE), 12);
	for (uint32_t i = 12; i + 6 <= n; i += 6)
		memcpy(message + i, i < 12 + 6 * 40 ? "\1a\1b\1c" : "\xc0\x0c" A_IN, 6);
	assert_int_equal(rem_index_init(&index, slots, APART_SLOTS), REM_OK);
	struct rem_breakdown b = {.index = &index, .part = parts, .room = 65000};
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	rem_break_down(&b, REM_P_LLMNR, (struct rem_view){message, n, n});
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	const double us = (double)(end.tv_sec - start.tv_sec) * 1e6 +
			  (double)(end.tv_nsec - start.tv_nsec) / 1e3;
	print_message("%u parts, %.2f us per kB\n", b.parts, us / (n / 1000.0));
	assert_true(b.parts > 20000);
	assert_true(us / (n / 1000.0) < 400); /* under sanitizers; 20 is the release build's */
}

/* A message on a port that is nobody's is known by its counts; NetBIOS asks in the same form. */
static void other_ports(void **state)
{
	static const char query[] = HEADER("\1\0", ONE, NONE, NONE, NONE) WWW A_IN;
	static const char update[] = HEADER("\x28\0", ONE, NONE, NONE, NONE) WWW A_IN;
	static const char two[] = HEADER("\1\0", "\0\2", NONE, NONE, NONE) WWW A_IN WWW A_IN;
	const struct {
		unsigned port;
		const char *message;
		size_t n;
		bool found;
	} cases[] = {
		{5300, query, sizeof(query) - 1, true},
		{5300, response, sizeof(response) - 1, true},
		{5300, query, 12, false},
		{5300, update, sizeof(update) - 1, false},
		{5300, two, sizeof(two) - 1, false},
		{137, query, sizeof(query) - 1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct apart *a = over_udp(cases[i].port, cases[i].message, cases[i].n, cases[i].n);

		assert_int_equal(apart_layer(a, REM_P_DNS) != NULL, cases[i].found);
		apart_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_response), cmocka_unit_test(a_query),
		cmocka_unit_test(names),      cmocka_unit_test(record_types),
		cmocka_unit_test(bitmaps),    cmocka_unit_test(options),
		cmocka_unit_test(lies),       cmocka_unit_test(cuts),
		cmocka_unit_test(multicast),  cmocka_unit_test(in_a_stream),
		cmocka_unit_test(pointers),   cmocka_unit_test(other_ports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
