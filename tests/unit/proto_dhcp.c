/* SPDX-License-Identifier: BSD-3-Clause */
/* DHCP: the message, options of every shape, overload, lies and cuts. */
#include "apart.h"
#include <remora/dhcp.h>

enum { UDP = 8, ROOM = 4096 };

struct message {
	uint8_t p[ROOM];
	size_t n;
};

static void put(struct message *m, const void *p, size_t n)
{
	memcpy(m->p + m->n, p, n);
	m->n += n;
}

#define PUT(m, ...) put(m, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* A UDP header and the fixed part of a message, up to the cookie. */
static struct message begin(uint8_t op)
{
	struct message m = {.n = UDP + REM_DHCP_OPTIONS};
	uint8_t *p = m.p + UDP;

	m.p[1] = op == REM_DHCP_BOOTREQUEST ? 68 : 67;
	m.p[3] = op == REM_DHCP_BOOTREQUEST ? 67 : 68;
	rem_put(p, REM_DHCP_OP, op);
	rem_put(p, REM_DHCP_HTYPE, 1);
	rem_put(p, REM_DHCP_HLEN, 6);
	rem_put(p, REM_DHCP_XID, 0x8f3a21c4);
	rem_put(p, REM_DHCP_FLAGS, 0x8000);
	memcpy(p + REM_OFF(REM_DHCP_CHADDR) / 8, "\2\0\0\0\0\1", 6);
	memcpy(p + REM_OFF(REM_DHCP_SNAME) / 8, "boots", 5);
	rem_put(p, REM_DHCP_COOKIE, REM_DHCP_MAGIC);
	return m;
}

static struct apart *taken(struct message *m)
{
	m->p[4] = (uint8_t)(m->n >> 8);
	m->p[5] = (uint8_t)m->n;
	return apart(REM_P_UDP, m->p, m->n);
}

#define SEARCH "dhcp.option.dhcp_dns_domain_search_list_fqdn"

static bool has_faults(const struct apart *a)
{
	for (unsigned i = 0; i < a->b.parts; i++) {
		if (a->part[i].err != REM_OK)
			return true;
	}
	return false;
}

static void assert_no_faults(const struct apart *a)
{
	assert_false(has_faults(a));
}

/* RFC 3396: a name may go on in the next option of its kind; what follows is there all the same. */
static void in_pieces(void **state)
{
	struct message m = begin(REM_DHCP_BOOTREPLY);

	(void)state;
	PUT(&m, 53, 1, 2, 119, 3, 2, 'a', 'b', 15, 1, 'x', 119, 5, 0, 1, 'c', 0xc0, 0);
	PUT(&m, 120, 5, 1, 192, 0, 2, 1, 120, 6, 192, 0, 2, 2, 192, 0, 120, 2, 2, 3);
	PUT(&m, 121, 2, 24, 10, 121, 0, 121, 11, 0, 0, 10, 0, 0, 1, 0, 10, 0, 0, 2, 12, 1, 'h',
	    255);
	struct apart *a = taken(&m);
	assert_int_equal(apart_count(a, SEARCH), 2);
	assert_string_equal(apart_text(a, SEARCH, 0), "ab");
	assert_string_equal(apart_text(a, SEARCH, 1), "c.ab");
	assert_int_equal(apart_count(a, "dhcp.option.sip_server.encoding"), 1);
	assert_int_equal(apart_count(a, "dhcp.option.sip_server.address"), 2);
	assert_string_equal(apart_text(a, "dhcp.option.sip_server.address", 1), "192.0.2.2");
	assert_int_equal(apart_count(a, "dhcp.option.classless_static_route"), 1);
	assert_shows(a, "dhcp.option.classless_static_route", "00:0a:00:00:02");
	assert_shows(a, "dhcp.option.hostname", "h");
	assert_no_faults(a);
	apart_free(a);
	apart_torture(REM_P_UDP, m.p, m.n);

	m = begin(REM_DHCP_BOOTREPLY);
	PUT(&m, 53, 1, 2, 119, 5, 1, 'a', 1, 'b', 0, 119, 3, 1, 'c', 0, 255);
	a = taken(&m);
	assert_string_equal(apart_text(a, SEARCH, 0), "a.b");
	assert_string_equal(apart_text(a, SEARCH, 1), "c");
	apart_free(a);
}

