/* SPDX-License-Identifier: BSD-3-Clause */
/* The first line: what is open and how far along it is; the last: keys, or what was said. */
#ifndef TITLE_H
#define TITLE_H

#include "grid.h"
#include "keyboard.h"

struct tui;

void title_draw(struct tui *t, struct area area);
void last_line_draw(struct tui *t, struct area area);
/* Above a line that is asked for at the bottom: what is wrong with it, or its keys. */
void prompt_hint_draw(struct tui *t, struct area area);
/* A press on a screen's name, or on a key of the F-key bar. */
bool title_mouse(struct tui *t, const struct mouse *m);

#endif
