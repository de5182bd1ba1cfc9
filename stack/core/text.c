/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers, addresses and times as text, into a bounded buffer. */
#include "core/decode.h"
#include <remora/text.h>

/* The longest texts of a kind. */
enum { MOST_DECIMAL = 28, MOST_HEX = 16, MOST_IPV4 = 18, MOST_IPV6 = 48, MOST_TIME = 56 };

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
#define NIBBLE(n) ((n) < 10 ? '0' + (n) : 'a' - 10 + (n))
#define HEX(n)    {NIBBLE((n) >> 4), NIBBLE((n) & 15)}
static const char hex[][2] = {TIMES_256(HEX)};
/* clang-format on */

/*
 * Where up to `most` bytes can be written: the output itself or, close to its end, a corner from
 * which `finish` takes as many as fit.
 */
REM_INLINE char *begin(struct rem_out *o, char *corner, size_t most)
{
	return rem_out_room(o) >= most ? o->p : corner;
}

REM_INLINE void finish(struct rem_out *o, const char *from, char *end)
{
	if (from == o->p)
		o->p = end;
	else
		rem_out_mem(o, from, (size_t)(end - from));
}

/* Once: where it were a part of its callers, compilers copy a few bytes by "rep movs", which is slow to begin. */
REM_ONCE void rem_out_mem(struct rem_out *o, const char *p, size_t n)
{
	if (n > rem_out_room(o)) {
		n = rem_out_room(o);
		o->full = true;
	}
	if (n > 0)
		rem_copy(o->p, p, n);
	o->p += n;
}

/* Once: where it were a part of its callers, their words would be shorter than what is looked through. */
REM_ONCE void rem_out_string(struct rem_out *o, const char *s)
{
	enum { LONGEST = 4096 };
	const char *end = (const char *)rem_chr(s, 0, LONGEST);

	rem_out_mem(o, s, end == NULL ? LONGEST : (size_t)(end - s));
}

void rem_out_blank(struct rem_out *o, size_t n)
{
	if (n > rem_out_room(o)) {
		n = rem_out_room(o);
		o->full = true;
	}
	rem_fill(o->p, ' ', n);
	o->p += n;
}

void rem_out_pad(struct rem_out *o, const char *from, size_t width)
{
	const size_t at = (size_t)(o->p - from);

	rem_out_blank(o, at < width ? width - at : 1);
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

enum { MOST_EIGHT = 100000000 }; /* the first number that has nine digits */

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

/* Bytes of a word, the lowest first. */
REM_INLINE void put_word(char *p, uint64_t x)
{
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
	x = __builtin_bswap64(x);
#endif
	rem_copy(p, &x, sizeof(x));
}

/* The last n digits of v, 1 to 8 of them; zeros behind them are written too. */
REM_INLINE char *put_digits(char *p, uint32_t v, unsigned n)
{
	put_word(p, (eight_digits(v) | ASCII) >> 8 * (8 - n));
	return p + n;
}

/* A number below 10^8; zeros behind it are written too. */
REM_INLINE char *put_short(char *p, uint32_t v)
{
	const uint64_t digits = eight_digits(v);
	const unsigned none = v == 0 ? 7 : (unsigned)__builtin_ctzll(digits) / 8;

	put_word(p, (digits | ASCII) >> 8 * none);
	return p + 8 - none;
}

/* The same behind spaces, `width` columns together, at most eight. */
REM_INLINE char *put_right(char *p, uint32_t v, unsigned width)
{
	const uint64_t digits = eight_digits(v);
	const unsigned none = v == 0 ? 7 : (unsigned)__builtin_ctzll(digits) / 8, n = 8 - none;
	const unsigned spaces = n < width ? width - n : 0;
	uint64_t text = (digits | ASCII) >> 8 * none;

	if (spaces > 0)
		text = text << 8 * spaces | SPACES >> 8 * (8 - spaces);
	put_word(p, text);
	return p + n + spaces;
}

static char *put_long(char *p, uint64_t v)
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
	if (v < REM_COUNT(octets))
		return put_octet(p, (unsigned)v);
	return v < MOST_EIGHT ? put_short(p, (uint32_t)v) : put_long(p, v);
}

REM_APART void out_at_the_end(struct rem_out *o, uint64_t v)
{
	char digits[MOST_DECIMAL];

	rem_out_mem(o, digits, (size_t)(put_decimal(digits, v) - digits));
}

