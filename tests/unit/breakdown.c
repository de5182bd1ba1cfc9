/* SPDX-License-Identifier: BSD-3-Clause */
/* A SYN, taken apart: parts, rows, values, info. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <remora/remora.h>

static const uint8_t syn[] = {
	0xe8, 0x4d, 0x74, 0x9f, 0x61, 0x4a, 0xd8, 0x5e, 0xd3, 0x43, 0x03, 0xeb, 0x08, 0x00,
	0x45, 0x00, 0x00, 0x2c, 0x00, 0x01, 0x40, 0x00, 0x40, 0x06, 0x00, 0x00, 0xc0, 0xa8, 0x01,
	0x35, 0x8e, 0xfb, 0x81, 0x8e, 0xcb, 0x0e, 0x00, 0x50, 0x00, 0x00, 0x05, 0xe4, 0x00, 0x00,
	0x00, 0x00, 0x60, 0x02, 0x0b, 0x68, 0x00, 0x00, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4, 0, 0,
};

static void a_syn(void **state)
{
	struct rem_slot slots[REM_INDEX_SLOTS];
	struct rem_index index;
	struct rem_part parts[64];
	struct rem_breakdown b = {.index = &index, .part = parts, .room = 64};
	char text[200];
	struct rem_out o = {text, text + sizeof(text), false};

	(void)state;
	assert_int_equal(rem_index_init(&index, slots, REM_INDEX_SLOTS), REM_OK);
	const int n = rem_break_down(&b, REM_P_ETHERNET,
				     (struct rem_view){syn, sizeof(syn), sizeof(syn)});
	assert_int_equal(n, 6);
	for (int i = 0; i < n; i++)
		assert_int_equal(parts[i].err, REM_OK);
	assert_int_equal(parts[2].proto, REM_P_TCP);
	assert_int_equal(parts[5].proto, REM_P_ETHERNET);
	assert_true(parts[5].flags & REM_PART_TRAILER);
	assert_int_equal(rem_layer_sum(&b, &parts[1]), REM_SUM_BAD);
	rem_out_info(&o, &b);
	*o.p = '\0';
	assert_string_equal(text, "51982 → 80 [SYN] seq 1508 win 2920 mss 1460");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_syn)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
