/* SPDX-License-Identifier: BSD-3-Clause */
/* Scanning bytes, sixteen at a time where the machine can; its char is signed then. */
#ifndef REMORA_CORE_SCAN_H
#define REMORA_CORE_SCAN_H

#include <remora/bits.h>
#include <remora/types.h>

#ifdef __SSE2__
typedef char rem_lanes __attribute__((vector_size(16)));

/* Of sixteen bytes, a bit for each that is a or b: the lowest for the first. */
REM_INLINE unsigned rem_lanes_of(const uint8_t *p, char a, char b)
{
	rem_lanes x;

	__builtin_memcpy(&x, p, sizeof(x));
	return (unsigned)__builtin_ia32_pmovmskb128((rem_lanes)((x == a) | (x == b)));
}

/* Are sixteen bytes printable ASCII without a backslash? */
REM_INLINE bool rem_lanes_plain(const uint8_t *p)
{
	rem_lanes x;

	__builtin_memcpy(&x, p, sizeof(x));
	const rem_lanes plain = (rem_lanes)((x > 0x1f) & (x < 0x7f) & ~(x == '\\'));
	return __builtin_ia32_pmovmskb128(plain) == 0xffff;
}

/* Is one of sixteen bytes a control, a tab aside? */
REM_INLINE bool rem_lanes_control(const uint8_t *p)
{
	const rem_lanes zero = {0};
	rem_lanes x;

	__builtin_memcpy(&x, p, sizeof(x));
	const rem_lanes low = (rem_lanes)((x >= zero) & (x < 0x20) & (x != '\t'));
	return __builtin_ia32_pmovmskb128((rem_lanes)(low | (rem_lanes)(x == 0x7f))) != 0;
}
#endif

/* The first a or b from p on, or end. */
REM_INLINE const uint8_t *rem_find_either(const uint8_t *p, const uint8_t *end, char a, char b)
{
#ifdef __SSE2__
	for (; end - p >= 32; p += 32) {
		const unsigned found = rem_lanes_of(p, a, b) | rem_lanes_of(p + 16, a, b) << 16;

		if (found != 0)
			return p + __builtin_ctz(found);
	}
	if (end - p >= 16) {
		const unsigned found = rem_lanes_of(p, a, b);

		if (found != 0)
			return p + __builtin_ctz(found);
		p += 16;
	}
#endif
	while (p < end && *p != (uint8_t)a && *p != (uint8_t)b)
		p++;
	return p;
}

/* The same for three bytes. */
REM_INLINE const uint8_t *rem_find_any(const uint8_t *p, const uint8_t *end, char a, char b, char c)
{
#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		const unsigned found = rem_lanes_of(p, a, b) | rem_lanes_of(p, c, c);

		if (found != 0)
			return p + __builtin_ctz(found);
	}
#endif
	while (p < end && *p != (uint8_t)a && *p != (uint8_t)b && *p != (uint8_t)c)
		p++;
	return p;
}

/* The first c from p on, or end. */
REM_INLINE const uint8_t *rem_find_byte(const uint8_t *p, const uint8_t *end, char c)
{
	return rem_find_either(p, end, c, c);
}

REM_INLINE struct rem_span rem_between(const uint8_t *p, const uint8_t *end)
{
	return (struct rem_span){p, (uint32_t)(end - p)};
}

#endif
