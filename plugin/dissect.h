/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames through the core: behind Wireshark's own dissectors, or by name in place of one. */
#ifndef DISSECT_H
#define DISSECT_H

#include "compat.h"

void dissect_register(void);
void dissect_handoff(void);

#endif
