/* SPDX-License-Identifier: BSD-3-Clause */
/* The whole URI of an HTTP/1.x request: its target at the host that the client means, RFC 9110 7.1. */
#include "core/decode.h"
#include "core/scan.h"
#include "proto/http.h"
#include <remora/http.h>

static bool is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Up to its first NUL, and without white space around it. */
static struct rem_span trimmed(struct rem_span s)
{
	const uint8_t *p = s.p, *end = rem_find_byte(p, p + s.n, '\0');

	while (p < end && is_space(*p))
		p++;
	while (end > p && is_space(end[-1]))
		end--;
	return rem_between(p, end);
}

static bool begins(struct rem_span s, const char *word, uint32_t n)
{
	return s.n >= n && rem_http_is((struct rem_span){s.p, n}, word);
}

/* A target that needs no host: absolute, or the host itself. */
static bool is_whole(const struct rem_http_start *start)
{
	return begins(start->uri, "http://", 7) || begins(start->uri, "https://", 8) ||
	       (start->method.n == 7 && rem_same(start->method.p, "CONNECT", 7));
}

/* Where there is more than one target, or host, the last one counts. */
bool rem_http_full_uri(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	struct rem_http_lines lines = {.rest = v->name};
	struct rem_http_start start = {0}, next;
	struct rem_span host = {0};
	struct rem_http_header header;
	struct rem_http_line line;

	(void)b, (void)row;
	while (rem_http_line_next(&lines, &line)) {
		if (rem_http_start(line.text, &next) != REM_HTTP_OTHER)
			start = next;
		else if (rem_http_header(line.text, &header) &&
			 rem_http_name(header.name) == REM_HTTP_HOST)
			host = trimmed(header.value);
	}
	if (start.uri.p == NULL || host.p == NULL)
		return false;
	v->message = is_whole(&start) ? (struct rem_span){NULL, 0} : host;
	v->name = rem_between(start.uri.p,
			      rem_find_byte(start.uri.p, start.uri.p + start.uri.n, '\0'));
	return true;
}
