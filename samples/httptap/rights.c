/* SPDX-License-Identifier: BSD-3-Clause */
/* Rights that are given up: an identity by setresuid(2), system calls by seccomp(2). */
#define _GNU_SOURCE
#include "rights.h"

#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
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

/* Descriptors that are open are read and written, callers are accepted, time passes, memory comes and goes. Nothing is
 * opened, connected or started, and no memory becomes code. */
static const int calls[] = {
	SYS_read,	     SYS_write,	    SYS_close,		 SYS_recvfrom,
	SYS_recvmsg,	     SYS_sendto,    SYS_shutdown,	 SYS_accept4,
	SYS_setsockopt,	     SYS_epoll_ctl, SYS_epoll_pwait,	 SYS_timerfd_settime,
	SYS_clock_gettime,   SYS_brk,	    SYS_mremap,		 SYS_munmap,
	SYS_madvise,	     SYS_futex,	    SYS_rt_sigreturn,	 SYS_rt_sigprocmask,
	SYS_restart_syscall, SYS_wait4,	    SYS_exit_group,
#ifdef SYS_epoll_wait
	SYS_epoll_wait,
#endif
};

enum { CALLS = sizeof(calls) / sizeof(calls[0]), AROUND = 10 };

struct program {
	struct sock_filter code[AROUND + 2 * CALLS];
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

static int drop_calls(void)
{
	const size_t protection = offsetof(struct seccomp_data, args[2]) +
				  (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0);
	struct program p = {.n = 0};

	if (ARCHITECTURE == 0)
		return 0;
	load(&p, offsetof(struct seccomp_data, arch));
	emit(&p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, (uint32_t)ARCHITECTURE);
	answer(&p, SECCOMP_RET_KILL_PROCESS);
	load(&p, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < CALLS; i++) {
		emit(&p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t)calls[i]);
		answer(&p, SECCOMP_RET_ALLOW);
	}
	emit(&p, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, SYS_mmap);
	load(&p, protection);
	emit(&p, BPF_JMP | BPF_JSET | BPF_K, 1, 0, PROT_EXEC);
	answer(&p, SECCOMP_RET_ALLOW);
	answer(&p, SECCOMP_RET_ERRNO | EPERM);

	const struct sock_fprog program = {p.n, p.code};
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
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
