/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables of ICMP: RFC 792, 950 (address mask), 1191 (MTU), 1256 (routers), 4884 (extensions),
 * 4950 (MPLS), 5837 (interfaces), 5944 (mobile IP), 8335 (extended echo).
 */
#include "proto/icmp_parts.h"
#include <remora/numbers.h>

#ifndef REM_NO_NAMES
static const struct rem_name type_name[] = {
	{0, "echo reply"}, {3, "destination unreachable"}, {4, "source quench"}, {5, "redirect"},
	{6, "alternate host address"}, {8, "echo request"}, {9, "router advertisement"},
	{10, "router solicitation"}, {11, "time exceeded"}, {12, "parameter problem"},
	{13, "timestamp request"}, {14, "timestamp reply"}, {15, "information request"},
	{16, "information reply"}, {17, "address mask request"}, {18, "address mask reply"},
	{30, "traceroute"}, {31, "conversion error"}, {32, "mobile host redirect"}, {40, "Photuris"},
	{42, "extended echo request"}, {43, "extended echo reply"},
};
const struct rem_names rem_icmp_type_names = {type_name, REM_COUNT(type_name)};

static const struct rem_name unreachable_name[] = {
	{0, "network"}, {1, "host"}, {2, "protocol"}, {3, "port"}, {4, "fragmentation needed"},
	{5, "source route failed"}, {6, "network unknown"}, {7, "host unknown"}, {8, "source host isolated"},
	{9, "network prohibited"}, {10, "host prohibited"}, {11, "network, for this service"},
	{12, "host, for this service"}, {13, "filtered"}, {14, "host precedence violation"},
	{15, "precedence cutoff"},
};
const struct rem_names rem_icmp_unreachable_names = {unreachable_name, REM_COUNT(unreachable_name)};
#endif

/* clang-format off */
REM_NAMES(state_names, {0, "reserved"}, {1, "incomplete"}, {2, "reachable"}, {3, "stale"}, {4, "delay"},
	  {5, "probe"}, {6, "failed"});
REM_NAMES(class_names, {1, "MPLS label stack"}, {2, "interface information"}, {3, "interface identification"});
REM_NAMES(role_names, {0, "incoming IP interface"}, {1, "sub-IP component"}, {2, "outgoing IP interface"},
	  {3, "IP next hop"});
REM_NAMES(afi_names, {1, "IPv4"}, {2, "IPv6"}, {3, "NSAP"}, {4, "HDLC"}, {5, "BBN 1822"}, {6, "IEEE 802"}, {7, "E.163"},
	  {8, "E.164"}, {9, "F.69"}, {10, "X.121"}, {11, "IPX"}, {12, "AppleTalk"}, {13, "DECnet IV"}, {14, "VINES"},
	  {15, "E.164 with NSAP"}, {16, "DNS"}, {17, "distinguished name"}, {18, "AS number"}, {24, "GWID"}, {25, "L2VPN"},
	  {16387, "LCAF"}, {16388, "BGP-LS"}, {16389, "48-bit MAC"}, {16390, "64-bit MAC"}, {16391, "OUI"});
REM_NAMES(mip_names, {0, "padding"}, {16, "mobility agent advertisement"}, {19, "prefix lengths"}, {24, "challenge"});

#define HEADER \
	REM_FIELD(REM_ICMP_TYPE, "icmp.type", "Type", UINT, DEC, TYPE, "RFC 792", \
		  "What the message says.", .flags = REM_F_LABEL, REM_NAMED(.names = &rem_icmp_type_names)), \
	REM_FIELD(REM_ICMP_CODE, "icmp.code", "Code", UINT, DEC, OP, "RFC 792", \
		  "Says it more precisely."), \
	REM_FIELD(REM_ICMP_SUM, "icmp.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 792", \
		  "One's complement sum of the message."), \
	REM_FIELD(REM_ICMP_SUM, "icmp.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 792", \
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = rem_icmp_sum_status, \
		  REM_NAMED(.names = &rem_sum_names))
#define IDENT \
	REM_FIELD(REM_ICMP_ID, "icmp.ident", "Identifier", UINT, DEC, ID, "RFC 792", \
		  "Tells one sender of requests from another."), \
	REM_FIELD(REM_LE(32, 16), "icmp.ident_le", "Identifier (LE)", UINT, DEC, NONE, "RFC 792", \
		  "The identifier of a little-endian sender that does not care.", .flags = REM_F_ALIAS)
