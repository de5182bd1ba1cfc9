/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tap `-z remora,crosscheck[,FILTER]`: what became of each key, over all frames. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "judge.h"

/* `wanted` says which of Wireshark's fields are compared. */
void summary_register(GArray *(*wanted)(void));
bool summary_is_wanted(void);
/* Hands on what was found in a frame; it must stay in the packet scope. */
void summary_note(packet_info *pinfo, const struct judgement *judgement);

#endif
