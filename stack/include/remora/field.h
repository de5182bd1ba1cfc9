/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of a protocol: what its bits are called and what they mean. A row is const data; every
 * view (tree, JSON, filter, breakdown line, Wireshark) is a loop over rows.
 */
#ifndef REMORA_FIELD_H
#define REMORA_FIELD_H

#include <remora/bits.h>
#include <remora/config.h>

struct rem_breakdown;
struct rem_part;
struct rem_value;
struct rem_row;

/* What a row's value is. A key has one type wherever it occurs. */
enum rem_type {
	REM_T_NONE,             /* a heading or a mark: bytes, no value */
	REM_T_UINT,
	REM_T_INT,              /* two's complement */
	REM_T_BOOL,
	REM_T_IPV4,
	REM_T_IPV6,
	REM_T_MAC,
	REM_T_EUI64,
	REM_T_BYTES,
	REM_T_TEXT,             /* octets that the protocol calls text; escaped when shown */
	REM_T_NAME,             /* a domain name, RFC 1035 4.1.4; pointers are followed when shown */
	REM_T_TIME,             /* absolute: Unix seconds if 32 bits wide, else calc makes it */
	REM_T_SPAN,             /* a length of time: seconds x scale, else calc makes it */
	REM_T_FIXED,            /* fixed point: calc makes it */
	REM_T_TYPES
};

/* How a value is written. */
enum rem_show {
	REM_DEC, REM_HEX, REM_OCT, REM_BIN, REM_CHAR,
	REM_BARE,               /* hexadecimal digits alone */
	REM_LETTERS,            /* the letter of `unit` for each bit that is set, else a dot */
	REM_WORD,               /* the value's name; without one `unit` and the number */
	REM_DOT,                /* a domain name as it is here, with a dot for the root at its end */
	REM_BASE32,             /* bytes as RFC 4648 7 writes them, in lower case */
	REM_URL,                /* a NAME that is no domain's: "http://", message, name; see there */
};

/* What a row is about: the breakdown line picks rows by class. */
enum rem_class {
	REM_C_NONE,
	REM_C_VERSION,
	REM_C_SIZE,
	REM_C_FLAGS,
	REM_C_ID,
	REM_C_CHECKSUM,
	REM_C_TYPE,
	REM_C_PROTO,
	REM_C_OP,
	REM_C_SOURCE,
	REM_C_DESTINATION,
	REM_C_ADDRESS,
	REM_C_PORT,
	REM_C_SEQUENCE,
	REM_C_TIME,
	REM_C_COUNT,
	REM_C_TEXT,
	REM_C_OPTION,
	REM_C_PAYLOAD,
	REM_C_RESERVED,
	REM_C_CLASSES
};

const char *rem_class_name(enum rem_class c);   /* "source", "flags", … */

enum rem_field_flag {
	REM_F_CONTAINER = 1,    /* a word; the rows behind it that lie within its bits are its parts */
	REM_F_ALIAS = 2,        /* a second key on the bits of another row (ip.addr); not shown */
	REM_F_HIDDEN = 4,       /* can be filtered on, is not shown */
	REM_F_LEGACY = 8,       /* rarely means anything today: the breakdown line leaves it out */
	REM_F_LABEL = 16,       /* its meaning (or value) completes the title of its part */
	REM_F_DERIVED = 32,     /* computed; the bits are only where the answer belongs */
	REM_F_NAMED = 64,       /* the breakdown line calls it by its name, not by its class */
	REM_F_FLAG = 128,       /* a one-bit flag: its container's meaning lists it when it is set */
	REM_F_AS_TEXT = 256,    /* its value is the text of the address (ip.host) */
	REM_F_EMPTY = 512,      /* to the end of the part, and there even if that is no byte */
	REM_F_CALLED = 2048,    /* the packet says what it is called: the part's REM_F_LABEL row */
	REM_F_SPELT = 1024,     /* the bits spell the number (digits): as a number they mean nothing */
};

/* A value's name: 80 is "http". */
struct rem_name {
	uint32_t value;
	const char *text;
};

/* Names sorted by value. */
struct rem_names {
	const struct rem_name *name;
	uint32_t n;
};

/* The text for a value, NULL if it has none, or if there are no names. */
const char *rem_name_of(const struct rem_names *names, uint64_t value);

/*
 * Computes a row's value. On entry v holds what the bits say (raw, or scaled), on return the
 * value. Pure, and run only when a view asks. False: there is no value here, the row is left out.
 */
typedef bool rem_calc(const struct rem_breakdown *b, const struct rem_row *row,
		      struct rem_value *v);

