/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables of DHCP: RFC 951 and RFC 2131; options of RFC 2132 and of those that each row names,
 * by the registry of IANA (BOOTP and DHCP parameters).
 */
#include "proto/dhcp_parts.h"
#include <remora/numbers.h>

/* clang-format off */
REM_NAMES(op_names, {1, "boot request"}, {2, "boot reply"});

static const struct rem_field header_fields[] = {
	REM_FIELD(REM_DHCP_OP, "dhcp.type", "Message type", UINT, DEC, OP, "RFC 2131 2",
		  "From a client or to one.", REM_NAMED(.names = &op_names)),
	REM_FIELD(REM_DHCP_HTYPE, "dhcp.hw.type", "Hardware type", UINT, HEX, TYPE, "RFC 2131 2",
		  "Kind of the hardware address.", REM_NAMED(.names = &rem_hardware_names)),
	REM_FIELD(REM_DHCP_HLEN, "dhcp.hw.len", "Hardware address length", UINT, DEC, SIZE, "RFC 2131 2",
		  "Length of the hardware address.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_DHCP_HOPS, "dhcp.hops", "Hops", UINT, DEC, COUNT, "RFC 2131 2",
		  "Relay agents that the message has passed."),
	REM_FIELD(REM_DHCP_XID, "dhcp.id", "Transaction ID", UINT, HEX, ID, "RFC 2131 2",
		  "Chosen by the client, the same in the answers."),
	REM_FIELD(REM_DHCP_SECS, "dhcp.secs", "Seconds elapsed", UINT, DEC, COUNT, "RFC 2131 2",
		  "Since the client began.", .calc = rem_dhcp_seconds, REM_NAMED(.unit = "s")),
	REM_FIELD(REM_DHCP_FLAGS, "dhcp.flags", "Flags", UINT, HEX, FLAGS, "RFC 2131 2",
		  "How to answer.", .flags = REM_F_CONTAINER | REM_F_NAMED),
	REM_FIELD(REM_DHCP_BROADCAST, "dhcp.flags.bc", "broadcast", BOOL, DEC, NONE, "RFC 2131 4.1",
		  "The client cannot receive unicast before it has an address.", .flags = REM_F_FLAG),
	REM_FIELD(REM_DHCP_RESERVED, "dhcp.flags.reserved", "Reserved", UINT, HEX, RESERVED, "RFC 2131 2",
		  "Must be zero."),
	REM_FIELD(REM_DHCP_CIADDR, "dhcp.ip.client", "Client Address", IPV4, DEC, ADDRESS, "RFC 2131 2",
		  "Address that the client has already."),
	REM_FIELD(REM_DHCP_YIADDR, "dhcp.ip.your", "Offered Address", IPV4, DEC, ADDRESS, "RFC 2131 2",
		  "Address that the client is given."),
	REM_FIELD(REM_DHCP_SIADDR, "dhcp.ip.server", "Server Next Address", IPV4, DEC, ADDRESS, "RFC 2131 2",
		  "Server to boot from."),
	REM_FIELD(REM_DHCP_GIADDR, "dhcp.ip.relay", "Relay Agent Address", IPV4, DEC, ADDRESS, "RFC 2131 2",
		  "Relay agent that passed the message on."),
};

static const struct rem_field hardware_fields[] = {
	REM_FIELD(REM_BYTES(0, 6), "dhcp.hw.mac_addr", "Client Hardware Address", MAC, DEC, ADDRESS, "RFC 2131 2",
		  "Hardware address of the client."),
	REM_FIELD(REM_BYTES(0, 16), "dhcp.hw.addr", "Client Hardware Address", BYTES, HEX, ADDRESS, "RFC 2131 2",
		  "Hardware address of the client."),
	REM_FIELD(REM_REST(0), "dhcp.hw.addr_padding", "Hardware address padding", BYTES, HEX, NONE, "RFC 2131 2",
		  "Bytes of the field that the address does not fill."),
};
static const struct rem_field names_fields[] = {
	REM_FIELD(REM_REST(0), "dhcp.server", "Server host name", TEXT, DEC, TEXT, "RFC 2131 2",
		  "Name of the server.", .calc = rem_until_nul),
	REM_FIELD(REM_REST(0), "dhcp.file", "Boot file", TEXT, DEC, TEXT, "RFC 2131 2",
		  "File to boot from.", .calc = rem_until_nul),
};
static const struct rem_field bootp_fields[] = {
	REM_FIELD(REM_REST(0), "dhcp.bootp", "BOOTP", BOOL, DEC, NONE, "RFC 951",
		  "There is no DHCP message type: this is plain BOOTP.", .flags = REM_F_DERIVED | REM_F_HIDDEN,
		  .calc = rem_dhcp_yes),
};
static const struct rem_field cookie_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "dhcp.cookie", "Magic cookie", IPV4, DEC, NONE, "RFC 2131 3",
		  "99.130.83.99: options follow."),
};
static const struct rem_field vendor_area_fields[] = {
	REM_FIELD(REM_REST(0), "dhcp.vendor_specific_options", "Vendor area", BYTES, HEX, OPTION, "RFC 951 3",
		  "What BOOTP leaves to vendors."),
};
static const struct rem_field cut_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, NONE, "RFC 2131 2",
		  "Bytes of something that is missing its end, or its sense."),
};

REM_NAMES(option_names, {0, "Padding"}, {1, "Subnet mask"}, {2, "Time offset"}, {3, "Router"}, {4, "Time server"},
	  {5, "Name server"}, {6, "Domain name server"}, {7, "Log server"}, {8, "Quotes server"}, {9, "LPR server"},
	  {10, "Impress server"}, {11, "Resource location server"}, {12, "Host name"}, {13, "Boot file size"},
	  {14, "Merit dump file"}, {15, "Domain name"}, {16, "Swap server"}, {17, "Root path"}, {18, "Extensions path"},
	  {19, "IP forwarding"}, {20, "Non-local source routing"}, {21, "Policy filter"},
	  {22, "Maximum datagram reassembly size"}, {23, "Default IP time to live"}, {24, "Path MTU aging timeout"},
	  {25, "Path MTU plateau table"}, {26, "Interface MTU"}, {27, "All subnets are local"},
	  {28, "Broadcast address"}, {29, "Perform mask discovery"}, {30, "Mask supplier"},
	  {31, "Perform router discovery"}, {32, "Router solicitation address"}, {33, "Static route"},
	  {34, "Trailer encapsulation"}, {35, "ARP cache timeout"}, {36, "Ethernet encapsulation"},
	  {37, "TCP default TTL"}, {38, "TCP keepalive interval"}, {39, "TCP keepalive garbage"}, {40, "NIS domain"},
	  {41, "NIS servers"}, {42, "NTP servers"}, {43, "Vendor-specific information"}, {44, "NetBIOS name server"},
	  {45, "NetBIOS datagram distribution server"}, {46, "NetBIOS node type"}, {47, "NetBIOS scope"},
	  {48, "X font server"}, {49, "X display manager"}, {50, "Requested address"}, {51, "Lease time"},
	  {52, "Option overload"}, {53, "Message type"}, {54, "Server identifier"}, {55, "Parameter request list"},
	  {56, "Message"}, {57, "Maximum message size"}, {58, "Renewal time"}, {59, "Rebinding time"},
	  {60, "Vendor class"}, {61, "Client identifier"}, {62, "NetWare/IP domain"}, {63, "NetWare/IP information"},
	  {64, "NIS+ domain"}, {65, "NIS+ servers"}, {66, "TFTP server name"}, {67, "Boot file name"},
	  {68, "Mobile IP home agent"}, {69, "SMTP server"}, {70, "POP3 server"}, {71, "NNTP server"},
	  {72, "WWW server"}, {73, "Finger server"}, {74, "IRC server"}, {75, "StreetTalk server"},
	  {76, "StreetTalk directory assistance server"}, {77, "User class"}, {78, "SLP directory agent"},
	  {79, "SLP service scope"}, {80, "Rapid commit"}, {81, "Client domain name"}, {82, "Relay agent information"},
	  {83, "iSNS"}, {85, "NDS servers"}, {86, "NDS tree name"}, {87, "NDS context"},
	  {88, "BCMCS controller names"}, {89, "BCMCS controller addresses"}, {90, "Authentication"},
	  {91, "Client last transaction time"}, {92, "Associated addresses"}, {93, "Client system architecture"},
	  {94, "Client network interface"}, {95, "LDAP"}, {97, "Client machine identifier"}, {98, "User authentication"},
	  {99, "Civic location"}, {100, "POSIX time zone"}, {101, "Time zone"}, {108, "IPv6-only preferred"},
	  {112, "NetInfo address"}, {113, "NetInfo tag"}, {114, "Captive portal"}, {116, "Auto-configuration"},
	  {117, "Name service search"}, {118, "Subnet selection"}, {119, "Domain search"}, {120, "SIP servers"},
	  {121, "Classless static route"}, {122, "CableLabs client configuration"}, {123, "Location"},
	  {124, "Vendor-identifying class"}, {125, "Vendor-identifying information"}, {136, "PANA agent"},
	  {137, "LoST server"}, {138, "CAPWAP controllers"}, {139, "Mobility service addresses"},
	  {140, "Mobility service names"}, {141, "SIP UA configuration domains"}, {142, "ANDSF servers"},
	  {143, "SZTP redirect"}, {144, "Location"}, {145, "Forcerenew nonce"}, {146, "RDNSS selection"},
	  {147, "DOTS reference identifier"}, {148, "DOTS address"}, {150, "TFTP server address"}, {151, "Status code"},
	  {152, "Base time"}, {153, "Start of state"}, {154, "Query start"}, {155, "Query end"}, {156, "State"},
	  {157, "Data source"}, {158, "PCP servers"}, {159, "Port parameters"}, {160, "Captive portal"},
	  {161, "Manufacturer usage description"}, {162, "Encrypted DNS"}, {175, "Etherboot"}, {176, "IP telephone"},
	  {177, "Etherboot"}, {208, "PXELINUX magic"}, {209, "PXE configuration file"}, {210, "PXE path prefix"},
	  {211, "Reboot time"}, {212, "6rd"}, {213, "Access network domain"}, {220, "Subnet allocation"},
	  {221, "Virtual subnet selection"}, {242, "Avaya telephone"}, {249, "Classless static route (Microsoft)"},
	  {252, "Web proxy discovery"}, {255, "End"});

