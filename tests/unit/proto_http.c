/* SPDX-License-Identifier: BSD-3-Clause */
/* HTTP/1.x: heads, bodies, chunks, several messages of a segment, and lines that nobody ended. */
#include "apart.h"
#include <remora/http.h>

#define HTTP(text) apart(REM_P_HTTP, text, sizeof(text) - 1)

static void a_request(void **state)
{
	struct apart *a = HTTP("GET /find?q=fish&lang=en HTTP/1.1\r\nHost: example.com\r\n"
			       "cookie: a=1; b=2\r\nX-Odd: yes\r\n\r\n");

	(void)state;
	assert_shows(a, "http.request.method", "GET");
	assert_shows(a, "http.request.uri", "/find?q=fish&lang=en");
	assert_shows(a, "http.request.uri.path", "/find");
	assert_shows(a, "http.request.uri.query", "q=fish&lang=en");
	assert_string_equal(apart_text(a, "http.request.uri.query.parameter", 1), "lang=en");
	assert_shows(a, "http.request.version", "HTTP/1.1");
	assert_shows(a, "http.request", "1");
	assert_shows(a, "http.host", "example.com");
	assert_shows(a, "http.cookie", "a=1; b=2");
	assert_string_equal(apart_text(a, "http.cookie_pair", 1), "b=2");
	assert_int_equal(apart_count(a, "http.request.line"), 3);
	assert_string_equal(apart_text(a, "http.request.line", 2), "X-Odd: yes\\r\\n");
	assert_absent(a, "http.response");
	assert_absent(a, "http.file_data");
	assert_string_equal(apart_info(a), "GET /find?q=fish&lang=en HTTP/1.1  Host: example.com");
	apart_free(a);
}

