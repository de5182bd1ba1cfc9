/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Our own stack as the only peer of the emulated board, in emulated time: it leases an address, tells the time, gives
 * a long page at port 8080, and fetches /long from port 80, over one connection. It knows no clock and no chance, so each run is the same.
 *
 * Standard input has messages: a letter (F: a frame, T: only the time, G: fetch from the address in the bytes), the time
 * in microseconds (8 bytes), a length (2), bytes. Each is answered by: when to be called again (8), the bytes
 * fetched so far (4), a count of frames (2), and each frame behind its length (2). All are little-endian.
 */
#include <remora/host.h>
#include <remora/net_dhcp_server.h>
#include <remora/net_ntp.h>
#include <remora/net_tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	US = 0xc0a84d01, /* 192.168.77.1 */
	FRAME = 2048,
	RING = 16384,
	PAGE = 300000, /* bytes of the page at port 8080 */
	BURST = 32,
};

static struct rem_host host;
static struct rem_tcp tcp;
static struct rem_dhcp_server leases;
static struct rem_ntp_server clock_server;
static struct rem_tcp_conn server[2], client;
static struct rem_tcp_listener listener;
static struct rem_tcp_conn *guest; /* being served */
static uint32_t given, fetched;
static bool dialled;

static uint8_t frames[BURST][FRAME];
static uint16_t length[BURST];
static unsigned count;

static void begin(void)
{
	static const uint8_t mac[6] = {2, 0xaa, 0xbb, 0xcc, 0xdd, 0};
	static const uint8_t seed[16] = "always the same";
	static struct rem_neighbour neighbour[4];
	static struct rem_seat udp[4];
	static struct rem_tcp_conn *bucket[1];
	static struct rem_dhcp_place place[4];
	static uint8_t rings[3][2][RING];
	const struct rem_addr none = {0};

	rem_host_init(&host, mac, 1500, seed,
		      &(struct rem_host_tables){
			      .neighbour = neighbour, .udp = udp, .neighbours = 4, .udps = 4});
	rem_host_configure(&host, rem_addr4(US), 24, none);

	rem_dhcp_server_init(&leases, place, 4);
	leases.addr = leases.router = leases.ntp = US;
	leases.mask = 0xffffff00;
	leases.first = US + 99;
	leases.seconds = 3600;
	rem_sit(&host.udp.up, &leases.node);

	rem_ntp_server_init(&clock_server, &host.secret, NULL, 0);
	clock_server.offset = 1750000000LL * 1000000;
	clock_server.stratum = 3;
	clock_server.leap = 0;
	rem_sit(&host.udp.up, &clock_server.node);

	rem_tcp_init(&tcp, &host.ip, bucket, 1);
	for (unsigned i = 0; i < 2; i++)
		rem_tcp_conn_init(&server[i], rings[i][0], RING, rings[i][1], RING);
	rem_tcp_conn_init(&client, rings[2][0], RING, rings[2][1], RING);
	listener =
		(struct rem_tcp_listener){.pool = server, .count = 2, .backlog = 2, .port = 8080};
	rem_tcp_listen(&tcp, &listener);
}

/* Whatever is asked, the answer is one long page. */
static void serve(rem_time now)
{
	static const char head[] =
		"HTTP/1.1 200 OK\r\ncontent-length: 300000\r\nconnection: close\r\n\r\n";
	uint8_t bytes[1460];

	if (guest == NULL) {
		guest = rem_tcp_accept(&listener);
		given = 0;
		if (guest != NULL)
			rem_tcp_write(guest, head, sizeof(head) - 1, now);
	}
	if (guest == NULL)
		return;
	while (rem_tcp_read(guest, bytes, sizeof(bytes), now) > 0)
		;
	memset(bytes, 'r', sizeof(bytes));
	while (given < PAGE) {
		const uint32_t left = PAGE - given;
		const int n = rem_tcp_write(guest, bytes,
					    left < sizeof(bytes) ? left : sizeof(bytes), now);
		if (n <= 0)
			break;
		given += (uint32_t)n;
	}
	if (given == PAGE || guest->end != REM_TCP_END_NONE) {
		rem_tcp_close(guest, now);
		guest = NULL;
	}
}

static void fetch(uint32_t from, rem_time now)
{
	static const char ask[] = "GET /long HTTP/1.1\r\nhost: board\r\n\r\n";
	const struct rem_addr to = rem_addr4(from);

	if (!dialled)
		dialled = rem_tcp_open(&tcp, &client, &to, 80, now) == REM_OK;
	rem_tcp_write(&client, ask, sizeof(ask) - 1, now);
}

static void read_page(rem_time now)
{
	uint8_t bytes[4096];
	int n;

	while (dialled && (n = rem_tcp_read(&client, bytes, sizeof(bytes), now)) > 0)
		fetched += (uint32_t)n;
}

static void keep(const struct rem_frame *f)
{
	length[count] = (uint16_t)(f->end - f->head);
	memcpy(frames[count++], f->p + f->head, f->end - f->head);
}

static void work(const uint8_t *p, uint32_t n, rem_time now)
{
	static uint8_t buf[FRAME];

	count = 0;
	if (n > 0) {
		struct rem_frame f = {.p = buf, .room = FRAME, .end = n};
		memcpy(buf, p, n);
		if (rem_in(&host.ether.node, &f, now, NULL) > 0) {
			keep(&f);
			rem_sent(&f, true, NULL);
		}
	}
	serve(now);
	read_page(now);
	while (count < BURST) {
		struct rem_frame f = {.p = buf, .room = FRAME};
		if (rem_out(&host.ether.node, &f, now) <= 0)
			break;
		keep(&f);
		rem_sent(&f, true, NULL);
	}
}

static bool get(void *p, size_t n)
{
	return fread(p, 1, n, stdin) == n;
}

static void put(const void *p, size_t n)
{
	if (fwrite(p, 1, n, stdout) != n)
		exit(1);
}

static uint64_t number(const uint8_t *p, unsigned bytes)
{
	uint64_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | p[bytes];
	return n;
}

static void put_number(uint64_t n, unsigned bytes)
{
	uint8_t p[8];

	for (unsigned i = 0; i < bytes; i++)
		p[i] = (uint8_t)(n >> 8 * i);
	put(p, bytes);
}

int main(void)
{
	uint8_t head[11], bytes[FRAME];

	begin();
	while (get(head, sizeof(head))) {
		const rem_time now = (rem_time)number(head + 1, 8);
		const uint32_t n = (uint32_t)number(head + 9, 2);

		if (n > sizeof(bytes) || !get(bytes, n))
			return 1;
		if (head[0] == 'G')
			fetch((uint32_t)number(bytes, 4), now);
		work(bytes, head[0] == 'F' ? n : 0, now);
		put_number((uint64_t)rem_due(&host.ether.node), 8);
		put_number(fetched, 4);
		put_number(count, 2);
		for (unsigned i = 0; i < count; i++) {
			put_number(length[i], 2);
			put(frames[i], length[i]);
		}
		fflush(stdout);
	}
	return 0;
}
