/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sockets over the stack of world.h, as POSIX has them: numbers, errno, calls that wait. Whoever waits
 * does so in a thread of his own, until somebody else lets time pass or a datagram in.
 */
#ifndef TESTS_TCP_SOCKETS_H
#define TESTS_TCP_SOCKETS_H

#include "world.h"
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>

enum { SOCKETS = 64, FIRST_FD = 1000 };

struct endpoint {
	enum { FREE, FRESH, LISTENS, STREAM } kind;
	bool waits;                 /* its calls do */
	bool lingers;               /* SO_LINGER of 0 seconds: close is abort */
	bool deaf;                  /* SHUT_RD */
	bool told;                  /* the error of its end */
	uint32_t wishes, patience, keep_every, receives, sends;
	uint16_t port;
	struct rem_tcp_conn *conn;  /* of a stream */
	struct rem_tcp_conn *came;  /* who waits at a listener to be accepted */
	struct rem_tcp_listener listener;
};

/* What rings and pools are made of: a connection outlives its socket, so all of it stays to the end. */
struct memory {
	struct memory *next;
};

struct sockets {
	struct world world;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool came_back;             /* somebody who had waited, since time last passed */
	struct memory *memory;
	struct endpoint endpoint[SOCKETS];
};

struct packetdrill_interface;

/* The calls on sockets, in packetdrill's table. */
void sockets_fill(struct packetdrill_interface *table);

/* Somebody waits at a listener. */
bool sockets_has_come(struct endpoint *e);

/* `what` becomes true, or it never waits: then EAGAIN. Called with the lock held. */
bool sockets_wait(struct sockets *s, struct endpoint *e, bool (*what)(struct endpoint *e));
/* The lock is given back, once all that is due is sent and who waits has been told. */
void sockets_leave(struct sockets *s);
/* The endpoint of a number, with the lock held; NULL, EBADF and no lock if there is none. */
struct endpoint *sockets_enter(struct sockets *s, int fd);

int sockets_option(struct sockets *s, struct endpoint *e, int level, int name, const void *value,
		   socklen_t n);
int sockets_ask(struct sockets *s, struct endpoint *e, int level, int name, void *value,
		socklen_t *n);
/* The error that a connection has ended with, as errno; 0: none, or it has been told. */
int sockets_error(struct endpoint *e);

#endif
