/* SPDX-License-Identifier: BSD-3-Clause */
/* The program on a terminal: waits for keys, signals and packets, works and draws in between. */
#ifndef LOOP_H
#define LOOP_H

#include "terminal.h"
#include "tui.h"

/* From now on signals are read; -1: see errno. */
int loop_signals(void);
/* Until the end. Returns 0, or 128 and the signal that ended it. */
int loop_run(struct tui *t, struct terminal *terminal, int signals);

#endif
