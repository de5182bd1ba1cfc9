/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GET /info, POST /send, GET /recv as lneto's clients expect them, GET /capture beside them. It
 * listens to this machine alone, and not to its web browsers: a page of a stranger's can make them
 * ask us, but not without saying so (Host, Origin, Sec-Fetch-Site).
 */
#define _GNU_SOURCE
#include "web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <remora/http_server.h>

enum { CONNS = 128, HEADS = 8192, PIECE = 65536, TEXT = 90000, MOST_WAIT = 60000 };

struct conn {
	struct rem_http_exchange x; /* first: routes find their connection by it */
	struct rem_loop_fd fd;
	struct listener *listener;
	uint8_t heads[HEADS], in[PIECE], out[PIECE];
	uint32_t have, pending; /* bytes of in, of out */
	rem_time until;         /* when a long poll ends; 0: it has not begun */
	char text[TEXT];
	uint32_t n;             /* bytes of text */
	bool ended, closes;
};

static struct conn conns[CONNS];
static struct rem_loop_fd listening;
static struct wire *wire;
static const char *wanted_token;
static uint16_t own_port;

static struct conn *conn_of(struct rem_http_exchange *x)
{
	return (struct conn *)x;
}

static struct rem_span span(const char *text)
{
	return (struct rem_span){(const uint8_t *)text, (uint32_t)strlen(text)};
}

static bool is_word(struct rem_span s, const char *word)
{
	return s.n == strlen(word) && memcmp(s.p, word, s.n) == 0;
}

/* ---- who may ask ---- */

/* A name that means this machine, with our port or none: what a rebound name (DNS) cannot be. */
static bool is_us(struct rem_span host)
{
	static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
	char name[32];

	for (unsigned i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s:%u", names[i], own_port);
		if (is_word(host, names[i]) || is_word(host, name))
			return true;
	}
	return false;
}

