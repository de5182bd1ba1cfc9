/* SPDX-License-Identifier: BSD-3-Clause */
/* How things stand with the plugin: `remora wireshark` and `remora doctor` tell it alike. */
#ifndef CMD_WIRESHARK_H
#define CMD_WIRESHARK_H

#include "machine/standing.h"

/* at_hand: the plugins, each a struct plugin, that could be installed. */

/* Tells of each Wireshark of this machine, that there is none, and who is root; tell_one returns
 * whether it is left to a home folder to have the plugin. */
void tell_each(bool (*tell_one)(const struct wireshark *, const GPtrArray *),
	       const GPtrArray *at_hand);
/* How it stands with each. */
void tell_all(const GPtrArray *at_hand);

/* It "is installed" where p lies; prove: tshark is asked whether it loads. */
void tell_installed(const struct wireshark *w, const struct plugin *p, const char *done,
		    bool prove);

/* Copies are in each other's way; none is there that fits; what is there is none of remora. */
void tell_copies(const struct wireshark *w, const struct standing *s);
void tell_missing(const struct wireshark *w, const GPtrArray *at_hand);
void tell_stranger(const struct wireshark *w, const struct standing *s);

#endif