/* RFC 3397 2's example, cut at each of its bytes, in both options that hold names. */
static void a_cut_anywhere(void **state)
{
	static const uint8_t list[] = "\3eng\5apple\3com\0\11marketing\300\4";
	enum { BYTES = sizeof(list) - 1 };

	(void)state;
	for (size_t cut = 0; cut <= BYTES; cut++) {
		struct message m = begin(REM_DHCP_BOOTREPLY);

		PUT(&m, 53, 1, 2, 119, (uint8_t)cut);
		put(&m, list, cut);
		PUT(&m, 119, (uint8_t)(BYTES - cut));
		put(&m, list + cut, BYTES - cut);
		PUT(&m, 120, (uint8_t)(cut + 1), 0);
		put(&m, list, cut);
		PUT(&m, 120, (uint8_t)(BYTES - cut));
		put(&m, list + cut, BYTES - cut);
		PUT(&m, 255);
		struct apart *a = taken(&m);
		assert_int_equal(apart_count(a, SEARCH), 2);
		assert_string_equal(apart_text(a, SEARCH, 0), "eng.apple.com");
		assert_string_equal(apart_text(a, SEARCH, 1), "marketing.apple.com");
		assert_int_equal(apart_count(a, "dhcp.option.sip_server.name"), 2);
		assert_string_equal(apart_text(a, "dhcp.option.sip_server.name", 1),
				    "marketing.apple.com");
		assert_no_faults(a);
		apart_free(a);
	}
}

/* What the pieces say together can lie, too: then nothing behind the last is believed. */
static void pieces_that_lie(void **state)
{
	static const struct {
		uint8_t option[16];
		size_t n;
	} row[] = {
		{{119, 2, 2, 'a', 119, 1, 'b'}, 7},           /* no end */
		{{119, 2, 1, 'a', 119, 2, 0x80, 0}, 8},       /* no label */
		{{121, 2, 24, 10, 121, 4, 0, 0, 10, 0}, 10},  /* a route without its end */
		{{249, 2, 24, 10, 249, 7, 0, 0, 10, 0, 0, 1, 33}, 13}, /* too wide a mask */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct message m = begin(REM_DHCP_BOOTREPLY);

		PUT(&m, 53, 1, 2);
		put(&m, row[i].option, row[i].n);
		PUT(&m, 12, 1, 'h', 255);
		struct apart *a = taken(&m);
		assert_absent(a, "dhcp.option.hostname");
		assert_true(has_faults(a));
		apart_free(a);
	}
}

/* Where the pieces' order is not that in which they are shown, or they are far apart, they are values. */
static void loose_pieces(void **state)
{
	static const uint8_t file[] = {119, 3, 1, 'b', 0, 255};
	static const uint8_t padding[REM_MAX_JOINED] = {0};
	struct message m = begin(REM_DHCP_BOOTREPLY);

	(void)state;
	memcpy(m.p + UDP + REM_OFF(REM_DHCP_FILE) / 8, file, sizeof(file));
	PUT(&m, 53, 1, 2, 52, 1, 1, 119, 2, 1, 'a', 12, 1, 'h', 255);
	struct apart *a = taken(&m);
	assert_absent(a, SEARCH);
	assert_shows(a, "dhcp.option.hostname", "h");
	assert_no_faults(a);
	apart_free(a);

	m = begin(REM_DHCP_BOOTREPLY);
	PUT(&m, 53, 1, 2, 119, 2, 1, 'a');
	put(&m, padding, sizeof(padding));
	PUT(&m, 119, 1, 0, 12, 1, 'h', 255);
	a = taken(&m);
	assert_absent(a, SEARCH);
	assert_shows(a, "dhcp.option.hostname", "h");
	assert_no_faults(a);
	apart_free(a);
}

