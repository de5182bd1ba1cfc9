/* SPDX-License-Identifier: BSD-3-Clause */
/* ARP: the usual message, addresses of other kinds and sizes, who announces what. */
#include "apart.h"

static const uint8_t request[] = {
	0x00, 0x01, 0x08, 0x00, 0x06, 0x04, 0x00, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01,
	10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2,
};

enum { HTYPE = 1, HSIZE = 4, OP = 7, SPA = 14, TPA = 24, N = sizeof(request) };

static struct apart *changed(size_t at, uint8_t to)
{
	uint8_t p[N];

	memcpy(p, request, N);
	p[at] = to;
	return apart(REM_P_ARP, p, N);
}

static void a_request(void **state)
{
	struct apart *a = apart(REM_P_ARP, request, N);

	(void)state;
	assert_int_equal(a->b.parts, 1);
	assert_shows(a, "arp.opcode", "1");
	assert_shows(a, "arp.src.hw_mac", "02:00:00:00:00:01");
	assert_shows(a, "arp.dst.proto_ipv4", "10.0.0.2");
	assert_absent(a, "arp.isgratuitous");
	assert_string_equal(apart_info(a), "who has 10.0.0.2? tell 10.0.0.1");
	apart_free(a);

	a = changed(OP, 2);
	assert_string_equal(apart_info(a), "10.0.0.1 is at 02:00:00:00:00:01");
	apart_free(a);
	apart_torture(REM_P_ARP, request, N);
}

static void announcements(void **state)
{
	uint8_t p[N];
	struct apart *a = changed(TPA + 3, 1);

	(void)state;
	assert_shows(a, "arp.isgratuitous", "1");
	assert_shows(a, "arp.isannouncement", "1");
	assert_string_equal(apart_info(a), "announces 10.0.0.1 is at 02:00:00:00:00:01");
	apart_free(a);

	memcpy(p, request, N);
	memset(p + SPA, 0, 4);
	a = apart(REM_P_ARP, p, N);
	assert_shows(a, "arp.isprobe", "1");
	assert_absent(a, "arp.isgratuitous");
	assert_string_equal(apart_info(a), "who has 10.0.0.2? (probe)");
	apart_free(a);

	p[OP] = 2;                      /* nobody probes with an answer */
	a = apart(REM_P_ARP, p, N);
	assert_absent(a, "arp.isprobe");
	apart_free(a);
}

static void other_addresses(void **state)
{
	struct apart *a = changed(HTYPE, 7);

	(void)state;
	assert_absent(a, "arp.src.hw_mac");
	assert_shows(a, "arp.src.hw", "02:00:00:00:00:01");
	assert_shows(a, "arp.src.proto_ipv4", "10.0.0.1");
	apart_free(a);

	a = changed(HSIZE, 4);
	assert_shows(a, "arp.src.hw", "02:00:00:00");
	assert_shows(a, "arp.src.proto_ipv4", "0.1.10.0");
	assert_int_equal(a->part[0].len, 24);
	apart_free(a);

	a = changed(HSIZE, 0);
	assert_absent(a, "arp.src.hw");
	assert_shows(a, "arp.src.proto_ipv4", "2.0.0.0");
	apart_free(a);

	a = changed(HSIZE, 7);          /* two bytes too many */
	assert_int_equal(a->part[0].err, REM_LENGTH);
	assert_shows(a, "arp.hw.size", "7");
	assert_absent(a, "arp.src.hw");
	apart_free(a);

	a = apart_cut(REM_P_ARP, request, 20, N);
	assert_int_equal(a->part[0].err, REM_SHORT);
	assert_shows(a, "arp.opcode", "1");
	assert_absent(a, "arp.src.hw_mac");
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request), cmocka_unit_test(announcements),
		cmocka_unit_test(other_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
