/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of EtherTypes, IP protocols, links and ports: IEEE and IANA registries. */
#include <remora/numbers.h>
#include <remora/proto.h>

#ifndef REM_NO_NAMES

#define NAMES(id) const struct rem_names id = {id##_name, REM_COUNT(id##_name)}

static const struct rem_name rem_ethertype_names_name[] = {
	{0x0004, "802.2 LLC"}, {0x0600, "XNS IDP"}, {0x0800, "IPv4"}, {0x0805, "X.25"},
	{0x0806, "ARP"}, {0x0842, "Wake-on-LAN"}, {0x08ff, "AX.25"}, {0x0bad, "VINES"},
	{0x22ea, "Stream reservation"}, {0x22f0, "AVTP"}, {0x22f3, "TRILL"},
	{0x22f4, "IS-IS over TRILL"}, {0x6001, "DEC MOP dump/load"}, {0x6002, "DEC MOP console"},
	{0x6003, "DECnet phase IV"}, {0x6004, "DEC LAT"}, {0x6007, "DEC LAVC"},
	{0x6558, "Transparent Ethernet Bridging"}, {0x6559, "Frame Relay"}, {0x8035, "RARP"},
	{0x809b, "AppleTalk"}, {0x80d5, "SNA"}, {0x80f3, "AARP"}, {0x8100, "802.1Q VLAN"},
	{0x8137, "IPX"}, {0x86dd, "IPv6"}, {0x876b, "TCP/IP compression"},
	{0x8808, "Ethernet flow control"}, {0x8809, "Slow protocols"}, {0x880b, "PPP"},
	{0x8819, "CobraNet"}, {0x883e, "WCCP"}, {0x8847, "MPLS"}, {0x8848, "MPLS multicast"},
	{0x8863, "PPPoE discovery"}, {0x8864, "PPPoE session"}, {0x8870, "Jumbo frames"},
	{0x887b, "HomePlug"}, {0x888d, "TDLS"}, {0x888e, "802.1X"}, {0x8892, "PROFINET"},
	{0x8899, "Realtek"}, {0x889a, "HyperSCSI"}, {0x88a2, "ATA over Ethernet"},
	{0x88a4, "EtherCAT"}, {0x88a8, "802.1ad service VLAN"}, {0x88ab, "POWERLINK"},
	{0x88b5, "Local experiment 1"}, {0x88b6, "Local experiment 2"},
	{0x88b7, "OUI extended EtherType"}, {0x88b8, "GOOSE"}, {0x88b9, "GSE management"},
	{0x88ba, "Sampled values"}, {0x88be, "ERSPAN"}, {0x88c7, "802.11 pre-authentication"},
	{0x88ca, "TIPC"}, {0x88cc, "LLDP"}, {0x88cd, "SERCOS III"}, {0x88d8, "MEF-8"},
	{0x88d9, "LLTD"}, {0x88dc, "WSMP"}, {0x88e1, "HomePlug AV"}, {0x88e3, "MRP"},
	{0x88e5, "MACsec"}, {0x88e7, "802.1ah backbone service"}, {0x88ee, "E-LMI"},
	{0x88f5, "MVRP"}, {0x88f6, "MMRP"}, {0x88f7, "PTP"}, {0x88f8, "NC-SI"}, {0x88fb, "PRP"},
	{0x8902, "CFM"}, {0x8906, "FCoE"}, {0x8914, "FIP"}, {0x8915, "RoCE"},
	{0x8917, "Media independent handover"}, {0x891d, "TTEthernet"}, {0x8926, "VN-Tag"},
	{0x892f, "HSR"}, {0x893a, "IEEE 1905.1"}, {0x893f, "802.1BR E-tag"}, {0x8940, "ECP"},
	{0x8946, "TRILL RBridge channel"}, {0x8947, "GeoNetworking"}, {0x894f, "NSH"},
	{0x9000, "Loopback test"}, {0x9100, "QinQ"}, {0xa0ed, "LoWPAN"}, {0xaefe, "eCPRI"},
	{0xb7ea, "GRE control"}, {0xf1c1, "802.1CB redundancy"},
};
NAMES(rem_ethertype_names);