#define ID_SEQ \
	IDENT, \
	REM_FIELD(REM_ICMP_SEQ, "icmp.seq", "Sequence number", UINT, DEC, SEQUENCE, "RFC 792", \
		  "Tells one request from another."), \
	REM_FIELD(REM_LE(48, 16), "icmp.seq_le", "Sequence number (LE)", UINT, DEC, NONE, "RFC 792", \
		  "The number of a little-endian sender that does not care.", .flags = REM_F_ALIAS)
#define UNUSED(at, n) \
	REM_FIELD(REM_BYTES(at, n), "icmp.unused", "Unused", BYTES, HEX, RESERVED, "RFC 792", "Should be zero.")
#define SIZED \
	REM_FIELD(REM_ICMP_LENGTH, "icmp.length", "Length", UINT, DEC, SIZE, "RFC 4884 4", \
		  "Length of the quoted datagram in words.", REM_NAMED(.unit = "x 4 bytes")), \
	REM_FIELD(REM_ICMP_LENGTH, "icmp.length.original_datagram", "Quoted bytes", UINT, DEC, NONE, "RFC 4884 4", \
		  "Length of the quoted datagram in bytes.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .scale = 4, \
		  REM_NAMED(.unit = "bytes"))
#define MTU \
	REM_FIELD(REM_ICMP_MTU, "icmp.mtu", "Next-hop MTU", UINT, DEC, SIZE, "RFC 1191 4", \
		  "The largest datagram that the next hop takes.", REM_NAMED(.unit = "bytes"))
#define POINTER \
	REM_FIELD(REM_ICMP_POINTER, "icmp.pointer", "Pointer", UINT, DEC, SIZE, "RFC 792", \
		  "The byte of the quoted datagram that is wrong.")

static const struct rem_field plain_fields[] = {
	HEADER,
	REM_FIELD(REM_BYTES(4, 4), NULL, "Rest of header", BYTES, HEX, RESERVED, "RFC 792",
		  "Nothing that remora knows of in a message of this type."),
};
static const struct rem_field echo_fields[] = { HEADER, ID_SEQ };
static const struct rem_field timestamp_fields[] = {
	HEADER,
	ID_SEQ,
	REM_FIELD(REM_BYTES(8, 4), "icmp.originate_timestamp", "Originate", UINT, DEC, TIME, "RFC 792",
		  "When the request was sent: milliseconds since midnight UT.", REM_NAMED(.unit = "ms")),
	REM_FIELD(REM_BYTES(12, 4), "icmp.receive_timestamp", "Receive", UINT, DEC, TIME, "RFC 792",
		  "When it came in.", REM_NAMED(.unit = "ms")),
	REM_FIELD(REM_BYTES(16, 4), "icmp.transmit_timestamp", "Transmit", UINT, DEC, TIME, "RFC 792",
		  "When the answer went out.", REM_NAMED(.unit = "ms")),
};
static const struct rem_field mask_fields[] = {
	HEADER,
	ID_SEQ,
	REM_FIELD(REM_BYTES(8, 4), "icmp.address_mask", "Address mask", IPV4, DEC, ADDRESS, "RFC 950 I",
		  "The mask of the network that the request came in on."),
};
static const struct rem_field unreachable_fields[] = { HEADER, UNUSED(4, 4) };
static const struct rem_field unreachable_sized_fields[] = { HEADER, UNUSED(4, 1), SIZED, UNUSED(6, 2) };
static const struct rem_field mtu_fields[] = { HEADER, UNUSED(4, 2), MTU };
static const struct rem_field mtu_sized_fields[] = { HEADER, UNUSED(4, 1), SIZED, MTU };
static const struct rem_field redirect_fields[] = {
	HEADER,
	REM_FIELD(REM_ICMP_GATEWAY, "icmp.redir_gw", "Gateway", IPV4, DEC, ADDRESS, "RFC 792",
		  "Where such datagrams should go."),
};
static const struct rem_field parameter_fields[] = { HEADER, POINTER, UNUSED(5, 3) };
static const struct rem_field parameter_sized_fields[] = { HEADER, POINTER, SIZED, UNUSED(6, 2) };
static const struct rem_field router_fields[] = {
	HEADER,
	REM_FIELD(REM_BYTES(4, 1), "icmp.num_addrs", "Addresses", UINT, DEC, COUNT, "RFC 1256 3",
		  "How many routers are advertised."),
	REM_FIELD(REM_BYTES(5, 1), "icmp.addr_entry_size", "Entry size", UINT, DEC, SIZE, "RFC 1256 3",
		  "Length of each entry in words.", REM_NAMED(.unit = "x 4 bytes")),
	REM_FIELD(REM_BYTES(6, 2), "icmp.lifetime", "Lifetime", UINT, DEC, TIME, "RFC 1256 3",
		  "How long the routers are good for.", REM_NAMED(.unit = "s")),
};
static const struct rem_field router_entry_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "icmp.router_address", "Router", IPV4, DEC, ADDRESS, "RFC 1256 3",
		  "Address of a router."),
	REM_FIELD(REM_BYTES(4, 4), "icmp.pref_level", "Preference", INT, DEC, NONE, "RFC 1256 3",
		  "The higher, the better."),
};
#define EXTENDED \
	HEADER, \
	IDENT, \
	REM_FIELD(REM_BYTES(6, 1), "icmp.ext.echo.seq", "Sequence number", UINT, DEC, SEQUENCE, "RFC 8335 2", \
		  "Tells one request from another.")
