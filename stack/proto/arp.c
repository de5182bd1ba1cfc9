/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ARP and RARP: RFC 826, RFC 903; probes and announcements: RFC 5227. The diagram and the handles
 * stand in remora/arp.h.
 */
#include "core/decode.h"
#include <remora/arp.h>
#include <remora/ethernet.h>
#include <remora/numbers.h>
#include <remora/text.h>

/* ATM puts the sizes of its two-part addresses elsewhere: RFC 2225 8.3. */
enum {
	ATM_SENDER_NUMBER = REM_BITS(34, 6), ATM_SENDER_SUBADDRESS = REM_BITS(42, 6),
	ATM_SENDER_PROTO = REM_BITS(64, 8),
	ATM_TARGET_NUMBER = REM_BITS(74, 6), ATM_TARGET_SUBADDRESS = REM_BITS(82, 6),
	ATM_TARGET_PROTO = REM_BITS(88, 8),
	ATM_ADDRESSES = REM_REST(96),

	ATM_HEADER = 12,                /* bytes */
};

enum { TABLE_IPV4, TABLE_ANY, TABLE_ATM, TABLE_ADDRESS };

enum {
	ADDRESS_SENDER_MAC, ADDRESS_SENDER_HW, ADDRESS_SENDER_AX25, ADDRESS_SENDER_IPV4,
	ADDRESS_SENDER_PROTO,
	ADDRESS_TARGET_MAC, ADDRESS_TARGET_HW, ADDRESS_TARGET_AX25, ADDRESS_TARGET_IPV4,
	ADDRESS_TARGET_PROTO,
	ADDRESS_CUT,
};

static rem_calc is_gratuitous, is_probe, is_announcement;

/* clang-format off */
REM_NAMES(op_names, {1, "request"}, {2, "reply"}, {3, "reverse request"}, {4, "reverse reply"},
	  {5, "dynamic reverse request"}, {6, "dynamic reverse reply"}, {7, "dynamic reverse error"},
	  {8, "inverse request"}, {9, "inverse reply"}, {10, "NAK"},
	  {11, "MARS request"}, {12, "MARS multi"}, {13, "MARS server"}, {14, "MARS join"}, {15, "MARS leave"},
	  {16, "MARS NAK"}, {17, "MARS unregister server"}, {18, "MARS server join"}, {19, "MARS server leave"},
	  {20, "MARS group list request"}, {21, "MARS group list reply"}, {22, "MARS redirect map"},
	  {23, "MAPOS unregister"}, {24, "experiment 1"}, {25, "experiment 2"});

#define TYPES \
	REM_FIELD(REM_ARP_HTYPE, "arp.hw.type", "Hardware type", UINT, DEC, TYPE, "RFC 826", \
		  "The link that addresses are asked for.", REM_NAMED(.names = &rem_hardware_names)), \
	REM_FIELD(REM_ARP_PTYPE, "arp.proto.type", "Protocol type", UINT, HEX, PROTO, "RFC 826", \
		  "The protocol whose addresses are known, as an EtherType.", \
		  REM_NAMED(.names = &rem_ethertype_names))
#define OPERATION \
	REM_FIELD(REM_ARP_OP, "arp.opcode", "Operation", UINT, DEC, OP, "RFC 826", \
		  "Question or answer.", .flags = REM_F_LABEL, REM_NAMED(.names = &op_names))
