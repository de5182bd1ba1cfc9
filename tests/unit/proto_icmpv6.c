/* SPDX-License-Identifier: BSD-3-Clause */
/* ICMPv6: errors that quote, neighbor discovery with its options, multicast listeners. */
#include "apart.h"
#include <remora/icmpv6.h>

enum { HEADER = 40 };

/* fe80::1 → ff02::1, hop limit 255. */
static const uint8_t header[HEADER] = {
	0x60, 0, 0, 0, 0, 0, 58, 255, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01,
	0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01,
};

static uint8_t packet[1024];

/* Builds a packet with a message, whose checksum is set right. */
static size_t build(const uint8_t *message, size_t n)
{
	memcpy(packet, header, HEADER);
	memcpy(packet + HEADER, message, n);
	packet[5] = (uint8_t)n;
	packet[HEADER + 2] = packet[HEADER + 3] = 0;
	const uint16_t sum =
		(uint16_t)~rem_sum_fold(rem_sum(packet + 8, 32 + n) + (uint32_t)n + 58);
	packet[HEADER + 2] = (uint8_t)(sum >> 8);
	packet[HEADER + 3] = (uint8_t)sum;
	return HEADER + n;
}

static struct apart *with(const uint8_t *message, size_t n)
{
	return apart(REM_P_IPV6, packet, build(message, n));
}

static void echo(void **state)
{
	static const uint8_t request[] = {128, 0, 0, 0, 0, 1, 0, 2, 'a', 'b', 'c', 'd'};
	struct apart *a = with(request, sizeof(request));

	(void)state;
	assert_shows(a, "icmpv6.checksum.status", "1");
	assert_shows(a, "icmpv6.echo.identifier", "0x0001");
	assert_shows(a, "data.data", "61:62:63:64");
	assert_string_equal(apart_info(a), "Echo request id 0x0001, seq 2");
	apart_free(a);
	apart_torture(REM_P_IPV6, packet, HEADER + sizeof(request));

	packet[HEADER + 8]++;
	a = apart(REM_P_IPV6, packet, HEADER + sizeof(request));
	assert_int_equal(rem_layer_sum(&a->b, apart_layer(a, REM_P_ICMPV6)), REM_SUM_BAD);
	apart_free(a);
}

static void an_error(void **state)
{
	uint8_t error[8 + HEADER + 12] = {1, 4};

	(void)state;
	memcpy(error + 8, header, HEADER);
	error[8 + 5] = 12;
	error[8 + 6] = 17;
	memcpy(error + 8 + HEADER, (const uint8_t[]){0x04, 0, 0, 53, 0, 12, 0x12, 0x34}, 8);
	struct apart *a = with(error, sizeof(error));
	assert_int_equal(apart_count(a, "ipv6.src"), 2);
	assert_shows(a, "udp.dstport", "53");
	assert_true(apart_layer(a, REM_P_UDP)->flags & REM_PART_QUOTED);
	assert_shows(a, "udp.checksum.status", "0");
	assert_string_equal(apart_info(a), "Destination unreachable (port unreachable)");
	apart_free(a);

	a = with(error, 8 + HEADER + 8);        /* the quote ends before the datagram does */
	assert_shows(a, "udp.checksum.status", "2");
	assert_int_equal(apart_layer(a, REM_P_UDP)->err, REM_OK);
	apart_free(a);
	apart_torture(REM_P_IPV6, packet, HEADER + 8 + HEADER + 8);

	uint8_t trailed[sizeof(packet)];        /* what follows the message is no part of the quote */
	const size_t n = build(error, 8 + HEADER + 8);
	memcpy(trailed, packet, n);
	memcpy(trailed + n, "abcd", 4);
	a = apart(REM_P_IPV6, trailed, n + 4);
	assert_shows(a, "udp.checksum.status", "2");
	apart_free(a);

	error[8 + HEADER + 6] = error[8 + HEADER + 7] =
		0; /* nobody need have summed what is quoted */
	a = with(error, sizeof(error));
	assert_shows(a, "udp.checksum.status", "3");
	apart_free(a);
}

/* Wireshark has the key for what ICMPv6 quotes, not for what ICMP does. */
static void a_quoted_segment(void **state)
{
	static const uint8_t tcp[] = {0x03, 0xe8, 0,    80, 1, 2, 3, 4, 0, 0,
				      0,    5,    0x50, 2,  0, 9, 0, 0, 0, 0};
	uint8_t error[8 + HEADER + sizeof(tcp)] = {1, 4};

	(void)state;
	memcpy(error + 8, header, HEADER);
	error[8 + 5] = sizeof(tcp);
	error[8 + 6] = 6;
	memcpy(error + 8 + HEADER, tcp, sizeof(tcp));
	struct apart *a = with(error, sizeof(error));
	assert_shows(a, "tcp.seq_raw", "16909060");
	assert_shows(a, "tcp.ack_raw", "5");
	apart_free(a);
}

