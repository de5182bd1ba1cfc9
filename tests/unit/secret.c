/* SPDX-License-Identifier: BSD-3-Clause */
/* Unpredictable numbers: SipHash-2-4 against its authors' vectors, and that nothing repeats. */
#include <remora/secret.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct rem_secret made(void)
{
	struct rem_secret s;
	uint8_t seed[16];

	for (unsigned i = 0; i < 16; i++)
		seed[i] = (uint8_t)i;
	rem_secret_init(&s, seed);
	return s;
}

/* Key 00 … 0f, message 00 01 02 …, of 0 bytes, 1, 2 … */
static void vectors(void **state)
{
	static const uint64_t want[] = {0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a,
					0x85676696d7fb7e2d, 0xcf2794e0277187b7, 0x18765564cd99a68d,
					0xcbc9466e58fee3ce, 0xab0200f58b01d137, 0x93f5f5799a932462,
					0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7,
					0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee,
					0xa129ca6149be45e5, 0x3f2acc7f57c29bdb};
	const struct rem_secret s = made();
	uint8_t message[sizeof(want) / sizeof(want[0])];

	(void)state;
	for (unsigned n = 0; n < sizeof(message); n++) {
		message[n] = (uint8_t)n;
		assert_true(rem_keyed(&s, 0, message, n) == want[n]);
	}
}

static void differs(void **state)
{
	struct rem_secret a = made(), b = made();
	uint32_t drawn[64];

	(void)state;
	rem_stir(&b, "serial number 7", 15);
	assert_true(rem_keyed(&a, 1, "x", 1) != rem_keyed(&a, 2, "x", 1));
	assert_true(rem_keyed(&a, 1, "x", 1) != rem_keyed(&b, 1, "x", 1));
	for (unsigned i = 0; i < 64; i++) {
		drawn[i] = rem_random(&a);
		for (unsigned j = 0; j < i; j++)
			assert_true(drawn[i] != drawn[j]);
	}
}

/* One hash is two draws; what is stirred in counts from the next draw on. */
static void halves(void **state)
{
	struct rem_secret a = made(), b = made();

	(void)state;
	assert_int_equal(rem_random(&a), rem_random(&b));
	const uint32_t kept = a.half;

	rem_stir(&b, "more", 4);
	assert_int_equal(rem_random(&a), kept);
	assert_int_not_equal(rem_random(&b), kept);
}

static void below(void **state)
{
	struct rem_secret s = made();
	unsigned seen[10] = {0};

	(void)state;
	for (unsigned i = 0; i < 10000; i++) {
		const uint32_t n = rem_random_below(&s, 10);

		assert_true(n < 10);
		seen[n]++;
	}
	for (unsigned i = 0; i < 10; i++)
		assert_true(seen[i] > 850 && seen[i] < 1150);
	assert_int_equal(rem_random_below(&s, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(differs),
		cmocka_unit_test(halves),
		cmocka_unit_test(below),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
