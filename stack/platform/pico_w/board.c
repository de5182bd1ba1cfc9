/* SPDX-License-Identifier: BSD-3-Clause */
/* The clock, the sleep, the secret's bytes and the call stack of a Pico W, by the Pico SDK. */
#include <hardware/gpio.h>
#include <hardware/sync.h>
#include <pico/rand.h>
#include <pico/time.h>
#include <remora/pico_w.h>
#include <string.h>

enum { DATA = 24 }; /* the radio's interrupt, between transfers */

rem_time rem_pico_w_now(void)
{
	return (rem_time)time_us_64();
}

/* The line stays high until the radio has been asked what it wants, so it may interrupt once only. */
static void woken(void)
{
	gpio_set_irq_enabled(DATA, GPIO_IRQ_LEVEL_HIGH, false);
}

void rem_pico_w_sleep(rem_time until)
{
	static bool ready;

	if (!ready) {
		gpio_add_raw_irq_handler(DATA, woken);
		irq_set_enabled(IO_IRQ_BANK0, true);
		ready = true;
	}
	gpio_set_irq_enabled(DATA, GPIO_IRQ_LEVEL_HIGH, true);
	/* An interrupt that comes before the sleep ends it, too: it leaves an event behind. */
	if (!rem_pico_w_interrupt() && rem_pico_w_now() < until)
		best_effort_wfe_or_timeout(from_us_since_boot((uint64_t)until));
	gpio_set_irq_enabled(DATA, GPIO_IRQ_LEVEL_HIGH, false);
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
