/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A radio that does what it likes. The input is a list of pranks, each after a number of transfers: bytes of an
 * answer changed, transfers that fail, frames of any kind, events, a chip that hangs; and what an
 * application may do at any time. When the pranks are over, the driver must get into its network again.
 * If the first byte is odd there is no chip at all: every bit that is read comes from the input.
 */
#include "../radio/model.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 1600, FIRMWARE = 150, CLM = 700 };

struct prankster {
	struct model model; /* first: its bus is the driver's */
	const struct rem_cyw_bus_ops *honest;
	struct rem_cyw cyw;
	const uint8_t *data, *end;
	unsigned quiet; /* transfers until the next prank */
};

static struct prankster fuzz;
static uint8_t *buffer;

static void must(bool truth)
{
	if (!truth)
		abort();
}

static uint8_t next(void)
{
	return fuzz.data < fuzz.end ? *fuzz.data++ : 0;
}

static void found(void *by, const struct rem_cyw_network *network)
{
	must(by == &fuzz);
	if (network == NULL)
		return;
	must(network->ssid.n <= 32);
	for (uint32_t i = 0; i < network->ssid.n; i++)
		fuzz.model.pins ^= network->ssid.p[i]; /* reads them all */
}

static void send(uint32_t n)
{
	const uint32_t room = REM_CYW_HEADROOM + n + REM_CYW_TAILROOM;
	uint8_t *p = malloc(room);

	memset(p, 0, room);
	fuzz.cyw.nic.ops->send(&fuzz.cyw.nic, p + REM_CYW_HEADROOM, n);
	free(p);
}

/* What an application may do. */
static void do_something(uint8_t what)
{
	static const char *const names[] = {"shark", "reef", "whale", "deaf"};
	const char *const name = names[what >> 3 & 3];
	const bool key = (what & 0x20) != 0;
	char text[70];

	switch (what & 7) {
	case 0: rem_cyw_leave(&fuzz.cyw); break;
	case 1:
	case 2:
		rem_cyw_join(&fuzz.cyw, (struct rem_span){(const uint8_t *)name, (uint32_t)strlen(name)},
			     (struct rem_span){(const uint8_t *)"remora43", key ? 8 : 0});
		break;
	case 3: rem_cyw_scan(&fuzz.cyw, found, &fuzz); break;
	case 4: rem_cyw_pins(&fuzz.cyw, what >> 3, what >> 5); break;
	case 5: {
		const int n = rem_cyw_log(&fuzz.cyw, text, 1 + (what >> 2));
		must(n <= 1 + (what >> 2));
		break;
	}
	case 6: send((uint32_t)what << 2); break;
	default: rem_cyw_test(&fuzz.cyw); break;
	}
}

/* A frame of n bytes of the input: as they are, or behind a header that is good. */
static void any_frame(uint8_t kind, uint32_t n)
{
	uint8_t p[256] = {0};

	for (uint32_t i = 0; i < n; i++)
		p[i] = next();
	if ((kind & 1) != 0 && n >= 12) {
		p[0] = (uint8_t)n;
		p[1] = 0;
		p[2] = (uint8_t)~n;
		p[3] = 0xff;
		p[5] = kind >> 1 & 3;
		p[7] = kind >> 3 & 1 ? p[7] : 12;
		p[9] = (uint8_t)(fuzz.cyw.seq + (p[9] & 15));
		if (n >= 12 + 16 && (kind & 6) == 0) /* an answer */
			memcpy(p + 12 + 10, &fuzz.cyw.id, 2);
		if (n >= 12 + 4 && (kind & 6) != 0)
			p[12] = 0x20;
	}
	model_raw(&fuzz.model, p, n);
}

static void any_event(void)
{
	const uint8_t type = next(), status = next(), reason = next(), flags = next();

	model_event(&fuzz.model, type & 127, status & 15, reason, flags & 1,
		    (rem_time)next() * 100);
}

/* The next prank; p are bytes that the chip has just given. */
static void prank(uint8_t *p, uint32_t words)
{
	const uint8_t what = next();

	fuzz.quiet = next();
	switch (what & 7) {
	case 0:
	case 1:
		if (p != NULL && words > 0) {
			const uint32_t at = next() % (4 * words);
			for (uint32_t i = 0; i < (what >> 3) && at + i < 4 * words; i++)
				p[at + i] = next();
		}
		break;
	case 2: fuzz.model.failing = 1 + (what >> 6); break;
	case 3: any_frame(what >> 3, next()); break;
	case 4: any_event(); break;
	case 5: do_something(next()); break;
	case 6: fuzz.model.now += (rem_time)next() << (what >> 3 & 15); break;
	default:
		fuzz.model.hangs = (what & 0x10) != 0;
		fuzz.model.no_credit = (what & 0x20) != 0;
		fuzz.model.stop_flow = (what & 0x40) != 0;
		fuzz.model.complains = (what & 0x80) != 0 ? next() : 0;
		fuzz.model.receive_pad = next() & 15;
		fuzz.model.bdc_words = next() & 3;
	}
}

static void after_transfer(uint8_t *p, uint32_t words)
{
	static bool inside; /* an application's call may transfer, too */

	if (fuzz.data >= fuzz.end || inside)
		return;
	if (fuzz.quiet > 0) {
		fuzz.quiet--;
		return;
	}
	inside = true;
	prank(p, words);
	inside = false;
}

