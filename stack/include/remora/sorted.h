/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables that are searched by halving: their elements begin with a number, and rise by it. */
#ifndef REMORA_SORTED_H
#define REMORA_SORTED_H

#include <remora/bits.h>

struct rem_sorted {
	const void *first;
	uint32_t n;             /* elements */
	uint8_t size;           /* bytes of one … */
	uint8_t width;          /* … and of the unsigned number it begins with: 1, 2 or 4 */
};

/* A description of an array; `number` is the first member of its elements. */
#define REM_SORTED(array, number) \
	{ \
		array, sizeof(array) / sizeof((array)[0]), sizeof((array)[0]), \
			sizeof((array)[0].number) \
	}

/* The tables of the decoders, for whoever wants to see that they are in order. */
#define REM_SORTED_TABLES(each) \
	each(dhcp_options) each(dhcp_agent) each(dhcp_novell) each(dhcpv6_options) each(dns_types) \
		each(tls_extensions)

#define REM_SORTED_EXTERN(name) extern const struct rem_sorted rem_sorted_##name;
REM_SORTED_TABLES(REM_SORTED_EXTERN)
#undef REM_SORTED_EXTERN

/* The number that an element begins with, in the machine's own order. */
REM_INLINE uint32_t rem_sorted_number(const struct rem_sorted *s, const void *element)
{
	switch (s->width) {
	case 1: return *(const uint8_t *)element;
	case 2: return *(const uint16_t *)element;
	default: return *(const uint32_t *)element;
	}
}

/* The element with a number, or NULL. Where the description is a constant, its sizes fold. */
REM_INLINE const void *rem_sorted_find(const struct rem_sorted *s, uint64_t number)
{
	const uint8_t *low = s->first;

	for (uint32_t n = s->n; n > 0;) {
		const uint32_t half = n / 2;
		const uint8_t *middle = low + (size_t)half * s->size;
		const uint32_t here = rem_sorted_number(s, middle);

		if (here == number)
			return middle;
		low = here < number ? middle + s->size : low;
		n = here < number ? n - half - 1 : half;
	}
	return NULL;
}

#endif