/* In constant time, so that it cannot be found byte by byte. */
static bool has_token(const struct rem_http_exchange *x)
{
	static const char bearer[] = "Bearer ";
	const size_t n = strlen(wanted_token);
	struct rem_span said;
	unsigned differs = 0;

	if (!rem_http_header_of(x, "authorization", &said) || said.n != n + strlen(bearer) ||
	    memcmp(said.p, bearer, strlen(bearer)) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		differs |= said.p[strlen(bearer) + i] ^ (unsigned char)wanted_token[i];
	return differs == 0;
}

static unsigned admit(struct rem_http_exchange *x)
{
	struct rem_span value;

	if (!is_us(rem_http_text(x->buf, x->head.host)))
		return 403;
	if (rem_http_header_of(x, "origin", &value))
		return 403;
	if (rem_http_header_of(x, "sec-fetch-site", &value) && !is_word(value, "none"))
		return 403;
	return wanted_token == NULL || has_token(x) ? 0 : 401;
}

/* The guest that the caller is: by "id" in the query, or the one without. */
static struct guest *guest_of(struct rem_http_exchange *x)
{
	char id[GUEST_ID + 2] = "";
	struct rem_span value = {NULL, 0};

	if (rem_http_form_find(rem_http_query(x), "id", &value)) {
		if (value.n > GUEST_ID)
			return NULL;
		memcpy(id, value.p, value.n);
	}
	struct guest *g = wire_guest(wire, id);
	if (g == NULL)
		rem_http_reply(x, 503, "text/plain", span("There is no room for this id.\n"));
	return g;
}

/* ---- routes ---- */

static void info(struct rem_http_exchange *x)
{
	struct conn *c = conn_of(x);
	const struct guest *g = guest_of(x);

	if (g == NULL)
		return;
	const uint32_t a = wire->addr;
	const int n = snprintf(
		c->text, TEXT,
		"{\"MTU\":%u,\"IPPrefix\":\"%u.%u.%u.%u/%d\",\"HardwareAddr\":\"%02x:%02x:%02x:%02x:%02x:%02x\",\"DataReady\":%s,\"Waits\":true}\n",
		wire->tap.nic.mtu, a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255,
		__builtin_popcount(wire->mask), g->address[0], g->address[1], g->address[2],
		g->address[3], g->address[4], g->address[5],
		g->queue.ring.used > 0 ? "true" : "false");
	rem_http_reply(x, 200, "application/json",
		       (struct rem_span){(const uint8_t *)c->text, (uint32_t)n});
}

static int take(struct rem_http_exchange *x, struct rem_span piece)
{
	struct conn *c = conn_of(x);

	c->n = x->taken == piece.n ? 0 : c->n;
	if (piece.n > TEXT - c->n)
		return -1;
	memcpy(c->text + c->n, piece.p, piece.n);
	c->n += piece.n;
	return 0;
}

/* A JSON string of base64, blanks around it. */
static int frame_of(const struct conn *c, uint8_t *p, uint32_t room)
{
	uint32_t from = 0, to = c->n;

	while (from < to && strchr(" \t\r\n", c->text[from]) != NULL)
		from++;
	while (to > from && strchr(" \t\r\n", c->text[to - 1]) != NULL)
		to--;
	if (to - from < 2 || c->text[from] != '"' || c->text[to - 1] != '"')
		return -1;
	return rem_base64_get(p, room, c->text + from + 1, to - from - 2);
}

static void send_frame(struct rem_http_exchange *x)
{
	static uint8_t frame[65536];
	const int n = x->taken == 0 ? -1 : frame_of(conn_of(x), frame, wire->tap.nic.mtu + 18u);

	if (n < 14) {
		rem_http_reply(x, 400, "text/plain",
			       span("One frame, in base64, as a JSON string.\n"));
		return;
	}
	struct guest *g = guest_of(x);
	if (g == NULL)
		return;
	wire_from_guest(wire, g, frame, (uint32_t)n);
	rem_http_reply(x, 200, NULL, span(""));
}

static rem_time patience_of(struct rem_http_exchange *x)
{
	struct rem_span value;
	uint64_t ms;

	if (!rem_http_form_find(rem_http_query(x), "wait", &value) || !rem_http_length(value, &ms))
		return x->now;
	return x->now + (rem_time)(ms < MOST_WAIT ? ms : MOST_WAIT) * 1000;
}

static void receive_frame(struct rem_http_exchange *x)
{
	static uint8_t frame[65536];
	struct conn *c = conn_of(x);
	struct guest *g = guest_of(x);

	if (g == NULL)
		return;
	const uint32_t n = wire_to_guest(g, frame, sizeof(frame));
	if (c->until == 0)
		c->until = patience_of(x);
	if (n == 0 && x->now < c->until) {
		rem_http_wait(x, c->until);
		return;
	}
	c->until = 0;
	c->text[0] = '"';
	const uint32_t text = 1 + rem_base64_put(c->text + 1, frame, n);
	memcpy(c->text + text, "\"\n", 2);
	rem_http_reply(x, 200, "application/json",
		       (struct rem_span){(const uint8_t *)c->text, text + 2});
}

static int fill_capture(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	struct rem_ring *r = &conn_of(x)->listener->ring;
	const uint32_t n = r->used < room ? r->used : room;

	if (n == 0)
		return REM_MISS;
	rem_ring_get(r, 0, p, n);
	rem_ring_drop(r, n);
	return (int)n;
}

static void capture(struct rem_http_exchange *x)
{
	struct conn *c = conn_of(x);

	c->listener = wire_listen(wire);
	if (c->listener == NULL) {
		rem_http_reply(x, 503, "text/plain", span("Enough others are listening.\n"));
		return;
	}
	struct rem_out head = rem_http_reply_head(x, 200);
	rem_http_reply_from(x, &head, "application/x-pcapng", REM_HTTP_ENDLESS, fill_capture);
}

static const struct rem_http_route routes[] = {
	{"GET", "/info", info, NULL},
	{"POST", "/send", send_frame, take},
	{"GET", "/recv", receive_frame, NULL},
	{"GET", "/capture", capture, NULL},
};

static const struct rem_http_server server = {
	.route = routes,
	.routes = sizeof(routes) / sizeof(*routes),
	.read = rem_http_read_body,
	.most_body = TEXT,
	.patience = 5000000,
	.idle = 120000000,
	.admit = admit,
};

/* ---- connections ---- */

static void hang_up(struct conn *c)
{
	if (c->listener != NULL)
		c->listener->is_here = false;
	rem_loop_remove(&wire->loop, &c->fd);
	close(c->fd.fd);
	c->fd.fd = -1;
	c->listener = NULL;
}

/* Reads and writes until the socket would have us wait. False: it is gone. */
static bool move(struct conn *c, bool *moved)
{
	while (c->pending > 0) {
		const ssize_t n = send(c->fd.fd, c->out, c->pending, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno != EAGAIN)
			return false;
		if (n <= 0)
			break;
		c->pending -= (uint32_t)n;
		memmove(c->out, c->out + n, c->pending);
		*moved = true;
	}
	while (!c->ended && c->have < PIECE) {
		const ssize_t n = recv(c->fd.fd, c->in + c->have, PIECE - c->have, MSG_DONTWAIT);

		if (n < 0 && errno != EAGAIN)
			return false;
		if (n < 0)
			break;
		c->ended = n == 0;
		c->have += (uint32_t)n;
		*moved = true;
	}
	return true;
}

static void run(struct conn *c)
{
	bool moved = true;

	while (moved) {
		struct rem_http_io io;

		moved = false;
		if (!move(c, &moved) || (c->ended && c->x.state == REM_HTTP_WAITING)) {
			hang_up(c);
			return;
		}
		if (c->closes) {
			c->have = 0; /* what still comes is let come to nothing */
			if (c->pending == 0)
				shutdown(c->fd.fd, SHUT_WR);
			if (c->pending == 0 && (c->ended || rem_linux_now() >= c->x.due))
				hang_up(c);
			return;
		}
		io = (struct rem_http_io){.in = c->in,
					  .n = c->have,
					  .out = c->out + c->pending,
					  .room = PIECE - c->pending,
					  .ended = c->ended};
		const int result = rem_http_serve(&c->x, &io, rem_linux_now());
		c->have -= io.took;
		memmove(c->in, c->in + io.took, c->have);
		c->pending += io.wrote;
		moved = moved || io.took > 0 || io.wrote > 0;
		if (result == REM_DROP) {
			hang_up(c);
			return;
		}
		if (result == REM_CLOSED) {
			c->closes = true;
			c->x.due = rem_linux_now() + 1000000;
			moved = true;
		}
	}
}

static void conn_ready(struct rem_loop_fd *f, uint32_t events)
{
	(void)events;
	run((struct conn *)((char *)f - offsetof(struct conn, fd)));
}

static void accept_ready(struct rem_loop_fd *f, uint32_t events)
{
	const int on = 1;
	int fd;

	(void)events;
	while ((fd = accept4(f->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct conn *c = conns;

		while (c < conns + CONNS && c->fd.fd >= 0)
			c++;
		if (c == conns + CONNS) {
			close(fd);
			continue;
		}
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		c->have = c->pending = 0;
		c->ended = c->closes = false;
		c->until = 0;
		c->fd = (struct rem_loop_fd){fd, EPOLLIN | EPOLLOUT | EPOLLET, conn_ready};
		rem_http_exchange_init(&c->x, &server, c->heads, HEADS, rem_linux_now());
		rem_loop_add(&wire->loop, &c->fd);
	}
}

rem_time web_run(struct wire *w)
{
	rem_time due = REM_NEVER;

	do {
		w->news = false;
		due = REM_NEVER;
		for (struct conn *c = conns; c < conns + CONNS; c++) {
			if (c->fd.fd >= 0 && (c->x.state == REM_HTTP_WAITING ||
					      c->listener != NULL || c->x.due <= rem_linux_now()))
				run(c);
			if (c->fd.fd >= 0 && c->x.due < due)
				due = c->x.due;
		}
	} while (w->news);
	return due;
}

int web_begin(struct wire *w, uint16_t port, const char *token)
{
	const struct sockaddr_in at = {.sin_family = AF_INET,
				       .sin_port = htons(port),
				       .sin_addr = {htonl(INADDR_LOOPBACK)}};
	const int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	wire = w;
	wanted_token = token;
	own_port = port;
	for (unsigned i = 0; i < CONNS; i++)
		conns[i].fd.fd = -1;
	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, CONNS) != 0)
		return -errno;
	listening = (struct rem_loop_fd){fd, EPOLLIN, accept_ready};
	return rem_loop_add(&w->loop, &listening);
}
