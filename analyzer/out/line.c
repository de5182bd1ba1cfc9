/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A line a packet: number, time, source, destination, protocol, length, info. Columns of addresses
 * grow to the widest that has been seen, so a capture stays calm to read while it streams by.
 *
 * Whoever talks talks again: what stands in the columns for two addresses, and for a protocol, is
 * remembered with its spaces while the columns are as wide. What is remembered is copied in full,
 * which is quicker than finding out how much of it is text: the room for a line has that much more.
 */
#include "out/colour.h"
#include "out/print.h"

#include <string.h>

enum { LINE_ROOM = 16384, ADDRESS_WIDTH = 15, PROTOCOL_WIDTH = 6, TIME_WIDTH = 8 };
enum { PAIRS = 1024, PAIR_BITS = 10, PAIR_TEXT = 96, NAME_TEXT = 48, SECOND_TEXT = 32 };
enum { LENGTHS = 1536, LENGTH_TEXT = 7, NUMBER_TEXT = 24 };

/* Where both addresses stand in the header of a protocol. 0 bytes: not in one short run. */
struct run {
	uint8_t from, bytes;
};

/* The bytes of a run of 8 to 32, by loads that overlap in a shorter one. */
struct pair_key {
	uint64_t bytes[4];
	uint64_t place; /* the protocol, and how wide the columns are */
};

struct pair {
	struct pair_key key;
	uint32_t len; /* 0: there is none here */
	char text[PAIR_TEXT];
};

struct name {
	uint64_t len; /* 0: not known yet */
	char text[NAME_TEXT];
};

struct number {
	uint64_t n;
	uint32_t last; /* where its last digit is */
	char text[NUMBER_TEXT];
};

/* A time up to the point. */
struct second {
	int64_t s;
	uint32_t len; /* 0: there is none here */
	char text[SECOND_TEXT];
};

struct length {
	char text[LENGTH_TEXT];
	uint8_t len; /* 0: not known yet */
};

struct columns {
	size_t source, destination, protocol; /* widths */
	struct number number;
	struct second second;
	struct length length[LENGTHS];
	struct run run[REM_P_COUNT];
	struct name name[REM_P_COUNT];
	struct pair pair[PAIRS];
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
	const uint32_t n = MAX(REM_END(s->bits), REM_END(d->bits)) - from;

	if (proto->source == proto->destination || !is_plain(s) || !is_plain(d) || n < 8 || n > 32)
		return (struct run){0, 0};
	return (struct run){(uint8_t)from, (uint8_t)n};
}

