/* SPDX-License-Identifier: BSD-3-Clause */
/* What DNS, multicast DNS and LLMNR share: one set of tables, one decoder of messages. */
#ifndef STACK_PROTO_DNS_MESSAGE_H
#define STACK_PROTO_DNS_MESSAGE_H

#include "core/decode.h"
#include <remora/dns.h>

/* clang-format off */
/* Tables of all three; those of record types stand in the order of their numbers. */
enum dns_table {
	DNS_HEADER, DNS_LLMNR_HEADER, DNS_STREAM, DNS_REST, DNS_EXTRANEOUS,
	DNS_QUESTION, DNS_ANSWER, DNS_AUTHORITY, DNS_ADDITIONAL,
	DNS_QUESTION_HEAD, DNS_RECORD_HEAD, DNS_OPT_HEAD,
	DNS_MDNS_QUESTION_HEAD, DNS_MDNS_RECORD_HEAD, DNS_MDNS_OPT_HEAD,
	DNS_DSO, DNS_DSO_TLV, DNS_DSO_VALUE, DNS_BITMAP_HEAD, DNS_BITMAP, DNS_NXT_BITMAP,

	DNS_R_A, DNS_R_NS, DNS_R_MD, DNS_R_MF, DNS_R_CNAME, DNS_R_SOA, DNS_R_MB, DNS_R_MG, DNS_R_MR,
	DNS_R_NULL, DNS_R_WKS, DNS_R_WKS_BITS, DNS_R_PTR, DNS_R_HINFO, DNS_R_MINFO, DNS_R_MX,
	DNS_R_TXT, DNS_R_RP, DNS_R_AFSDB, DNS_R_X25, DNS_R_ISDN, DNS_R_RT, DNS_R_NSAP,
	DNS_R_NSAP_PTR, DNS_R_KEY, DNS_R_PX, DNS_R_GPOS, DNS_R_AAAA, DNS_R_LOC, DNS_R_NXT, DNS_R_SRV,
	DNS_R_NAPTR, DNS_R_KX, DNS_R_CERT, DNS_R_A6, DNS_R_DNAME, DNS_R_APL, DNS_R_APL_VALUE,
	DNS_R_DS, DNS_R_SSHFP, DNS_R_IPSECKEY, DNS_R_IPSECKEY_VALUE, DNS_R_RRSIG, DNS_R_NSEC,
	DNS_R_DNSKEY, DNS_R_DHCID, DNS_R_NSEC3, DNS_R_NSEC3PARAM, DNS_R_TLSA, DNS_R_HIP,
	DNS_R_OPENPGPKEY, DNS_R_CSYNC, DNS_R_ZONEMD, DNS_R_SVCB, DNS_R_SPF, DNS_R_NID, DNS_R_L32,
	DNS_R_L64, DNS_R_LP, DNS_R_EUI48, DNS_R_EUI64, DNS_R_TKEY, DNS_R_TSIG, DNS_R_CAA, DNS_R_WINS,
	DNS_R_WINS_SERVER, DNS_R_WINSR, DNS_R_XPF, DNS_R_XPF4, DNS_R_XPF6, DNS_R_DATA, DNS_R_MORE,

	DNS_OPTION, DNS_OPTION_VALUE, DNS_OPTION_DAU, DNS_OPTION_DHU, DNS_OPTION_N3U, DNS_OPTION_ECS,
	DNS_PARAM, DNS_PARAM_VALUE, DNS_PARAM_ALPN, DNS_PARAM_KEYS, DNS_PARAM_IPV4, DNS_PARAM_IPV6,

	DNS_TABLES
};
/* clang-format on */

extern const struct rem_table rem_dns_tables[DNS_TABLES];

/* Decodes a message of the current protocol; the bytes of v are its own. */
int rem_dns_decode(struct rem_breakdown *b, struct rem_view v);

extern rem_info rem_dns_line;

/* The message that the layer of a part holds, as far as it is here. */
struct rem_span rem_dns_message(const struct rem_breakdown *b, const struct rem_part *part);

/* A NAME row's value: what its pointers point into. */
rem_calc rem_dns_name;

/* A walk along RDATA. It may run over the end that RDLENGTH says, never over the message's. */
struct dns_rdata {
	struct rem_breakdown *b;
	struct rem_span message;
	uint32_t at;  /* in the message */
	uint32_t end; /* of the RDATA */
	uint32_t *steps;
};

REM_INLINE uint32_t dns_here(const struct dns_rdata *r)
{
	return r->message.n - r->at;
}

/* Pushes n bytes as rows of a table and goes behind them. False: they are not all here. */
bool rem_dns_push(struct dns_rdata *r, unsigned table, unsigned row, unsigned rows, uint32_t n);

/* Pushes a name as a row. False: it cannot be walked. */
bool rem_dns_push_name(struct dns_rdata *r, unsigned table, unsigned row, unsigned rows);

/*
 * Pushes what is left up to `end` as a row. A record that is one byte short leaves -1, which takes
 * all bytes there are; more than that ends the message.
 */
bool rem_dns_push_rest(struct dns_rdata *r, unsigned table, unsigned row, uint32_t end, bool empty);

/* The RDATA of a record. False: the rest of the message cannot be trusted. */
bool rem_dns_rdata(struct dns_rdata *r, uint32_t type);

bool rem_dns_options(struct dns_rdata *r); /* RDATA of OPT: RFC 6891 6.1.2 */
bool rem_dns_params(struct dns_rdata *r);  /* behind the target of SVCB: RFC 9460 2.2 */
bool rem_dns_dso(struct dns_rdata *r);     /* behind the header: RFC 8490 5.4 */

extern const struct rem_names rem_dns_type_names, rem_dns_class_names, rem_dns_algorithm_names,
	rem_dns_rcode_names;

#endif
