/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading literals: a literal takes the type of what it is compared with. */
#include "filter/ast.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

typedef bool same_name(const struct rem_names *names, const char *name, const char *text);

static bool is_same(const struct rem_names *names, const char *name, const char *text)
{
	(void)names;
	return g_ascii_strcasecmp(name, text) == 0;
}

static bool goes_on_in_brackets(const char *text, const char *name)
{
	const size_t n = strlen(name);

	return g_ascii_strncasecmp(text, name, n) == 0 && g_str_has_prefix(text + n, " (");
}

/*
 * "AAAA" and Wireshark's "AAAA (IPv6 Address)" are one name, but "TLS 1.3 (draft 14)" is not the
 * TLS 1.3 that has drafts beside it.
 */
static bool is_same_but_for_brackets(const struct rem_names *names, const char *name,
				     const char *text)
{
	if (goes_on_in_brackets(name, text))
		return true;
	if (!goes_on_in_brackets(text, name))
		return false;
	for (uint32_t i = 0; i < names->n; i++) {
		if (goes_on_in_brackets(names->name[i].text, name))
			return false;
	}
	return true;
}

static bool number_among_rows(const struct key *key, const char *text, same_name *same,
			      struct filter_value *v)
{
	for (unsigned i = 0; i < key->rows; i++) {
		const struct rem_names *names = key_field(&key->row[i])->names;

		for (uint32_t j = 0; names != NULL && j < names->n; j++) {
			if (same(names, names->name[j].text, text)) {
				v->u = names->name[j].value;
				return true;
			}
		}
	}
	return false;
}

static bool number_by_spelling(const struct key *key, const char *text, struct filter_value *v)
{
	const struct rem_name *name = spellings_of(key);

	for (; name != NULL && name->text != NULL; name++) {
		if (g_ascii_strcasecmp(name->text, text) == 0) {
			v->u = name->value;
			return true;
		}
	}
	return false;
}

/* The number that a key's rows call by this name, or Wireshark's do. */
static bool number_by_name(const struct key *key, const char *text, struct filter_value *v)
{
	return key != NULL &&
	       (number_among_rows(key, text, is_same, v) || number_by_spelling(key, text, v) ||
		number_among_rows(key, text, is_same_but_for_brackets, v));
}

static bool boolean_by_name(const char *text, struct filter_value *v)
{
	static const char *const no[] = {"false", "not set", "no"}, *const yes[] = {"true", "set",
										    "yes"};

	for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
		v->u = g_ascii_strcasecmp(text, yes[i]) == 0;
		if (v->u || g_ascii_strcasecmp(text, no[i]) == 0)
			return true;
	}
	return false;
}

char *literal_names_like(const struct key *key, const char *name)
{
	GPtrArray *names = g_ptr_array_new();

	for (unsigned i = 0; i < key->rows; i++) {
		const struct rem_names *all = key_field(&key->row[i])->names;

		for (uint32_t j = 0; all != NULL && j < all->n; j++)
			g_ptr_array_add(names, (void *)all->name[j].text);
	}
	for (const struct rem_name *n = spellings_of(key); n != NULL && n->text != NULL; n++)
		g_ptr_array_add(names, (void *)n->text);
	char **like = words_like(name, (const char *const *)names->pdata, names->len, 3);
	char *text = like[0] == NULL ? NULL : g_strjoinv("\", \"", like);
	g_strfreev(like);
	g_ptr_array_free(names, TRUE);
	return text;
}

/* The most that fits into a field that is bytes of its own; others are not judged. */
static uint64_t most_of(const struct key *key)
{
	uint64_t most = 0;

	for (unsigned i = 0; key != NULL && i < key->rows; i++) {
		const struct rem_field *f = key_field(&key->row[i]);
		const uint32_t bits = REM_WIDTH(f->bits);

		if (f->scale > 1 || f->calc != NULL || (f->flags & REM_F_DERIVED) != 0 ||
		    bits == 0 || bits % 8 != 0 || bits > 32 || REM_OFF(f->bits) % 8 != 0)
			return UINT64_MAX;
		most = MAX(most, ((uint64_t)1 << bits) - 1);
	}
	return key == NULL ? UINT64_MAX : most;
}

static bool resolve_number(struct node *n, const struct node *beside, const struct key *key,
			   struct filter_error *e)
{
	struct filter_value *v = &n->literal;
	const bool bare = !n->quoted && read_number(n->text, v);

