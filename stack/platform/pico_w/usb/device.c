/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two serial interfaces on the controller of the RP2040: its datasheet 4.1, USB 2.0 chapters 8 and 9, PSTN 1.2. Requests are
 * answered in the interrupt; what a port sends goes through a ring of its own, what it receives is read where the controller
 * has put it.
 *
 * A packet that nobody has fetched when its port closes is taken back. So what a program reads first was written after it has
 * opened the port.
 */
#include "usb.h"
#include <hardware/irq.h>
#include <hardware/resets.h>
#include <hardware/structs/usb.h>
#include <hardware/sync.h>
#include <hardware/timer.h>
#include <pico/bootrom.h>
#include <remora/ring.h>
#include <string.h>

enum {
	RING = 512,
	LINE_CODING = 7,  /* bytes */
	BOOT_RATE = 1200, /* who asks for this rate wants the boot ROM, as with every Pico */
	SETTLE = 12,      /* clocks before a buffer is the controller's: 4.1.2.5.1 */
	EARLY = 780,      /* microseconds of a frame */
	TRANSACTION = 100, /* microseconds at most */
};

/* An endpoint has a buffer for either way. The controller's registers have a bit for each in this order, its memory a word. */
enum { CONTROL_IN = 0, CONTROL_OUT = 1 };
#define IN(endpoint)    (2u * (endpoint))
#define OUT(endpoint)   (2u * (endpoint) + 1)
#define STATE_IN(port)  IN(USB_STATE_ENDPOINT(port))
#define DATA_IN(port)   IN(USB_DATA_ENDPOINT(port))
#define DATA_OUT(port)  OUT(USB_DATA_ENDPOINT(port))
#define BUFFERS         (DATA_OUT(REM_PICO_W_PORTS - 1) + 1)

static struct port {
	volatile unsigned times; /* it has been opened */
	volatile bool open;
	bool begun; /* a full packet has gone: the host waits for the end of what it belongs to */
	struct rem_ring ring;
	uint8_t bytes[RING];
	uint32_t read; /* bytes of the packet that is there */
	uint8_t line[LINE_CODING];
} ports[REM_PICO_W_PORTS];

static struct {
	uint32_t odd;   /* buffers whose next packet is DATA1 */
	uint32_t frame; /* when the last one began that we know of, in microseconds */
	bool configured;
	volatile bool suspended, news;
	/* Of a request: */
	uint8_t address;        /* ours, when it has been acknowledged */
	struct rem_span answer; /* what is still to be said */
	bool cut;               /* it is shorter than was asked for: a short packet ends it */
	struct port *coding;    /* whose line coding is to come */
} usb;

/* How the buffer is used, from its endpoint 1 on; 4.1.2.5. */
static io_rw_32 *kind_of(unsigned buffer)
{
	return (io_rw_32 *)USBCTRL_DPRAM_BASE + buffer;
}

/* Whose it is, and how many bytes are in it. */
static io_rw_32 *control_of(unsigned buffer)
{
	return (io_rw_32 *)(USBCTRL_DPRAM_BASE + 0x80) + buffer;
}

/* Both ways of the endpoint 0 share one place. */
static uint8_t *bytes_of(unsigned buffer)
{
	return buffer <= CONTROL_OUT ? usb_dpram->ep0_buf_a
				     : usb_dpram->epx_data + USB_PACKET * buffer;
}

/* The controller gets a packet of n bytes to send, or room for them. */
static void give(unsigned buffer, uint32_t n)
{
	const uint32_t data = (usb.odd >> buffer & 1) != 0 ? USB_BUF_CTRL_DATA1_PID : 0;
	const uint32_t word = n | data | (buffer % 2 == 0 ? USB_BUF_CTRL_FULL : 0);

	usb.odd ^= 1u << buffer;
	*control_of(buffer) = word;
	busy_wait_at_least_cycles(SETTLE);
	*control_of(buffer) = word | USB_BUF_CTRL_AVAIL;
}

