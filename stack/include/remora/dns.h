/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Domain Name System: RFC 1035 4.1; also the format of multicast DNS and LLMNR.
 *
 *   0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |                      ID                       |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |                    QDCOUNT                    |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |                    ANCOUNT                    |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |                    NSCOUNT                    |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |                    ARCOUNT                    |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *
 * Questions follow: NAME, TYPE, CLASS; then records: NAME, TYPE, CLASS, TTL, RDLENGTH, RDATA.
 */
#ifndef REMORA_DNS_H
#define REMORA_DNS_H

#include <remora/bits.h>

enum {
	REM_DNS_ID = REM_BITS(0, 16),
	REM_DNS_FLAGS = REM_BITS(16, 16),
	REM_DNS_QR = REM_BITS(16, 1),
	REM_DNS_OPCODE = REM_BITS(17, 4),
	REM_DNS_AA = REM_BITS(21, 1),
	REM_DNS_TC = REM_BITS(22, 1),
	REM_DNS_RD = REM_BITS(23, 1),
	REM_DNS_RA = REM_BITS(24, 1),
	REM_DNS_Z = REM_BITS(25, 1),
	REM_DNS_AD = REM_BITS(26, 1), /* RFC 4035 3.2.3 */
	REM_DNS_CD = REM_BITS(27, 1), /* RFC 4035 3.2.2 */
	REM_DNS_RCODE = REM_BITS(28, 4),
	REM_DNS_QDCOUNT = REM_BITS(32, 16),
	REM_DNS_ANCOUNT = REM_BITS(48, 16),
	REM_DNS_NSCOUNT = REM_BITS(64, 16),
	REM_DNS_ARCOUNT = REM_BITS(80, 16),

	REM_DNS_HEADER = 12, /* bytes */
	REM_DNS_PORT = 53,
};

/* What follows the name of a question (the first two) or a record, in bits from its end. */
enum {
	REM_DNS_TYPE = REM_BITS(0, 16),
	REM_DNS_CLASS = REM_BITS(16, 16),
	REM_DNS_TTL = REM_BITS(32, 32),
	REM_DNS_RDLENGTH = REM_BITS(64, 16),

	REM_DNS_QUESTION = 4, /* bytes behind the name */
	REM_DNS_RECORD = 10,
};

enum rem_dns_opcode {
	REM_DNS_OP_QUERY = 0,
	REM_DNS_OP_UPDATE = 5, /* RFC 2136 */
	REM_DNS_OP_DSO = 6,    /* RFC 8490 */
};

enum rem_dns_type {
	REM_DNS_A = 1,
	REM_DNS_NS = 2,
	REM_DNS_CNAME = 5,
	REM_DNS_PTR = 12,
	REM_DNS_AAAA = 28,
	REM_DNS_SRV = 33,
	REM_DNS_OPT = 41,
};

enum rem_dns_section {
	REM_DNS_QUESTIONS,
	REM_DNS_ANSWERS,
	REM_DNS_AUTHORITIES,
	REM_DNS_ADDITIONALS,
};

/* A question or a record. All lengths are of bytes that are here. */
struct rem_dns_item {
	enum rem_dns_section section;
	uint32_t type;
	struct rem_span name; /* as written */
	const uint8_t *fixed; /* where REM_DNS_TYPE … are counted from */
	struct rem_span data; /* RDATA; of a question none */
};

/* A walk over the questions and records of a message. */
struct rem_dns_walk {
	struct rem_span message;
	uint32_t at;      /* where the next one begins */
	uint32_t left;    /* of the section */
	uint32_t section; /* enum rem_dns_section */
	uint32_t steps;   /* see rem_name_take() */
};

/* Checks the header: REM_LENGTH or REM_SHORT if it is not whole. payload: the sections. */
int rem_dns_check(struct rem_view v, struct rem_head *h);

/* The questions and records of a message whose header is here. */
void rem_dns_begin(struct rem_dns_walk *walk, struct rem_span message);

/*
 * The next question or record. 1: here it is; REM_OK: there are no more; REM_SHORT: the message
 * ends before it does, and item->fixed is NULL if it ends before its data begin; REM_FIELD,
 * REM_LIMIT: its name cannot be walked.
 */
int rem_dns_next(struct rem_dns_walk *walk, struct rem_dns_item *item);

/* The item whose name, at walk->at, has been found to take so many bytes; negative: the error. For who
 * goes along one section, walk->left counting down, and finds names by rem_name_skip(). */
int rem_dns_item(struct rem_dns_walk *walk, int name, struct rem_dns_item *item);

#endif
