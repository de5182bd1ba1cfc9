/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The one door by which packet text leaves. A terminal obeys control bytes, a reader is fooled by
 * bidirectional and invisible characters, a JSON parser stumbles over bytes that are not UTF-8:
 * none of them passes.
 */
#include "core/decode.h"
#include "core/scan.h"
#include "core/words.h"
#include <remora/text.h>

/* Characters of general category Cf, Zl, Zp, and others that hide or reorder text. */
static bool deceives(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} range[] = {
		{0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x0600, 0x0605}, {0x061c, 0x061c},
		{0x06dd, 0x06dd}, {0x070f, 0x070f}, {0x0890, 0x0891}, {0x08e2, 0x08e2},
		{0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f},
		{0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xd800, 0xf8ff},
		{0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb},
		{0xfffe, 0xffff}, {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x1345f},
		{0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff},
	};

	if (c < 0xa0)
		return true;
	for (size_t i = 0; i < REM_COUNT(range) && c >= range[i].from; i++) {
		if (c <= range[i].to)
			return true;
	}
	return false;
}

/* Bytes of the well-formed UTF-8 sequence at p (RFC 3629 4) and its code point; 0 if it is none. */
static unsigned sequence(const uint8_t *p, size_t n, uint32_t *c)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned len = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : 2;

	if (*p < 0xc2 || *p > 0xf4 || n < len)
		return 0;
	*c = *p & (0x7fu >> len);
	for (unsigned i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (p[i] & 0x3f);
	}
	return *c < least[len] || *c > 0x10ffff ? 0 : len;
}

/* Bytes of the character at p if it may pass, else 0. */
static size_t character(const uint8_t *p, size_t n)
{
	uint32_t c;
	const unsigned len = sequence(p, n, &c);

	return len > 0 && !deceives(c) ? len : 0;
}

enum { MOST_ESCAPE = 4 };

/* There must be room for the longest. */
static void out_escape(struct rem_out *o, uint8_t c)
{
	static const char short_forms[] = "abtnvfr", digits[] = "0123456789abcdef";
	char *to = o->p;

	*to++ = '\\';
	if (c >= 7 && c <= 13) {
		*to++ = short_forms[c - 7];
	} else if (c == '\\') {
		*to++ = '\\';
	} else {
		*to++ = 'x';
		*to++ = digits[c >> 4];
		*to++ = digits[c & 15];
	}
	o->p = to;
}

REM_INLINE bool is_plain(uint8_t c)
{
	return c >= 0x20 && c < 0x7f && c != '\\';
}

/* Are all bytes of a word plain? None has its top bit, nor gets it by a borrow or by a carry. */
REM_INLINE bool are_plain(rem_words w)
{
	const rem_words ones = (rem_words)-1 / 255, tops = ones << 7;
	const rem_words low = w - 0x20 * ones, high = w + ones, escape = (w ^ '\\' * ones) - ones;

	return ((w | low | high | escape) & tops) == 0;
}

/* How many bytes at p can go out as they are. The last block overlaps the one in front of it. */
static size_t plain_bytes(const uint8_t *p, size_t n)
{
	const size_t word = sizeof(rem_words);
	size_t i = 0;

#ifdef __SSE2__
	while (n - i >= 16 && rem_lanes_plain(p + i))
		i += 16;
	if (n >= 16 && n - i < 16 && rem_lanes_plain(p + n - 16))
		return n;
#endif
	while (n - i >= word && are_plain(rem_load_words(p + i)))
		i += word;
	if (n >= word && n - i < word && are_plain(rem_load_words(p + n - word)))
		return n;
	while (i < n && is_plain(p[i]))
		i++;
	return i;
}

/* Text from the first byte on that may not go out as it is. */
REM_APART void out_odd(struct rem_out *o, const uint8_t *p, size_t n)
{
	while (n > 0 && !o->full) {
		const size_t room = rem_out_room(o);
		size_t len = is_plain(*p) ? plain_bytes(p, n) : character(p, n < room ? n : room);

		if (len > 0) {
			rem_out_mem(o, (const char *)p, len);
		} else if (room >= MOST_ESCAPE) {
			out_escape(o, *p);
			len = 1;
		} else {
			o->full = true;
		}
		p += len;
		n -= len;
	}
}

void rem_out_text(struct rem_out *o, const uint8_t *p, size_t n)
{
	const size_t plain = o->full ? 0 : plain_bytes(p, n);

	rem_out_mem(o, (const char *)p, plain);
	if (plain < n)
		out_odd(o, p + plain, n - plain);
}
