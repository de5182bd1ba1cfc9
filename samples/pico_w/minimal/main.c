/* SPDX-License-Identifier: BSD-3-Clause */
/* The least that is of use: joins a network, and answers ping at 192.168.10.2. */
#include <remora/host.h>
#include <remora/pico_w.h>
#include <remora/pump.h>

static struct rem_cyw radio;
static struct rem_host host;
static struct rem_neighbour neighbour[4];
static _Alignas(4) uint8_t in[REM_CYW_FRAME], out[REM_CYW_FRAME], seed[16];
static struct rem_pump pump = {&radio.nic, NULL,          rem_pico_w_now, in,
			       out,        REM_CYW_FRAME, NULL,           NULL};

int main(void)
{
	const struct rem_host_tables tables = {.neighbour = neighbour, .neighbours = 4};
	const struct rem_span ssid = {(const uint8_t *)"open sea", 8}, no_key = {0};
	const struct rem_cyw_images images = rem_pico_w_images();

	rem_pico_w_init();
	rem_pico_w_entropy(seed);
	rem_cyw_init(&radio, &rem_pico_w_bus, &images, "XX");
	rem_cyw_start(&radio);
	rem_cyw_join(&radio, ssid, no_key);
	for (;;) {
		rem_pump_in(&pump);
		const rem_time radio_due = rem_cyw_poll(&radio, rem_pico_w_now());
		if (pump.node == NULL && radio.state == REM_CYW_UP) { /* now its address is known */
			rem_host_init(&host, radio.nic.address, 1500, seed, &tables);
			rem_host_configure(&host, rem_addr4(0xc0a80a02), 24, (struct rem_addr){0});
			pump.node = &host.ether.node;
		}
		const rem_time stack_due = rem_pump_out(&pump);
		rem_pico_w_sleep(radio_due < stack_due ? radio_due : stack_due);
	}
}