#define OPTION_HEAD \
	REM_FIELD(REM_BYTES(0, 1), "dhcp.option.type", "Type", UINT, DEC, TYPE, "RFC 2132 2", \
		  "Which option this is.", .flags = REM_F_LABEL, REM_NAMED(.names = &option_names)), \
	REM_FIELD(REM_BYTES(1, 1), "dhcp.option.length", "Length", UINT, DEC, SIZE, "RFC 2132 2", \
		  "Length of the value.", REM_NAMED(.unit = "bytes"))

static const struct rem_field option_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_REST(16), "dhcp.option.value", "Value", BYTES, HEX, OPTION, "RFC 2132 2",
		  "Value of the option as bytes.", .flags = REM_F_ALIAS | REM_F_HIDDEN | REM_F_EMPTY),
};
static const struct rem_field opaque_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_REST(16), "dhcp.option.value", "Value", BYTES, HEX, OPTION, "RFC 2132 2",
		  "Value of an option that has no layout here.", .flags = REM_F_EMPTY),
};
static const struct rem_field pad_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dhcp.option.type", "Type", UINT, DEC, TYPE, "RFC 2132 3.1",
		  "Padding.", .flags = REM_F_LABEL, REM_NAMED(.names = &option_names)),
	REM_FIELD(REM_REST(0), "dhcp.option.padding", "Padding", BYTES, HEX, NONE, "RFC 2132 3.1",
		  "Bytes that mean nothing."),
};
/* Wireshark gives the end the type 0. */
static const struct rem_field end_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dhcp.option.type", "Type", UINT, DEC, NONE, "RFC 2132 3.2",
		  "End of the options.", .flags = REM_F_ALIAS | REM_F_HIDDEN, .calc = rem_dhcp_zero),
	REM_FIELD(REM_BYTES(0, 1), "dhcp.option.end", "End", UINT, DEC, TYPE, "RFC 2132 3.2",
		  "End of the options.", .flags = REM_F_LABEL, REM_NAMED(.names = &option_names)),
};

#define VALUE(bits_, key_, ...) REM_FIELD(bits_, "dhcp.option." key_, __VA_ARGS__)
#define ADDRESS(key_, name_, ref_, about_) VALUE(REM_BYTES(0, 4), key_, name_, IPV4, DEC, ADDRESS, ref_, about_)
#define AGENT "agent_information_option."

static const struct rem_field address_fields[] = {
	[ADDR_MASK] = ADDRESS("subnet_mask", "Subnet mask", "RFC 2132 3.3", "Mask of the client's network."),
	[ADDR_ROUTER] = ADDRESS("router", "Router", "RFC 2132 3.5", "Router of the client's network."),
	[ADDR_TIME] = ADDRESS("time_server", "Time server", "RFC 2132 3.6", "Server of RFC 868."),
	[ADDR_NAME] = ADDRESS("name_server", "Name server", "RFC 2132 3.7", "Name server of IEN 116."),
	[ADDR_DNS] = ADDRESS("domain_name_server", "Domain name server", "RFC 2132 3.8", "Server of the domain name system."),
	[ADDR_LOG] = ADDRESS("log_server", "Log server", "RFC 2132 3.9", "Server of MIT-LCS UDP logs."),
	[ADDR_QUOTES] = ADDRESS("quotes_server", "Quotes server", "RFC 2132 3.10", "Server of RFC 865."),
	[ADDR_LPR] = ADDRESS("lpr_server", "LPR server", "RFC 2132 3.11", "Printer server of RFC 1179."),
	[ADDR_IMPRESS] = ADDRESS("impress_server", "Impress server", "RFC 2132 3.12", "Server of Imagen Impress."),
	[ADDR_RLP] = ADDRESS("resource_location_server", "Resource location server", "RFC 2132 3.13", "Server of RFC 887."),
	[ADDR_SWAP] = ADDRESS("swap_server", "Swap server", "RFC 2132 3.18", "Server of the client's swap space."),
	[ADDR_BROADCAST] = ADDRESS("broadcast_address", "Broadcast address", "RFC 2132 5.3", "Broadcast address of the network."),
	[ADDR_SOLICITATION] = ADDRESS("router_solicitation_address", "Router solicitation address", "RFC 2132 5.7", "Where to ask for routers."),
	[ADDR_NIS] = ADDRESS("nis_server", "NIS server", "RFC 2132 8.2", "Network information server."),
	[ADDR_NTP] = ADDRESS("ntp_server", "NTP server", "RFC 2132 8.3", "Network time server."),
	[ADDR_NBNS] = ADDRESS("netbios_over_tcpip_name_server", "NetBIOS name server", "RFC 2132 8.5", "NetBIOS (WINS) name server."),
	[ADDR_NBDD] = ADDRESS("netbios_over_tcpip_dd_name_server", "NetBIOS datagram distribution server", "RFC 2132 8.6", "NetBIOS datagram distribution server."),
	[ADDR_XFONT] = ADDRESS("xwindows_system_font_server", "X font server", "RFC 2132 8.9", "Font server of X."),
	[ADDR_XDM] = ADDRESS("xwindows_system_display_manager", "X display manager", "RFC 2132 8.10", "Display manager of X."),
	[ADDR_REQUESTED] = ADDRESS("requested_ip_address", "Requested address", "RFC 2132 9.1", "Address that the client asks for."),
	[ADDR_SERVER] = ADDRESS("dhcp_server_id", "Server identifier", "RFC 2132 9.7", "The server that this is from, or for."),
	[ADDR_NISPLUS] = ADDRESS("nis_plus_server", "NIS+ server", "RFC 2132 8.12", "NIS+ server."),
	[ADDR_HOME_AGENT] = ADDRESS("mobile_ip_home_agent", "Mobile IP home agent", "RFC 2132 8.13", "Home agent of mobile IP."),
	[ADDR_SMTP] = ADDRESS("smtp_server", "SMTP server", "RFC 2132 8.14", "Mail server."),
	[ADDR_POP3] = ADDRESS("pop3_server", "POP3 server", "RFC 2132 8.15", "Mailbox server."),
	[ADDR_NNTP] = ADDRESS("nntp_server", "NNTP server", "RFC 2132 8.16", "News server."),
	[ADDR_WWW] = ADDRESS("default_www_server", "WWW server", "RFC 2132 8.17", "Web server."),
	[ADDR_FINGER] = ADDRESS("default_finger_server", "Finger server", "RFC 2132 8.18", "Finger server."),
	[ADDR_IRC] = ADDRESS("default_irc_server", "IRC server", "RFC 2132 8.19", "Chat server."),
	[ADDR_STREETTALK] = ADDRESS("streettalk_server", "StreetTalk server", "RFC 2132 8.20", "StreetTalk server."),
	[ADDR_STDA] = ADDRESS("streettalk_da_server", "StreetTalk directory assistance", "RFC 2132 8.21", "StreetTalk directory assistance server."),
	[ADDR_SLP] = ADDRESS("slp_directory_agent.slpda_address", "Directory agent", "RFC 2610 3", "Directory agent of SLP."),
	[ADDR_NDS] = ADDRESS("novell_dss.ip", "NDS server", "RFC 2241 2", "Server of Novell directory services."),
	[ADDR_ASSOCIATED] = ADDRESS("associated_ip_option", "Associated address", "RFC 4388 6.1", "Address of the client that was asked for."),
	[ADDR_NETINFO] = ADDRESS("netinfo_parent_server_address", "NetInfo address", "RFC 3679 3", "Parent server of NetInfo."),
	[ADDR_SUBNET] = ADDRESS("subnet_selection_option", "Subnet", "RFC 3011 2", "Subnet from which to take the address."),
	[ADDR_SIP] = ADDRESS("sip_server.address", "SIP server", "RFC 3361 3.2", "Outbound proxy of SIP."),
	[ADDR_PANA] = ADDRESS("pana_agent", "PANA agent", "RFC 5192 4", "Authentication agent of PANA."),
	[ADDR_CAPWAP] = ADDRESS("capwap_access_controller", "Access controller", "RFC 5417 2", "Access controller of CAPWAP."),
	[ADDR_ANDSF] = ADDRESS("andsf_server", "ANDSF server", "RFC 6153 3", "Access network discovery server."),
	[ADDR_TFTP] = ADDRESS("tftp_server_address", "TFTP server", "RFC 5859 2", "Server of configuration files."),
	[ADDR_6RD] = ADDRESS("6RD.border_relay_ip", "Border relay", "RFC 5969 7.1.1", "Border relay of 6rd."),
	[ADDR_AGENT_LINK] = ADDRESS(AGENT "link_selection", "Link", "RFC 3527 3", "Subnet of the client's link."),
	[ADDR_AGENT_SERVER] = ADDRESS(AGENT "server_id_override", "Server identifier", "RFC 5107 4", "What the server is to call itself."),
	[ADDR_AGENT_LINK_CISCO] = ADDRESS(AGENT "link_selection_cisco", "Link", "RFC 3527 3", "Subnet of the client's link, by Cisco's number."),
	[ADDR_AGENT_SERVER_CISCO] = ADDRESS(AGENT "server_id_override_cisco", "Server identifier", "RFC 5107 4", "What the server is to call itself, by Cisco's number."),
	[ADDR_NOVELL_DSS] = ADDRESS("novell_options.preferred_dss_server", "Preferred DSS server", "RFC 2242 4", "Domain SAP/RIP server to prefer."),
	[ADDR_NOVELL_NWIP] = ADDRESS("novell_options.nearest_nwip_server", "Nearest NetWare/IP server", "RFC 2242 4", "Server close by."),
	[ADDR_NOVELL_PRIMARY] = ADDRESS("novell_options.primary_dss", "Primary DSS", "RFC 2242 4", "Primary domain SAP/RIP server."),
	[ADDR_ISNS] = ADDRESS("isns.secondary_server_addr", "Secondary server", "RFC 4174 2", "Another iSNS server."),
};