#define HEADER \
	TYPES, \
	REM_FIELD(REM_ARP_HSIZE, "arp.hw.size", "Hardware size", UINT, DEC, SIZE, "RFC 826", \
		  "Length of a hardware address.", REM_NAMED(.unit = "bytes")), \
	REM_FIELD(REM_ARP_PSIZE, "arp.proto.size", "Protocol size", UINT, DEC, SIZE, "RFC 826", \
		  "Length of a protocol address.", REM_NAMED(.unit = "bytes")), \
	OPERATION, \
	REM_FIELD(REM_BITS(0, 0), "arp.isgratuitous", "Gratuitous", BOOL, DEC, NONE, "RFC 5944 4.6", \
		  "Sender and target are the same: nobody is asked.", .flags = REM_F_DERIVED, \
		  .calc = is_gratuitous), \
	REM_FIELD(REM_BITS(0, 0), "arp.isprobe", "Probe", BOOL, DEC, NONE, "RFC 5227 2.1.1", \
		  "The sender has no address yet, and asks whether this one is free.", \
		  .flags = REM_F_DERIVED, .calc = is_probe), \
	REM_FIELD(REM_BITS(0, 0), "arp.isannouncement", "Announcement", BOOL, DEC, NONE, "RFC 5227 2.3", \
		  "The sender tells everybody which address it has.", .flags = REM_F_DERIVED, \
		  .calc = is_announcement)

static const struct rem_field ipv4_fields[] = {
	HEADER,
	REM_FIELD(REM_ARP_SHA, "arp.src.hw_mac", "Sender MAC", MAC, HEX, ADDRESS, "RFC 826",
		  "Who asks or answers."),
	REM_FIELD(REM_ARP_SPA, "arp.src.proto_ipv4", "Sender IP", IPV4, DEC, SOURCE, "RFC 826",
		  "The sender's IPv4 address."),
	REM_FIELD(REM_ARP_THA, "arp.dst.hw_mac", "Target MAC", MAC, HEX, ADDRESS, "RFC 826",
		  "Who is answered; unknown in a question."),
	REM_FIELD(REM_ARP_TPA, "arp.dst.proto_ipv4", "Target IP", IPV4, DEC, DESTINATION, "RFC 826",
		  "The IPv4 address that is asked for."),
};
static const struct rem_field any_fields[] = { HEADER };
/* The sizes of a number or a subaddress: a reserved bit, its type, its bytes. */
#define ATM_SIZE(size_, key_, name_) \
	REM_FIELD(REM_BITS(REM_OFF(size_) - 2, 1), NULL, name_ " reserved", BOOL, DEC, RESERVED, "RFC 2225 8.3", \
		  "Must be zero."), \
	REM_FIELD(REM_BITS(REM_OFF(size_) - 1, 1), NULL, name_ " type", BOOL, DEC, NONE, "RFC 2225 8.3", \
		  "0: in the form of an ATM Forum NSAP, 1: of E.164."), \
	REM_FIELD(size_, key_ "len", name_ " length", UINT, DEC, SIZE, "RFC 2225 8.3", "Its bytes.", \
		  REM_NAMED(.unit = "bytes"))
#define ATM_PROTO(size_, key_, name_) \
	REM_FIELD(size_, key_ "pln", name_ " protocol size", UINT, DEC, SIZE, "RFC 2225 8.3", \
		  "Bytes of a protocol address.", REM_NAMED(.unit = "bytes"))
static const struct rem_field atm_fields[] = {
	TYPES,
	ATM_SIZE(ATM_SENDER_NUMBER, "arp.src.h", "Sender number"),
	ATM_SIZE(ATM_SENDER_SUBADDRESS, "arp.src.s", "Sender subaddress"),
	OPERATION,
	ATM_PROTO(ATM_SENDER_PROTO, "arp.src.", "Sender"),
	ATM_SIZE(ATM_TARGET_NUMBER, "arp.dst.h", "Target number"),
	ATM_SIZE(ATM_TARGET_SUBADDRESS, "arp.dst.s", "Target subaddress"),
	ATM_PROTO(ATM_TARGET_PROTO, "arp.dst.", "Target"),
	REM_FIELD(ATM_ADDRESSES, NULL, "Addresses", BYTES, HEX, ADDRESS, "RFC 2225 8.3",
		  "Numbers, subaddresses and protocol addresses of sender and target."),
};

