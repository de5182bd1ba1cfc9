/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a process gives up, for good, before it looks at the first byte of a packet: its user, if that
 * is root, all capabilities, the right to gain privileges, the file system, and every system call
 * that the rest of its work does not need. What it needs open is open by then.
 */
#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* Which system calls are left. */
enum guard_role {
	GUARD_READER,  /* reads descriptors, and writes to others */
	GUARD_LIVE,    /* as well: hears from processes of ours, and receives descriptors */
	GUARD_CAPTURE, /* libpcap on an open interface */
	GUARD_SCREEN,  /* GUARD_LIVE on a terminal */
	GUARD_ROLES
};

/* What was given up. */
struct guard {
	bool entered;
	unsigned user;        /* whom we are now */
	bool no_capabilities; /* no new privileges either */
	int landlock;         /* its ABI; 0: this kernel has none */
	int calls;            /* system calls that are left; 0: seccomp is not to be had here */
};

/*
 * Enters; the process must have one thread. False: it could not be done and *why says what, not to be
 * freed. What this kernel does not offer is left out, and *g says so; g may be NULL.
 */
bool guard_enter(enum guard_role role, struct guard *g, const char **why);

/* The user and the capabilities alone: for who still has files to open. */
bool guard_drop_privileges(const char **why);

/* "user 65534, no capabilities, Landlock 7, 38 system calls" or what is missing of it. */
void guard_describe(const struct guard *g, char *text, size_t size);

#endif
