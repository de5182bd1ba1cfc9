/* SPDX-License-Identifier: BSD-3-Clause */
/* The grid as lines of text, of roles, and of text with colours. */
#include "plain_screen.h"

uint32_t ascii_for(uint32_t c)
{
	static const struct {
		uint32_t c;
		char ascii;
	} known[] = {
		{0xb7, '.'},    {0x2013, '-'},  {0x2026, '~'},  {0x2190, '<'},  {0x2191, '^'},
		{0x2192, '>'},  {0x2193, 'v'},  {0x2500, '-'},  {0x2502, '|'},  {0x253c, '+'},
		{0x2574, '-'},  {0x2588, '#'},  {0x258c, '>'},  {0x258f, '|'},  {0x25b8, '+'},
		{0x25be, '-'},  {0x2590, '#'},  {0x25b6, '>'},  {0x25cf, '*'},  {0x2713, '*'},  {0x2717, '!'},
		{0x252c, '+'},  {0x2534, '+'},  {0x251c, '+'},  {0x2524, '+'},  {0x2591, ':'},
	};

	if (c < 0x7f)
		return c;
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (known[i].c == c)
			return (uint32_t)known[i].ascii;
	}
	return '?';
}

static void end_line(GString *to, gsize start)
{
	while (to->len > start && to->str[to->len - 1] == ' ')
		g_string_truncate(to, to->len - 1);
	g_string_append_c(to, '\n');
}

static void add_cell(GString *to, const struct cell *cell, bool ascii)
{
	if (ascii) {
		g_string_append_unichar(to, cell->c == 0 ? '?' : ascii_for(cell->c));
		return;
	}
	if (cell->c != 0)
		g_string_append_unichar(to, cell->c);
	if (cell->c != 0 && cell->mark != 0)
		g_string_append_unichar(to, cell->mark);
}

void plain_screen(GString *to, const struct grid *g, bool ascii)
{
	for (int y = 0; y < g->h; y++) {
		const gsize start = to->len;

		for (int x = 0; x < g->w; x++)
			add_cell(to, grid_at(g, x, y), ascii);
		end_line(to, start);
	}
}

void plain_roles(GString *to, const struct grid *g)
{
	static const char letters[] = {
#define ROLE(name, letter) letter,
#include "roles.def"
#undef ROLE
	};

	for (int y = 0; y < g->h; y++) {
		const gsize start = to->len;

		for (int x = 0; x < g->w; x++) {
			const struct cell *cell = grid_at(g, x, y);
			const bool blank = cell->c == ' ' && cell->role == ROLE_TEXT;
			const bool coloured = cell->fg != GRID_NO_COLOUR ||
					      cell->bg != GRID_NO_COLOUR;

			g_string_append_c(to, coloured ? '#' : blank ? ' ' : letters[cell->role]);
		}
		end_line(to, start);
	}
}

static bool same_look(struct look a, struct look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.flags == b.flags;
}

static void add_look(GString *to, struct look look)
{
	static const char *const codes[] = {";1", ";2", ";7", ";4"};

	g_string_append(to, "\033[0");
	for (unsigned i = 0; i < G_N_ELEMENTS(codes); i++) {
		if ((look.flags & 1 << i) != 0)
			g_string_append(to, codes[i]);
	}
	if (look.fg >= 0)
		g_string_append_printf(to, ";38;5;%d", look.fg);
	if (look.bg >= 0)
		g_string_append_printf(to, ";48;5;%d", look.bg);
	g_string_append_c(to, 'm');
}

void plain_ansi(GString *to, const struct grid *g, enum theme theme)
{
	for (int y = 0; y < g->h; y++) {
		struct look now = {-1, -1, 0};

		for (int x = 0; x < g->w; x++) {
			const struct cell *cell = grid_at(g, x, y);
			const struct look look = theme_look(theme, cell);

			if (!same_look(look, now))
				add_look(to, look);
			now = look;
			add_cell(to, cell, false);
		}
		g_string_append(to, "\033[0m\n");
	}
}
