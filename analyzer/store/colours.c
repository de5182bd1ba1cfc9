/* SPDX-License-Identifier: BSD-3-Clause */
/* Colour rules: read, written, asked. */
#include "store/colours.h"

#include "filter/filter.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

struct colours {
	GPtrArray *rules; /* struct colour_rule */
};

static void rule_free(void *data)
{
	struct colour_rule *r = data;

	if (r->filter != NULL)
		filter_free(r->filter);
	g_free(r->name);
	g_free(r->expression);
	g_free(r->error);
	g_free(r);
}

struct colours *colours_new(void)
{
	struct colours *c = g_new0(struct colours, 1);

	c->rules = g_ptr_array_new_with_free_func(rule_free);
	return c;
}

void colours_free(struct colours *c)
{
	if (c == NULL)
		return;
	g_ptr_array_free(c->rules, TRUE);
	g_free(c);
}

/* "[4718,10030,11796]", and what follows it; NULL: it is none. */
static const char *read_rgb(const char *text, struct colour_rgb *rgb)
{
	unsigned red, green, blue;
	int n = 0;

	if (sscanf(text, "[%5u,%5u,%5u]%n", &red, &green, &blue, &n) != 3 || n == 0 ||
	    MAX(red, MAX(green, blue)) > UINT16_MAX)
		return NULL;
	*rgb = (struct colour_rgb){(uint16_t)red, (uint16_t)green, (uint16_t)blue};
	return text + n;
}

/* "@name@expression@[background][foreground]", "!" in front of it turns it off. */
static bool read_rule(struct colours *c, const char *line)
{
	const bool off = *line == '!';
	const char *name = line + off + 1;
	const char *expression = line[off] == '@' ? strchr(name, '@') : NULL;
	const char *back = expression != NULL ? strchr(expression + 1, '@') : NULL;
	struct colour_rule r = {.off = off};

	if (back == NULL || !g_utf8_validate(line, -1, NULL))
		return false;
	const char *fore = read_rgb(back + 1, &r.back);
	if (fore == NULL || read_rgb(fore, &r.fore) == NULL)
		return false;
	r.name = g_strndup(name, (size_t)(expression - name));
	r.expression = g_strndup(expression + 1, (size_t)(back - expression - 1));
	r.filter = filter_compile_known(r.expression, &r.error);
	g_ptr_array_add(c->rules, g_memdup2(&r, sizeof(r)));
	return true;
}

unsigned colours_read(struct colours *c, const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);
	unsigned useless = 0;

	for (char **line = lines; *line != NULL; line++) {
		g_strstrip(*line);
		if (**line != '\0' && **line != '#' && !read_rule(c, *line))
			useless++;
	}
	g_strfreev(lines);
	return useless;
}

static void write_rgb(GString *text, struct colour_rgb rgb)
{
	g_string_append_printf(text, "[%u,%u,%u]", rgb.red, rgb.green, rgb.blue);
}

