/* SPDX-License-Identifier: BSD-3-Clause */
/* The bus as the radio's driver wants it. */
#include <remora/cyw43439.h>
#include <remora/pico_w.h>

static void power(struct rem_cyw_bus *bus, bool on)
{
	(void)bus;
	rem_pico_w_power(on);
}

static int write(struct rem_cyw_bus *bus, uint32_t command, const uint8_t *p, uint32_t words)
{
	(void)bus;
	return rem_pico_w_transfer(command, (const uint32_t *)(const void *)p, words, NULL, 0);
}

static int read(struct rem_cyw_bus *bus, uint32_t command, uint8_t *p, uint32_t words)
{
	(void)bus;
	return rem_pico_w_transfer(command, NULL, 0, (uint32_t *)(void *)p, words);
}

static bool interrupt(struct rem_cyw_bus *bus)
{
	(void)bus;
	return rem_pico_w_interrupt();
}

static const struct rem_cyw_bus_ops ops = {
	.power = power,
	.write = write,
	.read = read,
	.interrupt = interrupt,
};

struct rem_cyw_bus rem_pico_w_bus = {&ops};
