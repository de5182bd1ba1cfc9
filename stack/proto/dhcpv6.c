/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * DHCP for IPv6: RFC 8415, with options of RFC 3319, 3633, 3646, 4075, 4242, 4649, 4704, 4776, 5007,
 * 5908, 6334, 6603, 7598, 8357 and others. Client and server messages, and those of relays:
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |    msg-type   |               transaction-id                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |    msg-type   |   hop-count   |  link-address, peer-address   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  options …
 */
#include "core/decode.h"
#include <remora/numbers.h>
#include <remora/sorted.h>
#include <remora/text.h>
#include <remora/tlv.h>

enum {
	DHCPV6_TYPE = REM_BITS(0, 8), DHCPV6_XID = REM_BITS(8, 24), DHCPV6_HOPS = REM_BITS(8, 8),
	DHCPV6_LINK = REM_BITS(16, 128), DHCPV6_PEER = REM_BITS(144, 128),
	HEADER = 4, RELAY_HEADER = 34, RELAY_MESSAGE = 9,
};

enum {
	SOLICIT = 1, ADVERTISE = 2, REQUEST = 3, RENEW = 5, REBIND = 6, REPLY = 7, RELAY_FORW = 12,
	RELAY_REPLY = 13,
};

enum {
	TABLE_HEADER, TABLE_RELAY, TABLE_BROKEN, TABLE_OPTION, TABLE_DUID, TABLE_DUID_LLT, TABLE_DUID_EN,
	TABLE_DUID_LL, TABLE_DUID_UUID, TABLE_IA, TABLE_IATA, TABLE_IAADDR, TABLE_ORO_CODE,
	TABLE_PREFERENCE, TABLE_ELAPSED, TABLE_NEST, TABLE_AUTH, TABLE_AUTH_INFO, TABLE_AUTH_DELAYED,
	TABLE_UNICAST, TABLE_STATUS, TABLE_CLASS, TABLE_VENDOR_CLASS, TABLE_VENDOR_OPTS,
	TABLE_VENDOR_OPT, TABLE_INTERFACE, TABLE_RECONFIGURE, TABLE_SIP, TABLE_DNS, TABLE_NIS, TABLE_NISP,
	TABLE_SNTP, TABLE_BCMCS, TABLE_PANA, TABLE_LQ_LINK, TABLE_CAPWAP, TABLE_SIP_NAME, TABLE_SEARCH,
	TABLE_NIS_NAME, TABLE_NISP_NAME, TABLE_BCMCS_NAME, TABLE_AFTR, TABLE_FQDN_NAME, TABLE_TLD,
	TABLE_ROOT, TABLE_IAPREFIX, TABLE_LIFETIME, TABLE_REMOTE_ID, TABLE_SUBSCRIBER, TABLE_FQDN_CLIENT,
	TABLE_FQDN_SERVER, TABLE_TIMEZONE, TABLE_TZDB, TABLE_LQ_QUERY, TABLE_CLT_TIME, TABLE_LQ_RELAY,
	TABLE_NTP_ADDRESS, TABLE_NTP_GROUP, TABLE_NTP_NAME, TABLE_NTP_OTHER, TABLE_PD_EXCLUDE,
	TABLE_PORTAL, TABLE_MUD, TABLE_RELAY_PORT, TABLE_S46_RULE, TABLE_S46_PREFIX, TABLE_S46_BR, TABLE_S46_DMR,
	TABLE_S46_BIND, TABLE_S46_PORTS,
};

static rem_calc duid_time, psid, if_ethernet, if_other;

/* clang-format off */
REM_NAMES(type_names, {1, "Solicit"}, {2, "Advertise"}, {3, "Request"}, {4, "Confirm"}, {5, "Renew"}, {6, "Rebind"},
	  {7, "Reply"}, {8, "Release"}, {9, "Decline"}, {10, "Reconfigure"}, {11, "Information-request"},
	  {12, "Relay-forward"}, {13, "Relay-reply"}, {14, "Leasequery"}, {15, "Leasequery-reply"},
	  {16, "Leasequery-done"}, {17, "Leasequery-data"}, {18, "Reconfigure-request"}, {19, "Reconfigure-reply"},
	  {20, "DHCPv4-query"}, {21, "DHCPv4-response"}, {22, "Activeleasequery"}, {23, "Starttls"});
REM_NAMES(duid_names, {1, "link-layer address and time"}, {2, "enterprise number"}, {3, "link-layer address"}, {4, "UUID"});
REM_NAMES(status_names, {0, "success"}, {1, "unspecified failure"}, {2, "no addresses available"}, {3, "no binding"},
	  {4, "not on link"}, {5, "use multicast"}, {6, "no prefixes available"}, {7, "unknown query type"},
	  {8, "malformed query"}, {9, "not configured"}, {10, "not allowed"}, {11, "query terminated"});
