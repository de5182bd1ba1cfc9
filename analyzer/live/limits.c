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

/* The number of the interval of the wall clock that it is now. */
static int64_t slot_now(const struct limits *l)
{
	return l->interval_us > 0 ? g_get_real_time() / l->interval_us : 0;
}

struct limits_file limits_begin(const struct limits *l)
{
	return (struct limits_file){0, g_get_monotonic_time(), slot_now(l)};
}

bool limits_are_full(const struct limits *l, const struct limits_file *f, uint64_t bytes)
{
	return (l->packets > 0 && f->packets >= l->packets) || (l->bytes > 0 && bytes >= l->bytes);
}

int64_t limits_left_us(const struct limits *l, const struct limits_file *f)
{
	int64_t left = INT64_MAX;

	if (l->duration_us > 0)
		left = f->began_us + l->duration_us - g_get_monotonic_time();
	if (l->interval_us > 0 && slot_now(l) != f->slot)
		return 0;
	if (l->interval_us > 0)
		left = MIN(left, (f->slot + 1) * l->interval_us - g_get_real_time());
	return MAX(left, 0);
}