static void a_discover(void **state)
{
	struct message m = begin(REM_DHCP_BOOTREQUEST);

	(void)state;
	PUT(&m, 53, 1, 1, 12, 6, 'r', 'e', 'm', 'o', 'r', 'a', 55, 3, 1, 3, 6, 0, 0, 255, 0, 0);
	struct apart *a = taken(&m);
	assert_shows(a, "dhcp.type", "1");
	assert_shows(a, "dhcp.id", "0x8f3a21c4");
	assert_shows(a, "dhcp.flags.bc", "1");
	assert_shows(a, "dhcp.hw.mac_addr", "02:00:00:00:00:01");
	assert_shows(a, "dhcp.hw.addr_padding", "00:00:00:00:00:00:00:00:00:00");
	assert_shows(a, "dhcp.server", "boots");
	assert_shows(a, "dhcp.file", "");
	assert_shows(a, "dhcp.cookie", "99.130.83.99");
	assert_absent(a, "dhcp.bootp");
	assert_shows(a, "dhcp.option.dhcp", "1");
	assert_shows(a, "dhcp.option.hostname", "remora");
	assert_int_equal(apart_count(a, "dhcp.option.request_list_item"), 3);
	assert_string_equal(apart_text(a, "dhcp.option.request_list_item", 2), "6");
	assert_int_equal(apart_count(a, "dhcp.option.padding"), 2);
	assert_shows(a, "dhcp.option.end", "255");
	assert_int_equal(apart_layer(a, REM_P_DHCP)->err, REM_OK);
	assert_string_equal(apart_info(a), "Discover, xid 0x8f3a21c4, hostname \"remora\"");
	apart_free(a);
}

static void an_offer(void **state)
{
	struct message m = begin(REM_DHCP_BOOTREPLY);

	(void)state;
	rem_put(m.p + UDP, REM_DHCP_YIADDR, 0xc0a80135);
	PUT(&m, 53, 1, 2, 51, 4, 0, 0, 0x0e, 0x10, 3, 4, 192, 168, 1, 1, 255);
	struct apart *a = taken(&m);
	assert_shows(a, "dhcp.ip.your", "192.168.1.53");
	assert_shows(a, "dhcp.option.ip_address_lease_time", "3600");
	assert_string_equal(apart_info(a), "Offer 192.168.1.53, lease 1 h, router 192.168.1.1");
	apart_free(a);
}

static void values(void **state)
{
	struct message m = begin(REM_DHCP_BOOTREPLY);

	(void)state;
	PUT(&m, 53, 1, 5, 2, 4, 0xff, 0xff, 0xff, 0x38, 6, 8, 1, 1, 1, 1, 8, 8, 8, 8);
	PUT(&m, 33, 8, 10, 0, 0, 0, 10, 0, 0, 1, 26, 2, 5, 0xdc);
	PUT(&m, 61, 7, 1, 2, 0, 0, 0, 0, 7);
	PUT(&m, 81, 8, 4, 0, 0, 3, 'f', 'o', 'o', 0);
	PUT(&m, 82, 9, 1, 2, 'a', 'b', 5, 3, 1, 2, 3);
	PUT(&m, 119, 12, 3, 'f', 'o', 'o', 2, 'b', 'a', 0, 1, 'x', 0xc0, 0);
	PUT(&m, 121, 8, 24, 192, 168, 1, 1, 2, 3, 4, 200, 1, 9, 255);
	struct apart *a = taken(&m);
	assert_shows(a, "dhcp.option.time_offset", "-200");
	assert_string_equal(apart_text(a, "dhcp.option.domain_name_server", 1), "8.8.8.8");
	assert_shows(a, "dhcp.option.static_route.router", "10.0.0.1");
	assert_shows(a, "dhcp.option.interface_mtu", "1500");
	assert_string_equal(apart_text(a, "dhcp.hw.mac_addr", 1), "02:00:00:00:00:07");
	assert_shows(a, "dhcp.fqdn.e", "1");
	assert_shows(a, "dhcp.fqdn.name", "foo");
	assert_shows(a, "dhcp.option.agent_information_option.agent_circuit_id", "61:62");
	assert_absent(a, "dhcp.option.agent_information_option.link_selection");
	assert_string_equal(apart_text(a, "dhcp.option.dhcp_dns_domain_search_list_fqdn", 0),
			    "foo.ba");
	assert_string_equal(apart_text(a, "dhcp.option.dhcp_dns_domain_search_list_fqdn", 1),
			    "x.foo.ba");
	assert_shows(a, "dhcp.option.classless_static_route", "18:c0:a8:01:01:02:03:04");
	apart_free(a);
}

