/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A run without a terminal: keys and commands from a file, a clock that only :wait moves, screens
 * saved as text. Lines of the file:
 *
 *   j j Ctrl-F Enter      keys, by their names
 *   "tcp.port == 80       text that is typed, up to the end of the line
 *   :command argument     what can stand behind ":"
 *   :wait 500             milliseconds pass
 *   :resize 120x40        the window is as large now
 *   :press 10 3           the mouse; also :wheel-up and :wheel-down
 *   :steps N              from here on, work for N microseconds between keys, not until all is done
 *   :save-screen FILE     the screen as text; - is standard output
 *   :save-roles FILE      its roles, a letter a cell
 *   :save-colours FILE    the screen with escape sequences of 256 colours
 *   # remark
 */
#ifndef SCRIPT_H
#define SCRIPT_H

struct tui;

/* Runs the file; "-" is standard input. 0, or the exit code, and why on standard error. */
int script_run(struct tui *t, const char *path);
/* Saves the screen as :save-screen does. */
int script_save_screen(struct tui *t, const char *path);

#endif
