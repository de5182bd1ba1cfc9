/* SPDX-License-Identifier: BSD-3-Clause */
/* The terminal is given back even by a program that crashes. */
#ifndef CRASH_H
#define CRASH_H

#include <stddef.h>
#include <termios.h>

/*
 * From now on a fatal signal first writes `text` to fd, which undoes what was done to the terminal,
 * and gives it its old modes; then it takes its course. Text and modes are copied: the handler
 * calls nothing but write and tcsetattr.
 */
void crash_guard(int fd, const char *text, size_t n, const struct termios *modes);
/* No longer: the terminal has been given back. */
void crash_unguard(void);
/* Again. */
void crash_reguard(void);

#endif