/* What has not gone yet will not. Chips before RP2040 B2 cannot do that (RP2040-E2), but no Pico W has one. */
static void take_back(unsigned buffer)
{
	const uint32_t bit = 1u << buffer;

	if ((*control_of(buffer) & USB_BUF_CTRL_AVAIL) != 0) {
		const uint32_t since = time_us_32();

		hw_set_bits(&usb_hw->abort, bit);
		while ((usb_hw->abort_done & bit) == 0 && time_us_32() - since < TRANSACTION)
			tight_loop_contents();
		if ((*control_of(buffer) & USB_BUF_CTRL_AVAIL) != 0)
			usb.odd ^= bit;
	}
	*control_of(buffer) = 0;
	hw_clear_bits(&usb_hw->abort_done, bit);
	hw_clear_bits(&usb_hw->abort, bit);
}

/* The beginning of the next frame is to interrupt, which those so far still would. */
static void hear_frames(void)
{
	if ((usb_hw->inte & USB_INTE_DEV_SOF_BITS) != 0)
		return;
	(void)usb_hw->sof_rd;
	hw_set_bits(&usb_hw->inte, USB_INTE_DEV_SOF_BITS);
}

/*
 * The port's next packet, if there is one to be sent and the last one has gone. RP2040-E15: the controller can hang over a
 * packet that it gets late in a frame, so it gets them early in one. Another one begins soon.
 */
static void send(unsigned i)
{
	struct port *p = &ports[i];
	const unsigned buffer = DATA_IN(i);
	const uint32_t n = p->ring.used < USB_PACKET ? p->ring.used : USB_PACKET;

	if (!p->open || (n == 0 && !p->begun))
		return;
	hear_frames();
	if ((*control_of(buffer) & (USB_BUF_CTRL_AVAIL | USB_BUF_CTRL_STALL)) != 0 ||
	    time_us_32() - usb.frame > EARLY)
		return;
	rem_ring_get(&p->ring, 0, bytes_of(buffer), n);
	rem_ring_drop(&p->ring, n);
	p->begun = n == USB_PACKET;
	give(buffer, n);
}

static void listen(unsigned i)
{
	ports[i].read = 0;
	give(DATA_OUT(i), USB_PACKET);
}

static void set_open(unsigned i, bool open)
{
	struct port *p = &ports[i];

	if (open == p->open)
		return;
	p->open = open;
	p->times += open;
	p->begun = false;
	rem_ring_init(&p->ring, p->bytes, RING);
	take_back(DATA_IN(i));
}

static void enable(unsigned buffer, uint32_t kind)
{
	const uint32_t place = (uint32_t)(uintptr_t)bytes_of(buffer) - USBCTRL_DPRAM_BASE;

	*kind_of(buffer) = EP_CTRL_ENABLE_BITS | EP_CTRL_INTERRUPT_PER_BUFFER |
			   kind << EP_CTRL_BUFFER_TYPE_LSB | place;
}

/* All endpoints but that of the requests begin anew. */
static void configure(bool yes)
{
	for (unsigned i = 0; i < REM_PICO_W_PORTS; i++)
		set_open(i, false);
	for (unsigned buffer = IN(1); buffer < BUFFERS; buffer++) {
		take_back(buffer);
		*kind_of(buffer) = 0;
	}
	usb.odd &= 1u << CONTROL_IN | 1u << CONTROL_OUT;
	usb.configured = yes;
	for (unsigned i = 0; yes && i < REM_PICO_W_PORTS; i++) {
		enable(STATE_IN(i), USB_INTERRUPT);
		enable(DATA_IN(i), USB_BULK);
		enable(DATA_OUT(i), USB_BULK);
		listen(i);
	}
}

