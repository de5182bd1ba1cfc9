/* SPDX-License-Identifier: BSD-3-Clause */
/* Splitting a display filter into tokens. */
#include "filter/lexer.h"

#include <string.h>

static const struct {
	const char *text;
	enum token_kind kind;
} symbols[] = {
	/* longer ones first */
	{"===", TOKEN_ALL_EQ},  {"!==", TOKEN_ANY_NE},   {"==", TOKEN_EQ},
	{"!=", TOKEN_NE},       {"~=", TOKEN_ANY_NE},    {">=", TOKEN_GE},
	{"<=", TOKEN_LE},       {"&&", TOKEN_AND},       {"||", TOKEN_OR},
	{"^^", TOKEN_XOR},      {"..", TOKEN_RANGE},     {">", TOKEN_GT},
	{"<", TOKEN_LT},        {"!", TOKEN_NOT},        {"~", TOKEN_MATCHES},
	{"&", TOKEN_BITAND},    {"+", TOKEN_PLUS},       {"-", TOKEN_MINUS},
	{"*", TOKEN_STAR},      {"/", TOKEN_SLASH},      {"%", TOKEN_PERCENT},
	{"(", TOKEN_OPEN},      {")", TOKEN_CLOSE},      {"{", TOKEN_OPEN_SET},
	{"}", TOKEN_CLOSE_SET}, {"[", TOKEN_OPEN_SLICE}, {"]", TOKEN_CLOSE_SLICE},
	{",", TOKEN_COMMA},     {"#", TOKEN_HASH},
};

static const struct {
	const char *text;
	enum token_kind kind;
} words[] = {
	{"or", TOKEN_OR},           {"xor", TOKEN_XOR},   {"and", TOKEN_AND},
	{"not", TOKEN_NOT},         {"eq", TOKEN_EQ},     {"any_eq", TOKEN_EQ},
	{"ne", TOKEN_NE},           {"all_ne", TOKEN_NE}, {"all_eq", TOKEN_ALL_EQ},
	{"any_ne", TOKEN_ANY_NE},   {"gt", TOKEN_GT},     {"ge", TOKEN_GE},
	{"lt", TOKEN_LT},           {"le", TOKEN_LE},     {"contains", TOKEN_CONTAINS},
	{"matches", TOKEN_MATCHES}, {"in", TOKEN_IN},     {"bitwise_and", TOKEN_BITAND},
	{"bitand", TOKEN_BITAND},   {"any", TOKEN_ANY},     {"all", TOKEN_ALL},
};

/* Characters of words: keys, numbers, addresses, prefixes, times, bytes. */
static bool in_word(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("_.:/-", c) != NULL) || (c & 0x80) != 0;
}

/* Is what stands here up to a slash an address? Then a prefix follows, else it is a division. */
static bool is_address(const char *s, unsigned start, unsigned slash)
{
	unsigned dots = 0, colons = 0;

	for (; start < slash; start++) {
		dots += s[start] == '.';
		colons += s[start] == ':';
		if (!g_ascii_isxdigit(s[start]) && s[start] != '.' && s[start] != ':')
			return false;
	}
	return dots == 3 || colons >= 2;
}

static unsigned word_end(const char *s, unsigned start)
{
	unsigned at = start;

	while (in_word(s[at]) && !(s[at] == '.' && s[at + 1] == '.') &&
	       (s[at] != '/' || is_address(s, start, at)))
		at++;
	return at;
}

/* The end of a quoted string, behind its closing quote; 0 if there is none. */
static unsigned string_end(const char *s, unsigned at, bool raw)
{
	const char quote = s[at++];

	for (; s[at] != '\0'; at++) {
		if (s[at] == '\\' && s[at + 1] != '\0' && (!raw || s[at + 1] == quote))
			at++;
		else if (s[at] == quote)
			return at + 1;
	}
	return 0;
}

struct token lexer_next(const char *s, unsigned at)
{
	while (g_ascii_isspace(s[at]))
		at++;
	struct token t = {TOKEN_END, at, at};
	const bool raw = (s[at] == 'r' || s[at] == 'R') && s[at + 1] == '"';
	if (s[at] == '\0')
		return t;
	if (s[at] == '"' || s[at] == '\'' || raw) {
		t.end = string_end(s, at + raw, raw);
		t.kind = t.end == 0 ? TOKEN_BAD : s[at] == '\'' ? TOKEN_CHAR : TOKEN_STRING;
		if (t.end == 0)
			t.end = at + (unsigned)strlen(s + at);
		return t;
	}
	if (g_ascii_isalnum(s[at]) || s[at] == '_' || (s[at] & 0x80) != 0 ||
	    (s[at] == '.' && g_ascii_isalnum(s[at + 1])) ||
	    (s[at] == ':' && (s[at + 1] == ':' || g_ascii_isalnum(s[at + 1])))) {
		t.kind = TOKEN_WORD;
		t.end = word_end(s, at);
		for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
			if (strlen(words[i].text) == t.end - at &&
			    strncmp(words[i].text, s + at, t.end - at) == 0)
				t.kind = words[i].kind;
		}
		return t;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(symbols); i++) {
		if (strncmp(s + at, symbols[i].text, strlen(symbols[i].text)) == 0) {
			t.kind = symbols[i].kind;
			t.end = at + (unsigned)strlen(symbols[i].text);
			return t;
		}
	}
	t.kind = TOKEN_BAD;
	t.end = at + 1;
	return t;
}

/* One escape behind a backslash: C's, \xHH and \OOO. Returns where it ends, NULL if it is bad. */
static const char *unescape(const char *p, const char *end, char *c)
{
	static const char from[] = "abfnrtv\\'\"", to[] = "\a\b\f\n\r\t\v\\'\"";
	const char *at = strchr(from, *p);
	unsigned v = 0, digits = 0;

	if (p == end)
		return NULL;
	if (at != NULL) {
		*c = to[at - from];
		return p + 1;
	}
	if (*p == 'x' || *p == 'X') {
		for (p++; p < end && digits < 2 && g_ascii_isxdigit(*p); p++, digits++)
			v = v * 16 + (unsigned)g_ascii_xdigit_value(*p);
	} else {
		for (; p < end && digits < 3 && *p >= '0' && *p <= '7'; p++, digits++)
			v = v * 8 + (unsigned)(*p - '0');
	}
	*c = (char)v;
	return digits == 0 || v > 255 ? NULL : p;
}

char *lexer_string(const char *s, struct token t, size_t *n)
{
	const bool raw = s[t.start] == 'r' || s[t.start] == 'R';
	const char *p = s + t.start + 1 + raw, *end = s + t.end - 1;
	char *text = g_malloc((size_t)(end - p) + 1), *to = text;

	while (p < end) {
		if (*p != '\\' || raw) {
			*to++ = *p++;
			continue;
		}
		p = unescape(p + 1, end, to++);
		if (p == NULL) {
			g_free(text);
			return NULL;
		}
	}
	*to = '\0';
	*n = (size_t)(to - text);
	return text;
}

const char *lexer_describe(enum token_kind kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(symbols); i++) {
		if (symbols[i].kind == kind)
			return symbols[i].text;
	}
	return "the end";
}
