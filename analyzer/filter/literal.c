/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading literals: a literal takes the type of what it is compared with. */
#include "filter/ast.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Decimal, 0x…, 0b…, octal, with a sign; the whole text. */
static bool read_number(const char *text, struct filter_value *v)
{
	const bool negative = *text == '-';
	char *end;

	if (negative)
		text++;
	if (!g_ascii_isdigit(*text))
		return false;
	errno = 0;
	if (text[0] == '0' && (text[1] == 'b' || text[1] == 'B'))
		v->u = strtoull(text += 2, &end, 2);
	else
		v->u = strtoull(text, &end, 0);
	if (*end != '\0' || end == text || errno != 0)
		return false;
	v->negative = negative && v->u != 0;
	if (negative)
		v->u = 0 - v->u;
	return true;
}

/* The number that a key's rows call by this name. */
static bool number_by_name(const struct key *key, const char *text, struct filter_value *v)
{
	for (unsigned i = 0; key != NULL && i < key->rows; i++) {
		const struct rem_names *names = key_field(&key->row[i])->names;

		for (uint32_t j = 0; names != NULL && j < names->n; j++) {
			if (g_ascii_strcasecmp(names->name[j].text, text) == 0) {
				v->u = names->name[j].value;
				return true;
			}
		}
	}
	return false;
}

static bool resolve_number(struct node *n, const struct key *key)
{
	struct filter_value *v = &n->literal;

	if (read_number(n->text, v) || number_by_name(key, n->text, v))
		return true;
	if (n->quoted && n->text_n == 1) { /* 'a' */
		v->u = (uint8_t)n->text[0];
		return true;
	}
	if (key == NULL || key->type == REM_T_BOOL) {
		v->u = g_ascii_strcasecmp(n->text, "true") == 0;
		return v->u || g_ascii_strcasecmp(n->text, "false") == 0;
	}
	return false;
}

static bool resolve_real(struct node *n)
{
	char *end;

	n->literal.real = g_ascii_strtod(n->text, &end);
	return end != n->text && *end == '\0';
}

/* "0.25", "-3": seconds. */
static bool read_seconds(const char *text, struct filter_value *v)
{
	const bool negative = *text == '-';
	char *end;
	int32_t unit = 100000000;

	text += negative;
	if (!g_ascii_isdigit(*text) && *text != '.')
		return false;
	v->s = (int64_t)strtoll(text, &end, 10);
	v->ns = 0;
	if (*end == '.') {
		for (end++; g_ascii_isdigit(*end); end++, unit /= 10)
			v->ns += unit * (*end - '0');
	}
	if (negative) {
		v->s = -v->s;
		v->ns = -v->ns;
	}
	return *end == '\0';
}

/* The fraction and the time zone behind a date: ".5", "Z", " UTC", "+0200"; local time if none. */
static bool read_date_rest(const char *text, struct tm *tm, struct filter_value *v)
{
	int32_t unit = 100000000;
	int hours, minutes;
	char sign;

	v->ns = 0;
	if (*text == '.') {
		for (text++; g_ascii_isdigit(*text); text++, unit /= 10)
			v->ns += unit * (*text - '0');
	}
	while (*text == ' ')
		text++;
	if (*text == '\0') {
		tm->tm_isdst = -1;
		v->s = mktime(tm);
		return true;
	}
	v->s = timegm(tm);
	if (strcmp(text, "Z") == 0 || strcmp(text, "UTC") == 0)
		return true;
	if (sscanf(text, "%c%2d%2d", &sign, &hours, &minutes) != 3 &&
	    sscanf(text, "%c%2d:%2d", &sign, &hours, &minutes) != 3)
		return false;
	if (sign != '+' && sign != '-')
		return false;
	v->s -= (sign == '+' ? 60 : -60) * (hours * 60 + minutes);
	return true;
}

static bool resolve_time(struct node *n)
{
	static const char *const forms[] = {
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%b %d, %Y %H:%M:%S",
		"%Y-%m-%d %H:%M",    "%Y-%m-%d",
	};

	if (read_seconds(n->text, &n->literal))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		struct tm tm = {.tm_mday = 1};
		const char *rest = strptime(n->text, forms[i], &tm);

		if (rest != NULL && read_date_rest(rest, &tm, &n->literal))
			return true;
	}
	return false;
}

