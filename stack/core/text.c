/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers, addresses and times as text, into a bounded buffer. */
#include "core/decode.h"
#include <remora/text.h>

static const char digits_lower[] = "0123456789abcdef";

/* "00" to "99": two decimal digits for one division. */
static const char pairs[] =
	"00010203040506070809101112131415161718192021222324252627282930313233343536373839"
	"40414243444546474849505152535455565758596061626364656667686970717273747576777879"
	"8081828384858687888990919293949596979899";

void rem_out_mem(struct rem_out *o, const char *p, size_t n)
{
	if (n > rem_out_room(o)) {
		n = rem_out_room(o);
		o->full = true;
	}
	if (n > 0)
		rem_copy(o->p, p, n);
	o->p += n;
}

void rem_out_str(struct rem_out *o, const char *s)
{
	while (*s != '\0')
		rem_out_char(o, *s++);
}

void rem_out_pad(struct rem_out *o, const char *from, size_t width)
{
	const size_t at = (size_t)(o->p - from);
	size_t n = at < width ? width - at : 1;

	if (n > rem_out_room(o)) {
		n = rem_out_room(o);
		o->full = true;
	}
	rem_fill(o->p, ' ', n);
	o->p += n;
}

/* Writes v right-aligned, ending at `end`; returns where it begins. */
static char *decimal(char *end, uint64_t v)
{
	while (v >= 100) {
		const unsigned pair = (unsigned)(v % 100);

		v /= 100;
		*--end = pairs[2 * pair + 1];
		*--end = pairs[2 * pair];
	}
	if (v >= 10) {
		*--end = pairs[2 * v + 1];
		*--end = pairs[2 * v];
	} else {
		*--end = (char)('0' + v);
	}
	return end;
}

void rem_out_uint(struct rem_out *o, uint64_t v)
{
	char text[20], *end = text + sizeof(text), *p = decimal(end, v);

	rem_out_mem(o, p, (size_t)(end - p));
}

void rem_out_int(struct rem_out *o, int64_t v)
{
	if (v < 0)
		rem_out_char(o, '-');
	rem_out_uint(o, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void rem_out_hex(struct rem_out *o, uint64_t v, unsigned digits)
{
	char text[16];

	for (unsigned i = digits; i-- > 0; v >>= 4)
		text[i] = digits_lower[v & 15];
	rem_out_mem(o, text, digits);
}

void rem_out_ipv4(struct rem_out *o, uint32_t address)
{
	char text[15], *end = text + sizeof(text), *p = end;

	for (unsigned i = 0; i < 4; i++, address >>= 8) {
		if (i > 0)
			*--p = '.';
		p = decimal(p, address & 0xff);
	}
	rem_out_mem(o, p, (size_t)(end - p));
}

/* The longest run of two or more zero groups, the first of equals: RFC 5952 4.2. */
static unsigned longest_zeros(const uint8_t *p, unsigned *start)
{
	unsigned best = 1;

	*start = 8;
	for (unsigned i = 0; i < 8; i++) {
		unsigned n = 0;

		while (i + n < 8 && rem_be16(p + 2 * (i + n)) == 0)
			n++;
		if (n > best) {
			best = n;
			*start = i;
		}
		i += n;
	}
	return best;
}

static void out_group(struct rem_out *o, uint32_t group)
{
	rem_out_hex(o, group, group > 0xfff ? 4 : group > 0xff ? 3 : group > 0xf ? 2 : 1);
}

void rem_out_ipv6(struct rem_out *o, const uint8_t *p)
{
	unsigned start;
	const unsigned zeros = longest_zeros(p, &start);

	/* RFC 5952 5: IPv4-mapped and IPv4-compatible addresses end in dots. */
	const bool dots = start == 0 && ((zeros == 5 && rem_be16(p + 10) == 0xffff) ||
					 (zeros == 6 && rem_be16(p + 12) != 0));
	for (unsigned i = 0; i < (dots ? 6 : 8); i++) {
		if (i == start) {
			rem_out_str(o, "::");
			i += zeros - 1;
			continue;
		}
		if (i > 0 && i != start + zeros)
			rem_out_char(o, ':');
		out_group(o, rem_be16(p + 2 * i));
	}
	if (dots) {
		if (zeros == 5)
			rem_out_char(o, ':');
		rem_out_ipv4(o, rem_be32(p + 12));
	}
}

void rem_out_bytes(struct rem_out *o, const uint8_t *p, size_t n, char between)
{
	const size_t each = between ? 3 : 2;

	if (n * each > rem_out_room(o) + 1) {
		n = (rem_out_room(o) + (between ? 1 : 0)) / each;
		o->full = true;
	}
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && between)
			*o->p++ = between;
		if (rem_out_room(o) < 2)
			return;
		*o->p++ = digits_lower[p[i] >> 4];
		*o->p++ = digits_lower[p[i] & 15];
	}
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

static void two(struct rem_out *o, unsigned v)
{
	rem_out_mem(o, pairs + 2 * v, 2);
}

static void out_fraction(struct rem_out *o, uint32_t ns, unsigned digits)
{
	char text[9];

	if (digits == 0)
		return;
	for (unsigned i = 9; i-- > 0; ns /= 10)
		text[i] = (char)('0' + ns % 10);
	rem_out_char(o, '.');
	rem_out_mem(o, text, digits);
}

void rem_out_time(struct rem_out *o, int64_t s, int32_t ns, unsigned digits)
{
	int64_t day = s / 86400, y;
	int64_t second = s % 86400;
	unsigned m, d;

	if (second < 0) {
		second += 86400;
		day--;
	}
	civil(day, &y, &m, &d);
	if (y >= 0 && y < 1000)
		rem_out_mem(o, "000", y < 10 ? 3 : y < 100 ? 2 : 1);
	rem_out_int(o, y);
	rem_out_char(o, '-');
	two(o, m);
	rem_out_char(o, '-');
	two(o, d);
	rem_out_char(o, 'T');
	two(o, (unsigned)(second / 3600));
	rem_out_char(o, ':');
	two(o, (unsigned)(second / 60 % 60));
	rem_out_char(o, ':');
	two(o, (unsigned)(second % 60));
	out_fraction(o, (uint32_t)ns, digits);
	rem_out_char(o, 'Z');
}

void rem_out_seconds(struct rem_out *o, int64_t s, int32_t ns, unsigned digits)
{
	if (s < 0 || ns < 0)
		rem_out_char(o, '-');
	rem_out_uint(o, s < 0 ? 0 - (uint64_t)s : (uint64_t)s);
	out_fraction(o, (uint32_t)(ns < 0 ? -ns : ns), digits);
}
