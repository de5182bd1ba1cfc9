/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The data of DNS records: RFC 1035 3.3 and the record types that came later. Most types are said
 * by a form, a letter for each step along their table; some need a function. RDLENGTH is believed
 * only where nothing else says where the data end, as Wireshark does: a record that says too little
 * is still read to its end, and one that says too much is followed by the next where it says.
 */
#include "proto/dns_message.h"
#include <remora/name.h>
#include <remora/sorted.h>

bool rem_dns_push(struct dns_rdata *r, unsigned table, unsigned row, unsigned rows, uint32_t n)
{
	const uint32_t here = dns_here(r);

	if (n > here && here > 0)
		rem_push_rows(r->b, table, row, rows, r->message.p + r->at, here);
	if (n > here)
		return false;
	rem_push_rows(r->b, table, row, rows, r->message.p + r->at, n);
	r->at += n;
	return true;
}

/* A single row of n bytes, which is not there at all if they are not all here. */
static bool push_whole(struct dns_rdata *r, unsigned table, unsigned row, uint32_t n)
{
	return n <= dns_here(r) && rem_dns_push(r, table, row, 1, n);
}

bool rem_dns_push_name(struct dns_rdata *r, unsigned table, unsigned row, unsigned rows)
{
	const int n = rem_name_take(r->message, r->at, r->steps);

	return n > 0 && (uint32_t)n <= dns_here(r) &&
	       rem_dns_push(r, table, row, rows, (uint32_t)n);
}

bool rem_dns_push_rest(struct dns_rdata *r, unsigned table, unsigned row, uint32_t end, bool empty)
{
	if (r->at > end + 1)
		return false;
	const uint32_t n = r->at > end ? dns_here(r) : end - r->at;
	return (n == 0 && !empty) || push_whole(r, table, row, n);
}

/*
 * Blocks of types (RFC 4034 4.1.2): number, length, bits. They are to end where the data do; where
 * they do not, Wireshark takes whatever follows for more of them.
 */
static bool push_bitmap(struct dns_rdata *r)
{
	while (r->at != r->end) {
		if (dns_here(r) < 2)
			return false;
		rem_dns_push(r, DNS_BITMAP_HEAD, 0, rem_dns_tables[DNS_BITMAP_HEAD].rows, 2);
		if (!rem_dns_push(r, DNS_BITMAP, 0, rem_dns_tables[DNS_BITMAP].rows,
				  r->message.p[r->at - 1]))
			return false;
	}
	return true;
}

/* The rows of the fixed block that begins with `row`, and its length. */
static unsigned fixed_rows(const struct rem_table *t, unsigned row, uint32_t *bytes)
{
	const unsigned first = row;

	*bytes = 0;
	for (; row < t->rows && REM_WIDTH(t->row[row].bits) != 0; row++) {
		const uint32_t end = REM_END(t->row[row].bits);

		*bytes = end > *bytes ? end : *bytes;
	}
	return row - first;
}

/* How long a text or the like is: the row before it, right in front of it, says so. */
static uint32_t counted(const struct dns_rdata *r, const struct rem_field *before)
{
	const uint32_t width = before != NULL ? REM_WIDTH(before->bits) / 8 : 0;

	return width > 0 ? (uint32_t)rem_be(r->message.p + r->at - width, width) : 0;
}

/* Wireshark turns a hash into text by five bytes, and looks behind its end for the last of them. */
static bool push_hash(struct dns_rdata *r, unsigned table, unsigned row, uint32_t n)
{
	return n == 0 || ((n + 4) / 5 * 5 <= dns_here(r) && push_whole(r, table, row, n));
}

/*
 * Walks a table along its data, as the form says:
 *	f  the fixed block of the next rows
 *	n  a name
 *	s  bytes that the row before counts; c the same, but nothing if they are none; h a hash
 *	r  the rest; R the same, even if it is empty
 *	b  types as bits; B the same, under a row of their bytes
 *	?  the end, unless there is room for more than a byte
 *	*  again from the start, until the data end
 * A form that begins with ! is all or nothing.
 */