static const struct rem_field pair_fields[] = {
	VALUE(REM_BYTES(0, 4), "policy_filter.ip", "Address", IPV4, DEC, ADDRESS, "RFC 2132 4.3", "Destination that source routes may have."),
	VALUE(REM_BYTES(4, 4), "policy_filter.subnet_mask", "Mask", IPV4, DEC, ADDRESS, "RFC 2132 4.3", "Its mask."),
	VALUE(REM_BYTES(0, 4), "static_route.ip", "Destination", IPV4, DEC, ADDRESS, "RFC 2132 5.8", "Destination of the route."),
	VALUE(REM_BYTES(4, 4), "static_route.router", "Router", IPV4, DEC, ADDRESS, "RFC 2132 5.8", "The route's next hop."),
};

REM_NAMES(node_names, {1, "B-node"}, {2, "P-node"}, {4, "M-node"}, {8, "H-node"});
REM_NAMES(overload_names, {1, "the field file holds options"}, {2, "the field sname holds options"},
	  {3, "the fields file and sname hold options"});
REM_NAMES(autoconf_names, {0, "do not auto-configure"}, {1, "auto-configure"});
REM_NAMES(sip_names, {0, "names"}, {1, "addresses"});
REM_NAMES(status_names, {0, "success"}, {1, "unspecified failure"}, {2, "query terminated"}, {3, "malformed query"}, {4, "not allowed"});
REM_NAMES(state_names, {1, "available"}, {2, "active"}, {3, "expired"}, {4, "released"}, {5, "abandoned"}, {6, "reset"},
	  {7, "remote"}, {8, "transitioning"});
#ifndef REM_NO_NAMES
static const struct rem_name message_name[] = {
	{1, "Discover"}, {2, "Offer"}, {3, "Request"}, {4, "Decline"}, {5, "ACK"}, {6, "NAK"}, {7, "Release"}, {8, "Inform"},
	{9, "Force renew"}, {10, "Lease query"}, {11, "Lease unassigned"}, {12, "Lease unknown"}, {13, "Lease active"},
	{14, "Bulk lease query"}, {15, "Lease query done"}, {16, "Active lease query"}, {17, "Lease query status"}, {18, "TLS"},
};
const struct rem_names rem_dhcp_type_names = {message_name, REM_COUNT(message_name)};
#endif

#define SWITCH(key_, name_, ref_, about_) VALUE(REM_BYTES(0, 1), key_, name_, BOOL, DEC, OPTION, ref_, about_)
#define BYTE(key_, name_, ref_, about_, ...) VALUE(REM_BYTES(0, 1), key_, name_, UINT, DEC, OPTION, ref_, about_, __VA_ARGS__)

