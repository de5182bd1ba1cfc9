/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4: lengths that lie, fragments, every option that has a layout, source routes. */
#include "apart.h"

enum { HEADER = 20, MOST = 80, TOTAL = 3, OFFSET = 6, PROTO = 9, EXPERIMENT = 253 };

/* A datagram of protocol 253 from 10.0.0.1 to 10.0.0.2 with options; "abcd" is in it. */
static size_t build(uint8_t *p, const uint8_t *options, size_t n)
{
	static const uint8_t header[HEADER] = {
		0x45, 0, 0, 0, 0x12, 0x34, 0, 0, 64, EXPERIMENT, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
	};
	const size_t padded = (n + 3) / 4 * 4, all = HEADER + padded + 4;

	memset(p, 0, MOST);
	memcpy(p, header, HEADER);
	p[0] = (uint8_t)(0x45 + padded / 4);
	p[TOTAL] = (uint8_t)all;
	if (n > 0)
		memcpy(p + HEADER, options, n);
	memcpy(p + HEADER + padded, "abcd", 4);
	return all;
}

static struct apart *with_options(const void *options, size_t n)
{
	uint8_t p[MOST];
	const size_t all = build(p, options, n);

	return apart(REM_P_IPV4, p, all);
}

#define OPTIONS(...) \
	with_options((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void a_header(void **state)
{
	struct apart *a = with_options(NULL, 0);

	(void)state;
	assert_shows(a, "ip.version", "4");
	assert_shows(a, "ip.hdr_len", "20");
	assert_shows(a, "ip.len", "24");
	assert_shows(a, "ip.id", "0x1234");
	assert_shows(a, "ip.proto", "253");
	assert_shows(a, "ip.checksum.status", "0");
	assert_shows(a, "ip.checksum_calculated", "0x53b3");
	assert_shows(a, "ip.dst", "10.0.0.2");
	assert_shows(a, "data.data", "61:62:63:64");
	apart_free(a);
}

/* A datagram with one byte changed. */
static struct apart *changed(size_t at, uint8_t to)
{
	uint8_t p[MOST];
	const size_t n = build(p, NULL, 0);

	p[at] = to;
	return apart(REM_P_IPV4, p, n);
}

static void lies(void **state)
{
	struct apart *a = changed(0, 0x55);

	(void)state;
	assert_int_equal(a->part[0].err, REM_FIELD);
	assert_shows(a, "ip.version", "5");
	assert_absent(a, "ip.hdr_len");
	assert_int_equal(a->b.parts, 1);
	apart_free(a);

	a = changed(0, 0x44);
	assert_int_equal(a->part[0].err, REM_LENGTH);
	assert_shows(a, "ip.hdr_len", "16");
	assert_absent(a, "ip.dsfield");
	apart_free(a);

	a = changed(TOTAL, 19);
	assert_shows(a, "ip.len", "19");
	assert_absent(a, "ip.id");
	assert_int_equal(a->b.parts, 1);
	apart_free(a);

	a = changed(TOTAL, 200);        /* goes on with what is there */
	assert_int_equal(a->part[0].err, REM_LENGTH);
	assert_shows(a, "ip.len", "200");
	assert_shows(a, "data.data", "61:62:63:64");
	apart_free(a);

	a = changed(TOTAL, 0);          /* left to the network card */
	assert_int_equal(a->part[0].err, REM_OK);
	assert_shows(a, "ip.len", "24");
	apart_free(a);
}

static void fragments(void **state)
{
	struct apart *a = changed(OFFSET, 0x20);

	(void)state;
	assert_shows(a, "ip.flags.mf", "1");
	assert_string_equal(apart_info(a), "fragment at 0, more follow, id 0x1234, protocol 253");
	apart_free(a);

	a = changed(OFFSET + 1, 3);
	assert_shows(a, "ip.frag_offset", "3");
	assert_string_equal(apart_info(a), "fragment at 24, the last, id 0x1234, protocol 253");
	apart_free(a);
}

static void routes(void **state)
{
	struct apart *a = OPTIONS(7, 11, 8, 1, 2, 3, 4, 5, 6, 7, 8);

	(void)state;
	assert_shows(a, "ip.opt.ptr", "8");
	assert_shows(a, "ip.rec_rt", "1.2.3.4");
	assert_shows(a, "ip.empty_rt", "5.6.7.8");
	assert_shows(a, "ip.dst", "10.0.0.2");
	apart_free(a);

	a = OPTIONS(131, 15, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
	assert_shows(a, "ip.cur_rt", "10.0.0.2");
	assert_shows(a, "ip.rec_rt", "1.2.3.4");
	assert_shows(a, "ip.src_rt", "5.6.7.8");
	assert_int_equal(apart_count(a, "ip.dst"), 1);
	assert_shows(a, "ip.dst", "9.10.11.12");
	apart_free(a);

	a = OPTIONS(137, 7, 8, 1, 2, 3, 4);     /* at its end */
	assert_absent(a, "ip.cur_rt");
	assert_shows(a, "ip.dst", "10.0.0.2");
	assert_shows(a, "ip.rec_rt", "1.2.3.4");
	apart_free(a);

	a = OPTIONS(131, 7, 5, 1, 2, 3, 4);     /* points between addresses */
	assert_int_equal(a->part[1].err, REM_FIELD);
	assert_absent(a, "ip.rec_rt");
	assert_shows(a, "ip.dst", "10.0.0.2");
	apart_free(a);
}

/* Of a route that the capture cuts, its pointer tells whether there is another destination. */
static void a_cut_route(void **state)
{
	enum { TO_POINTER = 23 };
	uint8_t option[] = {131, 7, 8, 1, 2, 3, 4}, p[MOST];
	const size_t n = build(p, option, sizeof(option));
	struct apart *a = apart_cut(REM_P_IPV4, p, TO_POINTER, n);

	(void)state;
	assert_shows(a, "ip.dst", "10.0.0.2");
	apart_free(a);
	p[TO_POINTER - 1] = 4;
	a = apart_cut(REM_P_IPV4, p, TO_POINTER, n);
	assert_absent(a, "ip.dst");
	apart_free(a);
	p[TO_POINTER - 1] = 8;
	a = apart_cut(REM_P_IPV4, p, TO_POINTER - 1, n);
	assert_absent(a, "ip.dst");
	apart_free(a);
}

/* UDP from 10.0.0.1 by way of 10.0.0.2 to 1.2.3.4: the checksum is over the destination. */
static void a_route_and_a_checksum(void **state)
{
	static const uint8_t option[] = {131, 7, 4, 1, 2, 3, 4};
	static const uint8_t udp[] = {0, 1, 0, 2, 0, 8, 0xf1, 0xd4};
	uint8_t p[MOST];
	const size_t n = build(p, option, sizeof(option));

	(void)state;
	p[PROTO] = 17;
	p[TOTAL] = (uint8_t)(n + 4);
	memcpy(p + n - 4, udp, sizeof(udp));
	struct apart *a = apart(REM_P_IPV4, p, n + 4);
	assert_shows(a, "udp.checksum.status", "1");
	apart_free(a);
}

static void timestamps(void **state)
{
	struct apart *a = OPTIONS(68, 12, 9, 0x10, 0, 0, 0, 1, 0x80, 0, 0, 2);

	(void)state;
	assert_shows(a, "ip.opt.overflow", "1");
	assert_shows(a, "ip.opt.flag", "0x0");
	assert_string_equal(apart_text(a, "ip.opt.time_stamp", 1), "2147483650");
	apart_free(a);

	a = OPTIONS(68, 12, 13, 0x03, 10, 0, 0, 1, 0, 0, 0, 7);
	assert_shows(a, "ip.opt.time_stamp_addr", "10.0.0.1");
	assert_shows(a, "ip.opt.time_stamp", "7");
	apart_free(a);
}

static void other_options(void **state)
{
	struct apart *a = OPTIONS(1, 148, 4, 0, 0, 130, 5, 0xab, 0x81, 0x02, 0);

	(void)state;
	assert_string_equal(apart_text(a, "ip.opt.type", 1), "148");
	assert_shows(a, "ip.opt.ra", "0");
	assert_shows(a, "ip.opt.sec_cl", "0xab");
	assert_shows(a, "ip.opt.sec_prot_auth_genser", "1");
	assert_int_equal(apart_count(a, "ip.opt.sec_prot_auth_flags"), 2);
	assert_int_equal(apart_count(a, "ip.options.nop"), 1);
	assert_int_equal(apart_count(a, "ip.options.eol"), 1);
	apart_free(a);

	a = OPTIONS(82, 12, 0, 1, 0, 2, 0xff, 0xff, 10, 0, 0, 9);
	assert_shows(a, "ip.opt.rhc", "65535");
	assert_shows(a, "ip.opt.originator", "10.0.0.9");
	apart_free(a);

	a = OPTIONS(25, 8, 0x05, 60, 0x12, 0x34, 0x56, 0x78);
	assert_shows(a, "ip.opt.qs_rate", "5");
	assert_shows(a, "ip.opt.qs_ttl", "60");
	assert_shows(a, "ip.opt.qs_ttl_diff", "4");
	assert_shows(a, "ip.opt.qs_nonce", "0x048d159e");
	assert_absent(a, "ip.opt.qs_unused");
	apart_free(a);

	a = OPTIONS(134, 16, 0, 0, 0, 1, 1, 5, 0, 7, 0xff, 7, 5, 1, 2, 3);
	assert_shows(a, "ip.cipso.doi", "1");
	assert_shows(a, "ip.cipso.sensitivity_level", "7");
	assert_shows(a, "ip.cipso.tag_data", "01:02:03");
	apart_free(a);

	a = OPTIONS(149, 10, 1, 2, 3, 4, 5, 6, 7, 8);
	assert_string_equal(apart_text(a, "ip.opt.addr", 1), "5.6.7.8");
	apart_free(a);
}

static void options_that_lie(void **state)
{
	struct apart *a = OPTIONS(148, 3, 0, 0);        /* has no room for its value */

	(void)state;
	assert_int_equal(a->part[1].err, REM_LENGTH);
	assert_shows(a, "ip.opt.len", "3");
	assert_absent(a, "data.data");
	apart_free(a);

	a = OPTIONS(148, 40, 0, 0);     /* longer than the header */
	assert_int_equal(a->part[1].err, REM_LENGTH);
	assert_absent(a, "ip.opt.type");
	assert_shows(a, "data.data", "61:62:63:64");
	apart_free(a);

	a = OPTIONS(5, 0);
	assert_int_equal(a->part[1].err, REM_LENGTH);
	apart_free(a);
}

static void cuts(void **state)
{
	static const uint8_t options[] = {
		131, 11, 8, 1, 2, 3, 4, 5, 6, 7, 8, 68, 12, 5, 1, 1, 2, 3, 4, 5, 6, 7, 8,
		130, 5, 0xab, 0x01, 0x01, 134, 10, 0, 0, 0, 1, 2, 4, 0, 1,
	};
	uint8_t p[MOST];
	const size_t n = build(p, options, sizeof(options));
	struct apart *a = apart_cut(REM_P_IPV4, p, 30, n);

	(void)state;
	assert_int_equal(a->part[0].err, REM_SHORT);
	assert_shows(a, "ip.src", "10.0.0.1");
	assert_absent(a, "ip.dst");     /* nobody knows what the options say */
	assert_absent(a, "ip.opt.type");
	apart_free(a);
	apart_torture(REM_P_IPV4, p, n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header), cmocka_unit_test(lies),
		cmocka_unit_test(fragments), cmocka_unit_test(routes), cmocka_unit_test(a_cut_route),
		cmocka_unit_test(a_route_and_a_checksum), cmocka_unit_test(timestamps),
		cmocka_unit_test(other_options), cmocka_unit_test(options_that_lie),
		cmocka_unit_test(cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
