/* SPDX-License-Identifier: BSD-3-Clause */
/* User and capabilities: credentials(7), capabilities(7). */
#include "guard/guard_impl.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NOBODY = 65534, ID_MOST = 0x7ffffffe };

/* A number from the environment that is not root's. */
static unsigned id_from(const char *name, unsigned otherwise)
{
	const char *text = getenv(name);
	char *end = NULL;
	const unsigned long id = text != NULL ? strtoul(text, &end, 10) : 0;

	return text != NULL && *text != '\0' && *end == '\0' && id > 0 && id <= ID_MOST
		       ? (unsigned)id
		       : otherwise;
}

unsigned guard_user(unsigned otherwise)
{
	return geteuid() == 0 ? id_from("SUDO_UID", otherwise) : otherwise;
}

unsigned guard_group(unsigned otherwise)
{
	return geteuid() == 0 ? id_from("SUDO_GID", otherwise) : otherwise;
}

/* EINVAL: this is the root of a user namespace, which has nobody else in it. */
static bool leave_root(void)
{
	const gid_t group = guard_group(NOBODY);
	const uid_t user = guard_user(NOBODY);

	if (setgroups(0, NULL) != 0 && errno != EPERM)
		return false;
	if (setresgid(group, group, group) != 0 && errno != EINVAL)
		return false;
	return setresuid(user, user, user) == 0 || errno == EINVAL;
}

/* What a program that is executed later could have. Not ours to change without CAP_SETPCAP. */
static void empty_bounds(void)
{
	for (unsigned long c = 0; prctl(PR_CAPBSET_DROP, c, 0, 0, 0) == 0; c++)
		continue;
}

bool guard_drop_privileges(const char **why)
{
	struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[2] = {{0}};

	empty_bounds();
	if (geteuid() == 0 && !leave_root()) {
		*why = "the user cannot be changed";
		return false;
	}
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capset, &head, none) != 0) {
		*why = "capabilities cannot be given up";
		return false;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		*why = "new privileges cannot be given up";
		return false;
	}
	return true;
}
