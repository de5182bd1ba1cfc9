/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * memcpy, memmove and memset for a Cortex-M0+, which cannot load a word from between two: those of the boot ROM and of newlib
 * copy such bytes one by one, and most of what goes through a ring of TCP is such. Two clocks a byte here, not
 * ten.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t __attribute__((may_alias)) word;

enum { WORTH = 16 }; /* bytes: fewer are copied one by one */

static const uint8_t *copy_words(uint8_t *d, const uint8_t *s, size_t n)
{
	word *to = (word *)(void *)d;
	const word *from = (const word *)(const void *)s;

	for (; n >= 16; n -= 16, to += 4, from += 4) {
		const word a = from[0], b = from[1], c = from[2], e = from[3];
		to[0] = a;
		to[1] = b;
		to[2] = c;
		to[3] = e;
	}
	for (; n >= 4; n -= 4)
		*to++ = *from++;
	return (const uint8_t *)from;
}

/* s is `off` bytes behind the start of a word. Words that hold bytes of ours are loaded, no others. */
static const uint8_t *copy_between(uint8_t *d, const uint8_t *s, size_t n, unsigned off)
{
	word *to = (word *)(void *)d;
	const word *from = (const word *)(const void *)(s - off);
	const unsigned right = 8 * off, left = 32 - right;
	word have = *from++ >> right;

	for (; n >= 16; n -= 16, to += 4, from += 4) {
		const word a = from[0], b = from[1], c = from[2], e = from[3];
		to[0] = have | a << left;
		to[1] = a >> right | b << left;
		to[2] = b >> right | c << left;
		to[3] = c >> right | e << left;
		have = e >> right;
	}
	for (; n >= 4; n -= 4) {
		const word a = *from++;
		*to++ = have | a << left;
		have = a >> right;
	}
	return (const uint8_t *)from - 4 + off;
}

/* Upwards, and never a byte that is still to be read: good for a memmove downwards, too. */
static void copy(uint8_t *d, const uint8_t *s, size_t n)
{
	if (n >= WORTH) {
		for (; ((uintptr_t)d & 3) != 0; n--)
			*d++ = *s++;
		const unsigned off = (uintptr_t)s & 3;
		s = off == 0 ? copy_words(d, s, n) : copy_between(d, s, n, off);
		d += n & ~(size_t)3;
		n &= 3;
	}
	while (n-- > 0)
		*d++ = *s++;
}

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	copy(to, from, n);
	return to;
}

void *memmove(void *to, const void *from, size_t n)
{
	uint8_t *d = to;
	const uint8_t *s = from;

	if (d <= s || d >= s + n) {
		copy(d, s, n);
		return to;
	}
	while (n-- > 0)
		d[n] = s[n];
	return to;
}

void *memset(void *to, int c, size_t n)
{
	const word all = (uint8_t)c * 0x01010101u;
	uint8_t *d = to;

	if (n >= WORTH) {
		for (; ((uintptr_t)d & 3) != 0; n--)
			*d++ = (uint8_t)c;
		for (; n >= 16; n -= 16, d += 16) {
			word *w = (word *)(void *)d;
			w[0] = w[1] = w[2] = w[3] = all;
		}
	}
	while (n-- > 0)
		*d++ = (uint8_t)c;
	return to;
}