static void a_solicitation(void **state)
{
	static const uint8_t ns[] = {
		135, 0, 0, 0, 0, 0, 0, 0, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xa1,
		1, 1, 2, 0, 0, 0, 0, 1,
	};
	struct apart *a = with(ns, sizeof(ns));

	(void)state;
	assert_shows(a, "icmpv6.nd.ns.target_address", "2001:db8::a1");
	assert_shows(a, "icmpv6.opt.src_linkaddr", "02:00:00:00:00:01");
	assert_string_equal(apart_info(a),
			    "Neighbor solicitation for 2001:db8::a1 from 02:00:00:00:00:01");
	apart_free(a);
	apart_torture(REM_P_IPV6, packet, HEADER + sizeof(ns));
}

static void an_advertisement(void **state)
{
	static const uint8_t ra[] = {
		134, 0, 0, 0, 64, 0xc8, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0,
		/* prefix 2001:db8::/64 */
		3, 4, 64, 0xc0, 0, 1, 0x51, 0x80, 0, 0, 0x38, 0x40, 0, 0, 0, 0,
		0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		/* route 2001:db8:1::/64 in 8 bytes */
		24, 2, 64, 0x18, 0, 0, 2, 88, 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 0,
		/* DNS server ::1; search list lan */
		25, 3, 0, 0, 0, 0, 2, 88, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
		31, 2, 0, 0, 0, 0, 2, 88, 3, 'l', 'a', 'n', 0, 0, 0, 0,
		/* NAT64 prefix 64:ff9b::/96; captive portal */
		38, 2, 7, 8, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0,
		37, 1, 'h', 't', 't', 'p', 0, 0,
	};
	struct apart *a = with(ra, sizeof(ra));

	(void)state;
	assert_shows(a, "icmpv6.nd.ra.router_lifetime", "1800");
	assert_shows(a, "icmpv6.opt.prefix", "2001:db8::");
	assert_string_equal(apart_text(a, "icmpv6.opt.prefix", 1), "2001:db8:1::");
	assert_shows(a, "icmpv6.opt.rdnss", "::1");
	assert_shows(a, "icmpv6.opt.dnssl", "lan");
	assert_shows(a, "icmpv6.opt.pref64.prefix", "64:ff9b::");
	assert_shows(a, "icmpv6.opt.captive_portal", "http");
	assert_int_equal(apart_count(a, "icmpv6.opt"), 6);
	apart_free(a);
	apart_torture(REM_P_IPV6, packet, HEADER + sizeof(ra));
}

static void options_that_lie(void **state)
{
	static const uint8_t zero[] = {133, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 1};
	static const uint8_t beyond[] = {133, 0, 0, 0, 0, 0, 0, 0, 1, 3, 2, 0, 0, 0, 0, 1};
	static const uint8_t brief[] = {134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0,
					3, 1, 64, 0, 0, 0, 0, 9, 1, 1, 2, 0, 0, 0, 0, 1};

	(void)state;
	struct apart *a = with(zero, sizeof(zero));
	assert_int_equal(a->part[a->b.parts - 1].err, REM_LENGTH);
	assert_absent(a, "icmpv6.opt.linkaddr");
	apart_free(a);
	a = with(beyond, sizeof(beyond));
	assert_shows(a, "icmpv6.opt.length", "3");
	assert_absent(a, "icmpv6.opt.linkaddr");
	apart_free(a);
	a = with(brief, sizeof(brief));         /* read on, but nothing follows */
	assert_shows(a, "icmpv6.opt.prefix.valid_lifetime", "9");
	assert_int_equal(apart_count(a, "icmpv6.opt"), 1);
	apart_free(a);
}

static void listeners(void **state)
{
	uint8_t report[8 + 20 + 20 + 16] = {143, 0, 0, 0, 0, 0, 0, 2, 4, 0, 0, 0, 0xff, 2};
	uint8_t query[28] = {130, 0, 0, 0, 0x8f, 0x10, 0, 0, 0xff, 2};

	(void)state;
	report[28] = 6;
	report[28 + 3] = 1;
	struct apart *a = with(report, sizeof(report));
	assert_int_equal(apart_count(a, "icmpv6.mldr.mar"), 2);
	assert_int_equal(apart_count(a, "icmpv6.mldr.mar.source_address"), 1);
	apart_free(a);
	apart_torture(REM_P_IPV6, packet, HEADER + sizeof(report));

	query[25] = 0xfd;
	a = with(query, sizeof(query));
	assert_shows(a, "icmpv6.mld.maximum_response_code", "63616");
	assert_shows(a, "icmpv6.mld.qqi", "29696");
	apart_free(a);
	a = with(query, 24);
	assert_shows(a, "icmpv6.mld.maximum_response_delay", "36624");
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echo), cmocka_unit_test(an_error), cmocka_unit_test(a_quoted_segment), cmocka_unit_test(a_solicitation),
		cmocka_unit_test(an_advertisement), cmocka_unit_test(options_that_lie),
		cmocka_unit_test(listeners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
