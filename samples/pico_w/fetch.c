/* SPDX-License-Identifier: BSD-3-Clause */
/* One page of a server, by its address or its name: its status, its bytes, and how long it took. */
#include "app.h"
#include <remora/net_http.h>
#include <remora/pico_w.h>
#include <string.h>

enum { RX = 3 * 1448, TX = 512, BUFFER = 768, URL = 160, PATIENCE = 20 * 1000000 };

static struct {
	char name[URL], host[URL]; /* host: as the request has it, with the port */
	uint16_t port;
	struct rem_tcp_conn conn;
	struct rem_http_call call;
	rem_time since; /* 0: nothing is fetched */
	bool dials;     /* as soon as nothing of the last connection is left */
	struct rem_addr to;
	_Alignas(4) uint8_t rx[RX]; /* as the frames' bytes are: words can be copied */
	uint8_t tx[TX], buf[BUFFER];
} f;

static const char *trouble(int result)
{
	switch (f.conn.end) {
	case REM_TCP_END_RESET: return "it is refused, or was broken off";
	case REM_TCP_END_TIMEOUT: return "nobody answers there";
	case REM_TCP_END_UNREACHABLE: return "there is no way there";
	default: break;
	}
	switch (result) {
	case REM_SHORT: return "it ended too early";
	case REM_LIMIT: return "its head is too long";
	case REM_CLOSED: return "it takes too long";
	default: return "that is not HTTP";
	}
}

static void over(int result, rem_time now)
{
	if (result > 0)
		say("get: %u, %u bytes in %u ms\n", f.call.code, (unsigned)f.call.received,
		    (unsigned)((now - f.since) / 1000));
	else
		say("get: %s\n", trouble(result));
	f.since = 0;
	if (result > 0)
		rem_tcp_close(&f.conn, now);
	else
		rem_tcp_abort(&f.conn, now);
}

/* The connection has something new: it is read at once, so that the acknowledgement tells of an empty buffer. */
static void go_on(struct rem_tcp_conn *conn, rem_time now)
{
	const int result = rem_http_call_over(&f.call, conn, now);

	if (result != REM_OK)
		over(result, now);
	else if (conn->end != REM_TCP_END_NONE)
		over(REM_CLOSED, now);
}

static void dial(rem_time now)
{
	f.dials = false;
	rem_tcp_conn_init(&f.conn, f.rx, RX, f.tx, TX);
	f.conn.notify = go_on;
	if (rem_tcp_open(&app.tcp, &f.conn, &f.to, f.port, now) == REM_OK)
		return;
	say("get: there is no way there\n");
	f.since = 0;
}

static void named(struct rem_dns_client *dns)
{
	if (f.since != 0 && dns->result == REM_OK && dns->answer.count > 0) {
		f.to = dns->answer.addr[0];
		f.dials = true;
		return;
	}
	say("get: %s\n",
	    dns->result == REM_CLOSED ? "no name server answers" : "there is nobody by that name");
	f.since = 0;
}

/* Cuts http://HOST[:PORT][/PATH] in pieces; the path, or NULL. */
static const char *cut_url(const char *url)
{
	static const char scheme[] = "http://";
	const char *host = url +
			   (strncmp(url, scheme, sizeof(scheme) - 1) == 0 ? sizeof(scheme) - 1 : 0);
	const char *path = host + strcspn(host, "/"), *colon = host + strcspn(host, ":/");
	unsigned port = 80;

	if (colon == host || path - host >= URL)
		return NULL;
	for (const char *c = url; *c != '\0'; c++) /* they would end a line of the request */
		if (*c <= ' ' || *c > '~')
			return NULL;
	memcpy(f.host, host, (size_t)(path - host));
	f.host[path - host] = '\0';
	memcpy(f.name, host, (size_t)(colon - host));
	f.name[colon - host] = '\0';
	if (*colon == ':' && (colon++, !console_number(&colon, UINT16_MAX, &port) || colon != path))
		return NULL;
	f.port = (uint16_t)port;
	return *path == '\0' ? "/" : path;
}

void fetch(const char *url, rem_time now)
{
	const char *path = f.since == 0 && has_network() ? cut_url(url) : NULL, *name = f.name;

	if (path == NULL) {
		say("get http://HOST[:PORT][/PATH]: one at a time, when there is a network\n");
		return;
	}
	rem_http_call_init(&f.call, f.buf, BUFFER, "GET", path, f.host);
	rem_http_put_word(&f.call.out, "connection", "close");
	if (rem_http_call_send(&f.call, (struct rem_span){0}) != REM_OK) {
		say("get: that is too long\n");
		return;
	}
	f.since = now;
	rem_tcp_abort(&f.conn, now); /* of the last one, something may still be going on */
	f.to = (struct rem_addr){0};
	f.dials = console_address(&name, &f.to) && *name == '\0';
	if (f.dials)
		return;
	app.dns.done = named;
	if (rem_dns_ask(&app.dns, f.name, REM_DNS_A, now) == REM_OK)
		return;
	say("get: that is no name\n");
	f.since = 0;
}

rem_time fetch_poll(rem_time now)
{
	if (f.since == 0)
		return REM_NEVER;
	if (now - f.since > PATIENCE) {
		rem_dns_stop(&app.dns, now);
		f.dials = false;
		over(REM_CLOSED, now);
		return REM_NEVER;
	}
	if (f.dials && f.conn.tcp == NULL)
		dial(now);
	if (f.dials)
		return now;
	return f.since + PATIENCE + 1;
}
