/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The filter that is typed: every key shows what it lets through, and while it is none yet, what is
 * missing stands below its place and the list stays as it was.
 */
#include "filter_line.h"

#include "packets.h"
#include "store/complete.h"
#include "tui.h"

#include <inttypes.h>
#include <string.h>

enum { LABEL = 3 };

static struct {
	char *before;   /* the filter there was when typing began */
	int caret, len; /* where the trouble is, in cells of the expression; -1: nowhere */
} typing = {.caret = -1};

/* "filter: what is wrong\n  expression\n     ^~~   did you mean …": the last line may be missing. */
static void tell(struct tui *t, const char *error)
{
	char **lines = g_strsplit(error, "\n", -1);
	const char *what = lines[0] == NULL ? "" : lines[0];
	const char *mark = g_strv_length(lines) > 2 ? lines[2] : "";
	const char *caret = strchr(mark, '^');

	what += g_str_has_prefix(what, "filter: ") ? strlen("filter: ") : 0;
	if (caret != NULL) {
		typing.caret = text_width_n(mark, (size_t)(caret - mark)) - 2;
		typing.len = 1 + (int)strspn(caret + 1, "~");
		mark = caret + typing.len;
	}
	char *more = g_strstrip(g_strdup(mark));
	char *sentence = g_strdup_printf("%s%s%s", what, *more != '\0' ? "; " : "", more);
	prompt_trouble(t, sentence);
	g_free(sentence);
	g_free(more);
	g_strfreev(lines);
}

static void changed(struct tui *t, const char *text)
{
	char *error = NULL;

	typing.caret = -1;
	prompt_trouble(t, NULL);
	if (!packets_filter(t, text, &error) && error != NULL)
		tell(t, error);
	g_free(error);
}

static void label(struct tui *t, GString *to)
{
	(void)t;
	g_string_append(to, " / ");
}

static void accept(struct tui *t, const char *text)
{
	const struct packets *p = t->packets;

	if (*text != '\0' && view_count(p->view) == 0 &&
	    view_looked(p->view) == store_count(p->store))
		tui_say(t, "no packet passes this filter");
}

static void cancel(struct tui *t)
{
	packets_filter(t, typing.before, NULL);
}

static void take_completion(struct completion *c, struct candidates *to)
{
	to->from = c->from;
	to->to = c->to;
	for (guint i = 0; i < c->words->len; i++)
		candidates_add(to, c->words->pdata[i], c->about->pdata[i]);
	completion_clear(c);
}

void complete_keys(const char *text, size_t at, struct candidates *to)
{
	struct completion c = complete_key(text, (unsigned)at);

	take_completion(&c, to);
}

void complete_expression(const char *text, size_t at, struct candidates *to)
{
	struct completion c = complete_filter(text, (unsigned)at);

	take_completion(&c, to);
}

/* Nothing is proposed before anything is typed. */
static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	(void)t;
	if (line->at > 0)
		complete_expression(line->text->str, line->at, to);
}

static const struct prompt_ops ops = {
	.history = HISTORY_FILTER,
	.above = true,
	.label = label,
	.changed = changed,
	.complete = complete,
	.accept = accept,
	.cancel = cancel,
	.hint = "Enter keep   Esc as it was   Tab complete   Up earlier filters   Ctrl-U empty",
};

void filter_line_open(struct tui *t, const char *text)
{
	g_free(typing.before);
	typing.before = g_strdup(view_expression(t->packets->view));
	prompt_open(t, &ops, text);
}

/* A filter that is given is in force; one that is none yet is typed on. */
void do_filter(struct tui *t, const char *argument)
{
	filter_line_open(t, *argument != '\0' ? argument : view_expression(t->packets->view));
	if (*argument != '\0')
		prompt_key(t, K_ENTER);
}

void do_clear_filter(struct tui *t, const char *argument)
{
	(void)argument;
	packets_filter(t, "", NULL);
}

/* "12 of 33 shown" */
static void add_count(GString *to, const struct packets *p)
{
	const uint64_t rows = store_count(p->store), looked = view_looked(p->view);

	if (*view_expression(p->view) == '\0')
		return;
	g_string_append_printf(to, " %" PRIu64 " of %" PRIu64, view_count(p->view), rows);
	if (looked < rows)
		g_string_append_printf(to, ", %d %%", (int)(looked * 100 / rows));
	g_string_append_c(to, ' ');
}

/* Points at the place that is wrong, below it. Returns how many rows that took. */
static int draw_caret(struct tui *t, struct area below)
{
	struct pen p = pen_in(&t->grid, below);

	if (t->prompt.trouble == NULL || typing.caret < 0)
		return 0;
	pen_row(&p, 0, ROLE_WRONG);
	pen_to(&p, LABEL + typing.caret - t->prompt.line.scroll);
	pen_repeat(&p, '^', 1);
	pen_repeat(&p, '~', typing.len - 1);
	pen_rest(&p);
	return 1;
}

void filter_line_draw(struct tui *t, struct area line, struct area below)
{
	struct packets *packets = t->packets;
	struct pen p = pen_in(&t->grid, line);
	GString *count = g_string_new(NULL);
	const bool asks = t->prompt.ops == &ops;
	const char *expression = view_expression(packets->view);

	add_count(count, packets);
	p.area.w -= text_width(count->str);
	if (asks) {
		pen_row(&p, 0, ROLE_INPUT);
		prompt_draw(t, &p);
	} else {
		pen_row(&p, 0, *expression == '\0' ? ROLE_DIM : ROLE_TEXT);
		pen_text(&p, " / ");
		char *plain = plain_text(*expression == '\0' ? "filter" : expression);
		pen_field(&p, plain, p.area.w - p.x);
		g_free(plain);
	}
	p.area = line;
	p.x = line.w - text_width(count->str);
	p.role = asks && t->prompt.trouble == NULL ? ROLE_GOOD : ROLE_DIM;
	pen_text(&p, count->str);
	g_string_free(count, TRUE);
	if (!asks)
		return;
	const int caret = draw_caret(t, below);
	prompt_draw_candidates(t, below, below.y + caret, LABEL + prompt_word_at(&t->prompt),
			       false);
}

static void choose_recent(struct tui *t, struct menu *m, const struct menu_row *row)
{
	(void)m;
	packets_filter(t, row->data, NULL);
}

static const struct menu_ops recent_ops = {
	.choose = choose_recent,
	.hint = "Enter use it   Esc close",
};

void do_recent(struct tui *t, const char *argument)
{
	const GPtrArray *h = t->prompt.history[HISTORY_FILTER];

	(void)argument;
	if (h->len == 0) {
		tui_say(t, "no filter has been used yet");
		return;
	}
	struct menu *m = menu_new(&recent_ops, "Filters used before");
	m->free_data = g_free;
	for (guint i = h->len; i-- > 0;)
		menu_add(m, NULL, h->pdata[i], g_strdup(h->pdata[i]));
	menu_open(t, m);
}
