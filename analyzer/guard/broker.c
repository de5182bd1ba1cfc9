/* SPDX-License-Identifier: BSD-3-Clause */
/* Starting the broker, and asking it. */
#include "guard/broker_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct broker {
	int socket;
	struct broker_request request; /* large, and one at a time */
	struct broker_answer answer;
	int fds[BROKER_DESCRIPTORS];
};

/* The terminal's signals are not for us, nor are whatever files are open. */
static void settle(int socket)
{
	enum { SOCKET = 3 };
	struct pollfd fd = {SOCKET, 0, 0};
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	if (socket != SOCKET)
		dup2(socket, SOCKET);
	close_range(SOCKET + 1, ~0U, 0);
	fcntl(SOCKET, F_SETFD, FD_CLOEXEC);
	setpgid(0, 0);
	prctl(PR_SET_NAME, "remora-broker");
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGUSR1, SIG_IGN);
	signal(SIGCHLD, SIG_IGN); /* nobody waits for captures */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (poll(&fd, 1, 0) > 0) /* it was too late */
		_exit(0);
}

struct broker *broker_start(const struct broker_options *o)
{
	struct broker_state state = {.options = *o, .deeds = &broker_deeds};
	struct broker *b = calloc(1, sizeof(*b));
	int ends[2];

	if (b == NULL || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		free(b);
		return NULL;
	}
	const pid_t child = fork();
	if (child == 0) {
		settle(ends[1]);
		broker_serve(&state, 3);
		_exit(0);
	}
	close(ends[1]);
	b->socket = ends[0];
	if (child > 0)
		return b;
	broker_end(b);
	return NULL;
}

void broker_end(struct broker *b)
{
	close(b->socket);
	free(b);
}

/* The descriptors that came with an answer. */
static void take_descriptors(struct broker *b, struct msghdr *m)
{
	const struct cmsghdr *head = CMSG_FIRSTHDR(m);

	if (head == NULL || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
		return;
	const size_t n = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(b->fds, CMSG_DATA(head),
	       (n < BROKER_DESCRIPTORS ? n : BROKER_DESCRIPTORS) * sizeof(int));
}

/* Sends the request and waits. False: errno tells. */
static bool ask(struct broker *b, enum broker_kind kind)
{
	union {
		char bytes[CMSG_SPACE(BROKER_DESCRIPTORS * sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec part = {&b->answer, sizeof(b->answer)};
	struct msghdr m = {.msg_iov = &part,
			   .msg_iovlen = 1,
			   .msg_control = control.bytes,
			   .msg_controllen = sizeof(control.bytes)};
	ssize_t n;

	b->request.kind = kind;
	b->fds[0] = b->fds[1] = -1;
	n = send(b->socket, &b->request, sizeof(b->request), MSG_NOSIGNAL);
	b->request = (struct broker_request){0};
	if (n < 0)
		return false;
	do
		n = recvmsg(b->socket, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(b->answer)) {
		errno = EPIPE;
		return false;
	}
	take_descriptors(b, &m);
	b->answer.path[BROKER_PATH - 1] = '\0';
	errno = b->answer.error;
	return b->answer.error == 0;
}

bool broker_capture(struct broker *b, const struct capture_request *q, struct capture_line *l)
{
	b->request.capture = *q;
	const bool good = ask(b, BROKER_CAPTURE);
	*l = (struct capture_line){b->fds[0], b->fds[1]};
	return good;
}

bool broker_next_file(struct broker *b, struct broker_file *f)
{
	const bool good = ask(b, BROKER_NEXT_FILE);

	f->write = b->fds[0];
	f->read = b->fds[1];
	memcpy(f->name, b->answer.path, BROKER_PATH);
	return good;
}

bool broker_forget_file(struct broker *b)
{
	return ask(b, BROKER_FORGET_FILE);
}

static bool ask_about(struct broker *b, enum broker_kind kind, const char *path)
{
	const size_t n = strlen(path);

	if (n >= BROKER_PATH) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(b->request.path, path, n + 1);
	return ask(b, kind);
}

int broker_save(struct broker *b, const char *path, bool replace)
{
	return ask_about(b, replace ? BROKER_REPLACE : BROKER_SAVE, path) ? b->fds[0] : -1;
}

int broker_load(struct broker *b, const char *path, int *unpacked)
{
	const bool good = ask_about(b, BROKER_LOAD, path);

	*unpacked = b->fds[1];
	return good ? b->fds[0] : -1;
}

bool broker_names(struct broker *b, const char *path, char names[BROKER_PATH])
{
	const bool good = ask_about(b, BROKER_NAMES, path);

	memcpy(names, b->answer.path, BROKER_PATH);
	return good;
}

int broker_devices(struct broker *b)
{
	return ask(b, BROKER_DEVICES) ? b->fds[0] : -1;
}

int broker_temporary(struct broker *b)
{
	return ask(b, BROKER_TEMPORARY) ? b->fds[0] : -1;
}

bool broker_wireshark(struct broker *b)
{
	return ask(b, BROKER_WIRESHARK);
}