/* Wireshark shows these as the text of the option, dhcpv6.option.type_str. */
REM_NAMES(option_names,
	{1, "Client Identifier"}, {2, "Server Identifier"}, {3, "Identity Association for Non-temporary Address"},
	  {4, "Identity Association for Temporary Address"}, {5, "IA Address"}, {6, "Option Request"},
	  {7, "Preference"}, {8, "Elapsed time"}, {9, "Relay Message"}, {11, "Authentication"}, {12, "Server unicast"},
	  {13, "Status code"}, {14, "Rapid Commit"}, {15, "User Class"}, {16, "Vendor Class"},
	  {17, "Vendor-specific Information"}, {18, "Interface-Id"}, {19, "Reconfigure Message"},
	  {20, "Reconfigure Accept"}, {21, "SIP Server Domain Name List"}, {22, "SIP Servers IPv6 Address List"},
	  {23, "DNS recursive name server"}, {24, "Domain Search List"},
	  {25, "Identity Association for Prefix Delegation"}, {26, "IA Prefix"}, {27, "Network Information Server"},
	  {28, "Network Information Server V2"}, {29, "Network Information Server Domain Name"},
	  {30, "Network Information Server V2 Domain Name"}, {31, "Simple Network Time Protocol Server"},
	  {32, "Lifetime"}, {33, "BCMCS Server Domain"}, {34, "BCMCS Servers IPv6 Address List"},
	  {36, "Geoconf Civic Address"}, {37, "Remote Identifier"}, {38, "Subscriber Identifier"},
	  {39, "Client Fully Qualified Domain Name"}, {40, "PANA Agents IPv6 Address List"}, {41, "Time Zone"},
	  {42, "Time Zone Database"}, {43, "Echo Request Option"}, {44, "Leasequery Query"},
	  {45, "Leasequery Client Data"}, {46, "Client Last Transaction Time"}, {47, "Leasequery Relay Data"},
	  {48, "Leasequery Client Link Address List"}, {49, "Home Network Identifier FQDN"},
	  {50, "Visited Home Network Information"}, {51, "LoST Server"}, {52, "CAPWAP Access Controllers"},
	  {53, "Relay-ID"}, {54, "MoS IPv6 Address"}, {55, "MoS Domain Name List"}, {56, "NTP Server"},
	  {57, "Access Network Domain Name"}, {58, "SIP User Agent Configuration Service Domains"},
	  {59, "Boot File URL"}, {60, "Boot File Parameters"}, {61, "Client System Architecture Type"},
	  {62, "Client Network Interface Identifier"}, {63, "Geolocation"}, {64, "Dual-Stack Lite AFTR Name"},
	  {65, "ERP Local Domain Name"}, {66, "Relay-Supplied Options"}, {67, "Prefix Exclude"},
	  {68, "Virtual Subnet Selection"}, {69, "Identified Home Network Information"},
	  {70, "Unrestricted Home Network Information"}, {71, "Home Network Prefix"}, {72, "Home Agent Address"},
	  {73, "Home Agent FQDN"}, {74, "RDNSS Selection"}, {75, "Kerberos Principal Name"},
	  {76, "Kerberos Realm Name"}, {77, "Kerberos Default Realm Name"}, {78, "Kerberos KDC"},
	  {79, "Client Link-Layer Address"}, {80, "Link Address"}, {81, "RADIUS"}, {82, "SOL_MAX_RT"},
	  {83, "INF_MAX_RT"}, {84, "Address Selection"}, {85, "Address Selection table"}, {86, "PCP Server"},
	  {87, "DHCPv4 Message"}, {88, "DHCP 4o6 Servers Address"}, {89, "S46 Rule"}, {90, "S46 BR"}, {91, "S46 DMR"},
	  {92, "S46 IPv4/IPv6 Address Binding"}, {93, "S46 Port Parameters"}, {94, "S46 MAP-E Container"},
	  {95, "S46 MAP-T Container"}, {96, "S46 Lightweight 4over6 Container"}, {97, "4rd Options"},
	  {98, "4rd Mapping Rule"}, {99, "4rd Non-Mapping Rule"}, {100, "LQ Server Base Time"},
	  {101, "LQ Server Query Start Time"}, {102, "LQ Server Query End Time"}, {103, "Captive Portal"},
	  {104, "MPL Parameter Configuration"}, {105, "Access Technology Type"}, {106, "Access Network Name"},
	  {107, "Access Point Name"}, {108, "Access Point BSSID"}, {109, "Access Network Operator ID"},
	  {110, "Access Network Operator Realm"}, {111, "S46 Priority"}, {112, "Manufacturer Usage Description"},
	  {113, "IPv4/IPv6 Multicast Prefixes"}, {114, "Failover Binding Status"}, {115, "Failover Connect Flags"},
	  {116, "Failover DNS Removal Info"}, {117, "Failover DNS Hostname"}, {118, "Failover DNS Zone Name"},
	  {119, "Failover DNS Flags"}, {120, "Failover Expiration Time"},
	  {121, "Failover Maximum Number Unacked BNDUPD Messages"}, {122, "Failover Maximum Client Lead Time (MCLT)"},
	  {123, "Failover Partner Lifetime"}, {124, "Failover Partner Lifetime Sent"},
	  {125, "Failover Partner Down Time"}, {126, "Failover Partner Raw Client Time"},
	  {127, "Failover Protocol Version"}, {128, "Failover Keepalive Time"}, {129, "Failover Reconfigure Data"},
	  {130, "Failover Relationship Name"}, {131, "Failover Server Flags"}, {132, "Failover Server State"},
	  {133, "Failover Start Time of State"}, {134, "Failover State Expiration Time"}, {135, "Relay Source Port"},
	  {136, "SZTP Redirect"}, {137, "Softwire Source Binding Prefix Hint"}, {143, "ANDSF IPv6 Address"});

#define ROW(bits_, key_, ...) REM_FIELD(bits_, "dhcpv6." key_, __VA_ARGS__)
#define VALUE(bits_, key_, name_, type_, show_, ref_, about_, ...) \
	ROW(bits_, key_, name_, type_, show_, OPTION, ref_, about_, __VA_ARGS__)

static const struct rem_field header_fields[] = {
	ROW(DHCPV6_TYPE, "msgtype", "Message type", UINT, DEC, OP, "RFC 8415 7.3", "What the message is.", REM_NAMED(.names = &type_names)),
	ROW(DHCPV6_XID, "xid", "Transaction", UINT, HEX, ID, "RFC 8415 8", "Ties the answer to the question."),
};
static const struct rem_field relay_fields[] = {
	ROW(DHCPV6_TYPE, "msgtype", "Message type", UINT, DEC, OP, "RFC 8415 7.3", "What the message is.", REM_NAMED(.names = &type_names)),
	ROW(DHCPV6_HOPS, "hopcount", "Hops", UINT, DEC, COUNT, "RFC 8415 9", "Relays that the message has passed."),
	ROW(DHCPV6_LINK, "linkaddr", "Link", IPV6, DEC, ADDRESS, "RFC 8415 9", "An address on the client's link."),
	ROW(DHCPV6_PEER, "peeraddr", "Peer", IPV6, DEC, ADDRESS, "RFC 8415 9", "Whom the relay has the message from."),
};
static const struct rem_field broken_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Option", BYTES, HEX, OPTION, "RFC 8415 21.1", "An option that ends behind what it is in."),
};

#define CODE ROW(REM_BYTES(0, 2), "option.type", "Code", UINT, DEC, TYPE, "RFC 8415 21.1", "Which option this is.", \
		 .flags = REM_F_LABEL, REM_NAMED(.names = &option_names))
#define HEAD \
	ROW(REM_BYTES(0, 2), "option.type_str", "Option", UINT, WORD, NONE, "RFC 8415 21.1", "The option's name.", \
	    .flags = REM_F_ALIAS | REM_F_AS_TEXT, REM_NAMED(.names = &option_names, .unit = "DHCP option ")), \
	CODE, \
	ROW(REM_BYTES(2, 2), "option.length", "Length", UINT, DEC, SIZE, "RFC 8415 21.1", "Length of the value.", REM_NAMED(.unit = "bytes"))
enum { ROWS_OF_HEAD = 3, OPTION_HEAD = 4 };

static const struct rem_field option_fields[] = {
	HEAD, REM_FIELD(REM_REST(32), NULL, "Value", BYTES, HEX, OPTION, "RFC 8415 21.1", "What remora does not take apart."),
};
static const struct rem_field nest_fields[] = { HEAD };

#define DUID \
	HEAD, \
	VALUE(REM_REST(32), "duid.bytes", "DUID", BYTES, HEX, "RFC 8415 11", "Who it is.", .flags = REM_F_ALIAS), \
	VALUE(REM_BYTES(4, 2), "duid.type", "DUID type", UINT, DEC, "RFC 8415 11.1", "What the DUID is made of.", REM_NAMED(.names = &duid_names))
/* Wireshark writes addresses of Ethernet with colons, others without. */
#define LINK_ADDRESS(at_, key_, ref_) \
	VALUE(REM_REST(at_), key_, "Address", BYTES, HEX, ref_, "Link-layer address.", .flags = REM_F_AS_TEXT, .calc = if_ethernet), \
	VALUE(REM_REST(at_), key_, "Address", BYTES, BARE, ref_, "Link-layer address.", .flags = REM_F_ALIAS | REM_F_AS_TEXT, .calc = if_other)