static int write(struct rem_cyw_bus *bus, uint32_t command, const uint8_t *p, uint32_t words)
{
	const int result = fuzz.honest->write(bus, command, p, words);

	after_transfer(NULL, 0);
	return result;
}

static int read(struct rem_cyw_bus *bus, uint32_t command, uint8_t *p, uint32_t words)
{
	const int result = fuzz.honest->read(bus, command, p, words);

	after_transfer(p, words);
	return result;
}

static void power(struct rem_cyw_bus *bus, bool on)
{
	fuzz.honest->power(bus, on);
}

static bool interrupt(struct rem_cyw_bus *bus)
{
	return fuzz.honest->interrupt(bus);
}

/* No chip: the input answers. */
static int write_nothing(struct rem_cyw_bus *bus, uint32_t command, const uint8_t *p,
			 uint32_t words)
{
	uint8_t sum = 0;

	(void)bus;
	(void)command;
	for (uint32_t i = 0; i < 4 * words; i++)
		sum ^= p[i];
	fuzz.model.pins ^= sum; /* all of them can be read */
	return 0;
}

static int read_anything(struct rem_cyw_bus *bus, uint32_t command, uint8_t *p, uint32_t words)
{
	(void)bus;
	(void)command;
	for (uint32_t i = 0; i < 4 * words; i++)
		p[i] = next();
	return 0;
}

static bool interrupt_anyhow(struct rem_cyw_bus *bus)
{
	(void)bus;
	return (next() & 1) != 0;
}

static void power_nothing(struct rem_cyw_bus *bus, bool on)
{
	(void)bus;
	(void)on;
}

static void turn(void)
{
	uint8_t *p = buffer + REM_CYW_HEADROOM;
	rem_time due = 0;
	int n;

	for (unsigned i = 0; i < 1000 && due <= fuzz.model.now; i++) {
		while ((n = fuzz.cyw.nic.ops->receive(&fuzz.cyw.nic, p, ROOM)) != 0)
			must(n <= ROOM);
		due = rem_cyw_poll(&fuzz.cyw, fuzz.model.now);
	}
	const rem_time other = model_next(&fuzz.model);
	due = other < due ? other : due;
	if (fuzz.model.bus.ops->interrupt(&fuzz.model.bus) || due <= fuzz.model.now)
		due = fuzz.model.now + 500;
	fuzz.model.now = due < fuzz.model.now + 10000000 ? due : fuzz.model.now + 10000000;
}

static void set_up(void)
{
	static const uint8_t firmware[FIRMWARE] = "firmware", clm[CLM] = "clm";
	static const char text[] = "manfid=0x2d0\nboardrev=0x1101";
	const struct rem_cyw_images images = {
		{firmware, FIRMWARE}, {clm, CLM}, {(const uint8_t *)text, sizeof(text) - 1}};

	/* The buffer's end is where ASan looks. */
	buffer = buffer != NULL ? buffer : malloc(REM_CYW_HEADROOM + ROOM);
	model_init(&fuzz.model, &images);
	must(rem_cyw_init(&fuzz.cyw, &fuzz.model.bus, &images, "XX") == REM_OK);
	rem_cyw_start(&fuzz.cyw);
}

/* Once the chip is good it is joined, whatever has been before. */
static void must_get_well(void)
{
	fuzz.model.hangs = fuzz.model.no_credit = fuzz.model.stop_flow = false;
	fuzz.model.failing = fuzz.model.complains = 0;
	fuzz.model.receive_pad = 2;
	do_something(1 | 0x20);
	const rem_time end = fuzz.model.now + 200000000;
	while (fuzz.model.now < end && (fuzz.cyw.state != REM_CYW_UP || fuzz.model.joined == NULL))
		turn();
	must(fuzz.cyw.state == REM_CYW_UP);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rem_cyw_bus_ops tampered = {
		.power = power, .write = write, .read = read, .interrupt = interrupt};
	static const struct rem_cyw_bus_ops none = {.power = power_nothing,
						    .write = write_nothing,
						    .read = read_anything,
						    .interrupt = interrupt_anyhow};

	if (size < 2)
		return 0;
	fuzz.data = data + 2;
	fuzz.end = data + size;
	fuzz.quiet = data[1];
	set_up();
	if ((data[0] & 1) != 0) {
		fuzz.model.bus.ops = &none;
		/* As if it were up, so that frames are read. */
		if ((data[0] & 2) != 0) {
			rem_cyw_poll(&fuzz.cyw, fuzz.model.now);
			fuzz.cyw.step = NULL;
			fuzz.cyw.listening = fuzz.cyw.words_32 = true;
			fuzz.cyw.state = REM_CYW_UP;
		}
		for (unsigned i = 0; i < 2000 && fuzz.data < fuzz.end; i++) {
			do_something(next());
			turn();
		}
		return 0;
	}
	fuzz.honest = fuzz.model.bus.ops;
	fuzz.model.bus.ops = &tampered;
	do_something(1 | 0x20); /* shark */
	for (unsigned i = 0; i < 2000 && fuzz.data < fuzz.end; i++)
		turn();
	fuzz.data = fuzz.end;
	must_get_well();
	return 0;
}