/* USB 2.0, 9.4.5: a halted endpoint answers with nothing else; one that goes on begins with DATA0. */
static void halt(unsigned buffer, bool yes)
{
	take_back(buffer);
	usb.odd &= ~(1u << buffer);
	if (yes)
		*control_of(buffer) = USB_BUF_CTRL_STALL;
	for (unsigned i = 0; !yes && i < REM_PICO_W_PORTS; i++)
		if (buffer == DATA_OUT(i))
			listen(i);
}

/* Requests, their type and code: USB 2.0, tables 9-3 and 9-4, and PSTN 1.2, table 13. */
enum {
	DEVICE_GET_STATUS = 0x8000,
	INTERFACE_GET_STATUS = 0x8100,
	ENDPOINT_GET_STATUS = 0x8200,
	ENDPOINT_CLEAR_FEATURE = 0x0201,
	ENDPOINT_SET_FEATURE = 0x0203,
	SET_ADDRESS = 0x0005,
	GET_DESCRIPTOR = 0x8006,
	GET_CONFIGURATION = 0x8008,
	SET_CONFIGURATION = 0x0009,
	GET_INTERFACE = 0x810a,
	SET_INTERFACE = 0x010b,
	SET_LINE_CODING = 0x2120,
	GET_LINE_CODING = 0xa121,
	SET_CONTROL_LINE_STATE = 0x2122,
};
enum { HOST_READS = 0x80, ENDPOINT_IN = 0x80, HALT = 0, READY = 1 };

struct request {
	unsigned what, value, index, length;
};

static bool answer(const uint8_t *p, uint32_t n)
{
	usb.answer = (struct rem_span){p, n};
	return true;
}

static bool answer_number(unsigned v, uint32_t bytes)
{
	static uint8_t number[2];

	number[0] = (uint8_t)v;
	return answer(number, bytes);
}

static bool for_endpoint(const struct request *r)
{
	const unsigned number = r->index & 0xf,
		       buffer = (r->index & ENDPOINT_IN) != 0 ? IN(number) : OUT(number);

	if (buffer >= BUFFERS || (r->what != ENDPOINT_GET_STATUS && r->value != HALT))
		return false;
	if (r->what == ENDPOINT_GET_STATUS)
		return answer_number((*control_of(buffer) & USB_BUF_CTRL_STALL) != 0, 2);
	if (number > 0)
		halt(buffer, r->what == ENDPOINT_SET_FEATURE);
	return true;
}

static bool for_port(const struct request *r)
{
	const unsigned i = r->index / 2;

	if (r->index % 2 != 0 || i >= REM_PICO_W_PORTS)
		return false;
	if (r->what == GET_LINE_CODING)
		return answer(ports[i].line, LINE_CODING);
	if (r->what == SET_LINE_CODING)
		usb.coding = &ports[i];
	else
		set_open(i, (r->value & READY) != 0);
	return r->what != SET_LINE_CODING || r->length == LINE_CODING;
}

/* Does what is asked, or leaves it to the answer; false: that cannot be done. */
static bool obey(const struct request *r)
{
	switch (r->what) {
	case DEVICE_GET_STATUS:
	case INTERFACE_GET_STATUS: return answer_number(0, 2);
	case GET_INTERFACE: return answer_number(0, 1);
	case GET_CONFIGURATION: return answer_number(usb.configured ? USB_CONFIGURATION : 0, 1);
	case SET_INTERFACE: return r->value == 0;
	case ENDPOINT_GET_STATUS:
	case ENDPOINT_CLEAR_FEATURE:
	case ENDPOINT_SET_FEATURE: return for_endpoint(r);
	case SET_LINE_CODING:
	case GET_LINE_CODING:
	case SET_CONTROL_LINE_STATE: return for_port(r);
	case SET_ADDRESS: usb.address = (uint8_t)r->value; return true;
	case GET_DESCRIPTOR:
		usb.answer = usb_descriptor(r->value >> 8, r->value & 0xff);
		return usb.answer.n > 0;
	case SET_CONFIGURATION:
		if (r->value <= USB_CONFIGURATION)
			configure(r->value == USB_CONFIGURATION);
		return r->value <= USB_CONFIGURATION;
	default: return false;
	}
}

