/* SPDX-License-Identifier: BSD-3-Clause */
/* Both sides of an HTTP/1.1 connection, in memory, with explicit time: routes, bodies, patience. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <remora/http_client.h>
#include <remora/node.h>

enum { SECOND = 1000000, HEADS = 1024 };

static struct rem_span span(const char *s)
{
	return (struct rem_span){(const uint8_t *)s, (uint32_t)strlen(s)};
}

/* ---- a server's routes ---- */

static void hello(struct rem_http_exchange *x)
{
	rem_http_reply(x, 200, "text/plain", span("hello"));
}

static void user(struct rem_http_exchange *x)
{
	static uint8_t text[64];
	const struct rem_span id = rem_http_value(x, "id"), rest = rem_http_value(x, "rest");

	memcpy(text, id.p, id.n);
	text[id.n] = '|';
	memcpy(text + id.n + 1, rest.p, rest.n);
	rem_http_reply(x, 200, NULL, (struct rem_span){text, id.n + 1 + rest.n});
}

static uint32_t sum_taken;

static int take_sum(struct rem_http_exchange *x, struct rem_span piece)
{
	if (x->taken == piece.n)
		sum_taken = 0;
	for (uint32_t i = 0; i < piece.n; i++)
		sum_taken = 31 * sum_taken + piece.p[i];
	return piece.n > 0 && piece.p[0] == '!' ? -1 : 0;
}

static void summed(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 201);

	rem_http_put_number(&head, "X-Sum", sum_taken);
	rem_http_reply_with(x, &head, NULL, (struct rem_span){x->buf, 0});
}

static uint32_t to_send;

static int fill_letters(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	const uint32_t n = to_send < room ? to_send : room;

	(void)x;
	for (uint32_t i = 0; i < n; i++)
		p[i] = (uint8_t)('a' + (to_send - i) % 26);
	to_send -= n;
	return (int)n;
}

static void letters(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);

	to_send = 100000;
	rem_http_reply_from(x, &head, "text/plain", REM_HTTP_ENDLESS, fill_letters);
}

static void too_few(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);

	to_send = 10;
	rem_http_reply_from(x, &head, NULL, 11, fill_letters);
}

static bool ready;

static void poll(struct rem_http_exchange *x)
{
	if (ready || x->now >= 10 * SECOND)
		rem_http_reply(x, 200, NULL, span(ready ? "news" : ""));
	else
		rem_http_wait(x, 10 * SECOND);
}

static void silent(struct rem_http_exchange *x)
{
	(void)x;
}

static void injected(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);

	rem_http_put_field(&head, "X-Name", span("a\r\nSet-Cookie: b"));
	rem_http_reply_with(x, &head, NULL, span("body"));
}

static const struct rem_http_route routes[] = {
	{"GET", "/", hello, NULL},
	{"GET", "/users/{id}", user, NULL},
	{"GET", "/users/{id}/files/{rest...}", user, NULL},
	{"POST", "/sum", summed, take_sum},
	{"GET", "/letters", letters, NULL},
	{"GET", "/few", too_few, NULL},
	{"GET", "/poll", poll, NULL},
	{"GET", "/silent", silent, NULL},
	{"GET", "/injected", injected, NULL},
};

static unsigned admit(struct rem_http_exchange *x)
{
	struct rem_span origin;

	return rem_http_header_of(x, "origin", &origin) ? 403 : 0;
}

static const struct rem_http_server server = {
	.route = routes,
	.routes = sizeof(routes) / sizeof(*routes),
	.read = rem_http_read_body,
	.most_body = 1000000,
	.patience = 5 * SECOND,
	.idle = 30 * SECOND,
	.admit = admit,
};

/* ---- a connection ---- */

struct wire {
	struct rem_http_exchange x;
	uint8_t heads[HEADS];
	char out[300000];
	size_t n; /* bytes of out */
	int result;
};

static struct wire *wire_new(void)
{
	struct wire *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	rem_http_exchange_init(&w->x, &server, w->heads, sizeof(w->heads), 0);
	return w;
}

/* Serves once, with bytes and room that end where their memory ends. Returns the bytes taken. */
static uint32_t serve_once(struct wire *w, const char *in, size_t n, bool ended, size_t room,
			   rem_time now)
{
	uint8_t *copy = malloc(n > 0 ? n : 1), *out = malloc(room > 0 ? room : 1);
	struct rem_http_io io = {
		.in = copy, .n = (uint32_t)n, .out = out, .room = (uint32_t)room, .ended = ended};

	assert_non_null(copy);
	assert_non_null(out);
	memcpy(copy, in, n);
	w->result = rem_http_serve(&w->x, &io, now);
	assert_true(w->n + io.wrote < sizeof(w->out));
	memcpy(w->out + w->n, out, io.wrote);
	w->n += io.wrote;
	w->out[w->n] = '\0';
	free(copy);
	free(out);
	return io.took;
}

