/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A line a packet: number, time, source, destination, protocol, length, info. Columns of addresses
 * grow to the widest that has been seen, so a capture stays calm to read while it streams by.
 *
 * Whoever talks talks again: what stands in the columns for two addresses and a protocol is
 * remembered with its spaces while the columns are as wide. What is remembered is copied in full,
 * which is quicker than finding out how much of it is text: the room for a line has that much more.
 */
#include "out/colour.h"
#include "out/print.h"

#include <string.h>

enum { LINE_ROOM = 16384, ADDRESS_WIDTH = 15, PROTOCOL_WIDTH = 6, TIME_WIDTH = 8 };
enum { TALKS = 1024, TALK_BITS = 10, TALK_TEXT = 112, SECOND_TEXT = 32, NUMBER_TEXT = 32 };
enum { LENGTHS = 1536, LENGTH_TEXT = 7, COLUMN_ROOM = 4096, THOUSAND = 1000 };

/* Where both addresses stand in the header of a protocol: in one run of bytes up to `end`. */
struct run {
	uint8_t from, bytes;
	uint32_t end; /* UINT32_MAX: not in one short run */
};

/* The bytes of a run of 8 to 32, by loads that overlap in a shorter one. */
struct talk_key {
	uint64_t bytes[4];
	uint64_t kind; /* the protocols, and how often a column has grown; 0: of nobody */
};

struct talk {
	struct talk_key key;
	uint32_t len;
	char text[TALK_TEXT];
};

struct number {
	uint64_t n;
	uint32_t last; /* where its last digit is */
	char text[NUMBER_TEXT];
};

/* The text up to the point of all times in a second. */
struct second {
	int64_t begin;  /* since 1970 */
	uint32_t lasts; /* nanoseconds; 0: no second is remembered */
	uint32_t len;
	char text[SECOND_TEXT];
};

struct length {
	char text[LENGTH_TEXT];
	uint8_t len; /* 0: not known yet */
};

struct columns {
	size_t source, destination, protocol; /* widths */
	uint32_t growths;                     /* of one of them, and 1 */
	struct number number;
	struct second second;
	char three[THOUSAND][4];              /* "000" to "999" */
	struct length length[LENGTHS];
	struct run run[REM_P_COUNT];
	struct talk talk[TALKS];
};

static bool is_plain(const struct rem_field *f)
{
	return f->calc == NULL && REM_WIDTH(f->bits) != 0 && REM_OFF(f->bits) % 8 == 0 &&
	       REM_WIDTH(f->bits) % 8 == 0;
}

static struct run run_of(const struct rem_proto *proto)
{
	const struct rem_field *s = &proto->table->row[proto->source];
	const struct rem_field *d = &proto->table->row[proto->destination];
	const uint32_t from = MIN(REM_OFF(s->bits), REM_OFF(d->bits)) / 8;
	const uint32_t end = MAX(REM_END(s->bits), REM_END(d->bits)), n = end - from;

	if (proto->source == proto->destination || !is_plain(s) || !is_plain(d) || n < 8 || n > 32)
		return (struct run){0, 8, UINT32_MAX};
	return (struct run){(uint8_t)from, (uint8_t)n, end};
}

static void line_begin(struct printer *p)
{
	struct columns *c = p->data = g_new0(struct columns, 1);

	c->source = c->destination = ADDRESS_WIDTH;
	c->protocol = PROTOCOL_WIDTH;
	c->growths = 1;
	c->number = (struct number){0, 3, "   0  "};
	for (unsigned i = 0; i < THOUSAND; i++) {
		c->three[i][0] = (char)('0' + i / 100);
		c->three[i][1] = (char)('0' + i / 10 % 10);
		c->three[i][2] = (char)('0' + i % 10);
	}
	for (unsigned i = 0; i < REM_P_COUNT; i++)
		c->run[i] = run_of(rem_protos[i]);
}

/* Moves what was written since `start` to the right, to end in column `width`. */
static void right(struct rem_out *o, char *start, size_t width)
{
	const size_t n = (size_t)(o->p - start);

	if (n >= width)
		return;
	memmove(start + width - n, start, n);
	memset(start, ' ', width - n);
	o->p = start + width;
}

/* A column to the left, which grows to its widest: what is remembered so far is too narrow then. */
static void left(struct columns *c, struct rem_out *o, const char *start, size_t *width)
{
	const size_t n = (size_t)(o->p - start);

	if (n > *width) {
		*width = n;
		c->growths++;
	}
	out_spaces(o, *width + 2 - n);
}

