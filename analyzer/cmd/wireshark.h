/* SPDX-License-Identifier: BSD-3-Clause */
/* How things stand with the plugin: `remora wireshark` and `remora doctor` tell it alike. */
#ifndef CMD_WIRESHARK_H
#define CMD_WIRESHARK_H

#include "machine/standing.h"

/* at_hand: the plugins, each a struct plugin, that could be installed. */

/* A finding for each Wireshark of this machine, and for who is root. */
void tell_all(const GPtrArray *at_hand);

/* Findings about one: it is installed at path, or copies of it are in each other's way. */
void tell_installed(const struct wireshark *w, const struct plugin *p, const char *done);
void tell_copies(const struct wireshark *w, const struct standing *s);
void tell_missing(const struct wireshark *w, const GPtrArray *at_hand);
void tell_stranger(const struct wireshark *w, const struct standing *s);

/* There is no Wireshark; Wireshark that is run by root ignores what is installed here. */
void tell_none(void);
void tell_root_trap(void);

#endif
