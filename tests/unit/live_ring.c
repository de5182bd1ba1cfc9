/* SPDX-License-Identifier: BSD-3-Clause */
/* The ring between the process that captures and the one that looks. */
#include "live/ring.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { SIZE = RING_PAGE, MOST = 3000 };

static struct ring writer, reader;
static uint8_t bytes[MOST];

static int open_both(void **state)
{
	const int fd = ring_memory(SIZE);

	(void)state;
	assert_true(fd >= 0 && ring_map(&writer, fd, SIZE) && ring_map(&reader, fd, SIZE));
	assert_int_not_equal(ftruncate(fd, 0), 0); /* it is sealed */
	close(fd);
	for (int i = 0; i < MOST; i++)
		bytes[i] = (uint8_t)(i * 7);
	return 0;
}

static int close_both(void **state)
{
	(void)state;
	ring_unmap(&writer);
	ring_unmap(&reader);
	return 0;
}

static bool put(uint32_t n)
{
	return ring_put(&writer, &(struct ring_packet){n, n, n + 1, bytes});
}

/* A packet of n bytes comes out as it went in. */
static void take(uint32_t n)
{
	struct ring_packet p;

	assert_int_equal(ring_take(&reader, &p), 1);
	assert_int_equal(p.time_ns, n);
	assert_int_equal(p.cap_len, n);
	assert_int_equal(p.len, n + 1);
	assert_memory_equal(p.data, bytes, n);
}

/* Many times round, with lengths that put the end of the ring at every place of a packet. */
static void round_and_round(void **state)
{
	struct ring_packet p;

	(void)state;
	for (uint32_t i = 0; i < 20000; i++) {
		const uint32_t n = i * 31 % MOST;

		assert_true(put(n) && put(MOST - 1 - n));
		take(n);
		take(MOST - 1 - n);
	}
	assert_int_equal(ring_take(&reader, &p), 0);
}

static void full(void **state)
{
	unsigned held = 0;
	struct ring_packet p;

	(void)state;
	while (put(1000))
		held++;
	assert_in_range(held, SIZE / 1024 - 2, SIZE / 1000);
	assert_false(put(1000));
	take(1000);
	assert_false(put(1000)); /* it is still being looked at */
	ring_release(&reader);
	assert_true(put(1000));
	assert_false(ring_put(&writer, &(struct ring_packet){0, SIZE, SIZE, bytes}));
	assert_false(ring_put(&writer, &(struct ring_packet){0, UINT32_MAX, 0, bytes}));
	for (; held > 0; held--)
		take(1000);
	assert_int_equal(ring_take(&reader, &p), 0);
}

static void waking(void **state)
{
	(void)state;
	assert_false(ring_must_wake(&writer));
	assert_true(ring_may_sleep(&reader));
	put(1);
	assert_true(ring_must_wake(&writer));
	assert_false(ring_must_wake(&writer)); /* once */
	assert_false(ring_may_sleep(&reader));
	take(1);
	ring_release(&reader);
	assert_true(ring_may_sleep(&reader));
}

/* Numbers in no order, the same every time. */
static uint32_t any_number(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Whatever stands in the memory, the reader stays in it, and comes to an end. */
static void garbage(void **state)
{
	struct ring_packet p;

	(void)state;
	uint64_t seed = 5;
	for (int i = 0; i < 300; i++) {
		int n, taken = 0;

		for (size_t k = 0; k < SIZE; k += 4)
			memcpy(writer.data + k,
			       &(uint32_t){any_number(&seed) % 4 == 0 ? any_number(&seed) % 100
								      : 0},
			       4);
		reader.head = reader.tail = reader.after = (uint64_t)any_number(&seed) * 8;
		atomic_store(&reader.shared->head, reader.tail + any_number(&seed) % (2 * SIZE));
		while ((n = ring_take(&reader, &p)) > 0 && taken++ < SIZE) {
			assert_true(p.data >= reader.data &&
				    p.data + p.cap_len <= reader.data + 2 * (size_t)SIZE);
		}
		assert_true(n <= 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(round_and_round, open_both, close_both),
		cmocka_unit_test_setup_teardown(full, open_both, close_both),
		cmocka_unit_test_setup_teardown(waking, open_both, close_both),
		cmocka_unit_test_setup_teardown(garbage, open_both, close_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
