/* SPDX-License-Identifier: BSD-3-Clause */
/* The loop of the capturing process: packets go into the ring, orders come out of it. */
#include "live/capture_impl.h"

#include <errno.h>
#include <linux/filter.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	BATCH = 256,        /* packets between two looks at everything else */
	COUNT_EVERY_MS = 200,
	LEN_MOST = INT32_MAX,
	SECOND = 1000000000,
};

static void take(u_char *context, const struct pcap_pkthdr *h, const u_char *bytes)
{
	struct capture *c = (struct capture *)(void *)context;
	const struct ring_packet p = {
		.time_ns = (int64_t)h->ts.tv_sec * SECOND +
			   h->ts.tv_usec * (c->nanoseconds ? 1 : 1000),
		.cap_len = h->caplen,
		.len = h->len > LEN_MOST ? LEN_MOST : h->len,
		.data = bytes,
	};

	if (c->deaf)
		return;
	c->received++;
	if (!ring_put(c->ring, &p))
		c->dropped_here++;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void publish(struct capture *c)
{
	struct ring_shared *s = c->ring->shared;

	atomic_store_explicit(&s->received, c->received, memory_order_relaxed);
	atomic_store_explicit(&s->dropped_here, c->dropped_here, memory_order_relaxed);
	atomic_store_explicit(&s->dropped_kernel, c->dropped_kernel, memory_order_relaxed);
}

static void count_drops(struct capture *c)
{
	struct pcap_stat stat;

	c->counted_ms = now_ms();
	if (c->pcap->stats(c->handle, &stat) != 0)
		return;
	c->dropped_kernel += (uint32_t)(stat.ps_drop - c->drops_seen);
	c->drops_seen = stat.ps_drop;
}

static void wake(const struct capture *c)
{
	if (ring_must_wake(c->ring))
		(void)send(c->line, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* From now on the kernel lets nothing through, which is neither received nor dropped. */
static void stop_listening(struct capture *c)
{
	static struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	const struct sock_fprog program = {1, &nothing};
	const int fd = c->pcap->get_selectable_fd(c->handle);

	c->deaf = setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) != 0;
}

/* What had come before that is handed over. */
static void drain(struct capture *c)
{
	struct pollfd fd = {c->pcap->get_selectable_fd(c->handle), POLLIN, 0};

	while (!c->deaf && poll(&fd, 1, 4 * CAPTURE_PATIENCE_MS) > 0 &&
	       c->pcap->dispatch(c->handle, BATCH, take, (u_char *)c) > 0)
		wake(c);
}

static void done(struct capture *c, uint32_t order)
{
	count_drops(c);
	publish(c);
	atomic_store_explicit(&c->ring->shared->order_done, order, memory_order_release);
	(void)send(c->line, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void obey(struct capture *c, uint32_t order)
{
	if (order == RING_RUN) {
		c->deaf = false;
		c->pcap->setfilter(c->handle, &c->program);
	} else {
		stop_listening(c);
		drain(c);
	}
	done(c, order);
}

/* The capture is over, and not because somebody said so. */
static void broken(struct capture *c)
{
	snprintf(c->ring->shared->ended, RING_TEXT, "%s: %s", c->request->interface,
		 c->pcap->geterr(c->handle));
	done(c, RING_END);
}

/* False: nobody is there any more. */
static bool hear(const struct capture *c)
{
	char byte[16];
	const ssize_t n = recv(c->line, byte, sizeof(byte), MSG_DONTWAIT);

	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* How long may be slept: until counts are due, or as often as libpcap has to be asked. */
static int patience(const struct capture *c, bool uncounted)
{
	const struct timeval *must = c->pcap->get_required_select_timeout(c->handle);

	if (must != NULL)
		return (int)(must->tv_sec * 1000 + must->tv_usec / 1000);
	return uncounted ? COUNT_EVERY_MS : -1;
}

void capture_serve(struct capture *c, struct ring *r, int line)
{
	struct pollfd fds[] = {{line, POLLIN, 0},
			       {c->pcap->get_selectable_fd(c->handle), POLLIN, 0}};
	uint32_t order = RING_RUN;
	bool uncounted = false;

	c->ring = r;
	c->line = line;
	while (order != RING_END) {
		if (poll(fds, 2, patience(c, uncounted)) < 0 && errno != EINTR)
			return;
		if (fds[0].revents != 0 && !hear(c))
			return;
		const uint32_t wanted = atomic_load(&r->shared->order);
		if (wanted != order)
			obey(c, order = wanted);
		const int n = c->pcap->dispatch(c->handle, BATCH, take, (u_char *)c);
		if (n < 0) {
			broken(c);
			return;
		}
		uncounted = uncounted || n > 0;
		if (uncounted && now_ms() - c->counted_ms >= COUNT_EVERY_MS) {
			count_drops(c);
			uncounted = false;
		}
		publish(c);
		wake(c);
	}
}
