/* SPDX-License-Identifier: BSD-3-Clause */
/* What is used of ncurses, loaded when it is needed: nc.newterm() is newterm(). */
#ifndef CURSES_LIB_H
#define CURSES_LIB_H

#define NCURSES_NOMACROS   1
#define NCURSES_WIDECHAR   1
#define NCURSES_ENABLE_STDBOOL_H 1
#include <curses.h>
#include <term.h>
#undef lines
#undef columns

/* clang-format off */
#define LIBNCURSES(F) \
	F(setupterm) F(set_curterm) F(del_curterm) F(tigetstr) F(tigetnum) F(tigetflag) F(newterm) F(delscreen) F(endwin) F(raw) F(noecho) F(nonl) \
	F(keypad) F(nodelay) F(meta) F(set_escdelay) F(define_key) F(mousemask) F(mouseinterval) F(getmouse) \
	F(start_color) F(use_default_colors) F(alloc_pair) F(newwin) F(delwin) F(wmove) F(setcchar) F(wadd_wchnstr) \
	F(wnoutrefresh) F(doupdate) F(clearok) F(wget_wch) F(curs_set) F(resizeterm) F(wresize) F(werase) F(leaveok) \
	F(def_prog_mode) F(reset_prog_mode) F(typeahead)
#define CURSES_MEMBER(f) __typeof__(f) *f;
/* clang-format on */

extern struct curses_lib {
	LIBNCURSES(CURSES_MEMBER)
} nc;

/* Returns why ncurses is not there, or NULL. */
const char *curses_load(void);

#endif