static const struct rem_field duid_fields[] = {
	DUID, REM_FIELD(REM_REST(48), NULL, "Identifier", BYTES, HEX, OPTION, "RFC 8415 11", "What remora does not take apart."),
};
static const struct rem_field duid_llt_fields[] = {
	DUID,
	VALUE(REM_BYTES(6, 2), "duidllt.hwtype", "Hardware", UINT, DEC, "RFC 8415 11.2", "1 for Ethernet.", REM_NAMED(.names = &rem_hardware_names)),
	VALUE(REM_BYTES(8, 4), "duidllt.time", "Time", TIME, DEC, "RFC 8415 11.2", "When the DUID was made.", .calc = duid_time),
	LINK_ADDRESS(96, "duidllt.link_layer_addr", "RFC 8415 11.2"),
};
static const struct rem_field duid_en_fields[] = {
	DUID,
	VALUE(REM_BYTES(6, 4), "duiden.enterprise", "Enterprise", UINT, DEC, "RFC 8415 11.3", "IANA's number of the vendor."),
	VALUE(REM_REST(80), "duiden.identifier", "Identifier", BYTES, HEX, "RFC 8415 11.3", "The vendor's number."),
};
static const struct rem_field duid_ll_fields[] = {
	DUID,
	VALUE(REM_BYTES(6, 2), "duidll.hwtype", "Hardware", UINT, DEC, "RFC 8415 11.4", "1 for Ethernet.", REM_NAMED(.names = &rem_hardware_names)),
	LINK_ADDRESS(64, "duidll.link_layer_addr", "RFC 8415 11.4"),
};
static const struct rem_field duid_uuid_fields[] = {
	DUID, VALUE(REM_BYTES(6, 16), "duiduuid.bytes", "UUID", BYTES, HEX, "RFC 6355 4", "The UUID."),
};
static const struct rem_field ia_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 4), "iaid", "IAID", UINT, BARE, "RFC 8415 21.4", "Number of the client's interface.", .flags = REM_F_AS_TEXT),
	VALUE(REM_BYTES(8, 4), "iaid.t1", "T1", UINT, DEC, "RFC 8415 21.4", "When to renew.", REM_NAMED(.unit = "s")),
	VALUE(REM_BYTES(12, 4), "iaid.t2", "T2", UINT, DEC, "RFC 8415 21.4", "When to rebind.", REM_NAMED(.unit = "s")),
};
static const struct rem_field iata_fields[] = {
	HEAD, VALUE(REM_BYTES(4, 4), "iata", "IAID", UINT, BARE, "RFC 8415 21.5", "Number of the client's interface.", .flags = REM_F_AS_TEXT),
};
static const struct rem_field iaaddr_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 16), "iaaddr.ip", "Address", IPV6, DEC, "RFC 8415 21.6", "The address that is leased."),
	VALUE(REM_BYTES(20, 4), "iaaddr.pref_lifetime", "Preferred lifetime", UINT, DEC, "RFC 8415 21.6", "How long it is preferred.", REM_NAMED(.unit = "s")),
	VALUE(REM_BYTES(24, 4), "iaaddr.valid_lifetime", "Valid lifetime", UINT, DEC, "RFC 8415 21.6", "How long it is valid.", REM_NAMED(.unit = "s")),
};
static const struct rem_field oro_code_fields[] = {
	VALUE(REM_BYTES(0, 2), "requested_option_code", "Requested", UINT, DEC, "RFC 8415 21.7", "An option that the client wants.", REM_NAMED(.names = &option_names)),
};
#define NUMBER(id_, bytes_, key_, name_, ref_, about_, ...) \
	static const struct rem_field id_##_fields[] = { HEAD, VALUE(REM_BYTES(4, bytes_), key_, name_, UINT, DEC, ref_, about_, __VA_ARGS__) }
#define BYTES_OF(id_, type_, key_, name_, ref_, about_, ...) \
	static const struct rem_field id_##_fields[] = { HEAD, VALUE(REM_REST(32), key_, name_, type_, HEX, ref_, about_, __VA_ARGS__) }
#define SERVERS(id_, key_, name_, ref_, about_) \
	static const struct rem_field id_##_fields[] = { VALUE(REM_BYTES(0, 16), key_, name_, IPV6, DEC, ref_, about_) }
#define DOMAIN(id_, key_, name_, ref_, about_) \
	static const struct rem_field id_##_fields[] = { VALUE(REM_REST(0), key_, name_, NAME, DOT, ref_, about_, .flags = REM_F_AS_TEXT) }

NUMBER(preference, 1, "option_preference", "Preference", "RFC 8415 21.8", "Among servers.");
NUMBER(elapsed, 2, "elapsed_time", "Elapsed time", "RFC 8415 21.9", "Since the client's first message.", .scale = 10, REM_NAMED(.unit = "ms"));
NUMBER(reconfigure, 1, "reconf_msg", "Message type", "RFC 8415 21.19", "What the client is to send.", REM_NAMED(.names = &type_names));
NUMBER(lifetime, 4, "lifetime", "Lifetime", "RFC 8415 21.23", "When to ask again.", REM_NAMED(.unit = "s"));
NUMBER(clt_time, 4, "clt_time", "Last transaction", "RFC 5007 4.1.2.3", "How long ago the client was heard of.", REM_NAMED(.unit = "s"));
NUMBER(relay_port, 2, "relay_port", "Port", "RFC 8357 5.2", "The downstream relay's port.");
BYTES_OF(interface, BYTES, "interface_id", "Interface", "RFC 8415 21.18", "Where the relay has the message from.", .flags = REM_F_EMPTY);
BYTES_OF(subscriber, TEXT, "subscriber_id", "Subscriber", "RFC 4580 2", "Who the client is to the provider.", .calc = rem_until_nul);
BYTES_OF(timezone, TEXT, "timezone", "Time zone", "RFC 4833 3", "As in POSIX.", .calc = rem_until_nul);
BYTES_OF(tzdb, TEXT, "tzdb", "Time zone", "RFC 4833 3", "As in the time zone database.", .calc = rem_until_nul);
BYTES_OF(portal, TEXT, "captive_portal", "Portal", "RFC 8910 2.2", "URI of the captive portal's API.", .calc = rem_until_nul);
BYTES_OF(mud, TEXT, "mudurl", "MUD URL", "RFC 8520 10", "What the device is meant to do.", .calc = rem_until_nul);
SERVERS(sip, "sip_server_a", "SIP server", "RFC 3319 3.2", "Address of a server.");
SERVERS(dns, "dns_server", "DNS server", "RFC 3646 3", "Address of a server.");
SERVERS(nis, "nis_server", "NIS server", "RFC 3898 3", "Address of a server.");
SERVERS(nisp, "nisp_server", "NIS+ server", "RFC 3898 4", "Address of a server.");
SERVERS(sntp, "sntp_server", "SNTP server", "RFC 4075 4", "Address of a server.");
SERVERS(bcmcs, "bcmcs_server_a", "BCMCS server", "RFC 4280 4.4", "Address of a server.");
SERVERS(pana, "pana_agent", "PANA agent", "RFC 5192 4", "Address of an agent.");
SERVERS(lq_link, "lq_client_link", "Link", "RFC 5007 4.1.2.5", "A link of the client.");
SERVERS(capwap, "capwap_ac_v6", "CAPWAP controller", "RFC 5417 3", "Address of a controller.");
SERVERS(s46_br, "s46_br.address", "Border relay", "RFC 7598 4.2", "Address of a relay.");
SERVERS(unicast, "unicast", "Server", "RFC 8415 21.12", "Where the client may send to.");
DOMAIN(sip_name, "sip_server_domain_search_fqdn", "SIP server", "RFC 3319 3.1", "Domain of a server.");
DOMAIN(search, "search_list_entry", "Domain", "RFC 3646 4", "A domain to look names up in.");
DOMAIN(nis_name, "nis_fqdn", "NIS domain", "RFC 3898 5", "The client's domain.");
DOMAIN(nisp_name, "nisp_fqdn", "NIS+ domain", "RFC 3898 6", "The client's domain.");
DOMAIN(bcmcs_name, "bcmcs_server_fqdn", "BCMCS server", "RFC 4280 4.3", "Domain of a server.");
DOMAIN(aftr, "aftr_name", "AFTR", "RFC 6334 3", "Name of the tunnel's end.");
DOMAIN(fqdn_name, "client_domain", "Name", "RFC 4704 4.2", "The client's name.");
DOMAIN(tld, "tld", "Name", "RFC 8415 10", "A name of one label.");
DOMAIN(ntp_fqdn, "ntpserver.fqdn", "NTP server", "RFC 5908 4.3", "Name of a server.");
static const struct rem_field root_fields[] = {
	REM_FIELD(REM_REST(0), NULL, "Name", NAME, DEC, OPTION, "RFC 8415 10", "The root, which has no address, or no name at all."),
};

