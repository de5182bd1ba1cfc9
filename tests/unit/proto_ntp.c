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

/* Who is spoken of decides what the status word says: RFC 9327 3. */
static void status_words(void **state)
{
	static const struct {
		uint8_t flags, association;
		const char *key, *value;
	} words[] = {
		{0x02, 0, "ntp.ctrl.sys_status.code", NULL},
		{0x82, 0, "ntp.ctrl.sys_status.clksrc", "22"},
		{0x82, 7, "ntp.ctrl.peer_status.selection", "6"},
		{0x84, 7, "ntp.ctrl.clock_status.code", "26"},
		{0xc2, 0, "ntp.ctrl.err_status", "150"},
	};

	(void)state;
	for (size_t i = 0; i < REM_COUNT(words); i++) {
		const uint8_t head[] = {0x16, words[i].flags,       0, 1, 0x96, 0x1a,
					0,    words[i].association, 0, 0, 0,    0};
		struct apart *a = apart(REM_P_NTP, head, sizeof(head));

		assert_shows(a, "ntp.ctrl.status", "0x961a");
		assert_int_equal(apart_count(a, words[i].key), words[i].value != NULL);
		if (words[i].value != NULL)
			assert_shows(a, words[i].key, words[i].value);
		assert_absent(a, "ntp.ctrl.data");
		apart_free(a);
	}
}

static void associations(void **state)
{
	static const uint8_t list[] = {0x16, 0x81, 0, 1,    6, 0x18, 0,    0, 0, 0,    0,    11,
				       0,    1,    2, 0x1a, 0, 2,    0x80, 1, 0, 0xff, 0xff, 0};
	struct apart *a = apart(REM_P_NTP, list, sizeof(list));

	(void)state;
	assert_shows(a, "ntp.ctrl.sys_status.code", "8");
	assert_int_equal(apart_count(a, "ntp.ctrl.item"), 2); /* and three bytes of another */
	assert_string_equal(apart_text(a, "ntp.ctrl.associd", 2), "2");
	assert_string_equal(apart_text(a, "ntp.ctrl.status", 2), "0x8001");
	assert_string_equal(apart_text(a, "ntp.ctrl.peer_status.code", 0), "10");
	apart_free(a);
	apart_torture(REM_P_NTP, list, sizeof(list));
}

/* Two hosts that ntpd heard of, one by its IPv6 address; the count bounds them, and so does the message. */
static void monitored(void **state)
{
	uint8_t list[8 + 2 * 72 + 4] = {0xd7, 0, 3, 42, 0, 2, 0, 72};

	(void)state;
	list[8 + 15] = 9;
	list[8 + 29] = 123;
	list[8 + 72 + 35] = 1;
	list[8 + 72 + 40] = 0x20;
	list[8 + 72 + 71] = 5;
	struct apart *a = apart(REM_P_NTP, list, sizeof(list));
	assert_int_equal(apart_count(a, "ntp.priv.monlist.count"), 2);
	assert_shows(a, "ntp.priv.monlist.count", "9");
	assert_shows(a, "ntp.priv.monlist.port", "123");
	assert_int_equal(apart_count(a, "ntp.priv.monlist.addr6"), 1);
	assert_shows(a, "ntp.priv.monlist.addr6", "2000::");
	assert_shows(a, "ntp.priv.monlist.daddr6", "::5");
	apart_free(a);
	a = apart(REM_P_NTP, list, 8 + 72 + 30);
	assert_int_equal(apart_count(a, "ntp.priv.monlist.count"), 2);
	assert_int_equal(apart_count(a, "ntp.priv.monlist.port"), 2);
	assert_int_equal(apart_count(a, "ntp.priv.monlist.mode"), 1);
	apart_free(a);
	apart_torture(REM_P_NTP, list, sizeof(list));
	list[7] = 71; /* items that nobody knows are left as they are */
	a = apart(REM_P_NTP, list, sizeof(list));
	assert_absent(a, "ntp.priv.monlist.count");
	apart_free(a);
}

static void peers(void **state)
{
	uint8_t list[8 + 72] = {0x97, 0, 3, 1, 0, 1,   0, 72, 10, 0,   0,    1,
				192,  0, 2, 1, 0, 123, 2, 6,  10, 255, 0x83, 3};
	struct apart *a = apart(REM_P_NTP, list, sizeof(list));

	(void)state;
	assert_shows(a, "ntp.priv.mode7.srcaddress", "192.0.2.1");
	assert_shows(a, "ntp.priv.mode7.peer.flags.config", "1");
	assert_shows(a, "ntp.priv.mode7.peer.flags.prefer", "0");
	assert_shows(a, "ntp.priv.mode7.peer.flags.shortlist", "1");
	apart_free(a);
	list[3] = 8;
	list[7] = 24;
	list[31] = 90;
	a = apart(REM_P_NTP, list, 8 + 24);
	assert_shows(a, "ntp.priv.mode7.watchdog_timer", "90");
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
		cmocka_unit_test(status_words),
		cmocka_unit_test(associations),
		cmocka_unit_test(monitored),
		cmocka_unit_test(peers),
		cmocka_unit_test(cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
