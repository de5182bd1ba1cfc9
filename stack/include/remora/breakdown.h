/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Taking a frame apart. decode walks from layer to layer and leaves parts in the caller's array;
 * views (tree, JSON, filter, line …) walk the parts and their rows. Nothing is copied or
 * allocated: parts, rows and values borrow from the frame.
 */
#ifndef REMORA_BREAKDOWN_H
#define REMORA_BREAKDOWN_H

#include <remora/field.h>
#include <remora/proto.h>
#include <remora/sum.h>

/* What a part is besides its rows. */
enum rem_part_flag {
	REM_PART_QUOTED = 1,  /* inside a datagram that an ICMP message quotes */
	REM_PART_TRAILER = 2, /* behind the payload of its layer */
	REM_PART_DERIVED = 4, /* of bytes that someone above made, not of the frame */
};

#define REM_NO_ROW 0xff

/*
 * Rows row..row+rows-1 of a table of a protocol, laid over `len` bytes from `off` of a source.
 * A header of fixed fields is one part, a variable field a part of one row, an option a part of
 * its own. len counts bytes that are here; rows that do not fit into it are not there.
 */
struct rem_part {
	uint32_t off;    /* bytes into the source */
	uint32_t len;    /* bytes */
	uint32_t extent; /* bytes on the wire from the start of its layer to the end of what the
			  * layer stands in, or REM_UNKNOWN */
	uint16_t layer;  /* index of the part that opened this layer (its own, if it did) */
	uint8_t spare;
	uint8_t proto;   /* enum rem_proto_id */
	uint8_t table;   /* index into the protocol's tables */
	uint8_t row;     /* first row */
	uint8_t rows;
	uint8_t depth;   /* 0 for what stands directly in its layer, 1 below that, … */
	union {
		struct {
			uint8_t source;  /* 0: the frame */
			uint8_t flags;   /* enum rem_part_flag */
			int8_t err;      /* enum rem_err */
			uint8_t err_row; /* the row of the table that lies, or REM_NO_ROW */
		};
		uint32_t standing; /* all four, which most parts have in common */
	};
};

/* Bytes that parts are laid over. Source 0 is the frame, the others somebody above made. */
#define REM_SOURCES 4

/* A set of protocols. */
struct rem_set {
	uint64_t bits[(REM_P_COUNT + 63) / 64];
};

REM_INLINE unsigned rem_set_word(unsigned proto)
{
	return REM_P_COUNT <= 64 ? 0 : proto / 64;
}

REM_INLINE void rem_set_add(struct rem_set *s, unsigned proto)
{
	s->bits[rem_set_word(proto)] |= (uint64_t)1 << proto % 64;
}

REM_INLINE bool rem_set_has(const struct rem_set *s, unsigned proto)
{
	return (s->bits[rem_set_word(proto)] >> proto % 64 & 1) != 0;
}

/* What the walk does when it meets a protocol. */
enum rem_look {
	REM_LOOK_AT_HEADER = 0, /* goes on through its header */
	REM_LOOK_CLOSELY = 1,   /* pushes what varies, too: options, records, header lines */
	REM_LOOK_AWAY = 2,      /* ends there */
};

/*
 * How far to look: decode goes only where a protocol of `proto` may still come, and pushes what
 * varies only for protocols in `detail`. Both are set by the caller, then rem_want_settle().
 */
struct rem_want {
	struct rem_set proto;
	struct rem_set detail;
	uint8_t look[REM_P_COUNT]; /* enum rem_look */
};

/* Works out `look`, from who can come below whom. To be done again after rem_index_bind(). */
void rem_want_settle(struct rem_want *want, const struct rem_index *x);

/* Where a decoder sends the walk next; for decoders and the walk alone. */
struct rem_next {
	struct rem_view view;
	uint32_t key[2]; /* of the index, as rem_slot_key() makes them; the first 0: nowhere */
};

/* Bytes left over, to be given to a layer with a trailer when the walk is over. */
struct rem_leftover {
	struct rem_view view;
	uint16_t layer;
};

struct rem_breakdown {
	/* The caller's: set before the first frame, kept from frame to frame. */
	const struct rem_index *index;
	struct rem_part *part; /* room for `room` parts */
	uint16_t room;
	const struct rem_want *want; /* settled; NULL: everything */
	int64_t time_ns; /* when the next frame was captured, since 1970; 0: nobody knows. Only by
			  * it a ping that carries a timestamp is told from one that does not. */
	struct rem_quic_known
		*quic; /* for rows of the frame, its layer set to NULL with each; NULL: none */

	/* What came out. */
	uint16_t parts;
	uint16_t trailers; /* index of the first part behind the layers: trailers, derived layers */
	bool full;         /* there was more than `room` parts can say */
	uint8_t sources;
	struct rem_view source[REM_SOURCES];

	/* The walk's own. What the parts to come have in common. */
	uint32_t extent;
	uint16_t layer;
	uint8_t proto;
	uint8_t depth;
	union {
		struct {
			uint8_t from; /* source */
			uint8_t mark; /* flags */
			int8_t no_err;
			uint8_t no_row;
		};
		uint32_t standing;
	};
	const uint8_t *base;            /* of that source */
	const uint8_t *look;            /* enum rem_look by protocol */
	uint8_t tunnels;
	uint8_t leftovers;
	struct rem_next next;
	struct rem_leftover leftover[4];
	struct rem_part spare; /* what a push into a full array writes to */
};

/*
 * Breaks `frame` down, beginning with protocol `first` (rem_index_find(REM_SPACE_LINKTYPE, …)).
 * Returns the number of parts. Never fails: what cannot be decoded is a data part, what lies
 * carries its error. Linear in the frame's length.
 */
