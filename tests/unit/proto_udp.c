/* SPDX-License-Identifier: BSD-3-Clause */
/* UDP: lengths that lie, checksums of every status, cuts. */
#include "apart.h"

/* IPv4 10.0.0.1 → 10.0.0.2, UDP 1024 → 1025, "abcd", its checksum right. */
static const uint8_t datagram[] = {
	0x45, 0x00, 0x00, 0x20, 0x00, 0x01, 0x00, 0x00, 0x40, 0x11, 0x66, 0xc9, 10,  0,   0,   1,
	10,   0,    0,    2,    0x04, 0x00, 0x04, 0x01, 0x00, 0x0c, 0x1f, 0x0c, 'a', 'b', 'c', 'd',
};

enum { LENGTH_LOW = 25, SUM = 26, N = sizeof(datagram) };

/* The datagram with its UDP length and checksum changed. */
static struct apart *changed(uint8_t length, uint16_t sum)
{
	uint8_t p[N];

	memcpy(p, datagram, N);
	p[LENGTH_LOW] = length;
	p[SUM] = (uint8_t)(sum >> 8);
	p[SUM + 1] = (uint8_t)sum;
	return apart(REM_P_IPV4, p, N);
}

static void a_datagram(void **state)
{
	struct apart *a = apart(REM_P_IPV4, datagram, N);

	(void)state;
	assert_shows(a, "udp.srcport", "1024");
	assert_shows(a, "udp.dstport", "1025");
	assert_int_equal(apart_count(a, "udp.port"), 2);
	assert_shows(a, "udp.length", "12");
	assert_shows(a, "udp.checksum.status", "1");
	assert_shows(a, "udp.checksum_calculated", "0x1f0c");
	assert_shows(a, "udp.payload", "61:62:63:64");
	assert_shows(a, "data.data", "61:62:63:64");
	assert_string_equal(apart_info(a), "1024 → 1025 len 4");
	assert_int_equal(apart_layer(a, REM_P_UDP)->err, REM_OK);
	apart_free(a);
}

static void checksums(void **state)
{
	static const struct {
		uint16_t sum;
		enum rem_sum_status status;
		const char *shown;
	} row[] = {
		{0x1f0c, REM_SUM_GOOD, "1"},
		{0x1f0d, REM_SUM_BAD, "0"},
		{0x0000, REM_SUM_NOT_GIVEN, "3"},
		{0x1420, REM_SUM_PARTIAL, "0"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct apart *a = changed(12, row[i].sum);

		assert_int_equal(rem_layer_sum(&a->b, apart_layer(a, REM_P_UDP)), row[i].status);
		assert_shows(a, "udp.checksum.status", row[i].shown);
		apart_free(a);
	}
}

static void lengths(void **state)
{
	struct apart *a = changed(7, 0x1f0c);

	(void)state;
	assert_int_equal(apart_layer(a, REM_P_UDP)->err, REM_LENGTH);
	assert_shows(a, "udp.length", "7");
	assert_absent(a, "udp.checksum");
	assert_string_equal(apart_info(a), "1024 → 1025 bad length 7");
	apart_free(a);

	a = changed(0, 0x1f0c); /* only jumbograms may, and they are IPv6 */
	assert_int_equal(apart_layer(a, REM_P_UDP)->err, REM_LENGTH);
	assert_absent(a, "udp.checksum");
	apart_free(a);

	a = changed(100, 0x1f0c);
	assert_int_equal(apart_layer(a, REM_P_UDP)->err, REM_LENGTH);
	assert_shows(a, "udp.checksum.status", "2");
	assert_shows(a, "udp.payload", "61:62:63:64");
	apart_free(a);

	a = changed(10, 0x8274); /* the datagram ends before the packet does */
	assert_int_equal(apart_layer(a, REM_P_UDP)->err, REM_OK);
	assert_shows(a, "udp.checksum_calculated", "0x8274");
	assert_shows(a, "data.data", "61:62");
	apart_free(a);
}

static void a_cut(void **state)
{
	struct apart *a = apart_cut(REM_P_IPV4, datagram, N - 2, N);

	(void)state;
	assert_shows(a, "udp.checksum.status", "2");
	assert_shows(a, "udp.payload", "61:62");
	apart_free(a);

	a = apart_cut(REM_P_IPV4, datagram, 25, N);
	assert_int_equal(apart_layer(a, REM_P_UDP)->err, REM_SHORT);
	assert_shows(a, "udp.dstport", "1025");
	assert_absent(a, "udp.length");
	apart_free(a);

	a = apart_cut(REM_P_IPV4, datagram, 23, N);
	assert_null(apart_layer(a, REM_P_UDP));
	apart_free(a);
	apart_torture(REM_P_IPV4, datagram, N);
}

static void lite(void **state)
{
	/* The sum covers the header alone; the payload may be anything. */
	uint8_t p[N];

	(void)state;
	memcpy(p, datagram, N);
	p[9] = 136;
	p[LENGTH_LOW] = 8;
	p[SUM] = 0xe3;
	p[SUM + 1] = 0x5f;
	struct apart *a = apart(REM_P_IPV4, p, N);
	assert_shows(a, "udp.checksum_coverage", "8");
	assert_shows(a, "udp.length", "12");
	assert_int_equal(rem_layer_sum(&a->b, apart_layer(a, REM_P_UDPLITE)), REM_SUM_GOOD);
	apart_free(a);
	p[N - 1]++;
	a = apart(REM_P_IPV4, p, N);
	assert_shows(a, "udplite.checksum.status", "1");
	apart_free(a);
	p[LENGTH_LOW] = 0;
	a = apart(REM_P_IPV4, p, N);
	assert_shows(a, "udplite.checksum.status", "0");
	apart_free(a);
	apart_torture(REM_P_IPV4, p, N);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_datagram), cmocka_unit_test(checksums),
		cmocka_unit_test(lengths),    cmocka_unit_test(a_cut),
		cmocka_unit_test(lite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
