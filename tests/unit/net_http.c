/* SPDX-License-Identifier: BSD-3-Clause */
/* HTTP/1.1 as it is spoken: heads, bodies, forms; whatever two readers could take differently. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <remora/http_message.h>
#include <remora/text.h>

static struct rem_span span(const char *s)
{
	return (struct rem_span){(const uint8_t *)s, (uint32_t)strlen(s)};
}

#define assert_span(s, text) \
	do { \
		const struct rem_span s_ = s; \
		assert_int_equal(s_.n, strlen(text)); \
		assert_memory_equal(s_.p, text, s_.n); \
	} while (0)

/* Reads a head from bytes that end where their memory ends, `step` more at a time. */
static int read_by(struct rem_http_head *h, enum rem_http_kind kind, const char *text, size_t n,
		   size_t step)
{
	int result = REM_SHORT;

	rem_http_head_begin(h, kind);
	for (size_t have = step; result == REM_SHORT; have += step) {
		const size_t here = have < n ? have : n;
		uint8_t *copy = malloc(here);

		assert_non_null(copy);
		memcpy(copy, text, here);
		result = rem_http_head_read(h, (struct rem_span){copy, (uint32_t)here});
		free(copy);
		if (have >= n)
			break;
	}
	return result;
}

static int read_head(struct rem_http_head *h, enum rem_http_kind kind, const char *text)
{
	struct rem_http_head slow;
	const size_t n = strlen(text);
	const int whole = read_by(h, kind, text, n, n), bytes = read_by(&slow, kind, text, n, 1);

	assert_int_equal(whole, bytes);
	if (whole > 0) {
		slow.seen = h->seen;
		assert_memory_equal(h, &slow, sizeof(slow));
	}
	return whole;
}

static const char get[] =
	"GET /a/b?x=1 HTTP/1.1\r\nHost: example.org:8080\r\nUser-Agent: curl/8\r\n"
	"Accept: */*\r\nCookie: a=b; c=d\r\n\r\n";

static void a_request(void **state)
{
	const uint8_t *head = (const uint8_t *)get;
	struct rem_http_head h;
	struct rem_span value, query;

	(void)state;
	assert_int_equal(read_head(&h, REM_HTTP_REQUEST, get), sizeof(get) - 1);
	assert_span(rem_http_text(head, h.method), "GET");
	assert_span(rem_http_text(head, h.target), "/a/b?x=1");
	assert_span(rem_http_text(head, h.host), "example.org:8080");
	assert_int_equal(h.minor, 1);
	assert_true(rem_http_persists(&h));
	assert_true(rem_http_field(&h, head, "user-agent", &value));
	assert_span(value, "curl/8");
	assert_true(rem_http_field(&h, head, "cookie", &value));
	assert_span(value, "a=b; c=d");
	assert_false(rem_http_field(&h, head, "referer", &value));
	assert_span(rem_http_path(rem_http_text(head, h.target), &query), "/a/b");
	assert_span(query, "x=1");
}

static void a_response(void **state)
{
	static const char text[] = "HTTP/1.0 404 Not Found\r\nContent-Length: 12 \r\n"
				   "Connection: foo, Keep-Alive\r\n\r\nrest";
	struct rem_http_head h;

	(void)state;
	assert_int_equal(read_head(&h, REM_HTTP_RESPONSE, text), sizeof(text) - 5);
	assert_int_equal(h.code, 404);
	assert_span(rem_http_text((const uint8_t *)text, h.target), "Not Found");
	assert_int_equal(h.length, 12);
	assert_true(rem_http_persists(&h));
	assert_int_equal(read_head(&h, REM_HTTP_RESPONSE, "HTTP/1.1 200\r\n\r\n"), 16);
	assert_int_equal(read_head(&h, REM_HTTP_RESPONSE, "HTTP/1.1 20 OK\r\n\r\n"), REM_FIELD);
	assert_int_equal(read_head(&h, REM_HTTP_RESPONSE, "HTTP/1.1 2000 OK\r\n\r\n"), REM_FIELD);
	assert_int_equal(read_head(&h, REM_HTTP_RESPONSE, "HTTP/1.1 -20 OK\r\n\r\n"), REM_FIELD);
	assert_int_equal(read_head(&h, REM_HTTP_RESPONSE, "ICY 200 OK\r\n\r\n"), REM_FIELD);
}

