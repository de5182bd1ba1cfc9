/* SPDX-License-Identifier: BSD-3-Clause */
/* Colour rules: the file's format, what is unknown, which rule wins, what terminals can show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/colours.h"
#include "store/cursor.h"
#include "store_made.h"

#include <glib.h>

static struct colours *c;
static struct frame *f;
static struct store *s;
static struct cursor *at;

static int begin(void **state)
{
	(void)state;
	make(30);
	s = made_store();
	at = cursor_new(s);
	f = frame_new();
	c = colours_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	colours_free(c);
	cursor_free(at);
	store_close(s);
	frame_free(f);
	return 0;
}

static const char *match(uint64_t row)
{
	assert_int_equal(cursor_take(at, row, f, NULL, NULL), 1);
	const struct colour_rule *r = colours_match(c, f);
	return r != NULL ? r->name : "none";
}

static void the_first_that_passes(void **state)
{
	(void)state;
	assert_int_equal(
		colours_read(c,
			     "# of Wireshark's making\n"
			     "\n"
			     "!@All@udp@[0,0,0][65535,65535,65535]\n"
			     "@Three@udp.srcport == 1003@[4718,10030,11796][63479,34695,34695]\r\n"
			     "@Low@udp.srcport < 1005@[1,2,3][4,5,6]"),
		0);
	assert_int_equal(colours_count(c), 3);
	assert_string_equal(match(3), "Three");
	assert_string_equal(match(4), "Low");
	assert_string_equal(match(5), "none");
	assert_true(colours_rule(c, 0)->off);
	colours_turn(c, 0, false);
	assert_string_equal(match(3), "All");
	const struct colour_rule *r = colours_rule(c, 1);
	assert_int_equal(r->back.red, 4718);
	assert_int_equal(r->fore.green, 34695);
}

static void unknown_fields_are_in_no_packet(void **state)
{
	(void)state;
	assert_int_equal(
		colours_read(
			c,
			"@a@stp.type == 0x80@[0,0,0][0,0,0]\n"
			"@b@hsrp.state != 8 && hsrp.state != 16@[0,0,0][0,0,0]\n"
			"@c@nbss || netbios@[0,0,0][0,0,0]\n"
			"@d@sctp.chunk_type eq ABORT@[0,0,0][0,0,0]\n"
			"@e@foo.bar matches \"x\" || foo.bar in {1, 2..3} || foo.bar[0:2] == 1:2 || "
			"len(foo.bar) > 0 || foo.bar contains 1 || !foo.bar && ip.ttl == 63@[0,0,0][0,0,0]\n"
			"@f@(ip.dst == 224.0.0.0/24 && !(vrrp || carp)) || foo.bar@[0,0,0][0,0,0]\n"
			"@g@!foo.bar && udp.srcport == 1001@[0,0,0][0,0,0]\n"),
		0);
	for (unsigned i = 0; i < colours_count(c); i++)
		if (colours_rule(c, i)->error != NULL)
			fail_msg("%s", colours_rule(c, i)->error);
	assert_string_equal(match(1), "g");
	assert_string_equal(match(2), "none");
}

static void lines_that_are_none(void **state)
{
	(void)state;
	assert_int_equal(colours_read(c, "hello\n"
					 "@only a name\n"
					 "@a@udp@\n"
					 "@a@udp@[1,2][3,4,5]\n"
					 "@a@udp@[1,2,3]\n"
					 "@a@udp@[1,2,3][70000,4,5]\n"
					 "@\xff@udp@[1,2,3][7,4,5]\n"),
			 7);
	assert_int_equal(colours_count(c), 0);
	/* a rule whose expression is none is kept, and says why */
	assert_int_equal(colours_read(c, "@a@udp.srcport ==@[1,2,3][4,5,6]\n"), 0);
	assert_non_null(colours_rule(c, 0)->error);
	assert_string_equal(match(0), "none");
}