static bool run(struct dns_rdata *r, unsigned table, const char *form)
{
	const struct rem_table *t = &rem_dns_tables[table];
	const char *step = form;
	unsigned row = 0, rows = 1;
	bool good = true;

	for (; good && *step != '\0'; step++, row += rows) {
		const struct rem_field *before = row > 0 ? &t->row[row - 1] : NULL;
		uint32_t n;

		rows = 1;
		switch (*step) {
		case 'f':
			rows = fixed_rows(t, row, &n);
			good = rem_dns_push(r, table, row, rows, n);
			break;
		case 'n':
			rows = t->row[row].flags & REM_F_DERIVED ? 2 : 1;
			good = rem_dns_push_name(r, table, row, rows);
			break;
		case 's': good = push_whole(r, table, row, counted(r, before)); break;
		case 'c':
			n = counted(r, before);
			good = n == 0 || push_whole(r, table, row, n);
			break;
		case 'h': good = push_hash(r, table, row, counted(r, before)); break;
		case 'r': good = rem_dns_push_rest(r, table, row, r->end, false); break;
		case 'R': good = rem_dns_push_rest(r, table, row, r->end, true); break;
		case 'b': good = push_bitmap(r); break;
		case 'B':
			n = r->at;
			good = rem_dns_push_rest(r, table, row, r->end, true);
			r->at = n;
			good = good && push_bitmap(r);
			break;
		case '?':
			rows = 0;
			if (r->at + 1 >= r->end)
				return true;
			break;
		default:
			rows = 0;
			if (r->at != r->end) {
				step = form - 1;
				row = 0;
			}
			break;
		}
	}
	return good;
}

/* RFC 1035 3.4.2. A record that is too short for its head has no end that anybody could find. */
static bool wks_bits(struct dns_rdata *r)
{
	if (r->at > r->end) {
		rem_dns_push(r, DNS_R_WKS_BITS, 0, 1, dns_here(r));
		return false;
	}
	return r->at == r->end || push_whole(r, DNS_R_WKS_BITS, 0, r->end - r->at);
}

/* RFC 1876 2: only version 0 has a layout. */
static bool loc(struct dns_rdata *r)
{
	enum { FIXED_ROWS = 7, FIXED = 16, UNKNOWN = 7 };

	if (r->message.p[r->at] == 0)
		return rem_dns_push(r, DNS_R_LOC, 0, FIXED_ROWS, FIXED);
	rem_push_row(r->b, DNS_R_LOC, 0, r->message.p + r->at, 1);
	return push_whole(r, DNS_R_LOC, UNKNOWN, r->end - r->at);
}

/* RFC 2535 5.2: bits of the types up to 127. */
static bool nxt_bits(struct dns_rdata *r)
{
	const unsigned rows = rem_dns_tables[DNS_BITMAP].rows;

	if (r->at <= r->end)
		return rem_dns_push(r, DNS_NXT_BITMAP, 0, rows, r->end - r->at);
	rem_dns_push(r, DNS_NXT_BITMAP, 0, rows, dns_here(r));
	return false;
}

/* RFC 2874 3.1: the bits behind the prefix, and who knows the prefix. */
static bool a6(struct dns_rdata *r)
{
	enum { SUFFIX = 1, NAME = 2 };
	const uint32_t prefix = r->message.p[r->at - 1];

	if (prefix > 128)
		return false;
	const uint32_t n = (128 - prefix + 7) / 8;
	if (n > 0 && !push_whole(r, DNS_R_A6, SUFFIX, n))
		return false;
	return prefix == 0 || rem_dns_push_name(r, DNS_R_A6, NAME, 1);
}

/* RFC 3123 4: prefixes, each with its own length. */
static bool apl(struct dns_rdata *r)
{
	enum { HEAD = 4, OTHER = 0, IPV4 = 1, IPV6 = 2 };

	while (r->at + 1 < r->end) {
		if (!rem_dns_push(r, DNS_R_APL, 0, rem_dns_tables[DNS_R_APL].rows, HEAD))
			return false;
		const uint8_t *p = r->message.p + r->at - HEAD;
		const uint32_t family = rem_be16(p), n = p[3] & 0x7fu;
		const unsigned row = family == 1 && n <= 4    ? IPV4
				     : family == 2 && n <= 16 ? IPV6
							      : OTHER;
		if (!push_whole(r, DNS_R_APL_VALUE, row, n))
			return false;
	}
	return true;
}

