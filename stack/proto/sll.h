/* SPDX-License-Identifier: BSD-3-Clause */
/* What the two versions of Linux's cooked capture share: the sender's address and the protocol. */
#ifndef PROTO_SLL_H
#define PROTO_SLL_H

#include "core/decode.h"
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>

enum { ADDRESS_ROOM = 8 };

enum { TABLE_HEADER, TABLE_MAC, TABLE_IPV4, TABLE_OTHER, TABLE_UNUSED, TABLE_ETYPE, TABLE_LTYPE };

/* clang-format off */
REM_NAMES(type_names, {0, "unicast to us"}, {1, "broadcast"}, {2, "multicast"},
	  {3, "unicast to another host"}, {4, "sent by us"});
REM_NAMES(hardware_names, {1, "Ethernet"}, {512, "PPP"}, {768, "IP in IP"}, {772, "loopback"},
	  {776, "sit"}, {778, "GRE"}, {801, "802.11"}, {824, "netlink"}, {65534, "none"});
REM_NAMES(ltype_names, {1, "802.3 without LLC"}, {3, "any"}, {4, "802.2 LLC"}, {12, "CAN"});

static const struct rem_field mac_fields[] = {
	REM_FIELD(REM_BYTES(0, 6), "sll.src.eth", "Source", MAC, HEX, SOURCE, NULL, "Link address of the sender."),
};
static const struct rem_field ipv4_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "sll.src.ipv4", "Source", IPV4, DEC, SOURCE, NULL, "Address of the sender."),
};
static const struct rem_field other_fields[] = {
	REM_FIELD(REM_REST(0), "sll.src.other", "Source", BYTES, HEX, NONE, NULL, "Link address of the sender."),
};
static const struct rem_field unused_fields[] = {
	REM_FIELD(REM_REST(0), "sll.unused", "Unused", BYTES, HEX, NONE, NULL, "Rest of the room for addresses."),
};
static const struct rem_field etype_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "sll.etype", "Protocol", UINT, HEX, PROTO, NULL,
		  "EtherType of the payload.", REM_NAMED(.names = &rem_ethertype_names)),
};
static const struct rem_field ltype_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "sll.ltype", "Protocol", UINT, HEX, PROTO, NULL,
		  "Linux's own number of the payload's protocol.", REM_NAMED(.names = &ltype_names)),
};

#define SLL_TABLES(header) \
	[TABLE_HEADER] = REM_TABLE("Linux cooked capture", header, .flags = REM_TABLE_ONCE), \
	[TABLE_MAC] = REM_TABLE("Source", mac_fields, .flags = REM_TABLE_ONCE), \
	[TABLE_IPV4] = REM_TABLE("Source", ipv4_fields, .flags = REM_TABLE_ONCE), \
	[TABLE_OTHER] = REM_TABLE("Source", other_fields, .flags = REM_TABLE_ONCE), \
	[TABLE_UNUSED] = REM_TABLE("Unused", unused_fields, .flags = REM_TABLE_ONCE), \
	[TABLE_ETYPE] = REM_TABLE("Protocol", etype_fields, .flags = REM_TABLE_ONCE), \
	[TABLE_LTYPE] = REM_TABLE("Protocol", ltype_fields, .flags = REM_TABLE_ONCE)
/* clang-format on */

/* The sender's address, as long as it says it is, and what is left of its room. */
static inline void push_address(struct rem_breakdown *b, const uint8_t *p, uint32_t room,
				uint32_t length)
{
	const uint32_t said = length < ADDRESS_ROOM ? length : ADDRESS_ROOM;
	const uint32_t n = said < room ? said : room;

	if (n > 0 && n == said)
		rem_push(b, said == 6 ? TABLE_MAC : said == 4 ? TABLE_IPV4 : TABLE_OTHER, p, n);
	if (room > n)
		rem_push(b, TABLE_UNUSED, p + n, room - n);
}

static inline void push_protocol(struct rem_breakdown *b, const uint8_t *p)
{
	rem_push(b, rem_be16(p) >= REM_ETH_MIN_TYPE ? TABLE_ETYPE : TABLE_LTYPE, p, 2);
}

static inline void out_sll(struct rem_out *out, uint32_t type)
{
	const char *name = rem_name_of(&rem_ethertype_names, type);

	rem_out_str(out, name != NULL ? name : "protocol");
	rem_out_str(out, " 0x");
	rem_out_hex(out, type, 4);
}

#endif
