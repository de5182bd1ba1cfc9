/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two values of one key, each in its own program's form. */
#include "same.h"

#include <math.h>
#include <remora/text.h>
#include <string.h>

bool same_number(const field_info *fi, uint64_t *number)
{
	const enum ftenum type = fi->hfinfo->type;

	if (IS_FT_UINT32(type))
		*number = fvalue_get_uinteger(FIELD_VALUE(fi));
	else if (IS_FT_UINT64(type) || type == FT_BOOLEAN)
		*number = fvalue_get_uinteger64(FIELD_VALUE(fi));
	else if (IS_FT_INT32(type))
		*number = (uint64_t)fvalue_get_sinteger(FIELD_VALUE(fi));
	else if (IS_FT_INT64(type))
		*number = (uint64_t)fvalue_get_sinteger64(FIELD_VALUE(fi));
	else
		return false;
	return true;
}

static bool same_mac(uint64_t v, const field_info *fi)
{
	const uint8_t *p = FIELD_BYTES(fi);
	uint64_t theirs = 0;

	for (unsigned i = 0; i < FT_ETHER_LEN; i++)
		theirs = theirs << 8 | p[i];
	return theirs == v;
}

/* Of a prefix, what is not there is zero. */
static bool same_ipv6(struct rem_span bytes, const field_info *fi)
{
	uint8_t address[FT_IPv6_LEN] = {0};

	memcpy(address, bytes.p, MIN(bytes.n, sizeof(address)));
	return memcmp(address, FIELD_IPV6(fi), sizeof(address)) == 0;
}

static bool same_bytes(struct rem_span bytes, const field_info *fi)
{
	return bytes.n == FIELD_LENGTH(fi) &&
	       (bytes.n == 0 || memcmp(bytes.p, FIELD_BYTES(fi), bytes.n) == 0);
}

static bool same_time(const struct rem_value *v, const field_info *fi)
{
	const nstime_t *time = fvalue_get_time(FIELD_VALUE(fi));

	if (v->ns == REM_NO_TIME)
		return nstime_is_zero(time);
	return time->secs == v->s && time->nsecs == v->ns;
}

/* Is it text that looks the same whoever writes it? */
static bool is_plain(struct rem_span bytes)
{
	for (uint32_t i = 0; i < bytes.n; i++) {
		if (bytes.p[i] < ' ' || bytes.p[i] > '~' || bytes.p[i] == '\\')
			return false;
	}
	return true;
}

/* The same bytes, or what one of Wireshark's ways to make text of bytes makes of them. */
static bool same_text(struct rem_span bytes, const field_info *fi)
{
	const wmem_strbuf_t *text = fvalue_get_strbuf(FIELD_VALUE(fi));
	const char *theirs = wmem_strbuf_get_str((wmem_strbuf_t *)text);
	wmem_allocator_t *scope = wmem_packet_scope();
	const int n = (int)bytes.n;

	if (bytes.n == wmem_strbuf_get_len((wmem_strbuf_t *)text) &&
	    memcmp(theirs, bytes.p, bytes.n) == 0)
		return true;
	if (is_plain(bytes))
		return false;
	const void *utf8 = get_utf_8_string(scope, bytes.p, n);
	return strcmp(utf8, theirs) == 0 ||
	       strcmp((const void *)get_ascii_string(scope, bytes.p, n), theirs) == 0 ||
	       strcmp(format_text(scope, utf8, strlen(utf8)), theirs) == 0 ||
	       strcmp(format_text(scope, (const void *)bytes.p, bytes.n), theirs) == 0;
}

/* Text as its octets again; `text` is overwritten. */
static struct rem_span unescaped(char *text, size_t n)
{
	static const char letters[] = "abtnvfr\\", octets[] = "\a\b\t\n\v\f\r\\";
	char *out = text;

	for (size_t i = 0; i < n; i++) {
		const char *letter = i + 1 < n ? memchr(letters, text[i + 1], sizeof(letters) - 1)
					       : NULL;

		if (text[i] == '\\' && letter != NULL) {
			*out++ = octets[letter - letters];
			i++;
		} else if (text[i] == '\\' && i + 3 < n && text[i + 1] == 'x') {
			*out++ = (char)(ws_xton(text[i + 2]) << 4 | ws_xton(text[i + 3]));
			i += 3;
		} else {
			*out++ = text[i];
		}
	}
	return (struct rem_span){(const uint8_t *)text, (uint32_t)(out - text)};
}

/* What remora would show. */
static char *shown(const struct rem_row *row, const struct rem_value *v, size_t *n)
{
	const size_t room = 4 * (size_t)row->bits + 1024;
	char *text = wmem_alloc(wmem_packet_scope(), room);
	struct rem_out o = {text, text + room, false};

	rem_out_value(&o, row->field, row->bits, v);
	*n = (size_t)(o.p - text);
	return text;
}

static bool same_name(const struct rem_row *row, const struct rem_value *v, const field_info *fi)
{
	size_t n;
	char *text = shown(row, v, &n);

	return same_text(unescaped(text, n), fi);
}

/* What both would show. */
static bool same_shown(const struct rem_row *row, const struct rem_value *v, const field_info *fi)
{
	size_t n;
	const char *ours = shown(row, v, &n);
	const char *theirs = fvalue_to_string_repr(wmem_packet_scope(), FIELD_VALUE(fi),
						   FTREPR_DISPLAY, fi->hfinfo->display);

	return theirs != NULL && strlen(theirs) == n && memcmp(theirs, ours, n) == 0;
}

bool same_value(const struct rem_row *row, const struct rem_value *v, const field_info *fi)
{
	const enum ftenum type = fi->hfinfo->type;
	const bool bytes = type == FT_BYTES || type == FT_UINT_BYTES;
	uint64_t number;

	if (type == FT_NONE || type == FT_PROTOCOL || v->type == REM_T_NONE)
		return true;
	if (v->type == REM_T_BOOL && same_number(fi, &number))
		return (number != 0) == (v->u != 0);
	if ((v->type == REM_T_UINT || v->type == REM_T_INT) && same_number(fi, &number))
		return number == v->u;
	if (v->type == REM_T_IPV4 && type == FT_IPv4)
		return FIELD_IPV4(fi) == v->u;
	if (v->type == REM_T_IPV6 && type == FT_IPv6)
		return same_ipv6(v->bytes, fi);
	if (v->type == REM_T_MAC && type == FT_ETHER)
		return same_mac(v->u, fi);
	if (v->type == REM_T_EUI64 && type == FT_EUI64)
		return FIELD_EUI64(fi) == v->u;
	if ((v->type == REM_T_BYTES || v->type == REM_T_TEXT) && bytes)
		return same_bytes(v->bytes, fi);
	if ((v->type == REM_T_TIME || v->type == REM_T_SPAN) && IS_FT_TIME(type))
		return same_time(v, fi);
	if (v->type == REM_T_FIXED && (type == FT_DOUBLE || type == FT_FLOAT))
		return fvalue_get_floating(FIELD_VALUE(fi)) ==
		       ldexp((double)v->number, -(int)v->point);
	if (v->type == REM_T_TEXT && IS_FT_STRING(type))
		return same_text(v->bytes, fi);
	if (IS_FT_STRING(type)) /* of a name, an address */
		return same_name(row, v, fi);
	return same_shown(row, v, fi);
}
