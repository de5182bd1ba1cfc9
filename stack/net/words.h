/* SPDX-License-Identifier: BSD-3-Clause */
/* Words that end with a NUL as spans: there is no strlen below. */
#ifndef REMORA_NET_WORDS_H
#define REMORA_NET_WORDS_H

#include <remora/types.h>

static inline struct rem_span rem_word(const char *s)
{
	uint32_t n = 0;

	while (s[n] != '\0')
		n++;
	return (struct rem_span){(const uint8_t *)s, n};
}

#endif
