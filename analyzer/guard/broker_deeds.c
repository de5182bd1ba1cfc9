/* SPDX-License-Identifier: BSD-3-Clause */
/* What the broker does for others, with the rights that it keeps. */
#include "file/claim.h"
#include "file/nameless.h"
#include "file/relay.h"
#include "guard/broker_impl.h"
#include "guard/guard_impl.h"
#include "live/devices.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
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

/* One file bears the name that the user gave; those of a ring are nobody else's. */
static int open_file(const char *path, const struct broker_options *o)
{
	const int mode = o->read_back ? O_RDWR : O_WRONLY, follow = o->ring ? O_NOFOLLOW : 0;
	struct stat about;

	if (*path == '\0')
		return nameless_open();
	const int fd = open(path, mode | O_CREAT | O_CLOEXEC | O_NOCTTY | follow, 0666);
	if (fd < 0)
		return -1;
	const bool plain = fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
	if (plain && file_claim_empty(fd))
		return fd;
	const int error = plain ? errno : ENOTSUP;
	close(fd);
	errno = error;
	return -1;
}

static int make_file(const char *path, const struct broker_options *o, int fds[BROKER_DESCRIPTORS])
{
	const int file = open_file(path, o);

	if (file < 0)
		return errno;
	fds[0] = relay_start(file, o->sandbox);
	const int error = fds[0] < 0 ? errno : 0;
	if (error == 0 && o->read_back)
		fds[1] = file;
	else
		close(file);
	return error;
}

static int remove_file(const char *path)
{
	return unlink(path) == 0 ? 0 : errno;
}

/* libpcap comes and goes with a process of its own. */
static void list_devices(int file)
{
	char *why = NULL;
	GPtrArray *devices = devices_list(true, &why);
	char *text = devices != NULL ? devices_write(devices) : NULL;

	_exit(text != NULL && write(file, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : 1);
}

static int try_devices(int *fd)
{
	*fd = memfd_create("remora-devices", MFD_CLOEXEC);
	if (*fd < 0)
		return errno;
	const pid_t child = fork();
	if (child == 0)
		list_devices(*fd);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue; /* with SIGCHLD ignored it ends in ECHILD */
	return child > 0 ? 0 : errno;
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
	.save = broker_path_save,
	.load = broker_path_load,
	.names = broker_path_names,
	.devices = try_devices,
	.temporary = make_temporary,
	.wireshark = start_wireshark,
};
