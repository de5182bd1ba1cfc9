/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writing text into a bounded buffer without stdio. What does not fit is dropped and remembered in
 * `full`; nothing is ever written behind `end`, nothing but zeros between `p` and there, and no
 * terminating NUL is added.
 */
#ifndef REMORA_TEXT_H
#define REMORA_TEXT_H

#include <remora/breakdown.h>

struct rem_out {
	char *p; /* the next byte to write */
	char *end;
	bool full;
};

REM_INLINE size_t rem_out_room(const struct rem_out *o)
{
	return (size_t)(o->end - o->p);
}

REM_INLINE void rem_out_char(struct rem_out *o, char c)
{
	if (o->p < o->end)
		*o->p++ = c;
	else
		o->full = true;
}

void rem_out_mem(struct rem_out *o, const char *p, size_t n);
void rem_out_string(struct rem_out *o, const char *s);

/* Words that the compiler knows go out in a few stores, unless a call is what is wanted: smaller. */
REM_INLINE void rem_out_str(struct rem_out *o, const char *s)
{
#ifndef __OPTIMIZE_SIZE__
	if (__builtin_constant_p(__builtin_strlen(s)) && __builtin_strlen(s) <= rem_out_room(o)) {
		__builtin_memcpy(o->p, s, __builtin_strlen(s));
		o->p += __builtin_strlen(s);
		return;
	}
#endif
	rem_out_string(o, s);
}

/* n spaces. */
void rem_out_blank(struct rem_out *o, size_t n);
/* Spaces until `from` is `width` columns (bytes) back; at least one. */
void rem_out_pad(struct rem_out *o, const char *from, size_t width);

void rem_out_uint(struct rem_out *o, uint64_t v);
/* The same with spaces in front, `width` columns together, or more if it needs them. */
void rem_out_uint_right(struct rem_out *o, uint64_t v, unsigned width);
/* The last digits of v, `digits` of them (1 to 8), zeros too; v below 10^8. */
void rem_out_digits(struct rem_out *o, uint32_t v, unsigned digits);
void rem_out_int(struct rem_out *o, int64_t v);
/* Lower-case hexadecimal with leading zeros, `digits` of them (1 to 16), no 0x. */
void rem_out_hex(struct rem_out *o, uint64_t v, unsigned digits);
void rem_out_ipv4(struct rem_out *o, uint32_t address);
void rem_out_ipv6(struct rem_out *o, const uint8_t *p); /* RFC 5952 */
/* Bytes in hexadecimal with `between` between them, 0 for none. */
void rem_out_bytes(struct rem_out *o, const uint8_t *p, size_t n, char between);
/* "2026-01-01T00:59:59.132061Z"; digits of the fraction 0 to 9. */
void rem_out_time(struct rem_out *o, int64_t s, int32_t ns, unsigned digits);
/* Seconds with a fraction of `digits` digits; s and ns of one sign. */
void rem_out_seconds(struct rem_out *o, int64_t s, int32_t ns, unsigned digits);

/*
 * Packet text: the one way by which it leaves. Printable ASCII and well-formed UTF-8 pass, but no
 * control (C0, C1, DEL), no bidirectional or invisible format character, no surrogate: these and
 * backslashes are escaped as \n \t \\ \x1b, bytes that are not UTF-8 as \xff.
 */
void rem_out_text(struct rem_out *o, const uint8_t *p, size_t n);

/* A domain name as text, escaped; see rem_name_text(), whose error is returned. */
int rem_out_name(struct rem_out *o, struct rem_span name, struct rem_span message);

/* A value as its key's own text, as Wireshark would show it: numbers in the row's base, addresses,
 * names, times, bytes with colons. No unit, no meaning. */
void rem_out_value(struct rem_out *o, const struct rem_field *f, uint32_t bits,
		   const struct rem_value *v);

/* What the value means, if the row knows: the value's name, or the value and its unit where it is
 * not simply the bits, or the flags that are set in a container. Nothing if there is nothing to
 * add. */
void rem_out_meaning(struct rem_out *o, const struct rem_row *row, const struct rem_value *v);

/* The info text of a breakdown: of the deepest layer, not quoted, that has a line. */
void rem_out_info(struct rem_out *o, const struct rem_breakdown *b);

#endif
