/* SPDX-License-Identifier: BSD-3-Clause */
/* The first and the last line of the screen. */
#include "title.h"

#include "packets.h"
#include "tui.h"

#include <string.h>

/* The screens' names, to the right: "1 Packets  7 Capture". Returns where they begin. */
static int tabs_at(const struct tui *t, int i)
{
	int x = t->grid.w;

	for (int n = 0; screens[n] != NULL; n++)
		x -= n >= i ? text_width(screens[n]->name) + 4 : 0;
	return x;
}

static void draw_tabs(struct tui *t, struct pen *p)
{
	for (int i = 0; screens[i] != NULL; i++) {
		p->x = tabs_at(t, i);
		p->role = screens[i] == t->screen ? ROLE_BAR_ON : ROLE_BAR;
		pen_format(p, " %c %s ", screens[i]->digit, screens[i]->name);
	}
}

/* Packets are coming in: that is seen from afar. */
static void light_up(struct tui *t, struct area area, const char *text, int room)
{
	const char *live = strstr(text, "   LIVE ");
	const int at = live == NULL ? room : 3 + text_width_n(text, (size_t)(live - text));

	if (at + 6 <= room)
		grid_role(&t->grid, (struct area){area.x + at, area.y, 6, 1}, ROLE_LIVE);
}

/* What does not fit goes as a whole: our own name, then the last first. */
static void shorten(GString *text, int room)
{
	const char *ours = "remora  ";

	if (text_width(text->str) > room && g_str_has_prefix(text->str, ours))
		g_string_erase(text, 0, (gssize)strlen(ours));
	for (char *last;
	     text_width(text->str) > room && (last = strrchr(text->str, ' ')) != NULL;) {
		while (last > text->str && !g_str_has_prefix(last, "   "))
			last--;
		if (last == text->str)
			return;
		g_string_truncate(text, (gsize)(last - text->str));
	}
}

void title_draw(struct tui *t, struct area area)
{
	struct pen p = pen_in(&t->grid, area);
	GString *text = g_string_new(NULL);
	const bool narrow = area.w < 60;

	pen_row(&p, 0, ROLE_BAR);
	pen_text(&p, " ");
	packets_title(t, text, narrow);
	const int room = narrow ? area.w - 1 : tabs_at(t, 0) - 2;
	shorten(text, room);
	pen_field(&p, text->str, MAX(room, 1));
	p.role = ROLE_BAR;
	pen_rest(&p);
	light_up(t, area, text->str, room);
	if (!narrow)
		draw_tabs(t, &p);
	g_string_free(text, TRUE);
}

/* What F1 to F10 mean here. */
static const struct action *action_of_f(const struct tui *t, uint32_t f)
{
	const enum place places[] = {tui_place(t), PLACE_PACKETS, PLACE_ALL};

	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		if (places[i] == PLACE_PACKETS && tui_place(t) == PLACE_CAPTURE)
			continue;
		const struct binding *b = keymap_find(&t->keymap, places[i], K_F1 + f, K_NONE);

		if (b != NULL && *b->action->label != '\0')
			return b->action;
	}
	return NULL;
}

/* Draws the bar, or finds the action at a column of it. */
static const struct action *f_bar(const struct tui *t, struct pen *p, int column)
{
	for (uint32_t f = 0; f < 12; f++) {
		const struct action *a = action_of_f(t, f);
		const int start = p->x;

		if (a == NULL)
			continue;
		if (p->x + text_width(a->label) + 4 > p->area.w)
			break;
		p->role = ROLE_KEY;
		pen_format(p, " F%u", f + 1);
		p->role = ROLE_BAR;
		pen_format(p, " %s ", a->label);
		if (column >= start && column < p->x)
			return a;
	}
	p->role = ROLE_BAR;
	pen_rest(p);
	return NULL;
}

static void draw_hint(const struct tui *t, struct pen *p)
{
	const struct prompt *prompt = &t->prompt;

	p->role = prompt->trouble != NULL ? ROLE_WRONG : ROLE_BAR;
	pen_text(p, " ");
	pen_field(p, prompt->trouble != NULL ? prompt->trouble : prompt->ops->hint, p->area.w - 1);
}

void prompt_hint_draw(struct tui *t, struct area area)
{
	struct pen p = pen_in(&t->grid, area);

	if (t->prompt.trouble != NULL || t->prompt.ops->hint != NULL)
		draw_hint(t, &p);
}

void last_line_draw(struct tui *t, struct area area)
{
	struct pen p = pen_in(&t->grid, area);

	pen_row(&p, 0, ROLE_TEXT);
	if (t->prompt.ops != NULL && !t->prompt.ops->above) {
		prompt_draw(t, &p);
	} else if (t->prompt.ops != NULL) {
		draw_hint(t, &p);
	} else if (t->message != NULL) {
		p.role = t->message_role;
		pen_text(&p, " ");
		pen_field(&p, t->message, area.w - 1);
	} else if (t->menu != NULL && t->menu->ops->hint != NULL) {
		p.role = ROLE_BAR;
		pen_text(&p, t->menu->ops->hint);
		pen_rest(&p);
	} else {
		f_bar(t, &p, -1);
	}
	if (t->count > 0 || t->first_key != K_NONE) {
		char *key = t->first_key == K_NONE ? g_strdup("") : keyboard_name(t->first_key);
		char *text = t->count > 0 ? g_strdup_printf(" %d%s ", t->count, key)
					  : g_strdup_printf(" %s ", key);

		p.x = MAX(area.w - text_width(text), 0);
		p.role = ROLE_INPUT;
		pen_text(&p, text);
		g_free(text);
		g_free(key);
	}
}

bool title_mouse(struct tui *t, const struct mouse *m)
{
	if (m->act != MOUSE_PRESS && m->act != MOUSE_DOUBLE)
		return false;
	if (m->y == 0) {
		for (int i = 0; screens[i] != NULL; i++) {
			const int end = tabs_at(t, i) + text_width(screens[i]->name) + 4;

			if (m->x >= tabs_at(t, i) && m->x < end)
				tui_go(t, screens[i]);
		}
		return true;
	}
	if (m->y != t->grid.h - 1 || t->prompt.ops != NULL)
		return false;
	struct pen p = pen_in(&t->grid, (struct area){0, m->y, t->grid.w, 1});
	const struct action *a = f_bar(t, &p, m->x);
	if (a != NULL)
		a->run(t, "");
	return true;
}