/* RFC 4025 2.5: the gateway, of one of three kinds, and the key. */
static bool ipseckey(struct dns_rdata *r)
{
	enum { KEY, IPV4, IPV6, NAME };
	const uint32_t type = r->message.p[r->at - 2];
	bool good = true;

	if (type == IPV4 || type == IPV6)
		good = push_whole(r, DNS_R_IPSECKEY_VALUE, type, type == IPV4 ? 4 : 16);
	else if (type == NAME)
		good = rem_dns_push_name(r, DNS_R_IPSECKEY_VALUE, NAME, 1);
	return good && rem_dns_push_rest(r, DNS_R_IPSECKEY_VALUE, KEY, r->end, false);
}

/* RFC 8005 5: tag and key, whose lengths stand in front, and servers. */
static bool hip(struct dns_rdata *r)
{
	enum { HIT = 3, KEY = 4, SERVER = 5 };
	const uint8_t *head = r->message.p + r->at - 4;

	if (!push_whole(r, DNS_R_HIP, HIT, head[0]) ||
	    !push_whole(r, DNS_R_HIP, KEY, rem_be16(head + 2)))
		return false;
	while (r->at < r->end) {
		if (!rem_dns_push_name(r, DNS_R_HIP, SERVER, 1))
			return false;
	}
	return true;
}

/* RFC 8659 4.1: a tag and its value; Wireshark has a key for each tag it knows, or its beginning. */
static bool caa(struct dns_rdata *r)
{
	static const char known[][10] = {"issue", "issuewild", "iodef"};
	static const uint8_t length[] = {5, 9, 5};
	enum { PROPERTY = 2, LENGTH = 6, TAG = 7, VALUE = 8 };
	const uint8_t *p = r->message.p + r->at;
	unsigned row = 0;

	if (r->at >= r->message.n || r->at + 1 + *p > r->end)
		return false;
	while (row < REM_COUNT(known) && (length[row] < *p || !rem_same(known[row], p + 1, *p)))
		row++;
	rem_push_row(r->b, DNS_R_CAA, PROPERTY + row, p, r->end - r->at);
	rem_dns_push(r, DNS_R_CAA, LENGTH, 1, 1);
	rem_dns_push(r, DNS_R_CAA, TAG, 1, *p);
	return rem_dns_push(r, DNS_R_CAA, VALUE, 1, r->end - r->at);
}

/* As many servers as the record says, or has room for. */
static bool wins_servers(struct dns_rdata *r)
{
	const uint32_t said = rem_be32(r->message.p + r->at - 4);
	const bool bounded = r->at <= r->end && (r->end - r->at) % 4 == 0;
	const uint32_t room = (bounded ? r->end - r->at : dns_here(r)) / 4;
	const uint32_t n = said < room ? said : room;

	if (n > 0)
		rem_dns_push(r, DNS_R_WINS_SERVER, 0, 1, 4 * n);
	return bounded || n == said;
}

static bool xpf(struct dns_rdata *r)
{
	switch (r->message.p[r->at - 1]) {
	case 4: return rem_dns_push(r, DNS_R_XPF4, 0, rem_dns_tables[DNS_R_XPF4].rows, 13);
	case 6: return rem_dns_push(r, DNS_R_XPF6, 0, rem_dns_tables[DNS_R_XPF6].rows, 37);
	default: return true;
	}
}

/* A record type: the table of its data, its form, and who decodes what the form does not. */
struct kind {
	uint16_t type;
	uint8_t table;
	char form[8];
	bool (*more)(struct dns_rdata *r);
};

