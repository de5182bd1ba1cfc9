/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The digits of numbers. Where speed counts, two tables have the text of each byte, and numbers are halved instead of divided
 * digit by digit; where size does, that is the other way round.
 */
#ifndef CORE_DIGITS_H
#define CORE_DIGITS_H

#include "core/decode.h"
#include <remora/text.h>

enum { MOST_EIGHT = 100000000 }; /* the first number that has nine digits */

/* The digit of 0 to 15. */
#define NIBBLE(n) ((n) < 10 ? '0' + (n) : 'a' - 10 + (n))

REM_INLINE char hex_digit(unsigned v)
{
	return (char)NIBBLE(v);
}

/* Bytes of a word, the lowest first. */
REM_INLINE void put_word(char *p, uint64_t x)
{
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
	x = __builtin_bswap64(x);
#endif
	rem_copy(p, &x, sizeof(x));
}

/*
 * Where up to `most` bytes can be put: the output itself or, close to its end, a corner from which put_finish() takes as many
 * as fit. What is put between the two neither asks for room nor waits for where the output ends.
 */
REM_INLINE char *put_begin(struct rem_out *o, char *corner, size_t most)
{
	return rem_out_room(o) >= most ? o->p : corner;
}

REM_INLINE void put_finish(struct rem_out *o, const char *from, char *end)
{
	if (from == o->p)
		o->p = end;
	else
		rem_out_mem(o, from, (size_t)(end - from));
}

REM_INLINE char *put_words(char *p, const char *s)
{
	rem_copy(p, s, __builtin_strlen(s));
	return p + __builtin_strlen(s);
}

#ifdef __OPTIMIZE_SIZE__

/* Both digits of a byte, the first in the lower byte. */
REM_INLINE uint32_t hex_word(unsigned v)
{
	return (uint32_t)NIBBLE(v >> 4) | (uint32_t)NIBBLE(v & 15) << 8;
}

REM_INLINE char *put_hex(char *p, unsigned v)
{
	p[0] = hex_digit(v >> 4);
	p[1] = hex_digit(v & 15);
	return p + 2;
}

/* The last n digits of v. */
static inline char *put_digits(char *p, uint64_t v, unsigned n)
{
	for (char *at = p + n; at > p; v /= 10)
		*--at = (char)('0' + v % 10);
	return p + n;
}

static inline char *put_decimal(char *p, uint64_t v)
{
	unsigned n = 1;

	for (uint64_t rest = v / 10; rest > 0; rest /= 10)
		n++;
	return put_digits(p, v, n);
}

/* Up to 255. */
REM_INLINE char *put_octet(char *p, unsigned v)
{
	return put_decimal(p, v);
}

/* A number below 10^8 behind spaces, `width` columns together, at most eight. */
static inline char *put_right(char *p, uint32_t v, unsigned width)
{
	char digits[8];
	const unsigned n = (unsigned)(put_decimal(digits, v) - digits);

	for (unsigned i = n; i < width; i++)
		*p++ = ' ';
	return put_digits(p, v, n);
}

#else

/* clang-format off */
#define TIMES_4(ONE, n)  ONE(n), ONE((n) + 1), ONE((n) + 2), ONE((n) + 3)
#define TIMES_16(ONE, n) TIMES_4(ONE, n), TIMES_4(ONE, (n) + 4), TIMES_4(ONE, (n) + 8), TIMES_4(ONE, (n) + 12)
#define TIMES_64(ONE, n) TIMES_16(ONE, n), TIMES_16(ONE, (n) + 16), TIMES_16(ONE, (n) + 32), TIMES_16(ONE, (n) + 48)
#define TIMES_256(ONE)   TIMES_64(ONE, 0), TIMES_64(ONE, 64), TIMES_64(ONE, 128), TIMES_64(ONE, 192)

/* "0" to "255", with zeros behind. */
#define OCTET(n) { \
	'0' + ((n) < 10 ? (n) : (n) < 100 ? (n) / 10 : (n) / 100), \
	(n) < 10 ? 0 : '0' + ((n) < 100 ? (n) % 10 : (n) / 10 % 10), \
	(n) < 100 ? 0 : '0' + (n) % 10}
static const char octets[][4] = {TIMES_256(OCTET)};

/* "00" to "ff". */
#define HEX(n) {NIBBLE((n) >> 4), NIBBLE((n) & 15)}
static const char hex[][2] = {TIMES_256(HEX)};
/* clang-format on */

