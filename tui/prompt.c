/* SPDX-License-Identifier: BSD-3-Clause */
/* Prompts: keys go to the line, Tab completes it, Up brings back what was typed before. */
#include "prompt.h"

#include "tui.h"

#include <string.h>

enum { CANDIDATES_SHOWN = 8, HISTORY_ROOM = 200 };

void prompt_init(struct prompt *p)
{
	*p = (struct prompt){.chosen = -1};
	edit_init(&p->line);
	p->candidates.text = g_ptr_array_new_with_free_func(g_free);
	p->candidates.about = g_ptr_array_new_with_free_func(g_free);
	for (int i = 0; i < HISTORIES; i++)
		p->history[i] = g_ptr_array_new_with_free_func(g_free);
}

void prompt_free(struct prompt *p)
{
	edit_free(&p->line);
	g_ptr_array_free(p->candidates.text, TRUE);
	g_ptr_array_free(p->candidates.about, TRUE);
	for (int i = 0; i < HISTORIES; i++)
		g_ptr_array_free(p->history[i], TRUE);
	g_free(p->typed);
	g_free(p->trouble);
}

void prompt_trouble(struct tui *t, const char *why)
{
	char *plain = why == NULL ? NULL : plain_text(why);

	g_free(t->prompt.trouble);
	t->prompt.trouble = plain;
}

void candidates_add(struct candidates *c, const char *text, const char *about)
{
	g_ptr_array_add(c->text, g_strdup(text));
	g_ptr_array_add(c->about, g_strdup(about == NULL ? "" : about));
}

static void find_candidates(struct tui *t)
{
	struct prompt *p = &t->prompt;
	struct candidates *c = &p->candidates;

	g_ptr_array_set_size(c->text, 0);
	g_ptr_array_set_size(c->about, 0);
	c->from = c->to = p->line.at;
	p->chosen = -1;
	if (p->ops->complete != NULL)
		p->ops->complete(t, &p->line, c);
}

static void changed(struct tui *t)
{
	find_candidates(t);
	if (t->prompt.ops->changed != NULL)
		t->prompt.ops->changed(t, t->prompt.line.text->str);
}

void prompt_open(struct tui *t, const struct prompt_ops *ops, const char *text)
{
	struct prompt *p = &t->prompt;

	p->ops = ops;
	p->back = 0;
	p->line.scroll = 0;
	prompt_trouble(t, NULL);
	edit_set(&p->line, text);
	changed(t);
	t->dirty = true;
}

void prompt_close(struct tui *t)
{
	t->prompt.ops = NULL;
	prompt_trouble(t, NULL);
	t->dirty = true;
}

void history_add(struct prompt *p, enum history which, const char *text)
{
	if (*text == '\0' || which == HISTORIES)
		return;
	GPtrArray *h = p->history[which];
	for (guint i = h->len; i-- > 0;) {
		if (strcmp(h->pdata[i], text) == 0)
			g_ptr_array_remove_index(h, i);
	}
	if (h->len == HISTORY_ROOM)
		g_ptr_array_remove_index(h, 0);
	g_ptr_array_add(h, g_strdup(text));
}

static void go_back(struct tui *t, int step)
{
	struct prompt *p = &t->prompt;

	if (p->ops->history == HISTORIES)
		return;
	const GPtrArray *h = p->history[p->ops->history];
	const int to = CLAMP(p->back + step, 0, (int)h->len);

	if (to == p->back)
		return;
	if (p->back == 0) {
		g_free(p->typed);
		p->typed = g_strdup(p->line.text->str);
	}
	p->back = to;
	edit_set(&p->line, to == 0 ? p->typed : h->pdata[(int)h->len - to]);
	changed(t);
}

/* How many bytes all candidates begin with. */
static size_t common(const struct candidates *c)
{
	const char *first = c->text->pdata[0];
	size_t n = strlen(first);

	for (guint i = 1; i < c->text->len; i++) {
		const char *other = c->text->pdata[i];
		size_t same = 0;

		while (same < n && first[same] == other[same])
			same++;
		n = same;
	}
	return n;
}

