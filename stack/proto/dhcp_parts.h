/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of DHCP share: its tables, its options. */
#ifndef PROTO_DHCP_PARTS_H
#define PROTO_DHCP_PARTS_H

#include "core/decode.h"
#include <remora/dhcp.h>

/* clang-format off */
/* Tables: the message, options, values by their shape (a row for each option), values with a structure. */
enum {
	TABLE_HEADER, TABLE_HARDWARE, TABLE_NAMES, TABLE_BOOTP, TABLE_COOKIE, TABLE_VENDOR_AREA,
	TABLE_CUT, TABLE_OPTION, TABLE_OPAQUE, TABLE_PAD, TABLE_END, TABLE_ADDRESSES, TABLE_PAIRS,
	TABLE_BYTES, TABLE_SHORTS, TABLE_LONGS, TABLE_TEXTS, TABLE_VENDOR, TABLE_CLIENT_ID,
	TABLE_DUID, TABLE_UUID, TABLE_USER_CLASS, TABLE_USER_TEXT, TABLE_FQDN, TABLE_AGENT,
	TABLE_AGENT_ENTERPRISE, TABLE_NOVELL, TABLE_AUTH, TABLE_NETWORK_ID, TABLE_CIVIC,
	TABLE_CIVIC_ITEM, TABLE_NAME, TABLE_ROUTE, TABLE_ISNS, TABLE_CLASS, TABLE_ENTERPRISE,
	TABLE_ENTERPRISE_ITEM, TABLE_CLIENT_CONFIG, TABLE_RDNSS, TABLE_PORTS, TABLE_6RD, TABLE_DSS,
	TABLE_PXE, TABLE_PIECE, TABLE_COUNT,
};

/* Rows of tables from which one is picked. */
enum { HARDWARE_MAC, HARDWARE_ADDRESS, HARDWARE_PADDING };
enum { NAMES_SERVER, NAMES_FILE };
enum { OPTION_ROWS_TO_LENGTH = 2 };
enum { PAD_TYPE, PAD_PADDING };