static const struct rem_field address_fields[] = {
	[ADDRESS_SENDER_MAC] = REM_FIELD(REM_BYTES(0, 6), "arp.src.hw_mac", "Sender MAC", MAC, HEX, ADDRESS,
		"RFC 826", "Who asks or answers."),
	[ADDRESS_SENDER_HW] = REM_FIELD(REM_REST(0), "arp.src.hw", "Sender hardware address", BYTES, HEX, ADDRESS,
		"RFC 826", "Who asks or answers."),
	[ADDRESS_SENDER_AX25] = REM_FIELD(REM_REST(0), NULL, "Sender AX.25 address", BYTES, HEX, ADDRESS,
		"RFC 826", "Who asks or answers."),
	[ADDRESS_SENDER_IPV4] = REM_FIELD(REM_BYTES(0, 4), "arp.src.proto_ipv4", "Sender IP", IPV4, DEC, SOURCE,
		"RFC 826", "The sender's IPv4 address."),
	[ADDRESS_SENDER_PROTO] = REM_FIELD(REM_REST(0), "arp.src.proto", "Sender protocol address", BYTES, HEX,
		SOURCE, "RFC 826", "The sender's address in another protocol."),
	[ADDRESS_TARGET_MAC] = REM_FIELD(REM_BYTES(0, 6), "arp.dst.hw_mac", "Target MAC", MAC, HEX, ADDRESS,
		"RFC 826", "Who is answered; unknown in a question."),
	[ADDRESS_TARGET_HW] = REM_FIELD(REM_REST(0), "arp.dst.hw", "Target hardware address", BYTES, HEX, ADDRESS,
		"RFC 826", "Who is answered; unknown in a question."),
	[ADDRESS_TARGET_AX25] = REM_FIELD(REM_REST(0), NULL, "Target AX.25 address", BYTES, HEX, ADDRESS,
		"RFC 826", "Who is answered; unknown in a question."),
	[ADDRESS_TARGET_IPV4] = REM_FIELD(REM_BYTES(0, 4), "arp.dst.proto_ipv4", "Target IP", IPV4, DEC, DESTINATION,
		"RFC 826", "The IPv4 address that is asked for."),
	[ADDRESS_TARGET_PROTO] = REM_FIELD(REM_REST(0), "arp.dst.proto", "Target protocol address", BYTES, HEX,
		DESTINATION, "RFC 826", "The address in another protocol that is asked for."),
	[ADDRESS_CUT] = REM_FIELD(REM_REST(0), NULL, "Addresses", BYTES, HEX, NONE, "RFC 826",
		"What is here of addresses that do not fit."),
};

static const struct rem_table arp_tables[] = {
	[TABLE_IPV4] = REM_TABLE("ARP", ipv4_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ANY] = REM_TABLE("ARP", any_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ATM] = REM_TABLE("ATM ARP", atm_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ADDRESS] = REM_TABLE("Address", address_fields, .flags = REM_TABLE_ONCE),
};

static const struct rem_bind arp_binds[] = {
	{REM_SPACE_ETHERTYPE, REM_ETHERTYPE_ARP}, {REM_SPACE_ETHERTYPE, REM_ETHERTYPE_RARP},
};
/* clang-format on */

int rem_arp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_ARP_HEADER ? v.cap : REM_ARP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	if (v.cap < REM_ARP_HEADER)
		return rem_lack(v, REM_ARP_HEADER);
	const uint32_t n = 2 * (rem_get(v.p, REM_ARP_HSIZE) + rem_get(v.p, REM_ARP_PSIZE));
	const struct rem_view rest = h->payload;
	h->payload = rem_view_first(rest, n);
	if (rest.cap >= n)
		return REM_OK;
	h->bad = rest.wire < n ? REM_ARP_HSIZE : 0;
	return rem_lack(rest, n);
}

static bool has_mac(const uint8_t *p)
{
	const uint32_t type = rem_get(p, REM_ARP_HTYPE);

	return (type == REM_ARP_ETHERNET || type == REM_ARP_IEEE802) &&
	       rem_get(p, REM_ARP_HSIZE) == 6;
}

static bool has_ipv4(const uint8_t *p)
{
	return rem_get(p, REM_ARP_PTYPE) == REM_ETHERTYPE_IPV4 && rem_get(p, REM_ARP_PSIZE) == 4;
}

