/* SPDX-License-Identifier: BSD-3-Clause */
/* ICMP: messages of every layout, quoted datagrams, extensions, timestamps of ping. */
#include "apart.h"

enum { MOST = 512, IP = 20, PROTO_ICMP = 1, PROTO_TCP = 6, PROTO_UDP = 17 };

/* An IPv4 datagram from 10.0.0.1 to 10.0.0.2. */
static size_t datagram(uint8_t *p, uint8_t proto, const void *payload, size_t n)
{
	const uint8_t header[IP] = {
		0x45, 0, 0, (uint8_t)(IP + n), 0, 0, 0, 0, 64, proto, 0, 0, 10, 0, 0, 1, 10,
		0,    0, 2};

	memcpy(p, header, IP);
	memcpy(p + IP, payload, n);
	return IP + n;
}

static struct apart *message(const uint8_t *icmp, size_t n)
{
	uint8_t p[MOST];

	return apart(REM_P_IPV4, p, datagram(p, PROTO_ICMP, icmp, n));
}

#define MESSAGE(...) message((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void an_echo(void **state)
{
	struct apart *a = MESSAGE(8, 0, 0xd4, 0x05, 0x12, 0x34, 0, 5, 'h', 'i', 0xa9, 0x57);

	(void)state;
	assert_shows(a, "icmp.type", "8");
	assert_shows(a, "icmp.ident", "4660");
	assert_shows(a, "icmp.ident_le", "13330");
	assert_shows(a, "icmp.seq", "5");
	assert_shows(a, "icmp.seq_le", "1280");
	assert_shows(a, "icmp.checksum.status", "1");
	assert_shows(a, "data.data", "68:69:a9:57");
	assert_string_equal(apart_info(a), "echo request, id 4660, seq 5");
	apart_free(a);

	a = MESSAGE(0, 0, 0, 0, 0, 1, 0, 2);
	assert_shows(a, "icmp.checksum.status", "0");
	assert_null(apart_layer(a, REM_P_DATA));
	apart_free(a);
}

static void other_queries(void **state)
{
	struct apart *a = MESSAGE(13, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5);

	(void)state;
	assert_shows(a, "icmp.originate_timestamp", "3");
	assert_shows(a, "icmp.transmit_timestamp", "5");
	apart_free(a);

	a = MESSAGE(18, 0, 0, 0, 0, 1, 0, 2, 255, 255, 0, 0);
	assert_shows(a, "icmp.address_mask", "255.255.0.0");
	apart_free(a);

	a = MESSAGE(9, 0, 0, 0, 2, 2, 0, 30, 10, 0, 0, 1, 0x80, 0, 0, 0, 10, 0, 0, 2);
	assert_shows(a, "icmp.lifetime", "30");
	assert_shows(a, "icmp.pref_level", "-2147483648");
	assert_string_equal(apart_text(a, "icmp.router_address", 1), "10.0.0.2");
	assert_int_equal(apart_count(a, "icmp.pref_level"), 1);
	apart_free(a);

	a = MESSAGE(9, 16, 0, 0, 0, 2, 0, 30, 16, 10, 0, 1, 2, 0, 0xa1, 0, 10, 0, 0, 9, 19, 1, 24);
	assert_shows(a, "icmp.mip.r", "1");
	assert_shows(a, "icmp.mip.coa", "10.0.0.9");
	assert_shows(a, "icmp.mip.prefixlength", "24");
	apart_free(a);

	a = MESSAGE(43, 0, 0, 0, 0, 1, 7, 0x47);
	assert_shows(a, "icmp.ext.echo.seq", "7");
	assert_shows(a, "icmp.ext.echo.rsp.state", "2");
	assert_shows(a, "icmp.ext.echo.rsp.ipv6", "1");
	apart_free(a);
}

/* Wireshark has no key for it, but who looks at the tree wants to see it. */
static void quoted_sequence_number(void **state)
{
	static const uint8_t tcp[] = {0x03, 0xe8, 0, 80, 1, 2, 3, 4};
	uint8_t icmp[MOST] = {11}, p[MOST];
	const size_t n = datagram(icmp + 8, PROTO_TCP, tcp, sizeof(tcp));
	struct apart *a = apart(REM_P_IPV4, p, datagram(p, PROTO_ICMP, icmp, 8 + n));
	unsigned shown = 0;

	(void)state;
	for (unsigned i = 0; i < a->b.parts; i++) {
		struct rem_row_walk walk = {0};
		struct rem_row row;
		struct rem_value v;

		while (rem_row_next(&a->b, &a->part[i], &walk, &row)) {
			if (strcmp(row.field->name, "Sequence number") == 0 &&
			    (row.field->flags & REM_F_ALIAS) == 0 && rem_row_value(&a->b, &row, &v))
				shown += v.u == 0x01020304;
		}
	}
	assert_int_equal(shown, 1);
	apart_free(a);
}

/* An error of a type with a second word; it quotes a UDP datagram, padded, and extensions follow. */
static size_t build_error(uint8_t *p, uint8_t type, uint8_t code, uint32_t word, size_t padded,
			  const uint8_t *ext, size_t n)
{
	static const uint8_t udp[] = {0x03, 0xe8, 0x27, 0x0f, 0, 12, 0, 0, 'a', 'b', 'c', 'd'};
	uint8_t icmp[MOST] = {type,
			      code,
			      0,
			      0,
			      (uint8_t)(word >> 24),
			      (uint8_t)(word >> 16),
			      (uint8_t)(word >> 8),
			      (uint8_t)word};
	const size_t quoted = datagram(icmp + 8, PROTO_UDP, udp, sizeof(udp));
	const size_t at = 8 + (padded > quoted ? padded : quoted);

	if (n > 0)
		memcpy(icmp + at, ext, n);
	return datagram(p, PROTO_ICMP, icmp, at + n);
}