static const struct rem_field extended_fields[] = {
	EXTENDED,
	REM_FIELD(REM_BITS(56, 7), "icmp.ext.echo.req.res", "Reserved", UINT, HEX, RESERVED, "RFC 8335 2",
		  "Must be zero."),
	REM_FIELD(REM_BITS(63, 1), "icmp.ext.echo.req.local", "Local", BOOL, DEC, FLAGS, "RFC 8335 2",
		  "Whether the interface is the proxy's own."),
};
static const struct rem_field extended_reply_fields[] = {
	EXTENDED,
	REM_FIELD(REM_BITS(56, 3), "icmp.ext.echo.rsp.state", "State", UINT, DEC, NONE, "RFC 8335 3",
		  "State of the neighbour's entry.", REM_NAMED(.names = &state_names)),
	REM_FIELD(REM_BITS(59, 2), "icmp.ext.echo.rsp.res", "Reserved", UINT, HEX, RESERVED, "RFC 8335 3",
		  "Must be zero."),
	REM_FIELD(REM_BITS(61, 1), "icmp.ext.echo.rsp.active", "Active", BOOL, DEC, FLAGS, "RFC 8335 3",
		  "Whether the interface is up."),
	REM_FIELD(REM_BITS(62, 1), "icmp.ext.echo.rsp.ipv4", "IPv4", BOOL, DEC, FLAGS, "RFC 8335 3",
		  "Whether it runs IPv4."),
	REM_FIELD(REM_BITS(63, 1), "icmp.ext.echo.rsp.ipv6", "IPv6", BOOL, DEC, FLAGS, "RFC 8335 3",
		  "Whether it runs IPv6."),
};
static const struct rem_field stamp_fields[] = {
	REM_FIELD(REM_BYTES(0, 8), "icmp.data_time", "Sent at", TIME, DEC, TIME, "RFC 792",
		  "When ping sent the request, in its own byte order.", .calc = rem_icmp_data_time),
	REM_FIELD(REM_BYTES(0, 8), "icmp.data_time_relative", "Age", SPAN, DEC, NONE, "RFC 792",
		  "How long ago that was.", .flags = REM_F_ALIAS, .calc = rem_icmp_data_age),
};
static const struct rem_field rest_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "RFC 792", "Bytes that the message has no use for."),
};

static const struct rem_field ext_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "icmp.ext", "Extensions", NONE, DEC, NONE, "RFC 4884 7",
		  "Extensions are here.", .flags = REM_F_ALIAS | REM_F_HIDDEN),
	REM_FIELD(EXT_VERSION, "icmp.ext.version", "Version", UINT, DEC, VERSION, "RFC 4884 7",
		  "2 for these extensions."),
	REM_FIELD(EXT_RESERVED, "icmp.ext.res", "Reserved", UINT, HEX, RESERVED, "RFC 4884 7", "Must be zero."),
	REM_FIELD(EXT_SUM, "icmp.ext.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 4884 7",
		  "One's complement sum of the extensions."),
	REM_FIELD(EXT_SUM, "icmp.ext.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 4884 7",
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = rem_icmp_ext_sum_status,
		  REM_NAMED(.names = &rem_sum_names)),
};
#define OBJECT \
	REM_FIELD(OBJECT_LENGTH, "icmp.ext.length", "Length", UINT, DEC, SIZE, "RFC 4884 8", \
		  "Length of the object, header included.", REM_NAMED(.unit = "bytes")), \
	REM_FIELD(OBJECT_CLASS, "icmp.ext.class", "Class", UINT, DEC, TYPE, "RFC 4884 8", \
		  "What the object is about.", .flags = REM_F_LABEL, REM_NAMED(.names = &class_names))