#define AUTH \
	HEAD, \
	VALUE(REM_BYTES(4, 1), "auth.protocol", "Protocol", UINT, DEC, "RFC 8415 21.11", "2 delayed, 3 reconfigure key."), \
	VALUE(REM_BYTES(5, 1), "auth.algorithm", "Algorithm", UINT, DEC, "RFC 8415 21.11", "1 for HMAC-MD5."), \
	VALUE(REM_BYTES(6, 1), "auth.rdm", "RDM", UINT, DEC, "RFC 8415 21.11", "How replays are found."), \
	VALUE(REM_BYTES(7, 8), "auth.replay_detection", "Replay detection", BYTES, HEX, "RFC 8415 21.11", "Must increase.")
static const struct rem_field auth_fields[] = { AUTH };
static const struct rem_field auth_info_fields[] = {
	VALUE(REM_REST(0), "auth.info", "Information", BYTES, HEX, "RFC 8415 21.11", "What the protocol has to say."),
};
static const struct rem_field auth_delayed_fields[] = {
	VALUE(REM_REST(0), "auth.realm", "Realm", TEXT, DEC, "RFC 3315 21.4", "Where the key is from.", .calc = rem_until_nul),
	VALUE(REM_BYTES(0, 4), "auth.key_id", "Key", UINT, DEC, "RFC 3315 21.4", "Which key it is."),
	VALUE(REM_BYTES(4, 16), "auth.md5_data", "HMAC-MD5", BYTES, HEX, "RFC 3315 21.4", "Over the message."),
};
static const struct rem_field status_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 2), "status_code", "Status", UINT, DEC, "RFC 8415 21.13", "Whether it worked.", REM_NAMED(.names = &status_names)),
	VALUE(REM_REST(48), "status_msg", "Message", TEXT, DEC, "RFC 8415 21.13", "The same in words.", .calc = rem_until_nul),
};
static const struct rem_field class_fields[] = {
	VALUE(REM_BYTES(0, 2), "userclass.length", "Length", UINT, DEC, "RFC 8415 21.15", "Of the class.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(16), "userclass.opaque_data", "Class", BYTES, HEX, "RFC 8415 21.15", "What the user is."),
};
static const struct rem_field vendor_class_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 4), "vendorclass.enterprise", "Enterprise", UINT, DEC, "RFC 8415 21.16", "IANA's number of the vendor."),
	REM_FIELD(REM_BYTES(8, 2), NULL, "Length", UINT, DEC, SIZE, "RFC 8415 21.16", "Of the class.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(80), "vendorclass.data", "Class", TEXT, DEC, "RFC 8415 21.16", "What the client's hardware is.", .calc = rem_until_nul),
};
static const struct rem_field vendor_opts_fields[] = {
	HEAD, VALUE(REM_BYTES(4, 4), "vendoropts.enterprise", "Enterprise", UINT, DEC, "RFC 8415 21.17", "IANA's number of the vendor."),
};
static const struct rem_field vendor_opt_fields[] = {
	VALUE(REM_BYTES(0, 2), "vendoropts.enterprise.option_code", "Code", UINT, DEC, "RFC 8415 21.17", "The vendor's number of the option."),
	VALUE(REM_BYTES(2, 2), "vendoropts.enterprise.option_length", "Length", UINT, DEC, "RFC 8415 21.17", "Of the value.", REM_NAMED(.unit = "bytes")),
	VALUE(REM_REST(32), "vendoropts.enterprise.option_data", "Value", BYTES, HEX, "RFC 8415 21.17", "The vendor's business."),
};
static const struct rem_field iaprefix_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 4), "iaprefix.pref_lifetime", "Preferred lifetime", UINT, DEC, "RFC 8415 21.22", "How long it is preferred.", REM_NAMED(.unit = "s")),
	VALUE(REM_BYTES(8, 4), "iaprefix.valid_lifetime", "Valid lifetime", UINT, DEC, "RFC 8415 21.22", "How long it is valid.", REM_NAMED(.unit = "s")),
	VALUE(REM_BYTES(12, 1), "iaprefix.pref_len", "Prefix length", UINT, DEC, "RFC 8415 21.22", "Bits of the prefix.", REM_NAMED(.unit = "bits")),
	VALUE(REM_BYTES(13, 16), "iaprefix.pref_addr", "Prefix", IPV6, DEC, "RFC 8415 21.22", "The prefix that is delegated."),
};
static const struct rem_field remote_id_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 4), "remoteid.enterprise", "Enterprise", UINT, DEC, "RFC 4649 3", "IANA's number of the relay's vendor."),
	VALUE(REM_REST(64), "remoteid_enterprise_id", "Remote", BYTES, HEX, "RFC 4649 3", "Who is at the other end of the line."),
};
#define FQDN_FLAG(bit_, key_, name_, about_) \
	VALUE(REM_BITS(32 + bit_, 1), "clientfqdn." key_, name_, BOOL, DEC, "RFC 4704 4.1", about_, .flags = REM_F_FLAG)
#define FQDN_RESERVED(bit_, n_) \
	REM_FIELD(REM_BITS(bit_, n_), NULL, "Reserved", UINT, HEX, RESERVED, "RFC 4704 4.1", "Must be zero.")
static const struct rem_field fqdn_client_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 1), "client_fqdn_flags", "Flags", UINT, HEX, "RFC 4704 4.1", "Who updates the DNS.", .flags = REM_F_CONTAINER),
	FQDN_RESERVED(32, 5),
	FQDN_FLAG(5, "client.n", "no update", "The server is to update nothing."),
	FQDN_RESERVED(38, 1),
	FQDN_FLAG(7, "client.s", "server updates", "The server is to update the name's address."),
};
static const struct rem_field fqdn_server_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 1), "client_fqdn_flags", "Flags", UINT, HEX, "RFC 4704 4.1", "Who updates the DNS.", .flags = REM_F_CONTAINER),
	FQDN_RESERVED(32, 5),
	FQDN_FLAG(5, "server.n", "no update", "The server updates nothing."),
	FQDN_FLAG(6, "server.o", "override", "The server does not do as it was asked."),
	FQDN_FLAG(7, "server.s", "server updates", "The server updates the name's address."),
};
static const struct rem_field lq_query_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 1), "lq_query", "Query type", UINT, DEC, "RFC 5007 4.1.2.1", "What is asked for."),
	VALUE(REM_BYTES(5, 16), "lq_query_link_address", "Link", IPV6, DEC, "RFC 5007 4.1.2.1", "Where it is asked for."),
};
static const struct rem_field lq_relay_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 16), "lq_relay_data_peer_addr", "Peer", IPV6, DEC, "RFC 5007 4.1.2.4", "Whom the relay had the message from."),
	REM_FIELD(REM_REST(160), NULL, "Message", BYTES, HEX, OPTION, "RFC 5007 4.1.2.4", "The last message of the client."),
};
#define NTP_HEAD \
	VALUE(REM_BYTES(0, 2), "ntpserver.option.type", "Suboption", UINT, DEC, "RFC 5908 4", "1 address, 2 group, 3 name."), \
	VALUE(REM_BYTES(2, 2), "ntpserver.option.length", "Length", UINT, DEC, "RFC 5908 4", "Of the value.", REM_NAMED(.unit = "bytes"))
