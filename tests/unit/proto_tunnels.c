/* SPDX-License-Identifier: BSD-3-Clause */
/* Cooked captures, loopback, PPP, PPPoE, GRE and VXLAN: what their headers can hold, and how they lie. */
#include "apart.h"

#define IPV4 0x45, 0, 0, 20, 0, 0, 0, 0, 64, 59, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2
#define BYTES(first, ...) \
	apart(first, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void cooked(void **state)
{
	struct apart *a = BYTES(REM_P_SLL, 0, 0, 2, 0, 0, 4, 10, 0, 0, 9, 1, 2, 3, 4, 8, 0, IPV4,
				7);

	(void)state;
	assert_shows(a, "sll.src.ipv4", "10.0.0.9");
	assert_shows(a, "sll.unused", "01:02:03:04");
	assert_shows(a, "sll.etype", "0x0800");
	assert_shows(a, "sll.trailer", "07");
	apart_free(a);

	a = BYTES(REM_P_SLL, 0, 4, 3, 10, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 8, 0, IPV4);
	assert_shows(a, "sll.src.other", "01:02:03:04:05:06:07:08");
	assert_absent(a, "sll.unused");
	assert_shows(a, "sll.gretype", "0x0800");
	apart_free(a);

	a = BYTES(REM_P_SLL2, 0, 4, 0, 0, 0, 0, 0, 7, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0xaa,
		  0xaa, 3, 0, 0, 0, 8, 0, IPV4);
	assert_shows(a, "sll.ltype", "0x0004");
	assert_shows(a, "sll.ifindex", "7");
	assert_shows(a, "llc.type", "0x0800");
	assert_shows(a, "ip.src", "10.0.0.1");
	apart_free(a);
}

static void loopback(void **state)
{
	struct apart *a = BYTES(REM_P_NULL, 0, 0, 8, 0, IPV4);

	(void)state;
	assert_shows(a, "null.type", "0x00000800");
	assert_shows(a, "ip.src", "10.0.0.1");
	apart_free(a);

	a = BYTES(REM_P_NULL, 0xff, 3, 0, 0x21, IPV4);
	assert_absent(a, "null.family");
	assert_shows(a, "ppp.protocol", "0x0021");
	assert_shows(a, "ip.src", "10.0.0.1");
	apart_free(a);

	a = BYTES(REM_P_LOOP, 2, 0, 0, 0, IPV4);        /* in network byte order, always */
	assert_shows(a, "null.family", "33554432");
	assert_null(apart_layer(a, REM_P_IPV4));
	apart_free(a);
}

static void point_to_point(void **state)
{
	struct apart *a = BYTES(REM_P_PPP, 0xff, 3, 0x21, IPV4);

	(void)state;
	assert_shows(a, "ppp.control", "0x03");
	assert_shows(a, "ppp.protocol", "0x21");
	assert_shows(a, "ip.src", "10.0.0.1");
	apart_free(a);

	a = BYTES(REM_P_PPPOE, 0x11, 0, 0, 5, 0, 22, 0, 0x21, IPV4, 0, 0, 0);
	assert_shows(a, "pppoe.session_id", "0x0005");
	assert_shows(a, "pppoe.payload_length", "22");
	assert_shows(a, "ip.src", "10.0.0.1");
	assert_int_equal(apart_layer(a, REM_P_PPPOE)->err, REM_OK);
	apart_free(a);

	a = BYTES(REM_P_PPPOE, 0x11, 0, 0, 5, 0, 99, 0, 0x21, IPV4);
	assert_int_equal(apart_layer(a, REM_P_PPPOE)->err, REM_LENGTH);
	assert_shows(a, "ip.src", "10.0.0.1");
	apart_free(a);

	a = BYTES(REM_P_PPPOED, 0x11, 9, 0, 0, 0, 4, 1, 1, 0, 0);
	assert_shows(a, "pppoe.code", "0x09");
	assert_string_equal(apart_info(a), "PADI, session 0x0000");
	apart_free(a);
}

static const uint8_t full_gre[] = {
	0xf0, 0, 8, 0, 0x12, 0x34, 0, 4, 0, 0, 0, 7, 0, 0, 0, 9,
	8, 0, 4, 8, 10, 0, 0, 1, 10, 0, 0, 2, 0, 0, 0, 0, IPV4,
};

static void encapsulation(void **state)
{
	struct apart *a = apart(REM_P_GRE, full_gre, sizeof(full_gre));

	(void)state;
	assert_shows(a, "gre.checksum", "0x1234");
	assert_shows(a, "gre.offset", "4");
	assert_shows(a, "gre.key", "0x00000007");
	assert_shows(a, "gre.sequence_number", "9");
	assert_int_equal(apart_count(a, "gre.routing.address_family"), 2);
	assert_shows(a, "gre.routing.information", "0a:00:00:01:0a:00:00:02");
	assert_shows(a, "ip.src", "10.0.0.1");
	assert_absent(a, "gre.flags.ack");
	apart_free(a);
	apart_torture(REM_P_GRE, full_gre, sizeof(full_gre));

	a = BYTES(REM_P_GRE, 0x30, 0x81, 0x88, 0x0b, 0, 22, 0, 5, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0x21,
		  IPV4);
	assert_shows(a, "gre.flags.ack", "1");
	assert_shows(a, "gre.key.payload_length", "22");
	assert_shows(a, "gre.key.call_id", "5");
	assert_shows(a, "gre.ack_number", "9");
	assert_shows(a, "ip.src", "10.0.0.1");
	apart_free(a);

	a = BYTES(REM_P_GRE, 0x20, 0, 8, 0, 0, 0);      /* no room for its key */
	assert_int_equal(apart_layer(a, REM_P_GRE)->err, REM_LENGTH);
	assert_absent(a, "gre.key");
	apart_free(a);
}

static void a_checksum(void **state)
{
	struct apart *a = BYTES(REM_P_IPV4, 0x45, 0, 0, 48, 0, 0, 0, 0, 64, 47, 0, 0, 10, 0, 0, 1,
				10, 0, 0, 2, 0x80, 0, 8, 0, 0xde, 0xac, 0, 0, IPV4);

	(void)state;
	assert_shows(a, "gre.checksum.status", "1");
	assert_int_equal(rem_layer_sum(&a->b, apart_layer(a, REM_P_GRE)), REM_SUM_GOOD);
	apart_free(a);
}

static void an_overlay(void **state)
{
	struct apart *a = BYTES(REM_P_VXLAN, 0xff, 0xff, 0, 7, 1, 2, 3, 4, 2, 0, 0, 0, 0, 2, 2, 0,
				0, 0, 0, 1, 8, 0, IPV4, 0);

	(void)state;
	assert_shows(a, "vxlan.flags_reserved", "0x77b7");
	assert_shows(a, "vxlan.gbp", "7");
	assert_shows(a, "vxlan.vni", "66051");
	assert_shows(a, "eth.trailer", "00");
	assert_absent(a, "eth.fcs");
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cooked), cmocka_unit_test(loopback),
		cmocka_unit_test(point_to_point), cmocka_unit_test(encapsulation),
		cmocka_unit_test(a_checksum), cmocka_unit_test(an_overlay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
