/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What DNS carries as lists of number, length and value: EDNS options (RFC 6891 6.1.2), parameters
 * of SVCB and HTTPS (RFC 9460 2.2), stateful operations (RFC 8490 5.4).
 */
#include "proto/dns_message.h"

enum { HEAD = 4 }; /* bytes: number and length */

/* The head of an item and how many of its bytes are here. False: not even the head is. */
static bool push_head(struct dns_rdata *r, unsigned table, uint32_t *number, uint32_t *n)
{
	const uint8_t *p = r->message.p + r->at;
	const uint32_t here = dns_here(r);

	if (here < HEAD) {
		if (table == DNS_PARAM && here > 0)
			rem_push(r->b, table, p, here);
		return false;
	}
	*number = rem_be16(p);
	*n = rem_be16(p + 2);
	struct rem_part *part = rem_push(r->b, table, p, HEAD + *n < here ? HEAD + *n : here);
	if (HEAD + *n > here)
		rem_fault(part, REM_LENGTH, REM_BYTES(2, 2));
	r->at += HEAD;
	return true;
}

static bool push_value(struct dns_rdata *r, unsigned table, unsigned row, uint32_t n)
{
	return n <= dns_here(r) && rem_dns_push(r, table, row, 1, n);
}

/* RFC 7871 6: as many bytes of the address as the prefix needs. */
static bool client_subnet(struct dns_rdata *r, uint32_t end)
{
	enum { FIXED = 4, FIXED_ROWS = 3, OTHER = 3, ADDR4 = 4, ADDR6 = 5 };

	if (!rem_dns_push(r, DNS_OPTION_ECS, 0, FIXED_ROWS, FIXED) || r->at > end)
		return false;
	const uint32_t family = rem_be16(r->message.p + r->at - FIXED);
	uint32_t n = end - r->at;
	if (family == 2 && n > 16)
		n = 16;
	return push_value(r, DNS_OPTION_ECS, family == 1 ? ADDR4 : family == 2 ? ADDR6 : OTHER, n);
}

/* RFC 7873 4: the client's eight bytes, then the server's. */
static bool cookie(struct dns_rdata *r, uint32_t end)
{
	enum { CLIENT = 1, SERVER = 2, CLIENT_BYTES = 8 };

	return push_value(r, DNS_OPTION_VALUE, CLIENT, CLIENT_BYTES) &&
	       rem_dns_push_rest(r, DNS_OPTION_VALUE, SERVER, end, true);
}

/* RFC 8914 2: a code, and words. */
static bool extended_error(struct dns_rdata *r, uint32_t end)
{
	enum { CODE = 6, WORDS = 7 };

	return push_value(r, DNS_OPTION_VALUE, CODE, 2) &&
	       rem_dns_push_rest(r, DNS_OPTION_VALUE, WORDS, end, false);
}

/* What an option says besides its bytes; the walk stands at its data, which are all here. */
static bool option_value(struct dns_rdata *r, uint32_t code, uint32_t n)
{
	enum { KEEPALIVE = 3, PADDING = 4, CHAIN = 5 };
	const uint32_t end = r->at + n;

	switch (code) {
	case 5: return push_value(r, DNS_OPTION_DAU, 0, n);
	case 6: return push_value(r, DNS_OPTION_DHU, 0, n);
	case 7: return push_value(r, DNS_OPTION_N3U, 0, n);
	case 8: return client_subnet(r, end);
	case 10: return cookie(r, end);
	case 11: return n != 2 || push_value(r, DNS_OPTION_VALUE, KEEPALIVE, n);
	case 12: return push_value(r, DNS_OPTION_VALUE, PADDING, n);
	case 13: return n == 0 || push_value(r, DNS_OPTION_VALUE, CHAIN, n);
	case 15: return n == 0 || extended_error(r, end);
	default: return true;
	}
}

bool rem_dns_options(struct dns_rdata *r)
{
	uint32_t code, n;

	while (r->at < r->end) {
		r->b->depth = 2;
		bool good = push_head(r, DNS_OPTION, &code, &n) && n <= dns_here(r);
		const uint32_t data = r->at;
		good = good && push_value(r, DNS_OPTION_VALUE, 0, n);
		r->at = data;
		good = good && option_value(r, code, n);
		r->b->depth = 1;
		if (!good)
			return false;
		r->at = data + n;
	}
	return true;
}

/* RFC 9460 7.1: names of protocols, each with its length. */
static bool alpn(struct dns_rdata *r, uint32_t n)
{
	const uint32_t end = r->at + n;

	while (r->at < end) {
		if (!push_value(r, DNS_PARAM_ALPN, 0, 1) ||
		    !push_value(r, DNS_PARAM_ALPN, 1, r->message.p[r->at - 1]))
			return false;
	}
	return true;
}

/* Elements of `size` bytes that cover n bytes; the last may reach behind them. */
static bool elements(struct dns_rdata *r, unsigned table, uint32_t size, uint32_t n)
{
	const uint32_t all = (n + size - 1) / size * size;
	const uint32_t here = all <= dns_here(r) ? all : dns_here(r) / size * size;

	if (here > 0)
		rem_dns_push(r, table, 0, 1, here);
	return here == all;
}

/* A parameter's value. The walk goes on where the value turns out to end, as in Wireshark. */
static bool param_value(struct dns_rdata *r, uint32_t key, uint32_t n)
{
	enum { OTHER, PORT, ECH, ODOH };

	switch (key) {
	case 0: return elements(r, DNS_PARAM_KEYS, 2, n);
	case 1: return alpn(r, n);
	case 2: return true;
	case 3: return push_value(r, DNS_PARAM_VALUE, PORT, 2);
	case 4: return elements(r, DNS_PARAM_IPV4, 4, n);
	case 5: return push_value(r, DNS_PARAM_VALUE, ECH, n);
	case 6: return elements(r, DNS_PARAM_IPV6, 16, n);
	case 32769: return push_value(r, DNS_PARAM_VALUE, ODOH, n);
	default: return n == 0 || push_value(r, DNS_PARAM_VALUE, OTHER, n);
	}
}

bool rem_dns_params(struct dns_rdata *r)
{
	uint32_t key, n;
	bool good = true;

	while (good && r->at < r->end) {
		r->b->depth = 2;
		good = push_head(r, DNS_PARAM, &key, &n) && param_value(r, key, n);
		r->b->depth = 1;
	}
	return good;
}

bool rem_dns_dso(struct dns_rdata *r)
{
	enum { DATA, KEEPALIVE = 1, RETRY = 3, PADDING = 4 };
	uint32_t type = 0, n = 0;
	bool good = true;

	rem_push(r->b, DNS_DSO, r->message.p + r->at, dns_here(r));
	while (good && dns_here(r) > 0) {
		r->b->depth = 1;
		good = push_head(r, DNS_DSO_TLV, &type, &n);
		const uint32_t end = r->at + n;
		if (good && type == 1)
			good = rem_dns_push(r, DNS_DSO_VALUE, KEEPALIVE, 2, 8);
		else if (good && type == 2)
			good = rem_dns_push(r, DNS_DSO_VALUE, RETRY, 1, 4);
		else if (good)
			good = push_value(r, DNS_DSO_VALUE, type == 3 ? PADDING : DATA, n);
		r->b->depth = 0;
		r->at = end;
		good = good && end <= r->message.n;
	}
	return good;
}
