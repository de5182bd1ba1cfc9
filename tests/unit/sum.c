/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum over every length, from the first byte of an array and up to its last. */
#include <remora/bits.h>
#include <remora/sum.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { LONGEST = 700, FAR = UINT16_MAX + LONGEST };

static uint8_t bytes[FAR];

/* RFC 1071 1, word by word. */
static uint32_t plainly(const uint8_t *p, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += i % 2 == 0 ? (uint32_t)p[i] << 8 : p[i];
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static void each_length(void **state)
{
	(void)state;
	for (size_t n = 0; n <= LONGEST; n++) {
		assert_int_equal(rem_sum(bytes, n), plainly(bytes, n));
		assert_int_equal(rem_sum(bytes + FAR - n, n), plainly(bytes + FAR - n, n));
	}
}

/* As long as a datagram can be, and longer. */
static void far_ends(void **state)
{
	(void)state;
	for (size_t n = FAR - 2 * LONGEST; n <= FAR; n += 3)
		assert_int_equal(rem_sum(bytes + FAR - n, n), plainly(bytes + FAR - n, n));
}

/* Carries go all the way round. */
static void ones(void **state)
{
	static uint8_t all[FAR];

	(void)state;
	for (size_t i = 0; i < FAR; i++)
		all[i] = 0xff;
	for (size_t n = 0; n <= LONGEST; n++)
		assert_int_equal(rem_sum(all, n), plainly(all, n));
	assert_int_equal(rem_sum(all, UINT16_MAX), plainly(all, UINT16_MAX));
	assert_int_equal(rem_sum(all, FAR), plainly(all, FAR));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_length),
		cmocka_unit_test(far_ends),
		cmocka_unit_test(ones),
	};

	for (size_t i = 0; i < FAR; i++)
		bytes[i] = (uint8_t)(i * i * 7 + 3 * i + 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
