/* SPDX-License-Identifier: BSD-3-Clause */
/* Taking away what is under the cursor: as text for the clipboard, as a filter. */
#include "filter_line.h"
#include "packets.h"
#include "store/copy.h"
#include "tui.h"

#include <string.h>

/* Terminals that keep what they are told keep no more than this. */
enum { CLIPBOARD_MOST = 74000 };

/* In the list it is the packet, in tree and bytes the field. */
static char *text_of(struct tui *t, enum copy_form form)
{
	struct packets *p = t->packets;
	const struct since since = view_since(p->view, p->at);

	if (p->focus == PANE_LIST && form != COPY_FILTER && form != COPY_VALUE)
		return copy_packet(p->rows, p->row, packets_current(p), &since, p->columns, form);
	if (!packets_open_current(p) || p->field >= (int)detail_count(p->detail))
		return NULL;
	return copy_line(p->detail, (unsigned)p->field, form);
}

static void take(struct tui *t, char *text)
{
	const size_t n = strlen(text);

	if (n > CLIPBOARD_MOST) {
		tui_complain(t, "%zu bytes are more than a terminal takes", n);
		return;
	}
	g_string_assign(t->copied, text);
	tui_say(t, "copied: %.200s", text);
}

static void choose(struct tui *t, struct menu *m, const struct menu_row *row)
{
	(void)m;
	take(t, row->data);
}

static const struct menu_ops ops = {
	.choose = choose,
	.hint = " Enter copy   Esc close   the terminal keeps it (OSC 52), over SSH too",
};

void do_copy(struct tui *t, const char *argument)
{
	struct menu *m = menu_new(&ops, t->packets->focus == PANE_LIST ? "Copy of the packet"
								       : "Copy of the field");

	m->free_data = g_free;
	for (int form = 0; form < COPY_FORMS; form++) {
		const char *name = copy_form_name((enum copy_form)form);
		char *text = text_of(t, (enum copy_form)form);

		if (text == NULL)
			continue;
		if (strcmp(name, argument) == 0) {
			take(t, text);
			g_free(text);
			menu_free(m);
			return;
		}
		char *start = g_strndup(text, strcspn(text, "\n"));
		char *plain = plain_text(start);
		menu_add(m, name, plain, text);
		g_free(plain);
		g_free(start);
	}
	if (*argument != '\0' || m->rows->len == 0) {
		tui_complain(t, "nothing here can be copied so");
		menu_free(m);
		return;
	}
	menu_open(t, m);
}

/* Of the field under the cursor, or of the byte where the bytes are in use and no field says more;
 * NULL: there is none. */
static char *filter_here(struct tui *t)
{
	const struct packets *p = t->packets;
	char *filter = NULL;

	if (!packets_open_current(t->packets))
		return NULL;
	if (p->field < (int)detail_count(p->detail))
		filter = copy_line(p->detail, (unsigned)p->field, COPY_FILTER);
	if (filter == NULL && p->focus == PANE_HEX && p->source == 0)
		filter = filter_of_bytes(p->detail, p->byte, 1);
	return filter;
}

/* The filter there is, with what is under the cursor; NULL and a complaint: that makes none. */
static char *joined(struct tui *t, enum filter_join how)
{
	char *more = filter_here(t);

	if (more == NULL) {
		tui_complain(t, "there is nothing here to filter by; Tab leads to the fields");
		return NULL;
	}
	char *filter = filter_joined(view_expression(t->packets->view), how, more);
	g_free(more);
	return filter;
}

static void apply(struct tui *t, enum filter_join how)
{
	char *filter = joined(t, how), *error = NULL;

	if (filter == NULL)
		return;
	if (packets_filter(t, filter, &error)) {
		history_add(&t->prompt, HISTORY_FILTER, filter);
		tui_say(t, "%s", filter);
	} else if (error != NULL) {
		tui_complain(t, "%s", error);
	}
	g_free(error);
	g_free(filter);
}

/* clang-format off */
#define APPLIES(function, how) \
	void do_##function(struct tui *t, const char *argument) { (void)argument; apply(t, how); }
APPLIES(apply, FILTER_REPLACE)
APPLIES(apply_not, FILTER_NOT)
APPLIES(apply_and, FILTER_AND)
APPLIES(apply_or, FILTER_OR)
APPLIES(apply_and_not, FILTER_AND_NOT)
/* clang-format on */

void do_prepare(struct tui *t, const char *argument)
{
	char *filter = joined(t, FILTER_REPLACE);

	(void)argument;
	if (filter != NULL)
		filter_line_open(t, filter);
	g_free(filter);
}

/* The byte itself, whatever field it is in. */
void do_apply_bytes(struct tui *t, const char *argument)
{
	const struct packets *p = t->packets;
	const int n = MAX(t->count, 1);
	char *filter = packets_open_current(t->packets) && p->source == 0
			       ? filter_of_bytes(p->detail, p->byte, (uint32_t)n)
			       : NULL;

	(void)argument;
	if (filter == NULL)
		tui_complain(t, "there are no such bytes in the packet");
	else if (packets_filter(t, filter, NULL))
		tui_say(t, "%s", filter);
	g_free(filter);
}
