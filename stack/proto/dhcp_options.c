/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of DHCP: the walk over them, and those whose value is an element or a list of them. */
#include "proto/dhcp_parts.h"
#include <remora/sorted.h>

/* clang-format off */
static const struct rem_dhcp_simple options[] = {
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
	{44, LIST, 4, TABLE_ADDRESSES, ADDR_NBNS},
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
/* clang-format on */

const struct rem_sorted rem_sorted_dhcp_options = REM_SORTED(options, tag);

enum { LENGTH = REM_BYTES(1, 1) };

/* Can a value so long be laid out? */
bool rem_dhcp_fits(const struct rem_dhcp_simple *s, uint32_t n)
{
	return s->rule == EXACT ? n == s->size : n >= s->size;
}

void rem_dhcp_push_simple(struct rem_breakdown *b, const struct rem_dhcp_simple *s,
			  struct rem_view value)
{
	const unsigned rows = s->table == TABLE_PAIRS ? PAIR_ROWS : 1;

	if (s->table == TABLE_PORTS)
		rem_push(b, s->table, value.p, value.cap);
	else
		rem_push_rows(b, s->table, s->row, rows, value.p,
			      s->rule == FIRST ? s->size : value.cap);
}

static bool has_surplus(const struct rem_dhcp_simple *s, uint32_t n)
{
	return s->rule == LIST && n % s->size != 0;
}

static void push_area(struct rem_breakdown *b, struct rem_view area,
		      struct rem_dhcp_survey *survey);

/* Where the fields of the message hold options, they are walked here. */
static void push_overload(struct rem_breakdown *b, struct rem_view message,
			  struct rem_dhcp_survey *survey)
{
	const uint32_t overload = survey->overload;

	if (overload > (REM_DHCP_OVERLOAD_FILE | REM_DHCP_OVERLOAD_SNAME))
		return;
	b->depth++;
	if ((overload & REM_DHCP_OVERLOAD_SNAME) != 0)
		push_area(b, rem_dhcp_field(message, REM_DHCP_SNAME), survey);
	if ((overload & REM_DHCP_OVERLOAD_FILE) != 0)
		push_area(b, rem_dhcp_field(message, REM_DHCP_FILE), survey);
	b->depth--;
}

/* Lays out the value of an option that has a structure. False: it lies. */
static bool push_structured(struct rem_breakdown *b, const struct rem_tlv_item *item,
			    rem_dhcp_push *push, struct rem_dhcp_survey *survey)
{
	struct rem_dhcp_pieces *pieces = rem_dhcp_pieces_of(survey, item->tag);

	if (pieces != NULL && pieces->several)
		return rem_dhcp_push_piece(b, pieces, item);
	return push(b, item->value);
}

/* Lays out the value of an option. False: nothing behind it can be believed. */
static bool push_value(struct rem_breakdown *b, const struct rem_tlv_item *item,
		       const struct rem_dhcp_simple *s, rem_dhcp_push *push, struct rem_part *part,
		       struct rem_dhcp_survey *survey)
{
	if (s != NULL && part->table == TABLE_OPAQUE) {
		rem_fault(part, REM_LENGTH, LENGTH);
		return item->tag != REM_DHCP_TYPE;
	}
	if (s != NULL) {
		if (has_surplus(s, item->value.cap))
			rem_fault(part, REM_LENGTH, LENGTH);
		rem_dhcp_push_simple(b, s, item->value);
	} else if (item->tag == REM_DHCP_VENDOR) {
		rem_dhcp_push_vendor(b, item->value, survey->class);
	} else if (push != NULL && !push_structured(b, item, push, survey)) {
		rem_fault(part, REM_LENGTH, LENGTH);
		return false;
	}
	return true;
}

/* A piece of a value that can only be read with the others, where these cannot be joined. */
static bool is_loose(struct rem_dhcp_survey *survey, uint32_t tag)
{
	const struct rem_dhcp_pieces *pieces = tag >= REM_DHCP_SEARCH
						       ? rem_dhcp_pieces_of(survey, tag)
						       : NULL;

	return pieces != NULL && pieces->several && pieces->loose;
}

static bool push_option(struct rem_breakdown *b, const struct rem_tlv_item *item,
			struct rem_dhcp_survey *survey)
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
	const struct rem_dhcp_simple *s = rem_sorted_find(&rem_sorted_dhcp_options, item->tag);
	rem_dhcp_push *push = s != NULL || is_loose(survey, item->tag)
				      ? NULL
				      : rem_dhcp_structured(item->tag);
	const bool known = s != NULL ? rem_dhcp_fits(s, item->value.cap)
				     : item->tag == REM_DHCP_VENDOR || push != NULL;
	struct rem_part *part = rem_push(b, known ? TABLE_OPTION : TABLE_OPAQUE, whole.p,
					 whole.cap);
	b->depth++;
	const bool goes_on = push_value(b, item, s, push, part, survey);
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

static void push_area(struct rem_breakdown *b, struct rem_view area, struct rem_dhcp_survey *survey)
{
	struct rem_tlv_item item;

	while (area.cap > 0 && area.p[0] != REM_DHCP_END) {
		if (area.p[0] == REM_DHCP_PAD)
			area = rem_view_skip(area, push_padding(b, area));
		else if (!rem_tlv_next(&rem_dhcp_option, &area, &item) ||
			 !push_option(b, &item, survey))
			return;
	}
	if (area.cap > 0)
		rem_push(b, TABLE_END, area.p, 1);
	if (area.cap > 1)
		rem_push(b, TABLE_CUT, area.p + 1, area.cap - 1);
}

void rem_dhcp_decode_options(struct rem_breakdown *b, struct rem_view message, struct rem_view area,
			     struct rem_dhcp_survey *survey)
{
	struct rem_tlv_item item;
	bool overloaded = false;

	b->depth = 1;
	while (area.cap > 0 && area.p[0] != REM_DHCP_END) {
		if (area.p[0] == REM_DHCP_PAD) {
			area = rem_view_skip(area, push_padding(b, area));
			continue;
		}
		if (!rem_tlv_next(&rem_dhcp_option, &area, &item) ||
		    !push_option(b, &item, survey)) {
			b->depth = 0;
			return;
		}
		if (item.tag == REM_DHCP_OVERLOAD && item.value.cap > 0 && !overloaded) {
			push_overload(b, message, survey);
			overloaded = true; /* once, however often it is said */
		}
	}
	if (area.cap > 0 && area.p[0] == REM_DHCP_END) {
		rem_push(b, TABLE_END, area.p, 1);
		if (area.cap > 1)
			rem_push_row(b, TABLE_PAD, PAD_PADDING, area.p + 1, area.cap - 1);
	}
	b->depth = 0;
}
