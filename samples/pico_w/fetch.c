/* SPDX-License-Identifier: BSD-3-Clause */
/* One page of a server: its status, its bytes, and how long it took. */
#include "app.h"
#include <pico/stdlib.h>
#include <remora/net_http.h>
#include <stdio.h>

enum { RX = 3 * 1448, TX = 512, BUFFER = 768, PATIENCE = 20 * 1000000 };

static struct {
	struct rem_tcp_conn conn;
	struct rem_http_call call;
	rem_time since;
	bool running;
	_Alignas(4) uint8_t rx[RX]; /* as the frames' bytes are: words can be copied */
	uint8_t tx[TX], buf[BUFFER];
} f;

static void over(int result, rem_time now)
{
	f.running = false;
	if (result > 0)
		printf("get: %u, %lu bytes in %lu ms\n", f.call.code,
		       (unsigned long)f.call.received, (unsigned long)((now - f.since) / 1000));
	else
		printf("get: failed (%d, connection %d)\n", result, f.conn.end);
	if (result > 0)
		rem_tcp_close(&f.conn, now);
	else
		rem_tcp_abort(&f.conn, now);
}

/* The connection has something new: it is read at once, so that the acknowledgement tells of an empty buffer. */
static void go_on(struct rem_tcp_conn *conn, rem_time now)
{
	const int result = f.running ? rem_http_call_over(&f.call, conn, now) : REM_OK;

	if (result != REM_OK)
		over(result, now);
	else if (f.running && conn->end != REM_TCP_END_NONE)
		over(REM_CLOSED, now);
}

void fetch(struct rem_addr from, uint16_t port, const char *host, const char *path, rem_time now)
{
	if (f.running) {
		puts("get: one at a time");
		return;
	}
	rem_http_call_init(&f.call, f.buf, BUFFER, "GET", path, host);
	rem_http_put_word(&f.call.out, "connection", "close");
	rem_tcp_conn_init(&f.conn, f.rx, RX, f.tx, TX);
	f.conn.notify = go_on;
	if (rem_http_call_send(&f.call, (struct rem_span){0}) != REM_OK ||
	    rem_tcp_open(&app.tcp, &f.conn, &from, port, now) != REM_OK) {
		puts("get: there is no way there");
		return;
	}
	f.since = now;
	f.running = true;
}

rem_time fetch_poll(rem_time now)
{
	if (f.running && now - f.since > PATIENCE)
		over(REM_CLOSED, now);
	return f.running ? f.since + PATIENCE + 1 : REM_NEVER;
}
