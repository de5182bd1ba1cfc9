/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Printers: the forms in which a packet is written. Each is a table of functions in a file of its
 * own; all of them are loops over layers, parts and rows.
 */
#ifndef OUT_PRINT_H
#define OUT_PRINT_H

#include "frame.h"
#include "keys.h"
#include "out/out.h"

#include <remora/line.h>

/* How the time column is written: tshark's -t. */
enum time_form {
	TIME_RELATIVE,
	TIME_DELTA,
	TIME_DELTA_SHOWN,
	TIME_EPOCH,
	TIME_OF_DAY, /* of UTC, as the two behind it */
	TIME_DATE,
	TIME_DAY_OF_YEAR,
	TIME_LOCAL_OF_DAY, /* of the local time zone, from here on */
	TIME_LOCAL_DATE,
	TIME_LOCAL_DAY_OF_YEAR,
};

/* What -e asks for: a key, or a column. */
struct wanted_field {
	const char *text;      /* as it was asked for */
	const struct key *key; /* NULL: a column or a protocol */
	int column;            /* enum column, -1: none */
	int proto;             /* a protocol: its name is printed where it is; -1: none */
};

/* Finds what is asked for; `text` stays the caller's. False: nobody knows it. */
bool wanted_find(const char *text, struct wanted_field *w);

struct print_options {
	bool colour;
	enum time_form time;
	bool hex;           /* -x: the bytes, behind each packet */
	const struct rem_set *only; /* tree: whose rows to show; NULL: everybody's */
	bool legacy;        /* breakdown: legacy rows too */
	uint32_t classes;   /* breakdown: 1 << enum rem_class of rows to show */
	unsigned subfields; /* breakdown: at most so many parts below a layer's header */
	const struct rem_us *us;
	unsigned n_us;
	const struct wanted_field *fields; /* -e */
	unsigned n_fields;
	bool header;                       /* -E header=y */
	char separator, quote, aggregator; /* -E; quote 0: none */
	char occurrence;                   /* -E occurrence: 'f' first, 'l' last, 'a' all */
};

struct printer;

struct printer_ops {
	const char *name; /* -T */
	const char *about;
	void (*begin)(struct printer *p);
	void (*frame)(struct printer *p, struct frame *f);
	void (*end)(struct printer *p);
	bool detail;    /* it shows options, records … of a layer */
	bool described; /* it shows frame.* */
};

struct printer {
	const struct printer_ops *ops;
	const struct print_options *options;
	struct out out;
	uint64_t packets;
	uint64_t bad_sums; /* what -T none looks for */
	void *data;      /* what else a printer needs between begin and end */
};

extern const struct printer_ops print_line, print_tree, print_breakdown, print_json, print_ndjson,
	print_pdml, print_fields, print_none;

/* NULL-terminated, in the order of the help text. */
extern const struct printer_ops *const printers[];

/* Columns that tshark's users know: _ws.col.info and its siblings. */
enum column {
	COLUMN_NUMBER,
	COLUMN_TIME,
	COLUMN_SOURCE,
	COLUMN_DESTINATION,
	COLUMN_PROTOCOL,
	COLUMN_LENGTH,
	COLUMN_INFO,
	COLUMNS
};

/* By the key ("_ws.col.info", in any case), or -1. */
int column_find(const char *key);
const char *column_key(enum column c);
void column_out(struct rem_out *o, enum column c, struct frame *f,
		const struct print_options *options);
/* All values of a wanted field, as -T fields writes them. frame.* is there if the frame has been
 * described. */
void wanted_out(struct rem_out *o, const struct wanted_field *w, struct frame *f,
		const struct print_options *options);
/* The layers that a line tells of, none of them quoted, if there is another; NULL: there is none. */
struct subjects {
	const struct rem_part *addresses; /* the deepest that has some */
	const struct rem_part *protocol;  /* the deepest that is not data: it names the packet */
	const struct rem_part *wrong;     /* the outermost whose checksum is wrong */
};
/* Finds them in one walk, the wrong one only if checksums are to be verified. */
REM_INLINE struct subjects subjects_of(const struct rem_breakdown *b, bool verify)
{
	const unsigned n = b->trailers;
	const struct rem_part *layer = b->part;
	struct subjects s = {.protocol = n > 0 ? layer : NULL};

	for (unsigned i = 0; i < n; i++, layer++) {
		const struct rem_proto *proto = rem_part_proto(layer);

		if (layer->layer != i || (layer->flags & REM_PART_QUOTED) != 0)
			continue;
		if (layer->proto != REM_P_DATA)
			s.protocol = layer;
		if (proto->source != proto->destination)
			s.addresses = layer;
		if (verify && proto->sum != NULL && proto->sum(b, layer) == REM_SUM_BAD &&
		    s.wrong == NULL)
			s.wrong = layer;
	}
	return s;
}

/* The moment that the times of a form count from. */
struct instant time_origin(const struct frame *f, enum time_form form);
/* The time of a packet in a form, and its text; a packet without a time has none. */
struct moment time_shown(const struct frame *f, enum time_form form);
void time_out(struct rem_out *o, const struct frame *f, struct moment m, enum time_form form);

void address_out(struct rem_out *o, const struct frame *f, const struct rem_row *row);

/* A value as JSON has it: a number, a string, true. */
void json_value_out(struct rem_out *o, const struct rem_row *row, const struct rem_value *v);

/* The hex dump of a packet with its layers marked: -x. */
void print_hex(struct printer *p, struct frame *f);

#endif