/* Options in the fields file and sname are found where option 52 says so, and nowhere else. */
static void overload(void **state)
{
	static const uint8_t file[] = {15, 2, 'd', 'e', 255}, sname[] = {12, 1, 'h', 52, 1, 3, 255};

	(void)state;
	for (uint8_t fields = 0; fields <= 3; fields++) {
		struct message m = begin(REM_DHCP_BOOTREPLY);
		struct rem_view value;

		memcpy(m.p + UDP + REM_OFF(REM_DHCP_FILE) / 8, file, sizeof(file));
		memcpy(m.p + UDP + REM_OFF(REM_DHCP_SNAME) / 8, sname, sizeof(sname));
		PUT(&m, 53, 1, 5, 52, 1, fields, 255);
		struct apart *a = taken(&m);
		const struct rem_view v = {a->copy + UDP, (uint32_t)m.n - UDP, (uint32_t)m.n - UDP};
		assert_int_equal(apart_count(a, "dhcp.option.domain_name"), fields & 1);
		assert_int_equal(apart_count(a, "dhcp.file"), (fields & 1) == 0);
		assert_int_equal(apart_count(a, "dhcp.option.hostname"), fields >> 1);
		assert_int_equal(apart_count(a, "dhcp.server"), fields < 2);
		assert_int_equal(rem_dhcp_find(v, REM_DHCP_DOMAIN, 0, &value), fields & 1);
		assert_int_equal(rem_dhcp_find(v, REM_DHCP_HOSTNAME, 0, &value), fields >> 1);
		apart_free(a);
	}
}

static void bootp(void **state)
{
	struct message m = begin(REM_DHCP_BOOTREQUEST);

	(void)state;
	rem_put(m.p + UDP, REM_DHCP_COOKIE, 0);
	PUT(&m, 1, 2, 3);
	struct apart *a = taken(&m);
	assert_shows(a, "dhcp.bootp", "1");
	assert_absent(a, "dhcp.cookie");
	assert_absent(a, "dhcp.option.type");
	assert_string_equal(apart_info(a), "BOOTP request, xid 0x8f3a21c4");
	apart_free(a);
}

