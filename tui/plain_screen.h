/* SPDX-License-Identifier: BSD-3-Clause */
/* A screen as text: what tests compare, and what --save-screen writes. */
#ifndef PLAIN_SCREEN_H
#define PLAIN_SCREEN_H

#include "theme.h"

#include <glib.h>

/* The lines of the screen without the blanks at their ends; `ascii` as letters() has it. */
void plain_screen(GString *to, const struct grid *g, bool ascii);
/* The same lines of the letters that stand for the roles (roles.def), a dot for plain text. */
void plain_roles(GString *to, const struct grid *g);
/* The same lines as a terminal of 256 colours would be told, with escape sequences. */
void plain_ansi(GString *to, const struct grid *g, enum theme theme);

/* What stands for a character where there is no UTF-8: "-" for a line, "?" for what has none. */
uint32_t ascii_for(uint32_t c);

#endif