/* The next packet of the answer. */
static void say(void)
{
	const uint32_t n = usb.answer.n < USB_PACKET ? usb.answer.n : USB_PACKET;

	memcpy(bytes_of(CONTROL_IN), usb.answer.p, n);
	usb.answer.p += n;
	usb.answer.n -= n;
	usb.cut = usb.cut && n == USB_PACKET;
	give(CONTROL_IN, n);
}

/* USB 2.0, 8.5.3: an answer is acknowledged by an empty packet of the host, all else by one of ours. */
static void start_request(void)
{
	uint8_t s[8];

	for (unsigned i = 0; i < sizeof(s); i++)
		s[i] = usb_dpram->setup_packet[i];
	const struct request r = {(unsigned)s[0] << 8 | s[1], s[2] | (unsigned)s[3] << 8,
				  s[4] | (unsigned)s[5] << 8, s[6] | (unsigned)s[7] << 8};

	take_back(CONTROL_IN);
	take_back(CONTROL_OUT);
	usb.odd |= 1u << CONTROL_IN | 1u << CONTROL_OUT;
	usb.address = (uint8_t)usb_hw->dev_addr_ctrl;
	usb.answer = (struct rem_span){0};
	usb.coding = NULL;
	if (!obey(&r)) {
		hw_set_bits(&usb_hw->ep_stall_arm, 1u << CONTROL_IN | 1u << CONTROL_OUT);
		*control_of(CONTROL_IN) = USB_BUF_CTRL_STALL;
		*control_of(CONTROL_OUT) = USB_BUF_CTRL_STALL;
		return;
	}
	usb.cut = (s[0] & HOST_READS) != 0 && usb.answer.n < r.length;
	if (usb.answer.n > r.length)
		usb.answer.n = r.length;
	if (usb.coding != NULL) {
		give(CONTROL_OUT, USB_PACKET);
		return;
	}
	if ((s[0] & HOST_READS) != 0)
		give(CONTROL_OUT, 0);
	say();
}

static void take_coding(void)
{
	struct port *p = usb.coding;
	uint32_t rate;

	memcpy(p->line, bytes_of(CONTROL_OUT), LINE_CODING);
	memcpy(&rate, p->line, sizeof(rate));
	if (rate == BOOT_RATE)
		reset_usb_boot(0, 0);
	usb.coding = NULL;
	give(CONTROL_IN, 0);
}

static void take_packets(void)
{
	const uint32_t done = usb_hw->buf_status;

	hw_clear_bits(&usb_hw->buf_status, done);
	if ((done & 1u << CONTROL_IN) != 0) {
		usb_hw->dev_addr_ctrl = usb.address;
		if (usb.answer.n > 0 || usb.cut)
			say();
	}
	if ((done & 1u << CONTROL_OUT) != 0 && usb.coding != NULL)
		take_coding();
}

static void begin_anew(void)
{
	usb.address = 0;
	usb_hw->dev_addr_ctrl = 0;
	usb.suspended = false;
	configure(false);
}

static void interrupted(void)
{
	const uint32_t why = usb_hw->ints;

	if ((why & USB_INTS_DEV_SOF_BITS) != 0) {
		(void)usb_hw->sof_rd; /* acknowledges it */
		usb.frame = time_us_32();
		hw_clear_bits(&usb_hw->inte, USB_INTE_DEV_SOF_BITS);
	}
	if ((why & USB_INTS_BUS_RESET_BITS) != 0) {
		begin_anew();
		hw_clear_bits(&usb_hw->sie_status, USB_SIE_STATUS_BUS_RESET_BITS);
	}
	if ((why & (USB_INTS_DEV_SUSPEND_BITS | USB_INTS_DEV_RESUME_FROM_HOST_BITS)) != 0) {
		usb.suspended = (why & USB_INTS_DEV_RESUME_FROM_HOST_BITS) == 0;
		hw_clear_bits(&usb_hw->sie_status,
			      USB_SIE_STATUS_SUSPENDED_BITS | USB_SIE_STATUS_RESUME_BITS);
	}
	if ((why & USB_INTS_BUFF_STATUS_BITS) != 0)
		take_packets();
	if ((why & USB_INTS_SETUP_REQ_BITS) != 0) {
		hw_clear_bits(&usb_hw->sie_status, USB_SIE_STATUS_SETUP_REC_BITS);
		start_request();
	}
	for (unsigned i = 0; i < REM_PICO_W_PORTS; i++)
		send(i);
	if (why != USB_INTS_DEV_SOF_BITS)
		usb.news = true;
}

