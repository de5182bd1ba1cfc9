/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of DHCP: which table lays out which, and those whose values have a structure. */
#include "proto/dhcp_parts.h"

/* How long a value may be, and how much of it its table takes. */
enum rule {
	EXACT, /* as long as one element */
	LIST,  /* elements up to the end, at least one */
	FIRST, /* one element; what follows means nothing */
	WHOLE, /* one element, of any length */
};

/* Options and suboptions whose value is one row of a table. */
struct simple {
	uint8_t tag, rule, size, table, row;
};

/* clang-format off */
static const struct simple options[] = {
	{1, EXACT, 4, TABLE_ADDRESSES, ADDR_MASK}, {2, EXACT, 4, TABLE_LONGS, LONG_OFFSET},
	{3, LIST, 4, TABLE_ADDRESSES, ADDR_ROUTER}, {4, LIST, 4, TABLE_ADDRESSES, ADDR_TIME},
	{5, LIST, 4, TABLE_ADDRESSES, ADDR_NAME}, {6, LIST, 4, TABLE_ADDRESSES, ADDR_DNS},
	{7, LIST, 4, TABLE_ADDRESSES, ADDR_LOG}, {8, LIST, 4, TABLE_ADDRESSES, ADDR_QUOTES},
	{9, LIST, 4, TABLE_ADDRESSES, ADDR_LPR}, {10, LIST, 4, TABLE_ADDRESSES, ADDR_IMPRESS},
	{11, LIST, 4, TABLE_ADDRESSES, ADDR_RLP}, {12, WHOLE, 0, TABLE_TEXTS, TEXT_HOSTNAME},
	{13, EXACT, 2, TABLE_SHORTS, SHORT_FILE_SIZE}, {14, WHOLE, 0, TABLE_TEXTS, TEXT_DUMP_FILE},
	{15, WHOLE, 0, TABLE_TEXTS, TEXT_DOMAIN}, {16, EXACT, 4, TABLE_ADDRESSES, ADDR_SWAP},
	{17, WHOLE, 0, TABLE_TEXTS, TEXT_ROOT_PATH}, {18, WHOLE, 0, TABLE_TEXTS, TEXT_EXTENSIONS},
	{19, EXACT, 1, TABLE_BYTES, BYTE_FORWARDING}, {20, EXACT, 1, TABLE_BYTES, BYTE_SOURCE_ROUTING},
	{21, LIST, 8, TABLE_PAIRS, PAIR_POLICY}, {22, EXACT, 2, TABLE_SHORTS, SHORT_REASSEMBLY},
	{23, EXACT, 1, TABLE_BYTES, BYTE_TTL}, {24, EXACT, 4, TABLE_LONGS, LONG_MTU_AGING},
	{25, LIST, 2, TABLE_SHORTS, SHORT_PLATEAU}, {26, EXACT, 2, TABLE_SHORTS, SHORT_MTU},
	{27, EXACT, 1, TABLE_BYTES, BYTE_ALL_LOCAL}, {28, EXACT, 4, TABLE_ADDRESSES, ADDR_BROADCAST},
	{29, EXACT, 1, TABLE_BYTES, BYTE_MASK_DISCOVERY}, {30, EXACT, 1, TABLE_BYTES, BYTE_MASK_SUPPLIER},
	{31, EXACT, 1, TABLE_BYTES, BYTE_ROUTER_DISCOVERY}, {32, EXACT, 4, TABLE_ADDRESSES, ADDR_SOLICITATION},
	{33, LIST, 8, TABLE_PAIRS, PAIR_ROUTE}, {34, EXACT, 1, TABLE_BYTES, BYTE_TRAILERS},
	{35, EXACT, 4, TABLE_LONGS, LONG_ARP_TIMEOUT}, {36, EXACT, 1, TABLE_BYTES, BYTE_ENCAPSULATION},
	{37, EXACT, 1, TABLE_BYTES, BYTE_TCP_TTL}, {38, EXACT, 4, TABLE_LONGS, LONG_KEEPALIVE},
	{39, EXACT, 1, TABLE_BYTES, BYTE_GARBAGE}, {40, WHOLE, 0, TABLE_TEXTS, TEXT_NIS},
	{41, LIST, 4, TABLE_ADDRESSES, ADDR_NIS}, {42, LIST, 4, TABLE_ADDRESSES, ADDR_NTP},
	{43, WHOLE, 0, TABLE_VENDOR, 0}, {44, LIST, 4, TABLE_ADDRESSES, ADDR_NBNS},
	{45, LIST, 4, TABLE_ADDRESSES, ADDR_NBDD}, {46, EXACT, 1, TABLE_BYTES, BYTE_NODE_TYPE},
	{47, WHOLE, 0, TABLE_TEXTS, TEXT_SCOPE}, {48, LIST, 4, TABLE_ADDRESSES, ADDR_XFONT},
	{49, LIST, 4, TABLE_ADDRESSES, ADDR_XDM}, {50, EXACT, 4, TABLE_ADDRESSES, ADDR_REQUESTED},
	{51, EXACT, 4, TABLE_LONGS, LONG_LEASE}, {52, FIRST, 1, TABLE_BYTES, BYTE_OVERLOAD},
	{53, FIRST, 1, TABLE_BYTES, BYTE_TYPE}, {54, EXACT, 4, TABLE_ADDRESSES, ADDR_SERVER},
	{55, LIST, 1, TABLE_BYTES, BYTE_PARAMETERS}, {56, WHOLE, 0, TABLE_TEXTS, TEXT_MESSAGE},
	{57, EXACT, 2, TABLE_SHORTS, SHORT_MESSAGE_SIZE}, {58, EXACT, 4, TABLE_LONGS, LONG_RENEWAL},
	{59, EXACT, 4, TABLE_LONGS, LONG_REBINDING}, {60, WHOLE, 0, TABLE_TEXTS, TEXT_VENDOR_CLASS},
	{64, WHOLE, 0, TABLE_TEXTS, TEXT_NISPLUS}, {65, LIST, 4, TABLE_ADDRESSES, ADDR_NISPLUS},
	{66, WHOLE, 0, TABLE_TEXTS, TEXT_TFTP}, {67, WHOLE, 0, TABLE_TEXTS, TEXT_FILE},
	{68, LIST, 4, TABLE_ADDRESSES, ADDR_HOME_AGENT}, {69, LIST, 4, TABLE_ADDRESSES, ADDR_SMTP},
	{70, LIST, 4, TABLE_ADDRESSES, ADDR_POP3}, {71, LIST, 4, TABLE_ADDRESSES, ADDR_NNTP},
	{72, LIST, 4, TABLE_ADDRESSES, ADDR_WWW}, {73, LIST, 4, TABLE_ADDRESSES, ADDR_FINGER},
	{74, LIST, 4, TABLE_ADDRESSES, ADDR_IRC}, {75, LIST, 4, TABLE_ADDRESSES, ADDR_STREETTALK},
	{76, LIST, 4, TABLE_ADDRESSES, ADDR_STDA}, {85, LIST, 4, TABLE_ADDRESSES, ADDR_NDS},
	{86, WHOLE, 0, TABLE_TEXTS, TEXT_NDS_TREE}, {87, WHOLE, 0, TABLE_TEXTS, TEXT_NDS_CONTEXT},
	{91, EXACT, 4, TABLE_LONGS, LONG_LAST}, {92, LIST, 4, TABLE_ADDRESSES, ADDR_ASSOCIATED},
	{93, LIST, 2, TABLE_SHORTS, SHORT_ARCHITECTURE}, {100, WHOLE, 0, TABLE_TEXTS, TEXT_PCODE},
	{101, WHOLE, 0, TABLE_TEXTS, TEXT_TCODE}, {108, EXACT, 4, TABLE_LONGS, LONG_IPV6_ONLY},
	{112, LIST, 4, TABLE_ADDRESSES, ADDR_NETINFO}, {113, WHOLE, 0, TABLE_TEXTS, TEXT_NETINFO},
	{114, WHOLE, 0, TABLE_TEXTS, TEXT_PORTAL}, {116, EXACT, 1, TABLE_BYTES, BYTE_AUTOCONF},
	{117, LIST, 2, TABLE_SHORTS, SHORT_NAME_SERVICE}, {118, LIST, 4, TABLE_ADDRESSES, ADDR_SUBNET},
	{136, LIST, 4, TABLE_ADDRESSES, ADDR_PANA}, {137, WHOLE, 0, TABLE_TEXTS, TEXT_LOST},
	{138, LIST, 4, TABLE_ADDRESSES, ADDR_CAPWAP}, {142, LIST, 4, TABLE_ADDRESSES, ADDR_ANDSF},
	{145, LIST, 1, TABLE_BYTES, BYTE_NONCE}, {150, LIST, 4, TABLE_ADDRESSES, ADDR_TFTP},
	{152, EXACT, 4, TABLE_LONGS, LONG_BASE}, {153, EXACT, 4, TABLE_LONGS, LONG_STATE_START},
	{154, EXACT, 4, TABLE_LONGS, LONG_QUERY_START}, {155, EXACT, 4, TABLE_LONGS, LONG_QUERY_END},
	{156, EXACT, 1, TABLE_BYTES, BYTE_STATE}, {157, EXACT, 1, TABLE_BYTES, BYTE_SOURCE},
	{159, EXACT, 4, TABLE_PORTS, 0}, {160, WHOLE, 0, TABLE_TEXTS, TEXT_PORTAL},
	{161, WHOLE, 0, TABLE_TEXTS, TEXT_MUD}, {209, WHOLE, 0, TABLE_TEXTS, TEXT_PXE_CONFIG},
	{210, WHOLE, 0, TABLE_TEXTS, TEXT_PXE_PREFIX}, {252, WHOLE, 0, TABLE_TEXTS, TEXT_WPAD},
};