static const struct rem_field object_fields[] = { OBJECT };
static const struct rem_field classed_fields[] = {
	OBJECT,
	REM_FIELD(OBJECT_TYPE, "icmp.ext.ctype", "C-Type", UINT, DEC, NONE, "RFC 4884 8",
		  "What of its class it is."),
};
static const struct rem_field mpls_fields[] = {
	REM_FIELD(REM_BITS(0, 20), "icmp.mpls.label", "Label", UINT, DEC, ID, "RFC 4950 3",
		  "Label of the datagram."),
	REM_FIELD(REM_BITS(20, 3), "icmp.mpls.exp", "Exp", UINT, DEC, NONE, "RFC 4950 3",
		  "Traffic class of the datagram."),
	REM_FIELD(REM_BITS(23, 1), "icmp.mpls.s", "Bottom of stack", BOOL, DEC, NONE, "RFC 4950 3",
		  "Whether this is the last label."),
	REM_FIELD(REM_BITS(24, 8), "icmp.mpls.ttl", "TTL", UINT, DEC, COUNT, "RFC 4950 3",
		  "How many more routers may forward it."),
};
static const struct rem_field role_fields[] = {
	REM_FIELD(ROLE_ROLE, "icmp.int_info.role", "Role", UINT, DEC, NONE, "RFC 5837 4.1",
		  "What the interface was to the datagram.", REM_NAMED(.names = &role_names)),
	REM_FIELD(ROLE_RESERVED, "icmp.int_info.reserved", "Reserved", UINT, DEC, RESERVED, "RFC 5837 4.1",
		  "Must be zero."),
	REM_FIELD(ROLE_INDEX, "icmp.int_info.ifindex", "Index", BOOL, DEC, FLAGS, "RFC 5837 4.1",
		  "Its index follows."),
	REM_FIELD(ROLE_ADDRESS, "icmp.int_info.ipaddr", "Address", BOOL, DEC, FLAGS, "RFC 5837 4.1",
		  "Its address follows."),
	REM_FIELD(ROLE_NAME, "icmp.int_info.name_present", "Name", BOOL, DEC, FLAGS, "RFC 5837 4.1",
		  "Its name follows."),
	REM_FIELD(ROLE_MTU, "icmp.int_info.mtu_present", "MTU", BOOL, DEC, FLAGS, "RFC 5837 4.1",
		  "Its MTU follows."),
};

#define VALUE(row, bits, key, name, type, show, ref, about) \
	[row] = REM_FIELD(bits, key, name, type, show, NONE, ref, about)
