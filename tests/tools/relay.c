/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * relay TAP INTERFACE DELAY_MS LOSS_PERMILLE SEED: joins a TAP that it opens with an interface that somebody else
 * holds, in both directions, each frame DELAY_MS late; of a thousand so many are lost, by a seed, ARP never. It
 * stands in for tc netem, which not every kernel has and which has no seed. 1000 frames wait at most each way.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { FRAMES = 1000, ROOM = 1600 };

struct frame {
	int64_t at;
	size_t n;
	uint8_t bytes[ROOM];
};

struct way {
	int from, to;
	struct frame frame[FRAMES];
	unsigned first, count;
};

static struct way ways[2];
static uint64_t seed;
static unsigned loss;
static int64_t delay;

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool is_lost(const uint8_t *p)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (p[12] << 8 | p[13]) == ETHERTYPE_IP &&
	       (seed * 0x2545f4914f6cdd1dULL >> 32) % 1000 < loss;
}

static int open_tap(const char *name)
{
	struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
	const int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request) != 0) {
		perror(name);
		exit(1);
	}
	return fd;
}

static int open_packet(const char *name)
{
	const int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(ETH_P_ALL));
	struct sockaddr_ll address = {.sll_family = AF_PACKET,
				      .sll_protocol = htons(ETH_P_ALL),
				      .sll_ifindex = (int)if_nametoindex(name)};
	const int room = 1 << 22;

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		perror(name);
		exit(1);
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	return fd;
}

/* What has come goes into the queue, or is lost. */
static void take(struct way *w)
{
	struct sockaddr_ll from;
	struct frame spare;

	for (;;) {
		struct frame *f = w->count < FRAMES ? &w->frame[(w->first + w->count) % FRAMES]
						    : &spare;
		socklen_t n = sizeof(from);
		ssize_t got;

		from.sll_pkttype = PACKET_HOST;
		got = w == &ways[0]
			      ? read(w->from, f->bytes, ROOM)
			      : recvfrom(w->from, f->bytes, ROOM, 0, (struct sockaddr *)&from, &n);
		if (got < 14)
			return;
		if (from.sll_pkttype == PACKET_OUTGOING || f == &spare || is_lost(f->bytes))
			continue;
		f->n = (size_t)got;
		f->at = now() + delay;
		w->count++;
	}
}

/* Passes on what is due. Returns when the next one is. */
static int64_t pass(struct way *w)
{
	while (w->count > 0) {
		const struct frame *f = &w->frame[w->first];

		if (f->at > now())
			return f->at;
		if (write(w->to, f->bytes, f->n) < 0 && errno != EAGAIN && errno != ENOBUFS)
			perror("write");
		w->first = (w->first + 1) % FRAMES;
		w->count--;
	}
	return INT64_MAX;
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fprintf(stderr, "usage: relay TAP INTERFACE DELAY_MS LOSS_PERMILLE SEED\n");
		return 1;
	}
	delay = atoi(argv[3]) * 1000;
	loss = (unsigned)atoi(argv[4]);
	seed = strtoull(argv[5], NULL, 0) * 0x9e3779b97f4a7c15ULL + 1;
	ways[0].from = ways[1].to = open_tap(argv[1]);
	ways[1].from = ways[0].to = open_packet(argv[2]);
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		struct pollfd fds[2] = {{ways[0].from, POLLIN, 0}, {ways[1].from, POLLIN, 0}};
		const int64_t a = pass(&ways[0]), b = pass(&ways[1]), next = a < b ? a : b;
		struct timespec wait = {0, 0};

		if (next != INT64_MAX) {
			const int64_t span = next - now();

			wait.tv_sec = span > 0 ? span / 1000000 : 0;
			wait.tv_nsec = span > 0 ? span % 1000000 * 1000 : 0;
		}
		if (ppoll(fds, 2, next == INT64_MAX ? NULL : &wait, NULL) < 0)
			return 1;
		take(&ways[0]);
		take(&ways[1]);
	}
}
