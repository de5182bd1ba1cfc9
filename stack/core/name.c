/* SPDX-License-Identifier: BSD-3-Clause */
/* Domain names as text: RFC 1035 3.1 and 4.1.4, with the limits of RFC 9267. */
#include "core/decode.h"
#include <remora/text.h>

enum { MAX_POINTERS = 32, MAX_NAME = 255 };

static void out_label(struct rem_out *o, const uint8_t *p, uint32_t n)
{
	for (uint32_t i = 0; i < n;) {
		uint32_t run = i;

		while (run < n && p[run] != '.')
			run++;
		rem_out_text(o, p + i, run - i);
		if (run < n) {                  /* a dot inside a label is not a separator */
			rem_out_str(o, "\\.");
			run++;
		}
		i = run;
	}
}

static int broken(struct rem_out *o, const char *why, int err)
{
	rem_out_str(o, why);
	return err;
}

int rem_out_name(struct rem_out *o, struct rem_span name, struct rem_span message)
{
	const uint8_t *p = name.p, *end = name.p + name.n;
	unsigned pointers = 0, length = 0;

	while (p < end && *p != 0) {
		if ((*p & 0xc0) == 0xc0) {
			if (end - p < 2)
				return broken(o, "<cut>", REM_SHORT);
			const uint32_t to = rem_be16(p) & 0x3fff;
			if (to >= message.n)
				return broken(o, "<points outside>", REM_LENGTH);
			if (++pointers > MAX_POINTERS)
				return broken(o, "<loop>", REM_LOOP);
			p = message.p + to;
			end = message.p + message.n;
			continue;
		}
		const uint32_t n = *p;
		if (n > 63)
			return broken(o, "<bad label>", REM_FIELD);
		if (n >= (uint32_t)(end - p))
			return broken(o, "<cut>", REM_SHORT);
		length += n + 1;
		if (length >= MAX_NAME)
			return broken(o, "<too long>", REM_LIMIT);
		if (length > n + 1)
			rem_out_char(o, '.');
		out_label(o, p + 1, n);
		p += 1 + n;
	}
	if (p >= end)
		return broken(o, "<cut>", REM_SHORT);
	if (length == 0)
		rem_out_str(o, "<Root>");
	return REM_OK;
}
