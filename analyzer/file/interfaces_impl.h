/* SPDX-License-Identifier: BSD-3-Clause */
/* How the reader keeps interfaces. */
#ifndef FILE_INTERFACES_IMPL_H
#define FILE_INTERFACES_IMPL_H

#include "file/interfaces.h"

#include <string.h>

enum {
	PACKET_MAX = 262144,                 /* bytes captured of one packet, as Wireshark has it */
	RECORD_MAX = 8 * 1024 * 1024,        /* a record that has to be in memory at once */
	INTERFACES_MAX = 32768,
	INTERFACE_BYTES_MAX = 2 * 1024 * 1024, /* kept of the options of all interfaces */
};

/* An interface, and what all its packets have in common, which each of them begins as. */
struct known_interface {
	struct interface about;
	struct packet blank;
};

/* What a packet has in common with the others of its interface, which stands behind what it has of its own. */
static inline void packet_begin(struct packet *p, const struct known_interface *i)
{
	enum { COMMON = offsetof(struct packet, has_time) };

	memcpy((uint8_t *)p + COMMON, (const uint8_t *)&i->blank + COMMON, sizeof(*p) - COMMON);
}

/* Where an interface stands: its section, whose first interface is `first`. */
struct interface_place {
	uint32_t section, first;
};

/*
 * Adds an interface of that link type. Its clock is the caller's to set. NULL: there are
 * INTERFACES_MAX, or there is no memory.
 */
struct interface *interfaces_add(struct interfaces *s, struct interface_place place,
				 uint16_t linktype, const struct option_bytes *options);
/* if_tsresol, if_tsoffset: how ticks become time. */
void interface_set_clock(struct interface *i, const struct option_bytes *options);

#endif
