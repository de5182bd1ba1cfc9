/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * flood INTERFACE PACKETS [RATE [BYTES]]: sends UDP datagrams, numbered in their payload, RATE of them
 * a second (0: as fast as can be), each so many bytes long as a frame (154). Prints how it went.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	BATCH = 32,
	HEADERS = 14 + 20 + 8,
	NUMBER = HEADERS,
	BYTES_MOST = 1514,
	SECOND = 1000000000
};

static uint8_t frames[BATCH][BYTES_MOST];
static struct iovec parts[BATCH];
static struct mmsghdr messages[BATCH];

static void store(uint8_t *to, unsigned bytes, uint64_t v)
{
	while (bytes-- > 0) {
		to[bytes] = (uint8_t)v;
		v >>= 8;
	}
}

static void write_frame(uint8_t *f, size_t bytes)
{
	static const uint8_t head[] = {2,   0,    0, 0, 0,   2, 2, 0,    0,    0,    0,    1,   8,
				       0,   0x45, 0, 0, 0,   0, 0, 0x40, 0,    64,   17,   0,   0,
				       192, 0,    2, 1, 192, 0, 2, 2,    0x13, 0x88, 0x13, 0x89};
	uint32_t sum = 0;

	memcpy(f, head, sizeof(head));
	store(f + 16, 2, bytes - 14);
	store(f + 38, 2, bytes - 34);
	for (int i = 14; i < 34; i += 2)
		sum += (uint32_t)f[i] << 8 | f[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	store(f + 24, 2, ~(sum + (sum >> 16)));
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

static void sleep_until(int64_t when)
{
	const struct timespec t = {when / SECOND, when % SECOND};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

/* Sends n frames from the number `first` on. False: see errno. */
static int send_batch(int fd, uint64_t first, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		store(frames[i] + NUMBER, 8, first + i);
	for (unsigned sent = 0; sent < n;) {
		const int rc = sendmmsg(fd, messages + sent, n - sent, 0);

		if (rc < 0 && errno != ENOBUFS && errno != EINTR)
			return 0;
		sent += rc > 0 ? (unsigned)rc : 0;
	}
	return 1;
}

int main(int argc, char **argv)
{
	const uint64_t packets = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	const uint64_t rate = argc > 3 ? strtoull(argv[3], NULL, 10) : 0;
	const size_t bytes = argc > 4 ? strtoul(argv[4], NULL, 10) : 154;
	struct sockaddr_ll to = {.sll_family = AF_PACKET};
	const int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (packets == 0 || bytes < NUMBER + 8 || bytes > BYTES_MOST) {
		fprintf(stderr, "usage: flood INTERFACE PACKETS [RATE [BYTES]]\n");
		return 1;
	}
	to.sll_ifindex = (int)if_nametoindex(argv[1]);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
		perror(argv[1]);
		return 2;
	}
	for (int i = 0; i < BATCH; i++) {
		write_frame(frames[i], bytes);
		parts[i] = (struct iovec){frames[i], bytes};
		messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
	}
	const int64_t began = now();
	for (uint64_t sent = 0; sent < packets; sent += BATCH) {
		const uint64_t left = packets - sent;

		if (rate > 0)
			sleep_until(began + (int64_t)(sent * SECOND / rate));
		if (!send_batch(fd, sent, left < BATCH ? (unsigned)left : BATCH)) {
			perror("sendmmsg");
			return 2;
		}
	}
	const double seconds = (double)(now() - began) / SECOND;
	printf("%llu packets in %.2f s, %.0f a second\n", (unsigned long long)packets, seconds,
	       (double)packets / seconds);
	return 0;
}
