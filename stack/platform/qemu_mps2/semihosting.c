/* SPDX-License-Identifier: BSD-3-Clause */
/* Talking to the debugger: ARM, Semihosting for AArch32 and AArch64, sections 5 and 6. */
#include "platform/qemu_mps2/board.h"

/* Operations: section 6. */
enum {
	SYS_WRITE0 = 0x04,
	SYS_CLOCK = 0x10,
	SYS_TIME = 0x11,
	SYS_GET_CMDLINE = 0x15,
	SYS_EXIT_EXTENDED = 0x20,
	ADP_STOPPED_APPLICATION_EXIT = 0x20026,
};

static uint32_t semihosting(uint32_t operation, const void *argument)
{
	register uint32_t r0 __asm__("r0") = operation;
	register const void *r1 __asm__("r1") = argument;

	__asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
	return r0;
}

void rem_mps2_print(const char *text)
{
	semihosting(SYS_WRITE0, text);
}

bool rem_mps2_arguments(char *text, uint32_t n)
{
	struct {
		char *text;
		uint32_t n;
	} block = {text, n};

	return semihosting(SYS_GET_CMDLINE, &block) == 0 && block.n < n;
}

uint64_t rem_mps2_entropy(void)
{
	return (uint64_t)semihosting(SYS_TIME, NULL) << 32 ^
	       (uint64_t)semihosting(SYS_CLOCK, NULL) << 20 ^ (uint64_t)rem_mps2_now();
}

_Noreturn void rem_mps2_exit(int code)
{
	const uint32_t block[2] = {ADP_STOPPED_APPLICATION_EXIT, (uint32_t)code};

	for (;;)
		semihosting(SYS_EXIT_EXTENDED, block);
}
