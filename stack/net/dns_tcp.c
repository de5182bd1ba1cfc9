/* SPDX-License-Identifier: BSD-3-Clause */
/* DNS over TCP: RFC 1035 4.2.2, RFC 7766 8. Question and answer each have their length in front. */
#include "net/net.h"
#include <remora/net_dns_tcp.h>

enum { LENGTH = 2 };

/* Nobody waits any more; the connection ends in good order, with nothing in it unread. */
static struct rem_dns_client *let_go(struct rem_dns_tcp *d, rem_time now)
{
	struct rem_dns_client *client = d->client;

	d->client = NULL;
	rem_tcp_drop(&d->conn, d->conn.rx.used, now);
	rem_tcp_close(&d->conn, now);
	return client;
}

static void write_question(struct rem_dns_tcp *d, rem_time now)
{
	uint32_t room;
	uint8_t *p = rem_tcp_space(&d->conn, &room);
	const int n = rem_dns_stream_question(d->client, p, room);

	d->asked = true;
	if (n < 0 || rem_tcp_wrote(&d->conn, (uint32_t)n, now) != REM_OK)
		rem_dns_stream_failed(let_go(d, now), now);
}

/* Nothing is taken out of the ring before all has come, so the answer stands there in one piece. */
static void read_answer(struct rem_dns_tcp *d, rem_time now)
{
	const struct rem_span got = rem_tcp_peek(&d->conn);
	const uint32_t n = got.n < LENGTH ? 0 : rem_get(got.p, REM_BYTES(0, LENGTH));

	if (got.n >= LENGTH && got.n - LENGTH >= n)
		rem_dns_stream_answer(let_go(d, now), (struct rem_span){got.p + LENGTH, n}, now);
	else if (rem_tcp_at_end(&d->conn) || (got.n >= LENGTH && n > d->conn.rx.size - LENGTH))
		rem_dns_stream_failed(let_go(d, now), now);
}

static void notify(struct rem_tcp_conn *c, rem_time now)
{
	struct rem_dns_tcp *d = c->user;

	if (!d->asked && rem_tcp_is_open(c))
		write_question(d, now);
	else
		read_answer(d, now);
}

static void ask(struct rem_dns_carrier *k, struct rem_dns_client *client, rem_time now)
{
	struct rem_dns_tcp *d = (struct rem_dns_tcp *)k;

	if (d->conn.tcp != NULL) /* it still says farewell to the last one */
		rem_tcp_abort(&d->conn, now);
	if (rem_tcp_open(d->tcp, &d->conn, &client->path.to, REM_DNS_PORT, now) != REM_OK) {
		rem_dns_stream_failed(client, now);
		return;
	}
	d->client = client;
	d->asked = false;
	d->conn.notify = notify;
	d->conn.user = d;
}

static void stop(struct rem_dns_carrier *k, rem_time now)
{
	struct rem_dns_tcp *d = (struct rem_dns_tcp *)k;

	d->client = NULL;
	rem_tcp_abort(&d->conn, now);
}

void rem_dns_tcp_init(struct rem_dns_tcp *d, struct rem_tcp *tcp, uint8_t *rx, uint32_t rx_size,
		      uint8_t *tx, uint32_t tx_size)
{
	*d = (struct rem_dns_tcp){.carrier = {ask, stop}, .tcp = tcp};
	rem_tcp_conn_init(&d->conn, rx, rx_size, tx, tx_size);
}
