/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading pcap: magic numbers, byte orders, versions, link type bits, odd times and lengths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture_bytes.h"

enum { MICRO = 0xa1b2c3d4, NANO = 0xa1b23c4d, MODIFIED = 0xa1b2cd34, IXIA = 0x1c0001ac };

static struct bytes b;

static void reset(bool big)
{
	b.len = 0;
	b.big = big;
}

/* Reads the one good packet of a file, after which comes its end. */
static struct packet only_packet(struct reader *r)
{
	struct packet p, none;

	assert_int_equal(reader_next(r, &p), 1);
	assert_int_equal(reader_next(r, &none), 0);
	assert_int_equal(reader_next(r, &none), 0);
	assert_null(reader_error(r));
	assert_int_equal(reader_exit_code(r), 0);
	return p;
}

static void check_magic(uint32_t magic, bool big, int64_t ns, size_t extra_head,
			size_t extra_record)
{
	struct reader *r;
	struct packet p;

	reset(big);
	pcap_head(&b, magic, 4, 1);
	put_data(&b, extra_head, 0, 0);
	put32(&b, 1000000000);
	put32(&b, 123456);
	put32(&b, 60);
	put32(&b, 1514);
	put_data(&b, extra_record, 0, 0);
	put_data(&b, 60, 0xd0, 0);
	r = open_bytes(&b);
	p = only_packet(r);
	assert_int_equal(p.number, 1);
	assert_true(p.has_time);
	assert_true(p.time_ns == 1000000000 * INT64_C(1000000000) + ns);
	assert_int_equal(p.cap_len, 60);
	assert_int_equal(p.len, 1514);
	assert_int_equal(p.linktype, 1);
	assert_int_equal(p.data[0], 0xd0);
	assert_int_equal(p.data[59], (0xd0 + 59) & 0xff);
	assert_false(p.has_interface);
	assert_int_equal(p.section, 0);
	assert_int_equal(p.options.len, 0);
	assert_int_equal(reader_format(r), FILE_PCAP);
	assert_int_equal(reader_interfaces(r)->nano, magic == NANO);
	assert_int_equal(reader_bytes(r), b.len);
	assert_int_equal(reader_size(r), b.len);
	reader_close(r);
}

static void magics_in_both_orders(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		check_magic(MICRO, big, 123456000, 0, 0);
		check_magic(NANO, big, 123456, 0, 0);
		check_magic(MODIFIED, big, 123456000, 0, 8);
		check_magic(IXIA, big, 123456000, 4, 0);
	}
}

static void link_type_bits(void **state)
{
	static const struct {
		uint32_t network;
		uint16_t linktype;
		uint8_t fcs;
	} cases[] = {
		{1, 1, 0},           {12, 12, 0}, {0x24000001, 1, 2}, {0x08000071, 113, 0},
		{0xfffe, 0xfffe, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reader *r;

		reset(false);
		pcap_head(&b, MICRO, 4, cases[i].network);
		pcap_record(&b, 1, 2, 10, 10);
		r = open_bytes(&b);
		assert_int_equal(reader_interfaces(r)->count, 1);
		assert_int_equal(reader_interface(r, 0)->linktype, cases[i].linktype);
		assert_int_equal(reader_interface(r, 0)->link_offset, 20);
		assert_int_equal(reader_interface(r, 0)->fcs_len, cases[i].fcs);
		assert_int_equal(reader_interface(r, 0)->snaplen, 65535);
		assert_null(reader_interface(r, 1));
		assert_int_equal(only_packet(r).linktype, cases[i].linktype);
		reader_close(r);
	}
}

/* tshark takes fractions as they come, wrapped to 32 bits; time_ns carries them over. */
static void fractions_out_of_range(void **state)
{
	struct reader *r;
	struct packet p;
	int64_t s;
	int32_t ns;

	(void)state;
	reset(false);
	pcap_head(&b, MICRO, 4, 1);
	pcap_record(&b, 10, 1000000, 4, 4);
	pcap_record(&b, 10, 5000000, 4, 4);
	pcap_record(&b, 0xffffffff, 999999, 4, 4);
	r = open_bytes(&b);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.time_ns == INT64_C(11000000000));
	assert_true(packet_seconds(reader_interfaces(r), &p, &s, &ns));
	assert_true(s == 10 && ns == 1000000000);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.time_ns == INT64_C(15000000000));
	assert_true(packet_seconds(reader_interfaces(r), &p, &s, &ns));
	assert_true(s == 10 && ns == 705032704);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(packet_seconds(reader_interfaces(r), &p, &s, &ns));
	assert_true(s == 4294967295 && ns == 999999000);
	reader_close(r);
}

/* Before 2.3 the lengths stood the other way round, in 2.3 either way. */
static void lengths_of_old_versions(void **state)
{
	static const struct {
		uint16_t minor;
		uint32_t first, second;
	} cases[] = {
		{4, 60, 90}, {3, 60, 90}, {3, 90, 60}, {2, 90, 60}, {0, 90, 60},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reader *r;
		struct packet p;

		reset(false);
		pcap_head(&b, MICRO, cases[i].minor, 1);
		put64(&b, 0);
		put32(&b, cases[i].first);
		put32(&b, cases[i].second);
		put_data(&b, 60, 0, 0);
		r = open_bytes(&b);
		p = only_packet(r);
		assert_int_equal(p.cap_len, 60);
		assert_int_equal(p.len, 90);
		reader_close(r);
	}
}

static void aix_counts_nanoseconds(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	reset(true);
	pcap_head(&b, MICRO, 2, 6);
	pcap_record(&b, 1, 5, 4, 4);
	r = open_bytes(&b);
	p = only_packet(r);
	assert_int_equal(p.linktype, 1);
	assert_true(p.time_ns == 1000000005);
	reader_close(r);
}

static void odd_lengths_are_tolerated(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	reset(false);
	pcap_head(&b, MICRO, 4, 1);
	pcap_record(&b, 1, 0, 42, 10);         /* more captured than there was */
	pcap_record(&b, 1, 0, 0, 60);
	pcap_record(&b, 1, 0, 4, 0xffffffff);
	pcap_record(&b, 1, 0, 262144, 262144); /* the largest */
	r = open_bytes(&b);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.cap_len == 42 && p.len == 10);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.cap_len == 0 && p.len == 60);
	assert_int_equal(reader_next(r, &p), 1);
	assert_true(p.cap_len == 4 && p.len == 0x7fffffff);
	assert_true(only_packet(r).cap_len == 262144);
	reader_close(r);
}

static void no_packets_is_no_error(void **state)
{
	struct reader *r;
	struct packet p;

	(void)state;
	reset(false);
	pcap_head(&b, MICRO, 4, 1);
	r = open_bytes(&b);
	assert_int_equal(reader_next(r, &p), 0);
	assert_null(reader_error(r));
	reader_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(magics_in_both_orders),
		cmocka_unit_test(link_type_bits),
		cmocka_unit_test(fractions_out_of_range),
		cmocka_unit_test(lengths_of_old_versions),
		cmocka_unit_test(aix_counts_nanoseconds),
		cmocka_unit_test(odd_lengths_are_tolerated),
		cmocka_unit_test(no_packets_is_no_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
