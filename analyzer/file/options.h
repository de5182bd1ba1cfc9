/* SPDX-License-Identifier: BSD-3-Clause */
/* pcapng options, walked, checked, turned to the other byte order: draft-ietf-opsawg-pcapng 3.5. */
#ifndef FILE_OPTIONS_H
#define FILE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The options of a block as the file has them, in the byte order of their section. */
struct option_bytes {
	const uint8_t *p;
	uint32_t len;
	bool big_endian;
};

struct option {
	uint16_t code, len;
	const uint8_t *value;
};

/* clang-format off */
enum {
	OPT_END = 0, OPT_COMMENT = 1,
	OPT_CUSTOM_TEXT = 2988, OPT_CUSTOM_BYTES = 2989,               /* to be copied */
	OPT_CUSTOM_TEXT_LOCAL = 19372, OPT_CUSTOM_BYTES_LOCAL = 19373, /* not to be copied */
	SHB_HARDWARE = 2, SHB_OS = 3, SHB_APPLICATION = 4,
	IF_NAME = 2, IF_DESCRIPTION = 3, IF_IPV4 = 4, IF_IPV6 = 5, IF_MAC = 6, IF_EUI = 7,
	IF_SPEED = 8, IF_TSRESOL = 9, IF_TZONE = 10, IF_FILTER = 11, IF_OS = 12, IF_FCSLEN = 13,
	IF_TSOFFSET = 14, IF_HARDWARE = 15, IF_TX_SPEED = 16, IF_RX_SPEED = 17,
	PACKET_FLAGS = 2, PACKET_HASH = 3, PACKET_DROPCOUNT = 4, PACKET_ID = 5, PACKET_QUEUE = 6,
	PACKET_VERDICT = 7,
	STATISTICS_END = 3, STATISTICS_RECEIVED = 4, STATISTICS_DROPPED = 5,
	STATISTICS_ACCEPTED = 6, STATISTICS_DELIVERED = 8,
};
/* clang-format on */

/*
 * The next option from *iter on, which starts at 0. False at the end: opt_endofopt, the end of the
 * bytes, or an option that reaches past them; the latter cannot occur in what the reader handed
 * out.
 */
bool option_next(const struct option_bytes *o, size_t *iter, struct option *option);
/* The first option of that code. */
bool option_find(const struct option_bytes *o, uint16_t code, struct option *option);

/* Whose options they are decides what the codes mean. */
enum option_kind { OPTIONS_OTHER, OPTIONS_INTERFACE, OPTIONS_PACKET };
/* NULL: well formed. Otherwise what is wrong, and *offset where in the bytes. */
const char *options_check(const struct option_bytes *o, enum option_kind kind, uint32_t *offset);
/* A custom option that is not to be copied into another file. */
bool option_is_local(const struct option *option);
/*
 * Copies the options of a packet or an interface to out, which has room for o->len bytes: in that
 * byte order, without the local ones. Returns the bytes written.
 */
uint32_t options_copy(const struct option_bytes *o, enum option_kind kind, bool big_endian,
		      uint8_t *out);

#endif
