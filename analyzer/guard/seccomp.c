/* SPDX-License-Identifier: BSD-3-Clause */
/* The system calls that are left: seccomp(2), by remora/call_filter.h. */
#include "guard/guard_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <remora/call_filter.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	READER = 1 << GUARD_READER,
	LIVE = 1 << GUARD_LIVE,
	CAPTURE = 1 << GUARD_CAPTURE,
	SCREEN = 1 << GUARD_SCREEN,
	TALKS = LIVE | SCREEN | CAPTURE,
	ALL = READER | TALKS,
};

enum { ALWAYS = REM_CALL_ALWAYS, EQUALS = REM_CALL_EQUALS, LACKS = REM_CALL_LACKS, OWN_PROCESS };

/* A call that is left to some roles, or is where one of its arguments is so. */
struct rule {
	int call;
	uint8_t roles, when, argument;
	uint32_t value;
};

/* clang-format off */
static const struct rule rules[] = {
	/* descriptors that are open */
	{SYS_read, ALL, 0, 0, 0}, {SYS_readv, ALL, 0, 0, 0}, {SYS_pread64, ALL, 0, 0, 0},
	{SYS_write, ALL, 0, 0, 0}, {SYS_writev, ALL, 0, 0, 0}, {SYS_close, ALL, 0, 0, 0},
	{SYS_lseek, ALL, 0, 0, 0}, {SYS_fstat, ALL, 0, 0, 0},
	{SYS_newfstatat, ALL, EQUALS, 3, AT_EMPTY_PATH}, /* fstat in glibc */
	{SYS_ioctl, ALL, EQUALS, 1, TCGETS}, {SYS_ioctl, ALL, EQUALS, 1, TIOCGWINSZ},
	{SYS_fcntl, ALL, EQUALS, 1, F_GETFL}, {SYS_fcntl, ALL, EQUALS, 1, F_SETFD},
	{SYS_pwrite64, LIVE | SCREEN, 0, 0, 0}, {SYS_pwritev, LIVE | SCREEN, 0, 0, 0},
	{SYS_ftruncate, READER | LIVE | SCREEN, 0, 0, 0}, {SYS_ioctl, SCREEN, EQUALS, 1, TCSETS},
	{SYS_ioctl, SCREEN, EQUALS, 1, TCSETSW}, {SYS_ioctl, SCREEN, EQUALS, 1, TCSETSF},
	{SYS_ioctl, SCREEN, EQUALS, 1, TCFLSH}, {SYS_ioctl, SCREEN, EQUALS, 1, FIONREAD},
	{SYS_fcntl, SCREEN, EQUALS, 1, F_SETFL}, {SYS_fcntl, SCREEN, EQUALS, 1, F_DUPFD_CLOEXEC},
	/* memory, but no new code */
	{SYS_brk, ALL, 0, 0, 0}, {SYS_munmap, ALL, 0, 0, 0}, {SYS_mremap, ALL, 0, 0, 0},
	{SYS_madvise, ALL, 0, 0, 0}, {SYS_mmap, ALL, LACKS, 2, PROT_EXEC},
	{SYS_mprotect, ALL, LACKS, 2, PROT_EXEC},
	/* time, waiting, signals */
	{SYS_clock_gettime, ALL, 0, 0, 0}, {SYS_clock_nanosleep, ALL, 0, 0, 0},
	{SYS_gettimeofday, ALL, 0, 0, 0}, {SYS_ppoll, ALL, 0, 0, 0}, {SYS_futex, ALL, 0, 0, 0},
	{SYS_restart_syscall, ALL, 0, 0, 0}, {SYS_rt_sigreturn, ALL, 0, 0, 0},
	{SYS_rt_sigaction, ALL, 0, 0, 0}, {SYS_rt_sigprocmask, ALL, 0, 0, 0},
	{SYS_sigaltstack, ALL, 0, 0, 0}, {SYS_sched_yield, ALL, 0, 0, 0},
	{SYS_tgkill, ALL, OWN_PROCESS, 0, 0}, {SYS_kill, SCREEN, OWN_PROCESS, 0, 0},
	{SYS_timerfd_settime, SCREEN, 0, 0, 0}, {SYS_pselect6, SCREEN, 0, 0, 0},
#ifdef SYS_poll
	{SYS_poll, ALL, 0, 0, 0},
#endif
#ifdef SYS_select
	{SYS_select, SCREEN, 0, 0, 0},
#endif
#ifdef SYS_time
	{SYS_time, ALL, 0, 0, 0},
#endif
	/* who we are, how large the machine is: malloc, qsort, abort */
	{SYS_getpid, ALL, 0, 0, 0}, {SYS_gettid, ALL, 0, 0, 0}, {SYS_getrandom, ALL, 0, 0, 0},
	{SYS_sysinfo, ALL, 0, 0, 0}, {SYS_getppid, SCREEN, 0, 0, 0},
	{SYS_getpgid, SCREEN, EQUALS, 0, 0}, /* getpgrp where there is no such call */
#ifdef SYS_getpgrp
	{SYS_getpgrp, SCREEN, 0, 0, 0},
#endif
	{SYS_exit, ALL, 0, 0, 0}, {SYS_exit_group, ALL, 0, 0, 0},
	/* sockets and rings that are there */
	{SYS_recvfrom, TALKS, 0, 0, 0}, {SYS_recvmsg, TALKS, 0, 0, 0},
	{SYS_ioctl, CAPTURE, EQUALS, 1, SIOCGIFFLAGS}, /* is the interface still there? */
	{SYS_sendto, TALKS, EQUALS, 4, 0}, /* to nobody else than the other end */
	{SYS_sendmsg, LIVE | SCREEN, 0, 0, 0}, {SYS_epoll_create1, SCREEN, 0, 0, 0},
	{SYS_epoll_ctl, LIVE | SCREEN, 0, 0, 0},
	{SYS_epoll_pwait, LIVE | SCREEN, 0, 0, 0}, {SYS_setsockopt, CAPTURE, 0, 0, 0},
	{SYS_getsockopt, TALKS, 0, 0, 0},
#ifdef SYS_epoll_wait
	{SYS_epoll_wait, LIVE | SCREEN, 0, 0, 0},
#endif
};
/* clang-format on */

enum { RULES = sizeof(rules) / sizeof(rules[0]) };
_Static_assert(RULES *REM_CALL_RULE + REM_CALL_RULE < REM_CALL_FILTER_ROOM, "a rule has no room");

static void allow(struct rem_call_filter *f, const struct rule *r)
{
	const bool own = r->when == OWN_PROCESS;
	const struct rem_call_rule rule = {.call = r->call,
					   .when = own ? REM_CALL_EQUALS : r->when,
					   .argument = r->argument,
					   .value = own ? (uint32_t)getpid() : r->value};

	rem_call_filter_allow(f, &rule);
}

int guard_seccomp(enum guard_role role)
{
	struct rem_call_filter f;
	int calls = 0, last = -1;

	if (!rem_call_filter_begin(&f))
		return 0;
	for (size_t i = 0; i < RULES; i++) {
		if ((rules[i].roles >> role & 1) == 0)
			continue;
		allow(&f, &rules[i]);
		calls += rules[i].call != last;
		last = rules[i].call;
	}
	if (rem_call_filter_enter(&f))
		return calls;
	return errno == EINVAL ? 0 : -1;
}
