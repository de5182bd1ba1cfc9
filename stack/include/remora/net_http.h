/* SPDX-License-Identifier: BSD-3-Clause */
/* HTTP over the stack's own TCP: a site of connections that are served, and a call over one. */
#ifndef REMORA_NET_HTTP_H
#define REMORA_NET_HTTP_H

#include <remora/http_client.h>
#include <remora/net_tcp.h>

/* What belongs to a connection of the listener's pool: session[i] to pool[i]. */
struct rem_http_session {
	struct rem_http_exchange x; /* first, so that a route can tell whose it is */
	struct rem_tcp_conn *conn;  /* NULL: none */
	bool ready, lingers;        /* something came; only the end of their side is waited for */
};

struct rem_http_site {
	struct rem_tcp_listener listener;
	const struct rem_http_server *server;
	struct rem_http_session *session;
	uint8_t *heads;      /* `head` bytes for each session */
	uint16_t head;
	bool ready;          /* somebody is */
};

/*
 * Begins to listen. The caller has filled in listener.pool, .count, .backlog and .port, server,
 * session (of as many), heads and head.
 */
int rem_http_site_open(struct rem_http_site *site, struct rem_tcp *tcp);

/* Serves whoever has something to say; to be called after each rem_in and whenever the time has come
 * that it returns. */
rem_time rem_http_site_run(struct rem_http_site *site, rem_time now);

/* Goes on with a call over a connection that is open, as rem_http_call_go does. */
int rem_http_call_over(struct rem_http_call *call, struct rem_tcp_conn *conn, rem_time now);

#endif