static const struct rem_name rem_ip_proto_names_name[] = {
	{0, "Hop-by-hop options"}, {1, "ICMP"}, {2, "IGMP"}, {3, "GGP"}, {4, "IPv4"}, {5, "ST"},
	{6, "TCP"}, {7, "CBT"}, {8, "EGP"}, {9, "IGP"}, {10, "BBN-RCC-MON"}, {11, "NVP-II"},
	{12, "PUP"}, {13, "ARGUS"}, {14, "EMCON"}, {15, "XNET"}, {16, "CHAOS"}, {17, "UDP"},
	{18, "MUX"}, {19, "DCN-MEAS"}, {20, "HMP"}, {21, "PRM"}, {22, "XNS-IDP"}, {23, "TRUNK-1"},
	{24, "TRUNK-2"}, {25, "LEAF-1"}, {26, "LEAF-2"}, {27, "RDP"}, {28, "IRTP"},
	{29, "ISO-TP4"}, {30, "NETBLT"}, {31, "MFE-NSP"}, {32, "MERIT-INP"}, {33, "DCCP"},
	{34, "3PC"}, {35, "IDPR"}, {36, "XTP"}, {37, "DDP"}, {38, "IDPR-CMTP"}, {39, "TP++"},
	{40, "IL"}, {41, "IPv6"}, {42, "SDRP"}, {43, "IPv6 routing"}, {44, "IPv6 fragment"},
	{45, "IDRP"}, {46, "RSVP"}, {47, "GRE"}, {48, "DSR"}, {49, "BNA"}, {50, "ESP"}, {51, "AH"},
	{52, "I-NLSP"}, {53, "SWIPE"}, {54, "NARP"}, {55, "MOBILE"}, {56, "TLSP"}, {57, "SKIP"},
	{58, "ICMPv6"}, {59, "No next header"}, {60, "Destination options"}, {62, "CFTP"},
	{64, "SAT-EXPAK"}, {65, "KRYPTOLAN"}, {66, "RVD"}, {67, "IPPC"}, {69, "SAT-MON"},
	{70, "VISA"}, {71, "IPCV"}, {72, "CPNX"}, {73, "CPHB"}, {74, "WSN"}, {75, "PVP"},
	{76, "BR-SAT-MON"}, {77, "SUN-ND"}, {78, "WB-MON"}, {79, "WB-EXPAK"}, {80, "ISO-IP"},
	{81, "VMTP"}, {82, "SECURE-VMTP"}, {83, "VINES"}, {84, "TTP"}, {85, "NSFNET-IGP"},
	{86, "DGP"}, {87, "TCF"}, {88, "EIGRP"}, {89, "OSPF"}, {90, "Sprite-RPC"}, {91, "LARP"},
	{92, "MTP"}, {93, "AX.25"}, {94, "IP within IP"}, {95, "MICP"}, {96, "SCC-SP"}, {97, "ETHERIP"},
	{98, "ENCAP"}, {100, "GMTP"}, {101, "IFMP"}, {102, "PNNI"}, {103, "PIM"}, {104, "ARIS"},
	{105, "SCPS"}, {106, "QNX"}, {107, "A/N"}, {108, "IPComp"}, {109, "SNP"},
	{110, "Compaq-Peer"}, {111, "IPX-in-IP"}, {112, "VRRP"}, {113, "PGM"}, {115, "L2TP"},
	{116, "DDX"}, {117, "IATP"}, {118, "STP"}, {119, "SRP"}, {120, "UTI"}, {121, "SMP"},
	{122, "SM"}, {123, "PTP"}, {124, "ISIS over IPv4"}, {125, "FIRE"}, {126, "CRTP"},
	{127, "CRUDP"}, {128, "SSCOPMCE"}, {129, "IPLT"}, {130, "SPS"}, {131, "PIPE"},
	{132, "SCTP"}, {133, "FC"}, {134, "RSVP-E2E-IGNORE"}, {135, "Mobility"}, {136, "UDP-Lite"},
	{137, "MPLS-in-IP"}, {138, "manet"}, {139, "HIP"}, {140, "Shim6"}, {141, "WESP"},
	{142, "ROHC"}, {143, "Ethernet"},
	{255, "Reserved"},
};
NAMES(rem_ip_proto_names);

/* IANA, ARP Parameters; from 512 on Linux's own ARPHRD_. */
static const struct rem_name rem_hardware_names_name[] = {
	{0, "reserved"}, {1, "Ethernet"}, {2, "Experimental Ethernet"}, {3, "AX.25"},
	{4, "ProNET"}, {5, "Chaos"}, {6, "IEEE 802"}, {7, "ARCNET"}, {8, "Hyperchannel"},
	{9, "Lanstar"}, {10, "Autonet"}, {11, "LocalTalk"}, {12, "LocalNet"}, {13, "Ultra link"},
	{14, "SMDS"}, {15, "Frame Relay"}, {16, "ATM"}, {17, "HDLC"}, {18, "Fibre Channel"},
	{19, "ATM (RFC 2225)"}, {20, "serial line"}, {21, "ATM (Burroughs)"},
	{22, "MIL-STD-188-220"}, {23, "Metricom"}, {24, "IEEE 1394"}, {25, "MAPOS"},
	{26, "Twinaxial"}, {27, "EUI-64"}, {28, "HIPARP"}, {29, "ISO 7816-3"}, {30, "ARPSec"},
	{31, "IPsec tunnel"}, {32, "InfiniBand"}, {33, "TIA-102"}, {34, "Wiegand"},
	{35, "Pure IP"}, {36, "Experiment 1"}, {37, "HFI"}, {38, "Unified Bus"},
	{256, "Experiment 2"}, {257, "AEthernet"}, {512, "PPP"}, {513, "Cisco HDLC"},
	{516, "LAPB"}, {517, "DDCMP"}, {518, "raw HDLC"}, {519, "raw IP"}, {768, "IPIP tunnel"},
	{769, "IPv6 tunnel"}, {770, "FRAD"}, {772, "loopback"}, {774, "FDDI"}, {776, "SIT"},
	{777, "IP over DDP"}, {778, "GRE"}, {779, "PIM register"}, {780, "HIPPI"}, {783, "IrDA"},
	{784, "Fibre Channel link"}, {785, "Fibre Channel loop"},
	{786, "Fibre Channel public loop"}, {787, "Fibre Channel fabric"},
	{800, "IEEE 802 token ring"}, {801, "IEEE 802.11"}, {802, "IEEE 802.11 Prism"},
	{803, "IEEE 802.11 radiotap"}, {804, "IEEE 802.15.4"}, {805, "IEEE 802.15.4 monitor"},
	{820, "Phonet"}, {821, "Phonet pipe"}, {822, "CAIF"}, {823, "GRE over IPv6"},
	{824, "netlink"}, {825, "6LoWPAN"}, {826, "vsock monitor"}, {65534, "none"},
	{65535, "void"},
};
NAMES(rem_hardware_names);

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
const struct rem_names rem_ethertype_names, rem_ip_proto_names, rem_hardware_names, rem_port_names,
	rem_dscp_names, rem_sum_names;

#endif