static const struct rem_field value_fields[] = {
	VALUE(VALUE_DATA, REM_REST(0), "icmp.ext.data", "Data", BYTES, HEX, "RFC 4884 8", "Value of the object."),
	VALUE(VALUE_MPLS_DATA, REM_REST(0), "icmp.mpls.data", "Data", BYTES, HEX, "RFC 4950 3", "Less than a label."),
	VALUE(VALUE_INFO_INDEX, REM_BYTES(0, 4), "icmp.int_info.index", "Index", UINT, DEC, "RFC 5837 4.1",
	      "Index of the interface."),
	[VALUE_INFO_AFI] = REM_FIELD(REM_BYTES(0, 2), "icmp.int_info.afi", "Family", UINT, DEC, NONE, "RFC 5837 4.2",
		"Family of the address.", REM_NAMED(.names = &afi_names)),
	VALUE(VALUE_INFO_IPV4, REM_BYTES(0, 4), "icmp.int_info.ipv4", "Address", IPV4, DEC, "RFC 5837 4.2",
	      "Address of the interface."),
	VALUE(VALUE_INFO_IPV6, REM_BYTES(0, 16), "icmp.int_info.ipv6", "Address", IPV6, DEC, "RFC 5837 4.2",
	      "Address of the interface."),
	VALUE(VALUE_INFO_NAME_LENGTH, REM_BYTES(0, 1), "icmp.int_info.name_length", "Name length", UINT, DEC,
	      "RFC 5837 4.3", "Length of the name, this byte included."),
	VALUE(VALUE_INFO_NAME, REM_REST(0), "icmp.int_info.name", "Name", TEXT, DEC, "RFC 5837 4.3",
	      "Name of the interface."),
	VALUE(VALUE_INFO_MTU, REM_BYTES(0, 4), "icmp.int_info.mtu", "MTU", UINT, DEC, "RFC 5837 4.1",
	      "MTU of the interface."),
	VALUE(VALUE_ID_PADDING, REM_REST(0), NULL, "Padding", BYTES, HEX, "RFC 8335 2.1", "Fills the name up to whole words."),
	VALUE(VALUE_ID_NAME, REM_REST(0), "icmp.int_ident.name", "Name", TEXT, DEC, "RFC 8335 2.1",
	      "Name of the interface."),
	VALUE(VALUE_ID_INDEX, REM_BYTES(0, 4), "icmp.int_ident.index", "Index", UINT, DEC, "RFC 8335 2.1",
	      "Index of the interface."),
	[VALUE_ID_AFI] = REM_FIELD(REM_BYTES(0, 2), "icmp.int_ident.afi", "Family", UINT, DEC, NONE, "RFC 8335 2.1",
		"Family of the address.", REM_NAMED(.names = &afi_names)),
	VALUE(VALUE_ID_LENGTH, REM_BYTES(0, 1), "icmp.int_ident.addr_length", "Address length", UINT, DEC,
	      "RFC 8335 2.1", "Bytes of the address that count."),
	VALUE(VALUE_ID_RESERVED, REM_BYTES(0, 1), "icmp.int_ident.reserved", "Reserved", BYTES, HEX, "RFC 8335 2.1",
	      "Must be zero."),
	VALUE(VALUE_ID_IPV4, REM_BYTES(0, 4), "icmp.int_ident.ipv4", "Address", IPV4, DEC, "RFC 8335 2.1",
	      "Address of the interface."),
	VALUE(VALUE_ID_IPV6, REM_BYTES(0, 16), "icmp.int_ident.ipv6", "Address", IPV6, DEC, "RFC 8335 2.1",
	      "Address of the interface."),
	VALUE(VALUE_ID_ADDRESS, REM_REST(0), "icmp.int_ident.address", "Address", BYTES, HEX, "RFC 8335 2.1",
	      "Address of the interface."),
	VALUE(VALUE_CHALLENGE, REM_REST(0), "icmp.mip.challenge", "Challenge", BYTES, HEX, "RFC 4721 2",
	      "What a mobile node is to answer."),
};

#define MIP_TYPE \
	REM_FIELD(REM_BYTES(0, 1), "icmp.mip.type", "Extension", UINT, DEC, TYPE, "RFC 5944 2.1", \
		  "What the extension says.", .flags = REM_F_LABEL, REM_NAMED(.names = &mip_names))
#define MIP \
	MIP_TYPE, \
	REM_FIELD(REM_BYTES(1, 1), "icmp.mip.length", "Length", UINT, DEC, SIZE, "RFC 5944 2.1", \
		  "Length of the extension behind this byte.", REM_NAMED(.unit = "bytes"))
#define MIP_FLAG(bit, key, name, about) \
	REM_FIELD(REM_BITS(bit, 1), key, name, BOOL, DEC, NONE, "RFC 5944 2.1.1", about, .flags = REM_F_FLAG)
