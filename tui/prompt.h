/* SPDX-License-Identifier: BSD-3-Clause */
/* A line that is asked for: a filter, what to find, a command, a name. With history and completion. */
#ifndef PROMPT_H
#define PROMPT_H

#include "edit.h"

struct tui;
struct prompt;

/* What could stand in place of the bytes from..to of the line. */
struct candidates {
	GPtrArray *text; /* of char * */
	GPtrArray *about; /* of char *, as long as text, or empty */
	size_t from, to;
};

enum history { HISTORY_COMMAND, HISTORY_FILTER, HISTORY_FIND, HISTORY_NAME, HISTORIES };

struct prompt_ops {
	enum history history;
	bool above; /* its line is the screen's own, which draws it; else the last line */
	void (*label)(struct tui *t, GString *to);
	void (*changed)(struct tui *t, const char *text);
	void (*complete)(struct tui *t, const struct edit *line, struct candidates *to);
	/* A key of this prompt's own. */
	bool (*key)(struct tui *t, uint32_t key);
	/* A line with trouble is not taken: one types on. */
	void (*accept)(struct tui *t, const char *text);
	void (*cancel)(struct tui *t);
	const char *hint; /* its keys */
};

struct prompt {
	const struct prompt_ops *ops; /* NULL: nothing is being asked for */
	struct edit line;
	struct candidates candidates;
	char *trouble;     /* why the line is not good yet; NULL: it is */
	int chosen;        /* of the candidates; -1: none yet */
	int back;          /* how far back in the history; 0: what is being typed */
	char *typed;       /* what was typed before going back */
	GPtrArray *history[HISTORIES]; /* of char *, the latest last */
};

void prompt_init(struct prompt *p);
void prompt_free(struct prompt *p);
void prompt_open(struct tui *t, const struct prompt_ops *ops, const char *text);
void prompt_close(struct tui *t);
void prompt_key(struct tui *t, uint32_t key);
/* Says why the line is not good yet; NULL: it is. */
void prompt_trouble(struct tui *t, const char *why);
/* Adds a line to a history; an older one like it goes. */
void history_add(struct prompt *p, enum history which, const char *text);

/* Label and line, in the last row of an area. */
void prompt_draw(struct tui *t, struct pen *p);
/* The candidates, below (or above) a row of the screen, beginning at the column of the word. */
void prompt_draw_candidates(struct tui *t, struct area area, int y, int x, bool up);
/* Where, in cells, the word to be completed begins. */
int prompt_word_at(const struct prompt *p);

/* What may stand at a place of a filter; keys and protocols alone. */
void complete_expression(const char *text, size_t at, struct candidates *to);
void complete_keys(const char *text, size_t at, struct candidates *to);

void candidates_add(struct candidates *c, const char *text, const char *about);

#endif