/* Serves all bytes, `step` at a time into so much room, until nothing moves any more. */
static void serve(struct wire *w, const char *text, size_t step, size_t room)
{
	size_t at = 0, n = strlen(text), before;
	uint32_t took;

	do {
		const size_t here = n - at < step ? n - at : step;

		before = w->n;
		took = serve_once(w, text + at, here, false, room, 0);
		at += took;
	} while (w->result == REM_OK && (took > 0 || w->n > before));
}

static struct wire *served(const char *text)
{
	struct wire *w = wire_new(), *slow = wire_new();

	serve(w, text, 1000000, 200000);
	serve(slow, text, 1, 3);
	assert_string_equal(w->out, slow->out);
	assert_int_equal(w->result, slow->result);
	free(slow);
	return w;
}

static void assert_begins(const struct wire *w, const char *text)
{
	assert_memory_equal(w->out, text, strlen(text));
}

#define GET(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n"

/* Nobody reads bodies: none is taken, though a route would, and what has none is answered. */
static void no_bodies(void **state)
{
	struct rem_http_server without = server;
	struct wire *w = wire_new();

	(void)state;
	without.read = NULL;
	rem_http_exchange_init(&w->x, &without, w->heads, sizeof(w->heads), 0);
	serve(w, "POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 1000, 1000);
	assert_begins(w, "HTTP/1.1 413 ");
	assert_int_equal(w->result, REM_CLOSED);
	w->n = 0;
	rem_http_exchange_init(&w->x, &without, w->heads, sizeof(w->heads), 0);
	serve(w, "POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 1000, 1000);
	assert_begins(w, "HTTP/1.1 201 ");
	w->n = 0;
	rem_http_exchange_init(&w->x, &without, w->heads, sizeof(w->heads), 0);
	serve(w, "POST /sum HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	      1000, 1000);
	assert_begins(w, "HTTP/1.1 413 ");
	free(w);
}

static void one_after_the_other(void **state)
{
	struct wire *w = served(GET("/") "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" GET("/users/7") GET(
		"/none") "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" GET("/"));

	(void)state;
	assert_string_equal(
		w->out,
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n7|"
		"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
		"Connection: close\r\n\r\nhello");
	assert_int_equal(w->result, REM_CLOSED);
	free(w);
}

static void answers(const char *request, const char *begins, int result)
{
	struct wire *w = served(request);

	assert_begins(w, begins);
	assert_int_equal(w->result, result);
	free(w);
}

static void old_versions(void **state)
{
	(void)state;
	answers("GET / HTTP/1.0\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n",
		REM_CLOSED);
	answers("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
		"Connection: keep-alive\r\n",
		REM_OK);
	answers("GET /letters HTTP/1.0\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n",
		REM_CLOSED);
}

static void errors(void **state)
{
	char *head = malloc(3000);

	(void)state;
	answers("POST / HTTP/1.1\r\nHost: a\r\n\r\n",
		"HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\n", REM_OK);
	answers("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", REM_CLOSED);
	answers("GET / HTTP/2.0\r\n\r\n", "HTTP/1.1 505 ", REM_CLOSED);
	answers("GET / HTTP/1.1\r\nHost: a\r\nOrigin: b\r\n\r\n", "HTTP/1.1 403 ", REM_OK);
	answers("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 413 ",
		REM_CLOSED);
	answers("POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\nx",
		"HTTP/1.1 413 ", REM_CLOSED);
	answers("POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n!", "HTTP/1.1 400 ",
		REM_OK);
	answers("POST /sum HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx",
		"HTTP/1.1 400 ", REM_CLOSED);
	answers("POST /sum HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\rx",
		"HTTP/1.1 400 ", REM_CLOSED); /* the very last byte is wrong */
	answers(GET("/silent"), "HTTP/1.1 500 ", REM_OK);
	answers(GET("/injected"),
		"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n"
		"Connection: close\r\n\r\n",
		REM_CLOSED);
	assert_non_null(head);
	memset(head, 'x', 2999);
	head[2999] = '\0';
	memcpy(head, "GET / HTTP/1.1\r\nX: ", 19);
	answers(head, "HTTP/1.1 431 ", REM_CLOSED);
	free(head);
}

static void a_body_in_chunks(void **state)
{
	struct wire *w = wire_new();

	(void)state;
	serve(w, GET("/letters"), 100, 777);
	const char *body = strstr(w->out, "\r\n\r\n");
	struct rem_http_body b = {.state = REM_HTTP_CHUNK_SIZE, .spare = 100};
	struct rem_span rest = {(uint8_t *)body + 4, (uint32_t)strlen(body) - 4}, piece;
	size_t got = 0;
	while (b.state != REM_HTTP_BODY_DONE) {
		const int n = rem_http_body_take(&b, rest, &piece);

		assert_true(n > 0);
		rest = (struct rem_span){rest.p + n, rest.n - (uint32_t)n};
		got += piece.n;
	}
	assert_int_equal(got, 100000);
	assert_int_equal(rest.n, 0);
	free(w);
}

/* What cannot be made whole is broken off. */
static void a_body_that_is_too_short(void **state)
{
	struct wire *w = wire_new();

	(void)state;
	serve(w, GET("/few"), 100, 777);
	assert_int_equal(w->result, REM_DROP);
	free(w);
}

static void a_body_goes_up(void **state)
{
	struct wire *w = served("POST /sum HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
				"Transfer-Encoding: chunked\r\n\r\n2\r\nAB\r\n0\r\n\r\n");

	(void)state;
	assert_string_equal(w->out,
			    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nX-Sum: 2081\r\n"
			    "Content-Length: 0\r\n\r\n");
	assert_int_equal(w->result, REM_OK);
	free(w);
}

static void somebody_waits(void **state)
{
	struct wire *w = wire_new();

	(void)state;
	ready = false;
	serve_once(w, GET("/poll"), strlen(GET("/poll")), false, 1000, 0);
	assert_int_equal(w->n, 0);
	assert_true(w->x.due == 10 * SECOND);
	serve_once(w, "", 0, false, 1000, 9 * SECOND);
	assert_int_equal(w->n, 0);
	ready = true;
	serve_once(w, "", 0, false, 1000, 9 * SECOND);
	assert_non_null(strstr(w->out, "\r\n\r\nnews"));
	ready = false;
	serve_once(w, GET("/poll"), strlen(GET("/poll")), false, 1000, 9 * SECOND);
	serve_once(w, "", 0, false, 1000, 10 * SECOND);
	assert_non_null(strstr(w->out, "Content-Length: 0\r\n\r\n"));
	free(w);
}

static void patience_ends(void **state)
{
	struct wire *w = wire_new();

	(void)state;
	assert_true(w->x.due == 30 * SECOND); /* nobody ever asks */
	serve_once(w, "", 0, false, 1000, 30 * SECOND);
	assert_int_equal(w->result, REM_CLOSED);
	free(w);

	w = wire_new(); /* a byte now and then: Slowloris */
	for (int i = 0; i < 5; i++)
		serve_once(w, &"GET /"[i], 1, false, 1000, i * SECOND);
	assert_true(w->x.due == 5 * SECOND);
	serve_once(w, "", 0, false, 1000, 5 * SECOND);
	assert_begins(w, "HTTP/1.1 408 ");
	assert_int_equal(w->result, REM_CLOSED);
	free(w);

	w = wire_new(); /* asks, and never reads */
	serve_once(w, GET("/letters"), strlen(GET("/letters")), false, 1000, SECOND);
	serve_once(w, "", 0, false, 0, 5 * SECOND);
	assert_int_equal(w->result, REM_OK);
	serve_once(w, "", 0, false, 0, 6 * SECOND);
	assert_int_equal(w->result, REM_DROP);
	free(w);

	w = wire_new(); /* leaves in the middle of a body */
	serve_once(w, "POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nx", 52, false,
		   1000, 0);
	serve_once(w, "", 0, true, 1000, SECOND);
	assert_int_equal(w->result, REM_DROP);
	free(w);
}

static void paths(void **state)
{
	static const struct {
		const char *pattern, *path, *name, *value; /* value NULL: it does not fit */
	} cases[] = {
		{"/", "/", NULL, ""},
		{"/", "/x", NULL, NULL},
		{"/a", "/A", NULL, NULL},
		{"/a", "/a/", NULL, NULL},
		{"/u/{id}", "/u/7", "id", "7"},
		{"/u/{id}", "/u/", "id", NULL},
		{"/u/{id}", "/u/7/8", "id", NULL},
		{"/u/{id}/x", "/u/7/x", "id", "7"},
		{"/u/{a}/{b}", "/u/7/8", "b", "8"},
		{"/u/{a}.html", "/u/7.html", "a", NULL}, /* a wildcard is a whole segment */
		{"/f/{p...}", "/f/", "p", ""},
		{"/f/{p...}", "/f/a/b%2fc", "p", "a/b%2fc"},
		{"/f/{p...}", "/f", "p", NULL},
		{"/f/{p...}", "/f/../etc", "p", "../etc"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct rem_span value = {NULL, 0};
		const bool fits = rem_http_match(cases[i].pattern, span(cases[i].path),
						 cases[i].name, &value);

		assert_int_equal(fits, cases[i].value != NULL);
		if (fits)
			assert_int_equal(value.n, strlen(cases[i].value));
		if (fits && value.n > 0)
			assert_memory_equal(value.p, cases[i].value, value.n);
	}
}

/* ---- the client, against the server and against what servers say ---- */

static size_t got_bytes;
static char got_text[64];

static int receive(struct rem_http_call *c, struct rem_span piece)
{
	(void)c;
	for (uint32_t i = 0; i < piece.n && got_bytes + i < sizeof(got_text) - 1; i++)
		got_text[got_bytes + i] = (char)piece.p[i];
	got_bytes += piece.n;
	return 0;
}

static uint32_t provided;

static int provide(struct rem_http_call *c, uint8_t *p, uint32_t room)
{
	const uint32_t n = provided < room ? provided : room;

	(void)c;
	memset(p, 'x', n);
	provided -= n;
	return (int)n;
}

/* Lets a call and a server exchange bytes by way of pipes that are `most` bytes wide. */
static int run_call(struct rem_http_call *c, struct wire *w, uint32_t most)
{
	static uint8_t up[100000], down[100000];
	uint32_t ups = 0, downs = 0;

	for (int i = 0; i < 1000000; i++) {
		struct rem_http_io io = {
			.in = down, .n = downs, .out = up + ups, .room = most - ups};
		const int result = rem_http_call_go(c, &io);

		ups += io.wrote;
		downs -= io.took;
		memmove(down, down + io.took, downs);
		if (result != REM_OK)
			return result;
		io = (struct rem_http_io){
			.in = up, .n = ups, .out = down + downs, .room = most - downs};
		rem_http_serve(&w->x, &io, 0);
		downs += io.wrote;
		ups -= io.took;
		memmove(up, up + io.took, ups);
	}
	return REM_LOOP;
}

static void a_call(void **state)
{
	static const uint32_t widths[] = {1, 7, 17, 100, 1460, 100000};
	struct rem_http_call c;
	uint8_t buf[600];

	(void)state;
	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++) {
		struct wire *w = wire_new();

		rem_http_call_init(&c, buf, sizeof(buf), "GET", "/letters", "a");
		c.receive = receive;
		got_bytes = 0;
		assert_int_equal(rem_http_call_send(&c, span("")), REM_OK);
		assert_int_equal(run_call(&c, w, widths[i]), 1);
		assert_int_equal(c.code, 200);
		assert_int_equal(got_bytes, 100000);
		assert_true(c.persists);

		for (int chunked = 0; chunked < 2; chunked++) {
			rem_http_call_init(&c, buf, sizeof(buf), "POST", "/sum", "a");
			provided = 54321;
			rem_http_call_provide(&c, chunked ? REM_HTTP_ENDLESS : provided, provide);
			assert_int_equal(run_call(&c, w, widths[i]), 1);
			assert_int_equal(c.code, 201);
			assert_int_equal(w->x.taken, 54321);
		}
		rem_http_call_init(&c, buf, sizeof(buf), "HEAD", "/letters", "a");
		rem_http_call_send(&c, span(""));
		assert_int_equal(run_call(&c, w, widths[i]), 1);
		assert_int_equal(c.received, 0);
		rem_http_call_init(&c, buf, sizeof(buf), "POST", "/sum", "a");
		rem_http_call_send(&c, span(""));
		assert_int_equal(run_call(&c, w, widths[i]), 1);
		assert_int_equal(c.code, 201);
		free(w);
	}
}

/* What a call makes of a server's bytes, whole and one by one. */
static int call_hears(struct rem_http_call *c, const char *text, bool ended)
{
	int result = REM_OK, whole = REM_OK;

	for (size_t step = strlen(text); step > 0; step = step > 1 ? 1 : 0) {
		static uint8_t buf[300], out[300];
		size_t at = 0;

		rem_http_call_init(c, buf, sizeof(buf), "GET", "/", "a");
		c->receive = receive;
		got_bytes = 0;
		memset(got_text, 0, sizeof(got_text));
		rem_http_call_send(c, span(""));
		do {
			struct rem_http_io io = {.in = (const uint8_t *)text + at,
						 .n = (uint32_t)(step < strlen(text) - at
									 ? step
									 : strlen(text) - at),
						 .out = out,
						 .room = sizeof(out)};

			io.ended = ended && at + io.n == strlen(text);
			result = rem_http_call_go(c, &io);
			at += io.took;
			if (io.took == 0 && io.wrote == 0)
				break;
		} while (result == REM_OK);
		if (step > 1)
			whole = result;
		assert_int_equal(whole, result);
	}
	return result;
}

static void servers_say(void **state)
{
	struct rem_http_call c;

	(void)state;
	assert_int_equal(call_hears(&c,
				    "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n"
				    "Content-Length: 2\r\n\r\nok",
				    false),
			 1);
	assert_string_equal(got_text, "ok");
	assert_true(c.persists);
	assert_int_equal(call_hears(&c, "HTTP/1.0 200 OK\r\n\r\nto the end", true), 1);
	assert_string_equal(got_text, "to the end");
	assert_false(c.persists);
	assert_int_equal(call_hears(&c, "HTTP/1.1 204 No Content\r\n\r\n", false), 1);
	assert_int_equal(call_hears(&c, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", true),
			 REM_SHORT);
	assert_int_equal(
		call_hears(&c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
			   true),
		REM_SHORT);
	assert_int_equal(call_hears(&c, "HTTP/1.1 200", true), REM_SHORT);
	assert_int_equal(call_hears(&c, "SSH-2.0-OpenSSH\r\n", true), REM_FIELD);
	assert_int_equal(
		call_hears(
			&c,
			"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
			false),
		REM_FIELD);
	char long_head[600];
	memset(long_head, 'x', sizeof(long_head));
	memcpy(long_head, "HTTP/1.1 200 OK\r\nX: ", 20);
	long_head[sizeof(long_head) - 1] = '\0';
	assert_int_equal(call_hears(&c, long_head, false), REM_LIMIT);
}

/* An answer that comes before the request is over, from a server that reads no more of it. */
static void an_early_answer(void **state)
{
	static const char text[] = "HTTP/1.1 413 x\r\nContent-Length: 0\r\n\r\n";
	struct rem_http_call c;
	uint8_t buf[200], out[200];

	(void)state;
	rem_http_call_init(&c, buf, sizeof(buf), "POST", "/", "a");
	provided = 1000000;
	rem_http_call_provide(&c, provided, provide);
	struct rem_http_io io = {.out = out, .room = sizeof(out)};
	assert_int_equal(rem_http_call_go(&c, &io), REM_OK);
	io = (struct rem_http_io){.in = (const uint8_t *)text, .n = sizeof(text) - 1};
	assert_int_equal(rem_http_call_go(&c, &io), 1);
	assert_int_equal(c.code, 413);
	assert_false(c.persists);
}

/* A body that goes on for longer than its bytes can be counted. */
static void an_endless_answer(void **state)
{
	static const char text[] = "HTTP/1.1 200 OK\r\n\r\n12345";
	struct rem_http_call c;
	uint8_t buf[200], out[200];

	(void)state;
	rem_http_call_init(&c, buf, sizeof(buf), "GET", "/", "a");
	rem_http_call_send(&c, span(""));
	struct rem_http_io io = {.out = out, .room = sizeof(out)};
	assert_int_equal(rem_http_call_go(&c, &io), REM_OK);
	io = (struct rem_http_io){.in = (const uint8_t *)text, .n = sizeof(text) - 1};
	assert_int_equal(rem_http_call_go(&c, &io), REM_OK);
	assert_int_equal(c.received, 5);
	c.received = REM_HTTP_ENDLESS - 6;
	io = (struct rem_http_io){.in = (const uint8_t *)"12345", .n = 5};
	assert_int_equal(rem_http_call_go(&c, &io), REM_OK);
	assert_int_equal(rem_http_call_go(&c, &io), REM_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_after_the_other),
		cmocka_unit_test(no_bodies),
		cmocka_unit_test(old_versions),
		cmocka_unit_test(errors),
		cmocka_unit_test(a_body_in_chunks),
		cmocka_unit_test(a_body_that_is_too_short),
		cmocka_unit_test(a_body_goes_up),
		cmocka_unit_test(somebody_waits),
		cmocka_unit_test(patience_ends),
		cmocka_unit_test(paths),
		cmocka_unit_test(a_call),
		cmocka_unit_test(servers_say),
		cmocka_unit_test(an_early_answer),
		cmocka_unit_test(an_endless_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