/* The number behind a slash, at most `most`; 0 if there is no slash, -1 if it is wrong. */
static int read_prefix(char *text, int most)
{
	char *slash = strchr(text, '/'), *end;

	if (slash == NULL)
		return 0;
	*slash = '\0';
	const long bits = strtol(slash + 1, &end, 10);
	return end == slash + 1 || *end != '\0' || bits < 0 || bits > most ? -1 : (int)bits;
}

static bool resolve_ipv4(struct node *n)
{
	char *text = g_strdup(n->text);
	const bool slash = strchr(text, '/') != NULL;
	const int prefix = read_prefix(text, 32);
	struct in_addr a;
	const bool good = prefix >= 0 && inet_pton(AF_INET, text, &a) == 1;

	g_free(text);
	if (good) {
		n->literal.u = ntohl(a.s_addr);
		n->literal.prefix = slash ? (uint8_t)prefix : 32;
	}
	return good;
}

static bool resolve_ipv6(struct node *n)
{
	char *text = g_strdup(n->text);
	const bool slash = strchr(text, '/') != NULL;
	const int prefix = read_prefix(text, 128);

	n->owned = g_malloc0(16);
	const bool good = prefix >= 0 && inet_pton(AF_INET6, text, n->owned) == 1;
	g_free(text);
	n->literal.p = n->owned;
	n->literal.n = 16;
	n->literal.prefix = slash ? (uint8_t)prefix : 128;
	return good;
}

/* "aa:bb:cc", "aa-bb-cc", "aabb.ccdd", "aabbcc", "0xaabb". */
static bool read_bytes(struct node *n)
{
	const char *p = n->text;
	size_t digits = 0;

	if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
		p += 2;
	n->owned = g_malloc0(strlen(p) / 2 + 2);
	while (*p != '\0') {
		if (!g_ascii_isxdigit(p[0]))
			return false;
		const bool pair = g_ascii_isxdigit(p[1]);
		n->owned[digits++] = (uint8_t)(pair ? g_ascii_xdigit_value(p[0]) << 4 |
							       g_ascii_xdigit_value(p[1])
						    : g_ascii_xdigit_value(p[0]));
		p += pair ? 2 : 1;
		if (*p != '\0' && strchr(":-.", *p) != NULL && *++p == '\0')
			return false;
	}
	n->literal.p = n->owned;
	n->literal.n = digits;
	return digits > 0;
}

static bool resolve_bytes(struct node *n, const struct key *key)
{
	if (key != NULL && key->type == REM_T_IPV6 && n->text[0] != '\0')
		return resolve_ipv6(n);
	if (!n->quoted && read_bytes(n))
		return true;
	if (n->quoted && key != NULL && (key->type == REM_T_MAC || key->type == REM_T_EUI64))
		return read_bytes(n);
	n->literal.p = (const uint8_t *)n->text;
	n->literal.n = n->text_n;
	return n->quoted || key == NULL;
}

static const char *what_is_wanted(enum value_class class, const struct key *key)
{
	switch (class) {
	case CLASS_NUMBER:
		return key != NULL && key->type == REM_T_BOOL ? "true, false or a number"
							      : "a number";
	case CLASS_REAL: return "a number";
	case CLASS_TIME: return "seconds, or a time such as \"2026-01-01 00:59:59.5\"";
	case CLASS_IPV4: return "an IPv4 address, or a network such as 10.0.0.0/8";
	case CLASS_BYTES:
		return key != NULL && key->type == REM_T_IPV6
			       ? "an IPv6 address, or a network such as fe80::/10"
			       : "bytes such as 00:1f:f3 or a string";
	default: return "a value";
	}
}

bool literal_resolve(struct node *n, enum value_class class, const struct key *key,
		     struct filter_error *e)
{
	bool good;

	switch (class) {
	case CLASS_NUMBER: good = resolve_number(n, key); break;
	case CLASS_REAL: good = resolve_real(n); break;
	case CLASS_TIME: good = resolve_time(n); break;
	case CLASS_IPV4: good = resolve_ipv4(n); break;
	case CLASS_BYTES: good = resolve_bytes(n, key); break;
	default:
		n->literal.p = (const uint8_t *)n->text;
		n->literal.n = n->text_n;
		good = true;
		break;
	}
	n->class = n->literal.class = class;
	if (!good && class == CLASS_NUMBER && n->quoted && key != NULL)
		filter_fail(e, n->start, n->end, "%s has no value called \"%s\"", key->name,
			    n->text);
	else if (!good)
		filter_fail(e, n->start, n->end, "expected %s here", what_is_wanted(class, key));
	return good;
}
