/* SPDX-License-Identifier: BSD-3-Clause */
/* Sockets over remora's TCP: connections are made, used and closed. */
#include "packetdrill.h"
#include "sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { RING = 65535, POOL = 64 };

/* ---- numbers, memory, waiting ---- */

static int fail(int error)
{
	errno = error;
	return -1;
}

struct endpoint *sockets_enter(struct sockets *s, int fd)
{
	pthread_mutex_lock(&s->lock);
	if (fd >= FIRST_FD && fd < FIRST_FD + SOCKETS && s->endpoint[fd - FIRST_FD].kind != FREE)
		return &s->endpoint[fd - FIRST_FD];
	pthread_mutex_unlock(&s->lock);
	fail(EBADF);
	return NULL;
}

void sockets_leave(struct sockets *s)
{
	world_settle(&s->world);
	pthread_cond_broadcast(&s->moved);
	pthread_mutex_unlock(&s->lock);
}

bool sockets_wait(struct sockets *s, struct endpoint *e, bool (*what)(struct endpoint *e))
{
	world_settle(&s->world);
	while (!what(e)) {
		if (!e->waits) {
			errno = EAGAIN;
			return false;
		}
		pthread_cond_wait(&s->moved, &s->lock);
		s->came_back = true;
	}
	return true;
}

static void *have(struct sockets *s, size_t n)
{
	struct memory *m = calloc(1, sizeof(*m) + n);

	if (m == NULL)
		abort();
	m->next = s->memory;
	s->memory = m;
	return m + 1;
}

static struct rem_tcp_conn *make_conns(struct sockets *s, const struct endpoint *e, unsigned count)
{
	struct rem_tcp_conn *conns = have(s, count * sizeof(*conns));

	for (unsigned i = 0; i < count; i++) {
		rem_tcp_conn_init(&conns[i], have(s, e->receives), e->receives, have(s, e->sends),
				  e->sends);
		conns[i].tcb.patience = e->patience;
		conns[i].tcb.keep_every = e->keep_every;
		rem_tcp_wish(&conns[i], e->wishes);
	}
	return conns;
}

static int make_endpoint(struct sockets *s, struct endpoint like)
{
	for (int i = 0; i < SOCKETS; i++) {
		if (s->endpoint[i].kind == FREE) {
			s->endpoint[i] = like;
			return FIRST_FD + i;
		}
	}
	return fail(EMFILE);
}

/* ---- opening and closing ---- */

static int do_socket(void *of, int domain, int type, int protocol)
{
	struct sockets *s = of;

	if (domain != AF_INET || (type & 15) != SOCK_STREAM ||
	    (protocol != 0 && protocol != IPPROTO_TCP))
		return fail(EPROTONOSUPPORT);
	pthread_mutex_lock(&s->lock);
	const int fd = make_endpoint(s, (struct endpoint){.kind = FRESH,
							  .waits = !(type & SOCK_NONBLOCK),
							  .receives = RING,
							  .sends = RING});
	sockets_leave(s);
	return fd;
}

static int do_bind(void *of, int fd, const struct sockaddr *addr, socklen_t n)
{
	struct endpoint *e = sockets_enter(of, fd);
	struct sockaddr_in in;

	if (e == NULL)
		return -1;
	memcpy(&in, addr, n < sizeof(in) ? n : sizeof(in));
	e->port = ntohs(in.sin_port);
	sockets_leave(of);
	return 0;
}

static int do_listen(void *of, int fd, int backlog)
{
	struct endpoint *e = sockets_enter(of, fd);
	struct sockets *s = of;
	int err = 0;

	if (e == NULL)
		return -1;
	if (e->kind == FRESH) {
		e->listener =
			(struct rem_tcp_listener){.pool = make_conns(s, e, POOL),
						  .count = POOL,
						  .backlog = (uint16_t)(backlog < 1 ? 1 : backlog),
						  .port = e->port,
						  .flags = e->wishes};
		e->kind = LISTENS;
		err = rem_tcp_listen(&s->world.tcp, &e->listener) == REM_OK ? 0 : fail(EADDRINUSE);
	}
	sockets_leave(s);
	return err;
}

static void tell_address(const struct endpoint *e, struct sockaddr *addr, socklen_t *n)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(e->conn->node.peer)};

	memcpy(&in.sin_addr, e->conn->path.to.b, 4);
	if (addr == NULL || n == NULL)
		return;
	*n = *n < sizeof(in) ? *n : sizeof(in);
	memcpy(addr, &in, *n);
}

