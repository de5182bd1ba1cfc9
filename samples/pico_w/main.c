/* SPDX-License-Identifier: BSD-3-Clause */
/* Firmware for a Raspberry Pi Pico W: so far, what the bus to the radio makes of the test word. */
#include <pico/stdlib.h>
#include <remora/pico_w.h>
#include <stdio.h>

enum { READ_TEST_WORD = 1 << 30 | 0x14 << 11 | 4 }; /* function 0, register 0x14, 4 bytes */

/* Until the radio is told otherwise, words go over the bus with their halves exchanged. */
static uint32_t exchanged(uint32_t x)
{
	return x << 16 | x >> 16;
}

static uint32_t test_word(uint32_t half, bool at_rise)
{
	uint32_t word = 0;

	rem_pico_w_clock(half, at_rise);
	rem_pico_w_transfer(exchanged(READ_TEST_WORD), NULL, 0, &word, 1);
	return exchanged(word);
}

int main(void)
{
	stdio_init_all();
	puts("remora on a Pico W");
	rem_pico_w_init();
	rem_pico_w_power(false);
	sleep_ms(20);
	rem_pico_w_power(true);
	sleep_ms(250);
	test_word(2, false); /* the first is junk */
	for (uint32_t half = 2; half <= 4; half++) {
		printf("sampled %lu clocks after: %08lx\n", (unsigned long)half,
		       (unsigned long)test_word(half, true));
		printf("sampled %lu clocks after: %08lx\n", (unsigned long)half * 2,
		       (unsigned long)test_word(half, false));
	}
	puts("done");
	for (;;)
		rem_pico_w_sleep(rem_pico_w_now() + 1000000);
}
