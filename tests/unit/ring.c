/* SPDX-License-Identifier: BSD-3-Clause */
/* A ring of bytes: at every front, what goes in comes out, in pieces or out of order. */
#include <remora/ring.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

enum { SIZE = 7 };

static uint8_t bytes[SIZE];

static struct rem_ring ring_at(uint32_t front)
{
	struct rem_ring r;

	rem_ring_init(&r, bytes, SIZE);
	r.front = front;
	return r;
}

static void through(void **state)
{
	(void)state;
	for (uint32_t front = 0; front < SIZE; front++) {
		struct rem_ring r = ring_at(front);
		uint8_t out[SIZE] = {0};
		uint32_t n, got = 0;

		for (uint32_t i = 0; i < SIZE;) {
			uint8_t *p = rem_ring_write(&r, &n);

			assert_true(n > 0);
			*p = (uint8_t)(10 + i++);
			rem_ring_add(&r, 1);
		}
		rem_ring_write(&r, &n);
		assert_int_equal(n, 0);
		assert_int_equal(rem_ring_room(&r), 0);
		rem_ring_get(&r, 2, out, SIZE - 2);
		assert_int_equal(out[0], 12);
		assert_int_equal(out[SIZE - 3], 10 + SIZE - 1);
		while (r.used > 0) {
			const struct rem_span s = rem_ring_read(&r, 0);

			assert_true(s.n > 0);
			assert_int_equal(s.p[0], 10 + got);
			assert_int_equal(s.p[s.n - 1], 10 + got + s.n - 1);
			got += s.n;
			rem_ring_drop(&r, s.n);
		}
		assert_int_equal(got, SIZE);
		assert_int_equal(r.front, front);
	}
}

static void out_of_order(void **state)
{
	(void)state;
	for (uint32_t front = 0; front < SIZE; front++) {
		struct rem_ring r = ring_at(front);
		uint8_t out[5];

		rem_ring_put(&r, 2, (const uint8_t *)"cde", 3);
		assert_int_equal(r.used, 0);
		rem_ring_put(&r, 0, (const uint8_t *)"ab", 2);
		rem_ring_add(&r, 5);
		rem_ring_get(&r, 0, out, 5);
		for (unsigned i = 0; i < 5; i++)
			assert_int_equal(out[i], 'a' + i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(through),
		cmocka_unit_test(out_of_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