static void line_begin(struct printer *p)
{
	struct columns *c = p->data = g_new0(struct columns, 1);

	c->source = c->destination = ADDRESS_WIDTH;
	c->protocol = PROTOCOL_WIDTH;
	c->number = (struct number){0, 3, "   0  "};
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

/* A column to the left, which grows to its widest. */
static void left(struct rem_out *o, const char *start, size_t *width)
{
	const size_t n = (size_t)(o->p - start);

	if (n > *width)
		*width = n;
	out_spaces(o, *width + 2 - n);
}

/*
 * Nine times of ten a number differs from the one before it in its last digit. That digit is put
 * into the copy: to copy what was just stored would be to wait for it.
 */
static void out_number(struct columns *c, struct rem_out *o, uint64_t n)
{
	struct number *is = &c->number;
	char digit = (char)(is->text[is->last] + 1);

	if (n != is->n + 1 || digit > '9') {
		struct rem_out text = {is->text, is->text + NUMBER_TEXT, false};

		rem_out_uint_right(&text, n, 4);
		is->last = (uint32_t)(text.p - is->text) - 1;
		digit = is->text[is->last];
		rem_out_str(&text, "  ");
	}
	is->n = n;
	memcpy(o->p, is->text, NUMBER_TEXT);
	o->p[is->last] = is->text[is->last] = digit;
	o->p += is->last + 3;
}

/* Only the fraction is written of a time in the same second. */
static void out_time(struct columns *c, struct rem_out *o, const struct frame *f,
		     enum time_form form)
{
	enum { DIGITS = 6 };
	const struct moment m = time_shown(f, form);
	const bool usual = f->packet->has_time && m.ns >= 0 && !f->interfaces->nano;
	struct second *second = &c->second;

	if (usual && second->s == m.s && second->len != 0) {
		memcpy(o->p, second->text, SECOND_TEXT);
		o->p += second->len;
		rem_out_digits(o, (uint32_t)m.ns / 1000, DIGITS);
		return;
	}
	char *start = o->p;
	time_out(o, f, m, form);
	right(o, start, TIME_WIDTH);
	const size_t n = (size_t)(o->p - start);
	if (!usual || n > SECOND_TEXT)
		return;
	second->s = m.s;
	second->len = (uint32_t)n - DIGITS;
	memcpy(second->text, start, SECOND_TEXT);
}

static void out_length(struct columns *c, struct rem_out *o, uint32_t n)
{
	struct length *length = &c->length[n < LENGTHS ? n : 0];

	if (n < LENGTHS && length->len != 0) {
		memcpy(o->p, length, sizeof(*length));
		o->p += length->len;
		return;
	}
	const char *start = o->p;
	rem_out_uint_right(o, n, 4);
	rem_out_str(o, "  ");
	if (n < LENGTHS) {
		memcpy(length->text, start, LENGTH_TEXT);
		length->len = (uint8_t)(o->p - start);
	}
}

static void out_address(struct rem_out *o, const struct frame *f, const struct rem_part *layer,
			unsigned index)
{
	struct rem_row row;

	if (layer != NULL && rem_row_at(&f->b, layer, index, &row))
		address_out(o, f, &row);
}

/* Both addresses, each in its column. */
static void out_pair(struct columns *c, struct rem_out *o, const struct frame *f,
		     const struct rem_part *layer)
{
	const struct rem_proto *proto = layer == NULL ? NULL : rem_part_proto(layer);
	const char *start = o->p;

	out_address(o, f, layer, proto == NULL ? 0 : proto->source);
	left(o, start, &c->source);
	start = o->p;
	out_address(o, f, layer, proto == NULL ? 0 : proto->destination);
	left(o, start, &c->destination);
}

static uint64_t place_of(const struct columns *c, const struct rem_part *layer)
{
	return layer->proto | (uint64_t)c->source << 16 | (uint64_t)c->destination << 40;
}

static bool take_pair(const struct columns *c, const struct frame *f, const struct rem_part *layer,
		      struct pair_key *k)
{
	const struct run run = c->run[layer->proto];
	const uint8_t *p = rem_part_bytes(&f->b, layer) + run.from;

	if (run.bytes == 0 || layer->table != 0 || run.from + run.bytes > layer->len)
		return false;
	k->place = place_of(c, layer);
	memcpy(&k->bytes[0], p, 8);
	memcpy(&k->bytes[1], p + run.bytes - 8, 8);
	k->bytes[2] = k->bytes[3] = 0;
	if (run.bytes > 16) {
		memcpy(&k->bytes[2], p + 8, 8);
		memcpy(&k->bytes[3], p + run.bytes - 16, 8);
	}
	return true;
}

static struct pair *pair_at(struct columns *c, const struct pair_key *k)
{
	const uint64_t golden = 0x9e3779b97f4a7c15, *b = k->bytes;

	return &c->pair[((b[0] ^ b[2]) * golden + (b[1] ^ b[3])) * golden >> (64 - PAIR_BITS)];
}

static bool is_pair(const struct pair *pair, const struct pair_key *k)
{
	const uint64_t *a = pair->key.bytes, *b = k->bytes;

	return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3] &&
	       pair->key.place == k->place && pair->len != 0;
}

static void out_addresses(struct columns *c, struct rem_out *o, const struct frame *f,
			  const struct rem_part *layer)
{
	struct pair_key key;

	if (layer == NULL || !take_pair(c, f, layer, &key)) {
		out_pair(c, o, f, layer);
		return;
	}
	struct pair *pair = pair_at(c, &key);
	if (is_pair(pair, &key)) {
		memcpy(o->p, pair->text, PAIR_TEXT);
		o->p += pair->len;
		return;
	}
	const char *start = o->p;
	out_pair(c, o, f, layer);
	const size_t n = (size_t)(o->p - start);
	if (n > PAIR_TEXT)
		return;
	pair->key = key;
	pair->key.place = place_of(c, layer); /* the columns may have grown */
	pair->len = (uint32_t)n;
	memcpy(pair->text, start, PAIR_TEXT);
}

static void out_protocol(struct columns *c, struct rem_out *o, const struct rem_part *layer,
			 const struct print_options *options)
{
	const unsigned proto = layer == NULL ? REM_P_DATA : layer->proto;
	struct name *name = &c->name[proto];

	if (name->len != 0) {
		memcpy(o->p, name->text, NAME_TEXT);
		o->p += name->len;
		return;
	}
	char *start = o->p;
	colour(o, options, COLOUR_NAME);
	const char *word = o->p;
	rem_out_str(o, rem_protos[proto]->name);
	const size_t width = c->protocol;
	left(o, word, &c->protocol);
	if (c->protocol > width)
		memset(c->name, 0, sizeof(c->name));
	colour(o, options, COLOUR_OFF);
	const size_t n = (size_t)(o->p - start);
	if (n > NAME_TEXT)
		return;
	name->len = n;
	memcpy(name->text, start, NAME_TEXT);
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
	struct rem_out room = {o->p, o->p + LINE_ROOM - 1, false};
	struct columns *c = p->data;
	const struct subjects subjects = subjects_of(&f->b, true);

	out_number(c, &room, f->packet->number);
	out_time(c, &room, f, p->options->time);
	rem_out_str(&room, "  ");
	out_addresses(c, &room, f, subjects.addresses);
	out_protocol(c, &room, subjects.protocol, p->options);
	out_length(c, &room, f->packet->len);
	if (subjects.wrong != NULL)
		out_wrong(&room, subjects.wrong, p->options);
	rem_out_info(&room, &f->b);
	room.end++;
	room.full = false;
	rem_out_char(&room, '\n');
	o->p = room.p;
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