/* Suboptions of relay agents: RFC 3046 and others. */
static const struct simple agent_suboptions[] = {
	{1, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_CIRCUIT}, {2, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_REMOTE},
	{3, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_RESERVED}, {4, EXACT, 4, TABLE_LONGS, LONG_AGENT_DOCSIS},
	{5, EXACT, 4, TABLE_ADDRESSES, ADDR_AGENT_LINK}, {6, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_SUBSCRIBER},
	{7, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_RADIUS}, {8, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_AUTH},
	{10, EXACT, 1, TABLE_BYTES, BYTE_AGENT_FLAGS}, {11, EXACT, 4, TABLE_ADDRESSES, ADDR_AGENT_SERVER},
	{12, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_RELAY}, {13, EXACT, 1, TABLE_BYTES, BYTE_AGENT_ATT},
	{14, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_NETWORK}, {15, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_AP},
	{16, FIRST, 6, TABLE_TEXTS, TEXT_AGENT_BSSID}, {17, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_OPERATOR},
	{18, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_REALM}, {150, EXACT, 4, TABLE_ADDRESSES, ADDR_AGENT_LINK_CISCO},
	{151, WHOLE, 0, TABLE_TEXTS, TEXT_AGENT_VRF}, {152, EXACT, 4, TABLE_ADDRESSES, ADDR_AGENT_SERVER_CISCO},
};