bool rem_arp_is_ipv4(struct rem_view v)
{
	/* protocol type and both sizes, which stand together */
	return v.cap >= REM_ARP_LENGTH &&
	       rem_get(v.p, REM_BYTES(2, 4)) == (REM_ETHERTYPE_IPV4 << 16 | 6 << 8 | 4) &&
	       has_mac(v.p);
}

static uint32_t push_address(struct rem_breakdown *b, unsigned row, const uint8_t *p, uint32_t n)
{
	if (n > 0)
		rem_push_row(b, TABLE_ADDRESS, row, p, n);
	return n;
}

/* Four addresses of any sizes; all of them are here. */
static void push_addresses(struct rem_breakdown *b, const uint8_t *p)
{
	const uint32_t hw = rem_get(p, REM_ARP_HSIZE), proto = rem_get(p, REM_ARP_PSIZE);
	const bool ax25 = rem_get(p, REM_ARP_HTYPE) == REM_ARP_AX25 && hw == 7;
	const unsigned any_row = ax25 ? ADDRESS_SENDER_AX25 : ADDRESS_SENDER_HW;
	const unsigned hw_row = has_mac(p) ? ADDRESS_SENDER_MAC : any_row;
	const unsigned proto_row = has_ipv4(p) ? ADDRESS_SENDER_IPV4 : ADDRESS_SENDER_PROTO;
	const unsigned target = ADDRESS_TARGET_MAC - ADDRESS_SENDER_MAC;

	p += REM_ARP_HEADER;
	p += push_address(b, hw_row, p, hw);
	p += push_address(b, proto_row, p, proto);
	p += push_address(b, hw_row + target, p, hw);
	push_address(b, proto_row + target, p, proto);
}

/* The addresses stay bytes. */
static int decode_atm(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < ATM_HEADER)
		return REM_MISS;
	const uint32_t n = ATM_HEADER + rem_get(v.p, ATM_SENDER_NUMBER) +
			   rem_get(v.p, ATM_SENDER_SUBADDRESS) + rem_get(v.p, ATM_SENDER_PROTO) +
			   rem_get(v.p, ATM_TARGET_NUMBER) + rem_get(v.p, ATM_TARGET_SUBADDRESS) +
			   rem_get(v.p, ATM_TARGET_PROTO);
	if (n > v.cap)
		return REM_MISS;
	rem_push(b, TABLE_ATM, v.p, n);
	return (int)n;
}

static int arp_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_arp_check(v, &h);

	if (v.cap < REM_END(REM_ARP_HTYPE))
		return REM_MISS;
	if (rem_get(v.p, REM_ARP_HTYPE) == REM_ARP_ATM)
		return decode_atm(b, v);
	if (rem_arp_is_ipv4(v)) {
		rem_push(b, TABLE_IPV4, v.p, REM_ARP_LENGTH);
		return REM_ARP_LENGTH;
	}
	struct rem_part *part = rem_push(b, TABLE_ANY, v.p, h.len);
	if (err != REM_OK) {
		rem_fault(part, err, h.bad);
		if (h.payload.cap > 0)
			rem_push_row(b, TABLE_ADDRESS, ADDRESS_CUT, h.payload.p, h.payload.cap);
		return (int)(h.len + h.payload.cap);
	}
	part->len += h.payload.cap;
	if (rem_closely(b))
		push_addresses(b, v.p);
	return (int)(h.len + h.payload.cap);
}

/* Where the addresses of a message are. */
struct addresses {
	const uint8_t *spa, *tha, *tpa;
	uint32_t hw, proto;             /* their sizes */
	bool request, reply;
};

/* False: not all of the message is here. */
static bool find_addresses(const struct rem_breakdown *b, const struct rem_part *part,
			   struct addresses *a)
{
	const uint8_t *p = rem_part_bytes(b, part);
	struct rem_head h;

