/* SPDX-License-Identifier: BSD-3-Clause */
/* The least that is of use: joins a network, and answers ping. */
#include <pico/stdlib.h>
#include <remora/host.h>
#include <remora/pico_w.h>

static struct rem_cyw radio;
static struct rem_host host;
static struct rem_neighbour neighbour[4];
static _Alignas(4) uint8_t in[REM_CYW_HEADROOM + 1536], out[REM_CYW_HEADROOM + 1536];

int main(void)
{
	const struct rem_cyw_images images = rem_pico_w_images();
	const struct rem_span ssid = {(const uint8_t *)"open sea", 8}, no_key = {0};
	bool ready = false;
	uint8_t seed[16];
	int n;

	rem_pico_w_init();
	rem_cyw_init(&radio, &rem_pico_w_bus, &images, "XX");
	rem_cyw_start(&radio);
	rem_cyw_join(&radio, ssid, no_key);
	for (;;) {
		struct rem_frame f = {.p = in, .room = sizeof(in), .head = REM_CYW_HEADROOM};
		while ((n = radio.nic.ops->receive(&radio.nic, in + f.head, sizeof(in) - f.head)) !=
		       0) {
			f.end = f.head + (uint32_t)(n > 0 ? n : 0);
			if (n > 0 && ready &&
			    rem_in(&host.ether.node, &f, rem_pico_w_now(), NULL) > 0)
				radio.nic.ops->send(&radio.nic, in + f.head, f.end - f.head);
			f = (struct rem_frame){
				.p = in, .room = sizeof(in), .head = REM_CYW_HEADROOM};
		}
		rem_time due = rem_cyw_poll(&radio, rem_pico_w_now());
		if (!ready && radio.state == REM_CYW_UP) { /* its address is known by now */
			rem_pico_w_entropy(seed);
			rem_host_init(&host, radio.nic.address, 1500, seed,
				      &(struct rem_host_tables){.neighbour = neighbour,
								.neighbours = 4});
			rem_host_configure(&host, rem_addr4(0xc0a80a02), 24,
					   (struct rem_addr){0}); /* 192.168.10.2 */
			ready = true;
		}
		f = (struct rem_frame){.p = out, .room = sizeof(out), .head = REM_CYW_HEADROOM};
		while (ready && rem_out(&host.ether.node, &f, rem_pico_w_now()) > 0)
			radio.nic.ops->send(&radio.nic, out + f.head, f.end - f.head);
		if (ready && rem_due(&host.ether.node) < due)
			due = rem_due(&host.ether.node);
		rem_pico_w_sleep(due);
	}
}
