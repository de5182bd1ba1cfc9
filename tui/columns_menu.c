/* SPDX-License-Identifier: BSD-3-Clause */
/* Choosing columns and colour rules. */
#include "packets.h"
#include "tui.h"

#include <string.h>

static void open_columns(struct tui *t, unsigned at);

/* Columns are kept as they are chosen. */
static void changed(struct tui *t, unsigned at)
{
	list_pane_widths(t->packets);
	preferences_keep_columns(t);
	open_columns(t, at);
}

static void add_column(struct tui *t, const char *field)
{
	struct packets *p = t->packets;
	unsigned at = 0;
	char *error = NULL;

	/* In front of the info, which takes what is left. */
	while (at < columns_count(p->columns) &&
	       strcmp(columns_field(p->columns, at), "_ws.col.info") != 0)
		at++;
	if (!columns_insert(p->columns, at, NULL, field, &error)) {
		tui_complain(t, "%s", error);
		g_free(error);
		return;
	}
	list_pane_widths(p);
	preferences_keep_columns(t);
	tui_say(t, "%s is a column now", field);
}

static void label(struct tui *t, GString *to)
{
	(void)t;
	g_string_append(to, "column of field: ");
}

static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	(void)t;
	complete_keys(line->text->str, line->at, to);
}

static const struct prompt_ops add_ops = {
	.history = HISTORY_NAME,
	.label = label,
	.complete = complete,
	.accept = add_column,
};

static bool columns_key(struct tui *t, struct menu *m, uint32_t key)
{
	struct columns *c = t->packets->columns;
	const unsigned at = (unsigned)m->at, n = columns_count(c);

	if ((key == 'J' || key == K_SHIFT_DOWN) && at + 1 < n) {
		columns_move(c, at, at + 1);
		changed(t, at + 1);
	} else if ((key == 'K' || key == K_SHIFT_UP) && at > 0) {
		columns_move(c, at, at - 1);
		changed(t, at - 1);
	} else if (key == 'd' || key == K_DELETE) {
		columns_remove(c, at);
		changed(t, MIN(at, columns_count(c) - 1));
	} else if (key == 'a' || key == K_INSERT) {
		menu_close(t);
		prompt_open(t, &add_ops, "");
	} else {
		return false;
	}
	return true;
}

static void close_columns(struct tui *t, struct menu *m, const struct menu_row *row)
{
	(void)t, (void)m, (void)row;
}

static const struct menu_ops columns_ops = {
	.choose = close_columns,
	.key = columns_key,
	.hint = " J K move a column   a add   d remove   Enter Esc close",
};

static void open_columns(struct tui *t, unsigned at)
{
	const struct columns *c = t->packets->columns;
	struct menu *m = menu_new(&columns_ops, "Columns");

	for (unsigned i = 0; i < columns_count(c); i++)
		menu_add(m, columns_title(c, i), columns_field(c, i), NULL);
	m->at = (int)at;
	menu_open(t, m);
}

void do_columns(struct tui *t, const char *argument)
{
	(void)argument;
	open_columns(t, 0);
}

void do_column(struct tui *t, const char *argument)
{
	const struct packets *p = t->packets;

	if (*argument != '\0') {
		add_column(t, argument);
		return;
	}
	if (p->field >= (int)detail_count(p->detail))
		return;
	const char *key = detail_line(p->detail, (unsigned)p->field).key;
	if (key == NULL)
		tui_complain(t, "this is no field");
	else
		add_column(t, key);
}

static void open_colours(struct tui *t, int at);

/* The first row is about all of them. */
static void turn_rule(struct tui *t, struct menu *m, const struct menu_row *row)
{
	struct packets *p = t->packets;
	const unsigned i = GPOINTER_TO_UINT(row->data);

	if (i == 0)
		p->coloured = !p->coloured;
	else
		colours_turn(p->colours, i - 1, !colours_rule(p->colours, i - 1)->off);
	open_colours(t, m->at);
}

static bool colours_key(struct tui *t, struct menu *m, uint32_t key)
{
	if (key != K_SPACE)
		return false;
	turn_rule(t, m, menu_row(m, m->at));
	return true;
}

static const struct menu_ops colours_ops = {
	.choose = turn_rule,
	.key = colours_key,
	.stays = true,
	.hint = " Enter Space turn a rule on or off   Esc close",
};

static void open_colours(struct tui *t, int at)
{
	const struct packets *p = t->packets;
	struct menu *m = menu_new(&colours_ops, "Colour rules: the first that fits counts");

	menu_add(m, p->coloured ? "on" : "off", "All of them", GUINT_TO_POINTER(0));
	for (unsigned i = 0; i < colours_count(p->colours); i++) {
		const struct colour_rule *rule = colours_rule(p->colours, i);
		char *text = g_strdup_printf("%s   %s", rule->name,
					     rule->error != NULL ? rule->error : rule->expression);
		char *plain = plain_text(g_strdelimit(text, "\n", ' '));

		menu_add(m,
			 rule->error != NULL ? "wrong"
			 : rule->off         ? "off"
					     : "on",
			 plain, GUINT_TO_POINTER(i + 1));
		g_free(plain);
		g_free(text);
	}
	m->at = at;
	menu_open(t, m);
}

void do_colours(struct tui *t, const char *argument)
{
	(void)argument;
	open_colours(t, 0);
}
