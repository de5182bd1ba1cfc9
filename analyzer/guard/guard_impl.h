/* SPDX-License-Identifier: BSD-3-Clause */
/* The walls of the sandbox, one a file. */
#ifndef GUARD_GUARD_IMPL_H
#define GUARD_GUARD_IMPL_H

#include "guard/guard.h"

/* Whom sudo serves, or `otherwise`. */
unsigned guard_user(unsigned otherwise);
unsigned guard_group(unsigned otherwise);
/* Its ABI; 0: this kernel has none; -1: see errno. */
int guard_landlock(void);
/* How many system calls are left; 0: there is no seccomp here; -1: see errno. */
int guard_seccomp(enum guard_role role);

#endif