void rem_pico_w_usb_init(void)
{
	static const uint8_t line[LINE_CODING] = {0x00, 0xc2, 0x01, 0x00,
						  0,    0,    8}; /* 115200, 8N1 */

	for (unsigned i = 0; i < REM_PICO_W_PORTS; i++)
		memcpy(ports[i].line, line, LINE_CODING);
	reset_unreset_block_num_wait_blocking(RESET_USBCTRL);
	memset(usb_dpram, 0, sizeof(*usb_dpram));
	usb_hw->muxing = USB_USB_MUXING_TO_PHY_BITS | USB_USB_MUXING_SOFTCON_BITS;
	usb_hw->pwr = USB_USB_PWR_VBUS_DETECT_BITS | USB_USB_PWR_VBUS_DETECT_OVERRIDE_EN_BITS;
	usb_hw->main_ctrl = USB_MAIN_CTRL_CONTROLLER_EN_BITS;
	usb_hw->inte = USB_INTE_BUFF_STATUS_BITS | USB_INTE_BUS_RESET_BITS |
		       USB_INTE_SETUP_REQ_BITS | USB_INTE_DEV_SUSPEND_BITS |
		       USB_INTE_DEV_RESUME_FROM_HOST_BITS;
	irq_set_exclusive_handler(USBCTRL_IRQ, interrupted);
	irq_set_enabled(USBCTRL_IRQ, true);
	usb_hw->sie_ctrl = USB_SIE_CTRL_EP0_INT_1BUF_BITS | USB_SIE_CTRL_PULLUP_EN_BITS;
}

bool rem_pico_w_usb_poll(void)
{
	if (!usb.news)
		return false;
	usb.news = false;
	return true;
}

unsigned rem_pico_w_usb_opening(enum rem_pico_w_port port)
{
	return ports[port].open && !usb.suspended ? ports[port].times : 0;
}

uint32_t rem_pico_w_usb_write(enum rem_pico_w_port port, const uint8_t *p, uint32_t n)
{
	struct rem_ring *ring = &ports[port].ring;

	irq_set_enabled(USBCTRL_IRQ, false);
	if (n > rem_ring_room(ring))
		n = rem_ring_room(ring);
	if (n > 0)
		rem_ring_put(ring, 0, p, n);
	rem_ring_add(ring, n);
	send(port);
	irq_set_enabled(USBCTRL_IRQ, true);
	return n;
}

uint32_t rem_pico_w_usb_read(enum rem_pico_w_port port, uint8_t *p, uint32_t n)
{
	const unsigned buffer = DATA_OUT(port);
	uint32_t *read = &ports[port].read;

	irq_set_enabled(USBCTRL_IRQ, false);
	const uint32_t control = *control_of(buffer),
		       left = (control & USB_BUF_CTRL_LEN_MASK) - *read;
	if ((control & USB_BUF_CTRL_FULL) == 0)
		n = 0;
	else if (n >= left)
		n = left;
	memcpy(p, bytes_of(buffer) + *read, n);
	*read += n;
	if ((control & USB_BUF_CTRL_FULL) != 0 && n == left)
		listen(port);
	irq_set_enabled(USBCTRL_IRQ, true);
	return n;
}