static const struct rem_field ntp_address_fields[] = {
	NTP_HEAD, VALUE(REM_BYTES(4, 16), "ntpserver.addr", "Server", IPV6, DEC, "RFC 5908 4.1", "Address of a server."),
};
static const struct rem_field ntp_group_fields[] = {
	NTP_HEAD, VALUE(REM_BYTES(4, 16), "ntpserver.mc_addr", "Group", IPV6, DEC, "RFC 5908 4.2", "Group that servers send to."),
};
static const struct rem_field ntp_other_fields[] = { NTP_HEAD };
static const struct rem_field pd_exclude_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 1), "pd_exclude.pref_len", "Prefix length", UINT, DEC, "RFC 6603 4.2", "Bits of the prefix.", REM_NAMED(.unit = "bits")),
	VALUE(REM_REST(40), "pd_exclude.subnet_id", "Subnet", BYTES, HEX, "RFC 6603 4.2", "Subnet that is not delegated."),
};
static const struct rem_field s46_rule_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 1), "s46_rule.flags", "Flags", UINT, HEX, "RFC 7598 4.1", "What the rule is for.", .flags = REM_F_CONTAINER),
	VALUE(REM_BITS(32, 7), "s46_rule.flags.reserved", "Reserved", BOOL, DEC, "RFC 7598 4.1", "Must be zero."),
	VALUE(REM_BITS(39, 1), "s46_rule.flags.fmr", "forwarding", BOOL, DEC, "RFC 7598 4.1", "It may be used to forward.", .flags = REM_F_FLAG),
	VALUE(REM_BYTES(5, 1), "s46_rule.ea_len", "EA length", UINT, DEC, "RFC 7598 4.1", "Bits of the embedded address."),
	VALUE(REM_BYTES(6, 1), "s46_rule.ipv4_pref_len", "IPv4 prefix length", UINT, DEC, "RFC 7598 4.1", "Bits of the prefix."),
	VALUE(REM_BYTES(7, 4), "s46_rule.ipv4_prefix", "IPv4 prefix", IPV4, DEC, "RFC 7598 4.1", "The prefix."),
	VALUE(REM_BYTES(11, 1), "s46_rule.ipv6_prefix_len", "IPv6 prefix length", UINT, DEC, "RFC 7598 4.1", "Bits of the prefix."),
};
static const struct rem_field s46_prefix_fields[] = {
	VALUE(REM_REST(0), "s46_rule.ipv6_prefix", "IPv6 prefix", IPV6, DEC, "RFC 7598 4.1", "The prefix."),
	VALUE(REM_REST(0), "s46_dmr.dmr_prefix", "Prefix", IPV6, DEC, "RFC 7598 4.3", "The prefix."),
	VALUE(REM_REST(0), "s46_v4v6bind.ipv6_prefix", "IPv6 prefix", IPV6, DEC, "RFC 7598 4.4", "The prefix."),
};
enum { PREFIX_RULE, PREFIX_DMR, PREFIX_BIND };
static const struct rem_field s46_dmr_fields[] = {
	HEAD, VALUE(REM_BYTES(4, 1), "s46_dmr.dmr_pref_len", "Prefix length", UINT, DEC, "RFC 7598 4.3", "Bits of the prefix."),
};
static const struct rem_field s46_bind_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 4), "s46_v4v6bind.ipv4_address", "IPv4 address", IPV4, DEC, "RFC 7598 4.4", "The address."),
	VALUE(REM_BYTES(8, 1), "s46_v4v6bind.ipv6_pref_len", "IPv6 prefix length", UINT, DEC, "RFC 7598 4.4", "Bits of the prefix."),
};
static const struct rem_field s46_ports_fields[] = {
	HEAD,
	VALUE(REM_BYTES(4, 1), "s46_portparam.offset", "Offset", UINT, DEC, "RFC 7598 4.5", "Bits in front of the PSID."),
	VALUE(REM_BYTES(5, 1), "s46_portparam.psid_len", "PSID length", UINT, DEC, "RFC 7598 4.5", "Bits of the PSID."),
	VALUE(REM_BYTES(6, 2), "s46_portparam.psid", "PSID", UINT, DEC, "RFC 7598 4.5", "Which ports are the client's.", .calc = psid),
};

