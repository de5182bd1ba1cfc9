/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * station IFACE: every call of the blocking layer against the kernel on the other side of a TAP, and
 * what each says when there is nobody. station.sh is that other side.
 */
#include <remora/station.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { RING = 4096, KERNEL = 0xc0a80a01, NOBODY = 0xc0a80a60 /* and those behind */, PORT = 7000 };

static struct rem_station station;
static struct rem_tcp_conn conn, pool[2];
static uint8_t rx[3][RING], tx[3][RING];

static rem_time in_ms(int ms)
{
	return rem_linux_now() + ms * INT64_C(1000);
}

static void expect(const char *what, int is, int wanted)
{
	if (is == wanted)
		return;
	fprintf(stderr, "%s: %d (%s), not %d\n", what, is, strerror(is < 0 ? -is : 0), wanted);
	exit(1);
}

/* A call came back at its deadline of so many milliseconds: not before, nor long after. */
static void expect_late(const char *what, int is, rem_time since, int ms)
{
	const rem_time took = (rem_linux_now() - since) / 1000;

	expect(what, is, -ETIMEDOUT);
	if (took >= ms && took < ms + 400)
		return;
	fprintf(stderr, "%s: after %lld ms, not %d\n", what, (long long)took, ms);
	exit(1);
}

static void datagrams(void)
{
	const struct rem_addr kernel = rem_addr4(KERNEL);
	struct rem_addr a;
	rem_time took = -1, since;
	int64_t offset;

	expect("lease", rem_station_lease(&station, 0, in_ms(8000)), 0);
	expect("reach", rem_station_reach(&station, kernel, in_ms(3000)), 0);
	expect("reach nobody", rem_station_reach(&station, rem_addr4(NOBODY), in_ms(20000)),
	       -EHOSTUNREACH);
	expect("ping", rem_station_ping(&station, kernel, 1000, &took, in_ms(3000)), 0);
	expect("its time", took > 0 && took < 1000000, 1);
	expect("ping nobody", rem_station_ping(&station, rem_addr4(NOBODY), 8, &took, in_ms(20000)),
	       -EHOSTUNREACH);
	since = rem_linux_now(); /* the kernel drops echoes of this size */
	expect_late("ping in vain", rem_station_ping(&station, kernel, 666, &took, in_ms(1300)),
		    since, 1300);
	expect("ping again", rem_station_ping(&station, kernel, 8, &took, in_ms(3000)), 0);
	expect("resolve", rem_station_resolve(&station, "one.example", &a, in_ms(3000)), 0);
	expect("its address", a.b[3], 1);
	expect("resolve none", rem_station_resolve(&station, "none.example", &a, in_ms(3000)),
	       -ENOENT);
	expect("resolve many", rem_station_resolve(&station, "many.example", &a, in_ms(3000)), 0);
	expect("its net", a.b[0], 10);
	expect("by TCP", station.trace.count[REM_WHY_DNS_CUT] > 0, 1);
	station.dns.server[0] = rem_addr4(NOBODY + 1);
	since = rem_linux_now();
	expect_late("resolve in vain", rem_station_resolve(&station, "two.example", &a, in_ms(300)),
		    since, 300);
	station.dns.server[0] = kernel;
	expect("resolve again", rem_station_resolve(&station, "one.example", &a, in_ms(3000)), 0);
	expect("NTP", rem_station_ask_time(&station, kernel, 1, &offset, in_ms(8000)), 0);
	since = rem_linux_now();
	expect_late("NTP in vain", rem_station_ask_time(&station, rem_addr4(NOBODY + 2), 1, &offset, in_ms(300)),
		    since, 300);
}

/* The kernel echoes what comes to PORT, and is silent at PORT + 1; nobody is at PORT + 2. */
static void streams(void)
{
	const struct rem_addr kernel = rem_addr4(KERNEL);
	static uint8_t much[10 * RING], back[10 * RING];
	rem_time since;
	int n = 0, got;

	for (unsigned i = 0; i < sizeof(much); i++)
		much[i] = (uint8_t)(i * 7);
	rem_tcp_conn_init(&conn, rx[0], RING, tx[0], RING);
	expect("refused", rem_station_dial(&station, &conn, kernel, PORT + 2, 0, in_ms(3000)),
	       -ECONNREFUSED);
	expect("dial", rem_station_dial(&station, &conn, kernel, PORT, 0, in_ms(3000)), 0);
	expect("write", rem_station_write(&station, &conn, much, RING, in_ms(3000)), RING);
	while (n < RING &&
	       (got = rem_station_read(&station, &conn, back + n, RING, in_ms(3000))) > 0)
		n += got;
	expect("read", n, RING);
	expect("the same", memcmp(much, back, RING), 0);
	since = rem_linux_now();
	expect_late("read in vain", rem_station_read(&station, &conn, back, 1, in_ms(300)), since,
		    300);
	expect("close", rem_station_close(&station, &conn, in_ms(3000)), 0);
	rem_tcp_conn_init(&conn, rx[0], RING, tx[0], RING);
	expect("dial", rem_station_dial(&station, &conn, kernel, PORT + 1, 0, in_ms(3000)), 0);
	since = rem_linux_now();
	for (got = 1; got > 0; since = got > 0 ? rem_linux_now() : since)
		got = rem_station_write(&station, &conn, much, sizeof(much), in_ms(500));
	expect_late("write in vain", got, since, 500);
	rem_tcp_abort(&conn, rem_linux_now());
}

/* The kernel dials one of our ports when it hears an echo of ours, and says a word. */
static void door(void)
{
	struct rem_tcp_listener l = {.pool = pool, .count = 2, .backlog = 2, .port = PORT};
	struct rem_tcp_conn *c;
	char word[6] = "";
	rem_time since = rem_linux_now();

	for (unsigned i = 0; i < 2; i++)
		rem_tcp_conn_init(&pool[i], rx[1 + i], RING, tx[1 + i], RING);
	expect("listen", rem_station_listen(&station, &l), 0);
	expect("listen twice", rem_station_listen(&station, &l), -EADDRINUSE);
	expect_late("accept in vain", rem_station_accept(&station, &l, &c, in_ms(300)), since, 300);
	puts("listening");
	fflush(stdout);
	expect("accept", rem_station_accept(&station, &l, &c, in_ms(8000)), 0);
	expect("read", rem_station_read(&station, c, word, 5, in_ms(3000)), 5);
	expect("the word", strcmp(word, "hello"), 0);
	expect("its end", rem_station_read(&station, c, word, 5, in_ms(3000)), 0);
	expect("close", rem_station_close(&station, c, in_ms(3000)), 0);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	expect("open", rem_linux_open(&station.card, argv[1]), 0);
	expect("init", rem_station_init(&station, NULL, NULL), 0);
	const rem_time since = rem_linux_now();
	expect_late("lease in vain", rem_station_lease(&station, 0, in_ms(200)), since, 200);
	datagrams();
	streams();
	door();
	rem_station_end(&station);
	return 0;
}