/* The target at its host; the last of each counts. */
static void full_uris(void **state)
{
	static const struct {
		const char *head, *uri; /* NULL: there is none */
	} cases[] = {
		{"GET /a?b HTTP/1.1\r\nHost:  h.example:81 \r\n\r\n", "http://h.example:81/a?b"},
		{"GET /a HTTP/1.1\r\nX: y\r\n\r\n", NULL},
		{"GET /a HTTP/1.1\r\nHost:\r\n\r\n", "http:///a"},
		{"GET /a HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", "http://b/a"},
		{"GET /a HTTP/1.1\r\nHost: a\r\nPUT /b HTTP/1.1\r\n\r\n", "http://a/b"},
		{"GET HTTPS://a/b HTTP/1.1\r\nHost: c\r\n\r\n", "HTTPS://a/b"},
		{"OPTIONS * HTTP/1.1\r\nHost: c\r\n\r\n", "http://c*"},
		{"CONNECT a:443 HTTP/1.1\r\nHost: c\r\n\r\n", "a:443"},
		{"HTTP/1.1 200 OK\r\nHost: c\r\n\r\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < REM_COUNT(cases); i++) {
		struct apart *a = apart(REM_P_HTTP, cases[i].head, strlen(cases[i].head));

		if (cases[i].uri != NULL)
			assert_shows(a, "http.request.full_uri", cases[i].uri);
		else
			assert_absent(a, "http.request.full_uri");
		apart_free(a);
	}
}

static void a_response(void **state)
{
	struct apart *a = HTTP("HTTP/1.1 301 Moved Permanently\r\nContent-Type: text/html\r\n"
			       "Content-Length: 5\r\nLocation: http://example.com/\r\n\r\nhello");

	(void)state;
	assert_shows(a, "http.response.version", "HTTP/1.1");
	assert_shows(a, "http.response.code", "301");
	assert_shows(a, "http.response.code.desc", "Moved Permanently");
	assert_shows(a, "http.response.phrase", "Moved Permanently");
	assert_shows(a, "http.content_length_header", "5");
	assert_shows(a, "http.content_length", "5");
	assert_shows(a, "http.location", "http://example.com/");
	assert_shows(a, "http.file_data", "hello");
	assert_int_equal(apart_count(a, "http.response.line"), 3);
	assert_string_equal(apart_info(a), "HTTP/1.1 301 Moved Permanently, text/html, 5 bytes");
	apart_free(a);
}

static void start_lines(void **state)
{
	static const struct {
		const char *line;
		enum rem_http_kind kind;
		const char *uri, *version, *code, *phrase;
	} cases[] = {
		{"GET / HTTP/1.1", REM_HTTP_REQUEST, "/", "HTTP/1.1", "", ""},
		{"GET  / HTTP/1.1", REM_HTTP_REQUEST, "", "/ HTTP/1.1", "", ""},
		{"GET", REM_HTTP_REQUEST, "", "", "", ""},
		{"M-SEARCH * HTTP/1.1", REM_HTTP_REQUEST, "*", "HTTP/1.1", "", ""},
		{"VERSION-CONTROL / HTTP/1.1", REM_HTTP_REQUEST, "/", "HTTP/1.1", "", ""},
		{"NOTIFY * HTTP/1.1", REM_HTTP_NOTIFICATION, "*", "HTTP/1.1", "", ""},
		{"HTTP/1.1  200  Very well ", REM_HTTP_RESPONSE, "", "HTTP/1.1", "200", "Very well "},
		{"HTTP/1.1 20 x", REM_HTTP_RESPONSE, "", "HTTP/1.1", "", ""},
		{"ICY 200 OK", REM_HTTP_RESPONSE, "", "ICY", "200", "OK"},
		{"get / HTTP/1.1", REM_HTTP_OTHER, "", "", "", ""},
		{"GETX / HTTP/1.1", REM_HTTP_OTHER, "", "", "", ""},
		{"GET: HTTP/1.1", REM_HTTP_OTHER, "", "", "", ""},
		{"Host: example.com", REM_HTTP_OTHER, "", "", "", ""},
		{"", REM_HTTP_OTHER, "", "", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct rem_span line = {(const uint8_t *)cases[i].line,
					      (uint32_t)strlen(cases[i].line)};
		struct rem_http_start s;

		assert_int_equal(rem_http_start(line, &s), cases[i].kind);
		if (cases[i].kind == REM_HTTP_OTHER)
			continue;
		assert_int_equal(s.uri.n, strlen(cases[i].uri));
		assert_memory_equal(s.uri.p, cases[i].uri, s.uri.n);
		assert_int_equal(s.version.n, strlen(cases[i].version));
		assert_memory_equal(s.version.p, cases[i].version, s.version.n);
		assert_int_equal(s.code.n, strlen(cases[i].code));
		assert_memory_equal(s.code.p, cases[i].code, s.code.n);
		assert_int_equal(s.phrase.n, strlen(cases[i].phrase));
		assert_memory_equal(s.phrase.p, cases[i].phrase, s.phrase.n);
	}
}

/* CR LF, LF, CR: each ends a line, and the last needs no end. */
static void lines(void **state)
{
	static const char text[] = "a\r\nbb\n\rc\n\r\rddd";
	static const uint32_t lengths[] = {1, 2, 0, 1, 0, 0, 3}, wholes[] = {3, 3, 1, 2, 1, 1, 3};
	struct rem_http_lines walk = {.rest = {(const uint8_t *)text, sizeof(text) - 1}};
	struct rem_http_line line;
	size_t n = 0;

	(void)state;
	while (rem_http_line_next(&walk, &line)) {
		assert_true(n < sizeof(lengths) / sizeof(lengths[0]));
		assert_int_equal(line.text.n, lengths[n]);
		assert_int_equal(line.whole.n, wholes[n]);
		n++;
	}
	assert_int_equal(n, sizeof(lengths) / sizeof(lengths[0]));
}

/* Each header that has a row of its own is found by its name, in any case. */
static void names(void **state)
{
	static const char *const name[REM_HTTP_UNKNOWN] = {
		"Host", "Date", "Cookie", "Accept", "Server", "Upgrade", "Referer", "Location",
		"Connection", "User-Agent", "Set-Cookie", "Content-Type", "Cache-Control",
		"Last-Modified", "Authorization", "Content-Length", "HTTP2-Settings",
		"Accept-Encoding", "Accept-Language", "X-Forwarded-For", "Content-Encoding",
		"WWW-Authenticate", "Transfer-Encoding", "Sec-WebSocket-Key", "Proxy-Authenticate",
		"Proxy-Authorization", "Sec-WebSocket-Accept", "Sec-WebSocket-Version",
		"Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions",
	};

	(void)state;
	for (unsigned i = 0; i < REM_HTTP_UNKNOWN; i++) {
		const struct rem_span s = {(const uint8_t *)name[i], (uint32_t)strlen(name[i])};

		assert_int_equal(rem_http_name(s), i);
		assert_int_equal(rem_http_name((struct rem_span){s.p, s.n - 1}), REM_HTTP_UNKNOWN);
	}
}

static void lengths(void **state)
{
	static const struct {
		const char *text;
		bool good;
		uint64_t n;
	} cases[] = {
		{"0", true, 0}, {"+5", true, 5}, {"007 ", true, 7}, {"4294967296", true, 4294967296},
		{"", false, 0}, {"5x", false, 0}, {"-1", false, 0}, {"5,5", false, 0},
		{"9223372036854775808", false, 0}, {"99999999999999999999", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct rem_span s = {(const uint8_t *)cases[i].text,
					   (uint32_t)strlen(cases[i].text)};
		uint64_t n = 0;

		assert_int_equal(rem_http_length(s, &n), cases[i].good);
		assert_int_equal(n, cases[i].n);
	}
}

static void chunks(void **state)
{
	struct apart *a = HTTP("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
			       "5;x=y\r\nhello\r\n0\r\nAge: 1\r\n\r\nHTTP/1.1 404 No\r\n\r\n");

	(void)state;
	assert_shows(a, "http.chunk_size", "5");
	assert_string_equal(apart_text(a, "http.chunk_size", 1), "0");
	assert_shows(a, "http.chunk_data", "68:65:6c:6c:6f");
	assert_shows(a, "http.chunked_trailer_part", "Age: 1\\r\\n");
	assert_absent(a, "http.file_data");
	assert_string_equal(apart_text(a, "http.response.code", 1), "404");
	apart_free(a);
	a = HTTP("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nhello\r\n");
	assert_absent(a, "http.chunk_size");
	apart_free(a);
}

/* A packed body has bytes, but no text yet. */
static void packed(void **state)
{
	struct apart *a = HTTP("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\b");

	(void)state;
	assert_shows(a, "http.content_encoding", "gzip");
	assert_absent(a, "http.file_data");
	apart_free(a);
}

/* A segment within a body begins with no start line: a line of text has nothing to show of it. */
static void within(void **state)
{
	struct apart *a = HTTP("X-Cache: miss\r\nServer: fish\r\n\r\n");

	(void)state;
	assert_string_equal(apart_info(a), "continuation");
	apart_free(a);
}

static void pipelined(void **state)
{
	struct apart *a = HTTP("POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nab"
			       "GET /2 HTTP/1.1\n\n\r\nGET /3 HTTP/1.1\r\n\r\nwhat is this");

	(void)state;
	assert_int_equal(apart_count(a, "http.request"), 3);
	assert_string_equal(apart_text(a, "http.request.uri", 2), "/3");
	assert_int_equal(apart_count(a, "http.file_data"), 2);
	assert_string_equal(apart_text(a, "http.file_data", 1), "what is this");
	assert_string_equal(apart_info(a), "POST /1 HTTP/1.1, 2 bytes");
	apart_free(a);
}

/* Bodies that go on, and anything else that does not begin like a head, are HTTP and data. */
static void pieces(void **state)
{
	static const char *const text[] = {"<html>", "\r\n", "\x16\x03\x01", "GETX / HTTP/1.1\r\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		struct apart *a = apart(REM_P_HTTP, text[i], strlen(text[i]));

		assert_non_null(apart_layer(a, REM_P_HTTP));
		assert_int_equal(apart_count(a, "data.data"), 1);
		assert_int_equal(apart_count(a, "http.file_data"), text[i][0] >= ' ');
		apart_free(a);
	}
}

static void cut(void **state)
{
	static const char text[] = "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";
	struct apart *a = apart_cut(REM_P_HTTP, text, 28, sizeof(text) - 1);

	(void)state;
	assert_shows(a, "http.request.uri", "/");
	assert_shows(a, "http.host", "exampl");
	assert_int_equal(apart_layer(a, REM_P_HTTP)->err, REM_SHORT);
	apart_free(a);
	a = apart(REM_P_HTTP, text, 18);        /* "Ho": may become anything */
	assert_shows(a, "http.request.uri", "/");
	assert_absent(a, "http.request");
	assert_absent(a, "http.request.line");
	apart_free(a);
}

/* To Wireshark a text ends at its first NUL: there is no query behind one. */
static void nul(void **state)
{
	struct apart *a = HTTP("GET /a\0b?c=d HTTP/1.1\r\n\r\n");

	(void)state;
	assert_shows(a, "http.request.uri", "/a");
	assert_absent(a, "http.request.uri.query");
	apart_free(a);
}

static void ssdp(void **state)
{
	struct apart *a = apart(REM_P_SSDP, "NOTIFY * HTTP/1.1\r\nNT: x\r\nHost: y\r\n\r\n", 38);

	(void)state;
	assert_shows(a, "http.notification", "1");
	assert_shows(a, "http.unknown_header", "NT: x\\r\\n");
	assert_shows(a, "http.host", "y");
	assert_absent(a, "http.request.line");
	apart_free(a);
}

static void tortured(void **state)
{
	static const uint8_t text[] =
		"GET /?a=b&c HTTP/1.1\r\nCookie: a=b;c\r\nContent-Length: 1\r\n\r\nx"
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nab\r\n0\r\nx:y\r\n\r\n"
		"\r\nNOTIFY * HTTP/1.1\nContent-Encoding: x\n\nrest";

	(void)state;
	apart_torture(REM_P_HTTP, text, sizeof(text) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request),
		cmocka_unit_test(full_uris), cmocka_unit_test(a_response),
		cmocka_unit_test(start_lines), cmocka_unit_test(lines), cmocka_unit_test(names),
		cmocka_unit_test(lengths), cmocka_unit_test(chunks), cmocka_unit_test(packed),
		cmocka_unit_test(within), cmocka_unit_test(pipelined), cmocka_unit_test(pieces), cmocka_unit_test(nul),
		cmocka_unit_test(cut),
		cmocka_unit_test(ssdp), cmocka_unit_test(tortured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