struct rem_field {
	uint32_t bits;                  /* handle; width 0: to the end of the part */
	uint8_t type;                   /* enum rem_type */
	uint8_t show;                   /* enum rem_show */
	uint8_t class;                  /* enum rem_class */
	uint8_t name_len;               /* bytes of name, and of key: they fill a gap */
	uint16_t flags;                 /* enum rem_field_flag */
	uint16_t scale;                 /* value = bits x scale + plus; 0 means 1 */
	int16_t plus;
	uint8_t key_len;
	rem_calc *calc;
#ifndef REM_NO_NAMES
	const char *key;                /* Wireshark's filter name, NULL if there is no such value */
	const char *name;               /* what a person calls it */
	const char *unit;               /* behind the number: "bytes" */
	const struct rem_names *names;
	const char *ref;                /* the section that defines it: "RFC 791 3.1" */
	const char *about;              /* one sentence: what it says or does */
#endif
};

/* clang-format off */
/*
 * REM_FIELD(bits, key, name, TYPE, SHOW, CLASS, ref, about, .scale = 4, REM_NAMED(.unit = "bytes"))
 * Initialisers that a build without names leaves out stand in REM_NAMED(…).
 * REM_NAMES(id, {1, "one"}, {2, "two"}) defines the names of a row's values, REM_NAME_OF(id, value)
 * looks one up for a line.
 */
#ifndef REM_NO_NAMES
#define REM_FIELD(bits_, key_, name_, type_, show_, class_, ref_, about_, ...) \
	{ .bits = (uint32_t)(bits_), .type = REM_T_##type_, .show = REM_##show_, \
	  .class = REM_C_##class_, .key = key_, .name = name_, .ref = ref_, .about = about_, \
	  .name_len = sizeof(name_) - 1, .key_len = sizeof(key_) - 1, __VA_ARGS__ }
#define REM_NAMED(...) __VA_ARGS__
#define REM_NAMES(id, ...) \
	static const struct rem_name id##_name[] = { __VA_ARGS__ }; \
	static const struct rem_names id = { id##_name, sizeof(id##_name) / sizeof(id##_name[0]) }
#define REM_NAME_OF(id, value) rem_name_of(&(id), value)
#else
#define REM_FIELD(bits_, key_, name_, type_, show_, class_, ref_, about_, ...) \
	{ .bits = (uint32_t)(bits_), .type = REM_T_##type_, .show = REM_##show_, \
	  .class = REM_C_##class_, __VA_ARGS__ }
#define REM_NAMED(...)
#define REM_NAMES(id, ...) static const struct rem_names id __attribute__((unused)) = {NULL, 0}
#define REM_NAME_OF(id, value) ((void)(value), (const char *)0)
#endif
/* clang-format on */

enum rem_table_flag {
	REM_TABLE_ONCE = 1,     /* at most one part of this table in a layer: no array in JSON */
};

/*
 * Rows that stand together. A table with a stride repeats every `stride` bits while it fits into
 * its part. A row is there when its bits are within the part: a cut header shows what is left.
 */
struct rem_table {
	const struct rem_field *row;
	uint16_t rows;
	uint16_t stride;                /* bits; 0: the table stands once */
	uint8_t flags;                  /* enum rem_table_flag */
#ifndef REM_NO_NAMES
	const char *title;              /* heads the rows of a part below the header; NULL: the part
					 * goes on with what stands before it */
#endif
};

/* clang-format off */
#ifndef REM_NO_NAMES
#define REM_TABLE(title_, rows_, ...) \
	{ .row = rows_, .rows = sizeof(rows_) / sizeof((rows_)[0]), .title = title_, __VA_ARGS__ }
#else
#define REM_TABLE(title_, rows_, ...) \
	{ .row = rows_, .rows = sizeof(rows_) / sizeof((rows_)[0]), __VA_ARGS__ }
#endif
/* clang-format on */

/* The nanoseconds of a TIME that is not set. Its seconds say when its clock began. */
#define REM_NO_TIME (-1)

/*
 * Joins the message of a name, which comes in pieces, into room for REM_MAX_JOINED bytes; returns how
 * many there are, and in `at` where the name begins.
 */
typedef uint32_t rem_join(const struct rem_value *v, uint8_t *to, uint32_t *at);

/* A value, without a copy: bytes, text and names borrow from the packet. */
struct rem_value {
	enum rem_type type;
	union {
		uint64_t u;             /* UINT, BOOL, IPV4 (host order), MAC and EUI64 */
		int64_t i;              /* INT */
		struct rem_span bytes;  /* BYTES, TEXT, NONE, IPV6 (16 bytes; fewer: a prefix) */
		struct {                /* NAME: as written, and the message its pointers point into */
			struct rem_span name;    /* of a REM_URL the target … */
			struct rem_span message; /* … and the host; NULL: the target alone */
			rem_join *join;          /* NULL: the message is in one piece */
		};
		struct {                /* TIME (since 1970-01-01 UTC, 0 <= ns), SPAN (one sign) */
			int64_t s;
			int32_t ns;
		};
		struct {                /* FIXED: number / 2^point */
			int64_t number;
			uint8_t point;
		};
	};
};

#endif
