/* SPDX-License-Identifier: BSD-3-Clause */
/* Records to a file by way of another process. */
#include "file/relay.h"

#include "guard/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* The first byte of a message: what follows it. */
enum { PART = 'p', WHOLE = 'w', LAST = 'l' };
enum { MESSAGE = 64 * 1024, RECORD_MOST = 16 << 20 };

/* What has come and is not written, as no record ends with it. */
struct heap {
	uint8_t *p;
	size_t n, room;
};

/* All of it or, where there is no more space, nothing. */
static int write_all(int fd, struct heap *h)
{
	size_t done = 0;

	while (done < h->n) {
		const ssize_t n = write(fd, h->p + done, h->n - done);

		if (n < 0 && errno != EINTR) {
			const int error = errno;
			const off_t end = lseek(fd, 0, SEEK_CUR);

			return end < (off_t)done || ftruncate(fd, end - (off_t)done) == 0 ? error
											  : errno;
		}
		done += n > 0 ? (size_t)n : 0;
	}
	h->n = 0;
	return 0;
}

static bool make_room(struct heap *h)
{
	if (h->room - h->n > MESSAGE)
		return true;
	const size_t room = h->room + 4 * (size_t)MESSAGE;
	uint8_t *more = room <= RECORD_MOST ? realloc(h->p, room) : NULL;
	if (more == NULL)
		return false;
	h->p = more;
	h->room = room;
	return true;
}

/* Writes until the end; 0 or what went wrong. Where there is no end, nobody is there to be told. */
static int relay(int socket, int fd)
{
	struct heap h = {NULL, 0, 0};
	char kind;

	for (;;) {
		if (!make_room(&h))
			return ENOMEM;
		struct iovec parts[] = {{&kind, 1}, {h.p + h.n, h.room - h.n}};
		const ssize_t n = readv(socket, parts, 2);
		if (n <= 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(0);
		h.n += (size_t)n - 1;
		const int error = kind != PART ? write_all(fd, &h) : 0;
		if (error != 0 || kind == LAST)
			return error;
	}
}

/* Keeps two descriptors, and leaves signals to who feeds us. */
static void settle(int *socket, int *fd)
{
	enum { SOCKET = 3, OUT = 4, ABOVE = 16 };
	const int a = fcntl(*socket, F_DUPFD, ABOVE), b = fcntl(*fd, F_DUPFD, ABOVE);
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	*socket = dup2(a, SOCKET);
	*fd = dup2(b, OUT);
	close_range(OUT + 1, ~0U, 0);
	setpgid(0, 0);
	prctl(PR_SET_NAME, "remora-writer");
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

static void live(int socket, int fd, bool sandbox)
{
	const char *why = NULL;
	int error;

	settle(&socket, &fd);
	error = sandbox && !guard_enter(GUARD_LIVE, NULL, &why) ? EPERM : relay(socket, fd);
	_exit(write(socket, &error, sizeof(error)) == (ssize_t)sizeof(error) ? 0 : 1);
}

int relay_start(int fd, bool sandbox)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return -1;
	const pid_t child = fork();
	if (child == 0)
		live(ends[1], fd, sandbox);
	close(ends[1]);
	if (child > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}

bool relay_is(int fd)
{
	int type = 0;
	socklen_t size = sizeof(type);

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

/* What it says at its end; it says nothing if it was killed. */
static int last_word(int fd)
{
	int error = 0;
	ssize_t n;

	do
		n = read(fd, &error, sizeof(error));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(error) ? error : EIO;
}

static int send_message(int fd, char kind, const void *bytes, size_t n)
{
	struct iovec parts[] = {{&kind, 1}, {(void *)(uintptr_t)bytes, n}};
	const struct msghdr m = {.msg_iov = parts, .msg_iovlen = 2};
	ssize_t sent;

	do
		sent = sendmsg(fd, &m, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent >= 0)
		return 0;
	return errno == EPIPE || errno == ECONNRESET ? last_word(fd) : errno;
}

int relay_send(int fd, const void *bytes, size_t n, bool whole)
{
	const uint8_t *p = bytes;
	int error;

	for (; n > MESSAGE; p += MESSAGE, n -= MESSAGE) {
		error = send_message(fd, PART, p, MESSAGE);
		if (error != 0)
			return error;
	}
	return send_message(fd, whole ? WHOLE : PART, p, n);
}

int relay_end(int fd)
{
	const int error = send_message(fd, LAST, NULL, 0);

	return error != 0 ? error : last_word(fd);
}
