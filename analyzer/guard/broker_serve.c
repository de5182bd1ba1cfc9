/* SPDX-License-Identifier: BSD-3-Clause */
/* What the broker does with what it is asked. Who asks may have been taken over by a packet. */
#include "guard/broker_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* Where ".pcapng", ".pcap.gz" or the like begins. */
static size_t stem(const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	const char *dot = strrchr(base, '.');
	size_t n = dot == NULL || dot == base ? strlen(path) : (size_t)(dot - path);

	if (dot == NULL || (strcmp(dot, ".gz") != 0 && strcmp(dot, ".zst") != 0))
		return n;
	dot = memrchr(base + 1, '.', (size_t)(path + n - base) - 1);
	return dot != NULL ? (size_t)(dot - path) : n;
}

bool broker_name(const char *path, uint64_t number, char name[BROKER_PATH])
{
	const size_t n = stem(path);
	const time_t now = time(NULL);
	char when[32];
	struct tm tm;

	localtime_r(&now, &tm);
	strftime(when, sizeof(when), "%Y%m%d%H%M%S", &tm);
	return snprintf(name, BROKER_PATH, "%.*s_%05llu_%s%s", (int)n, path,
			(unsigned long long)number, when, path + n) < BROKER_PATH;
}

static int capture(struct broker_state *s, struct capture_request *q, int fds[BROKER_DESCRIPTORS])
{
	if (!capture_request_is_good(q))
		return EINVAL;
	if (s->captures == BROKER_CAPTURES_MOST)
		return EMFILE;
	s->captures++;
	q->sandbox = s->options.sandbox;
	return s->deeds->capture(q, fds);
}

static bool remember(struct broker_state *s, const char *name)
{
	if (s->count == s->room) {
		const size_t room = s->room > 0 ? 2 * s->room : 16;
		char **more = s->room < BROKER_FILES_MOST ? calloc(room, sizeof(*more)) : NULL;

		if (more == NULL)
			return false;
		for (size_t i = 0; i < s->count; i++)
			more[i] = s->names[(s->oldest + i) % s->room];
		free(s->names);
		s->names = more;
		s->oldest = 0;
		s->room = room;
	}
	char *copy = strdup(name);
	s->names[(s->oldest + s->count) % s->room] = copy;
	s->count += copy != NULL;
	return copy != NULL;
}

static bool next_name(const struct broker_state *s, char name[BROKER_PATH])
{
	const char *path = s->options.file != NULL ? s->options.file : "";

	if (s->options.ring)
		return broker_name(path, s->files + 1, name);
	return snprintf(name, BROKER_PATH, "%s", path) < BROKER_PATH;
}

static int next_file(struct broker_state *s, char name[BROKER_PATH], int fds[BROKER_DESCRIPTORS])
{
	if (!s->options.ring && s->files > 0)
		return EINVAL;
	if (!next_name(s, name))
		return ENAMETOOLONG;
	if (!remember(s, name))
		return ENOMEM;
	s->files++;
	return s->deeds->make_file(name, &s->options, fds);
}

static char *take_oldest(struct broker_state *s)
{
	char *name = s->names[s->oldest];

	s->oldest = (s->oldest + 1) % s->room;
	s->count--;
	return name;
}

/* The newest is being written to. */
static int forget_file(struct broker_state *s)
{
	if (s->count < 2)
		return EINVAL;
	char *name = take_oldest(s);
	const int error = s->deeds->remove_file(name);
	free(name);
	return error;
}

static bool is_path(const char path[BROKER_PATH])
{
	return path[0] != '\0' && memchr(path, '\0', BROKER_PATH) != NULL;
}

static int save(struct broker_state *s, const struct broker_request *q, int *fd)
{
	return is_path(q->path) ? s->deeds->save(q->path, q->kind == BROKER_REPLACE, fd) : EINVAL;
}

static int load(struct broker_state *s, const char path[BROKER_PATH], int fds[BROKER_DESCRIPTORS])
{
	return is_path(path) ? s->deeds->load(path, fds) : EINVAL;
}

static int names(struct broker_state *s, const char path[BROKER_PATH], char found[BROKER_PATH])
{
	return is_path(path) ? s->deeds->names(path, found) : EINVAL;
}

