/* SPDX-License-Identifier: BSD-3-Clause */
/* From reset to main(), and the interrupts: ARMv6-M Architecture Reference Manual, B1.5 and B3.3. */
#include "platform/qemu_mps2/board.h"

#include <string.h>

/* What mps2.ld knows of the memory. */
extern uint32_t board_data[], board_data_end[], board_data_image[];
extern uint32_t board_bss[], board_bss_end[];
extern uint32_t board_stack_end[], board_stack[];

int main(void);

enum { PAINT = 0x5ec0de5e };

static void paint_stack(void)
{
	uint32_t *here = (uint32_t *)__builtin_frame_address(0) - 16;

	for (uint32_t *p = board_stack_end; p < here; p++)
		*p = PAINT;
}

uint32_t rem_mps2_stack_used(void)
{
	const uint32_t *p = board_stack_end;

	while (p < board_stack && *p == PAINT)
		p++;
	return (uint32_t)((uintptr_t)board_stack - (uintptr_t)p);
}

_Noreturn void board_reset(void)
{
	memcpy(board_data, board_data_image,
	       (size_t)((uintptr_t)board_data_end - (uintptr_t)board_data));
	memset(board_bss, 0, (size_t)((uintptr_t)board_bss_end - (uintptr_t)board_bss));
	paint_stack();
	rem_mps2_exit(main());
}

/* A fault, or an interrupt that nobody asked for. */
_Noreturn static void unexpected(void)
{
	rem_mps2_print("mps2: an unexpected exception\n");
	rem_mps2_exit(70);
}

typedef void handler(void);

enum { EXCEPTIONS = 16, INTERRUPTS = 32 };

/* clang-format off */
static const struct {
	uint32_t *stack;
	handler *handler[EXCEPTIONS - 1 + INTERRUPTS];
} vectors __attribute__((section(".vectors"), used)) = {
	.stack = board_stack,
	.handler = {
		[0] = board_reset,
		[1 ... 13] = unexpected,
		[14] = board_tick,
		[15 ... 14 + BOARD_ETHERNET_IRQ] = unexpected,
		[15 + BOARD_ETHERNET_IRQ] = board_ethernet,
		[16 + BOARD_ETHERNET_IRQ ... EXCEPTIONS - 2 + INTERRUPTS] = unexpected,
	},
};
/* clang-format on */