static void written_and_read(void **state)
{
	const char *text = "!@a@udp@[1,2,3][4,5,6]\n@b@no.such.field == 7@[65535,0,9][8,0,1]\n";

	(void)state;
	assert_int_equal(colours_read(c, text), 0);
	char *again = colours_write(c);
	assert_string_equal(again, text);
	g_free(again);
}

static void built_in(void **state)
{
	(void)state;
	for (unsigned light = 0; light < 2; light++) {
		colours_free(c);
		c = colours_new();
		colours_usual(c, light);
		assert_true(colours_count(c) > 10);
		for (unsigned i = 0; i < colours_count(c); i++)
			assert_null(colours_rule(c, i)->error);
		assert_string_equal(match(0), "Checksum that does not match");
		colours_turn(c, 0, true);
		assert_string_equal(match(0), "UDP");
		char *text = colours_write(c);
		struct colours *copy = colours_new();
		assert_int_equal(colours_read(copy, text), 0);
		assert_int_equal(colours_count(copy), colours_count(c));
		colours_free(copy);
		g_free(text);
	}
}

static void terminals(void **state)
{
	(void)state;
	assert_int_equal(colour_256((struct colour_rgb){0, 0, 0}), 16);
	assert_int_equal(colour_256((struct colour_rgb){65535, 65535, 65535}), 231);
	assert_int_equal(colour_256((struct colour_rgb){65535, 0, 0}), 196);
	assert_int_equal(colour_256((struct colour_rgb){0x8787, 0xd7d7, 0x8787}), 114);
	assert_int_equal(colour_256((struct colour_rgb){0x3030, 0x3030, 0x3030}), 236);
	for (unsigned i = 16; i < 256; i++) {
		const unsigned all = colour_24(i);
		const struct colour_rgb rgb = {(uint16_t)((all >> 16) * 257),
					       (uint16_t)((all >> 8 & 255) * 257),
					       (uint16_t)((all & 255) * 257)};

		assert_int_equal(colour_24(colour_256(rgb)), all);
	}
	assert_int_equal(colour_24(12), 0x5c5cff);
	assert_int_equal(colour_8((struct colour_rgb){65535, 0, 0}), 1);
	assert_int_equal(colour_8((struct colour_rgb){65535, 65535, 65535}), COLOUR_WHITE);
	assert_int_equal(colour_8((struct colour_rgb){0x5f00, 0, 0}), 1);
	assert_int_equal(colour_8((struct colour_rgb){0xe400, 0xff00, 0xc700}), 3);
	assert_int_equal(colour_8((struct colour_rgb){0x2600, 0x2600, 0x2600}), COLOUR_BLACK);
}

static void pairs_of_eight(void **state)
{
	static const struct {
		struct colour_rgb fore, back;
		struct colour_pair is;
	} all[] = {
		{{0xff00, 0xd700, 0xd700}, {0x5f00, 0, 0}, {COLOUR_WHITE, 1}},
		{{0xff00, 0xd700, 0x5f00}, {0x3a00, 0x2a00, 0}, {COLOUR_BLACK, 3}},
		{{0xd000, 0xd000, 0xd000}, {0x2600, 0x2600, 0x2600}, {-1, -1}},
		{{0xf700, 0x8700, 0x8700}, {0x1200, 0x1200, 0x1200}, {1, -1}},
		{{0, 0, 0}, {0xe400, 0xff00, 0xc700}, {COLOUR_BLACK, 3}},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		const struct colour_rule rule = {.fore = all[i].fore, .back = all[i].back};
		const struct colour_pair pair = colours_of_8(&rule);

		assert_int_equal(pair.fore, all[i].is.fore);
		assert_int_equal(pair.back, all[i].is.back);
	}
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(the_first_that_passes), TEST(unknown_fields_are_in_no_packet),
		TEST(lines_that_are_none),   TEST(written_and_read),
		TEST(built_in),              TEST(terminals),
		TEST(pairs_of_eight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