bool sockets_has_come(struct endpoint *e)
{
	if (e->came == NULL)
		e->came = rem_tcp_accept(&e->listener);
	return e->came != NULL;
}

static int do_accept(void *of, int fd, struct sockaddr *addr, socklen_t *n)
{
	struct endpoint *e = sockets_enter(of, fd);
	int got = -1;

	if (e == NULL)
		return -1;
	if (e->kind != LISTENS) {
		fail(EINVAL);
	} else if (sockets_wait(of, e, sockets_has_come)) {
		struct endpoint like = *e;

		like.kind = STREAM;
		like.waits = true;
		like.conn = e->came;
		like.came = e->came = NULL;
		tell_address(&like, addr, n);
		got = make_endpoint(of, like);
	}
	sockets_leave(of);
	return got;
}

static bool is_decided(struct endpoint *e)
{
	return e->conn->tcb.state != REM_TCP_SYN_SENT && e->conn->tcb.state != REM_TCP_SYN_RECEIVED;
}

static int dial(struct sockets *s, struct endpoint *e, const struct sockaddr *addr)
{
	struct sockaddr_in in;

	memcpy(&in, addr, sizeof(in));
	const struct rem_addr to = rem_addr4(ntohl(in.sin_addr.s_addr));

	e->conn = make_conns(s, e, 1);
	e->kind = STREAM;
	const int err = rem_tcp_open_from(&s->world.tcp, e->conn, &to, ntohs(in.sin_port), e->port,
					  s->world.now);
	return err == REM_OK ? 0 : fail(err == REM_LIMIT ? EADDRINUSE : ENETUNREACH);
}

static int do_connect(void *of, int fd, const struct sockaddr *addr, socklen_t n)
{
	struct endpoint *e = sockets_enter(of, fd);
	int err = 0;

	(void)n;
	if (e == NULL)
		return -1;
	const bool fresh = e->kind == FRESH;

	if (fresh)
		err = dial(of, e, addr);
	else if (e->kind == LISTENS)
		err = fail(EISCONN);
	if (err == 0 && !sockets_wait(of, e, is_decided))
		err = fail(fresh ? EINPROGRESS : EALREADY);
	else if (err == 0 && (err = sockets_error(e)) != 0)
		err = fail(err == ECONNRESET ? ECONNREFUSED : err);
	sockets_leave(of);
	return err;
}

static int do_close(void *of, int fd)
{
	struct endpoint *e = sockets_enter(of, fd);
	struct sockets *s = of;

	if (e == NULL)
		return -1;
	if (e->kind == LISTENS && e->came != NULL)
		rem_tcp_abort(e->came, s->world.now);
	if (e->kind == LISTENS)
		rem_tcp_unlisten(&e->listener, s->world.now);
	else if (e->kind == STREAM)
		(e->lingers ? rem_tcp_abort : rem_tcp_close)(e->conn, s->world.now);
	e->kind = FREE;
	sockets_leave(s);
	return 0;
}

static int do_shutdown(void *of, int fd, int how)
{
	struct endpoint *e = sockets_enter(of, fd);
	struct sockets *s = of;
	int err = 0;

	if (e == NULL)
		return -1;
	if (e->kind != STREAM || e->conn->tcb.state == REM_TCP_CLOSED)
		err = fail(ENOTCONN);
	else if (how != SHUT_RD)
		rem_tcp_shut(e->conn, s->world.now);
	e->deaf = e->deaf || how != SHUT_WR;
	sockets_leave(s);
	return err;
}

/* ---- bytes ---- */

static bool can_read(struct endpoint *e)
{
	return e->conn->rx.used > 0 || e->deaf || rem_tcp_at_end(e->conn);
}

static ssize_t do_readv(void *of, int fd, const struct iovec *v, int count)
{
	struct endpoint *e = sockets_enter(of, fd);
	struct sockets *s = of;
	ssize_t got = 0;

	if (e == NULL)
		return -1;
	if (e->kind != STREAM)
		got = fail(ENOTCONN);
	else if (!sockets_wait(s, e, can_read))
		got = -1;
	for (int i = 0; i < count && got >= 0; i++) {
		const int n = rem_tcp_read(e->conn, v[i].iov_base, (uint32_t)v[i].iov_len,
					   s->world.now);
		if (n <= 0)
			break;
		got += n;
	}
	const int error = got == 0 && e->kind == STREAM ? sockets_error(e) : 0;
	sockets_leave(s);
	return error != 0 ? fail(error) : got;
}

