/* SPDX-License-Identifier: BSD-3-Clause */
/* The interfaces of this machine: which there are, and the choice of one to capture on. */
#ifndef INTERFACES_MENU_H
#define INTERFACES_MENU_H

#include "live/devices.h"

struct tui;

/* "192.0.2.1, down": what there is to say of one, and what keeps it from being captured on; g_free. */
char *device_words(const struct device *d);
/* Shows what is left out of a capture that has begun, if anything is. */
void tell_left_out(struct tui *t);

#endif