int rem_break_down(struct rem_breakdown *b, unsigned first, struct rem_view frame);

/*
 * Adds another source to a breakdown and lays the rows of a protocol's table over it as a layer of
 * its own (a record that a tracker wrote, a reassembled body). The bytes must outlive the
 * breakdown. REM_LIMIT when there is no room.
 */
int rem_break_derived(struct rem_breakdown *b, unsigned proto, unsigned table, struct rem_view v);

/* Lays another table over n bytes from `off` of the source that was added last, in the same layer. */
void rem_break_derived_more(struct rem_breakdown *b, unsigned table, uint32_t off, uint32_t n);

REM_INLINE const struct rem_proto *rem_part_proto(const struct rem_part *part)
{
	return rem_protos[part->proto];
}

REM_INLINE const struct rem_table *rem_part_table(const struct rem_part *part)
{
	return &rem_protos[part->proto]->table[part->table];
}

/* The part's bytes: part->len of them are here. */
REM_INLINE const uint8_t *rem_part_bytes(const struct rem_breakdown *b, const struct rem_part *part)
{
	return b->source[part->source].p + part->off;
}

REM_INLINE bool rem_part_opens(const struct rem_breakdown *b, const struct rem_part *part)
{
	return &b->part[part->layer] == part;
}

/* The layer a part belongs to: the part that opened it. */
REM_INLINE const struct rem_part *rem_part_layer(const struct rem_breakdown *b,
						 const struct rem_part *part)
{
	return &b->part[part->layer];
}

/* The layer that encloses the layer of a part; NULL for the outermost. */
REM_INLINE const struct rem_part *rem_layer_above(const struct rem_breakdown *b,
						  const struct rem_part *part)
{
	const unsigned layer = part->layer;

	return layer == 0 ? NULL : &b->part[b->part[layer - 1].layer];
}

/* The deepest layer of a frame, from which rem_layer_above() leads to all the others; NULL: there is none. */
REM_INLINE const struct rem_part *rem_layer_last(const struct rem_breakdown *b)
{
	return b->trailers == 0 ? NULL : rem_part_layer(b, &b->part[b->trailers - 1]);
}

/* The nearest enclosing layer of a protocol; NULL if there is none. */
const struct rem_part *rem_layer_find(const struct rem_breakdown *b, const struct rem_part *part,
				      unsigned proto);

/* The checksum of the layer that `part` opened; REM_SUM_NOT_GIVEN where the protocol has none. */
enum rem_sum_status rem_layer_sum(const struct rem_breakdown *b, const struct rem_part *part);

/* How many checksums of the breakdown are bad: all of them are verified. */
unsigned rem_bad_sums(const struct rem_breakdown *b);

/* A walk over the layers, in order, derived ones last: begin with -1, ends with -1. */
int rem_layer_next(const struct rem_breakdown *b, int layer);

/* A walk over the parts of a layer, its trailers last: begin with `layer` itself, ends with -1. */
int rem_layer_part_next(const struct rem_breakdown *b, int layer, int part);

/* One row of a part, or of one of the elements of a table with a stride. */
struct rem_row {
	const struct rem_part *part;
	const struct rem_field *field;
	const uint8_t *base; /* where the bits of its handle are counted from */
	uint32_t bit;        /* absolute: bits from the start of the source */
	uint32_t bits;       /* width */
	uint16_t index;      /* row of the table */
	uint32_t element;    /* of a table with a stride; 0 otherwise */
};

/* A walk over the rows of one part: begin with {0}, or with the flags of rows that are not wanted
 * (enum rem_field_flag), ends with false. Rows that are cut off, and elements that do not fit, do
 * not occur. */
struct rem_row_walk {
	const struct rem_table *table; /* NULL: it has not begun */
	const uint8_t *base;           /* of the element that it is at */
	uint32_t bit;                  /* of that element, from the start of the source */
	uint32_t room;                 /* bits of the part from there on */
	uint32_t element;
	uint16_t next;
	uint16_t skip;
};

bool rem_row_next(const struct rem_breakdown *b, const struct rem_part *part,
		  struct rem_row_walk *walk, struct rem_row *row);

/* Row `index` of the part (of its table, not counted from part->row), element 0. False: not here. */
bool rem_row_at(const struct rem_breakdown *b, const struct rem_part *part, unsigned index,
		struct rem_row *row);

/* The row's bits as an integer, most significant first; rows of at most 64 bits. */
uint64_t rem_row_bits(const struct rem_row *row);

/* The row's bytes, as far as they are whole bytes. */
struct rem_span rem_row_bytes(const struct rem_row *row);

/* The row's value. False: it has none here. */
bool rem_row_value(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v);

/* The row that completes the title of a part, REM_F_LABEL, and its value. False: it has none. */
bool rem_part_label(const struct rem_breakdown *b, const struct rem_part *part, struct rem_row *row,
		    struct rem_value *v);

/* Is one row all that the part shows, and needs no title? Others are second keys, or hidden. */
bool rem_part_is_row(const struct rem_part *part);

/* Does the row stand somewhere? A number that is computed stands where its row says, if it says so;
 * a piece of a text where it is. */
REM_INLINE bool rem_row_placed(const struct rem_row *row)
{
	const struct rem_field *f = row->field;

	return (f->flags & REM_F_DERIVED) == 0 || REM_WIDTH(f->bits) != 0 ||
	       f->type == REM_T_TEXT || f->type == REM_T_NAME;
}

/* Is the row's value a number that is not simply its bits, but scaled or made of them? */
bool rem_row_computed(const struct rem_row *row, const struct rem_value *v);

#endif
