/* SPDX-License-Identifier: BSD-3-Clause */
/* The life of the capturing process. */
#include "live/capture.h"

#include "guard/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool is_text(const char *text, size_t size)
{
	return memchr(text, '\0', size) != NULL;
}

bool capture_request_is_good(const struct capture_request *q)
{
	return is_text(q->interface, sizeof(q->interface)) && q->interface[0] != '\0' &&
	       is_text(q->filter, sizeof(q->filter)) && is_text(q->linktype, sizeof(q->linktype)) &&
	       q->snaplen > 0 && q->snaplen <= CAPTURE_SNAPLEN && q->buffer_mib > 0 &&
	       q->buffer_mib <= CAPTURE_BUFFER_MIB_MOST && q->promiscuous <= 1 && q->monitor <= 1 &&
	       q->filter_may_fail <= 1 && q->sandbox <= 1;
}

/* Keeps the line and the ring, and nothing else that whoever started us has open. */
static void keep_only(struct capture_line *l)
{
	enum { LINE = 3, MEMORY = 4, ABOVE = 16 };
	const int line = fcntl(l->line, F_DUPFD, ABOVE), memory = fcntl(l->memory, F_DUPFD, ABOVE);
	const int null = open("/dev/null", O_RDWR);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(line, LINE);
	dup2(memory, MEMORY);
	close_range(MEMORY + 1, ~0U, 0);
	*l = (struct capture_line){LINE, MEMORY};
}

/* The terminal's signals are for who reads the packets; we end when that one does. */
static void settle(void)
{
	setpgid(0, 0);
	prctl(PR_SET_NAME, "remora-capture");
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGUSR1, SIG_IGN);
}

/* The line says so too, but not while the ring is being filled. A change of user forgets it. */
static void end_with_parent(int line)
{
	struct pollfd fd = {line, 0, 0};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (poll(&fd, 1, 0) > 0) /* it was too late */
		_exit(0);
}

/* Names in a filter are looked up by an ordinary user, and packets in a sandbox. */
static bool prepare(struct capture *c, const struct capture_request *q, struct capture_hello *hello,
		    struct ring *ring, const struct capture_line *l)
{
	const char *why = NULL;

	if (c == NULL)
		return false;
	if (q->sandbox && !guard_drop_privileges(&why))
		return capture_refuse(hello, "sandbox: %s", why);
	end_with_parent(l->line);
	if (!capture_filter(c, hello))
		return false;
	if (!ring_map(ring, l->memory, CAPTURE_RING))
		return capture_refuse(hello, "not enough memory for the packets");
	if (q->sandbox && !guard_enter(GUARD_CAPTURE, NULL, &why))
		return capture_refuse(hello, "sandbox: %s", why);
	return true;
}

static void run(const struct capture_request *q, const struct capture_line *l)
{
	struct capture_hello hello;
	struct ring ring = {0};
	struct capture *c = capture_open(q, &hello);

	hello.running = prepare(c, q, &hello, &ring, l);
	send(l->line, &hello, sizeof(hello), MSG_NOSIGNAL);
	if (hello.running)
		capture_serve(c, &ring, l->line);
}

bool capture_start(const struct capture_request *q, struct capture_line *l)
{
	int ends[2];

	*l = (struct capture_line){-1, ring_memory(CAPTURE_RING)};
	if (l->memory < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	l->line = ends[0];
	const pid_t child = fork();
	if (child == 0) {
		l->line = ends[1];
		keep_only(l);
		settle();
		run(q, l);
		_exit(0);
	}
	close(ends[1]);
	return child > 0;
}

void capture_line_close(struct capture_line *l)
{
	if (l->line >= 0)
		close(l->line);
	if (l->memory >= 0)
		close(l->memory);
	*l = (struct capture_line){-1, -1};
}