static const struct rem_table tables[] = {
	[TABLE_HEADER] = REM_TABLE("DHCPv6", header_fields, .flags = REM_TABLE_ONCE),
	[TABLE_RELAY] = REM_TABLE("DHCPv6 relay", relay_fields, .flags = REM_TABLE_ONCE),
	[TABLE_BROKEN] = REM_TABLE("Option", broken_fields),
	[TABLE_OPTION] = REM_TABLE("Option", option_fields),
	[TABLE_DUID] = REM_TABLE("Option", duid_fields),
	[TABLE_DUID_LLT] = REM_TABLE("Option", duid_llt_fields),
	[TABLE_DUID_EN] = REM_TABLE("Option", duid_en_fields),
	[TABLE_DUID_LL] = REM_TABLE("Option", duid_ll_fields),
	[TABLE_DUID_UUID] = REM_TABLE("Option", duid_uuid_fields),
	[TABLE_IA] = REM_TABLE("Option", ia_fields),
	[TABLE_IATA] = REM_TABLE("Option", iata_fields),
	[TABLE_IAADDR] = REM_TABLE("Option", iaaddr_fields),
	[TABLE_ORO_CODE] = REM_TABLE("Code", oro_code_fields, .stride = 16),
	[TABLE_PREFERENCE] = REM_TABLE("Option", preference_fields),
	[TABLE_ELAPSED] = REM_TABLE("Option", elapsed_fields),
	[TABLE_NEST] = REM_TABLE("Option", nest_fields),
	[TABLE_AUTH] = REM_TABLE("Option", auth_fields),
	[TABLE_AUTH_INFO] = REM_TABLE("Information", auth_info_fields),
	[TABLE_AUTH_DELAYED] = REM_TABLE("Delayed", auth_delayed_fields),
	[TABLE_UNICAST] = REM_TABLE("Server", unicast_fields, .stride = 128),
	[TABLE_STATUS] = REM_TABLE("Option", status_fields),
	[TABLE_CLASS] = REM_TABLE("Class", class_fields),
	[TABLE_VENDOR_CLASS] = REM_TABLE("Option", vendor_class_fields),
	[TABLE_VENDOR_OPTS] = REM_TABLE("Option", vendor_opts_fields),
	[TABLE_VENDOR_OPT] = REM_TABLE("Vendor option", vendor_opt_fields),
	[TABLE_INTERFACE] = REM_TABLE("Option", interface_fields),
	[TABLE_RECONFIGURE] = REM_TABLE("Option", reconfigure_fields),
	[TABLE_SIP] = REM_TABLE("Server", sip_fields, .stride = 128),
	[TABLE_DNS] = REM_TABLE("Server", dns_fields, .stride = 128),
	[TABLE_NIS] = REM_TABLE("Server", nis_fields, .stride = 128),
	[TABLE_NISP] = REM_TABLE("Server", nisp_fields, .stride = 128),
	[TABLE_SNTP] = REM_TABLE("Server", sntp_fields, .stride = 128),
	[TABLE_BCMCS] = REM_TABLE("Server", bcmcs_fields, .stride = 128),
	[TABLE_PANA] = REM_TABLE("Agent", pana_fields, .stride = 128),
	[TABLE_LQ_LINK] = REM_TABLE("Link", lq_link_fields, .stride = 128),
	[TABLE_CAPWAP] = REM_TABLE("Controller", capwap_fields, .stride = 128),
	[TABLE_SIP_NAME] = REM_TABLE("Domain", sip_name_fields),
	[TABLE_SEARCH] = REM_TABLE("Domain", search_fields),
	[TABLE_NIS_NAME] = REM_TABLE("Domain", nis_name_fields),
	[TABLE_NISP_NAME] = REM_TABLE("Domain", nisp_name_fields),
	[TABLE_BCMCS_NAME] = REM_TABLE("Domain", bcmcs_name_fields),
	[TABLE_AFTR] = REM_TABLE("Name", aftr_fields),
	[TABLE_FQDN_NAME] = REM_TABLE("Name", fqdn_name_fields),
	[TABLE_TLD] = REM_TABLE("Name", tld_fields),
	[TABLE_ROOT] = REM_TABLE("Name", root_fields),
	[TABLE_IAPREFIX] = REM_TABLE("Option", iaprefix_fields),
	[TABLE_LIFETIME] = REM_TABLE("Option", lifetime_fields),
	[TABLE_REMOTE_ID] = REM_TABLE("Option", remote_id_fields),
	[TABLE_SUBSCRIBER] = REM_TABLE("Option", subscriber_fields),
	[TABLE_FQDN_CLIENT] = REM_TABLE("Option", fqdn_client_fields),
	[TABLE_FQDN_SERVER] = REM_TABLE("Option", fqdn_server_fields),
	[TABLE_TIMEZONE] = REM_TABLE("Option", timezone_fields),
	[TABLE_TZDB] = REM_TABLE("Option", tzdb_fields),
	[TABLE_LQ_QUERY] = REM_TABLE("Option", lq_query_fields),
	[TABLE_CLT_TIME] = REM_TABLE("Option", clt_time_fields),
	[TABLE_LQ_RELAY] = REM_TABLE("Option", lq_relay_fields),
	[TABLE_NTP_ADDRESS] = REM_TABLE("Suboption", ntp_address_fields),
	[TABLE_NTP_GROUP] = REM_TABLE("Suboption", ntp_group_fields),
	[TABLE_NTP_NAME] = REM_TABLE("Name", ntp_fqdn_fields),
	[TABLE_NTP_OTHER] = REM_TABLE("Suboption", ntp_other_fields),
	[TABLE_PD_EXCLUDE] = REM_TABLE("Option", pd_exclude_fields),
	[TABLE_PORTAL] = REM_TABLE("Option", portal_fields),
	[TABLE_MUD] = REM_TABLE("Option", mud_fields),
	[TABLE_RELAY_PORT] = REM_TABLE("Option", relay_port_fields),
	[TABLE_S46_RULE] = REM_TABLE("Option", s46_rule_fields),
	[TABLE_S46_PREFIX] = REM_TABLE("Prefix", s46_prefix_fields),
	[TABLE_S46_BR] = REM_TABLE("Relay", s46_br_fields, .stride = 128),
	[TABLE_S46_DMR] = REM_TABLE("Option", s46_dmr_fields),
	[TABLE_S46_BIND] = REM_TABLE("Option", s46_bind_fields),
	[TABLE_S46_PORTS] = REM_TABLE("Option", s46_ports_fields),
};

static const struct rem_bind dhcpv6_binds[] = { {REM_SPACE_UDP, 546}, {REM_SPACE_UDP, 547} };

/*
 * Options: their table, how long the value is at least and at most, where the options inside it
 * begin, and the table of what else repeats in it.
 */
enum { ANY = 0xffff, NO_NEST = 0xff };
static const struct option {
	uint16_t code, least, most;
	uint8_t table, nest, list;
} options[] = {
	{1, 2, ANY, TABLE_DUID, NO_NEST, 0}, {2, 2, ANY, TABLE_DUID, NO_NEST, 0}, {3, 12, ANY, TABLE_IA, 12, 0},
	{4, 4, ANY, TABLE_IATA, 4, 0}, {5, 24, ANY, TABLE_IAADDR, 24, 0}, {6, 0, ANY, TABLE_NEST, NO_NEST, TABLE_ORO_CODE},
	{7, 1, 1, TABLE_PREFERENCE, NO_NEST, 0}, {8, 2, 2, TABLE_ELAPSED, NO_NEST, 0}, {9, 0, ANY, TABLE_NEST, NO_NEST, 0},
	{11, 11, ANY, TABLE_AUTH, NO_NEST, 0}, {12, 16, 16, TABLE_NEST, NO_NEST, TABLE_UNICAST}, {13, 0, ANY, TABLE_STATUS, NO_NEST, 0},
	{14, 0, 0, TABLE_NEST, NO_NEST, 0}, {15, 0, ANY, TABLE_NEST, NO_NEST, TABLE_CLASS}, {16, 4, ANY, TABLE_VENDOR_CLASS, NO_NEST, 0},
	{17, 4, ANY, TABLE_VENDOR_OPTS, NO_NEST, TABLE_VENDOR_OPT}, {18, 0, ANY, TABLE_INTERFACE, NO_NEST, 0},
	{19, 1, 1, TABLE_RECONFIGURE, NO_NEST, 0}, {20, 0, 0, TABLE_NEST, NO_NEST, 0}, {21, 0, ANY, TABLE_NEST, NO_NEST, TABLE_SIP_NAME},
	{22, 0, ANY, TABLE_NEST, NO_NEST, TABLE_SIP}, {23, 0, ANY, TABLE_NEST, NO_NEST, TABLE_DNS}, {24, 0, ANY, TABLE_NEST, NO_NEST, TABLE_SEARCH},
	{25, 12, ANY, TABLE_IA, 12, 0}, {26, 25, ANY, TABLE_IAPREFIX, 25, 0}, {27, 0, ANY, TABLE_NEST, NO_NEST, TABLE_NIS},
	{28, 0, ANY, TABLE_NEST, NO_NEST, TABLE_NISP}, {29, 0, ANY, TABLE_NEST, NO_NEST, TABLE_NIS_NAME},
	{30, 0, ANY, TABLE_NEST, NO_NEST, TABLE_NISP_NAME}, {31, 0, ANY, TABLE_NEST, NO_NEST, TABLE_SNTP}, {32, 4, 4, TABLE_LIFETIME, NO_NEST, 0},
	{33, 0, ANY, TABLE_NEST, NO_NEST, TABLE_BCMCS_NAME}, {34, 0, ANY, TABLE_NEST, NO_NEST, TABLE_BCMCS}, {37, 4, ANY, TABLE_REMOTE_ID, NO_NEST, 0},
	{38, 0, ANY, TABLE_SUBSCRIBER, NO_NEST, 0}, {39, 1, ANY, TABLE_FQDN_CLIENT, NO_NEST, TABLE_FQDN_NAME}, {40, 0, ANY, TABLE_NEST, NO_NEST, TABLE_PANA},
	{41, 0, ANY, TABLE_TIMEZONE, NO_NEST, 0}, {42, 0, ANY, TABLE_TZDB, NO_NEST, 0}, {43, 0, ANY, TABLE_NEST, NO_NEST, TABLE_ORO_CODE},
	{44, 17, ANY, TABLE_LQ_QUERY, 17, 0}, {45, 0, ANY, TABLE_NEST, 0, 0}, {46, 4, 4, TABLE_CLT_TIME, NO_NEST, 0}, {47, 16, ANY, TABLE_LQ_RELAY, NO_NEST, 0},
	{48, 0, ANY, TABLE_NEST, NO_NEST, TABLE_LQ_LINK}, {52, 0, ANY, TABLE_NEST, NO_NEST, TABLE_CAPWAP}, {53, 2, ANY, TABLE_DUID, NO_NEST, 0},
	{56, 0, ANY, TABLE_NEST, NO_NEST, TABLE_NTP_OTHER}, {64, 0, ANY, TABLE_NEST, NO_NEST, TABLE_AFTR}, {67, 2, 17, TABLE_PD_EXCLUDE, NO_NEST, 0},
	{89, 8, ANY, TABLE_S46_RULE, 8, TABLE_S46_PREFIX}, {90, 16, 16, TABLE_NEST, NO_NEST, TABLE_S46_BR}, {91, 1, ANY, TABLE_S46_DMR, NO_NEST, TABLE_S46_PREFIX},
	{92, 5, ANY, TABLE_S46_BIND, 5, TABLE_S46_PREFIX}, {93, 4, 4, TABLE_S46_PORTS, NO_NEST, 0}, {94, 0, ANY, TABLE_NEST, 0, 0},
	{95, 0, ANY, TABLE_NEST, 0, 0}, {96, 0, ANY, TABLE_NEST, 0, 0}, {103, 0, ANY, TABLE_PORTAL, NO_NEST, 0}, {112, 0, ANY, TABLE_MUD, NO_NEST, 0},
	{135, 2, 2, TABLE_RELAY_PORT, NO_NEST, 0},
};
/* clang-format on */

