/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading slices: "[2]", "[1:3]", "[1-3]", "[:3]", "[1:]", and several of them with commas between. */
#include "filter/ast.h"

#include <stdlib.h>

static void skip_blanks(const char **text)
{
	while (g_ascii_isspace(**text))
		++*text;
}

/* A number of a slice or of layers, with blanks around it. */
static bool slice_number(const char **text, long *v)
{
	char *end;

	*v = strtol(*text, &end, 0);
	if (end == *text || *v > 0xfffffff || *v < -0xfffffff)
		return false;
	*text = end;
	skip_blanks(text);
	return true;
}

/* From and to of a slice count from the same end, and from is the smaller one. */
static bool slice_range(const char **text, struct slice *s)
{
	return slice_number(text, &s->to) && (s->from < 0) == (s->to < 0) && s->from < s->to;
}

/* What stands behind the colon of "1:3" or "1:". */
static bool slice_length(const char **text, struct slice *s)
{
	s->open = **text == ']' || **text == ',';
	s->by_length = !s->open;
	return s->open || (slice_number(text, &s->length) && s->length > 0);
}

/* One of "2", "1:3", "1-3", ":3", "1:", ":" at *text, which is moved behind it. */
static bool parse_slice(const char **text, struct slice *s)
{
	*s = (struct slice){0};
	skip_blanks(text);
	if (**text != ':' && !slice_number(text, &s->from))
		return false;
	const char sign = **text;
	if (sign == ':' || sign == '-') {
		++*text;
		skip_blanks(text);
		return sign == ':' ? slice_length(text, s) : slice_range(text, s);
	}
	s->by_length = true;
	s->length = 1;
	return true;
}

bool slice_is_number(const char *text, const char *end, long *v)
{
	return slice_number(&text, v) && text >= end;
}

GArray *slices_read(const char *at, const char **end)
{
	GArray *slices = g_array_new(FALSE, FALSE, sizeof(struct slice));
	struct slice s;

	do {
		at++; /* the bracket, then each comma */
		if (!parse_slice(&at, &s))
			break;
		g_array_append_val(slices, s);
		if (*at == ']') {
			*end = at + 1;
			return slices;
		}
	} while (*at == ',');
	g_array_free(slices, TRUE);
	*end = at;
	return NULL;
}
