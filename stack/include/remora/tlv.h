/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Things that follow each other with a tag and a length in front: the options of IP, TCP, DHCP,
 * NDP, EDNS … One walker serves them all; a const descriptor says how wide tag and length are and
 * what they count. The live stack reads options by it, decode is a loop over it.
 */
#ifndef REMORA_TLV_H
#define REMORA_TLV_H

#include <remora/types.h>

#define REM_TLV_NONE 0x10000    /* no such tag */

struct rem_tlv {
	uint8_t unit;           /* bytes that the length counts in: 1; NDP: 8 */
	bool whole;             /* the length counts tag and length too */
	bool wide;              /* tag and length have 16 bits each, not 8 */
	uint32_t pad;           /* this tag stands alone, without a length, and means nothing */
	uint32_t end;           /* this tag stands alone and ends the list */
};

struct rem_tlv_item {
	uint32_t tag;
	int err;                /* REM_OK; REM_LENGTH: it lies; REM_SHORT: it is cut */
	struct rem_view whole;  /* tag, length and value */
	struct rem_view value;
};

/*
 * The next item of `rest`, which is moved behind it. False: nothing is left. Behind an end tag,
 * and behind an item whose length lies, nothing is left either: `rest` then holds what was not
 * walked. Each call moves by at least one byte.
 */
bool rem_tlv_next(const struct rem_tlv *kind, struct rem_view *rest, struct rem_tlv_item *item);

#endif
