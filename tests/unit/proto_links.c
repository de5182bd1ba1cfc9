/* SPDX-License-Identifier: BSD-3-Clause */
/* Link layers without Ethernet, and tunnels: each as far as the IP packet it carries, and cut. */
#include "apart.h"

#define IPV4 0x45, 0, 0, 20, 0, 0, 0, 0, 64, 59, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2

struct link {
	unsigned first;
	const char *key, *shown;
	size_t n;
	uint8_t p[64];
};

static const struct link links[] = {
	{REM_P_SLL,
	 "sll.src.eth",
	 "02:00:00:00:00:01",
	 36,
	 {0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0, IPV4}},
	{REM_P_SLL2, "sll.ifindex", "3", 40, {8, 0, 0, 0, 0, 0, 0, 3, 0, 1,   4,
					      6, 2, 0, 0, 0, 0, 1, 0, 0, IPV4}},
	{REM_P_RAW, "ip.src", "10.0.0.1", 20, {IPV4}},
	{REM_P_NULL, "null.family", "2", 24, {2, 0, 0, 0, IPV4}},
	{REM_P_NULL, "null.family", "2", 24, {0, 0, 0, 2, IPV4}},
	{REM_P_NULL, "null.type", "0x00000800", 24, {0x0f, 0, 8, 0, IPV4}},
	{REM_P_PPP, "ppp.protocol", "0x0021", 24, {0xff, 3, 0, 0x21, IPV4}},
	{REM_P_PPP, "ppp.protocol", "0x21", 21, {0x21, IPV4}},
	{REM_P_GRE, "gre.key", "0x00000007", 28, {0x20, 0, 8, 0, 0, 0, 0, 7, IPV4}},
	{REM_P_GRE, "gre.checksum.status", "2", 28, {0x80, 0, 8, 0, 0, 0, 0, 0, IPV4}},
	{REM_P_GRE, "gre.routing.src_length", "4", 40, {0x40, 0,  8, 0, 0, 0, 0, 0, 8, 0,   0,
							4,    10, 0, 0, 9, 0, 0, 0, 0, IPV4}},
	{REM_P_VXLAN, "vxlan.vni", "42", 42, {8, 0, 0, 0, 0, 0, 42, 0, 2, 0, 0,   0,
					      0, 2, 2, 0, 0, 0, 0,  1, 8, 0, IPV4}},
};

static void carries_ip(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		const struct link *l = &links[i];
		struct apart *a = apart(l->first, l->p, l->n);

		assert_shows(a, l->key, l->shown);
		assert_shows(a, "ip.dst", "10.0.0.2");
		assert_int_equal(apart_layer(a, REM_P_IPV4)->err, REM_OK);
		apart_free(a);
	}
}

static void cut_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		for (size_t n = 1; n < links[i].n; n++) {
			struct apart *a = apart_cut(links[i].first, links[i].p, n, links[i].n);

			apart_info(a);
			apart_free(a);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(carries_ip),
					   cmocka_unit_test(cut_anywhere)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
