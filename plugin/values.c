/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wireshark has a function for each type of value; rows have one type each. */
#include "values.h"

#include <math.h>
#include <remora/text.h>

/* Packet text: what is not UTF-8 is replaced, as Wireshark does with its own. */
static const char *text_of(const struct rem_row *row, const struct rem_value *v)
{
	if (v->type == REM_T_TEXT)
		return (const char *)get_utf_8_string(wmem_packet_scope(), v->bytes.p,
						      (int)v->bytes.n);
	const size_t room = 4 * (size_t)row->bits + 1024;
	char *text = wmem_alloc(wmem_packet_scope(), room + 1);
	struct rem_out o = {text, text + room, false};

	rem_out_value(&o, row->field, row->bits, v);
	*o.p = '\0';
	return text;
}

static proto_item *add_integer(proto_tree *tree, tvbuff_t *tvb, const struct row_field *f,
			       const struct rem_row *row, uint64_t v)
{
	const int start = row_start(row), n = row_length(row);

	if (f->is_signed)
		return f->wide ? proto_tree_add_int64(tree, f->hf, tvb, start, n, (int64_t)v)
			       : proto_tree_add_int(tree, f->hf, tvb, start, n, (int32_t)v);
	if (f->wide)
		return proto_tree_add_uint64(tree, f->hf, tvb, start, n, v);
	return proto_tree_add_uint(tree, f->hf, tvb, start, n, (uint32_t)(v << f->shift));
}

static proto_item *add_mac(proto_tree *tree, tvbuff_t *tvb, const struct row_field *f,
			   const struct rem_row *row, uint64_t v)
{
	uint8_t mac[6];

	for (unsigned i = 6; i-- > 0; v >>= 8)
		mac[i] = (uint8_t)v;
	return proto_tree_add_ether(tree, f->hf, tvb, row_start(row), row_length(row), mac);
}

static proto_item *add_ipv6(proto_tree *tree, tvbuff_t *tvb, const struct row_field *f,
			    const struct rem_row *row, struct rem_span bytes)
{
	ws_in6_addr address = {{0}};    /* of a prefix, what is not there is zero */

	memcpy(&address, bytes.p, MIN(bytes.n, sizeof(address)));
	return proto_tree_add_ipv6(tree, f->hf, tvb, row_start(row), row_length(row), &address);
}

static proto_item *add_time(proto_tree *tree, tvbuff_t *tvb, const struct row_field *f,
			    const struct rem_row *row, const struct rem_value *v)
{
	const nstime_t time = {(time_t)v->s, v->ns == REM_NO_TIME ? 0 : v->ns};

	return proto_tree_add_time(tree, f->hf, tvb, row_start(row), row_length(row), &time);
}

proto_item *value_add(proto_tree *tree, tvbuff_t *tvb, const struct row_field *f,
		      const struct rem_row *row, const struct rem_value *v)
{
	const int start = row_start(row), n = row_length(row);

	if (f->text)
		return proto_tree_add_string(tree, f->hf, tvb, start, n, text_of(row, v));
	switch (v->type) {
	case REM_T_UINT:
	case REM_T_INT: return add_integer(tree, tvb, f, row, v->u);
	case REM_T_BOOL:
		return proto_tree_add_boolean(tree, f->hf, tvb, start, n,
					      (uint32_t)(v->u << f->shift));
	case REM_T_IPV4:
		return proto_tree_add_ipv4(tree, f->hf, tvb, start, n, g_htonl((uint32_t)v->u));
	case REM_T_IPV6: return add_ipv6(tree, tvb, f, row, v->bytes);
	case REM_T_MAC: return add_mac(tree, tvb, f, row, v->u);
	case REM_T_EUI64: return proto_tree_add_eui64(tree, f->hf, tvb, start, n, v->u);
	case REM_T_BYTES:
		return proto_tree_add_bytes_with_length(tree, f->hf, tvb, start, n, v->bytes.p,
							(int)v->bytes.n);
	case REM_T_TIME:
	case REM_T_SPAN: return add_time(tree, tvb, f, row, v);
	case REM_T_FIXED:
		return proto_tree_add_double(tree, f->hf, tvb, start, n,
					     ldexp((double)v->number, -(int)v->point));
	default: return proto_tree_add_item(tree, f->hf, tvb, start, n, ENC_NA);
	}
}