enum {
	ADDR_MASK, ADDR_ROUTER, ADDR_TIME, ADDR_NAME, ADDR_DNS, ADDR_LOG, ADDR_QUOTES, ADDR_LPR,
	ADDR_IMPRESS, ADDR_RLP, ADDR_SWAP, ADDR_BROADCAST, ADDR_SOLICITATION, ADDR_NIS, ADDR_NTP,
	ADDR_NBNS, ADDR_NBDD, ADDR_XFONT, ADDR_XDM, ADDR_REQUESTED, ADDR_SERVER, ADDR_NISPLUS,
	ADDR_HOME_AGENT, ADDR_SMTP, ADDR_POP3, ADDR_NNTP, ADDR_WWW, ADDR_FINGER, ADDR_IRC,
	ADDR_STREETTALK, ADDR_STDA, ADDR_SLP, ADDR_NDS, ADDR_ASSOCIATED, ADDR_NETINFO, ADDR_SUBNET,
	ADDR_SIP, ADDR_PANA, ADDR_CAPWAP, ADDR_ANDSF, ADDR_TFTP, ADDR_6RD, ADDR_AGENT_LINK,
	ADDR_AGENT_SERVER, ADDR_AGENT_LINK_CISCO, ADDR_AGENT_SERVER_CISCO, ADDR_NOVELL_DSS,
	ADDR_NOVELL_NWIP, ADDR_NOVELL_PRIMARY, ADDR_ISNS,
};
enum { PAIR_POLICY = 0, PAIR_ROUTE = 2, PAIR_ROWS = 2 };
enum {
	BYTE_FORWARDING, BYTE_SOURCE_ROUTING, BYTE_TTL, BYTE_ALL_LOCAL, BYTE_MASK_DISCOVERY,
	BYTE_MASK_SUPPLIER, BYTE_ROUTER_DISCOVERY, BYTE_TRAILERS, BYTE_ENCAPSULATION, BYTE_TCP_TTL,
	BYTE_GARBAGE, BYTE_NODE_TYPE, BYTE_OVERLOAD, BYTE_TYPE, BYTE_PARAMETERS, BYTE_SLP_AGENT,
	BYTE_SLP_SCOPE, BYTE_AUTOCONF, BYTE_SIP, BYTE_NONCE, BYTE_STATUS, BYTE_STATE, BYTE_SOURCE,
	BYTE_CLASS_MODE, BYTE_AGENT_FLAGS, BYTE_AGENT_ATT, BYTE_AGENT_VRF, BYTE_NOVELL_BROADCAST,
	BYTE_NOVELL_RETRIES, BYTE_NOVELL_DELAY, BYTE_NOVELL_V1_1,
};
enum {
	SHORT_FILE_SIZE, SHORT_REASSEMBLY, SHORT_PLATEAU, SHORT_MTU, SHORT_MESSAGE_SIZE,
	SHORT_ARCHITECTURE, SHORT_NAME_SERVICE,
};
enum {
	LONG_OFFSET, LONG_MTU_AGING, LONG_ARP_TIMEOUT, LONG_KEEPALIVE, LONG_LEASE, LONG_RENEWAL,
	LONG_REBINDING, LONG_LAST, LONG_IPV6_ONLY, LONG_BASE, LONG_STATE_START, LONG_QUERY_START,
	LONG_QUERY_END, LONG_AGENT_DOCSIS,
};
enum {
	TEXT_HOSTNAME, TEXT_DUMP_FILE, TEXT_DOMAIN, TEXT_ROOT_PATH, TEXT_EXTENSIONS, TEXT_NIS,
	TEXT_SCOPE, TEXT_MESSAGE, TEXT_VENDOR_CLASS, TEXT_NISPLUS, TEXT_TFTP, TEXT_FILE,
	TEXT_SLP_SCOPE, TEXT_NDS_TREE, TEXT_NDS_CONTEXT, TEXT_PCODE, TEXT_TCODE, TEXT_NETINFO,
	TEXT_PORTAL, TEXT_LOST, TEXT_STATUS, TEXT_MUD, TEXT_PXE_CONFIG, TEXT_PXE_PREFIX, TEXT_WPAD,
	TEXT_AGENT_CIRCUIT, TEXT_AGENT_REMOTE, TEXT_AGENT_RESERVED, TEXT_AGENT_SUBSCRIBER,
	TEXT_AGENT_RADIUS, TEXT_AGENT_AUTH, TEXT_AGENT_RELAY, TEXT_AGENT_NETWORK, TEXT_AGENT_AP,
	TEXT_AGENT_BSSID, TEXT_AGENT_OPERATOR, TEXT_AGENT_REALM, TEXT_AGENT_VRF,
};
enum { NAME_SEARCH, NAME_SIP, NAME_FQDN, NAME_RDNSS, NAME_SEARCH_JOINED, NAME_SIP_JOINED };
enum { VENDOR_VALUE, VENDOR_OTHER };
enum { PXE_PADDING = 3, PXE_END };
enum { CLIENT_HTYPE, CLIENT_MAC, CLIENT_ADDRESS, CLIENT_TYPE, CLIENT_TEXT };
enum {
	DUID_IAID, DUID_TYPE, DUID_LLT, DUID_LLT_ROWS = 3, DUID_EN = 5, DUID_EN_ROWS = 2, DUID_LL =
	7, DUID_LL_ROWS = 2,
};
enum { FQDN_FLAGS_ROWS = 8, FQDN_ASCII = 8 };
enum {
	AUTH_PROTOCOL, AUTH_DELAYED, AUTH_ALGORITHM, AUTH_RDM, AUTH_COUNTER, AUTH_DETECTION,
	AUTH_SECRET, AUTH_HASH, AUTH_INFORMATION,
};
enum { CIVIC_ROWS_TO_LENGTH = 2 };
enum { ITEM_ROWS_TO_LENGTH = 2 };
/* clang-format on */

