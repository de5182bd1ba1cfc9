/* SPDX-License-Identifier: BSD-3-Clause */
/* A filter that is being typed: what it is, and what may come next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "filter/filter.h"
#include "keys.h"
#include "store/complete.h"

static struct completion c;

static void complete(const char *text)
{
	const char *caret = strchr(text, '|');
	char *expression = g_strdup_printf("%.*s%s", (int)(caret - text), text, caret + 1);

	if (c.words != NULL)
		completion_clear(&c);
	c = complete_filter(expression, (unsigned)(caret - text));
	assert_int_equal(c.words->len, c.about->len);
	g_free(expression);
}

static bool offers(const char *word)
{
	for (unsigned i = 0; i < c.words->len; i++) {
		if (strcmp(g_ptr_array_index(c.words, i), word) == 0)
			return true;
	}
	return false;
}

static int clear(void **state)
{
	(void)state;
	if (c.words != NULL)
		completion_clear(&c);
	return 0;
}

static void keys(void **state)
{
	(void)state;
	complete("ip.t|");
	assert_true(offers("ip.ttl"));
	assert_true(offers("ip.tos") || offers("ip.ttl"));
	assert_string_equal(g_ptr_array_index(c.words, 0), "ip.ttl");
	assert_string_equal(g_ptr_array_index(c.about, 0), "Time to live");
	assert_int_equal(c.from, 0);
	assert_int_equal(c.to, 4);
	complete("udp && tcp.po|rt == 4");
	assert_int_equal(c.from, 7);
	assert_int_equal(c.to, 13);
	assert_true(offers("tcp.port"));
	complete("srcport|");
	assert_true(offers("tcp.srcport"));
	assert_true(offers("udp.srcport"));
	complete("!ic|");
	assert_true(offers("icmp"));
	complete("(|");
	assert_int_equal(c.words->len, COMPLETE_MOST);
	complete("nothing.like.that|");
	assert_int_equal(c.words->len, 0);
	assert_null(completion_common(&c));
	complete("tcp.srcp|");
	char *common = completion_common(&c);
	assert_string_equal(common, "tcp.srcport");
	g_free(common);
}

static void operators(void **state)
{
	(void)state;
	complete("ip.ttl |");
	assert_true(offers("==") && offers(">=") && offers("in") && offers("&&"));
	assert_false(offers("contains"));
	complete("dns.qry.name |");
	assert_true(offers("contains") && offers("matches") && offers("=="));
	assert_false(offers("<"));
	complete("udp |");
	assert_true(offers("&&") && offers("contains"));
	complete("tcp.flags.syn |");
	assert_true(offers("=="));
	assert_false(offers(">"));
}

static void values(void **state)
{
	(void)state;
	complete("arp.opcode == |");
	assert_true(offers("\"request\""));
	assert_string_equal(g_ptr_array_index(c.about, 0), "1");
	complete("arp.opcode == \"rep|");
	assert_true(offers("\"reply\""));
	assert_false(offers("\"request\""));
	assert_int_equal(c.from, 14);
	complete("arp.opcode in {1, Req|");
	assert_true(offers("\"request\""));
	complete("arp.opcode in {1, 2} && ip.p|");
	assert_true(offers("ip.proto"));
	complete("tcp.flags.syn == |");
	assert_true(c.words->len == 2);
	complete("ip.ttl == |");
	assert_int_equal(c.words->len, 0);
}

/* Whatever is offered behind "key ==" makes a filter. */
static void values_are_values(void **state)
{
	size_t n;
	const struct key *const *all = keys_all(&n);
	unsigned tried = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char *text = g_strdup_printf("%s == |", all[i]->name);
		complete(text);
		for (unsigned j = 0; j < c.words->len; j++, tried++) {
			char *filter = g_strdup_printf("%s == %s", all[i]->name,
						       (char *)g_ptr_array_index(c.words, j));
			struct filter_verdict v = filter_judge(filter);
			if (v.state != FILTER_GOOD)
				fail_msg("%s: %s", filter, v.message);
			filter_verdict_clear(&v);
			g_free(filter);
		}
		g_free(text);
	}
	assert_true(tried > 500);
}

static void verdicts(void **state)
{
	static const struct {
		const char *expression;
		enum filter_state state;
		unsigned start, end;
		const char *like;
	} cases[] = {
		{"", FILTER_EMPTY, 0, 0, NULL},
		{"  ", FILTER_EMPTY, 0, 0, NULL},
		{"ip.ttl == 64", FILTER_GOOD, 0, 0, NULL},
		{"ip.t", FILTER_UNFINISHED, 0, 4, NULL},
		{"ip.", FILTER_UNFINISHED, 0, 3, NULL},
		{"ip.ttl ==", FILTER_UNFINISHED, 9, 9, NULL},
		{"ip.ttl == 64 &&", FILTER_UNFINISHED, 15, 15, NULL},
		{"ip.ttl == 64 &", FILTER_UNFINISHED, 14, 14, NULL},
		{"(udp", FILTER_UNFINISHED, 4, 4, NULL},
		{"http.host == \"exa", FILTER_UNFINISHED, 13, 17, NULL},
		{"ip.tll == 64", FILTER_WRONG, 0, 6, "ip.ttl"},
		{"ip.tll", FILTER_WRONG, 0, 6, "ip.ttl"},
		{"udp) && tcp", FILTER_WRONG, 3, 4, NULL},
		{"ip.ttl == 640", FILTER_WRONG, 10, 13, NULL},
	};

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct filter_verdict v = filter_judge(cases[i].expression);

		if (v.state != cases[i].state || v.start != cases[i].start || v.end != cases[i].end)
			fail_msg("%s: %d at %u to %u: %s", cases[i].expression, v.state, v.start,
				 v.end, v.message != NULL ? v.message : "");
		assert_int_equal(v.message != NULL,
				 v.state == FILTER_UNFINISHED || v.state == FILTER_WRONG);
		if (cases[i].like != NULL)
			assert_string_equal(v.like, cases[i].like);
		filter_verdict_clear(&v);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(keys, clear),
		cmocka_unit_test_teardown(operators, clear),
		cmocka_unit_test_teardown(values, clear),
		cmocka_unit_test_teardown(values_are_values, clear),
		cmocka_unit_test(verdicts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
