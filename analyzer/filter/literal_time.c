/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading times: seconds, and moments as people write them. */
#include "filter/ast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

bool literal_read_time(struct node *n, const struct key *key)
{
	static const char *const forms[] = {
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%b %d, %Y %H:%M:%S",
		"%Y-%m-%d %H:%M",    "%Y-%m-%d",
	};

	if (!n->quoted && read_seconds(n->text, &n->literal))
		return true;
	for (size_t i = 0; key != NULL && key->type == REM_T_TIME && i < G_N_ELEMENTS(forms); i++) {
		struct tm tm = {.tm_mday = 1};
		const char *rest = strptime(n->text, forms[i], &tm);

		if (rest != NULL && read_date_rest(rest, &tm, &n->literal))
			return true;
	}
	return false;
}
