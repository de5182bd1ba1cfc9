/* SPDX-License-Identifier: BSD-3-Clause */
/* Three pages over HTTP: what this is, the counters as they stand, and one that is long. */
#include "app.h"
#include <remora/net_http.h>
#include <remora/pico_w.h>
#include <string.h>

enum {
	CONNECTIONS = 2,
	RX = 1024,
	TX = 3 * 1448, /* whole segments, as they go with timestamps */
	BUFFER = 768,
	MINUTE = 60 * 1000000,
	LINE = 52,
	LONG = LINE * 1200, /* bytes of the long page */
};

static struct rem_tcp_conn pool[CONNECTIONS];
static struct rem_http_session sessions[CONNECTIONS];
static uint8_t heads[CONNECTIONS][BUFFER];
static struct rem_http_site site;

static const char home[] =
	"<!doctype html><title>remora</title><h1>remora on a Pico W</h1>\n"
	"<p><a href=/counters>what became of each frame</a>, <a href=/long>a long page</a>\n";

#define SENTENCE "the quick remora travels with the lazy white sharks\n"
static const char two_lines[] = SENTENCE SENTENCE;

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void home_page(struct rem_http_exchange *x)
{
	rem_http_reply(x, 200, "text/html",
		       (struct rem_span){(const uint8_t *)home, sizeof(home) - 1});
}

/* Which of the connections an exchange is on. */
static unsigned index_of(const struct rem_http_exchange *x)
{
	return (unsigned)(x->buf - heads[0]) / BUFFER;
}

static void counters_page(struct rem_http_exchange *x)
{
	static char texts[CONNECTIONS][512];
	char *text = texts[index_of(x)];
	struct rem_out o = {text, text + sizeof(texts[0]), false};

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

/* How much of the long page has gone, of an exchange. */
static uint32_t *gone(const struct rem_http_exchange *x)
{
	static uint32_t bytes[CONNECTIONS];

	return &bytes[index_of(x)];
}

/* Lines that are all the same, so what stands there already can be copied. */
static int long_fill(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	uint32_t *at = gone(x);
	const uint32_t all = least(room, LONG - *at);
	uint32_t n = least(all, LINE), piece;

	memcpy(p, two_lines + *at % LINE, n);
	for (; n < all; n += piece) {
		piece = least(n, all - n);
		memcpy(p + n, p, piece);
	}
	*at += all;
	return (int)all;
}

static void long_page(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);

	*gone(x) = 0;
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
	site = (struct rem_http_site){
		.listener = {.pool = pool, .count = CONNECTIONS, .backlog = CONNECTIONS, .port = 80},
		.server = &server,
		.session = sessions,
		.heads = heads[0],
		.head = BUFFER,
	};
	rem_http_site_open(&site, &app.tcp);
}

rem_time pages_poll(rem_time now)
{
	return rem_http_site_run(&site, now);
}
