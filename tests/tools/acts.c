/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * acts ROLE: enters the sandbox of a role, then tries what nobody in it may do, and prints of each act
 * whether it was refused. Exit code 0: each was, and what is allowed still goes.
 */
#include "guard/guard.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static pid_t parent;
static int net = -1; /* a socket from before */
static char file[] = "acts-XXXXXX";

static long act_open(void)
{
	return open("/etc/passwd", O_RDONLY);
}

static long act_create(void)
{
	return open("acts-new", O_WRONLY | O_CREAT, 0600);
}

static long act_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static long act_connect(void)
{
	const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};

	return connect(net, (const struct sockaddr *)&to, sizeof(to));
}

static long act_send(void)
{
	const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};

	return sendto(net, "", 1, 0, (const struct sockaddr *)&to, sizeof(to));
}

static long act_execve(void)
{
	char *const words[] = {(char *)"true", NULL};

	return execve("/bin/true", words, words + 1);
}

static long act_fork(void)
{
	const pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid;
}

static long act_ptrace(void)
{
	return ptrace(PTRACE_ATTACH, parent, NULL, NULL);
}

static long act_kill(void)
{
	return kill(parent, 0);
}

static long act_kill_thread(void)
{
	return syscall(SYS_tgkill, parent, parent, 0);
}

static long act_mount(void)
{
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}

static long act_chmod(void)
{
	return chmod(file, 0777);
}

static long act_unlink(void)
{
	return unlink(file);
}

static long act_rename(void)
{
	return rename(file, "acts-else");
}

static long act_setuid(void)
{
	return setuid(0);
}

static long act_unshare(void)
{
	return unshare(CLONE_NEWUSER);
}

static long act_run_data(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
		       -1, 0);

	return p == MAP_FAILED ? -1 : 0;
}

static const struct {
	const char *name;
	long (*act)(void);
} acts[] = {
	{"open", act_open},     {"create", act_create},           {"socket", act_socket},
	{"connect", act_connect}, {"sendto", act_send},           {"execve", act_execve},
	{"fork", act_fork},     {"ptrace", act_ptrace},           {"kill", act_kill},
	{"tgkill", act_kill_thread}, {"mount", act_mount},        {"chmod", act_chmod},
	{"unlink", act_unlink}, {"rename", act_rename},           {"setuid", act_setuid},
	{"unshare", act_unshare}, {"mmap PROT_EXEC", act_run_data},
};

/* What goes on in a sandbox: memory, time, text, an end. */
static int allowed(void)
{
	void *p = malloc(1 << 22);
	struct timespec t;

	if (p == NULL || clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		return 0;
	memset(p, 1, 1 << 22);
	free(p);
	return printf("allowed          goes\n") > 0 && fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
	static const char *const roles[] = {[GUARD_READER] = "reader",
					    [GUARD_LIVE] = "live",
					    [GUARD_CAPTURE] = "capture",
					    [GUARD_SCREEN] = "screen"};
	const char *why = "no such role";
	struct guard g = {0};
	char text[128];
	int role = 0, done = 0;

	while (role < GUARD_ROLES && (argc < 2 || strcmp(argv[1], roles[role]) != 0))
		role++;
	parent = getppid();
	net = socket(AF_INET, SOCK_DGRAM, 0);
	const int made = mkstemp(file);
	if (role == GUARD_ROLES || made < 0 || !guard_enter((enum guard_role)role, &g, &why)) {
		fprintf(stderr, "acts: %s\n", why);
		return 1;
	}
	guard_describe(&g, text, sizeof(text));
	printf("%s\n", text);
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		errno = 0;
		const int ok = acts[i].act() >= 0;

		printf("%-16s %s\n", acts[i].name, ok ? "DONE" : strerror(errno));
		done += ok;
	}
	return done == 0 && g.entered && allowed() ? 0 : 1;
}
