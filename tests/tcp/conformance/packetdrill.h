/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What packetdrill (github.com/google/packetdrill) asks of a stack in a shared object, --so_filename: a
 * function packetdrill_interface_init that fills in this table. Order and types are packetdrill's.
 * Calls are as in POSIX, with the object's own user data in front.
 */
#ifndef TESTS_TCP_PACKETDRILL_H
#define TESTS_TCP_PACKETDRILL_H

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct packetdrill_interface {
	void *userdata;
	void (*free)(void *of);
	int (*socket)(void *of, int domain, int type, int protocol);
	int (*bind)(void *of, int fd, const struct sockaddr *addr, socklen_t n);
	int (*listen)(void *of, int fd, int backlog);
	int (*accept)(void *of, int fd, struct sockaddr *addr, socklen_t *n);
	int (*connect)(void *of, int fd, const struct sockaddr *addr, socklen_t n);
	ssize_t (*read)(void *of, int fd, void *p, size_t n);
	ssize_t (*readv)(void *of, int fd, const struct iovec *v, int count);
	ssize_t (*recv)(void *of, int fd, void *p, size_t n, int flags);
	ssize_t (*recvfrom)(void *of, int fd, void *p, size_t n, int flags, struct sockaddr *from,
			    socklen_t *len);
	ssize_t (*recvmsg)(void *of, int fd, struct msghdr *m, int flags);
	ssize_t (*write)(void *of, int fd, const void *p, size_t n);
	ssize_t (*writev)(void *of, int fd, const struct iovec *v, int count);
	ssize_t (*send)(void *of, int fd, const void *p, size_t n, int flags);
	ssize_t (*sendto)(void *of, int fd, const void *p, size_t n, int flags,
			  const struct sockaddr *to, socklen_t len);
	ssize_t (*sendmsg)(void *of, int fd, const struct msghdr *m, int flags);
	int (*fcntl)(void *of, int fd, int cmd, ...);
	int (*ioctl)(void *of, int fd, unsigned long request, ...);
	int (*close)(void *of, int fd);
	int (*shutdown)(void *of, int fd, int how);
	int (*getsockopt)(void *of, int fd, int level, int name, void *value, socklen_t *n);
	int (*setsockopt)(void *of, int fd, int level, int name, const void *value, socklen_t n);
	int (*poll)(void *of, struct pollfd *fds, nfds_t count, int timeout);
	/* A datagram for the stack; 0. */
	int (*netdev_send)(void *of, const void *p, size_t n);
	/* Waits for the next datagram of the stack: *n is room, then bytes, 0: none will come. 0. */
	int (*netdev_receive)(void *of, void *p, size_t *n, long long *microseconds);
	int (*usleep)(void *of, useconds_t microseconds);
	int (*gettimeofday)(void *of, struct timeval *tv, struct timezone *tz);
	int (*epoll_create)(void *of, int size);
	int (*epoll_ctl)(void *of, int epfd, int op, int fd, struct epoll_event *event);
	int (*epoll_wait)(void *of, int epfd, struct epoll_event *events, int most, int timeout);
	int (*pipe)(void *of, int fd[2]);
	int (*splice)(void *of, int in, loff_t *in_at, int out, loff_t *out_at, size_t n,
		      unsigned flags);
};

void packetdrill_interface_init(const char *flags, struct packetdrill_interface *table);

#endif
