/* SPDX-License-Identifier: BSD-3-Clause */
/* Regular expressions: PCRE's, by way of GLib, without regard to case. */
#include "filter/regex.h"

/*
 * Compiled to machine code, and for a stack that this has no room for: thousands of turns of a
 * group, as in "(a|b)*", want more than GLib gives it.
 */
struct regex {
	GRegex *fast, *deep;
};

/*
 * A try that takes more steps than one over the largest packet needs is given up, as no match:
 * "(a+)+$" shall not cost time that doubles with every byte of a packet.
 */
#define LIMIT "(*LIMIT_MATCH=300000)"

struct regex *regex_new(const char *text, size_t n, GError **error)
{
	const GRegexCompileFlags flags = G_REGEX_RAW | G_REGEX_CASELESS;
	GString *pattern = g_string_new(LIMIT);
	struct regex *r = NULL;

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\0')
			g_string_append(pattern, "\\x00");
		else
			g_string_append_c(pattern, text[i]);
	}
	GRegex *fast = g_regex_new(pattern->str, flags | G_REGEX_OPTIMIZE, 0, error);
	if (fast != NULL) {
		r = g_new(struct regex, 1);
		*r = (struct regex){fast, g_regex_new(pattern->str, flags, 0, NULL)};
		g_regex_match(fast, "", 0, NULL); /* the machine code, while it can be had */
	}
	g_string_free(pattern, TRUE);
	return r;
}

/* `info` may be NULL. */
static bool match(const struct regex *r, const uint8_t *p, size_t n, GMatchInfo **info)
{
	const char *text = n == 0 ? "" : (const char *)p;
	GError *error = NULL;
	bool yes = g_regex_match_full(r->fast, text, (gssize)n, 0, 0, info, &error);

	if (error != NULL) {
		g_error_free(error);
		if (info != NULL)
			g_match_info_free(*info);
		yes = g_regex_match_full(r->deep, text, (gssize)n, 0, 0, info, NULL);
	}
	return yes;
}

bool regex_match(const struct regex *r, const uint8_t *p, size_t n)
{
	return match(r, p, n, NULL);
}

bool regex_find(const struct regex *r, const uint8_t *p, size_t n, size_t *from, size_t *to)
{
	GMatchInfo *info;
	int start = 0, end = 0;
	const bool yes = match(r, p, n, &info) && g_match_info_fetch_pos(info, 0, &start, &end);

	g_match_info_free(info);
	*from = (size_t)start;
	*to = (size_t)end;
	return yes;
}

void regex_free(struct regex *r)
{
	g_regex_unref(r->fast);
	g_regex_unref(r->deep);
	g_free(r);
}
