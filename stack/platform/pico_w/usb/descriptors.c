/* SPDX-License-Identifier: BSD-3-Clause */
/* What the device says of itself: USB 2.0, 9.6, with CDC 1.2 and PSTN 1.2 for its two serial interfaces. */
#include "usb.h"
#include <pico/unique_id.h>

enum { LANGUAGE, VENDOR, PRODUCT, SERIAL, FIRST_PORT, STRINGS = FIRST_PORT + REM_PICO_W_PORTS };

enum {
	IN = 0x80,
	CDC = 2,  /* classes of interfaces */
	DATA = 10,
	MODEL = 2, /* abstract control, as of a modem */
	STATE_BYTES = 8, /* a packet about the state, of which there are none */
	STATE_EVERY = 16, /* milliseconds */
	CONFIG_BYTES = 9,
	PORT_BYTES = 8 + 9 + 5 + 5 + 4 + 5 + 7 + 9 + 7 + 7,
	ALL_BYTES = CONFIG_BYTES + REM_PICO_W_PORTS * PORT_BYTES,
	HALF_AMPERES = 250 / 2, /* milliamperes, in twos */
};

#define LOW_HIGH(v) (v) & 0xff, (v) >> 8

/* clang-format off */
static const uint8_t device[] = {
	18, USB_DEVICE, LOW_HIGH(0x0200),
	0xef, 2, 1,        /* the functions are those of the interface associations */
	USB_PACKET,
	LOW_HIGH(0x2e8a),  /* Raspberry Pi */
	LOW_HIGH(0x000a),  /* a program on the Pico SDK */
	LOW_HIGH(0x0100), VENDOR, PRODUCT, SERIAL, 1,
};

#define PORT(n) \
	8, USB_ASSOCIATION, USB_STATE_INTERFACE(n), 2, CDC, MODEL, 0, FIRST_PORT + (n), \
	9, USB_INTERFACE, USB_STATE_INTERFACE(n), 0, 1, CDC, MODEL, 0, FIRST_PORT + (n), \
	5, USB_CLASS, 0, LOW_HIGH(0x0120),              /* header: CDC 1.2 */ \
	5, USB_CLASS, 1, 0, USB_STATE_INTERFACE(n) + 1, /* no calls */ \
	4, USB_CLASS, 2, 2,                             /* line coding, and the state of the line */ \
	5, USB_CLASS, 6, USB_STATE_INTERFACE(n), USB_STATE_INTERFACE(n) + 1, /* union */ \
	7, USB_ENDPOINT, USB_STATE_ENDPOINT(n) | IN, USB_INTERRUPT, LOW_HIGH(STATE_BYTES), STATE_EVERY, \
	9, USB_INTERFACE, USB_STATE_INTERFACE(n) + 1, 0, 2, DATA, 0, 0, 0, \
	7, USB_ENDPOINT, USB_DATA_ENDPOINT(n), USB_BULK, LOW_HIGH(USB_PACKET), 0, \
	7, USB_ENDPOINT, USB_DATA_ENDPOINT(n) | IN, USB_BULK, LOW_HIGH(USB_PACKET), 0

static const uint8_t config[] = {
	CONFIG_BYTES, USB_CONFIG, LOW_HIGH(ALL_BYTES), 2 * REM_PICO_W_PORTS, USB_CONFIGURATION, 0, 0x80, HALF_AMPERES,
	PORT(REM_PICO_W_TEXT),
	PORT(REM_PICO_W_TRACE),
};
/* clang-format on */

_Static_assert(sizeof(config) == ALL_BYTES, "the configuration says its length");

/* In UTF-16, of which our texts need the lower bytes. */
static struct rem_span string(unsigned index)
{
	static const char *const texts[STRINGS] = {
		[LANGUAGE] = "\x09\x04", /* English */
		[VENDOR] = "remora",
		[PRODUCT] = "Pico W",
		[FIRST_PORT + REM_PICO_W_TEXT] = "console",
		[FIRST_PORT + REM_PICO_W_TRACE] = "trace",
	};
	enum { SERIAL_TEXT = 2 * PICO_UNIQUE_BOARD_ID_SIZE_BYTES + 1 };
	static uint8_t bytes[2 * SERIAL_TEXT];
	char serial[SERIAL_TEXT];
	const char *text = texts[index];
	uint8_t n = 2;

	if (index == SERIAL) {
		pico_get_unique_board_id_string(serial, sizeof(serial));
		text = serial;
	}
	for (; *text != '\0'; text++) {
		bytes[n++] = (uint8_t)*text;
		if (index != LANGUAGE)
			bytes[n++] = 0;
	}
	bytes[0] = n;
	bytes[1] = USB_STRING;
	return (struct rem_span){bytes, n};
}

struct rem_span usb_descriptor(unsigned kind, unsigned index)
{
	if (kind == USB_DEVICE && index == 0)
		return (struct rem_span){device, sizeof(device)};
	if (kind == USB_CONFIG && index == 0)
		return (struct rem_span){config, sizeof(config)};
	if (kind == USB_STRING && index < STRINGS)
		return string(index);
	return (struct rem_span){0};
}
