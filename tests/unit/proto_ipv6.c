/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv6 and its extension headers: lengths, options, routes, fragments, and the pseudo header that
 * transport protocols find through them. */
#include "apart.h"
#include <remora/ipv6.h>

enum { HEADER = 40, UDP = 12 };

/* 2001:db8::1 → 2001:db8::2, hop limit 64. */
static const uint8_t header[HEADER] = {
	0x60, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x40,
	0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01,
	0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02,
};

/* UDP 1024 → 1025 "abcd" with the checksum for these addresses. */
static const uint8_t datagram[UDP] = {
	0x04, 0x00, 0x04, 0x01, 0x00, 0x0c, 0xd7, 0x99, 'a', 'b', 'c', 'd',
};

static uint8_t packet[1024];

/* Builds header, extension headers and the datagram; returns the length. */
static size_t build(uint8_t next, const uint8_t *ext, size_t n)
{
	memcpy(packet, header, HEADER);
	if (n > 0)
		memcpy(packet + HEADER, ext, n);
	memcpy(packet + HEADER + n, datagram, UDP);
	packet[5] = (uint8_t)(n + UDP);
	packet[6] = next;
	return HEADER + n + UDP;
}

static struct apart *with(uint8_t next, const uint8_t *ext, size_t n)
{
	return apart(REM_P_IPV6, packet, build(next, ext, n));
}

static void a_packet(void **state)
{
	struct apart *a = with(17, NULL, 0);

	(void)state;
	assert_shows(a, "ipv6.src", "2001:db8::1");
	assert_shows(a, "ipv6.dst", "2001:db8::2");
	assert_shows(a, "ipv6.plen", "12");
	assert_shows(a, "ipv6.hlim", "64");
	assert_int_equal(apart_count(a, "ipv6.addr"), 2);
	assert_shows(a, "udp.checksum.status", "1");
	assert_absent(a, "ipv6.slaac_mac");
	apart_free(a);

	packet[5] = 200;
	a = apart(REM_P_IPV6, packet, HEADER + UDP);
	assert_int_equal(a->part[0].err, REM_LENGTH);
	assert_shows(a, "udp.checksum.status", "1");
	apart_free(a);

	packet[0] = 0x40;
	a = apart(REM_P_IPV6, packet, HEADER + UDP);
	assert_int_equal(a->part[0].err, REM_FIELD);
	assert_absent(a, "ipv6.src");
	apart_free(a);
}

static void addresses_made_of_others(void **state)
{
	static const uint8_t src[16] = {0x20, 0x02, 192,  0,    2,    1,    0,    5,
					2,    0x12, 0x34, 0xff, 0xfe, 0x56, 0x78, 0x9a};
	static const uint8_t dst[16] = {0x20, 0x01, 0,    0,    65,   54,   227,  120,
					0x80, 0,    0x63, 0xbf, 0x3f, 0xff, 0xfd, 0xd2};
	const size_t n = build(17, NULL, 0);

	(void)state;
	memcpy(packet + 8, src, 16);
	memcpy(packet + 24, dst, 16);
	struct apart *a = apart(REM_P_IPV6, packet, n);
	assert_shows(a, "ipv6.src_6to4_gw_ipv4", "192.0.2.1");
	assert_shows(a, "ipv6.6to4_sla_id", "5");
	assert_shows(a, "ipv6.src_slaac_mac", "00:12:34:56:78:9a");
	assert_shows(a, "ipv6.dst_ts_ipv4", "65.54.227.120");
	assert_shows(a, "ipv6.dst_tc_port", "40000");
	assert_shows(a, "ipv6.tc_ipv4", "192.0.2.45");
	apart_free(a);
}

static void hop_by_hop(void **state)
{
	static const uint8_t alert[] = {17, 0, 0x05, 2, 0, 1, 0x01, 0};
	static const uint8_t brief[] = {17, 0, 0x05, 1, 0, 1, 0x01, 0};
	static const uint8_t lies[] = {17, 0, 0x0c, 200, 0, 1, 0x01, 0};

	(void)state;
	struct apart *a = with(0, alert, sizeof(alert));
	assert_shows(a, "ipv6.hopopts.len_oct", "8");
	assert_shows(a, "ipv6.opt.router_alert", "1");
	assert_shows(a, "ipv6.opt.padn", "");
	assert_int_equal(apart_count(a, "ipv6.opt"), 2);
	assert_shows(a, "udp.checksum.status", "1");
	apart_torture(REM_P_IPV6, packet, HEADER + sizeof(alert) + UDP);
	apart_free(a);

	a = with(0, brief, sizeof(brief));      /* one byte that the router alert does not have */
	assert_int_equal(a->part[2].err, REM_LENGTH);
	assert_int_equal(apart_count(a, "ipv6.opt"), 2);
	apart_free(a);

	a = with(0, lies, sizeof(lies));
	assert_int_equal(a->part[2].err, REM_LENGTH);
	assert_absent(a, "ipv6.opt.unknown");
	assert_null(apart_layer(a, REM_P_UDP));
	apart_free(a);
}

static void a_jumbogram(void **state)
{
	static const uint8_t jumbo[] = {17, 0, 0xc2, 4, 0, 1, 0, 16};
	static uint8_t big[HEADER + 0x10010];
	struct rem_head h;

	(void)state;
	build(0, jumbo, sizeof(jumbo));
	packet[5] = 0;
	memcpy(big, packet, HEADER + sizeof(jumbo));
	assert_int_equal(rem_ipv6_check((struct rem_view){big, sizeof(big), sizeof(big)}, &h),
			 REM_OK);
	assert_int_equal(h.payload.wire, 0x10010);
	big[HEADER + 5] = 0;            /* 16 bytes: no jumbogram */
	assert_int_equal(rem_ipv6_check((struct rem_view){big, sizeof(big), sizeof(big)}, &h),
			 REM_LENGTH);
	assert_int_equal(h.payload.wire, 0);
}