/* Suboptions of NetWare/IP: RFC 2242. */
static const struct simple novell_suboptions[] = {
	{5, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_BROADCAST}, {6, LIST, 4, TABLE_ADDRESSES, ADDR_NOVELL_DSS},
	{7, LIST, 4, TABLE_ADDRESSES, ADDR_NOVELL_NWIP}, {8, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_RETRIES},
	{9, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_DELAY}, {10, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_V1_1},
	{11, EXACT, 4, TABLE_ADDRESSES, ADDR_NOVELL_PRIMARY},
};
/* clang-format on */

/* Suboptions look like options, but have neither padding nor end. */
static const struct rem_tlv suboption = {
	.tag_bytes = 1,
	.length_bytes = 1,
	.unit = 1,
	.pad = REM_TLV_NONE,
	.end = REM_TLV_NONE,
};

enum { LENGTH = REM_BYTES(1, 1), ADDRESS = 4 };

static const struct simple *find(const struct simple *known, size_t n, uint32_t tag)
{
	for (size_t i = 0; i < n; i++) {
		if (known[i].tag == tag)
			return &known[i];
	}
	return NULL;
}

/* Can a value so long be laid out? */
static bool fits(const struct simple *s, uint32_t n)
{
	return s->rule == EXACT ? n == s->size : n >= s->size;
}

static void push_simple(struct rem_breakdown *b, const struct simple *s, struct rem_view value)
{
	const unsigned rows = s->table == TABLE_PAIRS ? PAIR_ROWS : 1;

	if (s->table == TABLE_PORTS)
		rem_push(b, s->table, value.p, value.cap);
	else
		rem_push_rows(b, s->table, s->row, rows, value.p,
			      s->rule == FIRST ? s->size : value.cap);
}

