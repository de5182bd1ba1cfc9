/* SPDX-License-Identifier: BSD-3-Clause */
/* The loop of a stack on Linux: epoll(7) for frames, timerfd_create(2) for deadlines. */
#define _GNU_SOURCE
#include <remora/linux.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* A frame as large as any interface has them, and room to answer it; what is read before others have
 * a turn. */
enum { FRAME = 65536 + 64, BURST = 64, READY = 16 };

static void send_frame(struct rem_loop *l, struct rem_frame *f)
{
	struct rem_nic *nic = &l->card->nic;
	const int err = nic->ops->send(nic, f->p + f->head, f->end - f->head);

	rem_sent(f, err == REM_OK, l->trace == NULL ? NULL : &l->trace->watch);
}

static void take_frame(struct rem_loop *l, uint32_t n)
{
	struct rem_frame f = {.p = l->in, .room = FRAME, .end = n,
			      .flags = l->card->nic.verified ? REM_SUMS_VERIFIED : 0};

	if (l->trace != NULL && l->trace->copy != NULL) {
		__builtin_memcpy(l->trace->copy, f.p, n);
		l->trace->copied = n;
	}
	if (rem_in(l->lowest, &f, rem_linux_now(), l->trace == NULL ? NULL : &l->trace->watch) > 0)
		send_frame(l, &f);
}

static void send_due(struct rem_loop *l)
{
	const rem_time now = rem_linux_now();

	for (unsigned i = 0; i < BURST; i++) {
		struct rem_frame f = {.p = l->out, .room = FRAME};

		if (rem_out(l->lowest, &f, now) <= 0)
			return;
		send_frame(l, &f);
	}
}

static void card_ready(struct rem_loop_fd *f, uint32_t events)
{
	struct rem_loop *l = (struct rem_loop *)((char *)f - offsetof(struct rem_loop, card_fd));
	struct rem_nic *nic = &l->card->nic;
	int n;

	(void)events;
	for (unsigned i = 0; i < BURST && (n = nic->ops->receive(nic, l->in, FRAME)) != 0; i++) {
		if (n > 0)
			take_frame(l, (uint32_t)n);
	}
}

static void timer_ready(struct rem_loop_fd *f, uint32_t events)
{
	struct rem_loop *l = (struct rem_loop *)((char *)f - offsetof(struct rem_loop, timer_fd));
	uint64_t times;

	(void)events;
	l->timer = REM_NEVER;
	(void)!read(f->fd, &times, sizeof(times));
}

int rem_loop_add(struct rem_loop *l, struct rem_loop_fd *f)
{
	struct epoll_event e = {.events = f->events, .data.ptr = f};

	return epoll_ctl(l->epoll, EPOLL_CTL_ADD, f->fd, &e) == 0 ? 0 : -errno;
}

void rem_loop_remove(struct rem_loop *l, struct rem_loop_fd *f)
{
	epoll_ctl(l->epoll, EPOLL_CTL_DEL, f->fd, NULL);
}

int rem_loop_init(struct rem_loop *l, struct rem_linux_nic *card, struct rem_node *lowest,
		  struct rem_trace *trace)
{
	*l = (struct rem_loop){
		.card = card,
		.lowest = lowest,
		.trace = trace,
		.card_fd = {card->fd, EPOLLIN, card_ready},
		.timer_fd = {timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), EPOLLIN,
			     timer_ready},
		.timer = REM_NEVER,
		.epoll = epoll_create1(EPOLL_CLOEXEC),
		.in = malloc(FRAME),
		.out = malloc(FRAME),
	};
	int err = l->timer_fd.fd < 0 || l->epoll < 0 ? -errno : 0;
	if (err == 0 && (l->in == NULL || l->out == NULL))
		err = -ENOMEM;
	if (err == 0)
		err = rem_loop_add(l, &l->card_fd);
	if (err == 0)
		err = rem_loop_add(l, &l->timer_fd);
	if (err != 0)
		rem_loop_end(l);
	return err;
}

void rem_loop_end(struct rem_loop *l)
{
	if (l->timer_fd.fd >= 0)
		close(l->timer_fd.fd);
	if (l->epoll >= 0)
		close(l->epoll);
	free(l->in);
	free(l->out);
	l->in = l->out = NULL;
	l->timer_fd.fd = l->epoll = -1;
}

/*
 * The timer goes off at `when`, or before: deadlines move back with almost every frame, so it is left
 * alone until it has gone off for nothing. A time that has come already is the next microsecond.
 */
static void set_timer(struct rem_loop *l, rem_time when)
{
	if (l->timer <= when)
		return;
	const struct itimerspec t = {
		.it_value = {(time_t)(when / 1000000), (long)(when % 1000000) * 1000 + 1}};

	l->timer = when;
	timerfd_settime(l->timer_fd.fd, TFD_TIMER_ABSTIME, &t, NULL);
}

int rem_loop_step(struct rem_loop *l, rem_time until)
{
	struct epoll_event e[READY];

	send_due(l);
	const rem_time due = rem_due(l->lowest);
	set_timer(l, due < until ? due : until);
	const int n = epoll_wait(l->epoll, e, READY, -1);
	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	for (int i = 0; i < n; i++) {
		struct rem_loop_fd *f = e[i].data.ptr;

		f->ready(f, e[i].events);
	}
	send_due(l);
	return 0;
}

int rem_loop_run(struct rem_loop *l, rem_time until)
{
	int err = 0;

	while (err == 0 && !l->stop && rem_linux_now() < until)
		err = rem_loop_step(l, until);
	return err;
}