const struct rem_sorted rem_sorted_dhcpv6_options = REM_SORTED(options, code);

static const struct rem_tlv option_tlv = {
	.wide = true, .unit = 1, .pad = REM_TLV_NONE, .end = REM_TLV_NONE,
};

/* ---- lists inside options ---- */

/* The length of a domain name within n bytes; `labels` are counted. The end of the value may end it, too. */
static uint32_t name_length(const uint8_t *p, uint32_t n, uint32_t *labels)
{
	enum { LONGEST_LABEL = 63 };
	uint32_t at = 0;

	*labels = 0;
	while (at < n && p[at] != 0 && p[at] <= LONGEST_LABEL && p[at] < n - at) {
		at += p[at] + 1u;
		++*labels;
	}
	if (at < n && p[at] > LONGEST_LABEL)
		*labels = 0;            /* no name at all */
	return at < n && p[at] == 0 ? at + 1 : n;
}

static void push_names(struct rem_breakdown *b, unsigned table, const uint8_t *p, uint32_t n)
{
	while (n > 0) {
		uint32_t labels;
		const uint32_t length = name_length(p, n, &labels);
		const bool whole = p[length - 1] == 0;
		unsigned as = table;

		if (labels == 0)
			as = TABLE_ROOT;
		else if (whole && labels == 1 && table != TABLE_NTP_NAME)
			as = TABLE_TLD;
		rem_push(b, as, p, length);
		p += length;
		n -= length;
	}
}

/* Items with a length of two bytes in front of each, behind `tag` bytes. */
static void push_items(struct rem_breakdown *b, unsigned table, uint32_t tag, const uint8_t *p,
		       uint32_t n)
{
	while (n >= tag + 2) {
		const uint32_t length = tag + 2 + rem_be16(p + tag);

		if (length > n)
			break;
		if (table != TABLE_NTP_OTHER)
			rem_push(b, table, p, length);
		else if (rem_be16(p) == 1 || rem_be16(p) == 2)
			rem_push(b, rem_be16(p) == 1 ? TABLE_NTP_ADDRESS : TABLE_NTP_GROUP, p,
				 length);
		else
			rem_push(b, TABLE_NTP_OTHER, p, length);
		if (table == TABLE_NTP_OTHER && rem_be16(p) == 3)
			push_names(b, TABLE_NTP_NAME, p + 4, length - 4);
		p += length;
		n -= length;
	}
	if (n > 0)
		rem_fault(rem_push(b, TABLE_BROKEN, p, n), REM_LENGTH, 0);
}

static void push_auth(struct rem_breakdown *b, const uint8_t *p, uint32_t n)
{
	enum { FIXED = 15, KEY_AND_MAC = 20 };

	if (p[4] != 2 || n < FIXED + KEY_AND_MAC) {
		if (n > FIXED)
			rem_push(b, TABLE_AUTH_INFO, p + FIXED, n - FIXED);
		return;
	}
	if (n > FIXED + KEY_AND_MAC)
		rem_push_row(b, TABLE_AUTH_DELAYED, 0, p + FIXED, n - FIXED - KEY_AND_MAC);
	rem_push_rows(b, TABLE_AUTH_DELAYED, 1, 2, p + n - KEY_AND_MAC, KEY_AND_MAC);
}

/* The prefix behind the fixed part of a softwire option; returns the bytes it has. */
static uint32_t push_s46_prefix(struct rem_breakdown *b, const struct option *o, const uint8_t *p,
				uint32_t n)
{
	const uint32_t at = OPTION_HEAD + o->least, bytes = (p[at - 1] + 7u) / 8;

	if (bytes == 0 || bytes > n - at || bytes > 16)
		return 0;
	rem_push_row(b, TABLE_S46_PREFIX,
		     o->code == 89   ? PREFIX_RULE
		     : o->code == 91 ? PREFIX_DMR
				     : PREFIX_BIND,
		     p + at, bytes);
	return bytes;
}

/* What repeats behind the fixed part of an option of n bytes; returns bytes in front of options
 * that are nested in it. */
static uint32_t push_list(struct rem_breakdown *b, const struct option *o, const uint8_t *p,
			  uint32_t n)
{
	const uint32_t at = OPTION_HEAD + o->least;

	switch (o->list) {
	case TABLE_CLASS: push_items(b, o->list, 0, p + at, n - at); return 0;
	case TABLE_VENDOR_OPT:
	case TABLE_NTP_OTHER: push_items(b, o->list, 2, p + at, n - at); return 0;
	case TABLE_SIP_NAME:
	case TABLE_SEARCH:
	case TABLE_NIS_NAME:
	case TABLE_NISP_NAME:
	case TABLE_BCMCS_NAME:
	case TABLE_AFTR:
	case TABLE_FQDN_NAME: push_names(b, o->list, p + at, n - at); return 0;
	case TABLE_S46_PREFIX: return push_s46_prefix(b, o, p, n);
	default: /* elements of one size */
		if (n > OPTION_HEAD)
			rem_push(b, o->list, p + OPTION_HEAD, n - OPTION_HEAD);
		return 0;
	}
}

/* ---- options ---- */

/* May a message have a client's name? RFC 4704 5 and 6. */
static bool may_name(uint32_t message)
{
	return message == SOLICIT || message == ADVERTISE || message == REQUEST ||
	       message == RENEW || message == REBIND || message == REPLY;
}

static struct option option_of(uint32_t code, uint32_t message)
{
	const struct option *o = rem_sorted_find(&rem_sorted_dhcpv6_options, code);