static bool has_surplus(const struct simple *s, uint32_t n)
{
	return s->rule == LIST && n % s->size != 0;
}

/* Addresses up to the end of v. False: the last one is not whole. */
static bool push_addresses(struct rem_breakdown *b, unsigned row, struct rem_view v)
{
	if (v.cap >= ADDRESS)
		rem_push_row(b, TABLE_ADDRESSES, row, v.p, v.cap);
	return v.cap % ADDRESS == 0;
}

/* ---- domain names ---- */

/*
 * The length of the name at `at` as it is written, if it can be read to its end: RFC 1035 4.1.4.
 * Pointers lead back only, so each shortens what can still be walked. 0: it cannot.
 */
static uint32_t name_length(struct rem_view v, uint32_t at)
{
	uint32_t length = 0, bound = v.cap;
	const uint32_t start = at;

	while (at < bound && v.p[at] != 0) {
		if (v.p[at] >= 0xc0) {
			if (at + 2 > bound)
				return 0;
			const uint32_t to = rem_be16(v.p + at) & 0x3fff;
			if (length == 0)
				length = at + 2 - start;
			if (to >= at)
				return 0;
			bound = at;
			at = to;
		} else if (v.p[at] > 63) {
			return 0;
		} else {
			at += v.p[at] + 1u;
		}
	}
	if (at >= bound)
		return 0;
	return length != 0 ? length : at + 1 - start;
}

/* Names from `from` to the end of the value; their pointers count from there. */
static bool push_names(struct rem_breakdown *b, unsigned row, struct rem_view value)
{
	for (uint32_t at = 0; at < value.cap;) {
		const uint32_t n = name_length(value, at);

		if (n == 0)
			return false;
		rem_push_row(b, TABLE_NAME, row, value.p + at, n);
		at += n;
	}
	return true;
}

bool rem_dhcp_name_in_value(const struct rem_breakdown *b, const struct rem_row *row,
			    struct rem_value *v)
{
	static const uint8_t before[] = {
		[NAME_SEARCH] = 2,
		[NAME_SIP] = 3,
		[NAME_FQDN] = 5,
		[NAME_RDNSS] = 11,
	};
	const struct rem_part *option = row->part;

	while (option->table != TABLE_OPTION)
		option--;
	const uint8_t *p = rem_part_bytes(b, option) + before[row->index];
	v->message = (struct rem_span){p, option->len - before[row->index]};
	return true;
}

/* ---- options with a structure: false where nothing behind them can be believed ---- */

static bool push_client_id(struct rem_breakdown *b, struct rem_view v)
{
	enum { DUID_LEAST = 7, MAC = 7, UUID = 17, HARDWARE_END = 48 };

	if (v.cap == UUID && v.p[0] == 0) {
		rem_push(b, TABLE_UUID, v.p, v.cap);
	} else if (v.cap == MAC && v.p[0] > 0 && v.p[0] < HARDWARE_END) {
		rem_push_row(b, TABLE_CLIENT_ID, CLIENT_HTYPE, v.p, v.cap);
		rem_push_row(b, TABLE_CLIENT_ID,
			     v.p[0] == 1 || v.p[0] == 6 ? CLIENT_MAC : CLIENT_ADDRESS, v.p, v.cap);
	} else if (v.cap > 1 && v.p[0] == 0) {
		rem_push_rows(b, TABLE_CLIENT_ID, CLIENT_TYPE, 2, v.p, v.cap);
	} else if (v.cap > 0 && v.p[0] == 255) {
		rem_push_rows(b, TABLE_DUID, DUID_IAID, 2, v.p, v.cap);
		if (v.cap < DUID_LEAST)
			return false;
		switch (rem_be16(v.p + 5)) {
		case 1:
			rem_push_rows(b, TABLE_DUID, DUID_LLT, DUID_LLT_ROWS, v.p, v.cap);
			return v.cap >= 13;
		case 2:
			rem_push_rows(b, TABLE_DUID, DUID_EN, DUID_EN_ROWS, v.p, v.cap);
			return v.cap >= 11;
		case 3:
			rem_push_rows(b, TABLE_DUID, DUID_LL, DUID_LL_ROWS, v.p, v.cap);
			return v.cap >= 9;
		default: break;
		}
	}
	return true;
}