/*
 * Nine times of ten a number differs from the one before it in its last digit. That digit is put
 * into the copy: to copy what was just stored would be to wait for it.
 */
static char *put_number(struct number *is, char *p, uint64_t n)
{
	uint32_t last = is->last;
	char digit = (char)(is->text[last] + 1);

	if (n != is->n + 1 || digit > '9') {
		struct rem_out text = {is->text, is->text + NUMBER_TEXT, false};

		rem_out_uint_right(&text, n, 4);
		is->last = last = (uint32_t)(text.p - is->text) - 1;
		digit = is->text[last];
		rem_out_str(&text, "  ");
	}
	is->n = n;
	memcpy(p, is->text, NUMBER_TEXT);
	p[last] = digit;
	is->text[last] = digit;
	return p + last + 3;
}

/* By threes. */
static char *put_fraction(const struct columns *c, char *p, uint32_t ns, bool nano)
{
	const uint32_t us = ns / THOUSAND;

	memcpy(p, c->three[us / THOUSAND], 4);
	memcpy(p + 3, c->three[us % THOUSAND], 4);
	if (!nano)
		return p + 6;
	memcpy(p + 6, c->three[ns % THOUSAND], 4);
	return p + 9;
}

/* Is there a time, and one that nanoseconds alone tell? */
static bool is_near(const struct frame *f)
{
	return f->packet->has_time && f->time.s == 0;
}

/* The time in full, which is remembered up to its point, unless each time counts from another. */
REM_APART char *put_new_time(struct columns *c, char *p, const struct frame *f, enum time_form form)
{
	const bool from_one = form != TIME_DELTA && form != TIME_DELTA_SHOWN;
	struct second *second = &c->second;
	struct rem_out o = {p, p + COLUMN_ROOM, false};
	const struct moment m = time_shown(f, form);

	time_out(&o, f, m, form);
	right(&o, p, TIME_WIDTH);
	second->lasts = 0;
	if (from_one && is_near(f) && m.s >= 0 && m.ns >= 0 && o.p - p <= SECOND_TEXT) {
		second->begin = f->time.ns - m.ns;
		second->lasts = FRAME_SECOND;
		second->len = (uint32_t)(o.p - p) - (f->interfaces->nano ? 9 : 6);
		memcpy(second->text, p, SECOND_TEXT);
	}
	return o.p;
}

/* Only the fraction is written of a time in the same second. */
static char *put_time(struct columns *c, char *p, const struct frame *f, enum time_form form)
{
	const struct second *second = &c->second;
	const uint64_t since = (uint64_t)f->time.ns - (uint64_t)second->begin;

	if (since < second->lasts && is_near(f)) {
		memcpy(p, second->text, SECOND_TEXT);
		p = put_fraction(c, p + second->len, (uint32_t)since, f->interfaces->nano);
	} else {
		p = put_new_time(c, p, f, form);
	}
	memcpy(p, "  ", 2);
	return p + 2;
}

static char *put_length(struct columns *c, char *p, uint32_t n)
{
	struct length *length = &c->length[n < LENGTHS ? n : 0];

	if (n < LENGTHS && length->len != 0) {
		memcpy(p, length, sizeof(*length));
		return p + length->len;
	}
	struct rem_out o = {p, p + COLUMN_ROOM, false};
	rem_out_uint_right(&o, n, 4);
	rem_out_str(&o, "  ");
	if (n < LENGTHS) {
		memcpy(length->text, p, LENGTH_TEXT);
		length->len = (uint8_t)(o.p - p);
	}
	return o.p;
}

static void out_address(struct rem_out *o, const struct frame *f, const struct rem_part *layer,
			unsigned index)
{
	struct rem_row row;

	if (layer != NULL && rem_row_at(&f->b, layer, index, &row))
		address_out(o, f, &row);
}

/* Both addresses and the protocol, each in its column. */
static void out_talk(struct columns *c, struct rem_out *o, const struct frame *f,
		     const struct subjects *s, const struct print_options *options)
{
	const struct rem_proto *proto = s->addresses == NULL ? NULL : rem_part_proto(s->addresses);
	const char *start = o->p;

	out_address(o, f, s->addresses, proto == NULL ? 0 : proto->source);
	left(c, o, start, &c->source);
	start = o->p;
	out_address(o, f, s->addresses, proto == NULL ? 0 : proto->destination);
	left(c, o, start, &c->destination);
	colour(o, options, COLOUR_NAME);
	start = o->p;
	rem_out_str(o, rem_protos[s->protocol == NULL ? REM_P_DATA : s->protocol->proto]->name);
	left(c, o, start, &c->protocol);
	colour(o, options, COLOUR_OFF);
}

