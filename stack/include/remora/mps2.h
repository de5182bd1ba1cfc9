/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The board under a program for ARM's MPS2 with image AN385, as `qemu-system-arm -M mps2-an385` is:
 * a clock, a console, a way to sleep, and the bytes that the stack's secret is made of.
 */
#ifndef REMORA_MPS2_H
#define REMORA_MPS2_H

#include <remora/lan9118.h>

/* Where AN385 has its Ethernet controller: Application Note 385, memory map. */
#define REM_MPS2_ETHERNET 0x40200000u

/* Starts the clock and the controller's interrupt. What rem_lan9118_init says. */
int rem_mps2_init(struct rem_lan9118 *lan, const uint8_t address[6]);

/* Microseconds since rem_mps2_init. */
rem_time rem_mps2_now(void);

/* Sleeps until a frame waits, or `until`; a thousandth of a second later at most. */
void rem_mps2_sleep(rem_time until);

/* Writes a text to the console of the debugger, by ARM's semihosting. */
void rem_mps2_print(const char *text);

/* The command line that QEMU was given (-semihosting-config arg=…): up to n - 1 bytes and a 0. False:
 * there is none, or it is longer. */
bool rem_mps2_arguments(char *text, uint32_t n);

/* Something that differs from start to start, for the stack's secret: the host's clock mixed with our
 * own. A board that one can buy needs better. */
uint64_t rem_mps2_entropy(void);

/* The deepest that the call stack has been since the start, in bytes. */
uint32_t rem_mps2_stack_used(void);

/* Ends the program and QEMU with an exit code. */
_Noreturn void rem_mps2_exit(int code);

#endif