static void drop_temporary(struct broker_state *s)
{
	if (s->temporary != NULL)
		s->deeds->remove_file(s->temporary);
	free(s->temporary);
	s->temporary = NULL;
}

static int temporary(struct broker_state *s, int *fd)
{
	char path[BROKER_PATH];

	drop_temporary(s);
	const int error = s->deeds->temporary(path, fd);
	if (error != 0)
		return error;
	s->temporary = strdup(path);
	return s->temporary != NULL ? 0 : ENOMEM;
}

static int wireshark(struct broker_state *s)
{
	if (s->temporary == NULL)
		return EINVAL;
	const int error = s->deeds->wireshark(s->temporary);
	if (error != 0)
		drop_temporary(s);
	free(s->temporary); /* it is Wireshark's now */
	s->temporary = NULL;
	return error;
}

bool broker_handle(struct broker_state *s, const void *bytes, size_t n,
		   struct broker_answer *answer, int fds[BROKER_DESCRIPTORS])
{
	struct broker_request q;

	*answer = (struct broker_answer){0};
	fds[0] = fds[1] = -1;
	if (n != sizeof(q))
		return false;
	memcpy(&q, bytes, n);
	switch ((enum broker_kind)q.kind) {
	case BROKER_CAPTURE: answer->error = capture(s, &q.capture, fds); break;
	case BROKER_NEXT_FILE: answer->error = next_file(s, answer->path, fds); break;
	case BROKER_FORGET_FILE: answer->error = forget_file(s); break;
	case BROKER_SAVE:
	case BROKER_REPLACE: answer->error = save(s, &q, &fds[0]); break;
	case BROKER_NAMES: answer->error = names(s, q.path, answer->path); break;
	case BROKER_DEVICES: answer->error = s->deeds->devices(&fds[0]); break;
	case BROKER_TEMPORARY: answer->error = temporary(s, &fds[0]); break;
	case BROKER_WIRESHARK: answer->error = wireshark(s); break;
	case BROKER_LOAD: answer->error = load(s, q.path, fds); break;
	default: return false;
	}
	return true;
}

void broker_forget_all(struct broker_state *s)
{
	drop_temporary(s);
	while (s->count > 0)
		free(take_oldest(s));
	free(s->names);
	s->names = NULL;
	s->room = 0;
}

static bool reply(int socket, const struct broker_answer *answer, const int fds[BROKER_DESCRIPTORS])
{
	union {
		char bytes[CMSG_SPACE(BROKER_DESCRIPTORS * sizeof(int))];
		struct cmsghdr align;
	} control = {{0}};
	struct iovec part = {(void *)(uintptr_t)answer, sizeof(*answer)};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
	const size_t n = fds[1] >= 0 ? 2 : fds[0] >= 0 ? 1 : 0;

	if (n > 0) {
		m.msg_control = control.bytes;
		m.msg_controllen = CMSG_SPACE(n * sizeof(int));
		struct cmsghdr *head = CMSG_FIRSTHDR(&m);
		*head = (struct cmsghdr){.cmsg_len = CMSG_LEN(n * sizeof(int)),
					 .cmsg_level = SOL_SOCKET,
					 .cmsg_type = SCM_RIGHTS};
		memcpy(CMSG_DATA(head), fds, n * sizeof(int));
	}
	const bool sent = sendmsg(socket, &m, MSG_NOSIGNAL) == (ssize_t)sizeof(*answer);
	for (size_t i = 0; i < n; i++)
		close(fds[i]);
	return sent;
}

void broker_serve(struct broker_state *s, int socket)
{
	static struct broker_answer answer;
	static char bytes[sizeof(struct broker_request) + 1]; /* a longer one is none, either */
	int fds[BROKER_DESCRIPTORS];
	ssize_t n;

	do {
		do
			n = recv(socket, bytes, sizeof(bytes), 0);
		while (n < 0 && errno == EINTR);
	} while (n > 0 && broker_handle(s, bytes, (size_t)n, &answer, fds) &&
		 reply(socket, &answer, fds));
	broker_forget_all(s);
}