/* Classes with a length in front; many clients write plain text instead. */
static bool push_user_classes(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap < 2)
		return true;
	while (v.cap > 0) {
		const uint32_t n = v.p[0] + 1u;

		if (n > v.cap) {
			rem_push(b, TABLE_USER_TEXT, v.p, v.cap);
			return true;
		}
		rem_push(b, TABLE_USER_CLASS, v.p, n);
		if (n == 1)
			return true;
		v = rem_view_skip(v, n);
	}
	return true;
}

bool rem_dhcp_count_before(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	(void)b;
	v->u = 0;
	for (const struct rem_part *p = row->part; p[-1].table == TABLE_USER_CLASS; p--)
		v->u++;
	return true;
}

static bool push_fqdn(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 3, WIRE_FORMAT = 4 };

	if (v.cap < HEAD)
		return true;
	rem_push_rows(b, TABLE_FQDN, 0, FQDN_FLAGS_ROWS, v.p, HEAD);
	if (v.cap == HEAD)
		return true;
	if ((v.p[0] & WIRE_FORMAT) == 0)
		rem_push_row(b, TABLE_FQDN, FQDN_ASCII, v.p, v.cap);
	else if (name_length(rem_view_skip(v, HEAD), 0) != 0)
		rem_push_row(b, TABLE_NAME, NAME_FQDN, v.p + HEAD, v.cap - HEAD);
	return true;
}

/* Data of vendors inside relay agent information: RFC 4243. */
static bool push_agent_vendors(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 5 };

	while (v.cap > 0) {
		const uint32_t n = v.cap < HEAD ? v.cap : HEAD + (uint32_t)v.p[4];

		if (v.cap < HEAD || n > v.cap) {
			rem_push_rows(b, TABLE_AGENT_ENTERPRISE, 0, 2, v.p, v.cap);
			return false;
		}
		rem_push(b, TABLE_AGENT_ENTERPRISE, v.p, n);
		v = rem_view_skip(v, n);
	}
	return true;
}

static bool push_agent(struct rem_breakdown *b, struct rem_view v)
{
	enum { VENDORS = 9, BSSID = 16 };
	struct rem_tlv_item item;
	bool whole = true;

	while (whole && rem_tlv_next(&suboption, &v, &item)) {
		if (item.whole.cap < 2)
			return true;
		if (item.err != REM_OK) {
			rem_fault(rem_push_rows(b, TABLE_AGENT, 0, OPTION_ROWS_TO_LENGTH,
						item.whole.p, item.whole.cap),
				  item.err, LENGTH);
			return true;
		}
		const struct simple *s = find(agent_suboptions, REM_COUNT(agent_suboptions),
					      item.tag);
		struct rem_part *part = rem_push(b, TABLE_AGENT, item.whole.p, item.whole.cap);
		b->depth++;
		if (s != NULL && fits(s, item.value.cap))
			push_simple(b, s, item.value);
		else if (s != NULL)
			rem_fault(part, REM_LENGTH, LENGTH);
		else if (item.tag == VENDORS)
			whole = push_agent_vendors(b, item.value);
		if (item.tag == BSSID && item.value.cap < 6)
			whole = false;
		b->depth--;
	}
	return whole;
}

static bool push_novell(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_tlv_item item;

	while (rem_tlv_next(&suboption, &v, &item)) {
		if (item.whole.cap < 2)
			return true;
		if (item.err != REM_OK) {
			rem_fault(rem_push_rows(b, TABLE_NOVELL, 0, OPTION_ROWS_TO_LENGTH,
						item.whole.p, item.whole.cap),
				  item.err, LENGTH);
			return false;
		}
		const struct simple *s = find(novell_suboptions, REM_COUNT(novell_suboptions),
					      item.tag);
		struct rem_part *part = rem_push(b, TABLE_NOVELL, item.whole.p, item.whole.cap);
		b->depth++;
		if (s != NULL && fits(s, item.value.cap))
			push_simple(b, s, item.value);
		else if (s != NULL)
			rem_fault(part, REM_LENGTH, LENGTH);
		b->depth--;
	}
	return true;
}