static uint64_t kind_of(const struct columns *c, const struct subjects *s)
{
	return (uint64_t)c->growths << 32 | (uint32_t)s->addresses->proto << 8 | s->protocol->proto;
}

static bool take_talk(const struct columns *c, const struct frame *f, const struct subjects *s,
		      struct talk_key *k)
{
	const struct rem_part *layer = s->addresses;

	if (layer == NULL || layer->table != 0 || layer->len < c->run[layer->proto].end)
		return false;
	const struct run run = c->run[layer->proto];
	const uint8_t *p = rem_part_bytes(&f->b, layer) + run.from;
	memcpy(&k->bytes[0], p, 8);
	memcpy(&k->bytes[1], p + run.bytes - 8, 8);
	k->bytes[2] = k->bytes[3] = 0;
	if (run.bytes > 16) {
		memcpy(&k->bytes[2], p + 8, 8);
		memcpy(&k->bytes[3], p + run.bytes - 16, 8);
	}
	k->kind = kind_of(c, s);
	return true;
}

static struct talk *talk_at(struct columns *c, const struct talk_key *k)
{
	const uint64_t golden = 0x9e3779b97f4a7c15, *b = k->bytes;
	const uint64_t ends = (b[0] ^ b[2]) * golden + (b[1] ^ b[3]);

	return &c->talk[(ends + k->kind) * golden >> (64 - TALK_BITS)];
}

static bool is_talk(const struct talk *talk, const struct talk_key *k)
{
	const uint64_t *a = talk->key.bytes, *b = k->bytes;

	return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3] &&
	       talk->key.kind == k->kind;
}

/* Who talks in which protocol. */
static char *put_talk(struct columns *c, char *p, const struct frame *f, const struct subjects *s,
		      const struct print_options *options)
{
	struct rem_out o = {p, p + COLUMN_ROOM, false};
	struct talk_key key;

	if (!take_talk(c, f, s, &key)) {
		out_talk(c, &o, f, s, options);
		return o.p;
	}
	struct talk *talk = talk_at(c, &key);
	if (is_talk(talk, &key)) {
		memcpy(p, talk->text, TALK_TEXT);
		return p + talk->len;
	}
	out_talk(c, &o, f, s, options);
	if (o.p - p <= TALK_TEXT) {
		talk->key = key;
		talk->key.kind = kind_of(c, s); /* the columns may have grown */
		talk->len = (uint32_t)(o.p - p);
		memcpy(talk->text, p, TALK_TEXT);
	}
	return o.p;
}

/* A checksum that is wrong stands in front of the info. */
static void out_wrong(struct rem_out *o, const struct rem_part *layer,
		      const struct print_options *options)
{
	colour(o, options, COLOUR_WRONG);
	rem_out_str(o, "bad ");
	rem_out_str(o, rem_part_proto(layer)->name);
	rem_out_str(o, " checksum  ");
	colour(o, options, COLOUR_OFF);
}

static void line_frame(struct printer *p, struct frame *f)
{
	struct rem_out *o = out_room(&p->out, LINE_ROOM);
	struct columns *c = p->data;
	const struct subjects subjects = subjects_of(&f->b, true);
	char *at = o->p;

	at = put_number(&c->number, at, f->packet->number);
	at = put_time(c, at, f, p->options->time);
	at = put_talk(c, at, f, &subjects, p->options);
	at = put_length(c, at, f->packet->len);
	struct rem_out rest = {at, o->p + LINE_ROOM - 1, false};
	if (subjects.wrong != NULL)
		out_wrong(&rest, subjects.wrong, p->options);
	rem_out_info(&rest, &f->b);
	*rest.p = '\n';
	o->p = rest.p + 1;
	if (p->options->hex)
		print_hex(p, f);
}

static void line_end(struct printer *p)
{
	g_free(p->data);
}

const struct printer_ops print_line = {
	.name = "line",
	.about = "a line a packet",
	.begin = line_begin,
	.frame = line_frame,
	.end = line_end,
};
