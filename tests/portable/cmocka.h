/* SPDX-License-Identifier: BSD-3-Clause */
/* The part of cmocka that the stack's unit tests use, for targets where Debian has no cmocka. */
#ifndef PORTABLE_CMOCKA_H
#define PORTABLE_CMOCKA_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
	const char *name;
	void (*run)(void **state);
	int (*setup)(void **state);
};

/* clang-format off */
#define cmocka_unit_test(f)              { #f, f, NULL }
#define cmocka_unit_test_setup(f, setup) { #f, f, setup }
/* clang-format on */
#define cmocka_run_group_tests(tests, setup, teardown) \
	portable_run(tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)

/* A failed assertion ends the program: the next test would only hide it. */
#define fail_msg(...) \
	do { \
		printf("%s:%d: ", __FILE__, __LINE__); \
		printf(__VA_ARGS__); \
		printf("\n"); \
		exit(1); \
	} while (0)
#define fail()             fail_msg("failed")
#define skip()             return
#define print_message(...) printf(__VA_ARGS__)

#define assert_true(c) \
	do { \
		if (!(c)) \
			fail_msg("%s is false", #c); \
	} while (0)
#define assert_false(c)            assert_true(!(c))
#define assert_null(p)             assert_true((p) == NULL)
#define assert_non_null(p)         assert_true((p) != NULL)
#define assert_ptr_equal(a, b)     assert_true((const void *)(a) == (const void *)(b))
#define assert_ptr_not_equal(a, b) assert_true((const void *)(a) != (const void *)(b))
#define assert_int_equal(a, b) \
	do { \
		long long portable_a = (long long)(a), portable_b = (long long)(b); \
		if (portable_a != portable_b) \
			fail_msg("%s is %lld, not %lld", #a, portable_a, portable_b); \
	} while (0)
#define assert_int_not_equal(a, b)    assert_true((long long)(a) != (long long)(b))
#define assert_uint_equal(a, b)       assert_int_equal(a, b)
#define assert_in_range(v, low, high) assert_true((v) >= (low) && (v) <= (high))
#define assert_string_equal(a, b) \
	do { \
		const char *portable_a = (a), *portable_b = (b); \
		if (strcmp(portable_a, portable_b)) \
			fail_msg("\"%s\" is not \"%s\"", portable_a, portable_b); \
	} while (0)
#define assert_string_not_equal(a, b)       assert_true(strcmp(a, b) != 0)
#define assert_memory_equal(a, b, size)     assert_true(memcmp(a, b, size) == 0)
#define assert_memory_not_equal(a, b, size) assert_true(memcmp(a, b, size) != 0)

static inline int portable_run(const struct CMUnitTest *tests, size_t count, int (*setup)(void **),
			       int (*teardown)(void **))
{
	void *state = NULL;
	if (setup && setup(&state))
		return 1;
	for (size_t i = 0; i < count; i++) {
		printf("%s\n", tests[i].name);
		if (tests[i].setup && tests[i].setup(&state))
			return 1;
		tests[i].run(&state);
	}
	return teardown ? teardown(&state) : 0;
}

#endif
