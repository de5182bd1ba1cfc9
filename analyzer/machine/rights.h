/* SPDX-License-Identifier: BSD-3-Clause */
/* What this process may do with the network, and what a program that it starts may. */
#ifndef MACHINE_RIGHTS_H
#define MACHINE_RIGHTS_H

#include <stdbool.h>

/* 0: this process may capture packets; else the errno of trying. */
int rights_capture(void);

/* May it set up interfaces (CAP_NET_ADMIN)? */
bool rights_net_admin(void);

/* Why a program that captures may do so, or may not. */
enum program_right {
	PROGRAM_CAPTURES,     /* by its file capabilities, or as it is setuid root */
	PROGRAM_HAS_NO_RIGHT, /* it runs, with no more rights than who starts it */
	PROGRAM_NOT_FOR_US,   /* this user may not execute it */
};
enum program_right rights_of_program(const char *path);

enum membership { MEMBER_NO, MEMBER_AT_NEXT_LOGIN, MEMBER_NOW, MEMBER_NO_GROUP };
enum membership rights_member(const char *group);

#endif