static const struct rem_field mip_padding_fields[] = { MIP_TYPE };
static const struct rem_field mip_fields[] = { MIP };
static const struct rem_field mip_agent_fields[] = {
	MIP,
	REM_FIELD(REM_BYTES(2, 2), "icmp.mip.seq", "Sequence number", UINT, DEC, SEQUENCE, "RFC 5944 2.1.1",
		  "Advertisements since the agent began."),
	REM_FIELD(REM_BYTES(4, 2), "icmp.mip.life", "Registration lifetime", UINT, DEC, TIME, "RFC 5944 2.1.1",
		  "Longest registration that the agent takes.", REM_NAMED(.unit = "s")),
	REM_FIELD(REM_BYTES(6, 2), "icmp.mip.flags", "Flags", UINT, HEX, FLAGS, "RFC 5944 2.1.1",
		  "What the agent does.", .flags = REM_F_CONTAINER),
	MIP_FLAG(48, "icmp.mip.r", "registration required", "Mobile nodes must register."),
	MIP_FLAG(49, "icmp.mip.b", "busy", "The agent takes no more registrations."),
	MIP_FLAG(50, "icmp.mip.h", "home agent", "The agent serves as a home agent."),
	MIP_FLAG(51, "icmp.mip.f", "foreign agent", "The agent serves as a foreign agent."),
	MIP_FLAG(52, "icmp.mip.m", "minimal encapsulation", "The agent takes minimal encapsulation."),
	MIP_FLAG(53, "icmp.mip.g", "GRE", "The agent takes GRE."),
	MIP_FLAG(54, "icmp.mip.v", "Van Jacobson compression", "The agent compresses headers."),
	MIP_FLAG(55, "icmp.mip.rt", "reverse tunnelling", "The agent tunnels back."),
	MIP_FLAG(56, "icmp.mip.u", "UDP tunnelling", "The agent tunnels in UDP."),
	MIP_FLAG(57, "icmp.mip.x", "revocation", "The agent revokes registrations."),
	REM_FIELD(REM_BITS(58, 6), "icmp.mip.reserved", "Reserved", UINT, HEX, RESERVED, "RFC 5944 2.1.1",
		  "Must be zero."),
};
static const struct rem_field mip_coa_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "icmp.mip.coa", "Care-of address", IPV4, DEC, ADDRESS, "RFC 5944 2.1.1",
		  "Address that a foreign agent provides."),
};
static const struct rem_field mip_prefix_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "icmp.mip.prefixlength", "Prefix length", UINT, DEC, SIZE, "RFC 5944 2.1.2",
		  "Bits of a router's network.", REM_NAMED(.unit = "bits")),
};

const struct rem_table rem_icmp_tables[TABLE_COUNT] = {
	[TABLE_PLAIN] = REM_TABLE("ICMP", plain_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ECHO] = REM_TABLE("ICMP", echo_fields, .flags = REM_TABLE_ONCE),
	[TABLE_TIMESTAMP] = REM_TABLE("ICMP", timestamp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MASK] = REM_TABLE("ICMP", mask_fields, .flags = REM_TABLE_ONCE),
	[TABLE_UNREACHABLE] = REM_TABLE("ICMP", unreachable_fields, .flags = REM_TABLE_ONCE),
	[TABLE_UNREACHABLE_SIZED] = REM_TABLE("ICMP", unreachable_sized_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MTU] = REM_TABLE("ICMP", mtu_fields, .flags = REM_TABLE_ONCE),
	[TABLE_MTU_SIZED] = REM_TABLE("ICMP", mtu_sized_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REDIRECT] = REM_TABLE("ICMP", redirect_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PARAMETER] = REM_TABLE("ICMP", parameter_fields, .flags = REM_TABLE_ONCE),
	[TABLE_PARAMETER_SIZED] = REM_TABLE("ICMP", parameter_sized_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ROUTER] = REM_TABLE("ICMP", router_fields, .flags = REM_TABLE_ONCE),
	[TABLE_ROUTER_ENTRY] = REM_TABLE("Router", router_entry_fields),
	[TABLE_EXTENDED] = REM_TABLE("ICMP", extended_fields, .flags = REM_TABLE_ONCE),
	[TABLE_EXTENDED_REPLY] = REM_TABLE("ICMP", extended_reply_fields, .flags = REM_TABLE_ONCE),
	[TABLE_STAMP] = REM_TABLE("Timestamp", stamp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_REST] = REM_TABLE("Rest", rest_fields),
	[TABLE_EXT] = REM_TABLE("Extensions", ext_fields, .flags = REM_TABLE_ONCE),
	[TABLE_OBJECT] = REM_TABLE("Object", object_fields),
	[TABLE_CLASSED] = REM_TABLE("Object", classed_fields),
	[TABLE_MPLS] = REM_TABLE("Label", mpls_fields, .stride = 32),
	[TABLE_VALUE] = REM_TABLE("Value", value_fields),
	[TABLE_ROLE] = REM_TABLE("Interface", role_fields),
	[TABLE_MIP_PADDING] = REM_TABLE("Mobile IP", mip_padding_fields),
	[TABLE_MIP] = REM_TABLE("Mobile IP", mip_fields),
	[TABLE_MIP_AGENT] = REM_TABLE("Mobile IP", mip_agent_fields),
	[TABLE_MIP_COA] = REM_TABLE("Care-of address", mip_coa_fields, .stride = 32),
	[TABLE_MIP_PREFIX] = REM_TABLE("Prefix length", mip_prefix_fields, .stride = 8),
};
/* clang-format on */
