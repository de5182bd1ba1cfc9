/* SPDX-License-Identifier: BSD-3-Clause */
/* The clock, the sleep, the secret's bytes and the call stack of a Pico W, by the Pico SDK. */
#include <hardware/gpio.h>
#include <hardware/irq.h>
#include <hardware/sync.h>
#include <hardware/timer.h>
#include <pico/rand.h>
#include <remora/pico_w.h>
#include <string.h>

enum {
	DATA = 24,        /* the radio's interrupt, between transfers */
	LONGEST = 1 << 30, /* microseconds */
};

rem_time rem_pico_w_now(void)
{
	uint32_t high, low, again = timer_hw->timerawh;

	do { /* until the low half has not wrapped between */
		high = again;
		low = timer_hw->timerawl;
		again = timer_hw->timerawh;
	} while (again != high);
	return (rem_time)((uint64_t)high << 32 | low);
}

static int alarm;

/* Whether the radio's line wakes us. There is nothing to acknowledge: it is a level. */
static void listen(bool yes)
{
	io_bank0_irq_ctrl_hw_t *core = get_core_num() == 0 ? &io_bank0_hw->proc0_irq_ctrl
							   : &io_bank0_hw->proc1_irq_ctrl;
	const uint32_t bit = (uint32_t)GPIO_IRQ_LEVEL_HIGH << 4 * (DATA % 8);

	if (yes)
		hw_set_bits(&core->inte[DATA / 8], bit);
	else
		hw_clear_bits(&core->inte[DATA / 8], bit);
}

/* The line stays high until the radio has been asked what it wants, so it may interrupt once only. */
static void woken(void)
{
	listen(false);
}

static void rung(void)
{
	timer_hw->intr = 1u << alarm;
}

static void sleep_init(void)
{
	alarm = hardware_alarm_claim_unused(true);
	irq_set_exclusive_handler(TIMER_ALARM_IRQ_NUM(timer_hw, (uint)alarm), rung);
	irq_set_enabled(TIMER_ALARM_IRQ_NUM(timer_hw, (uint)alarm), true);
	hw_set_bits(&timer_hw->inte, 1u << alarm);
	gpio_add_raw_irq_handler(DATA, woken);
	irq_set_enabled(IO_IRQ_BANK0, true);
}

void rem_pico_w_sleep(rem_time until)
{
	static bool ready;

	if (!ready)
		sleep_init();
	ready = true;
	const rem_time now = rem_pico_w_now();
	/* The alarm sees 32 bits of the time. */
	timer_hw->alarm[alarm] = (uint32_t)(until - now < LONGEST ? until : now + LONGEST);
	listen(true);
	/* An interrupt that comes before the sleep ends it, too: it leaves an event behind. An alarm that was too late does not. */
	if (!rem_pico_w_interrupt() && rem_pico_w_now() < until)
		__wfe();
	listen(false);
}

void rem_pico_w_entropy(uint8_t seed[16])
{
	rng_128_t random;

	get_rand_128(&random);
	memcpy(seed, &random, 16);
}

/* The linker's: the call stack grows down from one to the other. */
extern uint32_t __StackBottom[], __StackTop[];

enum { PAINT = 0x5a5a5a5a };

void rem_pico_w_paint_stack(void)
{
	const uint32_t *here = __builtin_frame_address(0);

	for (uint32_t *p = __StackBottom; p + 16 < here; p++)
		*p = PAINT;
}

uint32_t rem_pico_w_stack_used(void)
{
	const uint32_t *p = __StackBottom;

	while (p < __StackTop && *p == PAINT)
		p++;
	return (uint32_t)((uintptr_t)__StackTop - (uintptr_t)p);
}
