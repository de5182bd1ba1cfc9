/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding packets again: marks, letters, numbers, and times that count from one of them. */
#include "packets.h"
#include "tui.h"

#include <remora/text.h>

#include <stdio.h>
#include <string.h>

/* Moves far, and remembers from where. */
static void jump(struct tui *t, uint64_t position)
{
	struct packets *p = t->packets;

	p->letter['\''] = packets_current(p) + 1;
	packets_select(t, position);
}

void packets_goto(struct tui *t, uint64_t number)
{
	const uint64_t position = view_go_to_number(t->packets->view, number);

	if (position != NO_ROW)
		jump(t, position);
}

void do_mark(struct tui *t, const char *argument)
{
	struct packets *p = t->packets;
	const uint64_t row = packets_current(p);

	(void)argument;
	if (row == NO_ROW)
		return;
	view_toggle_mark(p->view, row);
	packets_select(t, p->at + 1);
}

static void go_to_mark(struct tui *t, bool back)
{
	const uint64_t position = view_next_mark(t->packets->view, t->packets->at, back);

	if (position == NO_ROW)
		tui_say(t, view_marks(t->packets->view) == 0
				   ? "no packet is marked; Space marks one"
				   : "no marked packet there");
	else
		jump(t, position);
}

void do_next_mark(struct tui *t, const char *argument)
{
	(void)argument;
	go_to_mark(t, false);
}

void do_previous_mark(struct tui *t, const char *argument)
{
	(void)argument;
	go_to_mark(t, true);
}

static void choose_mark(struct tui *t, struct menu *m, const struct menu_row *row)
{
	const uint64_t *packet = row->data;
	const uint64_t position = view_position(t->packets->view, *packet);

	(void)m;
	if (position != NO_ROW)
		jump(t, position);
}

static const struct menu_ops marks_ops = {
	.choose = choose_mark,
	.hint = " j k move   Enter goes there   Esc close",
};

/* "'a  1204  the line of text of that packet" */
static void add_mark(struct tui *t, struct menu *m, const char *key, uint64_t row)
{
	struct packets *p = t->packets;
	char text[256];
	struct rem_out o = {text, text + sizeof(text) - 1, false};
	uint64_t *kept = g_new(uint64_t, 1);

	*kept = row;
	rem_out_uint(&o, row + 1);
	rem_out_str(&o, "  ");
	if (cursor_take(p->rows, row, p->row, NULL, NULL) > 0)
		rem_out_info(&o, &p->row->b);
	else
		rem_out_str(&o, "is gone");
	*o.p = '\0';
	menu_add(m, key, text, kept);
}

void do_marks(struct tui *t, const char *argument)
{
	enum { MARKS_MOST = 1000 };
	struct packets *p = t->packets;
	struct menu *m = menu_new(&marks_ops, "Marks");

	(void)argument;
	m->free_data = g_free;
	for (int c = 0; c < LETTERS; c++) {
		const char key[] = {'\'', (char)c, '\0'};

		if (p->letter[c] != 0)
			add_mark(t, m, key, p->letter[c] - 1);
	}
	uint64_t row = view_marked(p->view, 0);
	for (int i = 0; i < MARKS_MOST && row != NO_ROW; i++, row = view_marked(p->view, row + 1))
		add_mark(t, m, "●", row);
	if (m->rows->len > 0) {
		menu_open(t, m);
	} else {
		menu_free(m);
		tui_say(t, "nothing is marked; Space marks a packet, m and a letter names one");
	}
}

void do_unmark_all(struct tui *t, const char *argument)
{
	struct view *view = t->packets->view;

	(void)argument;
	for (uint64_t row; (row = view_marked(view, 0)) != NO_ROW;)
		view_toggle_mark(view, row);
}

static uint64_t *letter_of(struct tui *t, const char *argument)
{
	const unsigned char c = (unsigned char)argument[0];

	if (c > ' ' && c < LETTERS && argument[1] == '\0')
		return &t->packets->letter[c];
	tui_complain(t, "\"%s\" is no letter", argument);
	return NULL;
}

void do_name_mark(struct tui *t, const char *argument)
{
	uint64_t *letter = letter_of(t, argument);

	if (letter == NULL || packets_current(t->packets) == NO_ROW)
		return;
	*letter = packets_current(t->packets) + 1;
	tui_say(t, "this packet is %s now; '%s leads here", argument, argument);
}

void do_to_mark(struct tui *t, const char *argument)
{
	const uint64_t *letter = letter_of(t, argument);

	if (letter == NULL)
		return;
	if (*letter == 0) {
		tui_complain(t, "no packet is %s", argument);
		return;
	}
	const uint64_t position = view_position(t->packets->view, *letter - 1);
	if (position != NO_ROW)
		jump(t, position);
}

void do_time_reference(struct tui *t, const char *argument)
{
	struct packets *p = t->packets;
	const uint64_t row = packets_current(p);

	(void)argument;
	if (row != NO_ROW)
		tui_say(t, view_toggle_reference(p->view, row) ? "times count from here on"
							       : "no time reference here any more");
	detail_clear(p->detail);
}

/* The time of the first packet, from which others are counted. */
static bool first_time(struct packets *p, int64_t *time_ns)
{
	struct packet packet;

	if (store_packet(p->store, store_first(p->store), &packet) <= 0 || !packet.has_time)
		return false;
	*time_ns = packet.time_ns;
	return true;
}

/* "12.5": seconds since the first packet; "14:03:07.5": of its day, UTC; "2026-11-21T23:03:43Z". */
static bool parse_time(struct packets *p, const char *text, int64_t *time_ns)
{
	enum { DAY = 86400 };
	const int64_t second = 1000000000;
	unsigned hours, minutes;
	double seconds;
	char more;

	if (strchr(text, 'T') != NULL) {
		GTimeZone *utc = g_time_zone_new_utc();
		GDateTime *when = g_date_time_new_from_iso8601(text, utc);

		g_time_zone_unref(utc);
		if (when == NULL)
			return false;
		*time_ns = g_date_time_to_unix(when) * second +
			   g_date_time_get_microsecond(when) * 1000;
		g_date_time_unref(when);
		return true;
	}
	if (!first_time(p, time_ns))
		return false;
	if (sscanf(text, "%2u:%2u:%lf%c", &hours, &minutes, &seconds, &more) == 3) {
		*time_ns -= *time_ns % (DAY * second);
		*time_ns += (int64_t)(60 * hours + minutes) * 60 * second;
	} else if (sscanf(text, "%lf%c", &seconds, &more) != 1) {
		return false;
	}
	*time_ns += (int64_t)(CLAMP(seconds, 0, 1e9) * 1e9);
	return true;
}

static void goto_time(struct tui *t, const char *argument)
{
	struct packets *p = t->packets;
	int64_t time_ns;

	if (!parse_time(p, argument, &time_ns)) {
		tui_complain(
			t,
			"no packet's number and no time (12.5, 14:03:07, 2026-01-31T14:03:07Z): \"%s\"",
			argument);
		return;
	}
	const uint64_t position = view_go_to_time(p->view, time_ns);
	if (position == NO_ROW)
		tui_say(t, "no packet is as late as that");
	else
		jump(t, position);
}

void do_goto(struct tui *t, const char *argument)
{
	if (*argument != '\0' && argument[strspn(argument, "0123456789")] == '\0')
		packets_goto(t, g_ascii_strtoull(argument, NULL, 10));
	else
		goto_time(t, argument);
}