static const struct rem_field byte_fields[] = {
	[BYTE_FORWARDING] = SWITCH("ip_forwarding", "IP forwarding", "RFC 2132 4.1", "Whether to forward packets."),
	[BYTE_SOURCE_ROUTING] = SWITCH("non_local_source_routing", "Non-local source routing", "RFC 2132 4.2", "Whether to forward source routes elsewhere."),
	[BYTE_TTL] = BYTE("default_ip_ttl", "Time to live", "RFC 2132 4.5", "Time to live of datagrams.", REM_NAMED(.unit = "hops")),
	[BYTE_ALL_LOCAL] = SWITCH("all_subnets_are_local", "All subnets are local", "RFC 2132 5.2", "Whether all subnets have the same MTU."),
	[BYTE_MASK_DISCOVERY] = SWITCH("perform_mask_discovery", "Perform mask discovery", "RFC 2132 5.4", "Whether to ask for the mask by ICMP."),
	[BYTE_MASK_SUPPLIER] = SWITCH("mask_supplier", "Mask supplier", "RFC 2132 5.5", "Whether to answer those who ask for the mask."),
	[BYTE_ROUTER_DISCOVERY] = SWITCH("perform_router_discover", "Perform router discovery", "RFC 2132 5.6", "Whether to solicit routers."),
	[BYTE_TRAILERS] = SWITCH("trailer_encapsulation", "Trailer encapsulation", "RFC 2132 6.1", "Whether to negotiate trailers."),
	[BYTE_ENCAPSULATION] = SWITCH("ethernet_encapsulation", "IEEE 802.3 encapsulation", "RFC 2132 6.3", "Whether to use RFC 1042 on Ethernet."),
	[BYTE_TCP_TTL] = BYTE("tcp_default_ttl", "Time to live", "RFC 2132 7.1", "Time to live of segments.", REM_NAMED(.unit = "hops")),
	[BYTE_GARBAGE] = SWITCH("tcp_keepalive_garbage", "Keepalive garbage", "RFC 2132 7.3", "Whether keepalives carry a byte."),
	[BYTE_NODE_TYPE] = BYTE("netbios_over_tcpip_node_type", "Node type", "RFC 2132 8.7", "How NetBIOS names are resolved.", REM_NAMED(.names = &node_names)),
	[BYTE_OVERLOAD] = BYTE("option_overload", "Overload", "RFC 2132 9.3", "Where else options stand.", REM_NAMED(.names = &overload_names)),
	[BYTE_TYPE] = VALUE(REM_BYTES(0, 1), "dhcp", "Message type", UINT, DEC, OP, "RFC 2132 9.6", "What the message is.", REM_NAMED(.names = &rem_dhcp_type_names)),
	[BYTE_PARAMETERS] = BYTE("request_list_item", "Option", "RFC 2132 9.8", "An option that the client would like.", REM_NAMED(.names = &option_names)),
	[BYTE_SLP_AGENT] = BYTE("slp_directory_agent.value", "Mandatory", "RFC 2610 3", "Whether other agents must not be used."),
	[BYTE_SLP_SCOPE] = BYTE("slp_service_scope.value", "Mandatory", "RFC 2610 4", "Whether other scopes must not be used."),
	[BYTE_AUTOCONF] = BYTE("dhcp_auto_configuration", "Auto-configuration", "RFC 2563 2", "Whether to choose a link-local address.", REM_NAMED(.names = &autoconf_names)),
	[BYTE_SIP] = BYTE("sip_server.encoding", "Encoding", "RFC 3361 3", "What follows.", REM_NAMED(.names = &sip_names)),
	[BYTE_NONCE] = BYTE("forcerenew_nonce.algorithm", "Algorithm", "RFC 6704 3.1.1", "Algorithm that the client can do."),
	[BYTE_STATUS] = BYTE("bulk_lease.status_code", "Status", "RFC 6926 6.2.2", "How the query went.", REM_NAMED(.names = &status_names)),
	[BYTE_STATE] = BYTE("bulk_lease.dhcp_state", "State", "RFC 6926 6.2.7", "State of the address.", REM_NAMED(.names = &state_names)),
	[BYTE_SOURCE] = SWITCH("bulk_lease.data_source", "Remote", "RFC 6926 6.2.8", "Whether another server is the source."),
	[BYTE_CLASS_MODE] = BYTE("vi_class.cl_address_mode", "Address mode", "RFC 3925 3", "CableLabs' address mode."),
	[BYTE_AGENT_FLAGS] = VALUE(REM_BYTES(0, 1), AGENT "flags", "Flags", UINT, HEX, FLAGS, "RFC 5010 3", "128: the client's message was unicast."),
	[BYTE_AGENT_ATT] = BYTE(AGENT "ani_att", "Access technology", "RFC 7839 4.4.1", "Kind of access network."),
	[BYTE_AGENT_VRF] = BYTE(AGENT "vrf_name.global", "Global", "RFC 6607 3.4", "The global network."),
	[BYTE_NOVELL_BROADCAST] = SWITCH("novell_options.broadcast", "Broadcast", "RFC 2242 4", "Whether to look for servers by broadcast."),
	[BYTE_NOVELL_RETRIES] = BYTE("novell_options.autoretries", "Retries", "RFC 2242 4", "How often to try a server."),
	[BYTE_NOVELL_DELAY] = BYTE("novell_options.autoretry_delay", "Delay", "RFC 2242 4", "Seconds between tries.", REM_NAMED(.unit = "s")),
	[BYTE_NOVELL_V1_1] = SWITCH("novell_options.support_netware_v1_1", "Support version 1.1", "RFC 2242 4", "Whether to serve old servers."),
};

REM_NAMES(architecture_names, {0, "x86 BIOS"}, {6, "x86 UEFI"}, {7, "x64 UEFI"}, {9, "EFI byte code"}, {10, "ARM 32-bit UEFI"},
	  {11, "ARM 64-bit UEFI"}, {15, "x86 UEFI by HTTP"}, {16, "x64 UEFI by HTTP"}, {18, "ARM 32-bit UEFI by HTTP"},
	  {19, "ARM 64-bit UEFI by HTTP"}, {25, "RISC-V 32-bit UEFI"}, {27, "RISC-V 64-bit UEFI"});
#define SHORT(key_, name_, ref_, about_, ...) VALUE(REM_BYTES(0, 2), key_, name_, UINT, DEC, OPTION, ref_, about_, __VA_ARGS__)
#define LONG(key_, name_, ref_, about_, ...) VALUE(REM_BYTES(0, 4), key_, name_, UINT, DEC, OPTION, ref_, about_, __VA_ARGS__)
#define SECONDS REM_NAMED(.unit = "s")

static const struct rem_field short_fields[] = {
	[SHORT_FILE_SIZE] = SHORT("boot_file_size", "Size", "RFC 2132 3.15", "Size of the boot file.", REM_NAMED(.unit = "x 512 bytes")),
	[SHORT_REASSEMBLY] = SHORT("max_datagram_reassembly_size", "Size", "RFC 2132 4.4", "Largest datagram to reassemble.", REM_NAMED(.unit = "bytes")),
	[SHORT_PLATEAU] = SHORT("path_mtu_plateau_table_item", "MTU", "RFC 2132 4.7", "An MTU to try.", REM_NAMED(.unit = "bytes")),
	[SHORT_MTU] = SHORT("interface_mtu", "MTU", "RFC 2132 5.1", "MTU of the interface.", REM_NAMED(.unit = "bytes")),
	[SHORT_MESSAGE_SIZE] = SHORT("dhcp_max_message_size", "Size", "RFC 2132 9.10", "Largest message that the client takes.", REM_NAMED(.unit = "bytes")),
	[SHORT_ARCHITECTURE] = SHORT("client_system_architecture", "Architecture", "RFC 4578 2.1", "What the client can run.", REM_NAMED(.names = &architecture_names)),
	[SHORT_NAME_SERVICE] = REM_FIELD(REM_BYTES(0, 2), NULL, "Name service", UINT, DEC, OPTION, "RFC 2937 2", "Name service to ask, as its option.",
					 REM_NAMED(.names = &option_names)),
};
static const struct rem_field long_fields[] = {
	[LONG_OFFSET] = VALUE(REM_BYTES(0, 4), "time_offset", "Offset", INT, DEC, OPTION, "RFC 2132 3.4", "From UTC, east is positive.", SECONDS),
	[LONG_MTU_AGING] = LONG("path_mtu_aging_timeout", "Timeout", "RFC 2132 4.6", "When a path MTU is forgotten.", SECONDS),
	[LONG_ARP_TIMEOUT] = LONG("arp_cache_timeout", "Timeout", "RFC 2132 6.2", "When an ARP entry is forgotten.", SECONDS),
	[LONG_KEEPALIVE] = LONG("tcp_keepalive_interval", "Interval", "RFC 2132 7.2", "Time between keepalives.", SECONDS),
	[LONG_LEASE] = LONG("ip_address_lease_time", "Lease time", "RFC 2132 9.2", "How long the address may be used.", SECONDS),
	[LONG_RENEWAL] = LONG("renewal_time_value", "Renewal time", "RFC 2132 9.11", "When to ask the server again (T1).", SECONDS),
	[LONG_REBINDING] = LONG("rebinding_time_value", "Rebinding time", "RFC 2132 9.12", "When to ask any server (T2).", SECONDS),
	[LONG_LAST] = LONG("client_last_transaction_time", "Time", "RFC 4388 6.1", "Since the client was last heard.", SECONDS),
	[LONG_IPV6_ONLY] = REM_FIELD(REM_BYTES(0, 4), NULL, "Wait", UINT, DEC, OPTION, "RFC 8925 3.1", "How long to do without IPv4.", SECONDS),
	[LONG_BASE] = REM_FIELD(REM_BYTES(0, 4), NULL, "Time", TIME, DEC, OPTION, "RFC 6926 6.2.3", "The server's clock."),
	[LONG_STATE_START] = LONG("bulk_lease.start_time_of_state", "Time", "RFC 6926 6.2.4", "How long the address has been in its state.", SECONDS),
	[LONG_QUERY_START] = REM_FIELD(REM_BYTES(0, 4), NULL, "Time", TIME, DEC, OPTION, "RFC 6926 6.2.5", "Only changes since then."),
	[LONG_QUERY_END] = REM_FIELD(REM_BYTES(0, 4), NULL, "Time", TIME, DEC, OPTION, "RFC 6926 6.2.6", "Only changes until then."),
	[LONG_AGENT_DOCSIS] = VALUE(REM_BYTES(0, 4), AGENT "docsis_device_class", "Device class", UINT, HEX, OPTION, "RFC 3256 2", "Kind of cable modem."),
};

