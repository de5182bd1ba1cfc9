/* SPDX-License-Identifier: BSD-3-Clause */
/* rights: what httptap gives up is done before, by a child of its own, and refused afterwards, while it can still serve. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../samples/httptap/rights.h"

static int line[2];

/* Each: was it done? */
static bool opens(void)
{
	return open("/dev/null", O_RDONLY) >= 0;
}

static bool makes_sockets(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool binds(void)
{
	const struct sockaddr any = {.sa_family = AF_UNIX};

	return bind(line[0], &any, sizeof(any.sa_family)) == 0;
}

static bool starts_programs(void)
{
	char none[] = "/", *const words[] = {none, NULL};

	return execv(none, words) == 0; /* a folder: it may be tried, no more */
}

static bool makes_children(void)
{
	const pid_t child = fork();

	if (child == 0)
		_exit(0);
	return child > 0 && waitpid(child, NULL, 0) == child;
}

static bool makes_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	       MAP_FAILED;
}

static bool has_memory(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	       MAP_FAILED;
}

static bool talks(void)
{
	char c = 'x';

	return send(line[0], &c, 1, 0) == 1 && recv(line[1], &c, 1, 0) == 1;
}

static const struct act {
	const char *name;
	bool (*done)(void);
	bool afterwards;
} acts[] = {
	{"open", opens, false},           {"socket", makes_sockets, false},
	{"bind", binds, false},           {"execve", starts_programs, false},
	{"fork", makes_children, false},  {"mmap of code", makes_code, false},
	{"mmap", has_memory, true},       {"send and recv", talks, true},
};

enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

/* A bit for each that may be done, or may at least be tried. */
static unsigned try_all(void)
{
	unsigned may = 0;

	for (unsigned i = 0; i < ACTS; i++) {
		if (acts[i].done() || errno != EPERM)
			may |= 1U << i;
	}
	return may;
}

int main(void)
{
	unsigned wanted = 0, wrong;
	int status;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, line) != 0)
		return 1;
	for (unsigned i = 0; i < ACTS; i++)
		wanted |= (unsigned)acts[i].afterwards << i;
	const unsigned before = try_all() ^ ((1U << ACTS) - 1);
	const pid_t child = fork();
	if (child == 0) /* a sanitizer's _exit() asks the kernel for more than httptap does */
		syscall(SYS_exit_group, rights_drop() != 0 ? 255 : (int)(try_all() ^ wanted));
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return 1;
	wrong = before | (unsigned)WEXITSTATUS(status);
	for (unsigned i = 0; i < ACTS; i++) {
		if ((wrong >> i & 1) != 0)
			printf("%s: otherwise than it ought to be\n", acts[i].name);
	}
	printf("%d acts, %s\n", ACTS, wrong == 0 ? "before and after" : "wrong");
	return wrong != 0;
}
