/* SPDX-License-Identifier: BSD-3-Clause */
/* A compiled display filter: a tree of tests over operands. */
#ifndef FILTER_AST_H
#define FILTER_AST_H

#include "filter/filter.h"
#include "filter/lexer.h"
#include "filter/regex.h"
#include "keys.h"
#include "out/print.h"

enum node_kind {
	/* Tests. */
	NODE_OR,
	NODE_XOR,
	NODE_AND,
	NODE_NOT,
	NODE_EXISTS,
	NODE_COMPARE,
	NODE_CONTAINS,
	NODE_MATCHES,
	NODE_IN,
	NODE_NEVER, /* it asks for a field that nobody knows */
	/* Operands: each yields values, as many as the frame has. */
	NODE_FIELD,
	NODE_PROTO,
	NODE_COLUMN,
	NODE_LITERAL,
	NODE_SLICE,
	NODE_FUNCTION,
	NODE_ARITHMETIC,
};

/* What an operand's values are like, for comparing. */
enum value_class {
	CLASS_NONE,   /* marks: they exist or not */
	CLASS_NUMBER, /* unsigned, signed, boolean */
	CLASS_REAL,   /* fractions */
	CLASS_TIME,   /* moments and spans */
	CLASS_IPV4,
	CLASS_BYTES,   /* bytes, IPv6, MAC, EUI-64, protocols */
	CLASS_TEXT,    /* text, names, addresses as text */
	CLASS_UNKNOWN, /* a literal that has not met its other side */
};

/* A value that an operand yields. Bytes and text borrow from the frame or the filter's scratch. */
struct filter_value {
	enum value_class class;
	bool negative;  /* a number below 0: `u` holds it as int64_t */
	uint8_t prefix; /* IPV4, BYTES of an IPv6 literal: bits that count, else 0 */
	union {
		uint64_t u;
		double real;
		struct {
			const uint8_t *p;
			size_t n;
		};
		struct {
			int64_t s;
			int32_t ns;
		};
	};
};

/* [from:length] as written: from may count from the end, length may be open. */
struct slice {
	long from, to; /* to: the last byte, if !open and !by_length */
	long length;
	bool by_length, open;
};

enum function {
	FUNCTION_LEN,
	FUNCTION_COUNT,
	FUNCTION_LOWER,
	FUNCTION_UPPER,
	FUNCTION_STRING,
	FUNCTION_MAX, /* from here on values are of the argument's type */
	FUNCTION_MIN,
	FUNCTION_ABS,
	FUNCTIONS
};

/* An element of a set: one value, or all between two. */
struct set_element {
	struct node *from, *to;
};

struct node {
	enum node_kind kind;
	enum value_class class; /* of an operand's values */
	enum token_kind op;     /* COMPARE, ARITHMETIC */
	unsigned start, end;    /* where it stands in the expression */
	struct node *a, *b;
	bool searched;  /* PROTO: by contains or matches */
	bool all;       /* COMPARE, CONTAINS, MATCHES, IN: of all values, not of any */
	const struct key *key; /* FIELD */
	struct rem_set protos; /* FIELD: where its rows are; PROTO: all that are called so */
	int proto;             /* PROTO: the first of them */
	int column;            /* COLUMN */
	GArray *layers;        /* FIELD, PROTO: struct slice, `#2`; NULL: all */
	GArray *slices;        /* SLICE: struct slice */
	GArray *set;           /* IN: struct set_element */
	enum function function;
	GPtrArray *arguments;        /* FUNCTION */
	struct filter_value literal; /* LITERAL, once it is resolved */
	char *text;                  /* LITERAL: as written, or the string's contents */
	size_t text_n;
	bool quoted, character; /* "…", '…' */
	uint8_t *owned; /* bytes that literal.p points to */
	struct regex *regex; /* MATCHES */
};

struct node *node_new(enum node_kind kind, unsigned start, unsigned end);
void node_free(struct node *n);

struct filter {
	struct node *root;
	struct rem_want want;
	bool everything; /* no limit to how far a frame is taken apart */
	bool described;  /* it asks for frame.* */
	char *scratch;   /* texts made while matching */
	size_t scratch_used;
	GArray *values; /* struct filter_value: a stack */
	struct print_options columns;
};

enum { SCRATCH = 1 << 18 };

/* Where and why compiling failed. */
struct filter_error {
	unsigned start, end;
	char *message;
	bool unknown;   /* it is that nobody knows the field */
	bool tolerated; /* tests of such fields fail, the expression does not */
};

/* Sets *e, if it is not set yet; the message is printf's. */
void filter_fail(struct filter_error *e, unsigned start, unsigned end, const char *format, ...)
	G_GNUC_PRINTF(4, 5);

/* filter.c: nothing but blanks. */
bool filter_is_blank(const char *expression);
/* filter.c: the tree, types resolved; NULL: *e says why there is none, its message to be freed. */
struct node *filter_tree(const char *expression, struct filter_error *e);
/* parse.c: the tree, types unresolved; NULL on error. */
struct node *filter_parse(const char *expression, struct filter_error *e);
/* slices.c: struct slice of each in "[…]"; *end is behind it, or where it goes wrong (NULL). */
GArray *slices_read(const char *text, const char **end);
/* Is all of the text up to `end` a number? */
bool slice_is_number(const char *text, const char *end, long *v);
/* check.c: gives literals the type of their other side; false on error. */
bool filter_check(struct node *n, struct filter_error *e);
/* literal.c: reads a literal as a value like those of another operand, for a field by its key. */
bool literal_resolve(struct node *literal, const struct node *beside, struct filter_error *e);
/* literal_bytes.c: "00:1f:f3" and its like, into literal->owned. */
bool literal_read_bytes(struct node *literal);
/* literal_time.c: seconds if it stands without quotes, moments (for a key that is one). */
bool literal_read_time(struct node *literal, const struct key *key);
/* spellings.c: names of a key's values besides those of its rows, up to one without text; or NULL. */
const struct rem_name *spellings_of(const struct key *key);
/* literal.c: the names of a key's values that are like a misspelt one; NULL if none is. */
char *literal_names_like(const struct key *key, const char *name);
/* compare.c: -1, 0, 1 like memcmp; a literal with a prefix equals all that begins with it. */
int value_compare(const struct filter_value *a, const struct filter_value *b);
/* layer_size.c: bytes of the layer that part `layer` opens, as they are compared or searched. */
size_t layer_size(const struct rem_breakdown *b, unsigned layer, bool searched);
/* operand.c: pushes the operand's values on f->values; returns how many. */
unsigned operand_values(struct filter *f, struct frame *frame, const struct node *n);

#endif
