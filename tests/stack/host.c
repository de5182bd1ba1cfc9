/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A host for tests, on a TAP or an interface: it echoes UDP at port 7, answers ping, and does what it
 * is told on standard input, a line each:
 *
 *	ping ADDRESS SIZE    join GROUP    leave GROUP    claim ADDRESS    send ADDRESS PORT SIZE
 *
 * What happens stands on standard output, a line each. It ends with its standard input.
 */
#include <remora/linux.h>
#include <remora/host.h>
#include <remora/net_claim.h>
#include <remora/net_fragments.h>
#include <remora/net_igmp.h>

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { NEIGHBOURS = 8, SEATS = 4, SLOTS = 4, BYTES = 65536, GROUPS = 4, ECHO = 7 };

static struct rem_linux_nic card;
static struct rem_loop loop;
static struct rem_trace trace;
static struct rem_host host;
static struct rem_fragments fragments;
static struct rem_igmp igmp;
static struct rem_claim claim;
static struct rem_ping ping;
static bool asked; /* ping sits */

static struct rem_neighbour neighbours[NEIGHBOURS];
static struct rem_seat udp_seats[SEATS], ping_seats[SEATS];
static struct rem_fragments_slot slots[SLOTS];
static uint8_t buffers[SLOTS * BYTES];
static struct rem_group groups[GROUPS];

static int echo(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	return (int)(f->end - off);
}

static const struct rem_node_ops echo_ops = {echo, NULL, NULL};
static struct rem_node echo_node = {.ops = &echo_ops, .due = REM_NEVER, .port = ECHO};

/* One datagram to somebody, and what comes back. */
static struct rem_path way;
static uint32_t size;

static int hear(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	printf("heard %u\n", (unsigned)(f->end - off));
	return 0;
}

static int send_it(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	if (f->room - off < size) {
		if ((f->flags & REM_LARGER_WAITS) == 0)
			n->due = REM_NEVER;
		return REM_LIMIT;
	}
	n->due = REM_NEVER;
	memset(f->p + off, 'x', size);
	return (int)size;
}

static bool fault(struct rem_node *n, enum rem_fault why, const struct rem_frame *f, uint32_t off)
{
	(void)f;
	(void)off;
	n->due = REM_NEVER;
	printf("fault %d\n", (int)why);
	return true;
}

static const struct rem_node_ops send_ops = {hear, send_it, fault};
static struct rem_node sender = {.ops = &send_ops, .due = REM_NEVER, .path = &way, .port = 4000};

static struct rem_addr address(const char *text)
{
	struct in_addr a;

	return inet_pton(AF_INET, text, &a) == 1 ? rem_addr4(ntohl(a.s_addr))
						 : (struct rem_addr){0};
}

static void start_ping(const char *to, uint16_t bytes)
{
	if (asked)
		rem_leave(&ping.node);
	asked = rem_ping_init(&ping, &host.icmp, address(to)) == REM_OK;
	rem_ping_ask(&ping, bytes);
}

static void obey(const char *line)
{
	char what[16] = "", who[32] = "";
	unsigned a = 0, b = 0;
	const rem_time now = rem_linux_now();

	if (sscanf(line, "%15s %31s %u %u", what, who, &a, &b) < 2)
		return;
	if (strcmp(what, "ping") == 0)
		start_ping(who, (uint16_t)a);
	else if (strcmp(what, "join") == 0)
		printf("joined %d\n", rem_igmp_join(&igmp, address(who), now));
	else if (strcmp(what, "leave") == 0)
		printf("left %d\n", rem_igmp_leave(&igmp, address(who), now));
	else if (strcmp(what, "claim") == 0)
		rem_claim_start(&claim, address(who), 24, now);
	if (strcmp(what, "send") != 0)
		return;
	way = (struct rem_path){.to = address(who)};
	sender.peer = (uint16_t)a;
	size = b;
	rem_wake(&sender, 0);
}

static void commanded(struct rem_loop_fd *f, uint32_t events)
{
	static char line[256];
	static size_t n;
	const ssize_t got = read(f->fd, line + n, sizeof(line) - 1 - n);
	char *end;

	(void)events;
	if (got <= 0) {
		loop.stop = true;
		return;
	}
	n += (size_t)got;
	line[n] = '\0';
	for (char *p = line; (end = strchr(p, '\n')) != NULL; p = end + 1) {
		*end = '\0';
		obey(p);
		n -= (size_t)(end + 1 - p);
		memmove(line, end + 1, n + 1);
		end = line - 1;
	}
	if (n == sizeof(line) - 1)
		n = 0;
}

static void changed(struct rem_claim *c, rem_time now)
{
	(void)now;
	printf("claim %u\n", c->state);
}

/* Says what became of the ping that was asked for. */
static void watch_ping(void)
{
	static uint16_t told;

	if (!asked || ping.waiting || told == ping.node.port)
		return;
	told = ping.node.port;
	if (ping.fault >= 0)
		printf("ping fault %d\n", ping.fault);
	else
		printf("ping answered\n");
}

static void build(const uint8_t seed[16])
{
	const struct rem_host_tables tables = {neighbours, udp_seats, ping_seats,
					       NEIGHBOURS, SEATS,     SEATS};

	rem_host_init(&host, card.nic.address, card.nic.mtu, seed, &tables);
	rem_fragments_init(&fragments, &host.ip, slots, SLOTS, buffers, BYTES);
	rem_igmp_init(&igmp, &host.ether, &host.ip, groups, GROUPS);
	rem_claim_init(&claim, &host.arp, &host.ether, 1);
	claim.changed = changed;
	rem_sit(&host.udp.up, &echo_node);
	rem_sit(&host.udp.up, &sender);
}

int main(int argc, char **argv)
{
	struct rem_loop_fd in = {STDIN_FILENO, EPOLLIN, commanded};
	uint8_t seed[16];
	FILE *pcapng = argc > 3 ? fopen(argv[3], "wb") : NULL;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 3 || rem_linux_open(&card, argv[1]) != 0 || rem_linux_seed(seed) != 0 ||
	    rem_trace_init(&trace, &card, NULL, pcapng) != 0) {
		perror("host");
		return 1;
	}
	build(seed);
	rem_host_configure(&host, address(argv[2]), 24, (struct rem_addr){0});
	if (rem_loop_init(&loop, &card, &host.ether.node, &trace) != 0 ||
	    rem_loop_add(&loop, &in) != 0) {
		perror("host");
		return 1;
	}
	printf("ready\n");
	int err = 0;
	while (err == 0 && !loop.stop) {
		err = rem_loop_step(&loop, rem_linux_now() + 100000);
		watch_ping();
	}
	for (unsigned i = 0; i < REM_REASONS; i++) {
		if (trace.count[i] > 0)
			printf("%s %u\n", rem_reason_name(i), trace.count[i]);
	}
	rem_loop_end(&loop);
	rem_trace_end(&trace);
	rem_linux_close(&card);
	return err == 0 && (pcapng == NULL || fclose(pcapng) == 0) ? 0 : 1;
}