static bool push_auth(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 11, DELAYED = 1, HMAC_MD5 = 1, SECRET_AND_HASH = 20 };

	if (v.cap < HEAD)
		return true;
	const bool delayed = v.p[0] == DELAYED;
	rem_push_row(b, TABLE_AUTH, AUTH_PROTOCOL, v.p, HEAD);
	rem_push_row(b, TABLE_AUTH, delayed ? AUTH_DELAYED : AUTH_ALGORITHM, v.p, HEAD);
	rem_push_row(b, TABLE_AUTH, AUTH_RDM, v.p, HEAD);
	rem_push_row(b, TABLE_AUTH, v.p[2] == 0 ? AUTH_COUNTER : AUTH_DETECTION, v.p, HEAD);
	if (delayed && v.p[1] == HMAC_MD5) {
		if (v.cap >= HEAD + SECRET_AND_HASH)
			rem_push_rows(b, TABLE_AUTH, AUTH_SECRET, 2, v.p, v.cap);
	} else if (v.cap > HEAD) {
		rem_push_row(b, TABLE_AUTH, AUTH_INFORMATION, v.p, v.cap);
	}
	return true;
}

static bool push_civic(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 3 };
	struct rem_tlv_item item;

	if (v.cap < HEAD)
		return true;
	rem_push(b, TABLE_CIVIC, v.p, HEAD);
	v = rem_view_skip(v, HEAD);
	while (rem_tlv_next(&suboption, &v, &item) && item.whole.cap >= 2) {
		if (item.err != REM_OK)
			rem_fault(rem_push_rows(b, TABLE_CIVIC_ITEM, 0, CIVIC_ROWS_TO_LENGTH,
						item.whole.p, item.whole.cap),
				  item.err, LENGTH);
		else
			rem_push(b, TABLE_CIVIC_ITEM, item.whole.p, item.whole.cap);
	}
	return true;
}

static bool push_sip(struct rem_breakdown *b, struct rem_view v)
{
	enum { NAMES = 0, ADDRESSES = 1 };

	if (v.cap == 0)
		return true;
	rem_push_row(b, TABLE_BYTES, BYTE_SIP, v.p, 1);
	if (v.p[0] == NAMES && v.cap >= 3)
		return push_names(b, NAME_SIP, rem_view_skip(v, 1));
	if (v.p[0] == ADDRESSES && v.cap % ADDRESS == 1)
		push_addresses(b, ADDR_SIP, rem_view_skip(v, 1));
	return true;
}

/* RFC 3442: the width of the mask, as many bytes of the destination as it covers, the router. */
static bool push_routes(struct rem_breakdown *b, struct rem_view v)
{
	enum { LEAST = 5, WIDEST = 32 };

	if (v.cap < LEAST)
		return true;
	while (v.cap > 0) {
		const uint32_t width = v.p[0], n = 1 + (width + 7) / 8 + ADDRESS;

		if (width > WIDEST)
			return true;
		if (n > v.cap)
			return false;
		rem_push(b, TABLE_ROUTE, v.p, n);
		v = rem_view_skip(v, n);
	}
	return true;
}

static bool push_client_config(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_tlv_item item;

	while (rem_tlv_next(&suboption, &v, &item) && item.whole.cap >= 2) {
		struct rem_part *part = rem_push(b, TABLE_CLIENT_CONFIG, item.whole.p,
						 item.whole.cap);
		if (item.err != REM_OK)
			rem_fault(part, item.err, LENGTH);
	}
	return true;
}

static bool push_classes(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 5 };

	if (v.cap == 1)
		rem_push_row(b, TABLE_BYTES, BYTE_CLASS_MODE, v.p, 1);
	while (v.cap >= HEAD) {
		const uint32_t n = HEAD + v.p[4];

		if (n > v.cap) {
			rem_push_rows(b, TABLE_CLASS, 0, 2, v.p, v.cap);
			return false;
		}
		rem_push(b, TABLE_CLASS, v.p, n);
		v = rem_view_skip(v, n);
	}
	return true;
}

/* The options of a vendor. Those of CableLabs and of the Broadband Forum have names of their own. */
static bool push_vendor_items(struct rem_breakdown *b, uint32_t enterprise, struct rem_view v)
{
	enum { CABLELABS = 4491, BROADBAND_FORUM = 3561 };
	struct rem_tlv_item item;

	if (enterprise == CABLELABS || enterprise == BROADBAND_FORUM) {
		if (v.cap > 0)
			rem_push(b, TABLE_CUT, v.p, v.cap);
		return true;
	}
	while (rem_tlv_next(&suboption, &v, &item)) {
		const bool lies = item.err != REM_OK;
		struct rem_part *part = rem_push_rows(b, TABLE_ENTERPRISE_ITEM, 0, lies ? 2 : 3,
						      item.whole.p, item.whole.cap);
		if (lies)
			rem_fault(part, item.err, LENGTH);
	}
	return true;
}