	if (rem_arp_check((struct rem_view){p, part->len, part->len}, &h) != REM_OK)
		return false;
	a->hw = rem_get(p, REM_ARP_HSIZE);
	a->proto = rem_get(p, REM_ARP_PSIZE);
	a->spa = p + REM_ARP_HEADER + a->hw;
	a->tha = a->spa + a->proto;
	a->tpa = a->tha + a->hw;
	a->request = rem_get(p, REM_ARP_OP) == REM_ARP_REQUEST;
	a->reply = rem_get(p, REM_ARP_OP) == REM_ARP_REPLY;
	return true;
}

static bool all_zero(const uint8_t *p, uint32_t n)
{
	while (n > 0 && *p == 0)
		p++, n--;
	return n == 0;
}

static bool gratuitous(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct addresses a;

	return find_addresses(b, part, &a) && (a.request || a.reply) && a.proto > 0 &&
	       rem_same(a.spa, a.tpa, a.proto);
}

static bool probe(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct addresses a;

	return find_addresses(b, part, &a) && a.request && has_ipv4(rem_part_bytes(b, part)) &&
	       all_zero(a.spa, a.proto) && all_zero(a.tha, a.hw) && !gratuitous(b, part);
}

static bool announcement(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct addresses a;

	return gratuitous(b, part) && find_addresses(b, part, &a) && a.request && a.hw > 0 &&
	       all_zero(a.tha, a.hw);
}

/* Rows that are there only when they are true. */
static bool is_gratuitous(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	v->u = gratuitous(b, row->part);
	return v->u;
}

static bool is_probe(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	v->u = probe(b, row->part);
	return v->u;
}

static bool is_announcement(const struct rem_breakdown *b, const struct rem_row *row,
			    struct rem_value *v)
{
	v->u = announcement(b, row->part);
	return v->u;
}

const struct rem_proto rem_proto_arp = {
	.table = arp_tables, .tables = REM_COUNT(arp_tables),
	.bind = arp_binds, .binds = REM_COUNT(arp_binds), .decode = arp_decode,
	REM_PROTO_NAMES("arp", "ARP", "Address Resolution Protocol", "RFC 826"),
};

/* "who has 10.0.0.2? tell 10.0.0.1", "10.0.0.2 is at 02:00:00:00:00:02" */
static void out_ipv4_line(struct rem_out *out, const struct rem_breakdown *b,
			  const struct rem_part *layer)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const uint32_t sender = rem_get(p, REM_ARP_SPA), target = rem_get(p, REM_ARP_TPA);

	if (gratuitous(b, layer)) {
		rem_out_str(out, announcement(b, layer) ? "announces " : "gratuitous: ");
		rem_out_ipv4(out, sender);
		rem_out_str(out, " is at ");
		rem_out_bytes(out, p + REM_OFF(REM_ARP_SHA) / 8, 6, ':');
	} else if (rem_get(p, REM_ARP_OP) == REM_ARP_REQUEST) {
		rem_out_str(out, "who has ");
		rem_out_ipv4(out, target);
		rem_out_str(out, probe(b, layer) ? "? (probe)" : "? tell ");
		if (!probe(b, layer))
			rem_out_ipv4(out, sender);
	} else {
		rem_out_ipv4(out, sender);
		rem_out_str(out, " is at ");
		rem_out_bytes(out, p + REM_OFF(REM_ARP_SHA) / 8, 6, ':');
	}
}

static void arp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);

	if (layer->len < REM_ARP_HEADER) {
		rem_out_str(out, "ARP header cut short");
		return;
	}
	const uint32_t op = rem_get(p, REM_ARP_OP);
	if (layer->table == TABLE_IPV4 && (op == REM_ARP_REQUEST || op == REM_ARP_REPLY)) {
		out_ipv4_line(out, b, layer);
		return;
	}
	const char *name = REM_NAME_OF(op_names, op);
	rem_out_str(out, name != NULL ? name : "operation ");
	if (name == NULL)
		rem_out_uint(out, op);
	rem_out_str(out, ", hardware type ");
	rem_out_uint(out, rem_get(p, REM_ARP_HTYPE));
	rem_out_str(out, ", protocol 0x");
	rem_out_hex(out, rem_get(p, REM_ARP_PTYPE), 4);
}

rem_info *const rem_info_arp = arp_line;
