/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * calls: the filter of system calls as it is made on this machine, looked through without a kernel, which
 * qemu-user has no seccomp for: what each role may do, and what none may, by this machine's numbers.
 */
#include <stdio.h>
#include <sys/prctl.h>

static int keep(int option, ...);
#define prctl keep
#include "guard/seccomp.c" // NOLINT(bugprone-suspicious-include)
#undef prctl

#include <stdarg.h>
#include <string.h>

static struct rem_call_filter kept;

/* In place of the kernel. */
static int keep(int option, ...)
{
	va_list args;

	va_start(args, option);
	const unsigned long mode = va_arg(args, unsigned long);
	const struct sock_fprog *p = va_arg(args, const struct sock_fprog *);
	va_end(args);
	memcpy(kept.code, p->filter, p->len * sizeof(kept.code[0]));
	kept.n = p->len;
	return option == PR_SET_SECCOMP && mode == SECCOMP_MODE_FILTER ? 0 : -1;
}

/* What the program answers; it has no other instructions than these. */
static uint32_t answer_to(const struct seccomp_data *d)
{
	uint32_t a = 0;

	for (unsigned at = 0; at < kept.n; at++) {
		const struct sock_filter *i = &kept.code[at];

		switch (i->code) {
		case BPF_LD | BPF_W | BPF_ABS: memcpy(&a, (const char *)d + i->k, sizeof(a)); break;
		case BPF_JMP | BPF_JEQ | BPF_K: at += a == i->k ? i->jt : i->jf; break;
		case BPF_JMP | BPF_JSET | BPF_K: at += (a & i->k) != 0 ? i->jt : i->jf; break;
		case BPF_RET | BPF_K: return i->k;
		default: return 0;
		}
	}
	return 0;
}

/* clang-format off */
enum { NOBODY = 0 };
static const struct act {
	const char *name;
	int call;
	uint64_t argument[5];
	uint8_t roles; /* that may */
} acts[] = {
	{"read", SYS_read, {0}, ALL}, {"write", SYS_write, {1}, ALL}, {"close", SYS_close, {3}, ALL},
	{"fstat", SYS_newfstatat, {3, 0, 0, AT_EMPTY_PATH}, ALL}, {"stat", SYS_newfstatat, {0}, NOBODY},
	{"mmap", SYS_mmap, {0, 4096, PROT_READ | PROT_WRITE}, ALL},
	{"mmap of code", SYS_mmap, {0, 4096, PROT_READ | PROT_EXEC}, NOBODY},
	{"mprotect of code", SYS_mprotect, {0, 4096, PROT_EXEC}, NOBODY},
	{"brk", SYS_brk, {0}, ALL}, {"futex", SYS_futex, {0}, ALL}, {"ppoll", SYS_ppoll, {0}, ALL},
	{"isatty", SYS_ioctl, {1, TCGETS}, ALL}, {"TIOCSTI", SYS_ioctl, {0, TIOCSTI}, NOBODY},
	{"raw mode", SYS_ioctl, {0, TCSETS}, SCREEN}, {"epoll_pwait", SYS_epoll_pwait, {0}, LIVE | SCREEN},
	{"recvmsg", SYS_recvmsg, {3}, TALKS}, {"ftruncate", SYS_ftruncate, {3}, READER | LIVE | SCREEN},
	{"exit_group", SYS_exit_group, {0}, ALL}, {"rt_sigreturn", SYS_rt_sigreturn, {0}, ALL},
	{"send", SYS_sendto, {3, 0, 1, 0, 0}, TALKS}, {"sendto", SYS_sendto, {3, 0, 1, 0, 4096}, NOBODY},
	{"openat", SYS_openat, {0}, NOBODY}, {"socket", SYS_socket, {2}, NOBODY}, {"connect", SYS_connect, {3}, NOBODY},
	{"bind", SYS_bind, {3}, NOBODY}, {"execve", SYS_execve, {0}, NOBODY}, {"execveat", SYS_execveat, {0}, NOBODY},
	{"clone", SYS_clone, {0}, NOBODY}, {"ptrace", SYS_ptrace, {0}, NOBODY}, {"mount", SYS_mount, {0}, NOBODY},
	{"unlinkat", SYS_unlinkat, {0}, NOBODY}, {"renameat2", SYS_renameat2, {0}, NOBODY},
	{"fchmodat", SYS_fchmodat, {0}, NOBODY}, {"setuid", SYS_setuid, {0}, NOBODY}, {"unshare", SYS_unshare, {0}, NOBODY},
	{"bpf", SYS_bpf, {0}, NOBODY}, {"kill of init", SYS_kill, {1}, NOBODY}, {"tgkill of init", SYS_tgkill, {1}, NOBODY},
	{"process_vm_readv", SYS_process_vm_readv, {0}, NOBODY}, {"no call at all", 0x7fff, {0}, NOBODY},
};
/* clang-format on */

static int look(int role, const struct act *act)
{
	struct seccomp_data d = {.nr = act->call, .arch = (uint32_t)REM_CALL_MACHINE};

	memcpy(d.args, act->argument, sizeof(act->argument));
	const bool may = answer_to(&d) == SECCOMP_RET_ALLOW, wanted = (act->roles >> role & 1) != 0;
	d.arch ^= 1;
	const bool elsewhere = answer_to(&d) == SECCOMP_RET_KILL_PROCESS;
	if (may != wanted)
		printf("role %d: %s is %s\n", role, act->name, may ? "allowed" : "refused");
	return may != wanted || !elsewhere;
}

int main(void)
{
	int wrong = 0, calls = 0;

	for (int role = 0; role < GUARD_ROLES; role++) {
		calls = guard_seccomp((enum guard_role)role);
		for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
			wrong += calls <= 0 || look(role, &acts[i]);
	}
	printf("%d roles, %d calls in the last, %d wrong\n", GUARD_ROLES, calls, wrong);
	return wrong != 0;
}