/* Both digits of a byte, the first in the lower byte. */
REM_INLINE uint32_t hex_word(unsigned v)
{
	return (uint8_t)hex[v][0] | (uint32_t)(uint8_t)hex[v][1] << 8;
}

REM_INLINE char *put_hex(char *p, unsigned v)
{
	rem_copy(p, hex[v], 2);
	return p + 2;
}

/* Up to 255; zeros behind it are written too. */
REM_INLINE char *put_octet(char *p, unsigned v)
{
	rem_copy(p, octets[v], sizeof(octets[v]));
	return p + 1 + (v > 9) + (v > 99);
}

#define ASCII  0x3030303030303030 /* makes digits of eight numbers below ten */
#define SPACES 0x2020202020202020

/*
 * The eight digits of a number below 10^8, the first in the lowest byte: it is halved into two
 * numbers of four digits, these both at once into four of two, and these into eight.
 */
REM_INLINE uint64_t eight_digits(uint32_t v)
{
	uint64_t x = v / 10000 | (uint64_t)(v % 10000) << 32;
	const uint64_t hundreds = x * 10486 >> 20 & 0x0000007f0000007f;

	x = hundreds | (x - hundreds * 100) << 16;
	const uint64_t tens = x * 103 >> 10 & 0x000f000f000f000f;
	return tens | (x - tens * 10) << 8;
}

/* The last n digits of v, 1 to 8 of them; zeros behind them are written too. */
REM_INLINE char *put_digits(char *p, uint32_t v, unsigned n)
{
	put_word(p, (eight_digits(v) | ASCII) >> 8 * (8 - n));
	return p + n;
}

/* clang-format off */
#define DIGITS(n)       ((uint64_t)(n) << 32)
#define DIGITS_TO(n, power) (DIGITS(n) - (power))   /* one less below the power of ten */

/* By the highest bit of a number below 10^8: what makes the upper half of the sum with it say how many digits it has. */
static const uint64_t digits_of[] = {
	DIGITS(1), DIGITS(1), DIGITS(1), DIGITS_TO(2, 10),
	DIGITS(2), DIGITS(2), DIGITS_TO(3, 100),
	DIGITS(3), DIGITS(3), DIGITS_TO(4, 1000),
	DIGITS(4), DIGITS(4), DIGITS(4), DIGITS_TO(5, 10000),
	DIGITS(5), DIGITS(5), DIGITS_TO(6, 100000),
	DIGITS(6), DIGITS(6), DIGITS_TO(7, 1000000),
	DIGITS(7), DIGITS(7), DIGITS(7), DIGITS_TO(8, 10000000),
	DIGITS(8), DIGITS(8), DIGITS(8),
};
/* clang-format on */

/* (Not by the digits themselves: the text behind a number waits to know where it begins.) */
REM_INLINE unsigned count_digits(uint32_t v)
{
	return (unsigned)((v + digits_of[31 - __builtin_clz(v | 1)]) >> 32);
}

/* A number below 10^8; zeros behind it are written too. */
REM_INLINE char *put_short(char *p, uint32_t v)
{
	const unsigned n = count_digits(v);

	put_word(p, (eight_digits(v) | ASCII) >> 8 * (8 - n));
	return p + n;
}

/* The same behind spaces, `width` columns together, at most eight. */
REM_INLINE char *put_right(char *p, uint32_t v, unsigned width)
{
	const unsigned n = count_digits(v), spaces = n < width ? width - n : 0;
	uint64_t text = (eight_digits(v) | ASCII) >> 8 * (8 - n);

	if (spaces > 0)
		text = text << 8 * spaces | SPACES >> 8 * (8 - spaces);
	put_word(p, text);
	return p + n + spaces;
}

REM_APART char *put_long(char *p, uint64_t v)
{
	const uint64_t high = v / MOST_EIGHT;

	if (high < REM_COUNT(octets)) {
		p = put_octet(p, (unsigned)high);
	} else if (high < MOST_EIGHT) {
		p = put_short(p, (uint32_t)high);
	} else {
		p = put_short(p, (uint32_t)(high / MOST_EIGHT));
		p = put_digits(p, (uint32_t)(high % MOST_EIGHT), 8);
	}
	return put_digits(p, (uint32_t)(v % MOST_EIGHT), 8);
}

REM_INLINE char *put_decimal(char *p, uint64_t v)
{
	return v < MOST_EIGHT ? put_short(p, (uint32_t)v) : put_long(p, v);
}

#endif

#endif
