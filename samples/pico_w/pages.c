/* SPDX-License-Identifier: BSD-3-Clause */
/* Three pages over HTTP: what this is, the counters as they stand, and one that is long. */
#include "app.h"
#include <remora/http_server.h>
#include <remora/pico_w.h>
#include <string.h>

enum {
	CONNECTIONS = 2,
	RX = 1024,
	TX = 3 * 1448, /* whole segments, as they go with timestamps */
	BUFFER = 768,
	MINUTE = 60 * 1000000,
	LINE = 51,
	LONG = LINE * 1200, /* bytes of the long page */
};

static struct rem_tcp_conn pool[CONNECTIONS];
static struct rem_tcp_listener listener;
static struct guest {
	struct rem_tcp_conn *conn; /* NULL: nobody */
	struct rem_http_exchange x;
	uint8_t buf[BUFFER];
	uint32_t at, column; /* how much of the long page has gone, and of its line */
} guests[CONNECTIONS];

static const char home[] =
	"<!doctype html><title>remora</title><h1>remora on a Pico W</h1>\n"
	"<p><a href=/counters>what became of each frame</a>, <a href=/long>a long page</a>\n";

static const char line[] = "the quick remora travels with the lazy white shark\n";

static void home_page(struct rem_http_exchange *x)
{
	rem_http_reply(x, 200, "text/html",
		       (struct rem_span){(const uint8_t *)home, sizeof(home) - 1});
}

static void counters_page(struct rem_http_exchange *x)
{
	static char text[512];
	struct rem_out o = {text, text + sizeof(text), false};

	rem_out_str(&o, "up_seconds ");
	rem_out_uint(&o, (uint64_t)rem_pico_w_now() / 1000000);
	rem_out_str(&o, "\nframes_received ");
	rem_out_uint(&o, app.radio.count.received);
	rem_out_str(&o, "\nframes_sent ");
	rem_out_uint(&o, app.radio.count.sent);
	for (unsigned i = 1; i < REM_REASONS && rem_out_room(&o) > 32; i++) {
		if (app.count[i] == 0)
			continue;
		rem_out_str(&o, "\nreason_");
		rem_out_uint(&o, i);
		rem_out_char(&o, ' ');
		rem_out_uint(&o, app.count[i]);
	}
	rem_out_char(&o, '\n');
	rem_http_reply(x, 200, "text/plain",
		       (struct rem_span){(const uint8_t *)text, (uint32_t)(o.p - text)});
}

/* Lines that are all the same. */
static int long_fill(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	struct guest *g = x->user;
	uint32_t n = 0;

	while (n < room && g->at < LONG) {
		const uint32_t left = LINE - g->column, space = room - n,
			       piece = left < space ? left : space;

		memcpy(p + n, line + g->column, piece);
		g->column = piece < left ? g->column + piece : 0;
		g->at += piece;
		n += piece;
	}
	return (int)n;
}

static void long_page(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);
	struct guest *g = x->user;

	g->at = g->column = 0;
	rem_http_reply_from(x, &head, "text/plain", LONG, long_fill);
}

static const struct rem_http_route routes[] = {
	{"GET", "/", home_page, NULL},
	{"GET", "/counters", counters_page, NULL},
	{"GET", "/long", long_page, NULL},
};

static const struct rem_http_server server = {
	.route = routes,
	.routes = sizeof(routes) / sizeof(routes[0]),
	.patience = MINUTE,
	.idle = MINUTE,
};

void pages_init(void)
{
	static _Alignas(4) uint8_t rings[CONNECTIONS][RX + TX];

	for (unsigned i = 0; i < CONNECTIONS; i++)
		rem_tcp_conn_init(&pool[i], rings[i], RX, rings[i] + RX, TX);
	listener = (struct rem_tcp_listener){
		.pool = pool, .count = CONNECTIONS, .backlog = CONNECTIONS, .port = 80};
	rem_tcp_listen(&app.tcp, &listener);
}

static void welcome(struct guest *g, rem_time now)
{
	g->conn = rem_tcp_accept(&listener);
	if (g->conn != NULL) {
		rem_http_exchange_init(&g->x, &server, g->buf, BUFFER, now);
		g->x.user = g;
	}
}

/* As long as bytes move. */
static void serve(struct guest *g, rem_time now)
{
	struct rem_http_io io;

	do {
		const struct rem_span read = rem_tcp_peek(g->conn);
		io = (struct rem_http_io){.in = read.p,
					  .n = read.n,
					  .ended = rem_tcp_at_end(g->conn) &&
						   read.n == g->conn->rx.used};
		io.out = rem_tcp_space(g->conn, &io.room);
		const int err = rem_http_serve(&g->x, &io, now);
		rem_tcp_drop(g->conn, io.took, now);
		if (io.wrote > 0)
			rem_tcp_wrote(g->conn, io.wrote, now);
		if (err == REM_OK && g->conn->end == REM_TCP_END_NONE)
			continue;
		if (err == REM_CLOSED)
			rem_tcp_close(g->conn, now);
		else
			rem_tcp_abort(g->conn, now);
		g->conn = NULL;
	} while (g->conn != NULL && (io.took > 0 || io.wrote > 0));
}

void pages_poll(rem_time now)
{
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		if (guests[i].conn == NULL)
			welcome(&guests[i], now);
		if (guests[i].conn != NULL)
			serve(&guests[i], now);
	}
}
