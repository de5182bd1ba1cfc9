/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * exchange COUNT: two hosts in memory, Ethernet to TCP, do the same thing COUNT times each. Under
 * callgrind (exchange.sh) every function here is a figure. The neighbours are known, except in arp().
 * Frames are carried as platform/linux does it: after whatever happens both sides are asked for more
 * until neither has any.
 */
#include <remora/host.h>
#include <remora/http_message.h>
#include <remora/net_tcp.h>
#include <stdio.h>
#include <stdlib.h>

#define MEASURED __attribute__((noinline))

enum { PORT = 7, RING = 4096, FRAME = 1514 };

struct side {
	struct rem_host host;
	struct rem_tcp tcp;
	struct rem_neighbour neighbour[2];
	struct rem_seat udp[1], ping[1];
	struct rem_tcp_conn *bucket[4];
	struct rem_tcp_conn conn[2];
	uint8_t rx[2][RING], tx[2][RING];
};

static struct side a, b;
static uint8_t frame[FRAME + 2];
static struct rem_frame f = {.p = frame, .room = sizeof(frame)};
static rem_time now;
static struct rem_tcp_listener door;

static void side_init(struct side *s, uint8_t n)
{
	const uint8_t mac[6] = {2, 0, 0, 0, 0, n}, seed[16] = {n};
	const struct rem_host_tables tables = {s->neighbour, s->udp, s->ping, 2, 1, 1};

	rem_host_init(&s->host, mac, 1500, seed, &tables);
	rem_host_configure(&s->host, rem_addr4(0x0a000000u + n), 24, (struct rem_addr){0});
	rem_tcp_init(&s->tcp, &s->host.ip, s->bucket, 4);
	for (unsigned i = 0; i < 2; i++)
		rem_tcp_conn_init(&s->conn[i], s->rx[i], RING, s->tx[i], RING);
}

/* The next frame of one side, and what it leads to. False: it has none. */
static bool carry(struct side *from, struct side *to)
{
	f.head = 2;
	int n = rem_out(&from->host.ether.node, &f, now);

	if (n <= 0)
		return false;
	rem_sent(&f, true, NULL);
	for (struct side *s = to; n > 0; s = s == to ? from : to) {
		n = rem_in(&s->host.ether.node, &f, now, NULL);
		if (n > 0)
			rem_sent(&f, true, NULL);
	}
	return true;
}

static void run(void)
{
	while (carry(&a, &b) || carry(&b, &a))
		;
}

/* A way is asked for: a question, its answer, and what the asker makes of it. */
MEASURED static void exchange_arp(struct rem_path *path)
{
	rem_ip_way(&a.host.ip, path, now);
	run();
}

/* Nobody knows anybody, and nobody waits. */
static void arp_once(void)
{
	struct rem_path path = {.to = rem_addr4(0x0a000002)};

	rem_arp_forget(&a.host.arp);
	rem_arp_forget(&b.host.arp);
	run();
	exchange_arp(&path);
	if (rem_ip_way(&a.host.ip, &path, now) != REM_PATH_READY)
		abort();
}

MEASURED static struct rem_tcp_conn *exchange_handshake(void)
{
	const struct rem_addr to = rem_addr4(0x0a000002);

	rem_tcp_listen(&b.tcp, &door);
	rem_tcp_open(&a.tcp, &a.conn[0], &to, PORT, now);
	run();
	struct rem_tcp_conn *there = rem_tcp_accept(&door);

	if (there == NULL || !rem_tcp_is_open(&a.conn[0]))
		abort();
	return there;
}

MEASURED static void exchange_reset(struct rem_tcp_conn *there)
{
	rem_tcp_abort(&a.conn[0], now);
	run();
	rem_tcp_close(there, now);
	rem_tcp_unlisten(&door, now);
}

MEASURED static void exchange_echo(struct rem_tcp_conn *there)
{
	uint8_t byte = 42;

	rem_tcp_write(&a.conn[0], &byte, 1, now);
	run();
	if (rem_tcp_read(there, &byte, 1, now) != 1)
		abort();
	rem_tcp_write(there, &byte, 1, now);
	run();
	if (rem_tcp_read(&a.conn[0], &byte, 1, now) != 1)
		abort();
}

MEASURED static void exchange_cookie(const uint8_t *syn, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		frame[2 + i] = syn[i];
	f.head = 2;
	f.end = 2 + n;
	if (rem_in(&b.host.ether.node, &f, now, NULL) <= 0 || f.verdict.why != REM_WHY_LINK_ANSWER)
		abort();
	rem_sent(&f, true, NULL);
}

/* A request of four header lines, as curl and browsers send them. */
MEASURED static void exchange_head(void)
{
	static const char text[] =
		"GET /index.html?lang=en HTTP/1.1\r\nHost: www.example.org\r\n"
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
		"Accept: text/html,application/xhtml+xml\r\nConnection: keep-alive\r\n\r\n";
	struct rem_http_head h;

	rem_http_head_begin(&h, REM_HTTP_REQUEST);
	if (rem_http_head_read(&h, (struct rem_span){(const uint8_t *)text, sizeof(text) - 1}) <= 0)
		abort();
}

int main(int argc, char **argv)
{
	const int count = argc > 1 ? atoi(argv[1]) : 100;
	const struct rem_addr to = rem_addr4(0x0a000002);
	uint8_t syn[128];

	side_init(&a, 1);
	side_init(&b, 2);
	door = (struct rem_tcp_listener){.pool = b.conn, .count = 2, .backlog = 2, .port = PORT};
	now = 1000000;
	for (int i = 0; i < count; i++)
		arp_once();
	/* The neighbours learn of each other, in vain: nobody listens yet. */
	rem_tcp_open(&a.tcp, &a.conn[0], &to, PORT, now);
	run();
	for (int i = 0; i < count; i++)
		exchange_reset(exchange_handshake());
	struct rem_tcp_conn *there = exchange_handshake();

	for (int i = 0; i < count; i++)
		exchange_echo(there);
	door.backlog = 0;
	rem_tcp_open(&a.tcp, &a.conn[1], &to, PORT, now);
	f.head = 2;
	const int n = rem_out(&a.host.ether.node, &f, now);

	for (int i = 0; i < n; i++)
		syn[i] = frame[2 + i];
	for (int i = 0; i < count; i++)
		exchange_cookie(syn, (uint32_t)n);
	for (int i = 0; i < count; i++)
		exchange_head();
	printf("%d of each\n", count);
	return 0;
}