	if (o != NULL && (o->table != TABLE_FQDN_CLIENT || may_name(message)))
		return *o;
	return (struct option){(uint16_t)code, 0, ANY, TABLE_OPTION, NO_NEST, 0};
}

/* The table of an option whose value, or message, tells which it is. */
static unsigned table_of(const struct option *o, struct rem_view value, uint32_t message)
{
	if (o->table == TABLE_FQDN_CLIENT)
		return message == ADVERTISE || message == REPLY ? TABLE_FQDN_SERVER
								: TABLE_FQDN_CLIENT;
	if (o->table != TABLE_DUID || value.cap < 4)
		return o->table;
	switch (rem_be16(value.p)) {
	case 1: return TABLE_DUID_LLT;
	case 2: return TABLE_DUID_EN;
	case 3: return TABLE_DUID_LL;
	case 4: return TABLE_DUID_UUID;
	default: return TABLE_DUID;
	}
}

/* Is a list of elements as long as a number of them? */
static bool fits(const struct option *o, uint32_t n)
{
	return n >= o->least && n <= o->most &&
	       (o->list == 0 || tables[o->list].stride != 128 || n % 16 == 0);
}

/* Pushes an option; returns the view of the options that are nested in it, empty if there are none. */
static struct rem_view push_option(struct rem_breakdown *b, const struct rem_tlv_item *item,
				   uint32_t message)
{
	/* a relay carries one message (RFC 8415 21.10); another is an option that nobody knows */
	const bool another = item->tag == RELAY_MESSAGE && rem_goes_anywhere(b);
	const struct option o = option_of(another ? 0 : item->tag, message);
	const struct rem_view none = rem_view_skip(item->value, item->value.cap);
	const uint8_t *p = item->whole.p;
	const uint32_t n = item->whole.cap;

	if (item->err != REM_OK) {
		rem_fault(rem_push(b, TABLE_BROKEN, p, n), item->err, 0);
		return none;
	}
	struct rem_part *part = rem_push(b, table_of(&o, item->value, message), p, n);
	if (!fits(&o, item->value.cap)) {
		part->rows = ROWS_OF_HEAD;
		rem_fault(part, REM_LENGTH, REM_BYTES(2, 2));
		return none;
	}
	uint32_t before = 0;
	b->depth++;
	if (o.list != 0)
		before = push_list(b, &o, p, n);
	if (o.table == TABLE_AUTH)
		push_auth(b, p, n);
	b->depth--;
	/* It is a layer, so that each message has keys and errors of its own; it comes behind the relay's other options. */
	if (o.code == RELAY_MESSAGE && item->value.cap > 0)
		rem_next(b, REM_SPACE_UDP, 547, item->value);
	return o.nest == NO_NEST ? none : rem_view_skip(item->value, o.nest + before);
}

/* A walk with a stack instead of a recursion: each level is what is left of an option space. */
struct walk {
	struct rem_view rest[REM_MAX_NESTING];
	unsigned level;
};

static bool next_option(struct walk *w, struct rem_tlv_item *item)
{
	while (!rem_tlv_next(&option_tlv, &w->rest[w->level], item)) {
		if (w->level == 0)
			return false;
		w->level--;
	}
	return true;
}

/* The options that are nested in the last one come next. False: that is too deep. */
static bool enter(struct walk *w, struct rem_view nested)
{
	if (w->level + 1 == REM_MAX_NESTING)
		return false;
	w->rest[++w->level] = nested;
	return true;
}

static void push_options(struct rem_breakdown *b, struct rem_view v, uint32_t message)
{
	struct walk w = {.rest = {v}};
	struct rem_tlv_item item;

	while (next_option(&w, &item)) {
		b->depth = (uint8_t)(1 + w.level);
		const struct rem_view nested = push_option(b, &item, message);
		if (nested.cap > 0 && !enter(&w, nested))
			rem_fault(rem_push(b, TABLE_BROKEN, nested.p, nested.cap), REM_LIMIT, 0);
	}
	b->depth = 0;
}

static int dhcpv6_decode(struct rem_breakdown *b, struct rem_view v)
{
	const uint32_t type = rem_get(v.p, DHCPV6_TYPE);
	const bool relay = type == RELAY_FORW || type == RELAY_REPLY;
	const uint32_t n = relay ? RELAY_HEADER : HEADER;
	struct rem_part *part = rem_push(b, relay ? TABLE_RELAY : TABLE_HEADER, v.p,
					 v.cap < n ? v.cap : n);

	if (v.cap < n)
		rem_fault(part, rem_lack(v, n), 0);
	else if (relay || rem_closely(b)) /* the message that is relayed is an option */
		push_options(b, rem_view_skip(v, n), type);
	return (int)v.cap;
}

/* Seconds since 2000. */
static bool duid_time(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	v->s += 946684800;
	return true;
}

static bool if_ethernet(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	(void)b;
	return rem_be16(row->base + OPTION_HEAD + 2) == 1 && v->bytes.n == 6;
}

static bool if_other(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	return !if_ethernet(b, row, v);
}

/* The upper bits of the field. */
static bool psid(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const uint32_t bits = row->base[5];

	(void)b;
	v->u = bits > 16 ? v->u : v->u >> (16 - bits);
	return true;
}

const struct rem_proto rem_proto_dhcpv6 = {
	.table = tables, .tables = REM_COUNT(tables),
	.bind = dhcpv6_binds, .binds = REM_COUNT(dhcpv6_binds), .decode = dhcpv6_decode,
	.spaces = 1 << REM_SPACE_UDP, .flags = REM_PROTO_TUNNEL,
	REM_PROTO_NAMES("dhcpv6", "DHCPv6", "Dynamic Host Configuration Protocol for IPv6", "RFC 8415"),
};

/* The addresses and prefixes that a message is about, " 2001:db8::a1". */
static void out_leases(struct rem_out *out, struct rem_view v)
{
	struct walk w = {.rest = {v}};
	struct rem_tlv_item item;

	while (next_option(&w, &item)) {
		const struct option o = option_of(item.tag, 0);
		const uint8_t *p = item.value.p;

		if (item.err != REM_OK || !fits(&o, item.value.cap))
			continue;
		if (o.table == TABLE_IAADDR || o.table == TABLE_IAPREFIX) {
			rem_out_char(out, ' ');
			rem_out_ipv6(out, p + (o.table == TABLE_IAADDR ? 0 : 9));
		}
		if (o.table == TABLE_IAPREFIX) {
			rem_out_char(out, '/');
			rem_out_uint(out, p[8]);
		}
		if (o.nest != NO_NEST && o.list == 0)
			enter(&w, rem_view_skip(item.value, o.nest));
	}
}

/* "Reply, xid 0x010203 2001:db8::a1" */
static void dhcpv6_line(const struct rem_breakdown *b, const struct rem_part *layer,
			struct rem_out *out)
{
	const uint8_t *p = rem_part_bytes(b, layer);
	const uint32_t type = rem_get(p, DHCPV6_TYPE);
	const char *name = REM_NAME_OF(type_names, type);

	rem_out_str(out, name != NULL ? name : "type ");
	if (name == NULL)
		rem_out_uint(out, type);
	if (layer->table == TABLE_HEADER && layer->len == HEADER) {
		rem_out_str(out, ", xid 0x");
		rem_out_hex(out, rem_get(p, DHCPV6_XID), 6);
		out_leases(out, rem_view_skip(b->source[layer->source], layer->off + HEADER));
	}
}

rem_info *const rem_info_dhcpv6 = dhcpv6_line;