/* What lies is marked, and nothing is made of it. */
static void lies(void **state)
{
	static const struct {
		uint8_t option[12];
		uint8_t n;
		const char *absent;
	} row[] = {
		{{51, 3, 1, 2, 3}, 5, "dhcp.option.ip_address_lease_time"},
		{{12, 200, 'a'}, 3, "dhcp.option.hostname"},
		{{6, 3, 1, 2, 3}, 5, "dhcp.option.domain_name_server"},
		{{119, 2, 0xc0, 0}, 4, "dhcp.option.dhcp_dns_domain_search_list_fqdn"},
		{{121, 5, 24, 1, 2, 3, 4}, 7, "dhcp.option.classless_static_route"},
		{{125, 7, 0, 0, 0, 9, 9, 1, 1}, 9, "dhcp.vendor.data"},
		{{82, 3, 16, 1, 0}, 5, "dhcp.option.agent_information_option.ani_ap_bssid"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct message m = begin(REM_DHCP_BOOTREPLY);
		bool marked = false;

		PUT(&m, 53, 1, 5);
		put(&m, row[i].option, row[i].n);
		struct apart *a = taken(&m);
		assert_absent(a, row[i].absent);
		for (unsigned k = 0; k < a->b.parts; k++)
			marked = marked || a->part[k].err != REM_OK;
		assert_true(marked);
		apart_free(a);
	}
}

/* Every option with every short length: nobody reads behind the end. */
static void lengths(void **state)
{
	static const uint8_t value[] = {0,    4, 0, 0,   0,   9,   1, 0xc0, 2, 1,
					0xff, 5, 3, 'a', 'b', 'c', 0, 8,    1, 2};

	(void)state;
	for (unsigned tag = 1; tag < 255; tag++) {
		for (size_t n = 0; n <= sizeof(value); n++) {
			struct message m = begin(REM_DHCP_BOOTREPLY);

			PUT(&m, (uint8_t)tag, (uint8_t)n);
			put(&m, value + sizeof(value) - n, n);
			struct apart *a = taken(&m);
			assert_true(apart_count(a, "dhcp.option.length") > 0);
			apart_look(a);
			apart_free(a);
		}
	}
}

static void torture(void **state)
{
	struct message m = begin(REM_DHCP_BOOTREQUEST);

	(void)state;
	PUT(&m, 53, 1, 1, 52, 1, 3, 3, 4, 1, 2, 3, 4, 119, 4, 1, 'x', 0xc0, 0, 82, 4, 1, 2, 'a',
	    'b');
	PUT(&m, 61, 15, 255, 0, 0, 0, 1, 0, 3, 0, 1, 2, 0, 0, 0, 0, 1, 77, 3, 2, 'a', 'b', 125, 9);
	PUT(&m, 0, 0, 0, 9, 4, 1, 2, 'a', 'b', 81, 5, 4, 0, 0, 1, 'a', 120, 4, 0, 1, 'b', 0, 255);
	m.p[4] = (uint8_t)(m.n >> 8);
	m.p[5] = (uint8_t)m.n;
	apart_torture(REM_P_UDP, m.p, m.n);
}

static void checks(void **state)
{
	struct message m = begin(REM_DHCP_BOOTREQUEST);
	struct rem_head h;

	(void)state;
	m.p[UDP + 239] = 0;
	assert_int_equal(rem_dhcp_check((struct rem_view){m.p + UDP, 240, 240}, &h), REM_FIELD);
	assert_int_equal(h.bad, REM_DHCP_COOKIE);
	m.p[UDP + 239] = 99;
	assert_int_equal(rem_dhcp_check((struct rem_view){m.p + UDP, 240, 240}, &h), REM_OK);
	assert_int_equal(h.payload.cap, 4);
	assert_int_equal(rem_dhcp_check((struct rem_view){m.p + UDP, 100, 240}, &h), REM_SHORT);
	assert_int_equal(rem_dhcp_check((struct rem_view){m.p + UDP, 100, 100}, &h), REM_LENGTH);
	assert_int_equal(h.len, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_discover),
		cmocka_unit_test(a_cut_anywhere), cmocka_unit_test(pieces_that_lie),
		cmocka_unit_test(loose_pieces),
		cmocka_unit_test(in_pieces), cmocka_unit_test(an_offer), cmocka_unit_test(values),
		cmocka_unit_test(overload),   cmocka_unit_test(bootp),    cmocka_unit_test(lies),
		cmocka_unit_test(lengths),    cmocka_unit_test(torture),  cmocka_unit_test(checks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
