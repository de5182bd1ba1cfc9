/* SPDX-License-Identifier: BSD-3-Clause */
/* The kernel is asked by trying, or through what it shows of itself: capabilities(7), packet(7). */
#include "machine/rights.h"

#include <errno.h>
#include <glib.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

int rights_capture(void)
{
	const int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); /* 0: no packets yet */

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

bool rights_net_admin(void)
{
	char *status = NULL;
	guint64 effective = 0;

	if (g_file_get_contents("/proc/self/status", &status, NULL, NULL)) {
		const char *line = strstr(status, "\nCapEff:");

		if (line != NULL)
			effective = g_ascii_strtoull(line + strlen("\nCapEff:\t"), NULL, 16);
	}
	g_free(status);
	return (effective >> CAP_NET_ADMIN & 1) != 0;
}

static bool has_capability(const char *path)
{
	struct vfs_cap_data data;

	return getxattr(path, "security.capability", &data, sizeof(data)) ==
		       (ssize_t)sizeof(data) &&
	       (GUINT32_FROM_LE(data.data[0].permitted) >> CAP_NET_RAW & 1) != 0;
}

enum program_right rights_of_program(const char *path)
{
	struct stat about;

	if (access(path, X_OK) != 0)
		return PROGRAM_NOT_FOR_US;
	if (has_capability(path) ||
	    (stat(path, &about) == 0 && about.st_uid == 0 && (about.st_mode & S_ISUID) != 0))
		return PROGRAM_CAPTURES;
	return PROGRAM_HAS_NO_RIGHT;
}

static bool is_in_session(gid_t gid)
{
	const int n = getgroups(0, NULL);
	gid_t *groups = g_new0(gid_t, n > 0 ? (gsize)n : 1);
	bool found = getegid() == gid;

	for (int i = n > 0 ? getgroups(n, groups) : 0; i > 0 && !found; i--)
		found = groups[i - 1] == gid;
	g_free(groups);
	return found;
}

enum membership rights_member(const char *group)
{
	const struct group *entry = getgrnam(group);
	const struct passwd *user = getpwuid(getuid());

	if (entry == NULL)
		return MEMBER_NO_GROUP;
	if (is_in_session(entry->gr_gid))
		return MEMBER_NOW;
	if (user != NULL && g_strv_contains((const char *const *)entry->gr_mem, user->pw_name))
		return MEMBER_AT_NEXT_LOGIN;
	return MEMBER_NO;
}
