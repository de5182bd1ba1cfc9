/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading bytes: "aa:bb:cc", "aa-bb-cc", "0011.2233", "a.b.c", "aabbcc", "0xaa". */
#include "filter/ast.h"

#include <string.h>

/* The hexadecimal digits at p, in pairs; the last of an odd number stands for a byte by itself. */
static size_t read_digits(const char *p, size_t digits, uint8_t *to)
{
	size_t n = 0;

	for (size_t i = 0; i < digits; i += 2) {
		to[n] = (uint8_t)g_ascii_xdigit_value(p[i]);
		if (i + 1 < digits)
			to[n] = (uint8_t)(to[n] << 4 | g_ascii_xdigit_value(p[i + 1]));
		n++;
	}
	return n;
}

/* How many digits may stand between separators: colons want pairs. */
static bool group_fits(size_t digits, char separator)
{
	if (separator == '\0')
		return digits > 0;
	return separator == ':' ? digits == 2 : digits > 0 && digits <= 4;
}

bool literal_read_bytes(struct node *n)
{
	static const char hexadecimal[] = "0123456789abcdefABCDEF";
	const char *p = n->text;

	n->owned = g_malloc(strlen(p) + 1);
	n->literal.p = n->owned;
	n->literal.n = 0;
	if (g_str_has_prefix(p, "0x") || g_str_has_prefix(p, "0X")) {
		if (strspn(p + 2, hexadecimal) != 2 || p[4] != '\0')
			return false;
		n->literal.n = read_digits(p + 2, 2, n->owned);
		return true;
	}
	p += *p == ':'; /* "this is a value, whatever else it may look like" */
	const char separator = p[strspn(p, hexadecimal)];
	while (separator == '\0' || strchr(":-.", separator) != NULL) {
		const size_t digits = strspn(p, hexadecimal);

		if (!group_fits(digits, separator))
			return false;
		n->literal.n += read_digits(p, digits, n->owned + n->literal.n);
		p += digits;
		if (*p == '\0')
			return true;
		if (*p++ != separator)
			return false;
	}
	return false;
}
