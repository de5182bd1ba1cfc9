/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of EtherTypes, IP protocols and ports: IEEE and IANA registries. */
#include <remora/numbers.h>
#include <remora/proto.h>

#ifndef REM_NO_NAMES

#define NAMES(id) const struct rem_names id = {id##_name, REM_COUNT(id##_name)}

static const struct rem_name rem_ethertype_names_name[] = {
	{0x0004, "802.2 LLC"}, {0x0800, "IPv4"}, {0x0806, "ARP"}, {0x0842, "Wake-on-LAN"},
	{0x6558, "Transparent Ethernet Bridging"}, {0x8035, "RARP"}, {0x8100, "802.1Q VLAN"},
	{0x86dd, "IPv6"}, {0x8808, "Ethernet flow control"}, {0x8809, "Slow protocols"},
	{0x880b, "PPP"}, {0x8847, "MPLS"}, {0x8848, "MPLS multicast"},
	{0x8863, "PPPoE discovery"}, {0x8864, "PPPoE session"}, {0x888e, "802.1X"},
	{0x88a8, "802.1ad service VLAN"}, {0x88cc, "LLDP"}, {0x88e5, "MACsec"}, {0x88f7, "PTP"},
	{0x9000, "Loopback test"}, {0x9100, "QinQ"},
};
NAMES(rem_ethertype_names);

static const struct rem_name rem_ip_proto_names_name[] = {
	{0, "Hop-by-hop options"}, {1, "ICMP"}, {2, "IGMP"}, {4, "IPv4"}, {6, "TCP"}, {8, "EGP"},
	{17, "UDP"}, {41, "IPv6"}, {43, "IPv6 routing"}, {44, "IPv6 fragment"}, {46, "RSVP"},
	{47, "GRE"}, {50, "ESP"}, {51, "AH"}, {58, "ICMPv6"}, {59, "No next header"},
	{60, "Destination options"}, {88, "EIGRP"}, {89, "OSPF"}, {94, "IPIP"}, {103, "PIM"},
	{108, "IPComp"}, {112, "VRRP"}, {115, "L2TP"}, {132, "SCTP"}, {135, "Mobility"},
	{136, "UDP-Lite"}, {139, "HIP"}, {140, "Shim6"}, {255, "Reserved"},
};
NAMES(rem_ip_proto_names);

static const struct rem_name rem_port_names_name[] = {
	{7, "echo"}, {9, "discard"}, {13, "daytime"}, {19, "chargen"}, {20, "ftp-data"},
	{21, "ftp"}, {22, "ssh"}, {23, "telnet"}, {25, "smtp"}, {37, "time"}, {53, "domain"},
	{67, "bootps"}, {68, "bootpc"}, {69, "tftp"}, {80, "http"}, {88, "kerberos"},
	{110, "pop3"}, {111, "sunrpc"}, {123, "ntp"}, {137, "netbios-ns"}, {138, "netbios-dgm"},
	{139, "netbios-ssn"}, {143, "imap"}, {161, "snmp"}, {162, "snmptrap"}, {179, "bgp"},
	{389, "ldap"}, {443, "https"}, {445, "microsoft-ds"}, {465, "submissions"}, {500, "isakmp"},
	{514, "syslog"}, {546, "dhcpv6-client"}, {547, "dhcpv6-server"}, {587, "submission"},
	{631, "ipp"}, {636, "ldaps"}, {853, "domain-s"}, {993, "imaps"}, {995, "pop3s"},
	{1433, "ms-sql-s"}, {1883, "mqtt"}, {1900, "ssdp"}, {3306, "mysql"}, {3389, "ms-wbt-server"},
	{3478, "stun"}, {4500, "ipsec-nat-t"}, {4789, "vxlan"}, {5060, "sip"}, {5353, "mdns"},
	{5355, "llmnr"}, {5432, "postgresql"}, {5683, "coap"}, {5900, "rfb"}, {6379, "redis"},
	{8080, "http-alt"}, {8443, "pcsync-https"}, {8883, "secure-mqtt"},
};
NAMES(rem_port_names);

static const struct rem_name rem_dscp_names_name[] = {
	{0, "CS0"}, {1, "LE"}, {8, "CS1"}, {10, "AF11"}, {12, "AF12"}, {14, "AF13"}, {16, "CS2"},
	{18, "AF21"}, {20, "AF22"}, {22, "AF23"}, {24, "CS3"}, {26, "AF31"}, {28, "AF32"},
	{30, "AF33"}, {32, "CS4"}, {34, "AF41"}, {36, "AF42"}, {38, "AF43"}, {40, "CS5"},
	{44, "VOICE-ADMIT"}, {46, "EF"}, {48, "CS6"}, {56, "CS7"},
};
NAMES(rem_dscp_names);

static const struct rem_name rem_sum_names_name[] = {
	{0, "Bad"}, {1, "Good"}, {2, "Unverified"}, {3, "Not present"}, {4, "Illegal"},
	{5, "Partial"},
};
NAMES(rem_sum_names);

#else

/* Known to nobody: rem_name_of() finds nothing in them. */
const struct rem_names rem_ethertype_names, rem_ip_proto_names, rem_port_names, rem_dscp_names,
	rem_sum_names;

#endif
