/* SPDX-License-Identifier: BSD-3-Clause */
/* The same with TCP, and a server of HTTP with a page and two connections; where it is FULL, with a route that takes bodies
 * and makes its answers' as they go. */
#include "clients.h"
#include <remora/net_http.h>

enum { CONNS = 2, RING = 1460, HEAD = REM_HTTP_LEAST_BUFFER };

static struct {
	struct rem_http_site site;
	struct rem_tcp tcp;
	struct rem_http_session session[CONNS];
	struct rem_tcp_conn *bucket[1], conn[CONNS];
	uint8_t rx[CONNS][RING], tx[CONNS][RING], head[CONNS][HEAD];
} server;

static void front_page(struct rem_http_exchange *x)
{
	static const char page[] = "<!doctype html><title>remora</title><p>Here I am.\n";

	rem_http_reply(x, 200, "text/html",
		       (struct rem_span){(const uint8_t *)page, sizeof(page) - 1});
}

#ifdef FULL
static int count_bytes(struct rem_http_exchange *x, struct rem_span piece)
{
	(void)x;
	return (int)piece.n;
}

static int put_dot(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	(void)x;
	(void)room;
	*p = '.';
	return 1;
}

static void answer_dots(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);

	rem_http_reply_from(x, &head, "text/plain", x->taken, put_dot);
}
#endif

static const struct rem_http_route routes[] = {
	{"GET", "/", front_page, NULL},
#ifdef FULL
	{"POST", "/", answer_dots, count_bytes},
#endif
};
static const struct rem_http_server http = {
#ifdef FULL
	.read = rem_http_read_body,
	.most_body = 100000,
#endif
	.route = routes,
	.routes = REM_COUNT(routes),
	.patience = 10000000,
	.idle = 30000000};

int main(void)
{
	begin();
	rem_tcp_init(&server.tcp, &clients.host.ip, server.bucket, 1);
	for (unsigned i = 0; i < CONNS; i++)
		rem_tcp_conn_init(&server.conn[i], server.rx[i], RING, server.tx[i], RING);
	server.site.listener = (struct rem_tcp_listener){
		.pool = server.conn, .count = CONNS, .backlog = CONNS, .port = 80};
	server.site.server = &http;
	server.site.session = server.session;
	server.site.heads = server.head[0];
	server.site.head = HEAD;
	rem_http_site_open(&server.site, &server.tcp);
	for (;;) {
		turn();
		rem_http_site_run(&server.site, clock_now());
	}
}
