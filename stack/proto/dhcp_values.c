/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of DHCP whose values have a structure. Pushing one answers whether to go on behind it. */
#include "proto/dhcp_parts.h"
#include <remora/sorted.h>

/* clang-format off */
/* Suboptions of relay agents: RFC 3046 and others. */
static const struct rem_dhcp_simple agent_suboptions[] = {
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
static const struct rem_dhcp_simple novell_suboptions[] = {
	{5, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_BROADCAST}, {6, LIST, 4, TABLE_ADDRESSES, ADDR_NOVELL_DSS},
	{7, LIST, 4, TABLE_ADDRESSES, ADDR_NOVELL_NWIP}, {8, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_RETRIES},
	{9, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_DELAY}, {10, EXACT, 1, TABLE_BYTES, BYTE_NOVELL_V1_1},
	{11, EXACT, 4, TABLE_ADDRESSES, ADDR_NOVELL_PRIMARY},
};
/* clang-format on */

const struct rem_sorted rem_sorted_dhcp_agent = REM_SORTED(agent_suboptions, tag);
const struct rem_sorted rem_sorted_dhcp_novell = REM_SORTED(novell_suboptions, tag);

/* Suboptions look like options, but have neither padding nor end. */
static const struct rem_tlv suboption = {
	.unit = 1,
	.pad = REM_TLV_NONE,
	.end = REM_TLV_NONE,
};

enum { LENGTH = REM_BYTES(1, 1), ADDRESS = 4 };

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
 * Pointers lead back only, so each shortens what can still be walked. 0: it has no end; negative:
 * a label is longer than what is left.
 */
static int name_length(struct rem_view v, uint32_t at)
{
	uint32_t length = 0, bound = v.cap;
	const uint32_t start = at;

	while (at < bound && v.p[at] != 0) {
		if (v.p[at] >= 0xc0) {
			if (at + 2 > bound)
				return REM_LENGTH;
			const uint32_t to = rem_be16(v.p + at) & 0x3fff;
			if (length == 0)
				length = at + 2 - start;
			if (to >= at)
				return 0;
			bound = at;
			at = to;
		} else {
			const uint32_t label = v.p[at];

			at += 1 + label;
			if (at > bound || label > 63)
				return REM_LENGTH;
		}
	}
	if (at >= bound)
		return 0;
	return (int)(length != 0 ? length : at + 1 - start);
}

/* A name as long as name_length() says. False: what it holds goes past its end. */
static bool push_name(struct rem_breakdown *b, unsigned row, struct rem_view v, int n)
{
	if (n > 0)
		rem_push_row(b, TABLE_NAME, row, v.p, v.cap);
	else if (v.cap > 0)
		rem_fault(rem_push(b, TABLE_CUT, v.p, v.cap), n == 0 ? REM_LOOP : n, 0);
	return n >= 0;
}

/* Names up to the end of the value; their pointers count from its start. */
static bool push_names(struct rem_breakdown *b, unsigned row, struct rem_view value)
{
	for (uint32_t at = 0; at < value.cap;) {
		const int n = name_length(value, at);

		const struct rem_view rest = rem_view_skip(value, at);
		if (n <= 0)
			return push_name(b, row, rest, n);
		push_name(b, row, rem_view_first(rest, (uint32_t)n), n);
		at += (uint32_t)n;
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

/* ---- vendors ---- */

static bool begins(struct rem_view v, const char *prefix, uint32_t n)
{
	return v.cap >= n && rem_same(v.p, prefix, n);
}

/* PXE's suboptions look like options, with padding and an end. */
static void push_pxe(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_dhcp_option, &v, &item)) {
		if (item.tag == REM_DHCP_END || item.tag == REM_DHCP_PAD) {
			rem_push_row(b, TABLE_PXE, item.tag == REM_DHCP_END ? PXE_END : PXE_PADDING,
				     item.whole.p, 1);
			continue;
		}
		const bool lies = item.err != REM_OK;
		struct rem_part *part = rem_push_rows(b, TABLE_PXE, 0, lies ? 2 : 3, item.whole.p,
						      item.whole.cap);
		if (lies)
			rem_fault(part, item.err, LENGTH);
	}
}

void rem_dhcp_push_vendor(struct rem_breakdown *b, struct rem_view v, struct rem_view class)
{
	/* These have layouts of their own. */
	static const struct {
		char text[15];
		uint8_t n;
	} others[] = {
		{"ArubaAP", 7},        {"ArubaInstantAP", 14}, {"pktc", 4},
		{"docsis", 6},         {"OpenCable2.0", 12},   {"CableLabs", 9},
		{"alcatel.noe.0", 13}, {"AAPLBSDPC", 9},       {"AEROHIVE", 8},
		{"Cisco AP", 8},
	};
	unsigned row = VENDOR_VALUE;

	if (begins(class, "PXEClient", 9)) {
		push_pxe(b, v);
		return;
	}
	for (size_t i = 0; i < REM_COUNT(others); i++) {
		if (begins(class, others[i].text, others[i].n))
			row = VENDOR_OTHER;
	}
	rem_push_row(b, TABLE_VENDOR, row, v.p, v.cap);
}

/* ---- the others ---- */

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

static bool push_machine_id(struct rem_breakdown *b, struct rem_view v)
{
	enum { UUID = 17 };

	if (v.cap == UUID && v.p[0] == 0)
		rem_push(b, TABLE_UUID, v.p, v.cap);
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
	if ((v.p[0] & WIRE_FORMAT) == 0) {
		rem_push_row(b, TABLE_FQDN, FQDN_ASCII, v.p, v.cap);
		return true;
	}
	v = rem_view_skip(v, HEAD);
	return push_name(b, NAME_FQDN, v, name_length(v, 0));
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

/* What a suboption holds. False: it is too short, and nothing behind it can be believed. */
static bool push_agent_value(struct rem_breakdown *b, const struct rem_tlv_item *item,
			     struct rem_part *part)
{
	enum { VENDORS = 9, ACCESS = 13, BSSID = 16, SUBNET = 151 };
	const struct rem_dhcp_simple *s = rem_sorted_find(&rem_sorted_dhcp_agent, item->tag);

	if (item->tag == VENDORS)
		return push_agent_vendors(b, item->value);
	if (item->tag == SUBNET && item->value.cap == 1)
		rem_push_row(b, TABLE_BYTES, BYTE_AGENT_VRF, item->value.p, 1);
	else if (s != NULL && rem_dhcp_fits(s, item->value.cap))
		rem_dhcp_push_simple(b, s, item->value);
	else if (s != NULL)
		rem_fault(part, REM_LENGTH, LENGTH);
	return (item->tag != BSSID || item->value.cap >= 6) &&
	       (item->tag != ACCESS || item->value.cap > 0);
}

static bool push_agent(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_tlv_item item;
	bool whole = true;

	while (whole && rem_tlv_next(&suboption, &v, &item) && item.whole.cap >= 2) {
		if (item.err != REM_OK) {
			rem_fault(rem_push_rows(b, TABLE_AGENT, 0, OPTION_ROWS_TO_LENGTH,
						item.whole.p, item.whole.cap),
				  item.err, LENGTH);
			return true;
		}
		struct rem_part *part = rem_push(b, TABLE_AGENT, item.whole.p, item.whole.cap);
		b->depth++;
		whole = push_agent_value(b, &item, part);
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
		const struct rem_dhcp_simple *s = rem_sorted_find(&rem_sorted_dhcp_novell,
								  item.tag);
		struct rem_part *part = rem_push(b, TABLE_NOVELL, item.whole.p, item.whole.cap);
		b->depth++;
		if (s != NULL && rem_dhcp_fits(s, item.value.cap))
			rem_dhcp_push_simple(b, s, item.value);
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
			break;
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
	v = rem_view_skip(v, HEAD);
	return push_name(b, NAME_RDNSS, v, name_length(v, 0));
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

/* RFC 6225's place on earth is opaque here; CableLabs names servers in the same option. */
static bool push_location(struct rem_breakdown *b, struct rem_view v)
{
	enum { COORDINATES = 16 };
	struct rem_tlv_item item;

	if (v.cap == COORDINATES)
		return true;
	if (v.cap == 0)
		return false;
	while (rem_tlv_next(&suboption, &v, &item)) {
		const bool lies = item.err != REM_OK;

		rem_push_rows(b, TABLE_DSS, 0, lies ? 2 : 3, item.whole.p, item.whole.cap);
		if (lies)
			return false;
	}
	return true;
}

static bool push_search(struct rem_breakdown *b, struct rem_view v)
{
	return push_names(b, NAME_SEARCH, v);
}

/* clang-format off */
static const struct {
	uint8_t tag;
	rem_dhcp_push *push;
} structured[] = {
	{61, push_client_id}, {63, push_novell}, {77, push_user_classes}, {78, push_directory_agents},
	{79, push_service_scope}, {81, push_fqdn}, {82, push_agent}, {83, push_isns}, {90, push_auth},
	{94, push_network_id}, {97, push_machine_id}, {99, push_civic}, {119, push_search}, {120, push_sip},
	{121, push_routes}, {122, push_client_config}, {123, push_location}, {124, push_classes}, {125, push_enterprises},
	{146, push_rdnss}, {151, push_status}, {212, push_6rd}, {249, push_routes},
};
/* clang-format on */

rem_dhcp_push *rem_dhcp_structured(uint32_t tag)
{
	for (size_t i = 0; i < REM_COUNT(structured); i++) {
		if (structured[i].tag == tag)
			return structured[i].push;
	}
	return NULL;
}
