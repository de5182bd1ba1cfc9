/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding the next packet that has something in it: asked for, looked for in steps, shown. */
#include "packets.h"
#include "tui.h"

static const char *const places[] = {"list", "fields", "bytes"};
static const char *const manners[] = {"text", "hex", "regex", "filter"};

static void label(struct tui *t, GString *to)
{
	const struct find_what *what = &t->packets->what;

	g_string_append(to, " find ");
	if (what->by == FIND_BY_HEX || what->by == FIND_BY_FILTER)
		g_string_append(to, manners[what->by]);
	else
		g_string_append_printf(to, "%s in %s", manners[what->by], places[what->in]);
	g_string_append(to, ": ");
}

/* Begins behind the packet under the cursor. Digits of bytes are looked for where bytes are. */
static bool start(struct packets *p, const char *text, char **error)
{
	struct find_what what = p->what;

	what.around = true;
	if (what.by == FIND_BY_HEX)
		what.in = FIND_IN_BYTES;
	return find_start(p->find, text, &what, p->at, error);
}

/* Tells whether it could be looked for. */
static void check(struct tui *t, const char *text)
{
	struct packets *p = t->packets;
	char *error = NULL;

	prompt_trouble(t, NULL);
	if (*text == '\0' || start(p, text, &error))
		return;
	prompt_trouble(t, g_strdelimit(error, "\n", ' '));
	g_free(error);
}

static bool key(struct tui *t, uint32_t key)
{
	struct find_what *what = &t->packets->what;

	switch (key) {
	case K_CTRL('T'): what->in = (enum find_in)((what->in + 1) % G_N_ELEMENTS(places)); break;
	case K_CTRL('R'): what->by = (enum find_by)((what->by + 1) % G_N_ELEMENTS(manners)); break;
	default: return false;
	}
	check(t, t->prompt.line.text->str);
	return true;
}

static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	if (t->packets->what.by == FIND_BY_FILTER)
		complete_expression(line->text->str, line->at, to);
}

static void accept(struct tui *t, const char *text)
{
	struct packets *p = t->packets;
	char *error = NULL;

	if (*text == '\0')
		return;
	p->finding = start(p, text, &error);
	if (error != NULL)
		tui_complain(t, "%s", g_strdelimit(error, "\n", ' '));
	g_free(error);
}

static const struct prompt_ops ops = {
	.history = HISTORY_FIND,
	.label = label,
	.changed = check,
	.complete = complete,
	.key = key,
	.accept = accept,
	.hint = "Ctrl-T list, fields, bytes   Ctrl-R text, hex, regex, filter",
};

void do_find(struct tui *t, const char *argument)
{
	if (*argument == '\0')
		prompt_open(t, &ops, "");
	else
		accept(t, argument);
}

static void again(struct tui *t, bool back)
{
	struct packets *p = t->packets;

	p->finding = find_again(p->find, p->at, back);
	if (!p->finding)
		tui_say(t, "nothing has been looked for yet; Ctrl-F does");
}

void do_next_match(struct tui *t, const char *argument)
{
	(void)argument;
	again(t, false);
}

void do_previous_match(struct tui *t, const char *argument)
{
	(void)argument;
	again(t, true);
}

/* The packet comes under the cursor, and what was found in it. */
static void show_match(struct tui *t)
{
	struct packets *p = t->packets;
	struct find_place place;
	const uint64_t position = find_position(p->find, &place);

	packets_select(t, position);
	if (place.bits == 0 || !packets_open_current(p))
		return;
	p->source = place.source;
	p->byte = place.bit / 8;
	const unsigned line = detail_find(p->detail, place.source, place.bit, place.bits);
	if (line != UINT_MAX)
		packets_show_field(p, (int)line);
}

bool packets_find_on(struct tui *t, int64_t budget_us)
{
	struct packets *p = t->packets;

	if (!p->finding)
		return false;
	const int found = find_step(p->find, budget_us);
	p->finding = found == 1;
	if (found == 2)
		show_match(t);
	else if (found == 0)
		tui_say(t, "there is none");
	else
		tui_say(t, "looking: %u %%   Esc stops it", find_progress(p->find));
	return p->finding;
}
