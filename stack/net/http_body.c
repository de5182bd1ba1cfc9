/* SPDX-License-Identifier: BSD-3-Clause */
/* The bodies of HTTP/1.1 messages: RFC 9112 6.3 and 7.1, as spans of the bytes that come. */
#include "core/scan.h"
#include <remora/http_message.h>

enum { SPARE = 8192 }; /* bytes of extensions and trailers in one body; nobody uses either */

void rem_http_body_begin(struct rem_http_body *b, const struct rem_http_head *h, bool to_head)
{
	const bool request = h->kind == REM_HTTP_REQUEST;

	*b = (struct rem_http_body){.spare = SPARE, .state = REM_HTTP_BODY_DONE};
	if (to_head || (!request && (h->code < 200 || h->code == 204 || h->code == 304)))
		return;
	if ((h->flags & REM_HTTP_IS_CHUNKED) != 0) {
		b->state = REM_HTTP_CHUNK_SIZE;
	} else if ((h->flags & REM_HTTP_HAS_LENGTH) != 0) {
		b->left = h->length;
		b->state = h->length > 0 ? REM_HTTP_BODY_COUNTED : REM_HTTP_BODY_DONE;
	} else if (!request) {
		b->state = REM_HTTP_BODY_TO_CLOSE;
	}
}

static int digit_of(uint8_t c)
{
	const uint8_t low = c | 0x20;

	if (c >= '0' && c <= '9')
		return c - '0';
	return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* What may stand in an extension or a trailer: no control but a tab. */
static bool is_text(uint8_t c)
{
	return c == '\t' || (c >= ' ' && c != 0x7f);
}

static int go(struct rem_http_body *b, bool good, enum rem_http_body_state state)
{
	if (good)
		b->state = (uint8_t)state;
	return good ? REM_OK : REM_FIELD;
}

static int spend(struct rem_http_body *b, uint8_t c, enum rem_http_body_state state)
{
	if (b->spare == 0)
		return REM_LIMIT;
	b->spare--;
	return go(b, is_text(c), state);
}

/* Digits of a chunk's size: fifteen that count, seven where bodies are counted in 32 bits. */
static int size_digit(struct rem_http_body *b, uint8_t c)
{
	const int digit = digit_of(c);

	if (digit < 0 || b->left >> (8 * sizeof(b->left) - 8) != 0)
		return REM_FIELD;
	b->left = b->left << 4 | (rem_http_size)digit;
	return go(b, true, REM_HTTP_CHUNK_DIGITS);
}

static int after_size(struct rem_http_body *b, uint8_t c)
{
	if (c == '\r' && b->state == REM_HTTP_CHUNK_DIGITS)
		return go(b, true, REM_HTTP_CHUNK_LF);
	if (c == ';')
		return spend(b, c, REM_HTTP_CHUNK_EXTENSION);
	if (c == ' ' || c == '\t')
		return spend(b, c, REM_HTTP_CHUNK_BLANK);
	return b->state == REM_HTTP_CHUNK_DIGITS ? size_digit(b, c) : REM_FIELD;
}

/* A byte between the chunks: the steps are those of RFC 9112 7.1's grammar. */
static int step(struct rem_http_body *b, uint8_t c)
{
	switch (b->state) {
	case REM_HTTP_CHUNK_SIZE: b->left = 0; return size_digit(b, c);
	case REM_HTTP_CHUNK_DIGITS:
	case REM_HTTP_CHUNK_BLANK: return after_size(b, c);
	case REM_HTTP_CHUNK_EXTENSION:
		return c == '\r' ? go(b, true, REM_HTTP_CHUNK_LF)
				 : spend(b, c, REM_HTTP_CHUNK_EXTENSION);
	case REM_HTTP_CHUNK_LF:
		return go(b, c == '\n', b->left > 0 ? REM_HTTP_CHUNK_DATA : REM_HTTP_TRAILER);
	case REM_HTTP_CHUNK_DATA_CR: return go(b, c == '\r', REM_HTTP_CHUNK_DATA_LF);
	case REM_HTTP_CHUNK_DATA_LF: return go(b, c == '\n', REM_HTTP_CHUNK_SIZE);
	case REM_HTTP_TRAILER:
		return c == '\r' ? go(b, true, REM_HTTP_LAST_LF)
				 : spend(b, c, REM_HTTP_TRAILER_LINE);
	case REM_HTTP_TRAILER_LINE:
		return c == '\r' ? go(b, true, REM_HTTP_TRAILER_LF)
				 : spend(b, c, REM_HTTP_TRAILER_LINE);
	case REM_HTTP_TRAILER_LF: return go(b, c == '\n', REM_HTTP_TRAILER);
	default: return go(b, c == '\n', REM_HTTP_BODY_DONE); /* REM_HTTP_LAST_LF */
	}
}

static bool is_content(unsigned state)
{
	return state == REM_HTTP_BODY_COUNTED || state == REM_HTTP_BODY_TO_CLOSE ||
	       state == REM_HTTP_CHUNK_DATA;
}

int rem_http_body_take(struct rem_http_body *b, struct rem_span bytes, struct rem_span *piece)
{
	const uint32_t most = bytes.n < INT32_MAX ? bytes.n : INT32_MAX;
	uint32_t n = 0;

	*piece = (struct rem_span){bytes.p, 0};
	while (n < most && b->state != REM_HTTP_BODY_DONE && !is_content(b->state)) {
		const int err = step(b, bytes.p[n++]);

		if (err != REM_OK)
			return err;
	}
	if (n == most || b->state == REM_HTTP_BODY_DONE)
		return (int)n;
	*piece = (struct rem_span){bytes.p + n, most - n};
	if (b->state == REM_HTTP_BODY_TO_CLOSE)
		return (int)most;
	if (piece->n > b->left)
		piece->n = (uint32_t)b->left;
	b->left -= piece->n;
	if (b->left == 0)
		b->state = b->state == REM_HTTP_CHUNK_DATA ? REM_HTTP_CHUNK_DATA_CR
							   : REM_HTTP_BODY_DONE;
	return (int)(n + piece->n);
}

int rem_http_body_ended(const struct rem_http_body *b)
{
	return b->state == REM_HTTP_BODY_DONE || b->state == REM_HTTP_BODY_TO_CLOSE ? REM_OK
										    : REM_SHORT;
}
