/* SPDX-License-Identifier: BSD-3-Clause */
/* Integers of capture files, whose byte order is that of the machine that wrote them. */
#ifndef FILE_BYTES_H
#define FILE_BYTES_H

#include <stdbool.h>
#include <stdint.h>

static inline uint16_t load16(const uint8_t *p, bool big)
{
	uint16_t v = (uint16_t)(p[1] << 8 | p[0]);

	return big ? __builtin_bswap16(v) : v;
}

static inline uint32_t load32(const uint8_t *p, bool big)
{
	uint32_t v = (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];

	return big ? __builtin_bswap32(v) : v;
}

static inline uint64_t load64(const uint8_t *p, bool big)
{
	uint64_t first = load32(p, big), second = load32(p + 4, big);

	return big ? first << 32 | second : second << 32 | first;
}

static inline void store16(uint8_t *p, bool big, uint16_t v)
{
	p[big ? 0 : 1] = (uint8_t)(v >> 8);
	p[big ? 1 : 0] = (uint8_t)v;
}

static inline void store32(uint8_t *p, bool big, uint32_t v)
{
	store16(p + (big ? 0 : 2), big, (uint16_t)(v >> 16));
	store16(p + (big ? 2 : 0), big, (uint16_t)v);
}

static inline void store64(uint8_t *p, bool big, uint64_t v)
{
	store32(p + (big ? 0 : 4), big, (uint32_t)(v >> 32));
	store32(p + (big ? 4 : 0), big, (uint32_t)v);
}

/* pcapng pads everything to 32 bits. */
static inline uint32_t pad4(uint32_t n)
{
	return (n + 3) & ~(uint32_t)3;
}

#endif
