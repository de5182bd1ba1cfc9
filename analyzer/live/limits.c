/* SPDX-License-Identifier: BSD-3-Clause */
/* Limits of a capture, in dumpcap's words. */
#include "live/limits.h"

#include <glib.h>
#include <string.h>

enum { KILOBYTE = 1000 };
static const double most_seconds = 1e9;

static bool take_seconds(const char *text, int64_t *us)
{
	char *end;
	const double seconds = g_ascii_strtod(text, &end);

	if (end == text || *end != '\0' || !(seconds > 0) || seconds > most_seconds)
		return false;
	*us = (int64_t)(seconds * 1e6);
	return *us > 0;
}

static bool take_count(const char *text, uint64_t *count)
{
	guint64 v;

	if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64 / KILOBYTE, &v, NULL))
		return false;
	*count = v;
	return true;
}

bool limits_take(struct limits *l, const char *text, bool interval)
{
	const char *colon = strchr(text, ':');
	const size_t n = colon != NULL ? (size_t)(colon - text) : 0;
	const char *value = text + n + 1;

	if (n == 8 && memcmp(text, "duration", n) == 0)
		return take_seconds(value, &l->duration_us);
	if (n == 8 && memcmp(text, "interval", n) == 0)
		return interval && take_seconds(value, &l->interval_us);
	if (n == 7 && memcmp(text, "packets", n) == 0)
		return take_count(value, &l->packets);
	if (n == 5 && memcmp(text, "files", n) == 0)
		return take_count(value, &l->files);
	if (n != 8 || memcmp(text, "filesize", n) != 0 || !take_count(value, &l->bytes))
		return false;
	l->bytes *= KILOBYTE;
	return true;
}
