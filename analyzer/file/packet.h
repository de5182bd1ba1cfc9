/* SPDX-License-Identifier: BSD-3-Clause */
/* A packet as a capture has it, from a file or from an interface. */
#ifndef FILE_PACKET_H
#define FILE_PACKET_H

#include "file/options.h"

/*
 * pcapng also has records which are no packets of a network: custom blocks, journal entries, system
 * calls. They are numbered among the packets, as Wireshark does; this stands for their link type,
 * `block` says what they are.
 */
enum { LINKTYPE_RECORD = 0xffff };

/* clang-format off */
/* One packet, or record. Who hands it out says how long its pointers are good. */
struct packet {
	uint64_t number;        /* the first is 1 */
	int64_t time_ns;        /* since 1970, UTC; held between the years 1677 and 2262 */
	uint64_t ticks;         /* the time as the file has it: pcapng in units of the interface, */
	                        /* pcap s << 32 | fraction; a custom block's enterprise number */
	uint32_t cap_len;       /* bytes at data */
	uint32_t len;           /* on the wire: may be less than cap_len in odd files; below 2^31 */
	const uint8_t *data;
	bool has_time;          /* simple packet blocks and custom blocks have none */
	bool has_interface;     /* the file tells the interface, as pcapng does for packets */
	uint16_t linktype;      /* LINKTYPE_ value as written: 12 stays 12 */
	uint32_t interface;     /* for interfaces_at: counted over the whole file */
	uint32_t interface_id;  /* the section's own number for it: frame.interface_id */
	uint32_t section;       /* the first is 1: frame.section_number; 0 in pcap */
	uint32_t flags;         /* epb_flags, 0 if none: the lowest 2 bits are 1 in, 2 out */
	uint32_t block;         /* type of the pcapng block, 0 in pcap */
	struct option_bytes options;
	const uint8_t *raw;     /* the pcapng block, whole, for a writer to copy; NULL in pcap. */
	uint32_t raw_len;       /* Who changes a packet before it is written sets raw to NULL. */
};
/* clang-format on */

/* The comments of a packet, one after the other; *iter starts at 0. Not NUL-terminated. */
bool packet_next_comment(const struct packet *p, size_t *iter, const char **text, size_t *len);

#endif
