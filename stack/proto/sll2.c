/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Linux cooked capture, version 2: it knows the interface. LINKTYPE_LINUX_SLL2 of the pcap registry.
 *
 *  0  protocol               2 bytes
 *  2  reserved               2
 *  4  interface index        4
 *  8  ARPHRD_ type           2
 * 10  packet type            1
 * 11  address length         1
 * 12  address                8
 */
#include "proto/sll.h"

enum {
	SLL2_PROTOCOL = REM_BYTES(0, 2),
	SLL2_HALEN = REM_BYTES(11, 1),
	SLL2_ADDRESS = 12,
	SLL2_HEADER = 20,
};

/* clang-format off */
static const struct rem_field sll2_fields[] = {
	REM_FIELD(REM_BYTES(4, 4), "sll.ifindex", "Interface index", UINT, DEC, ID, NULL,
		  "Linux's number of the interface."),
	REM_FIELD(REM_BYTES(8, 2), "sll.hatype", "Link type", UINT, DEC, TYPE, NULL,
		  "Linux's ARPHRD_ number of the interface.", REM_NAMED(.names = &hardware_names)),
	REM_FIELD(REM_BYTES(10, 1), "sll.pkttype", "Packet type", UINT, DEC, TYPE, NULL,
		  "Who the packet was for, or that we sent it.", REM_NAMED(.names = &type_names)),
	REM_FIELD(SLL2_HALEN, "sll.halen", "Address length", UINT, DEC, SIZE, NULL,
		  "Bytes of the sender's link address.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_table sll2_tables[] = { SLL_TABLES(sll2_fields) };
static const struct rem_bind sll2_binds[] = { {REM_SPACE_LINKTYPE, 276} };
/* clang-format on */

static int sll2_decode(struct rem_breakdown *b, struct rem_view v)
{
	const bool whole = v.cap >= SLL2_HEADER;
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p,
					 v.cap < SLL2_ADDRESS ? v.cap : SLL2_ADDRESS);

	if (!whole) {
		rem_fault(part, rem_lack(v, SLL2_HEADER), 0);
		return (int)v.cap;
	}
	push_protocol(b, v.p);
	push_address(b, v.p + SLL2_ADDRESS, ADDRESS_ROOM, rem_get(v.p, SLL2_HALEN));
	rem_next(b, REM_SPACE_ETHERTYPE, rem_get(v.p, SLL2_PROTOCOL),
		 rem_view_skip(v, SLL2_HEADER));
	return (int)v.cap;
}

const struct rem_proto rem_proto_sll2 = {
	.table = sll2_tables,
	.tables = REM_COUNT(sll2_tables),
	.bind = sll2_binds,
	.binds = REM_COUNT(sll2_binds),
	.decode = sll2_decode,
	.spaces = 1 << REM_SPACE_ETHERTYPE,
	REM_PROTO_NAMES("sll", "SLL2", "Linux cooked capture, version 2", "LINKTYPE_LINUX_SLL2"),
};

static void sll2_line(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	if (b->source[layer->source].cap - layer->off < SLL2_HEADER)
		rem_out_str(out, "cooked header cut short");
	else
		out_sll(out, rem_get(rem_part_bytes(b, layer), SLL2_PROTOCOL));
}

rem_info *const rem_info_sll2 = sll2_line;
