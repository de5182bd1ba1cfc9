/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Options of DHCP that come more than once and are one value, cut anywhere: RFC 3396. Names and
 * routes are walked from piece to piece; a name is joined only when somebody reads it.
 */
#include "proto/dhcp_parts.h"

/* What the elements of such a value are. */
enum { NAMES, SERVERS, ROUTES, ADDRESSES, NOTHING };
enum { ADDRESS = 4, WIDEST_MASK = 32, LONGEST_LABEL = 63, POINTER = 0xc0 };

struct rem_dhcp_pieces *rem_dhcp_pieces_of(struct rem_dhcp_survey *survey, uint32_t tag)
{
	switch (tag) {
	case REM_DHCP_SEARCH: return &survey->search;
	case REM_DHCP_SIP: return &survey->sip;
	case REM_DHCP_ROUTES: return &survey->routes;
	case REM_DHCP_ROUTES_MICROSOFT: return &survey->routes_microsoft;
	default: return NULL;
	}
}

void rem_dhcp_note_piece(struct rem_dhcp_survey *survey, const struct rem_tlv_item *item,
			 bool readable)
{
	struct rem_dhcp_pieces *pieces = rem_dhcp_pieces_of(survey, item->tag);

	if (pieces == NULL)
		return;
	pieces->several = pieces->last != NULL;
	pieces->last = item->whole.p;
	pieces->bytes += item->value.cap;
	pieces->loose = pieces->loose || !readable;
	pieces->kind = item->tag == REM_DHCP_SEARCH ? NAMES
		       : item->tag == REM_DHCP_SIP  ? SERVERS
						    : ROUTES;
}

/* ---- elements ---- */

/* Begins what stands at c: a label, a pointer, a route, an address. False: it is none of these. */
static bool begin(struct rem_dhcp_pieces *s, uint8_t c)
{
	s->ends = s->kind != NAMES || c == 0 || c >= POINTER;
	if (s->kind == NAMES)
		s->left = c >= POINTER ? 1 : c;
	else
		s->left = s->kind == ROUTES ? (c + 7u) / 8 + ADDRESS : ADDRESS - 1;
	if (s->kind == ROUTES)
		return c <= WIDEST_MASK;
	return s->kind != NAMES || c <= LONGEST_LABEL || c >= POINTER;
}

/* Where the element ends that goes on, or begins, at the start of v. 0: there is none. */
static uint32_t walk(struct rem_dhcp_pieces *s, struct rem_view v)
{
	uint32_t at = 0;

	while (s->left <= v.cap - at) {
		at += s->left;
		s->left = 0;
		if (s->open && s->ends) {
			s->open = false;
			return at;
		}
		if (at == v.cap)
			return at;
		s->open = true;
		if (!begin(s, v.p[at++]))
			return 0;
	}
	s->left -= v.cap - at;
	return v.cap;
}

/* Pushes an element, or what this piece has of it. */
static void push_element(struct rem_breakdown *b, const struct rem_dhcp_pieces *s, uint32_t tag,
			 bool goes_on, struct rem_view v)
{
	if (s->kind == NAMES && !goes_on)
		rem_push_row(b, TABLE_NAME,
			     tag == REM_DHCP_SIP ? NAME_SIP_JOINED : NAME_SEARCH_JOINED, v.p,
			     v.cap);
	else if (goes_on || s->open)
		rem_push(b, TABLE_PIECE, v.p, v.cap);
	else if (s->kind == ROUTES)
		rem_push(b, TABLE_ROUTE, v.p, v.cap);
	else
		rem_push_row(b, TABLE_ADDRESSES, ADDR_SIP, v.p, v.cap);
}

/* The first byte of SIP servers says what they are: RFC 3361 3. */
static struct rem_view push_encoding(struct rem_breakdown *b, struct rem_dhcp_pieces *s,
				     struct rem_view v)
{
	rem_push_row(b, TABLE_BYTES, BYTE_SIP, v.p, 1);
	if (v.p[0] == 0)
		s->kind = NAMES;
	else
		s->kind = v.p[0] == 1 && s->bytes % ADDRESS == 1 ? ADDRESSES : NOTHING;
	return rem_view_skip(v, 1);
}

bool rem_dhcp_push_piece(struct rem_breakdown *b, struct rem_dhcp_pieces *s,
			 const struct rem_tlv_item *item)
{
	struct rem_view v = item->value;

	if (s->kind == SERVERS && v.cap > 0)
		v = push_encoding(b, s, v);
	while (v.cap > 0 && s->kind != NOTHING) {
		const bool goes_on = s->open;
		const uint32_t n = walk(s, v);

		if (n == 0) {
			rem_push(b, TABLE_CUT, v.p, v.cap);
			return false;
		}
		push_element(b, s, item->tag, goes_on, rem_view_first(v, n));
		v = rem_view_skip(v, n);
	}
	return !s->open || item->whole.p != s->last;
}

/* ---- names, when they are read ---- */

/* Joins the values of an option, but for the first byte if that is none of them; see rem_join. */
static uint32_t join(const struct rem_value *v, uint32_t tag, uint32_t skip, uint8_t *to,
		     uint32_t *at)
{
	struct rem_view area = {v->message.p, v->message.n, v->message.n};
	struct rem_tlv_item item;
	uint32_t n = 0;

	while (rem_tlv_next(&rem_dhcp_option, &area, &item) && item.err == REM_OK) {
		if (item.tag != tag)
			continue;
		const uint32_t first = skip < item.value.cap ? skip : item.value.cap;
		const struct rem_view piece = rem_view_skip(item.value, first);
		skip -= first;
		if (v->name.p >= piece.p && v->name.p < piece.p + piece.cap)
			*at = n + (uint32_t)(v->name.p - piece.p);
		rem_copy(to + n, piece.p, piece.cap);
		n += piece.cap;
	}
	return n;
}

static uint32_t join_search(const struct rem_value *v, uint8_t *to, uint32_t *at)
{
	return join(v, REM_DHCP_SEARCH, 0, to, at);
}

static uint32_t join_sip(const struct rem_value *v, uint8_t *to, uint32_t *at)
{
	return join(v, REM_DHCP_SIP, 1, to, at);
}

bool rem_dhcp_name_in_pieces(const struct rem_breakdown *b, const struct rem_row *row,
			     struct rem_value *v)
{
	const struct rem_part *layer = rem_part_layer(b, row->part);
	const uint32_t here = b->source[layer->source].cap - layer->off;
	const struct rem_view area = rem_dhcp_options_of(
		(struct rem_view){rem_part_bytes(b, layer),
				  here < layer->extent ? here : layer->extent, layer->extent});

	v->message.p = area.p;
	v->message.n = area.cap < REM_MAX_JOINED ? area.cap : REM_MAX_JOINED;
	v->join = row->index == NAME_SIP_JOINED ? join_sip : join_search;
	return true;
}