#define TEXT(key_, name_, ref_, about_) VALUE(REM_REST(0), key_, name_, TEXT, DEC, TEXT, ref_, about_, .calc = rem_until_nul)
#define OCTETS(key_, name_, ref_, about_) VALUE(REM_REST(0), key_, name_, BYTES, HEX, OPTION, ref_, about_)

static const struct rem_field text_fields[] = {
	[TEXT_HOSTNAME] = TEXT("hostname", "Host name", "RFC 2132 3.14", "Name of the client."),
	[TEXT_DUMP_FILE] = TEXT("merit_dump_file", "Dump file", "RFC 2132 3.16", "File for the client's core."),
	[TEXT_DOMAIN] = TEXT("domain_name", "Domain name", "RFC 2132 3.17", "Domain of the client."),
	[TEXT_ROOT_PATH] = TEXT("root_path", "Root path", "RFC 2132 3.19", "Path of the client's root disk."),
	[TEXT_EXTENSIONS] = TEXT("extension_path", "Extensions path", "RFC 2132 3.20", "File with more options."),
	[TEXT_NIS] = TEXT("nis_domain", "NIS domain", "RFC 2132 8.1", "NIS domain of the client."),
	[TEXT_SCOPE] = TEXT("netbios_over_tcpip_scope", "Scope", "RFC 2132 8.8", "NetBIOS scope."),
	[TEXT_MESSAGE] = TEXT("message", "Message", "RFC 2132 9.9", "Why, in the words of the sender."),
	[TEXT_VENDOR_CLASS] = TEXT("vendor_class_id", "Vendor class", "RFC 2132 9.13", "Kind of the client."),
	[TEXT_NISPLUS] = TEXT("nis_plus_domain", "NIS+ domain", "RFC 2132 8.11", "NIS+ domain of the client."),
	[TEXT_TFTP] = TEXT("tftp_server_name", "TFTP server", "RFC 2132 9.4", "Server of the boot file."),
	[TEXT_FILE] = TEXT("bootfile_name", "Boot file", "RFC 2132 9.5", "File to boot from."),
	[TEXT_SLP_SCOPE] = TEXT("slp_service_scope.string", "Scope", "RFC 2610 4", "Scopes of SLP."),
	[TEXT_NDS_TREE] = TEXT("novell_ds_tree_name", "Tree", "RFC 2241 3", "Tree of Novell directory services."),
	[TEXT_NDS_CONTEXT] = TEXT("novell_ds_context", "Context", "RFC 2241 4", "Context in the tree."),
	[TEXT_PCODE] = TEXT("tz_pcode", "Time zone", "RFC 4833 2", "Time zone as POSIX writes it."),
	[TEXT_TCODE] = TEXT("tz_tcode", "Time zone", "RFC 4833 2", "Time zone by its name in the database."),
	[TEXT_NETINFO] = TEXT("netinfo_parent_server_tag", "Tag", "RFC 3679 3", "Tag of the NetInfo server."),
	[TEXT_PORTAL] = TEXT("captive_portal", "Portal", "RFC 8910 2.1", "URI of the captive portal's API."),
	[TEXT_LOST] = TEXT("lost_server_domain_name", "LoST server", "RFC 5223 3", "Server that maps locations to services."),
	[TEXT_STATUS] = TEXT("bulk_lease.status_code_message", "Message", "RFC 6926 6.2.2", "The status in words."),
	[TEXT_MUD] = TEXT("mudurl", "URL", "RFC 8520 10", "What the manufacturer says of the client."),
	[TEXT_PXE_CONFIG] = TEXT("pxe_config_file", "Configuration file", "RFC 5071 4", "Configuration of PXELINUX."),
	[TEXT_PXE_PREFIX] = TEXT("pxe_path_prefix", "Path prefix", "RFC 5071 5", "In front of PXELINUX's paths."),
	[TEXT_WPAD] = TEXT("private_proxy_autodiscovery", "URL", "draft-ietf-wrec-wpad 4.4.1", "Where the proxy configuration is."),
	[TEXT_AGENT_CIRCUIT] = OCTETS(AGENT "agent_circuit_id", "Circuit ID", "RFC 3046 3.1", "The circuit that the message came by."),
	[TEXT_AGENT_REMOTE] = OCTETS(AGENT "agent_remote_id", "Remote ID", "RFC 3046 3.2", "The host at the circuit's other end."),
	[TEXT_AGENT_RESERVED] = OCTETS(AGENT "reserved", "Reserved", "RFC 3046 2.0", "Has no meaning."),
	[TEXT_AGENT_SUBSCRIBER] = TEXT(AGENT "subscriber_id", "Subscriber", "RFC 3993 3", "Whom the client belongs to."),
	[TEXT_AGENT_RADIUS] = OCTETS(AGENT "radius_attributes", "RADIUS attributes", "RFC 4014 3", "What RADIUS says of the client."),
	[TEXT_AGENT_AUTH] = OCTETS(AGENT "authentication", "Authentication", "RFC 4030 4", "Proof that the relay agent sent this."),
	[TEXT_AGENT_RELAY] = OCTETS(AGENT "relay_agent_id", "Relay agent", "RFC 6925 5", "DUID of the relay agent."),
	[TEXT_AGENT_NETWORK] = TEXT(AGENT "ani_network_name", "Network", "RFC 7839 4.4.2", "Name of the access network."),
	[TEXT_AGENT_AP] = TEXT(AGENT "ani_ap_name", "Access point", "RFC 7839 4.4.3", "Name of the access point."),
	[TEXT_AGENT_BSSID] = VALUE(REM_BYTES(0, 6), AGENT "ani_ap_bssid", "BSSID", MAC, DEC, ADDRESS, "RFC 7839 4.4.3", "Address of the access point."),
	[TEXT_AGENT_OPERATOR] = OCTETS(AGENT "ani_operator_id", "Operator", "RFC 7839 4.4.4", "Operator of the access network."),
	[TEXT_AGENT_REALM] = TEXT(AGENT "ani_operator_realm", "Realm", "RFC 7839 4.4.4", "Realm of the operator."),
	[TEXT_AGENT_VRF] = TEXT(AGENT "vrf_name", "VPN", "RFC 6607 3.4", "Name of the virtual network."),
};