static void struct_is_small(void **state)
{
	(void)state;
	assert_true(sizeof(struct rem_http_head) <= 80);
}

static void targets(void **state)
{
	static const char *const cases[][3] = {
		{"/", "/", ""},
		{"/a?b?c", "/a", "b?c"},
		{"http://example.org/a?b", "/a", "b"},
		{"http://example.org", "/", ""},
		{"http://example.org?b", "/", "b"},
		{"*", "*", ""},
		{"example.org:443", "example.org:443", ""},
		{"/%2e%2e/x", "/%2e%2e/x", ""}, /* as it is written */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct rem_span query;

		assert_span(rem_http_path(span(cases[i][0]), &query), cases[i][1]);
		assert_span(query, cases[i][2]);
	}
}

/* What is refused, and with which status. */
struct refusal {
	const char *text;
	int err;
	int code;
};

static void refused(const struct refusal *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct rem_http_head h;

		assert_int_equal(read_head(&h, REM_HTTP_REQUEST, r[i].text), r[i].err);
		assert_int_equal(h.code, r[i].code);
	}
}

#define GET "GET / HTTP/1.1\r\nHost: a\r\n"

static void smuggling_is_refused(void **state)
{
	static const struct refusal cases[] = {
		{GET "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", REM_FIELD, 400},
		{GET "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: 5, 5\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: +5\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: -5\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: 0x5\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: 5 5\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length:\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length: 99999999999999999999999\r\n\r\n", REM_FIELD, 400},
		{GET "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", REM_FIELD, 400},
		{GET "Transfer-Encoding: chunked, chunked\r\n\r\n", REM_UNSUP, 501},
		{GET "Transfer-Encoding: gzip, chunked\r\n\r\n", REM_UNSUP, 501},
		{GET "Transfer-Encoding: identity\r\n\r\n", REM_UNSUP, 501},
		{GET "Transfer-Encoding: xchunked\r\n\r\n", REM_UNSUP, 501},
		{GET "Transfer-Encoding:\r\n\r\n", REM_UNSUP, 501},
		{GET "Transfer-Encoding: \vchunked\r\n\r\n", REM_FIELD, 400},
		{GET "Transfer-Encoding : chunked\r\n\r\n", REM_FIELD, 400},
		{GET "Content-Length : 5\r\n\r\n", REM_FIELD, 400},
		{GET "X: y\r\n Content-Length: 5\r\n\r\n", REM_FIELD, 400},
		{GET "X: y\r\n\tfolded\r\n\r\n", REM_FIELD, 400},
		{GET " X: y\r\n\r\n", REM_FIELD, 400},
		{"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", REM_FIELD, 400},
	};

	(void)state;
	refused(cases, sizeof(cases) / sizeof(*cases));
}

