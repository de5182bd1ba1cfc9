/* SPDX-License-Identifier: BSD-3-Clause */
/* Base64: RFC 4648 4, with its padding and nothing else between. */
#include <remora/linux.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

uint32_t rem_base64_put(char *to, const uint8_t *p, uint32_t n)
{
	char *o = to;

	for (uint32_t i = 0; i < n; i += 3) {
		const uint32_t left = n - i;
		const uint32_t v = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
				   (left > 2 ? p[i + 2] : 0);

		*o++ = digits[v >> 18];
		*o++ = digits[v >> 12 & 63];
		*o++ = left > 1 ? digits[v >> 6 & 63] : '=';
		*o++ = left > 2 ? digits[v & 63] : '=';
	}
	*o = '\0';
	return (uint32_t)(o - to);
}

static int value_of(char c)
{
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

int rem_base64_get(uint8_t *to, uint32_t room, const char *text, uint32_t n)
{
	uint32_t got = 0, pads = 0;

	if (n % 4 != 0)
		return -1;
	while (pads < 2 && n > 0 && text[n - 1] == '=') {
		pads++;
		n--;
	}
	for (uint32_t i = 0, v = 0, bits = 0; i < n; i++) {
		const int digit = value_of(text[i]);

		if (digit < 0)
			return -1;
		v = v << 6 | (uint32_t)digit;
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		if (got == room)
			return -1;
		to[got++] = (uint8_t)(v >> bits);
		v &= (1u << bits) - 1;
	}
	return (int)got;
}
