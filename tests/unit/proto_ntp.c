/* SPDX-License-Identifier: BSD-3-Clause */
/* NTP: stamps and their eras, extension fields and authenticators, cuts. */
#include "apart.h"

#include <remora/ntp.h>

/* A server's answer of version 4, with an extension field of 16 bytes, a key and a digest. */
static const uint8_t answer[] = {
	0x24, 2,    6,    0xe9, 0,    0, 0x10, 0, 0, 0, 0x20, 0,  192, 0,  2,  1,  0,  0,
	0,    0,    0,    0,    0,    0,          /* reference: none */
	0xed, 0x00, 0x37, 0x80, 0x80, 0, 0,    0, /* origin: 2026-01-01T00:00:00.5 */
	0,    0,    0,    1,    0,    0, 0,    0, /* receive: a second into era 1 */
	0x83, 0xaa, 0x7e, 0x80, 0,    0, 0,    0, /* transmit: 1970-01-01 */
	0x01, 0x04, 0,    16,   1,    2, 3,    4, 5, 6, 7,    8,  9,   10, 11, 12, 0,  0,
	0,    7,    1,    2,    3,    4, 5,    6, 7, 8, 9,    10, 11,  12, 13, 14, 15, 16,
};

static void an_answer(void **state)
{
	struct apart *a = apart(REM_P_NTP, answer, sizeof(answer));

	(void)state;
	assert_shows(a, "ntp.flags.vn", "4");
	assert_shows(a, "ntp.flags.mode", "4");
	assert_shows(a, "ntp.stratum", "2");
	assert_shows(a, "ntp.rootdelay", "4096");
	assert_shows(a, "ntp.refid", "c0:00:02:01");
	assert_shows(a, "ntp.reftime", "NULL");
	assert_shows(a, "ntp.org", "2026-01-01T00:00:00.500000000Z");
	assert_shows(a, "ntp.rec", "2036-02-07T06:28:17.000000000Z");
	assert_shows(a, "ntp.xmt", "1970-01-01T00:00:00.000000000Z");
	assert_shows(a, "ntp.ext.type", "0x0104");
	assert_shows(a, "ntp.ext.length", "16");
	assert_shows(a, "ntp.keyid", "00:00:00:07");
	assert_shows(a, "ntp.mac", "01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10");
	assert_string_equal(apart_info(a), "NTPv4 server, stratum 2, 1970-01-01T00:00:00.000000Z");
	apart_free(a);
}

static void heads(void **state)
{
	static const uint8_t control[] = {0x16, 0x82, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 'o', 'k'};
	static const uint8_t private[] = {0x97, 0, 3, 42, 0, 1, 0, 72};
	static const uint8_t others[] = {0x97, 0, 2, 42, 0, 1, 0, 72};
	struct apart *a = apart(REM_P_NTP, control, sizeof(control));

	(void)state;
	assert_shows(a, "ntp.ctrl.flags2.opcode", "2");
	assert_shows(a, "ntp.ctrl.count", "2");
	assert_string_equal(apart_info(a), "NTPv2 control, read variables");
	apart_free(a);
	a = apart(REM_P_NTP, private, sizeof(private));
	assert_shows(a, "ntp.priv.reqcode", "42");
	assert_shows(a, "ntp.priv.itemsize", "72");
	apart_free(a);
	a = apart(REM_P_NTP, others, sizeof(others));
	assert_shows(a, "ntp.priv.reqcode", "42");
	assert_absent(a, "ntp.priv.itemsize");
	apart_free(a);
}

static void cut_anywhere(void **state)
{
	(void)state;
	for (size_t n = 1; n < sizeof(answer); n++) {
		struct apart *a = apart_cut(REM_P_NTP, answer, n, sizeof(answer));

		if (n < REM_NTP_HEADER)
			assert_int_equal(apart_layer(a, REM_P_NTP)->err, REM_SHORT);
		apart_info(a);
		apart_free(a);
	}
	struct apart *a = apart(REM_P_NTP, answer, 40);
	assert_int_equal(apart_layer(a, REM_P_NTP)->err, REM_LENGTH);
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer),
		cmocka_unit_test(heads),
		cmocka_unit_test(cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
