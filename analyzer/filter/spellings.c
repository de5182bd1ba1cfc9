/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of values that users of Wireshark write in filters, where remora's own are shorter. A pair
 * of keys may share them.
 */
#include "filter/ast.h"

#include <string.h>

/* clang-format off */
static const struct {
	const char *key, *too;
	uint32_t value;
	const char *name;
} spellings[] = {
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 0, "Default"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 1, "Lower Effort"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 8, "Class Selector 1"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 10, "Assured Forwarding 11"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 12, "Assured Forwarding 12"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 14, "Assured Forwarding 13"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 16, "Class Selector 2"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 18, "Assured Forwarding 21"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 20, "Assured Forwarding 22"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 22, "Assured Forwarding 23"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 24, "Class Selector 3"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 26, "Assured Forwarding 31"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 28, "Assured Forwarding 32"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 30, "Assured Forwarding 33"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 32, "Class Selector 4"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 34, "Assured Forwarding 41"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 36, "Assured Forwarding 42"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 38, "Assured Forwarding 43"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 40, "Class Selector 5"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 44, "Voice Admit"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 46, "Expedited Forwarding"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 48, "Class Selector 6"},
	{"ip.dsfield.dscp", "ipv6.tclass.dscp", 56, "Class Selector 7"},
	{"ip.dsfield.ecn", "ipv6.tclass.ecn", 0, "Not ECN-Capable Transport"},
	{"ip.dsfield.ecn", "ipv6.tclass.ecn", 1, "ECN-Capable Transport codepoint '01'"},
	{"ip.dsfield.ecn", "ipv6.tclass.ecn", 2, "ECN-Capable Transport codepoint '10'"},
	{"eth.ig", NULL, 0, "Individual address (unicast)"},
	{"eth.ig", NULL, 1, "Group address (multicast/broadcast)"},
	{"eth.dst.ig", "eth.src.ig", 0, "Individual address (unicast)"},
	{"eth.dst.ig", "eth.src.ig", 1, "Group address (multicast/broadcast)"},
	{"eth.lg", NULL, 0, "Globally unique address (factory default)"},
	{"eth.lg", NULL, 1, "Locally administered address (this is NOT the factory default)"},
	{"eth.dst.lg", "eth.src.lg", 0, "Globally unique address (factory default)"},
	{"eth.dst.lg", "eth.src.lg", 1, "Locally administered address (this is NOT the factory default)"},
	{"ppp.protocol", NULL, 0x21, "Internet Protocol version 4"},
	{"ppp.protocol", NULL, 0x57, "Internet Protocol version 6"},
	{"gre.proto", NULL, 0x800, "IP"},
	{"null.family", NULL, 2, "IP"},
	{"sll.pkttype", NULL, 0, "Unicast to us"},
	{"sll.pkttype", NULL, 3, "Unicast to another host"},
	{"sll.pkttype", NULL, 4, "Sent by us"},
	{"eth.type", "vlan.etype", 0x8100, "802.1Q Virtual LAN"},
	{"llc.dsap", "llc.ssap", 0x42, "Spanning Tree BPDU"},
	{"llc.dsap", "llc.ssap", 0xaa, "SNAP"},
	{"llc.dsap", "llc.ssap", 0xe0, "NetWare"},
	{"llc.dsap", "llc.ssap", 0xf0, "NetBIOS"},
	{"llc.dsap", "llc.ssap", 0xfe, "ISO Network Layer"},
	{"ip.proto", "ipv6.nxt", 0, "IPv6 Hop-by-Hop Option"},
	{"ip.opt.type.number", NULL, 0, "End of Option List (EOL)"},
	{"ip.opt.type.number", NULL, 1, "No-Operation (NOP)"},
	{"ip.opt.type.number", NULL, 3, "Loose source route"},
	{"ip.opt.type.number", NULL, 4, "Time stamp"},
	{"ip.opt.type.number", NULL, 7, "Record route"},
	{"ip.opt.type.number", NULL, 9, "Strict source route"},
	{"ip.opt.type.number", NULL, 20, "Router Alert"},
	{"icmpv6.type", NULL, 128, "Echo (ping) request"},
	{"icmpv6.type", NULL, 129, "Echo (ping) reply"},
	{"icmpv6.mldr.mar.record_type", NULL, 1, "Include"},
	{"icmpv6.mldr.mar.record_type", NULL, 2, "Exclude"},
	{"icmpv6.mldr.mar.record_type", NULL, 3, "Changed to include"},
	{"icmpv6.mldr.mar.record_type", NULL, 4, "Changed to exclude"},
	{"tcp.option_kind", NULL, 0, "End of Option List"},
	{"tcp.option_kind", NULL, 1, "No-Operation"},
	{"tcp.option_kind", NULL, 2, "Maximum Segment Size"},
	{"tcp.option_kind", NULL, 8, "Time Stamp Option"},
	{"tcp.options.mptcp.subtype", NULL, 0, "Multipath Capable"},
	{"tcp.options.mptcp.subtype", NULL, 1, "Join Connection"},
	{"tcp.options.mptcp.subtype", NULL, 2, "Data Sequence Signal"},
	{"dns.flags.response", NULL, 0, "Message is a query"},
	{"dns.flags.response", NULL, 1, "Message is a response"},
	{"dns.flags.truncated", NULL, 0, "Message is not truncated"},
	{"dns.flags.truncated", NULL, 1, "Message is truncated"},
	{"dns.flags.recdesired", NULL, 0, "Don't do query recursively"},
	{"dns.flags.recdesired", NULL, 1, "Do query recursively"},
	{"dns.flags.recavail", NULL, 0, "Server can't do recursive queries"},
	{"dns.flags.recavail", NULL, 1, "Server can do recursive queries"},
	{"dns.flags.authoritative", NULL, 0, "Server is not an authority for domain"},
	{"dns.flags.authoritative", NULL, 1, "Server is an authority for domain"},
	{"dns.flags.checkdisable", NULL, 0, "Unacceptable"},
	{"dns.flags.checkdisable", NULL, 1, "Acceptable"},
	{"dns.flags.rcode", NULL, 7, "RRset exists"},
	{"dns.flags.rcode", NULL, 8, "RRset does not exist"},
	{"dhcp.flags.bc", NULL, 0, "Unicast"},
	{"dhcp.flags.bc", NULL, 1, "Broadcast"},
	{"dhcpv6.duid.type", NULL, 1, "link-layer address plus time"},
	{"dhcpv6.duid.type", NULL, 2, "assigned by vendor based on Enterprise number"},
	{"dhcpv6.duid.type", NULL, 4, "Universally Unique IDentifier (UUID)"},
	{"dhcpv6.duidllt.hwtype", "dhcpv6.duidll.hwtype", 1, "Ethernet"},
	{"dhcpv6.status_code", NULL, 1, "UnspecFail"},
	{"dhcpv6.status_code", NULL, 2, "NoAddrAvail"},
	{"dhcpv6.status_code", NULL, 3, "NoBinding"},
	{"dhcpv6.status_code", NULL, 4, "NotOnLink"},
	{"dhcpv6.status_code", NULL, 5, "UseMulticast"},
	{"dhcpv6.status_code", NULL, 6, "NoPrefixAvail"},
	{"ntp.flags.vn", NULL, 1, "NTP Version 1"},
	{"ntp.flags.vn", NULL, 2, "NTP Version 2"},
	{"ntp.flags.vn", NULL, 3, "NTP Version 3"},
	{"ntp.flags.vn", NULL, 4, "NTP Version 4"},
	{"ntp.flags.li", NULL, 1, "last minute of the day has 61 seconds"},
	{"ntp.flags.li", NULL, 2, "last minute of the day has 59 seconds"},
	{"ntp.flags.li", NULL, 3, "unknown (clock unsynchronized)"},
};
/* clang-format on */

const char *spelling_next(unsigned *at, const struct key *key, uint32_t *value)
{
	while (*at < G_N_ELEMENTS(spellings)) {
		const unsigned i = (*at)++;

		if (strcmp(spellings[i].key, key->name) != 0 &&
		    (spellings[i].too == NULL || strcmp(spellings[i].too, key->name) != 0))
			continue;
		*value = spellings[i].value;
		return spellings[i].name;
	}
	return NULL;
}
