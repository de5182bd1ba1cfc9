/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * remora's TCP as the shared object that packetdrill loads: --so_filename=libremora_packetdrill.so. Time
 * is virtual: it passes in usleep and while a datagram is waited for, so a script of minutes is played
 * in milliseconds, and always in the same way. --so_flags, separated by commas: local=A.B.C.D
 * (192.168.0.1, packetdrill's own), mtu=N (1500).
 */
#include "packetdrill.h"
#include "sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#define BREATH 300000L /* nanoseconds in which other threads may run before time passes */

static int fail(int error)
{
	errno = error;
	return -1;
}

/* ---- time and datagrams ---- */

/* Other threads may have something to call before time passes; who came back from a wait surely has. */
static void breathe(struct sockets *s)
{
	const struct timespec span = {.tv_nsec = s->came_back ? 10 * BREATH : BREATH};

	s->came_back = false;
	pthread_mutex_unlock(&s->lock);
	nanosleep(&span, NULL);
	pthread_mutex_lock(&s->lock);
}

static int do_netdev_send(void *of, const void *p, size_t n)
{
	struct sockets *s = of;

	pthread_mutex_lock(&s->lock);
	world_give(&s->world, p, (uint32_t)n);
	sockets_leave(s);
	return 0;
}

static int do_netdev_receive(void *of, void *p, size_t *n, long long *microseconds)
{
	struct sockets *s = of;
	rem_time when = 0;

	pthread_mutex_lock(&s->lock);
	world_settle(&s->world);
	if (s->world.first == NULL)
		breathe(s);
	world_advance(&s->world, REM_NEVER, true);
	*n = world_take(&s->world, p, (uint32_t)*n, &when);
	*microseconds = when;
	sockets_leave(s);
	return 0;
}

static int do_usleep(void *of, useconds_t microseconds)
{
	struct sockets *s = of;

	pthread_mutex_lock(&s->lock);
	breathe(s);
	world_advance(&s->world, s->world.now + microseconds, false);
	sockets_leave(s);
	return 0;
}

/* A microsecond passes, for those who look at the clock until it is time. */
static int do_gettimeofday(void *of, struct timeval *tv, struct timezone *tz)
{
	struct sockets *s = of;

	(void)tz;
	pthread_mutex_lock(&s->lock);
	world_advance(&s->world, s->world.now + 1, false);
	tv->tv_sec = s->world.now / 1000000;
	tv->tv_usec = s->world.now % 1000000;
	sockets_leave(s);
	return 0;
}

/* ---- what there is to ask of a socket, and to wish ---- */

static int do_fcntl(void *of, int fd, int cmd, ...)
{
	struct endpoint *e = sockets_enter(of, fd);
	va_list args;
	int result = 0;

	if (e == NULL)
		return -1;
	va_start(args, cmd);
	if (cmd == F_GETFL)
		result = O_RDWR | (e->waits ? 0 : O_NONBLOCK);
	else if (cmd == F_SETFL)
		e->waits = !(va_arg(args, int) & O_NONBLOCK);
	else
		result = fail(EINVAL);
	va_end(args);
	sockets_leave(of);
	return result;
}

static int do_ioctl(void *of, int fd, unsigned long request, ...)
{
	struct endpoint *e = sockets_enter(of, fd);
	va_list args;
	int result = 0;

	if (e == NULL)
		return -1;
	va_start(args, request);
	if (e->kind == STREAM && request == SIOCINQ)
		*va_arg(args, int *) = (int)e->conn->rx.used;
	else if (e->kind == STREAM && request == SIOCOUTQ)
		*va_arg(args, int *) = (int)e->conn->tx.used;
	else
		result = fail(EINVAL);
	va_end(args);
	sockets_leave(of);
	return result;
}

static int do_setsockopt(void *of, int fd, int level, int name, const void *value, socklen_t n)
{
	struct endpoint *e = sockets_enter(of, fd);

	if (e == NULL)
		return -1;
	const int result = sockets_option(of, e, level, name, value, n);
	sockets_leave(of);
	return result;
}

static int do_getsockopt(void *of, int fd, int level, int name, void *value, socklen_t *n)
{
	struct endpoint *e = sockets_enter(of, fd);

	if (e == NULL)
		return -1;
	const int result = sockets_ask(of, e, level, name, value, n);
	sockets_leave(of);
	return result;
}

static short happens(struct endpoint *e)
{
	const struct rem_tcp_conn *c = e->conn;

	if (e->kind == LISTENS)
		return sockets_has_come(e) ? POLLIN : 0;
	if (e->kind != STREAM)
		return 0;
	return (short)((c->rx.used > 0 || rem_tcp_at_end(c) ? POLLIN : 0) |
		       (rem_tcp_is_open(c) && rem_ring_room(&c->tx) > 0 ? POLLOUT : 0) |
		       (c->tcb.state == REM_TCP_CLOSED ? POLLHUP : 0) |
		       (c->end != REM_TCP_END_NONE && !e->told ? POLLERR : 0));
}

/* At once, whatever the timeout: scripts let time pass themselves. */
static int do_poll(void *of, struct pollfd *fds, nfds_t count, int timeout)
{
	int ready = 0;

	(void)timeout;
	for (nfds_t i = 0; i < count; i++) {
		struct endpoint *e = sockets_enter(of, fds[i].fd);

		fds[i].revents = e == NULL ? POLLNVAL
					   : (short)(happens(e) &
						     (fds[i].events | POLLHUP | POLLERR));
		ready += fds[i].revents != 0;
		if (e != NULL)
			sockets_leave(of);
	}
	return ready;
}

/* ---- what is not there ---- */

static int do_epoll_create(void *of, int size)
{
	(void)of, (void)size;
	return fail(ENOSYS);
}

static int do_epoll_ctl(void *of, int epfd, int op, int fd, struct epoll_event *event)
{
	(void)of, (void)epfd, (void)op, (void)fd, (void)event;
	return fail(ENOSYS);
}

static int do_epoll_wait(void *of, int epfd, struct epoll_event *events, int most, int timeout)
{
	(void)of, (void)epfd, (void)events, (void)most, (void)timeout;
	return fail(ENOSYS);
}

static int do_pipe(void *of, int fd[2])
{
	(void)of, (void)fd;
	return fail(ENOSYS);
}

static int do_splice(void *of, int in, loff_t *in_at, int out, loff_t *out_at, size_t n,
		     unsigned flags)
{
	(void)of, (void)in, (void)in_at, (void)out, (void)out_at, (void)n, (void)flags;
	return fail(ENOSYS);
}

/* ---- begin and end ---- */

static void do_free(void *of)
{
	struct sockets *s = of;

	while (s->memory != NULL) {
		struct memory *m = s->memory;

		s->memory = m->next;
		free(m);
	}
	world_end(&s->world);
	free(s);
}

static void read_flags(const char *flags, uint32_t *local, unsigned *mtu)
{
	char *text = strdup(flags == NULL ? "" : flags), *save = NULL;
	struct in_addr address;

	for (char *word = strtok_r(text, ",", &save); word != NULL;
	     word = strtok_r(NULL, ",", &save)) {
		if (strncmp(word, "local=", 6) == 0 && inet_pton(AF_INET, word + 6, &address) == 1)
			*local = ntohl(address.s_addr);
		else if (sscanf(word, "mtu=%u", mtu) != 1)
			fprintf(stderr, "remora: what is the flag %s?\n", word);
	}
	free(text);
}

void packetdrill_interface_init(const char *flags, struct packetdrill_interface *table)
{
	struct sockets *s = calloc(1, sizeof(*s));
	uint32_t local = 0xc0a80001;
	unsigned mtu = 1500;

	if (s == NULL)
		abort();
	read_flags(flags, &local, &mtu);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->moved, NULL);
	world_init(&s->world, local, (uint16_t)mtu);
	*table = (struct packetdrill_interface){
		.userdata = s, .free = do_free, .fcntl = do_fcntl, .ioctl = do_ioctl,
		.getsockopt = do_getsockopt, .setsockopt = do_setsockopt, .poll = do_poll,
		.netdev_send = do_netdev_send, .netdev_receive = do_netdev_receive,
		.usleep = do_usleep, .gettimeofday = do_gettimeofday,
		.epoll_create = do_epoll_create, .epoll_ctl = do_epoll_ctl,
		.epoll_wait = do_epoll_wait, .pipe = do_pipe, .splice = do_splice,
	};
	sockets_fill(table);
}