/* First what is sure, then one candidate after the other. */
static void complete(struct tui *t, int step)
{
	struct prompt *p = &t->prompt;
	struct candidates *c = &p->candidates;

	if (c->text->len == 0)
		return;
	const size_t sure = common(c);
	if (p->chosen < 0 && sure > c->to - c->from && c->text->len > 1) {
		char *text = g_strndup(c->text->pdata[0], sure);

		edit_replace(&p->line, c->from, c->to, text);
		g_free(text);
		changed(t);
		return;
	}
	const int n = (int)c->text->len;
	p->chosen = p->chosen < 0 ? (step > 0 ? 0 : n - 1) : (p->chosen + step + n) % n;
	const char *text = c->text->pdata[p->chosen];
	edit_replace(&p->line, c->from, c->to, text);
	c->to = c->from + strlen(text);
	if (p->ops->changed != NULL)
		p->ops->changed(t, p->line.text->str);
}

static void accept(struct tui *t)
{
	const struct prompt_ops *ops = t->prompt.ops;
	char *text;

	if (t->prompt.trouble != NULL)
		return;
	text = g_strdup(t->prompt.line.text->str);
	history_add(&t->prompt, ops->history, text);
	prompt_close(t);
	ops->accept(t, text);
	g_free(text);
}

static void cancel(struct tui *t)
{
	const struct prompt_ops *ops = t->prompt.ops;

	prompt_close(t);
	if (ops->cancel != NULL)
		ops->cancel(t);
}

void prompt_key(struct tui *t, uint32_t key)
{
	struct prompt *p = &t->prompt;

	t->dirty = true;
	if (p->ops->key != NULL && p->ops->key(t, key))
		return;
	switch (key) {
	case K_ENTER: accept(t); return;
	case K_ESC:
	case K_CTRL('C'):
	case K_CTRL('G'): cancel(t); return;
	case K_UP:
	case K_CTRL('P'): go_back(t, 1); return;
	case K_DOWN:
	case K_CTRL('N'): go_back(t, -1); return;
	case K_TAB: complete(t, 1); return;
	case K_BACK_TAB: complete(t, -1); return;
	default: break;
	}
	/* There is nothing to take back any more: that is how one leaves vim's line, too. */
	if (key == K_BACKSPACE && p->line.text->len == 0 && !p->ops->above) {
		cancel(t);
		return;
	}
	switch (edit_key(&p->line, key)) {
	case EDIT_CHANGED: changed(t); break;
	case EDIT_MOVED: find_candidates(t); break;
	default: break;
	}
}

void prompt_draw(struct tui *t, struct pen *p)
{
	GString *label = g_string_new(NULL);

	t->prompt.ops->label(t, label);
	p->role = ROLE_NAME;
	pen_text(p, label->str);
	p->role = ROLE_INPUT;
	edit_draw(&t->prompt.line, p);
	g_string_free(label, TRUE);
}

int prompt_word_at(const struct prompt *p)
{
	return text_width_n(p->line.text->str, p->candidates.from) - p->line.scroll;
}

static int widest(const GPtrArray *texts, int from, int n)
{
	int width = 0;

	for (int i = from; i < from + n; i++)
		width = MAX(width, text_width(texts->pdata[i]));
	return width;
}

void prompt_draw_candidates(struct tui *t, struct area area, int y, int x, bool up)
{
	const struct prompt *p = &t->prompt;
	const struct candidates *c = &p->candidates;
	const int n = MIN((int)c->text->len, MIN(CANDIDATES_SHOWN, area.h - 2));

	if (n <= 0)
		return;
	const int first = CLAMP(p->chosen - n + 1, 0, (int)c->text->len - n);
	const int keys = widest(c->text, first, n), about = widest(c->about, first, n);
	const int w = MIN(keys + (about > 0 ? about + 2 : 0) + 2, area.w);
	const struct area box = {CLAMP(x - 1, area.x, area.x + area.w - w), up ? y - n : y, w, n};
	struct pen pen = pen_in(&t->grid, box);

	for (int i = 0; i < n; i++) {
		const bool on = first + i == p->chosen;

		pen_row(&pen, i, on ? ROLE_MENU_ON : ROLE_MENU);
		pen_text(&pen, " ");
		pen_field(&pen, c->text->pdata[first + i], MIN(keys, w - 2));
		if (about > 0 && w - pen.x > 4) {
			pen_text(&pen, "  ");
			pen_field(&pen, c->about->pdata[first + i], w - pen.x - 1);
		}
		pen_rest(&pen);
	}
}
