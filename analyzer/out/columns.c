/* SPDX-License-Identifier: BSD-3-Clause */
/* The columns of a packet list: number, time, source, destination, protocol, length, info. */
#include "out/print.h"

#include <stdio.h>
#include <strings.h>
#include <time.h>

static const char *const keys[COLUMNS] = {
	[COLUMN_NUMBER] = "_ws.col.number",     [COLUMN_TIME] = "_ws.col.time",
	[COLUMN_SOURCE] = "_ws.col.source",     [COLUMN_DESTINATION] = "_ws.col.destination",
	[COLUMN_PROTOCOL] = "_ws.col.protocol", [COLUMN_LENGTH] = "_ws.col.length",
	[COLUMN_INFO] = "_ws.col.info",
};

int column_find(const char *key)
{
	static const struct {
		const char *name;
		enum column column;
	} others[] = {
		{"_ws.col.no.", COLUMN_NUMBER},
		{"_ws.col.def_src", COLUMN_SOURCE},
		{"_ws.col.def_dst", COLUMN_DESTINATION},
	};

	for (int c = 0; c < COLUMNS; c++) {
		if (strcasecmp(keys[c], key) == 0)
			return c;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		if (strcasecmp(others[i].name, key) == 0)
			return (int)others[i].column;
	}
	return -1;
}

const char *column_key(enum column c)
{
	return keys[c];
}

/* A date and the time of day, "2026/325" and the time of day, or the time of day alone. */
static void out_clock(struct rem_out *o, struct moment m, unsigned digits, enum time_form form)
{
	const bool local = form >= TIME_LOCAL_OF_DAY;
	char text[48], day[40];
	struct rem_out whole = {text, text + sizeof(text), false};
	struct tm tm = {0}; /* stays so for a year beyond all calendars */
	const time_t s = (time_t)m.s;
	const bool known = (local ? localtime_r(&s, &tm) : gmtime_r(&s, &tm)) != NULL;

	rem_out_time(&whole, m.s + tm.tm_gmtoff, m.ns, digits);
	char *t = text;
	while (*t != 'T')
		t++;
	const bool of_year = form == TIME_DAY_OF_YEAR || form == TIME_LOCAL_DAY_OF_YEAR;
	const bool alone = form == TIME_OF_DAY || form == TIME_LOCAL_OF_DAY;
	const char *from = alone || (of_year && known) ? t + 1 : text;
	*t = ' ';
	if (of_year && known) {
		snprintf(day, sizeof(day), "%04ld/%03d ", 1900L + tm.tm_year, tm.tm_yday + 1);
		rem_out_str(o, day);
	}
	rem_out_mem(o, from, (size_t)(whole.p - from) - 1); /* without the Z */
}

struct instant time_origin(const struct frame *f, enum time_form form)
{
	switch (form) {
	case TIME_DELTA: return f->previous;
	case TIME_DELTA_SHOWN: return f->shown;
	case TIME_RELATIVE: return f->start;
	default: return (struct instant){0};
	}
}

struct moment time_shown(const struct frame *f, enum time_form form)
{
	return form >= TIME_EPOCH ? frame_moment(f->time)
				  : frame_time_since(f, time_origin(f, form));
}

void time_out(struct rem_out *o, const struct frame *f, struct moment m, enum time_form form)
{
	const unsigned digits = f->interfaces->nano ? 9 : 6;

	if (!f->packet->has_time)
		return;
	if (form >= TIME_OF_DAY)
		out_clock(o, m, digits, form);
	else
		rem_out_seconds(o, m.s, m.ns, digits);
}

void address_out(struct rem_out *o, const struct frame *f, const struct rem_row *row)
{
	struct rem_value v;

	if (rem_row_value(&f->b, row, &v))
		rem_out_value(o, row->field, row->bits, &v);
}

static void out_address(struct rem_out *o, const struct frame *f, bool source)
{
	const struct rem_part *layer = subjects_of(&f->b, false).addresses;
	struct rem_row row;

	if (layer == NULL)
		return;
	const struct rem_proto *proto = rem_part_proto(layer);
	if (rem_row_at(&f->b, layer, source ? proto->source : proto->destination, &row))
		address_out(o, f, &row);
}

void column_out(struct rem_out *o, enum column c, struct frame *f,
		const struct print_options *options)
{
	const struct rem_part *layer;

	switch (c) {
	case COLUMN_NUMBER: rem_out_uint(o, f->packet->number); break;
	case COLUMN_TIME: time_out(o, f, time_shown(f, options->time), options->time); break;
	case COLUMN_SOURCE: out_address(o, f, true); break;
	case COLUMN_DESTINATION: out_address(o, f, false); break;
	case COLUMN_PROTOCOL:
		layer = subjects_of(&f->b, false).protocol;
		rem_out_str(o, layer == NULL ? "Data" : rem_part_proto(layer)->name);
		break;
	case COLUMN_LENGTH: rem_out_uint(o, f->packet->len); break;
	default: rem_out_info(o, &f->b); break;
	}
}