extern const struct rem_table rem_dhcp_tables[TABLE_COUNT];

extern const struct rem_names rem_dhcp_type_names;

/* Values of rows. */
rem_calc rem_dhcp_seconds, rem_dhcp_yes, rem_dhcp_zero, rem_dhcp_count_before,
	rem_dhcp_name_in_value, rem_dhcp_name_in_pieces;

/* How long a value may be, and how much of it its table takes. */
enum rule {
	EXACT, /* as long as one element */
	LIST,  /* elements up to the end, at least one */
	FIRST, /* one element; what follows means nothing */
	WHOLE, /* one element, of any length */
};

/* Options and suboptions whose value is one row of a table. */
struct rem_dhcp_simple {
	uint8_t tag, rule, size, table, row;
};

/* Can a value of n bytes be laid out? */
bool rem_dhcp_fits(const struct rem_dhcp_simple *s, uint32_t n);

void rem_dhcp_push_simple(struct rem_breakdown *b, const struct rem_dhcp_simple *s,
			  struct rem_view value);

/* Lays out a value with a structure. False: it lies, and nothing behind it can be believed. */
typedef bool rem_dhcp_push(struct rem_breakdown *b, struct rem_view value);

/* Who lays out the value of an option with a structure; NULL: the option has none. */
rem_dhcp_push *rem_dhcp_structured(uint32_t tag);

/* The option of vendors: what it looks like depends on the client's class. */
void rem_dhcp_push_vendor(struct rem_breakdown *b, struct rem_view value, struct rem_view class);

/* Options of one kind. Where there are several, their values are one, cut anywhere: RFC 3396. */
struct rem_dhcp_pieces {
	const uint8_t *last;   /* option */
	uint32_t bytes;        /* of all values */
	bool several;
	bool loose;            /* one stands where its place among the others cannot be told */
	uint8_t kind;          /* of its elements; the rest is where the walk over them is … */
	bool open;             /* … in an element, … */
	bool ends;             /* … which ends with … */
	uint32_t left;         /* … so many bytes to come */
};

/* What the options say of each other and of the fields in front of them. */
struct rem_dhcp_survey {
	uint8_t overload;      /* the fields that hold options instead of names */
	bool is_dhcp;          /* there is a message type */
	bool ends;             /* there is an end */
	struct rem_dhcp_pieces search, sip, routes, routes_microsoft;
	struct rem_view class; /* of the client, which says how its vendor's information looks */
};

/* The options of a kind whose values mean something only as a whole; NULL: no such kind. */
struct rem_dhcp_pieces *rem_dhcp_pieces_of(struct rem_dhcp_survey *survey, uint32_t tag);

/* Adds an option to those of its kind; `readable`: its place in their value is known. */
void rem_dhcp_note_piece(struct rem_dhcp_survey *survey, const struct rem_tlv_item *item,
			 bool readable);

/* Lays out the next of several pieces. False: it lies, and nothing behind it can be believed. */
bool rem_dhcp_push_piece(struct rem_breakdown *b, struct rem_dhcp_pieces *pieces,
			 const struct rem_tlv_item *item);

/* Where the options of a message begin. */
struct rem_view rem_dhcp_options_of(struct rem_view message);

/* One of the fields of the message that may hold options. */
REM_INLINE struct rem_view rem_dhcp_field(struct rem_view message, uint32_t field)
{
	return rem_view_first(rem_view_skip(message, REM_OFF(field) / 8), REM_WIDTH(field) / 8);
}

/*
 * Pushes the options of a message. `options` are those at its end; its fields file and sname are
 * walked where option 52 stands, if the survey says so.
 */
void rem_dhcp_decode_options(struct rem_breakdown *b, struct rem_view message,
			     struct rem_view options, struct rem_dhcp_survey *survey);

#endif