static bool can_write(struct endpoint *e)
{
	return is_decided(e) &&
	       (rem_ring_room(&e->conn->tx) > 0 || e->conn->tcb.flags & REM_TCB_FIN ||
		e->conn->tcb.state == REM_TCP_CLOSED);
}

/* All of it, or as much as there is room for without waiting. */
static ssize_t write_all(struct sockets *s, struct endpoint *e, const struct iovec *v)
{
	size_t sent = 0;

	while (sent < v->iov_len) {
		if (!sockets_wait(s, e, can_write))
			return sent > 0 ? (ssize_t)sent : -1;
		const int n = rem_tcp_write(e->conn, (const uint8_t *)v->iov_base + sent,
					    (uint32_t)(v->iov_len - sent), s->world.now);
		if (n < 0) {
			const int error = sockets_error(e);

			return fail(error != 0 ? error : EPIPE);
		}
		sent += (size_t)n;
	}
	return (ssize_t)sent;
}

static ssize_t do_writev(void *of, int fd, const struct iovec *v, int count)
{
	struct endpoint *e = sockets_enter(of, fd);
	ssize_t sent = 0, n;
	int i = 0;

	if (e == NULL)
		return -1;
	if (e->kind != STREAM)
		sent = fail(EPIPE);
	while (sent >= 0 && i < count) {
		n = write_all(of, e, &v[i]);
		if (n >= 0)
			sent += n;
		else if (sent == 0)
			sent = -1;
		i = n == (ssize_t)v[i].iov_len ? i + 1 : count;
	}
	sockets_leave(of);
	return sent;
}

static ssize_t do_recvfrom(void *of, int fd, void *p, size_t n, int flags, struct sockaddr *from,
			   socklen_t *len)
{
	const struct iovec v = {p, n};

	(void)from;
	if (len != NULL)
		*len = 0;
	return flags != 0 ? fail(EOPNOTSUPP) : do_readv(of, fd, &v, 1);
}

static ssize_t do_recv(void *of, int fd, void *p, size_t n, int flags)
{
	return do_recvfrom(of, fd, p, n, flags, NULL, NULL);
}

static ssize_t do_read(void *of, int fd, void *p, size_t n)
{
	return do_recvfrom(of, fd, p, n, 0, NULL, NULL);
}

static ssize_t do_recvmsg(void *of, int fd, struct msghdr *m, int flags)
{
	m->msg_controllen = 0;
	m->msg_flags = 0;
	return flags != 0 ? fail(EOPNOTSUPP) : do_readv(of, fd, m->msg_iov, (int)m->msg_iovlen);
}

static ssize_t do_sendto(void *of, int fd, const void *p, size_t n, int flags,
			 const struct sockaddr *to, socklen_t len)
{
	struct iovec v = {.iov_len = n};

	(void)to, (void)len;
	memcpy(&v.iov_base, &p, sizeof(p)); /* writev takes what it only reads without const */
	return flags & ~(MSG_NOSIGNAL | MSG_DONTWAIT) ? fail(EOPNOTSUPP) : do_writev(of, fd, &v, 1);
}

static ssize_t do_send(void *of, int fd, const void *p, size_t n, int flags)
{
	return do_sendto(of, fd, p, n, flags, NULL, 0);
}

static ssize_t do_write(void *of, int fd, const void *p, size_t n)
{
	return do_sendto(of, fd, p, n, 0, NULL, 0);
}

static ssize_t do_sendmsg(void *of, int fd, const struct msghdr *m, int flags)
{
	return flags & ~MSG_NOSIGNAL ? fail(EOPNOTSUPP)
				     : do_writev(of, fd, m->msg_iov, (int)m->msg_iovlen);
}

void sockets_fill(struct packetdrill_interface *table)
{
	table->socket = do_socket;
	table->bind = do_bind;
	table->listen = do_listen;
	table->accept = do_accept;
	table->connect = do_connect;
	table->read = do_read;
	table->readv = do_readv;
	table->recv = do_recv;
	table->recvfrom = do_recvfrom;
	table->recvmsg = do_recvmsg;
	table->write = do_write;
	table->writev = do_writev;
	table->send = do_send;
	table->sendto = do_sendto;
	table->sendmsg = do_sendmsg;
	table->close = do_close;
	table->shutdown = do_shutdown;
}
