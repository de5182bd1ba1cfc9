/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * remora TAP ADDRESS: remora's live stack on a TAP: it discards what comes to port 9, sends without end from port 19, and
 * answers port 7 with what it hears. The same as lwip.c, to be measured beside it.
 */
#include <arpa/inet.h>
#include <remora/host.h>
#include <remora/linux.h>
#include <remora/net_tcp.h>

enum { CONNECTIONS = 8, RING = 512 * 1024, BUCKETS = 16 };

static struct rem_linux_nic card;
static struct rem_loop loop;
static struct rem_host host;
static struct rem_tcp tcp;
static struct rem_neighbour neighbour[4];
static struct rem_tcp_conn *bucket[BUCKETS];
static struct {
	struct rem_tcp_listener listener;
	struct rem_tcp_conn conn[CONNECTIONS];
	uint8_t rx[CONNECTIONS][RING], tx[CONNECTIONS][RING];
} service[3];

static void accept_all(struct rem_tcp_conn *c)
{
	while (rem_tcp_accept(c->listener) != NULL)
		;
}

static void end_with_peer(struct rem_tcp_conn *c, rem_time now)
{
	if (rem_tcp_at_end(c))
		rem_tcp_close(c, now);
}

static void discard(struct rem_tcp_conn *c, rem_time now)
{
	struct rem_span s;

	accept_all(c);
	while ((s = rem_tcp_peek(c)).n > 0)
		rem_tcp_drop(c, s.n, now);
	end_with_peer(c, now);
}

static void send_more(struct rem_tcp_conn *c, rem_time now)
{
	uint32_t n;

	accept_all(c);
	while (rem_tcp_is_open(c) && (rem_tcp_space(c, &n), n > 0) && rem_tcp_wrote(c, n, now) == 0)
		;
	end_with_peer(c, now);
}

static void echo(struct rem_tcp_conn *c, rem_time now)
{
	struct rem_span s;
	int n;

	accept_all(c);
	while ((s = rem_tcp_peek(c)).n > 0 && (n = rem_tcp_write(c, s.p, s.n, now)) > 0)
		rem_tcp_drop(c, (uint32_t)n, now);
	end_with_peer(c, now);
}

static void serve(unsigned i, uint16_t port, void (*notify)(struct rem_tcp_conn *, rem_time))
{
	for (unsigned k = 0; k < CONNECTIONS; k++)
		rem_tcp_conn_init(&service[i].conn[k], service[i].rx[k], RING, service[i].tx[k],
				  RING);
	service[i].listener = (struct rem_tcp_listener){
		.pool = service[i].conn,
		.count = CONNECTIONS,
		.backlog = CONNECTIONS,
		.port = port,
		.flags = REM_TCB_NODELAY,
		.notify = notify,
	};
	rem_tcp_listen(&tcp, &service[i].listener);
}

int main(int argc, char **argv)
{
	const struct rem_host_tables tables = {.neighbour = neighbour, .neighbours = 4};
	uint8_t seed[16];
	struct in_addr address;

	if (argc != 3 || inet_pton(AF_INET, argv[2], &address) != 1) {
		fprintf(stderr, "usage: remora TAP ADDRESS\n");
		return 1;
	}
	if (rem_linux_open(&card, argv[1]) != 0 || rem_linux_seed(seed) != 0) {
		perror(argv[1]);
		return 2;
	}
	rem_host_init(&host, card.nic.address, card.nic.mtu, seed, &tables);
	rem_host_configure(&host, rem_addr4(ntohl(address.s_addr)), 24, (struct rem_addr){0});
	rem_tcp_init(&tcp, &host.ip, bucket, BUCKETS);
	serve(0, 7, echo);
	serve(1, 9, discard);
	serve(2, 19, send_more);
	if (rem_loop_init(&loop, &card, &host.ether.node, NULL) != 0)
		return 2;
	return rem_loop_run(&loop, REM_NEVER) == 0 ? 0 : 2;
}
