/* SPDX-License-Identifier: BSD-3-Clause */
/* Forms, queries and cookies: pairs as they are written, decoded when somebody asks. RFC 3986 2.1,
 * RFC 6265. */
#include "core/decode.h"
#include "core/scan.h"
#include "net/words.h"
#include <remora/http_message.h>
#include <remora/text.h>

static bool pair_next(struct rem_span *rest, char between, struct rem_http_pair *pair)
{
	while (rest->n > 0) {
		const uint8_t *p = rest->p, *end = p + rest->n,
			      *stop = rem_find_byte(p, end, between);
		const uint8_t *equals = rem_find_byte(p, stop, '=');

		*rest = rem_between(stop < end ? stop + 1 : end, end);
		pair->name = rem_between(p, equals);
		pair->value = rem_between(equals < stop ? equals + 1 : stop, stop);
		if (stop > p)
			return true;
	}
	return false;
}

bool rem_http_form_next(struct rem_span *rest, struct rem_http_pair *pair)
{
	return pair_next(rest, '&', pair);
}

bool rem_http_cookie_next(struct rem_span *rest, struct rem_http_pair *pair)
{
	while (rest->n > 0 && (*rest->p == ' ' || *rest->p == '\t'))
		*rest = (struct rem_span){rest->p + 1, rest->n - 1};
	return pair_next(rest, ';', pair);
}

static bool find(bool (*next)(struct rem_span *, struct rem_http_pair *), struct rem_span rest,
		 const char *name, struct rem_span *value)
{
	const struct rem_span word = rem_word(name);
	struct rem_http_pair pair;

	while (next(&rest, &pair)) {
		if (pair.name.n == word.n && rem_same(pair.name.p, word.p, word.n)) {
			*value = pair.value;
			return true;
		}
	}
	return false;
}

bool rem_http_form_find(struct rem_span form, const char *name, struct rem_span *value)
{
	return find(rem_http_form_next, form, name, value);
}

bool rem_http_cookie_find(struct rem_span cookies, const char *name, struct rem_span *value)
{
	return find(rem_http_cookie_next, cookies, name, value);
}

static int digit_of(uint8_t c)
{
	const uint8_t low = c | 0x20;

	if (c >= '0' && c <= '9')
		return c - '0';
	return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

int rem_http_decode(struct rem_span text, bool form, uint8_t *p, uint32_t room)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < text.n; i++) {
		uint8_t c = text.p[i];

		if (c == '%') {
			const int high = i + 2 < text.n ? digit_of(text.p[i + 1]) : -1;
			const int low = high >= 0 ? digit_of(text.p[i + 2]) : -1;

			if (low < 0)
				return REM_FIELD;
			c = (uint8_t)(16 * high + low);
			i += 2;
		} else if (form && c == '+') {
			c = ' ';
		}
		if (n == room)
			return REM_LIMIT;
		p[n++] = c;
	}
	return (int)n;
}

void rem_http_put_cookie(struct rem_out *out, const char *name, const char *value,
			 const char *attributes)
{
	const struct rem_span words[] = {rem_word("Set-Cookie: "), rem_word(name), rem_word("="),
					 rem_word(value), rem_word("; "),
					 rem_word(attributes == NULL ? "" : attributes)};

	if (!rem_http_is_token(words[1]))
		out->full = true;
	for (unsigned i = 0; i < (attributes == NULL ? 4 : REM_COUNT(words)); i++) {
		for (uint32_t k = 0; k < words[i].n; k++) {
			const uint8_t c = words[i].p[k];

			/* what a value may not have, or it would become something else: RFC 6265 4.1.1 */
			if (c < ' ' || c == 0x7f || (i == 3 && (c == ';' || c == ',' || c == ' ')))
				out->full = true;
		}
		if (!out->full)
			rem_out_mem(out, (const char *)words[i].p, words[i].n);
	}
	rem_out_mem(out, "\r\n", 2);
}
