/* SPDX-License-Identifier: BSD-3-Clause */
/* Firmware for a Raspberry Pi Pico W: joins a network, serves pages, and answers at its console. */
#include "app.h"
#include <hardware/watchdog.h>
#include <remora/pico_w.h>

enum { NAP = 1000000, PATIENCE_MS = 8000 };

int main(void)
{
	rem_pico_w_paint_stack();
	serial_init();
	say("remora on a Pico W\n");
	rem_pico_w_init();
	network_init();

	const struct rem_cyw_images images = rem_pico_w_images();
	if (rem_cyw_init(&app.radio, &rem_pico_w_bus, &images, "XX") != REM_OK)
		say("radio: the images are not what it needs\n");
	else
		rem_cyw_start(&app.radio);
	console_load();

	watchdog_enable(PATIENCE_MS, true);
	for (;;) {
		const rem_time now = rem_pico_w_now();
		rem_time due = network_poll(now);

		serial_poll();
		console_poll(now);
		trace_poll();
		watchdog_update();
		if (due > now + NAP)
			due = now + NAP;
		rem_pico_w_sleep(due);
	}
}
