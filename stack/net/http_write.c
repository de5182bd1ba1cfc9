/* SPDX-License-Identifier: BSD-3-Clause */
/* Heads of HTTP/1.1 messages, written: RFC 9112 3 to 5. Nothing that is put in can end its line. */
#include "core/decode.h"
#include "net/http_serve.h"
#include "net/words.h"

static void put(struct rem_out *out, struct rem_span s)
{
	rem_out_mem(out, (const char *)s.p, s.n);
}

static void put_word(struct rem_out *out, const char *s)
{
	put(out, rem_word(s));
}

/* Writes only what has no byte below `least`: controls, and blanks where a word ends at one. */
static void put_checked(struct rem_out *out, struct rem_span s, uint8_t least)
{
	for (uint32_t i = 0; i < s.n; i++) {
		if ((s.p[i] < least && s.p[i] != '\t') || s.p[i] == 0x7f)
			out->full = true;
	}
	if (!out->full)
		put(out, s);
}

/* Divides by ten; what is left. By bits where there is no instruction for it. */
static unsigned tenth(rem_http_size *v)
{
	unsigned left = 0;

	if (!REM_SMALL) {
		left = (unsigned)(*v % 10);
		*v /= 10;
		return left;
	}
	for (unsigned bit = 0; bit < 8 * sizeof(*v); bit++) {
		left = left << 1 | (unsigned)(*v >> (8 * sizeof(*v) - 1));
		*v <<= 1;
		if (left >= 10) {
			left -= 10;
			++*v;
		}
	}
	return left;
}

static void put_decimal(struct rem_out *out, rem_http_size v)
{
	char digits[20], *p = digits + sizeof(digits);

	do {
		*--p = (char)('0' + tenth(&v));
	} while (v > 0);
	rem_out_mem(out, p, (size_t)(digits + sizeof(digits) - p));
}

void rem_http_put_request(struct rem_out *out, const char *method, const char *target,
			  const char *host)
{
	if (!rem_http_is_token(rem_word(method)) || *target == '\0')
		out->full = true;
	put_word(out, method);
	put_word(out, " ");
	put_checked(out, rem_word(target), '!');
	put_word(out, " HTTP/1.1\r\n");
	rem_http_put_word(out, "Host", host);
}

/* The codes that are met, with their phrases; a phrase may be empty: RFC 9112 4. */
static const char codes[] =
#ifndef REM_NO_NAMES
	"100 Continue\0"
	"200 OK\0"
	"201 Created\0"
	"202 Accepted\0"
	"204 No Content\0"
	"301 Moved Permanently\0"
	"302 Found\0"
	"303 See Other\0"
	"304 Not Modified\0"
	"400 Bad Request\0"
	"401 Unauthorized\0"
	"403 Forbidden\0"
	"404 Not Found\0"
	"405 Method Not Allowed\0"
	"408 Request Timeout\0"
	"409 Conflict\0"
	"413 Content Too Large\0"
	"415 Unsupported Media Type\0"
	"417 Expectation Failed\0"
	"431 Request Header Fields Too Large\0"
	"500 Internal Server Error\0"
	"501 Not Implemented\0"
	"503 Service Unavailable\0"
	"505 HTTP Version Not Supported\0"
#endif
	"";

void rem_http_put_status(struct rem_out *out, unsigned code)
{
	const char *p = codes;

	put_word(out, "HTTP/1.1 ");
	while (*p != '\0' &&
	       100u * (uint8_t)p[0] + 10u * (uint8_t)p[1] + (uint8_t)p[2] != code + 111u * '0')
		p += rem_word(p).n + 1;
	if (*p != '\0') {
		put_word(out, p);
	} else {
		put_decimal(out, code);
		put_word(out, " ");
	}
	rem_http_put_end(out);
}

void rem_http_put_field(struct rem_out *out, const char *name, struct rem_span value)
{
	if (!rem_http_is_token(rem_word(name)))
		out->full = true;
	put_word(out, name);
	put_word(out, ": ");
	put_checked(out, value, ' ');
	rem_http_put_end(out);
}

void rem_http_put_word(struct rem_out *out, const char *name, const char *value)
{
	rem_http_put_field(out, name, rem_word(value));
}

void rem_http_put_number(struct rem_out *out, const char *name, rem_http_size value)
{
	put_word(out, name);
	put_word(out, ": ");
	put_decimal(out, value);
	rem_http_put_end(out);
}

REM_OWN void rem_http_put_end(struct rem_out *out)
{
	put_word(out, "\r\n");
}

void rem_http_put_chunk(uint8_t p[REM_HTTP_CHUNK_HEAD], uint32_t n)
{
	static const char digits[] = "0123456789abcdef";

	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)digits[n >> (12 - 4 * i) & 15];
	p[4] = '\r';
	p[5] = '\n';
}

uint32_t rem_http_chunk_room(uint32_t room)
{
	const uint32_t n = room - REM_HTTP_CHUNK_HEAD - 2, most = 0xffff;

	return n < most ? n : most;
}

int rem_http_frame_chunk(uint8_t *p, uint32_t n)
{
	rem_http_put_chunk(p, n);
	p[REM_HTTP_CHUNK_HEAD + n] = '\r';
	p[REM_HTTP_CHUNK_HEAD + n + 1] = '\n';
	return (int)(REM_HTTP_CHUNK_HEAD + n + 2);
}

uint32_t rem_http_io_put(struct rem_http_io *io, const uint8_t *p, uint32_t n)
{
	const uint32_t room = io->room - io->wrote, most = n < room ? n : room;

	if (most > 0)
		rem_copy(io->out + io->wrote, p, most);
	io->wrote += most;
	return most;
}
