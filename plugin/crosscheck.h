/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark as the judge of our decoders: each of remora's fields in a frame against Wireshark's
 * own of that name, in value and bits, where Wireshark's lies in the frame itself. Switched on by
 * a preference or by the tap `-z remora,crosscheck`; costs nothing while it is off.
 */
#ifndef CROSSCHECK_H
#define CROSSCHECK_H

#include "compat.h"

#include <remora/remora.h>

/* `post`: the post-dissector, which from now on asks for Wireshark's fields while it is on. */
void crosscheck_register(int proto, dissector_handle_t post);
/* The preference. */
void crosscheck_prefer(bool on);
bool crosscheck_is_on(void);

/* Judges a frame from its whole breakdown. True: there are disagreements to show. */
bool crosscheck_judge(const struct rem_breakdown *b, tvbuff_t *tvb, packet_info *pinfo,
		      proto_tree *tree);
/* Adds the disagreements of the frame that was judged last, with an expert item for each. */
void crosscheck_show(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

#endif