static const struct rem_field vendor_fields[] = {
	[VENDOR_VALUE] = OCTETS("vendor.value", "Value", "RFC 2132 8.4", "What the vendor's client and server say to each other."),
	[VENDOR_OTHER] = REM_FIELD(REM_REST(0), NULL, "Value", BYTES, HEX, OPTION, "RFC 2132 8.4",
				   "What a vendor's client and server say, laid out by the vendor."),
};
static const struct rem_field client_id_fields[] = {
	[CLIENT_HTYPE] = REM_FIELD(REM_BYTES(0, 1), "dhcp.hw.type", "Hardware type", UINT, HEX, TYPE, "RFC 2132 9.14",
				   "Kind of the hardware address.", REM_NAMED(.names = &rem_hardware_names)),
	[CLIENT_MAC] = REM_FIELD(REM_BYTES(1, 6), "dhcp.hw.mac_addr", "Hardware address", MAC, DEC, ADDRESS, "RFC 2132 9.14",
				 "Hardware address of the client."),
	[CLIENT_ADDRESS] = REM_FIELD(REM_REST(8), NULL, "Hardware address", BYTES, HEX, ADDRESS, "RFC 2132 9.14",
				     "Hardware address of the client."),
	[CLIENT_TYPE] = REM_FIELD(REM_BYTES(0, 1), "dhcp.client_id.type", "Type", UINT, DEC, TYPE, "RFC 2132 9.14",
				  "0: not a hardware address."),
	[CLIENT_TEXT] = REM_FIELD(REM_REST(8), "dhcp.client_id.undef", "Identifier", TEXT, DEC, TEXT, "RFC 2132 9.14",
				  "Who the client is.", .calc = rem_until_nul),
};
REM_NAMES(duid_names, {1, "link-layer address and time"}, {2, "enterprise"}, {3, "link-layer address"}, {4, "UUID"});
#define CLIENT_ID(bits_, key_, ...) REM_FIELD(bits_, "dhcp.client_id." key_, __VA_ARGS__)
static const struct rem_field duid_fields[] = {
	[DUID_IAID] = REM_FIELD(REM_BYTES(1, 4), NULL, "IAID", UINT, HEX, ID, "RFC 4361 6.1", "Which of the client's interfaces this is."),
	[DUID_TYPE] = CLIENT_ID(REM_BYTES(5, 2), "duid_type", "DUID type", UINT, DEC, TYPE, "RFC 8415 11",
				"What the identifier is made of.", REM_NAMED(.names = &duid_names)),
	[DUID_LLT] = CLIENT_ID(REM_BYTES(7, 2), "duid_llt_hw_type", "Hardware type", UINT, DEC, TYPE, "RFC 8415 11.2",
			       "Kind of the address.", REM_NAMED(.names = &rem_hardware_names)),
	CLIENT_ID(REM_BYTES(9, 4), "time", "Time", UINT, DEC, TIME, "RFC 8415 11.2", "When the identifier was made, seconds since 2000.", SECONDS),
	CLIENT_ID(REM_REST(104), "link_layer_address", "Link-layer address", BYTES, HEX, ADDRESS, "RFC 8415 11.2", "An address of the client."),
	[DUID_EN] = CLIENT_ID(REM_BYTES(7, 4), "enterprise_num", "Enterprise", UINT, DEC, NONE, "RFC 8415 11.3", "Whose identifier this is."),
	REM_FIELD(REM_REST(88), "dhcp.client_id", "Identifier", BYTES, HEX, ID, "RFC 8415 11.3", "Who the client is."),
	[DUID_LL] = CLIENT_ID(REM_BYTES(7, 2), "duid_ll_hw_type", "Hardware type", UINT, DEC, TYPE, "RFC 8415 11.4",
			      "Kind of the address.", REM_NAMED(.names = &rem_hardware_names)),
	CLIENT_ID(REM_REST(72), "link_layer_address", "Link-layer address", BYTES, HEX, ADDRESS, "RFC 8415 11.4", "An address of the client."),
};
static const struct rem_field uuid_fields[] = {
	REM_FIELD(REM_BYTES(1, 16), NULL, "UUID", BYTES, HEX, ID, "RFC 4578 2.3", "Who the client's machine is."),
};
static const struct rem_field user_class_fields[] = {
	VALUE(REM_BYTES(0, 1), "user_class", "Instance", UINT, DEC, COUNT, "RFC 3004 4", "Which of the classes this is, from 0.",
	      .flags = REM_F_DERIVED, .calc = rem_dhcp_count_before),
	VALUE(REM_BYTES(0, 1), "user_class.length", "Length", UINT, DEC, SIZE, "RFC 3004 4", "Length of the class.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(8), "user_class.data", "Class", BYTES, HEX, OPTION, "RFC 3004 4", "Kind of the client's user."),
};
static const struct rem_field user_text_fields[] = {
	TEXT("user_class.text", "Text", "RFC 3004 4", "A class that is not written as it should be."),
};

#define FQDN(bits_, key_, ...) REM_FIELD(bits_, "dhcp.fqdn." key_, __VA_ARGS__)
static const struct rem_field fqdn_fields[] = {
	FQDN(REM_BYTES(0, 1), "flags", "Flags", UINT, HEX, FLAGS, "RFC 4702 2.1", "Who updates the DNS.", .flags = REM_F_CONTAINER),
	FQDN(REM_BITS(0, 4), "mbz", "Reserved", UINT, HEX, RESERVED, "RFC 4702 2.1", "Must be zero."),
	FQDN(REM_BITS(4, 1), "n", "no server update", BOOL, DEC, NONE, "RFC 4702 2.1", "The server updates nothing.", .flags = REM_F_FLAG),
	FQDN(REM_BITS(5, 1), "e", "wire format", BOOL, DEC, NONE, "RFC 4702 2.1", "The name is written as in DNS messages.", .flags = REM_F_FLAG),
	FQDN(REM_BITS(6, 1), "o", "override", BOOL, DEC, NONE, "RFC 4702 2.1", "The server decided otherwise.", .flags = REM_F_FLAG),
	FQDN(REM_BITS(7, 1), "s", "server updates", BOOL, DEC, NONE, "RFC 4702 2.1", "The server updates the address record.", .flags = REM_F_FLAG),
	FQDN(REM_BYTES(1, 1), "rcode1", "A result", UINT, DEC, NONE, "RFC 4702 2.2", "Answer to the update of the address.", .flags = REM_F_LEGACY),
	FQDN(REM_BYTES(2, 1), "rcode2", "PTR result", UINT, DEC, NONE, "RFC 4702 2.2", "Answer to the update of the pointer.", .flags = REM_F_LEGACY),
	FQDN(REM_REST(24), "name", "Name", TEXT, DEC, TEXT, "RFC 4702 2.3.1", "Name of the client.", .calc = rem_until_nul),
};

REM_NAMES(agent_names, {1, "Circuit ID"}, {2, "Remote ID"}, {4, "DOCSIS device class"}, {5, "Link selection"}, {6, "Subscriber ID"},
	  {7, "RADIUS attributes"}, {8, "Authentication"}, {9, "Vendor-specific"}, {10, "Flags"}, {11, "Server identifier override"},
	  {12, "Relay agent ID"}, {13, "Access technology"}, {14, "Access network name"}, {15, "Access point name"},
	  {16, "Access point BSSID"}, {17, "Operator ID"}, {18, "Operator realm"}, {19, "Relay source port"},
	  {150, "Link selection (Cisco)"}, {151, "Virtual subnet selection"}, {152, "Server identifier override (Cisco)"});
#define SUBOPTION_LENGTH \
	VALUE(REM_BYTES(1, 1), "suboption_length", "Length", UINT, DEC, SIZE, "RFC 3046 2.0", "Length of the value.", REM_NAMED(.unit = "bytes"))
static const struct rem_field agent_fields[] = {
	VALUE(REM_BYTES(0, 1), AGENT "suboption", "Type", UINT, DEC, TYPE, "RFC 3046 2.0", "Which suboption this is.",
	      .flags = REM_F_LABEL, REM_NAMED(.names = &agent_names)),
	SUBOPTION_LENGTH,
	VALUE(REM_REST(16), AGENT "value", "Value", BYTES, HEX, OPTION, "RFC 3046 2.0", "Value of the suboption as bytes.", .flags = REM_F_EMPTY),
};
static const struct rem_field agent_enterprise_fields[] = {
	VALUE(REM_BYTES(0, 4), AGENT "vi.enterprise", "Enterprise", UINT, DEC, NONE, "RFC 4243 3", "Whose data this is."),
	VALUE(REM_BYTES(4, 1), AGENT "vi.data_length", "Length", UINT, DEC, SIZE, "RFC 4243 3", "Length of the data.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(40), AGENT "value", "Data", BYTES, HEX, OPTION, "RFC 4243 3", "Data of the vendor.", .flags = REM_F_EMPTY),
};
REM_NAMES(novell_names, {1, "Does not exist"}, {2, "Exists in the options"}, {3, "Exists in sname and file"}, {4, "Exists, but too big"},
	  {5, "Broadcast"}, {6, "Preferred DSS servers"}, {7, "Nearest NetWare/IP servers"}, {8, "Retries"}, {9, "Retry delay"},
	  {10, "Support version 1.1"}, {11, "Primary DSS"});
static const struct rem_field novell_fields[] = {
	VALUE(REM_BYTES(0, 1), "novell_options.suboption", "Type", UINT, DEC, TYPE, "RFC 2242 4", "Which suboption this is.",
	      .flags = REM_F_LABEL, REM_NAMED(.names = &novell_names)),
	SUBOPTION_LENGTH,
	VALUE(REM_REST(16), "novell_options.value", "Value", BYTES, HEX, OPTION, "RFC 2242 4", "Value of the suboption as bytes.", .flags = REM_F_EMPTY),
};

REM_NAMES(auth_names, {0, "configuration token"}, {1, "delayed authentication"}, {3, "reconfigure key"});
static const struct rem_field auth_fields[] = {
	[AUTH_PROTOCOL] = VALUE(REM_BYTES(0, 1), "dhcp_authentication.protocol", "Protocol", UINT, DEC, TYPE, "RFC 3118 2",
				"How messages are authenticated.", REM_NAMED(.names = &auth_names)),
	[AUTH_DELAYED] = VALUE(REM_BYTES(1, 1), "dhcp_authentication.alg_delay", "Algorithm", UINT, DEC, NONE, "RFC 3118 5.1", "1: HMAC-MD5."),
	[AUTH_ALGORITHM] = VALUE(REM_BYTES(1, 1), "dhcp_authentication.algorithm", "Algorithm", UINT, DEC, NONE, "RFC 3118 2", "By which algorithm."),
	[AUTH_RDM] = VALUE(REM_BYTES(2, 1), "dhcp_authentication.rdm", "Replay detection", UINT, DEC, NONE, "RFC 3118 2", "0: by a counter."),
	[AUTH_COUNTER] = VALUE(REM_BYTES(3, 8), "dhcp_authentication.rdm_replay_detection", "Counter", UINT, HEX, SEQUENCE, "RFC 3118 2", "Always grows."),
	[AUTH_DETECTION] = VALUE(REM_BYTES(3, 8), "dhcp_authentication.rdm_rdv", "Replay value", TEXT, DEC, NONE, "RFC 3118 2",
				 "Value of another method.", .calc = rem_until_nul),
	[AUTH_SECRET] = VALUE(REM_BYTES(11, 4), "dhcp_authentication.secret_id", "Secret ID", UINT, HEX, ID, "RFC 3118 5.1", "Which key is used."),
	[AUTH_HASH] = VALUE(REM_BYTES(15, 16), "dhcp_authentication.hmac_md5_hash", "HMAC-MD5", BYTES, HEX, CHECKSUM, "RFC 3118 5.1", "Hash of the message."),
	[AUTH_INFORMATION] = VALUE(REM_REST(88), "dhcp_authentication.information", "Information", TEXT, DEC, NONE, "RFC 3118 2",
				   "What the protocol needs.", .calc = rem_until_nul),
};
static const struct rem_field network_id_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), NULL, "Type", UINT, DEC, TYPE, "RFC 4578 2.2", "1: UNDI."),
	REM_FIELD(REM_BYTES(1, 1), "dhcp.client_network_id_major", "Major version", UINT, DEC, VERSION, "RFC 4578 2.2", "Version of the interface."),
	REM_FIELD(REM_BYTES(2, 1), "dhcp.client_network_id_minor", "Minor version", UINT, DEC, NONE, "RFC 4578 2.2", "Version of the interface."),
};
REM_NAMES(what_names, {0, "the server"}, {1, "a network element near the client"}, {2, "the client"});
static const struct rem_field civic_fields[] = {
	VALUE(REM_BYTES(0, 1), "civic_location.what", "What", UINT, DEC, TYPE, "RFC 4776 3.1", "Whose location this is.", REM_NAMED(.names = &what_names)),
	VALUE(REM_BYTES(1, 2), "civic_location.country", "Country", TEXT, DEC, TEXT, "RFC 4776 3.1", "ISO 3166 code.", .calc = rem_until_nul),
};
static const struct rem_field civic_item_fields[] = {
	VALUE(REM_BYTES(0, 1), "civic_location.ca_type", "Type", UINT, DEC, TYPE, "RFC 4776 3.4", "Which part of the address this is."),
	VALUE(REM_BYTES(1, 1), "civic_location.ca_length", "Length", UINT, DEC, SIZE, "RFC 4776 3.3", "Length of the value.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(16), "civic_location.ca_value", "Value", TEXT, DEC, TEXT, "RFC 4776 3.3", "The part of the address.", .calc = rem_until_nul),
};
static const struct rem_field name_fields[] = {
	[NAME_SEARCH] = VALUE(REM_REST(0), "dhcp_dns_domain_search_list_fqdn", "Domain", NAME, DEC, TEXT, "RFC 3397 2", "Domain in which to look names up.",
			      .calc = rem_dhcp_name_in_value),
	[NAME_SIP] = VALUE(REM_REST(0), "sip_server.name", "SIP server", NAME, DEC, TEXT, "RFC 3361 3.1", "Outbound proxy of SIP.", .calc = rem_dhcp_name_in_value),
	[NAME_FQDN] = REM_FIELD(REM_REST(0), "dhcp.fqdn.name", "Name", NAME, DEC, TEXT, "RFC 4702 2.3.1", "Name of the client.", .calc = rem_dhcp_name_in_value),
	[NAME_SEARCH_JOINED] = VALUE(REM_REST(0), "dhcp_dns_domain_search_list_fqdn", "Domain", NAME, DEC, TEXT, "RFC 3397 2",
				     "Domain in which to look names up; it may end in the next option of this kind.", .calc = rem_dhcp_name_in_pieces),
	[NAME_SIP_JOINED] = VALUE(REM_REST(0), "sip_server.name", "SIP server", NAME, DEC, TEXT, "RFC 3361 3.1",
				  "Outbound proxy of SIP; its name may end in the next option of this kind.", .calc = rem_dhcp_name_in_pieces),
	[NAME_RDNSS] = VALUE(REM_REST(0), "rdnss.domain", "Domain", NAME, DEC, TEXT, "RFC 6731 4.3", "What the servers are for.", .calc = rem_dhcp_name_in_value),
};
static const struct rem_field piece_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Piece", BYTES, HEX, NONE, "RFC 3396 5",
		  "Bytes of something that begins or ends in another option of this kind."),
};
static const struct rem_field route_fields[] = {
	OCTETS("classless_static_route", "Route", "RFC 3442", "Width of the mask, the destination's significant bytes, the router."),
};
static const struct rem_field isns_fields[] = {
	VALUE(REM_BYTES(0, 2), "isns.functions", "Functions", UINT, HEX, FLAGS, "RFC 4174 2.1", "What the server does."),
	VALUE(REM_BYTES(2, 2), "isns.discovery_domain_access", "Discovery domain access", UINT, HEX, FLAGS, "RFC 4174 2.2", "Who may change discovery domains."),
	VALUE(REM_BYTES(4, 2), "isns.administrative_flags", "Administrative flags", UINT, HEX, FLAGS, "RFC 4174 2.3", "Settings of the server."),
	VALUE(REM_BYTES(6, 4), "isns.server_security_bitmap", "Security", UINT, HEX, FLAGS, "RFC 4174 2.4", "How to talk to the server."),
	VALUE(REM_BYTES(10, 4), "isns.primary_server_addr", "Primary server", IPV4, DEC, ADDRESS, "RFC 4174 2", "The iSNS server."),
};
static const struct rem_field class_fields[] = {
	VALUE(REM_BYTES(0, 4), "vi_class.enterprise", "Enterprise", UINT, DEC, NONE, "RFC 3925 3", "Whose class this is."),
	VALUE(REM_BYTES(4, 1), "vi_class.length", "Length", UINT, DEC, SIZE, "RFC 3925 3", "Length of the class.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(40), "vi_class.data", "Class", TEXT, DEC, TEXT, "RFC 3925 3", "Kind of the client.", .flags = REM_F_EMPTY, .calc = rem_until_nul),
};
static const struct rem_field enterprise_fields[] = {
	VALUE(REM_BYTES(0, 4), "vi.enterprise", "Enterprise", UINT, DEC, NONE, "RFC 3925 4", "Whose information this is."),
	VALUE(REM_BYTES(4, 1), "vi.length", "Length", UINT, DEC, SIZE, "RFC 3925 4", "Length of the information.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field enterprise_item_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dhcp.vendor.suboption", "Type", UINT, DEC, TYPE, "RFC 3925 4", "Which of the vendor's options this is."),
	SUBOPTION_LENGTH,
	REM_FIELD(REM_REST(16), "dhcp.vendor.data", "Data", BYTES, HEX, OPTION, "RFC 3925 4", "Value of the vendor's option.", .flags = REM_F_EMPTY),
};
REM_NAMES(client_config_names, {1, "Primary DHCP server"}, {2, "Secondary DHCP server"}, {3, "Provisioning server"}, {4, "AS request timing"},
	  {5, "AP request timing"}, {6, "Kerberos realm"}, {7, "Use a ticket granting server"}, {8, "Provisioning timer"}, {9, "Security tickets"});
static const struct rem_field client_config_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dhcp.vendor.pc.ietf_ccc.suboption", "Type", UINT, DEC, TYPE, "RFC 3495 4", "Which suboption this is.",
		  .flags = REM_F_LABEL, REM_NAMED(.names = &client_config_names)),
	REM_FIELD(REM_BYTES(1, 1), NULL, "Length", UINT, DEC, SIZE, "RFC 3495 4", "Length of the value.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_REST(16), NULL, "Value", BYTES, HEX, OPTION, "RFC 3495 5", "Value of the suboption."),
};
REM_NAMES(preference_names, {0, "medium"}, {1, "high"}, {3, "low"});
static const struct rem_field rdnss_fields[] = {
	VALUE(REM_BITS(0, 6), "rdnss.reserved", "Reserved", UINT, HEX, RESERVED, "RFC 6731 4.3", "Must be zero."),
	VALUE(REM_BITS(6, 2), "rdnss.preference", "Preference", UINT, DEC, NONE, "RFC 6731 4.3", "Before or after other servers.",
	      REM_NAMED(.names = &preference_names)),
	VALUE(REM_BYTES(1, 4), "rdnss.primary_dns", "Primary server", IPV4, DEC, ADDRESS, "RFC 6731 4.3", "Server to ask."),
	VALUE(REM_BYTES(5, 4), "rdnss.secondary_dns", "Secondary server", IPV4, DEC, ADDRESS, "RFC 6731 4.3", "Server to ask next."),
};
static const struct rem_field ports_fields[] = {
	VALUE(REM_BYTES(0, 1), "portparams.offset", "Offset", UINT, DEC, NONE, "RFC 7618 9", "Bits in front of the port set."),
	VALUE(REM_BYTES(1, 1), "portparams.psid_length", "PSID length", UINT, DEC, SIZE, "RFC 7618 9", "Bits of the port set.", REM_NAMED(.unit = "bits")),
	VALUE(REM_BYTES(2, 2), "portparams.psid", "PSID", BYTES, HEX, ID, "RFC 7618 9", "Which port set the client has."),
};
static const struct rem_field sixrd_fields[] = {
	VALUE(REM_BYTES(0, 1), "6RD.ipv4_mask_len", "IPv4 mask length", UINT, DEC, SIZE, "RFC 5969 7.1.1", "Bits that all IPv4 addresses share.",
	      REM_NAMED(.unit = "bits")),
	VALUE(REM_BYTES(1, 1), "6RD.prefix_len", "Prefix length", UINT, DEC, SIZE, "RFC 5969 7.1.1", "Length of the IPv6 prefix.", REM_NAMED(.unit = "bits")),
	VALUE(REM_BYTES(2, 16), "6RD.prefix", "Prefix", IPV6, DEC, ADDRESS, "RFC 5969 7.1.1", "The IPv6 prefix."),
};

