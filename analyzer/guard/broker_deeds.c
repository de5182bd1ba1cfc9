/* SPDX-License-Identifier: BSD-3-Clause */
/* What the broker does for others, with the rights that it keeps. */
#include "file/relay.h"
#include "guard/broker_impl.h"
#include "guard/guard_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int start_capture(const struct capture_request *q, int fds[BROKER_DESCRIPTORS])
{
	struct capture_line l;

	if (!capture_start(q, &l)) {
		const int error = errno;

		capture_line_close(&l);
		return error;
	}
	fds[0] = l.line;
	fds[1] = l.memory;
	return 0;
}

static int open_new(const char *path, int more, int *fd)
{
	*fd = open(path, O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | more, 0666);
	return *fd >= 0 ? 0 : errno;
}

static int make_file(const char *path, const struct broker_options *o, int *fd)
{
	int file, error;

	/* Who looks at a ring's packets reads them from its files. */
	if (!o->relay)
		return open_new(path, O_RDWR | O_TRUNC, fd);
	error = open_new(path, O_WRONLY | O_TRUNC, &file);
	if (error != 0)
		return error;
	*fd = relay_start(file, o->sandbox);
	error = *fd < 0 ? errno : 0;
	close(file);
	return error;
}

static int remove_file(const char *path)
{
	return unlink(path) == 0 ? 0 : errno;
}

/* A path that came by message is a matter of the user's own rights, and never overwrites. */
static int save(const char *path, int *fd)
{
	const uid_t user = guard_user(geteuid());
	const gid_t group = guard_group(getegid());
	const uid_t us = geteuid();
	const gid_t our_group = getegid();
	int error;

	if (setegid(group) != 0 || seteuid(user) != 0) {
		error = errno;
	} else {
		error = open_new(path, O_WRONLY | O_EXCL, fd);
	}
	if (seteuid(us) != 0 || setegid(our_group) != 0)
		_exit(1);
	return error;
}

static int make_temporary(char path[BROKER_PATH], int *fd)
{
	const char *folder = getenv("TMPDIR");
	const char *end = "/remora-XXXXXX.pcapng";

	if (folder == NULL || folder[0] != '/')
		folder = "/tmp";
	if (snprintf(path, BROKER_PATH, "%s%s", folder, end) >= BROKER_PATH)
		return ENAMETOOLONG;
	*fd = mkostemps(path, (int)strlen(".pcapng"), O_CLOEXEC);
	if (*fd < 0)
		return errno;
	if (geteuid() == 0 && fchown(*fd, guard_user(0), guard_group(0)) != 0)
		return errno;
	return 0;
}

/* As the user who called us, in that one's home. */
static void become_user(void)
{
	const uid_t user = guard_user(getuid());
	const struct passwd *p = geteuid() == 0 && user != 0 ? getpwuid(user) : NULL;

	if (p == NULL)
		return;
	if (initgroups(p->pw_name, p->pw_gid) != 0 || setgid(p->pw_gid) != 0 || setuid(user) != 0)
		_exit(1);
	setenv("HOME", p->pw_dir, 1);
}

/* Nobody waits for Wireshark but a process that removes the file behind it. */
static void watch_wireshark(const char *path)
{
	setsid();
	signal(SIGCHLD, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	close_range(STDERR_FILENO + 1, ~0U, 0);
	const pid_t child = fork();
	if (child == 0) {
		become_user();
		execlp("wireshark", "wireshark", path, (char *)NULL);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	unlink(path);
	_exit(0);
}

static bool is_on_path(const char *program)
{
	const char *path = getenv("PATH");
	char *all = strdup(path != NULL ? path : ""), *rest = NULL;
	char name[BROKER_PATH];
	bool found = false;

	for (char *f = strtok_r(all, ":", &rest); f != NULL && !found;
	     f = strtok_r(NULL, ":", &rest))
		found = snprintf(name, sizeof(name), "%s/%s", f, program) < BROKER_PATH &&
			access(name, X_OK) == 0;
	free(all);
	return found;
}

static int start_wireshark(const char *path)
{
	if (!is_on_path("wireshark"))
		return ENOENT;
	const pid_t child = fork();
	if (child == 0)
		watch_wireshark(path);
	return child > 0 ? 0 : errno;
}

const struct broker_deeds broker_deeds = {
	.capture = start_capture,
	.make_file = make_file,
	.remove_file = remove_file,
	.save = save,
	.temporary = make_temporary,
	.wireshark = start_wireshark,
};
