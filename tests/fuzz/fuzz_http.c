/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as requests to a server and as a response to a client, whole and in pieces of the fuzzer's
 * choice: what comes out must not depend on the pieces.
 */
#include <stdlib.h>
#include <string.h>
#include <remora/http_client.h>

enum { HEADS = 700, MOST = 60000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct wire {
	uint8_t out[MOST + 1];
	size_t n;
	int result;
};

static void echo(struct rem_http_exchange *x)
{
	rem_http_reply(x, 200, "text/plain", rem_http_value(x, "what"));
}

/* Refuses a body for one of its bytes, wherever a piece begins. */
static int take(struct rem_http_exchange *x, struct rem_span piece)
{
	(void)x;
	return piece.n > 0 && memchr(piece.p, '!', piece.n) != NULL ? -1 : 0;
}

static int fill(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	const uint32_t left = 50 - (uint32_t)(uintptr_t)x->user, n = left < room ? left : room;

	memset(p, 'x', n);
	x->user = (void *)((uintptr_t)x->user + n);
	return (int)n;
}

static void filled(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);
	struct rem_span agent;

	if (rem_http_header_of(x, "user-agent", &agent))
		rem_http_put_field(&head, "X-Agent", agent);
	x->user = NULL;
	rem_http_reply_from(x, &head, NULL, UINT64_MAX, fill);
}

static const struct rem_http_route routes[] = {
	{"GET", "/{what...}", echo, NULL},
	{"POST", "/{what}", filled, take},
};
static const struct rem_http_server server = {.route = routes,
					      .routes = 2,
					      .read = rem_http_read_body,
					      .most_body = 1000,
					      .patience = 9,
					      .idle = 9};

/* In pieces of `step`, into rooms of `step`. */
static void serve(struct wire *w, const uint8_t *data, size_t size, size_t step)
{
	static uint8_t heads[HEADS];
	struct rem_http_exchange x;
	size_t at = 0;

	rem_http_exchange_init(&x, &server, heads, HEADS, 0);
	w->n = 0;
	for (;;) {
		const size_t n = size - at < step ? size - at : step,
			     room = MOST - w->n < step ? MOST - w->n : step;
		uint8_t *copy = malloc(n + 1);
		struct rem_http_io io = {
			.in = copy, .n = (uint32_t)n, .out = w->out + w->n, .room = (uint32_t)room};

		if (copy == NULL)
			abort();
		memcpy(copy, data + at, n);
		w->result = rem_http_serve(&x, &io, 0);
		free(copy);
		if (io.took > n || io.wrote > room)
			abort();
		at += io.took;
		w->n += io.wrote;
		if (w->result != REM_OK || (io.took == 0 && io.wrote == 0))
			return;
	}
}

static void hear(const uint8_t *data, size_t size, size_t step)
{
	uint8_t buf[HEADS], out[HEADS];
	struct rem_http_call c;
	size_t at = 0;
	int result;

	rem_http_call_init(&c, buf, HEADS, "GET", "/", "a");
	rem_http_call_send(&c, (struct rem_span){buf, 0});
	do {
		const size_t n = size - at < step ? size - at : step;
		struct rem_http_io io = {.in = data + at, .n = (uint32_t)n, .out = out, .room = HEADS,
					 .ended = at + n == size};

		result = rem_http_call_go(&c, &io);
		at += io.took;
		if (io.took == 0 && io.wrote == 0 && result == REM_OK)
			abort(); /* it has ended, and nobody says so */
	} while (result == REM_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct wire whole, pieces;
	const size_t step = size > 0 ? 1 + data[0] % 64u : 1;

	if (size < 1)
		return 0;
	serve(&whole, data + 1, size - 1, MOST);
	serve(&pieces, data + 1, size - 1, step);
	/* chunks are as long as the room was: only their content is one */
	whole.out[whole.n] = '\0';
	if (strstr((char *)whole.out, "chunked") == NULL &&
	    (whole.n != pieces.n || memcmp(whole.out, pieces.out, whole.n) != 0 ||
	     whole.result != pieces.result))
		abort();
	hear(data + 1, size - 1, MOST);
	hear(data + 1, size - 1, step);
	return 0;
}
