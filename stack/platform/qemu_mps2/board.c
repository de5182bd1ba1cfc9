/* SPDX-License-Identifier: BSD-3-Clause */
/* The clock (SysTick), the interrupts and the sleep of the board: ARMv6-M ARM, B3.3 and B3.4. */
#include "platform/qemu_mps2/board.h"

enum {
	HZ = 25000000, /* of the processor */
	TICK = HZ / 1000,
	SYST_ENABLE = 7, /* counter on, interrupt on, the processor's clock */
	PENDING_TICK = 1 << 26,
};

static volatile uint32_t *const syst_control = (volatile uint32_t *)0xe000e010;
static volatile uint32_t *const syst_reload = (volatile uint32_t *)0xe000e014;
static volatile uint32_t *const syst_value = (volatile uint32_t *)0xe000e018;
static volatile uint32_t *const irq_enable = (volatile uint32_t *)0xe000e100;
static volatile uint32_t *const irq_state = (volatile uint32_t *)0xe000ed04;

static volatile uint64_t ticks;
static struct rem_lan9118 *ethernet;

void board_tick(void)
{
	ticks++;
}

void board_ethernet(void)
{
	rem_lan9118_quiet(ethernet);
}

static void interrupts_off(void)
{
	__asm__ volatile("cpsid i" ::: "memory");
}

static void interrupts_on(void)
{
	__asm__ volatile("cpsie i" ::: "memory");
}

int rem_mps2_init(struct rem_lan9118 *lan, const uint8_t address[6])
{
	*syst_reload = TICK - 1;
	*syst_value = 0;
	*syst_control = SYST_ENABLE;
	ethernet = lan;
	const int err = rem_lan9118_init(lan, REM_MPS2_ETHERNET, address);
	*irq_enable = 1u << BOARD_ETHERNET_IRQ;
	return err;
}

/* With interrupts off. */
static rem_time time_now(void)
{
	uint64_t ms = ticks;
	uint32_t left = *syst_value;

	if ((*irq_state & PENDING_TICK) != 0) { /* it turned over since interrupts are off */
		ms++;
		left = *syst_value;
	}
	return (rem_time)(ms * 1000 + (TICK - 1 - left) / (HZ / 1000000));
}

rem_time rem_mps2_now(void)
{
	interrupts_off();
	const rem_time now = time_now();

	interrupts_on();
	return now;
}

void rem_mps2_sleep(rem_time until)
{
	rem_lan9118_wake(ethernet);
	/* An interrupt that comes before the sleep ends it, too, though it waits until it is let in. */
	interrupts_off();
	if (time_now() < until && !rem_lan9118_waiting(ethernet))
		__asm__ volatile("wfi" ::: "memory");
	interrupts_on();
}