/* clang-format off */
static const struct kind kinds[] = {
	{1, DNS_R_A, "f", NULL}, {2, DNS_R_NS, "n", NULL}, {3, DNS_R_MD, "n", NULL},
	{4, DNS_R_MF, "n", NULL}, {5, DNS_R_CNAME, "n", NULL}, {6, DNS_R_SOA, "nnf", NULL},
	{7, DNS_R_MB, "n", NULL}, {8, DNS_R_MG, "n", NULL}, {9, DNS_R_MR, "n", NULL},
	{10, DNS_R_NULL, "r", NULL}, {11, DNS_R_WKS, "f", wks_bits}, {12, DNS_R_PTR, "n", NULL},
	{13, DNS_R_HINFO, "!fsfs", NULL}, {14, DNS_R_MINFO, "nn", NULL}, {15, DNS_R_MX, "!fn", NULL},
	{16, DNS_R_TXT, "fs*", NULL}, {17, DNS_R_RP, "nn", NULL}, {18, DNS_R_AFSDB, "fn", NULL},
	{19, DNS_R_X25, "fs", NULL}, {20, DNS_R_ISDN, "fs?fs", NULL}, {21, DNS_R_RT, "fn", NULL},
	{22, DNS_R_NSAP, "r", NULL}, {23, DNS_R_NSAP_PTR, "n", NULL}, {24, DNS_R_RRSIG, "fnr", NULL},
	{25, DNS_R_KEY, "fr", NULL}, {26, DNS_R_PX, "fnn", NULL}, {27, DNS_R_GPOS, "fsfsfs", NULL},
	{28, DNS_R_AAAA, "f", NULL}, {29, DNS_R_LOC, "", loc}, {30, DNS_R_NXT, "n", nxt_bits},
	{33, DNS_R_SRV, "fn", NULL}, {35, DNS_R_NAPTR, "fsfsfsn", NULL}, {36, DNS_R_KX, "!fn", NULL},
	{37, DNS_R_CERT, "fr", NULL}, {38, DNS_R_A6, "!f", a6}, {39, DNS_R_DNAME, "n", NULL},
	{41, DNS_OPTION, "", rem_dns_options}, {42, DNS_R_APL, "", apl}, {43, DNS_R_DS, "fR", NULL},
	{44, DNS_R_SSHFP, "fr", NULL}, {45, DNS_R_IPSECKEY, "f", ipseckey},
	{46, DNS_R_RRSIG, "fnr", NULL}, {47, DNS_R_NSEC, "nb", NULL}, {48, DNS_R_DNSKEY, "fR", NULL},
	{49, DNS_R_DHCID, "r", NULL}, {50, DNS_R_NSEC3, "fsfhb", NULL},
	{51, DNS_R_NSEC3PARAM, "fs", NULL}, {52, DNS_R_TLSA, "fR", NULL}, {55, DNS_R_HIP, "f", hip},
	{59, DNS_R_DS, "fR", NULL}, {60, DNS_R_DNSKEY, "fR", NULL}, {61, DNS_R_OPENPGPKEY, "r", NULL},
	{62, DNS_R_CSYNC, "fB", NULL}, {63, DNS_R_ZONEMD, "fR", NULL},
	{64, DNS_R_SVCB, "fn", rem_dns_params}, {65, DNS_R_SVCB, "fn", rem_dns_params},
	{99, DNS_R_SPF, "fs*", NULL}, {104, DNS_R_NID, "f", NULL}, {105, DNS_R_L32, "f", NULL},
	{106, DNS_R_L64, "f", NULL}, {107, DNS_R_LP, "fn", NULL}, {108, DNS_R_EUI48, "f", NULL},
	{109, DNS_R_EUI64, "f", NULL}, {249, DNS_R_TKEY, "nfcfc", NULL},
	{250, DNS_R_TSIG, "nfcfc", NULL}, {257, DNS_R_CAA, "f", caa}, {32769, DNS_R_DS, "fR", NULL},
	{65281, DNS_R_WINS, "f", wins_servers}, {65282, DNS_R_WINSR, "fn", NULL},
	{65422, DNS_R_XPF, "f", xpf},
};
/* clang-format on */

const struct rem_sorted rem_sorted_dns_types = REM_SORTED(kinds, type);

static const struct kind *find(uint32_t type)
{
	static const struct kind unknown = {0, DNS_R_DATA, "r", NULL};
	const struct kind *kind = rem_sorted_find(&rem_sorted_dns_types, type);

	return kind != NULL ? kind : &unknown;
}

bool rem_dns_rdata(struct dns_rdata *r, uint32_t type)
{
	const struct kind *kind = find(type);

	if (r->at == r->end) /* an update that deletes has no data: RFC 2136 2.5 */
		return true;
	const bool whole = kind->form[0] == '!';
	const uint16_t parts = r->b->parts;
	const bool good = run(r, kind->table, kind->form + whole) &&
			  (kind->more == NULL || kind->more(r));
	if (!good && whole)
		r->b->parts = parts;
	if (good && r->at < r->end)
		rem_dns_push(r, DNS_R_MORE, 0, 1, r->end - r->at);
	return good;
}