	if (bare && !v->negative && beside->kind == NODE_FIELD && key->type == REM_T_UINT &&
	    v->u > most_of(key))
		filter_fail(e, n->start, n->end, "%s is at most %" G_GUINT64_FORMAT, key->name,
			    most_of(key));
	if (bare || number_by_name(key, n->text, v))
		return e->message == NULL;
	if (n->character) {
		v->u = (uint8_t)n->text[0];
		return true;
	}
	return key != NULL && key->type == REM_T_BOOL && boolean_by_name(n->text, v);
}

static bool resolve_real(struct node *n)
{
	char *end;

	n->literal.real = g_ascii_strtod(n->text, &end);
	return end != n->text && *end == '\0';
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

static bool resolve_bytes(struct node *n, const struct key *key)
{
	const enum rem_type type = key == NULL ? REM_T_BYTES : key->type;

	if (type == REM_T_IPV6)
		return !n->quoted && resolve_ipv6(n);
	if (type == REM_T_MAC || type == REM_T_EUI64)
		return !n->quoted && literal_read_bytes(n) &&
		       n->literal.n == (type == REM_T_MAC ? 6 : 8);
	if (!n->quoted)
		return literal_read_bytes(n);
	n->literal.p = (const uint8_t *)n->text;
	n->literal.n = n->text_n;
	return true;
}

static const char *what_bytes(enum rem_type type)
{
	switch (type) {
	case REM_T_IPV6: return "an IPv6 address, or a network such as fe80::/10";
	case REM_T_MAC: return "a MAC address, six bytes such as 00:1f:f3:01:02:03";
	case REM_T_EUI64: return "an address of eight bytes";
	default: return "bytes such as 00:1f:f3, or a string in quotes";
	}
}

static const char *what_is_wanted(enum value_class class, const struct key *key)
{
	const enum rem_type type = key == NULL ? REM_T_BYTES : key->type;

	switch (class) {
	case CLASS_NUMBER: return type == REM_T_BOOL ? "true, false or a number" : "a number";
	case CLASS_REAL: return "a number";
	case CLASS_TIME:
		return type == REM_T_TIME ? "a time such as \"2026-01-01 00:59:59.5\", or seconds"
					  : "seconds, such as 0.25";
	case CLASS_IPV4: return "an IPv4 address, or a network such as 10.0.0.0/8";
	case CLASS_BYTES: return what_bytes(type);
	default: return "a value";
	}
}

/* The field whose values an operand's are like. */
static const struct key *key_beside(const struct node *n)
{
	while (n->kind == NODE_ARITHMETIC || n->kind == NODE_FUNCTION) {
		if (n->kind == NODE_FUNCTION && n->function < FUNCTION_MAX)
			return NULL;
		if (n->kind == NODE_FUNCTION)
			n = n->arguments->pdata[0];
		else
			n = n->a->kind == NODE_LITERAL && n->b != NULL ? n->b : n->a;
	}
	return n->kind == NODE_FIELD ? n->key : NULL;
}

static void complain(struct node *n, enum value_class class, const struct key *key,
		     struct filter_error *e)
{
	char *like = key == NULL || class != CLASS_NUMBER ? NULL : literal_names_like(key, n->text);

	if (class == CLASS_NUMBER && key != NULL && !g_ascii_isdigit(n->text[0]))
		filter_fail(e, n->start, n->end, "%s has no value called \"%s\"%s%s%s", key->name,
			    n->text, like != NULL ? "; did you mean \"" : "",
			    like != NULL ? like : "", like != NULL ? "\"?" : "");
	else if (n->quoted && class != CLASS_NUMBER && class != CLASS_BYTES && class != CLASS_TIME)
		filter_fail(e, n->start, n->end, "expected %s here, without quotes",
			    what_is_wanted(class, key));
	else
		filter_fail(e, n->start, n->end, "expected %s here", what_is_wanted(class, key));
	g_free(like);
}

bool literal_resolve(struct node *n, const struct node *beside, struct filter_error *e)
{
	const struct key *key = key_beside(beside);
	const enum value_class class = beside->class;
	bool good;

	switch (class) {
	case CLASS_NUMBER: good = resolve_number(n, beside, key, e); break;
	case CLASS_REAL: good = !n->quoted && resolve_real(n); break;
	case CLASS_TIME: good = literal_read_time(n, key); break;
	case CLASS_IPV4: good = !n->quoted && resolve_ipv4(n); break;
	case CLASS_BYTES: good = resolve_bytes(n, key); break;
	default:
		n->literal.p = (const uint8_t *)n->text;
		n->literal.n = n->text_n;
		good = true;
		break;
	}
	n->class = n->literal.class = class;
	if (!good)
		complain(n, class, key, e);
	return good;
}
