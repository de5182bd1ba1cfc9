/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet checksum, RFC 1071. The sum does not care about byte order (section 2 (B)), nor
 * about the width of its words as long as carries come back in (2 (C)): so native 64-bit words are
 * added, and the result is folded and swapped once at the end.
 */
#include <remora/bits.h>
#include <remora/sum.h>

#if UINTPTR_MAX > 0xffffffff
typedef uint64_t word;
#else
typedef uint32_t word;
#endif

REM_INLINE word load(const uint8_t *p)
{
	word w;

	__builtin_memcpy(&w, p, sizeof(w));
	return w;
}

/* a + b with the carry brought back in. */
REM_INLINE word add(word a, word b)
{
	a += b;
	return a + (a < b);
}

uint32_t rem_sum(const uint8_t *p, size_t n)
{
	word sum = 0;

	for (; n >= 8 * sizeof(word); n -= 8 * sizeof(word)) {
		const uint8_t *at = p;

		p += 8 * sizeof(word);
		sum = add(add(sum, load(at)), load(at + sizeof(word)));
		sum = add(add(sum, load(at + 2 * sizeof(word))), load(at + 3 * sizeof(word)));
		sum = add(add(sum, load(at + 4 * sizeof(word))), load(at + 5 * sizeof(word)));
		sum = add(add(sum, load(at + 6 * sizeof(word))), load(at + 7 * sizeof(word)));
	}
	for (; n >= sizeof(word); n -= sizeof(word), p += sizeof(word))
		sum = add(sum, load(p));
	if (n > 0) {
		word last = 0;

		__builtin_memcpy(&last, p, n);
		sum = add(sum, last);
	}
#if UINTPTR_MAX > 0xffffffff
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffffffff) + (sum >> 32);
#endif
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	sum = (sum << 8 & 0xff00) | sum >> 8;
#endif
	return (uint32_t)sum;
}
