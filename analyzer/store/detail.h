/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tree of a packet as lines that fold: the frame, its layers, their parts, their rows. The lines
 * are those of `remora read -V`, from the same tables and the same words; the text of a line is made
 * when it is looked at.
 *
 * Indices count the lines that are visible: those that no folded line hides.
 */
#ifndef STORE_DETAIL_H
#define STORE_DETAIL_H

#include "store/cursor.h"

struct detail;

enum detail_kind {
	DETAIL_LAYER, /* "IPv4" */
	DETAIL_PART,  /* the title of an option, of a record */
	DETAIL_ROW,   /* a field */
};

struct detail_line {
	uint8_t kind;     /* enum detail_kind */
	uint8_t depth;    /* 0 for layers */
	bool foldable;    /* there are lines below it … */
	bool open;        /* … which are shown */
	bool wrong;       /* it lies, or something below it does while it is folded */
	bool status;      /* the row of a checksum, of which the meaning says whether it matches */
	bool placed;      /* it stands in the bytes of `source` */
	uint8_t source;   /* 0: the packet; others are bytes that somebody above made */
	uint32_t bit, bits; /* from the start of the source; of layers and parts all of them */
	const struct rem_part *part;
	const struct rem_field *field; /* DETAIL_ROW */
	const char *key;  /* for a filter: of the field, the protocol; NULL: it has none */
	const char *ref;  /* "RFC 791 3.1"; NULL: none is given */
	const char *about; /* a sentence on the field; NULL */
};

/* Texts are good until the next call with the same detail. Empty if there is nothing to say. */
struct detail_text {
	const char *place;   /* "14.4": byte and bit */
	const char *width;   /* "4": bits */
	const char *name;
	const char *value;   /* the bits as they stand */
	const char *meaning; /* what they mean, or what is wrong */
};

/* It has a cursor and a frame of its own. */
struct detail *detail_new(struct store *s);
void detail_free(struct detail *d);
/* For frame_decode_as(). */
struct frame *detail_frame(struct detail *d);

/* Takes a row apart. 1; 0: there is no such row, or it is gone; -1: it cannot be read. Lines are none
 * then. What is folded stays so from packet to packet. */
int detail_take(struct detail *d, uint64_t row, const struct since *since);
/* No packet. */
void detail_clear(struct detail *d);
/* The row that was taken; NO_ROW: none. */
uint64_t detail_row(const struct detail *d);
/* Bytes of source 0 are the packet's. {NULL}: there is no such source. */
struct rem_view detail_source(const struct detail *d, unsigned source);

unsigned detail_count(const struct detail *d);
struct detail_line detail_line(const struct detail *d, unsigned i);
void detail_text(struct detail *d, unsigned i, struct detail_text *t);
/* The row of a DETAIL_ROW, of the breakdown of detail_frame(); false for the others. */
bool detail_field(const struct detail *d, unsigned i, struct rem_row *row);

/* Folds or unfolds a line, and all like it in other packets. */
void detail_toggle(struct detail *d, unsigned i);
/* The same with all lines. */
void detail_open_all(struct detail *d, bool open);
/* The line that i is below; i itself for a layer. */
unsigned detail_parent(const struct detail *d, unsigned i);

/*
 * The narrowest row that covers a bit of a source, and as many of the bits behind it as `bits` says,
 * or as many as one does; of bits between rows the layer. Lines that hide it are unfolded.
 * UINT_MAX: there is none.
 */
unsigned detail_find(struct detail *d, unsigned source, uint32_t bit, uint32_t bits);
/* The line of the same field in this packet as line i was in the one before; made for scrolling the
 * list with a field selected: remember detail_mark() of it, and find it again. UINT_MAX: not here. */
uint64_t detail_mark(const struct detail *d, unsigned i);
unsigned detail_find_mark(const struct detail *d, uint64_t mark);

#endif
