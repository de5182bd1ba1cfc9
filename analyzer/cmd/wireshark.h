/* SPDX-License-Identifier: BSD-3-Clause */
/* How things stand with the plugin: `remora wireshark` and `remora doctor` tell it alike. */
#ifndef CMD_WIRESHARK_H
#define CMD_WIRESHARK_H

#include "machine/standing.h"

/* at_hand: the plugins, each a struct plugin, that could be installed. */

/* A finding for each Wireshark of this machine, and for who is root. */
void tell_all(const GPtrArray *at_hand);

/* It "is installed" where p lies; prove: tshark is asked whether it loads. */
void tell_installed(const struct wireshark *w, const struct plugin *p, const char *done,
		    bool prove);

/* Copies are in each other's way; none is there that fits; what is there is none of remora. */
void tell_copies(const struct wireshark *w, const struct standing *s);
void tell_missing(const struct wireshark *w, const GPtrArray *at_hand);
void tell_stranger(const struct wireshark *w, const struct standing *s);

/* There is no Wireshark; Wireshark that is run by root ignores what is installed here. */
void tell_none(void);
void tell_root_trap(void);

#endif
