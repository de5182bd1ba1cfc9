/* SPDX-License-Identifier: BSD-3-Clause */
/* HTTP over TCP: bytes are read and written in the connection's own rings. RFC 9112 9.6 for the end. */
#include "net/net.h"
#include <remora/net_http.h>

#define LINGER (2 * REM_SECOND)

REM_OWN static struct rem_http_io io_of(const struct rem_tcp_conn *conn)
{
	const struct rem_span in = rem_tcp_peek(conn);
	struct rem_http_io io = {.in = in.p, .n = in.n};

	io.out = rem_tcp_space(conn, &io.room);
	io.ended = in.n == conn->rx.used && rem_tcp_at_end(conn);
	return io;
}

static bool moved(struct rem_tcp_conn *conn, const struct rem_http_io *io, rem_time now)
{
	if (io->took > 0)
		rem_tcp_drop(conn, io->took, now);
	if (io->wrote > 0)
		rem_tcp_wrote(conn, io->wrote, now);
	return io->took > 0 || io->wrote > 0;
}

int rem_http_call_over(struct rem_http_call *call, struct rem_tcp_conn *conn, rem_time now)
{
	struct rem_http_io io;
	int result;

	do {
		io = io_of(conn);
		result = rem_http_call_go(call, &io);
	} while (moved(conn, &io, now) && result == REM_OK);
	return result;
}

/* ---- a site ---- */

static void notify(struct rem_tcp_conn *conn, rem_time now)
{
	struct rem_http_site *site = conn->user;

	(void)now;
	site->session[conn - site->listener.pool].ready = true;
	site->ready = true;
}

int rem_http_site_open(struct rem_http_site *site, struct rem_tcp *tcp)
{
	struct rem_tcp_listener *l = &site->listener;

	for (unsigned i = 0; i < l->count; i++) {
		site->session[i].conn = NULL;
		l->pool[i].user = site;
	}
	l->notify = notify;
	return rem_tcp_listen(tcp, l);
}

static void accept_all(struct rem_http_site *site, rem_time now)
{
	struct rem_tcp_conn *conn;

	while ((conn = rem_tcp_accept(&site->listener)) != NULL) {
		const uint32_t i = (uint32_t)(conn - site->listener.pool);
		struct rem_http_session *s = &site->session[i];

		rem_http_exchange_init(&s->x, site->server, site->heads + i * site->head,
				       site->head, now);
		s->conn = conn;
		s->ready = true;
		s->lingers = false;
	}
}

static void leave(struct rem_http_session *s, bool whole, rem_time now)
{
	if (whole)
		rem_tcp_close(s->conn, now);
	else
		rem_tcp_abort(s->conn, now);
	s->conn = NULL;
}

/* What still comes is thrown away for a moment: a reset would take our last answer with it. */
static void linger(struct rem_http_session *s, rem_time now)
{
	while (s->conn->rx.used > 0)
		rem_tcp_drop(s->conn, rem_tcp_peek(s->conn).n, now);
	if (rem_tcp_at_end(s->conn) || rem_has_come(s->x.due, now))
		leave(s, true, now);
}

static void serve(struct rem_http_session *s, rem_time now)
{
	struct rem_http_io io;
	int result;

	s->ready = false;
	if (s->lingers) {
		linger(s, now);
		return;
	}
	do {
		io = io_of(s->conn);
		result = rem_http_serve(&s->x, &io, now);
	} while (moved(s->conn, &io, now) && result == REM_OK);
	if (result == REM_DROP || s->conn->tcb.state == REM_TCP_CLOSED) {
		leave(s, false, now);
	} else if (result == REM_CLOSED) {
		s->lingers = true;
		s->x.due = now + LINGER;
		rem_tcp_shut(s->conn, now);
		linger(s, now);
	}
}

rem_time rem_http_site_run(struct rem_http_site *site, rem_time now)
{
	rem_time due = REM_NEVER;

	if (site->ready)
		accept_all(site, now);
	site->ready = false;
	for (unsigned i = 0; i < site->listener.count; i++) {
		struct rem_http_session *s = &site->session[i];

		if (s->conn != NULL && (s->ready || rem_has_come(s->x.due, now)))
			serve(s, now);
		if (s->conn != NULL)
			rem_sooner(&due, s->x.due);
	}
	return due;
}
