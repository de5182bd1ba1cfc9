/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The heads of HTTP/1.1 messages, read strictly: RFC 9112 2 to 6. Lines are the decoder's own; a line
 * must end with CR LF here, for a bare LF is where two readers part (RFC 9112 11.2).
 */
#include "core/decode.h"
#include "core/scan.h"
#include "net/words.h"
#include <remora/http_message.h>

enum {
	BAD_REQUEST = 400,
	EXPECTATION = 417,
	CONTENT_TOO_LARGE = 413,
	TOO_LARGE = 431,
	NOT_IMPLEMENTED = 501,
	VERSION = 505
};

static int refuse(struct rem_http_head *h, uint16_t code, int err)
{
	h->code = code;
	return err;
}

static int malformed(struct rem_http_head *h)
{
	return refuse(h, BAD_REQUEST, REM_FIELD);
}

void rem_http_head_begin(struct rem_http_head *h, enum rem_http_kind kind)
{
	*h = (struct rem_http_head){.kind = (uint8_t)kind};
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static struct rem_span trimmed(struct rem_span s)
{
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	while (s.n > 0 && is_blank(*s.p))
		s = (struct rem_span){s.p + 1, s.n - 1};
	return s;
}

/* No control but a tab: RFC 9110 5.5. */
static bool is_value(struct rem_span s)
{
	const uint8_t *p = s.p, *end = p + s.n;

#ifdef __SSE2__
	if (s.n >= 16) { /* the last sixteen bytes may be looked at twice */
		for (; end - p > 16; p += 16) {
			if (rem_lanes_control(p))
				return false;
		}
		return !rem_lanes_control(end - 16);
	}
#endif
	for (; p < end; p++) {
		if ((*p < ' ' && *p != '\t') || *p == 0x7f)
			return false;
	}
	return true;
}

/* ---- start lines ---- */

/* The word up to the next blank, which `rest` is moved behind. */
static struct rem_span next_word(struct rem_span *rest)
{
	const uint8_t *end = rest->p + rest->n, *space = rem_find_byte(rest->p, end, ' ');
	const struct rem_span word = rem_between(rest->p, space);

	*rest = rem_between(space < end ? space + 1 : end, end);
	return word;
}

static struct rem_http_slice slice(const uint8_t *head, struct rem_span s)
{
	return (struct rem_http_slice){(uint16_t)(s.p - head), (uint16_t)s.n};
}

/* "HTTP/1.1": RFC 9112 2.3. */
static int read_version(struct rem_http_head *h, struct rem_span s)
{
	if (s.n != 8 || !rem_same(s.p, "HTTP/", 5) || s.p[6] != '.' || s.p[5] < '0' ||
	    s.p[5] > '9' || s.p[7] < '0' || s.p[7] > '9')
		return malformed(h);
	if (s.p[5] != '1')
		return refuse(h, VERSION, REM_UNSUP);
	h->minor = s.p[7] - '0';
	return REM_OK;
}

static int read_request_line(struct rem_http_head *h, const uint8_t *head, struct rem_span line)
{
	const struct rem_span method = next_word(&line), target = next_word(&line);
	const uint8_t *end = target.p + target.n;

	h->method = slice(head, method);
	h->target = slice(head, target);
	if (!rem_http_is_token(method) || target.n == 0 || rem_find_byte(target.p, end, '\t') < end)
		return malformed(h);
	return read_version(h, line);
}

static int read_status_line(struct rem_http_head *h, const uint8_t *head, struct rem_span line)
{
	const int err = read_version(h, next_word(&line));
	const struct rem_span code = next_word(&line);

	if (err != REM_OK)
		return err;
	h->target = slice(head, line);
	h->code = (uint16_t)rem_http_code(code);
	return code.n == 3 && h->code >= 100 ? REM_OK : malformed(h);
}

/* ---- header lines ---- */

bool rem_http_list_next(struct rem_span *rest, struct rem_span *element)
{
	while (rest->n > 0) {
		const uint8_t *end = rest->p + rest->n, *comma = rem_find_byte(rest->p, end, ',');

		*element = trimmed(rem_between(rest->p, comma));
		*rest = rem_between(comma < end ? comma + 1 : end, end);
		if (element->n > 0)
			return true;
	}
	return false;
}

static void read_connection(struct rem_http_head *h, struct rem_span value)
{
	struct rem_span option;

	while (rem_http_list_next(&value, &option)) {
		if (rem_http_is(option, "close"))
			h->flags |= REM_HTTP_CLOSE;
		else if (rem_http_is(option, "keep-alive"))
			h->flags |= REM_HTTP_KEEP_ALIVE;
		else if (rem_http_is(option, "upgrade"))
			h->flags |= REM_HTTP_UPGRADES;
	}
}

/* A second one, even of the same value, is refused, as is a sign: RFC 9112 6.3. */
static int read_length(struct rem_http_head *h, struct rem_span value)
{
	uint64_t length;

	if ((h->flags & REM_HTTP_HAS_LENGTH) != 0 || value.n == 0 || value.p[0] == '+' ||
	    !rem_http_length(value, &length))
		return malformed(h);
	if (length >= REM_HTTP_ENDLESS)
		return refuse(h, CONTENT_TOO_LARGE, REM_LIMIT);
	h->length = (rem_http_size)length;
	h->flags |= REM_HTTP_HAS_LENGTH;
	return REM_OK;
}

/* Chunked, once, in a version that knows it: RFC 9112 6.1. */
static int read_coding(struct rem_http_head *h, struct rem_span value)
{
	if ((h->flags & REM_HTTP_IS_CHUNKED) != 0 || h->minor == 0)
		return malformed(h);
	if (!rem_http_is(value, "chunked"))
		return refuse(h, NOT_IMPLEMENTED, REM_UNSUP);
	h->flags |= REM_HTTP_IS_CHUNKED;
	return REM_OK;
}

/* uri-host [ ":" port ], of which only what could not be one is looked for: RFC 9112 3.2. */
static int read_host(struct rem_http_head *h, const uint8_t *head, struct rem_span value)
{
	/* blanks and "#,/<>?@\ */
	static const uint32_t never[8] = {0xffffffff, 0xd000900d, 0x10000001, 0x80000000};

	if (h->kind != REM_HTTP_REQUEST)
		return REM_OK;
	if ((h->flags & REM_HTTP_HAS_HOST) != 0)
		return malformed(h);
	for (uint32_t i = 0; i < value.n; i++) {
		if ((never[value.p[i] / 32] >> value.p[i] % 32 & 1) != 0)
			return malformed(h);
	}
	h->flags |= REM_HTTP_HAS_HOST;
	h->host = slice(head, value);
	return REM_OK;
}

static int read_expectation(struct rem_http_head *h, struct rem_span value)
{
	if (!rem_http_is(value, "100-continue"))
		return refuse(h, EXPECTATION, REM_UNSUP);
	h->flags |= REM_HTTP_EXPECTS;
	return REM_OK;
}

/* A blank in front of the name would continue the line before (RFC 9112 5.2), one in front of the
 * colon is somebody's trick (5.1): neither is part of a token. */
static int read_field(struct rem_http_head *h, const uint8_t *head, struct rem_span line)
{
	struct rem_http_header field;

	if (!rem_http_header(line, &field) || !is_value(line))
		return malformed(h);
	/* a name that is known is a token */
	if ((REM_SMALL || rem_http_name(field.name) == REM_HTTP_UNKNOWN) &&
	    !rem_http_is_token(field.name))
		return malformed(h);
	field.value = trimmed(field.value);
	if (rem_http_is(field.name, "host"))
		return read_host(h, head, field.value);
	if (rem_http_is(field.name, "connection"))
		read_connection(h, field.value);
	else if (rem_http_is(field.name, "content-length"))
		return read_length(h, field.value);
	else if (rem_http_is(field.name, "transfer-encoding"))
		return read_coding(h, field.value);
	else if (rem_http_is(field.name, "expect") && h->kind == REM_HTTP_REQUEST)
		return read_expectation(h, field.value);
	return REM_OK;
}

static int read_line(struct rem_http_head *h, const uint8_t *head, struct rem_span line)
{
	if (h->fields != 0)
		return read_field(h, head, line);
	if (!is_value(line))
		return malformed(h);
	return h->kind == REM_HTTP_REQUEST ? read_request_line(h, head, line)
					   : read_status_line(h, head, line);
}

/* The blank line: do the headers agree with each other? */
static int finish(struct rem_http_head *h)
{
	const uint8_t both = REM_HTTP_HAS_LENGTH | REM_HTTP_IS_CHUNKED;

	if ((h->flags & both) == both)
		return malformed(h);
	if (h->kind == REM_HTTP_REQUEST && h->minor > 0 && (h->flags & REM_HTTP_HAS_HOST) == 0)
		return malformed(h);
	return h->at;
}

/* Is there an end of line in what has come since the last look? That may have ended with its CR. */
static bool has_news(struct rem_http_head *h, struct rem_span bytes)
{
	const uint8_t *end = bytes.p + bytes.n;
	const bool news = h->seen <= h->at ||
			  rem_find_either(bytes.p + h->seen - 1, end, '\r', '\n') < end;

	h->seen = (uint16_t)bytes.n;
	return news;
}

REM_OWN int rem_http_head_read(struct rem_http_head *h, struct rem_span bytes)
{
	const bool cut = bytes.n > REM_HTTP_MOST_HEAD;
	struct rem_http_line line;

	if (cut)
		bytes.n = REM_HTTP_MOST_HEAD;
	struct rem_http_lines lines = {.rest = {bytes.p + h->at, bytes.n - h->at}};
	if (!has_news(h, bytes))
		lines.rest.n = 0;
	while (rem_http_line_next(&lines, &line)) {
		const uint32_t end = line.whole.n - line.text.n;

		if (lines.rest.n == 0 &&
		    (end == 0 || (end == 1 && line.text.p[line.text.n] == '\r')))
			break;
		if (end != 2)
			return malformed(h);
		h->at = (uint16_t)(h->at + line.whole.n);
		if (line.text.n == 0 && h->fields != 0)
			return finish(h);
		if (line.text.n == 0) /* in front of a request line: RFC 9112 2.2 */
			continue;
		const int err = read_line(h, bytes.p, line.text);
		if (err != REM_OK)
			return err;
		if (h->fields == 0)
			h->fields = h->at;
	}
	return cut ? refuse(h, TOO_LARGE, REM_LIMIT) : REM_SHORT;
}

/* ---- what a head says ---- */

struct rem_http_lines rem_http_fields(const struct rem_http_head *h, const uint8_t *head)
{
	return (struct rem_http_lines){
		.rest = {head + h->fields, (uint32_t)(h->at - h->fields - 2)}};
}

bool rem_http_field(const struct rem_http_head *h, const uint8_t *head, const char *name,
		    struct rem_span *value)
{
	struct rem_http_lines lines = rem_http_fields(h, head);
	struct rem_http_header field;
	struct rem_http_line line;

	while (rem_http_line_next(&lines, &line)) {
		if (rem_http_header(line.text, &field) && rem_http_is(field.name, name)) {
			*value = trimmed(field.value);
			return true;
		}
	}
	return false;
}

bool rem_http_persists(const struct rem_http_head *h)
{
	if ((h->flags & REM_HTTP_CLOSE) != 0)
		return false;
	return h->minor > 0 || (h->flags & REM_HTTP_KEEP_ALIVE) != 0;
}

struct rem_span rem_http_path(struct rem_span target, struct rem_span *query)
{
	static const uint8_t root[] = "/";
	const uint8_t *p = target.p, *end = p + target.n;

	if (target.n > 0 && *p != '/' && !(target.n == 1 && *p == '*')) {
		const uint8_t *colon = rem_find_byte(p, end, ':');

		if (end - colon >= 3 && rem_same(colon, "://", 3))
			p = rem_find_either(colon + 3, end, '/', '?');
	}
	const uint8_t *mark = rem_find_byte(p, end, '?');
	*query = rem_between(mark < end ? mark + 1 : end, end);
	return mark > p ? rem_between(p, mark) : (struct rem_span){root, 1};
}
