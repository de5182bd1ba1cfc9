/* SPDX-License-Identifier: BSD-3-Clause */
/* The file system, and what else Landlock can take away: landlock(7). Nothing of it is needed. */
#include "guard/guard_impl.h"

#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self  446
#endif

enum { ASK_VERSION = 1 };

/* As the kernel has grown it; headers of distributions are older than kernels. */
struct ruleset {
	uint64_t files, network, scopes;
};

/* What an ABI knows: bits of LANDLOCK_ACCESS_FS_, LANDLOCK_ACCESS_NET_ and LANDLOCK_SCOPE_. */
static struct ruleset all_of(int abi)
{
	const unsigned file_bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;

	return (struct ruleset){
		.files = (UINT64_C(1) << file_bits) - 1,
		.network = abi >= 4 ? 3 : 0, /* bind and connect by TCP */
		.scopes = abi >= 6 ? 3 : 0,  /* abstract sockets and signals of others */
	};
}

int guard_landlock(void)
{
	const int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
	const struct ruleset rules = all_of(abi);
	const size_t size = abi >= 6   ? sizeof(rules)
			    : abi >= 4 ? 2 * sizeof(uint64_t)
				       : sizeof(uint64_t);

	if (abi <= 0)
		return abi == 0 || errno == ENOSYS || errno == EOPNOTSUPP ? 0 : -1;
	const int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
	if (fd < 0)
		return -1;
	const long code = syscall(SYS_landlock_restrict_self, fd, 0);
	const int error = errno;
	close(fd);
	errno = error;
	return code == 0 ? abi : -1;
}
