/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The system calls that are left: seccomp(2). The program for the kernel is made here, of some dozen
 * comparisons; a library to make it would take longer to load than a small capture to read.
 */
#include "guard/guard_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#else
#define ARCHITECTURE 0 /* its calls are not known here */
#endif

enum {
	READER = 1 << GUARD_READER,
	LIVE = 1 << GUARD_LIVE,
	CAPTURE = 1 << GUARD_CAPTURE,
	SCREEN = 1 << GUARD_SCREEN,
	TALKS = LIVE | SCREEN | CAPTURE,
	ALL = READER | TALKS,
};

/* A call that is left, or is where one of its arguments is so. */
struct rule {
	int call;
	uint8_t roles;
	enum { ALWAYS, EQUALS, LACKS, OWN_PROCESS } when;
	uint8_t argument;
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

enum { RULES = sizeof(rules) / sizeof(rules[0]), AROUND = 8, PER_RULE = 5 };

struct program {
	struct sock_filter code[AROUND + PER_RULE * RULES];
	unsigned short n;
};

static void emit(struct program *p, uint16_t code, uint8_t yes, uint8_t no, uint32_t k)
{
	p->code[p->n++] = (struct sock_filter){code, yes, no, k};
}

static void load(struct program *p, size_t offset)
{
	emit(p, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

static void answer(struct program *p, uint32_t action)
{
	emit(p, BPF_RET | BPF_K, 0, 0, action);
}

/* Arguments that are looked at are 32 bits wide: their lower half, wherever that stands. */
static size_t low_half(unsigned argument)
{
	const size_t at = offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t);

	return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? at + 4 : at;
}

/* The number of the call is loaded, here and afterwards. */
static void put_rule(struct program *p, const struct rule *r)
{
	const uint32_t value = r->when == OWN_PROCESS ? (uint32_t)getpid() : r->value;

	emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, r->when == ALWAYS ? 1 : 4, (uint32_t)r->call);
	if (r->when == ALWAYS) {
		answer(p, SECCOMP_RET_ALLOW);
		return;
	}
	load(p, low_half(r->argument));
	if (r->when == LACKS)
		emit(p, BPF_JMP | BPF_JSET | BPF_K, 1, 0, value);
	else
		emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
	answer(p, SECCOMP_RET_ALLOW);
	load(p, offsetof(struct seccomp_data, nr));
}

int guard_seccomp(enum guard_role role)
{
	struct program p = {.n = 0};
	int calls = 0, last = -1;

	if (ARCHITECTURE == 0)
		return 0;
	load(&p, offsetof(struct seccomp_data, arch));
	emit(&p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, (uint32_t)ARCHITECTURE);
	answer(&p, SECCOMP_RET_KILL_PROCESS);
	load(&p, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < RULES; i++) {
		if ((rules[i].roles >> role & 1) == 0)
			continue;
		put_rule(&p, &rules[i]);
		calls += rules[i].call != last;
		last = rules[i].call;
	}
	answer(&p, SECCOMP_RET_ERRNO | EPERM);

	const struct sock_fprog program = {p.n, p.code};
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
		return calls;
	return errno == EINVAL ? 0 : -1;
}
