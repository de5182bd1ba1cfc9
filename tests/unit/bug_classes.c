/* SPDX-License-Identifier: BSD-3-Clause */
/* Bytes that have broken other people's decoders, where no test of a protocol has them: tests/bugs.md. */
#include "apart.h"

#include <remora/arp.h>
#include <remora/ethernet.h>

enum { ROOM = 40 + 65535 };

static uint8_t bytes[ROOM];

/* There are no more parts than headers of `least` bytes, whether or not there is room for them all. */
static void assert_bounded(unsigned first, uint32_t n, uint32_t least)
{
	struct apart *a = apart(first, bytes, n);
	bool limited = false;

	assert_true(a->b.parts <= n / least + 4);
	a->b = (struct rem_breakdown){.index = &a->index, .part = a->part, .room = 16};
	assert_int_equal(rem_break_down(&a->b, first, (struct rem_view){a->copy, n, n}), 16);
	for (unsigned i = 0; i < a->b.parts; i++)
		limited = limited || a->part[i].err == REM_LIMIT;
	assert_true(limited);
	apart_free(a);
}

static void a_bomb_of_vlan_tags(void **state)
{
	(void)state;
	memset(bytes, 0, 14);
	for (size_t i = 12; i + 4 <= 1514; i += 4)
		memcpy(bytes + i, i % 8 != 0 ? "\x81\0\0\1" : "\x88\xa8\0\2", 4);
	assert_bounded(REM_P_ETHERNET, 1514, 4);
	assert_bounded(REM_P_ETHERNET, 1513, 4);
}

static void a_bomb_of_tunnels(void **state)
{
	enum { LEVELS = 70, HEADER = 20 };

	(void)state;
	for (unsigned i = 0; i < LEVELS; i++) {
		uint8_t *p = bytes + HEADER * i;
		const unsigned n = HEADER * (LEVELS - i);

		memset(p, 0, HEADER);
		p[0] = 0x45;
		p[2] = (uint8_t)(n >> 8);
		p[3] = (uint8_t)n;
		p[8] = 64;
		p[9] = 4;
	}
	assert_bounded(REM_P_IPV4, HEADER * LEVELS, HEADER);
}

/* As long a chain as a packet can hold, each header of the least length; and one that runs off. */
static void a_chain_of_ipv6_headers(void **state)
{
	(void)state;
	memset(bytes, 0, sizeof(bytes));
	bytes[0] = 0x60;
	bytes[4] = 0xff;
	bytes[5] = 0xf8;
	bytes[6] = 60;
	for (size_t i = 40; i < 40 + 0xfff8; i += 8)
		bytes[i] = 60;
	assert_bounded(REM_P_IPV6, 40 + 0xfff8, 4); /* a header and its padding option each */

	bytes[4] = 0;
	bytes[5] = 16;
	for (unsigned length = 1; length < 256; length++) {
		bytes[41] = (uint8_t)length; /* in units of 8 bytes, beside the first */
		struct apart *a = apart(REM_P_IPV6, bytes, 56);

		assert_int_equal(a->part[1].err, length == 1 ? REM_OK : REM_LENGTH);
		apart_free(a);
	}
}

static void a_prefix_longer_than_an_address(void **state)
{
	static uint8_t p[48] = {134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4};

	(void)state;
	for (unsigned length = 128; length < 256; length++) {
		p[18] = (uint8_t)length;
		struct apart *a = apart(REM_P_ICMPV6, p, sizeof(p));

		assert_int_equal(atoi(apart_text(a, "icmpv6.opt.prefix.length", 0)), length);
		apart_free(a);
	}
	apart_torture(REM_P_ICMPV6, p, sizeof(p));
}

/* TCP's options that have a form of their own, with every length: none is read past its end. */
static void tcp_options_of_every_length(void **state)
{
	static const uint8_t kinds[] = {2, 3, 4, 5, 8, 19, 28, 29, 30, 34, 69, 253, 254};
	uint8_t p[60] = {0, 80, 0, 81, 0, 0, 0, 1, 0, 0, 0, 2, 0xf0, 0x12, 4, 0};

	(void)state;
	for (size_t k = 0; k < sizeof(kinds); k++) {
		for (unsigned length = 0; length < 256; length++) {
			memset(p + 20, 1, 40);
			p[20] = p[58] = kinds[k];
			p[21] = p[59] = (uint8_t)length;
			struct apart *a = apart(REM_P_TCP, p, sizeof(p));

			assert_true(a->b.parts > 0 && a->b.parts < 100);
			apart_free(a);
		}
	}
}

/* An ARP message whose addresses have any lengths. */
static void arp_addresses_of_every_length(void **state)
{
	uint8_t p[60] = {0, 1, 8, 0, 6, 4, 0, 1};

	(void)state;
	for (unsigned hardware = 0; hardware < 256; hardware++) {
		for (unsigned protocol = 0; protocol < 256; protocol += 5) {
			p[4] = (uint8_t)hardware;
			p[5] = (uint8_t)protocol;
			struct apart *a = apart(REM_P_ARP, p, sizeof(p));
			const struct rem_part *layer = apart_layer(a, REM_P_ARP);

			assert_int_equal(layer->err, 8 + 2 * (hardware + protocol) <= sizeof(p)
							     ? REM_OK
							     : REM_LENGTH);
			apart_free(a);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bomb_of_vlan_tags),
		cmocka_unit_test(a_bomb_of_tunnels),
		cmocka_unit_test(a_chain_of_ipv6_headers),
		cmocka_unit_test(a_prefix_longer_than_an_address),
		cmocka_unit_test(tcp_options_of_every_length),
		cmocka_unit_test(arp_addresses_of_every_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
