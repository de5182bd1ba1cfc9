/* SPDX-License-Identifier: BSD-3-Clause */
/* The console's two lines: UART 0 at GP0 and GP1, and the first serial interface over USB. What is said goes to both. */
#include "app.h"
#include <hardware/gpio.h>
#include <hardware/irq.h>
#include <hardware/uart.h>
#include <remora/pico_w.h>
#include <remora/text.h>
#include <stdarg.h>

enum { RATE = 115200, TX_PIN = 0, RX_PIN = 1, LINE = 320, PATIENCE = 200000 };

#define UART uart0

/* Something may have come since serial_get looked. */
static volatile bool heard;

/* That somebody has typed wakes the processor; the rest is serial_get's. */
static void typed(void)
{
	heard = true;
	uart_set_irqs_enabled(UART, false, false);
}

void serial_poll(void)
{
	if (rem_pico_w_usb_poll())
		heard = true;
}

void serial_init(void)
{
	uart_init(UART, RATE);
	gpio_set_function(TX_PIN, GPIO_FUNC_UART);
	gpio_set_function(RX_PIN, GPIO_FUNC_UART);
	irq_set_exclusive_handler(UART0_IRQ, typed);
	irq_set_enabled(UART0_IRQ, true);
	uart_set_irqs_enabled(UART, true, false);
	rem_pico_w_usb_init();
}

int serial_get(void)
{
	uint8_t c;

	if (!heard)
		return -1;
	if (uart_is_readable(UART))
		return uart_getc(UART);
	if (rem_pico_w_usb_read(REM_PICO_W_TEXT, &c, 1) == 1)
		return c;
	heard = false;
	uart_set_irqs_enabled(UART, true, false);
	return -1;
}

/* A host that reads nothing for a while loses text, and is not waited for again until it reads. */
static void to_usb(const uint8_t *p, uint32_t n)
{
	static bool deaf;
	const rem_time end = rem_pico_w_now() + (deaf ? 0 : PATIENCE);

	while (n > 0 && rem_pico_w_usb_opening(REM_PICO_W_TEXT) != 0) {
		const uint32_t took = rem_pico_w_usb_write(REM_PICO_W_TEXT, p, n);

		p += took;
		n -= took;
		deaf = n > 0 && rem_pico_w_now() >= end;
		if (deaf)
			return;
	}
}

static void put(const char *text, uint32_t n)
{
	uart_write_blocking(UART, (const uint8_t *)text, n);
	to_usb((const uint8_t *)text, n);
}

/* One place of a format: its type, and how many digits it has at least. */
static void put_value(struct rem_out *o, char type, unsigned digits, va_list *args)
{
	switch (type) {
	case 's': rem_out_str(o, va_arg(*args, const char *)); break;
	case 'c': rem_out_char(o, (char)va_arg(*args, int)); break;
	case 'u': rem_out_uint(o, va_arg(*args, unsigned)); break;
	case 'd': rem_out_int(o, va_arg(*args, int)); break;
	case 'x': rem_out_hex(o, va_arg(*args, unsigned), digits); break;
	default: rem_out_char(o, type);
	}
}

void say(const char *format, ...)
{
	char text[LINE];
	struct rem_out o = {text, text + sizeof(text), false};
	va_list args;

	va_start(args, format);
	for (; *format != '\0'; format++) {
		unsigned digits = 0;

		if (*format == '\n')
			rem_out_char(&o, '\r');
		if (*format != '%') {
			rem_out_char(&o, *format);
			continue;
		}
		while (is_digit(*++format))
			digits = 10 * digits + (unsigned)(*format - '0');
		put_value(&o, *format, digits, &args);
	}
	va_end(args);
	put(text, (uint32_t)(o.p - text));
}
