/* SPDX-License-Identifier: BSD-3-Clause */
/* DHCPv6: options inside options, names, DUIDs, relayed messages, nesting without end. */
#include "apart.h"

static const uint8_t reply[] = {
	7, 1, 2, 3,
	/* server: DUID of link-layer address and time */
	0, 2, 0, 14, 0, 1, 0, 1, 0x29, 0xb9, 0x27, 0, 2, 0, 0, 0, 0, 1,
	/* IA_NA with an address that has a status */
	0, 3, 0, 58, 'i', 'a', 'i', 'd', 0, 0, 0, 7, 0, 0, 0, 8,
	0, 5, 0, 42, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xa1,
	0, 0, 0, 100, 0, 0, 0, 200, 0, 13, 0, 14, 0, 0, 'a', 'l', 'l', ' ', 'i', 's', ' ', 'w', 'e', 'l', 'l', '!',
	/* search list: example.com and lan; an option without a name */
	0, 24, 0, 18, 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 3, 'c', 'o', 'm', 0, 3, 'l', 'a', 'n', 0,
	3, 231, 0, 1, 'x',
};

static void a_reply(void **state)
{
	struct apart *a = apart(REM_P_DHCPV6, reply, sizeof(reply));

	(void)state;
	assert_shows(a, "dhcpv6.xid", "0x010203");
	assert_shows(a, "dhcpv6.option.type_str", "Server Identifier");
	assert_shows(a, "dhcpv6.duid.type", "1");
	assert_shows(a, "dhcpv6.duidllt.time", "2022-03-07T20:26:40.000000000Z");
	assert_shows(a, "dhcpv6.iaid", "69616964");
	assert_shows(a, "dhcpv6.iaaddr.ip", "2001:db8::a1");
	assert_shows(a, "dhcpv6.status_msg", "all is well!");
	assert_shows(a, "dhcpv6.search_list_entry", "example.com.");
	assert_shows(a, "dhcpv6.tld", "lan.");
	assert_string_equal(apart_text(a, "dhcpv6.option.type_str", 5), "DHCP option 999");
	assert_int_equal(apart_count(a, "dhcpv6.option.type"), 6);
	assert_string_equal(apart_info(a), "Reply, xid 0x010203 2001:db8::a1");
	for (unsigned i = 0; i < a->b.parts; i++)
		assert_int_equal(a->part[i].err, REM_OK);
	apart_free(a);
	apart_torture(REM_P_DHCPV6, reply, sizeof(reply));
}

static void lengths_that_lie(void **state)
{
	static const uint8_t wrong[] = {1, 1, 2, 3, 0, 8, 0, 3, 0, 1, 2, 0, 7, 0, 1, 5};
	static const uint8_t beyond[] = {1, 1, 2, 3, 0, 8, 0, 50, 0, 1};

	(void)state;
	struct apart *a = apart(REM_P_DHCPV6, wrong, sizeof(wrong));
	assert_shows(a, "dhcpv6.option.length", "3");
	assert_absent(a, "dhcpv6.elapsed_time");
	assert_shows(a, "dhcpv6.option_preference", "5");
	apart_free(a);
	a = apart(REM_P_DHCPV6, beyond, sizeof(beyond));
	assert_absent(a, "dhcpv6.option.type");
	assert_int_equal(a->part[1].err, REM_LENGTH);
	apart_free(a);
}

static void a_relayed_message(void **state)
{
	uint8_t relay[34 + 8 + 4 + 10] = {12, 1};

	(void)state;
	memcpy(relay + 34, (const uint8_t[]){0,  18, 0, 4, 'e', 't', 'h', '0', 0, 9, 0,
					     10, 1,  1, 2, 3,   0,   8,   0,   2, 0, 5},
	       22);
	struct apart *a = apart(REM_P_DHCPV6, relay, sizeof(relay));
	assert_shows(a, "dhcpv6.hopcount", "1");
	assert_shows(a, "dhcpv6.interface_id", "65:74:68:30");
	assert_shows(a, "dhcpv6.elapsed_time", "50");
	assert_int_equal(apart_count(a, "dhcpv6.msgtype"), 2);
	assert_string_equal(apart_info(a), "Solicit, xid 0x010203");
	/* Who wants no options of messages wants those messages all the same. */
	struct rem_want heads = {0};
	rem_set_add(&heads.proto, REM_P_DHCPV6);
	rem_want_settle(&heads, &a->index);
	a->b.want = &heads;
	rem_break_down(&a->b, REM_P_DHCPV6,
		       (struct rem_view){a->copy, sizeof(relay), sizeof(relay)});
	assert_int_equal(apart_count(a, "dhcpv6.msgtype"), 2);
	apart_free(a);
	apart_torture(REM_P_DHCPV6, relay, sizeof(relay));
}

/* A relay carries one message; what else calls itself one is a value. */
static void two_relayed_messages(void **state)
{
	uint8_t relay[34 + 8 + 6 + 4 + 4] = {12, 1};

	(void)state;
	memcpy(relay + 34, (const uint8_t[]){0, 9, 0, 4, 1, 1, 2, 3, 0, 18, 0, 2, 'e', '0',
					     0, 9, 0, 4, 1, 4, 5, 6},
	       22);
	struct apart *a = apart(REM_P_DHCPV6, relay, sizeof(relay));
	assert_int_equal(apart_count(a, "dhcpv6.msgtype"), 2);
	assert_shows(a, "dhcpv6.xid", "0x010203");
	assert_int_equal(apart_count(a, "dhcpv6.option.type"), 3);
	assert_int_equal(a->part[3].len, 8);
	assert_int_equal(a->part[3].rows, 4); /* its value, too */
	apart_free(a);
}

static void nesting_without_end(void **state)
{
	enum { LEVELS = 100 };
	uint8_t deep[4 + 4 * LEVELS] = {1, 1, 2, 3};
	bool limited = false;

	(void)state;
	for (size_t i = 0; i < LEVELS; i++) {   /* client data (45) holds options */
		const size_t n = 4 * (LEVELS - i - 1);

		deep[4 + 4 * i + 1] = 45;
		deep[4 + 4 * i + 2] = (uint8_t)(n >> 8);
		deep[4 + 4 * i + 3] = (uint8_t)n;
	}
	struct apart *a = apart(REM_P_DHCPV6, deep, sizeof(deep));
	for (unsigned i = 0; i < a->b.parts; i++)
		limited = limited || a->part[i].err == REM_LIMIT;
	assert_true(limited);
	assert_true(a->b.parts < 2 * REM_MAX_NESTING);
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reply), cmocka_unit_test(lengths_that_lie),
		cmocka_unit_test(a_relayed_message), cmocka_unit_test(two_relayed_messages),
		cmocka_unit_test(nesting_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