void rem_out_uint(struct rem_out *o, uint64_t v)
{
	if (rem_out_room(o) >= MOST_DECIMAL)
		o->p = put_decimal(o->p, v);
	else
		out_at_the_end(o, v);
}

/* A long number, or one at the end of the output. */
REM_APART void out_right(struct rem_out *o, uint64_t v, unsigned width)
{
	char digits[MOST_DECIMAL], *const end = put_decimal(digits, v);

	for (size_t n = (size_t)(end - digits); n < width; n++)
		rem_out_char(o, ' ');
	rem_out_mem(o, digits, (size_t)(end - digits));
}

void rem_out_uint_right(struct rem_out *o, uint64_t v, unsigned width)
{
	if (v < MOST_EIGHT && width <= 8 && rem_out_room(o) >= MOST_DECIMAL)
		o->p = put_right(o->p, (uint32_t)v, width);
	else
		out_right(o, v, width);
}

void rem_out_digits(struct rem_out *o, uint32_t v, unsigned digits)
{
	char corner[8];

	if (rem_out_room(o) >= sizeof(corner))
		o->p = put_digits(o->p, v, digits);
	else
		rem_out_mem(o, corner, (size_t)(put_digits(corner, v, digits) - corner));
}

void rem_out_int(struct rem_out *o, int64_t v)
{
	if (v < 0)
		rem_out_char(o, '-');
	rem_out_uint(o, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void rem_out_hex(struct rem_out *o, uint64_t v, unsigned digits)
{
	char corner[MOST_HEX], *p = begin(o, corner, MOST_HEX), *at = p + digits;

	for (; at - p >= 2; v >>= 8)
		put_hex(at -= 2, (unsigned)(v & 255));
	if (at > p)
		*p = hex[v & 15][1];
	finish(o, p, p + digits);
}

static char *put_ipv4(char *p, uint32_t address)
{
	p = put_octet(p, address >> 24);
	for (int shift = 16; shift >= 0; shift -= 8) {
		*p++ = '.';
		p = put_octet(p, address >> shift & 255);
	}
	return p;
}

void rem_out_ipv4(struct rem_out *o, uint32_t address)
{
	char corner[MOST_IPV4], *p = begin(o, corner, MOST_IPV4);

	finish(o, p, put_ipv4(p, address));
}

/* The longest run of two or more zero groups, the first of equals: RFC 5952 4.2. */
static unsigned longest_zeros(const uint8_t *p, unsigned *run)
{
	unsigned zero = 0, best = 1;

	for (unsigned i = 0; i < 8; i++)
		zero |= (unsigned)(rem_be16(p + 2 * i) == 0) << i;
	*run = 8;
	for (unsigned i = 0; zero >> i > 1; i++) {
		unsigned n = 0;

		while ((zero >> (i + n) & 1) != 0)
			n++;
		if (n > best) {
			best = n;
			*run = i;
		}
		i += n;
	}
	return best;
}

static char *put_group(char *p, uint32_t group)
{
	const unsigned high = group >> 8, low = group & 255;

	if (high > 15)
		p = put_hex(p, high);
	else if (high > 0)
		*p++ = hex[high][1];
	if (group > 15)
		return put_hex(p, low);
	*p++ = hex[low][1];
	return p;
}

static char *put_ipv6(char *p, const uint8_t *a)
{
	unsigned run;
	const unsigned zeros = longest_zeros(a, &run);

	/* RFC 5952 5: IPv4-mapped and IPv4-compatible addresses end in dots. */
	const bool dots = run == 0 && ((zeros == 5 && rem_be16(a + 10) == 0xffff) ||
				       (zeros == 6 && rem_be16(a + 12) != 0));
	for (unsigned i = 0; i < (dots ? 6 : 8); i++) {
		if (i == run) {
			*p++ = ':';
			i += zeros - 1;
			if (i == 7 || (dots && i == 5))
				*p++ = ':';
			continue;
		}
		if (i > 0)
			*p++ = ':';
		p = put_group(p, rem_be16(a + 2 * i));
	}
	if (!dots)
		return p;
	if (zeros == 5)
		*p++ = ':';
	return put_ipv4(p, rem_be32(a + 12));
}

void rem_out_ipv6(struct rem_out *o, const uint8_t *a)
{
	char corner[MOST_IPV6], *p = begin(o, corner, MOST_IPV6);

	finish(o, p, put_ipv6(p, a));
}

/* "01:02:", the first character in the lowest byte, with zeros behind. */
REM_INLINE uint64_t two_hex(unsigned one, unsigned two, char between)
{
	const uint32_t x = (uint8_t)hex[one][0] | (uint32_t)(uint8_t)hex[one][1] << 8;
	const uint32_t y = (uint8_t)hex[two][0] | (uint32_t)(uint8_t)hex[two][1] << 8;
	const uint64_t bar = (uint8_t)between;

	return x | bar << 16 | (uint64_t)y << 24 | bar << 40;
}

void rem_out_bytes(struct rem_out *o, const uint8_t *p, size_t n, char between)
{
	const size_t each = between ? 3 : 2, last = between ? 1 : 0;

	if (n * each > rem_out_room(o) + last) {
		n = (rem_out_room(o) + last) / each;
		o->full = true;
	}
	if (n == 0)
		return;
	char *to = o->p;
	size_t i = 0;
	for (; between != 0 && i + 3 <= n; i += 2, to += 6)
		put_word(to, two_hex(p[i], p[i + 1], between));
	to = put_hex(to, p[i]);
	while (++i < n) {
		if (between)
			*to++ = between;
		to = put_hex(to, p[i]);
	}
	o->p = to;
}

/* Year, month, day of a day counted from 1970-01-01, after the era arithmetic of the proleptic
 * Gregorian calendar: 400 years have 146,097 days, a year begins in March. */
static void civil(int64_t day, int64_t *y, unsigned *m, unsigned *d)
{
	day += 719468;
	const int64_t era = (day >= 0 ? day : day - 146096) / 146097;
	const unsigned doe = (unsigned)(day - era * 146097);
	const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const unsigned mp = (5 * doy + 2) / 153;

	*d = doy - (153 * mp + 2) / 5 + 1;
	*m = mp < 10 ? mp + 3 : mp - 9;
	*y = (int64_t)yoe + era * 400 + (*m <= 2);
}

REM_INLINE char *put_fraction(char *p, uint32_t ns, unsigned digits)
{
	static const uint32_t units[] = {1000000000, 100000000, 10000000, 1000000, 100000,
					 10000,      1000,      100,      10,      1};

	if (digits == 0)
		return p;
	*p++ = '.';
	if (digits == 6) /* what most captures have, without a division */
		return put_digits(p, ns / 1000, 6);
	if (digits < 9)
		return put_digits(p, ns / units[digits], digits);
	*p++ = (char)('0' + ns / MOST_EIGHT);
	return put_digits(p, ns % MOST_EIGHT, 8);
}

static char *put_date(char *p, int64_t day)
{
	unsigned m, d;
	int64_t y;

	civil(day, &y, &m, &d);
	if (y < 0)
		*p++ = '-';
	const uint64_t year = y < 0 ? 0 - (uint64_t)y : (uint64_t)y;
	p = y >= 0 && y < 10000 ? put_digits(p, (uint32_t)year, 4) : put_decimal(p, year);
	*p++ = '-';
	p = put_digits(p, m, 2);
	*p++ = '-';
	return put_digits(p, d, 2);
}

void rem_out_time(struct rem_out *o, int64_t s, int32_t ns, unsigned digits)
{
	char corner[MOST_TIME], *from = begin(o, corner, MOST_TIME);
	const int64_t before = s % 86400 < 0;
	const unsigned second = (unsigned)(s % 86400 + before * 86400);
	char *p = put_date(from, s / 86400 - before);

	*p++ = 'T';
	p = put_digits(p, second / 3600, 2);
	*p++ = ':';
	p = put_digits(p, second / 60 % 60, 2);
	*p++ = ':';
	p = put_digits(p, second % 60, 2);
	p = put_fraction(p, (uint32_t)ns, digits);
	*p++ = 'Z';
	finish(o, from, p);
}

REM_INLINE char *put_seconds(char *p, int64_t s, int32_t ns, unsigned digits)
{
	if (s < 0 || ns < 0)
		*p++ = '-';
	p = put_decimal(p, s < 0 ? 0 - (uint64_t)s : (uint64_t)s);
	return put_fraction(p, (uint32_t)(ns < 0 ? -ns : ns), digits);
}

void rem_out_seconds(struct rem_out *o, int64_t s, int32_t ns, unsigned digits)
{
	char corner[MOST_TIME], *p = begin(o, corner, MOST_TIME);

	finish(o, p, put_seconds(p, s, ns, digits));
}
