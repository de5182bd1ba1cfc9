/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of DNS types, classes and algorithms: IANA, Domain Name System Parameters. */
#include "proto/dns_message.h"

/* clang-format off */
#ifndef REM_NO_NAMES

#define NAMES(id) const struct rem_names id = {id##_name, REM_COUNT(id##_name)}

static const struct rem_name rem_dns_type_names_name[] = {
	{1, "A"}, {2, "NS"}, {3, "MD"}, {4, "MF"}, {5, "CNAME"}, {6, "SOA"}, {7, "MB"}, {8, "MG"},
	{9, "MR"}, {10, "NULL"}, {11, "WKS"}, {12, "PTR"}, {13, "HINFO"}, {14, "MINFO"}, {15, "MX"},
	{16, "TXT"}, {17, "RP"}, {18, "AFSDB"}, {19, "X25"}, {20, "ISDN"}, {21, "RT"}, {22, "NSAP"},
	{23, "NSAP-PTR"}, {24, "SIG"}, {25, "KEY"}, {26, "PX"}, {27, "GPOS"}, {28, "AAAA"},
	{29, "LOC"}, {30, "NXT"}, {31, "EID"}, {32, "NIMLOC"}, {33, "SRV"}, {34, "ATMA"},
	{35, "NAPTR"}, {36, "KX"}, {37, "CERT"}, {38, "A6"}, {39, "DNAME"}, {40, "SINK"},
	{41, "OPT"}, {42, "APL"}, {43, "DS"}, {44, "SSHFP"}, {45, "IPSECKEY"}, {46, "RRSIG"},
	{47, "NSEC"}, {48, "DNSKEY"}, {49, "DHCID"}, {50, "NSEC3"}, {51, "NSEC3PARAM"}, {52, "TLSA"},
	{53, "SMIMEA"}, {55, "HIP"}, {56, "NINFO"}, {57, "RKEY"}, {58, "TALINK"}, {59, "CDS"},
	{60, "CDNSKEY"}, {61, "OPENPGPKEY"}, {62, "CSYNC"}, {63, "ZONEMD"}, {64, "SVCB"},
	{65, "HTTPS"}, {99, "SPF"}, {104, "NID"}, {105, "L32"}, {106, "L64"}, {107, "LP"},
	{108, "EUI48"}, {109, "EUI64"}, {249, "TKEY"}, {250, "TSIG"}, {251, "IXFR"}, {252, "AXFR"},
	{253, "MAILB"}, {254, "MAILA"}, {255, "ANY"}, {256, "URI"}, {257, "CAA"}, {258, "AVC"},
	{259, "DOA"}, {260, "AMTRELAY"}, {32768, "TA"}, {32769, "DLV"}, {65281, "WINS"},
	{65282, "WINS-R"}, {65422, "XPF"},
};
NAMES(rem_dns_type_names);

static const struct rem_name rem_dns_class_names_name[] = {
	{1, "IN"}, {2, "CS"}, {3, "CH"}, {4, "HS"}, {254, "NONE"}, {255, "ANY"},
};
NAMES(rem_dns_class_names);

static const struct rem_name rem_dns_algorithm_names_name[] = {
	{1, "RSA/MD5"}, {2, "Diffie-Hellman"}, {3, "DSA/SHA-1"}, {5, "RSA/SHA-1"},
	{6, "DSA-NSEC3-SHA1"}, {7, "RSASHA1-NSEC3-SHA1"}, {8, "RSA/SHA-256"}, {10, "RSA/SHA-512"},
	{12, "GOST R 34.10-2001"}, {13, "ECDSA P-256 with SHA-256"}, {14, "ECDSA P-384 with SHA-384"},
	{15, "Ed25519"}, {16, "Ed448"}, {252, "indirect"}, {253, "private, by name"},
	{254, "private, by OID"},
};
NAMES(rem_dns_algorithm_names);

static const struct rem_name rem_dns_rcode_names_name[] = {
	{0, "no error"}, {1, "format error"}, {2, "server failure"}, {3, "no such name"},
	{4, "not implemented"}, {5, "refused"}, {6, "name exists"}, {7, "record set exists"},
	{8, "no such record set"}, {9, "not authoritative"}, {10, "name out of zone"},
	{11, "DSO type not implemented"}, {16, "bad signature"}, {17, "key not recognised"},
	{18, "signature out of time"}, {19, "bad mode"}, {20, "duplicate key name"},
	{21, "algorithm not supported"}, {22, "bad truncation"}, {23, "bad cookie"},
};
NAMES(rem_dns_rcode_names);

#else

/* Known to nobody: rem_name_of() finds nothing in them. */
const struct rem_names rem_dns_type_names, rem_dns_class_names, rem_dns_algorithm_names,
	rem_dns_rcode_names;

#endif
/* clang-format on */