static const struct rem_field dss_fields[] = {
	VALUE(REM_BYTES(0, 1), "cl_dss_id.option", "Type", UINT, DEC, TYPE, "CL-SP-CANN-DHCP-Reg", "Which server this is."),
	VALUE(REM_BYTES(1, 1), "cl_dss_id.len", "Length", UINT, DEC, SIZE, "CL-SP-CANN-DHCP-Reg", "Length of the name.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(16), "cl_dss_id", "Name", TEXT, DEC, TEXT, "CL-SP-CANN-DHCP-Reg", "Name of the server.", .flags = REM_F_EMPTY,
	      .calc = rem_until_nul),
};
REM_NAMES(pxe_names, {1, "MTFTP address"}, {2, "MTFTP client port"}, {3, "MTFTP server port"}, {4, "MTFTP timeout"}, {5, "MTFTP delay"},
	  {6, "Discovery control"}, {7, "Discovery multicast address"}, {8, "Boot servers"}, {9, "Boot menu"}, {10, "Menu prompt"},
	  {71, "Boot item"});
static const struct rem_field pxe_fields[] = {
	VALUE(REM_BYTES(0, 1), "vendor.pxeclient.suboption", "Type", UINT, DEC, TYPE, "PXE 2.1 2.2", "Which suboption this is.",
	      .flags = REM_F_LABEL, REM_NAMED(.names = &pxe_names)),
	SUBOPTION_LENGTH,
	VALUE(REM_REST(16), "vendor.value", "Value", BYTES, HEX, OPTION, "PXE 2.1 2.2", "Value of the suboption.", .flags = REM_F_EMPTY),
	[PXE_PADDING] = VALUE(REM_BYTES(0, 1), "vendor.pxeclient.padding", "Padding", UINT, DEC, NONE, "PXE 2.1 2.2", "Means nothing."),
	[PXE_END] = VALUE(REM_BYTES(0, 1), "vendor.pxeclient.end", "End", UINT, DEC, NONE, "PXE 2.1 2.2", "End of the suboptions."),
};

