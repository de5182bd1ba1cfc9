/* SPDX-License-Identifier: BSD-3-Clause */
/* IGMP: messages of the three versions, group records, checksums, cuts. */
#include "apart.h"

enum { MOST = 128, IP = 20 };

static size_t build(uint8_t *p, const uint8_t *igmp, size_t n)
{
	const uint8_t header[IP] = {
		0x45, 0, 0, (uint8_t)(IP + n), 0, 0, 0, 0, 1, 2, 0, 0, 10, 0, 0, 1, 224, 0, 0, 1};

	memcpy(p, header, IP);
	memcpy(p + IP, igmp, n);
	return IP + n;
}

static struct apart *message(const uint8_t *igmp, size_t n)
{
	uint8_t p[MOST];

	return apart(REM_P_IPV4, p, build(p, igmp, n));
}

#define MESSAGE(...) message((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void old_versions(void **state)
{
	struct apart *a = MESSAGE(0x11, 0, 0xee, 0xff, 0, 0, 0, 0);

	(void)state;
	assert_shows(a, "igmp.version", "1");
	assert_shows(a, "igmp.reserved", "00");
	assert_shows(a, "igmp.checksum.status", "1");
	apart_free(a);

	a = MESSAGE(0x16, 0, 0x07, 0xfd, 225, 1, 1, 1, 9, 9);   /* the last bytes are not summed */
	assert_shows(a, "igmp.version", "2");
	assert_shows(a, "igmp.max_resp", "0");
	assert_shows(a, "igmp.maddr", "225.1.1.1");
	assert_shows(a, "igmp.checksum.status", "1");
	assert_string_equal(apart_info(a), "version 2 report, group 225.1.1.1");
	apart_free(a);
}

static void a_query(void **state)
{
	struct apart *a = MESSAGE(0x11, 0xff, 0xed, 0x7b, 225, 1, 1, 1, 0x0a, 0x7d, 0, 2, 10, 0, 0,
				  1, 10, 0, 0, 2);

	(void)state;
	assert_shows(a, "igmp.version", "3");
	assert_shows(a, "igmp.max_resp", "31744");
	assert_shows(a, "igmp.max_resp.exp", "0x7");
	assert_shows(a, "igmp.s", "1");
	assert_shows(a, "igmp.qrv", "2");
	assert_shows(a, "igmp.qqic", "125");
	assert_string_equal(apart_text(a, "igmp.saddr", 1), "10.0.0.2");
	assert_shows(a, "igmp.checksum.status", "1");
	apart_free(a);

	a = MESSAGE(0x11, 100, 0, 0, 225, 1, 1, 1, 0x0a, 0x7d, 0, 9, 10, 0, 0, 1);
	assert_absent(a, "igmp.max_resp.exp");
	assert_int_equal(apart_count(a, "igmp.saddr"), 1);
	assert_int_equal(apart_layer(a, REM_P_IGMP)->err, REM_LENGTH);
	apart_free(a);
}

static const uint8_t report[] = {
	0x22, 0x07, 0x45, 0x17, 0x12, 0x34, 0, 2,
	1, 0, 0, 2, 225, 1, 1, 1, 10, 0, 0, 1, 10, 0, 0, 2,
	6, 1, 0, 1, 225, 1, 1, 1, 10, 0, 0, 1, 0xde, 0xad, 0xbe, 0xef,
};

static void a_report(void **state)
{
	struct apart *a = message(report, sizeof(report));
	uint8_t p[MOST];

	(void)state;
	assert_int_equal(apart_count(a, "igmp.reserved"), 2);
	assert_shows(a, "igmp.num_grp_recs", "2");
	assert_int_equal(apart_count(a, "igmp.saddr"), 3);
	assert_string_equal(apart_text(a, "igmp.record_type", 1), "6");
	assert_shows(a, "igmp.aux_data", "de:ad:be:ef");
	assert_shows(a, "igmp.checksum.status", "1");
	assert_string_equal(apart_info(a), "version 3 report, records 2");
	apart_free(a);

	a = message(report, sizeof(report) - 2);        /* the last record is not whole */
	assert_absent(a, "igmp.aux_data");
	assert_int_equal(apart_count(a, "igmp.saddr"), 3);
	apart_free(a);
	apart_torture(REM_P_IPV4, p, build(p, report, sizeof(report)));
}

static void other_types(void **state)
{
	struct apart *a = MESSAGE(0x99, 1, 2, 3);

	(void)state;
	assert_shows(a, "igmp.type", "0x99");
	assert_shows(a, "igmp.data", "01:02:03");
	assert_absent(a, "igmp.version");
	apart_free(a);

	a = MESSAGE(0x14, 1, 2, 3);     /* PIM of version 1 */
	assert_null(apart_layer(a, REM_P_IGMP));
	apart_free(a);
}

/* A question, two hops that were added to it, and bytes of a third that is cut. */
static void a_traceroute(void **state)
{
	uint8_t trace[24 + 2 * 32 + 3] = {0x1f, 32, 0, 0, 0,  0, 0, 0, 10, 1, 0, 9,
					  10,   2,  0, 9, 10, 1, 0, 9, 64, 0, 1, 2};

	(void)state;
	trace[24 + 7] = 1;
	trace[24 + 32 + 7] = 2;
	trace[24 + 32 + 30] = 0x58;
	trace[24 + 32 + 31] = 0x81;
	struct apart *a = message(trace, sizeof(trace));
	assert_shows(a, "igmp.mtrace.max_hops", "32");
	assert_shows(a, "igmp.mtrace.saddr", "10.1.0.9");
	assert_shows(a, "igmp.mtrace.raddr", "10.2.0.9");
	assert_shows(a, "igmp.mtrace.q_id", "258");
	assert_int_equal(apart_count(a, "igmp.mtrace.q_inaddr"), 2);
	assert_string_equal(apart_text(a, "igmp.mtrace.q_inaddr", 1), "0.0.0.2");
	assert_string_equal(apart_text(a, "igmp.mtrace.q_s", 1), "0x1");
	assert_string_equal(apart_text(a, "igmp.mtrace.q_src_mask", 1), "0x18");
	assert_string_equal(apart_text(a, "igmp.mtrace.q_fwd_code", 1), "0x81");
	assert_string_equal(apart_info(a), "mtrace query, source 10.1.0.9");
	apart_free(a);
	apart_torture(REM_P_IGMP, trace, sizeof(trace));
	a = message(trace, 23);
	assert_string_equal(apart_info(a), "mtrace query");
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(old_versions), cmocka_unit_test(a_query),
		cmocka_unit_test(a_report), cmocka_unit_test(other_types), cmocka_unit_test(a_traceroute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
