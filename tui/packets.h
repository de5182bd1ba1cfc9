/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is open and looked at: the store of packets, the rows that pass the filter, the packet under
 * the cursor taken apart; and how the three panes that show it are laid out.
 */
#ifndef PACKETS_H
#define PACKETS_H

#include "frame.h"
#include "grid.h"
#include "screen.h"
#include "sheet.h"
#include "store/colours.h"
#include "store/columns.h"
#include "store/detail.h"
#include "store/find.h"
#include "store/save.h"
#include "store/view.h"

#include <glib.h>

struct tui;
struct action;
struct candidates;

enum pane_id { PANE_LIST, PANE_TREE, PANE_HEX, PANES };

/* A pane: what it is called in words, where its keys are found, and what it does. */
struct pane {
	enum place place;
	void (*draw)(struct tui *t, struct area area, bool focused);
	void (*move)(struct tui *t, enum move move, int n);
	void (*enter)(struct tui *t);
	/* x and y from the pane's corner. */
	void (*mouse)(struct tui *t, const struct mouse *m);
};

extern const struct pane pane_list, pane_tree, pane_hex;

enum { LETTERS = 128 };

enum layout { LAYOUT_BESIDE, LAYOUT_STACKED, LAYOUT_COLUMNS, LAYOUTS };

struct packets {
	struct store *store;
	struct feed *feed; /* a capture that runs; NULL: a file */
	struct view *view;
	bool told_damage;
	uint64_t paused_at; /* positions there were when the view was paused; NO_ROW: it is not */
	uint64_t anchor; /* a new filter keeps this row under the cursor; NO_ROW: it need not */

	/* The list. */
	struct cursor *rows;
	struct frame *row; /* the row that was taken last */
	uint64_t at, top; /* positions in the view */
	bool follow;      /* the cursor stays at the last row, as more come */
	int scroll;       /* characters of the info that are to the left of it */
	struct columns *columns;
	GArray *widths;   /* of int: the widest text that has been seen in each */
	struct colours *colours;
	bool coloured;
	uint64_t letter[LETTERS]; /* rows with a letter, and 1; 0: none has it */

	/* The packet under the cursor. */
	struct detail *detail;
	struct frame *frame;  /* the detail's */
	int field, field_top; /* lines of the tree */
	uint64_t mark;        /* the field's: it is looked for in the next packet */
	unsigned source;      /* whose bytes are shown: 0 the packet's */
	uint32_t byte;        /* of them */
	int byte_top;         /* rows */

	int64_t second; /* whose rates are shown */
	/* What is being saved. */
	struct save *save; /* NULL: nothing is */
	enum save_which save_which;
	char *save_path, *asked_path; /* … and a name that is to be overwritten, if one agrees */
	uint64_t saving_rows;
	void (*saved_then)(struct tui *t, const char *path);
	uint64_t saved; /* rows that there were when all of them were saved */
	bool warned;    /* that the others are lost at the end */

	GArray *rules; /* struct decode_as: in force in every frame */

	struct find *find;
	struct find_what what;
	bool finding;

	/* The screen of the capture. */
	struct sheet sheet;
	GPtrArray *devices; /* of struct device: the machine's interfaces; NULL: nobody asked */

	/* The panes. */
	enum pane_id focus;
	enum layout layout;
	bool zoomed;
	int list_share, tree_share; /* percent; 0: as it comes */
	struct area area[PANES];    /* where they were drawn; nowhere if w is 0 */
};

struct feed;

/* Opens a capture; NULL: *error is a line, to be freed with free. */
struct packets *packets_open(const char *path, char **error);
/* Looks at a capture that runs; it is closed with the packets. */
struct packets *packets_of_feed(struct feed *feed);
void packets_close(struct packets *p);
/* Looks at another capture from now on, by the same columns, colours, rules and filter. */
void packets_change(struct tui *t, struct store *store);

/* Looks at the first bytes, from where one may: false: it is no capture, and store_error() tells. */
bool packets_begin(struct packets *p);
/* Reads and filters on for a while. Is there more? */
bool packets_work(struct tui *t, int64_t budget_us);
/* Begins to save packets into an open file that is called so. */
bool packets_save(struct tui *t, enum save_which which, const char *path, int fd);
/* Saves on. Is there more to save? */
bool packets_save_on(struct tui *t, int64_t budget_us);
/* A filter that has just been given shows its first rows before the next key is answered, if they are
 * found in a moment: who types ahead means those. */
void packets_catch_up(struct tui *t);
/* Looks on for what is to be found. Is there more to look at? */
bool packets_find_on(struct tui *t, int64_t budget_us);
/* A capture that has not been started: nobody has said on which interface. */
bool is_waiting(const struct packets *p);
/* To be polled for input; -1: nothing comes by itself. */
int packets_fd(const struct packets *p);
/* What the first line says. */
void packets_title(struct tui *t, GString *to, bool narrow);
/* Something to close before the program ends; false: there is nothing. */
bool packets_quit(struct tui *t);
/* Something to cancel; false: there is nothing. */
bool packets_cancel(struct tui *t);

/* Positions that are shown now: those of the view, unless it is paused. */
uint64_t packets_count(const struct packets *p);
/* The first of them that is still there: files of a ring go. */
uint64_t packets_first(const struct packets *p);
/* Lets the list rest while packets come in, or no longer. */
void packets_pause(struct tui *t, bool pause);
/* Takes the row at a position apart into p->row. False: it cannot be had. */
bool packets_take(struct packets *p, uint64_t position, const struct rem_want *want);
/* The row under the cursor, NO_ROW: there is none. */
uint64_t packets_current(const struct packets *p);
/* Opens the packet under the cursor: all that tree and bytes show. False: there is none. */
bool packets_open_current(struct packets *p);
/* The list's columns are as wide as what they show from now on. */
void list_pane_widths(struct packets *p);
/* Moves the cursor to a position, or to the packet with a number or the next that is shown. */
void packets_select(struct tui *t, uint64_t position);
void packets_goto(struct tui *t, uint64_t number);

/* Bits of the packet: of the field under the cursor; from == to: none are. */
struct bit_range {
	uint32_t from, to;
};
struct bit_range packets_lit(const struct packets *p);
void packets_select_field(struct packets *p, int field);
/* The same, and the bytes stay where they are. */
void packets_show_field(struct packets *p, int field);
/* The cursor of the tree goes to the field that a byte belongs to. */
void packets_find_field(struct packets *p, uint32_t byte);

/*
 * Shows the rows that pass a filter, and keeps the packet under the cursor. False: it is no filter,
 * and *error (g_free, may be NULL) says why.
 */
bool packets_filter(struct tui *t, const char *expression, char **error);

const char *layout_name(enum layout layout);

/* What may stand in a rule of Decode As. */
void complete_decode_as(const char *text, size_t n, struct candidates *to);
/* Names of files that begin with what is typed. */
void complete_file(struct tui *t, const char *text, size_t n, struct candidates *to);
/* One of the words in "all|shown|marked". */
void complete_word(const char *words, const char *text, size_t n, struct candidates *to);
/* Completes what follows the name of an action. */
void argument_complete(struct tui *t, const struct action *a, const char *text, size_t n,
		       struct candidates *to);

#endif
