/* SPDX-License-Identifier: BSD-3-Clause */
/* What is to be said of the packet under the cursor, and of the field in it. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "grid.h"

#include <glib.h>

struct tui;

/* "Frame 15 · Ethernet / IPv4 / UDP / NTP", and "90 bytes · 2 checksums good". */
void explain_packet(const struct tui *t, GString *left, GString *right);
/* A line on the field: its key, bits, value, section, and what it says. */
void explain_field(struct tui *t, struct area area);

#endif
