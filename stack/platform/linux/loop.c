/* SPDX-License-Identifier: BSD-3-Clause */
/* The loop of a stack on Linux: epoll(7) for frames, timerfd_create(2) for deadlines. */
#define _GNU_SOURCE
#include <remora/linux.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* A frame as large as any interface has them, and room to answer it. */
enum { FRAME = 65536 + 64, READY = 16 };

/* The trace wants the frame as it came: its answer is written over it. */
static void heard(struct rem_pump *pump, const uint8_t *p, uint32_t n)
{
	const struct rem_loop *l =
		(struct rem_loop *)((char *)pump - offsetof(struct rem_loop, pump));

	__builtin_memcpy(l->trace->copy, p, n);
	l->trace->copied = n;
}

static void card_ready(struct rem_loop_fd *f, uint32_t events)
{
	struct rem_loop *l = (struct rem_loop *)((char *)f - offsetof(struct rem_loop, card_fd));

	(void)events;
	rem_pump_in(&l->pump);
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
		.pump = {.nic = &card->nic,
			 .node = lowest,
			 .clock = rem_linux_now,
			 .in = malloc(FRAME),
			 .out = malloc(FRAME),
			 .room = FRAME,
			 .watch = trace == NULL ? NULL : &trace->watch,
			 .heard = trace == NULL ? NULL : heard},
		.trace = trace,
		.card_fd = {card->fd, EPOLLIN, card_ready},
		.timer_fd = {timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), EPOLLIN,
			     timer_ready},
		.timer = REM_NEVER,
		.epoll = epoll_create1(EPOLL_CLOEXEC),
	};
	int err = l->timer_fd.fd < 0 || l->epoll < 0 ? -errno : 0;
	if (err == 0 && (l->pump.in == NULL || l->pump.out == NULL))
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
	free(l->pump.in);
	free(l->pump.out);
	l->pump.in = l->pump.out = NULL;
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

	const rem_time due = rem_pump_out(&l->pump);
	set_timer(l, due < until ? due : until);
	const int n = epoll_wait(l->epoll, e, READY, -1);
	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	for (int i = 0; i < n; i++) {
		struct rem_loop_fd *f = e[i].data.ptr;

		f->ready(f, e[i].events);
	}
	rem_pump_out(&l->pump);
	return 0;
}

int rem_loop_run(struct rem_loop *l, rem_time until)
{
	int err = 0;

	while (err == 0 && !l->stop && rem_linux_now() < until)
		err = rem_loop_step(l, until);
	return err;
}
