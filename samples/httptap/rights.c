/* SPDX-License-Identifier: BSD-3-Clause */
/* Rights that are given up: an identity by setresuid(2), system calls by seccomp(2). */
#define _GNU_SOURCE
#include "rights.h"

#include <errno.h>
#include <grp.h>
#include <remora/call_filter.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Descriptors that are open are read and written, callers are accepted, time passes, memory comes and goes. Nothing is
 * opened, connected or started, and no memory becomes code. */
static const struct rem_call_rule rules[] = {
	{.call = SYS_read}, {.call = SYS_write}, {.call = SYS_close},
	{.call = SYS_recvfrom}, {.call = SYS_recvmsg}, {.call = SYS_sendto},
	{.call = SYS_shutdown}, {.call = SYS_accept4}, {.call = SYS_setsockopt},
	{.call = SYS_epoll_ctl}, {.call = SYS_epoll_pwait},
#ifdef SYS_epoll_wait
	{.call = SYS_epoll_wait},
#endif
	{.call = SYS_timerfd_settime}, {.call = SYS_clock_gettime}, {.call = SYS_brk},
	{.call = SYS_mremap}, {.call = SYS_munmap}, {.call = SYS_madvise},
	{SYS_mmap, REM_CALL_LACKS, 2, PROT_EXEC}, {.call = SYS_futex}, {.call = SYS_rt_sigreturn},
	{.call = SYS_rt_sigprocmask}, {.call = SYS_restart_syscall}, {.call = SYS_wait4},
	{.call = SYS_exit_group},
};

static int drop_calls(void)
{
	struct rem_call_filter f;

	if (!rem_call_filter_begin(&f))
		return 0;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		rem_call_filter_allow(&f, &rules[i]);
	if (rem_call_filter_enter(&f))
		return 0;
	return errno == EINVAL ? 0 : -errno; /* a kernel that has none */
}

static int drop_identity(void)
{
	const uid_t nobody = 65534;

	if (geteuid() != 0)
		return 0;
	if (setgroups(0, NULL) != 0 || setresgid(nobody, nobody, nobody) != 0 ||
	    setresuid(nobody, nobody, nobody) != 0)
		return -errno;
	return setuid(0) == 0 ? -EPERM : 0;
}

int rights_drop(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -errno;
	const int err = drop_identity();

	return err == 0 ? drop_calls() : err;
}
