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

/* Decimal, without the division that small processors lack. */
static void put_decimal(struct rem_out *out, uint64_t v)
{
	static const uint64_t powers[] = {
		10000000000000000000u, 1000000000000000000, 100000000000000000, 10000000000000000,
		1000000000000000, 100000000000000, 10000000000000, 1000000000000, 100000000000,
		10000000000, 1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1,
	};
	bool begun = false;

	for (unsigned i = 0; i < REM_COUNT(powers); i++) {
		char digit = '0';

		for (; v >= powers[i]; v -= powers[i])
			digit++;
		begun = begun || digit > '0' || i + 1 == REM_COUNT(powers);
		if (begun)
			rem_out_char(out, digit);
	}
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

/* The phrases that are met; a phrase may be empty: RFC 9112 4. */
static const char *phrase(unsigned code)
{
	switch (code) {
	case 100: return "Continue";
	case 200: return "OK";
	case 201: return "Created";
	case 202: return "Accepted";
	case 204: return "No Content";
	case 301: return "Moved Permanently";
	case 302: return "Found";
	case 303: return "See Other";
	case 304: return "Not Modified";
	case 400: return "Bad Request";
	case 401: return "Unauthorized";
	case 403: return "Forbidden";
	case 404: return "Not Found";
	case 405: return "Method Not Allowed";
	case 408: return "Request Timeout";
	case 409: return "Conflict";
	case 413: return "Content Too Large";
	case 415: return "Unsupported Media Type";
	case 417: return "Expectation Failed";
	case 431: return "Request Header Fields Too Large";
	case 500: return "Internal Server Error";
	case 501: return "Not Implemented";
	case 503: return "Service Unavailable";
	case 505: return "HTTP Version Not Supported";
	default: return "";
	}
}

void rem_http_put_status(struct rem_out *out, unsigned code)
{
	put_word(out, "HTTP/1.1 ");
	put_decimal(out, code);
	put_word(out, " ");
	put_word(out, phrase(code));
	put_word(out, "\r\n");
}

void rem_http_put_field(struct rem_out *out, const char *name, struct rem_span value)
{
	if (!rem_http_is_token(rem_word(name)))
		out->full = true;
	put_word(out, name);
	put_word(out, ": ");
	put_checked(out, value, ' ');
	put_word(out, "\r\n");
}

void rem_http_put_word(struct rem_out *out, const char *name, const char *value)
{
	rem_http_put_field(out, name, rem_word(value));
}

void rem_http_put_number(struct rem_out *out, const char *name, uint64_t value)
{
	put_word(out, name);
	put_word(out, ": ");
	put_decimal(out, value);
	put_word(out, "\r\n");
}

void rem_http_put_end(struct rem_out *out)
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
