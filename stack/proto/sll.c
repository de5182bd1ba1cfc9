/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Linux cooked capture: what libpcap writes for interfaces without a link layer of their own, and
 * for `any`. LINKTYPE_LINUX_SLL of the pcap registry.
 *
 *  0  packet type            2 bytes
 *  2  ARPHRD_ type           2
 *  4  address length         2
 *  6  address                8
 * 14  protocol               2
 */
#include "proto/sll.h"

enum {
	SLL_HALEN = REM_BYTES(4, 2),
	SLL_PROTOCOL = REM_BYTES(14, 2),
	SLL_ADDRESS = 6,
	SLL_HEADER = 16,
};

/* clang-format off */
static const struct rem_field sll_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "sll.pkttype", "Packet type", UINT, DEC, TYPE, NULL,
		  "Who the packet was for, or that we sent it.", REM_NAMED(.names = &type_names)),
	REM_FIELD(REM_BYTES(2, 2), "sll.hatype", "Link type", UINT, DEC, TYPE, NULL,
		  "Linux's ARPHRD_ number of the interface.", REM_NAMED(.names = &hardware_names)),
	REM_FIELD(SLL_HALEN, "sll.halen", "Address length", UINT, DEC, SIZE, NULL,
		  "Bytes of the sender's link address.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_table sll_tables[] = { SLL_TABLES(sll_fields) };
static const struct rem_bind sll_binds[] = { {REM_SPACE_LINKTYPE, 113} };
/* clang-format on */

static int sll_decode(struct rem_breakdown *b, struct rem_view v)
{
	const bool whole = v.cap >= SLL_HEADER;
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p,
					 v.cap < SLL_ADDRESS ? v.cap : SLL_ADDRESS);

	if (!whole) {
		rem_fault(part, rem_lack(v, SLL_HEADER), 0);
		return (int)v.cap;
	}
	push_address(b, v.p + SLL_ADDRESS, ADDRESS_ROOM, rem_get(v.p, SLL_HALEN));
	push_protocol(b, v.p + 14);
	rem_next(b, REM_SPACE_ETHERTYPE, rem_get(v.p, SLL_PROTOCOL), rem_view_skip(v, SLL_HEADER));
	return (int)v.cap;
}

const struct rem_proto rem_proto_sll = {
	.table = sll_tables,
	.tables = REM_COUNT(sll_tables),
	.bind = sll_binds,
	.binds = REM_COUNT(sll_binds),
	.decode = sll_decode,
	.spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("sll", "SLL", "Linux cooked capture", "LINKTYPE_LINUX_SLL"),
};

static void sll_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	if (b->source[layer->source].cap - layer->off < SLL_HEADER)
		rem_out_str(out, "cooked header cut short");
	else
		out_sll(out, rem_get(rem_part_bytes(b, layer), SLL_PROTOCOL));
}

rem_info *const rem_info_sll = sll_line;
