/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A filter of Linux's system calls, seccomp(2), made of rules: what none of them allows fails with EPERM, for good. The program
 * for the kernel is some dozen comparisons; a library to make it would take longer to load than a small capture to read.
 *
 *	struct rem_call_filter f;
 *	if (rem_call_filter_begin(&f)) { rem_call_filter_allow(&f, &rule); … err = rem_call_filter_enter(&f); }
 */
#ifndef REMORA_CALL_FILTER_H
#define REMORA_CALL_FILTER_H

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>

#if defined(__x86_64__)
#define REM_CALL_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define REM_CALL_MACHINE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define REM_CALL_MACHINE AUDIT_ARCH_RISCV64
#else
#define REM_CALL_MACHINE 0 /* its calls are not known here */
#endif

/* A call that is allowed, or is where the lower 32 bits of one of its arguments are so. */
struct rem_call_rule {
	int call; /* SYS_… */
	enum {
		REM_CALL_ALWAYS,
		REM_CALL_EQUALS,
		REM_CALL_LACKS
	} when; /* … `value`, bits of `value` */
	uint8_t argument;
	uint32_t value;
};

enum { REM_CALL_FILTER_ROOM = 640, REM_CALL_RULE = 5 }; /* instructions; of a rule at most */

struct rem_call_filter {
	struct sock_filter code[REM_CALL_FILTER_ROOM];
	unsigned short n;
};

static inline void rem_call_filter_put(struct rem_call_filter *f, uint16_t code, uint8_t yes,
				       uint8_t no, uint32_t k)
{
	f->code[f->n++] = (struct sock_filter){code, yes, no, k};
}

static inline void rem_call_filter_load(struct rem_call_filter *f, size_t offset)
{
	rem_call_filter_put(f, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

static inline void rem_call_filter_answer(struct rem_call_filter *f, uint32_t action)
{
	rem_call_filter_put(f, BPF_RET | BPF_K, 0, 0, action);
}

/* False: this machine's calls are not known. The number of the call is loaded, here and afterwards. */
static inline bool rem_call_filter_begin(struct rem_call_filter *f)
{
	f->n = 0;
	rem_call_filter_load(f, offsetof(struct seccomp_data, arch));
	rem_call_filter_put(f, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, (uint32_t)REM_CALL_MACHINE);
	rem_call_filter_answer(f, SECCOMP_RET_KILL_PROCESS);
	rem_call_filter_load(f, offsetof(struct seccomp_data, nr));
	return REM_CALL_MACHINE != 0;
}

/* There is room for (REM_CALL_FILTER_ROOM - 5) / REM_CALL_RULE rules; those behind are not allowed. */
static inline void rem_call_filter_allow(struct rem_call_filter *f, const struct rem_call_rule *r)
{
	const bool always = r->when == REM_CALL_ALWAYS;
	const size_t argument = offsetof(struct seccomp_data, args) +
				r->argument * sizeof(uint64_t);
	const size_t low_half = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0;

	if (f->n + REM_CALL_RULE >= REM_CALL_FILTER_ROOM)
		return;
	rem_call_filter_put(f, BPF_JMP | BPF_JEQ | BPF_K, 0, always ? 1 : 4, (uint32_t)r->call);
	if (!always) {
		rem_call_filter_load(f, argument + low_half);
		if (r->when == REM_CALL_LACKS)
			rem_call_filter_put(f, BPF_JMP | BPF_JSET | BPF_K, 1, 0, r->value);
		else
			rem_call_filter_put(f, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, r->value);
	}
	rem_call_filter_answer(f, SECCOMP_RET_ALLOW);
	if (!always)
		rem_call_filter_load(f, offsetof(struct seccomp_data, nr));
}

/* From here on nothing else is allowed, for which PR_SET_NO_NEW_PRIVS must be set. False: see errno; EINVAL: a kernel without. */
static inline bool rem_call_filter_enter(struct rem_call_filter *f)
{
	rem_call_filter_answer(f, SECCOMP_RET_ERRNO | EPERM);
	const struct sock_fprog program = {f->n, f->code};

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

#endif
