/* SPDX-License-Identifier: BSD-3-Clause */
/* Patterns, and the first place in some bytes that has one. */
#include "store/pattern.h"

#include "filter/regex.h"

#include <glib.h>
#include <string.h>

struct pattern {
	struct regex *regex; /* NULL: bytes */
	bool fold;           /* ASCII letters are the same in both cases */
	uint8_t *bytes;
	size_t n;
	uint8_t *folded;     /* a copy of what is searched */
	size_t room;
};

/* "0a:1b", "0a1b", "0a 1b 0x22"; NULL: it is none. */
static uint8_t *read_hex(const char *text, size_t *n)
{
	uint8_t *bytes = g_malloc(strlen(text) / 2 + 1);

	for (*n = 0; *text != '\0';) {
		if (strchr(" :-.,", *text) != NULL) {
			text++;
		} else if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
			text += 2;
		} else if (g_ascii_isxdigit(text[0]) && g_ascii_isxdigit(text[1])) {
			bytes[(*n)++] = (uint8_t)(g_ascii_xdigit_value(text[0]) << 4 |
						  g_ascii_xdigit_value(text[1]));
			text += 2;
		} else {
			g_free(bytes);
			return NULL;
		}
	}
	return bytes;
}

static void fold(uint8_t *to, const uint8_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint8_t c = from[i];

		to[i] = (uint8_t)(c + ((uint8_t)(c - 'A') < 26 ? 'a' - 'A' : 0));
	}
}

/* False: *error says why. */
static bool compile(struct pattern *p, const char *text, const struct find_what *what, char **error)
{
	GError *wrong = NULL;

	if (what->by == FIND_BY_HEX && what->in != FIND_IN_BYTES) {
		*error = g_strdup("hexadecimal digits are looked for in bytes");
	} else if (what->by == FIND_BY_HEX) {
		p->bytes = read_hex(text, &p->n);
		if (p->bytes == NULL)
			*error = g_strdup("these are no bytes: write them as 0a:1b:2c");
	} else if (what->by == FIND_BY_REGEX) {
		p->regex = regex_new(text, strlen(text), &wrong);
		if (p->regex == NULL) {
			const char *why = g_strrstr(wrong->message, ": ");

			*error = g_strdup_printf("this regular expression is wrong%s",
						 why != NULL ? why : "");
			g_error_free(wrong);
		}
	} else {
		p->n = strlen(text);
		p->fold = !what->exact_case;
		p->bytes = (uint8_t *)g_strdup(text);
		if (p->fold)
			fold(p->bytes, p->bytes, p->n);
	}
	if (*error == NULL && p->regex == NULL && p->n == 0)
		*error = g_strdup("there is nothing to look for");
	return *error == NULL;
}

struct pattern *pattern_new(const char *text, const struct find_what *what, char **error)
{
	struct pattern *p = g_new0(struct pattern, 1);

	if (*text == '\0')
		*error = g_strdup("there is nothing to look for");
	else if (compile(p, text, what, error))
		return p;
	pattern_free(p);
	return NULL;
}

void pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	if (p->regex != NULL)
		regex_free(p->regex);
	g_free(p->bytes);
	g_free(p->folded);
	g_free(p);
}

static const uint8_t *searched(struct pattern *p, const uint8_t *data, size_t n)
{
	if (!p->fold)
		return data;
	if (n > p->room) {
		g_free(p->folded);
		p->room = MAX(2 * p->room, n);
		p->folded = g_malloc(p->room);
	}
	fold(p->folded, data, n);
	return p->folded;
}

bool pattern_find(struct pattern *p, const uint8_t *data, size_t n, size_t *from, size_t *to)
{
	if (p->regex != NULL)
		return regex_find(p->regex, data, n, from, to);
	if (n < p->n)
		return false;
	const uint8_t *in = searched(p, data, n);
	const uint8_t *at = memmem(in, n, p->bytes, p->n);
	if (at == NULL)
		return false;
	*from = (size_t)(at - in);
	*to = *from + p->n;
	return true;
}
