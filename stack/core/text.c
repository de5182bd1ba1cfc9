/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers, addresses and times as text, into a bounded buffer. */
#include "core/decode.h"
#include "core/digits.h"
#include <remora/text.h>

/* The longest texts of a kind. */
enum { MOST_DECIMAL = 28, MOST_HEX = 16, MOST_IPV4 = 18, MOST_IPV6 = 48, MOST_TIME = 56 };

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
	char corner[MOST_HEX], *p = put_begin(o, corner, MOST_HEX), *at = p + digits;

	for (; at - p >= 2; v >>= 8)
		put_hex(at -= 2, (unsigned)(v & 255));
	if (at > p)
		*p = hex_digit(v & 15);
	put_finish(o, p, p + digits);
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
	char corner[MOST_IPV4], *p = put_begin(o, corner, MOST_IPV4);

	put_finish(o, p, put_ipv4(p, address));
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
		*p++ = hex_digit(high);
	if (group > 15)
		return put_hex(p, low);
	*p++ = hex_digit(low);
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
	char corner[MOST_IPV6], *p = put_begin(o, corner, MOST_IPV6);

	put_finish(o, p, put_ipv6(p, a));
}

/* "01:02:", the first character in the lowest byte, with zeros behind. */
REM_INLINE uint64_t two_hex(unsigned one, unsigned two, char between)
{
	const uint64_t bar = (uint8_t)between;

	return hex_word(one) | bar << 16 | (uint64_t)hex_word(two) << 24 | bar << 40;
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
	char corner[MOST_TIME], *from = put_begin(o, corner, MOST_TIME);
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
	put_finish(o, from, p);
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
	char corner[MOST_TIME], *p = put_begin(o, corner, MOST_TIME);

	put_finish(o, p, put_seconds(p, s, ns, digits));
}