const struct rem_table rem_dhcp_tables[TABLE_COUNT] = {
	[TABLE_HEADER] = REM_TABLE("DHCP", header_fields, .flags = REM_TABLE_ONCE),
	[TABLE_HARDWARE] = REM_TABLE("Hardware address", hardware_fields),
	[TABLE_NAMES] = REM_TABLE("Names", names_fields),
	[TABLE_BOOTP] = REM_TABLE("BOOTP", bootp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_COOKIE] = REM_TABLE("Cookie", cookie_fields, .flags = REM_TABLE_ONCE),
	[TABLE_VENDOR_AREA] = REM_TABLE("Vendor area", vendor_area_fields, .flags = REM_TABLE_ONCE),
	[TABLE_CUT] = REM_TABLE("Cut", cut_fields),
	[TABLE_OPTION] = REM_TABLE("Option", option_fields),
	[TABLE_OPAQUE] = REM_TABLE("Option", opaque_fields),
	[TABLE_PAD] = REM_TABLE("Option", pad_fields),
	[TABLE_END] = REM_TABLE("Option", end_fields),
	[TABLE_ADDRESSES] = REM_TABLE("Address", address_fields, .stride = 32),
	[TABLE_PAIRS] = REM_TABLE("Addresses", pair_fields, .stride = 64),
	[TABLE_BYTES] = REM_TABLE("Value", byte_fields, .stride = 8),
	[TABLE_SHORTS] = REM_TABLE("Value", short_fields, .stride = 16),
	[TABLE_LONGS] = REM_TABLE("Value", long_fields, .stride = 32),
	[TABLE_TEXTS] = REM_TABLE("Value", text_fields),
	[TABLE_VENDOR] = REM_TABLE("Value", vendor_fields),
	[TABLE_CLIENT_ID] = REM_TABLE("Client identifier", client_id_fields),
	[TABLE_DUID] = REM_TABLE("Client identifier", duid_fields),
	[TABLE_UUID] = REM_TABLE("Client identifier", uuid_fields),
	[TABLE_USER_CLASS] = REM_TABLE("User class", user_class_fields),
	[TABLE_USER_TEXT] = REM_TABLE("User class", user_text_fields),
	[TABLE_FQDN] = REM_TABLE("Client domain name", fqdn_fields),
	[TABLE_AGENT] = REM_TABLE("Suboption", agent_fields),
	[TABLE_AGENT_ENTERPRISE] = REM_TABLE("Vendor", agent_enterprise_fields),
	[TABLE_NOVELL] = REM_TABLE("Suboption", novell_fields),
	[TABLE_AUTH] = REM_TABLE("Authentication", auth_fields),
	[TABLE_NETWORK_ID] = REM_TABLE("Network interface", network_id_fields),
	[TABLE_CIVIC] = REM_TABLE("Location", civic_fields),
	[TABLE_CIVIC_ITEM] = REM_TABLE("Address", civic_item_fields),
	[TABLE_NAME] = REM_TABLE("Name", name_fields),
	[TABLE_ROUTE] = REM_TABLE("Route", route_fields),
	[TABLE_ISNS] = REM_TABLE("iSNS", isns_fields),
	[TABLE_CLASS] = REM_TABLE("Vendor class", class_fields),
	[TABLE_ENTERPRISE] = REM_TABLE("Vendor", enterprise_fields),
	[TABLE_ENTERPRISE_ITEM] = REM_TABLE("Suboption", enterprise_item_fields),
	[TABLE_CLIENT_CONFIG] = REM_TABLE("Suboption", client_config_fields),
	[TABLE_RDNSS] = REM_TABLE("Servers", rdnss_fields),
	[TABLE_PORTS] = REM_TABLE("Ports", ports_fields),
	[TABLE_6RD] = REM_TABLE("6rd", sixrd_fields),
	[TABLE_DSS] = REM_TABLE("Server", dss_fields),
	[TABLE_PXE] = REM_TABLE("Suboption", pxe_fields),
	[TABLE_PIECE] = REM_TABLE("Piece", piece_fields),
};
/* clang-format on */