char *colours_write(const struct colours *c)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < c->rules->len; i++) {
		const struct colour_rule *r = colours_rule(c, i);

		g_string_append_printf(text, "%s@%s@%s@", r->off ? "!" : "", r->name,
				       r->expression);
		write_rgb(text, r->back);
		write_rgb(text, r->fore);
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

unsigned colours_count(const struct colours *c)
{
	return c->rules->len;
}

const struct colour_rule *colours_rule(const struct colours *c, unsigned i)
{
	return g_ptr_array_index(c->rules, i);
}

void colours_turn(struct colours *c, unsigned i, bool off)
{
	((struct colour_rule *)g_ptr_array_index(c->rules, i))->off = off;
}

const struct colour_rule *colours_match(struct colours *c, struct frame *f)
{
	for (unsigned i = 0; i < c->rules->len; i++) {
		const struct colour_rule *r = colours_rule(c, i);

		if (!r->off && r->filter != NULL && filter_match(r->filter, f))
			return r;
	}
	return NULL;
}

/* What is unlikely or wrong stands out, what is usual is only tinted: name, filter, and for a dark and
 * a light background its two colours, as 24 bits. */
/* clang-format off */
static const struct usual {
	const char *name, *expression;
	uint32_t dark_back, dark_fore, light_back, light_fore;
} usual_rules[] = {
	{"Checksum that does not match",
	 "ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || "
	 "icmp.checksum.status == 0 || icmpv6.checksum.status == 0",
	 0x5f0000, 0xffd7d7, 0xffd7d7, 0x870000},
	{"Connection refused or torn down", "tcp.flags.reset == 1", 0x3a0000, 0xff8787, 0xffe4e4, 0xaf0000},
	{"Told that it did not arrive",
	 "icmp.type in {3 .. 5, 11, 12} || icmpv6.type in {1 .. 4}", 0x3a2a00, 0xffd75f, 0xfff0c0, 0x875f00},
	{"Addresses looked for", "arp || icmpv6.type in {133 .. 137}", 0x000000, 0xd7af87, 0xffffff, 0x875f00},
	{"Ping and its like", "icmp || icmpv6 || igmp", 0x000000, 0xd787d7, 0xffffff, 0x87005f},
	{"Addresses handed out", "dhcp || dhcpv6", 0x000000, 0xafaf87, 0xffffff, 0x5f5f00},
	{"Names", "dns", 0x000000, 0x87d7d7, 0xffffff, 0x005f5f},
	{"Clocks", "ntp", 0x000000, 0x87afaf, 0xffffff, 0x005f87},
	{"Web", "http", 0x000000, 0x87d787, 0xffffff, 0x005f00},
	{"Encrypted", "tls || quic", 0x000000, 0xafd7ff, 0xffffff, 0x005faf},
	{"Connection begins or ends", "tcp.flags.syn == 1 || tcp.flags.fin == 1", 0x262626, 0xd0d0d0, 0xe4e4e4, 0x303030},
	{"TCP", "tcp", 0x000000, 0xb2b2d0, 0xffffff, 0x303060},
	{"UDP", "udp", 0x000000, 0xa8c0d0, 0xffffff, 0x204060},
};
/* clang-format on */

static struct colour_rgb rgb_of(uint32_t rgb)
{
	return (struct colour_rgb){
		.red = (uint16_t)((rgb >> 16 & 0xff) * 0x101),
		.green = (uint16_t)((rgb >> 8 & 0xff) * 0x101),
		.blue = (uint16_t)((rgb & 0xff) * 0x101),
	};
}

void colours_usual(struct colours *c, bool light)
{
	for (size_t i = 0; i < G_N_ELEMENTS(usual_rules); i++) {
		const struct usual *u = &usual_rules[i];
		struct colour_rule *r = g_new0(struct colour_rule, 1);

		r->name = g_strdup(u->name);
		r->expression = g_strdup(u->expression);
		r->back = rgb_of(light ? u->light_back : u->dark_back);
		r->fore = rgb_of(light ? u->light_fore : u->dark_fore);
		r->filter = filter_compile_known(r->expression, &r->error);
		g_ptr_array_add(c->rules, r);
	}
}

static unsigned square(int a, int b)
{
	return (unsigned)((a - b) * (a - b));
}

static unsigned distance(struct colour_rgb a, int red, int green, int blue)
{
	return square(a.red >> 8, red) + square(a.green >> 8, green) + square(a.blue >> 8, blue);
}

/* The level of a cube of 6 x 6 x 6 that is nearest. */
static unsigned level(uint16_t v, const int *levels)
{
	unsigned best = 0;

	for (unsigned i = 1; i < 6; i++)
		if (square(v >> 8, levels[i]) < square(v >> 8, levels[best]))
			best = i;
	return best;
}

enum { CUBE = 16, GREYS = 232 };
static const int levels[] = {0, 95, 135, 175, 215, 255};

unsigned colour_24(unsigned of_256)
{
	static const unsigned first[CUBE] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
					     0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
					     0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
	const unsigned cube = of_256 - CUBE;

	if (of_256 < CUBE)
		return first[of_256];
	if (of_256 >= GREYS)
		return (8 + 10 * (of_256 - GREYS)) * 0x010101;
	return (unsigned)(levels[cube / 36] << 16 | levels[cube / 6 % 6] << 8 | levels[cube % 6]);
}

unsigned colour_256(struct colour_rgb rgb)
{
	const unsigned red = level(rgb.red, levels), green = level(rgb.green, levels);
	const unsigned blue = level(rgb.blue, levels);
	const int mean = (rgb.red + rgb.green + rgb.blue) / (3 << 8);
	const int step = CLAMP((mean - 3) / 10, 0, 23), grey = 8 + 10 * step;

	if (distance(rgb, grey, grey, grey) <
	    distance(rgb, levels[red], levels[green], levels[blue]))
		return GREYS + (unsigned)step;
	return CUBE + 36 * red + 6 * green + blue;
}

unsigned colour_8(struct colour_rgb rgb)
{
	enum { GREY = 20 };
	const int red = rgb.red >> 8, green = rgb.green >> 8, blue = rgb.blue >> 8;
	const int most = MAX(red, MAX(green, blue)), least = MIN(red, MIN(green, blue));
	const int middle = (most + least) / 2;

	if (most - least < GREY)
		return middle < 128 ? COLOUR_BLACK : COLOUR_WHITE;
	return (red > middle ? 1u : 0) | (green > middle ? 2u : 0) | (blue > middle ? 4u : 0);
}

/* Of eight colours, those with green in them, which eyes see best. */
static bool is_bright(int colour)
{
	return (colour & 2) != 0;
}

struct colour_pair colours_of_8(const struct colour_rule *rule)
{
	struct colour_pair pair = {(int16_t)colour_8(rule->fore), (int16_t)colour_8(rule->back)};

	if (pair.back == COLOUR_BLACK) {
		pair.back = -1;
		if (pair.fore == COLOUR_BLACK || pair.fore == COLOUR_WHITE)
			pair.fore = -1;
	} else if (is_bright(pair.fore) == is_bright(pair.back)) {
		pair.fore = is_bright(pair.back) ? COLOUR_BLACK : COLOUR_WHITE;
	}
	return pair;
}