static struct apart *error(uint8_t type, uint8_t code, uint32_t word)
{
	uint8_t p[MOST];

	return apart(REM_P_IPV4, p, build_error(p, type, code, word, 0, NULL, 0));
}

static void errors_quote(void **state)
{
	struct apart *a = error(3, 3, 0);

	(void)state;
	assert_shows(a, "icmp.unused", "00:00:00:00");
	assert_int_equal(apart_count(a, "ip.src"), 2);
	assert_shows(a, "udp.dstport", "9999");
	assert_shows(a, "udp.payload", "61:62:63:64");
	assert_true(apart_layer(a, REM_P_UDP)->flags & REM_PART_QUOTED);
	assert_false(apart_layer(a, REM_P_ICMP)->flags & REM_PART_QUOTED);
	assert_string_equal(apart_info(a), "destination unreachable: port");
	apart_free(a);

	a = error(3, 4, 1400);
	assert_shows(a, "icmp.mtu", "1400");
	assert_shows(a, "icmp.unused", "00:00");
	assert_string_equal(apart_info(a),
			    "destination unreachable: fragmentation needed, MTU 1400");
	apart_free(a);

	a = error(5, 1, 0x0a000009);
	assert_shows(a, "icmp.redir_gw", "10.0.0.9");
	assert_absent(a, "udp.payload");        /* 8 bytes are quoted, no more */
	apart_free(a);

	a = error(12, 0, 0x07000000);
	assert_shows(a, "icmp.pointer", "7");
	assert_shows(a, "icmp.unused", "00:00:00");
	apart_free(a);

	a = error(11, 0, 0x00070000);           /* RFC 4884: 7 words */
	assert_shows(a, "icmp.length", "7");
	assert_shows(a, "icmp.length.original_datagram", "28");
	assert_int_equal(apart_count(a, "icmp.unused"), 2);
	apart_free(a);
}

static const uint8_t labels[] = {
	0x20, 0, 0, 0, 0, 12, 1, 1, 0x12, 0x34, 0x5a, 0x40, 0, 0, 0x11, 1, 0, 6, 9, 9, 0xaa, 0xbb,
};

static void extensions(void **state)
{
	uint8_t p[MOST];
	const size_t n = build_error(p, 11, 0, 0, 128, labels, sizeof(labels));
	struct apart *a = apart(REM_P_IPV4, p, n);

	(void)state;
	assert_shows(a, "icmp.ext.version", "2");
	assert_shows(a, "icmp.ext.checksum.status", "3");
	assert_shows(a, "icmp.mpls.label", "74565");
	assert_shows(a, "icmp.mpls.exp", "5");
	assert_shows(a, "icmp.mpls.ttl", "64");
	assert_string_equal(apart_text(a, "icmp.mpls.label", 1), "1");
	assert_shows(a, "icmp.ext.data", "aa:bb");
	assert_shows(a, "udp.payload", "61:62:63:64");
	apart_free(a);
	apart_torture(REM_P_IPV4, p, n);
}

static void interfaces(void **state)
{
	static const uint8_t info[] = {
		0x20, 0, 0, 0, 0, 24, 2, 0x0f, 0, 0, 0, 7, 0, 1, 0, 0, 10, 0, 0, 1,
		4, 'e', 't', 'h', 0, 0, 5, 0xdc,
	};
	static const uint8_t query[] = {
		42, 0, 0, 0, 0, 1, 7, 1, 0x20, 0, 0, 0, 0, 12, 3, 3, 0, 1, 4, 0, 10, 0, 0, 9,
	};
	uint8_t p[MOST];
	const size_t n = build_error(p, 3, 1, 0, 128, info, sizeof(info));
	struct apart *a = apart(REM_P_IPV4, p, n);

	(void)state;
	assert_shows(a, "icmp.int_info.index", "7");
	assert_shows(a, "icmp.int_info.ipv4", "10.0.0.1");
	assert_shows(a, "icmp.int_info.name", "eth");
	assert_shows(a, "icmp.int_info.mtu", "1500");
	apart_free(a);
	apart_torture(REM_P_IPV4, p, n);

	a = message(query, sizeof(query));
	assert_shows(a, "icmp.ext.echo.req.local", "1");
	assert_shows(a, "icmp.int_ident.ipv4", "10.0.0.9");
	apart_free(a);
}

static void ping_carries_the_time(void **state)
{
	static const uint8_t ping[] = {
		0x45, 0, 0, 38, 0, 0, 0, 0, 64, 1, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
		8, 0, 0, 0, 0, 1, 0, 2, 0x00, 0xf1, 0x53, 0x65, 5, 0, 0, 0, 8, 9,
	};
	struct apart *a = apart(REM_P_IPV4, ping, sizeof(ping));

	(void)state;
	assert_absent(a, "icmp.data_time");     /* nobody said when it was captured */
	assert_shows(a, "data.len", "10");
	a->b.time_ns = 1700000001000000000;
	rem_break_down(&a->b, REM_P_IPV4, a->b.source[0]);
	assert_shows(a, "icmp.data_time", "2023-11-14T22:13:20.000005000Z");
	assert_shows(a, "icmp.data_time_relative", "0.999995000");
	assert_shows(a, "data.data", "08:09");
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quoted_sequence_number),
		cmocka_unit_test(an_echo), cmocka_unit_test(other_queries),
		cmocka_unit_test(errors_quote), cmocka_unit_test(extensions),
		cmocka_unit_test(interfaces), cmocka_unit_test(ping_carries_the_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
