/* SPDX-License-Identifier: BSD-3-Clause */
/* Editing one line of UTF-8. */
#include "edit.h"

#include "keyboard.h"

#include <string.h>

void edit_init(struct edit *e)
{
	*e = (struct edit){.text = g_string_new(NULL), .cut = g_string_new(NULL)};
}

void edit_free(struct edit *e)
{
	g_string_free(e->text, TRUE);
	g_string_free(e->cut, TRUE);
}

void edit_set(struct edit *e, const char *text)
{
	g_string_assign(e->text, text);
	e->at = e->text->len;
}

void edit_insert(struct edit *e, const char *text, size_t n)
{
	g_string_insert_len(e->text, (gssize)e->at, text, (gssize)n);
	e->at += n;
}

void edit_replace(struct edit *e, size_t from, size_t to, const char *text)
{
	g_string_erase(e->text, (gssize)from, (gssize)(to - from));
	e->at = from;
	edit_insert(e, text, strlen(text));
}

static size_t before(const struct edit *e, size_t at)
{
	const char *p = e->text->str;

	return at == 0 ? 0 : (size_t)(g_utf8_prev_char(p + at) - p);
}

static size_t after(const struct edit *e, size_t at)
{
	const char *p = e->text->str;

	return at >= e->text->len ? at : (size_t)(g_utf8_next_char(p + at) - p);
}

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_' || (c & 0x80) != 0;
}

static size_t word_before(const struct edit *e)
{
	size_t at = e->at;

	while (at > 0 && !is_word(e->text->str[at - 1]))
		at--;
	while (at > 0 && is_word(e->text->str[at - 1]))
		at--;
	return at;
}

static size_t word_after(const struct edit *e)
{
	size_t at = e->at;

	while (at < e->text->len && !is_word(e->text->str[at]))
		at++;
	while (at < e->text->len && is_word(e->text->str[at]))
		at++;
	return at;
}

static enum edit_result move(struct edit *e, size_t at)
{
	e->at = at;
	return EDIT_MOVED;
}

static enum edit_result drop(struct edit *e, size_t from, size_t to)
{
	g_string_erase(e->text, (gssize)from, (gssize)(to - from));
	e->at = from;
	return EDIT_CHANGED;
}

static enum edit_result cut(struct edit *e, size_t from, size_t to)
{
	if (from < to) {
		g_string_truncate(e->cut, 0);
		g_string_append_len(e->cut, e->text->str + from, (gssize)(to - from));
	}
	return drop(e, from, to);
}

enum edit_result edit_key(struct edit *e, uint32_t key)
{
	char text[6];

	switch (key) {
	case K_LEFT:
	case K_CTRL('B'): return move(e, before(e, e->at));
	case K_RIGHT:
	case K_CTRL('F'): return move(e, after(e, e->at));
	case K_HOME:
	case K_CTRL('A'): return move(e, 0);
	case K_END:
	case K_CTRL('E'): return move(e, e->text->len);
	case K_SHIFT_LEFT:
	case 'b' | K_ALT: return move(e, word_before(e));
	case K_SHIFT_RIGHT:
	case 'f' | K_ALT: return move(e, word_after(e));
	case K_BACKSPACE: return drop(e, before(e, e->at), e->at);
	case K_DELETE:
	case K_CTRL('D'): return drop(e, e->at, after(e, e->at));
	case K_CTRL('K'): return cut(e, e->at, e->text->len);
	case K_CTRL('U'): return cut(e, 0, e->at);
	case K_CTRL('W'): return cut(e, word_before(e), e->at);
	case K_CTRL('Y'): edit_insert(e, e->cut->str, e->cut->len); return EDIT_CHANGED;
	default: break;
	}
	if (!key_is_text(key))
		return EDIT_NOT_MINE;
	edit_insert(e, text, (size_t)g_unichar_to_utf8(key, text));
	return EDIT_CHANGED;
}

void edit_draw(struct edit *e, struct pen *p)
{
	const int room = p->area.w - p->x, start = p->x;
	const int cursor = text_width_n(e->text->str, e->at);

	/* The cursor stays inside, and a cell of what follows it with it. */
	if (cursor - e->scroll >= room)
		e->scroll = cursor - room + 1;
	if (cursor < e->scroll)
		e->scroll = cursor;
	struct area window = p->area;
	window.x += start;
	window.w -= start;
	struct pen inner = {p->grid, window, -e->scroll, p->y, p->role, p->fg, p->bg};
	pen_text_n(&inner, e->text->str, e->text->len);
	inner.x = MAX(inner.x, 0);
	pen_rest(&inner);
	p->grid->cursor_x = window.x + cursor - e->scroll;
	p->grid->cursor_y = p->area.y + p->y;
	p->x = p->area.w;
}