static void malformed_lines_are_refused(void **state)
{
	static const struct refusal cases[] = {
		{"GET / HTTP/1.1\nHost: a\n\n", REM_FIELD, 400},   /* bare LF */
		{"GET / HTTP/1.1\r\nHost: a\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/1.1\rHost: a\r\n\r\n", REM_FIELD, 400}, /* bare CR */
		{GET "X: a\rb\r\n\r\n", REM_FIELD, 400},
		{GET "X: a\r\r\n\r\n", REM_FIELD, 400},
		{GET "X: a\001b\r\n\r\n", REM_FIELD, 400},
		{GET "X: a\177b, and so on for more than a lane of bytes\r\n\r\n", REM_FIELD, 400},
		{GET "X: for more than a lane of bytes, and then a \033\r\n\r\n", REM_FIELD, 400},
		{GET "a bare CR\rand no end of the line", REM_FIELD, 400},
		{GET "no colon\r\n\r\n", REM_FIELD, 400},
		{GET ": no name\r\n\r\n", REM_FIELD, 400},
		{GET "a b: c\r\n\r\n", REM_FIELD, 400},
		{GET "a\": c\r\n\r\n", REM_FIELD, 400},
		{GET "\xc3\xa4: c\r\n\r\n", REM_FIELD, 400},
		{"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET /  HTTP/1.1\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/1.1 \r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{" GET / HTTP/1.1\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET /\r\n\r\n", REM_FIELD, 400}, /* HTTP/0.9 */
		{"GET / http/1.1\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/1.1x\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/11\r\nHost: a\r\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/2.0\r\nHost: a\r\n\r\n", REM_UNSUP, 505},
		{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", REM_UNSUP, 505},
		{"\x16\x03\x01\x02\r\n", REM_FIELD, 400}, /* TLS */
		{GET "Expect: more\r\n\r\n", REM_UNSUP, 417},
	};
	static const char nul[] = GET "X: a\0b\r\n\r\n";
	struct rem_http_head h;

	(void)state;
	refused(cases, sizeof(cases) / sizeof(*cases));
	assert_int_equal(read_by(&h, REM_HTTP_REQUEST, nul, sizeof(nul) - 1, 1), REM_FIELD);
}

static void hosts(void **state)
{
	static const struct refusal cases[] = {
		{"GET / HTTP/1.1\r\n\r\n", REM_FIELD, 400},
		{GET "Host: a\r\n\r\n", REM_FIELD, 400},
		{GET "HOST: b\r\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", REM_FIELD, 400},
		{"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", REM_FIELD, 400},
	};
	struct rem_http_head h;

	(void)state;
	refused(cases, sizeof(cases) / sizeof(*cases));
	assert_true(read_head(&h, REM_HTTP_REQUEST, "GET / HTTP/1.1\r\nHost:\r\n\r\n") > 0);
	assert_true(read_head(&h, REM_HTTP_REQUEST, "GET / HTTP/1.0\r\n\r\n") > 0);
	assert_true(read_head(&h, REM_HTTP_REQUEST, "\r\n\r\n" GET "\r\n") > 0);
	assert_true(read_head(&h, REM_HTTP_REQUEST, "FROB / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n") >
		    0);
}

static void a_head_without_end(void **state)
{
	const size_t n = 100000;
	char *text = malloc(n);
	struct rem_http_head h;

	(void)state;
	assert_non_null(text);
	memset(text, 'a', n);
	memcpy(text, "GET /", 5);
	assert_int_equal(read_by(&h, REM_HTTP_REQUEST, text, n, 999), REM_LIMIT);
	assert_int_equal(h.code, 431);
	for (size_t i = 0; i + 4 <= n; i += 4) /* 100 kB of header lines */
		memcpy(text + i, "a:\r\n", 4);
	memcpy(text, "GET / HTTP/1.1\r\na:\r\n", 20);
	assert_int_equal(read_by(&h, REM_HTTP_REQUEST, text, n, 1000), REM_LIMIT);
	assert_int_equal(read_by(&h, REM_HTTP_REQUEST, text, n, n), REM_LIMIT);
	free(text);
}

/* ---- bodies ---- */

/* Takes a body in steps of `step` bytes into `to`; returns its bytes, or what was wrong. */
static int take_body(struct rem_http_body *b, const char *text, size_t n, size_t step, char *to)
{
	size_t at = 0, got = 0;

	while (b->state != REM_HTTP_BODY_DONE && at < n) {
		const size_t here = n - at < step ? n - at : step;
		uint8_t *copy = malloc(here);
		struct rem_span piece;

		assert_non_null(copy);
		memcpy(copy, text + at, here);
		const int taken = rem_http_body_take(b, (struct rem_span){copy, (uint32_t)here},
						     &piece);
		if (taken > 0) {
			memcpy(to + got, piece.p, piece.n);
			got += piece.n;
			at += (size_t)taken;
		}
		free(copy);
		if (taken < 0)
			return taken;
		assert_true(taken > 0);
	}
	return (int)got;
}

static int take_chunks(const char *text, char *to)
{
	const struct rem_http_head h = {.kind = REM_HTTP_REQUEST, .flags = REM_HTTP_IS_CHUNKED};
	const size_t n = strlen(text);
	int result = 0;

	for (size_t step = n; step > 0; step = step > 1 ? 1 : 0) {
		struct rem_http_body b;

		rem_http_body_begin(&b, &h, false);
		const int got = take_body(&b, text, n, step, to);
		result = step == n ? got : result;
		assert_int_equal(got, result);
		if (got >= 0 && b.state != REM_HTTP_BODY_DONE)
			return rem_http_body_ended(&b);
	}
	return result;
}

static void chunks(void **state)
{
	char to[100] = "";

	(void)state;
	assert_int_equal(
		take_chunks("5\r\nhello\r\n1;a=\"b\"\r\n \r\n0005 ;x\r\nworld\r\n0\r\n\r\n", to),
		11);
	assert_memory_equal(to, "hello world", 11);
	assert_int_equal(
		take_chunks("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", to),
		20);
	assert_int_equal(take_chunks("0\r\n\r\n", to), 0);
	assert_int_equal(take_chunks("5\r\nhello\r\n0\r\n", to), REM_SHORT);
	assert_int_equal(take_chunks("5\r\nhel", to), REM_SHORT);
}

static void bad_chunks_are_refused(void **state)
{
	static const char *const cases[] = {
		"\r\n\r\n", "g\r\n", "-1\r\n", "+1\r\na\r\n", "0x1\r\na\r\n", " 1\r\na\r\n", "1 \r\na\r\n",
		"1\na\n0\n\n", "1\r\na0\r\n\r\n", "1\r\na\n0\r\n\r\n", "1\r\nab\r\n0\r\n\r\n", "1\rx",
		"1;a\nb\r\n", "1;\001\r\n", "0\r\nA: b\n\r\n", "0\r\n\rx",
		"ffffffffffffffff\r\n", "10000000000000001\r\na", "1000000000000000f\r\n", /* 2^64 and more */
	};
	char to[100], *text = malloc(20000);
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(take_chunks(cases[i], to), REM_FIELD);
	assert_non_null(text);
	memset(text, 'x', 19999);
	text[19999] = '\0';
	memcpy(text, "1;", 2);
	assert_int_equal(take_chunks(text, to), REM_LIMIT);
	memcpy(text, "0\r\n", 3);
	assert_int_equal(take_chunks(text, to), REM_LIMIT);
	free(text);
}

/* A length of 2^32 + 32 is not 32: where it cannot be counted it is refused. */
static void a_length_is_not_cut(void **state)
{
	struct rem_http_head h;
	struct rem_http_body b;

	(void)state;
	assert_true(read_head(&h, REM_HTTP_REQUEST, GET "Content-Length: 4294967294\r\n\r\n") > 0);
	rem_http_body_begin(&b, &h, false);
	assert_true(b.left == 4294967294);
	const int n = read_head(&h, REM_HTTP_REQUEST, GET "Content-Length: 4294967328\r\n\r\n");
	if (sizeof(rem_http_size) == 4) {
		assert_int_equal(n, REM_LIMIT);
		assert_int_equal(h.code, 413);
		return;
	}
	assert_true(n > 0);
	rem_http_body_begin(&b, &h, false);
	assert_true(b.left == 4294967328);
}

static void where_bodies_end(void **state)
{
	char to[100];
	struct rem_http_head h;
	struct rem_http_body b;

	(void)state;
	assert_true(read_head(&h, REM_HTTP_RESPONSE, "HTTP/1.1 200 OK\r\n\r\n") > 0);
	rem_http_body_begin(&b, &h, false);
	assert_int_equal(take_body(&b, "hello", 5, 2, to), 5);
	assert_int_equal(rem_http_body_ended(&b), REM_OK);
	assert_true(read_head(&h, REM_HTTP_RESPONSE,
			      "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n") > 0);
	rem_http_body_begin(&b, &h, false);
	assert_int_equal(take_body(&b, "hello", 5, 2, to), 5);
	assert_int_equal(rem_http_body_ended(&b), REM_SHORT);
	rem_http_body_begin(&b, &h, true);
	assert_int_equal(b.state, REM_HTTP_BODY_DONE);
	assert_true(read_head(&h, REM_HTTP_RESPONSE,
			      "HTTP/1.1 304 x\r\nContent-Length: 6\r\n\r\n") > 0);
	rem_http_body_begin(&b, &h, false);
	assert_int_equal(b.state, REM_HTTP_BODY_DONE);
	assert_true(read_head(&h, REM_HTTP_REQUEST, GET "\r\n") > 0);
	rem_http_body_begin(&b, &h, false);
	assert_int_equal(b.state, REM_HTTP_BODY_DONE);
}

/* ---- writing, forms, cookies ---- */

static void heads_are_written(void **state)
{
	char text[200], wanted[200];
	struct rem_out out = {text, text + sizeof(text), false};
	uint8_t chunk[REM_HTTP_CHUNK_HEAD];

	(void)state;
	rem_http_put_request(&out, "GET", "/x?y", "example.org");
	rem_http_put_number(&out, "Content-Length", REM_HTTP_ENDLESS);
	rem_http_put_number(&out, "X", 0);
	rem_http_put_end(&out);
	assert_false(out.full);
	*out.p = '\0';
	snprintf(wanted, sizeof(wanted),
		 "GET /x?y HTTP/1.1\r\nHost: example.org\r\nContent-Length: %llu\r\nX: 0\r\n\r\n",
		 (unsigned long long)REM_HTTP_ENDLESS);
	assert_string_equal(text, wanted);
	rem_http_put_chunk(chunk, 0xbeef);
	assert_memory_equal(chunk, "beef\r\n", 6);
	out = (struct rem_out){text, text + 20, false};
	rem_http_put_status(&out, 500);
	assert_true(out.full);
}

static void nothing_breaks_out_of_its_line(void **state)
{
	char text[400];

	(void)state;
	for (int i = 0; i < 8; i++) {
		struct rem_out out = {text, text + sizeof(text), false};

		switch (i) {
		case 0: rem_http_put_word(&out, "X", "a\r\nSet-Cookie: b"); break;
		case 1: rem_http_put_word(&out, "X", "a\nb"); break;
		case 2: rem_http_put_word(&out, "X\r\nY", "a"); break;
		case 3: rem_http_put_field(&out, "X", (struct rem_span){(const uint8_t *)"a\0b", 3}); break;
		case 4: rem_http_put_request(&out, "GET", "/a b", "c"); break;
		case 5: rem_http_put_request(&out, "GET", "/", "c\r\nX: y"); break;
		case 6: rem_http_put_request(&out, "G T", "/", "c"); break;
		default: rem_http_put_cookie(&out, "a", "b; Domain=evil", NULL); break;
		}
		assert_true(out.full);
	}
}

static void forms(void **state)
{
	struct rem_span form = span("a=1&&b=%41+%2b&=x&c&d=e=f"), value;
	struct rem_http_pair pair;
	uint8_t to[16];
	int n = 0;

	(void)state;
	assert_true(rem_http_form_find(form, "b", &value));
	assert_int_equal(rem_http_decode(value, true, to, sizeof(to)), 3);
	assert_memory_equal(to, "A +", 3);
	assert_int_equal(rem_http_decode(value, false, to, sizeof(to)), 3);
	assert_memory_equal(to, "A++", 3);
	assert_int_equal(rem_http_decode(value, false, to, 2), REM_LIMIT);
	assert_true(rem_http_form_find(form, "c", &value));
	assert_int_equal(value.n, 0);
	assert_true(rem_http_form_find(form, "d", &value));
	assert_span(value, "e=f");
	assert_false(rem_http_form_find(form, "e", &value));
	while (rem_http_form_next(&form, &pair))
		n++;
	assert_int_equal(n, 5);
	assert_int_equal(rem_http_decode(span("%4"), true, to, 16), REM_FIELD);
	assert_int_equal(rem_http_decode(span("%"), true, to, 16), REM_FIELD);
	assert_int_equal(rem_http_decode(span("%g0"), true, to, 16), REM_FIELD);
	assert_int_equal(rem_http_decode(span("%00"), true, to, 16), 1);
}

static void cookies(void **state)
{
	const struct rem_span line = span("a=b; session=\"x y\";c=;  d");
	char text[100];
	struct rem_out out = {text, text + sizeof(text), false};
	struct rem_span value;

	(void)state;
	assert_true(rem_http_cookie_find(line, "session", &value));
	assert_span(value, "\"x y\"");
	assert_true(rem_http_cookie_find(line, "c", &value));
	assert_int_equal(value.n, 0);
	assert_true(rem_http_cookie_find(line, "d", &value));
	rem_http_put_cookie(&out, "id", "42", "HttpOnly; SameSite=Strict");
	*out.p = '\0';
	assert_string_equal(text, "Set-Cookie: id=42; HttpOnly; SameSite=Strict\r\n");
	assert_false(out.full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request),
		cmocka_unit_test(a_response),
		cmocka_unit_test(struct_is_small),
		cmocka_unit_test(targets),
		cmocka_unit_test(smuggling_is_refused),
		cmocka_unit_test(malformed_lines_are_refused),
		cmocka_unit_test(hosts),
		cmocka_unit_test(a_head_without_end),
		cmocka_unit_test(chunks),
		cmocka_unit_test(bad_chunks_are_refused),
		cmocka_unit_test(a_length_is_not_cut),
		cmocka_unit_test(where_bodies_end),
		cmocka_unit_test(heads_are_written),
		cmocka_unit_test(nothing_breaks_out_of_its_line),
		cmocka_unit_test(forms),
		cmocka_unit_test(cookies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