static void routing(void **state)
{
	/* Types 0 and 4 with two addresses, ::a1 and ::a2; type 3 with their last eight bytes. */
	static const uint8_t source[] = {17,   4,    0, 1,    0,    0,    0,    0,    0x20, 0x01,
					 0x0d, 0xb8, 0, 0,    0,    0,    0,    0,    0,    0,
					 0,    0,    0, 0xa1, 0x20, 0x01, 0x0d, 0xb8, 0,    0,
					 0,    0,    0, 0,    0,    0,    0,    0,    0,    0xa2};
	static const uint8_t rpl[] = {17, 2, 3, 1,    0x88, 0, 0, 0, 0, 0, 0, 0,
				      0,  0, 0, 0xa1, 0,    0, 0, 0, 0, 0, 0, 0xa2};
	uint8_t changed[sizeof(source)];
	size_t n;

	(void)state;
	n = build(43, source, sizeof(source));
	packet[n - UDP + 6] = 0xd6;     /* the sum with ::a2 */
	packet[n - UDP + 7] = 0xf9;
	struct apart *a = apart(REM_P_IPV6, packet, n);
	assert_int_equal(apart_count(a, "ipv6.routing.src.addr"), 2);
	assert_shows(a, "udp.checksum.status", "1");
	apart_torture(REM_P_IPV6, packet, n);
	apart_free(a);

	memcpy(changed, source, sizeof(source));
	changed[2] = 4;                 /* segment routing: the first is the last */
	changed[4] = 1;
	n = build(43, changed, sizeof(source));
	packet[n - UDP + 6] = 0xd6;
	packet[n - UDP + 7] = 0xfa;
	a = apart(REM_P_IPV6, packet, n);
	assert_int_equal(apart_count(a, "ipv6.routing.srh.addr"), 2);
	assert_shows(a, "udp.checksum.status", "1");
	apart_torture(REM_P_IPV6, packet, n);
	apart_free(a);

	n = build(43, rpl, sizeof(rpl));
	packet[n - UDP + 6] = 0xd6;
	packet[n - UDP + 7] = 0xf9;
	a = apart(REM_P_IPV6, packet, n);
	assert_shows(a, "ipv6.routing.rpl.addr_count", "2");
	assert_shows(a, "ipv6.routing.rpl.address", "00:00:00:00:00:00:00:a1");
	assert_shows(a, "udp.checksum.status", "1");
	apart_torture(REM_P_IPV6, packet, n);
	apart_free(a);

	changed[4] = 5;                 /* more segments than there is room for */
	a = with(43, changed, sizeof(changed));
	assert_int_equal(apart_layer(a, REM_P_IPV6_ROUTING)->err, REM_LENGTH);
	assert_null(apart_layer(a, REM_P_UDP));
	apart_free(a);
}

static void fragments(void **state)
{
	static const uint8_t atomic[] = {17, 0, 0, 0, 0, 0, 0, 7};
	static const uint8_t first[] = {17, 0, 0, 1, 0, 0, 0, 7};
	static const uint8_t second[] = {17, 0, 0, 8, 0, 0, 0, 7};

	(void)state;
	struct apart *a = with(44, atomic, sizeof(atomic));
	assert_shows(a, "udp.checksum.status", "1");
	apart_free(a);
	a = with(44, first, sizeof(first));
	assert_shows(a, "ipv6.fraghdr.more", "1");
	assert_shows(a, "udp.checksum.status", "2");
	apart_free(a);
	a = with(44, second, sizeof(second));
	assert_shows(a, "ipv6.fraghdr.offset", "1");
	assert_null(apart_layer(a, REM_P_UDP));
	assert_string_equal(apart_info(a), "fragment at 8, the last, id 0x00000007");
	apart_free(a);
}

static void a_home_address(void **state)
{
	static const uint8_t home[] = {17, 2, 0xc9, 16, 0x20, 0x01, 0x0d, 0xb8, 0,    0, 0, 0,
				       0,  0, 0,    0,  0,    0,    0,    0x77, 0x01, 2, 0, 0};

	(void)state;
	struct apart *a = with(60, home, sizeof(home));
	assert_shows(a, "ipv6.opt.mipv6.home_address", "2001:db8::77");
	assert_shows(a, "udp.checksum_calculated", "0xd723");
	apart_free(a);
}

static void security(void **state)
{
	static const uint8_t ah[] = {17, 4, 0, 0, 0, 0, 1, 0, 0, 0,  0,  32,
				     1,  2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
	static const uint8_t esp[] = {0, 0, 1, 0, 0, 0, 0, 5};

	(void)state;
	struct apart *a = with(51, ah, sizeof(ah));
	assert_shows(a, "ah.spi", "0x00000100");
	assert_shows(a, "ah.icv", "01:02:03:04:05:06:07:08:09:0a:0b:0c");
	assert_shows(a, "udp.checksum.status", "1");
	apart_torture(REM_P_IPV6, packet, HEADER + sizeof(ah) + UDP);
	apart_free(a);
	a = with(50, esp, sizeof(esp));
	assert_shows(a, "esp.sequence", "5");
	assert_string_equal(apart_info(a), "SPI 0x00000100, sequence 5");
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_packet), cmocka_unit_test(addresses_made_of_others),
		cmocka_unit_test(hop_by_hop), cmocka_unit_test(a_jumbogram), cmocka_unit_test(routing),
		cmocka_unit_test(fragments), cmocka_unit_test(a_home_address),
		cmocka_unit_test(security),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
