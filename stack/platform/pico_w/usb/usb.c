/* SPDX-License-Identifier: BSD-3-Clause */
/* Two serial interfaces over USB, by TinyUSB: USB 2.0 chapter 9, CDC 1.2 and PSTN 1.2. */
#include <pico/bootrom.h>
#include <pico/unique_id.h>
#include <remora/pico_w.h>
#include <tusb.h>

enum {
	PACKET = 64,
	COMMANDS =
		8, /* bytes of a packet of the interface's notifications, of which there are none */
	ALL = TUD_CONFIG_DESC_LEN + REM_PICO_W_PORTS * TUD_CDC_DESC_LEN,
	MILLIAMPERES = 250,
	BOOT_RATE = 1200, /* who asks for this rate wants the boot ROM, as with every Pico */
};

enum { LANGUAGE, VENDOR, PRODUCT, SERIAL, FIRST_PORT };

/* How often each port has been opened, and whether it is. */
static struct {
	unsigned times;
	bool open;
} ports[REM_PICO_W_PORTS];

uint8_t const *tud_descriptor_device_cb(void)
{
	static const tusb_desc_device_t device = {
		.bLength = sizeof(device),
		.bDescriptorType = TUSB_DESC_DEVICE,
		.bcdUSB = 0x0200,
		.bDeviceClass = TUSB_CLASS_MISC,
		.bDeviceSubClass = MISC_SUBCLASS_COMMON,
		.bDeviceProtocol = MISC_PROTOCOL_IAD,
		.bMaxPacketSize0 = CFG_TUD_ENDPOINT0_SIZE,
		.idVendor = 0x2e8a,  /* Raspberry Pi */
		.idProduct = 0x000a, /* a program on the Pico SDK */
		.bcdDevice = 0x0100,
		.iManufacturer = VENDOR,
		.iProduct = PRODUCT,
		.iSerialNumber = SERIAL,
		.bNumConfigurations = 1,
	};

	return (const uint8_t *)&device;
}

uint8_t const *tud_descriptor_configuration_cb(uint8_t index)
{
	static const uint8_t descriptors[] = {
		TUD_CONFIG_DESCRIPTOR(1, 2 * REM_PICO_W_PORTS, 0, ALL, 0, MILLIAMPERES),
		TUD_CDC_DESCRIPTOR(0, FIRST_PORT, 0x81, COMMANDS, 0x02, 0x82, PACKET),
		TUD_CDC_DESCRIPTOR(2, FIRST_PORT + 1, 0x83, COMMANDS, 0x04, 0x84, PACKET),
	};

	(void)index;
	return descriptors;
}

uint16_t const *tud_descriptor_string_cb(uint8_t index, uint16_t language)
{
	static const char *const texts[] = {[VENDOR] = "remora",
					    [PRODUCT] = "Pico W",
					    [FIRST_PORT] = "console",
					    [FIRST_PORT + 1] = "trace"};
	static uint16_t string[2 * PICO_UNIQUE_BOARD_ID_SIZE_BYTES + 1];
	char serial[2 * PICO_UNIQUE_BOARD_ID_SIZE_BYTES + 1];
	const char *text = serial;
	unsigned n = 0;

	(void)language;
	if (index > FIRST_PORT + 1)
		return NULL;
	if (index == SERIAL)
		pico_get_unique_board_id_string(serial, sizeof(serial));
	else
		text = texts[index];
	if (index == LANGUAGE)
		string[++n] = 0x0409; /* English */
	else
		while (text[n] != '\0' && n + 1 < TU_ARRAY_SIZE(string)) {
			string[n + 1] = (uint8_t)text[n];
			n++;
		}
	string[0] = (uint16_t)(TUSB_DESC_STRING << 8 | (2 * n + 2));
	return string;
}

void tud_cdc_line_state_cb(uint8_t port, bool ready, bool carrier)
{
	(void)carrier;
	if (ready && !ports[port].open) {
		ports[port].times++;
		tud_cdc_n_write_clear(port);
	}
	ports[port].open = ready;
}

void tud_cdc_line_coding_cb(uint8_t port, cdc_line_coding_t const *coding)
{
	(void)port;
	if (coding->bit_rate == BOOT_RATE)
		reset_usb_boot(0, 0);
}

void tud_umount_cb(void)
{
	for (unsigned i = 0; i < REM_PICO_W_PORTS; i++)
		ports[i].open = false;
}

void rem_pico_w_usb_init(void)
{
	tusb_init();
}

bool rem_pico_w_usb_poll(void)
{
	if (!tud_task_event_ready())
		return false;
	tud_task();
	return true;
}

unsigned rem_pico_w_usb_opening(enum rem_pico_w_port port)
{
	return ports[port].open && tud_ready() ? ports[port].times : 0;
}

uint32_t rem_pico_w_usb_write(enum rem_pico_w_port port, const uint8_t *p, uint32_t n)
{
	const uint32_t took = tud_cdc_n_write((uint8_t)port, p, n);

	tud_cdc_n_write_flush((uint8_t)port);
	return took;
}

uint32_t rem_pico_w_usb_read(enum rem_pico_w_port port, uint8_t *p, uint32_t n)
{
	return tud_cdc_n_available((uint8_t)port) == 0 ? 0 : tud_cdc_n_read((uint8_t)port, p, n);
}