static bool push_enterprises(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 5 };

	while (v.cap >= HEAD) {
		const uint32_t n = HEAD + v.p[4], enterprise = rem_be32(v.p);

		rem_push(b, TABLE_ENTERPRISE, v.p, HEAD);
		b->depth++;
		push_vendor_items(b, enterprise,
				  rem_view_skip(rem_view_first(v, n < v.cap ? n : v.cap), HEAD));
		b->depth--;
		if (n > v.cap)
			return false;
		v = rem_view_skip(v, n);
	}
	return true;
}

static bool push_rdnss(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 9 };

	if (v.cap <= HEAD)
		return true;
	rem_push(b, TABLE_RDNSS, v.p, HEAD);
	const uint32_t n = name_length(rem_view_skip(v, HEAD), 0);
	if (n != 0)
		rem_push_row(b, TABLE_NAME, NAME_RDNSS, v.p + HEAD, v.cap - HEAD);
	return n != 0;
}

static bool push_6rd(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 18 };

	if (v.cap < HEAD + ADDRESS)
		return true;
	rem_push(b, TABLE_6RD, v.p, HEAD);
	push_addresses(b, ADDR_6RD, rem_view_skip(v, HEAD));
	return true;
}

static bool push_isns(struct rem_breakdown *b, struct rem_view v)
{
	enum { HEAD = 14 };

	if (v.cap < HEAD)
		return true;
	rem_push(b, TABLE_ISNS, v.p, HEAD);
	push_addresses(b, ADDR_ISNS, rem_view_skip(v, HEAD));
	return true;
}

static bool push_directory_agents(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap == 0)
		return true;
	rem_push_row(b, TABLE_BYTES, BYTE_SLP_AGENT, v.p, 1);
	push_addresses(b, ADDR_SLP, rem_view_skip(v, 1));
	return true;
}

static bool push_service_scope(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap == 0)
		return false;
	rem_push_row(b, TABLE_BYTES, BYTE_SLP_SCOPE, v.p, 1);
	rem_push_row(b, TABLE_TEXTS, TEXT_SLP_SCOPE, v.p + 1, v.cap - 1);
	return true;
}

static bool push_status(struct rem_breakdown *b, struct rem_view v)
{
	if (v.cap > 0)
		rem_push_row(b, TABLE_BYTES, BYTE_STATUS, v.p, 1);
	if (v.cap > 1)
		rem_push_row(b, TABLE_TEXTS, TEXT_STATUS, v.p + 1, v.cap - 1);
	return true;
}

static bool push_network_id(struct rem_breakdown *b, struct rem_view v)
{
	rem_push(b, TABLE_NETWORK_ID, v.p, v.cap);
	return v.cap >= 3;
}

static bool push_search(struct rem_breakdown *b, struct rem_view v)
{
	return push_names(b, NAME_SEARCH, v);
}

/* clang-format off */
static const struct {
	uint8_t tag;
	bool (*push)(struct rem_breakdown *b, struct rem_view value);
} structured[] = {
	{61, push_client_id}, {63, push_novell}, {77, push_user_classes}, {78, push_directory_agents},
	{79, push_service_scope}, {81, push_fqdn}, {82, push_agent}, {83, push_isns}, {90, push_auth},
	{94, push_network_id}, {97, push_client_id}, {99, push_civic}, {119, push_search}, {120, push_sip},
	{121, push_routes}, {122, push_client_config}, {124, push_classes}, {125, push_enterprises},
	{146, push_rdnss}, {151, push_status}, {212, push_6rd}, {249, push_routes},
};
/* clang-format on */

static void push_area(struct rem_breakdown *b, struct rem_view area);

/* Where the fields of the message hold options, they are walked here. */
static void push_overload(struct rem_breakdown *b, struct rem_view message, uint32_t overload)
{
	if (b->depth > 1 || overload > (REM_DHCP_OVERLOAD_FILE | REM_DHCP_OVERLOAD_SNAME))
		return;
	b->depth++;
	if ((overload & REM_DHCP_OVERLOAD_SNAME) != 0)
		push_area(b, rem_view_first(rem_view_skip(message, REM_OFF(REM_DHCP_SNAME) / 8),
					    REM_WIDTH(REM_DHCP_SNAME) / 8));
	if ((overload & REM_DHCP_OVERLOAD_FILE) != 0)
		push_area(b, rem_view_first(rem_view_skip(message, REM_OFF(REM_DHCP_FILE) / 8),
					    REM_WIDTH(REM_DHCP_FILE) / 8));
	b->depth--;
}

/* Lays out the value of an option. False: nothing behind it can be believed. */
static bool push_value(struct rem_breakdown *b, const struct rem_tlv_item *item,
		       struct rem_part *part)
{
	const struct simple *s = find(options, REM_COUNT(options), item->tag);

	if (s != NULL) {
		if (part->table == TABLE_OPAQUE) {
			rem_fault(part, REM_LENGTH, LENGTH);
			return item->tag != REM_DHCP_TYPE;
		}
		if (has_surplus(s, item->value.cap))
			rem_fault(part, REM_LENGTH, LENGTH);
		push_simple(b, s, item->value);
		return true;
	}
	for (size_t i = 0; i < REM_COUNT(structured); i++) {
		if (structured[i].tag != item->tag)
			continue;
		if (structured[i].push(b, item->value))
			return true;
		rem_fault(part, REM_LENGTH, LENGTH);
		return false;
	}
	return true;
}

static bool is_structured(uint32_t tag)
{
	for (size_t i = 0; i < REM_COUNT(structured); i++) {
		if (structured[i].tag == tag)
			return true;
	}
	return false;
}

static bool push_option(struct rem_breakdown *b, const struct rem_tlv_item *item)
{
	const struct rem_view whole = item->whole;

	if (whole.cap < 2) {
		rem_fault(rem_push(b, TABLE_CUT, whole.p, whole.cap), item->err, 0);
		return false;
	}
	if (item->err != REM_OK) {
		rem_fault(rem_push_rows(b, TABLE_OPTION, 0, OPTION_ROWS_TO_LENGTH, whole.p,
					whole.cap),
			  item->err, LENGTH);
		return false;
	}
	const struct simple *s = find(options, REM_COUNT(options), item->tag);
	const bool known = s != NULL ? fits(s, item->value.cap) : is_structured(item->tag);
	struct rem_part *part = rem_push(b, known ? TABLE_OPTION : TABLE_OPAQUE, whole.p,
					 whole.cap);
	b->depth++;
	const bool goes_on = push_value(b, item, part);
	b->depth--;
	return goes_on;
}

/* A run of padding is one part. Returns its length. */
static uint32_t push_padding(struct rem_breakdown *b, struct rem_view rest)
{
	uint32_t n = 1;

	while (n < rest.cap && rest.p[n] == REM_DHCP_PAD)
		n++;
	rem_push(b, TABLE_PAD, rest.p, n);
	return n;
}

static void push_area(struct rem_breakdown *b, struct rem_view area)
{
	struct rem_tlv_item item;

	while (area.cap > 0 && area.p[0] != REM_DHCP_END) {
		if (area.p[0] == REM_DHCP_PAD)
			area = rem_view_skip(area, push_padding(b, area));
		else if (!rem_tlv_next(&rem_dhcp_option, &area, &item) || !push_option(b, &item))
			return;
	}
	if (area.cap > 0)
		rem_push(b, TABLE_END, area.p, 1);
}

void rem_dhcp_decode_options(struct rem_breakdown *b, struct rem_view message, struct rem_view area)
{
	struct rem_tlv_item item;

	b->depth = 1;
	while (area.cap > 0 && area.p[0] != REM_DHCP_END) {
		if (area.p[0] == REM_DHCP_PAD) {
			area = rem_view_skip(area, push_padding(b, area));
			continue;
		}
		if (!rem_tlv_next(&rem_dhcp_option, &area, &item) || !push_option(b, &item))
			break;
		if (item.tag == REM_DHCP_OVERLOAD && item.value.cap > 0)
			push_overload(b, message, item.value.p[0]);
	}
	if (area.cap > 0 && area.p[0] == REM_DHCP_END) {
		rem_push(b, TABLE_END, area.p, 1);
		if (area.cap > 1)
			rem_push_row(b, TABLE_PAD, PAD_PADDING, area.p + 1, area.cap - 1);
	}
	b->depth = 0;
}
